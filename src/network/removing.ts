// What is left of a network when some of its people are gone (method 4.5): do the others still hang together, and who is alone.
import { without } from './away.ts'
import { type Away, checkAway, componentsOf, fragmentation, largestOf } from './components.ts'
import { coresOf } from './cores.ts'
import type { Network } from './network.ts'

/** Shares are null where there is nobody, or nothing, to have a share of. They are never NaN. */
export interface Removal {
  /** How many are away, and how many stay. */
  away: number
  staying: number
  /** How many ties: in all, with an end in those away, and among those who stay. */
  ties: { all: number; through: number; among: number }
  /** through / all: how much runs through those away (`staffTieShare`). */
  tieShare: number | null
  /** How many of those who stay hang together in the part that has most of them: before, and after. The headline. */
  together: { before: number; after: number }
  /** ρ = together.after / together.before, in [0, 1]. Null where no two of those who stay hung together before. */
  retention: number | null
  /** Those who stay and had ties, all of them to people who are away. Rising. */
  orphans: Int32Array
  /** Orphans of all who stay. */
  orphanShare: number | null
  /** Orphans of all who stay and had at least one tie: the base of the Indian villages in method 4.5. */
  orphanShareOfTied: number | null
  /** How many parts: of everybody before, of those who stay after. Who knows nobody is a part. */
  parts: { before: number; after: number }
  /**
   * Pairs who cannot reach each other (Borgatti 2006), of all people `before`, of those who stay `after`; `amongBefore` is of those
   * who stay while the others were still there, so that the two can be compared. 0 where there is no pair.
   */
  fragmentation: { before: number; amongBefore: number; after: number }
  /** Those who stay and are in the 2-core, in the 3-core, of what is left, of all who stay (Seidman 1983). */
  coreShare: { two: number | null; three: number | null }
}

/**
 * Takes a set of people away and answers what method 4.5 asks. O(people + ties). Refuses a mask of another length (NotANetwork).
 *
 * Retention compares the part that has most of those who stay, before and after. Where the largest part of the network is
 * also that, as in every place that is not mainly employees, it is the method's |LCC(G[R])| / |LCC(G) ∩ R|; and it is never above 1,
 * which that formula is when a small circle of many employees was the largest part.
 */
export function removing(network: Network, away: Away): Removal {
  checkAway(network, away)
  const left = without(network, away)
  const before = componentsOf(network)
  const after = componentsOf(network, away)
  const stayingOf = new Int32Array(before.sizes.length)
  let gone = 0
  for (let person = 0; person < network.people; person++) {
    if (away[person]) gone++
    else stayingOf[before.of[person] as number] = (stayingOf[before.of[person] as number] as number) + 1
  }
  const staying = network.people - gone
  const amongBefore = { ...before, sizes: stayingOf }
  const together = { before: largestOf(amongBefore), after: largestOf(after) }
  const cores = coresOf(left)
  const { orphans, tied } = orphansOf(network, left, away)
  const through = network.ties - left.ties
  return {
    away: gone,
    staying,
    ties: { all: network.ties, through, among: left.ties },
    tieShare: part(through, network.ties),
    together,
    retention: together.before < 2 ? null : together.after / together.before,
    orphans,
    orphanShare: part(orphans.length, staying),
    orphanShareOfTied: part(orphans.length, tied),
    parts: { before: before.count, after: after.count },
    fragmentation: {
      before: fragmentation(before),
      amongBefore: fragmentation(amongBefore),
      after: fragmentation(after),
    },
    coreShare: { two: part(inCore(cores, 2), staying), three: part(inCore(cores, 3), staying) },
  }
}

/** Who stands between the others: shares of the betweenness of everybody; all null where nobody stands between anybody. */
export interface Brokerage {
  /** What those away hold of it. */
  share: number | null
  /** The one who holds most of all, and of those who stay; of equal ones the smallest number. -1 where nobody does. */
  top: { person: number; share: number | null }
  topStaying: { person: number; share: number | null }
}

/**
 * brokerageShare and topHubShare of method 4.5 (Freeman 1977; Everett and Valente 2016) from the betweenness of the whole network,
 * exact or sampled: one figure for each person, none negative. O(people).
 */
export function brokerage(betweenness: ArrayLike<number>, away: Away): Brokerage {
  if (betweenness.length !== away.length)
    throw new RangeError(`${betweenness.length} figures for ${away.length} people`)
  let [all, ofAway, top, topStaying] = [0, 0, -1, -1]
  for (let person = 0; person < away.length; person++) {
    const own = betweenness[person] as number
    if (!(own >= 0 && own < Infinity)) throw new RangeError(`person ${person} has the betweenness ${own}`)
    if (own === 0) continue
    all += own
    if (away[person]) ofAway += own
    else if (topStaying < 0 || own > (betweenness[topStaying] as number)) topStaying = person
    if (top < 0 || own > (betweenness[top] as number)) top = person
  }
  const shareOf = (person: number) => part(person < 0 ? 0 : (betweenness[person] as number), all)
  return {
    share: part(ofAway, all),
    top: { person: top, share: shareOf(top) },
    topStaying: { person: topStaying, share: shareOf(topStaying) },
  }
}

/** How many people are in the k-core. */
export const inCore = (cores: Int32Array, k: number): number =>
  cores.reduce((count, core) => (core >= k ? count + 1 : count), 0)

const part = (some: number, all: number): number | null => (all > 0 ? some / all : null)

function orphansOf({ people, start }: Network, left: Network, away: Away) {
  const orphans: number[] = []
  let tied = 0
  for (let u = 0; u < people; u++) {
    if (away[u] || start[u + 1] === start[u]) continue
    tied++
    if (left.start[u + 1] === left.start[u]) orphans.push(u)
  }
  return { orphans: Int32Array.from(orphans), tied }
}
