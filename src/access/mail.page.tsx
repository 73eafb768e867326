// The doors of signing in by mail: the one question, the letter that is waited for, its link and its digits, and who of those who share a mailbox it is.
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Child } from 'hono/jsx'
import { largestForm } from '../door.ts'
import type { Lang } from '../i18n/catalogue.ts'
import { readAddress } from '../post/letter.ts'
import { refuse } from '../refusal.ts'
import { Button, ButtonLink, Field, type Problem, problemOf } from '../ui/forms.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Part } from '../ui/parts.tsx'
import type { Room } from '../ui/whose-room.tsx'
import { doorstep } from '../ui/whose-room.tsx'
import { askedIn, letIn, setAsked } from './let-in.ts'
import { askByMail, lookAtMailLink, signInAsOne, signInByLink, tryDigits, whoSharesIt } from './mail-question.deeds.ts'
import { readDigits } from './mail-question.ts'
import type { Party } from './passkey.ts'
import { PasskeyButton, partyIn, passkeyScript } from './passkey-parts.tsx'
import { deviceOf, sessionDays } from './sign-in.ts'
import type { Visit, Visited } from './visit.ts'
import type { Watch } from './watch.ts'
import { ownWay, withWay } from './way.ts'
import { words } from './ways.ts'

export const fits = bodyLimit({ maxSize: largestForm, onError: () => refuse('too-large') })
export const formOf = async (c: Context): Promise<URLSearchParams> => new URLSearchParams(await c.req.text())
export const deviceIn = (c: Context): string => deviceOf(c.req.header('user-agent'))
const linkRoom: Room = { whose: 'nobody', seen: 'link' }

export function mailPages(watch: Watch): Hono<Visited> {
  return new Hono<Visited>()
    .use('/in/*', async (c, next) => {
      c.header('cache-control', 'no-store')
      await next()
    })
    .use('/in/*', fits)
    .get('/in', (c) => {
      return c.html(askPage(c.get('visit'), partyIn(c), ownWay(c.req.query('next'))))
    })
    .post('/in', async (c) => {
      const { house, lang, origin } = c.get('visit')
      const form = await formOf(c)
      const way = ownWay(form.get('next'))
      const typed = form.get('mail') ?? ''
      const address = readAddress(typed)
      if (!house.mail || !address) return c.html(askPage(c.get('visit'), partyIn(c), way, typed), 400)
      setAsked(c, await askByMail(house, watch, { purpose: 'in', address, account: null, way, lang, origin }))
      return c.redirect('/in/sent', 303)
    })
    .get('/in/sent', (c) => {
      if (!askedIn(c)) return c.redirect('/in', 303)
      return c.html(sentPage(c.get('visit').lang))
    })
    .post('/in/sent', async (c) => {
      const { house, lang } = c.get('visit')
      const typed = (await formOf(c)).get('digits') ?? ''
      const digits = readDigits(typed)
      const again = (problem: 'shape' | 'wrong') => c.html(sentPage(lang, { typed, problem }), 400)
      if (!digits) return again('shape')
      return entered(
        c,
        await tryDigits(house, watch, { by: 'browser', token: askedIn(c), digits, device: deviceIn(c) }),
        () => again('wrong'),
      )
    })
    .get('/in/who', async (c) => {
      const { house, lang } = c.get('visit')
      return c.html(whoPage(lang, '/in/who', await whoSharesIt(house, askedIn(c))))
    })
    .post('/in/who', async (c) => {
      const { house } = c.get('visit')
      const who = (await formOf(c)).get('as') ?? ''
      const { session, way } = await signInAsOne(house, askedIn(c), who, deviceIn(c))
      return letIn(c, session, way)
    })
    .get('/in/mail/:link', async (c) => {
      const { house, lang } = c.get('visit')
      const link = c.req.param('link')
      const who = await lookAtMailLink(house, link, askedIn(c))
      return c.html(who ? whoPage(lang, `/in/mail/${link}`, who) : elsewherePage(lang, link))
    })
    .post('/in/mail/:link', async (c) => {
      const { house, lang } = c.get('visit')
      const link = c.req.param('link')
      const form = await formOf(c)
      const who = form.get('as')
      if (who !== null) {
        const { session, way } = await signInByLink(house, link, askedIn(c), who, deviceIn(c))
        return letIn(c, session, way)
      }
      const typed = form.get('digits') ?? ''
      const digits = readDigits(typed)
      const again = (problem: 'shape' | 'wrong') => c.html(elsewherePage(lang, link, { typed, problem }), 400)
      if (!digits) return again('shape')
      return entered(c, await tryDigits(house, watch, { by: 'link', token: link, digits, device: deviceIn(c) }), () =>
        again('wrong'),
      )
    })
}

/** What comes of digits that were typed. */
function entered(
  c: Context<Visited>,
  answer: Awaited<ReturnType<typeof tryDigits>>,
  again: () => Response | Promise<Response>,
): Response | Promise<Response> {
  switch (answer.now) {
    case 'wrong':
      return again()
    case 'over':
      return refuse('sign-in.used')
    case 'in':
      return letIn(c, answer.session, answer.way)
    case 'who':
      setAsked(c, answer.browser)
      return c.redirect('/in/who', 303)
  }
}

/** The one question; below it the other ways in. `typed` is what was no address. */
function askPage({ house, lang, person }: Visit, party: Party | null, way: string, typed?: string): string {
  const say = words(lang)
  const problems: Problem[] =
    typed === undefined || !house.mail
      ? []
      : [{ field: 'mail', message: say(typed.trim() ? 'in.unclear' : 'in.missing') }]
  const other = lang === 'da' ? 'en' : 'da'
  return renderPage(
    <Page
      room={doorstep}
      lang={lang}
      kind="phone"
      title={say('in.title')}
      lead={say(house.mail ? 'in.lead' : 'in.noMail')}
      problems={problems}
      scripts={party ? [passkeyScript] : undefined}
      languages={{ [other]: `${withWay('/in', way)}${way === '/' ? '?' : '&'}lang=${other}` }}
      robots="noindex"
    >
      {person && (
        <p>
          {say('in.already', { name: person.name })} <a href="/me">{say('in.mine')}</a>
        </p>
      )}
      {house.mail ? (
        <form method="post" action="/in" novalidate>
          {way !== '/' && <input type="hidden" name="next" value={way} />}
          <Field
            lang={lang}
            name="mail"
            type="email"
            inputmode="email"
            autocomplete="email webauthn"
            label={say('in.mail')}
            value={typed}
            error={problemOf(problems, 'mail')}
          />
          <Button wide>{say('in.send')}</Button>
        </form>
      ) : (
        <ButtonLink href={withWay('/card', way)} wide>
          {say('in.card')}
        </ButtonLink>
      )}
      <PasskeyButton lang={lang} party={party} next={way} quiet />
      <Part id="others" title={say('in.others')}>
        <ul class="ways-in">
          {house.mail && (
            <li>
              <a href={withWay('/card', way)}>{say('in.card')}</a>
            </li>
          )}
          <li>
            <a href={withWay('/staff', way)}>{say('in.staff')}</a>
          </li>
        </ul>
      </Part>
    </Page>,
  )
}

interface Typed {
  typed: string
  problem: 'shape' | 'wrong'
}

interface DigitsProps {
  lang: Lang
  action: string
  typed?: Typed | undefined
  send: string
}

/** Six digits to type, as they stand in the letter. */
export function DigitsForm({ lang, action, typed, send }: DigitsProps) {
  const say = words(lang)
  return (
    <form method="post" action={action} novalidate>
      <Field
        lang={lang}
        name="digits"
        inputmode="numeric"
        autocomplete="one-time-code"
        label={say('sent.digits')}
        hint={say('sent.hint')}
        value={typed?.typed}
        error={typed && say(`sent.${typed.problem}`)}
        code
      />
      <Button wide>{send}</Button>
    </form>
  )
}

export const digitProblems = (lang: Lang, typed: Typed | undefined): Problem[] =>
  typed ? [{ field: 'digits', message: words(lang)(`sent.${typed.problem}`) }] : []

/** Where the browser that asked waits: it says the same whether anybody has the address or not. */
function sentPage(lang: Lang, typed?: Typed): string {
  const say = words(lang)
  return renderPage(
    <Page
      room={doorstep}
      lang={lang}
      kind="phone"
      title={say('sent.title')}
      lead={say('sent.lead')}
      problems={digitProblems(lang, typed)}
      robots="noindex"
    >
      <DigitsForm lang={lang} action="/in/sent" typed={typed} send={say('sent.send')} />
      <p class="soft small">{say('sent.nothing')}</p>
      <p>
        <a href="/in">{say('sent.again')}</a>
      </p>
    </Page>,
  )
}

/** The link, opened anywhere else than where it was asked for: no name, no address, only the digits. */
function elsewherePage(lang: Lang, link: string, typed?: Typed): string {
  const say = words(lang)
  return renderPage(
    <Page
      room={linkRoom}
      lang={lang}
      kind="phone"
      title={say('link.elsewhere')}
      lead={say('link.elsewhereLead')}
      problems={digitProblems(lang, typed)}
      robots="noindex"
    >
      <DigitsForm lang={lang} action={`/in/mail/${link}`} typed={typed} send={say('sent.send')} />
    </Page>,
  )
}

/** One button for each who has the mailbox. */
function whoPage(lang: Lang, action: string, who: readonly { id: string; name: string }[]): string {
  const say = words(lang)
  const shared = who.length > 1
  const lead: Child = shared ? say('who.lead') : say('link.lead', { days: sessionDays })
  return renderPage(
    <Page
      room={linkRoom}
      lang={lang}
      kind="phone"
      title={shared ? say('who.title') : say('in.title')}
      lead={lead}
      robots="noindex"
    >
      <form class="names" method="post" action={action}>
        {who.map(({ id, name }) => (
          <Button wide name="as" value={id}>
            {say('link.as', { name })}
          </Button>
        ))}
      </form>
    </Page>,
  )
}
