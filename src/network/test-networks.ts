// Networks for the tests: two classics, small shapes, and random ones from a seed.
import fc from 'fast-check'
import { type Network, networkFrom } from './network.ts'

/** "a-b" pairs with ids from 0, as written in the lists below. */
function fromList(people: number, list: string): Network {
  return networkFrom(
    people,
    list
      .trim()
      .split(/[\s-]+/)
      .map(Number),
  )
}

// W. W. Zachary (1977), An Information Flow Model for Conflict and Fission in Small Groups, Journal of Anthropological
// Research 33:452; 34 members of a karate club, by way of UCI and KONECT. Ids are those of the paper less one.
const zacharyTies = `
  0-1 0-2 1-2 0-3 1-3 2-3 0-4 0-5 0-6 4-6 5-6 0-7 1-7 2-7 3-7 0-8 2-8 2-9 0-10 4-10 5-10 0-11 0-12 3-12 0-13 1-13 2-13
  3-13 5-16 6-16 0-17 1-17 0-19 1-19 0-21 1-21 23-25 24-25 2-27 23-27 24-27 2-28 23-29 26-29 1-30 8-30 0-31 24-31
  25-31 28-31 2-32 8-32 14-32 15-32 18-32 20-32 22-32 23-32 29-32 30-32 31-32 8-33 9-33 13-33 14-33 15-33 18-33 19-33
  20-33 22-33 23-33 26-33 27-33 28-33 29-33 30-33 31-33 32-33`

// D. Lusseau et al. (2003), The bottlenose dolphin community of Doubtful Sound, Behavioral Ecology and Sociobiology 54:396;
// 62 dolphins, by way of KONECT.
const dolphinTies = `
  8-3 9-5 9-6 10-0 10-2 13-5 13-6 13-9 14-0 14-3 15-0 16-14 17-1 17-6 17-9 17-13 18-15 19-1 19-7 20-8 20-16 20-18
  21-18 22-17 24-14 24-15 24-18 25-17 26-1 26-25 27-1 27-7 27-17 27-25 27-26 28-1 28-8 28-20 29-10 29-18 29-21 29-24
  30-7 30-19 30-28 31-17 32-9 32-13 33-12 33-14 33-16 33-21 34-14 34-33 35-29 36-1 36-20 36-23 37-8 37-14 37-16 37-21
  37-33 37-34 37-36 38-14 38-16 38-20 38-33 39-36 40-0 40-7 40-14 40-15 40-33 40-36 40-37 41-1 41-9 41-13 42-0 42-2
  42-10 42-30 43-14 43-29 43-33 43-37 43-38 44-2 44-20 44-34 44-38 45-8 45-15 45-18 45-21 45-23 45-24 45-29 45-37
  46-43 47-0 47-10 47-20 47-28 47-30 47-42 49-34 49-46 50-14 50-16 50-20 50-33 50-42 50-45 51-4 51-11 51-18 51-21
  51-23 51-24 51-29 51-45 51-50 52-14 52-29 52-38 52-40 53-43 54-1 54-6 54-7 54-13 54-19 54-41 55-15 55-51 56-5 56-6
  57-5 57-6 57-9 57-13 57-17 57-39 57-41 57-48 57-54 58-38 59-3 59-8 59-15 59-36 59-45 60-32 61-2 61-37 61-53`

/** Zachary's karate club: 34 people, 78 ties. Person 0 is the instructor, 33 the president. */
export const zachary = fromList(34, zacharyTies)

/** The dolphins of Doubtful Sound: 62, 159 ties. */
export const dolphins = fromList(62, dolphinTies)

/**
 * Krackhardt's kite (1990, Administrative Science Quarterly 35:342): Andre 0, Beverly 1, Carol 2, Diane 3, Ed 4, Fernando 5,
 * Garth 6, Heather 7, Ike 8, Jane 9. Diane knows most, Heather is the bridge, Fernando and Garth are closest to all.
 */
export const kite = fromList(10, '0-1 0-2 0-3 0-5 1-3 1-4 1-6 2-3 2-5 3-4 3-5 3-6 4-6 5-6 5-7 6-7 7-8 8-9')

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i)

/** Person 0 knows all the others, who know nobody else. */
export const star = (people: number) =>
  networkFrom(
    people,
    upTo(people)
      .slice(1)
      .flatMap((leaf) => [0, leaf]),
  )

/** Each knows the next. */
export const path = (people: number) =>
  networkFrom(
    people,
    upTo(people - 1).flatMap((u) => [u, u + 1]),
  )

/** Each knows the next, and the last the first. */
export const ring = (people: number) =>
  networkFrom(
    people,
    upTo(people).flatMap((u) => [u, (u + 1) % people]),
  )

/** All know all. */
export const clique = (people: number) =>
  networkFrom(
    people,
    upTo(people).flatMap((a) => upTo(a).flatMap((b) => [a, b])),
  )

/** Random networks of up to `most` people, thin ones and dense ones, often in several parts. Ties of 1. */
export const anyNetwork = (most = 14) =>
  fc.integer({ min: 0, max: most }).chain((people) =>
    people < 2
      ? fc.constant(networkFrom(people, []))
      : fc
          .uniqueArray(fc.tuple(fc.nat(people - 1), fc.nat(people - 1)), {
            maxLength: 2 * people + 2,
            selector: ([a, b]) => Math.min(a, b) * people + Math.max(a, b),
          })
          .map((pairs) => networkFrom(people, pairs.flat(), undefined, { loops: 'drop' })),
  )

/** A network, and the same one with its people numbered otherwise: who was u is now order[u]. */
export const anyNumbering = (most = 14) =>
  anyNetwork(most).chain((network) =>
    fc
      .shuffledSubarray(upTo(network.people), { minLength: network.people })
      .map((order) => ({ network, order, renumbered: renumbered(network, order) })),
  )

export function renumbered({ people, start, neighbour }: Network, order: readonly number[]): Network {
  const ends: number[] = []
  for (let a = 0; a < people; a++)
    for (const b of neighbour.subarray(start[a], start[a + 1])) if (a < b) ends.push(order[a] ?? 0, order[b] ?? 0)
  return networkFrom(people, ends)
}

/** Who knows whom, as a table of sets: what the slow and obvious ways read. */
export const table = ({ people, start, neighbour }: Network): Set<number>[] =>
  upTo(people).map((u) => new Set(neighbour.subarray(start[u], start[u + 1])))

/** How many steps lie between `from` and each other person; Infinity where none lead there. */
export function stepsFrom(network: Network, from: number, away: ReadonlySet<number> = new Set()): number[] {
  const known = table(network)
  const steps = upTo(network.people).map(() => Infinity)
  steps[from] = 0
  const queue = [from]
  for (const u of queue)
    for (const v of known[u] ?? [])
      if (steps[v] === Infinity && !away.has(v)) {
        steps[v] = (steps[u] ?? 0) + 1
        queue.push(v)
      }
  return steps
}
