// Journey: somebody of the municipality comes in through its own sign-in, over https, in a browser that keeps to its own rules about
// cookies of other sites.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request, type Server } from 'node:http'
import { createServer as createSecure } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeOwnPair, type OwnPair, readOwnPair } from '../src/access/staff/own-pair.ts'
import { attributeNames } from '../src/access/staff/saml-names.ts'
import { makeIdp, privilegesOf } from '../src/access/staff/test-idp.ts'
import { clientId, clientSecret, startOp } from '../src/access/staff/test-op.ts'
import { startChromium } from './chromium.ts'

let browser: Browser
let origin: string
/** What is put away in the end, the last first. */
const after: (() => unknown)[] = []

async function listening(server: Server | ReturnType<typeof createSecure>): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  after.push(() => {
    server.close()
    server.closeAllConnections()
  })
  return (server.address() as AddressInfo).port
}

beforeAll(async () => {
  const data = mkdtempSync(join(tmpdir(), 'oplive-staff-'))
  after.push(() => rmSync(data, { recursive: true, force: true }))
  chmodSync(data, 0o755)

  // A proxy with a certificate of its own, as any server has in front.
  const tls = await makePair('localhost')
  let inner = 0
  const front = createSecure({ key: tls.pair.privateKey, cert: tls.pair.certificate.toString() }, (req, res) => {
    const { url, method, headers } = req
    const through = request({ host: '127.0.0.1', port: inner, path: url, method, headers }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(res)
    })
    through.on('error', () => res.writeHead(502).end())
    req.pipe(through)
  })
  origin = `https://localhost:${await listening(front)}`

  // An OpenID provider, and a SAML provider with a page that posts from a site of its own.
  const op = await startOp(origin)
  after.push(() => op.close())
  const ours = await makePair('oplive')
  mkdirSync(join(data, 'keys'), { mode: 0o700 })
  writeFileSync(join(data, 'keys/saml.pem'), ours.text, { mode: 0o600 })
  const idp = await makeIdp({ origin, pair: ours.pair })
  const page = createServer(async (req, res) => {
    if (!req.url?.startsWith('/in?')) return res.writeHead(404).end()
    const asked = new URL(req.url, 'https://idp.midtsoe.dk')
    const saying = idp.saying(await idp.readRequest(asked.href), new Date(), {
      attributes: {
        [attributeNames.name[0]]: ['Mads Lind'],
        [attributeNames.privileges[0]]: [privilegesOf(['oplive_leader', 'oplive_operator'])],
      },
    })
    const field = (name: string, value: string) => `<input type="hidden" name="${name}" value="${value}">`
    res.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><title>idp</title>
      <form method="post" action="${origin}/saml/acs">${field('SAMLResponse', await idp.answer(saying))}
      ${field('RelayState', asked.searchParams.get('RelayState') ?? '')}<button>Videre</button></form>`)
  })
  const idpPort = await listening(page)
  writeFileSync(
    join(data, 'idp.xml'),
    idp.metadata.replaceAll('https://idp.midtsoe.dk/in', `http://127.0.0.1:${idpPort}/in`),
  )

  const probe = createServer()
  inner = await listening(probe)
  await new Promise((closed) => probe.close(closed))
  const program = spawn(process.execPath, ['dist/main.js'], {
    env: {
      ...process.env,
      PORT: String(inner),
      HOST: '127.0.0.1',
      ORIGIN: origin,
      OPLIVE_DATA: data,
      DATABASE_URL: '',
      NODE_ENV: 'production',
      OPLIVE_OIDC_ISSUER: op.issuer,
      OPLIVE_OIDC_CLIENT_ID: clientId,
      OPLIVE_OIDC_CLIENT_SECRET: clientSecret,
      OPLIVE_SAML_METADATA: join(data, 'idp.xml'),
      OPLIVE_CVR: '12345678',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  after.push(async () => {
    const ended = once(program, 'exit')
    program.kill('SIGTERM')
    await ended
  })
  await new Promise<void>((started, failed) => {
    let said = ''
    program.stdout.on('data', (part) => {
      said += part
      if (said.includes('"event":"started"')) started()
    })
    program.once('exit', (code) => failed(new Error(`the program ended (${code}) before it served:\n${said}`)))
  })
  browser = await startChromium()
  after.push(() => browser.close())
})

afterAll(async () => {
  for (const putAway of after.reverse()) await putAway()
})

async function makePair(host: string): Promise<{ text: string; pair: OwnPair }> {
  const text = await makeOwnPair(host, new Date())
  return { text, pair: readOwnPair(text) as OwnPair }
}

async function somebody(): Promise<Page> {
  const context = await browser.newContext({
    ignoreHTTPSErrors: true,
    locale: 'da-DK',
    viewport: { width: 412, height: 840 },
  })
  after.push(() => context.close())
  return context.newPage()
}

const looksRight = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id }) => `${page.url()} ${id}`)).toEqual([])
}

test('through OpenID Connect an employee is in, as what the municipality says', async () => {
  const page = await somebody()
  await page.goto(`${origin}/staff?next=/me`)
  await looksRight(page)
  await page.getByRole('link', { name: 'Log ind gennem kommunen' }).click()
  await page.waitForURL(`${origin}/me`)
  await expect.poll(() => page.textContent('main')).toContain('Amira Said')
  const names = (await page.context().cookies()).filter(({ domain }) => domain === 'localhost').map(({ name }) => name)
  expect(names.every((name) => name.startsWith('__Host-'))).toBe(true)
})

test('through SAML, whose answer is a form on another site, a leader chooses a role, closes an access, and signs out', async () => {
  const page = await somebody()
  await page.goto(`${origin}/staff?next=/staff/people`)
  await page.getByRole('link', { name: 'Log ind med fælleskommunal adgang' }).click()
  await page.getByRole('button', { name: 'Videre' }).click()
  await page.waitForURL(`${origin}/staff/role*`)
  await looksRight(page)
  await page.getByRole('radio', { name: /^Leder/ }).check()
  await page.getByRole('button', { name: 'Log ind' }).click()
  await page.waitForURL(`${origin}/staff/people`)
  await looksRight(page)
  await page.getByRole('button', { name: 'Luk adgangen for Helle Munk' }).click()
  await expect.poll(() => page.textContent('main')).toContain('Kun driften kan åbne igen')
  await looksRight(page)
  await page.goto(`${origin}/me`)
  await page.getByRole('button', { name: 'Log ud' }).first().click()
  await page.waitForURL(`${origin}/staff/out`)
  await looksRight(page)
  expect(await page.getByRole('link', { name: 'Log også ud hos kommunen' }).count()).toBe(1)
})

test('an old or foreign answer gets one sentence and a way on', async () => {
  const page = await somebody()
  await page.goto(`${origin}/oidc/back?code=old&state=old`)
  await looksRight(page)
  await page.getByRole('link', { name: 'Prøv igen' }).click()
  await page.waitForURL(`${origin}/staff`)
})
