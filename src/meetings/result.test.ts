import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Counted, resultFor } from './result.ts'

const meeting = (who: [number, number][], more: Partial<Counted> = {}): Counted => ({
  cards: 40,
  attended: 50,
  residents: 538,
  tally: new Map([
    [
      'INF',
      new Map([
        [1, 20],
        [3, 20],
      ]),
    ],
    [
      'ABLE',
      new Map([
        [2, 30],
        [5, 10],
      ]),
    ],
    [
      'COUR',
      new Map([
        [1, 8],
        [4, 32],
      ]),
    ],
    ['WHO', new Map(who)],
  ]),
  ...more,
})
const talks = (who: [number, number][]) => resultFor('community', meeting(who)).talks

describe('how many talks it makes', () => {
  test('is the numbers added up, when many said different ones', () => {
    expect(
      talks([
        [0, 8],
        [1, 14],
        [2, 12],
        [3, 6],
        [5, 2],
      ]),
    ).toBe(66)
  })

  test('is not said when fewer than five mean to talk: the sum would be their numbers', () => {
    expect(
      talks([
        [0, 30],
        [7, 4],
      ]),
    ).toBeNull()
  })

  test('is not said when it shows that nearly all of fewer than twenty said the same', () => {
    expect(
      talks([
        [0, 4],
        [1, 8],
      ]),
    ).toBeNull()
    expect(
      talks([
        [0, 4],
        [1, 7],
        [2, 1],
      ]),
    ).toBeNull()
    expect(
      talks([
        [0, 4],
        [20, 8],
      ]),
    ).toBeNull()
    expect(
      talks([
        [0, 4],
        [1, 25],
      ]),
    ).toBe(25)
  })
})

test('the municipality never sees a number that the community does not', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(30), { minLength: 5, maxLength: 5 }),
      fc.option(fc.nat(200)),
      fc.constantFrom(60, 538, null),
      (counts, attended, residents) => {
        const tally = new Map([['INF' as const, new Map(counts.map((n, place) => [place + 1, n]))]])
        const cards = counts.reduce((sum, n) => sum + n, 0)
        const body = (audience: 'community' | 'municipality') =>
          resultFor(audience, { cards, tally, attended, residents })
        const shown = body('municipality').questions.INF
        if (shown.kind !== 'too-few') expect(shown).toEqual(body('community').questions.INF)
      },
    ),
  )
})

test('a place of fewer than a hundred needs ten answers', () => {
  const few = {
    cards: 9,
    tally: new Map([
      [
        'INF' as const,
        new Map([
          [1, 5],
          [3, 4],
        ]),
      ],
    ]),
    attended: 12,
  }
  expect(resultFor('community', { ...few, residents: 95 }).questions.INF).toEqual({ kind: 'too-few' })
  expect(resultFor('community', { ...few, residents: 100 }).questions.INF).toEqual({
    kind: 'words',
    yes: 5,
    answered: 9,
  })
})
