// Whether giving goes both ways: among invitations, coaching and promises, which have a direction.
import { NotANetwork } from './network.ts'

/** Pairs are told apart by figures of 53 bits. */
const mostPeople = 2 ** 26

/**
 * The share of directed ties that are answered by one the other way (Wasserman & Faust 1994, 13.3), 0 to 1; 0 where there is none.
 * `arcs` is [from, to, from, to, ...], people 0 to people - 1; the same one again counts once, one to oneself not at all.
 * Refuses (NotANetwork, with the number of the arc) whoever is nobody. O(arcs × log arcs); 8 bytes of passing memory for each arc.
 */
export function reciprocity(people: number, arcs: ArrayLike<number>): number {
  if (!Number.isInteger(people) || people < 0 || people > mostPeople)
    throw new NotANetwork('shape', -1, `${people} is not a number of people`)
  if (arcs.length % 2 !== 0) throw new NotANetwork('shape', (arcs.length - 1) / 2, 'the last arc has one end only')
  const keys = new Float64Array(arcs.length / 2)
  let count = 0
  for (let i = 0; i < arcs.length; i += 2) {
    const [from, to] = [arcs[i] as number, arcs[i + 1] as number]
    for (const end of [from, to])
      if (!(Number.isInteger(end) && end >= 0 && end < people))
        throw new NotANetwork('id', i / 2, `arc ${i / 2}: ${end} is nobody among ${people}`)
    // Both directions of a pair stand side by side once sorted.
    if (from !== to) keys[count++] = 2 * (Math.min(from, to) * people + Math.max(from, to)) + Number(from > to)
  }
  const sorted = keys.subarray(0, count).sort()
  let [different, mutual] = [0, 0]
  for (let i = 0; i < count; i++) {
    const [key, before] = [sorted[i] as number, sorted[i - 1] ?? -1]
    if (key === before) continue
    different++
    if (key % 2 === 1 && before === key - 1) mutual += 2
  }
  return different === 0 ? 0 : mutual / different
}
