import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Audience, CROWD, type Heard, minimumAnswers, publish } from './published.ts'

const toCommunity = (yes: number, answered: number) => publish({ yes, answered, attended: null, audience: 'community' })
const toMunicipality = (yes: number, answered: number) =>
  publish({ yes, answered, attended: null, audience: 'municipality' })
const inSmallPlace = (yes: number, answered: number) =>
  publish({ yes, answered, attended: null, audience: 'community', smallPlace: true })

describe('too few answers', () => {
  test('a share of four answers is not shown', () => {
    expect(toCommunity(2, 4)).toEqual({ kind: 'too-few' })
    expect(toMunicipality(2, 4)).toEqual({ kind: 'too-few' })
    expect(toCommunity(0, 0)).toEqual({ kind: 'too-few' })
  })

  test('five answers are told to the community in words', () => {
    expect(toCommunity(2, 5)).toEqual({ kind: 'words', yes: 2, answered: 5 })
    expect(toCommunity(3, 5)).toEqual({ kind: 'words', yes: 3, answered: 5 })
  })

  test('nine answers are words to the community and nothing to the municipality', () => {
    expect(toCommunity(5, 9)).toEqual({ kind: 'words', yes: 5, answered: 9 })
    expect(toMunicipality(5, 9)).toEqual({ kind: 'too-few' })
  })

  test('the municipality does not learn from five to nine answers that they nearly agree', () => {
    expect(toMunicipality(9, 9)).toEqual({ kind: 'too-few' })
    expect(toMunicipality(0, 5)).toEqual({ kind: 'too-few' })
  })

  test('ten answers are a share, to both', () => {
    expect(toCommunity(5, 10)).toMatchObject({ kind: 'share', percent: 50 })
    expect(toMunicipality(5, 10)).toEqual(toCommunity(5, 10))
  })

  test('in a place of fewer than 100 residents nine answers are too few, and ten are a share', () => {
    expect(inSmallPlace(5, 9)).toEqual({ kind: 'too-few' })
    expect(inSmallPlace(9, 9)).toEqual({ kind: 'too-few' })
    expect(inSmallPlace(5, 10)).toEqual(toCommunity(5, 10))
    expect([minimumAnswers(false), minimumAnswers(true)]).toEqual([5, 10])
  })

  test('a place that is not small is any other place', () => {
    expect(publish({ yes: 3, answered: 5, attended: null, audience: 'community', smallPlace: false })).toEqual(
      toCommunity(3, 5),
    )
  })
})

describe('a group that nearly agrees', () => {
  test('of five answers, all or all but one are "almost all", none or one "almost none"', () => {
    expect(toCommunity(5, 5)).toEqual({ kind: 'almost-all', answered: 5 })
    expect(toCommunity(4, 5)).toEqual({ kind: 'almost-all', answered: 5 })
    expect(toCommunity(1, 5)).toEqual({ kind: 'almost-none', answered: 5 })
    expect(toCommunity(0, 5)).toEqual({ kind: 'almost-none', answered: 5 })
  })

  test('nineteen answers are still told in words when they nearly agree', () => {
    for (const audience of [toCommunity, toMunicipality, inSmallPlace]) {
      expect(audience(0, 19)).toEqual({ kind: 'almost-none', answered: 19 })
      expect(audience(1, 19)).toEqual({ kind: 'almost-none', answered: 19 })
      expect(audience(2, 19)).toMatchObject({ kind: 'share', yes: 2 })
      expect(audience(17, 19)).toMatchObject({ kind: 'share', yes: 17 })
      expect(audience(18, 19)).toEqual({ kind: 'almost-all', answered: 19 })
      expect(audience(19, 19)).toEqual({ kind: 'almost-all', answered: 19 })
    }
  })

  test('twenty answers are a share, also when everyone agrees', () => {
    expect(CROWD).toBe(20)
    expect(toCommunity(0, 20)).toMatchObject({ kind: 'share', percent: 0, low: 0, high: 16 })
    expect(toCommunity(1, 20)).toMatchObject({ kind: 'share', percent: 5 })
    expect(toCommunity(19, 20)).toMatchObject({ kind: 'share', percent: 95 })
    expect(toCommunity(20, 20)).toMatchObject({ kind: 'share', percent: 100, low: 84, high: 100 })
  })
})

describe('a share', () => {
  test('16 of 25 is 64 percent, between 45 and 80', () => {
    expect(toCommunity(16, 25)).toEqual({
      kind: 'share',
      yes: 16,
      answered: 25,
      percent: 64,
      low: 45,
      high: 80,
      attended: null,
      response: null,
      boundsFirst: false,
      bounds: null,
    })
  })

  test('26 of 32 with 60 present shows that it could be anything from 43 to 90 percent, and shows it first', () => {
    expect(publish({ yes: 26, answered: 32, attended: 60, audience: 'municipality' })).toEqual({
      kind: 'share',
      yes: 26,
      answered: 32,
      percent: 81,
      low: 65,
      high: 91,
      attended: 60,
      response: 53,
      boundsFirst: true,
      bounds: { low: 43, high: 90 },
    })
  })

  test('the bounds come first only when fewer than 60 percent answered', () => {
    const boundsFirst = (answered: number, attended: number | null) => {
      const shown = publish({ yes: 10, answered, attended, audience: 'community' })
      return shown.kind === 'share' && shown.boundsFirst
    }
    expect(boundsFirst(30, 50)).toBe(false)
    expect(boundsFirst(29, 50)).toBe(true)
    expect(boundsFirst(30, 51)).toBe(true)
    expect(boundsFirst(599, 1000)).toBe(true)
    expect(boundsFirst(600, 1000)).toBe(false)
    expect(boundsFirst(30, null)).toBe(false)
  })

  test('exactly 60 percent is exactly 60 percent in every hall', () => {
    for (let fifth = 4; fifth < 2_000; fifth++) {
      const of = { yes: fifth, attended: 5 * fifth, audience: 'community' } as const
      expect(publish({ ...of, answered: 3 * fifth })).toMatchObject({ boundsFirst: false })
      expect(publish({ ...of, answered: 3 * fifth - 1 })).toMatchObject({ boundsFirst: true })
    }
  })

  test('a list with fewer names than answers counts as all who answered', () => {
    const full = { attended: 25, response: 100, boundsFirst: false, bounds: { low: 64, high: 64 } }
    expect(publish({ yes: 16, answered: 25, attended: 25, audience: 'community' })).toMatchObject(full)
    expect(publish({ yes: 16, answered: 25, attended: 24, audience: 'community' })).toMatchObject(full)
    expect(publish({ yes: 16, answered: 25, attended: 0, audience: 'community' })).toMatchObject(full)
  })

  test('half a percent goes up, in the share and in its bounds', () => {
    const all = publish({ yes: 29, answered: 200, attended: 200, audience: 'community' })
    expect(all).toMatchObject({ percent: 15, bounds: { low: 15, high: 15 } })
  })
})

describe('the numbers of a meeting', () => {
  test('ved ikke counts among the answers', () => {
    expect(publish({ counts: [10, 6, 4, 3, 2], attended: null, audience: 'community' })).toEqual(toCommunity(16, 25))
  })

  test('each question is judged by its own answers when someone skipped one', () => {
    const influence = publish({ counts: [2, 1, 1, 1, 0], attended: 12, audience: 'community' })
    const courage = publish({ counts: [2, 1, 1, 0, 0], attended: 12, audience: 'community' })
    expect(influence).toEqual({ kind: 'words', yes: 3, answered: 5 })
    expect(courage).toEqual({ kind: 'too-few' })
  })

  test.each<Heard>([
    { yes: 6, answered: 5, attended: null, audience: 'community' },
    { yes: -1, answered: 5, attended: null, audience: 'community' },
    { yes: 1.5, answered: 4, attended: null, audience: 'community' },
    { yes: 1, answered: Number.NaN, attended: null, audience: 'municipality' },
    { yes: 1, answered: 3, attended: -1, audience: 'community' },
    { yes: 3, answered: 30, attended: 40.5, audience: 'community' },
    { counts: [5, -1, 3, 3, 3], attended: null, audience: 'community' },
  ])('numbers that no meeting can give are refused: %o', (heard) => {
    expect(() => publish(heard)).toThrow(RangeError)
  })
})

describe('what is hidden stays hidden', () => {
  const audiences: Audience[] = ['community', 'municipality']
  const places = fc.record({
    answered: fc.integer({ min: 0, max: 40 }),
    attended: fc.option(fc.nat(80)),
    audience: fc.constantFrom(...audiences),
    smallPlace: fc.boolean(),
  })

  test('every yes behind a state that hides it gives the same object, and there are always two or nobody', () => {
    fc.assert(
      fc.property(places, (place) => {
        const seen = new Map<string, Set<string>>()
        const yesBehind = new Map<string, number>()
        for (let yes = 0; yes <= place.answered; yes++) {
          const shown = publish({ ...place, yes })
          if (shown.kind === 'words' || shown.kind === 'share') continue
          seen.set(shown.kind, (seen.get(shown.kind) ?? new Set()).add(JSON.stringify(shown)))
          yesBehind.set(shown.kind, (yesBehind.get(shown.kind) ?? 0) + 1)
        }
        for (const objects of seen.values()) expect(objects.size).toBe(1)
        for (const [kind, many] of yesBehind) expect(many).toBe(kind === 'too-few' ? place.answered + 1 : 2)
      }),
      { numRuns: 2_000 },
    )
  })

  test('no share under five, no percent under ten, no unanimous or nearly unanimous total under twenty', () => {
    fc.assert(
      fc.property(places, fc.nat(40), (place, some) => {
        const yes = Math.min(some, place.answered)
        const shown = publish({ ...place, yes })
        if (place.answered < 5) expect(shown).toEqual({ kind: 'too-few' })
        if (place.answered < 10) expect(shown).not.toHaveProperty('percent')
        if (place.answered < 10 && place.smallPlace) expect(shown).toEqual({ kind: 'too-few' })
        if (place.answered < 10 && place.audience === 'municipality') expect(shown).toEqual({ kind: 'too-few' })
        if (place.answered < 20 && (yes < 2 || place.answered - yes < 2)) expect(shown).not.toHaveProperty('yes')
      }),
      { numRuns: 2_000 },
    )
  })

  test('the municipality sees the same as the community, or nothing', () => {
    fc.assert(
      fc.property(places, fc.nat(40), (place, some) => {
        const yes = Math.min(some, place.answered)
        const shown = publish({ ...place, yes, audience: 'municipality' })
        if (shown.kind !== 'too-few') expect(shown).toEqual(publish({ ...place, yes, audience: 'community' }))
      }),
    )
  })

  test('a share is in order: low, percent, high, and its bounds around the percent', () => {
    fc.assert(
      fc.property(places, fc.nat(40), (place, some) => {
        const shown = publish({ ...place, yes: Math.min(some, place.answered) })
        if (shown.kind !== 'share') return
        const order = [0, shown.low, shown.percent, shown.high, 100]
        expect(order).toEqual(order.toSorted((a, b) => a - b))
        if (shown.bounds === null) return
        const around = [0, shown.bounds.low, shown.percent, shown.bounds.high, 100]
        expect(around).toEqual(around.toSorted((a, b) => a - b))
      }),
    )
  })
})
