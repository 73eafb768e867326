// Tal fra byerne: how many take part in each place, as they were counted and may be shown; by the alphabet, never as a ranking.
import { Hono } from 'hono'
import type { Visit, Visited } from '../access/visit.ts'
import type { Community } from '../communities/community.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { frame, placeFrame } from '../communities/place-frame.ts'
import { sayDate } from '../communities/times.ts'
import type { Lang } from '../i18n/catalogue.ts'
import { addUp, nothingOfPeople, type Part as PartOfPeople } from '../shares/breakdown.ts'
import { Button } from '../ui/forms.tsx'
import { EmptyState } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Part, Table } from '../ui/parts.tsx'
import { municipalRoom } from '../ui/whose-room.tsx'
import { type NumbersSeen, seeNumbers, seeOwnNumbers } from './numbers.deeds.ts'
import type { Count, PlaceNumbers } from './numbers.ts'
import { words } from './words.ts'

/** The ages, in the order in which they are read. */
const ages = ['under40', 'under25', 'under18', 'from40to59', 'from60', 'from75'] as const
const sums = ['all', 'members', 'under40', 'from40to59', 'from60'] as const
const rules = ['round', 'few', 'beside', 'quarter', 'nobody'] as const

export function numbersPages(): Hono<Visited> {
  return new Hono<Visited>()
    .get('/numbers', async (c) => {
      const visit = c.get('visit')
      const seen = await seeNumbers(visit.actor)
      c.header('cache-control', 'no-store')
      return c.html(numbersPage(visit, seen, c.req.queries('place') ?? []))
    })
    .get('/c/:slug/numbers', async (c) => {
      const visit = c.get('visit')
      const seen = await seeOwnNumbers(visit.actor, c.req.param('slug'))
      c.header('cache-control', 'no-store')
      return c.html(ownNumbersPage(visit, seen))
    })
}

/** `chosen`: the slugs of places to add up. What is no place of the page is left out. */
function numbersPage(visit: Visit, seen: NumbersSeen, chosen: readonly string[]): string {
  const { lang } = visit
  const { places } = seen
  return renderPage(
    <Page
      {...frame(visit, '/numbers', municipalRoom())}
      title={words(lang)('title')}
      lead={<Lead lang={lang} seen={seen} whose="all" />}
      robots="noindex"
    >
      <Numbers lang={lang} seen={seen} />
      {seen.counted !== null && places.length > 1 && <Together lang={lang} places={places} chosen={chosen} />}
      <How lang={lang} />
    </Page>,
  )
}

/** The same numbers of one place, for those who belong there. */
function ownNumbersPage(visit: Visit, seen: NumbersSeen & { community: Community }): string {
  const { lang } = visit
  const { community } = seen
  return renderPage(
    <Page
      {...placeFrame(visit, community, `/c/${community.slug}/numbers`, 'residents')}
      title={`${words(lang)('ownTitle')} · ${community.name}`}
      heading={words(lang)('ownTitle')}
      eyebrow={<OwnWords text={community.name} />}
      lead={<Lead lang={lang} seen={seen} whose="own" />}
      robots="noindex"
    >
      <Numbers lang={lang} seen={seen} />
      <How lang={lang} />
    </Page>,
  )
}

function Lead({ lang, seen: { counted, next }, whose }: { lang: Lang; seen: NumbersSeen; whose: 'all' | 'own' }) {
  const say = words(lang)
  return (
    <>
      {say(`lead.${whose}`)}{' '}
      {counted !== null && say('counted', { day: sayDate(counted, lang), next: sayDate(next, lang) })}
    </>
  )
}

function Numbers({ lang, seen: { places, counted, next } }: { lang: Lang; seen: NumbersSeen }) {
  const say = words(lang)
  if (counted === null)
    return <EmptyState title={say('none.title')}>{say('none.how', { next: sayDate(next, lang) })}</EmptyState>
  return (
    <>
      <People lang={lang} places={places} />
      <Ages lang={lang} places={places} />
    </>
  )
}

function How({ lang }: { lang: Lang }) {
  const say = words(lang)
  return (
    <Part id="how" title={say('how.title')}>
      <ul>
        {rules.map((rule) => (
          <li>{say(`how.${rule}`)}</li>
        ))}
      </ul>
    </Part>
  )
}

interface PartProps {
  lang: Lang
  places: readonly PlaceNumbers[]
}

const Name = ({ place }: { place: PlaceNumbers }) => (
  <a href={`/c/${place.slug}`}>
    <OwnWords text={place.name} />
  </a>
)

/** A number, or why there is none. */
function Told({ lang, count, what }: { lang: Lang; count: Count | undefined; what: 'all' | PartOfPeople }) {
  const say = words(lang)
  if (!count) return <span class="soft">{say('notCounted')}</span>
  const number = numberIn(count, what)
  return <span class={number === null ? 'soft' : undefined}>{number ?? say('hidden')}</span>
}

const numberIn = (count: Count, what: 'all' | PartOfPeople): number | null =>
  what === 'all' ? count.all : count.parts[what]

function People({ lang, places }: PartProps) {
  const say = words(lang)
  return (
    <Part id="people" title={say('people.title')}>
      <Table
        caption={say('people.title')}
        quiet
        columns={[
          say('people.place'),
          say('people.all'),
          say('people.before'),
          say('people.members'),
          say('people.associations'),
          say('people.when'),
        ]}
        rows={places.map((place) => {
          const [count, before] = place.counts
          return [
            <Name place={place} />,
            <Of lang={lang} place={place} count={count} />,
            before ? <Before lang={lang} before={before} /> : '',
            <Told lang={lang} count={count} what="members" />,
            count?.associations ?? '',
            // What is too few has no date: a new one would tell that somebody is there.
            count && count.all !== null ? sayDate(count.quarter, lang) : '',
          ]
        })}
      />
    </Part>
  )
}

function Of({ lang, place, count }: { lang: Lang; place: PlaceNumbers; count: Count | undefined }) {
  const { residents } = place
  const people = count?.all ?? null
  if (people === null || residents === null) return <Told lang={lang} count={count} what="all" />
  return <span>{words(lang)('people.of', { people, residents })}</span>
}

function Before({ lang, before }: { lang: Lang; before: Count }) {
  if (before.all === null) return <Told lang={lang} count={before} what="all" />
  return <span>{words(lang)('people.beforeOn', { people: before.all, day: sayDate(before.quarter, lang) })}</span>
}

function Ages({ lang, places }: PartProps) {
  const say = words(lang)
  return (
    <Part id="ages" title={say('ages.title')}>
      <p>{say('ages.lead')}</p>
      <Table
        caption={say('ages.title')}
        quiet
        columns={[say('people.place'), ...ages.map((age) => say(`ages.${age}`))]}
        rows={places.map((place) => [
          <Name place={place} />,
          ...ages.map((age) => <Told lang={lang} count={place.counts[0]} what={age} />),
        ])}
      />
    </Part>
  )
}

function Together({ lang, places, chosen }: PartProps & { chosen: readonly string[] }) {
  const say = words(lang)
  const added = places.filter(({ slug }) => chosen.includes(slug))
  const shown = added.map(({ counts }) => counts[0] ?? nothingOfPeople)
  const nameOf = (what: (typeof sums)[number]) =>
    what === 'all' || what === 'members' ? say(`people.${what}`) : say(`ages.${what}`)
  return (
    <Part id="together" title={say('together.title')}>
      <p>{say('together.lead')}</p>
      {added.length > 0 && (
        <Table
          caption={say('together.caption', { count: added.length })}
          columns={[say('together.what'), say('together.sum'), say('together.told')]}
          rows={sums.map((what) => {
            const sum = addUp(shown, what)
            const of = say('together.of', { places: sum.places, count: added.length })
            return [
              nameOf(what),
              sum.places > 0 ? sum.people : say('hidden'),
              sum.places > 0 ? of : say('together.nobody'),
            ]
          })}
        />
      )}
      <form method="get" action="/numbers#together">
        {lang !== 'da' && <input type="hidden" name="lang" value={lang} />}
        <fieldset class="choice">
          <legend>{say('together.choose')}</legend>
          {places.map(({ slug, name }) => (
            <label class="option">
              <input type="checkbox" name="place" value={slug} checked={chosen.includes(slug) || undefined} />
              <span>
                <OwnWords text={name} />
              </span>
            </label>
          ))}
        </fieldset>
        <Button>{say('together.send')}</Button>
      </form>
    </Part>
  )
}
