// The board of those who lead, with 500 statements, on a processor four times slower: how long until the page answers a hand.
import type { Page } from 'playwright-core'
import { startChromium } from '../../journeys/chromium.ts'
import type { Stage } from './stage.ts'

export interface Quick {
  what: string
  /** Milliseconds from the hand's move until the next picture, the longest of all. */
  longest: number
  times: number
}

declare global {
  interface Window {
    slowest: { name: string; duration: number }[]
  }
}

/** Every event and how long until the picture after it, as the browser measures interactions. */
const listen = () => {
  window.slowest = []
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) window.slowest.push({ name, duration })
  }).observe({ type: 'event', durationThreshold: 16, buffered: false } as PerformanceObserverInit)
}

export async function boardUnderHand(
  stage: Stage,
  code: string,
): Promise<{ quick: Quick[]; statements: number; opens: number }> {
  const chromium = await startChromium()
  try {
    const context = await chromium.newContext({
      viewport: { width: 1280, height: 800 },
      serviceWorkers: 'block',
      bypassCSP: true,
    })
    const { hostname } = new URL(stage.program.url)
    await context.addCookies(
      stage.host
        .cookie()
        .split('; ')
        .map((pair) => {
          const [name = '', value = ''] = pair.split('=')
          return { name, value, path: '/', domain: hostname }
        }),
    )
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
    await page.addInitScript(listen)
    const began = performance.now()
    await page.goto(`${stage.program.url}/m/${code}/board`, { waitUntil: 'load' })
    const opens = performance.now() - began
    const statements = await page.locator('.board-row').count()
    await page.waitForTimeout(1500)
    const quick = [
      await measure(page, 'ticking', 6, async (nth) =>
        page.locator('.board-unsorted input[name=pick]').nth(nth).click(),
      ),
      await measure(page, 'filtering and sorting', 4, async (nth) => {
        await page
          .locator('a[data-look]')
          .nth([3, 4, 1, 2][nth] ?? 1)
          .click()
      }),
      await measure(page, 'picking up and carrying', 3, (nth) => carry(page, nth, false)),
      await measure(page, 'laying down under a theme', 3, (nth) => carry(page, nth, true)),
      await measure(page, 'moving by keys', 3, async () => {
        const row = page.locator('.board-unsorted input[name=pick]').nth(1)
        await row.focus()
        for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'Enter']) await page.keyboard.press(key)
      }),
    ]
    return { quick, statements, opens }
  } finally {
    await chromium.close()
  }
}

async function measure(page: Page, what: string, times: number, work: (nth: number) => Promise<void>): Promise<Quick> {
  await page.evaluate(() => {
    window.slowest = []
  })
  for (let nth = 0; nth < times; nth++) {
    await work(nth)
    await page.waitForTimeout(500)
  }
  const events = await page.evaluate(() => window.slowest)
  return { what, times, longest: Math.max(0, ...events.map(({ duration }) => duration)) }
}

/** Takes a row by the pointer, over the themes, and lays it down or lets it go where it was. */
async function carry(page: Page, nth: number, down: boolean): Promise<void> {
  const words = page.locator('.board-unsorted .board-row .board-text').nth(2 + nth)
  // In the middle of the window: further down lies the bar of tools.
  await words.evaluate((node) => node.scrollIntoView({ block: 'center' }))
  await page.waitForTimeout(300)
  const row = await words.boundingBox()
  const theme = await page.locator('.board-theme').nth(0).boundingBox()
  if (!row || !theme) throw new Error('the board has no row or no theme to carry to')
  await page.mouse.move(row.x + 20, row.y + row.height / 2)
  await page.mouse.down()
  await page.mouse.move(row.x + 60, row.y + 30, { steps: 3 })
  await page.mouse.move(theme.x + theme.width / 2, Math.max(theme.y + 20, 90), { steps: 8 })
  if ((await page.locator('.board-ghost').count()) !== 1) throw new Error('no row was picked up')
  if (!down) await page.mouse.move(row.x + 20, row.y + row.height / 2, { steps: 4 })
  await page.mouse.up()
}
