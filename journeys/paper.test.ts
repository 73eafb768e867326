// A meeting on paper: one scribe types the door list of forty people, slips and promises with the keyboard alone.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { journey, lookOver, widths } from './browser.ts'
import { beginMeeting } from './meeting-to-open.ts'

const { signedIn } = journey()

const forty = Array.from({ length: 40 }, (_, at) => `Ib${at}`)
const desk = { viewport: { width: widths.desk, height: 900 } }

const atFocus = (page: Page, id: string) =>
  page.waitForFunction((wanted) => document.activeElement?.id === wanted, id, { timeout: 5000 })
const saved = (page: Page, section: string) => page.locator(`form[data-scribe="${section}"] tr[data-row="kept"]`)

test('forty people on paper are typed in with the keyboard alone', async () => {
  const host = await signedIn('Freja', desk)
  const code = await beginMeeting(host, 'Et møde på papir')
  const { page } = host
  await page.goto(`/m/${code}/scribe`)
  await atFocus(page, 'door-1-name')
  const keys = page.keyboard
  for (const [at, name] of forty.entries()) {
    await keys.type(name)
    await keys.press('Tab')
    // The letter goes on by itself; quotation marks are the bringer above.
    await keys.type(at === 0 ? 'fFreja' : at % 2 ? 'n"' : 'f"')
    await keys.press('Enter')
  }
  await saved(page, 'door').nth(39).waitFor()
  await keys.press('Enter')

  await atFocus(page, 'words-1-text')
  for (const [at, name] of forty.slice(0, 12).entries()) {
    // The arrow chooses what the slip is; the next one is of the same kind.
    if (at % 3 === 0) await keys.press('ArrowDown')
    await keys.type(`Ord ${name}`)
    await keys.press('Enter')
  }
  await saved(page, 'words').nth(11).waitFor()
  await keys.press('Enter')

  // Without themes there are no dots to type: on to the promises.
  await atFocus(page, 'promises-1-name')
  await keys.type('Birthe')
  await keys.press('Tab')
  await keys.type('Kage den 4.')
  await keys.press('Tab')
  await keys.type('4. maj')
  await keys.press('Enter')
  await saved(page, 'promises').nth(0).waitFor()
  // It was the third: the row comes back, and goes in again as another.
  await keys.press('Control+z')
  await atFocus(page, 'promises-1-name')
  await keys.press('Tab')
  await keys.press('Tab')
  await keys.press('Control+a')
  await keys.type('3. maj')
  await keys.press('Enter')
  await saved(page, 'promises').nth(0).waitFor()
  await keys.press('Enter')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Tast bunken af kort')
  await lookOver(page)

  await page.goto(`/m/${code}/doorlist`)
  await page.getByText('40 er på listen').waitFor()
  await page.getByText('40 med en nabo').waitFor()
  await lookOver(page)
  await page.goto(`/m/${code}/list`)
  await page.getByText('»Kage den 4.«').or(page.getByText('Kage den 4.')).first().waitFor()
  await page.getByText('Senest 3. maj').waitFor()
  await lookOver(page)
})

test('what a scribe has typed survives a reload and a lost connection, and is there once', async () => {
  const host = await signedIn('Freja', desk)
  const code = await beginMeeting(host, 'Et møde uden net')
  const { context, page } = host
  await page.goto(`/m/${code}/scribe`)
  await atFocus(page, 'door-1-name')
  await context.setOffline(true)
  await page.keyboard.type('Birthe')
  await page.keyboard.press('Enter')
  await page.getByText('venter på net').waitFor()
  await page.keyboard.type('Jens')
  await context.setOffline(false)
  await saved(page, 'door').nth(0).waitFor()
  await page.reload()
  await atFocus(page, 'door-2-name')
  expect(await page.locator('#door-1-name').inputValue()).toBe('Jens')
  await page.locator('#door-1-name').press('Enter')
  await saved(page, 'door').nth(0).waitFor()
  await page.goto(`/m/${code}/doorlist`)
  await page.getByText('2 er på listen').waitFor()
})

test('without scripts, ten rows go in together, and the last comes back', async () => {
  const host = await signedIn('Freja', { ...desk, javaScriptEnabled: false })
  const code = await beginMeeting(host, 'Et møde uden scripts')
  const { page } = host
  await page.goto(`/m/${code}/scribe`)
  for (const [at, name] of forty.slice(0, 10).entries()) await page.fill(`#door-${at + 1}-name`, name)
  await page.fill('#door-3-first', 'q')
  const save = page.locator('form[data-scribe="door"]').getByRole('button', { name: 'Gem rækkerne' })
  await save.click()
  await page.getByRole('link', { name: 'Række 3: Skriv f for første gang, eller n for nej' }).click()
  await page.locator('#door-3-first:focus').waitFor()
  await page.fill('#door-3-first', 'f')
  await save.click()
  await page.getByText('10 rækker er gemt').waitFor()
  await page.getByRole('button', { name: 'Fortryd den sidste række' }).first().click()
  await page.getByText('Rækken er taget tilbage').waitFor()
  expect(await page.locator('#door-1-name').inputValue()).toBe(forty[9])
  await page.getByText('9 er skrevet ind.').waitFor()
})
