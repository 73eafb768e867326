// Who of the municipality has access: a leader and an operator see it, close it for somebody, and the operator opens it again.
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { largestForm, notKept } from '../../door.ts'
import { refuse } from '../../refusal.ts'
import { Button } from '../../ui/forms.tsx'
import { EmptyState, Notice } from '../../ui/notices.tsx'
import { Page, renderPage } from '../../ui/page.tsx'
import { Part, Table } from '../../ui/parts.tsx'
import { municipalRoom } from '../../ui/whose-room.tsx'
import type { SignedIn } from '../session.deeds.ts'
import { staffHours } from '../sign-in.ts'
import { personOf, type Visit, type Visited } from '../visit.ts'
import { sayDay } from '../way-days.ts'
import { closeAccess, mayClose, mayOpen, openAccess, type StaffSeen, seeStaff } from './staff.deeds.ts'
import { words } from './words.ts'

const fits = bodyLimit({ maxSize: largestForm, onError: () => refuse('too-large') })
const isId = (text: string): boolean => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(text)
const idIn = (c: Context<Visited>): string => {
  const id = c.req.param('id') ?? ''
  return isId(id) ? id : refuse('not-found')
}

export function peoplePages(): Hono<Visited> {
  return new Hono<Visited>()
    .get('/staff/people', async (c) => {
      const person = personOf(c)
      const page = peoplePage(c.get('visit'), person, await seeStaff(person), c.req.query('done'))
      return c.html(page, 200, notKept)
    })
    .post('/staff/people/:id/close', fits, async (c) => {
      await closeAccess(personOf(c), idIn(c))
      return c.redirect('/staff/people?done=closed', 303)
    })
    .post('/staff/people/:id/open', fits, async (c) => {
      await openAccess(personOf(c), idIn(c))
      return c.redirect('/staff/people?done=opened', 303)
    })
}

function peoplePage(visit: Visit, person: SignedIn, all: StaffSeen[], done: string | undefined): string {
  const { lang } = visit
  const say = words(lang)
  const columns = (['name', 'role', 'places', 'way', 'do'] as const).map((column) => say(`people.${column}`))
  return renderPage(
    <Page
      room={municipalRoom('leaders')}
      lang={lang}
      kind="page"
      path="/staff/people"
      languages={{ da: '/staff/people?lang=da', en: '/staff/people?lang=en' }}
      person={{ name: person.name, href: '/me' }}
      title={say('people.title')}
      lead={say('people.lead')}
      robots="noindex"
    >
      {(done === 'closed' || done === 'opened') && <Notice lang={lang} kind="ok" title={say(`people.${done}`)} />}
      {all.length === 0 ? (
        <EmptyState title={say('people.none')}>{say('people.noneDo')}</EmptyState>
      ) : (
        <Table
          caption={say('people.title')}
          quiet
          columns={columns}
          rows={all.map((one) => [
            <bdi>{one.name}</bdi>,
            say(`role.${one.role}`),
            <Places one={one} visit={visit} />,
            <WayIn one={one} visit={visit} />,
            <Access one={one} visit={visit} person={person} />,
          ])}
        />
      )}
      <Part id="how" title={say('people.how')}>
        <div class="stack">
          <p>{say('people.leaves')}</p>
          <p>{say('people.guard')}</p>
          <p>{say('people.changes', { hours: staffHours })}</p>
          <p>{say('people.faster')}</p>
        </div>
      </Part>
    </Page>,
  )
}

interface Row {
  one: StaffSeen
  visit: Visit
}

function Places({ one, visit }: Row) {
  const say = words(visit.lang)
  if (one.role !== 'employee') return <span class="soft">{say('people.notPlaces')}</span>
  if (one.communities.length === 0) return <span class="soft">{say('people.noPlaces')}</span>
  return <>{one.communities.join(', ')}</>
}

function WayIn({ one, visit: { lang, house } }: Row) {
  const say = words(lang)
  if (!one.way || !one.cameOn) return <>{say('people.wayOwn')}</>
  const day = sayDay(one.cameOn, lang, house.clock.now())
  return <>{say(one.way === 'oidc' ? 'people.wayOidc' : 'people.waySaml', { day })}</>
}

function Access({ one, visit: { lang, house }, person }: Row & { person: SignedIn }) {
  const say = words(lang)
  const { id, name, role, endedAt } = one
  if (endedAt) {
    const day = sayDay(endedAt.toISOString().slice(0, 10), lang, house.clock.now())
    return (
      <div class="stack">
        <p>{say('people.closedOn', { day })}</p>
        {mayOpen(person) ? (
          <form method="post" action={`/staff/people/${id}/open`}>
            <Button kind="quiet">
              <span aria-hidden="true">{say('people.open')}</span>
              <span class="away">{say('people.openFor', { name })}</span>
            </Button>
          </form>
        ) : (
          <p class="soft">{say('people.notYoursOpen')}</p>
        )}
      </div>
    )
  }
  if (!mayClose(person, role, id))
    return <span class="soft">{say(id === person.account ? 'people.you' : 'people.notYours')}</span>
  return (
    <form method="post" action={`/staff/people/${id}/close`}>
      <Button kind="quiet">
        <span aria-hidden="true">{say('people.close')}</span>
        <span class="away">{say('people.closeFor', { name })}</span>
      </Button>
    </form>
  )
}
