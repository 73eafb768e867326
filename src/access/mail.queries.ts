// The questions of signing in by mail. Nobody else imports them.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'
import type { Purpose } from './mail-question.ts'

export interface Question {
  browser_hash: Buffer
  code_by_browser: Buffer
  code_by_link: Buffer | null
  purpose: Purpose
  /** Null: nobody here has it. */
  address: string | null
  account_id: string | null
  way: string
  wrong: number
  wrong_elsewhere: number
  proven: boolean
}

interface NewQuestion {
  browserHash: Buffer
  linkHash: Buffer | null
  codeByBrowser: Buffer
  codeByLink: Buffer | null
  purpose: Purpose
  address: string
  account: string | null
  way: string
  now: Date
  expiresAt: Date
}

export async function addQuestion(tx: Tx, question: NewQuestion): Promise<void> {
  await tx.deleteFrom('access.mail_question').where('expires_at', '<=', question.now).execute()
  await tx
    .insertInto('access.mail_question')
    .values({
      browser_hash: question.browserHash,
      link_hash: question.linkHash,
      code_by_browser: question.codeByBrowser,
      code_by_link: question.codeByLink,
      purpose: question.purpose,
      address: question.address,
      account_id: question.account,
      way: question.way,
      expires_at: question.expiresAt,
    })
    .execute()
}

/** Looks at a question that lives, by the token of the browser that asked or by that of the link; `locked` for who means to answer it. */
export async function findQuestion(
  tx: Tx,
  by: 'browser' | 'link',
  hash: Buffer,
  now: Date,
  locked: 'locked' | 'seen',
): Promise<Question | null> {
  const which = by === 'browser' ? sql`browser_hash = ${hash}` : sql`link_hash = ${hash}`
  const { rows } =
    await sql<Question>`select browser_hash, code_by_browser, code_by_link, purpose, address, account_id, way,
      wrong, wrong_elsewhere, proven
    from access.mail_question where ${which} and expires_at > ${now} ${locked === 'locked' ? sql`for update` : sql``}`.execute(
      tx,
    )
  return rows[0] ?? null
}

export async function countWrong(tx: Tx, browserHash: Buffer, where: 'here' | 'elsewhere'): Promise<void> {
  await (where === 'here'
    ? sql`update access.mail_question set wrong = wrong + 1 where browser_hash = ${browserHash}`
    : sql`update access.mail_question set wrong_elsewhere = wrong_elsewhere + 1 where browser_hash = ${browserHash}`
  ).execute(tx)
}

export async function dropQuestion(tx: Tx, browserHash: Buffer): Promise<void> {
  await tx.deleteFrom('access.mail_question').where('browser_hash', '=', browserHash).execute()
}

/** Nobody here has the address: it is not kept. */
export async function forgetAddress(tx: Tx, browserHash: Buffer): Promise<void> {
  await tx.updateTable('access.mail_question').set({ address: null }).where('browser_hash', '=', browserHash).execute()
}

/** The digits have come back: now it belongs to this browser, which is asked who it is. */
export async function handOver(tx: Tx, browserHash: Buffer, to: Buffer): Promise<void> {
  await tx
    .updateTable('access.mail_question')
    .set({ browser_hash: to, link_hash: null, code_by_link: null, proven: true })
    .where('browser_hash', '=', browserHash)
    .execute()
}

/** Who signs in by this mailbox. Nobody of the municipality: they come in by its own door. */
export async function accountsBy(tx: Tx, address: string): Promise<{ id: string; name: string }[]> {
  return tx
    .selectFrom('access.mail_address as m')
    .innerJoin('access.account as a', 'a.id', 'm.account_id')
    .select(['a.id', 'a.name'])
    .where('m.address', '=', address)
    .where('a.municipal_role', 'is', null)
    .where('a.ended_at', 'is', null)
    .orderBy('a.name')
    .orderBy('a.id')
    .execute()
}

export async function addressOf(tx: Tx, account: string): Promise<string | null> {
  const row = await tx
    .selectFrom('access.mail_address')
    .select('address')
    .where('account_id', '=', account)
    .executeTakeFirst()
  return row?.address ?? null
}

export async function setAddress(tx: Tx, account: string, address: string, now: Date): Promise<void> {
  const confirmed_on = now.toISOString().slice(0, 10)
  await tx
    .insertInto('access.mail_address')
    .values({ account_id: account, address, confirmed_on })
    .onConflict((clash) => clash.column('account_id').doUpdateSet({ address, confirmed_on }))
    .execute()
}

export async function dropAddress(tx: Tx, account: string): Promise<void> {
  await tx.deleteFrom('access.mail_address').where('account_id', '=', account).execute()
}
