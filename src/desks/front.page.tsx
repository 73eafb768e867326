// The front page: what Oplive is, a field for a meeting's code, and the places; for who is signed in, their own first.

import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { frame } from '../communities/place-frame.ts'
import { sayDayAndTime } from '../communities/times.ts'
import { isHost, isMunicipal } from '../db/as-actor.ts'
import type { Lang } from '../i18n/catalogue.ts'
import { Actions, Button, ButtonLink, Field, type Problem } from '../ui/forms.tsx'
import { EmptyState } from '../ui/notices.tsx'
import { Opening, Page, renderPage } from '../ui/page.tsx'
import { Columns, Part, Sheet, Table } from '../ui/parts.tsx'
import { doorstep } from '../ui/whose-room.tsx'
import type { PlaceInList } from './desk.deeds.ts'
import { words } from './words.ts'

/** A code that led nowhere, as it was typed. */
export interface Mistyped {
  code: string
  problem: 'missing' | 'shape' | 'unknown'
}

/** For whoever is not signed in. */
export function frontPage(visit: Visit, places: readonly PlaceInList[], mistyped?: Mistyped): string {
  const { lang } = visit
  const say = words(lang)
  const problems: Problem[] = mistyped ? [{ field: 'code', message: say(`code.${mistyped.problem}`) }] : []
  return renderPage(
    <Page
      {...frame(visit, '/', doorstep)}
      title={say('front.title')}
      heading={false}
      description={say('front.lead')}
      problems={problems}
    >
      <Columns>
        <Opening title={say('front.title')} lead={say('front.lead')} />
        <CodeSheet lang={lang} typed={mistyped?.code} error={problems[0]?.message} />
      </Columns>
      <Part id="places" title={say('front.places')}>
        {places.length > 0 ? (
          <PlaceTable visit={visit} places={places} />
        ) : (
          <EmptyState title={say('front.none')}>{say('front.noneHow')}</EmptyState>
        )}
      </Part>
    </Page>,
  )
}

export function PlaceTable({ visit, places }: { visit: Visit; places: readonly PlaceInList[] }) {
  const { lang } = visit
  const say = words(lang)
  const now = visit.house.clock.now()
  return (
    <Table
      caption={say('front.places')}
      quiet
      columns={[say('front.place'), say('front.next')]}
      rows={places.map(({ community, next }) => [
        <a href={`/c/${community.slug}`}>
          <OwnWords text={community.name} />
        </a>,
        <Next lang={lang} next={next} timeZone={community.timeZone} now={now} />,
      ])}
    />
  )
}

/** The way in for who has a code but no camera: the one thing to do on the front page. */
export function CodeSheet({
  lang,
  typed,
  error,
}: {
  lang: Lang
  typed?: string | undefined
  error?: string | undefined
}) {
  const say = words(lang)
  return (
    <Sheet title={say('code.title')}>
      <form method="get" action="/code" novalidate>
        {lang !== 'da' && <input type="hidden" name="lang" value={lang} />}
        <Field
          lang={lang}
          name="code"
          label={say('code.label')}
          hint={say('code.hint')}
          value={typed}
          error={error}
          code
        />
        <Button>{say('code.send')}</Button>
      </form>
    </Sheet>
  )
}

interface NextProps {
  lang: Lang
  next: PlaceInList['next']
  timeZone: string
  now: Date
}

function Next({ lang, next, timeZone, now }: NextProps) {
  const say = words(lang)
  if (!next) return <span class="soft">{say('front.noNext')}</span>
  return (
    <>
      {sayWhen({ lang, next, timeZone, now })}
      <small>
        <OwnWords text={next.place} />
      </small>
    </>
  )
}

const sayWhen = ({ lang, next, timeZone, now }: NextProps & { next: NonNullable<PlaceInList['next']> }): string =>
  next.isOn ? words(lang)('front.open') : sayDayAndTime(next.startsAt, timeZone, lang, now)

/** A place the person belongs to, with what they can do there. */
export function OwnPlace({ visit, place, now }: { visit: Visit; place: PlaceInList; now: Date }) {
  const { community, next } = place
  const { lang } = visit
  const say = words(lang)
  return (
    <div class="stack">
      <h3>
        <a href={`/c/${community.slug}`}>
          <OwnWords text={community.name} />
        </a>
      </h3>
      {next ? (
        <p>
          {next.isOn
            ? `${say('front.open')}: `
            : `${say('front.next')}: ${sayWhen({ lang, next, timeZone: community.timeZone, now })}, `}
          <OwnWords text={next.place} />
        </p>
      ) : (
        <p class="soft">{say('place.noNext')}</p>
      )}
      {hosts(visit, community.id) && (
        <Actions>
          {next && (
            <ButtonLink href={`/m/${next.code}/lead`} kind="quiet">
              {say(next.isOn ? 'leadNow' : 'lead')}
            </ButtonLink>
          )}
          <ButtonLink href={`/c/${community.slug}/meetings/new`} kind="quiet">
            {say('planMeeting')}
          </ButtonLink>
        </Actions>
      )}
      {belongs(visit, community.id) && <PlaceWays visit={visit} community={community} />}
    </div>
  )
}

/** What those who belong to a place find there, each with a link. */
export function PlaceWays({ visit, community }: { visit: Visit; community: PlaceInList['community'] }) {
  const say = words(visit.lang)
  const here = `/c/${community.slug}`
  const keeps = visit.person?.places.some((place) => place.community === community.id && place.role === 'keyholder')
  return (
    <p class="place-ways">
      <a href={`${here}/me`}>{say('ways.me')}</a>
      <a href={`${here}/talks/new`}>{say('ways.talks')}</a>
      <a href={`${here}/training`}>{say('ways.training')}</a>
      <a href={`${here}/steps`}>{say('ways.steps')}</a>
      <a href={`${here}/contacts`}>{say('ways.contacts')}</a>
      <a href={`${here}/circle`}>{say('ways.circle')}</a>
      <a href={`${here}/path`}>{say('ways.path')}</a>
      <a href={`${here}/tasks`}>{say('ways.tasks')}</a>
      <a href={`${here}/brought`}>{say('ways.brought')}</a>
      <a href={`${here}/own-card`}>{say('ways.ownCard')}</a>
      <a href={`${here}/associations`}>{say('ways.associations')}</a>
      <a href={`${here}/room`}>{say('ways.room')}</a>
      {keeps && <a href={`${here}/people`}>{say('ways.people')}</a>}
      {keeps && <a href={`${here}/still`}>{say('ways.still')}</a>}
      {keeps && community.keeper !== null && <a href={`${here}/questions`}>{say('ways.asked')}</a>}
      {keeps && <a href={`${here}/incidents`}>{say('ways.incidents')}</a>}
    </p>
  )
}

/** Does the visitor host this community? Whoever works for the municipality is a guest, also at home. */
export const hosts = ({ actor, person }: Visit, community: string): boolean =>
  isHost(actor) && (person?.places.some((place) => place.community === community && place.role !== 'resident') ?? false)

/** Does the visitor belong to this community, as host or resident? */
export const belongs = ({ actor, person }: Visit, community: string): boolean =>
  !isMunicipal(actor) && (person?.places.some((place) => place.community === community) ?? false)
