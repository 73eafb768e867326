// Who brought whom: the trees that grow when people take each other along (method 4.6), counted without a name.

/**
 * How somebody came whom nobody that is known brought. `before` is one who took part already when counting began: no first-timer.
 * `neighbour` is one whom some neighbour brought, nobody knows which: in generation 2 at the least, of a chain whose beginning is unknown.
 */
export const came = { municipality: -1, association: -2, self: -3, unknown: -4, before: -5, neighbour: -6 } as const

/** Every array is as long as there are people. */
export interface Arrivals {
  /** The number of whoever brought this person along, or one of `came`. What it says of employees is not read. */
  readonly broughtBy: ArrayLike<number>
  /** 1 for the municipality's employees: they begin chains, and are nobody's first-timer. */
  readonly staff: ArrayLike<number>
  /** The number of the invitation this person came by, or -1. Without it no invitation is seen to be used by many. */
  readonly invitation?: ArrayLike<number>
  /** 0 for whoever only handed an invitation on and was never seen: their chain goes through them, they are counted nowhere. Else all count. */
  readonly counted?: ArrayLike<number>
}

/** Where a chain begins. A `loop` is a chain that closes on itself: it begins nowhere, so something was written down wrongly. */
export type Root = 'staff' | 'association' | 'self' | 'unknown' | 'before' | 'loop'

export interface Mobilisation {
  /** Residents who came for the first time while somebody counted. */
  firstTimers: number
  /** How the first-timers came, each once. Who stands in a loop is unknown: one of its links must be wrong, nobody knows which. */
  brought: { byNeighbours: number; byMunicipality: number; byAssociation: number; bySelf: number; unknown: number }
  /**
   * First-timers brought by residents, of those where it is known, and of all. The share is neighbours / known; with the unknown
   * in its base it lies between low and high (null where there is nobody). Its interval: `wilson(neighbours, known)` of shares.
   */
  neighbourShare: { neighbours: number; known: number; all: number; low: number | null; high: number | null }
  /** How many residents' chains begin where. rootShare is staff / all; those of unknown or closed chains stay in its base. */
  roots: Record<Root, number> & { all: number; share: number | null; high: number | null }
  /** For each person: 0 an employee, 1 who begins a chain or was brought by an employee, 2 whom those brought …; -1 in or below a loop. */
  generation: Int32Array
  /** How many residents stand in generation 1, 2, …; as long as the longest chain has people. */
  generations: number[]
  /** How many each person brought: loops left out. */
  children: Int32Array
  /** Residents who brought at least one. */
  bringers: number
  /** Of all whom residents brought, the share of the tenth of the bringers who brought most (at least one bringer); null without any. */
  concentration: number | null
  /** Each chain that closes on itself, from its smallest number on, in the order of who brought whom. */
  loops: number[][]
  /** Invitations that many came by: one link that went round is not forty conversations. The most used first. */
  wide: { invitation: number; used: number }[]
}

/**
 * Counts the trees. Linear in the people (and k log k in the bringers). Refuses (RangeError, with the number of the person)
 * arrays of different lengths and a bringer who is nobody. An invitation is wide when more than `wideFrom` came by it.
 * Nobody at all gives zeros, and null for every share.
 */
export function mobilisation(arrivals: Arrivals, { wideFrom = 10 } = {}): Mobilisation {
  check(arrivals)
  const { broughtBy, staff, counted } = arrivals
  const people = broughtBy.length
  const { root, generation, inLoop, loops } = chains(arrivals)
  const brought = { byNeighbours: 0, byMunicipality: 0, byAssociation: 0, bySelf: 0, unknown: 0 }
  const roots = { staff: 0, association: 0, self: 0, unknown: 0, before: 0, loop: 0 }
  const children = new Int32Array(people)
  const generations: number[] = []
  for (let person = 0; person < people; person++) {
    if (staff[person] || counted?.[person] === 0) continue
    roots[rootNames[root[person] as number] as Root]++
    const at = (generation[person] as number) - 1
    while (generations.length <= at) generations.push(0)
    if (at >= 0) generations[at] = (generations[at] as number) + 1
    const by = broughtBy[person] as number
    if (by === came.before) continue
    if (by === came.unknown || inLoop[person]) brought.unknown++
    else if (by === came.municipality || staff[by]) brought.byMunicipality++
    else if (by === came.association) brought.byAssociation++
    else if (by === came.self) brought.bySelf++
    else brought.byNeighbours++
    if (by >= 0 && !inLoop[person]) children[by] = (children[by] as number) + 1
  }
  const residents = Object.values(roots).reduce((sum, count) => sum + count, 0)
  const { byNeighbours: neighbours, unknown } = brought
  const all = Object.values(brought).reduce((sum, count) => sum + count, 0)
  const bringers = children.filter((count, person) => count > 0 && !staff[person])
  return {
    firstTimers: all,
    brought,
    neighbourShare: {
      neighbours,
      known: all - unknown,
      all,
      low: part(neighbours, all),
      high: part(neighbours + unknown, all),
    },
    roots: {
      ...roots,
      all: residents,
      share: part(roots.staff, residents),
      high: part(roots.staff + roots.unknown + roots.loop, residents),
    },
    generation,
    generations,
    children,
    bringers: bringers.length,
    concentration: concentrationOf(bringers),
    loops,
    wide: wideOf(arrivals, wideFrom),
  }
}

/**
 * How much of the place was reached already: participants of everybody who lives there, at most 1; null where nobody lives.
 * Stands beside every reproduction: in a village of 300 the new ones run out (method 4.6).
 */
export const saturation = (participants: number, inhabitants: number): number | null =>
  inhabitants > 0 ? Math.min(1, participants / inhabitants) : null

const rootNames: readonly Root[] = ['staff', 'association', 'self', 'unknown', 'before', 'loop']
const numberOf = (root: Root) => rootNames.indexOf(root)

const part = (some: number, all: number): number | null => (all > 0 ? some / all : null)

/** The root and the generation of everybody, each chain walked once. */
function chains({ broughtBy, staff }: Arrivals) {
  const people = broughtBy.length
  const root = new Int8Array(people).fill(-1)
  const generation = new Int32Array(people)
  const inLoop = new Uint8Array(people)
  /** In which walk somebody was met first. */
  const walk = new Int32Array(people).fill(-1)
  const loops: number[][] = []
  const begins = new Int8Array([0, 0, 1, 2, 3, 4, 3])
  const path = new Int32Array(people)
  for (let person = 0; person < people; person++) {
    let length = 0
    let at = person
    while (root[at] === -1 && walk[at] !== person) {
      walk[at] = person
      path[length++] = at
      const by = broughtBy[at] as number
      if (staff[at]) root[at] = numberOf('staff')
      else if (by < 0) {
        root[at] = begins[-by] as number
        generation[at] = by === came.neighbour ? 2 : 1
      } else at = by
    }
    if (root[at] === -1) {
      const loop = path.slice(path.indexOf(at), length)
      const smallest = loop.indexOf(loop.reduce((low, one) => Math.min(low, one), at))
      // The path goes from the brought to the bringer; told is who brought whom.
      loops.push([...loop.subarray(0, smallest + 1).toReversed(), ...loop.subarray(smallest + 1).toReversed()])
      for (const one of loop) {
        root[one] = numberOf('loop')
        generation[one] = -1
        inLoop[one] = 1
      }
    }
    for (let i = length - 1; i >= 0; i--) {
      const one = path[i] as number
      if (root[one] !== -1) continue
      const by = broughtBy[one] as number
      root[one] = root[by] as number
      generation[one] = generation[by] === -1 ? -1 : (generation[by] as number) + 1
    }
  }
  return { root, generation, inLoop, loops }
}

function concentrationOf(counts: Int32Array): number | null {
  if (counts.length === 0) return null
  const falling = counts.toSorted().toReversed()
  const sum = (some: Int32Array) => some.reduce((all, count) => all + count, 0)
  return sum(falling.subarray(0, Math.ceil(falling.length / 10))) / sum(falling)
}

function wideOf({ invitation, staff, broughtBy }: Arrivals, wideFrom: number): { invitation: number; used: number }[] {
  const uses = new Map<number, number>()
  for (let person = 0; invitation && person < broughtBy.length; person++) {
    const by = invitation[person] as number
    if (by >= 0 && !staff[person]) uses.set(by, (uses.get(by) ?? 0) + 1)
  }
  return [...uses]
    .map(([number, used]) => ({ invitation: number, used }))
    .filter(({ used }) => used > wideFrom)
    .sort((a, b) => b.used - a.used || a.invitation - b.invitation)
}

function check({ broughtBy, staff, invitation, counted }: Arrivals): void {
  const people = broughtBy.length
  if ([staff, invitation, counted].some((each) => each && each.length !== people))
    throw new RangeError(`${people} arrivals, but not as many employees or invitations`)
  for (let person = 0; person < people; person++) {
    const by = broughtBy[person] as number
    if (!staff[person] && !(Number.isInteger(by) && by >= came.neighbour && by < people))
      throw new RangeError(`person ${person} was brought by ${by}, who is nobody among ${people}`)
  }
}
