// What a key holder does with a list: has it looked through, corrects the headings, says where it is from, has its people asked, takes it back.
import { v7 as uuid } from 'uuid'
import type { SignedIn } from '../access/session.deeds.ts'
import type { Community } from '../communities/community.ts'
import { type Actor, asActor, asSystem, type Tx } from '../db/as-actor.ts'
import type { LaterWork } from '../jobs/jobs.ts'
import { isId, keptPlace, todayAt } from '../people/people.deeds.ts'
import { refuse } from '../refusal.ts'
import { type AskedCounts, countAsked } from './asked.queries.ts'
import { type ColumnField, mappingOf } from './headings.ts'
import { failedOnly, type Looked, lookThrough, pressed, type Seen, seenIn, unpressed, without } from './look-through.ts'
import * as ask from './moving-in.queries.ts'
import type { RowFault } from './row.ts'
import type { Table } from './table.ts'

/** A list is taken back within so many days. */
export const undoDays = 30
export const movingJob = 'moving-in'
const day = 86_400_000
/** Lists that are only looked at do not fill the disk: the oldest goes. */
const mostLooked = 4

export interface MovingHere {
  community: Community
  moving: ask.Moving
  seen: Seen
  mayUndo: boolean
  /** The rows, or those that failed, are still here. */
  hasRows: boolean
}

export function seeMovings(
  actor: Actor,
  slug: string,
): Promise<{ community: Community; movings: ask.Moving[]; counts: AskedCounts }> {
  return asActor(actor, async (tx) => {
    const community = await keptPlace(tx, actor, slug)
    return {
      community,
      movings: await ask.movingsOf(tx, community.id),
      counts: await countAskedFor(actor, community.id),
    }
  })
}

const countAskedFor = (actor: Actor, community: string) =>
  asSystem(actor.house, 'how many of a place have been asked, for its key holder', (tx) => countAsked(tx, community))

async function movingHere(tx: Tx, actor: Actor, slug: string, id: string) {
  const community = await keptPlace(tx, actor, slug)
  const moving = isId(id) ? await ask.findMoving(tx, community.id, id) : null
  return { community, moving: moving ?? refuse('not-found') }
}

export async function seeMoving(actor: Actor, slug: string, id: string): Promise<MovingHere> {
  const here = await asActor(actor, (tx) => movingHere(tx, actor, slug, id))
  const rows = await asSystem(actor.house, 'are the rows of a list still kept?', (tx) => ask.keptRows(tx, id))
  return { ...here, seen: here.moving.seen as Seen, hasRows: rows !== null, mayUndo: mayUndo(actor, here.moving) }
}

function mayUndo(actor: Actor, { state, confirmedAt }: ask.Moving): boolean {
  const since = actor.house.clock.now().getTime() - undoDays * day
  return (state === 'going' || state === 'done') && confirmedAt !== null && confirmedAt.getTime() >= since
}

/** Looks a list through. Nobody is asked by it; a day later it is forgotten if nothing else happens. */
export async function bring(actor: SignedIn, slug: string, table: Table): Promise<string> {
  const community = await asActor(actor, (tx) => keptPlace(tx, actor, slug))
  const id = uuid()
  const mapping = mappingOf(table.headings)
  const { seen, looked } = await lookAt(actor, community, id, table, mapping)
  const rows = await pressed(table)
  const at = actor.house.clock.now()
  await asActor(actor, async (tx) => {
    await keptPlace(tx, actor, slug)
    const { account, name: asker } = actor
    await ask.addMoving(tx, {
      id,
      community: community.id,
      account,
      asker,
      mapping,
      seen,
      people: looked.people.length,
      at,
    })
  })
  await asSystem(actor.house, 'the rows of a list, while it is looked through', (tx) =>
    ask.keepOnly(tx, community.id, mostLooked).then(() => ask.keepRows(tx, id, rows, new Date(at.getTime() + day))),
  )
  return id
}

async function lookAt(
  actor: Actor,
  community: Community,
  id: string,
  table: Table,
  mapping: readonly ColumnField[],
): Promise<{ seen: Seen; looked: Looked }> {
  const looked = await lookThrough(table, mapping, todayAt(community, actor))
  const there = await asSystem(actor.house, 'who of a list is in the place already', (tx) =>
    ask.alreadyThere(tx, community.id, looked.people, id),
  )
  const all = without(looked, there)
  return { seen: seenIn(table, all), looked: all }
}

/** The rows of a list that is still looked through. */
async function lookedAt(actor: Actor, slug: string, id: string) {
  const here = await asActor(actor, (tx) => movingHere(tx, actor, slug, id))
  const rows = await asSystem(actor.house, 'the rows of a list, to look again', (tx) => ask.keptRows(tx, id))
  return { ...here, rows }
}

/** A key holder corrects what the columns are. */
export async function remap(actor: Actor, slug: string, id: string, mapping: readonly ColumnField[]): Promise<void> {
  const { community, moving, rows } = await lookedAt(actor, slug, id)
  if (moving.state !== 'looked' || !rows) refuse('moving.over')
  const table = await unpressed(rows)
  const whole = table.headings.map((_, column): ColumnField => mapping[column] ?? 'skip')
  const { seen, looked } = await lookAt(actor, community, id, table, whole)
  await asSystem(actor.house, 'a list is looked at with other headings', (tx) =>
    ask.changeMapping(tx, id, { mapping: whole, seen, people: looked.people.length }),
  )
}

/** Their people are asked from now on, in the background. Pressed twice, it happens once. */
export async function confirm(
  actor: Actor,
  later: LaterWork,
  slug: string,
  id: string,
  ground: ask.Ground,
): Promise<void> {
  const { moving, rows } = await lookedAt(actor, slug, id)
  if (moving.state !== 'looked') return
  if (!rows || moving.people === 0) refuse('moving.over')
  const at = actor.house.clock.now()
  await asSystem(actor.house, 'the people of a list are asked', async (tx) => {
    if (await ask.confirmMoving(tx, id, ground, at)) await later.order(tx, movingJob, { id }, at)
  })
}

/** Whoever has said nothing yet is forgotten; a list that was only looked at is gone. */
export async function takeBack(actor: Actor, slug: string, id: string): Promise<void> {
  await asActor(actor, (tx) => movingHere(tx, actor, slug, id))
  await asSystem(actor.house, 'a list is taken back', async (tx) => {
    const moving = await ask.holdMoving(tx, id)
    if (moving?.state === 'looked') await ask.dropMoving(tx, id)
    else if (moving && mayUndo(actor, moving)) await ask.undoMoving(tx, id, actor.house.clock.now())
    else refuse('moving.over')
  })
}

export interface Failed {
  community: Community
  headings: string[]
  rows: { number: number; cells: string[]; fault: RowFault }[]
}

/** The rows that failed, with the reason, to mend and bring again. */
export async function seeFailed(actor: Actor, slug: string, id: string): Promise<Failed> {
  const { community, moving, rows } = await lookedAt(actor, slug, id)
  if (!rows) return refuse('moving.over')
  const table = await unpressed(rows)
  const failed = table.reasons
    ? { ...table, reasons: table.reasons }
    : failedOnly(table, (await lookAt(actor, community, id, table, moving.mapping as ColumnField[])).looked)
  return {
    community,
    headings: table.headings,
    rows: failed.rows.map((row, at) => ({ ...row, fault: failed.reasons[at] ?? 'name' })),
  }
}
