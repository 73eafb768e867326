// What is left of a network when some of its people are gone (method 4.5): do the others still hang together, and who is alone.
import { type Away, checkAway, fragmentationOf, largestOf, partsWithout, reachingPairs, without } from './away.ts'
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
  const before = partsWithout(network)
  const after = partsWithout(network, away)
  const stayingOf = new Int32Array(before.sizes.length)
  let gone = 0
  for (let person = 0; person < network.people; person++) {
    if (away[person]) gone++
    else stayingOf[before.of[person] as number] = (stayingOf[before.of[person] as number] as number) + 1
  }
  const staying = network.people - gone
  const together = { before: largestOf(stayingOf), after: largestOf(after.sizes) }
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
    parts: { before: before.sizes.length, after: after.sizes.length },
    fragmentation: {
      before: fragmentationOf(reachingPairs(before.sizes), network.people),
      amongBefore: fragmentationOf(reachingPairs(stayingOf), staying),
      after: fragmentationOf(reachingPairs(after.sizes), staying),
    },
    coreShare: { two: part(inCore(left, 2), staying), three: part(inCore(left, 3), staying) },
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

/** How many people are left when whoever knows fewer than k of those left is taken away again and again. O(people + ties). */
export function inCore({ people, start, neighbour }: Network, k: number): number {
  const degrees = new Int32Array(people)
  const queue = new Int32Array(people)
  let tail = 0
  for (let u = 0; u < people; u++) {
    degrees[u] = (start[u + 1] as number) - (start[u] as number)
    if ((degrees[u] as number) < k) queue[tail++] = u
  }
  for (let head = 0; head < tail; head++) {
    const u = queue[head] as number
    for (let half = start[u] as number; half < (start[u + 1] as number); half++) {
      const v = neighbour[half] as number
      const left = (degrees[v] as number) - 1
      degrees[v] = left
      if (left === k - 1) queue[tail++] = v
    }
  }
  return people - tail
}

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
