// A browser for tests of the book's pages: it keeps its cookies, follows where it is led, and belongs to somebody who is signed in.
import { Hono } from 'hono'
import { signedIn } from '../access/test-person.ts'
import type { Visited } from '../access/visit.ts'
import type { Actor } from '../db/as-actor.ts'
import { Refusal } from '../refusal.ts'
import { bookPages } from './book.page.tsx'
import type { Tries } from './tries.ts'

export interface Shown {
  status: number
  /** Where the last redirect led. */
  at: string
  html: string
  /** Of the answer itself, before any redirect. */
  headers: Headers
}

export interface TestBrowser {
  cookies: Map<string, string>
  get(path: string): Promise<Shown>
  post(path: string, form?: Record<string, string>): Promise<Shown>
  /** From now on nobody is signed in. */
  signOut(): void
}

/** `rooms`: pages of other rooms that go to the book. */
export function browserOf(
  actor: Actor,
  tries?: Tries,
  origin = 'https://oplive.test',
  ...rooms: Hono<Visited>[]
): TestBrowser {
  let out = false
  const cookies = new Map<string, string>()
  const site = new Hono<Visited>()
  site.use(async (c, next) => {
    const person = out ? null : signedIn(actor, 'Karsten')
    const { house } = actor
    c.set('visit', { house, actor: person ?? { house, role: 'guest', account: null }, person, lang: 'da', origin })
    await next()
  })
  site.route('/', bookPages(tries))
  for (const room of rooms) site.route('/', room)
  site.onError((error, c) => {
    if (error instanceof Refusal) return c.text(error.code, error.status)
    throw error
  })
  async function ask(path: string, init: RequestInit): Promise<Shown> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await site.request(path, { ...init, headers: { cookie } })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (/Max-Age=0;/.test(line)) cookies.delete(name)
      else cookies.set(name, value)
    }
    const to = answer.headers.get('location')
    if (to === null) return { status: answer.status, at: path, html: await answer.text(), headers: answer.headers }
    return { ...(await ask(to, {})), headers: answer.headers }
  }
  return {
    cookies,
    get: (path) => ask(path, {}),
    post: (path, form = {}) => ask(path, { method: 'POST', body: new URLSearchParams(form) }),
    signOut: () => {
      out = true
    },
  }
}

/** The letters that stand on a page, as somebody copies them from it. */
export const lettersOn = ({ html }: Shown): string =>
  [...html.matchAll(/<b translate="no">([^<]+)<\/b>/g)].map(([, group]) => group).join(' ')

/** What a form of the page sends along without being seen. */
export const hiddenOn = ({ html }: Shown, name: string): string =>
  new RegExp(`<input type="hidden" name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ''

/** Begins a book by its pages, and tries its sheet. Answers the letters of the sheet. */
export async function beginByPages(browser: TestBrowser): Promise<string> {
  const letters = lettersOn(await browser.post('/book/sheet', { understood: 'yes' }))
  await browser.post('/book/try', { letters })
  return letters
}
