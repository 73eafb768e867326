// Hvis vi gik i morgen: somebody sees what would hold, lets an employee stay, goes into the drawing, and takes the net away.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { journey, lookOver, widths } from './browser.ts'

const { signedIn } = journey()
const here = '/c/holmetofte/if-we-left'

test('Freja sees what would hold, lets Amira stay, goes closer by buttons and keys, and takes the net away', async () => {
  const { page } = await signedIn('Freja', { viewport: { width: widths.small, height: 640 } })
  await page.goto(here)
  await page.getByRole('heading', { name: 'Hvis vi gik i morgen, ville 78 af 96 stadig hænge sammen' }).waitFor()
  await lookOver(page)
  const loose = page.locator('.net-window circle.loose')
  expect(await loose.count()).toBe(18)
  await page.getByLabel('Amira Haddad bliver').check()
  await page.getByRole('heading', { name: /^Med dem, der bliver, hænger 8\d af 96 sammen$/ }).waitFor()
  expect(await loose.count()).toBeLessThan(18)
  await page.getByLabel('Amira Haddad bliver').uncheck()

  const seen = async () => (await page.locator('.net-window svg').getAttribute('viewBox'))?.split(' ').map(Number) ?? []
  const [, , width = 0] = await seen()
  for (const name of ['Gå tættere på', 'Gå længere væk', 'Vis det hele']) {
    const box = await page.getByRole('button', { name }).boundingBox()
    expect([name, (box?.width ?? 0) >= 44, (box?.height ?? 0) >= 44]).toEqual([name, true, true])
  }
  await page.getByRole('button', { name: 'Gå tættere på' }).click()
  await expect.poll(async () => (await seen())[2]).toBeCloseTo(width / 1.6, 3)
  await page.locator('.net-window').focus()
  const [before = 0] = await seen()
  await page.keyboard.press('ArrowRight')
  await expect.poll(async () => (await seen())[0]).toBeGreaterThan(before)
  await lookOver(page)
  await page.keyboard.press('0')
  await expect.poll(seen).toEqual([0, 0, width, expect.any(Number)])

  const fetched = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Til Gephi (GEXF)' }).click()
  const file = await fetched
  expect(file.suggestedFilename()).toMatch(/^holmetofte-\d{4}-\d\d-\d\d-net\.gexf$/)
  const text = readFileSync(await file.path(), 'utf8')
  expect(text.match(/<node /g)).toHaveLength(98)
  expect(text).not.toMatch(/Freja|Karsten|Amira/)
})

test('without scripts the drawing is there, a switch is answered by a page, and nothing is to be pressed that does nothing', async () => {
  const { page } = await signedIn('Freja', { javaScriptEnabled: false })
  await page.goto(here)
  expect(await page.locator('.net-window svg circle').count()).toBe(96)
  expect(await page.locator('.net-buttons').count()).toBe(0)
  await page.getByLabel('Amira Haddad bliver').check()
  await page.getByRole('button', { name: 'Vis det sådan' }).click()
  await page.getByRole('heading', { name: /^Med dem, der bliver, hænger 8\d af 96 sammen$/ }).waitFor()
})
