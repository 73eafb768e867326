// The page of everything that is kept of somebody: who has looked, each room with what stands there and why, and what nobody can find.
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { frame } from '../communities/place-frame.ts'
import { sayDayAndTime } from '../communities/times.ts'
import type { Lang } from '../i18n/catalogue.ts'
import { Actions, ButtonLink } from '../ui/forms.tsx'
import { EmptyState } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Facts, Part } from '../ui/parts.tsx'
import { municipalRoom, ownRoom } from '../ui/whose-room.tsx'
import type { RowFound } from './everything.queries.ts'
import { type PieceKey, pieceOf } from './everything.ts'
import { aboutPiece, sayNotHere } from './export.ts'
import { type MineSeen, mostShown } from './mine.deeds.ts'
import { type Corner, cornersOf, type Kind, saidOf } from './mine.ts'
import type { Room } from './piece.ts'
import { codeIn, words } from './words.ts'

/** So many looks stand on the first page. */
const looksShown = 3

export function ownPage(visit: Visit, seen: MineSeen): string {
  const { lang } = visit
  const say = words(lang)
  return renderPage(
    <Page
      {...frame(visit, '/mine', seen.staff ? municipalRoom('you') : ownRoom)}
      title={say('title')}
      lead={say(seen.staff ? 'leadStaff' : 'lead')}
      robots="noindex"
    >
      <Actions>
        <ButtonLink href="/mine/export">{say('do.export')}</ButtonLink>
        <ButtonLink kind="quiet" href="/mine/object">
          {say('do.object')}
        </ButtonLink>
        {!seen.staff && (
          <ButtonLink kind="quiet" href="/mine/delete">
            {say('do.delete')}
          </ButtonLink>
        )}
      </Actions>
      {(visit.actor.role === 'officer' || visit.actor.role === 'keyholder') && (
        <p>
          <a href="/objections">{say('answer.title')}</a> <span class="soft">{say('answer.yours')}</span>
        </p>
      )}
      {!seen.staff && <Looks lang={lang} seen={seen} most={looksShown} />}
      <Rooms lang={lang} seen={seen} />
      <Part id="not-here" title={say('notHere.title')}>
        <p>{say('notHere.lead')}</p>
        <ul>
          {sayNotHere(lang).map((one) => (
            <li>{one}</li>
          ))}
        </ul>
        <p class="soft small">{say(seen.staff ? 'notHere.staff' : 'notHere.under15')}</p>
      </Part>
    </Page>,
  )
}

interface Shown {
  lang: Lang
  seen: MineSeen
  /** On paper nothing is folded away, and nothing can be pressed. */
  paper?: boolean | undefined
}

/** Every room in which something of theirs stands, with who answers for it. */
export function Rooms({ lang, seen, paper }: Shown) {
  const say = words(lang)
  const { municipality, places } = seen
  const corners = cornersOf(seen.rows, 'community')
  const kindsOf = (community: string) => corners.find((corner) => corner.community === community)?.kinds ?? []
  // Said of signing in, or in a place where they are not any more.
  const elsewhere = corners.filter(({ community }) => !places.some(({ id }) => id === community))
  return (
    <>
      {!seen.staff && !paper && (
        <Part id="book" title={say('room.book')}>
          <p>{say('room.bookWho')}</p>
          <p>
            {seen.book ? say('room.bookSome', { count: seen.book }) : say('room.bookNone')}{' '}
            {seen.book !== null && <a href="/book">{say('room.bookOpen')}</a>}
          </p>
        </Part>
      )}
      {places.map((place) => (
        <Part id={`place-${place.slug}`} title={<OwnWords text={say('room.community', { place: place.name })} />}>
          <p>
            {place.association === null ? (
              say('room.interim', { municipality: municipality.name })
            ) : (
              <OwnWords text={say('room.association', { association: place.association })} />
            )}
          </p>
          <Kinds lang={lang} kinds={kindsOf(place.id)} slug={place.slug} timeZone={place.timeZone} paper={paper} />
          {!seen.staff && !paper && (
            <p>
              <a href={`/c/${place.slug}/circle`}>{say('room.circle')}</a> ·{' '}
              <a href={`/c/${place.slug}/path`}>{say('room.path')}</a>
            </p>
          )}
        </Part>
      ))}
      {places.length === 0 && !seen.staff && <p>{say('room.noPlace')}</p>}
      <RoomOf lang={lang} seen={seen} paper={paper} room="entry" />
      {elsewhere.length > 0 && (
        <Part id="elsewhere" title={say('room.elsewhere')}>
          <Kinds lang={lang} kinds={merged(elsewhere)} timeZone={municipality.timeZone} paper={paper} />
        </Part>
      )}
      {seen.staff && <RoomOf lang={lang} seen={seen} paper={paper} room="municipal" />}
    </>
  )
}

function RoomOf({ lang, seen, paper, room }: Shown & { room: Extract<Room, 'entry' | 'municipal'> }) {
  const say = words(lang)
  const { municipality, names } = seen
  return (
    <Part id={room} title={say(`room.${room}`)}>
      <p>{say(`room.${room}Who`, { municipality: municipality.name })}</p>
      <Kinds
        lang={lang}
        kinds={merged(cornersOf(seen.rows, room))}
        timeZone={municipality.timeZone}
        paper={paper}
        names={names}
      />
    </Part>
  )
}

/** The kinds of several corners as those of one. */
function merged(corners: readonly Corner[]): Kind[] {
  const all = new Map<PieceKey, Kind>()
  for (const { piece, rows, n } of corners.flatMap(({ kinds }) => kinds)) {
    const kind = all.get(piece)
    all.set(piece, kind ? { piece, rows: [...kind.rows, ...rows], n: kind.n + n } : { piece, rows, n })
  }
  return [...all.values()]
}

interface KindsProps {
  lang: Lang
  kinds: readonly Kind[]
  timeZone: string
  slug?: string | undefined
  paper?: boolean | undefined
  /** Says the place of each row. */
  names?: Map<string, string> | undefined
}

export function Kinds({ lang, kinds, ...rest }: KindsProps) {
  const say = words(lang)
  return (
    <div class="mine-kinds">
      {kinds.map((kind) => {
        const title = say('kind.count', { title: say(`piece.${kind.piece}.title`), count: kind.n })
        const heading = kind.n === 1 ? say(`piece.${kind.piece}.title`) : title
        return rest.paper ? (
          <section class="mine-kind">
            <h3>{heading}</h3>
            <KindBody lang={lang} kind={kind} {...rest} />
          </section>
        ) : (
          <details class="mine-kind">
            <summary>{heading}</summary>
            <KindBody lang={lang} kind={kind} {...rest} />
          </details>
        )
      })}
    </div>
  )
}

function KindBody({ lang, kind, slug, timeZone, paper, names }: Omit<KindsProps, 'kinds'> & { kind: Kind }) {
  const say = words(lang)
  const about = aboutPiece(lang, kind.piece)
  const { correct } = pieceOf(kind.piece)
  const told = kind.rows.filter((row) => saidOf(lang, row, timeZone).length > 0)
  return (
    <>
      {told.length > 0 && (
        <ul class="mine-rows">
          {told.map((row) => (
            <li>
              <RowSaid lang={lang} row={row} timeZone={timeZone} names={names} />
              {!paper && row.row !== null && (
                <p>
                  <a href={`/mine/one/${row.piece}/${row.row}`}>
                    {say('do.deleteOne')}
                    <span class="away">: {about.what}</span>
                  </a>
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
      {kind.n > kind.rows.length && (
        <p class="soft">{say('kind.newest', { shown: Math.min(mostShown, kind.rows.length), count: kind.n })}</p>
      )}
      {!paper && correct && (!correct.includes(':slug') || slug) && (
        <p>
          <a href={correct.replace(':slug', slug ?? '')}>
            {say('do.correct')}
            <span class="away">: {about.what}</span>
          </a>
        </p>
      )}
      <Facts
        facts={[
          [say('kind.why'), about.why],
          [say('kind.kept'), about.kept],
          [say('kind.seen'), about.seen],
        ]}
      />
    </>
  )
}

/** The fields of one row, each with its name. */
export function RowSaid({
  lang,
  row,
  timeZone,
  names,
}: {
  lang: Lang
  row: RowFound
  timeZone: string
  names?: Map<string, string> | undefined
}) {
  const say = words(lang)
  const place = row.community === null ? undefined : names?.get(row.community)
  return (
    <dl class="mine-row">
      {place !== undefined && (
        <div>
          <dt>{say('field.community')}</dt>
          <dd>
            <OwnWords text={place} />
          </dd>
        </div>
      )}
      {saidOf(lang, row, timeZone).map(({ field, text, own }) => (
        <div>
          <dt>{say(`field.${field}`)}</dt>
          <dd>{own ? <OwnWords text={text} /> : text}</dd>
        </div>
      ))}
    </dl>
  )
}

// --- Who has looked

type LooksSeen = Pick<MineSeen, 'rows' | 'places' | 'municipality' | 'names'>

export function Looks({ lang, seen, most }: { lang: Lang; seen: LooksSeen; most: number }) {
  const say = words(lang)
  const rows = seen.rows.filter(({ piece }) => piece === 'looked')
  const places = new Map<string | null, number>(rows.map(({ community, n }) => [community, n]))
  const n = [...places.values()].reduce((sum, one) => sum + one, 0)
  const newest = [...rows].sort((a, b) => String(b.data.at).localeCompare(String(a.data.at)))
  return (
    <Part id="log" title={say('log.title')}>
      {n === 0 ? (
        <EmptyState title={say('log.none')}>{say('log.noneWhat')}</EmptyState>
      ) : (
        <>
          <p>{say('log.lead')}</p>
          <ul class="mine-rows">
            {newest.slice(0, most).map((row) => (
              <Look lang={lang} row={row} seen={seen} />
            ))}
          </ul>
          {n > most && (
            <p>
              <a href="/mine/log">{say('log.more', { count: n })}</a>
            </p>
          )}
        </>
      )}
    </Part>
  )
}

function Look({ lang, row, seen }: { lang: Lang; row: RowFound; seen: LooksSeen }) {
  const say = words(lang)
  const { looker, what, reason, at } = row.data
  const timeZone = seen.places.find(({ id }) => id === row.community)?.timeZone ?? seen.municipality.timeZone
  const when = sayDayAndTime(new Date(String(at)), timeZone, lang, new Date(0))
  return (
    <li>
      <p>
        <strong>
          <OwnWords text={say('log.row', { who: String(looker), when })} />
        </strong>
      </p>
      <dl class="mine-row">
        <div>
          <dt>{say('field.what')}</dt>
          <dd>{codeIn(lang, 'what', String(what))}</dd>
        </div>
        <div>
          <dt>{say('log.why')}</dt>
          <dd>
            <OwnWords text={String(reason)} />
          </dd>
        </div>
        <div>
          <dt>{say('field.community')}</dt>
          <dd>
            <OwnWords text={seen.names.get(row.community ?? '') ?? ''} />
          </dd>
        </div>
      </dl>
    </li>
  )
}

export function logPage(visit: Visit, seen: MineSeen): string {
  const { lang } = visit
  const say = words(lang)
  return renderPage(
    <Page {...frame(visit, '/mine/log', ownRoom)} title={say('log.all')} robots="noindex">
      <Looks lang={lang} seen={seen} most={Number.POSITIVE_INFINITY} />
      <p>
        <a href="/mine">{say('nav.back')}</a>
      </p>
    </Page>,
  )
}
