// Min bog without a script, and its sheet: printed, tried, scanned by the camera of a second device, and typed when all devices are lost.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { beforeAll, expect, test } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { fits, journey, lookOver, widths } from './browser.ts'

const { signedIn } = journey()

beforeAll(() => {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
  prepareZXingModule({
    overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) as ArrayBuffer },
  })
})

test('Jens begins his book, tries the sheet, writes, and opens it on another device by scanning the paper', async () => {
  const jens = await signedIn('Jens', { viewport: { width: widths.small, height: 640 } })
  const { page } = jens
  await page.goto('/book')
  await lookOver(page)
  await page.getByRole('button', { name: 'Lav mit ark' }).click()
  await page.getByText('Sæt kryds, når du har læst det').first().waitFor()
  await lookOver(page)
  await page.getByLabel('Jeg har forstået').check()
  await page.getByRole('button', { name: 'Lav mit ark' }).click()
  await lookOver(page)
  const letters = (await page.locator('.letter-groups b').allInnerTexts()).join(' ')
  const code = await page.locator('.qr').screenshot({ scale: 'device' })
  const [scanned] = await readBarcodes(new Blob([new Uint8Array(code)]))
  expect(scanned?.text).toMatch(new RegExp(`/book/open#${letters.replaceAll(' ', '')}$`))

  await page.getByRole('link', { name: 'Prøv det nu' }).click()
  await page.getByLabel('De 28 tegn').fill(`${letters.slice(0, -1)}${letters.endsWith('K') ? 'W' : 'K'}`)
  await page.getByRole('button', { name: 'Prøv arket' }).click()
  await page.getByText('Se først efter i gruppe 7').first().waitFor()
  await lookOver(page)
  await page.getByLabel('De 28 tegn').fill(letters.toLowerCase())
  await page.getByRole('button', { name: 'Prøv arket' }).click()
  await page.getByText('Dit ark virker').waitFor()
  await lookOver(page)
  await page.getByLabel('Din første linje').fill('Jeg tør godt spørge Poul om nøglen.')
  await page.getByRole('button', { name: 'Gem' }).click()
  await page.getByText('Gemt og låst').waitFor()
  await lookOver(page)
  for (const path of ['/book/new/story', '/book/new/reminder', '/book/new/name', '/book/locks', '/book/print']) {
    await page.goto(path)
    await lookOver(page)
  }

  // The camera of another device opens the address; the letters stand in the field and nowhere in the address.
  const phone = await signedIn('Jens')
  await phone.context.clearCookies({ name: /oplive_book$/ })
  await phone.page.goto('/book')
  await phone.page.getByRole('heading', { name: 'Åbn Min bog' }).waitFor()
  await lookOver(phone.page)
  await phone.page.goto('about:blank')
  await phone.page.goto(new URL(scanned?.text ?? '').href.replace(/^https?:\/\/[^/]+/, ''))
  expect(await phone.page.getByLabel('De 28 tegn').inputValue()).toBe(letters)
  expect(phone.page.url()).not.toContain('#')
  await phone.page.getByRole('button', { name: 'Åbn bogen' }).click()
  await phone.page.getByText('Jeg tør godt spørge Poul om nøglen.').waitFor()
})

test('without scripts a line is written, lost and brought back, and waits on the page when the book was closed meanwhile', async () => {
  const { page, context } = await signedIn('Ingrid', { javaScriptEnabled: false })
  await page.goto('/book')
  await page.getByLabel('Jeg har forstået').check()
  await page.getByRole('button', { name: 'Lav mit ark' }).click()
  await fits(page)
  const letters = (await page.locator('.letter-groups b').allInnerTexts()).join(' ')
  await page.getByRole('link', { name: 'Prøv det nu' }).click()
  await page.getByLabel('De 28 tegn').fill(letters)
  await page.getByRole('button', { name: 'Prøv arket' }).click()
  await page.getByLabel('Din første linje').fill('Det gjorde ondt, da skolen lukkede.')
  await page.getByRole('button', { name: 'Gem' }).click()
  await page.getByRole('link', { name: 'Det gjorde ondt' }).click()
  await page.getByRole('button', { name: 'Slet' }).click()
  await page.getByRole('button', { name: 'Fortryd' }).click()
  await page.getByText('Det er tilbage i bogen').waitFor()
  await page.getByText('Det gjorde ondt, da skolen lukkede.').waitFor()

  await page.getByLabel('Hvad vil du skrive?').fill('Skrevet, mens bogen blev lukket.')
  await context.clearCookies({ name: /oplive_book$/ })
  await page.getByRole('button', { name: 'Gem' }).click()
  await page.getByText('Bogen blev lukket imens').waitFor()
  await fits(page)
  await page.getByLabel('De 28 tegn').fill(letters)
  await page.getByRole('button', { name: 'Åbn bogen, og gem mine ord' }).click()
  await page.getByText('Skrevet, mens bogen blev lukket.').waitFor()
  await page.getByText('Gemt og låst').waitFor()
})
