// When and where the two meet, in words, as pages, cards and letters say it.
import { sayDate } from '../communities/times.ts'
import type { Lang } from '../i18n/catalogue.ts'
import type { Talk } from './talk.ts'
import { words } from './words.ts'

/** "16. marts 2027 kl. 10". */
export function sayWhen({ plannedOn, plannedTime }: Pick<Talk, 'plannedOn' | 'plannedTime'>, lang: Lang): string {
  const say = words(lang)
  if (!plannedOn) return say('when.none')
  const day = sayDate(plannedOn, lang)
  if (!plannedTime) return day
  const [hour = '', minute = ''] = plannedTime.split(':')
  const time = lang === 'en' ? plannedTime : minute === '00' ? String(Number(hour)) : `${Number(hour)}.${minute}`
  return say('when.at', { day, time })
}

/** "På en gåtur · Hallen". */
export const sayWhere = ({ medium, spot }: Pick<Talk, 'medium' | 'spot'>, lang: Lang): string =>
  [words(lang)(`medium.${medium}`), spot].filter(Boolean).join(' · ')

/** Both in one line; without a day only where. */
export const sayWhenAndWhere = (
  talk: Pick<Talk, 'plannedOn' | 'plannedTime' | 'medium' | 'spot'>,
  lang: Lang,
): string => [talk.plannedOn && sayWhen(talk, lang), sayWhere(talk, lang)].filter(Boolean).join(' · ')
