// The result in parts: the three shares as they may be shown with their base and their uncertainty, talk time beside them, who came.

import { sayDay, sayDayAndTime, sayTime } from '../communities/times.ts'
import type { Lang } from '../i18n/catalogue.ts'
import type { DoorShare } from '../shares/door.ts'
import type { PublishedShare } from '../shares/published.ts'
import { Share, Shares, TalkBar } from '../ui/chart.tsx'
import { EmptyState } from '../ui/notices.tsx'
import { questions } from './exit-card.ts'
import { communityFirstHours } from './meeting.ts'
import type { FrozenResult, MeetingHere } from './meetings.queries.ts'
import type { EveningNumbers, ResultBody } from './result.ts'
import { words } from './words.ts'

/** One question's share, in the words that its numbers allow. */
export function QuestionShare({ lang, share, what }: { lang: Lang; share: PublishedShare; what: string }) {
  const say = words(lang)
  switch (share.kind) {
    case 'too-few':
      return <Share lang={lang} sentence={say('result.tooFew')} />
    case 'almost-all':
      return <Share lang={lang} sentence={say('result.almostAll', { what })} />
    case 'almost-none':
      return <Share lang={lang} sentence={say('result.almostNone', { what })} />
    case 'words':
      return <Share lang={lang} sentence={capital(say('result.share', { of: ofInWords(lang, share), what }))} />
    case 'share': {
      const sentence = say('result.share', { of: say('result.of', { yes: share.yes, answered: share.answered }), what })
      if (!share.boundsFirst || !share.bounds)
        return (
          <Share
            lang={lang}
            figure={say('result.figure', { percent: share.percent })}
            sentence={sentence}
            band={share}
          />
        )
      return (
        <Share
          lang={lang}
          figure={say('result.figureBounds', share.bounds)}
          sentence={sentence}
          band={share.bounds}
          note={say('result.amongAnswered', { percent: share.percent, low: share.low, high: share.high })}
        />
      )
    }
  }
}

const isBoundsFirst = (share: PublishedShare) => share.kind === 'share' && share.boundsFirst

/** The three shares side by side. */
export function ResultShares({ lang, body }: { lang: Lang; body: ResultBody }) {
  const say = words(lang)
  return (
    <Shares>
      {questions.map((question) => (
        <QuestionShare lang={lang} share={body.questions[question]} what={say(`result.short.${question}`)} />
      ))}
    </Shares>
  )
}

/** "50 af 58 har svaret": what every number on the page rests on. */
export function sayBase(lang: Lang, body: ResultBody): string {
  const say = words(lang)
  if (body.answered === null) return say('result.baseFew')
  if (body.attended === null) return say('result.baseOnly', { count: body.answered })
  return say('result.base', { answered: body.answered, attended: body.attended })
}

/** Five of seven: small numbers as words. */
const ofInWords = (lang: Lang, { yes, answered }: { yes: number; answered: number }): string => {
  const say = words(lang)
  return say('result.of', { yes: smallNumber(lang, yes), answered: smallNumber(lang, answered) })
}

function smallNumber(lang: Lang, n: number): string {
  const digit = String(n)
  return isFew(digit) ? words(lang)(`few.${digit}`) : digit
}

const isFew = (digit: string): digit is '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' => /^\d$/.test(digit)
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** What people mean to do, as one sentence; nothing where it would tell on somebody. */
function promiseSentence(lang: Lang, about: 'next' | 'who', share: PublishedShare): string | null {
  const say = words(lang)
  switch (share.kind) {
    case 'too-few':
      return null
    case 'almost-all':
      return say(`result.${about}All`)
    case 'almost-none':
      return say(`result.${about}None`)
    case 'words':
      return capital(say(`result.${about}`, { of: ofInWords(lang, share) }))
    case 'share':
      return say(`result.${about}`, { of: say('result.of', { yes: share.yes, answered: share.answered }) })
  }
}

/** "Kommunen talte 18 af 42 minutter", of the talk that was measured. */
export function sayTalk(lang: Lang, { residents, municipality }: NonNullable<EveningNumbers['talk']>): string {
  const say = words(lang)
  return municipality === 0
    ? say('result.talkNone', { count: residents })
    : say('result.talk', { municipality, count: residents + municipality })
}

/** Who filled the room, with its words; nothing when nobody pressed the buttons. */
export function ResultTalk({ lang, body, heading: Heading }: { lang: Lang; body: ResultBody; heading: 'h2' | 'h3' }) {
  const say = words(lang)
  const talk = body.evening?.talk
  if (!talk) return null
  return (
    <section class="stack">
      <Heading>{say('result.talkTitle')}</Heading>
      <TalkBar lang={lang} {...talk} />
      <p>{sayTalk(lang, talk)}</p>
      <p class="soft small">{say('result.talkHow')}</p>
    </section>
  )
}

/** How many came for the first time, and how many of them a neighbour brought; as far as it may be said. */
export function sayDoor(lang: Lang, { firstTimers, byNeighbour }: EveningNumbers): string[] {
  const say = words(lang)
  const one = (about: 'first' | 'neighbour', share: DoorShare): string[] => {
    switch (share.kind) {
      case 'too-few':
        return []
      case 'few':
      case 'most':
        return [say(`result.${about}.${share.kind}`, { of: share.of })]
      case 'at-least':
        return [say(`result.${about}.atLeast`, { yes: share.yes, of: share.of })]
      case 'share': {
        const { yes, answered, attended, percent, low, high, bounds } = share
        const missing = Math.max(0, (attended ?? answered) - answered)
        const how =
          bounds && missing > 0
            ? say(`result.${about}.missing`, { count: missing, ...bounds })
            : say('result.doorBand', { low, high })
        return [`${say(`result.${about}.share`, { yes, of: answered, percent })} ${how}`]
      }
    }
  }
  return [...one('first', firstTimers), ...one('neighbour', byNeighbour)]
}

/** What people mean to do, in sentences that tell on nobody. */
export function sayPromises(lang: Lang, body: ResultBody): string[] {
  const say = words(lang)
  return [
    ...(['next', 'who'] as const).flatMap((about) => promiseSentence(lang, about, body[about]) ?? []),
    ...(body.talks === null ? [] : [say('result.talks', { count: body.talks })]),
  ]
}

/** Is there too little to show any of the three? */
export const isTooFew = (body: ResultBody): boolean =>
  questions.every((question) => body.questions[question].kind === 'too-few')

/** The whole result as a phone's live region and the page show it. With a heading for it, talk time is drawn; on a phone it is said. */
export function ResultBodyParts({ lang, body, talk: heading }: { lang: Lang; body: ResultBody; talk?: 'h2' | 'h3' }) {
  const say = words(lang)
  const talk = body.evening?.talk
  if (isTooFew(body)) return <EmptyState title={say('result.tooFew')}>{say('result.fewWhy')}</EmptyState>
  return (
    <>
      <p class="base">{sayBase(lang, body)}</p>
      {questions.some((question) => isBoundsFirst(body.questions[question])) && <p>{say('result.boundsFirst')}</p>}
      <ResultShares lang={lang} body={body} />
      {talk && (heading ? <ResultTalk lang={lang} body={body} heading={heading} /> : <p>{sayTalk(lang, talk)}</p>)}
      {sayPromises(lang, body).map((sentence) => (
        <p>{sentence}</p>
      ))}
      <p class="soft small">
        {say('result.what')} {say('result.dontKnow')} {say('result.noEffect')}
      </p>
    </>
  )
}

/** The live region of a phone when the card has closed. */
export function resultState(lang: Lang, meeting: MeetingHere, body: ResultBody): string {
  const say = words(lang)
  return String(
    <section class="result">
      <h2>{say('result.title')}</h2>
      <ResultBodyParts lang={lang} body={body} />
      <p>
        <a href={`/m/${meeting.code}/result?lang=${lang}`}>{say('thanks.seeResult')}</a>
      </p>
    </section>,
  )
}

/** In place of the result, for somebody of the municipality in the first 48 hours, and on pages that are the community's. */
export function laterState(meeting: MeetingHere, lang: Lang, heading: 'h1' | 'h2' = 'h2'): string {
  const say = words(lang)
  const title = say('result.employeeTitle')
  return String(
    <section class="result">
      {heading === 'h1' ? <h1>{title}</h1> : <h2>{title}</h2>}
      <p>{say('result.employee', { when: whenMunicipality(meeting, lang) })}</p>
    </section>,
  )
}

/** When the municipality may see it. */
export function whenMunicipality(meeting: MeetingHere, lang: Lang): string {
  const { life, community } = meeting
  const closedAt = life.phase === 'closed' ? life.closedAt : meeting.startsAt
  return sayDayAndTime(new Date(closedAt.getTime() + communityFirstHours * 3_600_000), community.timeZone, lang)
}

/** When it was made up, and that late cards are in it only where nobody is known by them. */
export function sayVersion(lang: Lang, meeting: MeetingHere, { version, publishedAt }: FrozenResult): string {
  const { timeZone } = meeting.community
  const when = { day: sayDay(publishedAt, timeZone, lang), time: sayTime(publishedAt, timeZone, lang), version }
  return words(lang)(version === 1 ? 'result.version' : 'result.later', when)
}
