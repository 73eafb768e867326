// A few people, or one community, placed by themselves around 0: who know each other near, hubs inward.
import type { Chance } from './chance.ts'
import { reachOf } from './layout-room.ts'
import { type Places, type Rows, settle } from './layout-stress.ts'
import { leiden } from './leiden.ts'
import type { Network } from './network.ts'

/** Where everybody was, in the unit of the layout being made; NaN for who was not there. */
export type Earlier = Places

export const placesFor = (count: number): Places => ({ x: new Float64Array(count), y: new Float64Array(count) })

/** A part that has up to so many people is settled as a whole, every pair of it. */
export const few = 400

/** The radius of the room that so many people need: then they lie about 1.3 apart. */
export const roomFor = (people: number) => (people === 1 ? 0.5 : 0.75 * Math.sqrt(people))

/** How much longer a tie from one community to another would like to be: so a few people too show who belongs together. */
const across = 1.6

/** Up to so many people in a community are one hamlet. */
const oneHamlet = 60
const betweenHamlets = 7

/**
 * Takes the rows of some people, and their ties among each other, out of the network. `group`: which ties count, those between
 * people of the same group, or all; with 'all' those between groups are longer. `numbers` is passing memory, people long.
 */
export function rowsOf(
  { start, neighbour }: Network,
  members: Int32Array,
  group: Int32Array,
  ties: 'inside' | 'all',
  numbers: Int32Array,
): Rows {
  let halves = 0
  members.forEach((u, i) => {
    numbers[u] = i
    halves += (start[u + 1] as number) - (start[u] as number)
  })
  const rows = {
    nodes: members.length,
    start: new Int32Array(members.length + 1),
    neighbour: new Int32Array(halves),
    length: ties === 'all' ? new Float64Array(halves).fill(1) : undefined,
  }
  let at = 0
  for (let i = 0; i < members.length; i++) {
    const u = members[i] as number
    const end = start[u + 1] as number
    for (let half = start[u] as number; half < end; half++) {
      const v = neighbour[half] as number
      if (group[v] !== group[u]) {
        if (ties === 'inside') continue
        if (rows.length) rows.length[at] = across
      }
      rows.neighbour[at++] = numbers[v] as number
    }
    rows.start[i + 1] = at
  }
  return { ...rows, neighbour: rows.neighbour.subarray(0, at) }
}

/** Everybody of a small part. */
export function placeFew(rows: Rows, members: Int32Array, at: Places, chance: Chance, earlier?: Earlier): void {
  const calm = startFrom(rows, members, at, earlier)
  settle(rows, at, chance, calm, few)
  centre(at)
  if (!calm) lieDown(at)
  const wide = radiusOf(at)
  if (wide === 0) return
  const room = roomFor(rows.nodes)
  // Ties of 1.5, unless that is too tight for so many or too long a string.
  const radius = Math.min(Math.max((1.5 / meanTie(rows, at)) * wide, room), 2.5 * room)
  grow(at, radius / wide)
}

/** A community in its circle: partly where stress would have each, partly so that the circle fills evenly. */
export function placeCommunity(rows: Rows, members: Int32Array, at: Places, chance: Chance, earlier?: Earlier): void {
  const { x, y } = at
  const calm = startFrom(rows, members, at, earlier)
  settle(rows.nodes > oneHamlet ? hamletsApart(rows) : rows, at, chance, calm)
  centre(at)
  const wide = radiusOf(at)
  if (wide === 0) return
  const even = evenly(at)
  const room = roomFor(rows.nodes) - 0.25
  for (let v = 0; v < rows.nodes; v++) {
    x[v] = room * ((0.4 * (x[v] as number)) / wide + 0.6 * (even.x[v] as number))
    y[v] = room * ((0.4 * (y[v] as number)) / wide + 0.6 * (even.y[v] as number))
  }
}

/**
 * The same rows with long ties between the communities of the community: so its hamlets show, and neighbours lie near. Without it
 * a village in which all are within four steps of each other is one ball of wool.
 */
function hamletsApart(rows: Rows): Rows {
  const { nodes, start, neighbour } = rows
  const { of } = leiden({ people: nodes, ties: neighbour.length / 2, start, neighbour }, { rounds: 2 })
  const length = new Float64Array(neighbour.length)
  for (let v = 0; v < nodes; v++)
    for (let half = start[v] as number; half < (start[v + 1] as number); half++)
      length[half] = of[v] === of[neighbour[half] as number] ? 1 : betweenHamlets
  return { ...rows, length }
}

/**
 * Everybody evenly in a circle of radius 1, beside whom they lay beside: a square halved again and again, with the half of the
 * people who lie on that side, and then bent to a circle (Shirley & Chiu 1997, Journal of Graphics Tools 2:45). O(n log² n).
 */
function evenly({ x, y }: Places): Places {
  const even = placesFor(x.length)
  const halve = (members: Int32Array, left: number, top: number, wide: number, high: number): void => {
    if (members.length === 1) {
      const v = members[0] as number
      const [a, b] = [left + wide / 2, top + high / 2]
      const across = Math.abs(a) > Math.abs(b)
      const angle = (Math.PI / 4) * (across ? b / a : a === 0 && b === 0 ? 0 : 2 - a / b)
      const radius = across ? a : b
      even.x[v] = radius * Math.cos(angle)
      even.y[v] = radius * Math.sin(angle)
      return
    }
    const along = wide >= high ? x : y
    members.sort((v, u) => (along[v] as number) - (along[u] as number) || v - u)
    const half = members.length >> 1
    const share = half / members.length
    const [first, second] = [members.subarray(0, half), members.subarray(half)]
    if (wide >= high) {
      halve(first, left, top, wide * share, high)
      halve(second, left + wide * share, top, wide * (1 - share), high)
    } else {
      halve(first, left, top, wide, high * share)
      halve(second, left, top + high * share, wide, high * (1 - share))
    }
  }
  halve(Int32Array.from(x.keys()), -1, -1, 2, 2)
  return even
}

/** Places everybody where they were, newcomers beside whom they know, with ties of about 1; says whether anybody was there. */
function startFrom(rows: Rows, members: Int32Array, { x, y }: Places, earlier: Earlier | undefined): boolean {
  if (!earlier) return false
  const queue: number[] = []
  for (let i = 0; i < rows.nodes; i++) {
    const u = members[i] as number
    x[i] = earlier.x[u] as number
    y[i] = earlier.y[u] as number
    if (!Number.isNaN(x[i])) queue.push(i)
  }
  if (queue.length === 0) return false
  for (const v of queue)
    for (let half = rows.start[v] as number; half < (rows.start[v + 1] as number); half++) {
      const u = rows.neighbour[half] as number
      if (!Number.isNaN(x[u])) continue
      x[u] = (x[v] as number) + 0.7 * Math.cos(u)
      y[u] = (y[v] as number) + 0.7 * Math.sin(u)
      queue.push(u)
    }
  const mean = meanTie(rows, { x, y })
  // Who all lay in one place come apart by themselves.
  if (mean > 1e-6) grow({ x, y }, 1.1 / mean)
  return true
}

/** Puts the middle of the box around them at 0. */
export function centre({ x, y }: Places): void {
  for (const along of [x, y]) {
    const [low, high] = reachOf(along)
    for (let v = 0; v < along.length; v++) along[v] = (along[v] as number) - (low + high) / 2
  }
}

export function grow({ x, y }: Places, factor: number): void {
  for (let v = 0; v < x.length; v++) {
    x[v] = (x[v] as number) * factor
    y[v] = (y[v] as number) * factor
  }
}

export function radiusOf({ x, y }: Places): number {
  let most = 0
  for (let v = 0; v < x.length; v++) most = Math.max(most, Math.hypot(x[v] as number, y[v] as number))
  return most
}

export function turn({ x, y }: Places, cos: number, sin: number): void {
  for (let v = 0; v < x.length; v++) {
    const [along, up] = [x[v] as number, y[v] as number]
    x[v] = cos * along - sin * up
    y[v] = sin * along + cos * up
  }
}

/** Turns the longest way across into the horizontal. */
function lieDown(at: Places): void {
  let [xx, xy, yy] = [0, 0, 0]
  for (let v = 0; v < at.x.length; v++) {
    const [x, y] = [at.x[v] as number, at.y[v] as number]
    xx += x * x
    xy += x * y
    yy += y * y
  }
  const angle = Math.atan2(2 * xy, xx - yy) / 2
  turn(at, Math.cos(angle), -Math.sin(angle))
  // And who is farthest out to the left.
  const [low, high] = reachOf(at.x)
  if (high > -low) turn(at, -1, 0)
}

function meanTie({ nodes, start, neighbour }: Rows, { x, y }: Places): number {
  let sum = 0
  for (let v = 0; v < nodes; v++)
    for (let half = start[v] as number; half < (start[v + 1] as number); half++) {
      const u = neighbour[half] as number
      sum += Math.hypot((x[v] as number) - (x[u] as number), (y[v] as number) - (y[u] as number))
    }
  return neighbour.length === 0 ? 0 : sum / neighbour.length
}
