// Linking by rows: who came when, against the order, the time and the ids of what the counting has written.
import type { Clue } from '../guess.ts'
import { cardIn, saidIn } from '../said.ts'
import { type Batch, bytesOf, type Find, inFileOrder, ownersOf, type StoredRow, writtenBetween } from '../traces.ts'

/** No linking at all. */
export const alone = 'the counts alone'

/** How one trace of a batch is turned into a clue. */
export interface Method {
  name: string
  /** It claims only whom the counts leave no choice: below five answers no luck is in such a claim. */
  sure?: true
  link(batch: Batch): Clue
}

const arrivals = (batch: Batch) => batch.people.map(({ id }) => id)

type Found = Readonly<Record<string, unknown>>

/** The answers as records list them, group by group, laid on people in an order. */
function laid(batch: Batch, people: readonly number[], groups: readonly (readonly Found[])[], of: string): Clue {
  const said = saidIn(batch, groups)
  const held = said.kind === 'cards' ? 'cards' : said.kind === 'first-met' ? 'counts' : 'nothing'
  return { parts: [{ people, said }], found: `${held} in ${said.in || groups.flat().length} ${of}` }
}

/** Rows in the order given, table by table: an order says something within one table. */
function byTable(rows: readonly StoredRow[]): Found[][] {
  return [...Map.groupBy(rows, ({ table }) => table).values()].map((some) => some.map(({ row }) => row))
}

/** By a rank that rows carry. Where two rows of a table with answers have the same, it tells no order. */
function byRank(batch: Batch, rank: (row: StoredRow) => number | null, of: string): Clue {
  const written = writtenBetween(batch.before, batch.after).filter(({ row }) => 'question' in row || cardIn(row))
  const ranked = written.flatMap((row) => {
    const at = rank(row)
    return at === null ? [] : [{ row, at }]
  })
  const ordered = [...Map.groupBy(ranked, ({ row }) => row.table).values()].filter(
    (rows) => new Set(rows.map(({ at }) => at)).size === rows.length,
  )
  const rows = ordered.flat().sort((a, b) => a.at - b.at)
  const clue = laid(batch, arrivals(batch), byTable(rows.map(({ row }) => row)), of)
  return { ...clue, found: `${new Set(ranked.map(({ at }) => at)).size} ${of} in ${written.length} rows` }
}

/** The time in an id, if it is of a kind that holds one. */
function timeIn(value: unknown): number | null {
  if (typeof value !== 'string') return null
  const parts = /^([0-9a-f]{8})-([0-9a-f]{4})-([17])([0-9a-f]{3})-[0-9a-f]{4}-[0-9a-f]{12}$/.exec(value)
  if (!parts) return null
  const [, high = '', middle = '', version, low = ''] = parts
  return version === '7'
    ? Number.parseInt(high + middle, 16) + Number.parseInt(low, 16) / 4096
    : Number.parseInt(low + middle + high, 16)
}

/** The id of a row that is its own, not its meeting's. */
const ownTime = (batch: Batch, { row }: StoredRow): number | null =>
  Object.entries(row).flatMap(([, value]) => (value === batch.meeting ? [] : (timeIn(value) ?? [])))[0] ?? null

/** What is read more than once is one row: it stands where it was seen first, and says what it said last. */
function onceEach(list: readonly Find[]): Found[][] {
  const rows = new Map<unknown, Found>()
  const nameOf = (record: Found) => `${record.width} ${record.row} ${String(record.change).split(':')[0]} ${record.id}`
  for (const { record } of list) rows.set('inf' in record ? nameOf(record) : record, record)
  const kindOf = (record: Found) => `${record.width} ${String(record.change).split(':')[0]}`
  return [...Map.groupBy(rows.values(), kindOf).values()]
}

/** Bytes do not say which counting wrote them: a row of counts is of this one if it says what stood there after it. */
function ofThisCounting(batch: Batch, list: readonly Find[]): Find[] {
  const stands = new Set(batch.after.rows.map(({ row }) => `${row.question} ${row.answer} ${row.n}`))
  return list.filter(({ record }) => 'inf' in record || stands.has(`${record.question} ${record.answer} ${record.n}`))
}

/** People in the order in which rows with their tags lie. Null when some of them have none. */
function byTags(batch: Batch, rows: readonly StoredRow[]): number[] | null {
  const owners = ownersOf(batch, 'shares')
  const people = new Set(rows.flatMap(({ row }) => owners.get(bytesOf(row.tag)?.toString('hex') ?? '') ?? []))
  return people.size === batch.people.length ? [...people] : null
}

const written = (batch: Batch) => writtenBetween(batch.before, batch.after).sort(inFileOrder)

export const rowMethods: readonly Method[] = [
  {
    name: 'order in the table (ctid)',
    link: (batch) => laid(batch, arrivals(batch), byTable(written(batch)), 'rows'),
  },
  {
    name: 'transaction numbers (xmin)',
    link: (batch) => byRank(batch, ({ xmin }) => xmin, 'transactions'),
  },
  {
    name: 'commit times',
    link: (batch) => byRank(batch, ({ committed }) => committed, 'times'),
  },
  {
    name: 'write-ahead log, decoded',
    link: (batch) => laid(batch, arrivals(batch), onceEach(batch.changes), 'changes'),
  },
  {
    name: 'write-ahead log, bytes',
    link: (batch) => laid(batch, arrivals(batch), onceEach(ofThisCounting(batch, batch.wal)), 'finds'),
  },
  {
    name: 'old versions in the files',
    link: (batch) => laid(batch, arrivals(batch), onceEach(ofThisCounting(batch, batch.files)), 'finds'),
  },
  {
    name: 'ids that hold a time',
    link: (batch) => byRank(batch, (row) => ownTime(batch, row), 'ids with a time'),
  },
  {
    name: 'order of the receipts',
    link(batch) {
      const people = byTags(batch, written(batch))
      return laid(batch, people ?? arrivals(batch), byTable(written(batch)), people ? 'rows, by receipts' : 'rows')
    },
  },
  {
    name: 'counts, as the boxes lay',
    link(batch) {
      // The secrets of the phones tell whose box lay where when the counting went through them.
      const people = byTags(batch, batch.before.rows.filter(({ row }) => 'box' in row).sort(inFileOrder))
      return laid(batch, people ?? arrivals(batch), byTable(written(batch)), people ? 'rows, by the boxes' : 'rows')
    },
  },
]
