// What a phone has to fetch before its first answer, and when it sees the page: in a real Chromium.
import type { Browser, BrowserContextOptions, CDPSession } from 'playwright-core'
import { startChromium } from '../../journeys/chromium.ts'
import { type Figure, kilobytes, median } from './row.ts'
import type { Stage } from './stage.ts'

const phone: BrowserContextOptions = { viewport: { width: 412, height: 840 }, deviceScaleFactor: 2, locale: 'da-DK' }
/** Slow 4G. */
const slow = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 }

interface Fetched {
  url: string
  type: string
  /** Head and body, as they came over the wire. */
  bytes: number
  cache: string
}

/** Everything this page fetches, in the order in which it came. */
async function listen(session: CDPSession): Promise<Fetched[]> {
  await session.send('Network.enable')
  const fetched: Fetched[] = []
  const going = new Map<string, Fetched>()
  session.on('Network.responseReceived', ({ requestId, type, response }) => {
    if (!response.url.startsWith('http')) return
    const cache = Object.entries(response.headers).find(([name]) => name.toLowerCase() === 'cache-control')?.[1] ?? ''
    going.set(requestId, { url: response.url, type, bytes: 0, cache })
  })
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const one = going.get(requestId)
    if (one) fetched.push({ ...one, bytes: encodedDataLength })
  })
  return fetched
}

/** A phone that has never been here, from the code to the first answer chosen. */
async function firstVisit(browser: Browser, address: string, scripts: boolean) {
  const context = await browser.newContext({ ...phone, javaScriptEnabled: scripts, serviceWorkers: 'allow' })
  try {
    const page = await context.newPage()
    const fetched = await listen(await context.newCDPSession(page))
    await page.goto(address, { waitUntil: 'load' })
    await page.locator('input[name=inf][value="1"]').check({ force: true })
    const before = [...fetched]
    // The fonts may still be on their way, and the service worker fetches for the next visit.
    await page.waitForTimeout(1500)
    return { before, all: fetched, answered: await page.locator('input[name=inf]:checked').count() }
  } finally {
    await context.close()
  }
}

const bytesOf = (some: readonly Fetched[]): number => some.reduce((sum, { bytes }) => sum + bytes, 0)
const isFont = ({ type }: Fetched): boolean => type === 'Font'

/** Milliseconds until the largest thing on the page is painted. */
async function largestPaint(browser: Browser, address: string): Promise<number> {
  const context = await browser.newContext({ ...phone, serviceWorkers: 'block' })
  try {
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    await session.send('Network.enable')
    await session.send('Network.emulateNetworkConditions', slow)
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
    await page.goto(address, { waitUntil: 'load' })
    await page.waitForTimeout(1500)
    return await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? Number.NaN)).observe({
            type: 'largest-contentful-paint',
            buffered: true,
          })
        }),
    )
  } finally {
    await context.close()
  }
}

export const pageFigure: Figure = {
  name: 'page',
  async measure(stage: Stage) {
    const { code } = await stage.openMeeting()
    const address = `${stage.program.url}/m/${code}`
    const browser = await startChromium()
    try {
      const visit = await firstVisit(browser, address, true)
      const plain = await firstVisit(browser, address, false)
      const needed = visit.before.filter((one) => !isFont(one))
      const fonts = visit.all.filter(isFont)
      const later = visit.all.filter((one) => !visit.before.includes(one) && !isFont(one))
      const plainNeeded = plain.all.filter((one) => !isFont(one))
      const scripts = plainNeeded.filter(({ type }) => type === 'Script')
      const paints: number[] = []
      for (let time = 0; time < 5; time++) paints.push(await largestPaint(browser, address))
      const cachedForAYear = fonts.every(({ cache }) => Number(/max-age=(\d+)/.exec(cache)?.[1] ?? 0) >= 31_536_000)
      return [
        {
          what: 'exit-card page before the first answer: HTML, CSS and scripts over the wire, heads included, fonts apart',
          goal: '12 kB in 3 requests',
          measured: `${kilobytes(bytesOf(needed))} in ${needed.length}`,
          anchor: 'SvelteKit 32 kB, Formbricks 199, SurveyJS 446 (not measured here)',
          reached: bytesOf(needed) <= 12_000 && needed.length <= 3,
          remarks: [
            `In it: ${needed.map(({ type, bytes }) => `${type} ${kilobytes(bytes)}`).join(', ')}.`,
            ...(later.length > 0
              ? [
                  `Afterwards, for a hall without coverage, the page itself asks for ${later.length} more, ${kilobytes(bytesOf(later))}.`,
                ]
              : []),
          ],
        },
        {
          what: 'the same with scripts off',
          goal: 'usable with 0 bytes of script',
          measured: `${kilobytes(bytesOf(plainNeeded))} in ${plainNeeded.length}, ${scripts.length === 0 ? '0 bytes' : kilobytes(bytesOf(scripts))} of script, ${plain.answered === 1 ? 'the first question can be answered' : 'the first question cannot be answered'}`,
          anchor: '',
          reached: scripts.length === 0 && plain.answered === 1,
        },
        {
          what: 'fonts',
          goal: '2 files, 75 kB, cached for a year',
          measured: `${fonts.length} files, ${kilobytes(bytesOf(fonts))}, ${[...new Set(fonts.map(({ cache }) => cache))].join(' / ')}`,
          anchor: '',
          reached: fonts.length <= 2 && bytesOf(fonts) <= 75_000 && cachedForAYear,
        },
        {
          what: 'largest contentful paint, processor 4 times slower, slow 4G, nothing kept, median of 5',
          goal: '1.2 s',
          measured: `${(median(paints) / 1000).toFixed(2)} s`,
          anchor: '',
          reached: median(paints) <= 1200,
          remarks: [`All five: ${paints.map((paint) => (paint / 1000).toFixed(2)).join(', ')} s.`],
        },
      ]
    } finally {
      await browser.close()
    }
  },
}
