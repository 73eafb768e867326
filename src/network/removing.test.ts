import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { awayOf, without } from './away.ts'
import { NotANetwork, networkFrom } from './network.ts'
import { brokerage, removing } from './removing.ts'
import { anyNetwork, clique, path, star, stepsFrom, table, zachary } from './test-networks.ts'

const nobody = (people: number) => new Uint8Array(people)
/** A network and some of its people to take away, perhaps all. */
const anyRemoval = anyNetwork().chain((network) =>
  fc.uint8Array({ min: 0, max: 1, minLength: network.people, maxLength: network.people }).map((mask) => ({
    network,
    away: Uint8Array.from(mask),
  })),
)
const upTo = (n: number) => [...Array(n).keys()]

describe('taking people away', () => {
  test('without its instructor 27 of 33 of the karate club still hang together, and Dan (11) is alone', () => {
    const found = removing(zachary, awayOf(34, [0]))
    expect(found).toMatchObject({ together: { before: 33, after: 27 }, orphans: Int32Array.of(11) })
    expect(found.retention).toBeCloseTo(0.818, 3)
    expect(found.orphanShare).toBeCloseTo(1 / 33, 12)
    expect(found.ties).toEqual({ all: 78, through: 16, among: 62 })
    expect(found.fragmentation.after).toBeCloseTo(0.316, 3)
  })

  test('0.42 of the ties of the karate club run through its two heads (method 4.5)', () => {
    expect(removing(zachary, awayOf(34, [0, 33])).tieShare).toBeCloseTo(0.42, 2)
  })

  test('a star without its hub: one of n hangs together, everybody is an orphan, all ties ran through the hub', () => {
    const found = removing(star(11), awayOf(11, [0]))
    expect(found).toMatchObject({ retention: 0.1, orphanShare: 1, tieShare: 1, coreShare: { two: 0, three: 0 } })
    expect(found.fragmentation).toEqual({ before: 0, amongBefore: 0, after: 1 })
    expect(found.parts).toEqual({ before: 1, after: 10 })
  })

  test('a clique does not mind', () => {
    expect(removing(clique(6), awayOf(6, [2, 3]))).toMatchObject({
      retention: 1,
      orphanShare: 0,
      coreShare: { two: 1, three: 1 },
      fragmentation: { after: 0 },
    })
  })

  test('who never had a tie is no orphan, and counts in one share and not in the other', () => {
    // 0 is the employee; 1 knows only them; 2 and 3 know each other; 4 knows nobody.
    const found = removing(networkFrom(5, [0, 1, 0, 2, 2, 3]), awayOf(5, [0]))
    expect([...found.orphans]).toEqual([1])
    expect(found).toMatchObject({ orphanShare: 1 / 4, orphanShareOfTied: 1 / 3 })
  })

  test('where the employees are the largest circle, retention compares where most residents were', () => {
    // 0 to 3 are employees who know each other and one resident; four residents elsewhere know each other.
    const found = removing(networkFrom(9, [0, 1, 1, 2, 2, 3, 3, 4, 5, 6, 6, 7, 7, 8]), awayOf(9, [0, 1, 2, 3]))
    expect(found).toMatchObject({ together: { before: 4, after: 4 }, retention: 1 })
  })

  test.each([
    ['nobody at all', networkFrom(0, []), []],
    ['one person', networkFrom(1, []), []],
    ['people without ties', networkFrom(3, []), [0]],
    ['only people who are away', clique(4), [0, 1, 2, 3]],
  ])('%s: a defined answer, and null where there is no share', (_, network, list) => {
    const found = removing(network, awayOf(network.people, list))
    expect(found).toMatchObject({ retention: null, orphans: new Int32Array() })
    expect(JSON.stringify(found)).not.toContain('NaN')
    expect(found.orphanShare).toBe(found.staying > 0 ? 0 : null)
  })

  test('a mask that does not fit, and somebody who is nobody, are refused with their place', () => {
    expect(() => removing(path(3), nobody(2))).toThrow(NotANetwork)
    expect(() => awayOf(3, [0, 3])).toThrow(expect.objectContaining({ fault: 'id', at: 1 }))
    expect(() => awayOf(3, [0, 1.5])).toThrow(expect.objectContaining({ fault: 'id', at: 1 }))
  })
})

describe('whoever leaves', () => {
  test('ties among the others stay as they were, with their weights (method 9, 6)', () => {
    fc.assert(
      fc.property(anyRemoval, ({ network, away }) => {
        const before = table(network)
        const left = table(without(network, away))
        for (const u of upTo(network.people))
          expect(left[u]).toEqual(away[u] ? new Set() : new Set([...(before[u] ?? [])].filter((v) => !away[v])))
      }),
    )
    const weighed = networkFrom(3, [0, 1, 1, 2, 0, 2], [1, 2, 3])
    expect(without(weighed, Uint8Array.of(1, 0, 0)).weight).toEqual(Float64Array.of(2, 2))
  })

  test('every figure is what a slow walk from everybody finds, and every share lies in [0, 1]', () => {
    fc.assert(
      fc.property(anyRemoval, ({ network, away }) => {
        const found = removing(network, away)
        const staying = upTo(network.people).filter((u) => !away[u])
        const reach = (u: number, gone?: Set<number>) =>
          staying.filter((v) => (stepsFrom(network, u, gone)[v] as number) < Infinity).length
        const gone = new Set(upTo(network.people).filter((u) => away[u]))
        const most = (counts: number[]) => Math.max(0, ...counts)
        const before = most(upTo(network.people).map((u) => reach(u)))
        const after = most(staying.map((u) => reach(u, gone)))
        expect(found.together).toEqual({ before, after })
        expect(found.retention).toBe(before < 2 ? null : after / before)
        expect([...found.orphans]).toEqual(
          staying.filter((u) => stepsFrom(network, u).some((steps) => steps === 1) && reach(u, gone) === 1),
        )
        const { retention, orphanShare, orphanShareOfTied, tieShare, coreShare, fragmentation } = found
        for (const share of [retention, orphanShare, orphanShareOfTied, tieShare, ...Object.values(coreShare)])
          if (share !== null) expect(share >= 0 && share <= 1).toBe(true)
        for (const share of Object.values(fragmentation)) expect(share >= 0 && share <= 1).toBe(true)
        expect(fragmentation.after).toBeGreaterThanOrEqual(fragmentation.amongBefore)
      }),
    )
  })

  test('when nobody leaves nothing changes', () => {
    fc.assert(
      fc.property(anyNetwork(), (network) => {
        const found = removing(network, nobody(network.people))
        expect([1, null]).toContain(found.retention)
        expect(found.orphans.length).toBe(0)
        expect(found.fragmentation.after).toBe(found.fragmentation.before)
      }),
    )
  })
})

describe('brokerage', () => {
  test('shares of those away, of the one who holds most, and of the resident who does', () => {
    expect(brokerage([6, 1, 3, 0], Uint8Array.of(1, 0, 0, 0))).toEqual({
      share: 0.6,
      top: { person: 0, share: 0.6 },
      topStaying: { person: 2, share: 0.3 },
    })
  })

  test('where nobody stands between anybody there is no share', () => {
    const none = { person: -1, share: null }
    expect(brokerage([0, 0], nobody(2))).toEqual({ share: null, top: none, topStaying: none })
    expect(brokerage([], nobody(0))).toMatchObject({ share: null })
  })

  test('what is no betweenness is refused', () => {
    expect(() => brokerage([1], nobody(2))).toThrow(RangeError)
    expect(() => brokerage([1, Number.NaN], nobody(2))).toThrow('person 1')
    expect(() => brokerage([-1, 1], nobody(2))).toThrow('person 0')
  })
})
