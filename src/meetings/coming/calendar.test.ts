import fc from 'fast-check'
import ICAL from 'ical.js'
import { describe, expect, test } from 'vitest'
import { instantIn } from '../../clock.ts'
import { calendarOf, type MeetingInCalendar, uidOf } from './calendar.ts'

const now = new Date('2027-03-01T09:00:00Z')
const meeting: MeetingInCalendar = {
  id: '018f2b1c-0000-7000-8000-000000000001',
  revision: 0,
  kind: 'listening',
  purpose: 'Hvem tør have nøglen?',
  place: 'Forsamlingshuset',
  hostName: 'Freja',
  startsAt: new Date('2027-03-18T18:00:00Z'),
  minutes: 90,
  community: { name: 'Holmetofte', timeZone: 'Europe/Copenhagen' },
  url: 'https://oplive.test/m/ABC234',
}
const written = (changes: Partial<MeetingInCalendar>, more: readonly MeetingInCalendar[] = []) =>
  calendarOf({ lang: 'da', now, meetings: [{ ...meeting, ...changes }, ...more] })

/** Read by another program than the one that wrote it, with nothing but what stands in the file. */
function read(text: string) {
  ICAL.TimezoneService.reset()
  const calendar = new ICAL.Component(ICAL.parse(text))
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone)
  const events = calendar.getAllSubcomponents('vevent').map((part) => new ICAL.Event(part))
  const at = (time: InstanceType<typeof ICAL.Time>) => new Date(time.toUnixTime() * 1000)
  return events.map((event) => ({
    uid: event.uid,
    sequence: event.sequence,
    summary: event.summary,
    location: event.location,
    description: event.description,
    start: at(event.startDate),
    end: at(event.endDate),
    /** As it stands on the wall. */
    wall: event.startDate.toString(),
  }))
}

describe('a meeting in a calendar', () => {
  test('says what, when, where and whose it is', () => {
    expect(read(written({}))).toEqual([
      {
        uid: '018f2b1c-0000-7000-8000-000000000001@meetings.oplive',
        sequence: 0,
        summary: 'Lyttemøde i Holmetofte',
        location: 'Forsamlingshuset',
        description: 'Hvem tør have nøglen?\n\nVært: Freja\n\nhttps://oplive.test/m/ABC234',
        start: new Date('2027-03-18T18:00:00Z'),
        end: new Date('2027-03-18T19:30:00Z'),
        wall: '2027-03-18T19:00:00',
      },
    ])
  })

  test('moved, it is the same event with a higher number', () => {
    const [before] = read(written({}))
    const [after] = read(written({ revision: 3, place: 'Hallen', startsAt: new Date('2027-04-01T17:00:00Z') }))
    expect(after).toMatchObject({ uid: before?.uid, sequence: 3, location: 'Hallen', wall: '2027-04-01T19:00:00' })
  })

  test.each([
    ['the week before summer time', '2027-03-27', '19:00', '2027-03-27T18:00:00Z'],
    ['the evening of the day it begins', '2027-03-28', '19:00', '2027-03-28T17:00:00Z'],
    ['the week before winter time', '2027-10-30', '19:00', '2027-10-30T17:00:00Z'],
    ['the evening of the day it ends', '2027-10-31', '19:00', '2027-10-31T18:00:00Z'],
  ])('at seven in the evening is at seven: %s', (_, date, time, utc) => {
    const startsAt = instantIn('Europe/Copenhagen', date, time)
    expect(startsAt).toEqual(new Date(utc))
    expect(read(written({ startsAt }))).toMatchObject([{ start: startsAt, wall: `${date}T19:00:00` }])
  })

  test.each(['Europe/Copenhagen', 'Atlantic/Faroe', 'America/Nuuk', 'UTC', 'Asia/Kathmandu'])(
    'at any time of any year in %s, it is read back at that instant and as long as it was planned',
    (timeZone) => {
      fc.assert(
        fc.property(
          fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2035-01-01') }),
          fc.integer({ min: 5, max: 600 }),
          (ms, minutes) => {
            const startsAt = new Date(Math.floor(ms / 60_000) * 60_000)
            const [event] = read(written({ startsAt, minutes, community: { name: 'X', timeZone } }))
            expect(event?.start).toEqual(startsAt)
            expect(event?.end.getTime()).toBe(startsAt.getTime() + minutes * 60_000)
          },
        ),
        { numRuns: 300 },
      )
    },
  )

  test('in the hours round both changes of the clock, each minute is read back as it was', () => {
    for (const night of ['2027-03-27T23:00:00Z', '2027-10-30T23:00:00Z'])
      for (let minute = 0; minute < 240; minute += 7) {
        const startsAt = new Date(Date.parse(night) + minute * 60_000)
        const [event] = read(written({ startsAt }))
        expect(event?.start).toEqual(startsAt)
        expect(event?.end.getTime()).toBe(startsAt.getTime() + 90 * 60_000)
      }
  })

  test('two meetings half a year apart each keep their own clock', () => {
    const summer = {
      ...meeting,
      id: '018f2b1c-0000-7000-8000-000000000002',
      startsAt: new Date('2027-07-01T17:00:00Z'),
    }
    const text = written({ startsAt: new Date('2027-01-14T18:00:00Z') }, [summer])
    expect(read(text).map(({ wall }) => wall)).toEqual(['2027-01-14T19:00:00', '2027-07-01T19:00:00'])
    expect(text.match(/BEGIN:VTIMEZONE/g)).toHaveLength(1)
  })
})

describe('whatever somebody has called a place', () => {
  test.each([
    'Forsamlingshuset, Bygaden 4; bagindgangen',
    'Hallen "Den gamle"',
    'C:\\Hallen\\nord\\, eller \\n',
    'Første linje\nAnden linje\r\nTredje linje',
    'Laden 🏚️👨‍👩‍👧‍👦 ved kirken',
    'قاعة القرية، الطابق الأول؛ الباب الأيسر',
    'BEGIN:VEVENT\r\nSUMMARY:Noget andet\r\nEND:VEVENT',
    `Et meget langt navn ${'æøå '.repeat(60)}slut`,
  ])('%j is read back as it was written', (place) => {
    const events = read(written({ place, purpose: place, hostName: place }))
    expect(events).toHaveLength(1)
    const said = place.replace(/\r\n/g, '\n')
    expect(events[0]?.location).toBe(said)
    expect(events[0]?.description).toContain(said)
    expect(events[0]?.summary).toBe('Lyttemøde i Holmetofte')
  })

  test('any text at all makes one event, and loses nothing but what cannot be printed', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 200 })
    const rough = fc.string({
      unit: fc.constantFrom(',', ';', '\\', '"', '\n', '\r', ':', 'n', ' ', '\t', 'å', '😀', 'ن', '\u0007', '\u2028'),
    })
    fc.assert(
      fc.property(fc.oneof(text, rough), (place) => {
        const lines = written({ place }).split('\r\n')
        expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75)
        const [event, more] = read(lines.join('\r\n'))
        const kept = place
          .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
          .replace(/[^\P{Cc}\n]+/gu, ' ')
          .trim()
        expect(event?.location ?? '').toBe(kept)
        expect(more).toBeUndefined()
      }),
      { numRuns: 500 },
    )
  })
})

test('the event is told by the meeting alone', () => {
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      expect(read(written({ id }))[0]?.uid).toBe(uidOf(id))
    }),
  )
})
