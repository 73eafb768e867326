// The questions of setting up. Nobody else imports them.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'
import type { SetUp } from './set-up.ts'

/** Of two at once, one sets it up: there is one municipality. Answers whether it was this one. */
export async function addMunicipality(tx: Tx, { name, mail, phone, statement, zone }: SetUp): Promise<boolean> {
  const { rows } =
    await sql`insert into municipal.municipality (name, contact_mail, contact_phone, accessibility_statement, time_zone)
    values (${name}, ${mail}, ${phone}, ${statement}, ${zone}) on conflict do nothing returning name`.execute(tx)
  return rows.length > 0
}

export async function addOperator(tx: Tx, id: string, name: string): Promise<void> {
  await tx.insertInto('access.account').values({ id, name, municipal_role: 'operator' }).execute()
}

export async function isSetUp(tx: Tx): Promise<boolean> {
  return (await tx.selectFrom('municipal.municipality').select('name').executeTakeFirst()) !== undefined
}
