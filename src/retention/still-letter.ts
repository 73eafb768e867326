// The letter to somebody who has shown no life for two years: do you go on?
import { sayDate } from '../communities/times.ts'
import type { Lang } from '../i18n/catalogue.ts'
import { words } from './words.ts'

export function stillLetter(
  lang: Lang,
  { place, until, link }: { place: string; until: string; link: string },
): { subject: string; body: string } {
  const say = words(lang)
  const parts = [
    say('letter.hello', { place }),
    `${say('letter.yes')}\n${link}${lang === 'da' ? '' : `?lang=${lang}`}`,
    say('letter.no', { day: sayDate(until, lang) }),
    say('letter.why'),
  ]
  return { subject: say('letter.subject', { place }), body: `${parts.join('\n\n')}\n` }
}
