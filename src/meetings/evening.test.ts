import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  defaultAgenda,
  gathered,
  minutesOf,
  type Statement,
  statementKinds,
  talkAt,
  voicesForWall,
  wallOf,
} from './evening.ts'

const statement = (ordinal: number, over: Partial<Statement> = {}): Statement => ({
  id: `s${ordinal}`,
  ordinal,
  kind: 'hope',
  text: `ord ${ordinal}`,
  lang: 'da',
  medium: 'phone',
  state: 'shown',
  hiddenWhy: null,
  openTo: 'hall',
  theme: null,
  recognised: 0,
  rev: 1,
  ...over,
})

const anyStatements = fc.array(
  fc.record({
    kind: fc.constantFrom(...statementKinds),
    state: fc.constantFrom('shown' as const, 'hidden' as const),
    text: fc.constantFrom('Bussen', 'bussen!', 'Lyset i hallen', '🚌', 'لا أحد يسأل', 'Nøglen'),
    recognised: fc.nat(40),
  }),
  { maxLength: 30 },
)
const made = (given: readonly Partial<Statement>[]) => given.map((one, place) => statement(place + 1, one))

describe('what stands on the wall', () => {
  test('nothing stands there before five people have said something', () => {
    fc.assert(
      fc.property(anyStatements, fc.integer({ min: 0, max: voicesForWall - 1 }), (given, voices) => {
        expect(wallOf({ voices, statements: made(given) })).toEqual({ kind: 'too-few', voices })
      }),
    )
  })

  test('what is unbearable never stands without a hope or a resource', () => {
    fc.assert(
      fc.property(anyStatements, (given) => {
        const wall = wallOf({ voices: voicesForWall, statements: made(given) })
        if (wall.kind === 'too-few') throw new Error('five have said something')
        const kinds = new Set(wall.said.map(({ first }) => first.kind))
        expect(kinds.has('unbearable') && !kinds.has('hope') && !kinds.has('resource')).toBe(false)
      }),
    )
  })

  test('what was taken down is not there, and everything else is, or is said to wait', () => {
    fc.assert(
      fc.property(anyStatements, (given) => {
        const all = made(given)
        const wall = wallOf({ voices: 40, statements: all })
        if (wall.kind === 'too-few') throw new Error('forty have said something')
        const there = wall.said.flatMap(({ ids }) => ids)
        const shown = all.filter(({ state }) => state === 'shown')
        expect(there.length + (wall.kind === 'no-hope-yet' ? wall.waiting : 0)).toBe(shown.length)
        expect(there.every((id) => shown.some((one) => one.id === id))).toBe(true)
      }),
    )
  })
})

describe('the same words', () => {
  test('what forty people say alike is shown once, and says that forty have said it', () => {
    const forty = Array.from({ length: 40 }, (_, place) =>
      statement(place + 1, { text: place % 2 ? 'Bussen kører ikke.' : '  bussen kører  IKKE', recognised: 2 }),
    )
    const [said, ...others] = gathered(forty)
    expect(others).toEqual([])
    expect(said).toMatchObject({ times: 40, recognised: 80, first: { id: 's1' } })
  })

  test('the same words of another kind are something else', () => {
    expect(
      gathered([statement(1, { text: 'Hallen' }), statement(2, { text: 'Hallen', kind: 'unbearable' })]),
    ).toHaveLength(2)
  })

  test('emoji are compared as they stand', () => {
    expect(
      gathered([statement(1, { text: '🚌' }), statement(2, { text: '🌞' }), statement(3, { text: '🚌' })]),
    ).toHaveLength(2)
  })

  test('no statement and no recognition is lost or counted twice', () => {
    fc.assert(
      fc.property(anyStatements, (given) => {
        const all = made(given)
        const said = gathered(all)
        expect(said.flatMap(({ ids }) => ids).sort()).toEqual(all.map(({ id }) => id).sort())
        expect(said.reduce((sum, { recognised }) => sum + recognised, 0)).toBe(
          all.reduce((sum, { recognised }) => sum + recognised, 0),
        )
      }),
    )
  })
})

describe('time', () => {
  test('talk time goes on for the one who speaks, and for nobody else', () => {
    const since = new Date('2027-03-14T18:00:00Z')
    const talk = { residentsMs: 60_000, municipalityMs: 5000, talking: 'residents' as const, since }
    expect(talkAt(talk, new Date('2027-03-14T18:00:30Z'))).toEqual({ residents: 90_000, municipality: 5000 })
    // A clock that was set back takes nothing away.
    expect(talkAt(talk, new Date('2027-03-14T17:00:00Z'))).toEqual({ residents: 60_000, municipality: 5000 })
  })

  test('the default plan takes 90 minutes, and informs nobody', () => {
    expect(minutesOf(defaultAgenda)).toBe(90)
    expect(defaultAgenda.some(({ kind }) => kind === 'inform')).toBe(false)
    expect(minutesOf([])).toBe(90)
  })
})
