// Two neighbours take their community home: two yeses, the file, the receipt, letting go; and the operator takes it in again.
import { closeSync, readFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import type { Page } from 'playwright-core'
import { v7 as uuid } from 'uuid'
import { expect, inject, test } from 'vitest'
import { makeLink } from '../src/access/sign-in.deeds.ts'
import { fingerprintOf, readAloud, signerOf } from '../src/bundle/envelope.ts'
import { lookInto } from '../src/bundle/import.deeds.ts'
import { namelessFile } from '../src/bundle/nameless.ts'
import { writeReceipt } from '../src/bundle/receipt.ts'
import { unsealInto } from '../src/bundle/sealing.ts'
import { askOwner, atKeyboard } from '../src/db/keyboard.ts'
import type { KeyCabinet } from '../src/keys/key-cabinet.ts'
import { journey, lookOver, widths } from './browser.ts'

const { somebody, signedIn } = journey()
const place = { databaseUrl: null, dataFolder: inject('data') }
const slug = 'egerslev-strand'
const passphrase = 'vi bor ved vandet i syv huse'

/** Somebody with a key, and an association that has the room. */
async function keyHolder(name: string): Promise<string> {
  const id = uuid()
  await askOwner(place, 'insert into access.account (id, name) values ($1, $2)', [id, name])
  await askOwner(
    place,
    `insert into community.person (id, community_id, account_id, name, exists_by, medium, joined_on, active_on, known_on)
     select $1, id, $2, $3, 'said_yes', 'tap', current_date, current_date, current_date from community.community where slug = $4`,
    [uuid(), id, name, slug],
  )
  await askOwner(place, `update access.community_role set role = 'keyholder' where account_id = $1`, [id])
  return id
}

async function theirRoom(): Promise<void> {
  const club = uuid()
  await askOwner(
    place,
    `insert into community.association (id, community_id, kind, name, made_on) select $1, id, 'association', 'Strandens Venner', current_date
     from community.community where slug = $2`,
    [club, slug],
  )
  const here = '(select id from community.community where slug = $1)'
  await askOwner(place, `delete from community.controller where community_id = ${here}`, [slug])
  await askOwner(place, `insert into community.controller values (${here}, 'association', $2, now())`, [slug, club])
}

async function comes(account: string, width: number = widths.phone): Promise<Page> {
  const { page } = await somebody({ viewport: { width, height: 840 } })
  await page.goto(`/in/${await atKeyboard(place, (house) => makeLink(house, account))}`)
  await page.getByRole('button', { name: /Log ind som/ }).click()
  return page
}

const presses = (page: Page, name: string) => page.getByRole('button', { name }).click()

/** The new installation, as far as a receipt goes: a key of its own. */
const newHome = signerOf({ text: () => null, keepText: (_: string, text: string) => text } as unknown as KeyCabinet)

function bundleIn(sealed: Buffer) {
  const [from, to] = [namelessFile(tmpdir()), namelessFile(tmpdir())]
  writeSync(from, sealed)
  return unsealInto(from, to, passphrase, 100_000_000)
    .then(() => lookInto(to))
    .finally(() => [from, to].forEach(closeSync))
}

test('Tove and Svend take Egerslev Strand home, and it is let go when the new place has signed for it', async () => {
  await theirRoom()
  const tove = await comes(await keyHolder('Tove Strand'))
  const svend = await comes(await keyHolder('Svend Strand'), widths.small)
  await tove.goto(`/c/${slug}/room`)
  await tove.getByRole('link', { name: 'Tag byen med hjem' }).click()
  await lookOver(tove)
  await presses(tove, 'Bed om at flytte byen')
  await tove.getByText('Nu mangler der et ja').waitFor()
  await svend.goto(`/c/${slug}/move`)
  await svend.getByText('Tove Strand har bedt om at flytte byen').waitFor()
  await lookOver(svend)
  await presses(svend, 'Ja, pak byen')
  await svend.getByLabel('Kodesætning').waitFor()

  await tove.goto(`/c/${slug}/move`)
  await tove.getByLabel('Kodesætning').fill('kort')
  await presses(tove, 'Pak og hent filen')
  await tove.getByText('Skriv mindst 14 tegn').first().waitFor()
  await lookOver(tove, 'a short passphrase')
  await tove.getByLabel('Kodesætning').fill(passphrase)
  const download = tove.waitForEvent('download')
  await presses(tove, 'Pak og hent filen')
  const file = await download
  expect(file.suggestedFilename()).toMatch(/^egerslev-strand-\d{4}-\d\d-\d\d\.tar\.age$/)
  const path = await file.path()
  const { manifest } = await bundleIn(readFileSync(path))
  expect(manifest.community.slug).toBe(slug)

  // The operator of the same server is told that it lives here already.
  const mikkel = (await signedIn('Mikkel', { viewport: { width: widths.desk, height: 900 } })).page
  const brings = async () => {
    await mikkel.goto('/operator')
    await mikkel.getByRole('link', { name: 'Tag en by ind' }).click()
    await mikkel.getByLabel('Kodesætning').fill(passphrase)
    await mikkel.getByLabel('Pakken').setInputFiles(path)
    await presses(mikkel, 'Se pakken efter')
    await mikkel.getByText('Pakken er hel').waitFor()
  }
  await brings()
  await mikkel.getByText('Byen bor her allerede').waitFor()

  // One lays the receipt, the other compares the signs and lets go.
  const address = `https://strand.example/c/${slug}`
  const receipt = writeReceipt({ bundle: manifest.id, address }, newHome)
  await svend.goto(`/c/${slug}/move`)
  await svend
    .getByLabel('Kvitteringen')
    .setInputFiles({ name: 'kvittering.txt', mimeType: 'text/plain', buffer: Buffer.from(`${receipt}\n`) })
  await presses(svend, 'Læg kvitteringen her')
  await svend.getByText('Du har lagt kvitteringen her').waitFor()
  await tove.goto(`/c/${slug}/move`)
  await tove.getByText(readAloud(fingerprintOf(newHome.key))).waitFor()
  await lookOver(tove, 'letting go')
  await tove.getByLabel('De læste de samme tegn op').check()
  await presses(tove, 'Slip byen her')
  await tove.getByRole('heading', { name: 'Egerslev Strand er flyttet' }).waitFor()

  // Where it is not any more, it can be taken in: here it comes back.
  await brings()
  await lookOver(mikkel, 'a bundle that is whole')
  await mikkel.getByLabel('Afsenderen læste de samme tegn op').check()
  await presses(mikkel, 'Tag byen ind')
  await mikkel.getByRole('heading', { name: 'Egerslev Strand bor her nu' }).waitFor()
  await lookOver(mikkel, 'it lives here')
  const signed = mikkel.waitForEvent('download')
  await mikkel.getByRole('link', { name: 'Hent kvittering' }).first().click()
  expect(readFileSync(await (await signed).path(), 'utf8')).toContain('oplive-receipt-1.')
  await tove.goto(`/c/${slug}`)
  expect(await tove.getByRole('heading', { name: 'Egerslev Strand' }).count()).toBeGreaterThan(0)
}, 60_000)
