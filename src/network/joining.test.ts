import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { awayOf } from './away.ts'
import { componentsOf } from './components.ts'
import { tiesThatJoin } from './joining.ts'
import { endsOf, type Network, NotANetwork, networkFrom } from './network.ts'
import { anyNetwork, clique, star } from './test-networks.ts'

const upTo = (n: number) => [...Array(n).keys()]

/** Every pair that may be proposed now and how many pairs of people it would join, each tried. */
function tryAll(network: Network, away: Uint8Array, may: (a: number, b: number) => boolean): number[] {
  const before = reaching(network, away)
  return upTo(network.people).flatMap((a) =>
    upTo(a)
      .filter((b) => !away[a] && !away[b] && may(a, b))
      .map((b) => reaching(networkFrom(network.people, [...endsOf(network), a, b], undefined, fold), away) - before),
  )
}
const fold = { repeated: 'sum' } as const
const reaching = (network: Network, away: Uint8Array) =>
  componentsOf(network, away).sizes.reduce((sum, size) => sum + (size * (size - 1)) / 2, 0)

describe('ties that join', () => {
  test('two circles of three and four that an employee held together: one meeting joins twelve pairs', () => {
    // 0 is the employee, who knows 1 and 4; 1 to 3 know each other, and 4 to 7.
    const network = networkFrom(8, [0, 1, 0, 4, 1, 2, 1, 3, 2, 3, 4, 5, 5, 6, 6, 7, 4, 6])
    expect(tiesThatJoin(network, awayOf(8, [0])).ties).toEqual([{ a: 6, b: 1, joins: [4, 3], pairs: 12 }])
  })

  test('the orphans of a star are joined to one chain, nobody in more than two meetings', () => {
    const { ties, complete } = tiesThatJoin(star(8), awayOf(8, [0]))
    expect(ties.map(({ pairs }) => pairs)).toEqual([1, 2, 3, 4, 5, 6])
    expect(complete).toBe(true)
    const turns = upTo(8).map((u) => ties.filter(({ a, b }) => a === u || b === u).length)
    expect(Math.max(...turns)).toBe(2)
  })

  test('a list says who goes first among equals, and pairs inside a part or with somebody away are not proposed', () => {
    const network = networkFrom(7, [0, 1, 0, 3, 1, 2, 3, 4])
    const candidates = [1, 2, 0, 5, 4, 1, 3, 2, 5, 6]
    // 1-2 and 3-4 are two parts, 5 and 6 stand alone; 0 is away.
    expect(tiesThatJoin(network, awayOf(7, [0]), { candidates }).ties).toEqual([
      { a: 4, b: 1, joins: [2, 2], pairs: 4 },
      { a: 5, b: 6, joins: [1, 1], pairs: 1 },
    ])
    const mayMeet = (a: number, b: number) => a !== 4 && b !== 4
    expect(tiesThatJoin(network, awayOf(7, [0]), { candidates, mayMeet }).ties[0]).toMatchObject({ a: 3, b: 2 })
  })

  test('where few may meet the search gives up after so many tries, and says so', () => {
    const alone = networkFrom(200, [])
    expect(tiesThatJoin(alone, awayOf(200, []), { mayMeet: () => false, tries: 50 })).toEqual({
      ties: [],
      complete: false,
    })
    expect(tiesThatJoin(networkFrom(4, []), awayOf(4, []), { mayMeet: () => false })).toEqual({
      ties: [],
      complete: true,
    })
  })

  test('nobody, one person, one part, only people who are away: no ties', () => {
    for (const [network, gone] of [
      [networkFrom(0, []), []],
      [networkFrom(1, []), []],
      [clique(4), []],
      [clique(3), [0, 1, 2]],
    ] as const)
      for (const candidates of [undefined, [] as number[]])
        expect(tiesThatJoin(network, awayOf(network.people, gone), candidates ? { candidates } : {})).toEqual({
          ties: [],
          complete: true,
        })
  })

  test('a candidate who is nobody is refused with the number of the pair', () => {
    const refused = (candidates: number[]) => () => tiesThatJoin(clique(3), awayOf(3, []), { candidates })
    expect(refused([0, 1, 2, 3])).toThrow(expect.objectContaining({ fault: 'id', at: 1 }))
    expect(refused([-1, 1])).toThrow(expect.objectContaining({ fault: 'id', at: 0 }))
    expect(refused([0, 1, 2])).toThrow(NotANetwork)
  })
})

describe('on any small network', () => {
  const anyWish = anyNetwork(10)
    .filter(({ people }) => people > 0)
    .chain((network) =>
      fc.record({
        network: fc.constant(network),
        gone: fc.uniqueArray(fc.nat(network.people - 1), { maxLength: 3 }),
        list: fc.option(fc.array(fc.tuple(fc.nat(network.people - 1), fc.nat(network.people - 1)), { maxLength: 25 })),
        forbidden: fc.nat(4),
        perPerson: fc.constantFrom(1, 2, Infinity),
      }),
    )

  test('each tie joins as many as the best of all pairs tried, given those before it; and none is left when it ends', () => {
    fc.assert(
      fc.property(anyWish, ({ network, gone, list, forbidden, perPerson }) => {
        const away = awayOf(network.people, gone)
        const mayMeet = (a: number, b: number) => (a + b) % 5 !== forbidden
        const { ties } = tiesThatJoin(network, away, {
          mayMeet,
          perPerson,
          howMany: 5,
          ...(list && { candidates: list.flat() }),
        })
        const turns = new Map<number, number>()
        const may = (a: number, b: number) =>
          mayMeet(a, b) &&
          (!list || list.some(([x, y]) => (x === a && y === b) || (x === b && y === a))) &&
          [a, b].every((u) => (turns.get(u) ?? 0) < perPerson)
        let now = network
        for (const { a, b, pairs, joins } of ties) {
          expect(pairs).toBe(Math.max(...tryAll(now, away, may)))
          expect(joins[0] * joins[1]).toBe(pairs)
          expect(may(a, b)).toBe(true)
          for (const u of [a, b]) turns.set(u, (turns.get(u) ?? 0) + 1)
          now = networkFrom(network.people, [...endsOf(now), a, b])
        }
        if (ties.length < 5) expect(Math.max(0, ...tryAll(now, away, may))).toBe(0)
      }),
      { numRuns: 60 },
    )
  })
})
