// Traces: everything about one batch of cards that an administrator has when it has been counted. No answer of anybody is in here.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PhoneSecrets } from '../../src/keys/key-cabinet.ts'
import { type Question, questions } from '../../src/meetings/exit-card.ts'
import { paperTag, tagOf } from '../../src/meetings/phone-token.ts'
import type { ListedCards } from './guess.ts'
import type { AttackedHouse } from './house.ts'

/** A row as it lies in the database, with what PostgreSQL notes beside it. */
export interface StoredRow {
  table: string
  /** Page and place on the page. */
  ctid: readonly [number, number]
  xmin: number
  /** When its transaction was committed, in seconds. */
  committed: number | null
  row: Readonly<Record<string, unknown>>
}

/** A backup of what concerns one meeting, taken at one moment. */
export interface Moment {
  at: number
  lsn: string
  rows: readonly StoredRow[]
}

/** Somebody of whom the proxy's log (or the scribe's pile) tells that they answered, and when. */
export interface Person {
  id: number
  at: number
  /** The random bytes in the phone's two cookies, as the log has them. */
  token: Buffer | null
  nextToken: Buffer | null
  /** Which card of which pile. */
  pile: { id: string; place: number } | null
  /** Everything about the response to the answer that a log may hold. */
  response: string
}

/** Something read out of bytes or a stream of changes: a record, and where it stood. */
export interface Find {
  place: number
  record: Readonly<Record<string, unknown>>
}

/** The program's own way of sealing a card, which the administrator has too: for each column that holds sealed cards. */
export type Seals = Readonly<Record<string, (plains: readonly Uint8Array[], tag: Buffer) => Buffer[]>>

export interface Batch {
  meeting: string
  /** In the order in which they arrived. */
  people: readonly Person[]
  during: readonly Moment[]
  /** The last moment before the counting, and the first after it. */
  before: Moment
  after: Moment
  /** What was counted, question by question. */
  counts: ListedCards
  /** Every 32 bytes in the files of the key folder after the counting, and after the late days. */
  keysLeft: readonly Buffer[]
  secrets: PhoneSecrets | null
  seals: Seals
  /** Everything that was changed, from the write-ahead log, in the order it was written. */
  changes: readonly Find[]
  /** What the bytes of the write-ahead log, and of the tables' files, hold near the meeting's id. */
  wal: readonly Find[]
  files: readonly Find[]
  /** Lines of the program's and PostgreSQL's log, statements that were seen running, and rows of views about the meeting. */
  lines: readonly string[]
  /** Responses that the administrator got to cards of their own. */
  tried: readonly { answers: string; response: string }[]
}

/** Rows that the counting has written. */
export function writtenBetween(before: Moment, after: Moment): StoredRow[] {
  const name = (row: StoredRow) => `${row.table} ${row.ctid} ${row.xmin}`
  const known = new Set(before.rows.map(name))
  return after.rows.filter((row) => !known.has(name(row)))
}

export const inFileOrder = (one: StoredRow, other: StoredRow): number =>
  one.table === other.table
    ? one.ctid[0] - other.ctid[0] || one.ctid[1] - other.ctid[1]
    : one.table < other.table
      ? -1
      : 1

/** PostgreSQL's text of bytes. */
export const bytesOf = (value: unknown): Buffer | null =>
  typeof value === 'string' && value.startsWith('\\x') ? Buffer.from(value.slice(2), 'hex') : null

/** Whose tag is it? The secrets of the phones outlive the closing, so the administrator can tell. By tag, in hex. */
export function ownersOf(
  batch: Pick<Batch, 'people' | 'secrets'>,
  purpose: 'shares' | 'next' | 'who',
): Map<string, number> {
  const owners = new Map<string, number>()
  if (!batch.secrets) return owners
  for (const { id, token, nextToken, pile } of batch.people) {
    const phone = purpose === 'shares' ? token : nextToken
    const tag = pile
      ? paperTag(batch.secrets, purpose, pile.id, pile.place)
      : phone && tagOf(batch.secrets, purpose, phone)
    if (tag) owners.set(tag.toString('hex'), id)
  }
  return owners
}

/** The number that stands in a count row. */
export interface CountRow {
  question: string
  answer: number
  n: number
}

export function countRowOf(record: Readonly<Record<string, unknown>>): CountRow | null {
  const { question, answer, n } = record
  if (typeof question !== 'string' || answer === undefined || n === undefined) return null
  return { question, answer: Number(answer), n: Number(n) }
}

/** The counts of a moment, by question and answer. */
export function countsAt(moment: Moment): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { row } of moment.rows) {
    const count = countRowOf(row)
    if (count) counts.set(`${count.question} ${count.answer}`, count.n)
  }
  return counts
}

/** What came to the counts between two moments, in the order of the answers. */
export function countedBetween(before: Moment, after: Moment): ListedCards {
  const [old, now] = [countsAt(before), countsAt(after)]
  const of = (question: Question) =>
    [1, 2, 3, 4, 5].flatMap((answer) => {
      const n = (now.get(`${question} ${answer}`) ?? 0) - (old.get(`${question} ${answer}`) ?? 0)
      return n > 0 ? [[answer, n] as const] : []
    })
  return Object.fromEntries(questions.map((question) => [question, of(question)])) as unknown as ListedCards
}

export interface Administrator {
  /** `everywhere`: also looks through tables that do not name meetings, for a mention of this one. */
  backup(meeting: string, everywhere?: boolean): Promise<Moment>
  /** Statements that run right now, as the views show them. */
  activity(): Promise<string[]>
}

export async function administratorOf({ sql }: Pick<AttackedHouse, 'sql'>): Promise<Administrator> {
  const tables = await sql<{ name: string; key: string | null }>(`
    select format('%I.%I', n.nspname, c.relname) as name,
      (select a.attname from pg_attribute a where a.attrelid = c.oid and (a.attname = 'meeting_id' or c.relname = 'meeting' and a.attname = 'id')) as key
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg_t%'`)
  const part = ({ name, key }: { name: string; key: string | null }) =>
    `select '${name}' as "table", ctid::text, xmin::text, extract(epoch from pg_xact_commit_timestamp(xmin))::float8 as committed, to_jsonb(t) as row
     from ${name} t where ${key ? `${key} = $1::uuid` : `to_jsonb(t)::text like '%' || $1::text || '%'`}`
  const named = tables
    .filter(({ key }) => key)
    .map(part)
    .join(' union all ')
  const all = tables.map(part).join(' union all ')
  type Raw = { table: string; ctid: string; xmin: string; committed: number | null; row: Record<string, unknown> }
  return {
    async backup(meeting, everywhere = false) {
      const [here] = await sql<{ lsn: string }>('select pg_current_wal_insert_lsn()::text as lsn')
      const rows = await sql<Raw>(everywhere ? all : named, [meeting])
      return {
        at: performance.now(),
        lsn: here?.lsn ?? '',
        rows: rows.map(({ table, ctid, xmin, committed, row }) => {
          const [page = 0, place = 0] = ctid.slice(1, -1).split(',').map(Number)
          return { table, ctid: [page, place] as const, xmin: Number(xmin), committed, row }
        }),
      }
    },
    activity: async () =>
      (await sql<{ query: string }>(`select query from pg_stat_activity where application_name like 'oplive%'`)).map(
        ({ query }) => query,
      ),
  }
}

/** The key folder, file by file. */
export function keyFiles(folder: string, meeting: string): Map<string, Buffer> {
  const names = readdirSync(folder).filter((name) => name.startsWith(meeting) || !/^[0-9a-f-]{36}\./.test(name))
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]))
}

/** Whatever lies in these files, taken as keys. */
export const asKeys = (files: Map<string, Buffer>): Buffer[] =>
  [...files.values()].flatMap((bytes) =>
    Array.from({ length: Math.floor(bytes.length / 32) }, (_, place) => bytes.subarray(place * 32, place * 32 + 32)),
  )

export const distinct = (keys: readonly Buffer[]): Buffer[] => [
  ...new Map(keys.map((key) => [key.toString('hex'), key])).values(),
]
