// What somebody does about a neighbour to lean on: sees the two of it, says what the other may see, ends it.
import type { SignedIn } from '../../access/session.deeds.ts'
import type { Community } from '../../communities/community.ts'
import { asActor } from '../../db/as-actor.ts'
import { isId } from '../../people/people.deeds.ts'
import { refuse } from '../../refusal.ts'
import * as ask from './coaching.queries.ts'
import type { OwnCoaching } from './coaching.ts'
import { here } from './tasks.deeds.ts'
import * as tasks from './tasks.queries.ts'

export interface SupportSeen {
  community: Community
  leansOn: OwnCoaching[]
  /** With what each lets one see. */
  leaning: (OwnCoaching & { shown: tasks.LoadSeen | null })[]
  /** Whom one may ask. */
  others: tasks.Neighbour[]
  questions: tasks.Question[]
}

export const seeSupport = (me: SignedIn, slug: string): Promise<SupportSeen> =>
  asActor(me, async (tx) => {
    const { community, today } = await here(tx, me, slug)
    const own = await ask.ownCoachings(tx, community.id)
    const shown = await tasks.loads(tx, community.id, today)
    return {
      community,
      leansOn: own.filter(({ leaning }) => leaning),
      leaning: own
        .filter(({ leaning }) => !leaning)
        .map((one) => ({ ...one, shown: shown.find(({ coaching }) => coaching === one.id) ?? null })),
      others: await tasks.neighbours(tx, community.id),
      questions: (await tasks.questions(tx, community.id, today)).filter(({ task }) => task === null),
    }
  })

/** Either of the two, any day, without a reason. */
export const endSupport = (me: SignedIn, slug: string, id: string): Promise<void> =>
  asActor(me, async (tx) => {
    const { today } = await here(tx, me, slug)
    if (!isId(id) || !(await ask.endCoaching(tx, id, today))) refuse('not-found')
  })

/** Whoever leans says what the other may see. */
export const showSupport = (
  me: SignedIn,
  slug: string,
  id: string,
  shows: { tasks: boolean; contact: boolean },
): Promise<void> =>
  asActor(me, async (tx) => {
    const { self } = await here(tx, me, slug)
    if (!isId(id) || !(await ask.letSee(tx, id, self, shows))) refuse('not-found')
  })
