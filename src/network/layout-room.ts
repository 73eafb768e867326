// Room for everybody: circles that do not lie on each other, marks that do not, circles in rings, boxes in rows.
import type { Places } from './layout-stress.ts'

/**
 * Pushes circles apart until none lies on another, the small ones more than the large, in at most 300 rounds; of more than 3,000
 * circles in three, which leaves some on each other. Sorts by the left edge and looks only at those that can meet:
 * O(circles × those in the same strip) for each round.
 */
export function pushApart({ x, y }: Places, radius: Float64Array, gap: number): void {
  const order = Array.from(radius.keys())
  const rounds = order.length > 3000 ? 3 : 300
  for (let round = 0; round < rounds; round++) {
    order.sort((a, b) => leftEdge(x, radius, a) - leftEdge(x, radius, b) || a - b)
    let worst = 0
    // Later the large ones too make way for a small one that is caught between them.
    const weighty = Math.max(0, 2 - round / 50)
    for (let i = 0; i < order.length; i++) {
      const a = order[i] as number
      const right = (x[a] as number) + (radius[a] as number) + gap
      for (let j = i + 1; j < order.length; j++) {
        const b = order[j] as number
        if (leftEdge(x, radius, b) > right) break
        const wish = (radius[a] as number) + (radius[b] as number) + gap
        const dx = (x[b] as number) - (x[a] as number)
        const dy = (y[b] as number) - (y[a] as number)
        const distance = Math.sqrt(dx * dx + dy * dy)
        if (distance >= wish) continue
        const overlap = wish - distance
        if (overlap > worst) worst = overlap
        const [alongX, alongY] =
          distance < 1e-9 ? [Math.cos(b * golden), Math.sin(b * golden)] : [dx / distance, dy / distance]
        const [massA, massB] = [(radius[a] as number) ** weighty, (radius[b] as number) ** weighty]
        const pushA = (1.02 * overlap * massB) / (massA + massB)
        const pushB = (1.02 * overlap * massA) / (massA + massB)
        x[a] = (x[a] as number) - pushA * alongX
        y[a] = (y[a] as number) - pushA * alongY
        x[b] = (x[b] as number) + pushB * alongX
        y[b] = (y[b] as number) + pushB * alongY
      }
    }
    if (worst < 0.02 * gap) break
  }
}

const golden = Math.PI * (3 - Math.sqrt(5))
const leftEdge = (x: Float64Array, radius: Float64Array, circle: number) =>
  (x[circle] as number) - (radius[circle] as number)

/** The largest circle in the middle, the others around it in rings, larger ones further in. O(circles log circles). */
export function inRings(radius: Float64Array, gap: number): Places {
  const at = { x: new Float64Array(radius.length), y: new Float64Array(radius.length) }
  const order = Array.from(radius.keys()).sort((a, b) => (radius[b] as number) - (radius[a] as number) || a - b)
  let filled = radius[order[0] ?? 0] ?? 0
  let next = 1
  while (next < order.length) {
    const widest = radius[order[next] as number] as number
    const ring = filled + gap + widest
    const angles: number[] = []
    let angle = 0
    for (let i = next; i < order.length; i++) {
      const r = radius[order[i] as number] as number
      const half = Math.asin(Math.min(1, (r + gap / 2) / ring))
      if (i > next && angle + 2 * half > 2 * Math.PI) break
      angles.push(angle + half)
      angle += 2 * half
    }
    // A full ring is spread evenly; the last one is gathered below.
    const last = next + angles.length === order.length
    angles.forEach((middle, i) => {
      const turned = last ? Math.PI / 2 + middle - angle / 2 : (middle * 2 * Math.PI) / angle
      at.x[order[next + i] as number] = ring * Math.cos(turned)
      at.y[order[next + i] as number] = ring * Math.sin(turned)
    })
    next += angles.length
    filled = ring + widest
  }
  return at
}

/**
 * Boxes in rows, the largest first: those that the first outweighs lie below it, in rows as wide as it is; equal ones fill about a
 * square. `halfWide` and `halfHigh` reach from the middle of each box to its edge. O(boxes log boxes).
 */
export function inRows(halfWide: Float64Array, halfHigh: Float64Array, gap: number): Places {
  const at = { x: new Float64Array(halfWide.length), y: new Float64Array(halfWide.length) }
  const area = (box: number) => 4 * (halfWide[box] as number) * (halfHigh[box] as number)
  const order = Array.from(halfWide.keys()).sort((a, b) => area(b) - area(a) || a - b)
  if (order.length === 0) return at
  const [first = 0] = order
  const all = order.reduce((sum, box) => sum + area(box), 0)
  const most = Math.max(2 * (halfWide[first] as number), area(first) > all / 2 ? 0 : 1.45 * Math.sqrt(all))
  let top = 0
  for (let from = 0; from < order.length; ) {
    let wide = 0
    let high = 0
    let until = from
    for (; until < order.length; until++) {
      const box = order[until] as number
      const wider = wide + (until > from ? gap : 0) + 2 * (halfWide[box] as number)
      if (until > from && wider > most) break
      wide = wider
      high = Math.max(high, 2 * (halfHigh[box] as number))
    }
    let left = -wide / 2
    for (; from < until; from++) {
      const box = order[from] as number
      at.x[box] = left + (halfWide[box] as number)
      at.y[box] = top + high / 2
      left += 2 * (halfWide[box] as number) + gap
    }
    top += high + gap
  }
  return at
}

/**
 * Pushes marks apart that lie nearer than `gap`, at most `rounds` times; gives the smallest distance that is left, or `gap`
 * where none is smaller. O(marks) for each round where they lie evenly.
 */
export function spaceOut(at: Places, gap: number, rounds: number): number {
  for (let round = 0; round < rounds; round++) if (nearPairs(at, gap, true) >= 0.995 * gap) break
  return nearPairs(at, gap, false)
}

function nearPairs({ x, y }: Places, gap: number, push: boolean): number {
  const marks = x.length
  if (marks < 2) return gap
  const { cellOf, start, mark, wide } = gridOf({ x, y }, gap)
  let smallest = gap
  for (let a = 0; a < marks; a++) {
    const home = cellOf[a] as number
    // Each pair once: the own cell, and the half of the cells around that comes after it.
    for (const step of [0, 1, wide - 1, wide, wide + 1]) {
      const cell = home + step
      const end = start[cell + 1] as number
      for (let i = start[cell] as number; i < end; i++) {
        const b = mark[i] as number
        if (step === 0 && b <= a) continue
        let dx = (x[b] as number) - (x[a] as number)
        let dy = (y[b] as number) - (y[a] as number)
        const square = dx * dx + dy * dy
        if (square >= gap * gap) continue
        let distance = Math.sqrt(square)
        if (distance < smallest) smallest = distance
        if (!push) continue
        if (distance < 1e-9 * gap) {
          dx = gap * 1e-3 * Math.cos(b * golden)
          dy = gap * 1e-3 * Math.sin(b * golden)
          distance = gap * 1e-3
        }
        const half = (gap * 1.01 - distance) / 2 / distance
        x[a] = (x[a] as number) - half * dx
        y[a] = (y[a] as number) - half * dy
        x[b] = (x[b] as number) + half * dx
        y[b] = (y[b] as number) + half * dy
      }
    }
  }
  return smallest
}

/** Cells at least as wide as the gap, about as many as marks, with a margin around so that every cell has its neighbours. */
function gridOf({ x, y }: Places, gap: number) {
  const [left, right] = reachOf(x)
  const [top, bottom] = reachOf(y)
  const marks = x.length
  const [across, down] = [right - left, bottom - top]
  const side = Math.max(gap, Math.sqrt((across * down) / marks), Math.max(across, down) / marks)
  const wide = Math.floor(across / side) + 3
  const high = Math.floor(down / side) + 3
  const start = new Int32Array(wide * high + 1)
  const cellOf = new Int32Array(marks)
  for (let a = 0; a < marks; a++) {
    const column = 1 + Math.floor(((x[a] as number) - left) / side)
    const cell = column + wide * (1 + Math.floor(((y[a] as number) - top) / side))
    cellOf[a] = cell
    start[cell + 1] = (start[cell + 1] as number) + 1
  }
  for (let cell = 0; cell < wide * high; cell++) start[cell + 1] = (start[cell + 1] as number) + (start[cell] as number)
  const place = start.slice()
  const mark = new Int32Array(marks)
  for (let a = 0; a < marks; a++) {
    const cell = cellOf[a] as number
    const at = place[cell] as number
    mark[at] = a
    place[cell] = at + 1
  }
  return { cellOf, start, mark, wide }
}

/** The smallest and the largest of the numbers, or of those of the members; two zeros where there is nothing. */
export function reachOf(numbers: Float64Array, members?: Int32Array): [number, number] {
  const count = members ? members.length : numbers.length
  if (count === 0) return [0, 0]
  let low = Infinity
  let high = -Infinity
  for (let i = 0; i < count; i++) {
    const number = numbers[members ? (members[i] as number) : i] as number
    if (number < low) low = number
    if (number > high) high = number
  }
  return [low, high]
}
