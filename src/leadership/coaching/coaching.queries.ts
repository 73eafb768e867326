// The questions about somebody to lean on and about asking a neighbour: what the two see, and what the program forgets.
import { sql } from 'kysely'
import type { Tx } from '../../db/as-actor.ts'
import type { Coaching, OwnCoaching } from './coaching.ts'

/** Who leans on whom on a day: one's own, and as the program all of a place. */
export async function coachings(tx: Tx, community: string, on: string): Promise<Coaching[]> {
  const { rows } = await sql<Coaching>`select coach, coachee, since::text as since from community.coaching
    where community_id = ${community}::uuid and since <= ${on}::date and (ended_on is null or ended_on > ${on}::date)
    order by since, id`.execute(tx)
  return rows
}

export async function ownCoachings(tx: Tx, community: string): Promise<OwnCoaching[]> {
  const { rows } = await sql<OwnCoaching>`select id, leaning, name, since::text as since, shows_tasks as "showsTasks",
    shows_contact as "showsContact" from community.my_coachings(${community}::uuid)`.execute(tx)
  return rows
}

/** Ends it, and with it what was shown. Answers whether there was one of one's own. */
export async function endCoaching(tx: Tx, id: string, on: string): Promise<boolean> {
  const done = await tx
    .updateTable('community.coaching')
    .set({ ended_on: on, shows_tasks: false, shows_contact: false })
    .where('id', '=', id)
    .where('ended_on', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** Lets the one leant on see, or not. Answers whether there was one that one leans on. */
export async function letSee(
  tx: Tx,
  id: string,
  me: string,
  shows: { tasks: boolean; contact: boolean },
): Promise<boolean> {
  const done = await tx
    .updateTable('community.coaching')
    .set({ shows_tasks: shows.tasks, shows_contact: shows.contact })
    .where('id', '=', id)
    .where('coachee', '=', me)
    .where('ended_on', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** A question that nobody has said yes to goes after sixty days. */
export async function forgetAsked(tx: Tx, today: string): Promise<number> {
  const gone = await sql`delete from community.asked_along where asked_on <= ${today}::date - 60`.execute(tx)
  return Number(gone.numAffectedRows ?? 0n)
}
