// The result: the three shares as they may be shown, with their base and their uncertainty, as a page, a live region and a file.

import { Hono } from 'hono'
import type { Child } from 'hono/jsx'
import type { Visited } from '../access/visit.ts'
import { sayDay, sayDayAndTime, sayTime } from '../communities/times.ts'
import type { Lang } from '../i18n/catalogue.ts'
import { refuse } from '../refusal.ts'
import type { PublishedShare } from '../shares/published.ts'
import { Share, Shares } from '../ui/chart.tsx'
import { EmptyState } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { eyebrowOf } from './exit-card.page.tsx'
import { type Question, questions } from './exit-card.ts'
import { communityFirstHours } from './meeting.ts'
import { readCode } from './meeting-code.ts'
import type { FrozenResult, MeetingHere } from './meetings.queries.ts'
import { findResult } from './result.deeds.ts'
import type { ResultBody } from './result.ts'
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

/** The whole result as a phone's live region and the page show it. */
export function ResultBodyParts({ lang, body }: { lang: Lang; body: ResultBody }) {
  const say = words(lang)
  const promises = (['next', 'who'] as const).flatMap((about) => promiseSentence(lang, about, body[about]) ?? [])
  const nothing = questions.every((question) => body.questions[question].kind === 'too-few')
  if (nothing) return <EmptyState title={say('result.tooFew')}>{say('result.fewWhy')}</EmptyState>
  return (
    <>
      <p class="base">{sayBase(lang, body)}</p>
      {questions.some((question) => isBoundsFirst(body.questions[question])) && <p>{say('result.boundsFirst')}</p>}
      <ResultShares lang={lang} body={body} />
      {promises.map((sentence) => (
        <p>{sentence}</p>
      ))}
      {body.talks !== null && <p>{say('result.talks', { count: body.talks })}</p>}
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
export function laterState(meeting: MeetingHere, lang: Lang): string {
  const say = words(lang)
  return String(
    <section class="result">
      <h2>{say('result.employeeTitle')}</h2>
      <p>{say('result.employee', { when: whenMunicipality(meeting, lang) })}</p>
    </section>,
  )
}

function whenMunicipality(meeting: MeetingHere, lang: Lang): string {
  const { life, community } = meeting
  const closedAt = life.phase === 'closed' ? life.closedAt : meeting.startsAt
  return sayDayAndTime(new Date(closedAt.getTime() + communityFirstHours * 3_600_000), community.timeZone, lang)
}

function sayVersion(lang: Lang, meeting: MeetingHere, { version, publishedAt }: FrozenResult): string {
  const { timeZone } = meeting.community
  const when = { day: sayDay(publishedAt, timeZone, lang), time: sayTime(publishedAt, timeZone, lang), version }
  return words(lang)(version === 1 ? 'result.version' : 'result.later', when)
}

/** The numbers as a file, as they may be shown and no more. Semicolons and a mark for UTF-8, as spreadsheets here expect. */
export function resultCsv(lang: Lang, body: ResultBody): string {
  const say = words(lang)
  const head = [
    'question',
    'shown',
    'yes',
    'answered',
    'attended',
    'percent',
    'low',
    'high',
    'boundsLow',
    'boundsHigh',
  ] as const
  const row = (question: Question): (string | number | null)[] => {
    const share = body.questions[question]
    const start = [say(`card.question.${question}`), say(`csv.kind.${share.kind}`)]
    switch (share.kind) {
      case 'too-few':
        return start
      case 'almost-all':
      case 'almost-none':
        return [...start, null, share.answered, body.attended]
      case 'words':
        return [...start, share.yes, share.answered, body.attended]
      case 'share': {
        const { yes, answered, attended, percent, low, high, bounds } = share
        return [...start, yes, answered, attended, percent, low, high, bounds?.low ?? null, bounds?.high ?? null]
      }
    }
  }
  const rows = [head.map((name) => say(`csv.${name}`)), ...questions.map(row)]
  const line = (cells: readonly (string | number | null)[]) =>
    head.map((_, place) => csvCell(cells[place] ?? '')).join(';')
  return `\uFEFF${rows.map(line).join('\r\n')}\r\n`
}

/** Quoted where it must be; a cell that a spreadsheet would take for a formula starts with an apostrophe. */
const csvCell = (value: string | number): string => {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function resultPage(lang: Lang, meeting: MeetingHere, children: Child, heading: string, lead?: string): string {
  const say = words(lang)
  const path = `/m/${meeting.code}/result`
  return renderPage(
    <Page
      lang={lang}
      kind="page"
      title={heading}
      eyebrow={eyebrowOf(meeting, lang)}
      lead={lead}
      languages={{ da: `${path}?lang=da`, en: `${path}?lang=en` }}
      robots="noindex"
    >
      {children}
      <p>
        <a href={`/c/${meeting.community.slug}`}>{say('result.toCommunity', { community: meeting.community.name })}</a>
      </p>
    </Page>,
  )
}

export function resultPages(): Hono<Visited> {
  return new Hono<Visited>()
    .get('/m/:code/result', async (c) => {
      const { actor, lang } = c.get('visit')
      const say = words(lang)
      const { meeting, result } = await findResult(actor, readCode(c.req.param('code')) ?? refuse('code.unknown'))
      c.header('cache-control', 'no-store')
      if (result)
        return c.html(
          resultPage(
            lang,
            meeting,
            <>
              <ResultBodyParts lang={lang} body={result.body} />
              <p class="soft small">{sayVersion(lang, meeting, result)}</p>
              <p>
                <a href={`/m/${meeting.code}/result.csv?lang=${lang}`} download={`oplive-${meeting.code}.csv`}>
                  {say('result.csv')}
                </a>
              </p>
            </>,
            say('result.title'),
          ),
        )
      if (meeting.life.phase !== 'closed')
        return c.html(resultPage(lang, meeting, null, say('result.notYet'), say('result.notYetWhy')), 403)
      // The moment between closing and counting.
      if (actor.role !== 'employee')
        return c.html(resultPage(lang, meeting, null, say('result.counting'), say('result.countingWhy')), 503)
      const when = whenMunicipality(meeting, lang)
      return c.html(resultPage(lang, meeting, null, say('result.employeeTitle'), say('result.employee', { when })), 403)
    })
    .get('/m/:code/result.csv', async (c) => {
      const { actor, lang } = c.get('visit')
      const { meeting, result } = await findResult(actor, readCode(c.req.param('code')) ?? refuse('code.unknown'))
      if (!result) refuse('result.not-yet')
      c.header('content-type', 'text/csv; charset=utf-8')
      c.header('content-disposition', `attachment; filename="oplive-${meeting.code}.csv"`)
      c.header('cache-control', 'no-store')
      return c.body(resultCsv(lang, result.body))
    })
}
