// The questions about tasks: who carries them, who may be asked to share one, who was asked, and how somebody stands.
import { sql } from 'kysely'
import type { Tx } from '../../db/as-actor.ts'
import type { Load } from './alone.ts'
import { type Carrying, isTaskKind, type TaskName } from './task.ts'

/** Who the one who acts is in a place, as a person; null when nobody there. */
export async function selfIn(tx: Tx, community: string, account: string): Promise<string | null> {
  const row = await tx
    .selectFrom('community.person')
    .select('id')
    .where('community_id', '=', community)
    .where('account_id', '=', account)
    .where('merged_into', 'is', null)
    .executeTakeFirst()
  return row?.id ?? null
}

/** What the one who acts carries and has carried, with everybody who carried it beside them. */
export async function ownTasks(tx: Tx, community: string): Promise<Carrying[]> {
  const { rows } = await sql<{
    task: string
    kind: string
    ownWords: string | null
    mine: boolean
    name: string
    since: string
    endedOn: string | null
  }>`select task, kind, own_words as "ownWords", mine, name, since::text as since, ended_on::text as "endedOn"
    from community.my_tasks(${community}::uuid)`.execute(tx)
  return rows.flatMap(({ kind, ...row }) => (isTaskKind(kind) ? [{ ...row, kind }] : []))
}

/** False when they carry the same already; null when they are nobody here. */
export async function carry(
  tx: Tx,
  community: string,
  { kind, ownWords }: TaskName,
  on: string,
): Promise<boolean | null> {
  const { rows } = await sql<{
    done: boolean | null
  }>`select community.carry_task(${community}::uuid, ${kind}, ${ownWords},
    ${on}::date) as done`.execute(tx)
  return rows[0]?.done ?? null
}

/** Answers whether it was theirs. */
export async function layDown(tx: Tx, task: string, on: string): Promise<boolean> {
  const { rows } = await sql<{
    was: boolean
  }>`select community.lay_down_task(${task}::uuid, ${on}::date) as was`.execute(tx)
  return rows[0]?.was ?? false
}

/** Answers whether exactly one is called each of the names. */
export async function shareOnPaper(
  tx: Tx,
  community: string,
  slip: TaskName & { one: string; two: string; on: string },
): Promise<boolean> {
  const { rows } = await sql<{
    done: boolean
  }>`select community.share_on_paper(${community}::uuid, ${slip.one}, ${slip.two},
    ${slip.kind}, ${slip.ownWords}, ${slip.on}::date) as done`.execute(tx)
  return rows[0]?.done ?? false
}

/** Answers whether exactly one without an account is called that. */
export async function layDownOnPaper(
  tx: Tx,
  community: string,
  { one, kind, ownWords, on }: TaskName & { one: string; on: string },
): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`select community.lay_down_on_paper(${community}::uuid, ${one}, ${kind},
    ${ownWords}, ${on}::date) as done`.execute(tx)
  return rows[0]?.done ?? false
}

/** Somebody who was asked, or who asks. Without a task: about somebody to lean on. */
export interface Question {
  id: string
  /** The one who looks has asked. */
  mine: boolean
  name: string
  task: string | null
  what: TaskName | null
  askedOn: string
}

export async function questions(tx: Tx, community: string, today: string): Promise<Question[]> {
  const { rows } = await sql<{
    id: string
    mine: boolean
    name: string
    task: string | null
    kind: string | null
    ownWords: string | null
    askedOn: string
  }>`select id, mine, name, task, kind, own_words as "ownWords", asked_on::text as "askedOn"
    from community.my_questions(${community}::uuid, ${today}::date)`.execute(tx)
  return rows.map(({ kind, ownWords, ...row }) => ({ ...row, what: isTaskKind(kind) ? { kind, ownWords } : null }))
}

/** Answers whether that one could be asked. */
export async function askAlong(
  tx: Tx,
  community: string,
  whom: string,
  task: string | null,
  on: string,
): Promise<boolean> {
  const { rows } = await sql<{
    done: boolean
  }>`select community.ask_along(${community}::uuid, ${whom}::uuid, ${task}::uuid,
    ${on}::date) as done`.execute(tx)
  return rows[0]?.done ?? false
}

/** Answers whether there was such a question to the one who acts. */
export async function answerAlong(tx: Tx, id: string, yes: boolean, on: string): Promise<boolean> {
  const { rows } = await sql<{
    was: boolean
  }>`select community.answer_along(${id}::uuid, ${yes}, ${on}::date) as was`.execute(tx)
  return rows[0]?.was ?? false
}

export async function takeBack(tx: Tx, id: string): Promise<boolean> {
  const gone = await tx.deleteFrom('community.asked_along').where('id', '=', id).executeTakeFirst()
  return gone.numDeletedRows > 0n
}

export interface Neighbour {
  id: string
  name: string
}

/** Whom one may know of here, and ask. */
export async function neighbours(tx: Tx, community: string): Promise<Neighbour[]> {
  const { rows } = await sql<Neighbour>`select id, name from community.neighbours_known(${community}::uuid)
    order by name collate "da-x-icu", id`.execute(tx)
  return rows
}

/** Three who may be asked, by name. `paper`: without a way in. */
export async function couldShare(tx: Tx, community: string): Promise<(Neighbour & { paper: boolean })[]> {
  const { rows } = await sql<
    Neighbour & { paper: boolean }
  >`select id, name, paper from community.could_share(${community}::uuid)`.execute(tx)
  return rows
}

/** All who may be asked, by name. `marked`: the one who looks has said that they helped. */
export async function openToShare(tx: Tx, community: string): Promise<(Neighbour & { marked: boolean })[]> {
  const { rows } = await sql<
    Neighbour & { marked: boolean }
  >`select id, name, marked from community.open_to_share(${community}::uuid)`.execute(tx)
  return rows
}

/** Answers whether they are one of whom it may be said. */
export async function markHelper(tx: Tx, who: string, on: string): Promise<boolean> {
  const { rows } = await sql<{
    done: boolean
  }>`select community.mark_helper(${who}::uuid, ${on}::date) as done`.execute(tx)
  return rows[0]?.done ?? false
}

/** One's own word of somebody, taken back. */
export async function unmark(tx: Tx, me: string, who: string): Promise<void> {
  await tx.deleteFrom('community.helper_mark').where('by_person', '=', me).where('about', '=', who).execute()
}

/** What was said of oneself, taken away. Answers whether it was there. */
export async function dropMark(tx: Tx, me: string, id: string): Promise<boolean> {
  const gone = await tx
    .deleteFrom('community.helper_mark')
    .where('id', '=', id)
    .where('about', '=', me)
    .executeTakeFirst()
  return gone.numDeletedRows > 0n
}

/** Who has said that the one who looks has helped. */
export async function ownMarks(tx: Tx, community: string): Promise<Neighbour[]> {
  const { rows } = await sql<Neighbour>`select id, name from community.my_marks(${community}::uuid)`.execute(tx)
  return rows
}

/** How the one who looks stands; and those who lean on them and let them see it. */
export interface LoadSeen {
  /** Null: oneself. */
  coaching: string | null
  name: string
  /** Null: not shown. */
  load: Load | null
  /** Whether they know nobody but employees; null: not shown. */
  onlyStaff: boolean | null
}

export async function loads(tx: Tx, community: string, on: string): Promise<LoadSeen[]> {
  const { rows } = await sql<{ coaching: string | null; name: string; alone: boolean | null } & Load>`
    select coaching, name, tasks, shared, sharers, kept, kept_here as "keptHere", brought, alone
    from community.loads_for_me(${community}::uuid, ${on}::date)`.execute(tx)
  return rows.map(({ coaching, name, alone, ...load }) => ({
    coaching,
    name,
    load: load.tasks === null ? null : load,
    onlyStaff: alone,
  }))
}
