// The doors of passkeys: what the browser is to ask the device, coming in, proving, adding, naming, removing; and the six digits after a passkey.
import { type Context, Hono } from 'hono'
import { cookieOf, cookieText } from '../door.ts'
import { refuse } from '../refusal.ts'
import { Button, ButtonLink, Field, type Problem, problemOf } from '../ui/forms.tsx'
import { Notice } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Part } from '../ui/parts.tsx'
import { doorstep, ownRoom } from '../ui/whose-room.tsx'
import { letIn } from './let-in.ts'
import { deviceIn, fits, formOf } from './mail.page.tsx'
import {
  addPasskey,
  askAtDoor,
  askToAdd,
  askToProve,
  comeWithPasskey,
  dropPasskey,
  namePasskey,
  passkeyOf,
  passkeysOf,
  proveWithPasskey,
  warningsRead,
} from './passkey.deeds.ts'
import { ceremonies, type Party, readMade, readName, readShown, type StaffWay } from './passkey.ts'
import { OwnPasskeys, PasskeyButton, PasskeyWarnings, partyIn, passkeyScript, words } from './passkey-parts.tsx'
import { ticketMinutes, ticketOffice } from './passkey-ticket.ts'
import { proveFirst } from './prove-first.ts'
import { comeWithDigits } from './second-factor.deeds.ts'
import type { DigitGuard } from './second-factor.ts'
import { hasProved } from './session.deeds.ts'
import { personOf, type Visit, type Visited } from './visit.ts'
import { ownWay, withWay } from './way.ts'

type Purpose = (typeof ceremonies)[number] | 'digits'

/** One cookie for each purpose: two windows do not take the question from each other. */
function cookieFor(c: Context<Visited>, purpose: Purpose) {
  const secure = c.get('visit').origin.startsWith('https:')
  const name = `${secure ? '__Host-' : ''}oplive_passkey_${purpose}`
  return {
    value: cookieOf(c.req.header('cookie'), name),
    set: (value: string) =>
      c.header('set-cookie', cookieText({ name, value, path: '/', seconds: value ? ticketMinutes * 60 : 0, secure }), {
        append: true,
      }),
  }
}

export function passkeyPages(guard: DigitGuard, way: () => StaffWay): Hono<Visited> {
  const tickets = ticketOffice()

  /** What this browser was asked for this purpose, used up. Refuses a question of another browser, an old one, and one answered before. */
  function challengeOf(c: Context<Visited>, purpose: Purpose, subject: string): { party: Party; challenge: string } {
    const cookie = cookieFor(c, purpose)
    const ticket = tickets.spend(cookie.value, purpose, c.get('visit').house.clock.now())
    const party = partyIn(c)
    cookie.set('')
    if (!ticket || ticket.subject !== subject || !party) return refuse('passkey.again')
    return { party, challenge: ticket.random }
  }

  return new Hono<Visited>()
    .use('/passkey/*', fits)
    .use('/passkey/*', async (c, next) => {
      c.header('cache-control', 'no-store')
      await next()
    })
    .get('/passkey', async (c) => {
      const { person } = c.get('visit')
      const html = person ? await minePage(c) : comePage(c, ownWay(c.req.query('next')))
      c.header('cache-control', 'no-store')
      return c.html(html)
    })
    .post('/passkey/ask', async (c) => {
      const { house, person } = c.get('visit')
      const form = await formOf(c)
      const purpose = ceremonies.find((one) => one === form.get('for'))
      const party = partyIn(c)
      if (!purpose || !party) return refuse('not-found')
      if (purpose !== 'in' && !person) return refuse('sign-in.needed')
      if (purpose === 'add' && person && !hasProved(person)) return refuse('not-yours')
      const ticket = tickets.give(purpose, subjectOf(c, purpose), house.clock.now())
      const question =
        purpose === 'in' || !person
          ? askAtDoor(party, ticket.random, form.get('uv') === 'required')
          : purpose === 'add'
            ? await askToAdd(person, party, ticket.random, way())
            : await askToProve(person, party, ticket.random)
      cookieFor(c, purpose).set(ticket.text)
      return c.json(question)
    })
    .post('/passkey/in', async (c) => {
      const { house } = c.get('visit')
      const form = await formOf(c)
      const next = ownWay(form.get('next'))
      const asked = challengeOf(c, 'in', '')
      const shown = readShown(form.get('answer'))
      const come = await comeWithPasskey(house, { ...asked, shown, device: deviceIn(c), way: way() })
      if ('token' in come) return letIn(c, come.token, next)
      cookieFor(c, 'digits').set(tickets.give('digits', come.digitsFor, house.clock.now()).text)
      return c.redirect(withWay('/passkey/digits', next), 303)
    })
    .get('/passkey/digits', (c) => {
      const waiting = tickets.read(cookieFor(c, 'digits').value, 'digits', c.get('visit').house.clock.now())
      if (!waiting) return c.redirect(withWay('/passkey', ownWay(c.req.query('next'))), 303)
      return c.html(digitsPage(c.get('visit'), ownWay(c.req.query('next'))))
    })
    .post('/passkey/digits', async (c) => {
      const { house } = c.get('visit')
      const now = house.clock.now()
      const form = await formOf(c)
      const next = ownWay(form.get('next'))
      const cookie = cookieFor(c, 'digits')
      const waiting = tickets.read(cookie.value, 'digits', now) ?? refuse('passkey.again')
      const field = form.has('paper') ? 'paper' : 'digits'
      const text = form.get(field) ?? ''
      const token = await comeWithDigits(house, guard, { passkey: waiting.subject, text, device: deviceIn(c) })
      if (!token) return c.html(digitsPage(c.get('visit'), next, { field, text }), 400)
      tickets.spend(cookie.value, 'digits', now)
      cookie.set('')
      return letIn(c, token, next)
    })
    .post('/passkey/add', async (c) => {
      const person = personOf(c)
      const form = await formOf(c)
      const next = ownWay(form.get('next'))
      if (!hasProved(person)) return proveFirst(c, next)
      const asked = challengeOf(c, 'add', person.session.id)
      await addPasskey(person, { ...asked, made: readMade(form.get('answer')), device: deviceIn(c), way: way() })
      return c.redirect(next === '/' ? '/passkey' : next, 303)
    })
    .post('/passkey/prove', async (c) => {
      const person = personOf(c)
      const form = await formOf(c)
      const asked = challengeOf(c, 'prove', person.session.id)
      await proveWithPasskey(person, { ...asked, shown: readShown(form.get('answer')) })
      return c.redirect(ownWay(form.get('next')), 303)
    })
    .post('/passkey/told', async (c) => {
      const person = personOf(c)
      const form = await formOf(c)
      const until = new Date(form.get('until') ?? '')
      if (!Number.isNaN(until.getTime())) await warningsRead(person, until)
      const next = ownWay(form.get('next'))
      return c.redirect(next === '/' ? '/passkey' : next, 303)
    })
    .get('/passkey/:id', async (c) => c.html(await onePage(c)))
    .post('/passkey/:id/name', async (c) => {
      const person = personOf(c)
      const id = c.req.param('id')
      const typed = (await formOf(c)).get('name') ?? ''
      const name = readName(typed)
      if (!name) return c.html(await onePage(c, typed), 400)
      await namePasskey(person, id, name)
      return c.redirect(backFrom(c.get('visit')), 303)
    })
    .post('/passkey/:id/remove', async (c) => {
      const person = personOf(c)
      const { inHand } = await passkeyOf(person, c.req.param('id'))
      await dropPasskey(person, c.req.param('id'))
      return c.redirect(inHand ? '/' : backFrom(c.get('visit')), 303)
    })
}

/** A question to add or to prove belongs to one session. */
const subjectOf = (c: Context<Visited>, purpose: Purpose): string =>
  purpose === 'in' ? '' : (c.get('visit').person?.session.id ?? '')

const backFrom = ({ person }: Visit): string => (person?.municipalRole ? '/staff/passkey' : '/me#passkeys')

/** For whoever is not signed in: the button, and the other ways. */
function comePage(c: Context<Visited>, next: string): string {
  const { lang } = c.get('visit')
  const say = words(lang)
  const other = lang === 'da' ? 'en' : 'da'
  const party = partyIn(c)
  return renderPage(
    <Page
      room={doorstep}
      lang={lang}
      kind="phone"
      title={say('come')}
      lead={party ? say('lead') : say('notHere')}
      languages={{ [other]: `${withWay('/passkey', next)}${next === '/' ? '?' : '&'}lang=${other}` }}
      scripts={party ? [passkeyScript] : undefined}
      robots="noindex"
    >
      <PasskeyButton lang={lang} party={party} next={next} staff />
      <p>{say('other')}</p>
      <ButtonLink kind="quiet" href={withWay('/in', next)}>
        {say('otherWay')}
      </ButtonLink>
    </Page>,
  )
}

async function minePage(c: Context<Visited>): Promise<string> {
  const { lang, house } = c.get('visit')
  const person = personOf(c)
  const now = house.clock.now()
  const own = await passkeysOf(person)
  return renderPage(
    <Page
      room={ownRoom}
      lang={lang}
      kind="page"
      title={words(lang)('name')}
      languages={{ da: '/passkey?lang=da', en: '/passkey?lang=en' }}
      scripts={[passkeyScript]}
      robots="noindex"
    >
      <PasskeyWarnings lang={lang} now={now} own={own} here="/passkey" />
      <OwnPasskeys
        lang={lang}
        now={now}
        own={own}
        party={partyIn(c)}
        staff={person.municipalRole !== null}
        here="/passkey"
      />
    </Page>,
  )
}

interface TypedDigits {
  field: 'digits' | 'paper'
  text: string
}

/** Says nothing of who it is: whoever holds a stolen passkey learns no name here. */
function digitsPage({ lang }: Visit, next: string, typed?: TypedDigits): string {
  const say = words(lang)
  const problems: Problem[] = typed
    ? [{ field: typed.field, message: say(typed.field === 'digits' ? 'digits.mend' : 'digits.paperMend') }]
    : []
  const onward = next !== '/' && <input type="hidden" name="next" value={next} />
  return renderPage(
    <Page
      room={doorstep}
      lang={lang}
      kind="phone"
      title={say('digits.title')}
      lead={say('digits.lead')}
      problems={problems}
      robots="noindex"
    >
      <form method="post" action="/passkey/digits" novalidate>
        {onward}
        <Field
          lang={lang}
          name="digits"
          inputmode="numeric"
          autocomplete="one-time-code"
          label={say('digits.label')}
          value={typed?.field === 'digits' ? typed.text : undefined}
          error={problemOf(problems, 'digits')}
          code
        />
        <Button wide>{say('digits.go')}</Button>
      </form>
      <section class="stack">
        <h2>{say('digits.lost')}</h2>
        <p>{say('digits.lostLead')}</p>
        <form method="post" action="/passkey/digits" novalidate>
          {onward}
          <Field
            lang={lang}
            name="paper"
            label={say('digits.paper')}
            value={typed?.field === 'paper' ? typed.text : undefined}
            error={problemOf(problems, 'paper')}
            code
          />
          <Button kind="quiet" wide>
            {say('digits.go')}
          </Button>
        </form>
        <p class="soft">{say('digits.noPaper')}</p>
      </section>
    </Page>,
  )
}

/** One passkey: its name, and taking it away. */
async function onePage(c: Context<Visited>, typed?: string): Promise<string> {
  const { lang } = c.get('visit')
  const say = words(lang)
  const { passkey, inHand } = await passkeyOf(personOf(c), c.req.param('id') ?? '')
  const path = `/passkey/${passkey.id}`
  const problems: Problem[] = typed === undefined ? [] : [{ field: 'name', message: say('calledMend') }]
  return renderPage(
    <Page
      room={ownRoom}
      lang={lang}
      kind="page"
      title={say('name')}
      heading={<bdi>{passkey.name}</bdi>}
      eyebrow={say('name')}
      problems={problems}
      robots="noindex"
    >
      <form method="post" action={`${path}/name`} novalidate>
        <Field
          lang={lang}
          name="name"
          label={say('called')}
          hint={say('calledHint')}
          value={typed ?? passkey.name}
          maxlength={60}
          error={problemOf(problems, 'name')}
        />
        <Button>{say('keep')}</Button>
      </form>
      <Part id="remove" title={say('remove')}>
        <p>{say('removeLead')}</p>
        {inHand && (
          <Notice lang={lang} kind="warn">
            <p>{say('removeInHand')}</p>
          </Notice>
        )}
        <p>{say('removeDevice')}</p>
        <form method="post" action={`${path}/remove`}>
          <Button kind="danger">{say('remove')}</Button>
        </form>
      </Part>
      <p>
        <a href={backFrom(c.get('visit'))}>{say('back')}</a>
      </p>
    </Page>,
  )
}
