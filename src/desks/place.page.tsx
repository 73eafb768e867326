// Byens forside: how the place defines itself and when it meets next, its hopes and what it has beside what is unbearable, what it does,
// what its latest meeting gave, who lives there, and when the municipality leaves. Strengths before problems.

import type { Visit } from '../access/visit.ts'
import { AgeBands } from '../communities/age-bands.page.tsx'
import type { Community } from '../communities/community.ts'
import { OwnWords, Quoted } from '../communities/own-words.tsx'
import { placeFrame } from '../communities/place-frame.ts'
import { sayAuthors, sayPlan, sayVersion } from '../communities/said.ts'
import { sayDay, sayDayAndTime } from '../communities/times.ts'
import { words as communityWords } from '../communities/words.ts'
import { isMunicipal } from '../db/as-actor.ts'
import { communityFirstHours } from '../meetings/meeting.ts'
import { openRecordPath } from '../meetings/record/given-back.page.tsx'
import { ResultShares, sayBase } from '../meetings/result.page.tsx'
import { words as meetingWords } from '../meetings/words.ts'
import { sayNotice } from '../rooms/said.tsx'
import { words as roomWords } from '../rooms/words.ts'
import { Actions, ButtonLink } from '../ui/forms.tsx'
import { EmptyState, Notice } from '../ui/notices.tsx'
import { Opening, Page, renderPage } from '../ui/page.tsx'
import { Carrier, Columns, Part, Sheet, Table, Voice } from '../ui/parts.tsx'
import { FallenNews } from '../withdrawal/fallen.page.tsx'
import type { PlaceSeen } from './desk.deeds.ts'
import { belongs, hosts, PlaceWays } from './front.page.tsx'
import { isUnderWay, leadsIn, type MeetingToTell } from './place.ts'
import { fewestFor, type OpenedWords } from './said-here.ts'
import { words } from './words.ts'

/** So many held meetings are in sight; the older ones open with a press. */
const inSight = 8

export function placePage(visit: Visit, place: PlaceSeen): string {
  const { community, meetings } = place
  const say = words(visit.lang)
  return renderPage(
    <Page
      {...placeFrame(visit, community, `/c/${community.slug}`, 'all')}
      title={community.name}
      heading={false}
      head={
        <link rel="alternate" type="text/calendar" href={calendarOf(community)} title={say('place.calendarTitle')} />
      }
    >
      <Columns>
        <Opening
          large
          eyebrow={
            community.residents === null
              ? say('place.community')
              : say('place.residents', { count: community.residents })
          }
          title={<OwnWords text={community.name} />}
        >
          <OwnDefinition visit={visit} place={place} />
        </Opening>
        <NextMeeting visit={visit} place={place} />
      </Columns>
      <KeyNews visit={visit} place={place} />
      <FallenNews visit={visit} fallen={place.fallen} community={place.community} />
      <Beside visit={visit} place={place} />
      <WhatWeDo visit={visit} place={place} />
      <Part id="result" title={meetingWords(visit.lang)('result.title')}>
        <LatestResult visit={visit} place={place} />
        {meetings.held.filter(({ phase }) => phase === 'closed').length >= 2 && (
          <p>
            <a href={`/c/${community.slug}/trend`}>{say('place.trend')}</a>
          </p>
        )}
      </Part>
      {meetings.later.length + meetings.held.length > 0 && (
        <Part id="meetings" title={say('place.meetings')}>
          {meetings.later.length > 0 && (
            <MeetingTable visit={visit} community={community} meetings={meetings.later} caption={say('place.later')} />
          )}
          {meetings.held.length > 0 && (
            <MeetingTable
              visit={visit}
              community={community}
              meetings={meetings.held.slice(0, inSight)}
              caption={say('place.held')}
            />
          )}
          {meetings.held.length > inSight && (
            <details>
              <summary>{say('place.older', { count: meetings.held.length - inSight })}</summary>
              <MeetingTable
                visit={visit}
                community={community}
                meetings={meetings.held.slice(inSight)}
                caption={say('place.held')}
                quiet
              />
            </details>
          )}
          <p>
            <a href={`/c/${community.slug}/data`}>{say('place.data')}</a>
            {!belongs(visit, community.id) && (
              <>
                {' · '}
                <a href={`/c/${community.slug}/training`}>{say('ways.training')}</a>
              </>
            )}
          </p>
        </Part>
      )}
      {(place.population || belongs(visit, community.id)) && (
        <Part id="people" title={communityWords(visit.lang)('ages.title')}>
          {place.population && <AgeBands lang={visit.lang} population={place.population} />}
          {belongs(visit, community.id) && (
            <p>
              <a href={`/c/${community.slug}/numbers`}>{say('place.numbers')}</a>
            </p>
          )}
        </Part>
      )}
      {belongs(visit, community.id) && (
        <Part id="yours" title={say('ways.title')}>
          <PlaceWays visit={visit} community={community} />
        </Part>
      )}
      <Withdrawal visit={visit} place={place} />
    </Page>,
  )
}

interface PartProps {
  visit: Visit
  place: PlaceSeen
}

/** For those who belong: what has happened to the keys of their room, for thirty days. */
function KeyNews({ visit, place: { community, notices } }: PartProps) {
  if (notices.length === 0) return null
  const say = roomWords(visit.lang)
  return (
    <Notice lang={visit.lang} kind="info" title={say('notice.title')}>
      <ul>
        {notices.slice(0, 3).map((notice) => (
          <li>
            <OwnWords text={sayNotice(visit.lang, notice)} />
          </li>
        ))}
      </ul>
      <p>
        <a href={`/c/${community.slug}/keys`}>{say('notice.more')}</a>
      </p>
    </Notice>
  )
}

function OwnDefinition({ visit, place: { community, definition } }: PartProps) {
  const { lang } = visit
  const say = words(lang)
  const path = `/c/${community.slug}/definition`
  if (!definition)
    return (
      <>
        <p class="lead">{say('place.noDefinition')}</p>
        {belongs(visit, community.id) && (
          <p>
            <a href={`${path}#write`}>{say('place.define')}</a>
          </p>
        )}
      </>
    )
  return (
    <>
      <p class="definition">
        <Quoted text={definition.text} />
      </p>
      <p class="small soft">
        {say('place.own')}, {sayVersion(definition, lang)} · {sayAuthors(definition, lang)} ·{' '}
        <a href={path}>{say(definition.version > 1 ? 'place.changed' : 'place.readDefinition')}</a>
      </p>
    </>
  )
}

/** The one sheet of the page. A meeting that all are invited to has its way in here until it begins; from then on the code is in the hall. */
function NextMeeting({ visit, place: { community, meetings } }: PartProps) {
  const { lang } = visit
  const say = words(lang)
  const { next } = meetings
  const mayPlan = hosts(visit, community.id)
  const plan = (kind: 'primary' | 'quiet') => (
    <ButtonLink href={`/c/${community.slug}/meetings/new`} kind={kind}>
      {say('planMeeting')}
    </ButtonLink>
  )
  if (!next)
    return (
      <Sheet eyebrow={say('place.next')} title={say('place.noNext')}>
        <p>{say(mayPlan ? 'place.noNextHost' : 'place.noNextHow')}</p>
        {mayPlan && <Actions>{plan('primary')}</Actions>}
        <CalendarLink visit={visit} community={community} />
      </Sheet>
    )
  const now = visit.house.clock.now()
  const when = capital(sayDayAndTime(next.startsAt, community.timeZone, lang, now))
  return (
    <Sheet eyebrow={say(isUnderWay(next, now) ? 'place.now' : 'place.next')} title={when}>
      <p>
        <b>
          <OwnWords text={next.place} />
        </b>
      </p>
      <p>
        <OwnWords text={next.hostName} /> {say('place.invites')} <OwnWords text={ended(next.purpose)} />
      </p>
      <p class="small soft">{meetingWords(lang)(`kind.${next.kind}`)}</p>
      {next.phase === 'open' && !mayPlan && <p>{say('place.openHow')}</p>}
      {mayPlan && (
        <Actions>
          <ButtonLink href={`/m/${next.code}/lead`}>{say('lead')}</ButtonLink>
          {plan('quiet')}
        </Actions>
      )}
      {!mayPlan && leadsIn(next, now) && (
        <Actions>
          <ButtonLink href={`/m/${next.code}`}>{say('place.coming')}</ButtonLink>
          <ButtonLink kind="quiet" href={`/m/${next.code}#neighbour`}>
            {say('place.neighbour')}
          </ButtonLink>
        </Actions>
      )}
      <CalendarLink visit={visit} community={community} />
    </Sheet>
  )
}

const calendarOf = ({ slug }: Pick<Community, 'slug'>): string => `/c/${slug}/calendar.ics`

function CalendarLink({ visit, community }: { visit: Visit; community: Community }) {
  return (
    <p class="small">
      <a href={calendarOf(community)}>{words(visit.lang)('place.calendar')}</a>
    </p>
  )
}

const tones = { hope: 'hope', resource: 'asset', unbearable: 'unbearable' } as const

/** Hope and what we have first, and beside each what is unbearable. Nothing before people have opened their words to all. */
function Beside({ visit, place: { beside, community } }: PartProps) {
  const say = words(visit.lang)
  if (beside.pairs.length === 0) return null
  const fewest = fewestFor(visit.actor.role, community.residents)
  const voice = ({ kind, text, lang, recognised }: OpenedWords) => {
    const tone = kind === 'change' ? undefined : tones[kind]
    const knows = recognised >= fewest ? ` · ${say('place.knowsToo', { count: recognised })}` : ''
    return (
      <Voice tone={tone} source={`${say(`place.kind.${kind}`)}${knows}`}>
        <span lang={lang}>
          <OwnWords text={text} />
        </span>
      </Voice>
    )
  }
  return (
    <Part id="said" title={say('place.beside')}>
      <div class="pairs">
        {beside.pairs.map(({ gives, unbearable }) => (
          <Columns>
            {voice(gives)}
            {unbearable && voice(unbearable)}
          </Columns>
        ))}
      </div>
      <p class="small soft">{say('place.besideWho')}</p>
    </Part>
  )
}

/** What meetings chose to take on; promises only as counts. */
function WhatWeDo({ visit, place: { doing, promises, community } }: PartProps) {
  const { lang } = visit
  const say = words(lang)
  if (doing.length === 0 && !promises) return null
  const now = visit.house.clock.now()
  return (
    <Part id="doing" title={say('place.doing')}>
      {doing.length > 0 && (
        <Table
          quiet
          caption={say('place.doingCaption')}
          columns={[say('place.chosen'), say('place.chosenAt')]}
          rows={doing.flatMap(({ meeting, names }) =>
            names.map((name) => [
              <OwnWords text={name} />,
              `${meetingWords(lang)(`kind.${meeting.kind}`)} ${sayDay(meeting.startsAt, community.timeZone, lang, now)}`,
            ]),
          )}
        />
      )}
      {promises && (
        <p>
          {say('place.promised', { count: promises.made })}{' '}
          {promises.kept !== null && say('place.kept', { kept: promises.kept, made: promises.made })}
        </p>
      )}
    </Part>
  )
}

function LatestResult({ visit, place: { community, latest } }: PartProps) {
  const { lang, actor } = visit
  const say = words(lang)
  const meetingSay = meetingWords(lang)
  if (!latest) return <EmptyState title={say('place.noResult')}>{say('place.noResultHow')}</EmptyState>
  const { meeting, result } = latest
  if (!result) {
    if (!isMunicipal(actor) || meeting.life.phase !== 'closed')
      return <EmptyState title={say('place.noResult')}>{say('place.noResultHow')}</EmptyState>
    const from = new Date(meeting.life.closedAt.getTime() + communityFirstHours * 3_600_000)
    const when = sayDayAndTime(from, community.timeZone, lang)
    return <EmptyState title={meetingSay('result.employeeTitle')}>{meetingSay('result.employee', { when })}</EmptyState>
  }
  const { body } = result
  const day = sayDay(meeting.startsAt, community.timeZone, lang, visit.house.clock.now())
  const tooFew = Object.values(body.questions).every(({ kind }) => kind === 'too-few')
  return (
    <>
      <p>
        {meetingSay(`kind.${meeting.kind}`)} {day}: <OwnWords text={ended(meeting.purpose)} />
      </p>
      {tooFew ? (
        <EmptyState title={meetingSay('result.tooFew')}>{meetingSay('result.fewWhy')}</EmptyState>
      ) : (
        <>
          <p class="base">{sayBase(lang, body)}</p>
          <ResultShares lang={lang} body={body} />
          <p>
            <a href={openRecordPath({ id: meeting.id, community })}>{say('place.wholeResult')}</a>
          </p>
        </>
      )}
    </>
  )
}

interface MeetingTableProps {
  visit: Visit
  community: Community
  meetings: readonly MeetingToTell[]
  caption: string
  quiet?: boolean
}

function MeetingTable({ visit, community, meetings, caption, quiet }: MeetingTableProps) {
  const { lang } = visit
  const say = words(lang)
  const now = visit.house.clock.now()
  const mayLead = hosts(visit, community.id)
  return (
    <Table
      caption={caption}
      quiet={quiet}
      columns={[say('place.meeting'), say('place.when'), ...(mayLead ? [say('place.leadColumn')] : [])]}
      rows={meetings.map((meeting) => [
        <>
          {meeting.phase === 'closed' ? (
            <a href={openRecordPath({ id: meeting.id, community })}>
              <OwnWords text={meeting.purpose} />
            </a>
          ) : leadsIn(meeting, now) ? (
            <a href={`/m/${meeting.code}`}>
              <OwnWords text={meeting.purpose} />
            </a>
          ) : (
            <OwnWords text={meeting.purpose} />
          )}
          <small>
            {meetingWords(lang)(`kind.${meeting.kind}`)} · <OwnWords text={meeting.place} />
          </small>
        </>,
        sayDayAndTime(meeting.startsAt, community.timeZone, lang, now),
        ...(mayLead
          ? [
              <a href={`/m/${meeting.code}/lead`}>
                {say('lead')}
                <span class="away">
                  : <OwnWords text={meeting.purpose} />
                </span>
              </a>,
            ]
          : []),
      ])}
    />
  )
}

function Withdrawal({ visit, place: { community, plan } }: PartProps) {
  const { lang, actor } = visit
  const say = words(lang)
  return (
    <Part id="withdrawal" title={say('place.withdrawal')}>
      <div class="stack">
        <p>
          <Carrier who="municipality">{sayPlan(community, plan, visit.house.clock.now(), lang)}</Carrier>
        </p>
        {community.presence !== 'out' && (
          <p>
            {say('place.stillMissing')} <OwnWords text={plan.stillMissing} />
          </p>
        )}
        <p>
          <a href={`/c/${community.slug}/withdrawal`}>{say('place.readPlan')}</a>
          {(actor.role === 'employee' || actor.role === 'leader') && (
            <>
              {' · '}
              <a href={`/c/${community.slug}/brought`}>{say('ways.brought')}</a>
            </>
          )}
        </p>
      </div>
    </Part>
  )
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** A sentence of somebody's own, with a full stop if it has no end. */
const ended = (text: string): string => (/[.!?…]["”»]?$/.test(text) ? text : `${text}.`)
