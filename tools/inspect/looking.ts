// Opens pages in Chromium as each person sees them, on a phone and on a desk, light and dark, and lets the inspectors look.
import type { Browser as Chromium, Page, Response } from 'playwright-core'
import { langCookie } from '../../src/access/visit.ts'
import type { Found } from './crawl.ts'
import { type Finding, inspectPage } from './findings.ts'
import type { Person } from './people.ts'

export interface View {
  name: string
  width: number
  height: number
  dark: boolean
  english: boolean
  /** What can be unfolded is unfolded first: what lies in it is looked at, too. Otherwise the page is as it comes. */
  unfolded: boolean
  /** What has to be seen once in this view. */
  see(found: Found): Iterable<string>
}

const eachOnEachKind = ({ kind, makes }: Found) => [kind, ...[...makes].map((make) => `${kind} ${make}`)]
const eachKind = ({ kind }: Found) => [kind]
const eachMake = ({ makes }: Found) => makes
const eachKindAndMake = ({ kind, makes }: Found) => [kind, ...makes]

/** A page is put together in the same way everywhere: what differs by width and colour is how an element looks, wherever it stands. */
export const views: readonly View[] = [
  { name: 'phone, light', unfolded: true, width: 412, height: 840, dark: false, english: false, see: eachOnEachKind },
  { name: 'desk, dark', unfolded: false, width: 1280, height: 900, dark: true, english: false, see: eachKindAndMake },
  { name: 'phone, dark', unfolded: true, width: 412, height: 840, dark: true, english: false, see: eachMake },
  { name: 'desk, light', unfolded: true, width: 1280, height: 900, dark: false, english: false, see: eachMake },
  {
    name: 'phone, light, English',
    unfolded: false,
    width: 412,
    height: 840,
    dark: false,
    english: true,
    see: eachKind,
  },
]

/** Says which pages show something in a view that nobody has looked at in it yet: what differs for a role is looked at, the rest is not. */
export function chooser(): (view: View, pages: readonly Found[]) => Found[] {
  const seen = new Map<string, Set<string>>()
  return (view, pages) => {
    const before = seen.get(view.name) ?? new Set()
    seen.set(view.name, before)
    // Those with most on them first: they show what the others show, too.
    return pages
      .toSorted((one, other) => other.makes.size - one.makes.size)
      .filter((one) => {
        const many = before.size
        for (const thing of view.see(one)) before.add(thing)
        return before.size > many
      })
  }
}

export interface Look {
  path: string
  kind: string
  who: string
  view: string
  findings: Finding[]
}

export interface Sight {
  looks: Look[]
  rules: Set<string>
  /** Pages that there was no time for. */
  left: number
}

/** So many pages at once: more than two are slower on an ordinary laptop, not faster. */
const atOnce = 2

/** Looks in every view at the pages that are chosen for it. `until`: when the time is up, the rest is left, and counted. */
export async function lookAt(
  chromium: Chromium,
  origin: string,
  { who, browser }: Person,
  choose: (view: View) => readonly Found[],
  until: number,
  inViews = views,
  tell: (look: Look) => void = () => {},
): Promise<Sight> {
  const sight: Sight = { looks: [], rules: new Set(), left: 0 }
  for (const one of inViews) {
    const waiting = [...choose(one)]
    if (waiting.length === 0) continue
    const context = await chromium.newContext({
      baseURL: origin,
      locale: one.english ? 'en-GB' : 'da-DK',
      viewport: { width: one.width, height: one.height },
      colorScheme: one.dark ? 'dark' : 'light',
      serviceWorkers: 'block',
      // The inspectors' scripts are put into the page, as the authority puts them into it.
      bypassCSP: true,
    })
    const { hostname } = new URL(origin)
    await context.addCookies([
      ...browser.cookies().map(({ name, value, path }) => ({ name, value, path, domain: hostname })),
      // As chosen on a page before.
      { name: langCookie, value: one.english ? 'en' : 'da', path: '/', domain: hostname },
    ])
    const lane = async () => {
      const page = await context.newPage()
      page.on('dialog', (dialog) => void dialog.dismiss())
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        if (Date.now() > until) sight.left++
        // Once more, if it just went on to what is new.
        else tell(await lookOnce(page, next, one, who, sight).catch(() => lookOnce(page, next, one, who, sight)))
      }
    }
    await Promise.all(Array.from({ length: atOnce }, lane))
    await context.close()
  }
  return sight
}

async function lookOnce(page: Page, found: Found, view: View, who: string, sight: Sight): Promise<Look> {
  const path = view.english ? inEnglish(found.path) : found.path
  const answer = await (found.sent === undefined
    ? page.goto(path, { waitUntil: 'load', timeout: 60_000 })
    : send(page, path, found.sent))
  if (view.unfolded)
    await page.evaluate(() => {
      for (const folded of document.querySelectorAll('details')) folded.open = true
    })
  const { findings, rules } = await inspectPage(page, (await answer?.text()) ?? '')
  for (const rule of rules) sight.rules.add(rule)
  const look = { path: found.path, kind: found.kind, who, view: view.name, findings }
  sight.looks.push(look)
  return look
}

/** Sends a form, from another page of the same program. */
async function send(page: Page, path: string, sent: string): Promise<Response | null> {
  await page.goto('/')
  const answer = page.waitForNavigation({ waitUntil: 'load', timeout: 60_000 })
  await page.evaluate(
    ([path, fields]) => {
      const form = document.createElement('form')
      form.method = 'post'
      form.action = path
      form.append(
        ...fields.map(([name = '', value = '']) => {
          const field = document.createElement('textarea')
          field.name = name
          field.value = value
          return field
        }),
      )
      document.body.append(form)
      // A field may be called "submit".
      HTMLFormElement.prototype.submit.call(form)
    },
    [path, [...new URLSearchParams(sent)]] as const,
  )
  return answer
}

const inEnglish = (path: string): string => `${path}${path.includes('?') ? '&' : '?'}lang=en`
