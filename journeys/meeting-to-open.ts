// A host plans a meeting and opens its exit card, by hand, in the browser.
import type { BrowserContext, Page } from 'playwright-core'

const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000)

/** Plans a meeting for tomorrow in the host's community. Answers its code. */
export async function planMeeting(
  { page }: { page: Page },
  purpose: string,
  community = 'holmetofte',
): Promise<string> {
  await page.goto(`/c/${community}/meetings/new`)
  await page.getByLabel('Lyttemøde').check()
  await page.getByLabel('Hvad vil I finde ud af sammen?').fill(purpose)
  const tomorrow = day(1)
  await page.getByLabel('Dag', { exact: true }).fill(String(tomorrow.getUTCDate()))
  await page.getByLabel('Måned').fill(String(tomorrow.getUTCMonth() + 1))
  await page.getByLabel('År', { exact: true }).fill(String(tomorrow.getUTCFullYear()))
  await page.getByLabel('Hvornår begynder I?').fill('19')
  await page.getByLabel('Hvor mødes I?').fill('Forsamlingshuset')
  await page.getByLabel('Hvem er vært?').fill('Freja og Poul')
  await page.getByRole('button', { name: 'Planlæg mødet' }).click()
  await page.waitForURL(/\/m\/[A-Z0-9]{6}\/lead/)
  return /\/m\/([A-Z0-9]{6})\//.exec(page.url())?.[1] ?? ''
}

/** Plans it, and opens its card although it is only tomorrow. */
export async function openMeeting(
  host: { context: BrowserContext; page: Page },
  purpose: string,
  community?: string,
): Promise<string> {
  const code = await planMeeting(host, purpose, community)
  const { page } = host
  await page.getByRole('link', { name: 'Åbn udgangskortet' }).click()
  await page.getByRole('button', { name: 'Ja, åbn det nu' }).click()
  await page.getByText('Udgangskortet er åbent').waitFor()
  return code
}

/** Plans it, and begins it although it is only tomorrow. The host stands on the page from which it is led. */
export async function beginMeeting(
  host: { context: BrowserContext; page: Page },
  purpose: string,
  community?: string,
): Promise<string> {
  const code = await planMeeting(host, purpose, community)
  const { page } = host
  await page.goto(`/m/${code}/lead`)
  await page
    .getByRole('link', { name: 'Begynd mødet' })
    .or(page.getByRole('button', { name: 'Begynd mødet' }))
    .first()
    .click()
  await page.getByRole('button', { name: 'Ja, begynd nu' }).click()
  await page.getByText('Det kan telefonerne nu').waitFor()
  return code
}

/** Closes the card and shows the result. */
export async function closeCard(page: Page, code: string): Promise<void> {
  await page.goto(`/m/${code}/lead`)
  await page.getByText('Luk og vis resultatet', { exact: true }).first().click()
  await page.getByRole('button', { name: 'Ja, luk og vis resultatet' }).click()
}
