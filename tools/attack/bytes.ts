// Bytes: what the files of the tables and of the write-ahead log hold near a meeting's id, read without PostgreSQL, dead rows included.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AttackedHouse } from './house.ts'
import type { Find } from './traces.ts'

const pageSize = 8192
/** Of a page of the write-ahead log: 24 bytes, 40 on the first page of a file. */
const shortHead = 24
const longHead = 40

export type FindsByMeeting = Map<string, Find[]>

/** The write-ahead log from one place on, as one run of bytes without page heads. Places count bytes of the log itself. */
export function readLog(
  { dataFolder }: Pick<AttackedHouse, 'dataFolder'>,
  from: string,
  to: string,
  meetings: readonly string[],
): FindsByMeeting {
  const folder = join(dataFolder, 'pg_wal')
  const size = 16 * 1024 * 1024
  const numberOf = (name: string) => Number.parseInt(name.slice(8, 16), 16) * 256 + Number.parseInt(name.slice(16), 16)
  const [first, last] = [placeOf(from), placeOf(to)]
  const found: FindsByMeeting = new Map()
  let carried: Buffer = Buffer.alloc(0)
  const files = readdirSync(folder)
    .filter((name) => /^[0-9A-F]{24}$/.test(name))
    .sort()
  for (const name of files) {
    const start = numberOf(name) * size
    if (start + size <= first || start > last) continue
    const file = readFileSync(join(folder, name))
    const pages = [carried]
    for (let page = 0; page < file.length; page += pageSize)
      pages.push(file.subarray(page + (page === 0 ? longHead : shortHead), page + pageSize))
    const bytes = Buffer.concat(pages)
    find(bytes, meetings, (meeting, record, place) => {
      // A record that runs over the end of the file is read with the next one.
      const inLog = start + withHeads(place - carried.length)
      if (inLog >= first && inLog <= last) add(found, meeting, { place: inLog, record })
    })
    carried = bytes.subarray(-200)
  }
  return found
}

/** Where a byte stood before the heads of the pages were taken out. */
function withHeads(place: number): number {
  const onFirst = pageSize - longHead
  if (place < onFirst) return longHead + place
  const [page, rest] = [
    Math.floor((place - onFirst) / (pageSize - shortHead)),
    (place - onFirst) % (pageSize - shortHead),
  ]
  return (page + 1) * pageSize + shortHead + rest
}

/** A place in the write-ahead log as a number. */
export function placeOf(lsn: string): number {
  const [high = '0', low = '0'] = lsn.split('/')
  return Number.parseInt(high, 16) * 4_294_967_296 + Number.parseInt(low, 16)
}

/** The files of every table, in the order in which their rows were put there. */
export async function readTables(
  { sql, dataFolder }: Pick<AttackedHouse, 'sql' | 'dataFolder'>,
  meetings: readonly string[],
): Promise<FindsByMeeting> {
  await sql('checkpoint')
  const files = await sql<{ path: string }>(`
    select pg_relation_filepath(c.oid) as path from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'i', 't', 'm') and n.nspname not in ('pg_catalog', 'information_schema')
    order by c.relkind desc, c.oid`)
  const found: FindsByMeeting = new Map()
  files.forEach(({ path }, nth) => {
    const bytes = readFileSync(join(dataFolder, path))
    // A page is filled from its end.
    const rank = (place: number) =>
      nth * 1e10 + Math.floor(place / pageSize) * pageSize + (pageSize - 1 - (place % pageSize))
    find(bytes, meetings, (meeting, record, place) => add(found, meeting, { place: rank(place), record }))
  })
  for (const list of found.values()) list.sort((a, b) => a.place - b.place)
  return found
}

function add(found: FindsByMeeting, meeting: string, one: Find) {
  const list = found.get(meeting) ?? []
  list.push(one)
  found.set(meeting, list)
}

/** Goes through the bytes once for each beginning that the ids have: ids that hold a time begin alike. */
function find(
  bytes: Buffer,
  meetings: readonly string[],
  tell: (meeting: string, record: Find['record'], place: number) => void,
) {
  const known = new Map(meetings.map((id) => [id.replaceAll('-', ''), id]))
  const beginnings = new Set([...known.keys()].map((id) => id.slice(0, 6)))
  for (const beginning of beginnings) {
    const wanted = Buffer.from(beginning, 'hex')
    for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1)) {
      const meeting = known.get(bytes.toString('hex', at, at + 16))
      if (!meeting) continue
      for (const record of recordsAt(bytes, at)) tell(meeting, record, at)
    }
  }
}

/** Whatever may stand behind a meeting's id: three answers, a row of counts, or words. */
function recordsAt(bytes: Buffer, at: number): Find['record'][] {
  const records: Find['record'][] = []
  const behind = at + 16
  const row = at >= 16 ? bytes.toString('hex', at - 16, at) : ''
  for (const width of [1, 2, 4]) {
    const [inf, able, cour] = [0, 1, 2].map((nth) => wholeAt(bytes, behind + nth * width, width))
    if ([inf, able, cour].every((answer) => answer !== undefined && answer >= 1 && answer <= 5))
      records.push({ row, width, inf, able, cour })
  }
  const text = textAt(bytes, behind)
  if (text) {
    const aligned = behind + Math.ceil((text.end - behind) / 4) * 4
    records.push({ question: text.is, answer: wholeAt(bytes, aligned, 4), n: wholeAt(bytes, aligned + 4, 4) })
    records.push({ text: text.is })
  }
  return records
}

function wholeAt(bytes: Buffer, at: number, width: number): number | undefined {
  return at + width <= bytes.length ? bytes.readIntLE(at, width) : undefined
}

/** A text as a row holds it: with its length in one byte, or in four. */
function textAt(bytes: Buffer, at: number): { is: string; end: number } | null {
  const head = bytes[at] ?? 0
  if (head & 1) {
    const end = at + (head >> 1)
    return end > at + 1 ? { is: bytes.toString('utf8', at + 1, end), end } : null
  }
  const length = (wholeAt(bytes, at, 4) ?? 0) >>> 2
  return length > 4 && length < 1200 ? { is: bytes.toString('utf8', at + 4, at + length), end: at + length } : null
}

/** Every change since the last time, in the order it was written, as PostgreSQL itself decodes its log. Sealed rows are left out. */
export async function readChanges(
  { sql }: Pick<AttackedHouse, 'sql'>,
  slot: string,
  meetings: readonly string[],
): Promise<FindsByMeeting> {
  const rows = await sql<{ lsn: string; data: string }>(
    `select lsn::text, data from pg_logical_slot_get_changes($1, null, null)
     where data like 'table %' and data not like 'table community.sealed_%'`,
    [slot],
  )
  const known = new Set(meetings)
  const found: FindsByMeeting = new Map()
  for (const { lsn, data } of rows) {
    const named = new Set(data.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g))
    for (const id of named) if (known.has(id)) add(found, id, { place: placeOf(lsn), record: recordOf(data) })
  }
  return found
}

/** `table naive.card: INSERT: id[uuid]:'…' inf[integer]:2` as a record. */
function recordOf(line: string): Find['record'] {
  const record: Record<string, unknown> = { change: /^table ([^:]+: [A-Z]+)/.exec(line)?.[1] ?? '' }
  for (const [, name = '', quoted, bare] of line.matchAll(/(\w+)\[[^\]]+\]:(?:'((?:[^']|'')*)'|(\S+))/g))
    record[name] = quoted?.replaceAll("''", "'") ?? bare
  return record
}
