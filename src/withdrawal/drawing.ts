// The picture of a place as marks and lines: everybody where there are few, one mark for each village where there are many. Pure.
import { awayOf } from '../network/away.ts'
import { layout } from '../network/layout.ts'
import { networkFrom } from '../network/network.ts'

/** People as in `reckoning.ts`. `hidden`: 1 where one of the two wants the tie drawn nowhere; it counts, and is not here. */
export interface ToDraw {
  people: number
  ends: Int32Array
  hidden: Uint8Array
  staff: readonly number[]
}

/** Places from 0 to 1000, in both directions. `r` of a mark in the same measure. */
export interface Mark {
  x: number
  y: number
  r: number
  /** Of a village: how many live in it. 1 for a person. */
  people: number
  /** The person, or the first of the village. */
  person: number
  /** The place of an employee in the list of them; -1 for residents. */
  staff: number
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
  lines: Line[]
}

/** So many people can still be told apart on a phone. */
export const mostMarks = 400
const size = 1000

/** The same network and the same seed give the same picture. Nobody there: no marks. */
export function draw({ people, ends, hidden, staff }: ToDraw): Drawing {
  const network = networkFrom(people, ends, undefined, { repeated: 'sum', loops: 'drop' })
  const placed = layout(network, { seed: 7 })
  const isStaff = awayOf(people, staff)
  const shown: number[] = []
  for (let tie = 0; tie < hidden.length; tie++)
    if (!hidden[tie]) shown.push(ends[2 * tie] as number, ends[2 * tie + 1] as number)
  const alone = people <= mostMarks
  const groupOf = (person: number): number =>
    alone || isStaff[person] ? people + person : (placed.communities.of[person] as number)
  const marks = new Map<number, Mark>()
  for (let person = 0; person < people; person++) {
    const group = groupOf(person)
    const mark = marks.get(group)
    const [x, y] = [placed.at[2 * person] as number, placed.at[2 * person + 1] as number]
    if (mark) {
      mark.x += x
      mark.y += y
      mark.people++
    } else marks.set(group, { x, y, r: 0, people: 1, person, staff: isStaff[person] ? staff.indexOf(person) : -1 })
  }
  const all = [...marks.values()]
  for (const mark of all) {
    mark.x /= mark.people
    mark.y /= mark.people
  }
  const height = intoTheBox(all)
  const least = Math.max(3.5, Math.min(11, (placed.mark / 2) * (size / 2)))
  const widest = Math.sqrt(Math.max(1, ...all.map((mark) => mark.people)))
  for (const mark of all)
    mark.r = round(
      mark.staff >= 0 ? Math.max(9, least * 1.3) : alone ? least : 5 + (34 * Math.sqrt(mark.people)) / widest,
    )
  const lines = new Map<string, Line>()
  for (let at = 0; at < shown.length; at += 2) {
    const [one, other] = [groupOf(shown[at] as number), groupOf(shown[at + 1] as number)].sort((a, b) => a - b)
    const [from, to] = [marks.get(one as number), marks.get(other as number)]
    if (!from || !to || from === to) continue
    const key = `${one} ${other}`
    const line = lines.get(key)
    if (line) line.ties++
    else lines.set(key, { from, to, ties: 1 })
  }
  return { kind: alone ? 'people' : 'villages', width: size, height, marks: all, lines: [...lines.values()] }
}

const round = (value: number): number => Math.round(value * 10) / 10

/** Moves the marks into the box, wide rather than high. Answers its height. */
function intoTheBox(marks: Mark[]): number {
  if (marks.length === 0) return size / 2
  const margin = 30
  const bounds = (values: number[]) => [Math.min(...values), Math.max(...values)] as [number, number]
  const spread = (pair: [number, number]) => pair[1] - pair[0]
  // Lying rather than standing: a page is wider than it is high.
  if (spread(bounds(marks.map(({ y }) => y))) > spread(bounds(marks.map(({ x }) => x))))
    for (const mark of marks) [mark.x, mark.y] = [mark.y, -mark.x]
  const xs = bounds(marks.map(({ x }) => x))
  const ys = bounds(marks.map(({ y }) => y))
  const scale = (size - 2 * margin) / (spread(xs) || 1)
  for (const mark of marks) {
    mark.x = round(spread(xs) === 0 ? size / 2 : margin + (mark.x - xs[0]) * scale)
    mark.y = round(margin + (mark.y - ys[0]) * scale)
  }
  return Math.max(160, round(spread(ys) * scale + 2 * margin))
}
