// The picture of a place as marks and lines: everybody where there are few, one mark for each village where there are many. Pure.
import { awayOf } from '../network/away.ts'
import { componentsOf } from '../network/components.ts'
import { layout } from '../network/layout.ts'
import { type Network, networkFrom } from '../network/network.ts'
import { netBytes } from './net-bytes.ts'
import { kindsOf, type Switches } from './switching.ts'

/** People as in `reckoning.ts`. `hidden`: 1 where one of the two wants the tie drawn nowhere; it counts, and is not here. */
export interface ToDraw {
  people: number
  ends: Int32Array
  hidden: Uint8Array
  staff: readonly number[]
  /** The one who looks; null when they have no tie. */
  me: number | null
}

/** Places from 0 to 1000, in both directions. `r` of a mark in the same measure. */
export interface Mark {
  x: number
  y: number
  r: number
  /** Of a village: how many live in it. 1 for a person. */
  people: number
  /** The person, or one of the village whose kind most of it are (`switching.ts`). */
  person: number
  /** The place of an employee in the list of them; -1 for residents. */
  staff: number
  /** A neighbour whom many of the others know, by the ties that are drawn. Never a village. */
  hub: boolean
}

export interface Line {
  from: Mark
  to: Mark
  /** How many ties it stands for. */
  ties: number
}

export interface Drawing {
  kind: 'people' | 'villages'
  width: number
  height: number
  marks: Mark[]
  /** The strongest where there are very many. */
  lines: Line[]
}

/** All that the page shows of who is tied to whom. */
export interface Picture {
  drawing: Drawing
  switches: Switches
  /** The kind of each person (`switching.ts`), -1 for employees. */
  kindOf: Int32Array
  /** Of each employee: with how many residents they have a tie. */
  reach: number[]
  /** The mark that the one who looks is in. */
  myMark: number | null
  /** Everybody who is in the marks, as `readNet` reads it; null where each mark is a person. */
  within: Uint8Array<ArrayBuffer> | null
}

/** So many people can still be told apart on a phone. */
export const mostMarks = 400
/** So many lines between villages can still be followed; the strongest are drawn. */
const mostLines = 360
const size = 1000
/** No higher than this: beside it stands what to do next, and both are seen at once. */
const highest = 780

/** The same network and the same seed give the same picture. Nobody there: no marks. */
export function picture({ people, ends, hidden, staff, me }: ToDraw): Picture {
  const network = networkFrom(people, ends, undefined, { repeated: 'sum', loops: 'drop' })
  const isStaff = awayOf(people, staff)
  const { switches, kindOf } = kindsOf(network, componentsOf(network, isStaff), staff)
  const { drawing, at, markOf } = drawn(network, { people, ends, hidden, staff }, isStaff)
  if (drawing.kind === 'villages') standForMost(drawing.marks, markOf, kindOf)
  else findHubs(drawing)
  const reach = staff.map((one) => {
    const near = network.neighbour.subarray(network.start[one], network.start[one + 1])
    return near.reduce((sum, other) => sum + (isStaff[other] ? 0 : 1), 0)
  })
  const marks = drawing.marks.length
  const within = drawing.kind === 'people' ? null : netBytes({ marks, at, markOf, kindOf, ends, hidden, staff, me })
  return { drawing, switches, kindOf, reach, within, myMark: me === null ? null : (markOf[me] as number) }
}

/** Who knows three times as many as others do, and five or more, is one that others gather round: a larger mark. */
function findHubs({ lines }: Drawing): void {
  const knows = new Map<Mark, number>()
  for (const { from, to } of lines) {
    if (from.staff >= 0 || to.staff >= 0) continue
    for (const mark of [from, to]) knows.set(mark, (knows.get(mark) ?? 0) + 1)
  }
  const mean = [...knows.values()].reduce((sum, count) => sum + count, 0) / Math.max(1, knows.size)
  for (const [mark, count] of knows) {
    if (count < Math.max(5, 3 * mean)) continue
    mark.hub = true
    mark.r = round(1.5 * mark.r)
  }
}

/** A village is shown as most of it are. */
function standForMost(marks: Mark[], markOf: Int32Array, kindOf: Int32Array): void {
  const counts = marks.map(() => new Map<number, number>())
  const most = new Int32Array(marks.length)
  markOf.forEach((place, person) => {
    const [count, kind] = [counts[place], kindOf[person] as number]
    const now = (count?.get(kind) ?? 0) + 1
    count?.set(kind, now)
    if (now <= (most[place] as number)) return
    most[place] = now
    ;(marks[place] as Mark).person = person
  })
}

function drawn(network: Network, { people, ends, hidden, staff }: Omit<ToDraw, 'me'>, isStaff: Uint8Array) {
  const placed = layout(network, { seed: 7 })
  const { at, height } = intoTheBox(placed.at)
  const alone = people <= mostMarks
  const placeOf = new Map(staff.map((person, place) => [person, place]))
  const marks: Mark[] = []
  const markOf = new Int32Array(people)
  const markOfGroup = new Map<number, number>()
  for (let person = 0; person < people; person++) {
    const own = alone || isStaff[person]
    const group = placed.communities.of[person] as number
    const known = own ? undefined : markOfGroup.get(group)
    const [x, y] = [at[2 * person] as number, at[2 * person + 1] as number]
    if (known === undefined) {
      if (!own) markOfGroup.set(group, marks.length)
      markOf[person] = marks.push({ x, y, r: 0, people: 1, person, staff: placeOf.get(person) ?? -1, hub: false }) - 1
      continue
    }
    const mark = marks[known] as Mark
    mark.x += x
    mark.y += y
    mark.people++
    markOf[person] = known
  }
  const least = Math.max(3.5, Math.min(11, (placed.mark / 2) * (size / 2)))
  const widest = Math.sqrt(marks.reduce((most, mark) => Math.max(most, mark.people), 1))
  for (const mark of marks) {
    mark.x = round(mark.x / mark.people)
    mark.y = round(mark.y / mark.people)
    mark.r = round(
      mark.staff >= 0 ? Math.max(9, least * 1.3) : alone ? least : 5 + (34 * Math.sqrt(mark.people)) / widest,
    )
  }
  const ties = new Map<number, number>()
  for (let tie = 0; tie < hidden.length; tie++) {
    const [one, other] = [markOf[ends[2 * tie] as number] as number, markOf[ends[2 * tie + 1] as number] as number]
    if (hidden[tie] || one === other) continue
    const key = Math.min(one, other) * marks.length + Math.max(one, other)
    ties.set(key, (ties.get(key) ?? 0) + 1)
  }
  const all = [...ties].map(([key, count]) => ({
    from: marks[Math.floor(key / marks.length)] as Mark,
    to: marks[key % marks.length] as Mark,
    ties: count,
  }))
  const lines = alone ? all : all.sort((a, b) => b.ties - a.ties).slice(0, mostLines)
  const drawing: Drawing = { kind: alone ? 'people' : 'villages', width: size, height, marks, lines }
  return { drawing, at, markOf }
}

const round = (value: number): number => Math.round(value * 10) / 10

/** Moves everybody into the box, lying rather than standing: a page is wider than it is high. Answers its height. */
function intoTheBox(places: Float64Array): { at: Float32Array; height: number } {
  const at = new Float32Array(places.length)
  if (places.length === 0) return { at, height: size / 2 }
  const margin = 30
  const bounds = (first: 0 | 1): { low: number; spread: number } => {
    let [low, high] = [Infinity, -Infinity]
    for (let i = first; i < places.length; i += 2) {
      low = Math.min(low, places[i] as number)
      high = Math.max(high, places[i] as number)
    }
    return { low, spread: high - low }
  }
  const [wide, tall] = [bounds(0), bounds(1)]
  const turned = tall.spread > wide.spread
  const [across, down] = turned ? [tall, wide] : [wide, tall]
  const scale = Math.min((size - 2 * margin) / (across.spread || 1), (highest - 2 * margin) / (down.spread || 1))
  const left = (size - across.spread * scale) / 2
  for (let i = 0; i < places.length; i += 2) {
    const [x, y] = [places[i] as number, places[i + 1] as number]
    at[i] = left + ((turned ? y : x) - across.low) * scale
    // Turned by a quarter, not mirrored.
    at[i + 1] = margin + (turned ? wide.low + wide.spread - x : y - tall.low) * scale
  }
  return { at, height: Math.max(160, round(down.spread * scale + 2 * margin)) }
}
