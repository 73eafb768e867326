// What would hold if the employees went tomorrow, reckoned from ties without names (method 4.5). Pure: runs here or in a worker.
import { awayOf } from '../network/away.ts'
import { betweenness } from '../network/betweenness.ts'
import { componentsOf } from '../network/components.ts'
import { cutPeople } from '../network/cut-people.ts'
import { tiesThatJoin } from '../network/joining.ts'
import { networkFrom } from '../network/network.ts'
import { type Phase, phaseOf, type Reason } from '../network/phase.ts'
import { brokerage, removing } from '../network/removing.ts'
import { sensitivity } from '../network/sensitivity.ts'

/** People are numbers, 0 to people - 1. `ends`: the two of each tie. `away`: the numbers of the employees who are gone. */
export interface Asked {
  people: number
  ends: Int32Array
  /** All employees, and those of them who are gone. */
  staff: readonly number[]
  away: readonly number[]
  /** The one who asks; null when they have no tie. */
  me: number | null
}

export interface Reckoned {
  residents: number
  ties: number
  /** How many residents hang together in the largest part: with all employees there, and with those who are away gone. */
  together: { before: number; after: number }
  retention: number | null
  /** Retention when every fifth tie is taken away by chance, again and again: the 10th and the 90th of a hundred draws. */
  band: { low: number; high: number } | null
  /** Residents who would know nobody any more, and whether the one who asks is one of them. */
  orphans: number
  orphanShare: number | null
  meOrphan: boolean
  /** Neighbours on whom others hang; private to them: only how many, and how many hang on the one who asks. */
  cutPeople: number
  onMe: number
  /** The employees' share of the ways between people. */
  tieShare: number | null
  brokerage: number | null
  phase: { phase: Phase | null; because: Reason; topIsStaff: boolean; topShare: number }
  /** The talk that would help most: how many hang together on each side. Null when nobody can be joined. */
  talk: { joins: [number, number] } | null
  /** How many parts of two or more there are afterwards, the largest first; and the part of each person, -1 for those who are away. */
  parts: number[]
  partOf: Int32Array
}

/** From so many people the betweenness is taken from a sample of sources; below, it is exact. */
const exactUpTo = 3000
const sources = 128
/** How often ties are taken away by chance: of a large place less often, for there each draw is much like the others. */
const draws = (people: number) => (people > exactUpTo ? 60 : 200)

/** Never NaN; nobody there gives null and 0. */
export const reckon = (asked: Asked): Reckoned => ({ ...holdsOf(asked), ...waysOf(asked) })

/** What comes of the ways between people. As long as all the rest: the betweenness. */
export type Ways = Pick<Reckoned, 'brokerage' | 'phase'>

export function waysOf({ people, ends, staff }: Pick<Asked, 'people' | 'ends' | 'staff'>): Ways {
  const network = networkFrom(people, ends, undefined, { repeated: 'sum', loops: 'drop' })
  const isStaff = awayOf(people, staff)
  const between = betweenness(network, people > exactUpTo ? { sources } : {}).of
  const { phase, because, topIsStaff, topShare } = phaseOf(network, between, isStaff)
  return { brokerage: brokerage(between, isStaff).share, phase: { phase, because, topIsStaff, topShare } }
}

/** What hangs together. O(people + ties), beside the draws of the band. */
export function holdsOf({ people, ends, staff, away: gone, me }: Asked): Omit<Reckoned, keyof Ways> {
  const network = networkFrom(people, ends, undefined, { repeated: 'sum', loops: 'drop' })
  const away = awayOf(people, gone)
  const isStaff = awayOf(people, staff)
  const removal = removing(network, away)
  const after = componentsOf(network, away)
  const cut = cutPeople(network, away).filter(({ person }) => !isStaff[person])
  // The employees who are still there are no residents: they are not counted among those who hang together.
  const residents = people - staff.length
  const together = {
    before: largestOfResidents(componentsOf(network).of, isStaff),
    after: largestOfResidents(after.of, isStaff),
  }
  const { retention } = sensitivity(network, away, { times: draws(people) })
  const [best] = tiesThatJoin(network, away, { howMany: 1, mayMeet: (a, b) => !isStaff[a] && !isStaff[b] }).ties
  const orphans = [...removal.orphans].filter((person) => !isStaff[person])
  return {
    residents,
    ties: network.ties,
    together,
    retention: together.before < 2 ? null : Math.min(1, together.after / together.before),
    band: retention && { low: retention.low, high: retention.high },
    orphans: orphans.length,
    orphanShare: residents > 0 ? orphans.length / residents : null,
    meOrphan: me !== null && orphans.includes(me),
    cutPeople: cut.length,
    onMe: cut.find(({ person }) => person === me)?.onlyContactOf ?? 0,
    tieShare: removal.tieShare,
    talk: best ? { joins: best.joins } : null,
    parts: [...after.sizes].filter((size) => size > 1).sort((a, b) => b - a),
    partOf: after.of,
  }
}

/** How many residents the part with most of them has. */
function largestOfResidents(of: Int32Array, isStaff: Uint8Array): number {
  const count = new Map<number, number>()
  let most = 0
  of.forEach((part, person) => {
    if (part < 0 || isStaff[person]) return
    const now = (count.get(part) ?? 0) + 1
    count.set(part, now)
    if (now > most) most = now
  })
  return most
}
