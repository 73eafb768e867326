// The whole evening: Freja plans, prints, opens and closes; phones and paper answer; the hall sees the shares; the municipality waits.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { beforeAll, describe, expect, test } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { journey, lookOver, widths } from './browser.ts'
import { closeCard, openMeeting, planMeeting } from './meeting-to-open.ts'

const { somebody, signedIn, origin } = journey()

beforeAll(() => {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
  prepareZXingModule({
    overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) as ArrayBuffer },
  })
})

const readQr = async (picture: Buffer) =>
  (await readBarcodes(picture, { formats: ['QRCode'], tryHarder: true })).map((found) => found.text)

/** Phones that answer over the network, each with its own cookies. */
async function phonesAnswer(code: string, n: number, of: (i: number) => readonly [number, number, number]) {
  await Promise.all(
    Array.from({ length: n }, async (_, i) => {
      const page = await fetch(`${origin}/m/${code}`)
      const cookie = page.headers.getSetCookie()[0]?.split(';')[0] ?? ''
      const [inf, able, cour] = of(i)
      const answer = await fetch(`${origin}/m/${code}/answer`, {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
        body: `inf=${inf}&able=${able}&cour=${cour}`,
      })
      expect(answer.status).toBe(303)
    }),
  )
}

test('forty-five phones and five paper cards: the hall sees 80, 64 and 90 % with their bands, and so does a phone', async () => {
  const freja = await signedIn('Freja')
  const code = await openMeeting(freja, 'Hvem tør have nøglen?')
  const hall = await somebody({ viewport: { width: 1920, height: 1080 } })
  await hall.page.goto(`/m/${code}/screen`)
  await lookOver(hall.page)
  expect(await readQr(await hall.page.screenshot())).toEqual([`${origin}/m/${code}`])

  const resident = await somebody()
  await resident.page.goto(`/m/${code}/thanks`)
  await phonesAnswer(code, 45, (i) => [i < 36 ? 2 : 3, i < 28 ? 1 : 5, i < 41 ? 1 : 4])
  await hall.page
    .getByText(/(^|\s)45(\s|$)/)
    .first()
    .waitFor()

  const { page } = freja
  await page.goto(`/m/${code}/pile`)
  const rows = ['111', '221', '112', '122', '444']
  for (let pass = 0; pass < 2; pass++) {
    for (const [place, row] of rows.entries())
      for (const [column, key] of [...row].entries())
        await page
          .locator('input:not([type=hidden]):visible')
          .nth(place * 5 + column)
          .fill(key)
    await page
      .getByRole('button', { name: pass === 0 ? 'Færdig med første gang' : 'Sammenlign, og læg bunken i' })
      .click()
  }
  await page.getByText('5 kort er lagt i').waitFor()

  await page.goto(`/m/${code}/lead`)
  await page.getByLabel('Antal i salen').fill('58')
  await page.getByRole('button', { name: 'Gem antallet' }).click()
  await closeCard(page, code)

  await hall.page.getByText('Det gav mødet os').waitFor()
  for (const text of [
    '80 %',
    '40 af 50 havde medindflydelse på beslutningerne',
    'mellem 67 og 89 ud af 100',
    '64 %',
    '32 af 50 er bedre i stand til at gøre en indsats',
    '90 %',
    '45 af 50 fik mod på at gøre en forskel',
    '50 af 58 har svaret',
  ])
    expect((await hall.page.locator('main').innerText()).replaceAll('\u00a0', ' ')).toContain(text)
  await lookOver(hall.page)
  await resident.page.getByText('40 af 50 havde medindflydelse').waitFor()
  await lookOver(resident.page)

  const csv = await (await fetch(`${origin}/m/${code}/result.csv`)).text()
  expect(csv.split('\r\n')[1]).toBe(
    'Jeg havde medindflydelse på beslutningerne til mødet;andel;40;50;58;80;67;89;69;83',
  )

  const amira = await signedIn('Amira')
  const refused = await amira.page.goto(`/m/${code}/result`)
  expect(refused?.status()).toBe(403)
  expect(await amira.page.getByRole('heading', { level: 1 }).textContent()).toBe('Byen ser sit resultat først')
  await lookOver(amira.page)
})

test('the hall screen is right again after the server was away for it', async () => {
  const code = await openMeeting(await signedIn('Freja'), 'Skærmen, der sov')
  const hall = await somebody({ viewport: { width: 1920, height: 1080 } })
  await hall.page.goto(`/m/${code}/screen`)
  await hall.context.setOffline(true)
  await phonesAnswer(code, 3, () => [1, 2, 3])
  await hall.context.setOffline(false)
  await hall.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await expect.poll(async () => await hall.page.locator('.count').innerText(), { timeout: 15_000 }).toContain('3')
})

test('four answers are not shown, in the hall or anywhere', async () => {
  const freja = await signedIn('Freja')
  const code = await openMeeting(freja, 'De fire')
  await phonesAnswer(code, 4, () => [1, 1, 1])
  await closeCard(freja.page, code)
  for (const path of ['screen', 'result', 'thanks']) {
    const { page } = await somebody()
    await page.goto(`/m/${code}/${path}`)
    expect(await page.locator('main').innerText()).toContain('For få svar til at vise')
    expect(await page.locator('main').innerText()).not.toMatch(/%|af 4/)
  }
})

describe('what is printed', () => {
  test('the QR code of the poster is read after blur and a turn, at three sizes', async () => {
    const code = await planMeeting(await signedIn('Freja'), 'Plakaten ved døren')
    for (const [width, turn] of [
      [1000, 0],
      [700, 7],
      [460, -11],
    ] as const) {
      const { page, context } = await somebody({ viewport: { width, height: Math.round(width * 1.4) } })
      await page.goto(`/m/${code}/poster`)
      await page.addStyleTag({ content: '' }).catch(() => undefined)
      await page.evaluate((degrees) => {
        const qr = document.querySelector<SVGElement>('svg.qr')
        if (qr) Object.assign(qr.style, { filter: 'blur(0.8px)', transform: `rotate(${degrees}deg)` })
      }, turn)
      expect(await readQr(await page.locator('svg.qr').screenshot())).toEqual([`${origin}/m/${code}`])
      await context.close()
    }
  })

  test('four identical cards stand on one sheet of A4', async () => {
    const code = await planMeeting(await signedIn('Freja'), 'Papirkortene')
    const { page } = await somebody()
    await page.goto(`/m/${code}/paper/cards`)
    const cards = await page.locator('.paper-card').evaluateAll((all) => all.map((card) => card.outerHTML))
    expect(cards).toHaveLength(4)
    expect(new Set(cards).size).toBe(1)
    expect(cards[0]).not.toMatch(/tilfreds|\bnr\b/i)
    const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1')
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
  })
})

describe('every other page', () => {
  test.each(Object.entries(widths))('passes on a window of %s, as guest and as host', async (_, width) => {
    const { page: freja, context } = await signedIn('Freja', { viewport: { width, height: 800 } })
    const code = await planMeeting(
      { page: freja },
      'Et møde, der skal ses efter i alle vinkler, også når formålet er langt som kommunalbestyrelsesmedlemskandidatur',
    )
    const paths = [
      '/',
      '/c/holmetofte',
      '/c/vesterglim',
      '/c/holmetofte/definition',
      '/c/holmetofte/withdrawal',
      '/promise',
      '/was',
      '/source',
      '/me',
      '/c/holmetofte/meetings/new',
      `/m/${code}/lead`,
      `/m/${code}`,
      `/m/${code}/poster`,
      `/m/${code}/paper`,
      `/m/${code}/paper/cards`,
      `/m/${code}/plan`,
      '/nowhere',
    ]
    // Colours are the same at every width: dark is looked over at one.
    for (const scheme of width === widths.phone ? (['light', 'dark'] as const) : (['light'] as const)) {
      await freja.emulateMedia({ colorScheme: scheme })
      for (const path of paths) {
        await freja.goto(path)
        await lookOver(freja)
      }
    }
    await context.close()
  })

  test('a guest at the scribe’s page is asked to sign in, and a host of another place is turned away in words', async () => {
    const code = await planMeeting(await signedIn('Freja'), 'Kun for skriveren')
    const guest = await somebody()
    expect((await guest.page.goto(`/m/${code}/pile`))?.status()).toBe(401)
    expect(await guest.page.getByRole('heading', { level: 1 }).textContent()).toBe('Log ind først')
    const poul = await signedIn('Poul')
    expect((await poul.page.goto(`/m/${code}/lead`))?.status()).toBe(403)
    expect(await poul.page.getByRole('heading', { level: 1 }).textContent()).toBe('Den side er ikke din')
    await lookOver(poul.page)
  })

  test('a code typed wrong comes back with what was typed; typed right it leads to the card', async () => {
    const code = await openMeeting(await signedIn('Freja'), 'Koden')
    const { page } = await somebody({ viewport: { width: 320, height: 640 } })
    await page.goto('/')
    await page.getByLabel('Skriv mødets kode').fill('abc 12')
    await page.getByRole('button', { name: 'Gå til mødet' }).click()
    expect(await page.getByLabel('Skriv mødets kode').inputValue()).toBe('abc 12')
    await lookOver(page)
    await page.getByLabel('Skriv mødets kode').fill(`${code.slice(0, 3).toLowerCase()} ${code.slice(3)}`)
    await page.getByRole('button', { name: 'Gå til mødet' }).click()
    await page.waitForURL(`**/m/${code}`)
  })
})
