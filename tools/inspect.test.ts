// The inspectors themselves: a fault that was planted is found, on a page that nothing but a link leads to.
import { Agent, createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startChromium } from '../journeys/chromium.ts'
import { crawl, type Found, kindOf } from './inspect/crawl.ts'
import { chooser, lookAt, type Sight, views } from './inspect/looking.ts'
import { formsOf, partsOf } from './inspect/markup.ts'
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
  '/asks': page(
    '<form method="post" action="/asks" novalidate><label>Hvad? <input type="text" name="what"></label></form>',
  ),
}

/** Each of the others is one of these in another light. */
const some = views.filter(({ name }) => name === 'phone, light' || name === 'desk, dark')

let server: Server
let chromium: Browser
let origin: string
const agent = new Agent({ keepAlive: true })
beforeAll(async () => {
  server = createServer((req, res) => {
    const refused = req.method === 'POST' ? page('<img src="/nowhere.png">') : undefined
    const html = refused ?? pages[new URL(req.url ?? '/', 'http://here').pathname]
    // As strict as the program itself: the inspectors get their scripts in all the same.
    res.writeHead(refused ? 400 : html ? 200 : 404, {
      'content-type': 'text/html',
      'content-security-policy': "default-src 'self'",
    })
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
  return lookAt(chromium, origin, { who: 'a guest', browser }, () => found, Date.now() + 60_000, some)
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
  const found = [{ path: '/', kind: '/ 200', makes: new Set<string>() }]
  const sight = await lookAt(chromium, origin, { who: 'a guest', browser: openBrowser(origin, agent) }, () => found, 0)
  expect(sight).toMatchObject({ looks: [], left: views.length })
})

test('what a form answers to nothing and to far too much is looked at as it comes back', {
  timeout: 60_000,
}, async () => {
  const browser = openBrowser(origin, agent)
  const found = await crawl(browser, ['/asks'])
  expect(found.map(({ kind }) => kind)).toEqual(['/asks 200', 'POST /asks 400'])
  const sight = await lookAt(chromium, origin, { who: 'a guest', browser }, () => found, Date.now() + 60_000, some)
  const wrong = sight.looks.filter(({ findings }) => findings.some(({ rule }) => rule === 'image-alt'))
  expect(new Set(wrong.map(({ kind }) => kind))).toEqual(new Set(['POST /asks 400']))
})

test('a page is looked at for what nobody has seen, on a phone on each kind of page, in other light anywhere', () => {
  const made = (path: string, body: string): Found => ({
    path,
    kind: `${kindOf(path)} 200`,
    makes: partsOf(page(body)),
  })
  const words = made('/m/K7WX4P/words', '<p class="voice">Lys i hallen</p>')
  const others = made('/m/B2C3D4/words', '<p class="voice">En nøgle</p>')
  const bold = made('/m/K7WX4P/words', '<p class="voice"><b>Lys</b></p>')
  const mine = made('/m/K7WX4P/mine', '<p class="voice">Lys i hallen</p>')
  const choose = chooser()
  const chosen = (pages: Found[]) =>
    Object.fromEntries(views.map((view) => [view.name, choose(view, pages).map((one) => pages.indexOf(one))]))
  const first = { 'phone, light': [0], 'desk, dark': [0], 'phone, dark': [0], 'desk, light': [0] }
  expect(chosen([words, others])).toEqual({ ...first, 'phone, light, English': [0] })
  expect(chosen([words, bold, others])).toEqual({
    ...{ 'phone, light': [1], 'desk, dark': [1], 'phone, dark': [1], 'desk, light': [1] },
    'phone, light, English': [],
  })
  expect(chosen([mine])).toEqual({
    ...{ 'phone, light': [0], 'desk, dark': [0], 'phone, dark': [], 'desk, light': [] },
    'phone, light, English': [0],
  })
})

test('elements are the same where they stand in the same and are marked the same', () => {
  const parts = (html: string) => [...partsOf(html)].toSorted()
  expect(parts('<p>Her</p>')).toEqual(parts('<p id="der">Der</p>'))
  expect(parts('<button>Send</button>')).not.toEqual(parts('<button aria-label="Send">Send</button>'))
  expect(parts('<div><p>a</p></div>')).not.toEqual(parts('<section><p>a</p></section>'))
  expect(parts('<p>a<br>b</p><i></i>')).toContain(' > i')
  expect(parts('<li>a</li><li>b</li>')).toEqual([' > li', ' > li, several'])
})

test('forms are read as they are sent', () => {
  const form = (more: string, inside: string) =>
    formsOf(`<form method="post" action="/a?b=1&amp;c=2" ${more}>${inside}</form>`)
  expect(form('', '<input name="a">')).toEqual([])
  expect(
    form(
      'novalidate',
      '<input type="hidden" name="rev" value="3"><textarea name="a">x</textarea><input type="radio" name="b" value="1"><button name="do" value="keep"></button><button name="do" value="away"></button>',
    ),
  ).toEqual([
    { action: '/a?b=1&c=2', fields: [{ name: 'rev', value: '3' }, { name: 'a' }, { name: 'do', value: 'keep' }] },
  ])
})
