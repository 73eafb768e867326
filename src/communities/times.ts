// Days and times as people say them, on the wall clock of the community: "torsdag 21. marts kl. 19".
import { wallTimeIn } from '../clock.ts'
import type { Lang } from '../i18n/catalogue.ts'

/** English as it is said here: the day before the month, and a clock of 24 hours. */
const locales: Record<Lang, string> = { da: 'da-DK', en: 'en-GB' }

/** Weekday and month are all that `Intl` is asked for. The date itself has been found in the community's time zone by then. */
const names = Object.fromEntries(
  Object.entries(locales).map(([lang, locale]) => [
    lang,
    {
      weekday: new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }),
      month: new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' }),
    },
  ]),
) as Record<Lang, { weekday: Intl.DateTimeFormat; month: Intl.DateTimeFormat }>

/** "21. marts", "21 March". */
function dayAndMonth(date: string, lang: Lang): string {
  const day = Number(date.slice(8, 10))
  const month = names[lang].month.format(new Date(`${date}T00:00:00Z`))
  return lang === 'da' ? `${day}. ${month}` : `${day} ${month}`
}

/** A day without a time, such as the last day of a plan: `2030-03-21` is "21. marts 2030". */
export const sayDate = (date: string, lang: Lang): string => `${dayAndMonth(date, lang)} ${Number(date.slice(0, 4))}`

/** "torsdag 21. marts". The year is said too when it is not that of `now`: "torsdag 21. marts 2024". */
export function sayDay(at: Date, timeZone: string, lang: Lang, now?: Date): string {
  const { date } = wallTimeIn(timeZone, at)
  const weekday = names[lang].weekday.format(new Date(`${date}T00:00:00Z`))
  const sameYear = !now || wallTimeIn(timeZone, now).date.slice(0, 4) === date.slice(0, 4)
  return `${weekday} ${sameYear ? dayAndMonth(date, lang) : sayDate(date, lang)}`
}

/** "19", "19.30"; in English "19:00". Without "kl." before it. */
export function sayTime(at: Date, timeZone: string, lang: Lang): string {
  const { time } = wallTimeIn(timeZone, at)
  if (lang === 'en') return time
  const [hour = '', minute = ''] = time.split(':')
  return minute === '00' ? String(Number(hour)) : `${Number(hour)}.${minute}`
}

/** "torsdag 21. marts kl. 19". The year as in `sayDay`. */
export function sayDayAndTime(at: Date, timeZone: string, lang: Lang, now?: Date): string {
  return `${sayDay(at, timeZone, lang, now)} ${lang === 'da' ? 'kl.' : 'at'} ${sayTime(at, timeZone, lang)}`
}
