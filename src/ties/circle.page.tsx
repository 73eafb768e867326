// Min kreds: one's own small map and the same as a list; whom to call, whom one lost touch with, who could meet; and each tie with its reasons.
import type { Visit } from '../access/visit.ts'
import type { Community } from '../communities/community.ts'
import { OwnWords, Quoted } from '../communities/own-words.tsx'
import { frame, placeFrame } from '../communities/place-frame.ts'
import { sayDate } from '../communities/times.ts'
import { Actions, Button, ButtonLink } from '../ui/forms.tsx'
import { EmptyState, Notice } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Chip, Columns, Facts, Part } from '../ui/parts.tsx'
import { couldCall, type Introduction, lostTouch, mostOnMap, type Neighbour } from './circle.ts'
import { CircleMap } from './circle-map.tsx'
import type { CircleSeen, TieSeen } from './ties.deeds.ts'
import { words } from './words.ts'

export const told = ['hidden', 'removed', 'back', 'confirmed'] as const
export type Told = (typeof told)[number]

/** Byens rum to a neighbour, the municipality's to an employee; nobody but oneself sees it. */
function circleFrame(visit: Visit, community: Community, path: string, atWork: boolean) {
  const here = `/c/${community.slug}`
  if (atWork)
    return { ...frame(visit, `${here}${path}`, { whose: 'municipality', seen: 'you' }), robots: 'noindex', nav: [] }
  const around = placeFrame(visit, community, `${here}${path}`, 'you')
  const nav = [...around.nav.slice(0, 1), { href: `${here}/circle`, label: words(visit.lang)('nav') }]
  return { ...around, robots: 'noindex', nav }
}

export function circlePage(visit: Visit, seen: CircleSeen, happened?: Told): string {
  const { lang } = visit
  const { community, circle, atWork } = seen
  const say = words(lang)
  const drawn = circle.people.filter(({ hidden }) => !hidden)
  const hidden = circle.people.filter((one) => one.hidden)
  const here = `/c/${community.slug}/circle`
  const place = { place: community.name }
  return renderPage(
    <Page
      {...circleFrame(visit, community, '/circle', atWork)}
      title={say(atWork ? 'titleWork' : 'title', place)}
      lead={say(atWork ? 'leadWork' : 'lead')}
    >
      {happened && (
        <Notice lang={lang} kind="ok" live>
          {say(`done.${happened}`)}
        </Notice>
      )}
      {drawn.length === 0 && <EmptyState title={say('none')}>{say('noneHow')}</EmptyState>}
      {drawn.length > 0 && (
        <Columns>
          <div class="circle-side">
            <figure class="circle-figure">
              <CircleMap lang={lang} people={drawn} introductions={seen.introductions} atWork={atWork} />
              <Legend visit={visit} people={drawn} introductions={seen.introductions} />
            </figure>
            {!atWork && <Questions visit={visit} seen={seen} drawn={drawn} />}
          </div>
          <Part title={say('list.title')}>
            <ol class="circle-list">
              {drawn.map((one) => (
                <Row visit={visit} one={one} here={here} />
              ))}
            </ol>
          </Part>
        </Columns>
      )}
      {!atWork && <Confirm visit={visit} seen={seen} />}
      {hidden.length > 0 && (
        <Part title={say('hidden.title')}>
          <p class="soft">{say('hidden.what')}</p>
          <ul class="circle-list">
            {hidden.map((one) => (
              <Row visit={visit} one={one} here={here} />
            ))}
          </ul>
        </Part>
      )}
      {circle.removed.length > 0 && (
        <Part title={say('removed.title')}>
          <p class="soft">{say('removed.what')}</p>
          {circle.removed.map(({ id, name }) => (
            <form method="post" action={`${here}/${id}`}>
              <input type="hidden" name="choice" value="back" />
              <Button kind="quiet">{say('removed.back', { name })}</Button>
            </form>
          ))}
        </Part>
      )}
      {!atWork && (
        <p class="not-printed">
          <a href="/circle/draw">{say('draw.link')}</a>
        </p>
      )}
    </Page>,
  )
}

interface DrawnProps {
  visit: Visit
  people: readonly Neighbour[]
  introductions: readonly Introduction[]
}

function Legend({ visit, people, introductions }: DrawnProps) {
  const say = words(visit.lang)
  const more = people.length - mostOnMap
  return (
    <figcaption class="soft small">
      {say('map.legend')}
      {people.some(({ staff }) => staff) && ` ${say('map.staff')}`}
      {people.some(({ lost }) => lost) && ` ${say('map.lost')}`}
      {introductions.length > 0 && ` ${say('map.meet')}`}
      {more > 0 && ` ${say('map.more', { count: more })}`}
    </figcaption>
  )
}

function Row({ visit: { lang }, one, here }: { visit: Visit; one: Neighbour; here: string }) {
  const say = words(lang)
  return (
    <li class={`${one.staff ? 'staff' : 'neighbour'} ${one.lost ? 'long-ago' : ''}`}>
      <a href={`${here}/${one.id}`} aria-label={say('list.why', { name: one.name })}>
        <OwnWords text={one.name} />
      </a>{' '}
      {one.staff && <Chip tone="strait">{say('list.staff')}</Chip>}
      <span class="soft small">
        {say(`list.ring.${one.ring}`)} · {say('list.last', { day: sayDate(one.last, lang) })}
        {one.lost && ` · ${say('list.lost')}`}
      </span>
    </li>
  )
}

/** Three questions, each with names of the list and their numbers. */
function Questions({ visit, seen, drawn }: { visit: Visit; seen: CircleSeen; drawn: readonly Neighbour[] }) {
  const say = words(visit.lang)
  const circle = { people: [...drawn], removed: [] }
  const numbered = (one: Neighbour) => (
    <>
      <b class="number">{drawn.indexOf(one) + 1}</b> <OwnWords text={one.name} />
    </>
  )
  const names = (people: readonly Neighbour[], none: string) =>
    people.length === 0 ? (
      <p>{none}</p>
    ) : (
      <ul class="circle-names">
        {people.map((one) => (
          <li>{numbered(one)}</li>
        ))}
      </ul>
    )
  const call = couldCall(circle)
  return (
    <>
      <Part title={say('call.title')}>
        {names(call, say('call.none'))}
        {call.length > 0 && (
          <p class="not-printed">
            <a href={`/c/${seen.community.slug}/contacts`}>{say('call.contacts')}</a>
          </p>
        )}
      </Part>
      <Part title={say('lost.title')}>{names(lostTouch(circle), say('lost.none'))}</Part>
      <Part title={say('meet.title')}>
        {seen.introductions.length === 0 ? (
          <p>{say('meet.none')}</p>
        ) : (
          <>
            {seen.introductions.map(({ one, two, oneAbout, twoAbout }) => (
              <section class="could-meet">
                <h3>
                  {numbered(one)} · {numbered(two)}
                </h3>
                <Facts
                  facts={[
                    [say('meet.about', { name: one.name }), <Quoted text={oneAbout} />],
                    [say('meet.about', { name: two.name }), <Quoted text={twoAbout} />],
                  ]}
                />
              </section>
            ))}
            <p class="soft">{say('meet.how')}</p>
          </>
        )}
      </Part>
    </>
  )
}

function Confirm({ visit: { lang }, seen: { community, confirmedOn } }: { visit: Visit; seen: CircleSeen }) {
  const say = words(lang)
  return (
    <div class="not-printed">
      <Part id="confirm" title={say('confirm.title')}>
        <p>{confirmedOn ? say('confirm.done', { day: sayDate(confirmedOn, lang) }) : say('confirm.what')}</p>
        <form method="post" action={`/c/${community.slug}/circle/confirm`}>
          <Button kind={confirmedOn ? 'quiet' : undefined}>
            {say(confirmedOn ? 'confirm.again' : 'confirm.button')}
          </Button>
        </form>
      </Part>
    </div>
  )
}

/** One tie: why it is there, and what one can do about it. */
export function tiePage(visit: Visit, { community, neighbour, atWork }: TieSeen): string {
  const { lang } = visit
  const say = words(lang)
  const { name, id, hidden, sources } = neighbour
  const here = `/c/${community.slug}/circle`
  const button = (choice: string, text: string, kind?: 'quiet') => (
    <form method="post" action={`${here}/${id}`}>
      <input type="hidden" name="choice" value={choice} />
      <Button {...(kind && { kind })}>{text}</Button>
    </form>
  )
  return renderPage(
    <Page
      {...circleFrame(visit, community, `/circle/${id}`, atWork)}
      title={say('tie.title', { name })}
      heading={<bdi>{say('tie.title', { name })}</bdi>}
      lead={say('tie.lead')}
    >
      <Part title={say('tie.sources')}>
        <ul class="tie-sources">
          {sources.map(({ kind, on }) => (
            <li>
              {say(`tie.kind.${kind}`)} <span class="soft">· {sayDate(on, lang)}</span>
            </li>
          ))}
        </ul>
        {!hidden && <p class="soft">{say(atWork ? 'tie.bothWork' : 'tie.both', { name })}</p>}
      </Part>
      {!atWork && (
        <Part title={say('tie.choose')}>
          {hidden ? (
            <>
              <p>{say('tie.isHidden')}</p>
              {button('back', say('tie.back'))}
            </>
          ) : (
            <>
              <p>{say('tie.hideWhat', { name })}</p>
              {button('hidden', say('tie.hide'), 'quiet')}
            </>
          )}
          <p>{say('tie.removeWhat')}</p>
          {button('removed', say('tie.remove'), 'quiet')}
          <p class="soft">{say('tie.quiet', { name })}</p>
        </Part>
      )}
      <Actions>
        <ButtonLink kind="quiet" href={here}>
          {say('tie.toCircle')}
        </ButtonLink>
      </Actions>
    </Page>,
  )
}
