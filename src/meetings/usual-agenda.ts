// The plan that a new meeting begins with: ninety minutes in which people talk before anybody informs them (method 2.4).
import { type Lang, languages } from '../i18n/catalogue.ts'
import { type AgendaItem, defaultAgenda, isAboutDefinition } from './evening.ts'
import type { Kind } from './meeting.ts'
import { words } from './words.ts'

/** The same ninety minutes; a dialogue meeting talks about the place's own definition from beginning to end, and about nothing else. */
const aboutDefinition = ['arrive', 'read', 'wider', 'missing', 'change', 'write', 'close'] as const
const listening = ['arrive', 'story', 'pairs', 'round', 'common', 'promise', 'close'] as const

export function usualAgenda(kind: Kind, lang: Lang): AgendaItem[] {
  const say = words(lang)
  const titles = isAboutDefinition(kind) ? aboutDefinition : listening
  return defaultAgenda.map(({ minutes, kind }, place) => ({
    title: say(`agenda.${titles[place] ?? 'close'}`),
    minutes,
    kind,
    reason: null,
  }))
}

const same = (a: readonly AgendaItem[], b: readonly AgendaItem[]) =>
  a.length === b.length &&
  a.every(({ title, minutes, kind }, place) => {
    const other = b[place]
    return title === other?.title && minutes === other.minutes && kind === other.kind
  })

/** The usual plan, untouched: it may be exchanged when the kind of meeting changes. Answers its language, or null. */
export const usualIn = (items: readonly AgendaItem[], kind: Kind): Lang | null =>
  languages.find((lang) => same(items, usualAgenda(kind, lang))) ?? null
