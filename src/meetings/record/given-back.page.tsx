// The result given back: the three shares with talk time beside them, who came, what was heard and taken on. It prints on one sheet or two.
import type { Child } from 'hono/jsx'
import type { Lang } from '../../i18n/catalogue.ts'
import { Actions, Button, ButtonLink, Field } from '../../ui/forms.tsx'
import { Notice } from '../../ui/notices.tsx'
import { Page, renderPage } from '../../ui/page.tsx'
import { Columns, Part, Sheet } from '../../ui/parts.tsx'
import { roomOf } from '../../ui/whose-room.tsx'
import { eyebrowOf } from '../exit-card.page.tsx'
import type { FrozenResult, MeetingHere } from '../meetings.queries.ts'
import { isTooFew, ResultBodyParts, ResultTalk, sayDoor, sayVersion, whenMunicipality } from '../result.page.tsx'
import { WhoLeads } from '../roles.page.tsx'
import { words as meetingWords } from '../words.ts'
import { isDebriefTime } from './debrief.ts'
import { HeardThemes, WordsMissing } from './heard.tsx'
import type { RecordSeen } from './record.deeds.ts'
import { words } from './words.ts'

export interface ResultPageProps {
  lang: Lang
  record: RecordSeen
  now: Date
  /** This phone was there: its own words can be found again. */
  wasThere: boolean
  /** Read from the place's own pages, without the code: nothing leads into the hall. */
  outside?: boolean | undefined
  /** Letters can be sent from here. */
  mail: boolean
  /** What has just been done. */
  done?: 'joined' | 'refused' | 'wished' | undefined
  /** The address as it was typed, and what is wrong with it. */
  wish?: { typed: string; code: 'problem' | 'full' } | undefined
}

/** So many words stand under a theme here; all of them stand in the minutes. */
const mostWords = 3

function frame(
  lang: Lang,
  meeting: MeetingHere,
  title: string,
  children: Child,
  more: {
    lead?: string
    outside?: boolean | undefined
    problems?: readonly { field: string; message: string }[] | undefined
  } = {},
): string {
  const path = more.outside ? openRecordPath(meeting) : `/m/${meeting.code}/result`
  return renderPage(
    <Page
      room={roomOf(meeting.community, 'code')}
      lang={lang}
      kind="page"
      title={title}
      eyebrow={eyebrowOf(meeting, lang)}
      lead={more.lead}
      problems={more.problems}
      languages={{ da: `${path}?lang=da`, en: `${path}?lang=en` }}
      robots="noindex"
    >
      {children}
      <p class="on-screen">
        <a href={`/c/${meeting.community.slug}`}>
          {words(lang)('result.toCommunity', { community: meeting.community.name })}
        </a>
      </p>
    </Page>,
  )
}

/** The result outside the hall: an address without the code. */
export const openRecordPath = ({ id, community }: Pick<MeetingHere, 'id'> & { community: { slug: string } }): string =>
  `/c/${community.slug}/result/${id}`

export function givenBackPage(p: ResultPageProps & { result: FrozenResult }): string {
  const { lang, record, result } = p
  const say = words(lang)
  const { meeting } = record
  const { body } = result
  const path = `/m/${meeting.code}`
  const problems = p.wish && [{ field: 'address', message: say(`wish.${p.wish.code}`) }]
  const door = body.evening ? sayDoor(lang, body.evening) : []
  return frame(
    lang,
    meeting,
    say('result.title'),
    <>
      <Done lang={lang} done={p.done} />
      <ResultBodyParts lang={lang} body={body} talk="h2" />
      {isTooFew(body) && <ResultTalk lang={lang} body={body} heading="h2" />}
      {door.length > 0 && (
        <Part title={say('result.who')}>
          <div class="stack">
            {door.map((sentence) => (
              <p>{sentence}</p>
            ))}
          </div>
        </Part>
      )}
      <WhatWasHeard lang={lang} record={record} path={path} more={!p.outside} />
      <WhoLeads lang={lang} roles={record.roles.filter(({ municipal }) => municipal)} />
      <p class="soft small">{sayVersion(lang, meeting, result)}</p>
      {p.outside ? (
        <Outside lang={lang} record={record} path={path} />
      ) : (
        <Inside {...p} problem={problems?.[0]?.message} path={path} />
      )}
    </>,
    { problems, outside: p.outside },
  )
}

/** For those with the code: their own words, the minutes, the files, and what comes next. */
function Inside(p: ResultPageProps & { problem: string | undefined; path: string }) {
  const { lang, record, path } = p
  const say = words(lang)
  const { meeting } = record
  return (
    <>
      <div class="on-screen stack">
        <Actions>
          {p.wasThere && <ButtonLink href={`${path}/mine`}>{say('result.mine')}</ButtonLink>}
          <ButtonLink kind="quiet" href={`${path}/minutes`}>
            {say('result.minutes')}
          </ButtonLink>
          <ButtonLink kind="quiet" href={`/c/${meeting.community.slug}/trend`}>
            {say('result.trend')}
          </ButtonLink>
        </Actions>
        <p>
          <a href={`${path}/result.csv?lang=${lang}`} download={`oplive-${meeting.code}.csv`}>
            {say('result.numbers')}
          </a>{' '}
          ·{' '}
          <a href={`${path}/meeting.csv?lang=${lang}`} download={`oplive-${meeting.code}-hele.csv`}>
            {say('result.file')}
          </a>
        </p>
        <p class="soft small">{say('result.print')}</p>
      </div>
      <div class="on-screen">
        <Columns>
          {record.hosts && <HostsNext lang={lang} meeting={meeting} now={p.now} path={path} />}
          {p.mail && !record.publicOnly && p.done !== 'wished' && (
            <Part id="mail" title={say('wish.title')}>
              <form method="post" action={`${path}/wish`} novalidate>
                <Field
                  lang={lang}
                  name="address"
                  type="email"
                  inputmode="email"
                  autocomplete="email"
                  label={say('wish.label')}
                  hint={say('wish.how')}
                  value={p.wish?.typed}
                  error={p.problem}
                />
                <Actions>
                  <Button kind="quiet">{say('wish.do')}</Button>
                </Actions>
              </form>
            </Part>
          )}
        </Columns>
      </div>
    </>
  )
}

/** For everybody else: whoever was there knows the code. */
function Outside({ lang, record, path }: { lang: Lang; record: RecordSeen; path: string }) {
  const say = words(lang)
  return (
    <div class="on-screen stack">
      <Actions>
        {record.hosts && <ButtonLink href={`${path}/result`}>{say('result.inside')}</ButtonLink>}
        <ButtonLink kind="quiet" href={`/c/${record.meeting.community.slug}/trend`}>
          {say('result.trend')}
        </ButtonLink>
      </Actions>
      {!record.hosts && <p>{say('result.outside')}</p>}
    </div>
  )
}

function Done({ lang, done }: { lang: Lang; done: ResultPageProps['done'] }) {
  const say = words(lang)
  switch (done) {
    case 'joined':
      return (
        <Notice lang={lang} kind="ok" title={say('again.joined')} live>
          {say('again.joinedHow')}
        </Notice>
      )
    case 'refused':
      return (
        <Notice lang={lang} kind="info" title={say('again.refused')} live>
          {say('again.refusedHow')}
        </Notice>
      )
    case 'wished':
      return (
        <Notice lang={lang} kind="ok" title={say('wish.done')} live>
          {say('wish.doneHow')}
        </Notice>
      )
    default:
      return null
  }
}

function WhatWasHeard({ lang, record, path, more }: { lang: Lang; record: RecordSeen; path: string; more: boolean }) {
  const say = words(lang)
  const { heard, promises } = record
  if (!heard) return null
  const nothing = heard.heard.length === 0
  return (
    <Part id="heard" title={say('result.heard')}>
      <WordsMissing lang={lang} heard={heard} publicOnly={record.publicOnly} />
      {nothing ? (
        heard.words === 'shown' && <p>{say('result.heardNone')}</p>
      ) : (
        <>
          <HeardThemes lang={lang} heard={heard} most={more ? mostWords : undefined} />
          {more && heard.heard.some(({ said }) => said.length > mostWords) && (
            <p>
              <a href={`${path}/minutes`}>{say('result.more')}</a>
            </p>
          )}
        </>
      )}
      {promises !== null && promises > 0 && <p>{say('result.promises', { count: promises })}</p>}
    </Part>
  )
}

/** The team's next step after closing, and the door list that was typed in afterwards. */
function HostsNext({ lang, meeting, now, path }: { lang: Lang; meeting: MeetingHere; now: Date; path: string }) {
  const say = words(lang)
  const { life } = meeting
  const soon = life.phase === 'closed' && isDebriefTime(life.closedAt, now)
  const link = (
    <ButtonLink kind={soon ? 'primary' : 'quiet'} href={`${path}/debrief`}>
      {say(soon ? 'debrief.offerDo' : 'debrief.read')}
    </ButtonLink>
  )
  return (
    <div class="stack">
      {soon ? (
        <Sheet title={say('debrief.offer')}>
          <p>{say('debrief.offerHow')}</p>
          <Actions>{link}</Actions>
        </Sheet>
      ) : (
        <Actions>{link}</Actions>
      )}
      <h3>{say('again.title')}</h3>
      <p>{say('again.how')}</p>
      <form method="post" action={`${path}/again`}>
        <Actions>
          <Button kind="quiet">{say('again.do')}</Button>
        </Actions>
      </form>
      <p>
        <a href={`${path}/meeting.csv?names=1&lang=${lang}`} download={`oplive-${meeting.code}-vaert.csv`}>
          {say('csv.hostFile')}
        </a>
      </p>
    </div>
  )
}

/** Before there is anything to see: not closed yet, being counted, or the community's own for two days. */
export function noResultPage(
  lang: Lang,
  meeting: MeetingHere,
  why: 'not-yet' | 'counting' | 'later',
  outside = false,
): string {
  const say = words(lang)
  if (why === 'later') {
    const when = whenMunicipality(meeting, lang)
    const title = meetingWords(lang)('result.employeeTitle')
    return frame(lang, meeting, title, null, { lead: meetingWords(lang)('result.employee', { when }), outside })
  }
  const [title, lead] =
    why === 'counting'
      ? [say('result.counting'), say('result.countingWhy')]
      : [say('result.notYet'), say('result.notYetWhy')]
  return frame(lang, meeting, title, null, { lead, outside })
}
