// Which meetings would take away most cut people: single points of failure, whose leaving would tear a part of the network in two.
import { without } from './away.ts'
import { type Blocks, blocksAt, blocksOf } from './blocks.ts'
import type { Away } from './components.ts'
import type { Wishes } from './joining.ts'
import { degree, endsOf, halfOf, type Network, NotANetwork, networkFrom } from './network.ts'

export interface SecuringTie {
  a: number
  b: number
  /** The people nobody would hang on any more who now do: cut people before this tie, not after it. Private to them. */
  released: number[]
  /** How many of the two have one contact only, and would have a second. */
  secondContact: number
}

export interface Securing {
  ties: SecuringTie[]
  /** False when `tries` ran out: better ties, or more of them, may exist. */
  complete: boolean
}

/**
 * The ties that would take away most cut people among those who stay, greedily: each is the best given those before it. A tie
 * between two of one part makes one block of all the blocks between them, and so releases every person between them in whom just
 * these two blocks meet. Among equals: more of the two who hang on one contact; then the order of the list, or the smallest numbers. Ties that
 * do neither, and ties between two parts (which release nobody; see `tiesThatJoin`), are not proposed.
 *
 * Without a list the best pair is found as the ends of the longest way through the tree of blocks; a bound for everybody, from
 * two sweeps, says early that nothing better is left. O(howMany × (people × log + ties)) beside the pairs looked at, of which there are
 * few where most may meet, and never more than `tries`. With a list: each candidate is bounded in constant time, and followed through
 * the tree only where it could be the best. `Wishes` and refusals as in `tiesThatJoin`.
 */
export function tiesThatSecure(network: Network, away: Away, wishes: Wishes = {}): Securing {
  const { howMany = 20, perPerson = 2, candidates, mayMeet = () => true, tries = 1_000_000 } = wishes
  if (candidates) check(network.people, candidates)
  let left = without(network, away)
  const ends = [...endsOf(left)]
  const proposed = new Int32Array(network.people)
  const search = { left: tries, refused: new Set<number>() }
  const ties: SecuringTie[] = []
  while (ties.length < howMany) {
    const tree = treeOf(left)
    const may = (a: number, b: number) =>
      (proposed[a] as number) < perPerson && (proposed[b] as number) < perPerson && mayMeet(a, b)
    const best = candidates ? bestOfList(tree, candidates, may) : bestOfAll(tree, may, search)
    if (!best) break
    const [a, b] = best
    ties.push({
      a,
      b,
      released: tree.between(a, b).sort((x, y) => x - y),
      secondContact: tree.hanging(a) + tree.hanging(b),
    })
    for (const person of best) proposed[person] = (proposed[person] as number) + 1
    ends.push(a, b)
    left = networkFrom(network.people, ends)
  }
  return { ties, complete: search.left > 0 }
}

/** How good a tie is, 4 for each released and 1 for each end with one contact; what nobody can be better than; and who is between. */
interface Tree {
  /** 0 for two who know each other, are the same, or are of different parts. */
  worth(a: number, b: number): number
  /** No tie of this person is worth more. */
  bound: Int32Array
  between(a: number, b: number): number[]
  hanging(person: number): number
}

function treeOf(network: Network): Tree {
  const blocks = blocksOf(network)
  const { people } = network
  /** A person in whom just two blocks meet can be released. */
  const free = Int32Array.from({ length: people }, (_, person) => (blocksAt(blocks, person) === 2 ? 1 : 0))
  const hanging = (person: number) => (degree(network, person) === 1 ? 1 : 0)
  const { up, via, level, root, bound } = rooted(blocks, people, free, hanging)
  /** Everybody on the way from one to the other, without these two, who can be released. */
  function between(a: number, b: number): number[] {
    const way: number[] = []
    let [x, y] = [a, b]
    let [lastX, lastY] = [-1, -1]
    while (x !== y) {
      if ((level[x] as number) >= (level[y] as number)) {
        if (x !== a && free[x]) way.push(x)
        lastX = x
        x = up[x] as number
      } else {
        if (y !== b && free[y]) way.push(y)
        lastY = y
        y = up[y] as number
      }
    }
    // Where both ways come to the same person through the same block, they need not pass that person.
    const passes = lastX < 0 || lastY < 0 || via[lastX] !== via[lastY]
    if (passes && x !== a && x !== b && free[x]) way.push(x)
    return way
  }
  return {
    bound,
    between,
    hanging,
    worth(a, b) {
      if (a === b || root[a] !== root[b] || root[a] === -1) return 0
      const released = between(a, b).length
      if (released === 0 && halfOf(network, a, b) >= 0) return 0
      return 4 * released + hanging(a) + hanging(b)
    },
  }
}

/**
 * The tree of each part from its smallest person: who stands above whom, through which block. And the bound: ways are measured so that
 * passing a free person costs 4, ending at one costs 2; in a tree the longest way from anybody ends at one of the two ends of the
 * longest way of all, which two sweeps find (Handler 1973).
 */
function rooted(blocks: Blocks, people: number, free: Int32Array, hanging: (person: number) => number) {
  const [up, via, root] = [new Int32Array(people), new Int32Array(people), new Int32Array(people).fill(-1)]
  const [level, bound] = [new Int32Array(people), new Int32Array(people)]
  const [length, order] = [new Int32Array(people), new Int32Array(people)]
  const [seenPerson, seenBlock] = [new Int32Array(people).fill(-1), new Int32Array(blocks.count).fill(-1)]
  let sweeps = 0
  /** Measures the way from one to everybody of the part; gives how many they are, in `order`. */
  function sweep(from: number, first: boolean): number {
    const now = sweeps++
    seenPerson[from] = now
    order[0] = from
    length[from] = hanging(from)
    let tail = 1
    for (let head = 0; head < tail; head++) {
      const x = order[head] as number
      for (let at = blocks.startOf[x] as number; at < (blocks.startOf[x + 1] as number); at++) {
        const block = blocks.blockOf[at] as number
        if (seenBlock[block] === now) continue
        seenBlock[block] = now
        for (let place = blocks.start[block] as number; place < (blocks.start[block + 1] as number); place++) {
          const y = blocks.member[place] as number
          if (seenPerson[y] === now) continue
          seenPerson[y] = now
          length[y] = (length[x] as number) + 2 * (free[x] as number) + 2 * (free[y] as number)
          order[tail++] = y
          if (!first) continue
          up[y] = x
          via[y] = block
          level[y] = (level[x] as number) + 1
        }
      }
    }
    return tail
  }
  /** Who of those last measured is farthest from where the sweep began, but not who began it. */
  function farthest(count: number): number {
    let most = order[1] as number
    for (let i = 2; i < count; i++) {
      const one = order[i] as number
      if ((length[one] as number) + hanging(one) > (length[most] as number) + hanging(most)) most = one
    }
    return most
  }
  for (let person = 0; person < people; person++) {
    if (root[person] !== -1 || blocksAt(blocks, person) === 0) continue
    const count = sweep(person, true)
    for (let i = 0; i < count; i++) root[order[i] as number] = person
    const one = farthest(count)
    sweep(one, false)
    const other = farthest(count)
    for (const end of [one, other]) {
      sweep(end, false)
      for (let i = 0; i < count; i++) {
        const x = order[i] as number
        if (x !== end) bound[x] = Math.max(bound[x] as number, (length[x] as number) + hanging(x))
      }
    }
  }
  return { up, via, level, root, bound }
}

function bestOfList(
  { bound, worth }: Tree,
  candidates: ArrayLike<number>,
  may: (a: number, b: number) => boolean,
): [number, number] | undefined {
  let best: [number, number] | undefined
  let most = 0
  for (let i = 0; i < candidates.length; i += 2) {
    const [a, b] = [candidates[i] as number, candidates[i + 1] as number]
    if ((bound[a] as number) <= most || (bound[b] as number) <= most) continue
    const own = worth(a, b)
    if (own <= most || !may(a, b)) continue
    most = own
    best = [a, b]
  }
  return best
}

function bestOfAll(
  { bound, worth }: Tree,
  may: (a: number, b: number) => boolean,
  search: { left: number },
): [number, number] | undefined {
  const order = Int32Array.from(bound.keys())
    .filter((person) => (bound[person] as number) > 0)
    .sort((a, b) => (bound[b] as number) - (bound[a] as number) || a - b)
  let best: [number, number] | undefined
  let most = 0
  for (let i = 0; i < order.length && (bound[order[i] as number] as number) > most; i++) {
    const a = order[i] as number
    for (let j = i + 1; j < order.length && (bound[order[j] as number] as number) > most; j++) {
      if (search.left <= 0) return best
      search.left--
      const b = order[j] as number
      const own = worth(a, b)
      if (own <= most || !may(a, b)) continue
      most = own
      best = [Math.min(a, b), Math.max(a, b)]
    }
  }
  return best
}

function check(people: number, candidates: ArrayLike<number>): void {
  if (candidates.length % 2)
    throw new NotANetwork('shape', candidates.length >> 1, 'the last candidate has one end only')
  for (let at = 0; at < candidates.length; at++) {
    const person = candidates[at] as number
    if (!(Number.isInteger(person) && person >= 0 && person < people))
      throw new NotANetwork('id', at >> 1, `candidate ${at >> 1}: ${person} is nobody among ${people}`)
  }
}
