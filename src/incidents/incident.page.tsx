// The doors of what has gone wrong: the officer's list and form, and what key holders read of their own room.
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { v7 as uuid } from 'uuid'
import { personOf, type Visit, type Visited } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { frame, placeFrame } from '../communities/place-frame.ts'
import { sayDayAndTime } from '../communities/times.ts'
import { purposeKeys } from '../data-map/purposes.ts'
import { words as mapWords } from '../data-map/words.ts'
import { largestForm, postedForm } from '../door.ts'
import { refuse } from '../refusal.ts'
import { type DateSaid, readDate, readTime } from '../ui/dates.ts'
import {
  Actions,
  Button,
  ButtonLink,
  DateField,
  type Problem,
  problemOf,
  TextArea,
  Tick,
  TimeField,
} from '../ui/forms.tsx'
import { EmptyState } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Facts, Part, Table } from '../ui/parts.tsx'
import { municipalRoom } from '../ui/whose-room.tsx'
import {
  begin,
  close,
  decide,
  type IncidentsSeen,
  note,
  type RoomIncidents,
  seeIncident,
  seeIncidents,
  seeInRoom,
} from './incident.deeds.ts'
import { decisions } from './incident.ts'
import { noticedAt } from './incident-clock.ts'
import { incidentPage, sayClock } from './one-incident.page.tsx'
import { words } from './words.ts'

const path = '/incidents'
const notKept = { 'cache-control': 'no-store' }
const fits = bodyLimit({ maxSize: largestForm, onError: () => refuse('too-large') })
const idOf = (text: string): string =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text) ? text : refuse('not-found')

interface Typed {
  id: string
  what: string
  noticed?: DateSaid
  time: string
  ticked: ReadonlySet<string>
}

export function incidentPages(): Hono<Visited> {
  return new Hono<Visited>()
    .get(path, async (c) => c.html(listPage(c.get('visit'), await seeIncidents(personOf(c))), 200, notKept))
    .get(`${path}/new`, async (c) => {
      const seen = await seeIncidents(personOf(c))
      if (seen.incidents === null) refuse('not-found')
      return c.html(newPage(c.get('visit'), seen, { id: uuid(), what: '', time: '', ticked: new Set() }), 200, notKept)
    })
    .post(`${path}/new`, fits, async (c) => {
      const person = personOf(c)
      const seen = await seeIncidents(person)
      if (seen.incidents === null) refuse('not-found')
      const say = words(c.get('visit').lang)
      const form = await postedForm(c.req)
      const day = readDate(form, 'noticed')
      const time = readTime(form, 'time')
      const what = String(form.get('what') ?? '').trim()
      const typed = {
        id: String(form.get('id')),
        what,
        noticed: day.said,
        time: time.said,
        ticked: new Set(form.keys()),
      }
      const communities = seen.places.filter(({ slug }) => typed.ticked.has(`place-${slug}`)).map(({ id }) => id)
      const entry = typed.ticked.has('entry')
      const kinds = purposeKeys.filter((one) => typed.ticked.has(`kind-${one}`))
      const now = person.house.clock.now()
      const at =
        'date' in day && 'time' in time ? noticedAt(seen.municipality.timeZone, day.date, time.time, now) : null
      const problems: Problem[] = []
      if (what.length < 3 || what.length > 2000) problems.push({ field: 'what', message: say('incident.badWhat') })
      if (at === null) problems.push({ field: 'noticed', message: say('incident.badTime') })
      if (communities.length === 0 && !entry) problems.push({ field: 'entry', message: say('incident.badWhere') })
      if (kinds.length === 0) problems.push({ field: 'kind-belong', message: say('incident.badKinds') })
      if (problems.length > 0 || at === null)
        return c.html(newPage(c.get('visit'), seen, typed, problems), 400, notKept)
      const id = idOf(typed.id)
      await begin(person, { id, what, noticedAt: at, communities, entry, kinds })
      return c.redirect(`${path}/${id}`, 303)
    })
    .get(`${path}/:id`, async (c) =>
      c.html(incidentPage(c.get('visit'), await seeIncident(personOf(c), idOf(c.req.param('id')))), 200, notKept),
    )
    .post(`${path}/:id/:deed{authority|people|note|close}`, fits, async (c) => {
      const person = personOf(c)
      const id = idOf(c.req.param('id'))
      const deed = c.req.param('deed')
      const { lang } = c.get('visit')
      if (deed === 'close') {
        await close(person, id)
        return c.redirect(`${path}/${id}`, 303)
      }
      const form = await postedForm(c.req)
      const text = String(form.get(`${deed}-why`) ?? '').trim()
      const tell = String(form.get(`${deed}-tell`) ?? '')
      const what = decisions.find((one) => one === deed)
      const problems: Problem[] = []
      if (what && tell !== 'yes' && tell !== 'no')
        problems.push({ field: `${deed}-tell`, message: words(lang)('incident.badTell') })
      if (text.length < 3 || text.length > 2000)
        problems.push({ field: `${deed}-why`, message: words(lang)('incident.badWhy') })
      if (problems.length > 0) {
        const seen = await seeIncident(person, id)
        return c.html(incidentPage(c.get('visit'), seen, { deed, tell, text, problems }), 400, notKept)
      }
      if (what) await decide(person, id, what, tell === 'yes', text)
      else await note(person, id, text)
      return c.redirect(`${path}/${id}`, 303)
    })
    .get('/c/:slug/incidents', async (c) => {
      const person = c.get('visit').person ?? refuse('not-found')
      return c.html(roomPage(c.get('visit'), await seeInRoom(person, c.req.param('slug'))), 200, notKept)
    })
}

function listPage(visit: Visit, { incidents, counts, places, municipality }: IncidentsSeen): string {
  const { lang } = visit
  const say = words(lang)
  const placeOf = (id: string | null) =>
    id === null ? say('incident.entryRoom') : (places.find((one) => one.id === id)?.name ?? '')
  const when = (at: Date) => sayDayAndTime(at, municipality.timeZone, lang)
  return renderPage(
    <Page
      {...frame(visit, path, municipalRoom('watch'))}
      title={say('incident.title')}
      lead={say(incidents ? 'incident.lead' : 'incident.operatorLead')}
      robots="noindex"
    >
      {incidents && (
        <Actions>
          <ButtonLink href={`${path}/new`}>{say('incident.new')}</ButtonLink>
        </Actions>
      )}
      {counts.length === 0 && <EmptyState title={say('incident.none')}>{say('incident.noneWhat')}</EmptyState>}
      {incidents && incidents.length > 0 && (
        <Table
          caption={say('incident.title')}
          quiet
          columns={[say('incident.noticed'), say('incident.what'), say('incident.clock')]}
          rows={incidents.map((one) => [
            <a href={`${path}/${one.id}`}>{when(one.noticedAt)}</a>,
            <OwnWords text={one.what.slice(0, 120)} />,
            sayClock(visit, one),
          ])}
        />
      )}
      {!incidents && counts.length > 0 && (
        <Table
          caption={say('incident.touched')}
          quiet
          columns={[say('incident.noticed'), say('incident.room'), say('incident.howMany')]}
          numbers={[2]}
          rows={counts.map((one) => [when(one.noticedAt), placeOf(one.community), one.people])}
        />
      )}
    </Page>,
  )
}

function newPage(visit: Visit, { places }: IncidentsSeen, typed: Typed, problems: Problem[] = []): string {
  const { lang } = visit
  const say = words(lang)
  const map = mapWords(lang)
  const wrong = (field: string) => problemOf(problems, field)
  return renderPage(
    <Page
      {...frame(visit, `${path}/new`, municipalRoom('officer'))}
      title={say('incident.new')}
      lead={say('incident.newLead')}
      problems={problems}
      robots="noindex"
    >
      <form method="post" action={`${path}/new`} novalidate>
        <input type="hidden" name="id" value={typed.id} />
        <TextArea
          lang={lang}
          name="what"
          label={say('incident.whatAsked')}
          hint={say('incident.whatHint')}
          value={typed.what}
          maxlength={2000}
          error={wrong('what')}
        />
        <DateField
          lang={lang}
          name="noticed"
          legend={say('incident.noticedDay')}
          value={typed.noticed}
          error={wrong('noticed')}
        />
        <TimeField lang={lang} name="time" label={say('incident.noticedTime')} value={typed.time} />
        <fieldset class="choice">
          <legend>{say('incident.where')}</legend>
          <Tick
            lang={lang}
            name="entry"
            label={say('incident.entryRoom')}
            checked={typed.ticked.has('entry')}
            error={wrong('entry')}
          />
          {places.map(({ slug, name }) => (
            <Tick
              lang={lang}
              name={`place-${slug}`}
              label={<OwnWords text={name} />}
              checked={typed.ticked.has(`place-${slug}`)}
            />
          ))}
        </fieldset>
        <fieldset class="choice">
          <legend>{say('incident.kinds')}</legend>
          {purposeKeys.map((one) => (
            <Tick
              lang={lang}
              name={`kind-${one}`}
              label={map(`purpose.${one}.title`)}
              checked={typed.ticked.has(`kind-${one}`)}
              error={wrong(`kind-${one}`)}
            />
          ))}
        </fieldset>
        <Actions>
          <Button>{say('incident.begin')}</Button>
        </Actions>
      </form>
    </Page>,
  )
}

function roomPage(visit: Visit, { community, incidents }: RoomIncidents): string {
  const { lang } = visit
  const say = words(lang)
  return renderPage(
    <Page
      {...placeFrame(visit, community, `/c/${community.slug}/incidents`, 'keyholders')}
      title={say('incident.roomTitle')}
      eyebrow={<OwnWords text={community.name} />}
      lead={say('incident.roomLead')}
      robots="noindex"
    >
      {incidents.length === 0 && <EmptyState title={say('incident.none')}>{say('incident.roomNone')}</EmptyState>}
      {incidents.map((one) => (
        <Part title={sayDayAndTime(one.noticedAt, community.timeZone, lang)}>
          <p>
            <OwnWords text={one.what} />
          </p>
          <Facts
            facts={[
              [say('incident.clock'), sayClock(visit, one)],
              [
                say('incident.responsible'),
                community.keeper ? <OwnWords text={community.keeper} /> : say('incident.theMunicipality'),
              ],
            ]}
          />
          {community.keeper && <p>{say('incident.yours')}</p>}
        </Part>
      ))}
    </Page>,
  )
}
