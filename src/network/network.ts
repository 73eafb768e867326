// A network in compressed rows: people are 0 to n-1, each with the sorted row of those they know. Names stay outside.

/**
 * People and the ties between them, undirected, without loops or repeated ties. Read it, never write in it.
 * 4 (people + 1) + 8 ties bytes; with weights 16 ties more.
 */
export interface Network {
  /** How many people, with or without ties. */
  readonly people: number
  /** How many ties, each counted once. */
  readonly ties: number
  /** people + 1 long: the row of person u is neighbour[start[u]] up to, but not with, neighbour[start[u + 1]]. */
  readonly start: Int32Array
  /** 2 × ties long: whom each person knows, rising within a row. Each tie stands twice, once with each of its people. */
  readonly neighbour: Int32Array
  /** 2 × ties long, beside `neighbour`: the same figure in both halves of a tie. Missing when every tie counts as 1. */
  readonly weight?: Float64Array
}

/** What to do with ties that a network cannot hold as they are. */
export interface Folding {
  /** The same two people again, in either order: one tie with the sum of the weights ('sum'), or an error ('refuse'). */
  repeated?: 'sum' | 'refuse'
  /** A tie from a person to the same person: left out ('drop'), or an error ('refuse'). */
  loops?: 'drop' | 'refuse'
}

/** What was wrong: an id that is no person, a loop, a repeated tie, a weight that is no weight, arrays of the wrong size. */
export type Fault = 'id' | 'loop' | 'repeated' | 'weight' | 'shape'

/** These numbers are no network, and where it shows. */
export class NotANetwork extends Error {
  override name = 'NotANetwork'
  readonly fault: Fault
  /** The number of the tie (or of the place in a list of people) where the fault stands; -1 where it has no place. */
  readonly at: number

  constructor(fault: Fault, at: number, message: string) {
    super(message)
    this.fault = fault
    this.at = at
  }
}

/** Halves of ties are numbered with 31 bits. */
const most = 2 ** 31 - 1

/**
 * The network of `people` persons with a tie between ends[2i] and ends[2i + 1] for every i, weighing weights[i].
 * Linear time, by counting; 4 bytes of passing memory for each tie (12 with weights) and 8 for each person.
 * Refuses (NotANetwork, with the number of the tie) ids that are not whole numbers from 0 to people - 1, and weights that are
 * NaN, infinite or negative. A weight of 0 is a tie. Unless told otherwise loops are refused and repeated ties too.
 * Without weights a tie that was repeated and summed weighs as often as it stood there: the network then has weights.
 */
export function networkFrom(
  people: number,
  ends: ArrayLike<number>,
  weights?: ArrayLike<number>,
  { repeated = 'refuse', loops = 'refuse' }: Folding = {},
): Network {
  const loopsLeftOut = check(people, ends, weights, loops)
  const halves = ends.length - 2 * loopsLeftOut
  const start = rowStarts(people, ends)
  const lower = lowerEnds(people, ends, weights, halves / 2)
  const neighbour = new Int32Array(halves)
  const weight = weights && new Float64Array(halves)
  fillRows(people, start, lower, neighbour, weight)
  return withoutRepeats(people, start, neighbour, weight, repeated, ends)
}

/** How many people this person knows. */
export const degree = ({ start }: Network, person: number): number =>
  (start[person + 1] as number) - (start[person] as number)

/** Where the half from `a` to `b` stands in `neighbour`, or -1 when the two do not know each other. O(log degree). */
export function halfOf({ start, neighbour }: Network, a: number, b: number): number {
  let low = start[a] as number
  let high = (start[a + 1] as number) - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = neighbour[middle] as number
    if (found === b) return middle
    if (found < b) low = middle + 1
    else high = middle - 1
  }
  return -1
}

/** Each tie once, as pairs [a, b, a, b, ...] with a < b, rising: what `networkFrom` takes. O(people + ties). */
export function endsOf({ people, ties, start, neighbour }: Network): Int32Array {
  const ends = new Int32Array(2 * ties)
  let at = 0
  for (let a = 0; a < people; a++) {
    for (let half = start[a] as number; half < (start[a + 1] as number); half++) {
      const b = neighbour[half] as number
      if (a > b) continue
      ends[at++] = a
      ends[at++] = b
    }
  }
  return ends
}

/** Throws at the first fault; gives the number of loops to leave out. */
function check(
  people: number,
  ends: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
  loops: 'drop' | 'refuse',
) {
  if (!Number.isInteger(people) || people < 0 || people >= most)
    throw new NotANetwork('shape', -1, `${people} is not a number of people`)
  if (ends.length % 2 !== 0) throw new NotANetwork('shape', (ends.length - 1) / 2, 'the last tie has one end only')
  if (ends.length > most) throw new NotANetwork('shape', -1, 'more ties than can be numbered')
  if (weights && weights.length !== ends.length / 2)
    throw new NotANetwork('shape', -1, `${ends.length / 2} ties have ${weights.length} weights`)
  let leftOut = 0
  for (let i = 0; i < ends.length; i += 2) {
    const [a, b] = [ends[i] as number, ends[i + 1] as number]
    const outside = isPerson(a, people) ? (isPerson(b, people) ? undefined : b) : a
    if (outside !== undefined) throw new NotANetwork('id', i / 2, `tie ${i / 2}: ${outside} is nobody among ${people}`)
    if (a !== b) continue
    if (loops === 'refuse') throw new NotANetwork('loop', i / 2, `tie ${i / 2} goes from ${a} to ${a}`)
    leftOut++
  }
  for (let i = 0; weights && i < weights.length; i++) {
    const weight = weights[i] as number
    if (!(weight >= 0 && weight < Infinity)) throw new NotANetwork('weight', i, `tie ${i} weighs ${weight}`)
  }
  return leftOut
}

const isPerson = (id: number, people: number) => id >= 0 && id < people && id === Math.floor(id)

function rowStarts(people: number, ends: ArrayLike<number>): Int32Array {
  const start = new Int32Array(people + 1)
  for (let i = 0; i < ends.length; i += 2) {
    const [a, b] = [ends[i] as number, ends[i + 1] as number]
    if (a === b) continue
    start[a + 1] = (start[a + 1] as number) + 1
    start[b + 1] = (start[b + 1] as number) + 1
  }
  for (let u = 0; u < people; u++) start[u + 1] = (start[u] as number) + (start[u + 1] as number)
  return start
}

/** Each tie once, in the row of the higher of its people, in the order given. */
interface Lower {
  readonly start: Int32Array
  readonly neighbour: Int32Array
  readonly weight: Float64Array | undefined
}

function lowerEnds(
  people: number,
  ends: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
  ties: number,
): Lower {
  // One place further on than it will be: placing a tie moves the start of the next row to where it belongs.
  const start = new Int32Array(people + 2)
  for (let i = 0; i < ends.length; i += 2) {
    const [a, b] = [ends[i] as number, ends[i + 1] as number]
    const higher = a > b ? a : b
    if (a !== b) start[higher + 2] = (start[higher + 2] as number) + 1
  }
  for (let u = 2; u <= people; u++) start[u + 1] = (start[u] as number) + (start[u + 1] as number)
  const neighbour = new Int32Array(ties)
  const weight = weights && new Float64Array(ties)
  for (let i = 0; i < ends.length; i += 2) {
    const [a, b] = [ends[i] as number, ends[i + 1] as number]
    if (a === b) continue
    const higher = a > b ? a : b
    const at = start[higher + 1] as number
    start[higher + 1] = at + 1
    neighbour[at] = a > b ? b : a
    if (weight && weights) weight[at] = weights[i / 2] as number
  }
  return { start, neighbour, weight }
}

/**
 * Every row sorted, equal ones in the order given: whoever comes later is put behind the lower ones in each of their rows, from
 * the first person to the last; and then, again from the first, each is put in front in the rows of those that stand behind.
 */
function fillRows(
  people: number,
  start: Int32Array,
  lower: Lower,
  neighbour: Int32Array,
  weight: Float64Array | undefined,
): void {
  const place = new Int32Array(people)
  const lowerCount = (u: number) => (lower.start[u + 1] as number) - (lower.start[u] as number)
  for (let u = 0; u < people; u++) place[u] = (start[u] as number) + lowerCount(u)
  for (let u = 0; u < people; u++) {
    for (let i = lower.start[u] as number; i < (lower.start[u + 1] as number); i++) {
      const v = lower.neighbour[i] as number
      const at = place[v] as number
      place[v] = at + 1
      neighbour[at] = u
      if (weight && lower.weight) weight[at] = lower.weight[i] as number
    }
  }
  for (let u = 0; u < people; u++) place[u] = start[u] as number
  for (let u = 0; u < people; u++) {
    for (let half = (start[u] as number) + lowerCount(u); half < (start[u + 1] as number); half++) {
      const v = neighbour[half] as number
      const at = place[v] as number
      place[v] = at + 1
      neighbour[at] = u
      if (weight) weight[at] = weight[half] as number
    }
  }
}

/** Folds the repeated ties of sorted rows in place, or refuses the first. */
function withoutRepeats(
  people: number,
  start: Int32Array,
  neighbour: Int32Array,
  weight: Float64Array | undefined,
  repeated: 'sum' | 'refuse',
  ends: ArrayLike<number>,
): Network {
  const whole = (halves: number, weights = weight): Network => ({
    people,
    ties: halves / 2,
    start,
    neighbour: halves === neighbour.length ? neighbour : neighbour.slice(0, halves),
    ...(weights && { weight: halves === weights.length ? weights : weights.slice(0, halves) }),
  })
  if (!hasRepeats(people, start, neighbour)) return whole(neighbour.length)
  if (repeated === 'refuse') throw firstRepeat(people, ends)
  const sums = weight ?? new Float64Array(neighbour.length).fill(1)
  let at = 0
  let from = 0
  for (let u = 0; u < people; u++) {
    const until = start[u + 1] as number
    const row = at
    for (let half = from; half < until; half++) {
      const v = neighbour[half] as number
      const sum = sums[half] as number
      if (at > row && neighbour[at - 1] === v) sums[at - 1] = (sums[at - 1] as number) + sum
      else {
        neighbour[at] = v
        sums[at++] = sum
      }
    }
    from = until
    start[u + 1] = at
  }
  for (let half = 0; half < at; half++)
    if (sums[half] === Infinity) throw new NotANetwork('weight', -1, 'repeated ties weigh more than a number can hold')
  return whole(at, sums)
}

function hasRepeats(people: number, start: Int32Array, neighbour: Int32Array): boolean {
  for (let u = 0; u < people; u++)
    for (let half = (start[u] as number) + 1; half < (start[u + 1] as number); half++)
      if (neighbour[half] === neighbour[half - 1]) return true
  return false
}

function firstRepeat(people: number, ends: ArrayLike<number>): NotANetwork {
  const seen = new Set<number>()
  for (let i = 0; i < ends.length; i += 2) {
    const [a, b] = [ends[i] as number, ends[i + 1] as number]
    const pair = Math.min(a, b) * people + Math.max(a, b)
    if (a !== b && seen.has(pair))
      return new NotANetwork('repeated', i / 2, `tie ${i / 2}: ${a} and ${b} stood there before`)
    seen.add(pair)
  }
  return new NotANetwork('repeated', -1, 'a tie is repeated')
}
