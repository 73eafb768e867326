// The officer's doors for who asks what is kept of them: the list with its last days, one request, and the pack as a page and as files.
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { v7 as uuid } from 'uuid'
import { personOf, type Visit, type Visited } from '../access/visit.ts'
import { frame } from '../communities/place-frame.ts'
import { sayDate } from '../communities/times.ts'
import { largestForm, postedForm } from '../door.ts'
import { type Format, formats, writerOf } from '../mine/export.ts'
import { refuse } from '../refusal.ts'
import { type DateSaid, readDate } from '../ui/dates.ts'
import { Actions, Button, ButtonLink, DateField, Field, type Problem, problemOf, TextArea } from '../ui/forms.tsx'
import { EmptyState } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Table } from '../ui/parts.tsx'
import { municipalRoom } from '../ui/whose-room.tsx'
import {
  answerRequest,
  extendRequest,
  findWho,
  mustBeOfficer,
  openPack,
  type RequestSeen,
  seeRequest,
  seeRequests,
  todayOf,
  writeRequest,
} from './access-request.deeds.ts'
import { decided } from './hand-over.ts'
import { onePage, sayState } from './one-request.page.tsx'
import { type Answer, packPage } from './pack.page.tsx'
import { passOn, saidHere, seeAsking } from './passed-on.deeds.ts'
import { questionsPage } from './questions.page.tsx'
import { spotsPage } from './spots.page.tsx'
import { words } from './words.ts'

const path = '/access-requests'
const notKept = { 'cache-control': 'no-store' }
const fits = bodyLimit({ maxSize: largestForm, onError: () => refuse('too-large') })
const idOf = (text: string | undefined): string =>
  text && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text) ? text : refuse('not-found')

interface Typed {
  id: string
  name: string
  mail: string
  telephone: string
  reason: string
  received?: DateSaid
}

export function accessRequestPages(): Hono<Visited> {
  return new Hono<Visited>()
    .get(path, async (c) => c.html(listPage(c.get('visit'), await seeRequests(personOf(c))), 200, notKept))
    .get(`${path}/new`, async (c) => {
      mustBeOfficer(personOf(c))
      // Most ask on the day on which it is written down.
      const [year = '', month = '', day = ''] = (await todayOf(personOf(c))).split('-')
      const received = { day: String(Number(day)), month: String(Number(month)), year }
      const typed = { id: uuid(), name: '', mail: '', telephone: '', reason: '', received }
      return c.html(newPage(c.get('visit'), typed), 200, notKept)
    })
    .post(`${path}/new`, fits, async (c) => {
      const person = personOf(c)
      mustBeOfficer(person)
      const { lang } = c.get('visit')
      const form = await postedForm(c.req)
      const text = (name: string) => String(form.get(name) ?? '').trim()
      const today = await todayOf(person)
      const received = readDate(form, 'received', today)
      const typed: Typed = {
        id: text('id'),
        name: text('name'),
        mail: text('mail'),
        telephone: text('telephone'),
        reason: text('reason'),
        received: received.said,
      }
      const problems = problemsOf(lang, typed)
      const day = 'date' in received ? received.date : null
      if (day === null || day > today) problems.push({ field: 'received', message: words(lang)('request.badDay') })
      if (problems.length > 0 || day === null)
        return c.html(newPage(c.get('visit'), { ...typed }, problems), 400, notKept)
      const id = idOf(typed.id)
      await writeRequest(person, {
        id,
        name: typed.name,
        mail: typed.mail.toLowerCase() || null,
        telephone: typed.telephone || null,
        reason: typed.reason,
        receivedOn: day,
      })
      return c.redirect(`${path}/${id}`, 303)
    })
    .get(`${path}/:id`, async (c) =>
      c.html(onePage(c.get('visit'), await seeRequest(personOf(c), idOf(c.req.param('id')))), 200, notKept),
    )
    .post(`${path}/:id/find`, fits, async (c) => {
      const seen = await findWho(personOf(c), idOf(c.req.param('id')))
      return c.html(onePage(c.get('visit'), seen, { found: seen.found }), 200, notKept)
    })
    .post(`${path}/:id/pass-on/:slug`, fits, async (c) => {
      const id = idOf(c.req.param('id'))
      await passOn(personOf(c), id, c.req.param('slug'))
      return c.redirect(`${path}/${id}#elsewhere`, 303)
    })
    .post(`${path}/:id/extend`, fits, async (c) => {
      const id = idOf(c.req.param('id'))
      const because = String((await postedForm(c.req)).get('because') ?? '').trim()
      if (because.length < 3 || because.length > 1000) {
        const problems = [{ field: 'because', message: words(c.get('visit').lang)('request.sayWhy') }]
        return c.html(onePage(c.get('visit'), await seeRequest(personOf(c), id), { because, problems }), 400)
      }
      await extendRequest(personOf(c), id, because)
      return c.redirect(`${path}/${id}`, 303)
    })
    .post(`${path}/:id/answered`, fits, async (c) => {
      await answerRequest(personOf(c), idOf(c.req.param('id')))
      return c.redirect(path, 303)
    })
    .post(`${path}/:id/pack`, fits, async (c) => {
      const [person, visit, id] = [personOf(c), c.get('visit'), idOf(c.req.param('id'))]
      const form = await postedForm(c.req)
      const of = [...new Set(form.getAll('person').map((one) => idOf(String(one))))]
      if (of.length === 0) {
        const seen = await findWho(person, id)
        const first = seen.found[0]
        const problems = first
          ? [{ field: `person-${first.person}`, message: words(visit.lang)('request.tickWho') }]
          : []
        return c.html(onePage(visit, seen, { found: seen.found, problems }), 400, notKept)
      }
      if (of.length > mostRooms) return refuse('too-large')
      const pack = await openPack(person, id, of)
      const said = new Map(pack.proposals.map(({ key }) => [key, String(form.get(`spot-${key}`) ?? '')]))
      // Whatever is new, or was not decided, is asked about before anything is handed over.
      if ([...said.values()].some((one) => one !== 'out' && one !== 'stay'))
        return c.html(spotsPage(visit, pack, said), 200, notKept)
      const out = new Set([...said].flatMap(([key, one]) => (one === 'out' ? key : [])))
      const answer: Answer = { ...pack, rows: decided(pack.rows, pack.proposals, out), said }
      const format = formats.find((one) => one === form.get('as'))
      if (!format) return c.html(packPage(visit, answer), 200, notKept)
      return c.body(fileOf(visit, answer, format), 200, {
        ...notKept,
        'content-type': format === 'json' ? 'application/json; charset=utf-8' : 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="oplive.${format}"`,
      })
    })
    .get('/c/:slug/questions', async (c) => {
      const visit = c.get('visit')
      const person = visit.person ?? refuse('not-found')
      return c.html(questionsPage(visit, await seeAsking(person, c.req.param('slug'))), 200, notKept)
    })
    .post('/c/:slug/questions/:id', fits, async (c) => {
      const person = c.get('visit').person ?? refuse('not-found')
      const slug = c.req.param('slug')
      await saidHere(person, slug, idOf(c.req.param('id')))
      return c.redirect(`/c/${slug}/questions`, 303)
    })
}

/** In more rooms than this nobody is: whoever sends more did not tick them. */
const mostRooms = 50

function fileOf({ lang, house }: Visit, { parts, municipality, request, rows }: Answer, format: Format): string {
  const places = new Map(parts.map(({ community }) => [community.id, community]))
  const file = writerOf(format, {
    lang,
    name: request.name,
    madeAt: house.clock.now(),
    entries: 'closed',
    places: [...places.values()].map(({ id, slug, name, timeZone }) => ({
      id,
      slug,
      name,
      timeZone,
      association: null,
    })),
    municipality,
    names: new Map([...places.values()].map(({ id, name }) => [id, name])),
    book: null,
    staff: false,
  })
  return file.begin() + file.rows(rows) + file.end()
}

function problemsOf(lang: Visit['lang'], typed: Typed): Problem[] {
  const say = words(lang)
  const problems: Problem[] = []
  if (typed.name.length < 2 || typed.name.length > 120)
    problems.push({ field: 'name', message: say('request.badName') })
  if (typed.mail && !/^[^\s@]+@[^\s@]+$/.test(typed.mail))
    problems.push({ field: 'mail', message: say('request.badMail') })
  if (typed.telephone && !/^[+0-9 ()-]{4,40}$/.test(typed.telephone))
    problems.push({ field: 'telephone', message: say('request.badTelephone') })
  if (typed.reason.length < 3 || typed.reason.length > 280)
    problems.push({ field: 'reason', message: say('request.badReason') })
  return problems
}

function listPage(visit: Visit, { requests }: { requests: readonly RequestSeen[] }): string {
  const { lang } = visit
  const say = words(lang)
  return renderPage(
    <Page
      {...frame(visit, path, municipalRoom('officer'))}
      title={say('request.title')}
      lead={say('request.lead')}
      robots="noindex"
    >
      <Actions>
        <ButtonLink href={`${path}/new`}>{say('request.new')}</ButtonLink>
      </Actions>
      {requests.length === 0 ? (
        <EmptyState title={say('request.none')}>{say('request.noneWhat')}</EmptyState>
      ) : (
        <Table
          caption={say('request.title')}
          quiet
          columns={[say('request.who'), say('request.received'), say('request.by'), say('request.state')]}
          rows={requests.map((one) => [
            <a href={`${path}/${one.id}`}>{one.name}</a>,
            sayDate(one.receivedOn, lang),
            sayDate(one.by, lang),
            sayState(visit, one),
          ])}
        />
      )}
    </Page>,
  )
}

function newPage(visit: Visit, typed: Typed, problems: Problem[] = []): string {
  const { lang } = visit
  const say = words(lang)
  const wrong = (field: string) => problemOf(problems, field)
  return renderPage(
    <Page
      {...frame(visit, `${path}/new`, municipalRoom('officer'))}
      title={say('request.new')}
      lead={say('request.newLead')}
      problems={problems}
      robots="noindex"
    >
      <form method="post" action={`${path}/new`} novalidate>
        <input type="hidden" name="id" value={typed.id} />
        <Field lang={lang} name="name" label={say('request.name')} value={typed.name} error={wrong('name')} />
        <Field
          lang={lang}
          name="mail"
          type="email"
          label={say('request.mail')}
          optional
          value={typed.mail}
          error={wrong('mail')}
        />
        <Field
          lang={lang}
          name="telephone"
          type="tel"
          label={say('request.telephone')}
          optional
          value={typed.telephone}
          error={wrong('telephone')}
        />
        <DateField
          lang={lang}
          name="received"
          legend={say('request.receivedWhen')}
          value={typed.received}
          error={wrong('received')}
        />
        <TextArea
          lang={lang}
          name="reason"
          label={say('request.reason')}
          hint={say('request.reasonHint')}
          value={typed.reason}
          maxlength={280}
          error={wrong('reason')}
        />
        <Actions>
          <Button>{say('request.save')}</Button>
        </Actions>
      </form>
    </Page>,
  )
}
