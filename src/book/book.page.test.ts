import { randomUUID } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../db/as-actor.ts'
import { makeWorld, type World } from '../test-world.ts'
import { Qr } from '../ui/qr.tsx'
import { scanAddress } from './begin.page.tsx'
import { drawLetters } from './letters.ts'
import { beginAnew, closeEverywhere } from './opening.deeds.ts'
import { beginByPages, browserOf, hiddenOn, lettersOn, type Shown, type TestBrowser } from './test-browser.ts'
import { type Tries, watchTries } from './tries.ts'

let world: World
let tries: Tries
beforeAll(async () => {
  world = await makeWorld()
})
beforeEach(async () => {
  world.clock.set('2027-03-14T18:00:00Z')
  for (const actor of [world.karsten, world.freja]) await beginAnew(actor)
  tries = watchTries()
})

const browse = (actor: Actor = world.karsten) => browserOf(actor, tries)
const note = (text: string, more: Record<string, string> = {}) => ({
  to: 'write',
  kind: 'note',
  id: randomUUID(),
  text,
  ...more,
})
const entryIn = ({ html }: Shown) => /href="(\/book\/e\/[0-9a-f-]{36})"/.exec(html)?.[1] ?? ''

async function begun(): Promise<{ browser: TestBrowser; letters: string }> {
  const browser = browse()
  return { browser, letters: await beginByPages(browser) }
}

describe('before the first line', () => {
  test('it is said who sees the book, what the operator could do, and that losing both sheet and devices loses the words', async () => {
    const { html } = await browse().get('/book')
    expect(html).toContain('Kun du. Ikke naboerne, ikke værterne, og ikke kommunen.')
    expect(html).toContain('Den, der laver om på selve programmet, kan læse med i det, du åbner bagefter.')
    expect(html).toContain('Mister du både arket og enhederne, er ordene væk for altid.')
    expect(html).not.toContain('action="/book/write"')
  })

  test('no sheet is made until it has been ticked that this is understood', async () => {
    const browser = browse()
    const shown = await browser.post('/book/sheet')
    expect(shown.status).toBe(400)
    expect(shown.html).toContain('Sæt kryds, når du har læst det')
    expect(browser.cookies.size).toBe(0)
  })

  test('the sheet shows its letters and its code once, and asks to be tried', async () => {
    const browser = browse()
    const sheet = await browser.post('/book/sheet', { understood: 'yes' })
    expect(lettersOn(sheet)).toMatch(/^([2-9A-HJKMNP-Z]{4} ){6}[2-9A-HJKMNP-Z]{4}$/)
    const scanned = scanAddress('https://oplive.test', lettersOn(sheet).replaceAll(' ', ''))
    expect(scanned).toMatch(/^https:\/\/oplive\.test\/book\/open#[2-9A-Z]{28}$/)
    expect(sheet.html).toContain(String(Qr({ lang: 'da', text: scanned, address: 'oplive.test/book' })))
    // The title of the code is read aloud, and is no place for the letters.
    expect(sheet.html).not.toContain(lettersOn(sheet).replaceAll(' ', ''))
    for (const path of ['/book/sheet', '/book', '/book/try', '/book/locks'])
      expect(lettersOn(await browser.get(path)), path).toBe('')
  })

  test('a line that is sent before the sheet has been tried is not kept', async () => {
    const browser = browse()
    await browser.post('/book/sheet', { understood: 'yes' })
    expect((await browser.get('/book')).html).not.toContain('action="/book/write"')
    expect(await browser.post('/book/write', note('For tidligt'))).toMatchObject({ status: 409 })
    expect(await browser.get('/book/print')).toMatchObject({ at: '/book/try' })
  })

  test('a slip in the letters is told with its group, and what was typed comes back', async () => {
    const browser = browse()
    const letters = lettersOn(await browser.post('/book/sheet', { understood: 'yes' }))
    const slip = letters.replace(/^(.{10})(.)/, (_all, before, sign) => before + (sign === 'K' ? 'W' : 'K'))
    const again = await browser.post('/book/try', { letters: slip })
    expect(again.status).toBe(400)
    expect(again.html).toContain('Et tegn er forkert. Se først efter i gruppe 3')
    expect(again.html).toContain(slip)
    const done = await browser.post('/book/try', { letters: letters.toLowerCase() })
    expect(done).toMatchObject({ status: 200, at: '/book?done=tried' })
    expect(done.html).toContain('Dit ark virker')
    expect(done.html).toContain('Din første linje')
  })
})

describe('an open book', () => {
  test('takes a line, shows it, lets it be changed, and gives it back when it was deleted by mistake', async () => {
    const { browser } = await begun()
    const saved = await browser.post('/book/write', note('Poul har <nøglen>.\r\nJeg spørger ham.'))
    expect(saved.at).toBe('/book?done=saved')
    expect(saved.html).toContain('Poul har &lt;nøglen&gt;. Jeg spørger ham.')
    const path = entryIn(saved)
    const page = await browser.get(path)
    expect(page.html).toContain('Poul har &lt;nøglen&gt;.\nJeg spørger ham.')
    const seen = hiddenOn(page, 'seen')
    const changed = await browser.post(path, { kind: 'note', seen, text: 'Poul sagde ja' })
    expect(changed.html).toContain('Poul sagde ja')
    const struck = await browser.post(`${path}/strike`)
    expect(struck.html).not.toContain('Poul')
    expect((await browser.get('/book')).html).not.toContain('Poul')
    const back = await browser.post('/book/undo', { struck: hiddenOn(struck, 'struck') })
    expect(back.at).toBe('/book?done=back')
    expect(back.html).toContain('Poul sagde ja')
  })

  test('two devices that change the same line: the later is told, and both versions stand on the page', async () => {
    const { browser, letters } = await begun()
    const path = entryIn(await browser.post('/book/write', note('Som det var')))
    const phone = browse()
    await phone.post('/book/open', { letters })
    await phone.post(path, { kind: 'note', seen: '1', text: 'Rettet på telefonen' })
    const late = await browser.post(path, { kind: 'note', seen: '1', text: 'Rettet på computeren' })
    expect(late.status).toBe(409)
    expect(late.html).toContain('Rettet på telefonen')
    expect(late.html).toContain('Rettet på computeren')
    const mine = await browser.post(path, { kind: 'note', seen: hiddenOn(late, 'seen'), text: 'Rettet på computeren' })
    expect(mine.html).toContain('Rettet på computeren')
  })

  test('an empty page and one that is too long come back as they were typed', async () => {
    const { browser } = await begun()
    expect(await browser.post('/book/write', note('  '))).toMatchObject({ status: 400 })
    const long = 'Langt '.repeat(900)
    const again = await browser.post('/book/write', note(long))
    expect(again.status).toBe(400)
    expect(again.html).toContain('Der er plads til 4000 tegn')
    expect(again.html).toContain(long.trim())
  })

  test('a story has three beats, any of which may wait, and no place that shows it to anybody', async () => {
    const { browser } = await begun()
    const form = await browser.get('/book/new/story')
    for (const beat of ['Udfordringen', 'Valget', 'Udfaldet']) expect(form.html).toContain(beat)
    expect(form.html).not.toMatch(/name="(visibility|share|open)/)
    await browser.post('/book/write', {
      ...note(''),
      kind: 'story',
      challenge: 'Skolen lukkede',
      choice: '',
      outcome: '',
    })
    expect((await browser.get('/book')).html).toContain('Skolen lukkede')
  })

  test('what is to be remembered stands first from its day on', async () => {
    const { browser } = await begun()
    const bad = await browser.post('/book/write', { ...note('Ring til Birthe'), kind: 'reminder', 'on-day': '32' })
    expect(bad.status).toBe(400)
    expect(bad.html).toContain('Ring til Birthe')
    await browser.post('/book/write', { ...note('Ring til Birthe'), kind: 'reminder', 'on-day': '16. marts' })
    expect((await browser.get('/book')).html).not.toContain('Det ville du huske')
    world.clock.set('2027-03-16T05:00:00Z')
    expect((await browser.get('/book')).html).toMatch(/Det ville du huske.*Ring til Birthe/s)
  })

  test('a name has room for what one wants to ask, and none for what one thinks of somebody', async () => {
    const { browser } = await begun()
    const { html } = await browser.get('/book/new/name')
    expect([...html.matchAll(/<(?:input|textarea)[^>]* name="(\w+)"/g)].map(([, name]) => name)).toEqual([
      'to',
      'kind',
      'id',
      'name',
      'ask',
    ])
    expect(html).toContain('Andres helbred hører ikke til her.')
  })

  test('is searched by words that stand in no address', async () => {
    const { browser } = await begun()
    await browser.post('/book/write', note('Kaffe på Ågade'))
    await browser.post('/book/write', note('Lys i hallen'))
    const found = await browser.post('/book/search', { asked: 'aagade KAFFE' })
    expect(found.html).toContain('Kaffe på Ågade')
    expect(found.html).not.toContain('Lys i hallen')
    expect((await browser.post('/book/search', { asked: 'Poul' })).html).toContain('Der står ikke noget med »Poul«')
  })

  test('is taken out whole, as a file and on paper', async () => {
    const { browser } = await begun()
    await browser.post('/book/write', note('Mit eget'))
    await browser.post('/book/write', { ...note(''), kind: 'name', name: 'Oksana', ask: 'Vil hun bage?' })
    const file = await browser.get('/book/export.json')
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="min-bog.json"')
    const { entries } = JSON.parse(file.html)
    expect(entries).toHaveLength(2)
    expect(entries).toEqual(
      expect.arrayContaining([expect.objectContaining({ kind: 'note', text: 'Mit eget', written: '2027-03-14' })]),
    )
    expect((await browser.get('/book/print')).html).toMatch(/Mit eget.*|Oksana.*/s)
  })

  test('forty things fill a page, and the rest is behind it', async () => {
    const { browser } = await begun()
    for (let nth = 0; nth < 41; nth++) await browser.post('/book/write', note(`Linje ${nth}`))
    const count = ({ html }: Shown) => html.match(/class="kind"/g)?.length
    expect(count(await browser.get('/book'))).toBe(40)
    expect(count(await browser.get('/book?page=2'))).toBe(1)
    expect(count(await browser.get('/book?page=99'))).toBe(1)
  })

  test('no answer is kept by a browser or a proxy', async () => {
    const { browser } = await begun()
    const path = entryIn(await browser.post('/book/write', note('Mit')))
    for (const one of ['/book', path, '/book/locks', '/book/print', '/book/export.json', '/book/open', '/book/sheet'])
      expect((await browser.get(one)).headers.get('cache-control'), one).toBe('no-store')
  })
})

describe('a closed book', () => {
  test('leads every page to where it is opened, and opens with the letters', async () => {
    const { browser, letters } = await begun()
    const path = entryIn(await browser.post('/book/write', note('Mit')))
    const phone = browse()
    for (const one of ['/book', path, '/book/print', '/book/locks', '/book/export.json', `/book/e/${randomUUID()}`])
      expect(await phone.get(one), one).toMatchObject({ at: '/book/open', status: 200 })
    expect((await phone.post('/book/open', { letters })).html).toContain('Mit')
  })

  test('the words that were being written wait on the page, and are kept when it has been opened', async () => {
    const { browser, letters } = await begun()
    await closeEverywhere(world.karsten, tries, letters.replaceAll(' ', ''))
    const words = note('Skrevet, mens bogen blev lukket')
    const closed = await browser.post('/book/write', words)
    expect(closed.status).toBe(409)
    expect(closed.html).toContain('Bogen blev lukket imens')
    expect(closed.html).toContain(words.text)
    expect(await world.sql('select from personal.entry')).toEqual([])
    const sent = { ...words, letters: drawLetters() }
    const wrong = await browser.post('/book/open', sent)
    expect(wrong).toMatchObject({ status: 400 })
    expect(wrong.html).toContain(words.text)
    const opened = await browser.post('/book/open', { ...words, letters })
    expect(opened.at).toBe('/book?done=saved')
    expect(opened.html).toContain(words.text)
  })

  test('a change that was being written waits as well, and goes to its own line', async () => {
    const { browser, letters } = await begun()
    const path = entryIn(await browser.post('/book/write', note('Som det var')))
    await browser.post('/book/close')
    const closed = await browser.post(path, { kind: 'note', seen: '1', text: 'Rettet' })
    expect(closed.status).toBe(409)
    const form = Object.fromEntries(['to', 'id', 'seen', 'kind'].map((name) => [name, hiddenOn(closed, name)]))
    const opened = await browser.post('/book/open', { ...form, text: 'Rettet', letters })
    expect(opened.html).toContain('Rettet')
    expect(opened.html).not.toContain('Som det var')
  })

  test('when the sign-in has ended meanwhile, nothing is kept, and the roof is told so that the words come back', async () => {
    const { browser } = await begun()
    browser.signOut()
    expect(await browser.post('/book/write', note('Skrevet længe'))).toMatchObject({
      status: 401,
      html: 'sign-in.needed',
    })
    expect(await world.sql('select from personal.entry')).toEqual([])
  })

  test('after five wrong letters it is said how long to wait, with the words still there', async () => {
    const { browser } = await begun()
    await browser.post('/book/close')
    for (let nth = 0; nth < 5; nth++) await browser.post('/book/open', { letters: drawLetters() })
    const wait = await browser.post('/book/open', { ...note('Mine ord'), letters: drawLetters() })
    expect(wait.status).toBe(429)
    expect(wait.html).toContain('Vent 10 minutter')
    expect(wait.html).toContain('Mine ord')
  })

  test('wrong letters are told on the owner’s own page, and on no other', async () => {
    const { browser } = await begun()
    const stranger = browse()
    for (let nth = 0; nth < 3; nth++) await stranger.post('/book/open', { letters: drawLetters() })
    expect((await browser.get('/book')).html).toContain('Der er prøvet forkerte tegn på din bog i dag: 3 gange')
    world.clock.forward(24)
    expect((await browser.get('/book')).html).toContain('Der blev prøvet forkerte tegn på din bog i går: 3 gange')
    expect((await browser.get('/book/locks')).html).toContain('14. marts 2027: 3 forsøg')
    const freja = browse(world.freja)
    await beginByPages(freja)
    for (const path of ['/book', '/book/locks']) expect((await freja.get(path)).html).not.toContain('3 forsøg')
  })

  test('a second device is opened by letters that the first one shows', async () => {
    const { browser } = await begun()
    await browser.post('/book/write', note('Mit'))
    const letters = lettersOn(await browser.post('/book/hand-over'))
    const phone = browse()
    expect((await phone.post('/book/open', { letters })).html).toContain('Mit')
    expect((await browser.get('/book/locks')).html).toContain('En anden enhed')
    expect((await browse().post('/book/open', { letters })).status).toBe(400)
  })

  test('on a borrowed machine the cookie goes after an hour', async () => {
    const { letters } = await begun()
    const opened = await browse().post('/book/open', { letters, borrowed: 'yes' })
    expect(opened.headers.get('set-cookie')).toMatch(
      /^__Host-oplive_book=[\w-]{43}; Path=\/; Max-Age=3600; HttpOnly; SameSite=Lax; Secure$/,
    )
  })

  test('it is closed on all devices with the letters only', async () => {
    const { browser, letters } = await begun()
    expect(await browser.post('/book/close-all', { letters: drawLetters() })).toMatchObject({ status: 400 })
    const closed = await browser.post('/book/close-all', { letters })
    expect(closed.html).toContain('Bogen er lukket på alle enheder')
    expect(browser.cookies.size).toBe(0)
    expect(await browser.get('/book')).toMatchObject({ at: '/book/open' })
  })

  test('who has lost sheet and devices is told that the words are gone, and begins anew with a tick', async () => {
    await begun()
    const phone = browse()
    expect((await phone.get('/book/open')).html).toContain('Ordene i bogen er væk for altid')
    expect(await phone.post('/book/anew')).toMatchObject({ at: '/book/open' })
    const anew = await phone.post('/book/anew', { known: 'yes' })
    expect(anew.at).toBe('/book')
    expect(anew.html).toContain('Lav mit ark')
  })
})

describe('nobody else', () => {
  test('another’s line and a line that never was are answered alike, byte for byte', async () => {
    const { browser } = await begun()
    const path = entryIn(await browser.post('/book/write', note('Kun min')))
    const freja = browse(world.freja)
    const never = `/book/e/${randomUUID()}`
    const same = async (who: TestBrowser) => {
      expect(await who.get(path)).toEqual({ ...(await who.get(never)), at: expect.any(String) })
      const strike = await who.post(`${path}/strike`)
      expect(strike).toEqual({ ...(await who.post(`${never}/strike`)), at: expect.any(String) })
      expect(strike.html).not.toContain('Kun min')
    }
    await same(freja)
    await beginByPages(freja)
    expect(await freja.get(path)).toMatchObject({ status: 404, html: 'not-found' })
    await same(freja)
    // With the cookie of the other's device in hand, too.
    for (const [name, value] of browser.cookies) freja.cookies.set(name, value)
    await same(freja)
  })

  test.each(['amira', 'helle', 'nadia', 'mikkel'] as const)(
    'who works for the municipality finds no page here: %s',
    async (who) => {
      const { browser, letters } = await begun()
      const path = entryIn(await browser.post('/book/write', note('Kun min')))
      const curious = browse(world[who])
      for (const [name, value] of browser.cookies) curious.cookies.set(name, value)
      for (const one of ['/book', path, '/book/open', '/book/locks', '/book/print', '/book/export.json'])
        expect(await curious.get(one), one).toMatchObject({ status: 404, html: 'not-found' })
      for (const one of [
        '/book/open',
        '/book/write',
        '/book/sheet',
        '/book/close-all',
        '/book/anew',
        '/book/hand-over',
      ])
        expect(
          await curious.post(one, { ...note('Mit'), letters, understood: 'yes', known: 'yes' }),
          one,
        ).toMatchObject({ status: 404, html: 'not-found' })
      expect((await browser.get('/book')).html).toContain('Kun min')
    },
  )
})
