import fc from 'fast-check'
import { expect, test } from 'vitest'
import { awayOf } from './away.ts'
import { componentsOf, fragmentation } from './components.ts'
import { networkFrom } from './network.ts'
import { removing } from './removing.ts'
import { switchboard } from './switching.ts'
import { anyNetwork, star } from './test-networks.ts'

test('the hub of a star is switched off and on', () => {
  const board = switchboard(star(6), [0])
  expect(board.now()).toMatchObject({ together: 1, togetherWithAll: 5, retention: 0.2, orphans: 5, parts: 5 })
  expect(board.set(0, true)).toEqual({
    together: 5,
    togetherWithAll: 5,
    retention: 1,
    parts: 1,
    orphans: 0,
    fragmentation: 0,
  })
  expect(board.set(0, false)).toEqual(board.now())
  expect(() => board.set(1, true)).toThrow(RangeError)
})

test('only employees, no ties, nobody: defined answers', () => {
  for (const [network, staff] of [
    [star(3), [0, 1, 2]],
    [networkFrom(3, []), [1]],
    [networkFrom(0, []), []],
  ] as const) {
    const standing = switchboard(network, staff).setAll(true)
    expect(standing).toMatchObject({ retention: null, orphans: 0 })
    expect(standing.fragmentation).toBe(network.people - staff.length < 2 ? 0 : 1)
  }
})

test('after any switches it says what removing those who are gone says', () => {
  const anySwitches = anyNetwork(16)
    .filter(({ people }) => people > 0)
    .chain((network) =>
      fc.record({
        network: fc.constant(network),
        staff: fc.uniqueArray(fc.nat(network.people - 1), { maxLength: 6 }),
        switches: fc.array(fc.tuple(fc.nat(5), fc.boolean()), { maxLength: 12 }),
      }),
    )
  fc.assert(
    fc.property(anySwitches, ({ network, staff, switches }) => {
      const board = switchboard(network, staff)
      const withAll = removing(network, awayOf(network.people, staff)).together.before
      const there = new Set<number>()
      for (const [which, on] of switches) {
        const employee = staff[which]
        if (employee === undefined) continue
        if (on) there.add(employee)
        else there.delete(employee)
        const standing = board.set(employee, on)
        const gone = Uint8Array.from({ length: network.people }, (_, u) => (staff.includes(u) && !there.has(u) ? 1 : 0))
        // Employees who are there join parts, and are not counted in them.
        const residents = (list: ArrayLike<number>) => Array.from(list).filter((u) => !staff.includes(u))
        expect(standing.orphans).toBe(residents(removing(network, gone).orphans).length)
        const { of, count } = componentsOf(network, gone)
        const sizes = [...Array(count).keys()].map(
          (part) => residents([...of.keys()].filter((u) => of[u] === part)).length,
        )
        const all = network.people - staff.length
        expect(standing).toMatchObject({ together: Math.max(0, ...sizes), parts: sizes.filter(Boolean).length })
        expect(standing.fragmentation).toBeCloseTo(fragmentation({ of, count, sizes: Int32Array.from(sizes) }), 12)
        expect(standing.togetherWithAll).toBe(withAll)
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(all)
        if (there.size === staff.length) expect(standing.together).toBe(standing.togetherWithAll)
        const fresh = switchboard(network, staff)
        for (const one of [...there].reverse()) fresh.set(one, true)
        expect(fresh.now()).toEqual(standing)
      }
    }),
  )
})
