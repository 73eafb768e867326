// What every page of a phone in the hall has: the outbox, the line that follows the meeting, who sees the words, and the way to one's own.
import type { Child } from 'hono/jsx'
import { type Lang, languages } from '../../i18n/catalogue.ts'
import type { Problem } from '../../ui/forms.tsx'
import { Notice } from '../../ui/notices.tsx'
import { Page, renderPage } from '../../ui/page.tsx'
import { roomOf, type Seers } from '../../ui/whose-room.tsx'
import type { Evening, StatementKind } from '../evening.ts'
import { eyebrowOf, islands, Outbox } from '../exit-card.page.tsx'
import type { MeetingInHall } from '../hall.ts'
import { StateLine } from './phone-state.page.tsx'
import type { SayingProblem } from './saying.ts'
import { words } from './words.ts'

/** What somebody sent that has to be mended: shown again as it was typed. */
export interface Again {
  problems: readonly SayingProblem[]
  said: URLSearchParams
}

/** Where a page belongs to; `here` is its own address without the language. */
export interface Where {
  lang: Lang
  meeting: MeetingInHall
  /** Null when nothing is followed any more. */
  evening: Evening | null
}

interface PhonePageProps extends Where {
  title: string
  lead?: Child
  here: string
  /** Whoever has the meeting's code, unless it is said. */
  seen?: Seers
  problems?: readonly Problem[] | undefined
  /** Comes along to what the meeting goes on to by itself, unless somebody is typing. Otherwise it is offered. */
  follows?: boolean
  /** The page that is kept for when there is no net. */
  empty?: boolean
  children?: Child
}

export function phonePage(p: PhonePageProps): string {
  const { lang, meeting, here } = p
  const say = words(lang)
  return renderPage(
    <Page
      room={roomOf(meeting.community, p.seen ?? 'code')}
      lang={lang}
      kind="phone"
      title={p.title}
      eyebrow={eyebrowOf(meeting, lang)}
      lead={p.lead}
      problems={p.problems}
      languages={Object.fromEntries(
        languages.map((one) => [one, `${here}${here.includes('?') ? '&' : '?'}lang=${one}`]),
      )}
      scripts={[islands.outbox, islands.live]}
      robots="noindex"
    >
      <Outbox
        lang={lang}
        say={say}
        more={{
          'data-arrived': say('outbox.arrived'),
          'data-mine': say('outbox.mine'),
          'data-mine-at': `/m/${meeting.code}/mine?lang=${lang}`,
        }}
      />
      {p.children}
      <Follow {...p} />
    </Page>,
  )
}

/** The line that follows the meeting, and the button that leads on when it has moved while somebody was typing. */
function Follow({ lang, meeting, evening, follows, empty }: PhonePageProps) {
  const say = words(lang)
  const on = `/m/${meeting.code}?lang=${lang}`
  const stage = empty ? 'empty' : meeting.life.phase === 'planned' ? (evening?.stage ?? 'before') : 'card'
  return (
    <section class="follow">
      <div
        data-live={`/m/${meeting.code}/stream?for=phone&lang=${lang}`}
        data-stage={stage}
        data-follows={follows ? on : undefined}
        data-lost={say('follow.lost')}
      >
        {evening && !empty && <StateLine evening={evening} lang={lang} />}
      </div>
      <div class="moved" role="status">
        <div hidden data-moved>
          <p>
            <b>{say('follow.moved')}</b> <span data-typed>{say('follow.movedTyped')}</span>
          </p>
          <a class="button" href={on}>
            {say('follow.onward')}
          </a>
        </div>
      </div>
      <noscript>
        <p class="small">
          {say('follow.plain')} <a href={on}>{say('follow.onward')}</a>
        </p>
      </noscript>
    </section>
  )
}

/** Who sees what is said: said before it is typed, and honestly. */
export function WhoSees({ lang }: { lang: Lang }) {
  const say = words(lang)
  return (
    <div class="notice">
      <p class="notice-title">{say('seen.title')}</p>
      <div class="notice-text small">
        <p>{say('seen.hall')}</p>
        <p>{say('seen.name')}</p>
        <p>{say('seen.limit')}</p>
      </div>
    </div>
  )
}

/** To one's own words and to everybody's. */
export function Ways({ lang, meeting, links }: Where & { links: readonly ('mine' | 'words' | 'meeting')[] }) {
  const say = words(lang)
  const to = (path: string, label: string) => <a href={`/m/${meeting.code}${path}?lang=${lang}`}>{label}</a>
  return (
    <p class="ways">
      {links.includes('meeting') && to('', say(meeting.life.phase === 'open' ? 'mine.toCard' : 'mine.toMeeting'))}
      {links.includes('mine') && to('/mine', say('mine.link'))}
      {links.includes('words') && to('/words', say('mine.all'))}
    </p>
  )
}

/** Somebody's words in their own language, with the bar of their kind, which is said in a word too. */
export function SaidWords({ kind, text, lang }: { kind: StatementKind; text: string; lang: string }) {
  return (
    <blockquote class={`said ${kind}`} lang={lang} dir="auto">
      {text}
    </blockquote>
  )
}

/** Something of this phone's own waits for its writer to decide. */
export function WaitsForYou({ lang, code, count }: { lang: Lang; code: string; count: number }) {
  const say = words(lang)
  if (count === 0) return null
  return (
    <Notice lang={lang} kind="warn" title={say('mine.waits', { count })}>
      <p>{say('mine.waitsWhat')}</p>
      <a class="button quiet" href={`/m/${code}/mine?lang=${lang}`}>
        {say('mine.waitsLink')}
      </a>
    </Notice>
  )
}

/** What is to be mended, in words; `dotsEach` for the form of dots. */
export function mendings(lang: Lang, problems: readonly SayingProblem[], first: string, dotsEach = 0): Problem[] {
  const say = words(lang)
  const wordsFor = ({ field, code }: SayingProblem): string => {
    switch (code) {
      case 'choose':
        return say(field === 'kind' ? 'problem.kind' : field === 'first' ? 'problem.first' : 'problem.brought')
      case 'empty':
        return say('problem.empty')
      case 'too-long':
        return say('problem.tooLong')
      case 'cpr':
        return say('problem.cpr')
      case 'repeated':
        return say('problem.repeated')
      case 'key':
        return say('problem.key')
      case 'name-too-long':
        return say('problem.name')
      case 'number':
        return say('problem.number')
      case 'too-many':
        return say('problem.tooMany', { count: dotsEach })
      case 'busy':
        return say('problem.busy')
      case 'foreign':
        return say('problem.foreign')
    }
  }
  return problems.map((problem) => ({ field: problem.field || first, message: wordsFor(problem) }))
}
