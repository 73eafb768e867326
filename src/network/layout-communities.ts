// The communities of a large part as circles: placed by the ties between them, close but not on each other, and each turned so that
// whoever knows somebody elsewhere lies on that side.
import type { Chance } from './chance.ts'
import { centre, grow, radiusOf, roomFor, turn } from './layout-part.ts'
import { inRings, pushApart } from './layout-room.ts'
import { type Places, settle } from './layout-stress.ts'
import type { Level } from './leiden-level.ts'
import type { Network } from './network.ts'

/** More circles than this are not placed by their ties but in rings, the largest in the middle. */
const mostCircles = 3000

/** Between two circles. */
const gap = 2

/** Where the circles of these communities lie around 0. `numbers` is passing memory, as long as there are communities. */
export function placeCircles(
  level: Level,
  communities: Int32Array,
  sizes: Int32Array,
  numbers: Int32Array,
  chance: Chance,
  earlier?: Places,
): Places {
  const radius = Float64Array.from(communities, (c) => roomFor(sizes[c] as number))
  if (communities.length > mostCircles && !earlier) return inRings(radius, gap)
  const at = { x: new Float64Array(radius.length), y: new Float64Array(radius.length) }
  if (earlier) {
    communities.forEach((c, i) => {
      at.x[i] = earlier.x[c] as number
      at.y[i] = earlier.y[c] as number
    })
  } else {
    settle(rowsOfCircles(level, communities, numbers, radius), at, chance, false, 300)
    centre(at)
    draw(at, radius)
  }
  pushApart(at, radius, gap)
  return at
}

function rowsOfCircles(level: Level, communities: Int32Array, numbers: Int32Array, radius: Float64Array) {
  communities.forEach((c, i) => {
    numbers[c] = i
  })
  const start = new Int32Array(communities.length + 1)
  const neighbour: number[] = []
  const length: number[] = []
  communities.forEach((c, i) => {
    for (let half = level.start[c] as number; half < (level.start[c + 1] as number); half++) {
      const other = numbers[level.neighbour[half] as number] as number
      neighbour.push(other)
      length.push((radius[i] as number) + (radius[other] as number) + gap)
    }
    start[i + 1] = neighbour.length
  })
  return {
    nodes: communities.length,
    start,
    neighbour: Int32Array.from(neighbour),
    length: Float64Array.from(length),
  }
}

/** Draws the circles together until they would fill most of the circle around them all. */
function draw(at: Places, radius: Float64Array): void {
  const wide = radiusOf(at)
  if (wide === 0) return
  const area = radius.reduce((sum, r) => sum + (r + gap / 2) ** 2, 0)
  let spread = 0
  for (let i = 0; i < radius.length; i++) {
    const weight = ((radius[i] as number) + gap / 2) ** 2 / area
    spread += weight * ((at.x[i] as number) ** 2 + (at.y[i] as number) ** 2)
  }
  // A full disc of radius R has a mean square distance of R²/2 from its middle.
  if (spread > 0) grow(at, Math.sqrt(area / 0.85 / 2 / spread))
}

/**
 * Turns, and where it helps mirrors, the community around its middle, so that the ways from its people to the communities in which
 * they know somebody point outward as much as can be: the sum of the scalar products has one best angle.
 */
export function face(
  { start, neighbour }: Network,
  members: Int32Array,
  of: Int32Array,
  circles: Places,
  at: Places,
): void {
  const own = of[members[0] as number] as number
  let [cos, sin, cosMirrored, sinMirrored] = [0, 0, 0, 0]
  for (let i = 0; i < members.length; i++) {
    const u = members[i] as number
    const [x, y] = [at.x[i] as number, at.y[i] as number]
    for (let half = start[u] as number; half < (start[u + 1] as number); half++) {
      const other = of[neighbour[half] as number] as number
      if (other === own) continue
      const dx = (circles.x[other] as number) - (circles.x[own] as number)
      const dy = (circles.y[other] as number) - (circles.y[own] as number)
      const far = Math.hypot(dx, dy)
      if (far === 0) continue
      cos += (x * dx + y * dy) / far
      sin += (x * dy - y * dx) / far
      cosMirrored += (x * dx - y * dy) / far
      sinMirrored += (x * dy + y * dx) / far
    }
  }
  const mirror = Math.hypot(cosMirrored, sinMirrored) > Math.hypot(cos, sin)
  const [c, s] = mirror ? [cosMirrored, sinMirrored] : [cos, sin]
  const length = Math.hypot(c, s)
  if (length < 1e-12) return
  if (mirror) for (let i = 0; i < at.y.length; i++) at.y[i] = -(at.y[i] as number)
  turn(at, c / length, s / length)
}
