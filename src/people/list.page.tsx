// Who is in a place, for its key holders: the counts, the search, fifty names a page.
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { sayDate } from '../communities/times.ts'
import { Actions, Button, ButtonLink, Field } from '../ui/forms.tsx'
import { EmptyState } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Chip, Part, Table } from '../ui/parts.tsx'
import type { PeopleSeen } from './people.deeds.ts'
import type { Listed } from './people.queries.ts'
import { peopleFrame } from './people-frame.ts'
import { words } from './words.ts'

interface ListProps extends PeopleSeen {
  visit: Visit
  query: string
  /** Not the first page. */
  later: boolean
}

export function peoplePage(p: ListProps): string {
  const { visit, community, counts, people, near, query, later } = p
  const { lang } = visit
  const say = words(lang)
  const here = `/c/${community.slug}/people`
  const all = counts.everybody
  const fresh = all - counts.known
  const last = people.at(-1)
  const next = last && p.more && `${here}?${new URLSearchParams({ ...(query && { q: query }), after: last.id })}`
  return renderPage(
    <Page
      {...peopleFrame(visit, community, '/people', 'keyholders')}
      title={say('people.title', { place: community.name })}
      lead={say('people.lead')}
    >
      {!later && !query && (
        <div class="stack">
          <p class="base">{say('people.all', { count: all })}</p>
          {all > 0 && (
            <ul>
              <li>{say('people.came', { count: counts.came, all, yes: all - counts.came })}</li>
              <li>{say('people.without', { count: counts.withoutAccount, all })}</li>
              {fresh > 0 && <li>{say('people.new', { count: fresh, all })}</li>}
            </ul>
          )}
        </div>
      )}
      <Actions>
        <ButtonLink href={`${here}/new`}>{say('people.add')}</ButtonLink>
        <ButtonLink kind="quiet" href={`${here}/paper`}>
          {say('people.paper')}
        </ButtonLink>
        <ButtonLink kind="quiet" href={`${here}/twins`}>
          {say('people.twins')}
        </ButtonLink>
        <ButtonLink kind="quiet" href={`/c/${community.slug}/moving-in`}>
          {say('people.list')}
        </ButtonLink>
      </Actions>
      <form method="get" action={here}>
        <Field
          lang={lang}
          name="q"
          type="search"
          label={say('people.search')}
          hint={say('people.searchHint')}
          maxlength={60}
          value={query}
        />
        <Actions>
          <Button kind="quiet">{say('people.find')}</Button>
        </Actions>
      </form>
      {people.length > 0 ? (
        <People
          visit={visit}
          here={here}
          people={people}
          caption={query ? say('people.found', { query }) : undefined}
        />
      ) : query ? (
        <EmptyState title={say('people.none', { query })}>{say('people.noneHow')}</EmptyState>
      ) : (
        <EmptyState title={say('people.empty')}>{say('people.emptyHow')}</EmptyState>
      )}
      {near.length > 0 && (
        <Part id="near" title={say('people.near')}>
          <People visit={visit} here={here} people={near} />
        </Part>
      )}
      <p class="ways not-printed">
        {next && (
          <a href={next} rel="next">
            {say('people.next')}
          </a>
        )}
        {later && <a href={query ? `${here}?${new URLSearchParams({ q: query })}` : here}>{say('people.first')}</a>}
        {query && <a href={here}>{say('people.everybody')}</a>}
      </p>
    </Page>,
  )
}

interface PeopleProps {
  visit: Visit
  here: string
  people: readonly Listed[]
  caption?: string | undefined
}

function People({ visit: { lang }, here, people, caption }: PeopleProps) {
  const say = words(lang)
  return (
    <Table
      caption={caption ?? say('nav.people')}
      quiet={caption === undefined}
      columns={[say('people.name'), say('people.how'), say('people.wish')]}
      rows={people.map((one) => [
        <>
          <a href={`${here}/${one.id}`}>
            <OwnWords text={one.name} />
          </a>{' '}
          {!one.known && <Chip tone="glow">{say('people.fresh')}</Chip>}
        </>,
        <>
          {say(one.existsBy === 'came' ? 'by.came' : `by.${one.medium}`)}
          <small>
            {sayDate(one.joinedOn, lang)} · {say(one.hasAccount ? 'people.account' : 'people.noAccount')}
          </small>
        </>,
        say(`wish.short.${one.contactWish}`),
      ])}
    />
  )
}
