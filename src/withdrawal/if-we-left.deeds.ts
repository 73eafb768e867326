// Hvis vi gik i morgen: what would hold in a place without its employees, for those who live there. The municipality has the outlines alone.
import { wallTimeIn } from '../clock.ts'
import { seeWithdrawal } from '../communities/community.deeds.ts'
import type { Community } from '../communities/community.ts'
import { type Actor, asActor, asSystem, isMunicipal } from '../db/as-actor.ts'
import { refuse } from '../refusal.ts'
import type { Completeness, Ties } from '../ties/tie.ts'
import { completenessIn, tieMarkIn, tiesIn } from '../ties/ties-in.ts'
import type { Quarter } from './criteria.ts'
import type { Picture } from './drawing.ts'
import { type AskedToMeet, introductionsOf } from './introducing.queries.ts'
import { keepNet, keptNet } from './kept-nets.ts'
import { type OwnMeetings, ownMeetingsOf, type Task, tasksOf } from './measuring.queries.ts'
import { type KeptOutline, outlinesOf } from './outlines.queries.ts'
import type { Reckoned } from './reckoning.ts'
import { isLarge, pictureApart, reckonApart, wakeFor } from './reckoning-apart.ts'
import { standingOf } from './withdrawal.queries.ts'

export interface Employee {
  name: string
  /** Still there in what is shown. */
  there: boolean
  /** With how many neighbours they have a tie. */
  reach: number
  /** Their number among the people of the drawing. */
  at: number
}

export interface IfWeLeft {
  community: Community
  /** The day it is reckoned for. */
  on: string
  /** The one who looks keeps the place's keys. */
  keeps: boolean
  employees: Employee[]
  reckoned: Reckoned
  recorded: Completeness
  /** The newest first. */
  quarters: Quarter[]
  outlines: KeptOutline[]
  ties: Ties
  /** Who is tied to whom, as marks. */
  picture: Picture
  /** The word by which the browser asks who is behind the marks; null where each mark is a person. */
  net: string | null
  /** Talks that the one who looks is asked about; nobody else sees that they are. */
  asked: AskedToMeet[]
  /** The seven tasks and who can do them, as numbers. */
  tasks: Task[]
  /** Meetings of six months, and those that were held without an employee. */
  meetings: OwnMeetings
}

/** `there`: which employees are still there, by their place in the list of names. */
export async function seeIfWeLeft(actor: Actor, slug: string, there: readonly number[] = []): Promise<IfWeLeft> {
  forThoseWhoLive(actor)
  const { community } = await seeWithdrawal(actor, slug)
  // Somebody may be forgotten while it is reckoned: what is shown is of those who are still there.
  for (let tries = 0; ; tries++) {
    const now = await readNow(actor, community, wakeFor)
    const { ties } = now
    const names = ties.staff.toSorted((a, b) => a.name.localeCompare(b.name, 'da') || a.at - b.at)
    const staff = names.map(({ at }) => at)
    const away = staff.filter((_, place) => !there.includes(place))
    const { people, ends, hidden, me } = ties
    // The longest first: two processors are done with it sooner.
    const [picture, reckoned, able] = await Promise.all([
      pictureApart({ people, ends, hidden, staff, me }),
      reckonApart({ people, ends, staff, away, me }),
      asSystem(
        actor.house,
        'who can do what is told as numbers: the roles themselves are the hosts’ own',
        async (tx) => ({
          tasks: await tasksOf(tx, community, ties.on),
          meetings: await ownMeetingsOf(tx, community, ties.on),
        }),
      ),
    ])
    if (isLarge(ties) && ties.mark !== (await markNow(actor, community))) {
      if (tries === 3) refuse('busy')
      continue
    }
    const employees = names.map(({ name, at }, place) => ({
      name,
      at,
      there: there.includes(place),
      reach: picture.reach[place] ?? 0,
    }))
    const net = picture.within && actor.account ? keepNet(actor.account, community.id, picture.within, ties.mark) : null
    return { community, on: ties.on, employees, reckoned, picture, net, ...able, ...now }
  }
}

/** Who is behind the marks of a drawing that the one who asks was shown some minutes ago; as long as nobody of them is gone. */
export async function seeNet(actor: Actor, slug: string, word: string): Promise<Uint8Array<ArrayBuffer>> {
  forThoseWhoLive(actor)
  const { community } = await seeWithdrawal(actor, slug)
  return keptNet(word, actor.account ?? '', community.id, await markNow(actor, community)) ?? refuse('not-found')
}

/** The ties of a place for those who live there, and for nobody else; and how much of them is written down. */
export async function seeOwnTies(
  actor: Actor,
  slug: string,
): Promise<{ community: Community; ties: Ties; recorded: Completeness }> {
  forThoseWhoLive(actor)
  const { community } = await seeWithdrawal(actor, slug)
  const { ties, recorded } = await readNow(actor, community)
  return { community, ties, recorded }
}

function forThoseWhoLive(actor: Actor): void {
  if (actor.role === 'guest') refuse('sign-in.needed')
  if (isMunicipal(actor)) refuse('not-yours')
}

const markNow = (actor: Actor, { id }: Community): Promise<string> => asActor(actor, (tx) => tieMarkIn(tx, id))

const readNow = (actor: Actor, community: Community, begins?: (people: number) => void) =>
  asActor(actor, async (tx) => {
    const { eye, quarters } = await standingOf(tx, community.id, actor.role)
    if (!eye.belongs) refuse('not-yours')
    // How many there are is quickly told: it begins the mark. Those who reckon come while the ties are read.
    begins?.(Number.parseInt(await tieMarkIn(tx, community.id), 10))
    const on = wallTimeIn(community.timeZone, actor.house.clock.now()).date
    return {
      quarters,
      keeps: eye.keeps,
      outlines: await outlinesOf(tx, community.id),
      asked: await introductionsOf(tx, community.id),
      ties: await tiesIn(tx, community.id, on),
      recorded: await completenessIn(tx, community.id, on),
    }
  })
