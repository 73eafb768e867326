// Where each mark of the tree lies: the chains from left to right, one step for each link, and whoever came otherwise in rows below. Only geometry.
import { type Beginning, type Branch, chainsOf, type Tree } from './brought.ts'

export interface Spot {
  person: number
  x: number
  y: number
}
export interface Twig {
  from: { x: number; y: number }
  to: { x: number; y: number }
  /** From the municipality. */
  staff: boolean
}
/** Marks under one heading: a chain's beginning, or a row of those who came alone. */
export interface Band {
  beginning: Beginning | 'closed'
  /** Where its heading stands. */
  y: number
  count: number
}
export interface TreeDrawing {
  width: number
  height: number
  spots: Spot[]
  twigs: Twig[]
  bands: Band[]
  /** The municipality's mark, where chains begin with it. */
  staff: { x: number; y: number } | null
}

/** As wide as a small phone, so that a name can be read on it. */
const width = 340
const margin = 14
const rowHeight = 24
const heading = 22
const apart = 24
/** More than this are not drawn one by one. */
export const mostDrawn = 400

export function drawTree(tree: Pick<Tree, 'broughtBy'>, generation: ArrayLike<number>): TreeDrawing | null {
  if (tree.broughtBy.length > mostDrawn) return null
  const { chains, closed } = chainsOf(tree, generation)
  const drawing: TreeDrawing = { width, height: 0, spots: [], twigs: [], bands: [], staff: null }
  const deepest = Math.max(1, ...Object.values(chains).map((all) => Math.max(0, ...all.map(depth))))
  const step = Math.min(64, (width - 2 * margin) / Math.max(1, deepest))
  let y = 0

  /** Lays somebody and all they brought; answers where they lie: halfway between the first and the last whom they brought. */
  const lay = ({ person, brought }: Branch, link: number): Spot => {
    const under = brought.map((one) => lay(one, link + 1))
    const spot = { person, x: margin + link * step, y: y + rowHeight / 2 }
    const [first, last] = [under[0], under.at(-1)]
    if (first && last) spot.y = (first.y + last.y) / 2
    else y += rowHeight
    drawing.spots.push(spot)
    for (const to of under) drawing.twigs.push({ from: spot, to, staff: false })
    return spot
  }

  const inARow = Math.floor((width - 2 * margin) / apart) + 1
  const row = (people: readonly number[]) => {
    for (const [at, person] of people.entries()) {
      const line = Math.floor(at / inARow)
      drawing.spots.push({ person, x: margin + (at % inARow) * apart, y: y + line * rowHeight + rowHeight / 2 })
    }
    y += Math.ceil(people.length / inARow) * rowHeight
  }

  for (const [beginning, all] of Object.entries(chains) as [Beginning, Branch[]][]) {
    if (all.length === 0) continue
    drawing.bands.push({ beginning, y: y + heading - 7, count: all.length })
    y += heading
    const [alone, chained] = [
      all.filter(({ brought }) => brought.length === 0),
      all.filter((one) => one.brought.length),
    ]
    const before = y
    const firsts = chained.map((one) => lay(one, beginning === 'municipality' ? 1 : 0))
    if (beginning === 'municipality' && firsts.length > 0) {
      const staff = { x: margin, y: (before + y) / 2 }
      drawing.staff = staff
      for (const to of firsts) drawing.twigs.push({ from: staff, to, staff: true })
    }
    row(alone.map(({ person }) => person))
    y += 6
  }
  if (closed.length > 0) {
    drawing.bands.push({ beginning: 'closed', y: y + heading - 7, count: closed.length })
    y += heading
    row(closed)
  }
  drawing.height = Math.max(y, rowHeight)
  return drawing
}

/** How many steps a chain takes to the right, the municipality's mark counted. */
const depth = ({ brought }: Branch): number => 1 + Math.max(0, ...brought.map(depth))
