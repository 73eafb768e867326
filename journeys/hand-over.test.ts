// Journey 12: neighbours take their room home. Two key holders, each in a browser of their own, and an employee's view before and after.
import type { Page } from 'playwright-core'
import { v7 as uuid } from 'uuid'
import { expect, inject, test } from 'vitest'
import { makeLink } from '../src/access/sign-in.deeds.ts'
import { askOwner, atKeyboard } from '../tools/rehearse/keyboard.ts'
import { journey, lookOver, widths } from './browser.ts'

const { somebody } = journey()
const place = { databaseUrl: null, dataFolder: inject('data') }
const slug = 'noerre-askelund'

/** Somebody with an account who lives here. */
async function neighbour(name: string): Promise<string> {
  const id = uuid()
  await askOwner(place, 'insert into access.account (id, name) values ($1, $2)', [id, name])
  await askOwner(
    place,
    `insert into community.person (id, community_id, account_id, name, exists_by, medium, joined_on, active_on)
     select $1, id, $2, $3, 'said_yes', 'tap', current_date, current_date from community.community where slug = $4`,
    [uuid(), id, name, slug],
  )
  return id
}

/** In a browser of their own, having shown just now who they are. */
async function comes(account: string, width: number = widths.phone): Promise<Page> {
  const { page } = await somebody({ viewport: { width, height: 840 } })
  await page.goto(`/in/${await atKeyboard(place, (house) => makeLink(house, account))}`)
  await page.getByRole('button', { name: /Log ind som/ }).click()
  return page
}

const presses = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()

test('Poul and Ruth get the first keys, take the room over for their association, and the municipality becomes a guest', async () => {
  const poul = await comes(await neighbour('Poul Nordby'))
  const ruth = await comes(await neighbour('Ruth Nordby'), widths.small)
  const [{ id: employee = '' } = {}] = await askOwner<{ id: string }>(
    place,
    `select id from access.account where name = 'Amira Haddad'`,
    [],
  )
  const amira = await comes(employee, widths.desk)

  // Before: she looks with a reason, and asks the two.
  await amira.goto(`/c/${slug}/look`)
  await presses(amira, 'Kig')
  await amira.getByText('Skriv, hvorfor du kigger').first().waitFor()
  await lookOver(amira)
  for (const name of ['Poul Nordby', 'Ruth Nordby']) {
    await amira.goto(`/c/${slug}/look`)
    await amira.getByLabel('Hvorfor kigger du?').fill('Spørger de to, der gerne vil have nøgle')
    await amira.getByLabel('Navn').fill(name)
    await presses(amira, 'Kig')
    await amira.getByText('Det er skrevet ned med din grund').waitFor()
    if (name.startsWith('Ruth')) await lookOver(amira, 'what a look shows')
    await presses(amira, new RegExp(`Spørg om nøgle.*${name}`))
    await amira.getByText('Nu er der spurgt.').waitFor()
  }

  // Each says yes by themselves; one of them writes the association in.
  for (const page of [poul, ruth]) {
    await page.goto(`/c/${slug}/keys`)
    if (page === ruth) await lookOver(page)
    await presses(page, 'Ja, jeg tager nøglen')
    await page.getByText('fik en af de første nøgler').first().waitFor()
  }
  await poul.goto(`/c/${slug}/associations`)
  await poul.getByLabel('Navn').fill('Askelund Borgerforening')
  await poul.getByLabel('En forening').check()
  await presses(poul, 'Skriv ind')
  await poul.getByRole('heading', { name: 'Askelund Borgerforening' }).waitFor()
  await lookOver(poul, 'a group')
  await presses(poul, 'Jeg vil være med')
  await poul.goto(`/c/${slug}/associations`)
  await lookOver(poul)

  // The hand-over is proposed for today, and happens at the second yes.
  await amira.goto(`/c/${slug}/room`)
  await amira.getByLabel('Forening').selectOption({ label: 'Askelund Borgerforening' })
  const today = new Intl.DateTimeFormat('da-DK', { timeZone: 'Europe/Copenhagen', dateStyle: 'short' })
  const [day = '', month = '', year = ''] = today.format(new Date()).split(/\D/)
  await amira.getByLabel('Dag', { exact: true }).fill(day)
  await amira.getByLabel('Måned', { exact: true }).fill(month)
  await amira.getByLabel('År', { exact: true }).fill(year)
  await presses(amira, 'Foreslå det')
  await amira.getByText('To med nøgle skal sige ja').waitFor()
  await lookOver(amira)
  await poul.goto(`/c/${slug}/room`)
  await presses(poul, 'Ja, vi overtager')
  await poul.getByText('Du har sagt ja.').waitFor()
  await ruth.goto(`/c/${slug}/room`)
  await presses(ruth, 'Ja, vi overtager')
  await ruth.getByText('Askelund Borgerforening har ansvaret.').first().waitFor()
  await lookOver(ruth)

  // After: she is a guest, on every page, and the neighbours read how often she looked.
  await amira.goto(`/c/${slug}/look`)
  await amira.getByRole('heading', { name: 'Kommunen er gæst nu' }).waitFor()
  await lookOver(amira)
  await ruth.getByText('Spørger de to, der gerne vil have nøgle').first().waitFor()
  await ruth.goto(`/c/${slug}`)
  await ruth.getByText('Nyt om nøglerne').waitFor()
  await lookOver(ruth)

  // The papers: the document, and what hangs on the board. Each is one sheet.
  for (const path of ['room/notice', 'room/paper']) {
    await poul.goto(`/c/${slug}/${path}`)
    await poul.getByText('Askelund Borgerforening').first().waitFor()
    await lookOver(poul)
    const pdf = (await poul.pdf({ preferCSSPageSize: true })).toString('latin1')
    expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1)
    await poul.emulateMedia({ media: 'print' })
    expect(await poul.getByText('Skriv ud').first().isVisible()).toBe(false)
    await poul.emulateMedia({ media: null })
  }
  for (const path of ['/rooms', `/c/${slug}/trust`]) {
    await ruth.goto(path)
    await lookOver(ruth)
  }
}, 60_000)
