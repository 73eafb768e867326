// How good a division of a network into communities is, and how alike two divisions are.
import { type Network, NotANetwork } from './network.ts'

/**
 * Modularity (Newman & Girvan 2004, Physical Review E 69:026113; with a resolution: Reichardt & Bornholdt 2006): the share of
 * all tie weight that lies inside communities, less `resolution` times what chance would put there with everyone's weight kept.
 * `communityOf`: people long, any whole numbers from 0 to people - 1. Between -1 and 1 at resolution 1; 0 where nothing weighs.
 * O(people + ties).
 */
export function modularity(network: Network, communityOf: ArrayLike<number>, resolution = 1): number {
  const { people, start, neighbour, weight } = network
  checkDivision(people, communityOf)
  checkResolution(resolution)
  const heaviest = heaviestOf(weight)
  if (heaviest === 0) return 0
  const strength = new Float64Array(people)
  let inside = 0
  let all = 0
  for (let u = 0; u < people; u++) {
    const community = communityOf[u] as number
    let sum = 0
    for (let half = start[u] as number; half < (start[u + 1] as number); half++) {
      const w = weight ? (weight[half] as number) / heaviest : 1
      sum += w
      if (communityOf[neighbour[half] as number] === community) inside += w
    }
    strength[community] = (strength[community] as number) + sum
    all += sum
  }
  if (all === 0) return 0
  let expected = 0
  for (let c = 0; c < people; c++) expected += ((strength[c] as number) / all) ** 2
  return inside / all - resolution * expected
}

/** The largest weight, by which others are divided so that no sum overflows; 1 where every tie counts as 1. */
export function heaviestOf(weight: Float64Array | undefined): number {
  if (!weight) return 1
  let heaviest = 0
  for (let half = 0; half < weight.length; half++) {
    const w = weight[half] as number
    if (w > heaviest) heaviest = w
  }
  return heaviest
}

/**
 * The adjusted Rand index of two divisions of the same people (Hubert & Arabie 1985, Journal of Classification 2:193): 1 when
 * they are the same but for the numbers, 0 on average for chance, below 0 where they agree less than chance would. Two divisions
 * that both keep everybody together, or both apart, are the same: 1. Whole numbers from 0 to people - 1; O(people).
 */
export function adjustedRandIndex(one: ArrayLike<number>, other: ArrayLike<number>): number {
  const people = one.length
  if (other.length !== people)
    throw new NotANetwork('shape', -1, `${people} people in one division, ${other.length} in the other`)
  checkDivision(people, one)
  checkDivision(people, other)
  const sizeInOne = new Float64Array(people)
  const sizeInOther = new Float64Array(people)
  const inBoth = new Map<number, number>()
  for (let u = 0; u < people; u++) {
    const [a, b] = [one[u] as number, other[u] as number]
    sizeInOne[a] = (sizeInOne[a] as number) + 1
    sizeInOther[b] = (sizeInOther[b] as number) + 1
    const key = a * people + b
    inBoth.set(key, (inBoth.get(key) ?? 0) + 1)
  }
  const together = sumOfPairs(inBoth.values())
  const pairsOne = sumOfPairs(sizeInOne)
  const pairsOther = sumOfPairs(sizeInOther)
  const all = (people * (people - 1)) / 2
  if (all === 0) return 1
  const byChance = (pairsOne / all) * pairsOther
  const most = (pairsOne + pairsOther) / 2
  return most === byChance ? 1 : (together - byChance) / (most - byChance)
}

function sumOfPairs(sizes: Iterable<number>): number {
  let sum = 0
  for (const size of sizes) sum += (size * (size - 1)) / 2
  return sum
}

function checkDivision(people: number, communityOf: ArrayLike<number>): void {
  if (communityOf.length !== people)
    throw new NotANetwork('shape', -1, `${people} people have ${communityOf.length} communities`)
  for (let u = 0; u < people; u++) {
    const c = communityOf[u] as number
    if (!(c >= 0 && c < people && c === Math.floor(c)))
      throw new NotANetwork(
        'id',
        u,
        `person ${u} is in community ${c}, which is no whole number from 0 to ${people - 1}`,
      )
  }
}

/** Throws unless it is a number that communities can be weighed with. */
export function checkResolution(resolution: number): void {
  if (!(resolution >= 0 && resolution < Infinity)) throw new RangeError(`${resolution} is no resolution`)
}
