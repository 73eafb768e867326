// A browser for each person of the journeys. Noise on the console fails a journey.
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest'
import { startChromium } from './chromium.ts'

export const widths = { small: 320, phone: 412, desk: 1280 } as const

export interface Journey {
  origin: string
  /** A new person with a browser of their own. */
  somebody(options?: BrowserContextOptions): Promise<{ context: BrowserContext; page: Page }>
  /** Somebody signed in by their one-time link. Signs in once for each name, and comes back with the same cookies. */
  signedIn(name: string, options?: BrowserContextOptions): Promise<{ context: BrowserContext; page: Page }>
}

type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>
/** Links work once: who has signed in for one file is signed in for the next (one worker walks all journeys). */
const sessions: Record<string, Cookies> = {}

/** Sets up a browser for a file of journeys; every console message and page error is a failure unless it was expected. */
export function journey(): Journey {
  const origin = inject('origin')
  let browser: Browser
  const open: BrowserContext[] = []
  const noise: string[] = []
  beforeAll(async () => {
    browser = await startChromium()
  })
  afterEach(async () => {
    await Promise.all(open.splice(0).map((context) => context.close()))
    expect(noise.splice(0)).toEqual([])
  })
  afterAll(() => browser?.close())

  const somebody: Journey['somebody'] = async (options = {}) => {
    const context = await browser.newContext({
      baseURL: origin,
      locale: 'da-DK',
      viewport: { width: widths.phone, height: 840 },
      ...options,
    })
    open.push(context)
    context.setDefaultTimeout(30_000)
    context.on('console', (message) => {
      // The browser itself reports a page that answers 4xx, and a network that is switched off by the journey.
      if (!/Failed to load resource|net::ERR_INTERNET_DISCONNECTED/.test(message.text())) noise.push(message.text())
    })
    context.on('weberror', (error) => noise.push(String(error.error())))
    return { context, page: pressesAgain(await context.newPage()) }
  }

  return {
    origin,
    somebody,
    signedIn: async (name, options) => {
      const me = await somebody(options)
      const known = sessions[name]
      if (known) await me.context.addCookies(known)
      else {
        await me.page.goto(inject('links')[name] ?? '/in/nobody')
        await me.page.getByRole('button', { name: /Log ind som/ }).click()
        sessions[name] = await me.context.cookies()
      }
      return me
    },
  }
}

/** A phone that follows the evening may be on its way by itself just as somebody opens another page: then they open it once more. */
function pressesAgain(page: Page): Page {
  const goto = page.goto.bind(page)
  page.goto = async (url, options) => {
    try {
      return await goto(url, options)
    } catch (error) {
      if (!/interrupted by another navigation/.test(String(error))) throw error
      await page.waitForLoadState()
      return goto(url, options)
    }
  }
  return page
}

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** No axe violation, and nothing wider than the window. */
export async function lookOver(page: Page, where = page.url()): Promise<void> {
  // What is fading in has the colours it ends with.
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY)
        .map((one) => one.finished.catch(() => undefined)),
    ),
  )
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze()
  const said = violations.map(({ id, nodes }) => `${where}: ${id}: ${nodes.map((node) => node.html).join(' | ')}`)
  expect(said).toEqual([])
  await fits(page, where)
}

/** Nothing wider than the window. For pages with scripts off, where axe cannot run. */
export async function fits(page: Page, where = page.url()): Promise<void> {
  // Asked of the element: a page that is just coming has none yet, and is waited for.
  const wide = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth)
  expect(`${where} is ${wide} px too wide`).toBe(`${where} is 0 px too wide`)
}
