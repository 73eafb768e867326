// The doors of Mine oplysninger: seen, corrected, taken along, deleted singly and altogether.
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { personOf, sessionCookieText, type Visited } from '../access/visit.ts'
import { deviceCookieText, deviceIn } from '../book/device.ts'
import { hasCpr } from '../cpr.ts'
import { isMunicipal } from '../db/as-actor.ts'
import { largestForm, notKept } from '../door.ts'
import { readLine } from '../line.ts'
import { refuse } from '../refusal.ts'
import { bookOf, exportMine } from './export.deeds.ts'
import { type Format, formats } from './export.ts'
import { leave, seeLeaving } from './forget.deeds.ts'
import { choosePage, deletedPage, readReceipt, receiptOf, surePage } from './leave.page.tsx'
import { deleteRow, mostShown, mustBeThem, seeLooks, seeMine, seeRow, setName } from './mine.deeds.ts'
import { objectionPages } from './objection.page.tsx'
import { namePage, onePage } from './one.page.tsx'
import { logPage, ownPage } from './own.page.tsx'
import { paperDoors, paperPages } from './paper.page.tsx'
import { printPage, takePage } from './take.page.tsx'

const longestName = 80
const types: Record<Format, string> = { json: 'application/json; charset=utf-8', csv: 'text/csv; charset=utf-8' }

/** Still being sent when the answer has begun: not in the transaction of the page. */
export const longFiles = formats.map((format) => `/mine/export.${format}`)

export function minePages(): Hono<Visited> {
  const pages = new Hono<Visited>()
  const small = bodyLimit({ maxSize: largestForm, onError: () => refuse('too-large') })
  for (const path of ['/mine', '/mine/*', '/objections', '/objections/*', ...paperDoors]) {
    pages.use(path, small)
    pages.use(path, async (c, next) => {
      c.header('cache-control', 'no-store')
      await next()
    })
  }
  pages.route('/', objectionPages())
  pages.route('/', paperPages())

  pages.get('/mine', async (c) => c.html(ownPage(c.get('visit'), await seeMine(personOf(c), mostShown))))
  pages.get('/mine/log', async (c) => c.html(logPage(c.get('visit'), await seeLooks(personOf(c)))))

  // --- Corrected, and deleted singly

  pages.get('/mine/name', (c) => {
    const person = personOf(c)
    if (isMunicipal(person)) refuse('not-found')
    return c.html(namePage(c.get('visit'), person.name))
  })
  pages.post('/mine/name', async (c) => {
    const person = personOf(c)
    const typed = new URLSearchParams(await c.req.text()).get('name') ?? ''
    const { line, fault } = readLine(typed, longestName)
    const problem = fault ?? (hasCpr(line) ? 'cpr' : null)
    if (problem) return c.html(namePage(c.get('visit'), typed, problem), 400)
    await setName(person, line)
    return c.redirect('/mine', 303)
  })
  pages.get('/mine/one/:piece/:row', async (c) => {
    const { piece, row } = c.req.param()
    return c.html(onePage(c.get('visit'), await seeRow(personOf(c), piece, row)))
  })
  pages.post('/mine/one/:piece/:row', async (c) => {
    const { piece, row } = c.req.param()
    await deleteRow(personOf(c), piece, row)
    return c.redirect('/mine', 303)
  })

  // --- Taken along

  pages.get('/mine/export', async (c) => {
    const person = personOf(c)
    // Shown before the file is fetched: a link that saves a file can lead nowhere else.
    await mustBeThem(person)
    return c.html(takePage(c.get('visit'), await seeMine(person, 1)))
  })
  for (const format of formats)
    pages.get(`/mine/export.${format}`, async (c) => {
      const { lang, house } = c.get('visit')
      const person = personOf(c)
      // Whoever only asks about the file is not sent one that nobody takes in.
      const file = c.req.method === 'HEAD' ? null : await exportMine(person, { format, lang, device: deviceOf(c) })
      const day = house.clock.now().toISOString().slice(0, 10)
      c.header('content-type', types[format])
      c.header('content-disposition', `attachment; filename="oplive-${day}.${format}"`)
      c.header('cache-control', notKept['cache-control'])
      return file === null ? c.body(null) : c.body(file)
    })
  pages.get('/mine/print', async (c) => {
    const person = personOf(c)
    await mustBeThem(person)
    const seen = await seeMine(person, null)
    return c.html(printPage(c.get('visit'), seen, person.name, await bookOf(person, deviceOf(c))))
  })

  // --- Deleted

  const notForStaff = (c: Context<Visited>) => {
    const person = personOf(c)
    if (isMunicipal(person)) refuse('not-found')
    return person
  }
  pages.get('/mine/delete', async (c) => c.html(choosePage(c.get('visit'), (await seeMine(notForStaff(c), 1)).places)))
  for (const path of ['/mine/delete/all', '/mine/delete/in/:slug']) {
    const slugOf = (c: Context<Visited>) => c.req.param('slug') ?? null
    pages.get(path, async (c) => {
      const person = notForStaff(c)
      await mustBeThem(person)
      return c.html(surePage(c.get('visit'), await seeLeaving(person, slugOf(c))))
    })
    pages.post(path, async (c) => {
      const { origin } = c.get('visit')
      const slug = slugOf(c)
      const counts = await leave(personOf(c), slug)
      if (slug === null) {
        c.header('set-cookie', sessionCookieText('', origin), { append: true })
        c.header('set-cookie', deviceCookieText('', 0, origin), { append: true })
      }
      return c.redirect(receiptOf(counts), 303)
    })
  }
  pages.get('/mine/deleted', (c) => c.html(deletedPage(c.get('visit'), readReceipt(new URL(c.req.url).searchParams))))
  return pages
}

const deviceOf = (c: Context<Visited>) => deviceIn(c.req.header('cookie'), c.get('visit').origin)
