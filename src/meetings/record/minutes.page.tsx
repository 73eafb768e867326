// The minutes: what the meeting was for, what was said in the participants' own words, what was taken on. Made to be printed.
import { OwnWords } from '../../communities/own-words.tsx'
import { sayDate, sayDayAndTime } from '../../communities/times.ts'
import type { Lang } from '../../i18n/catalogue.ts'
import { Page, renderPage } from '../../ui/page.tsx'
import { Facts, Part, Table } from '../../ui/parts.tsx'
import { roomOf } from '../../ui/whose-room.tsx'
import { eyebrowOf } from '../exit-card.page.tsx'
import type { FrozenResult } from '../meetings.queries.ts'
import { isTooFew, ResultBodyParts, ResultTalk, sayDoor } from '../result.page.tsx'
import { words as meetingWords } from '../words.ts'
import { HeardThemes, WordsMissing } from './heard.tsx'
import type { RecordSeen } from './record.deeds.ts'
import type { PromiseMade } from './record.queries.ts'
import { words } from './words.ts'

export interface MinutesProps {
  lang: Lang
  record: RecordSeen
  result: FrozenResult
  /** For hosts: the list is theirs. */
  promises: readonly PromiseMade[] | null
}

export function minutesPage({ lang, record, result, promises }: MinutesProps): string {
  const say = words(lang)
  const { meeting, heard, roles } = record
  const { body } = result
  const path = `/m/${meeting.code}`
  const door = body.evening ? sayDoor(lang, body.evening) : []
  return renderPage(
    <Page
      room={roomOf(meeting.community, 'code')}
      lang={lang}
      kind="page"
      title={say('minutes.title')}
      eyebrow={eyebrowOf(meeting, lang)}
      lead={say('minutes.lead')}
      languages={{ da: `${path}/minutes?lang=da`, en: `${path}/minutes?lang=en` }}
      robots="noindex"
    >
      <Facts
        facts={[
          [say('minutes.purpose'), <OwnWords text={meeting.purpose} />],
          [say('minutes.when'), sayDayAndTime(meeting.startsAt, meeting.community.timeZone, lang)],
          [say('minutes.place'), <OwnWords text={meeting.place} />],
          ...(roles.some(({ role }) => role === 'host')
            ? []
            : [[say('minutes.host'), <OwnWords text={meeting.hostName} />] as const]),
          ...roles.map(
            ({ role, name, municipal, reason }) =>
              [
                meetingWords(lang)(`role.${role}`),
                <>
                  <OwnWords text={name} />
                  {municipal && `, ${say('minutes.municipal')}`}
                  {reason !== null && (
                    <>
                      , <OwnWords text={say('minutes.why', { reason })} />
                    </>
                  )}
                </>,
              ] as const,
          ),
          [
            say('minutes.attended'),
            body.attended === null ? say('minutes.attendedNone') : say('minutes.people', { count: body.attended }),
          ],
        ]}
      />
      {record.agenda.length > 0 && (
        <Part title={say('minutes.agenda')}>
          <ol class="plan-told">
            {record.agenda.map(({ title, minutes }) => (
              <li>
                <OwnWords text={say('minutes.minutesLong', { title, count: minutes })} />
              </li>
            ))}
          </ol>
        </Part>
      )}
      {heard && (
        <Part id="heard" title={say('result.heard')}>
          <WordsMissing lang={lang} heard={heard} publicOnly={record.publicOnly} />
          <HeardThemes lang={lang} heard={heard} />
        </Part>
      )}
      {door.length > 0 && (
        <Part title={say('result.who')}>
          <div class="stack">
            {door.map((sentence) => (
              <p>{sentence}</p>
            ))}
          </div>
        </Part>
      )}
      <Promises lang={lang} count={record.promises} promises={promises} />
      <Part title={say('minutes.result')}>
        <ResultBodyParts lang={lang} body={body} talk="h3" />
        {isTooFew(body) && <ResultTalk lang={lang} body={body} heading="h3" />}
      </Part>
      <p class="on-screen">
        {say('minutes.print')} <a href={`${path}/result`}>{say('minutes.back')}</a>
      </p>
    </Page>,
  )
}

function Promises({ lang, count, promises }: { lang: Lang; count: number | null; promises: MinutesProps['promises'] }) {
  const say = words(lang)
  if (promises === null && (count === null || count === 0)) return null
  if (promises === null)
    return (
      <Part title={say('minutes.promises')}>
        <p>{say('result.promises', { count: count ?? 0 })}</p>
      </Part>
    )
  if (promises.length === 0)
    return (
      <Part title={say('minutes.promises')}>
        <p>{say('minutes.promisesNone')}</p>
      </Part>
    )
  return (
    <Part title={say('minutes.promises')}>
      <p>{say('result.promises', { count: promises.length })}</p>
      <Table
        caption={say('minutes.promisesNames')}
        columns={[say('minutes.who'), say('minutes.what'), say('minutes.when2'), say('minutes.whom')]}
        rows={promises.map(({ name, what, byWhen, toWhom }) => [
          <OwnWords text={name} />,
          <OwnWords text={what} />,
          byWhen ? sayDate(byWhen, lang) : '–',
          toWhom ? <OwnWords text={toWhom} /> : '–',
        ])}
      />
    </Part>
  )
}
