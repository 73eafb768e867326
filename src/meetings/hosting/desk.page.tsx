// The host's desk as a page: one thing to do on the screen in each part of the meeting's life, and the two questions before what is final.
import type { Child } from 'hono/jsx'
import { sayDay, sayDayAndTime, sayTime } from '../../communities/times.ts'
import type { Lang } from '../../i18n/catalogue.ts'
import { Actions, Button, ButtonLink, Field, type Problem } from '../../ui/forms.tsx'
import { Code } from '../../ui/hall.tsx'
import { Notice } from '../../ui/notices.tsx'
import { Page, renderPage } from '../../ui/page.tsx'
import { Columns, Facts, Part, Sheet, Voice } from '../../ui/parts.tsx'
import { roomOf } from '../../ui/whose-room.tsx'
import { minutesOf } from '../evening.ts'
import { eyebrowOf, islands } from '../exit-card.page.tsx'
import type { MeetingHere } from '../meetings.queries.ts'
import { WhoLeads } from '../roles.page.tsx'
import { spelled } from '../spelling.ts'
import { words as meetingWords } from '../words.ts'
import type { Desk } from './desk.ts'
import { words } from './words.ts'

/** Somebody's own text: it may run the other way without turning the line round it. */
const own = (text: string): Child => <bdi>{text}</bdi>

export interface DeskPageProps {
  lang: Lang
  desk: Desk
  /** `https://oplive.example.dk` */
  origin: string
  now: Date
  /** What was typed as attendance, and why it cannot be. */
  attended?: { said: string; code: 'attended' | 'attendedMany' }
}

export function deskPage(p: DeskPageProps): string {
  const { lang, desk, now } = p
  const say = words(lang)
  const { meeting } = desk
  const path = `/m/${meeting.code}`
  const problems = p.attended && [{ field: 'attended', message: say(`problem.${p.attended.code}`) }]
  const when = sayDayAndTime(meeting.startsAt, meeting.community.timeZone, lang, now)
  return renderPage(
    <Page
      room={roomOf(meeting.community, 'hosts')}
      lang={lang}
      kind="page"
      title={say('desk.title')}
      heading={own(meeting.purpose)}
      eyebrow={eyebrowOf(meeting, lang)}
      lead={
        <>
          {capital(when)}. {own(meeting.place)}. {say('desk.host')} {own(meeting.hostName)}.
        </>
      }
      problems={problems}
      languages={{ da: `${path}/lead?lang=da`, en: `${path}/lead?lang=en` }}
      scripts={desk.phase === 'open' ? [islands.live] : []}
      robots="noindex"
    >
      {desk.phase === 'planned' && <Planned lang={lang} desk={desk} when={when} origin={p.origin} />}
      {desk.phase === 'open' && <Open lang={lang} desk={desk} now={now} origin={p.origin} {...mending(p, problems)} />}
      {desk.phase === 'closed' && <Closed lang={lang} desk={desk} now={now} {...mending(p, problems)} />}
      <p>
        <a href={`/c/${meeting.community.slug}`}>{say('desk.toCommunity', { community: meeting.community.name })}</a>
      </p>
    </Page>,
  )
}

interface Mending {
  said?: string | undefined
  error?: string | undefined
}

const mending = ({ attended }: DeskPageProps, problems: readonly Problem[] | undefined): Mending => ({
  said: attended?.said,
  error: problems?.[0]?.message,
})

type In<Phase extends Desk['phase']> = Extract<Desk, { phase: Phase }>

function Planned({ lang, desk, when, origin }: { lang: Lang; desk: In<'planned'>; when: string; origin: string }) {
  const say = words(lang)
  const { meeting } = desk
  const path = `/m/${meeting.code}`
  return (
    <>
      <Columns>
        {desk.early ? (
          <Sheet eyebrow={say('planned.early')} title={say('planned.earlyTitle', { when })}>
            <p>{say('planned.earlyWhat')}</p>
            <Actions>
              <ButtonLink href={`${path}/poster`}>{say('hall.poster')}</ButtonLink>
              <ButtonLink kind="quiet" href={`${path}/begin`}>
                {say('planned.begin')}
              </ButtonLink>
            </Actions>
            <p class="small">
              {say('planned.cardOnly')} <a href={`${path}/open`}>{say('planned.open')}</a>
            </p>
          </Sheet>
        ) : (
          <Sheet eyebrow={say('planned.begins')} title={say('planned.begin')}>
            <p>{say('planned.beginWhat')}</p>
            <form method="post" action={`${path}/begin`}>
              <Actions>
                <Button>{say('planned.begin')}</Button>
              </Actions>
            </form>
            <p class="small">
              {say('planned.cardOnly')} {say('planned.what')}
            </p>
            <form method="post" action={`${path}/open`}>
              <Actions>
                <Button kind="quiet">{say('planned.open')}</Button>
              </Actions>
            </form>
          </Sheet>
        )}
        <TheCode lang={lang} meeting={meeting} origin={origin} />
      </Columns>
      <Part title={say('planned.before')}>
        <GetReady lang={lang} desk={desk} />
        <Actions>
          <ButtonLink kind="quiet" href={`${path}/plan`}>
            {say('planned.change')}
          </ButtonLink>
        </Actions>
      </Part>
    </>
  )
}

function Open({
  lang,
  desk,
  now,
  origin,
  ...mend
}: { lang: Lang; desk: In<'open'>; now: Date; origin: string } & Mending) {
  const say = words(lang)
  const { meeting } = desk
  const path = `/m/${meeting.code}`
  const until = sayDayAndTime(desk.closesBy, meeting.community.timeZone, lang, now)
  return (
    <>
      <Columns>
        <Sheet eyebrow={say('open.eyebrow')}>
          <div
            class="live desk-count"
            data-live={`${path}/stream?for=lead&lang=${lang}`}
            data-lost={meetingWords(lang)('screen.lost')}
          >
            <p>{sayAnswered(lang, desk)}</p>
          </div>
          <p>
            {say('open.what')} {say('open.until', { until })}
          </p>
          <Actions>
            <ButtonLink href={`${path}/close`}>{say('open.close')}</ButtonLink>
            <ButtonLink kind="quiet" href={`${path}/pile`}>
              {say('open.pile')}
            </ButtonLink>
          </Actions>
          <p>
            <a href={`${path}/lead`}>{say('desk.again')}</a>
          </p>
        </Sheet>
        <TheCode lang={lang} meeting={meeting} origin={origin} />
      </Columns>
      <Columns>
        <Attendance lang={lang} meeting={meeting} answered={desk.answered} title={say('attended.title')} {...mend} />
        <Part title={say('open.hall')}>
          <Facts facts={[...(desk.begun ? fromTonight(lang, path) : []), ...inTheHall(lang, path)]} />
        </Part>
      </Columns>
    </>
  )
}

function Closed({ lang, desk, now, ...mend }: { lang: Lang; desk: In<'closed'>; now: Date } & Mending) {
  const say = words(lang)
  const { meeting, answered, late } = desk
  const path = `/m/${meeting.code}`
  const day = sayDay(late.until, meeting.community.timeZone, lang, now)
  return (
    <>
      <Sheet eyebrow={say('closed.eyebrow')} title={say('closed.title')}>
        <p>
          {answered === null ? say('closed.few') : say('closed.answered', { answered })} {say('closed.what')}{' '}
          {say('closed.paper')}
        </p>
        <Actions>
          <ButtonLink href={`${path}/result`}>{say('closed.result')}</ButtonLink>
          <ButtonLink kind="quiet" href={`${path}/screen`}>
            {say('closed.screen')}
          </ButtonLink>
        </Actions>
      </Sheet>
      <Part title={say('after.title')}>
        <Facts
          facts={[
            [say('after.debriefHow'), <a href={`${path}/debrief`}>{say('after.debrief')}</a>],
            [say('after.listHow'), <a href={`${path}/list`}>{say('after.list')}</a>],
            [say('after.minutesHow'), <a href={`${path}/minutes`}>{say('after.minutes')}</a>],
            [say('after.doorHow'), <a href={`${path}/doorlist`}>{say('after.door')}</a>],
            [say('after.trendHow'), <a href={`/c/${meeting.community.slug}/trend`}>{say('after.trend')}</a>],
          ]}
        />
      </Part>
      <Part title={say('closed.words')}>
        <p class="soft">{say(desk.words.length > 0 ? 'closed.wordsHow' : 'closed.wordsFew')}</p>
        {desk.words.length > 0 && (
          <Columns>
            {desk.words.map((text) => (
              <Voice>{own(text)}</Voice>
            ))}
          </Columns>
        )}
      </Part>
      <Columns>
        <Attendance
          lang={lang}
          meeting={meeting}
          answered={answered ?? 0}
          title={say('attended.titleAfter')}
          {...mend}
        />
        <Part title={say('late.title')}>
          {late.open ? (
            <>
              <p>
                {say('late.batch')} {say('late.last', { day })}
              </p>
              <p>
                <strong>{late.waiting > 0 ? say('late.waiting', { count: late.waiting }) : say('late.none')}</strong>
              </p>
              <Actions>
                <ButtonLink kind="quiet" href={`${path}/pile`}>
                  {say('late.pile')}
                </ButtonLink>
              </Actions>
            </>
          ) : (
            <p>{say('late.over')}</p>
          )}
        </Part>
      </Columns>
    </>
  )
}

function sayAnswered(lang: Lang, { answered, meeting }: In<'open'>): string {
  const say = words(lang)
  if (answered === 0) return say('open.none')
  if (meeting.attended === null || meeting.attended < answered) return say('open.answered', { count: answered })
  return say('open.answeredOf', { answered, attended: meeting.attended })
}

/** The code as large as on the wall, to be said aloud. */
function TheCode({ lang, meeting, origin }: { lang: Lang; meeting: MeetingHere; origin: string }) {
  const say = words(lang)
  return (
    <Part title={say('desk.codeTitle')}>
      <p class="hall-letters">
        <Code code={meeting.code} />
      </p>
      <p>
        {say('desk.codeGo')} <b>{origin.replace(/^https?:\/\//, '')}</b> {say('desk.codeHow')}
      </p>
      <p class="soft">{say('desk.codeSaid', { words: spelled(meeting.code, lang).join(' ') })}</p>
    </Part>
  )
}

const inTheHall = (lang: Lang, path: string): [string, Child][] => {
  const say = words(lang)
  return [
    [say('hall.door'), <a href={`${path}/poster`}>{say('hall.poster')}</a>],
    [say('hall.tables'), <a href={`${path}/paper`}>{say('hall.paper')}</a>],
    [say('hall.wall'), <a href={`${path}/screen`}>{say('hall.screen')}</a>],
  ]
}

/** What the evening has left to finish while people answer. */
const fromTonight = (lang: Lang, path: string): [string, Child][] => {
  const say = words(lang)
  return [
    [say('open.themes'), <a href={`${path}/board`}>{say('open.board')}</a>],
    [say('open.typed'), <a href={`${path}/scribe`}>{say('open.scribe')}</a>],
    [say('open.promised'), <a href={`${path}/list`}>{say('open.list')}</a>],
  ]
}

/** What is to be ready, in the order one does it: the plan, who does what, who comes, and what hangs in the hall. */
function GetReady({ lang, desk: { meeting, agenda, roles } }: { lang: Lang; desk: In<'planned'> }) {
  const say = words(lang)
  const path = `/m/${meeting.code}`
  const minutes = minutesOf(agenda)
  const ends = new Date(meeting.startsAt.getTime() + minutes * 60_000)
  const to = sayTime(ends, meeting.community.timeZone, lang)
  return (
    <>
      <Facts
        facts={[
          [say('planned.agendaTerm'), <a href={`${path}/agenda`}>{say('planned.agendaLink', { minutes, to })}</a>],
          [say('planned.rolesTerm'), <a href={`${path}/roles`}>{say('planned.rolesLink')}</a>],
          [say('planned.inviteTerm'), <a href={`${path}/invite`}>{say('planned.inviteLink')}</a>],
          [say('planned.comingTerm'), <a href={`${path}/coming`}>{say('planned.comingLink')}</a>],
          ...inTheHall(lang, path),
        ]}
      />
      <WhoLeads lang={lang} roles={roles.filter(({ role, municipal }) => role !== 'host' || municipal)} />
    </>
  )
}

interface AttendanceProps extends Mending {
  lang: Lang
  meeting: MeetingHere
  answered: number
  title: string
}

function Attendance({ lang, meeting, answered, title, said, error }: AttendanceProps) {
  const say = words(lang)
  const { attended } = meeting
  return (
    <Part title={title}>
      <form method="post" action={`/m/${meeting.code}/attended`} novalidate>
        <Field
          lang={lang}
          name="attended"
          label={say('attended.label')}
          hint={say('attended.hint')}
          inputmode="numeric"
          size={6}
          value={said ?? (attended === null ? undefined : String(attended))}
          error={error}
        />
        <Actions>
          <Button kind="quiet">{say('attended.save')}</Button>
        </Actions>
      </form>
      {attended !== null && attended < answered && (
        <Notice lang={lang} kind="info">
          {say('attended.fewer', { answered })}
        </Notice>
      )}
    </Part>
  )
}

/** The card opens once and stays open for hours: hours before the meeting that is asked twice. */
export function openPage(lang: Lang, desk: In<'planned'>, until: Date, now: Date): string {
  const say = words(lang)
  const { meeting } = desk
  const at = (time: Date) => sayDayAndTime(time, meeting.community.timeZone, lang, now)
  const path = `/m/${meeting.code}`
  return renderPage(
    <Page
      room={roomOf(meeting.community, 'hosts')}
      lang={lang}
      kind="page"
      title={say('openEarly.title')}
      eyebrow={eyebrowOf(meeting, lang)}
      lead={say('openEarly.what', { when: at(meeting.startsAt), until: at(until) })}
      languages={{ da: `${path}/open?lang=da`, en: `${path}/open?lang=en` }}
      robots="noindex"
    >
      <form method="post" action={`${path}/open`}>
        <Actions>
          <ButtonLink href={`${path}/lead`}>{say('openEarly.no')}</ButtonLink>
          <Button kind="quiet">{say('openEarly.yes')}</Button>
        </Actions>
      </form>
    </Page>,
  )
}

/** Closing cannot be taken back, and late cards do not show: so it is asked first. */
export function closePage(lang: Lang, desk: In<'open'>): string {
  const say = words(lang)
  const { meeting, answered } = desk
  const path = `/m/${meeting.code}`
  return renderPage(
    <Page
      room={roomOf(meeting.community, 'hosts')}
      lang={lang}
      kind="page"
      title={say('close.title')}
      eyebrow={eyebrowOf(meeting, lang)}
      lead={answered === 0 ? say('close.none') : say('close.answered', { count: answered })}
      languages={{ da: `${path}/close?lang=da`, en: `${path}/close?lang=en` }}
      robots="noindex"
    >
      <div class="stack">
        <p>{say('close.final')}</p>
        <p>
          {say('late.batch')} {say('late.lastOpen')}
        </p>
      </div>
      <form method="post" action={`${path}/close`}>
        <Actions>
          <Button>{say('close.yes')}</Button>
          <ButtonLink kind="quiet" href={`${path}/pile`}>
            {say('close.no')}
          </ButtonLink>
          <ButtonLink kind="quiet" href={`${path}/lead`}>
            {say('close.wait')}
          </ButtonLink>
        </Actions>
      </form>
    </Page>,
  )
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
