// A meeting without any municipality: neighbours invite, hold, answer and learn by themselves, and nothing waits for anybody else.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { journey, lookOver, widths } from './browser.ts'
import { closeCard, planMeeting } from './meeting-to-open.ts'
import { answerCard, arrive, come, promise, putDots, say, write } from './phone.ts'

const { somebody, signedIn } = journey()

const seen = async (page: Page) => (await page.locator('body').innerText()).replaceAll('\u00a0', ' ')

test('Freja plans, neighbours ask neighbours, and the yes is given, handed on and taken back without an account', async () => {
  const freja = await signedIn('Freja', { viewport: { width: widths.desk, height: 900 } })
  const code = await planMeeting(freja, 'Hvem rydder op efter festen?')

  const karsten = await somebody()
  await karsten.page.goto(`/m/${code}`)
  await lookOver(karsten.page)
  await karsten.page.getByLabel('Dit fornavn').fill('Karsten')
  await karsten.page.getByRole('button', { name: 'Jeg kommer' }).click()
  await karsten.page.getByRole('heading', { name: 'Du kommer, Karsten' }).waitFor()
  await lookOver(karsten.page)
  const own = new URL(karsten.page.url()).pathname
  // He takes a neighbour along: a link, and a card on paper.
  await karsten.page.getByRole('button', { name: 'Lav min invitation' }).click()
  await karsten.page.getByRole('heading', { name: 'Din invitation er klar' }).waitFor()
  await lookOver(karsten.page)
  const link = new URL((await karsten.page.locator('.own-link a').getAttribute('href')) ?? '', karsten.page.url())
  await karsten.page.getByRole('link', { name: 'Skriv kort ud' }).click()
  await karsten.page.locator('.neighbour-card').nth(3).waitFor()
  expect(await karsten.page.locator('.neighbour-card').count()).toBe(4)
  await lookOver(karsten.page)
  await karsten.page.emulateMedia({ media: 'print' })
  await karsten.page.setViewportSize({ width: Math.round(210 * (96 / 25.4)), height: 1120 })
  const cut = await karsten.page
    .locator('.neighbour-card')
    .evaluateAll((all) => all.filter((one) => one.scrollHeight > one.clientHeight + 1).length)
  expect(cut).toBe(0)

  // Birthe, with scripts off, on the smallest phone: she says yes, and cannot come after all.
  const birthe = await somebody({ javaScriptEnabled: false, viewport: { width: widths.small, height: 640 } })
  await birthe.page.goto(link.pathname)
  await birthe.page.getByRole('heading', { name: 'Karsten vil gerne have dig med' }).waitFor()
  await birthe.page.getByLabel('Dit fornavn').fill('Birthe')
  await birthe.page.getByRole('button', { name: 'Jeg kommer' }).click()
  await birthe.page.getByText('Birthe').first().waitFor()
  const again = birthe.page.getByRole('link', { name: /Se det, eller tag det tilbage/ })
  if (await again.isVisible()) await again.click()
  await birthe.page.getByRole('heading', { name: 'Du kommer, Birthe' }).waitFor()
  const hers = new URL(birthe.page.url()).pathname
  await freja.page.goto(`/m/${code}/coming`)
  await freja.page.getByText('2 har sagt ja').waitFor()
  await lookOver(freja.page)
  await birthe.page.getByRole('button', { name: 'Jeg kommer ikke alligevel' }).click()
  await birthe.page.getByRole('heading', { name: 'Dit navn er slettet' }).waitFor()
  await freja.page.reload()
  await freja.page.getByText('1 har sagt ja').waitFor()
  expect(await seen(freja.page)).not.toContain('Birthe')
  // Whoever finds her link finds nothing; she herself can say yes again.
  const stranger = await somebody({ viewport: { width: widths.small, height: 640 } })
  expect((await stranger.page.goto(hers))?.status()).toBe(404)
  await lookOver(stranger.page)
  await birthe.page.getByRole('button', { name: 'Jeg kommer alligevel' }).click()
  await birthe.page.getByRole('heading', { name: 'Du kommer, Birthe' }).waitFor()
  // Somebody rings, and somebody rings off: the host writes and strikes.
  await freja.page.reload()
  await freja.page.getByLabel('Fornavn').fill('Ole')
  await freja.page.getByRole('button', { name: 'Skriv på' }).click()
  await freja.page.getByText('3 har sagt ja').waitFor()
  await freja.page.getByRole('button', { name: /Stryg.*Ole/ }).click()
  await freja.page.getByText('Ole er strøget').waitFor()
  await freja.page.getByText('2 har sagt ja').waitFor()

  // The municipality can read of the meeting, and neither sees the names nor invites.
  const amira = await signedIn('Amira')
  expect((await amira.page.goto(`/m/${code}/coming`))?.status()).toBe(403)
  expect((await amira.page.goto(`/m/${code}/invite`))?.status()).toBe(403)
  await amira.page.getByRole('heading', { name: 'Det er naboer, der inviterer' }).waitFor()
  expect(own).toMatch(/^\/k\//)
})

test('the net is away in the middle of it, and the evening goes on; nothing is lost, and nothing comes twice', async () => {
  const freja = await signedIn('Freja', { viewport: { width: widths.desk, height: 900 } })
  const { page: lead } = freja
  const code = await planMeeting(freja, 'Hvem låser hallen op på onsdag?')
  await lead.goto(`/m/${code}/begin`)
  await lookOver(lead)
  await lead.getByRole('button', { name: 'Ja, begynd nu' }).click()
  await lead.getByText('Det kan telefonerne nu').waitFor()
  const stage = async (name: string) => {
    await lead.goto(`/m/${code}/lead`)
    await lead.locator('#stage').getByRole('button', { name }).click()
    await expect
      .poll(() => lead.locator('#stage').getByRole('button', { name }).getAttribute('aria-pressed'))
      .toBe('true')
  }

  const phones = await Promise.all(
    [1, 2, 3, 4, 5].map((at) => somebody(at === 1 ? { viewport: { width: widths.small, height: 640 } } : {})),
  )
  const away = phones[0] as (typeof phones)[number]
  const others = phones.slice(1)
  for (const { page } of phones) await arrive(page, code, { first: true, by: 'En nabo eller ven' })
  await lead.goto(`/m/${code}/board`)
  for (const name of ['Nøglen', 'Kaffen']) {
    await lead.getByLabel('Navn på et nyt tema').fill(name)
    await lead.getByRole('button', { name: 'Lav temaet' }).click()
    await lead.getByRole('heading', { name }).waitFor()
  }

  // --- The phone of somebody at the back loses its net. It keeps the page, and what is written on it.
  await stage('Sige noget')
  await come(away.page, code)
  await away.page.evaluate(() => navigator.serviceWorker.ready)
  await expect
    .poll(() => away.page.evaluate(async () => (await (await caches.open('oplive-1')).keys()).length))
    .toBeGreaterThan(2)
  await away.context.setOffline(true)
  await write(away.page, 'resource', 'Vi er tolv med en nøgle')
  await away.page.getByText('1 ting venter på net').waitFor()
  await lookOver(away.page)
  // The page opens again without a net, for something more.
  await come(away.page, code)
  await away.page.getByText('Der er ikke net lige nu.').waitFor()
  await write(away.page, 'hope', 'Onsdag plejer at gå godt')
  await away.page.getByText('2 ting venter på net').waitFor()
  await lookOver(away.page)
  for (const [at, { page }] of others.entries())
    await say(
      page,
      code,
      at % 2 ? 'unbearable' : 'change',
      ['Ingen ved, hvem der låser', 'Det er altid de samme', 'En liste i hallen', 'Jeg tør ikke spørge'][at] ?? '',
    )
  await away.context.setOffline(false)
  await away.page.getByText('venter på net').waitFor({ state: 'hidden', timeout: 20_000 })
  await away.page.goto(`/m/${code}/mine?lang=da`)
  for (const text of ['Vi er tolv med en nøgle', 'Onsdag plejer at gå godt'])
    expect(await away.page.locator('.words li', { hasText: text }).count()).toBe(1)
  await lookOver(away.page)

  // --- Dots put without a net are dots, when it is back in time
  await stage('Sætte prikker')
  for (const { page } of others) await putDots(page, code, { Nøglen: 2, Kaffen: 1 })
  await come(away.page, code)
  await away.context.setOffline(true)
  await away.page.getByRole('group', { name: 'Kaffen' }).getByLabel('3', { exact: true }).check()
  await away.page.getByRole('button', { name: 'Sæt mine prikker' }).click()
  await away.page.getByText('1 ting venter på net').waitFor()
  await away.context.setOffline(false)
  await away.page.getByText('venter på net').waitFor({ state: 'hidden', timeout: 20_000 })
  await stage('Ingenting: vi taler')
  await lead.goto(`/m/${code}/board`)
  await lead.getByText('8 fra 5 telefoner').waitFor()
  await lead.getByText('7 fra 5 telefoner').waitFor()
  await lead
    .locator('.board-theme', { has: lead.getByRole('heading', { name: 'Nøglen' }) })
    .getByRole('button', { name: 'Det tager vi fat på' })
    .click()
  await lead.getByText('Valgt', { exact: true }).waitFor()

  // --- A promise, and the exit card, while the net comes and goes
  await stage('Lave en aftale')
  await promise(others[0]?.page as Page, code, { what: 'Jeg skriver listen', name: 'Mette' })
  await lead.goto(`/m/${code}/open`)
  await lead.getByRole('button', { name: 'Ja, åbn det nu' }).click()
  await lead.getByText('Udgangskortet er åbent').waitFor()
  for (const { page } of others) await answerCard(page, code, ['Enig', 'Enig', 'Helt enig'])
  await come(away.page, code)
  await away.context.setOffline(true)
  const step = away.page.locator('.step:visible')
  for (const onward of ['Næste', 'Næste', 'Send mine svar']) {
    await step.getByText('Enig', { exact: true }).click()
    await step.getByText(onward, { exact: true }).click()
  }
  await away.page.getByText('1 svar venter på net').waitFor()
  await away.context.setOffline(false)
  await away.page.getByText('1 svar venter på net').waitFor({ state: 'hidden', timeout: 20_000 })

  // --- It is closed by those who held it. Everybody from the place sees it at once; the municipality is the one that waits.
  await closeCard(lead, code)
  const neighbour = await somebody({ viewport: { width: widths.small, height: 640 } })
  expect((await neighbour.page.goto(`/m/${code}/result`))?.status()).toBe(200)
  const result = await seen(neighbour.page)
  for (const text of [
    '5 har svaret',
    'Nøglen',
    'Det tager vi fat på · 8 af 15 prikker',
    'Der blev lavet 1 aftale i salen.',
  ])
    expect(result).toContain(text)
  expect(result).not.toMatch(/fra kommunen|arbejder i kommunen|kommunen kan se/i)
  await lookOver(neighbour.page)
  expect((await neighbour.page.goto(`/m/${code}/minutes`))?.status()).toBe(200)
  await lookOver(neighbour.page)
  for (const file of ['result.csv', 'meeting.csv'])
    expect((await neighbour.page.request.get(`/m/${code}/${file}`)).status()).toBe(200)
  expect((await neighbour.page.goto('/c/holmetofte/trend'))?.status()).toBe(200)
  await lookOver(neighbour.page)
  await lead.goto(`/m/${code}/debrief`)
  await lead.getByLabel('Hvad skete der?').fill('Vi fandt fem, der vil låse op')
  await lead.getByLabel('Hvad er det næste skridt?').fill('Listen skal hænge i hallen')
  await lead.getByLabel('Hvem tager det?').fill('Mette')
  await lead.getByRole('button', { name: 'Gem' }).click()
  await lead.getByText('Det er gemt').waitFor()
  await lead.goto(`/m/${code}/lead`)
  await lookOver(lead)

  const amira = await signedIn('Amira')
  expect((await amira.page.goto(`/m/${code}/result`))?.status()).toBe(403)
  expect((await amira.page.goto(`/m/${code}/debrief`))?.status()).toBe(403)
  await lookOver(amira.page)
}, 240_000)
