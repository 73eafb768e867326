// Passkeys in a real browser with a device that is only pretended: a resident adds, comes, proves and removes; an employee shows six digits too.
import { spawnSync } from 'node:child_process'
import { gzipSync } from 'node:zlib'
import { Secret, TOTP } from 'otpauth'
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { journey, lookOver, widths } from './browser.ts'

const { somebody, origin } = journey()
/** A passkey belongs to a name, and a number is none. */
const here = origin.replace('127.0.0.1', 'localhost')

/** A browser whose computer can keep passkeys, and unlocks them. */
async function withDevice(options?: BrowserContextOptions): Promise<{ context: BrowserContext; page: Page }> {
  const me = await somebody({ baseURL: here, ...options })
  const devices = await me.context.newCDPSession(me.page)
  await devices.send('WebAuthn.enable')
  await devices.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return me
}

/** A link of one's own: the journeys' other sessions are left as they are. */
function linkOf(name: string): string {
  const { stdout, stderr } = spawnSync(process.execPath, ['scripts/run.mjs', 'tools/sign-in-link.ts', name], {
    env: { ...process.env, OPLIVE_DATA: inject('data'), DATABASE_URL: '', ORIGIN: '', PORT: new URL(origin).port },
    encoding: 'utf8',
  })
  const [link] = /\/in\/[\w-]{22}/.exec(stdout) ?? []
  if (!link) throw new Error(`no link for ${name}: ${stderr}`)
  return link
}

async function comeByLink(page: Page, name: string) {
  await page.goto(linkOf(name))
  await page.getByRole('button', { name: /Log ind som/ }).click()
  await page.waitForURL(`${here}/`)
}

test('Karsten adds a passkey, signs out, comes in with it, proves with it that it is him, and removes it', async () => {
  const { page } = await withDevice()
  await comeByLink(page, 'Karsten')
  await page.goto('/me')
  await lookOver(page)
  await page.getByRole('button', { name: 'Tilføj en adgangsnøgle' }).click()
  await page.getByRole('link', { name: /Giv navn, eller fjern/ }).click()
  await page.getByLabel('Hvad kalder du den?').fill('Min telefon')
  await page.getByRole('button', { name: 'Gem navnet' }).click()
  await page.getByText('Min telefon', { exact: true }).waitFor()
  // The device has one already: it says so, and nothing is lost.
  await page.getByRole('button', { name: 'Tilføj en adgangsnøgle' }).click()
  await page.getByText('Den her enhed har allerede en nøgle.').waitFor()
  await lookOver(page)
  await page.getByRole('button', { name: 'Log ud her' }).click()

  await page.goto('/passkey?next=%2Fme')
  await lookOver(page)
  await page.getByRole('button', { name: 'Log ind med adgangsnøgle' }).click()
  await page.getByText('Den kom du ind med nu.').waitFor()
  await page.goto('/prove?next=%2Fmine')
  await page.getByRole('button', { name: 'Vis det med adgangsnøglen' }).click()
  await page.waitForURL(`${here}/mine`)

  await page.goto('/me')
  await page.getByRole('link', { name: /Giv navn, eller fjern.*Min telefon/ }).click()
  await lookOver(page)
  await page.getByRole('button', { name: 'Fjern nøglen' }).click()
  await page.waitForURL(`${here}/`)
  expect((await page.goto('/me'))?.status()).toBe(401)
  await page.goto('/passkey')
  await page.getByRole('button', { name: 'Log ind med adgangsnøgle' }).click()
  await page.getByRole('heading', { name: 'Vi kunne ikke lukke dig ind' }).waitFor()
})

test('where one comes in, the browser offers the passkey under the field, and nothing is pressed', async () => {
  const { page } = await withDevice()
  await comeByLink(page, 'Freja')
  await page.goto('/me')
  await page.getByRole('button', { name: 'Tilføj en adgangsnøgle' }).click()
  await page.getByText('ikke brugt endnu').waitFor()
  await page.getByRole('button', { name: 'Log ud her' }).click()
  await page.waitForURL(`${here}/`)
  await page.goto('/in?next=%2Fme')
  // A pretended device takes what the field offers at once.
  await page.waitForURL(`${here}/me`)
  await page.getByText('Den kom du ind med nu.').waitFor()
})

test('Helle of the municipality sets up passkey and digits, and comes in with both', async () => {
  const { page } = await withDevice({ viewport: { width: widths.desk, height: 900 } })
  await comeByLink(page, 'Helle Munk')
  await page.goto('/staff/passkey')
  await page.getByRole('button', { name: 'Tilføj en adgangsnøgle' }).click()
  await page.getByRole('button', { name: 'Lav mine tal' }).click()
  const typed = (await page.locator('main code').innerText()).replaceAll(' ', '')
  const digits = new TOTP({ secret: Secret.fromBase32(typed) })
  await lookOver(page)
  await page.getByLabel('De seks tal, appen viser nu').fill(digits.generate())
  await page.getByRole('button', { name: 'Det virker' }).click()
  await page.getByRole('heading', { name: 'Skriv arket ud' }).waitFor()
  await lookOver(page)
  const code = await page.locator('main code').first().innerText()
  await page.goto('/me')
  await page.getByRole('button', { name: 'Log ud her' }).click()

  await page.goto('/passkey?next=%2Fstaff%2Fpasskey')
  await page.getByRole('button', { name: 'Log ind med adgangsnøgle' }).click()
  await page.getByRole('heading', { name: 'Skriv dine seks tal' }).waitFor()
  // The digits of now have been used; the next ones come in half a minute, and a clock may be that far ahead.
  await page.getByLabel('Seks tal').fill(digits.generate())
  await page.getByRole('button', { name: 'Fortsæt' }).first().click()
  await page.locator('.summary').waitFor()
  await lookOver(page)
  await page.getByLabel('Seks tal').fill(digits.generate({ timestamp: Date.now() + 30_000 }))
  await page.getByRole('button', { name: 'Fortsæt' }).first().click()
  await page.getByText('Du har 10 koder tilbage på arket.').waitFor()
  expect(await page.locator('main').innerText()).not.toContain(code)
})

test('without scripts the page says which other ways there are, and shows no button that does nothing', async () => {
  const { page } = await somebody({
    baseURL: here,
    javaScriptEnabled: false,
    viewport: { width: widths.small, height: 640 },
  })
  await page.goto('/passkey')
  expect(await page.getByRole('button').count()).toBe(0)
  await page.getByRole('link', { name: 'Andre veje ind' }).click()
  await page.getByRole('heading', { name: 'Log ind' }).waitFor()
})

test('the browser’s side weighs less than 2 kB', async () => {
  const { page } = await somebody({ baseURL: here })
  await page.goto('/passkey')
  const script = await page.locator('script').first().getAttribute('src')
  const answer = await page.request.get(script ?? '')
  expect(gzipSync(await answer.body(), { level: 9 }).length).toBeLessThan(2000)
})
