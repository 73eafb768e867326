// Days as one says them of one's own doors: i dag, i går, den 3. marts.
import type { Lang } from '../i18n/catalogue.ts'
import { words } from './ways.ts'

const day = 86_400_000
const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

/** `2027-03-14`, seen from now. Days of the server: that of a device is no nearer than that. */
export function sayDay(date: string, lang: Lang, now: Date): string {
  const say = words(lang)
  if (date === dayOf(now)) return say('me.today')
  if (date === dayOf(new Date(now.getTime() - day))) return say('me.yesterday')
  const format = new Intl.DateTimeFormat(lang === 'da' ? 'da-DK' : 'en-GB', {
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
    ...(date.slice(0, 4) !== dayOf(now).slice(0, 4) && { year: 'numeric' }),
  })
  return say('me.onDay', { day: format.format(new Date(`${date}T12:00:00Z`)) })
}
