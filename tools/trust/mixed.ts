// Many people at once through one pool of connections (T7): each gets the page they get when alone, and no row of another.
import type { Dice } from '../attack/dice.ts'
import { type Browser, isOfficers, isOwnLook, mark, type Planted } from './planted.ts'

export interface Mixed {
  requests: number
  pages: number
  /** Somebody got another page than when alone. */
  strange: string[]
  /** Somebody from elsewhere was told something. */
  told: string[]
}

interface Page {
  who: string
  inside: boolean
  path: string
  ask: Browser
  alone: string
}

/** What is new each time it is made: keys of forms and moments. */
const steady = (body: string): string =>
  body
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'ID')
    .replace(/(name="key" value=")[^"]*/g, '$1KEY')
    .replace(/[\w-]{20,}/g, 'TOKEN')

export async function mixed(planted: Planted, requests: number, chance: Dice): Promise<Mixed> {
  const { known, people, browser, routes } = planted
  const paths = routes
    .filter(({ method, path }) => method === 'GET' && !path.includes('sound'))
    .map(({ path }) =>
      path
        .replace(/:what\{.*\}/, 'words')
        .replace(':code', known.code)
        .replace(':slug', known.slug),
    )
    .filter((path) => !path.includes(':'))
  const pages: Page[] = []
  for (const [who, { actor, inside }] of Object.entries(people)) {
    const ask = await browser(actor)
    for (const path of paths) {
      await ask('GET', path)
      const first = await ask('GET', path)
      const second = await ask('GET', path)
      // A page that is another each time (a picture of now) is told by its marks alone.
      const alone = steady(first.body) === steady(second.body) ? steady(first.body) : ''
      pages.push({ who, inside, path, ask, alone })
    }
  }
  const found: Mixed = { requests: 0, pages: pages.length, strange: [], told: [] }
  const together = 24
  await Promise.all(
    Array.from({ length: together }, async () => {
      while (found.requests < requests) {
        found.requests++
        const page = pages[chance.below(pages.length)] as Page
        const { body, status } = await page.ask('GET', page.path)
        if (!page.inside && body.includes(mark) && !isOwnLook(page.who, page.path) && !isOfficers(page.who, page.path))
          found.told.push(`${page.who} ${page.path}`)
        if (page.alone && steady(body) !== page.alone) found.strange.push(`${page.who} ${page.path}: ${status}`)
      }
    }),
  )
  return found
}
