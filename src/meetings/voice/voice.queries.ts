// What the database is asked about something said aloud. Only the program itself may ask.
import type { Tx } from '../../db/as-actor.ts'
import type { StatementKind } from '../evening.ts'

export interface VoiceRow {
  id: string
  number: string
  kind: StatementKind
  lang: string
  mime: string
  text: string | null
  writer: string | null
}

const columns = ['id', 'number', 'kind', 'lang', 'mime', 'text', 'writer'] as const

export async function voiceOf(tx: Tx, meeting: string, tag: Buffer): Promise<VoiceRow | null> {
  const row = await tx
    .selectFrom('community.voice')
    .select(columns)
    .where('meeting_id', '=', meeting)
    .where('tag', '=', tag)
    .executeTakeFirst()
  return (row as VoiceRow | undefined) ?? null
}

/** What waits to be written down under this number. */
export async function voiceByNumber(tx: Tx, meeting: string, number: string): Promise<VoiceRow | null> {
  const row = await tx
    .selectFrom('community.voice')
    .select(columns)
    .where('meeting_id', '=', meeting)
    .where('number', '=', number)
    .executeTakeFirst()
  return (row as VoiceRow | undefined) ?? null
}

export async function boxOf(tx: Tx, id: string): Promise<Buffer | null> {
  const row = await tx.selectFrom('community.voice').select('box').where('id', '=', id).executeTakeFirst()
  return row?.box ?? null
}

export async function takesVoices(tx: Tx, meeting: string): Promise<boolean> {
  const row = await tx
    .selectFrom('community.evening')
    .select('meeting_id')
    .where('meeting_id', '=', meeting)
    .where('put_away_at', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

export async function countVoices(tx: Tx, meeting: string): Promise<number> {
  const row = await tx
    .selectFrom('community.voice')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('meeting_id', '=', meeting)
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

interface NewVoice {
  id: string
  meeting: string
  tag: Buffer
  number: string
  kind: StatementKind
  lang: string
  mime: string
  box: Buffer
}

/** One phone has one voice at a time: a new one takes the place of the old. */
export async function keepVoice(tx: Tx, { meeting, ...voice }: NewVoice): Promise<void> {
  await tx.deleteFrom('community.voice').where('meeting_id', '=', meeting).where('tag', '=', voice.tag).execute()
  await tx
    .insertInto('community.voice')
    .values({ ...voice, meeting_id: meeting })
    .execute()
}

/** Answers whether it was still there to be written down. */
export async function writeDown(tx: Tx, id: string, text: string | null, writer: string | null): Promise<boolean> {
  const done = await tx.updateTable('community.voice').set({ text, writer }).where('id', '=', id).executeTakeFirst()
  return done.numUpdatedRows > 0n
}

export async function dropVoice(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('community.voice').where('id', '=', id).execute()
}

interface SpokenStatement {
  id: string
  meeting: string
  tag: Buffer
  kind: StatementKind
  text: string
  lang: string
  openTo: 'hall' | 'public'
}

/** The words, now that the one who spoke has said yes to them. */
export async function addSpoken(tx: Tx, { meeting, openTo, ...said }: SpokenStatement): Promise<void> {
  await tx
    .insertInto('community.statement')
    .values({ ...said, meeting_id: meeting, open_to: openTo, ordinal: 0, medium: 'phone', state: 'shown' })
    .onConflict((oc) => oc.column('id').doNothing())
    .execute()
}
