// A visit: who asks for a page, in which language, and where this server says it is.
import type { Context } from 'hono'
import { cookieOf } from '../door.ts'
import { type Actor, guestIn, type House } from '../db/as-actor.ts'
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

export async function visitOf(house: House, head: { get(name: string): string | undefined }, url: URL, origin: string | null): Promise<Visit> {
  const cookies = head.get('cookie')
  const person = await whoIs(house, cookieOf(cookies, sessionCookie))
  return { house, actor: person ?? guestIn(house), person, lang: langOf(url.searchParams.get('lang'), cookies), origin: origin ?? originOf(head) }
}

/** The language asked for in the address, else the one chosen before, else Danish. */
export function langOf(asked: string | null, cookies: string | undefined): Lang {
  if (isLang(asked)) return asked
  const before = cookieOf(cookies, langCookie)
  return isLang(before) ? before : 'da'
}

/** Without ORIGIN the server is where the visitor found it. */
export const originOf = (head: { get(name: string): string | undefined }): string => `http://${head.get('host') ?? 'localhost'}`

/** For pages that want somebody signed in. */
export function personOf(c: Context<Visited>): SignedIn {
  return c.get('visit').person ?? refuse('sign-in.needed')
}
