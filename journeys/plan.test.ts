// A host makes ready: the plan of the evening is changed without a script, roles are handed out, and the place's page leads into the meeting.
import { describe, expect, test } from 'vitest'
import { journey, lookOver, widths } from './browser.ts'
import { planMeeting } from './meeting-to-open.ts'

const { somebody, signedIn } = journey()

test.each([
  ['with scripts', true],
  ['with scripts off', false],
])(
  'a host plans the evening: adds, moves and strikes, is asked why, and sees when it ends, %s',
  async (_, javaScriptEnabled) => {
    const { page } = await signedIn('Freja', { javaScriptEnabled, viewport: { width: 412, height: 840 } })
    const code = await planMeeting({ page }, 'Hvem tør have nøglen?')
    await page.getByRole('link', { name: /90 minutter, til kl\. 20\.30/ }).click()
    expect(await page.locator('.agenda-sum').innerText()).toBe(
      'I alt 90 minutter. I begynder kl. 19 og slutter kl. 20.30.',
    )
    const row = (number: number) => page.locator(`#row-${number}`)
    await row(8).getByLabel('Hvad gør vi?').fill('Kommunen viser tal for skolen')
    await row(8).getByLabel('Minutter').fill('25')
    await row(8)
      .getByLabel(/Oplysning/)
      .check()
    // Enter in a field keeps the plan, and moves nothing.
    await row(8).getByLabel('Minutter').press('Enter')
    await page.locator('.summary').waitFor()
    await page.getByRole('link', { name: /Punkt 8: Skriv, hvorfor der skal oplyses/ }).click()
    await row(8).getByLabel('Hvorfor tager det mere end 10 minutter?').fill('Skolen lukker til sommer')
    await page.getByRole('button', { name: 'Gem planen' }).last().click()
    await page.waitForURL('**/lead')
    await page.goto(`/m/${code}/agenda`)
    for (let place = 8; place > 1; place -= 1) await row(place).getByRole('button', { name: 'Flyt op' }).click()
    await page.getByText('Kan punkt 1 vente lidt?').waitFor()
    await row(1).getByRole('button', { name: 'Fjern' }).click()
    expect(await page.locator('.agenda-sum').innerText()).toContain('I alt 90 minutter.')
    expect(await row(1).getByLabel('Hvad gør vi?').inputValue()).toBe('Vi kommer, siger vores navn, og hvor vi bor')

    await page.goto(`/m/${code}/roles`)
    await page.getByLabel('Mødeleder').fill('Amira')
    await page.getByLabel('Arbejder i kommunen').nth(1).check()
    await page.getByRole('button', { name: 'Gem det' }).click()
    // Holmetofte has held more than three meetings.
    await page.getByRole('link', { name: /Skriv, hvorfor det er en fra kommunen/ }).click()
    await page.locator('#facilitator-reason').fill('Karsten øver sig, og hun sidder ved siden af')
    await page.getByRole('button', { name: 'Gem det' }).click()
    await page.waitForURL('**/lead')
    expect(await page.locator('main').innerText()).toContain('Karsten øver sig, og hun sidder ved siden af')
  },
)

describe.each(Object.entries(widths))('on a window of %s', (_, width) => {
  test.each(['light', 'dark'] as const)(
    'the plan, the roles and what is to be mended pass, %s',
    async (colorScheme) => {
      const { page } = await signedIn('Freja', { viewport: { width, height: 840 }, colorScheme })
      const code = await planMeeting({ page }, 'Til eftersyn')
      for (const path of ['agenda', 'roles']) {
        await page.goto(`/m/${code}/${path}`)
        await lookOver(page)
      }
      await page.goto(`/m/${code}/agenda`)
      await page.locator('#minutes-2').fill('-5')
      await page.locator('#title-3').fill('')
      await page.getByRole('button', { name: 'Gem planen' }).last().click()
      await page.locator('.summary').waitFor()
      await lookOver(page)
      await page.goto('/c/holmetofte')
      await lookOver(page)
    },
  )
})

test('a guest comes from the place’s page to a meeting that is to come, and the calendar is offered to programs too', async () => {
  const purpose = 'Mødet, der står på byens side'
  const code = await planMeeting(await signedIn('Freja'), purpose)
  const { page } = await somebody()
  await page.goto('/c/holmetofte')
  expect(await page.locator('link[rel=alternate][type="text/calendar"]').getAttribute('href')).toBe(
    '/c/holmetofte/calendar.ics',
  )
  // The first to come has a button of its own; those that come after it are in the list.
  await page
    .getByRole('link', { name: purpose })
    .or(page.locator(`a[href="/m/${code}"]`))
    .first()
    .click()
  await page.waitForURL(`**/m/${code}`)
  await page.getByRole('heading', { name: 'Kommer du?' }).waitFor()
  expect((await page.request.get('/c/holmetofte/calendar.ics')).status()).toBe(200)
})
