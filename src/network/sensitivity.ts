// How sure the answer is when not every tie was written down: the same figures with some of the ties left out, again and again.
import { chanceFrom } from './chance.ts'
import { type Away, checkAway } from './components.ts'
import { aloneAll, flatten, join } from './forest.ts'
import { endsOf, type Network } from './network.ts'
import { percentile } from './reproduction.ts'

export interface Band {
  low: number
  middle: number
  high: number
}

export interface Sensitivity {
  /** Which share of the ties was kept each time, and how many ties that is. */
  kept: number
  keptTies: number
  times: number
  /** Null where in no draw two who stay hung together, or where nobody stays. */
  retention: Band | null
  orphanShare: Band | null
}

/**
 * The sensitivity band of method 4.5: leaves out 1 - kept of all ties, by chance, `times` times, and gives the 10th, 50th and 90th
 * percentile of retention and orphan share as `removing` would find them. `kept` is the recording completeness one would reckon
 * with; 0.8 as method 4.5 has it. The number kept is exact (rounded), each set of ties equally likely (Fan, Muller and Rezucha 1962).
 * O(times × (people + ties)); the same seed gives the same band. RangeError unless 0 ≤ kept ≤ 1 and times is at least 1.
 */
export function sensitivity(
  network: Network,
  away: Away,
  { kept = 0.8, times = 200, seed = 1, low = 0.1, high = 0.9 } = {},
): Sensitivity {
  checkAway(network, away)
  if (!(kept >= 0 && kept <= 1)) throw new RangeError(`${kept} is no share of the ties`)
  if (!(Number.isInteger(times) && times >= 1)) throw new RangeError(`${times} draws are none`)
  const keptTies = Math.round(kept * network.ties)
  const staying = network.people - away.reduce((sum, one) => sum + (one ? 1 : 0), 0)
  const draw = drawer(network, away, keptTies)
  const chance = chanceFrom(seed)
  const retentions: number[] = []
  const orphans: number[] = []
  for (let time = 0; time < times; time++) {
    const { before, after, orphaned } = draw(chance)
    if (before >= 2) retentions.push(after / before)
    if (staying > 0) orphans.push(orphaned / staying)
  }
  const band = (values: number[]): Band | null => {
    if (values.length === 0) return null
    const rising = Float64Array.from(values).sort()
    return { low: percentile(rising, low), middle: percentile(rising, 0.5), high: percentile(rising, high) }
  }
  return { kept, keptTies, times, retention: band(retentions), orphanShare: band(orphans) }
}

/** Draws a set of ties and says how many of those who stay hang together before and after, and who is orphaned. */
function drawer(network: Network, away: Away, keptTies: number) {
  const { people, ties } = network
  const ends = sortedEnds(network, away)
  const root = new Int32Array(people)
  const count = new Int32Array(people)
  /** 0 knows nobody, 1 knows only those away, 2 knows somebody who stays. */
  const knows = new Uint8Array(people)
  function most(): number {
    flatten(root)
    count.fill(0)
    let largest = 0
    for (let u = 0; u < people; u++) {
      if (away[u]) continue
      const at = root[u] as number
      const sum = (count[at] as number) + 1
      count[at] = sum
      if (sum > largest) largest = sum
    }
    return largest
  }
  return (chance: () => number) => {
    aloneAll(root)
    knows.fill(0)
    let wanted = keptTies
    let after = -1
    for (let tie = 0; tie < ties; tie++) {
      if (after < 0 && tie >= ends.among) after = most()
      if (chance() * (ties - tie) >= wanted) continue
      wanted--
      const [a, b] = [ends.pairs[2 * tie] as number, ends.pairs[2 * tie + 1] as number]
      join(root, a, b)
      if (after < 0) knows[a] = knows[b] = 2
      else {
        if (knows[a] === 0) knows[a] = 1
        if (knows[b] === 0) knows[b] = 1
      }
    }
    if (after < 0) after = most()
    let orphaned = 0
    for (let u = 0; u < people; u++) if (knows[u] === 1 && !away[u]) orphaned++
    return { before: most(), after, orphaned }
  }
}

/** The ties among those who stay first, so that one forest tells both moments. */
function sortedEnds(network: Network, away: Away): { pairs: Int32Array; among: number } {
  const all = endsOf(network)
  const pairs = new Int32Array(all.length)
  let at = 0
  let among = 0
  for (const wanted of [true, false]) {
    for (let i = 0; i < all.length; i += 2) {
      const [a, b] = [all[i] as number, all[i + 1] as number]
      if ((!away[a] && !away[b]) !== wanted) continue
      pairs[at++] = a
      pairs[at++] = b
    }
    if (wanted) among = at / 2
  }
  return { pairs, among }
}
