// All questions about the second factor, one function each.
import type { Tx } from '../db/as-actor.ts'

/** Sealed; null when there is none. Held until this transaction is over, so that no digits are used twice at once. */
export async function factorOf(
  tx: Tx,
  account: string,
): Promise<{ sealed: Buffer; confirmed: boolean; lastStep: number | null } | null> {
  const row = await tx
    .selectFrom('access.second_factor')
    .select(['secret', 'confirmed_at', 'last_step'])
    .where('account_id', '=', account)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return null
  return {
    sealed: row.secret,
    confirmed: row.confirmed_at !== null,
    lastStep: row.last_step === null ? null : Number(row.last_step),
  }
}

/** A new secret, still to be confirmed. False when there is a confirmed one: that is not replaced behind its owner's back. */
export async function beginFactor(tx: Tx, account: string, sealed: Buffer): Promise<boolean> {
  const done = await tx
    .insertInto('access.second_factor')
    .values({ account_id: account, secret: sealed })
    .onConflict((conflict) =>
      conflict
        .column('account_id')
        .doUpdateSet({ secret: sealed, last_step: null })
        .where('access.second_factor.confirmed_at', 'is', null),
    )
    .executeTakeFirst()
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** These digits are used now. False when they, or later ones, were used before. */
export async function useStep(tx: Tx, account: string, step: number): Promise<boolean> {
  const done = await tx
    .updateTable('access.second_factor')
    .set({ last_step: step })
    .where('account_id', '=', account)
    .where((eb) => eb.or([eb('last_step', 'is', null), eb('last_step', '<', String(step))]))
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

export async function confirmFactor(tx: Tx, account: string, at: Date): Promise<void> {
  await tx.updateTable('access.second_factor').set({ confirmed_at: at }).where('account_id', '=', account).execute()
}

/** Forgets it with its codes, and no session of the account has shown digits any more. */
export async function dropFactor(tx: Tx, account: string): Promise<void> {
  await tx.deleteFrom('access.second_factor').where('account_id', '=', account).execute()
  await tx.deleteFrom('access.recovery_code').where('account_id', '=', account).execute()
  await tx.updateTable('access.session').set({ factor_at: null }).where('account_id', '=', account).execute()
}

/** New codes; the old ones are worth nothing from now on. */
export async function setRecoveryCodes(tx: Tx, account: string, hashes: readonly Buffer[]): Promise<void> {
  await tx.deleteFrom('access.recovery_code').where('account_id', '=', account).execute()
  await tx
    .insertInto('access.recovery_code')
    .values(hashes.map((hash) => ({ code_hash: hash, account_id: account })))
    .execute()
}

/** Of two who come with the same code, one gets in. */
export async function spendRecoveryCode(tx: Tx, account: string, hash: Buffer): Promise<boolean> {
  const done = await tx
    .deleteFrom('access.recovery_code')
    .where('account_id', '=', account)
    .where('code_hash', '=', hash)
    .executeTakeFirst()
  return done.numDeletedRows > 0n
}

export async function setFactorShown(tx: Tx, session: string, at: Date): Promise<void> {
  await tx.updateTable('access.session').set({ factor_at: at }).where('id', '=', session).execute()
}

/** What its owner may know of it: whether it is there, whether it is confirmed, and how many codes are left. */
export async function factorState(
  tx: Tx,
  account: string,
): Promise<{ factor: 'none' | 'begun' | 'confirmed'; codesLeft: number }> {
  const factor = await tx
    .selectFrom('access.second_factor')
    .select('confirmed_at')
    .where('account_id', '=', account)
    .executeTakeFirst()
  const codes = await tx
    .selectFrom('access.recovery_code')
    .select((eb) => eb.fn.count<string>('account_id').as('left'))
    .where('account_id', '=', account)
    .executeTakeFirstOrThrow()
  const state = !factor ? 'none' : factor.confirmed_at ? 'confirmed' : 'begun'
  return { factor: state, codesLeft: Number(codes.left) }
}
