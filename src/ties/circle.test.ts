import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  circleOf,
  couldCall,
  introductions,
  lostTouch,
  mostOnMap,
  type OwnSource,
  speakOfTheSame,
  spotsOf,
} from './circle.ts'

const today = '2027-03-14'
const source = (name: string, on: string, more: Partial<OwnSource> = {}): OwnSource => ({
  other: name,
  name,
  staff: false,
  choice: null,
  kind: 'talk',
  on,
  ...more,
})
const four = [
  source('Birthe', '2027-03-01'),
  source('Birthe', '2026-12-01', { kind: 'team' }),
  source('Ole', '2026-08-01'),
  source('Amira', '2027-03-10', { staff: true }),
  source('Jens', '2027-02-01', { choice: 'removed' }),
  source('Åse', '2027-02-01', { choice: 'hidden' }),
]

describe('my circle', () => {
  test('has the nearest first, with all that makes the tie; what was taken away stands apart', () => {
    const circle = circleOf(four, today)
    expect(circle.people.map(({ name, ring, lost }) => [name, ring, lost])).toEqual([
      ['Birthe', 'near', false],
      ['Amira', 'middle', false],
      ['Åse', 'middle', false],
      ['Ole', 'far', true],
    ])
    expect(circle.people[0]).toMatchObject({ last: '2027-03-01', sources: [{ kind: 'talk' }, { kind: 'team' }] })
    expect(circle.removed).toEqual([{ id: 'Jens', name: 'Jens', staff: false }])
  })

  test('says whom I could call tomorrow and whom I lost touch with: neighbours, a handful', () => {
    const circle = circleOf(four, today)
    expect(couldCall(circle).map(({ name }) => name)).toEqual(['Birthe', 'Åse'])
    expect(lostTouch(circle).map(({ name }) => name)).toEqual(['Ole'])
    const many = circleOf(
      Array.from({ length: 30 }, (_, n) => source(`Nabo ${n}`, today)),
      today,
    )
    expect(couldCall(many)).toHaveLength(5)
  })

  test('is empty when there is nothing, and when all is a year old', () => {
    expect(circleOf([], today)).toEqual({ people: [], removed: [] })
    expect(circleOf([source('Ole', '2026-03-14')], today).people).toEqual([])
  })

  test('names nobody twice, and is in falling order of weight, whatever happened', () => {
    const some = fc.record({
      other: fc.constantFrom('a', 'b', 'c', 'd'),
      days: fc.integer({ min: -5, max: 500 }),
      kind: fc.constantFrom('talk' as const, 'team' as const),
    })
    fc.assert(
      fc.property(fc.array(some, { maxLength: 20 }), (all) => {
        const { people } = circleOf(
          all.map(({ other, days, kind }) =>
            source(other, new Date(Date.parse(today) - days * 86_400_000).toISOString().slice(0, 10), { kind }),
          ),
          today,
        )
        expect(new Set(people.map(({ id }) => id)).size).toBe(people.length)
        expect(people.every(({ weight }, at) => at === 0 || weight <= (people[at - 1]?.weight ?? 0))).toBe(true)
      }),
    )
  })
})

describe('who could meet', () => {
  test('are two who speak of the same thing, in whatever ending of the word', () => {
    expect(speakOfTheSame('at bage brød', 'Jeg bager gerne til fester')).toBe(true)
    expect(speakOfTheSame('ordner cykler', 'cykelture')).toBe(false)
    expect(speakOfTheSame('jeg vil gerne hjælpe med noget', 'vil gerne hjælpe andre')).toBe(false)
    expect(speakOfTheSame('', '')).toBe(false)
  })

  test('at most three pairs, the nearest to me first, and nobody I have hidden or who is at work', () => {
    const circle = circleOf(four, today)
    const pair = (one: string, two: string) => ({ one, two, oneAbout: 'at bage', twoAbout: 'bager kage' })
    const found = introductions(circle, [
      pair('Ole', 'Birthe'),
      pair('Birthe', 'Åse'),
      pair('Birthe', 'Amira'),
      pair('Birthe', 'Nobody'),
    ])
    expect(found.map(({ one, two }) => [one.name, two.name])).toEqual([['Ole', 'Birthe']])
    const many = circleOf(
      Array.from({ length: 6 }, (_, n) => source(`${n}`, today)),
      today,
    )
    const pairs = [pair('0', '1'), pair('2', '3'), pair('4', '5'), pair('0', '5')]
    expect(introductions(many, pairs)).toHaveLength(3)
  })
})

describe('the map', () => {
  test('has room for twenty-four: each apart from the others and from the middle, the nearest in the middle', () => {
    for (let many = 0; many <= 40; many++) {
      const spots = spotsOf(many)
      expect(spots).toHaveLength(Math.min(many, mostOnMap))
      for (const [at, a] of spots.entries()) {
        expect(Math.hypot(a.x, a.y)).toBeGreaterThan(0.23)
        expect(Math.hypot(a.x, a.y)).toBeLessThanOrEqual(1.0001)
        for (const b of spots.slice(at + 1)) {
          expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(0.22)
          expect(Math.hypot(b.x, b.y)).toBeGreaterThan(Math.hypot(a.x, a.y))
        }
      }
    }
  })
})
