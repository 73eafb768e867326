import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { letterDay, type MeetingToTell, type Reader, readStopToken, stopToken, weekLetters } from './week-letter.ts'

const at = (iso: string) => letterDay(new Date(iso), 'Europe/Copenhagen')

describe('the letter of the week', () => {
  test('goes out on Thursdays from eight, by the clock of the place, in winter and in summer', () => {
    expect(at('2027-03-11T06:59:00Z')).toBeNull()
    expect(at('2027-03-11T07:00:00Z')).toBe('2027-03-11')
    expect(at('2027-03-11T22:59:00Z')).toBe('2027-03-11')
    expect(at('2027-03-11T23:00:00Z')).toBeNull()
    expect(at('2027-07-15T06:00:00Z')).toBe('2027-07-15')
    expect(at('2027-07-16T12:00:00Z')).toBeNull()
  })

  const places = ['a', 'b', 'c']
  const reader = fc.record({
    person: fc.uuid(),
    community: fc.constantFrom(...places),
    mail: fc.constantFrom('Birthe@example.dk', 'birthe@example.dk', 'poul@example.dk', 'oksana@example.dk'),
    languages: fc.subarray(['da', 'en', 'uk']),
  })
  const meeting = fc.record({
    community: fc.constantFrom(...places),
    code: fc.string({ minLength: 6, maxLength: 6 }),
    startsAt: fc.date({ min: new Date('2027-03-11'), max: new Date('2027-03-25'), noInvalidDate: true }),
  }) as unknown as fc.Arbitrary<MeetingToTell>

  test('is one for each mailbox, tells of the places of those who read it and of no other, and of each meeting once', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(reader, { selector: ({ person }) => person, maxLength: 12 }) as fc.Arbitrary<Reader[]>,
        fc.uniqueArray(meeting, { selector: ({ code }) => code, maxLength: 8 }),
        (readers, meetings) => {
          const letters = weekLetters(readers, meetings)
          const boxes = letters.map(({ to }) => to.toLowerCase())
          expect(new Set(boxes).size).toBe(boxes.length)
          for (const letter of letters) {
            const places = new Set(letter.people.map(({ community }) => community))
            expect(letter.meetings.length).toBeGreaterThan(0)
            expect(letter.meetings).toEqual(
              meetings
                .filter(({ community }) => places.has(community))
                .sort((x, y) => x.startsAt.getTime() - y.startsAt.getTime() || (x.code < y.code ? -1 : 1)),
            )
            expect(letter.lang === 'en').toBe(
              letter.people.every(({ person }) => {
                const { languages } = readers.find((one) => one.person === person) as Reader
                return languages.length > 0 && !languages.includes('da')
              }),
            )
          }
          // Whoever has something to be told is told it, once.
          const told = letters.flatMap(({ people }) => people.map(({ person }) => person)).sort()
          const due = readers
            .filter(({ community }) => meetings.some((one) => one.community === community))
            .map(({ person }) => person)
          expect(told).toEqual(due.sort())
        },
      ),
    )
  })

  test('has an address that stops it, which nobody else can write', () => {
    const secret = Buffer.alloc(32, 7)
    fc.assert(
      fc.property(fc.uuid(), fc.nat(42), fc.constantFrom(...'AQgw_-'), (person, place, letter) => {
        const token = stopToken(secret, person)
        expect(readStopToken(secret, token)).toBe(person)
        expect(readStopToken(Buffer.alloc(32, 8), token)).toBeNull()
        const changed = `${token.slice(0, place)}${letter}${token.slice(place + 1)}`
        if (changed !== token) expect(readStopToken(secret, changed)).toBeNull()
      }),
    )
    for (const junk of ['', 'x', 'x'.repeat(43), 'æ'.repeat(43), `${stopToken(secret, crypto.randomUUID())}x`])
      expect(readStopToken(secret, junk)).toBeNull()
  })
})
