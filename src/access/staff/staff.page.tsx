// The doors of staff sign-in: out to the identity provider and back, the choice of a role, and signing out from either side.
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { cookieOf, cookieText, largestForm, notKept } from '../../door.ts'
import type { Lang } from '../../i18n/catalogue.ts'
import { type RefusalCode, refusals, refuse } from '../../refusal.ts'
import { refusalPage } from '../../ui/refusal.tsx'
import { letIn } from '../let-in.ts'
import { deviceOf, staffHours } from '../sign-in.ts'
import type { Visited } from '../visit.ts'
import { ownWay, withWay } from '../way.ts'
import { fault, SignInFault } from './fault.ts'
import { outPage, rolePage, waysPage } from './in.page.tsx'
import type { OidcAsked } from './oidc.ts'
import { peoplePages } from './people.page.tsx'
import { providerPages } from './provider.page.tsx'
import {
  largestMessage,
  newSamlId,
  readAnswer,
  readSignOutAddress,
  readSignOutForm,
  requestFor,
  type SignOutAsked,
  signOutAddress,
  signOutAnswer,
} from './saml.ts'
import type { NameId } from './saml-assertion.ts'
import { seal, unseal } from './sealed-cookie.ts'
import { type Arrival, comeIn, endAtProvider, takeOnce } from './staff.deeds.ts'
import type { StaffDoor } from './staff-door.ts'
import { isSure, type StaffRole, type Way } from './staff-identity.ts'
import { words } from './words.ts'

/** What an identity provider sends through somebody's browser, or by itself: posts from elsewhere that are meant to come. Each checks who sent it. */
export const fromElsewhere: readonly string[] = ['/saml/acs', '/saml/slo', '/oidc/logout']

/** They ask somebody outside the house, and no transaction waits for the answer. */
export const asksOutside: readonly string[] = ['/oidc/start', '/oidc/back', '/staff/out/there']

/** So long somebody may take to sign in where they work. */
const askedSeconds = 900
const roleSeconds = 300
/** Urlencoded base64 grows; beside it come a few short fields. */
const largestPost = largestMessage * 1.5

interface SamlAsked {
  id: string
  relay: string
  way: string
  lang: Lang
  /** Asked to sign in afresh, at this instant. */
  anewAt: number | null
}
type OidcKept = OidcAsked & { way: string; lang: Lang }
/** To sign out there: kept by the browser itself, for the house keeps no name of anybody. */
type There = { way: 'oidc' } | { way: 'saml'; nameId: NameId }
interface Pending {
  arrival: Arrival
  there: There
  way: string
}

export function staffPages(door: StaffDoor): Hono<Visited> {
  const pages = new Hono<Visited>()
  const secure = door.origin?.startsWith('https:') ?? false
  const named = (name: string) => (secure ? `__Host-oplive_${name}` : `oplive_${name}`)

  function keep(c: Context<Visited>, name: string, value: object | null, seconds: number, elsewhere = false) {
    const { house } = c.get('visit')
    const text = value ? seal(house, name, value, seconds) : ''
    const about = {
      name: named(name),
      value: text,
      path: '/',
      seconds: value ? seconds : 0,
      secure,
      fromElsewhere: elsewhere,
    }
    c.header('set-cookie', cookieText(about), { append: true })
  }
  const kept = <T extends object>(c: Context<Visited>, name: string): T | null =>
    unseal<T>(c.get('visit').house, name, cookieOf(c.req.header('cookie'), named(name)))

  const no = (c: Context<Visited>, code: RefusalCode, lang = c.get('visit').lang, way = '/') =>
    c.html(
      refusalPage(lang, code, { href: withWay('/staff', way), label: words(lang)('in.again') }),
      refusals[code],
      notKept,
    )

  /** Whatever was wrong with what came: one sentence for all of it, and one word for the log. */
  async function unlessFault(
    c: Context<Visited>,
    way: Way,
    lang: Lang,
    work: () => Promise<Response>,
  ): Promise<Response> {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof SignInFault)) throw error
      c.get('visit').house.log.say('sign-in.refused', { error: `${way} ${error.code}` })
      return no(c, error.code === 'provider-away' ? 'staff.away' : 'sign-in.refused', lang)
    }
  }

  /** Somebody was sent by their identity provider, and it was true. */
  async function arrived(
    c: Context<Visited>,
    pending: Pending,
    assurance: string[] | null,
    lang: Lang,
  ): Promise<Response> {
    const { roles } = pending.arrival.identity
    if (!isSure(assurance, door.least)) return no(c, 'staff.not-sure', lang)
    if (roles.length > 1) {
      keep(c, 'role', pending, roleSeconds)
      return c.redirect(`/staff/role?lang=${lang}`, 303)
    }
    return enter(c, pending, roles[0] ?? null, lang)
  }

  async function enter(
    c: Context<Visited>,
    { arrival, there, way }: Pending,
    role: StaffRole | null,
    lang: Lang,
  ): Promise<Response> {
    const { house } = c.get('visit')
    const came = await comeIn(house, arrival, role, deviceOf(c.req.header('user-agent')))
    if ('no' in came) return no(c, `staff.${came.no}`, lang)
    keep(c, 'there', there, staffHours * 3600)
    return letIn(c, came.token, way)
  }

  pages.get('/staff', async (c) => {
    const way = ownWay(c.req.query('next'))
    const saml = door.origin !== null && (await door.samlProvider()) !== null
    return c.html(waysPage({ lang: c.get('visit').lang, oidc: door.oidc !== null, saml, way }), 200, notKept)
  })

  // --- OpenID Connect

  pages.get('/oidc/start', (c) => {
    const { lang, person } = c.get('visit')
    const oidc = door.oidc ?? refuse('staff.not-here')
    return unlessFault(c, 'oidc', lang, async () => {
      // Who is in already comes to show anew who they are.
      const { address, asked } = await oidc.request(person !== null)
      keep(c, 'oidc', { ...asked, way: ownWay(c.req.query('next')), lang } satisfies OidcKept, askedSeconds)
      return c.redirect(address, 303)
    })
  })

  pages.get('/oidc/back', (c) => {
    const oidc = door.oidc ?? refuse('staff.not-here')
    const asked = kept<OidcKept>(c, 'oidc')
    const lang = asked?.lang ?? c.get('visit').lang
    keep(c, 'oidc', null, 0)
    return unlessFault(c, 'oidc', lang, async () => {
      if (!asked) return fault('other-browser')
      const { identity, assurance } = await oidc.readAnswer(new URL(c.req.url).search.slice(1), asked)
      const arrival = { identity, calledThere: identity.subject }
      return arrived(c, { arrival, there: { way: 'oidc' }, way: asked.way }, assurance, lang)
    })
  })

  pages.post('/oidc/logout', fits(largestForm), async (c) => {
    const { house } = c.get('visit')
    const oidc = door.oidc ?? refuse('staff.not-here')
    c.header('cache-control', 'no-store')
    try {
      const said = await oidc.readLogout(new URLSearchParams(await c.req.text()).get('logout_token') ?? '')
      const issuer = door.oidcIssuer ?? ''
      if (!(await takeOnce(house, 'logout', issuer, said.id))) return fault('seen-before')
      // A session that is named ends by itself; without one, all of that person's.
      const sessions = said.session ? [said.session] : []
      await endAtProvider(house, { way: 'oidc', issuer, calledThere: said.session ? null : said.subject, sessions })
      return c.body(null, 200)
    } catch (error) {
      if (!(error instanceof SignInFault)) throw error
      house.log.say('sign-in.refused', { error: `oidc ${error.code}` })
      return c.json({ error: 'invalid_request' }, 400)
    }
  })

  // --- SAML

  pages.get('/saml/metadata', async (c) => {
    const ours = (await door.ourSaml()) ?? refuse('staff.not-here')
    c.header('content-disposition', 'inline; filename="oplive-metadata.xml"')
    return c.body(ours.metadata, 200, { 'content-type': 'application/samlmetadata+xml; charset=utf-8' })
  })

  pages.get('/saml/start', async (c) => {
    const { lang, house, person } = c.get('visit')
    const party = (await door.samlParty()) ?? refuse('staff.not-here')
    const anewAt = person ? house.clock.now().getTime() : null
    const asked: SamlAsked = { id: newSamlId(), relay: newSamlId(), way: ownWay(c.req.query('next')), lang, anewAt }
    keep(c, 'saml', asked, askedSeconds, true)
    c.header('cache-control', 'no-store')
    return c.redirect(await requestFor(party, asked.id, asked.relay, anewAt !== null), 303)
  })

  pages.post('/saml/acs', fits(largestPost), (c) => {
    const { house } = c.get('visit')
    const asked = kept<SamlAsked>(c, 'saml')
    const lang = asked?.lang ?? c.get('visit').lang
    keep(c, 'saml', null, 0, true)
    return unlessFault(c, 'saml', lang, async () => {
      const party = (await door.samlParty()) ?? refuse('staff.not-here')
      if (!asked) return fault('other-browser')
      const form = new URLSearchParams(await c.req.text())
      if (form.get('RelayState') !== asked.relay) return fault('state')
      const read = await readAnswer(party, form.get('SAMLResponse') ?? '', asked.id, house.clock.now(), asked.anewAt)
      if (!(await takeOnce(house, 'assertion', party.provider.entityId, read.id))) return fault('seen-before')
      const arrival = { identity: read.identity, calledThere: read.nameId.value }
      return arrived(c, { arrival, there: { way: 'saml', nameId: read.nameId }, way: asked.way }, read.assurance, lang)
    })
  })

  /** The identity provider signs somebody out, through their browser: here it is done, and the browser goes back to say so. */
  const signOutThem = (
    c: Context<Visited>,
    read: (party: Parameters<typeof readSignOutForm>[0]) => Promise<SignOutAsked>,
  ) =>
    unlessFault(c, 'saml', c.get('visit').lang, async () => {
      const { house } = c.get('visit')
      const party = (await door.samlParty()) ?? refuse('staff.not-here')
      const asked = await read(party)
      const issuer = party.provider.entityId
      if (!(await takeOnce(house, 'logout', issuer, asked.id))) return fault('seen-before')
      await endAtProvider(house, { way: 'saml', issuer, calledThere: asked.nameId, sessions: asked.sessions })
      keep(c, 'there', null, 0)
      const back = await signOutAnswer(party, asked)
      return back ? c.redirect(back, 303) : c.html(outPage(c.get('visit').lang, false), 200, notKept)
    })

  pages.get('/saml/slo', async (c) => {
    const query = new URL(c.req.url).search.slice(1)
    // An answer to our own asking: nothing is left to do, whoever sent it.
    if (new URLSearchParams(query).has('SAMLResponse')) return c.redirect('/staff/out', 303)
    return signOutThem(c, (party) => readSignOutAddress(party, query, c.get('visit').house.clock.now()))
  })

  pages.post('/saml/slo', fits(largestPost), async (c) => {
    const form = new URLSearchParams(await c.req.text())
    if (form.has('SAMLResponse')) return c.redirect('/staff/out', 303)
    const now = c.get('visit').house.clock.now()
    return signOutThem(c, (party) =>
      readSignOutForm(party, form.get('SAMLRequest') ?? '', form.get('RelayState') ?? '', now),
    )
  })

  // --- Which role, and out

  pages.get('/staff/role', (c) => {
    const pending = kept<Pending>(c, 'role')
    if (!pending) return c.redirect('/staff', 303)
    return c.html(rolePage(c.get('visit').lang, pending.arrival.identity.roles, false), 200, notKept)
  })

  pages.post('/staff/role', fits(largestForm), async (c) => {
    const { lang } = c.get('visit')
    const pending = kept<Pending>(c, 'role')
    if (!pending) return no(c, 'sign-in.used', lang)
    const chosen = new URLSearchParams(await c.req.text()).get('role')
    const role = pending.arrival.identity.roles.find((one) => one === chosen)
    if (!role) return c.html(rolePage(lang, pending.arrival.identity.roles, true), 400, notKept)
    keep(c, 'role', null, 0)
    return enter(c, pending, role, lang)
  })

  pages.get('/staff/out', (c) => {
    if (c.get('visit').person) return c.redirect('/me', 303)
    return c.html(outPage(c.get('visit').lang, kept<There>(c, 'there') !== null), 200, notKept)
  })

  pages.get('/staff/out/there', async (c) => {
    const there = kept<There>(c, 'there')
    keep(c, 'there', null, 0)
    const party = there?.way === 'saml' ? await door.samlParty() : null
    const away = (error: unknown): null => {
      if (error instanceof SignInFault) return null
      throw error
    }
    const address =
      there?.way === 'saml'
        ? party && (await signOutAddress(party, there.nameId))
        : there && (await door.oidc?.signOutAddress().catch(away))
    return c.redirect(address ?? '/staff/out', 303)
  })

  return pages.route('/', peoplePages()).route('/', providerPages(door))

  /** A post that is too large is answered as any other that will not do. */
  function fits(maxSize: number) {
    return bodyLimit({
      maxSize,
      onError: (c: Context) => {
        c.get('visit').house.log.say('sign-in.refused', { error: 'too-large' })
        return no(c, 'sign-in.refused')
      },
    })
  }
}
