// A key holder brings the list of an association: looks it through, asks, prints letters; and whoever is asked answers, without a script.
import { expect, test } from 'vitest'
import { fits, journey, lookOver } from './browser.ts'

const { signedIn, somebody } = journey()

const list = [
  'Medlemsnr.;Navn;Adresse;Postnr.;By;Mobil;E-mail;CPR;Fødselsdato',
  '1;Solveig Rejse;Bakken 2;4200;Slagelse;20102030;;010250-1234;01-02-1950',
  '2;Ib Rejse;Bakken 4;4200;Slagelse;20102031;;;',
  '3;Lille Rejse;Bakken 4;4200;Slagelse;;;;01-02-2020',
  '4;;Bakken 6;4200;Slagelse;;;;',
].join('\r\n')

test('Karsten asks the people of a list; one says yes by her letter, one says no, and nobody is here before that', async () => {
  const { page } = await signedIn('Karsten')
  await page.goto('/c/holmetofte/people')
  await page.getByRole('link', { name: 'Spørg dem på en liste' }).click()
  await lookOver(page)
  await page.getByLabel('Din liste').setInputFiles({
    name: 'medlemmer.csv',
    mimeType: 'text/csv',
    // As Excel on Windows writes it.
    buffer: Buffer.from(list, 'latin1'),
  })
  await page.getByRole('button', { name: 'Se listen igennem' }).click()
  await page.getByText('Der stod et CPR-nummer i 1 række').waitFor()
  await page.getByText('Er under 15 år').waitFor()
  await lookOver(page)
  await page.getByRole('button', { name: 'Spørg de 2' }).click()
  await page.getByRole('link', { name: 'Skriv, hvor listen kommer fra' }).waitFor()
  await lookOver(page)
  await page.getByLabel('Hvor kommer listen fra?').fill('Medlemmerne i Holmetofte IF')
  await page.getByLabel('Hvem har sagt, at de må spørges?').fill('Bestyrelsen')
  await page.getByLabel('De er medlemmer hos os').check()
  await page.getByLabel('Med breve, vi selv bærer ud').check()
  await page.getByRole('button', { name: 'Spørg de 2' }).click()
  // The page goes on by itself until it is done.
  await page.getByRole('heading', { name: '2 er spurgt' }).waitFor()
  await lookOver(page)
  await page.getByRole('link', { name: 'Se, hvem der er spurgt' }).click()
  await page.getByText('Solveig Rejse').waitFor()
  await lookOver(page)
  await page.goto('/c/holmetofte/people?q=Solveig+Rejse')
  await page.getByText('Ingen hedder').or(page.getByText('Solveig Rejse')).first().waitFor()
  expect(await page.getByRole('rowheader', { name: 'Solveig Rejse' }).count()).toBe(0)

  await page.goto('/c/holmetofte/asked')
  await page.getByRole('button', { name: 'Skriv 2 breve ud' }).click()
  await lookOver(page)
  const letters = await page.locator('article').allInnerTexts()
  const codeOf = (name: string) =>
    /[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{5}/.exec(
      letters.find((text) => text.includes(name))?.replace(/\s/g, '') ?? '',
    )?.[0] ?? ''

  const solveig = await somebody({ javaScriptEnabled: false })
  await solveig.page.goto('/asked')
  await fits(solveig.page)
  await solveig.page.getByLabel('Koden i brevet').fill(codeOf('Solveig'))
  await solveig.page.getByRole('button', { name: 'Videre' }).click()
  await solveig.page.getByText('Karsten').first().waitFor()
  await fits(solveig.page)
  await solveig.page.getByLabel('Jeg er fyldt 15 år').check()
  await solveig.page.getByRole('button', { name: 'Ja, jeg vil være med' }).click()
  await solveig.page.getByText('Solveig Rejse').first().waitFor()
  expect(solveig.page.url()).toContain('/c/holmetofte/me')

  const ib = await somebody({ javaScriptEnabled: false })
  await ib.page.goto('/asked')
  await ib.page.getByLabel('Koden i brevet').fill(codeOf('Ib Rejse'))
  await ib.page.getByRole('button', { name: 'Videre' }).click()
  await ib.page.getByRole('button', { name: 'Nej tak, glem mig' }).click()
  await ib.page.getByRole('heading', { name: 'Du er glemt her' }).waitFor()
  await fits(ib.page)
  await page.goto('/c/holmetofte/asked')
  await page.getByText('Ingen venter på at svare').waitFor()
  await lookOver(page)
})
