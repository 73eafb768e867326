// A picture of a network: communities first, then people; the next year drawn so that it can be laid beside this one.
import { chanceFrom } from './chance.ts'
import { componentsOf } from './components.ts'
import { placeMany, workOf } from './layout-many.ts'
import { type Earlier, few, placeFew, placesFor, rowsOf } from './layout-part.ts'
import { inRows, pushApart, reachOf, spaceOut } from './layout-room.ts'
import type { Places } from './layout-stress.ts'
import { type Communities, leiden } from './leiden.ts'
import { type Members, membersOf } from './leiden-level.ts'
import { type Network, NotANetwork } from './network.ts'

export interface Layout {
  /** 2 × people long: person u lies at (at[2u], at[2u + 1]), both from -1 to 1. */
  readonly at: Float64Array
  /** Marks of this diameter do not lie on each other. At a thousand people and more it may be small. */
  readonly mark: number
  /** The room of one person, in the same measure: about what lies between two neighbours. */
  readonly unit: number
  readonly communities: Communities
}

export interface LayoutOptions {
  /** The same seed gives the same picture. A whole number. */
  seed?: number
  /** The picture of an earlier moment, by the numbers of today (`carriedOver`): people stay near where they were. */
  before?: Pick<Layout, 'at' | 'unit'>
}

/** Between marks, in units: less than what lies between neighbours, so that pushing apart ends. */
const gap = 0.8

/** From the outermost mark of a part to the edge of its box, in units. */
const margin = 0.5

/**
 * Places everybody. A part of up to 400 people as a whole; a larger one as circles of communities (Leiden), then the people
 * inside. Both by stress (see layout-stress.ts). Parts that do not hang together lie beside each other in rows, whoever knows
 * nobody last. Weights decide the communities only. Nobody: no places; one person: (0, 0). Near linear in people and ties.
 * Throws NotANetwork ('shape') where `before` is not two places for each person; a place that is not finite is a newcomer's.
 */
export function layout(network: Network, options: LayoutOptions = {}): Layout {
  const steps = layoutSteps(network, options)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/**
 * The same in turns, so that other work goes on between them: tells the share that is done, and stops when the signal says so,
 * throwing its reason. Between two turns lie 50 ms, or one step where that takes longer: the communities of all are one step.
 */
export async function layoutInTurns(
  network: Network,
  options: LayoutOptions & { signal?: AbortSignal; progress?: (share: number) => void } = {},
): Promise<Layout> {
  const steps = layoutSteps(network, options)
  let rested = performance.now()
  for (;;) {
    options.signal?.throwIfAborted()
    const step = steps.next()
    if (step.done) return step.value
    options.progress?.(step.value)
    if (performance.now() - rested < 50) continue
    await new Promise((resolve) => setTimeout(resolve))
    rested = performance.now()
  }
}

/** Places by the numbers of today: idBefore[u] is the number that person u had in the picture, or -1 for a newcomer. */
export function carriedOver({ at, unit }: Layout, idBefore: ArrayLike<number>): Pick<Layout, 'at' | 'unit'> {
  const carried = new Float64Array(2 * idBefore.length)
  for (let u = 0; u < idBefore.length; u++) {
    const id = idBefore[u] as number
    carried[2 * u] = at[2 * id] ?? Number.NaN
    carried[2 * u + 1] = at[2 * id + 1] ?? Number.NaN
  }
  return { at: carried, unit }
}

function* layoutSteps(network: Network, { seed = 1, before }: LayoutOptions): Generator<number, Layout> {
  const { people } = network
  const earlier = before && earlierOf(people, before)
  const communities = leiden(network, { seed })
  yield 0.2
  const chance = chanceFrom(seed)
  const parts = componentsOf(network)
  const inPart = membersOf(parts.of, parts.count)
  const at = { x: new Float64Array(people), y: new Float64Array(people) }
  const numbers = new Int32Array(people)
  const work = workOf(network, communities, at, numbers, chance, earlier)
  let told = 0
  for (let part = 0; part < parts.count; part++) {
    const [from, until] = [inPart.start[part] as number, inPart.start[part + 1] as number]
    const members = inPart.node.subarray(from, until)
    if (members.length > few) yield* placeMany(work, members)
    else if (members.length > 1) {
      const rows = rowsOf(network, members, communities.of, 'all', numbers)
      const own = placesFor(members.length)
      placeFew(rows, members, own, chance, earlier)
      members.forEach((u, i) => {
        at.x[u] = own.x[i] as number
        at.y[u] = own.y[i] as number
      })
    }
    if (until - told > 1000) yield 0.2 + 0.6 * (until / people)
    if (until - told > 1000) told = until
  }
  assemble(at, inPart, earlier)
  if (earlier) stayNear(at, earlier)
  yield 0.85
  const left = spaceOut(at, gap, people > 20_000 ? 6 : people > 2_000 ? 30 : 300)
  yield 0.95
  return { ...framed(at, left, before?.unit), communities }
}

/** Puts the parts together: in rows, the largest first, or where their people were. */
function assemble(at: Places, parts: Members, earlier: Earlier | undefined): void {
  const count = parts.start.length - 1
  const [halfWide, halfHigh] = [new Float64Array(count), new Float64Array(count)]
  const offset = placesFor(count)
  const membersOfPart = (part: number) => parts.node.subarray(parts.start[part], parts.start[part + 1])
  for (let part = 0; part < count; part++) {
    const members = membersOfPart(part)
    const [left, right] = reachOf(at.x, members)
    const [top, bottom] = reachOf(at.y, members)
    offset.x[part] = -(left + right) / 2
    offset.y[part] = -(top + bottom) / 2
    halfWide[part] = (right - left) / 2 + margin
    halfHigh[part] = (bottom - top) / 2 + margin
  }
  const middle = earlier
    ? whereTheyWere(at, offset, membersOfPart, halfWide, halfHigh, earlier)
    : inRows(halfWide, halfHigh, 0.5)
  for (let part = 0; part < count; part++)
    for (const u of membersOfPart(part)) {
      at.x[u] = (at.x[u] as number) + (offset.x[part] as number) + (middle.x[part] as number)
      at.y[u] = (at.y[u] as number) + (offset.y[part] as number) + (middle.y[part] as number)
    }
}

/** Each part so that its people lie, in the mean, where they were; parts of newcomers only come in rows below. */
function whereTheyWere(
  at: Places,
  offset: Places,
  membersOfPart: (part: number) => Int32Array,
  halfWide: Float64Array,
  halfHigh: Float64Array,
  earlier: Earlier,
): Places {
  const middle = placesFor(halfWide.length)
  const radius = halfWide.map((wide, part) => Math.hypot(wide, halfHigh[part] as number) / Math.SQRT2)
  const strangers: number[] = []
  const settled: number[] = []
  let lowest = 0
  for (let part = 0; part < radius.length; part++) {
    const known = membersOfPart(part).filter((u) => !Number.isNaN(earlier.x[u]))
    if (known.length === 0) strangers.push(part)
    else {
      settled.push(part)
      middle.x[part] = meanOf(earlier.x, known) - meanOf(at.x, known) - (offset.x[part] as number)
      middle.y[part] = meanOf(earlier.y, known) - meanOf(at.y, known) - (offset.y[part] as number)
      lowest = Math.max(lowest, (middle.y[part] as number) + (halfHigh[part] as number))
    }
  }
  const pick = (along: Float64Array, those: number[]) => Float64Array.from(those, (part) => along[part] as number)
  const kept = { x: pick(middle.x, settled), y: pick(middle.y, settled) }
  pushApart(kept, pick(radius, settled), 0)
  settled.forEach((part, i) => {
    middle.x[part] = kept.x[i] as number
    middle.y[part] = kept.y[i] as number
  })
  const rows = inRows(pick(halfWide, strangers), pick(halfHigh, strangers), 0.5)
  strangers.forEach((part, i) => {
    middle.x[part] = rows.x[i] as number
    middle.y[part] = lowest + 1 + (rows.y[i] as number)
  })
  return middle
}

const meanOf = (along: Float64Array, members: Int32Array) =>
  members.reduce((sum, u) => sum + (along[u] as number), 0) / members.length

/** Half of the way back to where each was: what the new ties ask for shows, and the eye still finds everybody. */
function stayNear(at: Places, earlier: Earlier): void {
  for (let u = 0; u < at.x.length; u++) {
    if (Number.isNaN(earlier.x[u])) continue
    at.x[u] = ((at.x[u] as number) + (earlier.x[u] as number)) / 2
    at.y[u] = ((at.y[u] as number) + (earlier.y[u] as number)) / 2
  }
}

/** From units to the frame from -1 to 1. A picture that follows another is neither moved nor, while it fits, made smaller. */
function framed({ x, y }: Places, left: number, unitBefore: number | undefined): Omit<Layout, 'communities'> {
  const [low, high] = [reachOf(x), reachOf(y)]
  const [middleX, middleY] = unitBefore === undefined ? [(low[0] + low[1]) / 2, (high[0] + high[1]) / 2] : [0, 0]
  const reach = Math.max(low[1] - middleX, middleX - low[0], high[1] - middleY, middleY - high[0]) + gap / 2
  const unit = Math.min(1 / reach, unitBefore ?? Infinity)
  const at = new Float64Array(2 * x.length)
  for (let u = 0; u < x.length; u++) {
    at[2 * u] = ((x[u] as number) - middleX) * unit
    at[2 * u + 1] = ((y[u] as number) - middleY) * unit
  }
  return { at, mark: left * unit, unit }
}

function earlierOf(people: number, { at, unit }: Pick<Layout, 'at' | 'unit'>): Earlier {
  if (at.length !== 2 * people)
    throw new NotANetwork('shape', -1, `${people} people have ${at.length} numbers for where they were, not two each`)
  if (!(unit > 0 && unit < Infinity)) throw new RangeError(`${unit} is no unit of a picture`)
  const earlier = placesFor(people)
  for (let u = 0; u < people; u++) {
    const [x, y] = [(at[2 * u] as number) / unit, (at[2 * u + 1] as number) / unit]
    const known = Number.isFinite(x) && Number.isFinite(y)
    earlier.x[u] = known ? x : Number.NaN
    earlier.y[u] = known ? y : Number.NaN
  }
  return earlier
}
