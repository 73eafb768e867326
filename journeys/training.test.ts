// Training: a neighbour signs up, a hand-out is read and printed, and a host types a name off the paper; also with scripts off.
import { expect, test } from 'vitest'
import { journey, lookOver, widths } from './browser.ts'

const { somebody, signedIn } = journey()
const here = '/c/holmetofte/training'

test('Jens reads the sheet of an evening, which is one sheet of paper', async () => {
  const { page } = await somebody({ viewport: { width: widths.small, height: 640 } })
  await page.goto('/training/3')
  await page.getByRole('heading', { name: 'At være vært for et lyttemøde', level: 1 }).waitFor()
  await lookOver(page)
  const sheet = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  expect((sheet.match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length).toBeLessThanOrEqual(2)
})

test('Jens signs off and on again with one press, with scripts off', async () => {
  const { page } = await signedIn('Jens', { javaScriptEnabled: false })
  await page.goto(here)
  await page.getByRole('link', { name: 'Den gode 1:1-samtale' }).first().click()
  await page.getByRole('button', { name: 'Skriv mig af igen' }).click()
  await page.getByRole('heading', { name: 'Vil du med?' }).waitFor()
  await page.getByRole('button', { name: 'Skriv mig på' }).click()
  await page.getByRole('heading', { name: 'Du er skrevet på' }).waitFor()
})

test('Karsten keeps the list, and prints a sheet for the board', async () => {
  const { page } = await signedIn('Karsten', { viewport: { width: widths.desk, height: 840 } })
  await page.goto(here)
  await lookOver(page)
  await page.getByRole('link', { name: 'Den gode 1:1-samtale' }).first().click()
  await page.getByLabel('Et navn fra sedlen').fill('Else')
  await page.getByRole('button', { name: 'Skriv på' }).click()
  await page.getByRole('button', { name: /^Stryg.*Else$/ }).click()
  await page.getByRole('button', { name: /^Stryg.*Else$/ }).waitFor({ state: 'detached' })
  await lookOver(page)
  await page.getByRole('link', { name: 'Skriv en seddel ud til opslagstavlen' }).click()
  await page.getByText('Skriv dit fornavn, hvis du kommer:').waitFor()
})
