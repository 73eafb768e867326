// Finds the pages of the running program by their links and forms, and says what each of them is made of.
import type { Browser } from '../rehearse/browser.ts'
import { formsOf, partsOf } from './markup.ts'

export interface Found {
  path: string
  /** What was sent by a form, when this is the page that refuses it. */
  sent?: string
  /** The address with what differs by meeting and by place, and how it is sorted and sifted, left out. */
  kind: string
  /** Its elements with what matters to those who read or operate it, each with what it stands in, each once. */
  makes: ReadonlySet<string>
}

const least = 2000
const atOnce = 6

/** Every page that can be reached from these addresses by links. `tried`: the forms that this browser has sent before. */
export async function crawl(browser: Browser, starts: readonly string[], tried = new Set<string>()): Promise<Found[]> {
  const known = new Set(starts)
  const found: Found[] = []
  const forms: { path: string; sent: string[] }[] = []
  const waiting = [...known]
  while (waiting.length > 0 && known.size < least) {
    const some = waiting.splice(0, atOnce)
    const answers = await Promise.all(some.map(async (path) => ({ path, answer: await browser.ask('GET', path) })))
    for (const { path, answer } of answers) {
      if (!answer) throw new Error(`${path} did not answer`)
      const onward = answer.headers.location
      const isPage = /^text\/html/.test(answer.headers['content-type'] ?? '')
      if (isPage && !onward) {
        // Who may not see a page is told so in the same way everywhere.
        const kind = answer.status < 400 ? kindOf(path) : 'refused'
        found.push({ path, ...madeOf(`${kind} ${answer.status}`, answer.text) })
        forms.push(...formsIn(answer.text, path, tried))
      }
      for (const next of onward ? [onward] : isPage ? linksOf(answer.text) : []) {
        const target = addressOf(next, path)
        if (!target || known.has(target)) continue
        known.add(target)
        waiting.push(target)
      }
    }
  }
  for (const { path, sent } of forms) found.push(...(await refusal(browser, path, sent)))
  return found
}

const madeOf = (kind: string, html: string) => ({ kind, makes: partsOf(html) })

const linksOf = (html: string): string[] =>
  [...html.matchAll(/<a\b[^>]*?\shref="([^"]*)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'))

/** The forms of a page with something to fill in, each once, with nothing filled in and with far too much. */
function formsIn(html: string, path: string, tried: Set<string>): { path: string; sent: string[] }[] {
  return formsOf(html).flatMap(({ action, fields }) => {
    const target = addressOf(action, path)
    const kind = target && `${kindOf(path)} ${kindOf(target)}`
    if (!kind || tried.has(kind)) return []
    tried.add(kind)
    const filled = (text: string) =>
      new URLSearchParams(fields.map(({ name, value }) => [name, value ?? text])).toString()
    return { path: target, sent: [filled(''), filled('nej '.repeat(1500))] }
  })
}

/** The page that says what is to be mended, if one of these is refused. */
async function refusal(browser: Browser, path: string, sent: readonly string[]): Promise<Found[]> {
  for (const one of sent) {
    const answer = await browser.ask('POST', path, { form: new URLSearchParams(one) })
    const isPage = /^text\/html/.test(answer?.headers['content-type'] ?? '')
    if (answer && isPage && answer.status >= 400)
      return [{ path, sent: one, ...madeOf(`POST ${kindOf(path)} ${answer.status}`, answer.text) }]
  }
  return []
}

const nobody = 'http://nobody.invalid'

/** An address of this program, without the language and the place on the page. Null for any other. */
function addressOf(href: string, from: string): string | null {
  const url = URL.canParse(href, nobody + from) ? new URL(href, nobody + from) : null
  // A page that names itself with the whole address, as the host's desk does, names its own pages.
  const own = url && (url.origin === nobody || /^(localhost|127\.0\.0\.1)$/.test(url.hostname))
  if (!url || !own || !/^https?:$/.test(url.protocol)) return null
  url.searchParams.delete('lang')
  if (/^\/(a|out)(\/|$)/.test(url.pathname)) return null
  return url.pathname + url.search
}

export const kindOf = (path: string): string =>
  path
    .replace(/^\/([mn])\/[^/?]{6,7}(?=[/?]|$)/, '/$1/CODE')
    .replace(/^\/c\/(?!new\b)[^/?]+/, '/c/PLACE')
    .replace(/\/[0-9a-f-]{36}(?=[/?]|$)/g, '/ID')
    .replace(/^\/([a-z]{1,2})\/[\w.-]{16,}/, '/$1/SECRET')
    .replace(/\?.*$/, '')
