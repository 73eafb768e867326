// Jens reads poorly: he says it instead of writing, somebody he trusts writes it down, he hears it and says yes.
import { expect, test } from 'vitest'
import { journey, lookOver, widths } from './browser.ts'
import { beginMeeting } from './meeting-to-open.ts'

const { somebody, signedIn } = journey()

test('Jens says it aloud, Lena writes it down, and the hall sees his words without his name', async () => {
  const freja = await signedIn('Freja')
  const code = await beginMeeting(freja, 'Hvad er det, der ikke er rum til?')

  const jens = await somebody({ permissions: ['microphone'], viewport: { width: widths.small, height: 640 } })
  await jens.page.goto(`/m/${code}`)
  await lookOver(jens.page)
  await jens.page.goto(`/m/${code}/voice`)
  await lookOver(jens.page)
  await jens.page.getByLabel('Noget, jeg ikke kan holde til').check()
  await jens.page.getByRole('button', { name: 'Tryk og tal' }).click()
  await jens.page.getByText('Du kan tale nu.').waitFor()
  await jens.page.waitForTimeout(700)
  await jens.page.getByRole('button', { name: 'Stop' }).click()
  await jens.page.getByText('Hør det igennem').waitFor()
  await jens.page.getByRole('button', { name: 'Gem det' }).click()
  await jens.page.getByRole('heading', { name: 'Find en, du stoler på' }).waitFor()
  await lookOver(jens.page)
  const number = /\d\d \d\d \d\d/.exec(await jens.page.locator('main').innerText())?.[0] ?? ''
  expect(number).not.toBe('')

  const lena = await somebody()
  await lena.page.goto(`/m/${code}/hear`)
  await lookOver(lena.page)
  await lena.page.getByLabel('Hvad er tallet?').fill(number)
  await lena.page.getByRole('button', { name: 'Hør' }).click()
  const sound = lena.page.locator('audio')
  await expect
    .poll(() => sound.evaluate((audio: HTMLAudioElement) => audio.readyState), { timeout: 10_000 })
    .toBeGreaterThan(0)
  await lookOver(lena.page)
  await lena.page.getByLabel('Det, du hører').fill('De unge har ikke et eneste rum.')
  await lena.page.getByLabel('Hvad hedder du?').fill('Lena')
  await lena.page.getByRole('button', { name: 'Vis det til den, der talte' }).click()
  await lena.page.getByText('Nu kan den, der talte, se det').waitFor()

  await jens.page.getByRole('link', { name: 'Se, om det er skrevet' }).click()
  await jens.page.getByText('Lena har skrevet det ned for dig.').waitFor()
  await jens.page.getByText('De unge har ikke et eneste rum.').waitFor()
  await lookOver(jens.page)
  await jens.page.getByLabel('Det må også stå på byens side').check()
  await jens.page.getByRole('button', { name: 'Ja, vis det i salen' }).click()
  await jens.page.waitForURL(/\/mine/)
  await jens.page.getByText('De unge har ikke et eneste rum.').waitFor()

  // The sound is gone, for Lena as well.
  const gone = await lena.page.goto(`/m/${code}/hear?number=${number.replaceAll(' ', '')}`)
  expect(gone?.status()).toBe(404)
  await freja.page.goto(`/m/${code}/board`)
  await freja.page.getByText('De unge har ikke et eneste rum.').first().waitFor()
  expect(await freja.page.locator('main').innerText()).not.toContain('Jens')
})

test('without scripts the phone’s own recorder does it', async () => {
  const freja = await signedIn('Freja')
  const code = await beginMeeting(freja, 'Uden scripts')
  const jens = await somebody({ javaScriptEnabled: false })
  await jens.page.goto(`/m/${code}/voice`)
  await jens.page.getByLabel('Noget, der giver mig håb').check()
  await jens.page
    .getByLabel('Sig det med dine egne ord')
    .setInputFiles({ name: 'optagelse.m4a', mimeType: 'audio/mp4', buffer: Buffer.from('a sound') })
  await jens.page.getByRole('button', { name: 'Gem det' }).click()
  await jens.page.getByRole('heading', { name: 'Find en, du stoler på' }).waitFor()
})
