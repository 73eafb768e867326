// A small site for tests: some pages, visited by somebody of the world, with refusals told by their status and code.
import { Hono } from 'hono'
import { makeLink, signIn } from '../access/sign-in.deeds.ts'
import { asVisit, sessionCookie, type Visited } from '../access/visit.ts'
import type { Actor, House } from '../db/as-actor.ts'
import { Refusal } from '../refusal.ts'

interface Seen {
  status: number
  /** Where a redirect leads. */
  location: string | null
  html: string
  /** The page as it is read: without markup. */
  text: string
  cookie: string | null
}

export interface TestSite {
  get(path: string): Promise<Seen>
  post(path: string, form: Record<string, string> | URLSearchParams | string): Promise<Seen>
  /** A file in the field `file`. */
  upload(path: string, content: string | Uint8Array<ArrayBuffer>, name?: string): Promise<Seen>
}

const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' }

const readAloud = (html: string): string =>
  html
    .replace(/<wbr\/>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(lt|gt|quot|#39|amp);/g, (one) => entities[one] ?? one)
    .replace(/\s+/g, ' ')
    .replace(/ ([.,])/g, '$1')

/** The pages as this person (or a guest) meets them, signed in by a link of their own. */
export async function visitAs(house: House, actor: Actor, ...rooms: Hono<Visited>[]): Promise<TestSite> {
  const session = actor.account && (await signIn(house, await makeLink(house, actor.account)))
  const site = new Hono<Visited>()
  site.use(asVisit(house, { origin: 'http://oplive.test', onNetwork: null }))
  for (const room of rooms) site.route('/', room)
  site.onError((error, c) => {
    if (!(error instanceof Refusal)) throw error
    return c.text(error.code, error.status)
  })
  const ask = async (path: string, init: RequestInit): Promise<Seen> => {
    const answer = await site.request(path, {
      ...init,
      headers: { cookie: session ? `${sessionCookie}=${session}` : '', ...init.headers },
    })
    const html = await answer.text()
    return {
      status: answer.status,
      location: answer.headers.get('location'),
      html,
      text: readAloud(html),
      cookie: answer.headers.get('set-cookie'),
    }
  }
  return {
    get: (path) => ask(path, {}),
    upload: (path, content, name = 'liste.csv') => {
      const body = new FormData()
      body.set('file', new File([content], name))
      return ask(path, { method: 'POST', body })
    },
    post: (path, form) =>
      ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: String(typeof form === 'string' ? form : new URLSearchParams(form)),
      }),
  }
}
