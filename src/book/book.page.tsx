// The doors of Min bog. What is typed here goes into a sealed box or back onto the page, and nowhere else.
import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { personOf, type Visit, type Visited } from '../access/visit.ts'
import { largestForm, notKept } from '../door.ts'
import { refuse } from '../refusal.ts'
import { beginPage, sheetPage, tryPage } from './begin.page.tsx'
import {
  bringBack,
  changeEntry,
  dayHere,
  type LookedAt,
  lookAtBook,
  readEntry,
  strikeEntry,
  writeEntry,
} from './book.deeds.ts'
import { deviceCookieText, deviceIn } from './device.ts'
import { type EntryPageProps, entryPage, kindIn, struckPage } from './entry.page.tsx'
import { readWords } from './entry.ts'
import { readLetters } from './letters.ts'
import { type Happening, happenings, isWritable, listPage, untriedPage } from './list.page.tsx'
import { closeAllPage, closedAllPage, handOverPage, locksPage } from './locks.page.tsx'
import { openPage } from './open.page.tsx'
import { ownerOf } from './opened.ts'
import {
  beginAnew,
  borrowedHours,
  closeEverywhere,
  closeHere,
  deviceDays,
  handOver,
  makeSheet,
  openBook,
  trySheet,
} from './opening.deeds.ts'
import { asFile, paperPage } from './paper.page.tsx'
import { type Tries, watchTries } from './tries.ts'

type Ctx = Context<Visited>

const entryId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const formOf = async (c: Ctx): Promise<URLSearchParams> => new URLSearchParams(await c.req.text())
const device = (c: Ctx): string | undefined => deviceIn(c.req.header('cookie'), c.get('visit').origin)

function keepDevice(c: Ctx, secret: string, seconds: number) {
  c.header('set-cookie', deviceCookieText(secret, seconds, c.get('visit').origin), { append: true })
}

export function bookPages(tries: Tries = watchTries()): Hono<Visited> {
  const pages = new Hono<Visited>()
  const small = bodyLimit({ maxSize: largestForm, onError: () => refuse('too-large') })
  for (const path of ['/book', '/book/*']) {
    pages.use(path, small)
    pages.use(path, async (c, next) => {
      // Whoever has no book here finds no page, whatever they send.
      const { person } = c.get('visit')
      if (person) ownerOf(person)
      await next()
      for (const [name, value] of Object.entries(notKept)) c.header(name, value)
    })
  }

  /** What stands in the book, for the pages that show it; somebody whose book is closed here is led to where it is opened. */
  async function looked(c: Ctx): Promise<LookedAt | Response> {
    const found = await lookAtBook(personOf(c), device(c))
    if (found.state === 'none') return c.redirect('/book', 303)
    if (found.state === 'closed') return c.redirect('/book/open', 303)
    if (!found.tried) return c.redirect('/book/try', 303)
    return found
  }

  pages.get('/book', async (c) => {
    const visit = c.get('visit')
    const found = await lookAtBook(personOf(c), device(c))
    if (found.state === 'none') return c.html(beginPage(visit))
    if (found.state === 'closed') return c.redirect('/book/open', 303)
    if (found.until) keepDevice(c, device(c) ?? '', deviceDays * 86_400)
    if (!found.tried) return c.html(untriedPage(visit))
    const happened = happenings.find((one): one is Happening => c.req.query('done') === one)
    const page = Number(c.req.query('page')) || 1
    return c.html(listPage({ visit, looked: found, id: randomUUID(), happened, page }))
  })

  pages.post('/book/search', async (c) => {
    const asked = (await formOf(c)).get('asked')?.trim().slice(0, 100) ?? ''
    const found = await looked(c)
    if (found instanceof Response) return found
    if (asked === '') return c.redirect('/book', 303)
    return c.html(listPage({ visit: c.get('visit'), looked: found, id: randomUUID(), asked }))
  })

  // --- The sheet

  pages.post('/book/sheet', async (c) => {
    const person = personOf(c)
    const form = await formOf(c)
    const before = await lookAtBook(person, device(c))
    if (before.state === 'none' && form.get('understood') !== 'yes') return c.html(beginPage(c.get('visit'), true), 400)
    const made = await makeSheet(person, device(c))
    if (made === 'closed') return c.redirect('/book/open', 303)
    if (made.device) keepDevice(c, made.device, deviceDays * 86_400)
    const renewed = before.state === 'open' && before.tried
    return c.html(sheetPage(c.get('visit'), made.letters, await dayHere(person), renewed))
  })
  // It was shown in the answer that made it, and is nowhere.
  pages.get('/book/sheet', (c) => c.redirect('/book', 303))

  pages.get('/book/try', async (c) => {
    const { state } = await lookAtBook(personOf(c), device(c))
    return state === 'open' ? c.html(tryPage(c.get('visit'))) : c.redirect('/book', 303)
  })

  pages.post('/book/try', async (c) => {
    const person = personOf(c)
    const typed = (await formOf(c)).get('letters') ?? ''
    const read = readLetters(typed)
    if (!read.ok) return c.html(tryPage(c.get('visit'), { typed, fault: read.problem }), 400)
    const before = await lookAtBook(person, device(c))
    const tried = await trySheet(person, device(c), read.letters)
    if (tried === 'wrong') return c.html(tryPage(c.get('visit'), { typed, fault: { code: 'wrong' } }), 400)
    if (tried !== 'tried') return c.redirect('/book', 303)
    return c.redirect(`/book?done=${before.state === 'open' && before.tried ? 'renewed' : 'tried'}`, 303)
  })

  // --- Opening and closing

  pages.get('/book/open', async (c) => {
    const found = await lookAtBook(personOf(c), device(c))
    if (found.state === 'none') return c.redirect('/book', 303)
    // A scanned code comes along behind the #, also over this turn.
    if (found.state === 'open') return c.redirect(found.tried ? '/book' : '/book/try', 303)
    return c.html(openPage({ visit: c.get('visit') }))
  })

  pages.post('/book/open', async (c) => {
    const visit = c.get('visit')
    const form = await formOf(c)
    const waiting = form.get('to') ? form : undefined
    const person = personOf(c)
    const typed = form.get('letters') ?? ''
    const borrowed = form.get('borrowed') === 'yes'
    const read = readLetters(typed)
    if (!read.ok) return c.html(openPage({ visit, waiting, again: { typed, borrowed, fault: read.problem } }), 400)
    const opened = await openBook(person, tries, read.letters, borrowed)
    if (opened === 'wrong')
      return c.html(openPage({ visit, waiting, again: { typed, borrowed, fault: { code: 'wrong' } } }), 400)
    if (opened === 'none') return waiting ? c.html(asTyped(visit, waiting, 'gone'), 409) : c.redirect('/book', 303)
    if ('wait' in opened) {
      const fault = { code: 'wait', minutes: opened.wait } as const
      return c.html(openPage({ visit, waiting, again: { typed, borrowed, fault } }), 429)
    }
    keepDevice(c, opened.device, borrowed ? borrowedHours * 3600 : deviceDays * 86_400)
    return waiting ? keep(c, waiting, opened.device) : c.redirect('/book', 303)
  })

  pages.post('/book/anew', async (c) => {
    const person = personOf(c)
    // Without the tick it is not clear that they know.
    if ((await formOf(c)).get('known') !== 'yes') return c.redirect('/book/open', 303)
    await beginAnew(person)
    keepDevice(c, '', 0)
    return c.redirect('/book', 303)
  })

  pages.get('/book/locks', async (c) => {
    const found = await looked(c)
    return found instanceof Response ? found : c.html(locksPage(c.get('visit'), found))
  })

  pages.post('/book/hand-over', async (c) => {
    const letters = await handOver(personOf(c), device(c))
    if (letters === 'none' || letters === 'closed') return c.redirect('/book/open', 303)
    return c.html(handOverPage(c.get('visit'), letters))
  })

  pages.post('/book/close', async (c) => {
    await closeHere(personOf(c), device(c))
    keepDevice(c, '', 0)
    return c.redirect('/book/open', 303)
  })

  pages.get('/book/close-all', async (c) => {
    const { state } = await lookAtBook(personOf(c), device(c))
    return state === 'none' ? c.redirect('/book', 303) : c.html(closeAllPage(c.get('visit')))
  })

  pages.post('/book/close-all', async (c) => {
    const visit = c.get('visit')
    const person = personOf(c)
    const typed = (await formOf(c)).get('letters') ?? ''
    const read = readLetters(typed)
    if (!read.ok) return c.html(closeAllPage(visit, { typed, fault: read.problem }), 400)
    const closed = await closeEverywhere(person, tries, read.letters)
    if (closed === 'none') return c.redirect('/book', 303)
    if (closed === 'wrong') return c.html(closeAllPage(visit, { typed, fault: { code: 'wrong' } }), 400)
    if (closed !== 'closed')
      return c.html(closeAllPage(visit, { typed, fault: { code: 'wait', minutes: closed.wait } }), 429)
    keepDevice(c, '', 0)
    return c.html(closedAllPage(visit))
  })

  // --- Writing

  pages.get('/book/new/:kind', async (c) => {
    const kind = c.req.param('kind')
    const found = await looked(c)
    if (found instanceof Response) return found
    if (!isWritable(kind)) refuse('not-found')
    return c.html(entryPage({ visit: c.get('visit'), kind, id: randomUUID() }))
  })

  pages.post('/book/write', async (c) => keep(c, await formOf(c), device(c)))

  pages.get('/book/e/:id', async (c) => {
    const id = idOf(c)
    const entry = await readEntry(personOf(c), device(c), id)
    if (entry === 'none' || entry === 'closed') return c.redirect(entry === 'none' ? '/book' : '/book/open', 303)
    return c.html(entryPage({ visit: c.get('visit'), kind: entry.kind, id, entry }))
  })

  pages.post('/book/e/:id', async (c) => {
    const form = await formOf(c)
    form.set('to', 'change')
    form.set('id', c.req.param('id'))
    return keep(c, form, device(c))
  })

  pages.post('/book/e/:id/strike', async (c) => {
    const gone = await strikeEntry(personOf(c), device(c), idOf(c))
    if (gone === 'none' || gone === 'closed') return c.redirect('/book/open', 303)
    return c.html(struckPage(c.get('visit'), gone.struck))
  })

  pages.post('/book/undo', async (c) => {
    const person = personOf(c)
    const done = await bringBack(person, device(c), (await formOf(c)).get('struck') ?? '')
    return c.redirect(done === 'done' ? '/book?done=back' : '/book/open', 303)
  })

  // --- Out of the book

  pages.get('/book/print', async (c) => {
    const found = await looked(c)
    if (found instanceof Response) return found
    return c.html(paperPage(c.get('visit'), found.entries, found.today))
  })

  pages.get('/book/export.json', async (c) => {
    const found = await looked(c)
    if (found instanceof Response) return found
    c.header('content-type', 'application/json; charset=utf-8')
    c.header('content-disposition', 'attachment; filename="min-bog.json"')
    return c.body(asFile(found.entries, found.today))
  })

  return pages
}

const idOf = (c: Ctx): string => {
  const id = c.req.param('id') ?? ''
  return entryId.test(id) ? id : refuse('not-found')
}

/** The form as it was sent, on the page it came from. */
function asTyped(visit: Visit, form: URLSearchParams, told: EntryPageProps['told']): string {
  const sent = form.get('id') ?? ''
  return entryPage({ visit, kind: kindIn(form), id: entryId.test(sent) ? sent : randomUUID(), said: form, told })
}

/** Keeps what was sent, new or changed. Whatever stands in the way, the words come back on the page that says so. */
async function keep(c: Ctx, form: URLSearchParams, secret: string | undefined): Promise<Response> {
  const visit = c.get('visit')
  // Whoever is not in any more gets their words back on the page that says so: the roof sees to that.
  const person = personOf(c)
  const kind = kindIn(form)
  const sent = form.get('id') ?? ''
  const change = form.get('to') === 'change'
  if (change && !entryId.test(sent)) refuse('not-found')
  const id = entryId.test(sent) ? sent : randomUUID()
  const read = readWords(kind, form, await dayHere(person))
  if (!read.ok) return c.html(entryPage({ visit, kind, id, said: form, problems: read.problems }), 400)
  const done = change
    ? await changeEntry(person, secret, id, Number(form.get('seen')) || 0, read.words)
    : await writeEntry(person, secret, id, read.words)
  switch (done) {
    case 'done':
      return c.redirect('/book?done=saved', 303)
    case 'closed':
      form.set('to', change ? 'change' : 'write')
      form.set('id', id)
      return c.html(openPage({ visit, waiting: form }), 409)
    case 'none':
      return c.html(asTyped(visit, form, 'gone'), 409)
    case 'elsewhere': {
      const now = await readEntry(person, secret, id)
      const entry = now === 'none' || now === 'closed' ? undefined : now
      return c.html(entryPage({ visit, kind, id, said: form, entry, told: 'elsewhere' }), 409)
    }
  }
}
