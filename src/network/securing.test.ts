import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { awayOf, without } from './away.ts'
import { blocksOf } from './blocks.ts'
import { cutPeople } from './cut-people.ts'
import { degree, endsOf, halfOf, type Network, networkFrom } from './network.ts'
import { tiesThatSecure } from './securing.ts'
import { anyNetwork, clique, kite, path, ring, star } from './test-networks.ts'

const upTo = (n: number) => [...Array(n).keys()]
const cuts = (network: Network, away: Uint8Array) => new Set(cutPeople(network, away).map(({ person }) => person))
const joined = (network: Network, a: number, b: number) => networkFrom(network.people, [...endsOf(network), a, b])

describe('ties that secure', () => {
  test('in Krackhardt’s kite Jane should meet somebody at the other end: then nobody hangs on Heather or Ike', () => {
    expect(tiesThatSecure(kite, awayOf(10, [])).ties).toEqual([{ a: 0, b: 9, released: [7, 8], secondContact: 1 }])
  })

  test('the two ends of a chain make it a ring', () => {
    const { ties, complete } = tiesThatSecure(path(6), awayOf(6, []))
    expect(ties).toEqual([{ a: 0, b: 5, released: [1, 2, 3, 4], secondContact: 2 }])
    expect(complete).toBe(true)
  })

  test('the hub of a star is released by a ring around it, two by two first', () => {
    const { ties } = tiesThatSecure(star(5), awayOf(5, []))
    expect(ties.map(({ secondContact }) => secondContact)).toEqual([2, 2, 0])
    expect(ties.at(-1)?.released).toEqual([0])
  })

  test('where nobody is a single point of failure there is nothing to propose', () => {
    for (const none of [clique(4), ring(5), networkFrom(0, []), networkFrom(1, []), networkFrom(3, []), path(2)])
      expect(tiesThatSecure(none, awayOf(none.people, []))).toEqual({ ties: [], complete: true })
    expect(tiesThatSecure(star(4), awayOf(4, [0, 1, 2, 3])).ties).toEqual([])
  })

  test('a candidate who is nobody is refused with the number of the pair', () => {
    const refused = (candidates: number[]) => () => tiesThatSecure(kite, awayOf(10, []), { candidates })
    expect(refused([0, 1, 2, 10])).toThrow(expect.objectContaining({ fault: 'id', at: 1 }))
    expect(refused([0])).toThrow(expect.objectContaining({ fault: 'shape', at: 0 }))
  })

  test('a chain of 20,000 people is closed at once', () => {
    expect(tiesThatSecure(path(20_000), awayOf(20_000, []), { howMany: 1 }).ties[0]?.released.length).toBe(19_998)
  })
})

describe('on any small network', () => {
  const anyWish = anyNetwork(10)
    .filter(({ people }) => people > 0)
    .chain((network) =>
      fc.record({
        network: fc.constant(network),
        gone: fc.uniqueArray(fc.nat(network.people - 1), { maxLength: 2 }),
        list: fc.option(fc.array(fc.tuple(fc.nat(network.people - 1), fc.nat(network.people - 1)), { maxLength: 25 })),
        forbidden: fc.nat(4),
        perPerson: fc.constantFrom(1, 2, Infinity),
      }),
    )

  test('each tie takes away as many cut people as the best of all pairs tried, and releases just those it says', () => {
    fc.assert(
      fc.property(anyWish, ({ network, gone, list, forbidden, perPerson }) => {
        const away = awayOf(network.people, gone)
        const mayMeet = (a: number, b: number) => (a + b) % 5 !== forbidden
        const wishes = { mayMeet, perPerson, howMany: 4, ...(list && { candidates: list.flat() }) }
        const { ties } = tiesThatSecure(network, away, wishes)
        const turns = new Map<number, number>()
        const may = (a: number, b: number) =>
          mayMeet(a, b) &&
          (!list || list.some(([x, y]) => (x === a && y === b) || (x === b && y === a))) &&
          [a, b].every((u) => (turns.get(u) ?? 0) < perPerson)
        let now = without(network, away)
        const best = () => {
          const [before, lone] = [cuts(now, away).size, (u: number) => (degree(now, u) === 1 ? 1 : 0)]
          const worth = (a: number, b: number) => 4 * (before - cuts(joined(now, a, b), away).size) + lone(a) + lone(b)
          // A tie between two parts releases nobody and may make cut people.
          const values = upTo(network.people).flatMap((a) =>
            upTo(a)
              .filter((b) => !away[a] && !away[b] && may(a, b) && halfOf(now, a, b) < 0 && reaches(now, a, b))
              .map((b) => worth(a, b)),
          )
          return Math.max(0, ...values)
        }
        for (const { a, b, released, secondContact } of ties) {
          expect(4 * released.length + secondContact).toBe(best())
          expect(may(a, b)).toBe(true)
          const after = cuts(joined(now, a, b), away)
          expect(released.toSorted()).toEqual([...cuts(now, away)].filter((person) => !after.has(person)).toSorted())
          for (const u of [a, b]) turns.set(u, (turns.get(u) ?? 0) + 1)
          now = joined(now, a, b)
        }
        if (ties.length < 4) expect(best()).toBe(0)
      }),
      { numRuns: 60 },
    )
  })

  test('every tie lies in one block, and those in two blocks or more are the cut people', () => {
    fc.assert(
      fc.property(anyNetwork(12), (network) => {
        const { start, member, startOf } = blocksOf(network)
        const inside = upTo(start.length - 1).map((block) => new Set(member.subarray(start[block], start[block + 1])))
        const ends = endsOf(network)
        for (let i = 0; i < ends.length; i += 2)
          expect(inside.filter((some) => some.has(ends[i] as number) && some.has(ends[i + 1] as number)).length).toBe(1)
        const several = upTo(network.people).filter((u) => (startOf[u + 1] as number) - (startOf[u] as number) > 1)
        expect(several).toEqual([...cuts(network, new Uint8Array(network.people))].toSorted((a, b) => a - b))
      }),
    )
  })
})

function reaches(network: Network, a: number, b: number): boolean {
  const seen = new Set([a])
  for (const u of seen) for (const v of network.neighbour.subarray(network.start[u], network.start[u + 1])) seen.add(v)
  return seen.has(b)
}
