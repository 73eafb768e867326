// Finds the pages of the running program by their links, and says which of them are the same page with other words in it.
import { createHash } from 'node:crypto'
import type { Browser } from '../rehearse/browser.ts'

export interface Found {
  path: string
  /** The address with what differs by meeting and by place left out. */
  kind: string
  status: number
  /** The same for pages of one kind that are made of the same elements. */
  shape: string
}

const least = 2000

/** Every page that can be reached from these addresses by links. */
export async function crawl(browser: Browser, starts: readonly string[]): Promise<Found[]> {
  const known = new Set(starts)
  const found: Found[] = []
  const waiting = [...known]
  while (waiting.length > 0 && known.size < least) {
    const some = waiting.splice(0, 8)
    const answers = await Promise.all(some.map(async (path) => ({ path, answer: await browser.ask('GET', path) })))
    for (const { path, answer } of answers) {
      if (!answer) throw new Error(`${path} did not answer`)
      const onward = answer.headers.location
      const isPage = /^text\/html/.test(answer.headers['content-type'] ?? '')
      if (isPage && !onward) {
        const kind = kindOf(path)
        found.push({ path, kind, status: answer.status, shape: shapeOf(`${kind} ${answer.status}`, answer.text) })
      }
      for (const next of onward ? [onward] : isPage ? linksOf(answer.text) : []) {
        const target = addressOf(next, path)
        if (!target || known.has(target)) continue
        known.add(target)
        waiting.push(target)
      }
    }
  }
  return found
}

/** Links, and forms that only ask. */
const linksOf = (html: string): string[] =>
  [...html.matchAll(/<a\b[^>]*?\shref="([^"]*)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'))

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
    .replace(/^\/([a-z]{1,2})\/[\w-]{16,}/, '/$1/SECRET')
    .replace(/=[^&]*/g, '=')

/** What a page is made of: its elements with what matters to those who read or operate it, each once. */
export function shapeOf(kind: string, html: string): string {
  const made = new Set<string>([kind])
  for (const [, tag = '', rest = ''] of html.matchAll(/<([a-z][a-z0-9-]*)((?:\s[^<>]*)?)>/g)) {
    const kept = [...rest.matchAll(/\s(class|type|role|aria-[a-z]+|scope|for|tabindex|lang)(?:="([^"]*)")?/g)].map(
      ([, name = '', value = '']) =>
        /^(class|type|role|scope|aria-(current|invalid))$/.test(name) ? `${name}=${value}` : name,
    )
    made.add(`${tag} ${kept.join(' ')}`)
  }
  return createHash('sha256')
    .update([...made].sort().join('\n'))
    .digest('hex')
    .slice(0, 16)
}
