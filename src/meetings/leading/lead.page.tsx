// The page of the one who leads, while the evening is on: one thing to do next, and everything else within reach of a thumb.
import type { Child } from 'hono/jsx'
import { sayTime } from '../../communities/times.ts'
import type { Lang } from '../../i18n/catalogue.ts'
import { Actions, Button, ButtonLink, Choice, Field, type Problem, problemOf, TextArea } from '../../ui/forms.tsx'
import { Notice } from '../../ui/notices.tsx'
import { Page, renderPage } from '../../ui/page.tsx'
import { Facts, Sheet } from '../../ui/parts.tsx'
import { roomOf } from '../../ui/whose-room.tsx'
import {
  type AgendaItem,
  defaultAgenda,
  type Evening,
  longestStatement,
  type ScreenShow,
  stages,
  statementKinds,
  talkAt,
} from '../evening.ts'
import { eyebrowOf, islands } from '../exit-card.page.tsx'
import type { MeetingHere } from '../meetings.queries.ts'
import { words as meetingWords } from '../words.ts'
import { Numbers } from './lead-state.page.tsx'
import type { Done } from './leading.queries.ts'
import { type LeadingDeed, minutesLeft, nextStep, type PlanNow, planNow, type Step, talkMinutes } from './leading.ts'
import { words } from './words.ts'

export const leadIslands = {
  lead: 'src/meetings/leading/lead.island.ts',
  board: 'src/meetings/leading/board.island.ts',
}

/** What is to be told on top of the page. */
export interface Told {
  kind: 'ok' | 'warn'
  title: string
  what?: string
}

export interface LeadPageProps {
  lang: Lang
  meeting: MeetingHere
  evening: Evening
  done: readonly Done[]
  now: Date
  /** For the form of the one who writes for somebody: sent twice, it is written once. */
  key: string
  told?: Told | undefined
  /** What was typed and has to be mended, or was not taken. */
  said?: URLSearchParams | undefined
  problems?: readonly Problem[] | undefined
}

const own = (text: string): Child => <bdi>{text}</bdi>

/** The plan of the evening, or the usual one when nobody has made one. */
export function agendaFor(evening: Pick<Evening, 'agenda'>, lang: Lang): readonly AgendaItem[] {
  if (evening.agenda.length > 0) return evening.agenda
  const say = words(lang)
  return defaultAgenda.map((item) => ({
    ...item,
    title: say(`default.${item.title as 'arrive'}`),
    reason: null,
  }))
}

export function leadPage(p: LeadPageProps): string {
  const { lang, meeting, evening, now } = p
  const say = words(lang)
  const path = `/m/${meeting.code}`
  const plan = planNow(agendaFor(evening, lang), evening)
  return renderPage(
    <Page
      room={roomOf(meeting.community, 'hosts')}
      lang={lang}
      kind="page"
      title={say('title')}
      heading={own(meeting.purpose)}
      eyebrow={eyebrowOf(meeting, lang)}
      problems={p.problems}
      languages={{ da: `${path}/lead?lang=da`, en: `${path}/lead?lang=en` }}
      scripts={[islands.live, leadIslands.lead]}
      robots="noindex"
    >
      <div class="lead-all" data-leading data-now={now.getTime()} data-lost={say('board.live.lost')}>
        <ToldHere lang={lang} told={p.told} />
        <div class="lead-main">
          <Section id="now">
            <NowOn {...p} plan={plan} />
          </Section>
          <Section id="next">
            <NextStep {...p} plan={plan} />
          </Section>
          <Section id="talk" title={say('talk.title')}>
            <Talk {...p} />
          </Section>
          <Section id="stage" title={say('stage.title')}>
            <Stages {...p} />
          </Section>
          <Section id="undo" title={say('undo.title')}>
            <Undo lang={lang} path={path} done={p.done} back="lead" />
          </Section>
          <section class="part-of-page">
            <h2>{say('links.title')}</h2>
            <Links lang={lang} path={path} />
          </section>
        </div>
        <div class="lead-side">
          <Section id="write" title={say('write.title')}>
            <Write {...p} />
          </Section>
          <section class="part-of-page" id="people">
            <h2>{say('people.title')}</h2>
            <div
              class="live"
              data-live={`${path}/stream?for=lead&lang=${lang}`}
              data-lost={meetingWords(lang)('screen.lost')}
            >
              <Numbers lang={lang} meeting={meeting} evening={evening} />
            </div>
          </section>
          <Section id="attendance">
            <form method="post" action={`${path}/lead/attended`} data-quick novalidate>
              <Field
                lang={lang}
                name="attended"
                label={say('people.count')}
                inputmode="numeric"
                size={6}
                value={p.said?.get('attended') ?? (meeting.attended === null ? undefined : String(meeting.attended))}
                error={problemOf(p.problems, 'attended')}
              />
              <Actions>
                <Button kind="quiet">{say('people.keep')}</Button>
              </Actions>
            </form>
          </Section>
          <Section id="screen" title={say('screen.title')}>
            <Screen {...p} />
          </Section>
          <section class="part-of-page">
            <h2>{say('end.title')}</h2>
            <p>{say('end.what')}</p>
            <form method="post" action={`${path}/open`}>
              <Actions>
                <Button kind="quiet">{say('end.open')}</Button>
              </Actions>
            </form>
          </section>
          <p class="plain-again">
            <a href={`${path}/lead`}>{say('again')}</a>
          </p>
        </div>
      </div>
    </Page>,
  )
}

/** A part of the page that a script may bring up to date by itself. */
function Section({ id, title, children }: { id: string; title?: string; children?: Child }) {
  return (
    <section class="part-of-page" id={id} data-part={id}>
      {title && <h2>{title}</h2>}
      {children}
    </section>
  )
}

export function ToldHere({ lang, told }: { lang: Lang; told: Told | undefined }) {
  return (
    <div id="told" data-part="told" role="status">
      {told && (
        <Notice lang={lang} kind={told.kind} title={told.title}>
          {told.what}
        </Notice>
      )}
    </div>
  )
}

interface DoProps {
  path: string
  deed: string
  /** What goes along: names and values. */
  with?: Record<string, string | number>
  back?: 'lead' | 'board'
  children?: Child
}

/** A form that does one thing. */
export function Do({ path, deed, with: along = {}, back = 'lead', children }: DoProps) {
  return (
    <form method="post" action={`${path}/lead/${deed}`} data-quick>
      {Object.entries({ ...along, back }).map(([name, value]) => (
        <input type="hidden" name={name} value={String(value)} />
      ))}
      {children}
    </form>
  )
}

function NowOn({ lang, meeting, evening, now, plan }: LeadPageProps & { plan: PlanNow }) {
  const say = words(lang)
  const path = `/m/${meeting.code}`
  const seen = { seen: evening.agendaAt }
  if (!plan.item)
    return (
      <>
        <p class="eyebrow">{say('item.now')}</p>
        <h2>{say('item.none')}</h2>
        <p>{say('item.noneHow')}</p>
        {plan.before && (
          <Do path={path} deed="agenda" with={{ place: plan.at - 1, ...seen }}>
            <Button kind="quiet">{say('item.back', { title: plan.before.title })}</Button>
          </Do>
        )}
      </>
    )
  return (
    <>
      <p class="eyebrow">{say('item.of', { at: plan.at, of: plan.of })}</p>
      <h2>{own(plan.item.title)}</h2>
      {plan.endsAt && (
        <p class="lead-clock">
          <span
            data-until={plan.endsAt.getTime()}
            data-left-one={say('item.left', { count: 1 })}
            data-left-other={say('item.left', { count: 22 })}
            data-over-one={say('item.over', { count: 1 })}
            data-over-other={say('item.over', { count: 22 })}
            data-last={say('item.last')}
          >
            {sayLeft(lang, plan.endsAt, now)}
          </span>{' '}
          <span class="soft">
            {say('item.until', { time: sayTime(plan.endsAt, meeting.community.timeZone, lang) })}
          </span>
        </p>
      )}
      <Do path={path} deed="agenda" with={{ place: plan.at + 1, ...seen }}>
        <Button kind="quiet" wide>
          {plan.next ? say('item.next', { title: plan.next.title }) : say('item.end')}
        </Button>
      </Do>
      <details id="plan" class="lead-more">
        <summary>{say('item.all')}</summary>
        <ol class="lead-plan">
          {agendaFor(evening, lang).map((item, index) => (
            <li aria-current={index + 1 === plan.at ? 'step' : undefined}>
              <span>
                {own(item.title)} <small class="soft">{say('item.minutes', { count: item.minutes })}</small>
              </span>
              {index + 1 !== plan.at && (
                <Do path={path} deed="agenda" with={{ place: index + 1, ...seen }}>
                  <button class="lead-small" type="submit" aria-label={`${say('item.go')}: ${item.title}`}>
                    {say('item.go')}
                  </button>
                </Do>
              )}
            </li>
          ))}
        </ol>
      </details>
    </>
  )
}

export function sayLeft(lang: Lang, endsAt: Date, now: Date): string {
  const say = words(lang)
  const left = minutesLeft(endsAt, now)
  if (left === 0) return say('item.last')
  return left > 0 ? say('item.left', { count: left }) : say('item.over', { count: -left })
}

/** What the step is done with: a stage for the phones, another item, or a page to go to. */
const stageOfStep = {
  say: 'say',
  recognise: 'recognise',
  choose: 'choose',
  count: 'rest',
  promise: 'promise',
} as const satisfies Partial<Record<Step, string>>
const pageOfStep = { wait: 'lead#write', gather: 'board', priorities: 'board', read: 'list' } as const

function NextStep({ lang, meeting, evening, plan }: LeadPageProps & { plan: PlanNow }) {
  const say = words(lang)
  const path = `/m/${meeting.code}`
  const step = nextStep(evening, plan)
  const what = () => {
    switch (step) {
      case 'wait':
        return evening.voices === 0 ? say('step.wait.none') : say('step.wait.what', { count: evening.voices })
      case 'recognise':
        return say('step.recognise.what', { count: evening.voices })
      case 'choose':
        return say('step.choose.what', { count: evening.themes.length })
      case 'count':
        return evening.dotPhones === 0 ? say('step.count.none') : say('step.count.what', { count: evening.dotPhones })
      case 'read':
        return evening.promises === 0 ? say('step.read.none') : say('step.read.what', { count: evening.promises })
      default:
        return say(`step.${step}.what`)
    }
  }
  const button = <Button wide>{say(`step.${step}.do`)}</Button>
  return (
    <Sheet eyebrow={say('step.eyebrow')} title={say(`step.${step}.title`)}>
      <p>{what()}</p>
      {step in stageOfStep && (
        <Do
          path={path}
          deed="stage"
          with={{ stage: stageOfStep[step as keyof typeof stageOfStep], seen: evening.stage }}
        >
          {button}
        </Do>
      )}
      {step === 'arrive' && (
        <Do path={path} deed="agenda" with={{ place: plan.at + 1, seen: evening.agendaAt }}>
          {button}
        </Do>
      )}
      {step === 'close' && (
        <form method="post" action={`${path}/open`}>
          {button}
        </form>
      )}
      {step in pageOfStep && (
        <ButtonLink wide href={`${path}/${pageOfStep[step as keyof typeof pageOfStep]}`}>
          {say(`step.${step}.do`)}
        </ButtonLink>
      )}
    </Sheet>
  )
}

function Talk({ lang, meeting, evening, now }: LeadPageProps) {
  const say = words(lang)
  const path = `/m/${meeting.code}`
  const { talk } = evening
  const minutes = talkMinutes(talkAt(talk, now))
  const of = say('talk.of', { part: '#', all: '##' })
  return (
    <div
      class="lead-talk"
      data-talk={talk.talking ?? ''}
      data-since={talk.since?.getTime()}
      data-residents={talk.residentsMs}
      data-municipality={talk.municipalityMs}
      data-of={of}
    >
      {(['residents', 'municipality'] as const).map((who) => (
        <Do path={path} deed="talk" with={{ who }}>
          <button type="submit" class={`lead-speak ${who}`} aria-pressed={talk.talking === who ? 'true' : 'false'}>
            <span>{say(`talk.${who}`)}</span>
            <small>
              <span data-minutes={who}>{say('talk.of', { part: minutes[who], all: minutes.all })}</span>
              {talk.talking === who && <b> · {say('talk.now')}</b>}
            </small>
          </button>
        </Do>
      ))}
      <Do path={path} deed="talk" with={{ who: '' }}>
        <button type="submit" class="lead-pause" aria-pressed={talk.talking === null ? 'true' : 'false'}>
          {talk.talking === null ? say('talk.paused') : say('talk.pause')}
        </button>
      </Do>
      <p class="hint">{say('talk.what')}</p>
    </div>
  )
}

function Stages({ lang, meeting, evening }: LeadPageProps) {
  const say = words(lang)
  return (
    <Do path={`/m/${meeting.code}`} deed="stage" with={{ seen: evening.stage }}>
      <div class="lead-stages">
        {stages.map((stage) => (
          <button
            type="submit"
            name="stage"
            value={stage}
            class="lead-stage"
            aria-pressed={evening.stage === stage ? 'true' : 'false'}
          >
            <b>{say(`stage.${stage}`)}</b>
            <small>{say(`stage.hint.${stage}`)}</small>
          </button>
        ))}
      </div>
    </Do>
  )
}

const saidLanguages = ['da', 'en', 'ar', 'uk', 'de', 'tr', 'so'] as const

function Write({ lang, meeting, key, said, problems }: LeadPageProps) {
  const say = words(lang)
  const chosen = said?.get('said-lang') ?? lang
  return (
    <form method="post" action={`/m/${meeting.code}/lead/write`} data-quick data-written novalidate>
      <input type="hidden" name="key" value={key} />
      <input type="hidden" name="back" value="lead" />
      <Choice
        lang={lang}
        name="kind"
        plain
        legend={say('write.kind')}
        options={statementKinds.map((kind) => ({ value: kind, label: say(`ask.${kind}`) }))}
        value={said?.get('kind') ?? undefined}
        error={problemOf(problems, 'kind')}
      />
      <TextArea
        lang={lang}
        name="text"
        label={say('write.text')}
        maxlength={longestStatement}
        value={said?.get('text') ?? undefined}
        error={problemOf(problems, 'text')}
      />
      <div class="field">
        <label for="said-lang">{say('write.lang')}</label>
        <select id="said-lang" name="said-lang" class="lead-select">
          {saidLanguages.map((one) => (
            <option value={one} selected={one === chosen ? true : undefined}>
              {say(`write.langs.${one}`)}
            </option>
          ))}
          <option value="und" selected={chosen === 'und' ? true : undefined}>
            {say('write.langs.other')}
          </option>
        </select>
      </div>
      <Actions>
        <Button kind="quiet">{say('write.send')}</Button>
      </Actions>
    </form>
  )
}

const shows: readonly ScreenShow[] = ['follow', 'code', 'words', 'themes', 'dots', 'talk', 'promises']

function Screen({ lang, meeting, evening }: LeadPageProps) {
  const say = words(lang)
  const path = `/m/${meeting.code}`
  const { show, page } = evening.screen
  const held = page !== null
  return (
    <>
      <p>
        {say('screen.shows', { what: say(`screen.${show}`) })}
        {held && <> · {say('screen.held', { page })}</>}
      </p>
      <Do path={path} deed="screen" with={{}}>
        <div class="lead-shows">
          {shows.map((one) => (
            <button
              type="submit"
              name="show"
              value={one}
              class="lead-small"
              aria-pressed={show === one ? 'true' : 'false'}
            >
              {say(`screen.${one}`)}
            </button>
          ))}
        </div>
      </Do>
      <Do path={path} deed="screen" with={{ show }}>
        <div class="lead-row">
          <label for="page">{say('screen.hold')}</label>
          <input
            id="page"
            name="page"
            class="lead-number"
            type="text"
            inputmode="numeric"
            size={3}
            value={page ?? ''}
          />
          <button type="submit" class="lead-small">
            {say('screen.holdDo')}
          </button>
        </div>
      </Do>
      {held && (
        <Do path={path} deed="screen" with={{ show }}>
          <button type="submit" class="lead-small">
            {say('screen.turn')}
          </button>
        </Do>
      )}
    </>
  )
}

export const undoWords = (lang: Lang, deed: LeadingDeed): string => words(lang)(`undo.${deed}`)

interface UndoProps {
  lang: Lang
  path: string
  done: readonly Done[]
  back: 'lead' | 'board'
}

/** The last deed by its name, and those before it. */
export function Undo({ lang, path, done, back }: UndoProps) {
  const say = words(lang)
  const [last, ...earlier] = done
  if (!last) return <p class="soft">{say('undo.nothing')}</p>
  return (
    <>
      <Do path={path} deed="undo" with={{ id: last.id }} back={back}>
        <Button kind="quiet">{say('undo.last', { what: undoWords(lang, last.deed) })}</Button>
      </Do>
      {earlier.length > 0 && (
        <details id="earlier" class="lead-more">
          <summary>{say('undo.more')}</summary>
          <ul class="lead-earlier">
            {earlier.map((one) => (
              <li>
                <Do path={path} deed="undo" with={{ id: one.id }} back={back}>
                  <button type="submit" class="lead-small">
                    {say('undo.last', { what: undoWords(lang, one.deed) })}
                  </button>
                </Do>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

export function Links({ lang, path }: { lang: Lang; path: string }) {
  const say = words(lang)
  const links = [
    ['board', 'board'],
    ['scribe', 'scribe'],
    ['list', 'list'],
    ['screen', 'screen'],
    ['door', 'doorlist'],
  ] as const
  return (
    <Facts
      facts={links.map(([name, to]) => [say(`links.${name}How`), <a href={`${path}/${to}`}>{say(`links.${name}`)}</a>])}
    />
  )
}

/** Before the day: begun now, the plan's clock would run. */
export function beginPage(lang: Lang, meeting: MeetingHere, when: string): string {
  const say = words(lang)
  const path = `/m/${meeting.code}`
  return renderPage(
    <Page
      room={roomOf(meeting.community, 'hosts')}
      lang={lang}
      kind="page"
      title={say('begin.earlyTitle')}
      eyebrow={eyebrowOf(meeting, lang)}
      lead={say('begin.early', { when })}
      languages={{ da: `${path}/begin?lang=da`, en: `${path}/begin?lang=en` }}
      robots="noindex"
    >
      <form method="post" action={`${path}/begin`}>
        <Actions>
          <ButtonLink href={`${path}/lead`}>{say('begin.no')}</ButtonLink>
          <Button kind="quiet">{say('begin.yes')}</Button>
        </Actions>
      </form>
    </Page>,
  )
}
