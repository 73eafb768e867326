// Journeys 4 and 7: Amira talks with a neighbour and both agree on one phone; Karsten and Freja on two, without a script; and a slip on paper.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { fits, journey, lookOver, widths } from './browser.ts'

const { somebody, signedIn } = journey()

interface Work {
  presses: number
  letters: number
  pages: number
}
/** Counts what a thumb does on a page from now on: presses, letters typed, pages that come. */
async function countWork(page: Page): Promise<() => Promise<Work>> {
  await page.addInitScript(() => {
    const add = (what: string, by: number) =>
      sessionStorage.setItem(what, String(Number(sessionStorage.getItem(what) ?? 0) + by))
    add('pages', 1)
    // A press on the words of a tick reaches the tick as a second click.
    addEventListener('click', (event) => event.isTrusted && event.detail > 0 && add('presses', 1), true)
    addEventListener('change', (event) => event.target instanceof HTMLSelectElement && add('presses', 2), true)
    // To write somewhere one presses there first.
    addEventListener(
      'focusin',
      ({ target }) => target instanceof HTMLInputElement && target.type === 'text' && add('presses', 1),
    )
    const before = new WeakMap<EventTarget, number>()
    addEventListener(
      'input',
      ({ target }) => {
        if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return
        if (target.type === 'checkbox' || target.type === 'radio') return
        add('letters', Math.max(0, target.value.length - (before.get(target) ?? 0)))
        before.set(target, target.value.length)
      },
      true,
    )
  })
  return () =>
    page.evaluate(() => {
      const of = (what: string) => Number(sessionStorage.getItem(what) ?? 0)
      return { presses: of('presses'), letters: of('letters'), pages: of('pages') }
    })
}
/** The letter that went to an address, as it can be read. */
async function letterTo(address: string): Promise<string> {
  for (let tries = 0; tries < 150; tries++) {
    for (const name of readdirSync(inject('letters'))) {
      const raw = readFileSync(join(inject('letters'), name), 'latin1')
      if (raw.includes(`To: ${address}`)) return raw.replace(/=\r?\n/g, '').replace(/=3D/g, '=')
    }
    await new Promise((later) => setTimeout(later, 100))
  }
  throw new Error(`no letter came to ${address}`)
}

test('Amira plans, says why in advance and holds the talk; on her phone both say yes, and Birthe reads it by her own link', async () => {
  const { page: amira } = await signedIn('Amira')
  await amira.goto('/talks')
  await lookOver(amira, 'talks')
  await amira.getByRole('link', { name: 'Aftal en samtale i Holmetofte' }).click()
  await amira.getByLabel('Hvorfor vil du gerne mødes?').fill('Jeg vil gerne høre, hvad du savner i Holmetofte.')
  await amira.getByLabel('Den første samtale').check()
  await amira.getByLabel('På en gåtur').check()
  await lookOver(amira, 'the plan')
  await amira.getByRole('button', { name: 'Aftal samtalen' }).click()
  const link = await amira.getByRole('textbox', { name: 'Linket' }).inputValue()
  await amira.getByText('Du kan altid sige nej').first().waitFor()
  await lookOver(amira, 'the ways to say it')
  await amira.getByLabel('Den andens mailadresse').fill('birthe.hansen@example.dk')
  await amira.getByRole('button', { name: 'Send brevet' }).click()
  await amira.getByText('Adressen er brugt til brevet og er ikke gemt').waitFor()
  await amira.getByRole('link', { name: 'Skriv en seddel ud' }).click()
  await amira.getByText('Amira Haddad vil gerne tale med dig').waitFor()
  // The letter says the same as the card, and leads to the same place.
  const letter = await letterTo('birthe.hansen@example.dk')
  expect(letter).toContain('Jeg vil gerne h=C3=B8re, hvad du savner i Holmetofte.')
  expect(letter).toContain(link)

  // Birthe has no way in. She says yes by the link, in her own name.
  const { page: birthe } = await somebody({ viewport: { width: widths.small, height: 640 } })
  await birthe.goto(link)
  await lookOver(birthe, 'what Birthe is asked to')
  await birthe.getByLabel('Dit fornavn').fill('Birthe')
  await birthe.getByRole('button', { name: 'Ja, det vil jeg gerne' }).click()
  await birthe.getByText('Godt. Du har sagt ja').waitFor()

  // They sit there: one screen that fits, and needs no thumb.
  await amira.goto('/talks/guide')
  await lookOver(amira, 'the guide')
  expect(await amira.evaluate(() => document.documentElement.scrollHeight <= innerHeight)).toBe(true)
  await amira.getByRole('link', { name: 'Vi er færdige' }).click()
  await amira.getByRole('link', { name: 'Samtale med Birthe' }).click()
  await amira.getByText('Vi har talt sammen', { exact: true }).click()
  await amira.getByLabel('30 til 45 minutter').check()
  await amira.getByRole('button', { name: 'Ja, vi har talt sammen' }).click()

  // Together: three taps, a promise each, read aloud. What it takes is counted.
  const work = await countWork(amira)
  await amira.getByRole('link', { name: 'Skriv ned sammen' }).click()
  for (const theme of ['Et sted at mødes', 'Mad og fællesspisning', 'At komme rundt'])
    await amira.getByLabel(theme).check()
  const promise = amira.getByRole('group', { name: /Hvad lover/ })
  await promise.nth(0).getByLabel('Én ting').fill('Finde ud af, hvornår hallen er åben')
  await promise.nth(0).getByLabel('Hvornår?').first().selectOption('7')
  await promise.nth(1).getByLabel('Én ting').fill('Invitere to naboer')
  await lookOver(amira, 'the note')
  await amira.getByRole('button', { name: 'Læs det højt' }).click()
  await amira.getByText('Vi talte om et sted at mødes').waitFor()
  await lookOver(amira, 'read aloud')
  await amira.getByRole('button', { name: 'Ja. Giv telefonen videre' }).click()
  await amira.getByLabel('Skriv dit fornavn').fill('Birthe')
  await amira.getByRole('button', { name: 'Ja, det er vi enige om' }).click()
  await amira.getByText('I er enige, og det er gemt').waitFor()
  const done = await work()
  // On a telephone a press takes about 1.3 s with finding it, a letter a third of a second, a page half a second; three breaths to think.
  const seconds = 1.3 * done.presses + 0.35 * done.letters + 0.5 * done.pages + 3 * 1.35
  expect(done).toEqual({ presses: 11, letters: 59, pages: 4 })
  expect(seconds).toBeLessThan(60)
  await amira.getByText('godkendt på telefonen hos Amira Haddad').waitFor()
  await lookOver(amira, 'what they agreed')
  await amira.getByRole('link', { name: 'Sig tak' }).click()
  await lookOver(amira, 'thanks')
  await amira.getByLabel('Den andens mailadresse').fill('birthe.hansen@example.dk')
  await amira.getByLabel('Skriv en linje').fill('Tak for kaffen.')
  await amira.getByRole('button', { name: 'Send tak' }).click()
  await amira.getByText('Takken er på vej').waitFor()

  await birthe.goto(link)
  await birthe.getByText('Invitere to naboer').waitFor()
  await lookOver(birthe, 'what Birthe has agreed to')
  // It does not fit: gone for both, and Amira sees it at the talk.
  await birthe.getByRole('button', { name: 'Det passer ikke' }).click()
  await birthe.getByText('Du har sagt, at noten ikke passede').waitFor()
  await amira.reload()
  await amira.getByText('Birthe siger, at noten ikke passede').waitFor()
  await lookOver(amira, 'a note that is gone')
  // No more letters: one press from the letter.
  await birthe.goto(String(/https?:[^\s>]*\/s\/stop\/[\w-]{43}/.exec(letter)?.[0]))
  await birthe.getByRole('button', { name: 'Jeg vil ikke have de breve' }).click()
  await birthe.getByText('Nu får du ikke de breve').first().waitFor()
  await lookOver(birthe, 'no more letters')
})

test('Karsten and Freja agree on two phones without a script; a change waits for both again', async () => {
  const { page: karsten } = await signedIn('Karsten', { javaScriptEnabled: false })
  const { page: freja } = await signedIn('Freja', {
    javaScriptEnabled: false,
    viewport: { width: widths.small, height: 640 },
  })
  await karsten.goto('/c/holmetofte/talks/new')
  await karsten.getByLabel('Hvorfor vil du gerne mødes?').fill('Jeg vil spørge, om vi kan være to om nøglen.')
  await karsten.getByLabel('Om at tage mere på sig').check()
  await karsten.getByLabel('Et sted i byen').check()
  await karsten.getByRole('button', { name: 'Aftal samtalen' }).click()
  await karsten.getByRole('link', { name: 'Tilbage til samtalen' }).waitFor()
  await fits(karsten)
  const talk = karsten.url().replace(/\/tell$/, '')

  const write = async (page: typeof karsten, what: string) => {
    await page
      .getByRole('group', { name: /Hvad lover/ })
      .nth(1)
      .getByLabel('Én ting')
      .fill(what)
    await page.getByRole('button', { name: 'Læs det højt' }).click()
    await page.getByRole('button', { name: 'Ja. Vi har hver sin telefon' }).click()
    const link = await page.getByRole('textbox', { name: 'Linket til den anden' }).inputValue()
    await fits(page)
    return link
  }
  await karsten.goto(`${talk}/note`)
  const first = await write(karsten, 'Låse op om tirsdagen')
  // Freja wants other words: what Karsten said yes to is void.
  await freja.goto(first)
  await freja.getByText('Låse op om tirsdagen').waitFor()
  await fits(freja)
  await freja.getByRole('button', { name: 'Jeg vil rette det' }).click()
  await freja.getByRole('heading', { name: 'Skriv ned sammen' }).waitFor()
  const second = await write(freja, 'Låse op om torsdagen')
  await freja.goto(first)
  await freja.getByText('Her er ikke noget at sige ja til').waitFor()
  await karsten.goto(second)
  await karsten.getByRole('button', { name: 'Ja, det er vi enige om' }).click()
  await karsten.getByText('I er enige, og det er gemt').waitFor()
  for (const page of [karsten, freja]) {
    await page.goto(talk)
    await page.getByText('på hver sin telefon').waitFor()
    await page.getByText('Låse op om torsdagen').waitFor()
    await fits(page)
  }
})

test('a slip is printed, signed and typed in; whoever is worried finds a number to ring', async () => {
  const { page: karsten } = await signedIn('Karsten')
  await karsten.goto('/c/holmetofte/talks/new')
  await karsten.getByLabel('Hvorfor vil du gerne mødes?').fill('Jeg vil gerne høre, hvordan det går.')
  await karsten.getByLabel('Hvordan går det?').check()
  await karsten.getByLabel('Hjemme hos en af jer').check()
  await karsten.getByRole('button', { name: 'Aftal samtalen' }).click()
  await karsten.getByRole('link', { name: 'Tilbage til samtalen' }).waitFor()
  await karsten.goto(karsten.url().replace(/tell$/, 'note'))
  await karsten.getByLabel('Vi mødes igen').check()
  await karsten.getByRole('button', { name: 'Læs det højt' }).click()
  await karsten.getByRole('button', { name: 'På en seddel' }).click()
  await karsten.getByText('Vi har begge læst det og sagt ja.').waitFor()
  await karsten.getByRole('button', { name: 'Vi har skrevet under. Tast den ind' }).click()
  await karsten.getByLabel('Den andens fornavn').fill('Ruth')
  await karsten.getByRole('button', { name: 'Ja, vi har begge skrevet under' }).click()
  await karsten.getByText('på en seddel med begges navne').waitFor()
  await karsten.getByRole('link', { name: 'Bekymret for nogen?' }).click()
  await karsten.getByRole('link', { name: '112' }).waitFor()
  await lookOver(karsten, 'numbers to ring')
  await karsten.goto('/c/holmetofte/steps')
  await karsten.getByText('Booke hallen').waitFor()
  await lookOver(karsten, 'who carries what')
})
