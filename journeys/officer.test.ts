// Nadia, the data protection officer: the data map, what the nights forgot, what was done; somebody who asks what is kept of them; a breach.
import { expect, test } from 'vitest'
import { journey, lookOver, widths } from './browser.ts'

const { signedIn } = journey()
const desk = { viewport: { width: widths.desk, height: 900 } }

test('Nadia reads the map, the nights and the audit', async () => {
  const { page } = await signedIn('Nadia', desk)
  for (const path of ['/data-map', '/retention', '/audit', '/looks']) {
    await page.goto(path)
    await lookOver(page)
  }
})

test('Nadia answers somebody who asks what is kept of them, from her desk', async () => {
  const { page } = await signedIn('Nadia', desk)
  await page.goto('/')
  await page.getByRole('link', { name: 'Svar til dem, der spørger' }).click()
  await lookOver(page)
  await page.getByRole('link', { name: 'Skriv ned, hvem der spørger' }).click()
  await lookOver(page)
  await page.getByLabel('Hvad hedder de?').fill('Karsten')
  // The day is today's unless it is changed.
  expect(await page.getByLabel('År', { exact: true }).inputValue()).toMatch(/^20\d\d$/)
  await page.getByLabel('Hvordan spurgte de?').fill('Ringede og bad om det hele')
  await page.getByRole('button', { name: 'Gem' }).click()
  await page.getByRole('heading', { name: 'Karsten spørger, hvad I har' }).waitFor()
  await lookOver(page)
  await page.getByRole('button', { name: 'Led efter dem' }).click()
  await page.getByRole('button', { name: 'Saml svaret' }).waitFor()
  await lookOver(page)
  const request = page.url().replace(/\/find$/, '')
  await page
    .getByRole('checkbox', { name: /Karsten/ })
    .first()
    .check()
  await page.getByRole('button', { name: 'Saml svaret' }).click()
  await page.getByRole('heading', { name: /^Svar til Karsten|^Står der noget om andre/ }).waitFor()
  await lookOver(page)
  const decide = page.getByRole('button', { name: 'Vis svaret' })
  if (await decide.isVisible()) await decide.click()
  await page.getByRole('heading', { name: /^Svar til Karsten/ }).waitFor()
  await lookOver(page)
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Hent til et regneark' }).click()
  expect((await downloading).suggestedFilename()).toBe('oplive.csv')
  // The part that the municipality may not see goes on to the association.
  await page.goto(request)
  await page.getByRole('button', { name: 'Send videre til Borgerforeningen i Tornehuse' }).click()
  await page.getByText(/^Sendt videre/).waitFor()
  await lookOver(page)
  const poul = await signedIn('Poul')
  await poul.page.goto('/c/tornehuse/questions')
  await poul.page.getByRole('heading', { name: 'Karsten' }).waitFor()
  await lookOver(poul.page)
  await poul.page.getByRole('button', { name: 'Svaret er givet' }).click()
  await poul.page.getByText('Ingen venter på svar').waitFor()
  await lookOver(poul.page)
  await page.reload()
  await page.getByText(/^De har svaret/).waitFor()
  await page.getByRole('button', { name: 'Svaret er givet' }).click()
  await page
    .getByText(/^Svaret \d/)
    .first()
    .waitFor()
  await lookOver(page)

  const karsten = await signedIn('Karsten')
  await karsten.page.goto('/mine')
  await karsten.page.getByText('Ringede og bad om det hele').first().waitFor()
})

test('Nadia writes a breach down, decides twice, and closes it; it fits on a phone', async () => {
  const { page } = await signedIn('Nadia')
  await page.goto('/incidents')
  await lookOver(page)
  await page.getByRole('link', { name: 'Skriv et brud ned' }).click()
  await page.getByLabel('Hvad er der sket?').fill('En liste blev glemt i bussen.')
  const now = new Date(Date.now() - 86_400_000)
  await page.getByLabel('Dag', { exact: true }).fill(String(now.getUTCDate()))
  await page.getByLabel('Måned').fill(String(now.getUTCMonth() + 1))
  await page.getByLabel('År', { exact: true }).fill(String(now.getUTCFullYear()))
  await page.getByLabel('Hvad var klokken?').fill('12')
  await page.getByLabel('Holmetofte', { exact: true }).check()
  await page.getByRole('group', { name: 'Hvad handler det om?' }).getByRole('checkbox').nth(1).check()
  await lookOver(page)
  await page.getByRole('button', { name: 'Gem, og start uret' }).click()
  await page.getByText('tilbage af de 72').first().waitFor()
  await lookOver(page)
  for (const [part, why] of [
    ['authority', 'Navne og numre'],
    ['people', 'De kan få opkald'],
  ] as const) {
    await page.locator(`#${part}`).getByLabel('Ja', { exact: true }).check()
    await page.locator(`#${part}`).getByLabel('Hvorfor').fill(why)
    await page.locator(`#${part}`).getByRole('button').click()
    await page.locator(`#${part} dl`).waitFor()
  }
  await lookOver(page)
  await page.getByRole('button', { name: 'Luk', exact: true }).click()
  await page.getByText('Lukket').first().waitFor()
  await lookOver(page)
})
