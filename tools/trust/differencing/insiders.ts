// One who knows exactly who was there at each count (a key holder; an employee who may look in), and wants to know what those who came or left are.
import { type Part, parts, partsOf } from '../../../src/shares/breakdown.ts'
import { CROWD } from '../../../src/shares/published.ts'
import type { Count } from './pages.ts'
import { cluesOf, everybody, targetsOf, toldIn, unknowns } from './pages.ts'
import { Solver } from './solver.ts'
import { joinedSince, type Village } from './villages.ts'

export interface Inside {
  /** Groups of newcomers, or of those who left, of whom an age was sought. */
  groups: number
  /** In words: a group under twenty who are known to be all alike, or of whom one to four are known to be. */
  found: string[]
}

/** It is taken for granted that nobody says or changes an age between two counts, which the pages do not promise. */
export function lookInside(village: Village, counts: readonly Count[], small: boolean): Inside {
  const inside: Inside = { groups: 0, found: [] }
  const solvers = counts.map(
    ({ shown, people }) =>
      new Solver(unknowns, [...cluesOf(shown, small), { plus: [everybody], low: people.all, high: people.all }]),
  )
  for (const part of parts) {
    const bounds = counts.map(({ people, shown }, at) => {
      const target = targetsOf(people, toldIn(shown)).find(({ name }) => name === part)
      return target && solvers[at] ? solvers[at].bounds({ plus: [target.number] }) : { low: 0, high: people.all }
    })
    const pairs = counts.flatMap((before, i) =>
      counts.slice(i + 1).map((after, beyond) => {
        const came = joinedSince(village, before.quarter, after.quarter)
        return { i, k: i + 1 + beyond, came, left: before.people.all + came - after.people.all }
      }),
    )
    let moved = true
    while (moved) {
      moved = false
      for (const { i, k, came, left } of pairs) {
        const [before, after] = [bounds[i], bounds[k]]
        if (!before || !after) continue
        const now = { low: Math.max(after.low, before.low - left), high: Math.min(after.high, before.high + came) }
        const was = { low: Math.max(before.low, now.low - came), high: Math.min(before.high, now.high + left) }
        if (now.low > after.low || now.high < after.high || was.low > before.low || was.high < before.high) moved = true
        bounds[k] = now
        bounds[i] = was
      }
    }
    for (const { i, k, came, left } of pairs) {
      const [before, after] = [bounds[i], bounds[k]]
      if (!before || !after || came + left === 0) continue
      inside.groups++
      const least = Math.max(-left, after.low - before.high)
      const most = Math.min(came, after.high - before.low)
      const found = tells(least, most, came, left)
      if (found) inside.found.push(`${found}: ${part}, counts ${i + 1} and ${k + 1}, ${truth(counts, i, k, part)}`)
    }
  }
  return inside
}

/** `least` and `most`: by how many the part has grown. */
function tells(least: number, most: number, came: number, left: number): string | null {
  if (came > 0 && came < CROWD && least >= came) return `all ${came} who came are in it`
  if (left > 0 && left < CROWD && most <= -left) return `all ${left} who left were in it`
  // Where nobody left, the growth is of those who came; the other way round too.
  if (came > 0 && left === 0 && came < CROWD && most <= 0) return `none of ${came} who came is in it`
  if (left > 0 && came === 0 && left < CROWD && least >= 0) return `none of ${left} who left was in it`
  if (least === most && least > 0 && least < 5 && left === 0) return `${least} of ${came} who came are in it`
  if (least === most && least < 0 && least > -5 && came === 0) return `${-least} of ${left} who left were in it`
  return null
}

const truth = (counts: readonly Count[], i: number, k: number, part: Part): string => {
  const [before, after] = [counts[i], counts[k]]
  return before && after ? `from ${partsOf(before.people)[part]} to ${partsOf(after.people)[part]}` : ''
}
