// Who brought whom, in numbers: what each rests on and how sure it is, for those who live there, and the coarser figures the municipality sees.
import { came, type Mobilisation, mobilisation, saturation } from '../network/mobilisation.ts'
import { type Reproduction, reproduction } from '../network/reproduction.ts'
import { rounded } from '../shares/breakdown.ts'
import { wilson } from '../shares/wilson.ts'

/** What is read off the door lists and the cards. Numbers are people, thrown anew at each reading; every list is as long as there are people. */
export interface Tree {
  /** The day it is told up to. */
  on: string
  broughtBy: readonly number[]
  /** 0 for whoever only handed a card on. */
  counted: readonly number[]
  /** Days from 1970; NaN for whose first time stands on no list. */
  firstDay: readonly number[]
  card: readonly number[]
  /** The name of who has said yes to it, for those in the tree; null for all others. */
  names: readonly (string | null)[]
  me: number | null
}

/** The same as the database sends it: int4 for each person, and a byte. */
export interface SentTree {
  broughtBy: Buffer
  counted: Buffer
  firstDay: Buffer
  card: Buffer
  /** Whose names are read, by their numbers. */
  named: readonly number[]
  names: readonly string[]
  me: number | null
}

const noDay = -(2 ** 31)

export function readTree(sent: SentTree): Omit<Tree, 'on'> {
  const numbers = (of: Buffer) => Array.from({ length: of.length / 4 }, (_, n) => of.readInt32BE(4 * n))
  const broughtBy = numbers(sent.broughtBy)
  const names: (string | null)[] = broughtBy.map(() => null)
  for (const [at, person] of sent.named.entries()) names[person] = sent.names[at] ?? null
  const firstDay = numbers(sent.firstDay).map((day) => (day === noDay ? Number.NaN : day))
  return { broughtBy, counted: [...sent.counted], firstDay, card: numbers(sent.card), names, me: sent.me }
}

export interface Share {
  some: number
  of: number
  /** The 95 % interval. */
  interval: { low: number; high: number }
}

export interface Brought {
  found: Mobilisation
  /** How many came with a neighbour, nobody knows which: what is said of bringers is said without them. */
  unnamed: number
  /** First-timers brought by neighbours, of those where it is known; null without any. */
  neighbours: Share | null
  /** Everybody who has taken part, whose chain begins with an employee; null without anybody. */
  fromStaff: Share | null
  again: Reproduction
  /** How many have taken part, and what part of the place that is; null where nobody has counted who lives there. */
  reached: { people: number; of: number; share: number } | null
  /** How many the one who looks has brought. Nobody else is told it. */
  mine: number
}

const share = (some: number, of: number): Share | null => (of === 0 ? null : { some, of, interval: wilson(some, of) })

/** A thousand draws (method 4.6); fewer of many thousands, where the interval is narrow and others wait: some milliseconds each. */
const drawsFor = (people: number): number => Math.min(1000, Math.max(200, Math.ceil(2_000_000 / Math.max(1, people))))

export function reckon(tree: Omit<Tree, 'names'>, residents: number | null): Brought {
  const arrivals = {
    broughtBy: tree.broughtBy,
    staff: tree.broughtBy.map(() => 0),
    invitation: tree.card,
    counted: tree.counted,
  }
  const found = mobilisation(arrivals)
  const today = Math.floor(Date.parse(tree.on) / 86_400_000)
  const reachedShare = residents === null ? null : saturation(found.roots.all, residents)
  return {
    found,
    unnamed: tree.broughtBy.filter((by, person) => by === came.neighbour && tree.counted[person] === 1).length,
    neighbours: share(found.neighbourShare.neighbours, found.neighbourShare.known),
    fromStaff: share(found.roots.staff, found.roots.all),
    again: reproduction(arrivals, tree.firstDay, today, { draws: drawsFor(tree.broughtBy.length) }),
    reached:
      reachedShare === null || residents === null
        ? null
        : { people: found.roots.all, of: residents, share: reachedShare },
    mine: tree.me === null ? 0 : (found.children[tree.me] ?? 0),
  }
}

/** Of a share, how many in a hundred. */
export const ofHundred = (part: number): number => Math.round(part * 100)

/** From so many on a share is told as a part of a hundred; below five not at all (method 4.4). */
export const fewestForShare = 5
export const fewestForPercent = 10

// --- What the municipality sees

/** Fewer first-timers than this, and it is told nothing. */
export const fewestForMunicipality = 10

/** A cell of people in multiples of five; null for fewer than five, none of them told apart from four. */
export const cell = (people: number): number | null => (people < fewestForShare ? null : rounded(people))

export interface Coarse {
  firstTimers: number
  /** The three that can be large enough to be told; the rest is what is left, and has no number of its own. */
  neighbours: number | null
  municipality: number | null
  generations: (number | null)[]
}

/** Null where they are too few. The chains by generation are cut where nothing is told any more. */
export function coarse({ firstTimers, brought, generations }: Mobilisation): Coarse | null {
  if (firstTimers < fewestForMunicipality) return null
  const told = generations.map(cell)
  while (told.length > 0 && told.at(-1) === null) told.pop()
  return {
    firstTimers: rounded(firstTimers),
    neighbours: cell(brought.byNeighbours),
    municipality: cell(brought.byMunicipality),
    generations: told,
  }
}

// --- The tree as a tree

/** Somebody, and whom they brought. */
export interface Branch {
  person: number
  brought: Branch[]
}
export type Beginning = 'municipality' | 'association' | 'self' | 'unknown' | 'before' | 'neighbour'
const beginnings: Record<number, Beginning> = Object.fromEntries(
  Object.entries(came).map(([name, number]) => [number, name as Beginning]),
)

/** The chains, by how the first in each came. Whoever stands in or below a chain that closes on itself is in none. */
export function chainsOf({ broughtBy }: Pick<Tree, 'broughtBy'>, generation: ArrayLike<number>) {
  const branches: Branch[] = broughtBy.map((_, person) => ({ person, brought: [] }))
  const chains: Record<Beginning, Branch[]> = {
    municipality: [],
    association: [],
    self: [],
    unknown: [],
    before: [],
    neighbour: [],
  }
  for (const [person, by] of broughtBy.entries()) {
    const branch = branches[person] as Branch
    if (by >= 0) branches[by]?.brought.push(branch)
    else chains[beginnings[by] ?? 'unknown'].push(branch)
  }
  const closed = broughtBy.flatMap((_, person) => ((generation[person] ?? 0) < 0 ? [person] : []))
  const large = (one: Branch): number => one.brought.reduce((sum, each) => sum + large(each), 1)
  const sort = (all: Branch[]): void => {
    all.sort((a, b) => large(b) - large(a) || a.person - b.person)
    for (const { brought } of all) sort(brought)
  }
  for (const all of Object.values(chains)) sort(all)
  return { chains, closed }
}
