import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Answer, add, answeredOf, type Counts, tally, yesOf } from './answers.ts'
import { type Audience, publish } from './published.ts'
import { mayRelease } from './release.ts'

/** A question where so many said yes of so many. */
const said = (yes: number, of: number): Counts => [yes, 0, of - yes, 0, 0]

/** A batch in a meeting with one question that everyone answered. */
const joins = (frozen: Counts, late: Counts, smallPlace = false) =>
  mayRelease([{ frozen, late }], { cards: answeredOf(late), smallPlace })

const twelveOf20 = said(12, 20)

describe('how many late cards', () => {
  test('four late cards wait, five may join', () => {
    expect(joins(twelveOf20, said(2, 4))).toBe(false)
    expect(joins(twelveOf20, said(2, 5))).toBe(true)
    expect(joins(twelveOf20, said(3, 5))).toBe(true)
  })

  test('in a place of fewer than 100 residents nine late cards wait, ten may join', () => {
    expect(joins(twelveOf20, said(4, 9), true)).toBe(false)
    expect(joins(twelveOf20, said(4, 10), true)).toBe(true)
  })

  test('a place is not small unless it is said', () => {
    expect(mayRelease([{ frozen: twelveOf20, late: said(2, 5) }], { cards: 5 })).toBe(true)
  })

  test('a question that four of the late cards answered holds them all back; one that none answered does not', () => {
    const mixed = { frozen: twelveOf20, late: said(2, 5) }
    expect(mayRelease([mixed, { frozen: twelveOf20, late: said(2, 4) }], { cards: 6 })).toBe(false)
    expect(mayRelease([mixed, { frozen: twelveOf20, late: said(2, 5) }], { cards: 6 })).toBe(true)
    expect(mayRelease([mixed, { frozen: twelveOf20, late: said(0, 0) }], { cards: 6 })).toBe(true)
    const blank = { frozen: twelveOf20, late: said(0, 0) }
    expect([4, 5].map((cards) => mayRelease([blank], { cards }))).toEqual([false, true])
  })

  test('one question that would tell on somebody holds the whole batch back', () => {
    const mixed = { frozen: twelveOf20, late: said(3, 6) }
    expect(mayRelease([mixed, mixed, { frozen: twelveOf20, late: said(1, 6) }], { cards: 6 })).toBe(false)
    expect(mayRelease([{ frozen: twelveOf20, late: said(5, 6) }, mixed, mixed], { cards: 6 })).toBe(false)
    expect(mayRelease([mixed, mixed, mixed], { cards: 6 })).toBe(true)
  })

  test.each([
    { frozen: twelveOf20, late: said(3, 7), cards: 6 },
    { frozen: twelveOf20, late: said(3, 6), cards: 6.5 },
    { frozen: twelveOf20, late: said(0, 0), cards: Number.NaN },
    { frozen: twelveOf20, late: said(-1, 6), cards: 6 },
    { frozen: said(-1, 6), late: said(3, 6), cards: 6 },
  ])('numbers that no batch can give are refused: %o', ({ frozen, late, cards }) => {
    expect(() => mayRelease([{ frozen, late }], { cards })).toThrow(RangeError)
  })

  test('the words of the error name the cards and the answers', () => {
    expect(() => mayRelease([{ frozen: twelveOf20, late: said(3, 7) }], { cards: 6 })).toThrow(
      '6 cards cannot hold 7 answers',
    )
  })
})

describe('late cards that nearly agree', () => {
  const joining = (frozen: Counts, cards: number) =>
    Array.from({ length: cards + 1 }, (_, yes) => yes).filter((yes) => joins(frozen, said(yes, cards)))

  test('stay out while they are fewer than twenty', () => {
    expect(joining(twelveOf20, 5)).toEqual([2, 3])
    expect(joining(said(3, 6), 5)).toEqual([2, 3])
    expect(joining(twelveOf20, 19)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17])
  })

  test('join when they are twenty', () => {
    expect(joining(twelveOf20, 20)).toHaveLength(21)
    expect(joining(said(3, 6), 20)).toHaveLength(21)
  })

  test('are counted by those who answered the question, not by the cards', () => {
    const { frozen, late } = { frozen: twelveOf20, late: said(19, 19) }
    expect(mayRelease([{ frozen, late }], { cards: 25 })).toBe(false)
  })

  test('join when nothing was shown that they could be subtracted from', () => {
    expect(joining(said(2, 4), 5)).toEqual([0, 1, 2, 3, 4, 5])
    expect(joins(said(4, 9), said(10, 10), true)).toBe(true)
    expect(joins(said(4, 9), said(10, 10), false)).toBe(false)
  })
})

describe('late cards after "almost all" or "almost none"', () => {
  test('18 of 20 after "almost all" of 14 would tell that all 14 had said yes', () => {
    expect(joins(said(14, 14), said(4, 6))).toBe(false)
  })

  test('join by the new total alone, so that it does not tell which of the two it was', () => {
    const totals = (frozen: Counts, cards: number) =>
      Array.from({ length: cards + 1 }, (_, yes) => yes)
        .filter((yes) => joins(frozen, said(yes, cards)))
        .map((yes) => yes + yesOf(frozen))
    expect(totals(said(14, 14), 6)).toEqual([16, 17])
    expect(totals(said(13, 14), 6)).toEqual([16, 17])
    expect(totals(said(0, 14), 6)).toEqual([3, 4])
    expect(totals(said(1, 14), 6)).toEqual([3, 4])
    expect(totals(said(12, 14), 6)).toEqual([14, 15, 16])
  })

  test('must be mixed also when they are twenty, or a refusal would say that everyone agreed', () => {
    expect(joins(said(14, 14), said(20, 20))).toBe(false)
    expect(joins(said(14, 14), said(17, 20))).toBe(true)
    expect(joins(said(0, 14), said(0, 20))).toBe(false)
  })
})

test('a batch is asked once: five refused for one yes and six let in with two would tell that the sixth said yes', () => {
  expect(joins(twelveOf20, said(1, 5))).toBe(false)
  expect(joins(twelveOf20, said(2, 6))).toBe(true)
})

describe('one who subtracts every version from every later one', () => {
  const answer = fc.option(fc.constantFrom<Answer[]>(1, 2, 3, 4, 5), { freq: 12 })
  const card = fc.tuple(answer, answer, answer)
  const pile = (most: number) => fc.array(card, { maxLength: most, size: 'max' })
  type Card = [Answer | null, Answer | null, Answer | null]
  const count = (cards: Card[]) =>
    ([0, 1, 2] as const).map((question) => tally(cards.map((card) => card[question]).filter((given) => given !== null)))

  /** Every yes that the community may believe in, after what it was shown. */
  const readings = (counts: Counts, smallPlace: boolean) => {
    const answered = answeredOf(counts)
    const show = (yes: number) =>
      JSON.stringify(publish({ yes, answered, attended: null, audience: 'community', smallPlace }))
    return Array.from({ length: answered + 1 }, (_, yes) => yes).filter((yes) => show(yes) === show(yesOf(counts)))
  }

  test('finds no group under the minimum and no unanimous or nearly unanimous group under twenty', () => {
    let differences = 0
    let sums = 0
    fc.assert(
      fc.property(
        pile(30),
        fc.array(pile(24), { maxLength: 8, size: 'max' }),
        fc.boolean(),
        (onTime, batches, smallPlace) => {
          const versions = [count(onTime)]
          for (const cards of batches) {
            const questions = count(cards).map((late, question) => {
              const frozen = versions.at(-1)?.[question]
              if (frozen === undefined) throw new Error('every version has every question')
              return { frozen, late }
            })
            if (!mayRelease(questions, { cards: cards.length, smallPlace })) continue
            versions.push(questions.map(({ frozen, late }) => add(frozen, late)))
          }
          versions.forEach((later, j) => {
            versions.slice(0, j).forEach((earlier, i) => {
              earlier.forEach((before, question) => {
                const after = later[question]
                if (after === undefined) throw new Error('every version has every question')
                if (answeredOf(before) < (smallPlace ? 10 : 5)) return
                const of = answeredOf(after) - answeredOf(before)
                if (of === 0) return
                expect(of).toBeGreaterThanOrEqual(smallPlace ? 10 : 5)
                if (of >= 20) return
                differences++
                if (j > i + 1) sums++
                for (const was of readings(before, smallPlace)) {
                  for (const is of readings(after, smallPlace)) {
                    expect(is - was).toBeGreaterThanOrEqual(2)
                    expect(is - was).toBeLessThanOrEqual(of - 2)
                  }
                }
              })
            })
          })
        },
      ),
      { numRuns: 600 },
    )
    expect(differences).toBeGreaterThan(500)
    expect(sums).toBeGreaterThan(10)
  })
})

describe('one who knows the rules, who was late, and which batches were refused', () => {
  /**
   * Goes through every way a meeting with one question can have gone, puts together those that look the same, and gives the groups
   * whose yes is then certain though it should not be. With more questions a refusal says less and a release the same.
   */
  function givenAway(onTime: number, batches: readonly number[], audience: Audience, smallPlace: boolean): string[] {
    const piles = [onTime, ...batches]
    const worlds = piles.reduce<number[][]>(
      (worlds, cards) => worlds.flatMap((world) => Array.from({ length: cards + 1 }, (_, yes) => [...world, yes])),
      [[]],
    )
    const lookingAlike = new Map<string, number[][]>()
    for (const [first = 0, ...late] of worlds) {
      let frozen = said(first, onTime)
      const show = () => publish({ counts: frozen, attended: null, audience, smallPlace })
      const seen: unknown[] = [show()]
      late.forEach((yes, index) => {
        const batch = said(yes, batches[index] ?? 0)
        const joined = joins(frozen, batch, smallPlace)
        if (joined) frozen = add(frozen, batch)
        seen.push(joined, show())
      })
      // A total of twenty or more may say that everyone agrees, and then it says so of each part.
      if (answeredOf(frozen) >= 20 && (yesOf(frozen) === 0 || yesOf(frozen) === answeredOf(frozen))) continue
      const sight = JSON.stringify(seen)
      lookingAlike.set(sight, [...(lookingAlike.get(sight) ?? []), [first, ...late]])
    }
    const found: string[] = []
    for (const [sight, alike] of lookingAlike) {
      for (let group = 1; group < 2 ** piles.length; group++) {
        const within = (numbers: readonly number[]) =>
          numbers.filter((_, pile) => group & (1 << pile)).reduce((sum, number) => sum + number, 0)
        const of = within(piles)
        const possible = new Set(alike.map(within))
        const [certain = 0] = possible
        if (of === 0 || of >= 20 || possible.size > 1) continue
        if (of < (smallPlace ? 10 : 5) || certain < 2 || of - certain < 2)
          found.push(`${certain} of ${of} in ${piles}: ${sight}`)
      }
    }
    return found
  }

  const from = (low: number, high: number) => Array.from({ length: high - low + 1 }, (_, step) => low + step)
  const audiences: Audience[] = ['community', 'municipality']

  test.each(audiences)('is certain of nobody after one batch (%s)', (audience) => {
    for (const onTime of from(0, 21)) {
      for (const batch of from(1, 22)) expect(givenAway(onTime, [batch], audience, false)).toEqual([])
    }
  })

  test.each(audiences)('is certain of nobody after two batches (%s)', (audience) => {
    for (const onTime of from(0, 10)) {
      for (const batches of [
        [5, 5],
        [5, 6],
        [6, 5],
        [7, 8],
        [4, 5],
        [5, 20],
      ])
        expect(givenAway(onTime, batches, audience, false)).toEqual([])
    }
  })

  test.each(audiences)('is certain of nobody in a place of fewer than 100 residents (%s)', (audience) => {
    for (const onTime of [0, 1, 4, 5, 9, 10, 11, 19, 20]) {
      for (const batches of [[9], [10], [11], [19], [20], [21]])
        expect(givenAway(onTime, batches, audience, true)).toEqual([])
    }
    expect(givenAway(9, [10, 10], audience, true)).toEqual([])
    expect(givenAway(10, [10, 11], audience, true)).toEqual([])
  })
})
