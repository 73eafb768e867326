import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { came, mobilisation } from '../network/mobilisation.ts'
import { cell, chainsOf, coarse, reckon, type Tree } from './brought.ts'
import { newCode, sayCode } from './own-card.ts'
import { drawTree, mostDrawn } from './tree-drawing.ts'

const treeOf = (broughtBy: readonly number[], firstDay = broughtBy.map(() => 0)): Tree => ({
  on: '2027-03-14',
  broughtBy,
  counted: broughtBy.map(() => 1),
  firstDay,
  card: broughtBy.map(() => -1),
  names: broughtBy.map(() => null),
  me: null,
})
const anyTree = fc
  .integer({ min: 0, max: 40 })
  .chain((people) =>
    fc.array(fc.integer({ min: -6, max: people - 1 }), { minLength: people, maxLength: people }).map((by) => by),
  )

describe('the numbers', () => {
  test('of nobody are null and nought, and no NaN', () => {
    const { found, neighbours, fromStaff, again, reached, mine } = reckon(treeOf([]), null)
    expect({ neighbours, fromStaff, reached, mine }).toEqual({
      neighbours: null,
      fromStaff: null,
      reached: null,
      mine: 0,
    })
    expect(found.firstTimers).toBe(0)
    expect(again.estimate).toBeNull()
  })

  test('a share lies within its interval, and its interval within nought and one', () => {
    fc.assert(
      fc.property(anyTree, (by) => {
        const { neighbours, fromStaff } = reckon(treeOf(by), 100)
        for (const share of [neighbours, fromStaff].filter((one) => one !== null)) {
          expect(share.interval.low).toBeGreaterThanOrEqual(0)
          expect(share.interval.low).toBeLessThanOrEqual(share.some / share.of + 1e-12)
          expect(share.interval.high).toBeGreaterThanOrEqual(share.some / share.of - 1e-12)
          expect(share.interval.high).toBeLessThanOrEqual(1)
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('what the municipality sees', () => {
  test('no cell is between one and four, every number is a multiple of five, and one person more or less is not told apart', () => {
    fc.assert(
      fc.property(anyTree, (by) => {
        const told = coarse(mobilisation({ broughtBy: by, staff: by.map(() => 0) }))
        const cells = told ? [told.firstTimers, told.neighbours, told.municipality, ...told.generations] : []
        for (const one of cells) if (one !== null) expect([one % 5, one >= 5]).toEqual([0, true])
      }),
      { numRuns: 100 },
    )
    expect([0, 1, 4, 5, 6, 7, 8, 12, 13].map(cell)).toEqual([null, null, null, 5, 5, 5, 10, 10, 15])
  })
})

describe('the picture', () => {
  test('has a mark for each, once, within its frame; a line for each whom a neighbour brought, and none on another', () => {
    fc.assert(
      fc.property(anyTree, (by) => {
        const { generation } = mobilisation({ broughtBy: by, staff: by.map(() => 0) })
        const drawing = drawTree(treeOf(by), generation)
        expect(drawing).not.toBeNull()
        if (!drawing) return
        expect(drawing.spots.map(({ person }) => person).sort((a, b) => a - b)).toEqual(by.map((_, at) => at))
        for (const { x, y } of drawing.spots) {
          expect(x).toBeGreaterThan(0)
          expect(x).toBeLessThan(drawing.width)
          expect(y).toBeGreaterThan(0)
          expect(y).toBeLessThan(drawing.height)
        }
        expect(new Set(drawing.spots.map(({ x, y }) => `${x} ${y}`)).size).toBe(by.length)
        const standing = by.filter((bringer, person) => bringer >= 0 && (generation[person] as number) >= 0)
        expect(drawing.twigs.filter(({ staff }) => !staff)).toHaveLength(standing.length)
      }),
      { numRuns: 100 },
    )
  })

  test('of a large place is not drawn mark by mark', () => {
    const many = Array.from({ length: mostDrawn + 1 }, () => came.self)
    expect(
      drawTree(
        treeOf(many),
        many.map(() => 1),
      ),
    ).toBeNull()
  })

  test('the longest chain of a place is drawn, and told, without running out of breath', () => {
    const line = Array.from({ length: mostDrawn }, (_, at) => at - 1)
    const { generation } = mobilisation({ broughtBy: line, staff: line.map(() => 0) })
    expect(chainsOf(treeOf(line), generation).chains.municipality).toHaveLength(1)
    expect(drawTree(treeOf(line), generation)?.spots).toHaveLength(mostDrawn)
  })
})

test('a code is three letters that make no word and three digits, and is said in two halves', () => {
  for (let time = 0; time < 50; time++) expect(newCode()).toMatch(/^[BCDFGHJKLMNPRSTVX]{3}[2-9]{3}$/)
  expect(sayCode('BKT482')).toBe('BKT 482')
})
