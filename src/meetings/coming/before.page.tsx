// The page of a planned meeting that has not begun: when, where, who invites and what for, and one thing to do: "Jeg kommer".
import type { Context } from 'hono'
import type { Visited } from '../../access/visit.ts'
import { OwnWords } from '../../communities/own-words.tsx'
import { sayDay, sayDayAndTime } from '../../communities/times.ts'
import { asActor, isMunicipal } from '../../db/as-actor.ts'
import { notKept } from '../../door.ts'
import type { Lang } from '../../i18n/catalogue.ts'
import { Actions, ButtonLink } from '../../ui/forms.tsx'
import { Page, renderPage } from '../../ui/page.tsx'
import { Facts, Part, Sheet } from '../../ui/parts.tsx'
import { roomOf } from '../../ui/whose-room.tsx'
import { agendaOf } from '../evening.queries.ts'
import { type AgendaItem, minutesOf } from '../evening.ts'
import { islands } from '../exit-card.page.tsx'
import type { Hall, MeetingInHall } from '../hall.ts'
import { longestOpen } from '../meeting.ts'
import type { MeetingHere } from '../meetings.queries.ts'
import { publicRoles } from '../plan.queries.ts'
import { WhoLeads } from '../roles.page.tsx'
import { words as meetingWords } from '../words.ts'
import { newKey } from './coming.ts'
import { ComeForm } from './name-form.tsx'
import { ShareHead } from './share-head.tsx'
import { words } from './words.ts'

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** "Lyttemøde i Holmetofte". */
export const kindAndPlace = (meeting: MeetingHere, lang: Lang): string =>
  words(lang)('invited.cardWhere', {
    kind: meetingWords(lang)(`kind.${meeting.kind}`),
    community: meeting.community.name,
  })

export const whenOf = (meeting: MeetingHere, lang: Lang, now: Date): string =>
  capital(sayDayAndTime(meeting.startsAt, meeting.community.timeZone, lang, now))

/** When, where and whose it is: on every page of somebody who may come. */
export function WhenAndWhere({ meeting, lang, now }: { meeting: MeetingHere; lang: Lang; now: Date }) {
  const say = words(lang)
  return (
    <Facts
      facts={[
        [say('before.when'), <b>{whenOf(meeting, lang, now)}</b>],
        [
          say('before.where'),
          <b>
            <OwnWords text={meeting.place} />
          </b>,
        ],
        [say('before.host'), <OwnWords text={meeting.hostName} />],
      ]}
    />
  )
}

/** One sentence for whoever sees the link elsewhere. */
export const sentenceOf = (meeting: MeetingHere, lang: Lang, now: Date): string =>
  words(lang)('before.description', {
    when: whenOf(meeting, lang, now),
    place: meeting.place.replace(/\s+/g, ' '),
    host: meeting.hostName.replace(/\s+/g, ' '),
  })

/** The page at `/m/CODE` as long as the meeting is planned and has not begun. */
export async function beforePage(c: Context<Visited>, hall: Hall, meeting: MeetingInHall): Promise<Response> {
  const { actor, lang, origin } = c.get('visit')
  const say = words(lang)
  const now = hall.house.clock.now()
  const { agenda, roles } = await asActor(actor, async (tx) => ({
    agenda: await agendaOf(tx, meeting.id),
    roles: await publicRoles(tx, meeting.id),
  }))
  const path = `/m/${meeting.code}`
  const soon = Math.abs(meeting.startsAt.getTime() - now.getTime()) < longestOpen * 3_600_000
  const title = `${meeting.purpose} · ${kindAndPlace(meeting, lang)} ${sayDay(meeting.startsAt, meeting.community.timeZone, lang, now)}`
  const description = sentenceOf(meeting, lang, now)
  const page = renderPage(
    <Page
      room={roomOf(meeting.community, 'code')}
      lang={lang}
      kind="page"
      title={title}
      heading={<OwnWords text={meeting.purpose} />}
      eyebrow={kindAndPlace(meeting, lang)}
      description={description}
      languages={{ da: `${path}?lang=da`, en: `${path}?lang=en` }}
      scripts={soon ? [islands.live] : undefined}
      robots="noindex"
      head={<ShareHead lang={lang} title={title} description={description} origin={origin} path={path} />}
    >
      {soon && <Soon lang={lang} code={meeting.code} />}
      <WhenAndWhere meeting={meeting} lang={lang} now={now} />
      <Sheet title={say('come.title')}>
        <ComeForm lang={lang} action={`${path}/come`} formKey={newKey()} />
        <p class="soft small">
          {say('come.just')} {say('before.here')} <a href={`${path}/come?lang=${lang}`}>{say('before.hereLink')}</a>
        </p>
      </Sheet>
      {!isMunicipal(actor) && (
        <Part id="neighbour" title={say('before.neighbour')}>
          <p>{say('before.neighbourWhy')}</p>
          <Actions>
            <ButtonLink kind="quiet" href={`${path}/invite?lang=${lang}`}>
              {say('before.neighbourLink')}
            </ButtonLink>
          </Actions>
        </Part>
      )}
      <Plan agenda={agenda} lang={lang} />
      {/* The host's name stands above; here is who else leads, and when that is somebody of the municipality. */}
      {roles.some(({ role, municipal }) => role !== 'host' || municipal) && (
        <Part id="who" title={say('before.who')}>
          <WhoLeads lang={lang} roles={roles} />
        </Part>
      )}
      <p>
        <a href={`${path}/calendar.ics?lang=${lang}`}>{say('before.calendar')}</a>
      </p>
      <p>
        <a href={`/c/${meeting.community.slug}?lang=${lang}`}>
          {say('before.community', { community: meeting.community.name })}
        </a>
      </p>
    </Page>,
  )
  return c.html(page, 200, notKept)
}

/** Whoever has come early is led on when the evening begins; in the middle of typing, as soon as they want. */
function Soon({ lang, code }: { lang: Lang; code: string }) {
  const say = words(lang)
  const on = `/m/${code}?lang=${lang}`
  return (
    <section class="follow">
      <div data-live={`/m/${code}/stream?for=phone&lang=${lang}`} data-stage="before" data-follows={on} />
      <div class="moved" role="status">
        <div hidden data-moved>
          <p>
            <b>{say('come.begun')}</b>
          </p>
          <a class="button" href={on}>
            {say('come.begunLink')}
          </a>
        </div>
      </div>
      <noscript>
        <p class="small">
          {say('before.plain')} <a href={on}>{say('come.begunLink')}</a>
        </p>
      </noscript>
    </section>
  )
}

function Plan({ agenda, lang }: { agenda: readonly AgendaItem[]; lang: Lang }) {
  const say = words(lang)
  if (agenda.length === 0) return null
  return (
    <Part id="plan" title={say('before.plan')}>
      <ol class="plan-of-evening">
        {agenda.map(({ title, minutes, reason }) => (
          <li>
            <OwnWords text={title} />{' '}
            <span class="soft minutes">({say('before.planMinutes', { count: minutes })})</span>
            {reason !== null && (
              <p class="soft small">
                {say('before.planWhy')} <OwnWords text={reason} />
              </p>
            )}
          </li>
        ))}
      </ol>
      <p class="soft">{say('before.minutes', { count: minutesOf(agenda) })}</p>
    </Part>
  )
}
