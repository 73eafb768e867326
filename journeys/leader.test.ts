// Journey 5: Freja has brought two, and says herself that she is an inviter; she talks with Amira, holds a meeting and learns from it, two lean on her, and she leads.
import type { Page } from 'playwright-core'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { makeLink } from '../src/access/sign-in.deeds.ts'
import { askOwner, atKeyboard } from '../tools/rehearse/keyboard.ts'
import { journey, lookOver, widths } from './browser.ts'
import { beginMeeting, closeCard } from './meeting-to-open.ts'
import { arrive, promise } from './phone.ts'

const { somebody, signedIn } = journey()
const place = { databaseUrl: null, dataFolder: inject('data') }
const here = '/c/holmetofte'
const sofus = uuid()

/** What the other journeys of the place find as it was. */
const tidy = [
  // With him goes who leans on whom.
  `delete from community.person where account_id = '${sofus}'`,
  `delete from access.account where id = '${sofus}'`,
  `update community.talk_promise p set state = 'made' from community.person j where j.name = 'Jens' and p.other = j.id and p.promised_by = 'other'`,
  `delete from community.training_seat s using community.person p, community.training t where p.id = s.person_id and p.name = 'Freja' and t.id = s.training_id and t.starts_at > now()`,
  `delete from community.path_step s using community.person p where p.id = s.person_id and p.name = 'Freja'`,
  `delete from community.consent c using community.person p where p.id = c.person_id and p.name = 'Freja' and c.purpose = 'contactList'`,
]
beforeAll(async () => {
  // Sofus, whom Freja brought, has a way in by now; she stands on the contact list. Jens, who leans on her already, has kept what he promised Karsten.
  await askOwner(place, `insert into access.account (id, name) values ($1, 'Sofus')`, [sofus])
  await askOwner(
    place,
    `insert into community.person (id, community_id, account_id, name, exists_by, medium, joined_on, active_on, known_on)
     select $1, id, $2, 'Sofus', 'came', 'tap', current_date, current_date, current_date from community.community where slug = 'holmetofte'`,
    [uuid(), sofus],
  )
  await askOwner(
    place,
    `insert into community.consent (id, person_id, purpose, text_version, medium, given_at)
     select $1, p.id, 'contactList', 1, 'tap', now() from community.person p where p.name = 'Freja' and p.account_id is not null`,
    [uuid()],
  )
  await askOwner(
    place,
    `update community.talk_promise p set state = 'kept' from community.person j where j.name = 'Jens' and p.other = j.id and p.promised_by = 'other'`,
    [],
  )
})
afterAll(async () => {
  for (const text of tidy) await askOwner(place, text, [])
})

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()

test('Freja’s way from a neighbour who brings two to a leader, each step by her own yes', async () => {
  const freja = await signedIn('Freja')
  const { page } = freja

  // S10 → S11: from her place to her own way.
  // Two by the lists of the demo, more when other journeys have been there before.
  await page.goto('/')
  await page.getByRole('link', { name: 'Ledervejen' }).click()
  await page.getByRole('heading', { name: /^Du har taget \S+ med\. Vil du kalde dig indbyder\?$/ }).waitFor()
  await lookOver(page)
  await press(page, 'Nej tak')
  await page.getByText('Der er ikke skrevet noget ned, og du er lige så velkommen.').waitFor()
  await page.goto(`${here}/path`)
  await press(page, 'Ja, det er jeg')
  await page.getByText('Godt. Nu står det her. Det er dit.').waitFor()
  await page.getByText('Du sagde ja').first().waitFor()

  // S4: Amira proposes a talk about taking more on. She sees no step of anybody.
  const { page: amira } = await signedIn('Amira')
  expect((await amira.goto(`${here}/path`))?.status()).toBe(404)
  await amira.goto(`${here}/talks/new`)
  await amira.getByLabel('Hvorfor vil du gerne mødes?').fill('Vil du tale om, hvad du har lyst til at tage fat på nu?')
  await amira.getByLabel('Om at tage mere på sig').check()
  await amira.getByLabel('På en gåtur').check()
  await press(amira, 'Aftal samtalen')
  const link = await amira.getByRole('textbox', { name: 'Linket' }).inputValue()
  await page.goto(link)
  await press(page, 'Ja, det vil jeg gerne')
  await page
    .getByRole('heading', { name: /Amira Haddad/ })
    .first()
    .waitFor()

  // S12: from her way to the trainings, and a seat in the two that come: the good talk, and how to host.
  await page.goto(`${here}/path`)
  await page.getByRole('link', { name: 'Øv dig sammen med andre' }).click()
  const trainings = page.locator('.trainings a[href*="/training/"]')
  await trainings.nth(1).waitFor()
  const evenings = await trainings.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
  for (const evening of evenings.slice(0, 2)) {
    await page.goto(evening)
    await press(page, 'Skriv mig på')
    await page.getByText('Du er skrevet på').waitFor()
  }

  // S5: she holds a meeting, Sofus promises something, and they write down what they learnt.
  const code = await beginMeeting(freja, 'Hvem har lyst til at låse op?')
  const { page: phone } = await somebody({ viewport: { width: widths.small, height: 640 } })
  await arrive(phone, code, { name: 'Sofus', first: false, by: 'En nabo eller ven', bringer: 'Freja' })
  await page.goto(`/m/${code}/lead`)
  await page.locator('#stage').getByRole('button', { name: 'Lave en aftale' }).click()
  await expect
    .poll(() => page.locator('#stage').getByRole('button', { name: 'Lave en aftale' }).getAttribute('aria-pressed'))
    .toBe('true')
  const own = await promise(phone, code, { what: 'Jeg låser op på tirsdag', name: 'Sofus' })
  await page.goto(`/m/${code}/open`)
  await press(page, 'Ja, åbn det nu')
  await page.getByText('Udgangskortet er åbent').waitFor()
  await closeCard(page, code)
  await page.goto(`/m/${code}/debrief`)
  await page.getByLabel('Hvad gik godt?').fill('Sofus sagde noget for første gang')
  await page.getByLabel('Hvad gør vi anderledes næste gang?').fill('Kaffen skal være klar')
  await page.getByLabel('Hvem voksede?').fill('Sofus')
  await page.getByLabel('De har sagt ja til at stå her').check()
  await page.getByLabel('Hvad er det næste skridt?').fill('Sofus får koden til døren')
  await page.getByLabel('Hvem tager det?').fill('Freja')
  await press(page, 'Gem')
  await page.getByText('Det er gemt').waitFor()
  await phone.goto(own)
  await phone.getByRole('link', { name: 'Sig, hvordan det gik' }).click()
  await phone.getByLabel('Jeg gjorde det').check()
  await press(phone, 'Gem')
  await phone.getByText('Det er gjort').waitFor()

  // S11: she has held it, and says so herself.
  await page.goto(`${here}/path`)
  await page.getByRole('heading', { name: 'Du har stået for et møde. Vil du kalde dig vært?' }).waitFor()
  await page.getByText('Hvem har lyst til at låse op?').first().waitFor()
  await press(page, 'Ja, det er jeg')
  await page.getByText('Det kalder du dig').waitFor()
  expect(await page.locator('.path-called').innerText()).toBe('Vært')

  // S13: Sofus asks whether he may lean on her, and she says yes.
  const { page: his } = await somebody()
  await his.goto(`/in/${await atKeyboard(place, (house) => makeLink(house, sofus))}`)
  await press(his, /Log ind som/)
  await his.goto(`${here}/support`)
  await his.getByLabel('Hvem vil du spørge?').selectOption({ label: 'Freja' })
  await press(his, 'Spørg')
  await his.getByText('Spørgsmålet er stillet').waitFor()
  await page.goto(`${here}/support`)
  await press(page, 'Ja, det vil jeg gerne')
  await page.getByText('Nu er I to').waitFor()

  // Two lean on her, and keep what they promise: she leads, by her own yes, and may pause without losing anything.
  await page.goto(`${here}/path`)
  await page
    .getByRole('heading', { name: 'To, du er der for, holder, hvad de lover. Vil du kalde dig leder?' })
    .waitFor()
  expect(await page.locator('main').innerText()).not.toMatch(/Jens|Sofus/)
  await press(page, 'Ja, det er jeg')
  await page.locator('.path-called', { hasText: 'Leder' }).waitFor()
  await lookOver(page)
  await press(page, 'Jeg holder pause')
  await page.getByText('Du holder pause. Du har ikke mistet noget.').waitFor()
  await press(page, 'Jeg er med igen')
  await page.locator('.path-called', { hasText: 'Leder' }).waitFor()
})

test('a neighbour without an account has the same way on a sheet, which Karsten prints, and types in without reading it', async () => {
  const [{ id = '' } = {}] = await askOwner<{ id: string }>(
    place,
    `select p.id from community.person p join community.community c on c.id = p.community_id
     where c.slug = 'holmetofte' and p.account_id is null and p.merged_into is null
       and not exists (select from community.path_step s where s.person_id = p.id) order by p.name limit 1`,
    [],
  )
  const { page } = await signedIn('Karsten', { viewport: { width: widths.small, height: 640 } })
  await page.goto(`${here}/people/${id}`)
  await page.getByRole('link', { name: /Ledervejen for .*, på et ark/ }).click()
  await page.getByRole('heading', { name: 'Din vej i Holmetofte' }).waitFor()
  await lookOver(page)
  await press(page, 'Skriv det ind')
  await page.getByRole('link', { name: 'Vælg det, der er sat kryds ved' }).waitFor()
  await lookOver(page)
  await page.getByLabel('Tag det tilbage, der står').check()
  await press(page, 'Skriv det ind')
  await page.getByText('Det er skrevet ind. Du kan ikke læse det igen her.').waitFor()
})
