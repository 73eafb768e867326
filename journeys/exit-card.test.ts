// The resident with a small phone: from the QR code to thanks, with and without a script, with and without coverage.
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { journey, lookOver, widths } from './browser.ts'
import { openMeeting } from './meeting-to-open.ts'

const { somebody, signedIn } = journey()
let code: string
beforeAll(async () => {
  code = await openMeeting(await signedIn('Freja'), 'Hvem tør have nøglen til hallen?')
})

/** Answers the question that shows, and goes on. */
async function answer(page: Page, said: string, onward: 'Næste' | 'Send mine svar') {
  await page.locator('.step:visible').getByText(said, { exact: true }).click()
  await page
    .locator('.step:visible')
    .getByRole(onward === 'Næste' ? 'link' : 'button', { name: onward })
    .click()
}

describe.each(Object.entries(widths))('on a window of %s', (_, width) => {
  test.each([
    ['with scripts', true],
    ['with scripts off', false],
  ])(
    'a resident answers three questions one at a time, says what comes next, and is thanked, %s',
    async (_, javaScriptEnabled) => {
      const { page } = await somebody({ viewport: { width, height: 780 }, javaScriptEnabled, hasTouch: width < 800 })
      await page.goto(`/m/${code}`)
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Inden du går')
      expect(await page.locator('input:checked').count()).toBe(0)
      expect(await page.locator('.step:visible').count()).toBe(1)
      await answer(page, 'Enig', 'Næste')
      await answer(page, 'Helt enig', 'Næste')
      await page.goBack()
      expect(await page.locator('.step:visible input:checked').getAttribute('value')).toBe('1')
      await page.goForward()
      await answer(page, 'Ved ikke', 'Send mine svar')
      await page.waitForURL(`**/n/${code}**`)
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Tak. Dit svar er låst inde')
      await page.getByLabel('Hvad gør du nu?').fill('Jeg ringer til Poul <b>nu</b>')
      await page.locator('.step:visible').getByRole('link', { name: 'Næste' }).click()
      await page.getByLabel('Hvem vil du tage en snak med?').fill('3')
      await page.getByRole('button', { name: 'Send' }).click()
      await page.waitForURL(`**/m/${code}/thanks**`)
      expect(await page.locator('.live').textContent()).toContain('Kortet er stadig åbent')
    },
  )

  test.each(['light', 'dark'] as const)('every page of the card passes, %s', async (colorScheme) => {
    const { page } = await somebody({ viewport: { width, height: 780 }, colorScheme })
    for (const path of [
      `/m/${code}`,
      `/m/${code}?lang=en`,
      `/m/${code}#q3`,
      `/n/${code}?lang=da`,
      `/n/${code}#n2`,
      `/m/${code}/thanks`,
      '/m/ZZZZZZ',
    ]) {
      await page.goto(path)
      await lookOver(page)
    }
  })

  test('three questions left open come back with a summary that leads to each, and what was chosen', async () => {
    const { page } = await somebody({ viewport: { width, height: 780 }, javaScriptEnabled: false })
    await page.goto(`/m/${code}`)
    await answer(page, 'Uenig', 'Næste')
    await page.locator('.step:visible').getByRole('link', { name: 'Næste' }).click()
    await page.getByRole('button', { name: 'Send mine svar' }).click()
    const links = page.locator('.summary a')
    await links.first().waitFor()
    expect(await links.allTextContents()).toEqual([
      'Vælg, om du er bedre i stand til at gøre en indsats. Du kan også vælge »Ved ikke«.',
      'Vælg, om du fik mod på at gøre en forskel. Du kan også vælge »Ved ikke«.',
    ])
    await links.first().click()
    expect(page.url()).toMatch(/#able$/)
    expect(await page.locator('input[name=inf]:checked').getAttribute('value')).toBe('3')
  })
})

test('the summary of what is to be mended passes too, and has the focus', async () => {
  const { page } = await somebody()
  await page.goto(`/m/${code}#q3`)
  await page.getByRole('button', { name: 'Send mine svar' }).click()
  await page.locator('.summary').waitFor()
  expect(await page.evaluate(() => document.activeElement?.className)).toBe('summary')
  await lookOver(page)
})

test('at 200 % zoom nothing is cut off and everything can be pressed', async () => {
  const { page } = await somebody({ viewport: { width: 320, height: 400 }, deviceScaleFactor: 2 })
  await page.goto(`/m/${code}`)
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%'
  })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
  for (const target of await page.locator('.option:visible, .button:visible').all())
    expect((await target.boundingBox())?.height).toBeGreaterThanOrEqual(48)
})

test('without coverage the answer waits on the phone, can be seen, and arrives once', async () => {
  const { page, context } = await somebody()
  await page.goto(`/m/${code}`)
  const before = await answeredOnScreen()
  await context.setOffline(true)
  await answer(page, 'Enig', 'Næste')
  await answer(page, 'Enig', 'Næste')
  await answer(page, 'Enig', 'Send mine svar')
  await page.getByText('1 svar venter på net').waitFor()
  await lookOver(page)
  await context.setOffline(false)
  await page.getByText('1 svar venter på net').waitFor({ state: 'hidden', timeout: 20_000 })
  expect(await answeredOnScreen()).toBe(before + 1)
})

test('an answer that waits can be deleted from a phone that others use', async () => {
  const { page, context } = await somebody()
  await page.goto(`/m/${code}`)
  const before = await answeredOnScreen()
  await context.setOffline(true)
  await answer(page, 'Enig', 'Næste')
  await answer(page, 'Enig', 'Næste')
  await answer(page, 'Enig', 'Send mine svar')
  await page.getByRole('button', { name: 'Slet det fra telefonen' }).click()
  await page.locator('#outbox').waitFor({ state: 'hidden' })
  await context.setOffline(false)
  await page.goto(`/m/${code}/thanks`)
  expect(await answeredOnScreen()).toBe(before)
})

test('an answer that has waited for more than seven days is thrown away, and not sent', async () => {
  const { page, context } = await somebody()
  await page.goto(`/m/${code}`)
  const before = await answeredOnScreen()
  await context.setOffline(true)
  await answer(page, 'Enig', 'Næste')
  await answer(page, 'Enig', 'Næste')
  await answer(page, 'Enig', 'Send mine svar')
  await page.getByText('1 svar venter på net').waitFor()
  await page.close()
  const later = await context.newPage()
  await later.clock.install({ time: Date.now() + 8 * 86_400_000 })
  await context.setOffline(false)
  await later.goto(`/m/${code}`)
  await expect.poll(() => later.locator('#outbox').isVisible()).toBe(false)
  expect(await answeredOnScreen()).toBe(before)
})

test('the page opens without coverage when it has been opened before', async () => {
  const { page, context } = await somebody()
  await page.goto(`/m/${code}`)
  await page.evaluate(() => navigator.serviceWorker.ready)
  await expect
    .poll(() => page.evaluate(async () => (await (await caches.open('oplive-1')).keys()).length))
    .toBeGreaterThan(2)
  await context.setOffline(true)
  await page.goto(`/m/${code}`)
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Inden du går')
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).not.toBe('rgba(0, 0, 0, 0)')
})

test('two tabs of one phone are one answer', async () => {
  const { page, context } = await somebody()
  const other = await context.newPage()
  await page.goto(`/m/${code}`)
  await other.goto(`/m/${code}`)
  const before = await answeredOnScreen()
  for (const tab of [page, other]) {
    await answer(tab, 'Enig', 'Næste')
    await answer(tab, 'Enig', 'Næste')
  }
  await Promise.all([answer(page, 'Enig', 'Send mine svar'), answer(other, 'Uenig', 'Send mine svar')])
  await Promise.all([page.waitForURL('**/n/**'), other.waitForURL('**/n/**')])
  expect(await answeredOnScreen()).toBe(before + 1)
})

/** How many have answered, as the hall screen says when it is opened. */
async function answeredOnScreen(): Promise<number> {
  const { page, context } = await somebody({ viewport: { width: 1920, height: 1080 } })
  await page.goto(`/m/${code}/screen`)
  const text = (await page.locator('.count').textContent()) ?? ''
  await context.close()
  return Number(/\d+/.exec(text)?.[0] ?? 0)
}
