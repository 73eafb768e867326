// Coming in: a resident without mail by a printed card, one with mail by link and by digits on another device, and two who share a mailbox.
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { v7 as uuid } from 'uuid'
import { beforeAll, expect, inject, test } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { makeLink } from '../src/access/sign-in.deeds.ts'
import { askOwner, atKeyboard } from '../tools/rehearse/keyboard.ts'
import { bodyOf } from '../tools/trust/mailbox.ts'
import { fits, journey, lookOver, widths } from './browser.ts'

const { somebody } = journey()
const place = { databaseUrl: null, dataFolder: inject('data') }

beforeAll(async () => {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
  await prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer }, fireImmediately: true })
})

const accountOf = async (name: string): Promise<string> =>
  (await askOwner<{ id: string }>(place, 'select id from access.account where name = $1', [name]))[0]?.id ?? ''

/** A way in from the terminal, made now: whoever uses it has just shown who they are. */
const linkFor = async (account: string): Promise<string> =>
  `/in/${await atKeyboard(place, (house) => makeLink(house, account))}`

/** Somebody new who lives here and can sign in. */
async function neighbour(name: string, mail: string | null, slug = 'holmetofte'): Promise<string> {
  const id = uuid()
  await askOwner(place, 'insert into access.account (id, name) values ($1, $2)', [id, name])
  await askOwner(
    place,
    `insert into community.person (id, community_id, account_id, name, exists_by, medium, joined_on, active_on)
     select $1, id, $2, $3, 'said_yes', 'tap', current_date, current_date from community.community where slug = $4`,
    [uuid(), id, name, slug],
  )
  if (mail) await askOwner(place, 'insert into access.mail_address values ($1, $2, current_date)', [id, mail])
  return id
}

const arrived = (): string[] => readdirSync(inject('letters')).filter((name) => name.endsWith('.eml'))

/** Does it, and waits for the letter that comes of it. */
async function letterAfter(deed: () => Promise<void>): Promise<{ link: string; digits: string }> {
  const before = arrived().length
  await deed()
  await expect.poll(() => arrived().length, { timeout: 10_000, interval: 50 }).toBeGreaterThan(before)
  const last = arrived().sort().at(-1) ?? ''
  const body = bodyOf(readFileSync(join(inject('letters'), last), 'latin1'))
  return {
    link: /\/in\/mail\/[\w-]{22}/.exec(body)?.[0] ?? '',
    digits: /^\d{3} \d{3}/m.exec(body)?.[0] ?? '',
  }
}

const askFor = (page: Page, mail: string) =>
  letterAfter(async () => {
    await page.goto('/in')
    await page.getByLabel('Din mailadresse').fill(mail)
    await page.getByRole('button', { name: 'Send mig et brev' }).click()
    await page.getByRole('heading', { name: 'Se i din mail' }).waitFor()
  })

const isIn = async (page: Page, name: string) => {
  await page.goto('/me')
  await page.getByText(`Du er inde som ${name}.`).waitFor()
}

test('Birthe has no mail: Karsten prints her a card, and on a small phone it lets her in', async () => {
  const karsten = await somebody({ viewport: { width: widths.desk, height: 900 } })
  const person = uuid()
  await askOwner(
    place,
    `insert into community.person (id, community_id, name, exists_by, medium, joined_on, active_on)
     select $1, id, 'Birthe', 'came', 'paper', current_date, current_date from community.community where slug = 'holmetofte'`,
    [person],
  )
  await karsten.page.goto(await linkFor(await accountOf('Karsten')))
  await karsten.page.getByRole('button', { name: /Log ind som/ }).click()
  await karsten.page.goto(`/c/holmetofte/people/${person}/card`)
  await lookOver(karsten.page)
  await karsten.page.getByRole('button', { name: 'Lav kortet' }).click()
  await karsten.page.getByRole('heading', { name: 'Kortet til Birthe' }).waitFor()
  await lookOver(karsten.page)
  const code = (await karsten.page.locator('.wallet-code span').allTextContents()).join('-')
  expect(code).toMatch(/^([2-9A-HJ-NP-Z]{4}-){3}[2-9A-HJ-NP-Z]{4}$/)
  // On paper nothing is cut off, and a camera reads it.
  await karsten.page.emulateMedia({ media: 'print' })
  const cut = await karsten.page
    .locator('.wallet > section')
    .evaluateAll(
      (all) =>
        all.filter((one) => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1).length,
    )
  expect(cut).toBe(0)
  const [read] = await readBarcodes(new Uint8Array(await karsten.page.locator('.wallet').screenshot()))
  const scanned = new URL(read?.text ?? '')
  expect(`${scanned.pathname}${scanned.hash}`).toBe(`/card#${code}`)

  // She scans it: the code is in the field and no longer in the address, and she presses the button.
  const birthe = await somebody({ viewport: { width: widths.small, height: 640 } })
  await birthe.page.goto(`/card${scanned.hash}`)
  await expect.poll(() => birthe.page.getByLabel('Dit kort').inputValue()).toBe(code)
  expect(birthe.page.url()).not.toContain(code)
  await lookOver(birthe.page)
  await birthe.page.getByRole('button', { name: 'Log ind' }).click()
  await birthe.page.waitForURL('**/')
  await isIn(birthe.page, 'Birthe')
  await birthe.page.getByText('Fra Karsten i Holmetofte, i dag').waitFor()
  await lookOver(birthe.page)
  await birthe.page.getByRole('button', { name: 'Log ud her' }).click()

  // With scripts off she types it, the first time with a letter too few.
  const plain = await somebody({ javaScriptEnabled: false, viewport: { width: widths.small, height: 640 } })
  await plain.page.goto('/in')
  await plain.page.getByRole('link', { name: 'Jeg har et kort' }).click()
  await plain.page.getByLabel('Dit kort').fill(code.slice(0, -1).toLowerCase())
  await plain.page.getByRole('button', { name: 'Log ind' }).click()
  await plain.page.getByText('Et kort har 16 tegn. Du har skrevet 15.').first().waitFor()
  await fits(plain.page)
  await plain.page.getByLabel('Dit kort').fill(code.toLowerCase().replaceAll('-', ' '))
  await plain.page.getByRole('button', { name: 'Log ind' }).click()
  await isIn(plain.page, 'Birthe')
  await fits(plain.page)
})

test('Jens shows that letters reach him, and gets in by link, and by the digits on his telephone', async () => {
  const jens = await somebody()
  const account = await neighbour('Jens Prøve', null)
  await jens.page.goto(await linkFor(account))
  await jens.page.getByRole('button', { name: /Log ind som/ }).click()
  await jens.page.goto('/me')
  await jens.page.getByRole('link', { name: 'Skriv en mail på' }).click()
  await lookOver(jens.page)
  const first = await letterAfter(async () => {
    await jens.page.getByLabel('Din mailadresse').fill('jens@example.dk')
    await jens.page.getByRole('button', { name: 'Send seks tal' }).click()
  })
  await lookOver(jens.page)
  await jens.page.getByLabel('De seks tal i brevet').fill(first.digits)
  await jens.page.getByRole('button', { name: 'Brug den mail' }).click()
  await jens.page.getByText('Nu kan du logge ind med din mail.').waitFor()
  await jens.page.getByRole('button', { name: 'Log ud her' }).click()

  await jens.page.goto('/in')
  await lookOver(jens.page)
  const { link } = await askFor(jens.page, 'jens@example.dk')
  await lookOver(jens.page)
  await jens.page.goto(link)
  await lookOver(jens.page)
  await jens.page.getByRole('button', { name: 'Log ind som Jens Prøve' }).click()
  await isIn(jens.page, 'Jens Prøve')

  // He asks at the library, and has his mail on the telephone, which has no scripts.
  const library = await somebody({ viewport: { width: widths.desk, height: 900 } })
  const letter = await askFor(library.page, 'jens@example.dk')
  const phone = await somebody({ javaScriptEnabled: false, viewport: { width: widths.small, height: 640 } })
  await phone.page.goto(letter.link)
  await fits(phone.page)
  expect(await phone.page.locator('body').innerText()).not.toContain('Jens')
  await phone.page.getByLabel('De seks tal i brevet').fill('12')
  await phone.page.getByRole('button', { name: 'Log ind' }).click()
  await phone.page.getByText('Skriv de seks tal fra brevet').first().waitFor()
  await phone.page.getByLabel('De seks tal i brevet').fill(letter.digits)
  await phone.page.getByRole('button', { name: 'Log ind' }).click()
  await isIn(phone.page, 'Jens Prøve')
  await library.page.goto('/me')
  await library.page.getByRole('link', { name: 'Log ind' }).waitFor()

  // From the telephone he signs out the other one.
  await phone.page.getByRole('button', { name: 'Log ud alle andre steder' }).click()
  await phone.page.getByText('Der er logget ud.').waitFor()
  expect((await jens.page.goto('/me'))?.status()).toBe(401)
  await lookOver(jens.page)
})

test('Signe and Mads share a mailbox and are two people', async () => {
  await neighbour('Signe Prøve', 'hjemme@example.dk')
  await neighbour('Mads Prøve', 'hjemme@example.dk')
  const signe = await somebody({ viewport: { width: widths.small, height: 640 } })
  const { digits } = await askFor(signe.page, 'hjemme@example.dk')
  await signe.page.getByLabel('De seks tal i brevet').fill(digits)
  await signe.page.getByRole('button', { name: 'Log ind' }).click()
  await signe.page.getByRole('heading', { name: 'Hvem er du?' }).waitFor()
  await lookOver(signe.page)
  await signe.page.getByRole('button', { name: 'Log ind som Signe Prøve' }).click()
  await isIn(signe.page, 'Signe Prøve')

  const mads = await somebody({ colorScheme: 'dark' })
  const { link } = await askFor(mads.page, 'hjemme@example.dk')
  await mads.page.goto(link)
  await lookOver(mads.page)
  await mads.page.getByRole('button', { name: 'Log ind som Mads Prøve' }).click()
  await isIn(mads.page, 'Mads Prøve')
  await lookOver(mads.page)
})

test('Ida is no longer in when she sends what she wrote: it waits on the page, and is sent when she is in again', async () => {
  const account = await neighbour('Ida Prøve', null, 'egerslev-strand')
  const ida = await somebody({ javaScriptEnabled: false, viewport: { width: widths.small, height: 640 } })
  const comeIn = async (page: Page) => {
    await page.goto(await linkFor(account))
    await page.getByRole('button', { name: 'Log ind som Ida Prøve' }).click()
    await page.waitForURL('**/')
  }
  await comeIn(ida.page)
  await ida.page.goto('/c/egerslev-strand/definition')
  const words = 'Et godt sted er et sted,\nhvor man venter på hinanden.'
  await ida.page.locator('textarea').fill(words)
  await ida.page.getByLabel(/Hvor mange/).fill('4')
  await askOwner(place, 'delete from access.session where account_id = $1', [account])
  await ida.page.locator('main form button').last().click()
  await ida.page.getByRole('heading', { name: 'Log ind, og send så igen' }).waitFor()
  await fits(ida.page)
  expect(await ida.page.locator('blockquote').innerText()).toBe(words)
  const [window] = await Promise.all([
    ida.context.waitForEvent('page'),
    ida.page.getByRole('link', { name: 'Log ind i et nyt vindue' }).click(),
  ])
  await window.getByRole('heading', { name: 'Log ind' }).waitFor()
  await comeIn(window)
  await ida.page.getByRole('button', { name: 'Send igen' }).click()
  await ida.page.waitForURL('**/c/egerslev-strand')
  const [kept] = await askOwner<{ text: string }>(
    place,
    'select text from community.definition order by written_at desc limit 1',
  )
  expect(kept?.text.replaceAll('\r\n', '\n')).toBe(words)
})
