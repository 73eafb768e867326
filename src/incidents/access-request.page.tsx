// The officer's doors for who asks what is kept of them: the list with its last days, one request, and the pack as a page and as files.
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { v7 as uuid } from 'uuid'
import { personOf, type Visit, type Visited } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { frame } from '../communities/place-frame.ts'
import { sayDate } from '../communities/times.ts'
import { largestForm } from '../door.ts'
import { type Format, formats, writerOf } from '../mine/export.ts'
import { refuse } from '../refusal.ts'
import { type DateSaid, readDate } from '../ui/dates.ts'
import { Actions, Button, ButtonLink, DateField, Field, type Problem, problemOf, TextArea } from '../ui/forms.tsx'
import { EmptyState, Notice } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Facts, Part, Table } from '../ui/parts.tsx'
import { municipalRoom } from '../ui/whose-room.tsx'
import {
  answerRequest,
  extendRequest,
  findWho,
  mustBeOfficer,
  type OneSeen,
  openPack,
  type Pack,
  type RequestSeen,
  seeRequest,
  seeRequests,
  todayOf,
  writeRequest,
} from './access-request.deeds.ts'
import type { Match } from './access-request.queries.ts'
import { packPage } from './pack.page.tsx'
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
    .get(`${path}/new`, (c) => {
      mustBeOfficer(personOf(c))
      const typed = { id: uuid(), name: '', mail: '', telephone: '', reason: '' }
      return c.html(newPage(c.get('visit'), typed), 200, notKept)
    })
    .post(`${path}/new`, fits, async (c) => {
      const person = personOf(c)
      mustBeOfficer(person)
      const { lang } = c.get('visit')
      const form = await c.req.formData()
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
      return c.html(onePage(c.get('visit'), seen, seen.found), 200, notKept)
    })
    .post(`${path}/:id/extend`, fits, async (c) => {
      const id = idOf(c.req.param('id'))
      const because = String((await c.req.formData()).get('because') ?? '').trim()
      if (because.length < 3 || because.length > 1000) {
        const problems = [{ field: 'because', message: words(c.get('visit').lang)('request.sayWhy') }]
        return c.html(onePage(c.get('visit'), await seeRequest(personOf(c), id), null, { because, problems }), 400)
      }
      await extendRequest(personOf(c), id, because)
      return c.redirect(`${path}/${id}`, 303)
    })
    .post(`${path}/:id/answered`, fits, async (c) => {
      await answerRequest(personOf(c), idOf(c.req.param('id')))
      return c.redirect(path, 303)
    })
    .post(`${path}/:id/pack/:person`, fits, async (c) => {
      const pack = await openPack(personOf(c), idOf(c.req.param('id')), idOf(c.req.param('person')))
      const wanted = String((await c.req.formData()).get('as') ?? '')
      const format = formats.find((one) => one === wanted)
      if (!format) return c.html(packPage(c.get('visit'), pack), 200, notKept)
      return c.body(fileOf(c.get('visit'), pack, format), 200, {
        ...notKept,
        'content-type': format === 'json' ? 'application/json; charset=utf-8' : 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="oplive.${format}"`,
      })
    })
}

function fileOf({ lang, house }: Visit, pack: Pack, format: Format): string {
  const { community, municipality, name, rows } = pack
  const place = {
    id: community.id,
    slug: community.slug,
    name: community.name,
    timeZone: community.timeZone,
    association: null,
  }
  const file = writerOf(format, {
    lang,
    name,
    madeAt: house.clock.now(),
    entries: 'closed',
    places: [place],
    municipality,
    names: new Map([[community.id, community.name]]),
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

function sayState(visit: Visit, one: RequestSeen): string {
  const say = words(visit.lang)
  if (one.answeredOn !== null) return say('request.answeredOn', { day: sayDate(one.answeredOn, visit.lang) })
  if (one.daysLeft < 0) return say('request.over', { count: -one.daysLeft })
  if (one.daysLeft === 0) return say('request.today')
  return say('request.left', { count: one.daysLeft })
}

function listPage(visit: Visit, { requests }: { requests: readonly RequestSeen[] }): string {
  const { lang } = visit
  const say = words(lang)
  return renderPage(
    <Page
      {...frame(visit, path, municipalRoom())}
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
      {...frame(visit, `${path}/new`, municipalRoom())}
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

interface Extending {
  because: string
  problems: Problem[]
}

function onePage(visit: Visit, seen: OneSeen, found: readonly Match[] | null = null, extending?: Extending): string {
  const { lang } = visit
  const say = words(lang)
  const { request, places } = seen
  const here = `${path}/${request.id}`
  const open = request.answeredOn === null
  const nameOf = (id: string) => places.find((one) => one.id === id)?.name ?? ''
  return renderPage(
    <Page
      {...frame(visit, here, municipalRoom())}
      title={say('request.of', { name: request.name })}
      lead={sayState(visit, request)}
      problems={extending?.problems}
      robots="noindex"
    >
      <Facts
        facts={[
          [say('request.received'), sayDate(request.receivedOn, lang)],
          [say('request.by'), sayDate(request.by, lang)],
          [say('request.mail'), request.mail ?? '–'],
          [say('request.telephone'), request.telephone ?? '–'],
          [say('request.reason'), <OwnWords text={request.reason} />],
          ...(request.extendedBecause
            ? [[say('request.extended'), <OwnWords text={request.extendedBecause} />] as const]
            : []),
        ]}
      />
      {open && (
        <Part id="find" title={say('request.find')}>
          <p>{say('request.findWhat')}</p>
          <form method="post" action={`${here}/find`}>
            <Button kind={found ? 'quiet' : 'primary'}>{say('request.findDo')}</Button>
          </form>
          {found && <Found visit={visit} here={here} found={found} nameOf={nameOf} />}
        </Part>
      )}
      <Part id="elsewhere" title={say('request.elsewhere')}>
        <p>{say('request.elsewhereWhat')}</p>
        <Facts
          facts={places
            .filter(({ keeper }) => keeper !== null)
            .map((one) => [
              <a href={`/c/${one.slug}`}>
                <OwnWords text={one.name} />
              </a>,
              <OwnWords text={one.keeper ?? ''} />,
            ])}
        />
      </Part>
      {open && (
        <Part id="answer" title={say('request.answer')}>
          <p>{say('request.answerWhat')}</p>
          <form method="post" action={`${here}/answered`}>
            <Button>{say('request.answered')}</Button>
          </form>
          {request.extendedBecause === null && (
            <form method="post" action={`${here}/extend`} novalidate>
              <TextArea
                lang={lang}
                name="because"
                label={say('request.because')}
                hint={say('request.becauseHint')}
                value={extending?.because}
                maxlength={1000}
                error={problemOf(extending?.problems, 'because')}
              />
              <Button kind="quiet">{say('request.extend')}</Button>
            </form>
          )}
        </Part>
      )}
    </Page>,
  )
}

interface FoundProps {
  visit: Visit
  here: string
  found: readonly Match[]
  nameOf: (community: string) => string
}

function Found({ visit, here, found, nameOf }: FoundProps) {
  const say = words(visit.lang)
  if (found.length === 0)
    return (
      <Notice lang={visit.lang} kind="ok" title={say('request.nobody')} live>
        <p>{say('request.nobodyWhat')}</p>
      </Notice>
    )
  return (
    <>
      <p>{say('request.found', { count: found.length })}</p>
      <Table
        caption={say('request.find')}
        quiet
        columns={[say('request.who'), say('request.place'), say('request.pack')]}
        rows={found.map((one) => [
          <OwnWords text={one.name} />,
          <OwnWords text={nameOf(one.community)} />,
          <form method="post" action={`${here}/pack/${one.person}`}>
            <Button kind="quiet">{say('request.open')}</Button>
          </form>,
        ])}
      />
    </>
  )
}
