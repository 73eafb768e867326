// Journey 4: Karsten stands alone with four tasks, finds two who share them, and it shows in »Hvis vi gik i morgen«; a slip on paper; somebody to lean on.
import { expect, test } from 'vitest'
import { fits, journey, lookOver, widths } from './browser.ts'

const { signedIn } = journey()
const here = '/c/holmetofte'

test('Karsten has four tasks and one has a second name: he asks two, both say yes, and the place has one task more that two can do', async () => {
  const { page: karsten } = await signedIn('Karsten')
  // In the demo it is a year later. The two lay down what they share, and it is as it was.
  await karsten.goto(`${here}/tasks`)
  await karsten.getByText('Du har 4 opgaver; 3 har en makker.').waitFor()
  await karsten.getByText('4 opgaver, 1 med makker').waitFor()
  const { page: freja } = await signedIn('Freja', {
    javaScriptEnabled: false,
    viewport: { width: widths.small, height: 640 },
  })
  const { page: jens } = await signedIn('Jens')
  for (const [one, task] of [
    [freja, 'Penge og nøgler'],
    [jens, 'Fodbold om onsdagen'],
  ] as const) {
    await one.goto(`${here}/tasks`)
    await one.locator('.own-tasks summary').first().click()
    await one.getByRole('button', { name: `Læg »${task}« fra dig` }).click()
    await one.getByText('Du har lagt opgaven fra dig.').waitFor()
  }
  const able = async () => {
    await karsten.goto(`${here}/if-we-left`)
    return karsten.locator('#tasks tr', { hasText: 'Have nøgle til byens rum' }).innerText()
  }
  expect(await able()).toContain('en alene')

  await karsten.goto(`${here}/tasks`)
  await karsten.getByText('Du har 4 opgaver; 1 har en makker.').waitFor()
  await karsten.getByText('Skal vi finde to, der kan dele den med dig?').waitFor()
  await lookOver(karsten)
  await karsten.goto(`${here}/path`)
  await karsten.getByRole('heading', { name: 'Du har 4 opgaver; 1 har en makker.' }).waitFor()
  await karsten.getByRole('link', { name: 'Find to, der kan dele' }).click()
  const three = karsten.locator('.could-share > li > b')
  await three.nth(2).waitFor()
  const names = await three.allInnerTexts()
  expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, 'da')))
  expect(names).toEqual(expect.arrayContaining(['Freja', 'Jens']))
  await lookOver(karsten)
  await karsten.getByRole('link', { name: 'Aftal en snak med Freja' }).click()
  await karsten.getByRole('heading', { level: 1, name: /snak|samtale/i }).waitFor()
  await karsten.goto(`${here}/tasks/find`)
  await karsten.getByRole('link', { name: 'Se, hvordan man har en god snak' }).waitFor()
  for (const [n, name, task] of [
    [0, 'Freja', 'Penge og nøgler'],
    [0, 'Jens', 'Fodbold om onsdagen'],
  ] as const) {
    const one = karsten.locator('.could-share > li', { hasText: name })
    await one.getByRole('combobox').nth(n).selectOption({ label: task })
    await one.getByRole('button', { name: `Spørg ${name}` }).click()
    await karsten.getByText('Spørgsmålet er stillet.').waitFor()
  }

  for (const one of [freja, jens]) {
    await one.goto(`${here}/tasks`)
    await one.getByRole('heading', { name: 'Karsten spørger, om I skal dele' }).waitFor()
    await fits(one)
    await one.getByRole('button', { name: 'Ja, det vil jeg gerne' }).click()
    await one.getByText('Tak. Nu er I to.').waitFor()
    await one.getByText('Makker: Karsten').first().waitFor()
  }
  await karsten.goto(`${here}/tasks`)
  await karsten.getByText('Du har 4 opgaver; 3 har en makker.').waitFor()
  expect(await karsten.getByText('Skal vi finde to').count()).toBe(0)
  expect(await able()).toContain('2 kan')
})

test('the same on paper: a slip is printed, signed by two, and typed in by whoever holds a key', async () => {
  const { page } = await signedIn('Karsten', { viewport: { width: widths.desk, height: 900 } })
  await page.goto(`${here}/tasks`)
  await page.getByRole('link', { name: 'Skriv en seddel ud til at spørge med' }).click()
  await page.getByRole('heading', { level: 2, name: 'Vil du dele en opgave med mig?' }).nth(1).waitFor()
  await fits(page)
  await page.goto(`${here}/tasks/typed`)
  await page.getByLabel('To deler en opgave').check()
  await page.getByLabel('Hvem har opgaven?').fill('Karsten')
  await page.getByLabel('Hvem deler den?').fill('Jans')
  await page.getByLabel('Kalde sammen').check()
  await page.getByRole('button', { name: 'Skriv den ind' }).click()
  await page.getByRole('link', { name: 'Skriv begge navne helt ud' }).waitFor()
  await lookOver(page)
  await page.getByLabel('Hvem deler den?').fill('Jens')
  await page.getByRole('button', { name: 'Skriv den ind' }).click()
  await page.getByText('Det er skrevet ind.').waitFor()
  await page.goto(`${here}/tasks`)
  await page.getByText('Du har 4 opgaver; 4 har en makker.').waitFor()
})

test('Jens chooses Karsten to lean on, lets him see one thing, and stops without a reason', async () => {
  const { page: jens } = await signedIn('Jens')
  const { page: karsten } = await signedIn('Karsten')
  await jens.goto(`${here}/support`)
  await jens.getByLabel('Hvem vil du spørge?').selectOption({ label: 'Karsten' })
  await jens.getByRole('button', { name: 'Spørg' }).click()
  await jens.getByText('Spørgsmålet er stillet.').waitFor()
  await karsten.goto(`${here}/support`)
  await karsten.getByRole('heading', { name: 'Jens spørger om at støtte sig til dig' }).waitFor()
  await karsten.getByRole('button', { name: 'Ja, det vil jeg gerne' }).click()
  await karsten.getByText('Tak. Nu er I to.').waitFor()
  await jens.goto(`${here}/support`)
  const karstenHere = jens.locator('.own-tasks > li', { hasText: 'Karsten' })
  await karstenHere.getByLabel('Om jeg kun kender nogen fra kommunen').check()
  await karstenHere.getByRole('button', { name: 'Gem' }).click()
  await jens.getByText('Det er gemt.').waitFor()
  await karsten.goto(`${here}/support`)
  await karsten.getByText('Jens har bånd til naboer.').waitFor()
  await lookOver(karsten)
  await karstenHere.locator('summary').click()
  await jens.getByRole('button', { name: 'Stop med Karsten' }).click()
  await jens.getByText('Det er slut.').waitFor()
  await karstenHere.waitFor({ state: 'detached' })
})
