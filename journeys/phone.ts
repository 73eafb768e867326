// What somebody does with a phone in the hall: comes in, says something, recognises, puts dots, promises, answers.
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

export const kinds = {
  unbearable: 'Det kan jeg ikke holde til',
  change: 'Det skal være anderledes',
  resource: 'Det har vi',
  hope: 'Det giver mig håb',
} as const
type Kind = keyof typeof kinds

/** Opens the meeting's page, also in the moment when the phone is being led on to it. */
export async function come(page: Page, code: string): Promise<void> {
  for (let tries = 0; ; tries += 1)
    try {
      await page.goto(`/m/${code}?lang=da`)
      return
    } catch (error) {
      if (tries > 2 || !/ERR_ABORTED|interrupted by another/.test(String(error))) throw error
    }
}

const step = (page: Page) => page.locator('.step:visible')
const onward = (page: Page) => step(page).getByRole('link', { name: 'Næste' }).click()

interface Arrival {
  name?: string
  first: boolean
  by: 'En nabo eller ven' | 'En forening' | 'Jeg kom af mig selv'
  bringer?: string
}

/** At the door: three small things, one at a time. */
export async function arrive(page: Page, code: string, { name, first, by, bringer }: Arrival): Promise<void> {
  await come(page, code)
  await step(page)
    .getByLabel(first ? 'Ja, det er første gang' : 'Nej, jeg har været med før')
    .check()
  await onward(page)
  await step(page).getByLabel(by).check()
  if (bringer) await step(page).getByLabel('Hvad hedder den, der tog dig med?').fill(bringer)
  await onward(page)
  if (name) await step(page).getByLabel('Hvad hedder du?').fill(name)
  await step(page).getByRole('button', { name: 'Skriv mig på' }).click()
  await page.getByText('Du står på dørlisten').waitFor()
}

/** Writes it in the form that stands on the page, and sends it. */
export async function write(page: Page, kind: Kind, text: string): Promise<void> {
  const form = page.locator('form[action$="/say"]')
  await form.getByLabel(kinds[kind]).check()
  await form.getByRole('textbox').fill(text)
  await form.getByRole('button', { name: 'Sig det' }).click()
}

/** Says something, and is told that it is said. */
export async function say(page: Page, code: string, kind: Kind, text: string): Promise<void> {
  await come(page, code)
  await write(page, kind, text)
  await page.getByText('Det er sagt', { exact: true }).waitFor()
}

/** Puts dots at the themes named, as many as said. */
export async function putDots(page: Page, code: string, dots: Record<string, number>): Promise<void> {
  await come(page, code)
  for (const [theme, count] of Object.entries(dots))
    await page.getByRole('group', { name: theme }).getByLabel(String(count), { exact: true }).check()
  await page.getByRole('button', { name: 'Sæt mine prikker' }).click()
  await page.getByText('Dine prikker er sat').waitFor()
}

interface Promised {
  what: string
  name: string
  to?: string
  day?: Date
}

/** Promises one thing. Answers the address of the promise's own page. */
export async function promise(page: Page, code: string, { what, name, to, day }: Promised): Promise<string> {
  await come(page, code)
  await step(page).getByLabel('Hvad gør du nu?').fill(what)
  await onward(page)
  if (day) {
    await step(page).getByLabel('Dag', { exact: true }).fill(String(day.getUTCDate()))
    await step(page)
      .getByLabel('Måned')
      .fill(String(day.getUTCMonth() + 1))
    await step(page).getByLabel('År', { exact: true }).fill(String(day.getUTCFullYear()))
  }
  if (to) await step(page).getByLabel('Hvem lover du det til?').fill(to)
  await onward(page)
  await step(page).getByLabel('Dit fornavn').fill(name)
  await step(page).getByRole('button', { name: 'Det gør jeg' }).click()
  await page.waitForURL('**/g/**')
  return new URL(page.url()).pathname
}

type Answer = 'Helt enig' | 'Enig' | 'Uenig' | 'Helt uenig' | 'Ved ikke'

/** Answers the exit card. */
export async function answerCard(page: Page, code: string, said: readonly [Answer, Answer, Answer]): Promise<void> {
  await come(page, code)
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Inden du går')
  for (const [at, one] of said.entries()) {
    await step(page).getByText(one, { exact: true }).click()
    if (at < 2) await onward(page)
    else await step(page).getByRole('button', { name: 'Send mine svar' }).click()
  }
  await page.waitForURL(`**/n/${code}**`)
}
