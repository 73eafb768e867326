// Journey 1: Freja rings the bell with her printed card. Birthe comes without a phone, and is in the tree as brought by a neighbour, with no account.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { fits, journey, lookOver, widths } from './browser.ts'
import { beginMeeting, closeCard } from './meeting-to-open.ts'

const { signedIn } = journey()
const tree = '/c/holmetofte/brought'

/** What stands beside a word of the table. */
const numberBeside = async (page: Page, word: string): Promise<number> => {
  const row = page.locator('#neighbours tr', { has: page.getByRole('rowheader', { name: word, exact: true }) })
  return Number(await row.getByRole('cell').innerText())
}
const focusOn = (page: Page, id: string) =>
  page.waitForFunction((wanted) => document.activeElement?.id === wanted, id, { timeout: 15_000 })
const saved = (page: Page, section: string) => page.locator(`form[data-scribe="${section}"] tr[data-row="kept"]`)

test('a card at the door, a row on a paper list, and somebody was brought along by a neighbour', async () => {
  const host = await signedIn('Freja', { viewport: { width: widths.phone, height: 840 } })
  const { page } = host
  const { keyboard } = page

  // --- The card that Freja prints
  await page.goto('/c/holmetofte/own-card')
  await page.getByRole('heading', { name: 'Dit eget kort' }).waitFor()
  const make = page.getByRole('button', { name: 'Lav mit kort' })
  if ((await make.count()) > 0) await make.click()
  await lookOver(page)
  await page.getByRole('link', { name: 'Skriv kort ud' }).click()
  await page.getByRole('heading', { name: 'Kort til naboer' }).waitFor()
  const code = (await page.locator('.own-code').first().innerText()).trim()
  expect(code).toMatch(/^[B-X]{3} [2-9]{3}$/)
  await lookOver(page)
  await page.emulateMedia({ media: 'print' })
  await page.setViewportSize({ width: 794, height: 1123 })
  await fits(page)
  expect(
    await page
      .locator('.neighbour-card')
      .evaluateAll((all) => all.map((one) => one.scrollHeight > one.clientHeight + 2)),
  ).toEqual([false, false, false, false])
  await page.emulateMedia({ media: 'screen' })
  await page.setViewportSize({ width: widths.phone, height: 840 })

  await page.goto(tree)
  const before = await numberBeside(page, 'Med en nabo')

  // --- Birthe comes, and writes herself on the paper; so does somebody with the code alone
  const meeting = await beginMeeting(host, 'Hvem bager til onsdag?')
  await page.goto(`/m/${meeting}/paper/door`)
  await page.getByText('Hvem tog dig med?').first().waitFor()
  await page.goto(`/m/${meeting}/scribe`)
  await focusOn(page, 'door-1-name')
  const people = [
    ['Birthe fra Bakken', 'f', 'Freja'],
    ['', 'f', code.replace('8', 'B').toLowerCase()],
    ['Grethe fra Bakken', 'n', 'selv'],
  ] as const
  for (const [name, first, bringer] of people) {
    await keyboard.type(name)
    await keyboard.press('Tab')
    await keyboard.type(first)
    await keyboard.type(bringer)
    await keyboard.press('Enter')
  }
  await saved(page, 'door').nth(2).waitFor()
  await lookOver(page)

  // --- Her exit card lies in the pile, typed twice
  await page.goto(`/m/${meeting}/open`)
  await page.getByRole('button', { name: 'Ja, åbn det nu' }).click()
  await page.getByText('Udgangskortet er åbent').waitFor()
  await page.goto(`/m/${meeting}/pile`)
  await page.locator('[data-pass] input:visible').first().focus()
  await keyboard.type('111')
  await keyboard.type('0')
  await keyboard.press('Enter')
  await keyboard.press('Enter')
  await keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Tast bunken igen' }).waitFor()
  await page.locator('[data-pass] input:visible').first().focus()
  await keyboard.type('111')
  await keyboard.type('0')
  await keyboard.press('Tab')
  await keyboard.press('Enter')
  await keyboard.press('Enter')
  await keyboard.press('Enter')
  await page.getByText('1 kort er lagt i').waitFor()
  await closeCard(page, meeting)

  // --- She is in the tree and in the numbers, brought by a neighbour, and nobody's account
  await page.goto(tree)
  expect(await numberBeside(page, 'Med en nabo')).toBe(before + 2)
  await page.getByText(/naboe?r? kom med dig/).waitFor()
  await lookOver(page)
  await page.goto('/c/holmetofte/own-card')
  await page.getByText(/kom med dit kort/).waitFor()
  const keeper = await signedIn('Karsten')
  await keeper.page.goto('/c/holmetofte/people')
  await keeper.page.getByRole('heading', { level: 1 }).waitFor()
  expect(await keeper.page.getByText('Birthe fra Bakken').count()).toBe(0)
}, 120_000)
