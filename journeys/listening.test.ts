// A listening meeting from the first name at the door to what was learned: six phones, two who lead, one hall screen, and paper beside.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { fits, journey, lookOver, widths } from './browser.ts'
import { closeCard, planMeeting } from './meeting-to-open.ts'
import { answerCard, arrive, come, promise, putDots, say, write } from './phone.ts'

const { somebody, signedIn } = journey()

const hallSize = { width: 1920, height: 1080 }
const plain = (text: string) => text.replaceAll('\u00a0', ' ')
const seen = async (page: Page) => plain(await page.locator('body').innerText())

/** Lets phones do one thing, from the page of whoever leads. */
async function stage(lead: Page, code: string, name: string) {
  await lead.goto(`/m/${code}/lead`)
  const button = lead.locator('#stage').getByRole('button', { name })
  await button.click()
  await expect.poll(() => button.getAttribute('aria-pressed')).toBe('true')
}

/** A row of the board by its words. */
const row = (board: Page, text: string) => board.locator('.board-row', { hasText: text })
const inTheme = (board: Page, theme: string, text: string) =>
  board.locator('.board-theme', { has: board.getByRole('heading', { name: theme }) }).getByText(text)

async function makeTheme(board: Page, name: string) {
  await board.getByLabel('Navn på et nyt tema').fill(name)
  await board.getByRole('button', { name: 'Lav temaet' }).click()
  await board.getByRole('heading', { name }).waitFor()
}

/** With the keys alone: from the top of the page to the words, and to the theme by its arrows. */
async function moveByKeys(board: Page, text: string, arrows: number) {
  await board.keyboard.press('Escape')
  await row(board, text).getByRole('checkbox').focus()
  await board.keyboard.press('Space')
  for (let at = 0; at < arrows; at += 1) await board.keyboard.press('ArrowRight')
  await board.keyboard.press('Enter')
}

async function dragTo(board: Page, text: string, theme: string) {
  const from = row(board, text).locator('.board-text')
  const to = board.locator('.board-theme', { has: board.getByRole('heading', { name: theme }) })
  await from.scrollIntoViewIfNeeded()
  const [a, b] = [await from.boundingBox(), await to.boundingBox()]
  if (!a || !b) throw new Error('nothing to drag')
  await board.mouse.move(a.x + 20, a.y + a.height / 2)
  await board.mouse.down()
  await board.mouse.move(b.x + b.width / 2, b.y + 40, { steps: 8 })
  await board.mouse.up()
}

test('six phones, two who lead and a hall screen hold a whole evening, and everything said stands in the end', async () => {
  // --- Before: roles, and then it begins
  const freja = await signedIn('Freja', { viewport: { width: widths.desk, height: 900 } })
  const { page: lead } = freja
  const code = await planMeeting(freja, 'Hvem tør have nøglen til hallen?')
  await lead.goto(`/m/${code}/roles`)
  await lead.getByLabel('Mødeleder').fill('Freja')
  await lead.getByLabel('Skriver').fill('Else')
  await lead.getByRole('button', { name: 'Gem det' }).click()
  await lead.waitForURL('**/lead')
  await lead.getByRole('link', { name: 'Begynd mødet' }).click()
  await lead.getByRole('button', { name: 'Ja, begynd nu' }).click()
  await lead.getByText('Det kan telefonerne nu').waitFor()
  await lookOver(lead)
  const { page: second } = await signedIn('Freja', { viewport: { width: widths.phone, height: 840 } })
  await second.goto(`/m/${code}/lead`)
  await lookOver(second)

  const { page: hall } = await somebody({ viewport: hallSize, reducedMotion: 'reduce' })
  await hall.goto(`/m/${code}/screen`)

  // --- They come in
  const jens = await somebody({ viewport: { width: widths.small, height: 640 } })
  const oksana = await somebody()
  const sofus = await somebody({ javaScriptEnabled: false })
  const lena = await somebody()
  const karim = await somebody()
  const mette = await somebody()
  const six = [jens, oksana, sofus, lena, karim, mette]
  await come(jens.page, code)
  await lookOver(jens.page)
  for (const [at, { page }] of six.entries())
    await arrive(page, code, {
      first: at < 3,
      by: at === 4 ? 'Jeg kom af mig selv' : 'En nabo eller ven',
      ...(at < 5 && { name: ['Jens', 'Oksana', 'Sofus', 'Lena', 'Karim'][at] ?? '' }),
      ...(at === 0 && { bringer: 'Freja' }),
    })
  await hall.getByText('6 er her').waitFor()
  await lookOver(hall)

  // --- The clock of who talks runs from here, and through every reload
  await lead.goto(`/m/${code}/lead`)
  await lead.getByRole('button', { name: /Beboerne taler/ }).click()
  await expect
    .poll(() => lead.getByRole('button', { name: /Beboerne taler/ }).getAttribute('aria-pressed'))
    .toBe('true')
  const talking = Date.now()

  // --- They say what they carry. Nothing stands on the wall before five have.
  await stage(lead, code, 'Sige noget')
  await hall.getByText('Ordene kommer, når fem har sagt noget.').waitFor()
  // Whoever looks on is led there; nobody has to fetch anything.
  await karim.page.getByRole('heading', { name: 'Sig det med dine egne ord' }).waitFor()
  await lookOver(karim.page)
  await say(jens.page, code, 'unbearable', 'Bussen kører forbi de gamle')
  await say(oksana.page, code, 'unbearable', 'Min nabo mærker ikke, når jeg er væk')
  await say(sofus.page, code, 'change', 'Hallen skal have lys hver aften')
  await say(lena.page, code, 'unbearable', 'Vi ved ikke, hvem der flytter ind')
  await hall.getByText('4 har sagt noget. Ordene kommer, når fem har.').waitFor()
  expect(await seen(hall)).not.toMatch(/Bussen|nabo mærker|lys hver aften|flytter ind/)
  await lookOver(hall)

  // A CPR number is not taken, and the words are still there to be mended.
  await come(lena.page, code)
  await write(lena.page, 'unbearable', 'Min mor 010203-1234 sidder alene')
  await lena.page.locator('.summary').waitFor()
  expect(await seen(lena.page)).toContain('Det ligner et CPR-nummer. Det gemmer vi aldrig.')
  expect(await lena.page.getByRole('textbox').first().inputValue()).toBe('Min mor 010203-1234 sidder alene')
  await lookOver(lena.page)
  await lena.page.getByRole('textbox').first().fill('Mange sidder alene om aftenen')
  await lena.page.getByRole('button', { name: 'Sig det' }).click()
  await lena.page.getByText('Det er sagt', { exact: true }).waitFor()

  // Words about illness come back once, and the one who wrote them decides.
  await come(jens.page, code)
  await write(jens.page, 'unbearable', 'Der er langt til hjælp, når man får en depression')
  await jens.page.waitForURL('**/mine**')
  await jens.page.getByText('Det venter på dig. Ingen kan se det endnu.').waitFor()
  await lookOver(jens.page)

  // The fifth voice: the wall opens, but the unbearable waits until there is something beside it.
  await say(karim.page, code, 'unbearable', 'De unge rejser, og ingen siger farvel')
  await hall.getByText('Hallen skal have lys hver aften').waitFor()
  await hall.getByText(/har fortalt om noget ubærligt/).waitFor()
  expect(await seen(hall)).not.toMatch(/Bussen|nabo mærker|flytter ind|De unge|sidder alene|depression/)

  // Mette has no coverage: what she says lies on her phone, is there after a reload, and arrives once.
  await come(mette.page, code)
  await mette.page.evaluate(() => navigator.serviceWorker.ready)
  await mette.context.setOffline(true)
  await write(mette.page, 'resource', 'Vi har en hal og 40 nøgler')
  await mette.page.getByText('1 ting venter på net').waitFor()
  await write(mette.page, 'hope', 'Sidst kom der 30 til kaffe')
  await mette.page.getByText('2 ting venter på net').waitFor()
  await lookOver(mette.page)

  await say(karim.page, code, 'hope', 'الجيران يعرفون بعضهم البعض')
  await hall.getByText('الجيران يعرفون بعضهم البعض').first().waitFor()
  await hall.getByText('Bussen kører forbi de gamle').first().waitFor({ state: 'attached' })
  expect(await hall.locator('blockquote[lang=ar]').first().getAttribute('dir')).toBe('auto')
  expect(await seen(hall)).not.toContain('depression')
  await lookOver(hall)

  await mette.context.setOffline(false)
  await mette.page.getByText('venter på net').waitFor({ state: 'hidden', timeout: 20_000 })

  // --- What became of one's own: shown as it is, written anew, taken back and brought again
  await jens.page.getByRole('button', { name: 'Vis det, som det er' }).click()
  await expect.poll(() => seen(jens.page)).not.toContain('Det venter på dig')
  await oksana.page.goto(`/m/${code}/mine?lang=da`)
  await oksana.page.getByText('Det er sagt, og alle i salen kan se det.').waitFor()
  await oksana.page.getByRole('link', { name: 'Ret', exact: true }).click()
  await oksana.page.getByRole('textbox').fill('Ingen mærker, når jeg er væk')
  await oksana.page.getByRole('button', { name: 'Gem' }).click()
  await oksana.page.getByText('Ingen mærker, når jeg er væk').waitFor()
  await lena.page.goto(`/m/${code}/mine?lang=da`)
  const flytter = lena.page.locator('li', { hasText: 'Vi ved ikke, hvem der flytter ind' })
  await flytter.getByRole('button', { name: 'Tag det tilbage' }).click()
  await lena.page.getByText('Du har taget det tilbage. Ingen kan se det.').waitFor()
  await lookOver(lena.page)
  await lead.goto(`/m/${code}/board`)
  await row(lead, 'Ingen mærker, når jeg er væk').waitFor()
  expect(await seen(lead)).not.toMatch(/flytter ind|Min nabo mærker/)
  await flytter.getByRole('button', { name: 'Sæt det frem igen' }).click()
  await row(lead, 'Vi ved ikke, hvem der flytter ind').waitFor()

  // --- Somebody without a phone has it written for them
  await second.goto(`/m/${code}/lead`)
  await second.getByLabel('Det giver håb').check()
  await second.getByLabel('Med deres egne ord').fill('Købmanden åbner igen til maj')
  await second.getByRole('button', { name: 'Sæt det på' }).click()
  await second.getByText('Det står der nu').waitFor()

  // --- They recognise. One presses without coverage, and it counts once.
  await stage(lead, code, 'Kende det også')
  const know = (page: Page, text: string) =>
    page.locator('#words > li', { hasText: text }).getByRole('button', { name: 'Det kender jeg også' })
  await jens.page.goto(`/m/${code}/words?lang=da`)
  await lookOver(jens.page)
  const everything = async (page: Page, text: string) => {
    for (let again = 0; ; again++)
      try {
        await page.goto(`/m/${code}/words?lang=da`)
        for (let part = 0; part < 4 && (await know(page, text).count()) === 0; part += 1)
          await page.getByRole('link', { name: /Vis de/ }).click({ timeout: 5_000 })
        return know(page, text)
      } catch (error) {
        // It had not heard of the new stage yet, and followed the evening by itself.
        if (again === 3) throw error
      }
  }
  const bus = 'Bussen kører forbi de gamle'
  for (const who of [oksana, sofus, lena]) {
    const button = await everything(who.page, bus)
    await button.click()
    await expect.poll(() => know(who.page, bus).getAttribute('aria-pressed')).toBe('true')
  }
  const hers = await everything(mette.page, bus)
  await mette.context.setOffline(true)
  await hers.click()
  await expect.poll(() => hers.getAttribute('aria-pressed')).toBe('true')
  await mette.page.getByText('1 ting venter på net').waitFor()
  await mette.context.setOffline(false)
  await mette.page.getByText('venter på net').waitFor({ state: 'hidden', timeout: 20_000 })
  // Nobody presses on their own.
  await jens.page.goto(`/m/${code}/mine?lang=da`)
  await jens.page.getByText('4 andre kender det også.').waitFor()
  // The wall turns its pages every 16 seconds, and there may be four.
  await hall.getByText('4 kender det også').waitFor({ timeout: 80_000 })

  // --- Two gather at once, one with keys alone and one with the pointer
  await stage(lead, code, 'Ingenting: vi taler')
  const { page: pointer } = await signedIn('Freja', { viewport: { width: widths.desk, height: 1400 } })
  await Promise.all([lead.goto(`/m/${code}/board`), pointer.goto(`/m/${code}/board`), second.goto(`/m/${code}/board`)])
  await lookOver(lead)
  await lookOver(second)
  await makeTheme(lead, 'Bussen og vejen')
  await makeTheme(lead, 'Lys i hallen')
  await pointer.getByRole('heading', { name: 'Lys i hallen' }).waitFor()
  await makeTheme(pointer, 'Ingen mærker det')
  await lead.getByRole('heading', { name: 'Ingen mærker det' }).waitFor()
  await Promise.all([moveByKeys(lead, bus, 1), dragTo(pointer, 'Hallen skal have lys hver aften', 'Lys i hallen')])
  for (const board of [lead, pointer]) {
    await inTheme(board, 'Bussen og vejen', bus).waitFor()
    await inTheme(board, 'Lys i hallen', 'Hallen skal have lys hver aften').waitFor()
  }
  await moveByKeys(lead, 'Ingen mærker, når jeg er væk', 3)
  await dragTo(pointer, 'Købmanden åbner igen til maj', 'Bussen og vejen')
  await inTheme(lead, 'Bussen og vejen', 'Købmanden åbner igen til maj').waitFor()
  await inTheme(pointer, 'Ingen mærker det', 'Ingen mærker, når jeg er væk').waitFor()
  await lena.page.goto(`/m/${code}/mine?lang=da`)

  // One removes a theme while another, without scripts, still has it in the hand.
  const { page: old } = await signedIn('Freja', { javaScriptEnabled: false })
  await old.goto(`/m/${code}/board`)
  const gone = lead.locator('.board-theme', { has: lead.getByRole('heading', { name: 'Lys i hallen' }) })
  await gone.getByText('Ret temaet').click()
  await gone.getByRole('button', { name: 'Fjern temaet' }).click()
  await pointer.getByRole('heading', { name: 'Lys i hallen' }).waitFor({ state: 'detached' })
  await row(old, 'De unge rejser, og ingen siger farvel').getByRole('checkbox').check()
  await old.getByLabel('Læg de valgte i').selectOption({ label: 'Lys i hallen' })
  const refused = old.waitForResponse((answer) => answer.url().endsWith('/lead/move'))
  await old.getByRole('button', { name: 'Læg dem der' }).click()
  expect((await refused).status()).toBe(409)
  await old.getByText('En anden har lige fjernet temaet. Ordene er her stadig.').waitFor()
  await fits(old)
  // Everything can be had back, with what lay in it.
  await lead.getByRole('button', { name: 'Fortryd: temaet blev fjernet' }).click()
  await inTheme(pointer, 'Lys i hallen', 'Hallen skal have lys hver aften').waitFor()

  // --- Dots: by six phones and on paper. Nobody sees how they lie while they are put.
  await stage(second, code, 'Sætte prikker')
  await hall.getByText('Sæt dine 3 prikker på telefonen eller på væggen.').waitFor()
  await come(oksana.page, code)
  await lookOver(oksana.page)
  const dots: Record<string, number>[] = [
    { 'Lys i hallen': 3 },
    { 'Lys i hallen': 2, 'Bussen og vejen': 1 },
    { 'Bussen og vejen': 3 },
    { 'Lys i hallen': 1, 'Ingen mærker det': 2 },
    { 'Ingen mærker det': 3 },
    { 'Lys i hallen': 3 },
  ]
  for (const [at, { page }] of six.entries()) await putDots(page, code, dots[at] ?? {})
  await hall.getByText('6 telefoner har sat prikker').waitFor()
  expect(await seen(hall)).not.toMatch(/\d prik(ker)?\b(?! på telefonen)/)
  await lead.goto(`/m/${code}/board`)
  await lead.getByText('6 telefoner har sat prikker. Tallene kommer, når valget er slut.').waitFor()
  await lead.goto(`/m/${code}/scribe`)
  await lead.getByLabel('Lys i hallen').fill('5')
  await lead.getByLabel('Bussen og vejen').fill('2')
  await lead.getByRole('button', { name: 'Gem tallene' }).click()
  await lead.getByText('Tallene er gemt').waitFor()
  await stage(lead, code, 'Ingenting: vi taler')
  await lead.locator('#screen').getByRole('button', { name: 'Prikkerne' }).click()
  await hall.getByText('prikker fra 6 telefoner og 7 på papir').waitFor()
  await hall.getByText('14 prikker').waitFor()
  await lookOver(hall)
  await lead.goto(`/m/${code}/board`)
  for (const theme of ['Lys i hallen', 'Bussen og vejen']) {
    const one = lead.locator('.board-theme', { has: lead.getByRole('heading', { name: theme }) })
    await one.getByRole('button', { name: 'Det tager vi fat på' }).click()
    await one.getByText('Valgt', { exact: true }).waitFor()
  }
  await hall.getByText('Det tager vi fat på').waitFor()

  // --- Who talked: the clock has run all the while, also for the other who leads
  await second.goto(`/m/${code}/lead`)
  expect(await second.getByRole('button', { name: /Beboerne taler/ }).getAttribute('aria-pressed')).toBe('true')
  await second.waitForTimeout(Math.max(0, 31_000 - (Date.now() - talking)))
  await second.reload()
  await second.getByRole('button', { name: /Beboerne taler.*[1-9]\d* af/s }).waitFor()
  await second.getByRole('button', { name: 'Ingen taler' }).click()
  await second.getByText('Tiden står stille').waitFor()

  // --- Promises, each with a page of its own
  await stage(lead, code, 'Lave en aftale')
  await lead.locator('#screen').getByRole('button', { name: 'Følger telefonerne' }).click()
  await come(jens.page, code)
  await lookOver(jens.page)
  const day = new Date(Date.now() + 9 * 86_400_000)
  const own = await promise(jens.page, code, { what: 'Jeg skifter pæren i hallen', name: 'Jens', to: 'alle', day })
  await jens.page.getByRole('heading', { name: 'Din aftale' }).waitFor()
  await lookOver(jens.page)
  await promise(sofus.page, code, { what: 'Jeg bager til den 4.', name: 'Sofus' })
  await hall.getByText(/aftaler? er lavet/).waitFor()
  await lead.goto(`/m/${code}/list`)
  await lead.getByText('2 aftaler at læse op').waitFor()
  await lead.getByText('Jeg skifter pæren i hallen').waitFor()
  await lookOver(lead)

  // --- The exit card, the result, and what is kept
  await lead.goto(`/m/${code}/lead`)
  await lead.getByLabel('Antal i salen').fill('8')
  await lead.getByRole('button', { name: 'Gem antallet' }).click()
  await lead.getByRole('button', { name: 'Åbn udgangskortet' }).last().click()
  await lead
    .getByRole('button', { name: 'Ja, åbn det nu' })
    .or(lead.getByText('Udgangskortet er åbent'))
    .first()
    .waitFor()
  const ask = lead.getByRole('button', { name: 'Ja, åbn det nu' })
  if (await ask.isVisible()) await ask.click()
  await lead.getByText('Udgangskortet er åbent').waitFor()
  for (const { page } of six) await answerCard(page, code, ['Enig', 'Helt enig', 'Enig'])
  await closeCard(lead, code)
  await hall.getByText('Det gav mødet os').waitFor()
  await lookOver(hall)

  await lena.page.goto(`/m/${code}/result?lang=da`)
  const result = await seen(lena.page)
  for (const text of ['Lys i hallen', 'Det tager vi fat på', '14 af', 'Hallen skal have lys hver aften'])
    expect(result).toContain(text)
  expect(result).toMatch(/Beboerne talte i/)
  expect(result).not.toMatch(/Jens|Sofus|Karim|Oksana/)
  await lookOver(lena.page)
  await lena.page.getByRole('link', { name: 'Læs referatet' }).click()
  await lena.page.getByText('الجيران يعرفون بعضهم البعض').first().waitFor()
  expect(await seen(lena.page)).not.toMatch(/Jens|Sofus|Karim|Oksana/)
  await lookOver(lena.page)
  const csv = await (await lena.page.request.get(`/m/${code}/meeting.csv?lang=da`)).text()
  for (const text of ['الجيران يعرفون بعضهم البعض', bus, 'Lys i hallen', 'Sidst kom der 30 til kaffe'])
    expect(csv.split(text).length - 1).toBeGreaterThan(0)
  // What waited on a phone without coverage came in once.
  expect(csv.split('Vi har en hal og 40 nøgler').length - 1).toBe(1)
  expect(csv).not.toMatch(/Jens|Sofus/)

  await lead.goto(`/m/${code}/minutes`)
  expect(await seen(lead)).toContain('Jeg bager til den 4.')
  await lookOver(lead)
  await lead.goto(`/m/${code}/debrief`)
  await lead.getByLabel('Hvad gik godt?').fill('Alle seks sagde noget')
  await lead.getByRole('button', { name: 'Gem' }).click()
  await lead.getByText('Det er gemt').waitFor()
  await lookOver(lead)

  // --- Afterwards: how did it go? Asked on the promise's own page, and seen on the list.
  await jens.page.goto(own)
  await jens.page.getByRole('link', { name: 'Sig, hvordan det gik' }).click()
  await jens.page.getByLabel('Jeg gjorde det').check()
  await lookOver(jens.page)
  await jens.page.getByRole('button', { name: 'Gem' }).click()
  await jens.page.getByText('Det er gjort').waitFor()
  await lead.goto(`/m/${code}/list?view=calls`)
  await lead.getByText('1 har fortalt det').waitFor()
  await lookOver(lead)
}, 300_000)

test('a link to the page of whoever leads, passed on to a guest, says who may come in there, and nothing else', async () => {
  const freja = await signedIn('Freja')
  const code = await planMeeting(freja, 'Kun for dem, der leder')
  await freja.page.goto(`/m/${code}/begin`)
  await freja.page.getByRole('button', { name: 'Ja, begynd nu' }).click()
  await freja.page.getByText('Det kan telefonerne nu').waitFor()
  const guest = await somebody({ viewport: { width: widths.small, height: 640 } })
  for (const path of ['lead', 'board', 'scribe', 'list', 'doorlist', 'debrief', 'coming']) {
    expect((await guest.page.goto(`/m/${code}/${path}`))?.status()).toBe(401)
    expect(await guest.page.getByRole('heading', { level: 1 }).textContent()).toBe('Log ind først')
  }
  await lookOver(guest.page)
  const posted = await guest.page.request.post(`/m/${code}/lead/stage`, { form: { stage: 'rest' }, maxRedirects: 0 })
  expect(posted.status()).toBe(401)
  const poul = await signedIn('Poul')
  expect((await poul.page.goto(`/m/${code}/board`))?.status()).toBe(403)
  expect(await poul.page.getByRole('heading', { level: 1 }).textContent()).toBe('Den side er ikke din')
})

test('a theme that is taken away while a phone puts its dots: the phone is told, and chooses again', async () => {
  const freja = await signedIn('Freja', { viewport: { width: widths.desk, height: 900 } })
  const { page: lead } = freja
  const code = await planMeeting(freja, 'Prikker på det, der er væk')
  await lead.goto(`/m/${code}/begin`)
  await lead.getByRole('button', { name: 'Ja, begynd nu' }).click()
  await lead.goto(`/m/${code}/board`)
  await makeTheme(lead, 'Bliver her')
  await makeTheme(lead, 'Er snart væk')
  await stage(lead, code, 'Sætte prikker')
  const sofus = await somebody({ javaScriptEnabled: false, viewport: { width: widths.small, height: 640 } })
  await come(sofus.page, code)
  await sofus.page.getByRole('group', { name: 'Er snart væk' }).getByLabel('3', { exact: true }).check()
  await lead.goto(`/m/${code}/board`)
  const gone = lead.locator('.board-theme', { has: lead.getByRole('heading', { name: 'Er snart væk' }) })
  await gone.getByText('Ret temaet').click()
  await gone.getByRole('button', { name: 'Fjern temaet' }).click()
  await gone.waitFor({ state: 'detached' })
  await sofus.page.getByRole('button', { name: 'Sæt mine prikker' }).click()
  await sofus.page.getByRole('heading', { name: 'Et tema er lige taget væk' }).waitFor()
  await fits(sofus.page)
  await putDots(sofus.page, code, { 'Bliver her': 3 })
  // Closed while a phone has it open: the words say what counts.
  await stage(lead, code, 'Ingenting: vi taler')
  await sofus.page.getByRole('button', { name: 'Sæt mine prikker' }).click()
  await sofus.page.getByRole('heading', { name: 'Der sættes ikke prikker nu' }).waitFor()
  // One phone alone: its dots are told to nobody.
  await lead.goto(`/m/${code}/board`)
  expect(await lead.locator('main').innerText()).toContain('For få telefoner har sat prikker til, at vi viser dem.')
  expect(await lead.locator('main').innerText()).not.toMatch(/\d prik/)
})
