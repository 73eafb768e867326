// The comparison of a rehearsal: it takes what is right, and finds what is not.
import { expect, test } from 'vitest'
import { chanceOf } from './chance.ts'
import type { Card, Said } from './phone.ts'
import { type Asked, agrees, linesOf } from './tally.ts'

const phone = (...cards: (Card | null)[]): Said => ({ way: 'plain', cards, late: false, next: null, who: null })
const counted = (question: Asked, counts: Record<number, number>) =>
  new Map([[question, new Map(Object.entries(counts).map(([answer, n]) => [Number(answer), n]))]])

test('of two tabs either is right, and both at once are not', () => {
  const phones = [phone([1, 1, 1]), phone([1, 1, 1], [2, 2, 2])]
  expect(agrees('INF', phones, counted('INF', { 1: 2 }))).toBe(true)
  expect(agrees('INF', phones, counted('INF', { 1: 1, 2: 1 }))).toBe(true)
  expect(agrees('INF', phones, counted('INF', { 1: 2, 2: 1 }))).toBe(false)
  expect(agrees('INF', phones, counted('INF', { 1: 1 }))).toBe(false)
})

test('a card without thanks may be counted or not, and the others must be', () => {
  const phones = [phone([3, 3, 3], null), phone([4, 4, 4])]
  expect(agrees('COUR', phones, counted('COUR', { 4: 1 }))).toBe(true)
  expect(agrees('COUR', phones, counted('COUR', { 3: 1, 4: 1 }))).toBe(true)
  expect(agrees('COUR', phones, counted('COUR', { 3: 1 }))).toBe(false)
})

test('those who may be one of two are moved until everybody fits, and one answer too many is found', () => {
  for (let seed = 1; seed <= 50; seed++) {
    const chance = chanceOf(seed)
    const answer = () => chance.between(1, 5)
    const phones = Array.from({ length: 80 }, () => {
      const card = (): Card => [answer(), answer(), answer()]
      return chance.next() < 0.4 ? phone(card(), card()) : phone(card())
    })
    const right = new Map<number, number>()
    for (const { cards } of phones) {
      const one = chance.pick(cards as [Card, ...Card[]])[0] ?? 0
      right.set(one, (right.get(one) ?? 0) + 1)
    }
    expect(agrees('INF', phones, new Map([['INF', right]])), `seed ${seed}`).toBe(true)
    const certain = linesOf(phones, new Map()).find((line) => line.question === 'INF' && line.least > 0)
    const wrong = new Map(right).set(certain?.answer ?? 1, (certain?.least ?? 1) - 1)
    expect(agrees('INF', phones, new Map([['INF', wrong]])), `seed ${seed}`).toBe(false)
  }
})
