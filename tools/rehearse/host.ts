// The host, over HTTP: signs in by a one-time link, plans a meeting, opens its card, says how many came, and closes it.
import type { Agent } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { wallTimeIn } from '../../src/clock.ts'
import { type Answered, type Asking, openBrowser } from './browser.ts'
import { KeyboardProblem } from './keyboard.ts'

export interface Host {
  /** Plans a meeting for today and answers its code. `community` null: the first one the host's own page leads to. */
  plan(community: string | null): Promise<string>
  /** The meeting begins: phones can do what its stage says. */
  begin(code: string): Promise<void>
  open(code: string): Promise<void>
  attended(code: string, people: number): Promise<void>
  /** Presses the button until the card is closed, also when the server dies in between. */
  close(code: string): Promise<void>
  /** What shows the server that it is the host. */
  cookie(): string
  /** For pages that only a host sees. */
  ask(method: 'GET' | 'POST', path: string, asking?: Asking): Promise<Answered>
}

export async function signIn(origin: string, agent: Agent, link: string): Promise<Host> {
  const browser = openBrowser(origin, agent)

  /** Again and again while the server is away; it was pressed once or more, and must be right both ways. */
  async function ask(method: 'GET' | 'POST', path: string, asking?: Asking): Promise<Answered> {
    for (const began = Date.now(); ; await sleep(200)) {
      const answer = await browser.ask(method, path, asking)
      if (answer && answer.status < 500) return answer
      if (Date.now() - began > 60_000)
        throw new Error(`${method} ${path} got ${answer?.status ?? 'no answer'} for a minute`)
    }
  }

  async function press(path: string, fields: Record<string, string> = {}): Promise<string> {
    const answer = await ask('POST', path, { form: new URLSearchParams(fields) })
    if (answer.status !== 303)
      throw new Error(`POST ${path} got ${answer.status} where a redirect was due: ${titleOf(answer.text)}`)
    return answer.headers.location ?? ''
  }

  const { pathname } = new URL(link, origin)
  const page = await ask('GET', pathname)
  if (page.status !== 200) throw new KeyboardProblem(`The link ${link} got ${page.status}: ${titleOf(page.text)}`)
  await press(pathname)

  return {
    ask,
    cookie: () => browser.cookieFor('/'),
    async plan(community) {
      const slug = community ?? /\/c\/([a-z0-9-]+)\/meetings\/new/.exec((await ask('GET', '/')).text)?.[1]
      if (!slug) throw new KeyboardProblem('The one who signed in hosts nowhere. Say where with --community.')
      const { date } = wallTimeIn('Europe/Copenhagen', new Date())
      const [year = '', month = '', day = ''] = date.split('-')
      const onward = await press(`/c/${slug}/meetings/new`, {
        kind: 'listening',
        purpose: 'Generalprøve på udgangskortet',
        'date-day': day,
        'date-month': month,
        'date-year': year,
        time: '19.00',
        place: 'Forsamlingshuset',
        host: 'Generalprøven',
      })
      const code = /^\/m\/([^/?]+)/.exec(onward)?.[1]
      if (!code) throw new Error(`a planned meeting led to ${onward}`)
      return code
    },
    async begin(code) {
      await press(`/m/${code}/begin`)
    },
    async open(code) {
      await press(`/m/${code}/open`)
    },
    async attended(code, people) {
      await press(`/m/${code}/attended`, { attended: String(people) })
    },
    async close(code) {
      await press(`/m/${code}/close`)
    },
  }
}

/** What a page is called, for a message that says what came instead. */
export const titleOf = (html: string): string => /<title>([^<]*)/.exec(html)?.[1] ?? html.slice(0, 80)
