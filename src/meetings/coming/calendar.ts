// Meetings as an iCalendar file (RFC 5545), for a phone's calendar: fetched once, by feed, or sent along with a letter.
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import { Temporal } from 'temporal-polyfill'
import type { Lang } from '../../i18n/catalogue.ts'
import type { Kind } from '../meeting.ts'
import { words as meetingWords } from '../words.ts'
import { words } from './words.ts'

export type MeetingInCalendar = {
  /** The row's own id, which stays when time and place change. Not the code: a feed is public, and the code is the hall's. */
  id: string
  /** Raised each time that time or place changes. */
  revision: number
  purpose: string
  place: string
  hostName: string
  startsAt: Date
  minutes: number
  community: { name: string; timeZone: string }
  /** Where to read more. */
  url: string
} & (
  | { kind: Kind }
  /** Something else than a meeting, as it is called in a calendar. */
  | { summary: string }
)

interface CalendarProps {
  lang: Lang
  meetings: readonly MeetingInCalendar[]
  /** When it was written. */
  now: Date
  /** What a feed is called. */
  name?: string | undefined
}

/** The same meeting in the file, the feed and the letter is the same event. */
export const uidOf = (meeting: string): string => `${meeting}@meetings.oplive`

/** No control characters: some readers end a line at them. */
const plain = (text: string): string =>
  text
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(/[^\P{Cc}\n]+/gu, ' ')
    .trim()

const zoned = (at: Date, timeZone: string) =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone)
type Zoned = ReturnType<typeof zoned>

/** In the hour that comes twice the wall clock alone does not tell which is meant, and programs differ. */
const isPlain = (at: Zoned): boolean => {
  const wall = at.toPlainDateTime()
  return (['earlier', 'later'] as const).every((disambiguation) =>
    wall.toZonedDateTime(at.timeZoneId, { disambiguation }).equals(at),
  )
}

export function calendarOf({ lang, meetings, now, name }: CalendarProps): string {
  const say = words(lang)
  const events = meetings.map((meeting) => {
    const start = zoned(meeting.startsAt, meeting.community.timeZone)
    const end = start.add({ minutes: meeting.minutes })
    return { meeting, start, end, timeZone: isPlain(start) && isPlain(end) ? start.timeZoneId : null }
  })
  const calendar = ical({
    prodId: `//oplive//oplive//${lang.toUpperCase()}`,
    method: ICalCalendarMethod.PUBLISH,
    timezone: {
      name: null,
      generator: (timeZone) =>
        timeZoneText(
          timeZone,
          events.filter((event) => event.timeZone === timeZone).flatMap(({ start, end }) => [start, end]),
        ),
    },
    ...(name === undefined ? {} : { name: plain(name), ttl: 6 * 3600 }),
  })
  for (const { meeting, start, end, timeZone } of events) {
    const { id, revision, purpose, place, hostName, community, url } = meeting
    calendar.createEvent({
      id: uidOf(id),
      sequence: revision,
      stamp: now,
      status: ICalEventStatus.CONFIRMED,
      timezone: timeZone,
      start: timeZone === null ? start.toInstant() : start,
      end: timeZone === null ? end.toInstant() : end,
      summary: plain(
        'summary' in meeting
          ? meeting.summary
          : say('calendar.summary', {
              kind: meetingWords(lang)(`kind.${meeting.kind}`),
              community: community.name,
            }),
      ),
      location: plain(place),
      description: [purpose, say('calendar.host', { host: hostName }), url].map(plain).join('\n\n'),
      url,
    })
  }
  return `${calendar.toString()}\r\n`
}

const digits = (n: number) => String(n).padStart(2, '0')

function offsetText(nanoseconds: number): string {
  const minutes = Math.round(Math.abs(nanoseconds) / 60e9)
  return `${nanoseconds < 0 ? '-' : '+'}${digits(Math.floor(minutes / 60))}${digits(minutes % 60)}`
}

/** What the clocks of a place do from the first of these instants to the last, and once more after that. */
function timeZoneText(timeZone: string, instants: readonly Zoned[]): string {
  const ordered = [...instants].sort((a, b) => a.epochMilliseconds - b.epochMilliseconds)
  const first = ordered[0]
  const last = ordered.at(-1)
  const parts: string[] = []
  const part = (from: number, to: number, wall: string) => {
    const name = to > from ? 'DAYLIGHT' : 'STANDARD'
    parts.push(
      `BEGIN:${name}`,
      `DTSTART:${wall}`,
      `TZOFFSETFROM:${offsetText(from)}`,
      `TZOFFSETTO:${offsetText(to)}`,
      `END:${name}`,
    )
  }
  if (first && last) {
    let change = first.add({ seconds: 1 }).getTimeZoneTransition('previous')
    if (!change) part(first.offsetNanoseconds, first.offsetNanoseconds, '19700101T000000')
    change ??= first.getTimeZoneTransition('next')
    for (let seen = 0; change && seen < 200; seen++) {
      const before = change.subtract({ nanoseconds: 1 }).offsetNanoseconds
      // A change is written on the clock as it went before.
      const wall = change.toInstant().toZonedDateTimeISO('UTC').add({ nanoseconds: before })
      part(
        before,
        change.offsetNanoseconds,
        wall.toPlainDateTime().toString({ smallestUnit: 'second' }).replace(/[-:]/g, ''),
      )
      if (change.epochMilliseconds > last.epochMilliseconds) break
      change = change.getTimeZoneTransition('next')
    }
  }
  return ['BEGIN:VTIMEZONE', `TZID:${timeZone}`, ...parts, 'END:VTIMEZONE'].join('\r\n')
}
