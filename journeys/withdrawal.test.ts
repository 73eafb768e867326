// The municipality leaves Holmetofte by the place's own vote: the picture, the count that two have seen, what is handed over, in a browser.
import { expect, test } from 'vitest'
import { journey, lookOver, widths } from './browser.ts'

const { signedIn } = journey()

test('Karsten sees what would hold, the core group votes, and the municipality stands a step further back', async () => {
  const { page: karsten } = await signedIn('Karsten')
  const { page: freja } = await signedIn('Freja')
  await karsten.goto('/c/holmetofte/withdrawal')
  await lookOver(karsten)

  // --- Hvis vi gik i morgen: the sentence, and a switch that answers by itself
  await karsten.getByRole('link', { name: 'Hvis vi gik i morgen' }).click()
  const sentence = karsten.getByRole('heading', { level: 1 })
  expect(await sentence.innerText()).toMatch(/^Hvis vi gik i morgen, ville \d+ af \d+ stadig hænge sammen$/)
  await lookOver(karsten)
  const before = await sentence.innerText()
  await karsten.getByRole('checkbox', { name: /Amira Haddad bliver/ }).check()
  await expect.poll(() => sentence.innerText()).toMatch(/^Med dem, der bliver, hænger \d+ af \d+ sammen$/)
  await karsten.getByRole('checkbox', { name: /Amira Haddad bliver/ }).uncheck()
  await expect.poll(() => sentence.innerText()).toBe(before)
  await karsten.setViewportSize({ width: widths.small, height: 800 })
  await lookOver(karsten)

  // --- Then and now: one above the other on a phone, side by side on a desk, and in words
  await karsten.getByText('Fra et knudepunkt til flere knudepunkter').waitFor()
  const places = async () => {
    const boxes = await Promise.all([0, 1].map((at) => karsten.locator('.moment').nth(at).boundingBox()))
    return boxes.map((box) => [Math.round(box?.x ?? -1), Math.round(box?.y ?? -1)]) as [
      [number, number],
      [number, number],
    ]
  }
  const [above, below] = await places()
  expect([above[0], below[1] > above[1]]).toEqual([below[0], true])
  await karsten.setViewportSize({ width: widths.desk, height: 900 })
  const [left, right] = await places()
  expect([left[1], right[0] > left[0]]).toEqual([right[1], true])
  await lookOver(karsten)

  // --- The core group's own vote: typed by one, and it counts when another says that it is right
  await karsten.goto('/c/holmetofte/withdrawal/vote')
  await karsten.getByRole('button', { name: 'Gem tallene' }).click()
  await karsten.getByRole('link', { name: 'Vælg, hvor kommunen skal stå' }).waitFor()
  await lookOver(karsten)
  await karsten.getByRole('radio', { name: /Bagved/ }).check()
  await karsten.getByLabel('Hvor mange sagde ja?').fill('7')
  await karsten.getByLabel('Hvor mange sagde nej?').fill('2')
  const voted = karsten.getByRole('group', { name: 'Hvornår stemte I?' })
  await voted.getByLabel('Dag').fill('20')
  await voted.getByLabel('Måned').fill('1')
  await voted.getByLabel('År').fill('2026')
  await karsten.getByRole('button', { name: 'Gem tallene' }).click()
  await karsten.getByText('Du skrev tallene. En anden af jer skal sige god for dem.').waitFor()
  expect(await karsten.getByRole('button', { name: 'Ja, tallene passer' }).count()).toBe(0)
  await freja.goto('/c/holmetofte/withdrawal')
  await freja.getByRole('button', { name: 'Ja, tallene passer' }).click()
  await freja.locator('[aria-current=step]').getByText('Bagved').waitFor()
  await freja.getByText('Et halvt år efter').waitFor()

  // --- What is handed over is ticked by whoever received it
  const account = freja.getByRole('listitem').filter({ hasText: 'Kontoen med pengene til kaffe' })
  await account.getByRole('button', { name: 'Jeg har fået det' }).click()
  await account.getByText(/Du fik det/).waitFor()
  await lookOver(freja)

  // --- The same on paper: printed, signed, and typed in by a host
  await freja.getByRole('link', { name: 'Planen på papir' }).click()
  await freja.getByRole('cell', { name: 'Siden på nettet, hvor møderne står' }).waitFor()
  await lookOver(freja)
  await freja.goto('/c/holmetofte/withdrawal')
  const site = freja.getByRole('listitem').filter({ hasText: 'Siden på nettet, hvor møderne står' })
  await site.getByRole('button', { name: 'En har skrevet under på papir' }).click()
  await site.getByText(/Skrevet under på papir/).waitFor()

  // --- And back, with one press
  await karsten.goto('/c/holmetofte/withdrawal')
  await karsten.getByRole('button', { name: 'Kald kommunen tilbage' }).click()
  await karsten.getByText(/I har kaldt/).waitFor()
  const { page: amira } = await signedIn('Amira')
  await amira.goto('/c/holmetofte/withdrawal')
  await amira
    .getByText(/Hvornår kommer I\?/)
    .first()
    .waitFor()
  await lookOver(amira)

  // --- And sees what would hold in groups of ten or more, with no name of anybody
  await amira.goto('/c/holmetofte/if-we-left')
  await amira.getByRole('heading', { name: /ville omkring \d+ af \d+ stadig hænge sammen/ }).waitFor()
  expect(await amira.locator('main').innerText()).not.toMatch(/Karsten|Freja|Jens/)
  await lookOver(amira)
})
