// Where the groups of an outline stand, and the dots in them: each dot is so many neighbours. The same outline gives the same picture. Pure.
import { layout } from '../network/layout.ts'
import { pushApart } from '../network/layout-room.ts'
import { networkFrom } from '../network/network.ts'
import type { Outline } from './outline.ts'

export interface GroupDrawn {
  x: number
  y: number
  r: number
  people: number
  dots: { x: number; y: number }[]
  /** Outside of the groups that hang together. */
  loose: boolean
}

export interface EmployeeDrawn {
  x: number
  y: number
  /** From 1. */
  number: number
}

export interface OutlineDrawn {
  width: number
  height: number
  groups: GroupDrawn[]
  employees: EmployeeDrawn[]
  lines: [GroupDrawn, GroupDrawn][]
  staffLines: [EmployeeDrawn, GroupDrawn][]
  /** Where all hang on the employees alone: from each to the dots around. */
  spokes: [EmployeeDrawn, { x: number; y: number }][]
}

const steps = [5, 10, 25, 50, 100, 250, 500, 1000] as const
/** So many dots can be taken in at a glance. */
const mostDots = 80
const dotRoom = 17
export const dotRadius = 11
export const employeeRadius = 20

const width = 720
const height = 430
const margin = 20

/** How many neighbours a dot is, so that the dots can be taken in. */
export const eachOf = ({ groups, loose }: Outline): number => {
  const people = groups.reduce((sum, one) => sum + one, loose ?? 0)
  return steps.find((step) => people / step <= mostDots) ?? 1000
}

/** `each`: so many neighbours are a dot. */
export function drawOutline(outline: Outline, each = eachOf(outline)): OutlineDrawn {
  const { groups: sizes, loose, employees: staff, lines, staffLines } = outline
  if (sizes.length === 0 && loose !== null && staff > 0) return hangingOnStaff(loose, staff, staffLines, each)
  const all = [...sizes, ...(loose === null ? [] : [loose])]
  const dots = all.map((one) => Math.max(1, Math.round(one / each)))
  const radii = [
    ...dots.map((count) => dotRoom * Math.sqrt(count) + 13),
    ...Array<number>(staff).fill(employeeRadius + 8),
  ]
  const ends = [...lines.flat(), ...staffLines.flatMap(([employee, group]) => [all.length + employee, group])]
  const places = placed(radii, ends)
  const at = (one: number) => places[one] as { x: number; y: number; scale: number }
  const groups = all.map((people, group): GroupDrawn => {
    const { x, y, scale } = at(group)
    return {
      x,
      y,
      r: round((radii[group] as number) * scale),
      people,
      dots: sunflower(dots[group] as number, dotRoom * scale).map((dot) => ({
        x: round(x + dot.x),
        y: round(y + dot.y),
      })),
      loose: group === sizes.length,
    }
  })
  const employees = Array.from({ length: staff }, (_, employee): EmployeeDrawn => {
    const { x, y } = at(all.length + employee)
    return { x, y, number: employee + 1 }
  })
  return {
    width,
    height,
    groups,
    employees,
    lines: lines.map(([a, b]) => [groups[a] as GroupDrawn, groups[b] as GroupDrawn]),
    staffLines: staffLines.map(([one, group]) => [employees[one] as EmployeeDrawn, groups[group] as GroupDrawn]),
    spokes: [],
  }
}

/** No group holds without the employees: they stand in the middle, and all the others around them. */
function hangingOnStaff(people: number, staff: number, staffLines: Outline['staffLines'], each: number): OutlineDrawn {
  const [x, y] = [width / 2, height / 2]
  const r = height / 2 - margin
  const count = Math.max(1, Math.round(people / each))
  const rings = Math.ceil(count / 24)
  const dots = Array.from({ length: count }, (_, at) => {
    const far = r - 16 - (at % rings) * 2.6 * dotRadius
    const turn = (2 * Math.PI * at) / count - Math.PI / 2
    return { x: round(x + far * Math.cos(turn)), y: round(y + far * Math.sin(turn)) }
  })
  const room = Math.min(2.6 * employeeRadius, (1.2 * r) / staff)
  const employees = Array.from(
    { length: staff },
    (_, employee): EmployeeDrawn => ({
      x: round(x + (employee - (staff - 1) / 2) * room),
      y,
      number: employee + 1,
    }),
  )
  return {
    width,
    height,
    groups: [{ x, y, r, people, dots, loose: true }],
    employees,
    lines: [],
    staffLines: [],
    spokes: staffLines.flatMap(([one]) =>
      dots.map((dot): [EmployeeDrawn, { x: number; y: number }] => [employees[one] as EmployeeDrawn, dot]),
    ),
  }
}

/** Dots that lie evenly in a circle, as the seeds of a sunflower do. */
function sunflower(count: number, room: number): { x: number; y: number }[] {
  const golden = Math.PI * (3 - Math.sqrt(5))
  return Array.from({ length: count }, (_, at) => {
    const far = count === 1 ? 0 : room * Math.sqrt(at + 0.5)
    return { x: far * Math.cos(at * golden), y: far * Math.sin(at * golden) }
  })
}

/** Near each other who know each other, none on another, all in the box: made smaller where there are many. */
function placed(radii: readonly number[], ends: readonly number[]): { x: number; y: number; scale: number }[] {
  if (radii.length === 0) return []
  const network = networkFrom(radii.length, Int32Array.from(ends), undefined, { repeated: 'sum', loops: 'drop' })
  const { at } = layout(network, { seed: 7 })
  const spread = 90 * Math.sqrt(radii.length)
  const x = Float64Array.from(radii, (_, one) => (at[2 * one] as number) * spread)
  const y = Float64Array.from(radii, (_, one) => (at[2 * one + 1] as number) * spread * 0.7)
  pushApart({ x, y }, Float64Array.from(radii), 26)
  const box = (values: Float64Array) => {
    const low = Math.min(...radii.map((r, one) => (values[one] as number) - r))
    return { low, wide: Math.max(...radii.map((r, one) => (values[one] as number) + r)) - low }
  }
  // Further apart where there is room; smaller where there is none.
  const widest = 2 * Math.max(...radii)
  const range = (values: Float64Array) => Math.max(...values) - Math.min(...values) || 1
  const apart = Math.min((width - 2 * margin - widest) / range(x), (height - 2 * margin - widest) / range(y), 2.4)
  if (apart > 1)
    for (const values of [x, y])
      values.forEach((value, one) => {
        values[one] = value * apart
      })
  const [across, down] = [box(x), box(y)]
  const scale = Math.min(1, (width - 2 * margin) / across.wide, (height - 2 * margin) / down.wide)
  const [left, top] = [(width - across.wide * scale) / 2, (height - down.wide * scale) / 2]
  return radii.map((_, one) => ({
    x: round(left + ((x[one] as number) - across.low) * scale),
    y: round(top + ((y[one] as number) - down.low) * scale),
    scale,
  }))
}

const round = (value: number): number => Math.round(value * 10) / 10
