// The letter of the next morning: the result in words, each number with what it rests on.

import { sayDay } from '../../communities/times.ts'
import type { Lang } from '../../i18n/catalogue.ts'
import type { PublishedShare } from '../../shares/published.ts'
import { questions } from '../exit-card.ts'
import type { MeetingHere } from '../meetings.queries.ts'
import { isTooFew, sayBase, sayDoor, sayPromises, sayTalk } from '../result.page.tsx'
import type { ResultBody } from '../result.ts'
import { words as meetingWords } from '../words.ts'
import { words } from './words.ts'

export interface LetterAbout {
  meeting: MeetingHere
  body: ResultBody
  /** What the hall chose to take on. */
  priorities: readonly string[]
  /** `https://oplive.example.dk` */
  origin: string
}

export function resultLetter(
  lang: Lang,
  { meeting, body, priorities, origin }: LetterAbout,
): { subject: string; body: string } {
  const say = words(lang)
  const { community } = meeting
  const values = { community: community.name, day: sayDay(meeting.startsAt, community.timeZone, lang) }
  const parts = [
    `${say('letter.hello', values)}\n${say('letter.purpose', { purpose: meeting.purpose })}`,
    sayNumbers(lang, body),
    body.evening?.talk ? `${sayTalk(lang, body.evening.talk)}.` : '',
    body.evening ? sayDoor(lang, body.evening).join(' ') : '',
    isTooFew(body) ? '' : sayPromises(lang, body).map(ended).join(' '),
    priorities.length > 0 ? say('letter.themes', { themes: priorities.join(' · ') }) : '',
    `${say('letter.whole')}\n${origin}/m/${meeting.code}/result?lang=${lang}`,
    say('letter.end'),
  ]
  return { subject: say('letter.subject', values), body: `${parts.filter(Boolean).join('\n\n')}\n` }
}

function sayNumbers(lang: Lang, body: ResultBody): string {
  const say = meetingWords(lang)
  if (isTooFew(body)) return `${say('result.tooFew')}. ${say('result.fewWhy')}`
  const line = (question: (typeof questions)[number]) =>
    `- ${sayShare(lang, body.questions[question], say(`result.short.${question}`))}`
  return [`${ended(sayBase(lang, body))}`, ...questions.map(line)].join('\n')
}

function sayShare(lang: Lang, share: PublishedShare, what: string): string {
  const say = meetingWords(lang)
  switch (share.kind) {
    case 'too-few':
      return `${what}: ${say('result.tooFew').toLowerCase()}`
    case 'almost-all':
      return say('result.almostAll', { what })
    case 'almost-none':
      return say('result.almostNone', { what })
    case 'words':
      return say('result.share', { of: say('result.of', { yes: share.yes, answered: share.answered }), what })
    case 'share': {
      const sentence = say('result.share', { of: say('result.of', { yes: share.yes, answered: share.answered }), what })
      const how =
        share.boundsFirst && share.bounds
          ? words(lang)('letter.bounds', share.bounds)
          : words(lang)('letter.band', { percent: share.percent, low: share.low, high: share.high })
      return `${sentence} ${how}`
    }
  }
}

const ended = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)
