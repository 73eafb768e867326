// Journey 15: Mikkel puts Oplive up on an empty machine, sets it up by the one link, sees what to do first, makes a backup, brings it back in
// another folder, and sees the page go green.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../tools/rehearse/own-program.ts'
import { journey, lookOver, widths } from './browser.ts'

const { somebody } = journey()
const folder = mkdtempSync(join(tmpdir(), 'oplive-operator-'))
// As root the database runs as another user, who has to pass through.
chmodSync(folder, 0o755)
let env: NodeJS.ProcessEnv = {}
let program: ChildProcess | undefined
let said = ''
let here = ''

beforeAll(async () => {
  const port = await freePort()
  here = `http://localhost:${port}`
  const { DATABASE_URL, ORIGIN, OPLIVE_DEV, ...rest } = process.env
  env = { ...rest, PORT: String(port), HOST: '127.0.0.1', OPLIVE_DATA: join(folder, 'data'), OPLIVE_DEMO: '0' }
  await start()
})
afterAll(async () => {
  await stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

async function start() {
  said = ''
  const mine = spawn(process.execPath, ['dist/main.js'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  program = mine
  for (const out of [mine.stdout, mine.stderr])
    out.on('data', (text: Buffer) => {
      said += text
    })
  for (let waited = 0; !said.includes('On this machine'); waited += 50) {
    if (waited > 30_000 || mine.exitCode !== null) throw new Error(`It did not start: ${said}`)
    await sleep(50)
  }
  await sleep(200)
}

async function stop() {
  if (!program || program.exitCode !== null) return
  const gone = once(program, 'exit')
  program.kill('SIGTERM')
  await gone
}

/** At the terminal, as the same user with the same settings. */
function oplive(args: string[], changes: NodeJS.ProcessEnv = {}) {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['dist/main.js', ...args], {
    env: { ...env, ...changes },
    encoding: 'utf8',
  })
  return { out: stdout, err: stderr, status }
}

test('from an empty folder to a backup that was brought back, without one password', async () => {
  const { page, context } = await somebody({ baseURL: here, viewport: { width: widths.desk, height: 900 } })
  const devices = await context.newCDPSession(page)
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

  // --- A neighbour who is too early is told kindly, and has lost nothing.
  const early = await somebody({ baseURL: here })
  expect((await early.page.goto('/'))?.status()).toBe(503)
  await early.page.getByRole('heading', { name: 'Oplive er ikke klar endnu' }).waitFor()
  await lookOver(early.page)

  // --- The one link, in the browser that opens it first
  const link = /\/set-up\/[\w-]+/.exec(said)?.[0] ?? expect.fail(`no link in: ${said}`)
  expect(said).not.toMatch(/Sign in as/)
  await page.goto(link)
  expect((await early.page.goto(link))?.status()).toBe(404)
  await lookOver(page)
  await page.getByRole('button', { name: 'Sæt op' }).click()
  await page.getByRole('link', { name: 'Skriv navnet på kommunen eller foreningen. Højst 120 tegn.' }).waitFor()
  await lookOver(page)
  await page.getByLabel('Hvem kører Oplive her?').fill('Midtsø Kommune')
  await page.getByLabel('Hvad hedder du?').fill('Mikkel Krog')
  await page.getByLabel('Hvor skriver man hen, når en side ikke virker?').fill('hjaelp@midtsoe.example')
  await page.getByRole('button', { name: 'Sæt op' }).click()

  // --- A passkey and six digits, before anything else
  await page.waitForURL(/\/staff\/passkey/)
  await page.getByRole('button', { name: 'Tilføj en adgangsnøgle' }).click()
  await page.getByRole('button', { name: 'Lav mine tal' }).click()
  const typed = (await page.locator('main code').innerText()).replaceAll(' ', '')
  await page.getByLabel('De seks tal, appen viser nu').fill(new TOTP({ secret: Secret.fromBase32(typed) }).generate())
  await page.getByRole('button', { name: 'Det virker' }).click()
  await page.getByRole('heading', { name: 'Skriv arket ud' }).waitFor()

  // --- What to do first
  await page.goto('/operator')
  await page.getByText('Lav en nøgle med »oplive backup key«').first().waitFor()
  await lookOver(page)
  for (const width of [widths.small, widths.phone]) {
    await page.setViewportSize({ width, height: 800 })
    await lookOver(page)
  }

  // --- At the terminal
  const key = oplive(['backup', 'key'])
  expect(key.out).toMatch(/^AGE-SECRET-KEY-1/)
  const kept = join(folder, 'key.txt')
  writeFileSync(kept, key.out, { mode: 0o600 })
  expect(oplive(['backup'])).toMatchObject({ status: 0 })
  const file = oplive(['backup', 'list']).out.trim().split(/\s+/).at(-1) ?? ''
  expect(file).toMatch(/\.backup$/)
  expect(oplive(['check'])).toMatchObject({ status: 0 })
  await page.goto('/operator')
  await page.getByText('Ingen har prøvet.').first().waitFor()

  // --- Another folder, as another machine: the keys that no backup holds are carried there, as docs/operate.md says; then it comes back
  cpSync(join(folder, 'data/keys'), join(folder, 'other/keys'), { recursive: true })
  const other = { OPLIVE_DATA: join(folder, 'other'), OPLIVE_BACKUPS: join(folder, 'data/backups') }
  const back = oplive(['restore', file, '--key', kept], other)
  expect([back.status, back.err]).toEqual([0, ''])
  expect(back.out).toContain('Restored as it was at')
  await page.goto('/operator')
  await page.getByText('Intet haster').waitFor()
  await lookOver(page)

  // --- It starts there, green, with its people; and nobody can set it up again
  await stop()
  env = { ...env, OPLIVE_DATA: other.OPLIVE_DATA }
  await start()
  expect(said).not.toContain('/set-up/')
  expect(oplive(['check'])).toMatchObject({ status: 0 })
  expect((await early.page.goto('/'))?.status()).toBe(200)
  await early.page.goto('/was')
  await early.page.getByText('hjaelp@midtsoe.example').waitFor()
})
