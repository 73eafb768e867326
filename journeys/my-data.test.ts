// Somebody sees what is kept of them, says no to something, takes everything along and leaves: on a phone, without scripts. The data
// protection officer answers.
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { fits, journey, lookOver, widths } from './browser.ts'

const { somebody, signedIn, origin } = journey()

const seen = async (page: Page) => (await page.locator('body').innerText()).replaceAll('\u00a0', ' ')

test('Bodil says no, Nadia answers, and Bodil leaves with everything, on a phone without scripts', async () => {
  const bodil = await signedIn('Bodil', { javaScriptEnabled: false, viewport: { width: widths.small, height: 640 } })
  const { page } = bodil

  // --- Seen
  await page.goto('/mine')
  await page.getByRole('heading', { name: 'Mine oplysninger', level: 1 }).waitFor()
  await page.getByText('Ingen har kigget').waitFor()
  await fits(page)
  await page.locator('summary', { hasText: 'Hvem du er her' }).click()
  await page.getByText('Dem, der har nøgle til byens rum.').first().waitFor()
  await fits(page)
  for (const one of await page.locator('summary').all()) await one.click()
  await fits(page)

  // --- Corrected
  await page.goto('/mine/name')
  await page.getByLabel('Dit navn').fill('Bodil Sentinelsen')
  await page.getByRole('button', { name: 'Gem' }).click()
  await page.getByRole('heading', { name: 'Mine oplysninger', level: 1 }).waitFor()
  await page.getByText('Bodil Sentinelsen').first().waitFor()

  // --- Said no to
  await page.getByRole('link', { name: 'Sig nej til noget' }).click()
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByRole('link', { name: 'Vælg, hvad det handler om' }).waitFor()
  await page.getByLabel('Vesterglim').check()
  await page.getByLabel('Hvad vil du ikke være med til?').fill('Jeg vil ikke ringes op om aftenen')
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByText('Det er sendt').waitFor()
  await fits(page)

  const nadia = await signedIn('Nadia', { viewport: { width: widths.desk, height: 900 } })
  await nadia.page.goto('/objections')
  await nadia.page.getByText('Bodil Sentinelsen · Vesterglim').waitFor()
  await lookOver(nadia.page)
  expect(await seen(nadia.page)).toContain('Kommunen, for en tid')
  await nadia.page.getByRole('link', { name: /Læs og svar/ }).click()
  await lookOver(nadia.page)
  await nadia.page.getByLabel('Jeres svar').fill('Det lader vi være med. Ellers kan du klage til Datatilsynet.')
  await nadia.page.getByRole('button', { name: 'Send svaret' }).click()
  await nadia.page.getByText('Svaret er givet').waitFor()
  await nadia.page.goto('/mine')
  await nadia.page.getByText('Kommunens rum').first().waitFor()
  await lookOver(nadia.page)

  await page.goto('/mine/object')
  await page.getByText('Det lader vi være med.').waitFor()

  // --- Taken along
  await page.goto('/mine/export')
  await fits(page)
  const [json] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Hent til et andet program' }).click(),
  ])
  const file = JSON.parse(readFileSync(await json.path(), 'utf8')) as { about: string; everything: { piece: string }[] }
  expect(file.about).toBe('Bodil Sentinelsen')
  expect(file.everything.map(({ piece }) => piece)).toContain('objection')
  const [csv] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Hent til et regneark' }).click(),
  ])
  const text = readFileSync(await csv.path(), 'utf8')
  expect(text.startsWith('\uFEFFRum;By;Hvad')).toBe(true)
  expect(text).toContain('Jeg vil ikke ringes op om aftenen')
  await page.getByRole('link', { name: 'Læs det, og skriv det ud' }).click()
  await page.getByRole('heading', { name: 'Alt om Bodil Sentinelsen' }).waitFor()
  await fits(page)

  // --- Left
  await page.goto('/mine')
  await page.getByRole('link', { name: 'Slet mig' }).click()
  await page.getByText('Gå ud af Vesterglim').waitFor()
  await fits(page)
  await page.getByRole('link', { name: 'Slet alt om mig' }).click()
  await page.getByRole('heading', { name: 'Det bliver stående' }).waitFor()
  await fits(page)
  await page.getByRole('button', { name: 'Ja, slet alt om mig' }).click()
  await page.getByRole('heading', { name: 'Du er slettet her' }).waitFor()
  await fits(page)
  expect(await seen(page)).not.toContain('Bodil')
  expect(await seen(page)).toContain('Du er logget ud')
  expect((await page.goto('/mine'))?.status()).toBe(401)
  // Nothing of what was kept is found by whoever looks next.
  await nadia.page.goto('/objections')
  expect(await seen(nadia.page)).not.toContain('Bodil')
})

test('every page of one’s own is readable by all, and another’s is as one that is not there', async () => {
  const ingrid = await signedIn('Ingrid')
  const { page } = ingrid
  for (const path of [
    '/mine',
    '/mine/log',
    '/mine/object',
    '/mine/name',
    '/mine/export',
    '/mine/print',
    '/mine/delete',
    '/mine/delete/all',
    '/mine/delete/in/bredlunde',
    '/mine/deleted?coming=2',
  ]) {
    expect((await page.goto(path))?.status()).toBe(200)
    for (const one of await page.locator('summary').all()) await one.click()
    await lookOver(page, path)
  }
  const nobody = await somebody()
  for (const path of ['/mine', '/mine/export.json', '/mine/delete/all', '/objections'])
    expect((await nobody.page.request.get(`${origin}${path}`)).status()).toBe(401)
  expect((await page.request.get('/objections')).status()).toBe(404)
  expect((await page.request.get('/mine/delete/in/holmetofte')).status()).toBe(404)
})
