// A whole evening on paper, without one phone: sheets on the tables, slips and dots on the wall, and one scribe who only has the keys.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { fits, journey, lookOver, widths } from './browser.ts'
import { beginMeeting, closeCard } from './meeting-to-open.ts'

const { somebody, signedIn } = journey()

const desk = { viewport: { width: widths.desk, height: 900 } }
/** What the printer can reach on an A4 with that many millimetres of edge, in pixels. */
const onA4 = (edge: number) => {
  const px = (millimetres: number) => Math.round((millimetres - 2 * edge) * (96 / 25.4))
  return { width: px(210), height: px(297) }
}
const plain = (text: string) => text.replaceAll('\u00a0', ' ')
const seen = async (page: Page) => plain(await page.locator('body').innerText())

const people: readonly (readonly [name: string, first: 'f' | 'n', bringer: string])[] = [
  ['Birthe', 'f', 'Freja'],
  ['Jens', 'f', '"'],
  ['Kirsten', 'f', '"'],
  ['Ole', 'f', '"'],
  ['Søren', 'f', '"'],
  ['Else', 'n', 'selv'],
  ['Grethe', 'n', 'foreningen'],
]

/** What stands on the slips, with how many times the arrow is pressed to come to their kind from the one above. */
const slips: readonly (readonly [arrows: number, words: string])[] = [
  [1, 'Man kan bo her i et år uden at nogen banker på'],
  [0, 'Bussen er holdt op med at køre om aftenen'],
  [1, 'Hallen skal være åben om onsdagen'],
  [0, 'Vi skal vide, hvem der har nøglen'],
  [1, 'Vi har et køkken, der kan lave mad til hundrede'],
  [1, 'Der kom fyrre i aften, og ingen gik før tid'],
]

const focusOn = (page: Page, id: string) =>
  page.waitForFunction((wanted) => document.activeElement?.id === wanted, id, { timeout: 15_000 })
const saved = (page: Page, section: string) => page.locator(`form[data-scribe="${section}"] tr[data-row="kept"]`)

/** Types what is on one exit card. The three answers go on by themselves, and so does a mark; words do not. */
async function typeCard(page: Page, time: 'first' | 'second', [answers, next, who]: readonly [string, string, string]) {
  const { keyboard } = page
  await keyboard.type(answers)
  await keyboard.type(next)
  if (time === 'second') await keyboard.press('Tab')
  await keyboard.type(who)
  await keyboard.press('Enter')
}

test('an evening on paper alone, typed in with the keys, stands in the result and the minutes like any other', async () => {
  const host = await signedIn('Freja', desk)
  const { page } = host
  const code = await beginMeeting(host, 'Hvad skal vi med onsdagen?')
  const { keyboard } = page

  // --- Everything on the tables is printed, and fits its sheet
  await page.goto(`/m/${code}/paper`)
  await page.getByLabel('Hvor mange venter I?').fill('7')
  await page.getByRole('button', { name: 'Regn ud' }).click()
  await lookOver(page)
  await page.setViewportSize({ width: widths.small, height: 640 })
  await lookOver(page)
  const sheets = await page.locator('tbody a').evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''))
  expect(sheets.map((href) => href.split('/').at(-1))).toEqual(['door', 'words', 'dots', 'promises', 'cards'])
  const printer = await somebody({ viewport: onA4(14) })
  for (const href of [...sheets, `/m/${code}/poster`]) {
    await printer.page.emulateMedia({ media: 'screen' })
    await printer.page.goto(href)
    await lookOver(printer.page)
    await printer.page.emulateMedia({ media: 'print' })
    // What is cut into four reaches the edges of the sheet.
    await printer.page.setViewportSize(onA4((await printer.page.locator('.four').count()) > 0 ? 0 : 14))
    await fits(printer.page)
    const cut = await printer.page
      .locator('.paper-card, .dot-sheet, .poster, article')
      .evaluateAll((all) => all.filter((one) => one.scrollHeight > one.clientHeight + 2).length)
    expect(`${href}: ${cut} cut off`).toBe(`${href}: 0 cut off`)
  }

  // --- The door list and the slips
  await page.setViewportSize(desk.viewport)
  await page.goto(`/m/${code}/scribe`)
  await lookOver(page)
  await focusOn(page, 'door-1-name')
  for (const [name, first, bringer] of people) {
    await keyboard.type(name)
    await keyboard.press('Tab')
    await keyboard.type(first)
    await keyboard.type(bringer)
    await keyboard.press('Enter')
  }
  await saved(page, 'door')
    .nth(people.length - 1)
    .waitFor()
  await keyboard.press('Enter')
  await focusOn(page, 'words-1-text')
  for (const [arrows, words] of slips) {
    for (let at = 0; at < arrows; at += 1) await keyboard.press('ArrowDown')
    await keyboard.type(words)
    await keyboard.press('Enter')
  }
  await saved(page, 'words')
    .nth(slips.length - 1)
    .waitFor()

  // A CPR number on a slip is not taken, and what was typed stands there to be mended.
  await keyboard.type('010203-1234 bor alene')
  await keyboard.press('Enter')
  await page.locator('form[data-scribe="words"] .wrong').first().waitFor()
  expect(await page.locator('#words-7-text').inputValue()).toBe('010203-1234 bor alene')
  await lookOver(page)
  await page.locator('#words-7-text').focus()
  await keyboard.press('Control+a')
  await keyboard.type('Her bor mange alene')
  await keyboard.press('Enter')
  await saved(page, 'words').nth(slips.length).waitFor()

  // --- The wall: everybody sees the slips on the screen, and they are gathered with the keys
  const hall = await somebody({ viewport: { width: 1920, height: 1080 }, reducedMotion: 'reduce' })
  await hall.page.goto(`/m/${code}/screen`)
  await page.goto(`/m/${code}/lead`)
  await page.locator('#screen').getByRole('button', { name: 'Ordene' }).press('Enter')
  await hall.page.getByText('Der kom fyrre i aften, og ingen gik før tid').first().waitFor({ state: 'attached' })
  await lookOver(hall.page)

  await page.goto(`/m/${code}/board`)
  for (const name of ['Onsdag i hallen', 'Vi banker på']) {
    await page.getByLabel('Navn på et nyt tema').focus()
    await keyboard.type(name)
    await page.getByRole('button', { name: 'Lav temaet' }).press('Enter')
    await page.getByRole('heading', { name }).waitFor()
  }
  for (const [words, arrows] of [
    ['Hallen skal være åben om onsdagen', 1],
    ['Vi har et køkken', 1],
    ['Man kan bo her i et år', 2],
  ] as const) {
    await page.locator('.board-row', { hasText: words }).getByRole('checkbox').press('Space')
    for (let at = 0; at < arrows; at += 1) await keyboard.press('ArrowRight')
    await keyboard.press('Enter')
    await page.locator('.board-theme', { hasText: words }).waitFor()
    await keyboard.press('Escape')
  }
  await lookOver(page)
  // The themes are printed and hung up.
  await printer.page.goto(`/m/${code}/paper/dots`)
  await printer.page.getByRole('heading', { name: 'Onsdag i hallen' }).waitFor()
  await fits(printer.page)

  // --- Dots are counted, and promises are collected
  await page.goto(`/m/${code}/scribe#dots`)
  await page.getByLabel('Onsdag i hallen').focus()
  await keyboard.type('13')
  await keyboard.press('Enter')
  await keyboard.type('8')
  await keyboard.press('Enter')
  await page.getByText('Tallene er gemt').waitFor()
  await focusOn(page, 'promises-1-name')
  for (const [name, what, when] of [
    ['Birthe', 'Jeg bager til onsdag', '3. maj'],
    ['Jens', 'Jeg spørger min bror', ''],
  ] as const) {
    await keyboard.type(name)
    await keyboard.press('Tab')
    await keyboard.type(what)
    await keyboard.press('Tab')
    if (when) await keyboard.type(when)
    await keyboard.press('Enter')
  }
  await saved(page, 'promises').nth(1).waitFor()
  await lookOver(page)
  await page.goto(`/m/${code}/board`)
  await page
    .locator('.board-theme', { has: page.getByRole('heading', { name: 'Onsdag i hallen' }) })
    .getByRole('button', { name: 'Det tager vi fat på' })
    .press('Enter')
  await page.getByText('Valgt', { exact: true }).waitFor()
  await page.goto(`/m/${code}/doorlist`)
  await page.getByText('7 er på listen').waitFor()
  await page.getByRole('button', { name: 'Sig, at vi er 7 i alt' }).press('Enter')
  await page.getByText('Det er også det tal, der står for mødet: 7 i alt.').waitFor()
  await page.goto(`/m/${code}/list`)
  await page.getByText('Jeg bager til onsdag').waitFor()

  // --- The exit cards, typed twice
  await page.goto(`/m/${code}/open`)
  const sure = page.getByRole('button', { name: 'Ja, åbn det nu' })
  await sure.press('Enter')
  await page.getByText('Udgangskortet er åbent').waitFor()
  await page.goto(`/m/${code}/pile`)
  const cards = [
    ['111', 'x', '2'],
    ['211', 'x', '1'],
    ['121', '0', ''],
    ['222', 'x', ''],
    ['122', '0', '3'],
    ['344', '0', ''],
    ['215', 'x', '1'],
  ] as const
  await page.locator('[data-pass] input:visible').first().focus()
  for (const card of cards) await typeCard(page, 'first', card)
  await keyboard.press('Enter')
  await keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Tast bunken igen' }).waitFor()
  await lookOver(page)
  const words = ['Jeg ringer til Poul', 'Jeg kommer onsdag', '0', 'Jeg laver kaffe', '0', '0', 'Jeg hører om nøglen']
  await page.locator('[data-pass] input:visible').first().focus()
  for (const [at, [answers, , who]] of cards.entries()) await typeCard(page, 'second', [answers, words[at] ?? '', who])
  await keyboard.press('Enter')
  await keyboard.press('Enter')
  await page.getByText('7 kort er lagt i').waitFor()

  // --- And it all stands there
  await closeCard(page, code)
  await hall.page.getByText('Det gav mødet os').waitFor()
  await lookOver(hall.page)
  const guest = await somebody({ viewport: { width: widths.small, height: 640 } })
  await guest.page.goto(`/m/${code}/result`)
  await lookOver(guest.page)
  const result = await seen(guest.page)
  for (const text of [
    '7 af 7 har svaret',
    'Fem af syv fik mod på at gøre en forskel',
    'Fire af syv skrev, hvad de gør nu',
    'Onsdag i hallen',
    'Det tager vi fat på · 13 af 21 prikker',
    'Hallen skal være åben om onsdagen',
    'Der blev lavet 2 aftaler i salen.',
  ])
    expect(result).toContain(text)
  await guest.page.goto(`/m/${code}/minutes`)
  for (const [, text] of slips) expect(await seen(guest.page)).toContain(text)
  expect(await seen(guest.page)).not.toMatch(/Birthe|Jens|Grethe/)
  await lookOver(guest.page)
  await page.goto(`/m/${code}/minutes`)
  expect(await seen(page)).toContain('Jeg bager til onsdag')
  await page.emulateMedia({ media: 'print' })
  await fits(page)
  await page.emulateMedia({ media: null })
  await printer.page.context().addCookies(await host.context.cookies())
  await printer.page.goto(`/m/${code}/debrief/paper`)
  await fits(printer.page)
}, 240_000)
