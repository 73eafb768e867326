// The letter that reminds the officer of the 72 hours. It tells nothing of what has happened.
import type { Lang } from '../i18n/catalogue.ts'
import { incidentClock } from './incident-clock.ts'
import { words } from './words.ts'

export function reminderLetter(lang: Lang, noticed: Date, now: Date, link: string): { subject: string; body: string } {
  const say = words(lang)
  const { overdue, hoursLeft } = incidentClock(noticed, now)
  const clock = overdue ? say('incident.mailOver') : say('incident.mailLeft', { count: hoursLeft })
  return { subject: say('incident.mailSubject'), body: `${clock}\n\n${say('incident.mailDo')}\n${link}\n` }
}
