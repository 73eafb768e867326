// A visit: who asks for a page, in which language, and where this server says it is.
import type { Context, MiddlewareHandler } from 'hono'
import { type Actor, guestIn, type House, inOneTransaction, isMunicipal } from '../db/as-actor.ts'
import { cookieOf, cookieText } from '../door.ts'
import { isLang, type Lang } from '../i18n/catalogue.ts'
import { refuse } from '../refusal.ts'
import { type Ending, whileEnding } from '../ui/ending.tsx'
import { type SignedIn, whoIs } from './session.deeds.ts'
import { longestDays, warnMinutes } from './sign-in.ts'

/** The session's cookie where people come over plain http, as on a local network. */
export const sessionCookie = 'oplive_session'
/** Over https: no other site of the same domain can set it, and it never goes over an open line. */
const strictCookie = '__Host-oplive'
export const langCookie = 'oplive_lang'

const isSecure = (origin: string | null): boolean => origin?.startsWith('https:') ?? false

/** The session's token among a request's cookies. */
export const sessionIn = (cookies: string | undefined, origin: string | null): string | undefined =>
  cookieOf(cookies, isSecure(origin) ? strictCookie : sessionCookie)

/** Sets (or, with nothing, takes away) the session's cookie. It lives as long as the longest session; the database knows when it ends. */
export function sessionCookieText(token: string, origin: string): string {
  const secure = isSecure(origin)
  const seconds = token ? longestDays * 86_400 : 0
  return cookieText({ name: secure ? strictCookie : sessionCookie, value: token, path: '/', seconds, secure })
}

export interface Visit {
  house: House
  /** The one who acts: signed in, or a guest. */
  actor: Actor
  /** Null for a guest. */
  person: SignedIn | null
  lang: Lang
  /** `https://oplive.example.dk`: what links, posters and QR codes begin with. */
  origin: string
}

/** What every page with a visit is mounted on. */
export interface Visited {
  Variables: { visit: Visit }
}

export async function visitOf(
  house: House,
  head: { get(name: string): string | undefined },
  url: URL,
  where: Whereabouts,
): Promise<Visit> {
  const cookies = head.get('cookie')
  const person = await whoIs(house, sessionIn(cookies, where.origin))
  return {
    house,
    actor: person ?? guestIn(house),
    person,
    lang: langOf(url.searchParams.get('lang'), cookies),
    origin: originOf(head, where),
  }
}

/**
 * Makes each request a visit. What somebody who is signed in reads is asked in one transaction; what anybody does opens its own, so that
 * a deed is kept when its answer says so. `visit` is set before the rest runs. `asksOutside`: pages that wait for somebody outside the house, and
 * files that may be long, and what is reckoned for a while: they open transactions of their own.
 */
export const asVisit = (
  house: House,
  where: Whereabouts,
  asksOutside: readonly (string | RegExp)[] = [],
): MiddlewareHandler<Visited> => {
  return async (c, next) => {
    const head = { get: (name: string) => c.req.header(name) }
    const begin = async () => {
      const visit = await visitOf(house, head, new URL(c.req.url), where)
      c.set('visit', visit)
      await whileEnding(endingOf(visit), next)
      // What somebody who is signed in reads is theirs: it is in no proxy, and not behind the back button of a shared phone.
      if (visit.person && !c.res.headers.has('cache-control')) c.header('cache-control', 'no-store')
    }
    const { method, path } = c.req
    const outside = asksOutside.some((one) => (typeof one === 'string' ? one === path : one.test(path)))
    const reads = (method === 'GET' || method === 'HEAD') && !outside
    return reads && sessionIn(head.get('cookie'), where.origin) ? inOneTransaction(house, begin) : begin()
  }
}

/** Said on each page in the last minutes of a session, so that nothing is half written when it ends. */
function endingOf({ person, house }: Visit): Ending | null {
  if (!person) return null
  const minutes = Math.ceil((person.session.expiresAt.getTime() - house.clock.now().getTime()) / 60_000)
  return minutes > warnMinutes ? null : { minutes, href: isMunicipal(person) ? '/staff' : '/in' }
}

/** The language asked for in the address, else the one chosen before, else Danish. */
export function langOf(asked: string | null, cookies: string | undefined): Lang {
  if (isLang(asked)) return asked
  const before = cookieOf(cookies, langCookie)
  return isLang(before) ? before : 'da'
}

/** Where this server is found: ORIGIN when it is set, and an address that phones reach when a screen asks on the machine itself. */
export interface Whereabouts {
  origin: string | null
  /** An address on the local network, such as `http://192.168.1.7:3000`; null when only this machine is served. */
  onNetwork: string | null
}

/** What links, posters and QR codes begin with. Whoever opens the screen on the server itself shows the address that phones can reach. */
export function originOf(head: { get(name: string): string | undefined }, { origin, onNetwork }: Whereabouts): string {
  if (origin) return origin
  const host = head.get('host') ?? 'localhost'
  return onNetwork && /^(localhost|127\.[\d.]+|\[::1\])(:|$)/.test(host) ? onNetwork : `http://${host}`
}

/** For pages that want somebody signed in. */
export function personOf(c: Context<Visited>): SignedIn {
  return c.get('visit').person ?? refuse('sign-in.needed')
}
