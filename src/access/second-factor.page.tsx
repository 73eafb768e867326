// The doors of the second factor: what somebody of the municipality must have before anything else opens, set up in two steps, and the gate itself.
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { refuse } from '../refusal.ts'
import { Actions, Button, ButtonLink, Field, type Problem, problemOf } from '../ui/forms.tsx'
import { Notice } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Part } from '../ui/parts.tsx'
import { Qr } from '../ui/qr.tsx'
import { ownRoom } from '../ui/whose-room.tsx'
import { fits, formOf } from './mail.page.tsx'
import { passkeysOf } from './passkey.deeds.ts'
import type { StaffWay } from './passkey.ts'
import { OwnPasskeys, PasskeyButton, PasskeyWarnings, partyIn, passkeyScript, words } from './passkey-parts.tsx'
import {
  beginFactor,
  confirmFactor,
  type Equipment,
  equipmentOf,
  freshCodes,
  restartFactor,
  setupFor,
  showDigits,
} from './second-factor.deeds.ts'
import { type DigitGuard, mayEquip, owesFactor, type Setup } from './second-factor.ts'
import { personOf, type Visited } from './visit.ts'
import { ownWay, withWay } from './way.ts'

const here = '/staff/passkey'

/** Open before both have been shown: the page where they are shown, going out, coming in another way, and what is for all. */
const open =
  /^\/(staff$|staff\/(passkey|role|out)|oidc|saml|passkey|in|out|prove|health|sw\.js|promise|was|source)(\/|$)/

/** Somebody of the municipality who still owes passkey and digits gets one page, and no other. */
export const staffGate = (way: () => StaffWay): MiddlewareHandler<Visited> => {
  return async (c, next) => {
    const { person } = c.get('visit')
    if (!person || !owesFactor(person, way()) || open.test(c.req.path)) return next()
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return refuse('factor.needed')
    return c.redirect(withWay(here, ownWay(c.req.path)), 303)
  }
}

export function secondFactorPages(guard: DigitGuard, way: () => StaffWay): Hono<Visited> {
  return new Hono<Visited>()
    .use(`${here}/*`, fits)
    .use(`${here}/*`, async (c, next) => {
      c.header('cache-control', 'no-store')
      await next()
    })
    .get(here, async (c) => c.html(await staffPage(c, way())))
    .post(`${here}/begin`, async (c) => {
      await beginFactor(personOf(c), way())
      return c.redirect(withWay(here, ownWay((await formOf(c)).get('next'))), 303)
    })
    .post(`${here}/confirm`, async (c) => {
      const form = await formOf(c)
      const text = form.get('digits') ?? ''
      const passkeyFirst = partyIn(c) !== null
      const codes = await confirmFactor(personOf(c), guard, { text, way: way(), passkeyFirst })
      return codes ? c.html(codesPage(c, codes, form.get('next'))) : c.html(await staffPage(c, way(), form), 400)
    })
    .post(`${here}/show`, async (c) => {
      const form = await formOf(c)
      const text = form.get('digits') ?? ''
      if (await showDigits(personOf(c), guard, { text, way: way() })) return c.redirect(ownWay(form.get('next')), 303)
      return c.html(await staffPage(c, way(), form), 400)
    })
    .post(`${here}/codes`, async (c) => c.html(codesPage(c, await freshCodes(personOf(c)), here)))
    .post(`${here}/restart`, async (c) => {
      await restartFactor(personOf(c))
      return c.redirect(here, 303)
    })
}

async function staffPage(c: Context<Visited>, way: StaffWay, form?: URLSearchParams): Promise<string> {
  const { lang, house, origin } = c.get('visit')
  const say = words(lang)
  const person = personOf(c)
  const has = await equipmentOf(person)
  const setup = await setupFor(person, way, new URL(origin).hostname)
  const own = await passkeysOf(person)
  const party = partyIn(c)
  const owes = owesFactor(person, way)
  const next = ownWay(form?.get('next') ?? c.req.query('next'))
  const problems: Problem[] = form ? [{ field: 'digits', message: say('digits.mend') }] : []
  const typed = form?.get('digits') ?? undefined
  const part = { lang, next, typed, problems }
  return renderPage(
    <Page
      room={ownRoom}
      lang={lang}
      kind="page"
      title={say(owes ? 'staff.title' : 'staff.titleReady')}
      lead={say('staff.lead')}
      problems={problems}
      scripts={party ? [passkeyScript] : undefined}
      languages={{ da: `${here}?lang=da`, en: `${here}?lang=en` }}
      robots="noindex"
    >
      {way !== 'passkey' && (
        <Notice lang={lang} kind="info">
          <p>{say(`staff.${way}`)}</p>
        </Notice>
      )}
      <PasskeyWarnings lang={lang} now={house.clock.now()} own={own} here={here} />
      {mayEquip(person, way) ? (
        <>
          <OwnPasskeys lang={lang} now={house.clock.now()} own={own} party={party} staff here={withWay(here, next)} />
          <Part id="digits-part" title={say('staff.second')}>
            <p>{say('staff.secondLead')}</p>
            {has.factor === 'confirmed' ? (
              <Confirmed {...part} has={has} owes={owes} shown={person.session.factorShown} />
            ) : has.passkeys === 0 && party ? (
              <p class="soft">{say('staff.secondWait')}</p>
            ) : setup ? (
              <Scan {...part} setup={setup} />
            ) : (
              <form method="post" action={`${here}/begin`}>
                <Onward next={next} />
                <Button>{say('staff.begin')}</Button>
              </form>
            )}
          </Part>
        </>
      ) : (
        <>
          <p>{say('staff.come')}</p>
          <PasskeyButton lang={lang} party={party} next={next} staff />
        </>
      )}
      <form method="post" action="/out">
        <Button kind="quiet">{say('staff.out')}</Button>
      </form>
    </Page>,
  )
}

interface PartProps {
  lang: 'da' | 'en'
  next: string
  typed: string | undefined
  problems: Problem[]
}

const Onward = ({ next }: { next: string }) => (next === '/' ? null : <input type="hidden" name="next" value={next} />)

function DigitsForm({
  lang,
  next,
  typed,
  problems,
  action,
  label,
  button,
}: PartProps & Record<'action' | 'label' | 'button', string>) {
  return (
    <form method="post" action={action} novalidate>
      <Onward next={next} />
      <Field
        lang={lang}
        name="digits"
        inputmode="numeric"
        autocomplete="one-time-code"
        label={label}
        value={typed}
        error={problemOf(problems, 'digits')}
        code
      />
      <Button>{button}</Button>
    </form>
  )
}

/** The picture for the phone, the same to type, and the digits that show that it works. */
function Scan({ setup, ...part }: PartProps & { setup: Setup }) {
  const say = words(part.lang)
  return (
    <>
      <p>{say('staff.scan')}</p>
      <div class="factor-qr">
        <Qr lang={part.lang} text={setup.address} address={say('staff.qr')} />
      </div>
      <p>
        {say('staff.typed')} <code>{setup.typed}</code>
      </p>
      <DigitsForm {...part} action={`${here}/confirm`} label={say('staff.label')} button={say('staff.confirm')} />
    </>
  )
}

function Confirmed({ has, owes, shown, ...part }: PartProps & { has: Equipment; owes: boolean; shown: boolean }) {
  const say = words(part.lang)
  return (
    <>
      {owes || !shown ? (
        <>
          <p>{say('staff.show')}</p>
          <DigitsForm {...part} action={`${here}/show`} label={say('digits.label')} button={say('digits.go')} />
        </>
      ) : (
        <>
          <p>
            {say('staff.ready')} {say('staff.codesLeft', { count: has.codesLeft })}
          </p>
          <form method="post" action={`${here}/codes`}>
            <p class="soft">{say('staff.freshLead')}</p>
            <Button kind="quiet">{say('staff.fresh')}</Button>
          </form>
        </>
      )}
      <form method="post" action={`${here}/restart`}>
        <p class="soft">{say('staff.restartLead')}</p>
        <Button kind="danger">{say('staff.restart')}</Button>
      </form>
    </>
  )
}

/** The sheet to print. It is shown in this answer and never again. */
function codesPage(c: Context<Visited>, codes: readonly string[], next: string | null): string {
  const { lang } = c.get('visit')
  const say = words(lang)
  return renderPage(
    <Page
      room={ownRoom}
      lang={lang}
      kind="page"
      title={say('staff.codes')}
      lead={say('staff.codesLead')}
      robots="noindex"
    >
      <ol class="recovery-codes">
        {codes.map((code) => (
          <li>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <p>{say('staff.codesKeep')}</p>
      <Actions>
        <ButtonLink href={ownWay(next)}>{say('staff.on')}</ButtonLink>
      </Actions>
    </Page>,
  )
}
