// The exit card on a phone: three questions one at a time, then what you will do, then thanks. Every page works without a script.

import { sayDay, sayDayAndTime } from '../communities/times.ts'
import type { Lang } from '../i18n/catalogue.ts'
import { languages } from '../i18n/catalogue.ts'
import { Button, ButtonLink, Choice, Field, problemOf, Steps, TextArea, Tick } from '../ui/forms.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { roomOf } from '../ui/whose-room.tsx'
import { answers, fieldOf, longestNext, type Problem, type Question, questions } from './exit-card.ts'
import type { MeetingHere } from './meetings.queries.ts'
import { words } from './words.ts'

export const islands = {
  outbox: 'src/meetings/outbox.island.ts',
  live: 'src/meetings/live.island.ts',
  readAloud: 'src/ui/read-aloud.island.ts',
}

/** The same page in the other languages. */
const inLanguages = (path: string): Partial<Record<Lang, string>> =>
  Object.fromEntries(languages.map((lang) => [lang, `${path}?lang=${lang}`]))

export const eyebrowOf = (meeting: MeetingHere, lang: Lang): string => {
  const say = words(lang)
  return say('where', {
    kind: say(`kind.${meeting.kind}`),
    community: meeting.community.name,
    day: sayDay(meeting.startsAt, meeting.community.timeZone, lang),
  })
}

interface OutboxProps {
  lang: Lang
  /** What waits in other words than those of the exit card. */
  say?: (key: `outbox.${'one' | 'other' | 'how' | 'refused' | 'refusedHow' | 'delete'}`) => string
  /** What else it can say, as `data-` attributes. */
  more?: Record<`data-${string}`, string>
}

/** Where the outbox says what waits; empty and hidden until a script fills it. */
export function Outbox({ lang, say = words(lang), more }: OutboxProps) {
  return (
    <div
      id="outbox"
      class="notice warn"
      role="status"
      hidden
      data-one={say('outbox.one')}
      data-other={say('outbox.other')}
      data-how={say('outbox.how')}
      data-refused={say('outbox.refused')}
      data-refused-how={say('outbox.refusedHow')}
      data-delete={say('outbox.delete')}
      {...more}
    />
  )
}

/** What somebody sent that has to be mended: shown again as it was typed. */
export interface Again {
  problems: readonly Problem[]
  said: URLSearchParams
}

/** The first page after the QR code: the first question stands on it. */
export function cardPage(meeting: MeetingHere, lang: Lang, again?: Again): string {
  const say = words(lang)
  const problems = again?.problems.map((problem) => ({
    field: problem.field || 'inf',
    message: cardMessage(lang, problem),
  }))
  const question = (question: Question) => {
    const field = fieldOf[question]
    return {
      id: `q${questions.indexOf(question) + 1}`,
      body: (
        <Choice
          lang={lang}
          name={field}
          form="card"
          legend={say(`card.question.${question}`)}
          options={answers
            .slice(0, 4)
            .map((answer) => ({ value: String(answer), label: say(`card.answer.${answer}`) }))}
          last={{ value: '5', label: say('card.answer.5') }}
          value={again?.said.get(field) ?? undefined}
          error={problemOf(problems, field)}
        />
      ),
    }
  }
  return renderPage(
    <Page
      room={roomOf(meeting.community, 'blank')}
      lang={lang}
      kind="phone"
      title={say('card.title')}
      eyebrow={eyebrowOf(meeting, lang)}
      lead={say('card.promise')}
      problems={problems}
      languages={inLanguages(`/m/${meeting.code}`)}
      scripts={[islands.outbox, islands.readAloud]}
      robots="noindex"
    >
      <Outbox lang={lang} />
      <form
        id="card"
        method="post"
        data-read-label={say('card.readAloud')}
        action={`/m/${meeting.code}/answer`}
        novalidate
        data-outbox={`/n/${meeting.code}?lang=${lang}`}
        data-rev
      >
        <input type="hidden" name="lang" value={lang} />
        <Steps
          lang={lang}
          all={again !== undefined}
          steps={questions.map(question)}
          finish={<Button wide>{say('card.send')}</Button>}
        />
      </form>
      <p class="soft small">
        {say('card.offline')} <a href={`/promise?lang=${lang}`}>{say('card.promiseMore')}</a>
      </p>
    </Page>,
  )
}

function cardMessage(lang: Lang, { field, code }: Problem): string {
  const say = words(lang)
  if (code === 'choose' && (field === 'inf' || field === 'able' || field === 'cour'))
    return say(`problem.choose.${field}`)
  return problemWords(lang, code)
}

function problemWords(lang: Lang, code: Problem['code'] | 'too-large' | 'busy'): string {
  const say = words(lang)
  switch (code) {
    case 'repeated':
      return say('problem.repeated')
    case 'too-long':
      return say('problem.tooLong')
    case 'cpr':
      return say('problem.cpr')
    case 'number':
      return say('problem.number')
    case 'too-large':
      return say('problem.tooLarge')
    case 'busy':
      return say('problem.busy')
    default:
      return say('problem.foreign')
  }
}

/** After the three answers are safe: what will you do now, and how many will you talk with. */
export function nextPage(meeting: MeetingHere, lang: Lang, again?: Again): string {
  const say = words(lang)
  const problems = again?.problems.map(({ field, code }) => ({
    field: field || 'next',
    message: problemWords(lang, code),
  }))
  return renderPage(
    <Page
      room={roomOf(meeting.community, 'blank')}
      lang={lang}
      kind="phone"
      title={say('next.title')}
      eyebrow={eyebrowOf(meeting, lang)}
      lead={say('next.lead')}
      problems={problems}
      languages={inLanguages(`/n/${meeting.code}`)}
      scripts={[islands.outbox, islands.readAloud]}
      robots="noindex"
    >
      <Outbox lang={lang} />
      <form
        method="post"
        data-read-label={say('card.readAloud')}
        action={`/n/${meeting.code}`}
        novalidate
        data-outbox={`/m/${meeting.code}/thanks?lang=${lang}`}
        data-rev
      >
        <input type="hidden" name="lang" value={lang} />
        <Steps
          lang={lang}
          all={again !== undefined}
          steps={[
            {
              id: 'n1',
              body: (
                <>
                  <TextArea
                    lang={lang}
                    name="next"
                    label={say('next.words')}
                    hint={say('next.wordsHint')}
                    maxlength={longestNext}
                    voice
                    value={again?.said.get('next') ?? undefined}
                    error={problemOf(problems, 'next')}
                  />
                  <Tick lang={lang} name="nothing" label={say('next.nothing')} checked={again?.said.has('nothing')} />
                </>
              ),
            },
            {
              id: 'n2',
              body: (
                <Field
                  lang={lang}
                  name="who"
                  label={<span class="question">{say('next.who')}</span>}
                  hint={say('next.whoHint')}
                  inputmode="numeric"
                  size={4}
                  value={again?.said.get('who') ?? undefined}
                  error={problemOf(problems, 'who')}
                />
              ),
            },
          ]}
          finish={<Button wide>{say('next.send')}</Button>}
        />
      </form>
      <p>
        <a href={`/m/${meeting.code}/thanks?lang=${lang}`}>{say('next.skip')}</a>
      </p>
      <p class="soft small">{say('next.promise')}</p>
    </Page>,
  )
}

/** Where a phone stays: the result comes here when the card closes. `state` is the live region's content. */
export function thanksPage(meeting: MeetingHere, lang: Lang, state: string): string {
  const say = words(lang)
  const open = meeting.life.phase === 'open'
  return renderPage(
    <Page
      room={roomOf(meeting.community, 'code')}
      lang={lang}
      kind="phone"
      title={say('thanks.title')}
      eyebrow={eyebrowOf(meeting, lang)}
      lead={open ? say('thanks.lead') : undefined}
      languages={inLanguages(`/m/${meeting.code}/thanks`)}
      scripts={[islands.outbox, islands.live]}
      robots="noindex"
    >
      <Outbox lang={lang} />
      <div
        class="live"
        aria-live="polite"
        data-live={`/m/${meeting.code}/stream?for=phone&lang=${lang}`}
        dangerouslySetInnerHTML={{ __html: state }}
      />
      {open && (
        <p class="soft small">
          {say('thanks.againHow')} <a href={`/m/${meeting.code}?lang=${lang}`}>{say('thanks.again')}</a>
        </p>
      )}
    </Page>,
  )
}

/** The live region of a phone while the card is open. */
export function waitingState(lang: Lang): string {
  const say = words(lang)
  return String(
    <>
      <p>{say('thanks.waiting')}</p>
      <noscript>
        <p>{say('thanks.waitingPlain')}</p>
      </noscript>
    </>,
  )
}

/** Before and after: the meeting is planned, or its card is closed. */
export function otherPhasePage(meeting: MeetingHere, lang: Lang): string {
  const say = words(lang)
  const planned = meeting.life.phase === 'planned'
  return renderPage(
    <Page
      room={roomOf(meeting.community, 'code')}
      lang={lang}
      kind="phone"
      title={say(planned ? 'phase.plannedTitle' : 'phase.closedTitle')}
      eyebrow={eyebrowOf(meeting, lang)}
      lead={
        planned
          ? say('phase.planned', {
              when: sayDayAndTime(meeting.startsAt, meeting.community.timeZone, lang),
              place: meeting.place,
            })
          : say('phase.closed')
      }
      languages={inLanguages(`/m/${meeting.code}`)}
      scripts={[islands.outbox]}
      robots="noindex"
    >
      <Outbox lang={lang} />
      {planned && <p>{say('phase.plannedHost', { host: meeting.hostName })}</p>}
      <p>
        {planned ? (
          <ButtonLink href={`/c/${meeting.community.slug}?lang=${lang}`}>
            {say('phase.toCommunity', { community: meeting.community.name })}
          </ButtonLink>
        ) : (
          <ButtonLink href={`/m/${meeting.code}/result?lang=${lang}`}>{say('phase.toResult')}</ButtonLink>
        )}
      </p>
    </Page>,
  )
}
