// A part of many people: the circles of its communities, then everybody inside.
import type { Chance } from './chance.ts'
import { face, placeCircles } from './layout-communities.ts'
import { type Earlier, placeCommunity, placesFor, roomFor, rowsOf, turn } from './layout-part.ts'
import type { Places } from './layout-stress.ts'
import type { Communities } from './leiden.ts'
import { gathered, type Level, type Members, membersOf } from './leiden-level.ts'
import type { Network } from './network.ts'

/** What is needed again for each part of many people. */
export interface Work {
  readonly network: Network
  readonly communities: Communities
  readonly at: Places
  readonly numbers: Int32Array
  readonly chance: Chance
  readonly earlier: Earlier | undefined
  readonly inCommunity: Members
  /** The communities and the ties between them. */
  readonly level: Level
  /** Where the middle of each community was. */
  readonly were: Places | undefined
  readonly circles: Places
}

export function workOf(
  network: Network,
  communities: Communities,
  at: Places,
  numbers: Int32Array,
  chance: Chance,
  earlier: Earlier | undefined,
): Work {
  const { of, count } = communities
  const inCommunity = membersOf(of, count)
  const people = {
    ...network,
    nodes: network.people,
    weight: network.weight,
    strength: new Float64Array(network.people),
  }
  const level = gathered(people, of, inCommunity)
  const were = earlier && middles(earlier, of, count)
  return { network, communities, at, numbers, chance, earlier, inCommunity, level, were, circles: placesFor(count) }
}

/** Places the part in `at`, and tells on the way the share of all that is done. */
export function* placeMany(work: Work, part: Int32Array): Generator<number, void> {
  const { network, communities, at, numbers, chance, earlier, inCommunity, circles } = work
  const { of, sizes } = communities
  const here = Int32Array.from(new Set(Array.from(part, (u) => of[u] as number)))
  const placed = placeCircles(work.level, here, sizes, numbers, chance, work.were)
  here.forEach((c, i) => {
    circles.x[c] = placed.x[i] as number
    circles.y[c] = placed.y[i] as number
  })
  let done = 0
  let told = 0
  for (const c of here) {
    const members = inCommunity.node.subarray(inCommunity.start[c], inCommunity.start[c + 1])
    const [x, y] = [circles.x[c] as number, circles.y[c] as number]
    if (earlier) forgetOutside(earlier, members, x, y)
    const own = placesFor(members.length)
    const rows = rowsOf(network, members, of, 'inside', numbers)
    placeCommunity(rows, members, own, chance, earlier)
    if (earlier) layOn(own, members, earlier, x, y)
    else face(network, members, of, circles, own)
    members.forEach((u, i) => {
      at.x[u] = x + (own.x[i] as number)
      at.y[u] = y + (own.y[i] as number)
    })
    done += members.length
    if (done - told < 1000) continue
    told = done
    yield 0.2 + (0.6 * done) / network.people
  }
}

/** Turns and moves the community as a whole onto where its people were, as well as can be: least squares. */
function layOn(own: Places, members: Int32Array, earlier: Earlier, x: number, y: number): void {
  let [known, ownX, ownY, wasX, wasY] = [0, 0, 0, 0, 0]
  let [cos, sin] = [0, 0]
  const each = (tell: (ax: number, ay: number, bx: number, by: number) => void) =>
    members.forEach((u, i) => {
      if (Number.isNaN(earlier.x[u])) return
      tell(own.x[i] as number, own.y[i] as number, (earlier.x[u] as number) - x, (earlier.y[u] as number) - y)
    })
  each((ax, ay, bx, by) => {
    known++
    ownX += ax
    ownY += ay
    wasX += bx
    wasY += by
  })
  if (known === 0) return
  each((ax, ay, bx, by) => {
    const [dx, dy] = [bx - wasX / known, by - wasY / known]
    cos += ax * dx + ay * dy
    sin += ax * dy - ay * dx
  })
  const length = Math.hypot(cos, sin)
  const [c, s] = length < 1e-9 ? [1, 0] : [cos / length, sin / length]
  turn(own, c, s)
  for (let i = 0; i < members.length; i++) {
    own.x[i] = (own.x[i] as number) + (wasX - c * ownX + s * ownY) / known
    own.y[i] = (own.y[i] as number) + (wasY - s * ownX - c * ownY) / known
  }
}

/** Whoever lay outside the circle has come from another community: they lie where they are now, and not between the two. */
function forgetOutside(earlier: Earlier, members: Int32Array, x: number, y: number): void {
  const radius = roomFor(members.length) + 1
  for (const u of members)
    if (Math.hypot((earlier.x[u] as number) - x, (earlier.y[u] as number) - y) > radius) earlier.x[u] = Number.NaN
}

/** Where the middle of each community was; newly made ones of newcomers only begin in the middle of all. */
function middles({ x, y }: Earlier, of: Int32Array, count: number): Places {
  const sum = placesFor(count)
  const known = new Int32Array(count)
  for (let u = 0; u < of.length; u++) {
    if (Number.isNaN(x[u])) continue
    const c = of[u] as number
    sum.x[c] = (sum.x[c] as number) + (x[u] as number)
    sum.y[c] = (sum.y[c] as number) + (y[u] as number)
    known[c] = (known[c] as number) + 1
  }
  for (let c = 0; c < count; c++) {
    sum.x[c] = (sum.x[c] as number) / Math.max(1, known[c] as number)
    sum.y[c] = (sum.y[c] as number) / Math.max(1, known[c] as number)
  }
  return sum
}
