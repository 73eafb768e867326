// T1, the administrator: holds the control and the meetings, gathers every trace of them, and lets every method guess.
import { type FindsByMeeting, placeOf, readChanges, readLog, readTables } from './bytes.ts'
import type { Dice } from './dice.ts'
import { type Counted, holdEvening } from './evening.ts'
import { isSame } from './guess.ts'
import { type AttackedHouse, slot } from './house.ts'
import { readWithKey } from './linking/boxes.ts'
import { alone } from './linking/rows.ts'
import { smallMethods } from './linking/words.ts'
import { methods } from './linking.ts'
import { holdNaively } from './naive.ts'
import { tryEveryCard } from './phones.ts'
import { residentsOf } from './residents.ts'
import { noScore, type Score, scoreCards, scoreSmall } from './score.ts'
import { administratorOf, type Find } from './traces.ts'

export interface Scored {
  name: string
  about: 'card' | 'next' | 'who'
  score: Score
}

/** Cards read rightly, of all. */
export interface Read {
  right: number
  of: number
}

/** Which meetings are attacked. `cutOff`: their closing is cut off once, and somebody answers before it is done again. */
export interface Meetings {
  residents: number
  meetings: number
  cutOff?: boolean
}

export interface SizeResult extends Meetings {
  scored: Scored[]
  /** The limit that residents are told: with the key file copied while the card is open. */
  withKey: Read
  /** Late cards, with the key file as it lies there until they are counted. */
  lateWithKey: Read
  seconds: { holding: number; linking: number }
}

/** So many meetings are held side by side. They share the database, as on a busy evening. */
const sideBySide = 8

/** The control: how many of these people each method reads off a table that nobody has thought about. */
export async function readControl(
  attacked: AttackedHouse,
  people: number,
  dice: Dice,
): Promise<{ people: number; scored: Scored[] }> {
  const from = await placeNow(attacked)
  const { batch, truth } = await holdNaively(attacked, () => administratorOf(attacked), people, dice)
  const ids = [batch.meeting]
  const changes = await readChanges(attacked, slot, ids)
  const wal = readLog(attacked, from, batch.after.lsn, ids)
  const files = await readTables(attacked, ids)
  const of = (found: FindsByMeeting) => found.get(batch.meeting) ?? []
  const whole = { ...batch, changes: of(changes), wal: of(wal), files: of(files) }
  const scored = scores()
  link({ batch: whole, truth, joined: true, late: false, keysBefore: [] }, scored, dice)
  return {
    people,
    scored: scored.filter(({ name, about }) => name !== alone && about !== 'who'),
  }
}

export async function attackMeetings(attacked: AttackedHouse, which: Meetings, dice: Dice): Promise<SizeResult> {
  const began = performance.now()
  const tried = await tryEveryCard(attacked)
  const from = await placeNow(attacked)
  const linesBefore = attacked.logs().program.length
  const counted = await holdMany(attacked, which, dice)
  const holding = performance.now() - began

  const ids = [...new Set(counted.map(({ batch }) => batch.meeting))]
  const to = await placeNow(attacked)
  const changes = await readChanges(attacked, slot, ids)
  const wal = readLog(attacked, from, to, ids)
  const files = await readTables(attacked, ids)
  const { program, postgres } = attacked.logs()
  const lines = [...program.slice(linesBefore), ...postgres.split('\n'), ...(await statistics(attacked))]

  const scored = scores()
  const withKey: Read = { right: 0, of: 0 }
  const lateWithKey: Read = { right: 0, of: 0 }
  for (const one of counted) {
    const { meeting, during, after } = one.batch
    const within = (list: Find[] = []) => {
      const [first, last] = [placeOf(during[0]?.lsn ?? ''), placeOf(after.lsn)]
      return list.filter(({ place }) => place >= first && place <= last)
    }
    const batch = {
      ...one.batch,
      changes: within(changes.get(meeting)),
      wal: within(wal.get(meeting)),
      files: files.get(meeting) ?? [],
      lines: [...one.batch.lines, ...lines],
      tried,
    }
    link({ ...one, batch }, scored, dice)
    const read = one.late ? lateWithKey : withKey
    if (read.of < 10 * which.residents) readAll({ ...one, batch }, read)
  }
  const linking = performance.now() - began - holding
  const seconds = { holding: holding / 1000, linking: linking / 1000 }
  return { ...which, scored, withKey, lateWithKey, seconds }
}

async function holdMany(
  attacked: AttackedHouse,
  { residents, meetings, cutOff = false }: Meetings,
  dice: Dice,
): Promise<Counted[]> {
  const administrator = await administratorOf(attacked)
  const counted: Counted[] = []
  let held = 0
  const lane = async () => {
    while (held < meetings) {
      const nth = held++
      const own = dice.apart(`${residents} ${nth}`)
      const pace = nth % 3 === 0 ? 'queue' : 'hall'
      const people = residentsOf(own, residents, !cutOff)
      const evening = { attacked, administrator, residents: people, pace, dice: own, cutOff } as const
      counted.push(...(await holdEvening(evening)))
    }
  }
  await Promise.all(Array.from({ length: sideBySide }, lane))
  return counted
}

async function placeNow({ sql }: AttackedHouse): Promise<string> {
  const [here] = await sql<{ lsn: string }>('select pg_current_wal_insert_lsn()::text as lsn')
  return here?.lsn ?? ''
}

/** What PostgreSQL remembers of the contents and the use of the tables. */
async function statistics({ sql }: AttackedHouse): Promise<string[]> {
  await sql('analyze')
  const rows = await sql<{ line: string }>(`
    select left(to_jsonb(s)::text, 20000) as line from pg_stats s where schemaname in ('community', 'access', 'municipal', 'pgboss', 'public')
    union all select to_jsonb(s)::text from pg_stat_user_tables s`)
  return rows.map(({ line }) => line)
}

function readAll({ batch, truth, keysBefore }: Counted, read: Read): void {
  const cards = readWithKey(batch, keysBefore)
  read.of += truth.length
  read.right += truth.filter(({ id, answers }) => {
    const card = cards.get(id)
    return card && isSame(card, answers)
  }).length
}

const scores = (): Scored[] => [
  ...methods.map(({ name }) => ({ name, about: 'card' as const, score: noScore() })),
  ...smallMethods.map(({ name, about }) => ({ name, about, score: noScore() })),
]

/** Lets every method guess about one batch. */
function link(counted: Counted, scored: readonly Scored[], dice: Dice): void {
  methods.forEach((method, nth) => {
    const score = scored[nth]?.score
    if (counted.joined && score) scoreCards(score, counted, method, dice)
  })
  smallMethods.forEach((method, nth) => {
    const score = scored[methods.length + nth]?.score
    if (score) scoreSmall(score, counted, method, dice)
  })
}
