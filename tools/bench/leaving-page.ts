// "If we left tomorrow" for 20,000 people in a real Chromium: the first picture one can use, a switch, going into a village, and what the scripts weigh.
import type { Page } from 'playwright-core'
import { startChromium } from '../../journeys/chromium.ts'
import { kilobytes, median, type Row } from './row.ts'

interface Where {
  origin: string
  path: string
  /** Links to sign in with, each once. */
  link: string
  /** Where pictures of what was seen are kept; left out, none are. */
  pictures?: string | undefined
}

const times = 5

export async function inChromium({ origin, path, link, pictures }: Where): Promise<Row[]> {
  const browser = await startChromium()
  try {
    const context = await browser.newContext({
      viewport: { width: 412, height: 840 },
      deviceScaleFactor: 2,
      locale: 'da-DK',
    })
    const page = await context.newPage()
    let scripts = 0
    const session = await context.newCDPSession(page)
    await session.send('Network.enable')
    const own = new Set<string>()
    session.on('Network.responseReceived', ({ requestId, type }) => {
      if (type === 'Script') own.add(requestId)
    })
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (own.has(requestId)) scripts += encodedDataLength
    })
    await page.goto(link)
    await page.locator('main form button').first().click()
    await page.waitForLoadState()
    scripts = 0
    const firsts: number[] = []
    for (let time = 0; time < times; time++) firsts.push(await firstPicture(page, origin + path))
    const weighed = scripts / times
    const far = await switched(page)
    const inside = await goneIn(page)
    const close = await switched(page)
    if (pictures) await look(page, pictures)
    return [
      {
        what: 'the same in Chromium as on a phone: from asking until the picture is painted and its buttons are there, median of 5',
        goal: '2.5 s',
        measured: `${(median(firsts) / 1000).toFixed(2)} s (longest ${(Math.max(...firsts) / 1000).toFixed(2)})`,
        anchor: '',
        reached: median(firsts) <= 2500,
      },
      {
        what: 'the scripts of that page, packed, with their heads (kept for a year after the first time)',
        goal: '45 kB',
        measured: kilobytes(weighed * times),
        anchor: '',
        reached: weighed * times <= 45_000,
      },
      {
        what: 'one employee more or fewer, until the next picture is painted: all of it, and from inside with its people',
        goal: '100 ms',
        measured: `${far.toFixed(0)} ms, ${close.toFixed(0)} ms`,
        anchor: '',
        reached: Math.max(far, close) <= 100,
      },
      {
        what: 'going in until the people of the villages are painted, with what is fetched for it, once',
        goal: '',
        measured: `${inside.toFixed(0)} ms`,
        anchor: '',
        reached: true,
      },
    ]
  } finally {
    await browser.close()
  }
}

/** For whoever would see it: all of it and from inside, on a phone and on a desk, by day, by night and on paper. */
async function look(page: Page, pictures: string): Promise<void> {
  await page.screenshot({ path: `${pictures}/inside-412.png`, fullPage: true })
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.screenshot({ path: `${pictures}/inside-1280.png`, fullPage: true })
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.locator('.net-buttons button').first().click()
  await page.screenshot({ path: `${pictures}/inside-dark.png`, fullPage: true })
  await page.locator('.net-buttons button').last().click()
  await page.screenshot({ path: `${pictures}/whole-dark.png`, fullPage: true })
  await page.emulateMedia({ colorScheme: 'light' })
  await page.screenshot({ path: `${pictures}/whole-1280.png`, fullPage: true })
  await page.setViewportSize({ width: 412, height: 840 })
  await page.screenshot({ path: `${pictures}/whole-412.png`, fullPage: true })
  await page.emulateMedia({ media: 'print' })
  await page.screenshot({ path: `${pictures}/print.png`, fullPage: true })
  await page.emulateMedia({ media: 'screen' })
}

/** Milliseconds until the drawing has been painted and can be gone into. */
async function firstPicture(page: Page, address: string): Promise<number> {
  await page.goto(address, { waitUntil: 'commit' })
  await page.waitForSelector('.net-buttons')
  return page.evaluate(
    () => new Promise<number>((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now())))),
  )
}

/** The median of some, in milliseconds: from the tap until it is painted. */
async function switched(page: Page): Promise<number> {
  const all = await page.evaluate(async () => {
    const took: number[] = []
    for (let time = 0; time < 6; time++) {
      const box = document.querySelectorAll<HTMLInputElement>('[name=there]')[time % 2]
      const began = performance.now()
      box?.click()
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))
      took.push(performance.now() - began)
    }
    return took
  })
  return median(all)
}

async function goneIn(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const began = performance.now()
    for (let time = 0; time < 3; time++) document.querySelector<HTMLButtonElement>('.net-buttons button')?.click()
    while (!document.querySelector('.net-window.near') && performance.now() - began < 20_000)
      await new Promise((done) => requestAnimationFrame(done))
    return performance.now() - began
  })
}
