// Opens pages in Chromium as each person sees them, on a phone and on a desk, light and dark, and lets the inspectors look.
import type { BrowserContext, Browser as Chromium } from 'playwright-core'
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
}

const view = (name: string, width: number, height: number, dark = false, english = false): View => ({
  name,
  width,
  height,
  dark,
  english,
})

export const views: readonly View[] = [
  view('phone, light', 412, 840),
  view('phone, dark', 412, 840, true),
  view('desk, light', 1280, 900),
  view('desk, dark', 1280, 900, true),
  view('phone, light, English', 412, 840, false, true),
]

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

/** Looks at every page in every view. `until`: when the time is up, the rest is left, and counted. */
export async function lookAt(
  chromium: Chromium,
  origin: string,
  { who, browser }: Person,
  pages: readonly Found[],
  until: number,
  inViews = views,
): Promise<Sight> {
  const sight: Sight = { looks: [], rules: new Set(), left: 0 }
  for (const one of inViews) {
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
    const waiting = [...pages]
    const lane = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        if (Date.now() > until) sight.left++
        else await lookOnce(context, next, one, who, sight)
      }
    }
    await Promise.all(Array.from({ length: atOnce }, lane))
    await context.close()
  }
  return sight
}

async function lookOnce(context: BrowserContext, { path, kind }: Found, view: View, who: string, sight: Sight) {
  const page = await context.newPage()
  try {
    page.on('dialog', (dialog) => void dialog.dismiss())
    const answer = await page.goto(view.english ? inEnglish(path) : path, { waitUntil: 'load', timeout: 20_000 })
    const { findings, rules } = await inspectPage(page, (await answer?.text()) ?? '')
    for (const rule of rules) sight.rules.add(rule)
    sight.looks.push({ path, kind, who, view: view.name, findings })
  } finally {
    await page.close()
  }
}

const inEnglish = (path: string): string => `${path}${path.includes('?') ? '&' : '?'}lang=en`
