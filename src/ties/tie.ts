// A tie: what two have done with each other in the last twelve months, as a weight that halves every 180 days. Derived, never typed about others.

/**
 * What makes a tie, and how much it weighs on its day. The measure is one talk of two that is held today. Bringing somebody and keeping a promise
 * take as much of a person as a talk does; carrying an evening together is half of it, for a team may be four who hardly spoke. To have been at the
 * same meeting is nothing. Somebody to lean on counts like a talk each quarter, as long as it lasts. The figures are agreed, not proven (method 4.5 names the kinds and the half-life, no weights): `docs/decisions/`.
 */
export const tieKinds = { talk: 1, brought: 1, promise: 1, team: 0.5, coaching: 1 } as const
export type TieKind = keyof typeof tieKinds
export const isTieKind = (kind: string): kind is TieKind => Object.hasOwn(tieKinds, kind)

/** Days after which something weighs half. */
export const halfLife = 180
/** For how long it counts at all, in rolling months. */
export const months = 12
/** A tie that was confirmed within so many months is a recorded one. */
export const confirmedMonths = 6

/** One thing that two have done with each other. Days are `yyyy-mm-dd`. */
export interface TieSource {
  kind: TieKind
  on: string
}

const day = 86_400_000
const daysBetween = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / day)

/** The same day so many months earlier; the last of its month where there is none. As PostgreSQL reckons it. */
export function monthsBefore(date: string, n: number): string {
  const [year = 0, month = 1, dayOfMonth = 1] = date.split('-').map(Number)
  const last = new Date(Date.UTC(year, month - n, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 - n, Math.min(dayOfMonth, last))).toISOString().slice(0, 10)
}

/** Does it count on that day: it has happened, and less than twelve months ago. */
export const countsOn = ({ on }: TieSource, date: string): boolean => on <= date && on > monthsBefore(date, months)

/** What one thing weighs on a day. 0 when it does not count; never less. */
export const weightOfOne = (source: TieSource, date: string): number =>
  countsOn(source, date) ? tieKinds[source.kind] * 0.5 ** (daysBetween(source.on, date) / halfLife) : 0

/** What a tie weighs on a day: the sum of all that made it. */
export const weightOf = (sources: readonly TieSource[], date: string): number =>
  sources.reduce((sum, source) => sum + weightOfOne(source, date), 0)

/** How the people of a place hang together: numbers in place of names, thrown anew at each question. */
export interface Ties {
  /** The day it is reckoned for. Those of the municipality get the last day of the last quarter. */
  on: string
  /** What `tieMarkIn` says, of the same moment. */
  mark: string
  /** How many have a tie. They are 0 to people - 1. */
  people: number
  /** 2 × ties long: the two of each tie, as `networkFrom` takes them. */
  ends: Int32Array
  /** The weight of each tie. */
  weights: Float32Array
  /** 1 where one of the two has hidden the tie: it counts, and is drawn nowhere. */
  hidden: Uint8Array
  /** The employees, with the name they have at work. */
  staff: { at: number; name: string }[]
  /** The number of the one who asks; null when they have no tie, or are the program. */
  me: number | null
}

const bytesOfTie = 13

/** What the database sends: everybody of the place has a number, also those without a tie. */
export interface Sent {
  people: number
  ties: Uint8Array
  staff: { at: number; name: string }[]
  me: number | null
}

/** Reads the ties as the database sends them: two int4, a float4 and a byte for each. Only those with a tie keep a number. */
export function readTies(sent: Sent): Omit<Ties, 'on' | 'mark'> {
  const many = sent.ties.length / bytesOfTie
  if (!Number.isInteger(many)) throw new Error('half a tie was sent')
  const view = new DataView(sent.ties.buffer, sent.ties.byteOffset, sent.ties.byteLength)
  const [ends, weights, hidden] = [new Int32Array(2 * many), new Float32Array(many), new Uint8Array(many)]
  const numbered = new Int32Array(sent.people).fill(-1)
  for (let i = 0; i < many; i++) for (const of of [0, 4]) numbered[view.getInt32(i * bytesOfTie + of)] = 0
  let people = 0
  for (let n = 0; n < sent.people; n++) if (numbered[n] === 0) numbered[n] = people++
  for (let i = 0, at = 0; i < many; i++, at += bytesOfTie) {
    ends[2 * i] = numbered[view.getInt32(at)] as number
    ends[2 * i + 1] = numbered[view.getInt32(at + 4)] as number
    weights[i] = view.getFloat32(at + 8)
    hidden[i] = view.getUint8(at + 12)
  }
  const numberOf = (n: number | null) => (n === null ? -1 : (numbered[n] ?? -1))
  const staff = sent.staff.map(({ at, name }) => ({ at: numberOf(at), name })).filter(({ at }) => at >= 0)
  return { people, ends, weights, hidden, staff, me: numberOf(sent.me) < 0 ? null : numberOf(sent.me) }
}

/** How much of it is recorded: of those who did something in six months, how many have said that their ties are right. */
export interface Completeness {
  active: number
  confirmed: number
}
