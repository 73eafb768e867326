import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fewestKept, keepsMost, type Load, standsAlone } from './alone.ts'

const karsten: Load = { tasks: 4, shared: 1, sharers: 1, kept: 0, keptHere: 0, brought: 0 }
const count = fc.nat(20)
const loads = fc
  .record({ tasks: count, shared: count, sharers: count, kept: count, more: count, brought: count })
  .map(
    ({ more, ...load }): Load => ({ ...load, shared: Math.min(load.shared, load.tasks), keptHere: load.kept + more }),
  )

describe('the ildsjæl who stands alone', () => {
  test('Karsten has four tasks, one is shared: he stands alone; with two beside him and two whom he brought he does not', () => {
    expect(standsAlone(karsten)).toBe(true)
    expect(standsAlone({ ...karsten, shared: 3, sharers: 2 })).toBe(true)
    expect(standsAlone({ ...karsten, shared: 3, sharers: 2, brought: 2 })).toBe(false)
    expect(standsAlone({ ...karsten, brought: 9 })).toBe(true)
  })
  test.each([
    { tasks: 2, kept: 0, keptHere: 0, alone: false },
    { tasks: 3, kept: 0, keptHere: 0, alone: true },
    { tasks: 0, kept: 4, keptHere: 10, alone: true },
    { tasks: 0, kept: 3, keptHere: 8, alone: false },
    { tasks: 0, kept: 2, keptHere: 5, alone: true },
    { tasks: 0, kept: 4, keptHere: 4, alone: false },
    { tasks: 0, kept: 0, keptHere: 0, alone: false },
  ])('at the bounds: $tasks tasks, $kept of $keptHere kept: $alone', ({ alone, ...some }) => {
    expect(standsAlone({ ...karsten, ...some })).toBe(alone)
  })
  test('another task never makes anybody less alone, another who shares and a new one brought never more', () => {
    fc.assert(
      fc.property(loads, (load) => {
        const alone = standsAlone(load)
        if (alone) expect(standsAlone({ ...load, tasks: load.tasks + 1 })).toBe(true)
        if (alone) expect(standsAlone({ ...load, kept: load.kept + 1, keptHere: load.keptHere + 1 })).toBe(true)
        if (!alone) expect(standsAlone({ ...load, sharers: load.sharers + 1, shared: load.tasks })).toBe(false)
        if (!alone) expect(standsAlone({ ...load, brought: load.brought + 1 })).toBe(false)
      }),
    )
  })
  test('whoever carries fewer than three tasks and of whose place fewer than five promises were kept is told nothing', () => {
    fc.assert(
      fc.property(loads, (load) => {
        const few = {
          ...load,
          tasks: load.tasks % 3,
          kept: Math.min(load.kept, 4),
          keptHere: load.keptHere % fewestKept,
        }
        expect(standsAlone(few) || keepsMost(few)).toBe(false)
      }),
    )
  })
})
