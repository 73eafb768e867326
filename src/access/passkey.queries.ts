// All questions about passkeys and about what their owners are told, one function each.
import type { Tx } from '../db/as-actor.ts'

export interface PasskeyHeld {
  id: string
  account: string
  municipal: boolean
  /** The account's access has been ended. */
  ended: boolean
  publicKey: Buffer
  counter: number
  /** Its owner also has six digits to show. */
  factor: boolean
}

/** Whose passkey this is, by what the device calls it. */
export async function heldBy(tx: Tx, credential: Buffer): Promise<PasskeyHeld | null> {
  const row = await tx
    .selectFrom('access.passkey as p')
    .innerJoin('access.account as a', 'a.id', 'p.account_id')
    .leftJoin('access.second_factor as f', 'f.account_id', 'a.id')
    .select(['p.id', 'p.account_id', 'p.public_key', 'p.counter', 'a.municipal_role', 'a.ended_at', 'f.confirmed_at'])
    .where('p.credential_id', '=', credential)
    .executeTakeFirst()
  if (!row) return null
  return {
    id: row.id,
    account: row.account_id,
    municipal: row.municipal_role !== null,
    ended: row.ended_at !== null,
    publicKey: row.public_key,
    counter: Number(row.counter),
    factor: row.confirmed_at !== null,
  }
}

/** Whose passkey this is, while their access lasts. */
export async function ownerOf(tx: Tx, passkey: string): Promise<string | null> {
  const row = await tx
    .selectFrom('access.passkey as p')
    .innerJoin('access.account as a', 'a.id', 'p.account_id')
    .select('p.account_id')
    .where('p.id', '=', passkey)
    .where('a.ended_at', 'is', null)
    .executeTakeFirst()
  return row?.account_id ?? null
}

/** Its counter as it stands, held until this transaction is over; null when it has been taken away. */
export async function counterOf(tx: Tx, passkey: string): Promise<number | null> {
  const row = await tx
    .selectFrom('access.passkey')
    .select('counter')
    .where('id', '=', passkey)
    .forUpdate()
    .executeTakeFirst()
  return row ? Number(row.counter) : null
}

export async function setUsed(tx: Tx, passkey: string, counter: number, day: string): Promise<void> {
  await tx.updateTable('access.passkey').set({ counter, used_on: day }).where('id', '=', passkey).execute()
}

/** What the devices of an account call its passkeys: so that none is made twice, and the right one is asked for. */
export async function credentialsOf(tx: Tx, account: string): Promise<{ id: Buffer; transports: string[] }[]> {
  const rows = await tx
    .selectFrom('access.passkey')
    .select(['credential_id', 'transports'])
    .where('account_id', '=', account)
    .execute()
  return rows.map((row) => ({ id: row.credential_id, transports: row.transports }))
}

export interface NewPasskey {
  id: string
  account: string
  credential: Buffer
  publicKey: Buffer
  counter: number
  transports: string[]
  name: string
  day: string
}

/** False when a device of somebody (or the same one) has brought it before. */
export async function addPasskey(tx: Tx, passkey: NewPasskey): Promise<boolean> {
  const row = await tx
    .insertInto('access.passkey')
    .values({
      id: passkey.id,
      account_id: passkey.account,
      credential_id: passkey.credential,
      public_key: passkey.publicKey,
      counter: passkey.counter,
      transports: passkey.transports,
      name: passkey.name,
      made_on: passkey.day,
    })
    .onConflict((conflict) => conflict.column('credential_id').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export interface Passkey {
  id: string
  name: string
  /** `yyyy-mm-dd` */
  madeOn: string
  /** Null when it has never been used. */
  usedOn: string | null
}

/** The passkeys of an account, the oldest first. */
export async function passkeysOf(tx: Tx, account: string): Promise<Passkey[]> {
  const rows = await tx
    .selectFrom('access.passkey')
    .select(['id', 'name', 'made_on', 'used_on'])
    .where('account_id', '=', account)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ id: row.id, name: row.name, madeOn: row.made_on, usedOn: row.used_on }))
}

export async function namePasskey(tx: Tx, account: string, passkey: string, name: string): Promise<boolean> {
  const done = await tx
    .updateTable('access.passkey')
    .set({ name })
    .where('account_id', '=', account)
    .where('id', '=', passkey)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** Its sessions go with it. */
export async function dropPasskey(tx: Tx, account: string, passkey: string): Promise<boolean> {
  const done = await tx
    .deleteFrom('access.passkey')
    .where('account_id', '=', account)
    .where('id', '=', passkey)
    .executeTakeFirst()
  return done.numDeletedRows > 0n
}

/** Was this session opened with that passkey? */
export async function openedWith(tx: Tx, session: string): Promise<string | null> {
  const row = await tx.selectFrom('access.session').select('passkey_id').where('id', '=', session).executeTakeFirst()
  return row?.passkey_id ?? null
}

/** By which passkey a new session was opened, and when the digits were shown in it. */
export async function tieSession(tx: Tx, hash: Buffer, passkey: string, factorAt: Date | null): Promise<void> {
  await tx
    .updateTable('access.session')
    .set({ passkey_id: passkey, factor_at: factorAt })
    .where('token_hash', '=', hash)
    .execute()
}

export type What = 'copied-passkey' | 'wrong-digits' | 'recovery-used' | 'factor-restarted'

export interface Warning {
  what: What
  times: number
  lastAt: Date
}

export async function warn(tx: Tx, account: string, what: What, at: Date): Promise<void> {
  await tx
    .insertInto('access.warning')
    .values({ account_id: account, what, last_at: at })
    .onConflict((conflict) =>
      conflict
        .columns(['account_id', 'what'])
        .doUpdateSet((eb) => ({ times: eb('access.warning.times', '+', 1), last_at: at })),
    )
    .execute()
}

export async function warningsOf(tx: Tx, account: string): Promise<Warning[]> {
  const rows = await tx
    .selectFrom('access.warning')
    .select(['what', 'times', 'last_at'])
    .where('account_id', '=', account)
    .orderBy('last_at', 'desc')
    .execute()
  return rows.map((row) => ({ what: row.what as What, times: row.times, lastAt: row.last_at }))
}

/** They have read what was said until then. */
export async function dropWarnings(tx: Tx, account: string, until: Date): Promise<void> {
  await tx.deleteFrom('access.warning').where('account_id', '=', account).where('last_at', '<=', until).execute()
}
