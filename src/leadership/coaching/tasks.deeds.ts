// What somebody does about the tasks they carry: tells of one, lays it down, finds who could share it, asks, answers, and says who has helped.
import type { SignedIn } from '../../access/session.deeds.ts'
import { wallTimeIn } from '../../clock.ts'
import { communityAt } from '../../communities/community.deeds.ts'
import type { Community } from '../../communities/community.ts'
import { asActor, isMunicipal, type Tx } from '../../db/as-actor.ts'
import { isId } from '../../people/people.deeds.ts'
import { refuse } from '../../refusal.ts'
import { monthsBefore } from '../../ties/tie.ts'
import { type Load, standsAlone } from './alone.ts'
import * as coachings from './coaching.queries.ts'
import type { OwnCoaching } from './coaching.ts'
import { type Standing, standingOf, type Task, type TaskName, tasksOn } from './task.ts'
import * as ask from './tasks.queries.ts'

/** The place, its day, and who the one who acts is there. For whoever is nobody there, and for all of the municipality, it is not there. */
export async function here(
  tx: Tx,
  me: SignedIn,
  slug: string,
): Promise<{ community: Community; today: string; self: string }> {
  const community = (!isMunicipal(me) && (await communityAt(tx, slug))) || refuse('not-found')
  const self = (await ask.selfIn(tx, community.id, me.account)) ?? refuse('not-found')
  return { community, today: wallTimeIn(community.timeZone, me.house.clock.now()).date, self }
}

export interface TasksSeen {
  community: Community
  today: string
  tasks: Task[]
  questions: ask.Question[]
  load: Load
  alone: boolean
  /** How it was a year ago, where they carried something then. */
  yearAgo: Standing | null
  marks: ask.Neighbour[]
  coachings: OwnCoaching[]
}

export interface OwnStanding extends Standing {
  alone: boolean
}

/** How many tasks whoever acts carries in the place, how many are shared, and whether they stand alone with them. For their own pages. */
export async function ownStanding(tx: Tx, community: string, today: string): Promise<OwnStanding> {
  const { load } = (await ask.loads(tx, community, today)).find(({ coaching }) => coaching === null) ?? { load: null }
  const tasks = tasksOn(await ask.ownTasks(tx, community), today)
  return { ...standingOf(tasks), alone: load !== null && standsAlone(load) }
}

export const seeTasks = (me: SignedIn, slug: string): Promise<TasksSeen> =>
  asActor(me, async (tx) => {
    const { community, today } = await here(tx, me, slug)
    const carryings = await ask.ownTasks(tx, community.id)
    const { load } =
      (await ask.loads(tx, community.id, today)).find(({ coaching }) => coaching === null) ?? refuse('not-found')
    const before = standingOf(tasksOn(carryings, monthsBefore(today, 12)))
    return {
      community,
      today,
      tasks: tasksOn(carryings, today),
      questions: await ask.questions(tx, community.id, today),
      load: load ?? refuse('not-found'),
      alone: load !== null && standsAlone(load),
      yearAgo: before.tasks > 0 ? before : null,
      marks: await ask.ownMarks(tx, community.id),
      coachings: await coachings.ownCoachings(tx, community.id),
    }
  })

/** `again`: they carry it already. */
export const tellTask = (me: SignedIn, slug: string, name: TaskName): Promise<'done' | 'again'> =>
  asActor(me, async (tx) => {
    const { community, today } = await here(tx, me, slug)
    return (await ask.carry(tx, community.id, name, today)) ? 'done' : 'again'
  })

export const layDownTask = (me: SignedIn, slug: string, task: string): Promise<void> =>
  asActor(me, async (tx) => {
    const { today } = await here(tx, me, slug)
    if (!isId(task) || !(await ask.layDown(tx, task, today))) refuse('not-found')
  })

export interface FindSeen {
  community: Community
  /** Those that nobody shares come first. */
  tasks: Task[]
  three: (ask.Neighbour & { paper: boolean })[]
  /** Whom one may know of here besides. */
  others: ask.Neighbour[]
  waiting: ask.Question[]
}

export const seeFind = (me: SignedIn, slug: string): Promise<FindSeen> =>
  asActor(me, async (tx) => {
    const { community, today } = await here(tx, me, slug)
    const tasks = tasksOn(await ask.ownTasks(tx, community.id), today)
    const three = await ask.couldShare(tx, community.id)
    const known = await ask.neighbours(tx, community.id)
    return {
      community,
      tasks: tasks.toSorted((a, b) => a.partners.length - b.partners.length),
      three,
      others: known.filter(({ id }) => !three.some((one) => one.id === id)),
      waiting: (await ask.questions(tx, community.id, today)).filter(({ mine, task }) => mine && task !== null),
    }
  })

/** Asks a neighbour to share a task; without one, to be somebody to lean on. */
export const askNeighbour = (me: SignedIn, slug: string, whom: string, task: string | null): Promise<void> =>
  asActor(me, async (tx) => {
    const { community, today } = await here(tx, me, slug)
    if (!isId(whom) || (task !== null && !isId(task))) refuse('not-found')
    if (!(await ask.askAlong(tx, community.id, whom, task, today))) refuse('not-found')
  })

/** Once, for oneself. A no is told to nobody. */
export const answerNeighbour = (me: SignedIn, slug: string, question: string, yes: boolean): Promise<void> =>
  asActor(me, async (tx) => {
    const { today } = await here(tx, me, slug)
    if (!isId(question) || !(await ask.answerAlong(tx, question, yes, today))) refuse('not-found')
  })

export const takeBackQuestion = (me: SignedIn, slug: string, question: string): Promise<void> =>
  asActor(me, async (tx) => {
    await here(tx, me, slug)
    if (!isId(question) || !(await ask.takeBack(tx, question))) refuse('not-found')
  })

// --- Who has helped

export const seeHelpers = (me: SignedIn, slug: string) =>
  asActor(me, async (tx) => {
    const { community } = await here(tx, me, slug)
    return { community, open: await ask.openToShare(tx, community.id) }
  })

export const sayHelped = (me: SignedIn, slug: string, who: string, helped: boolean): Promise<void> =>
  asActor(me, async (tx) => {
    const { today, self } = await here(tx, me, slug)
    if (!isId(who)) refuse('not-found')
    if (!helped) return ask.unmark(tx, self, who)
    if (!(await ask.markHelper(tx, who, today))) refuse('not-found')
  })

export const dropMark = (me: SignedIn, slug: string, mark: string): Promise<void> =>
  asActor(me, async (tx) => {
    const { self } = await here(tx, me, slug)
    if (!isId(mark) || !(await ask.dropMark(tx, self, mark))) refuse('not-found')
  })

// --- On paper

/** For the empty slip, and for typing one in. `mayType`: as host or key holder. */
export const seeSlip = (me: SignedIn, slug: string): Promise<{ community: Community; mayType: boolean }> =>
  asActor(me, async (tx) => {
    const { community } = await here(tx, me, slug)
    return { community, mayType: me.role === 'host' || me.role === 'keyholder' }
  })

/** What stands on a slip: that two share a task, or that one without an account lays it down. */
export type Slip = TaskName & { one: string; two: string | null }

/** `nobody`: not exactly one is called each of the names. */
export const typeSlip = (me: SignedIn, slug: string, { two, ...slip }: Slip): Promise<'done' | 'nobody'> =>
  asActor(me, async (tx) => {
    const { community, today: on } = await here(tx, me, slug)
    if (me.role !== 'host' && me.role !== 'keyholder') refuse('not-found')
    const done =
      two === null
        ? await ask.layDownOnPaper(tx, community.id, { ...slip, on })
        : await ask.shareOnPaper(tx, community.id, { ...slip, two, on })
    return done ? 'done' : 'nobody'
  })
