// A visit: who asks for a page, in which language, and where this server says it is.
import type { Context } from 'hono'
import { type Actor, guestIn, type House } from '../db/as-actor.ts'
import { cookieOf } from '../door.ts'
import { isLang, type Lang } from '../i18n/catalogue.ts'
import { refuse } from '../refusal.ts'
import { type SignedIn, whoIs } from './sign-in.deeds.ts'

export const sessionCookie = 'oplive_session'
export const langCookie = 'oplive_lang'

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
  const person = await whoIs(house, cookieOf(cookies, sessionCookie))
  return {
    house,
    actor: person ?? guestIn(house),
    person,
    lang: langOf(url.searchParams.get('lang'), cookies),
    origin: originOf(head, where),
  }
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
