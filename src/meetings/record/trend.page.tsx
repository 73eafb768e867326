// The run chart of a place: each closed meeting a point with its band, the same as a table, and in words whether something has moved.
import type { Visit } from '../../access/visit.ts'
import type { Community } from '../../communities/community.ts'
import { placeFrame } from '../../communities/place-frame.ts'
import { sayDay } from '../../communities/times.ts'
import type { Lang } from '../../i18n/catalogue.ts'
import { pointsForSignal } from '../../shares/run-chart.ts'
import { RunChart } from '../../ui/chart.tsx'
import { EmptyState } from '../../ui/notices.tsx'
import { Page, renderPage } from '../../ui/page.tsx'
import { Part, Table } from '../../ui/parts.tsx'
import { type Question, questions } from '../exit-card.ts'
import { words as meetingWords } from '../words.ts'
import { openRecordPath } from './given-back.page.tsx'
import type { HeldMeeting } from './record.queries.ts'
import { firstTimersOver, mostMeetings, type Trend, trendOf } from './trend.ts'
import { words } from './words.ts'

export function trendPage(visit: Visit, community: Community, all: readonly HeldMeeting[]): string {
  const { lang } = visit
  const say = words(lang)
  const meetings = all.slice(-mostMeetings)
  const { timeZone } = community
  const now = visit.house.clock.now()
  const day = (meeting: HeldMeeting) => sayDay(meeting.startsAt, timeZone, lang, now)
  const trends = questions.map((question) => ({ question, trend: trendOf(meetings, question) }))
  const first = firstTimersOver(meetings)
  return renderPage(
    <Page
      {...placeFrame(visit, community, `/c/${community.slug}/trend`, 'all')}
      title={say('trend.title')}
      eyebrow={community.name}
      lead={say('trend.lead')}
    >
      {meetings.length === 0 ? (
        <EmptyState title={say('trend.none')}>{say('trend.noneHow')}</EmptyState>
      ) : (
        <>
          {all.length > meetings.length && <p>{say('trend.shown', { count: meetings.length })}</p>}
          {trends.map(({ question, trend }) => (
            <Part id={question.toLowerCase()} title={say(`trend.question.${question}`)}>
              <p>
                <b>{saySignal(lang, trend, day)}</b>
              </p>
              <OneChart lang={lang} title={say(`trend.question.${question}`)} trend={trend} day={day} />
            </Part>
          ))}
          <Part id="first" title={say('trend.first')}>
            <p>{say('trend.firstHow')}</p>
            {first.known > 0 && (
              <OneChart lang={lang} title={say('trend.first')} trend={{ ...first, median: null }} day={null} />
            )}
          </Part>
          <p class="soft small">
            {say('trend.legend')} {say('trend.gaps')} {meetingWords(lang)('result.dontKnow')}{' '}
            {meetingWords(lang)('result.noEffect')} {say('trend.noCompare')}
          </p>
          <Part id="table" title={say('trend.table')}>
            <Table
              caption={say('trend.title')}
              quiet
              columns={[
                say('trend.number'),
                ...questions.map((question) => say(`trend.question.${question}`)),
                say('trend.newFirst'),
              ]}
              rows={meetings.map((meeting, before) => [
                <>
                  {before + 1}.{' '}
                  {meeting.body ? (
                    <a href={openRecordPath({ id: meeting.id, community })}>{day(meeting)}</a>
                  ) : (
                    day(meeting)
                  )}
                  <small>{meetingWords(lang)(`kind.${meeting.kind}`)}</small>
                </>,
                ...questions.map((question) => sayCell(lang, meeting, question)),
                sayFirst(lang, meeting),
              ])}
            />
          </Part>
        </>
      )}
      <p class="on-screen">
        <a href={`/c/${community.slug}`}>{say('trend.back', { community: community.name })}</a>
      </p>
    </Page>,
  )
}

type Day = (meeting: HeldMeeting) => string

function OneChart({ lang, title, trend, day }: { lang: Lang; title: string; trend: Trend; day: Day | null }) {
  const say = words(lang)
  if (trend.known === 0) return null
  const signal = day ? saySignal(lang, trend, day) : ''
  return (
    <>
      <RunChart
        label={say('trend.picture', { question: title, count: trend.points.length, signal })}
        points={trend.points.map(({ number, share }) => ({
          number,
          at: share && {
            percent: (100 * share.yes) / share.answered,
            ...(share.boundsFirst && share.bounds ? share.bounds : { low: share.low, high: share.high }),
          },
        }))}
        median={trend.median === null ? null : 100 * trend.median}
      />
      {trend.median !== null && (
        <p class="small">{say('trend.median', { percent: Math.round(100 * trend.median + 1e-9) })}</p>
      )}
    </>
  )
}

/** What the run chart may say, and no more: nothing below six points, and a signal only from six in a row. */
function saySignal(lang: Lang, { known, median, signal, points }: Trend, day: Day): string {
  const say = words(lang)
  if (known === 0) return say('trend.needNone')
  if (known < pointsForSignal || median === null) return say('trend.need', { count: known })
  if (!signal) return say('trend.still')
  const [from, to] = [points[signal.from], points[signal.to]]
  const span = from && to ? ` ${say('trend.span', { from: day(from.meeting), to: day(to.meeting) })}` : ''
  return `${say(`trend.${signal.side}`, { count: signal.points })}${span}`
}

function sayCell(lang: Lang, { body }: HeldMeeting, question: Question): string {
  const say = words(lang)
  if (!body) return say('trend.later')
  const share = body.questions[question]
  switch (share.kind) {
    case 'too-few':
      return say('trend.tooFew')
    case 'almost-all':
      return say('trend.almostAll')
    case 'almost-none':
      return say('trend.almostNone')
    case 'words':
      return say('trend.words', { yes: share.yes, answered: share.answered })
    case 'share': {
      const { yes, answered, percent, low, high, bounds, boundsFirst, attended } = share
      return boundsFirst && bounds && attended !== null
        ? say('trend.cellBounds', { yes, answered, percent, attended, ...bounds })
        : say('trend.cell', { yes, answered, percent, low, high })
    }
  }
}

function sayFirst(lang: Lang, { body }: HeldMeeting): string {
  const say = words(lang)
  if (!body) return say('trend.later')
  const share = body.evening?.firstTimers
  switch (share?.kind) {
    case 'few':
    case 'most':
      return say(`trend.${share.kind}`, { of: share.of })
    case 'share': {
      const { yes, answered, percent, low, high, bounds, boundsFirst, attended } = share
      return boundsFirst && bounds && attended !== null
        ? say('trend.cellBounds', { yes, answered, percent, attended, ...bounds })
        : say('trend.cell', { yes, answered, percent, low, high })
    }
    default:
      return say('trend.unknown')
  }
}
