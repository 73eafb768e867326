// Browsers for tests: each with its own cookies, on the whole site of a world, and the letters that lie in the box.
import type { Hono } from 'hono'
import { watchGuessing } from '../meetings/guessing.ts'
import { openHall } from '../meetings/hall.ts'
import { makeSite } from '../site.tsx'
import type { World } from '../test-world.ts'
import { allAnswered } from './after-answer.ts'
import type { StaffWay } from './passkey.ts'
import { makeLink } from './sign-in.deeds.ts'
import type { Visited } from './visit.ts'

export interface Shown {
  status: number
  /** Where a redirect leads. */
  location: string | null
  html: string
  /** The page as it is read. */
  text: string
  headers: Headers
}

export interface TestBrowser {
  cookies: Map<string, string>
  get(path: string, method?: 'GET' | 'HEAD'): Promise<Shown>
  post(path: string, form?: Record<string, string>): Promise<Shown>
}

export function siteOf(world: World, origin: string | null = null, staffWay?: () => StaffWay): Hono<Visited> {
  return makeSite({
    house: world.house,
    hall: openHall(world.house),
    later: world.later,
    guessing: watchGuessing(Buffer.alloc(32), 1),
    where: { origin, onNetwork: null },
    development: false,
    built: '.',
    staffWay,
  })
}

export function aBrowser(site: Hono<Visited>, agent = 'Mozilla/5.0 (Android 14) Chrome/120.0'): TestBrowser {
  const cookies = new Map<string, string>()
  const ask = async (path: string, init: RequestInit): Promise<Shown> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await site.request(path, { ...init, headers: { cookie, 'user-agent': agent, ...init.headers } })
    for (const text of answer.headers.getSetCookie()) {
      const [, name = '', value = '', seconds = ''] = /^([^=]+)=([^;]*);.*Max-Age=(\d+)/.exec(text) ?? []
      if (value && seconds !== '0') cookies.set(name, value)
      else cookies.delete(name)
    }
    const html = await answer.text()
    const text = html
      .replace(/<head>.*?<\/head>/s, '')
      .replace(/<[^>]*>/g, ' ')
      .replace(/&quot;/g, '"')
      .replace(/\s+/g, ' ')
    return { status: answer.status, location: answer.headers.get('location'), html, text, headers: answer.headers }
  }
  return {
    cookies,
    get: (path, method = 'GET') => ask(path, { method }),
    post: (path, form = {}) =>
      ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: String(new URLSearchParams(form)),
      }),
  }
}

/** A browser of somebody who is signed in by a link from the terminal. */
export async function signedInBrowser(world: World, site: Hono<Visited>, account: string | null): Promise<TestBrowser> {
  const browser = aBrowser(site)
  const { status } = await browser.post(`/in/${await makeLink(world.house, account ?? '')}`)
  if (status !== 303) throw new Error('signing in failed')
  return browser
}

export interface Letter {
  to: string
  subject: string
  body: string
  /** The path of its link, if it has one. */
  link: string
  digits: string
}

/** Takes what lies in the box, the oldest first, when all is written. */
export async function lettersIn(world: World): Promise<Letter[]> {
  await allAnswered(world.house)
  const rows = await world.sql('delete from community.letter returning address, subject, body, not_before')
  return rows.map(({ address, subject, body }) => ({
    to: String(address),
    subject: String(subject),
    body: String(body),
    link: /\/in\/mail\/[\w-]+/.exec(String(body))?.[0] ?? '',
    digits: (/^\d{3} \d{3}$/m.exec(String(body))?.[0] ?? '').replace(' ', ''),
  }))
}

/** Gives an account a mail address, as if its letters had been shown to arrive. */
export const withMail = (world: World, account: string | null, address: string) =>
  world.sql(
    `insert into access.mail_address (account_id, address, confirmed_on) values ($1, $2, '2027-01-01')
     on conflict (account_id) do update set address = excluded.address`,
    [account, address],
  )

/** Six other digits. */
export const otherThan = (digits: string, by = 1): string => String((Number(digits) + by) % 1_000_000).padStart(6, '0')
