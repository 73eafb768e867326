import fc from 'fast-check'
import { expect, test } from 'vitest'
import { median, runChart } from './run-chart.ts'

test('the median is the middle, or the middle of the two in the middle', () => {
  expect(median([])).toBeNull()
  expect(median([0.4])).toBe(0.4)
  expect(median([0.9, 0.1, 0.5])).toBe(0.5)
  expect(median([0.9, 0.1, 0.5, 0.7])).toBeCloseTo(0.6)
})

test('five meetings have no line and give no signal', () => {
  expect(runChart([0.1, 0.2, 0.9, 0.9, 0.9])).toEqual({ median: null, signal: null })
})

test('six in a row over the median are a signal, five are not', () => {
  const low = [0.2, 0.2, 0.2, 0.2, 0.2, 0.2]
  expect(runChart([...low, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8]).signal).toEqual({ side: 'over', points: 6, from: 6, to: 11 })
  expect(runChart([0.2, 0.2, 0.2, 0.2, 0.2, 0.8, 0.8, 0.8, 0.8, 0.8]).signal).toBeNull()
})

test('a point on the median does not count, and does not break the run', () => {
  const values = [0.1, 0.1, 0.1, 0.5, 0.1, 0.1, 0.1, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9]
  expect(runChart(values)).toMatchObject({ median: 0.5 })
  expect(runChart(values).signal).toEqual({ side: 'over', points: 6, from: 7, to: 12 })
  const quiet = [0.1, 0.1, 0.1, 0.5, 0.1, 0.1, 0.1, 0.9, 0.9, 0.9, 0.2, 0.9, 0.9, 0.9]
  expect(runChart(quiet)).toMatchObject({ signal: null })
})

test('meetings that are all alike lie on the median and give no signal', () => {
  expect(runChart(Array.from({ length: 12 }, () => 0.8))).toEqual({ median: 0.8, signal: null })
})

test('whatever the meetings: a signal is six points on one side, and turning the chart over turns the signal', () => {
  const percents = fc.array(
    fc.integer({ min: 0, max: 20 }).map((n) => n / 20),
    { maxLength: 30 },
  )
  fc.assert(
    fc.property(percents, (values) => {
      const { median: middle, signal } = runChart(values)
      if (middle === null) {
        expect(values.length).toBeLessThan(6)
        return
      }
      const below = values.filter((value) => value < middle - 1e-9).length
      expect(below).toBeLessThanOrEqual(values.length / 2)
      if (signal) {
        const among = values.slice(signal.from, signal.to + 1)
        const beyond = among.filter((value) => (signal.side === 'over' ? value > middle + 1e-9 : value < middle - 1e-9))
        expect(beyond.length).toBe(signal.points)
        expect(signal.points).toBeGreaterThanOrEqual(6)
        expect(among.length - beyond.length).toBe(among.filter((value) => Math.abs(value - middle) <= 1e-9).length)
      }
      const over = runChart(values.map((value) => 1 - value)).signal
      expect(over && { ...over, side: over.side === 'over' ? 'under' : 'over' }).toEqual(signal)
    }),
  )
})
