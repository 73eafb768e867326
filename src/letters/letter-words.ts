// The letter of the week in words: what is on, where and when, and how to stop it.
import { sayDayAndTime } from '../communities/times.ts'
import { words as meetingWords } from '../meetings/words.ts'
import type { WeekLetter } from './week-letter.ts'
import { words } from './words.ts'

export interface Around {
  /** `https://oplive.example.dk` */
  origin: string
  /** For each place the address that stops its letters. */
  stops: readonly { place: string; href: string }[]
  now: Date
}

export function weekLetterText(
  { lang, meetings }: WeekLetter,
  { origin, stops, now }: Around,
): { subject: string; body: string } {
  const say = words(lang)
  const tail = lang === 'da' ? '' : `?lang=${lang}`
  const places = [...new Set(meetings.map(({ placeName }) => placeName))]
  const told = meetings.map((meeting) =>
    [
      say('week.meeting', { kind: meetingWords(lang)(`kind.${meeting.kind}`), place: meeting.placeName }),
      say('week.purpose', { purpose: meeting.purpose }),
      say('week.when', { when: sayDayAndTime(meeting.startsAt, meeting.timeZone, lang, now), where: meeting.place }),
      `${origin}/m/${meeting.code}${tail}`,
    ].join('\n'),
  )
  const body = [
    say('week.hello', { count: meetings.length, place: inOne(lang, places) }),
    ...told,
    say('week.bring'),
    `--\n${say('week.why')}`,
    ...stops.map(({ place, href }) => `${say('week.stop', { place })}\n${href}${tail}`),
  ]
  return {
    subject: say('week.subject', { place: inOne(lang, places), count: meetings.length }),
    body: `${body.join('\n\n')}\n`,
  }
}

const inOne = (lang: 'da' | 'en', places: readonly string[]): string =>
  new Intl.ListFormat(lang, { type: 'conjunction' }).format(places)
