// The letters of signing in: as plain text, in the language of whoever asked, and in both where nobody asked.
import type { Lang } from '../i18n/catalogue.ts'
import type { Letter } from '../post/letter.ts'
import { type Purpose, questionMinutes, spaced } from './mail-question.ts'
import { words } from './ways.ts'

type Written = Pick<Letter, 'subject' | 'body'>

/** What lets somebody in, or shows that letters reach them. */
export function letterFor(
  lang: Lang,
  purpose: Purpose,
  { digits, link }: { digits: string; link: string | null },
): Written {
  const say = words(lang)
  const parts = [
    say(`letter.${purpose}`),
    ...(link ? [link, say('letter.elsewhere')] : []),
    spaced(digits),
    say('letter.minutes', { minutes: questionMinutes }),
    say('letter.notYou'),
  ]
  return { subject: say(`letter.subject.${purpose}`), body: `${parts.join('\n\n')}\n` }
}

/** Nobody asked for it, so nobody has said in which language. */
const inBoth = (say: (lang: Lang) => { subject: string; text: string }): Written => ({
  subject: say('da').subject,
  body: `${say('da').text}\n\n--\n\n${say('en').text}\n`,
})

/** Somebody has tried to get in again and again. */
export const warningLetter = (): Written =>
  inBoth((lang) => ({ subject: words(lang)('letter.tried.subject'), text: words(lang)('letter.tried.text') }))

/** To the old address: it opens nothing any more. */
export const changedLetter = (): Written =>
  inBoth((lang) => ({ subject: words(lang)('letter.changed.subject'), text: words(lang)('letter.changed.text') }))
