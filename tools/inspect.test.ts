// The inspectors themselves: a fault that was planted is found, on a page that nothing but a link leads to.
import { Agent, createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startChromium } from '../journeys/chromium.ts'
import { crawl, kindOf, shapeOf } from './inspect/crawl.ts'
import { lookAt, type Sight, views } from './inspect/looking.ts'
import { tellFindings } from './inspect/telling.ts'
import { openBrowser } from './rehearse/browser.ts'

const page = (body: string) =>
  `<!doctype html><html lang="da"><head><meta charset="utf-8"><title>En side</title>
  <meta name="viewport" content="width=device-width,initial-scale=1"></head><body><a href="#main">Gå til indholdet</a><main id="main">
  <h1>En side</h1>${body}</main></body></html>`
const pages: Record<string, string> = {
  '/': page('<p>Her er der ikke noget galt. <a href="/onward">Gå videre</a></p>'),
  '/onward': page('<p><a href="/hidden?lang=en">Og videre endnu</a> og <a href="https://example.org/">ud</a></p>'),
  '/hidden': page('<form action="/hidden"><input type="text" name="what"><button></button></form>'),
}

/** Each of the others is one of these in another light. */
const some = views.filter(({ name }) => name === 'phone, light' || name === 'desk, dark')

let server: Server
let chromium: Browser
let origin: string
const agent = new Agent({ keepAlive: true })
beforeAll(async () => {
  server = createServer((req, res) => {
    const html = pages[new URL(req.url ?? '/', 'http://here').pathname]
    // As strict as the program itself: the inspectors get their scripts in all the same.
    res.writeHead(html ? 200 : 404, { 'content-type': 'text/html', 'content-security-policy': "default-src 'self'" })
    res.end(html ?? '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  chromium = await startChromium()
})
afterAll(async () => {
  agent.destroy()
  await chromium?.close()
  server?.close()
})

async function inspect(starts: string[]): Promise<Sight> {
  const browser = openBrowser(origin, agent)
  const found = await crawl(browser, starts)
  return lookAt(chromium, origin, { who: 'a guest', browser }, found, Date.now() + 60_000, some)
}

test('a field without a name on a page three links away is found by both, on a phone and on a desk', {
  timeout: 60_000,
}, async () => {
  const sight = await inspect(['/'])
  const wrong = sight.looks.filter(({ findings }) => findings.length > 0)
  expect(new Set(wrong.map(({ path }) => path))).toEqual(new Set(['/hidden']))
  expect(wrong).toHaveLength(some.length)
  const rules = new Set(wrong.flatMap(({ findings }) => findings.map(({ by, rule }) => `${by} ${rule}`)))
  for (const rule of ['axe label', 'axe button-name', 'QualWeb QW-ACT-R16', 'QualWeb QW-ACT-R11'])
    expect(rules).toContain(rule)
  expect(tellFindings(sight.looks)).toContain('<input type="text" name="what">')
  expect(sight.rules.size).toBeGreaterThan(150)
})

test('when the time is up, what was not looked at is counted and not passed over', async () => {
  const found = [{ path: '/', kind: '/', status: 200, shape: '' }]
  const sight = await lookAt(chromium, origin, { who: 'a guest', browser: openBrowser(origin, agent) }, found, 0)
  expect(sight).toMatchObject({ looks: [], left: views.length })
})

test('pages of one make differ in their words only', () => {
  const shape = (body: string, path = '/m/K7WX4P/words') => shapeOf(kindOf(path), page(body))
  expect(shape('<p class="voice">Lys i hallen</p>')).toBe(shape('<p class="voice">En nøgle</p>', '/m/B2C3D4/words'))
  expect(shape('<p class="voice">Lys i hallen</p>')).not.toBe(shape('<p class="voice"><b>Lys</b></p>'))
  expect(shape('<button>Send</button>')).not.toBe(shape('<button aria-label="Send">Send</button>'))
  expect(shape('<p>Her</p>')).not.toBe(shape('<p>Her</p>', '/m/K7WX4P/mine'))
})
