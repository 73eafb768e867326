// The questions about who carries what, and about what was asked before a promise. Nobody else imports them.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'
import type { Carried, Check, Step, Turn } from './balance.ts'

/** Every step of a place with who has carried it: those that are open, and those that were done since. */
export async function stepsIn(tx: Tx, community: string, since: string): Promise<Step[]> {
  return (
    await sql<Step>`select s.id, s.what, s.made_on as "madeOn", s.done_on as "doneOn",
        (select jsonb_agg(jsonb_build_object('since', o.since, 'owner', o.owner, 'carriedBefore', o.carried_before, 'giveBack', o.give_back) order by o.n)
          from municipal.step_owner o where o.step_id = s.id) as turns
      from municipal.step s where s.community_id = ${community} and (s.done_on is null or s.done_on >= ${since})
      order by s.done_on is not null, s.moved_on desc, s.id`.execute(tx)
  ).rows
}

/** How many promises of the place's meetings are carried on these days, and by residents. Numbers alone, none under five; see migration 0037. */
export async function promisesCarried(
  tx: Tx,
  community: string,
  days: readonly string[],
): Promise<Map<string, Carried>> {
  const { rows } = await sql<{
    day: string
    residents: number
    of: number
  }>`select on_day as day, residents, carried as of
    from community.promises_carried(${community}, ${days}::date[])`.execute(tx)
  return new Map(rows.map(({ day, residents, of }) => [day, { residents, of }]))
}

export async function addStep(
  tx: Tx,
  step: { id: string; community: string; what: string; today: string; turn: Omit<Turn, 'since'> },
): Promise<void> {
  const { id, community, what, today, turn } = step
  const { numAffectedRows } = await sql`insert into municipal.step (id, community_id, what, made_on, moved_on)
    values (${id}, ${community}, ${what}, ${today}, ${today}) on conflict (id) do nothing`.execute(tx)
  if ((numAffectedRows ?? 0n) > 0n) await addTurn(tx, id, 1, { ...turn, since: today })
}

/** Holds the step, and answers how many have carried it; 0 for none that is open here. */
export async function holdStep(tx: Tx, community: string, id: string): Promise<number> {
  const { rows } = await sql<{
    id: string
  }>`select id from municipal.step where id = ${id} and community_id = ${community} and done_on is null
    for update`.execute(tx)
  if (!rows[0]) return 0
  const turns = await sql<{ n: number }>`select max(n) as n from municipal.step_owner where step_id = ${id}`.execute(tx)
  return turns.rows[0]?.n ?? 0
}

export async function addTurn(tx: Tx, step: string, n: number, turn: Turn): Promise<void> {
  await sql`insert into municipal.step_owner (step_id, n, since, owner, carried_before, give_back)
    values (${step}, ${n}, ${turn.since}, ${turn.owner}, ${turn.carriedBefore}, ${turn.giveBack})`.execute(tx)
  await sql`update municipal.step set moved_on = ${turn.since} where id = ${step}`.execute(tx)
}

export async function setDone(tx: Tx, step: string, today: string): Promise<void> {
  await sql`update municipal.step set done_on = ${today} where id = ${step}`.execute(tx)
}

export interface CheckKept extends Check {
  id: string
  slug: string
  place: string
  checkedOn: string
}

/** One's own, or all of them for a leader. */
export async function checksSeen(tx: Tx): Promise<CheckKept[]> {
  return (
    await sql<CheckKept>`select k.id, c.slug, c.name as place, k.promise, k.equal, k.interest, k.mandate, k.authority, k.election, k.keepable,
        k.note, k.checked_on as "checkedOn"
      from municipal.legitimacy_check k join community.community c on c.id = k.community_id order by k.checked_on desc, k.id limit 100`.execute(
      tx,
    )
  ).rows
}

export async function addCheck(tx: Tx, check: Check & { id: string; community: string; today: string }): Promise<void> {
  await sql`insert into municipal.legitimacy_check
      (id, community_id, account_id, promise, equal, interest, mandate, authority, election, keepable, note, checked_on)
    values (${check.id}, ${check.community}, access.me(), ${check.promise}, ${check.equal}, ${check.interest}, ${check.mandate},
      ${check.authority}, ${check.election}, ${check.keepable}, ${check.note}, ${check.today}) on conflict (id) do nothing`.execute(
    tx,
  )
}
