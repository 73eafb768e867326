// The doors of ties: one's own circle, one tie of it, and the drawing that two make together.
import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { personOf, type Visited } from '../access/visit.ts'
import { takeIntoBook } from '../book/book.deeds.ts'
import { deviceIn } from '../book/device.ts'
import { ownerOf } from '../book/opened.ts'
import { largestForm, notKept } from '../door.ts'
import { refuse } from '../refusal.ts'
import { circlePage, tiePage, told } from './circle.page.tsx'
import { drawPage, keptPage, receivedPage } from './draw.page.tsx'
import { asNote, marksText, readMarks } from './drawing.ts'
import { onPaperPage } from './on-paper.page.tsx'
import { choices, chooseOnPaper, chooseTie, confirmTies, seeCircle, seeOnPaper, seeTie } from './ties.deeds.ts'
import { words } from './words.ts'

const small = bodyLimit({ maxSize: largestForm, onError: () => refuse('too-large') })
const entryId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const formOf = async (c: Context<Visited>): Promise<URLSearchParams> => new URLSearchParams(await c.req.text())

export function tiePages(): Hono<Visited> {
  const pages = new Hono<Visited>()
  for (const path of ['/c/:slug/circle', '/c/:slug/circle/*', '/circle/*', '/c/:slug/people/:id/ties'])
    pages.use(path, small)
  const slugOf = (c: Context<Visited>): string => c.req.param('slug') ?? ''

  pages.get('/c/:slug/circle', async (c) => {
    const seen = await seeCircle(personOf(c), slugOf(c))
    const happened = told.find((one) => one === c.req.query('done'))
    return c.html(circlePage(c.get('visit'), seen, happened), 200, notKept)
  })

  pages.post('/c/:slug/circle/confirm', async (c) => {
    const { slug } = await confirmTies(personOf(c), slugOf(c))
    return c.redirect(`/c/${slug}/circle?done=confirmed`, 303)
  })

  pages.get('/c/:slug/circle/:id', async (c) =>
    c.html(tiePage(c.get('visit'), await seeTie(personOf(c), slugOf(c), c.req.param('id'))), 200, notKept),
  )

  pages.post('/c/:slug/circle/:id', async (c) => {
    const said = (await formOf(c)).get('choice')
    const choice = choices.find((one) => one === said) ?? refuse('not-found')
    const { slug } = await chooseTie(personOf(c), slugOf(c), c.req.param('id'), choice)
    return c.redirect(`/c/${slug}/circle?done=${choice}`, 303)
  })

  // --- For somebody without an account, by a key holder

  pages.get('/c/:slug/people/:id/ties', async (c) => {
    const seen = await seeOnPaper(personOf(c), slugOf(c), c.req.param('id'))
    return c.html(onPaperPage(c.get('visit'), seen, { done: c.req.query('done') === 'yes' }), 200, notKept)
  })

  pages.post('/c/:slug/people/:id/ties', async (c) => {
    const me = personOf(c)
    const id = c.req.param('id')
    const seen = await seeOnPaper(me, slugOf(c), id)
    const form = await formOf(c)
    const said = { name: (form.get('name') ?? '').trim().slice(0, 120), choice: form.get('choice') ?? '' }
    const choice = choices.find((one) => one === said.choice)
    const problem = said.name === '' ? 'name' : choice === undefined ? 'choice' : null
    const done = problem === null && choice !== undefined && (await chooseOnPaper(me, slugOf(c), id, said.name, choice))
    if (!done) return c.html(onPaperPage(c.get('visit'), seen, { said, problem: problem ?? 'nobody' }), 400, notKept)
    return c.redirect(`/c/${seen.community.slug}/people/${id}/ties?done=yes`, 303)
  })

  // --- The drawing of two

  pages.get('/circle/draw', (c) => {
    ownerOf(personOf(c))
    return c.html(drawPage(c.get('visit')), 200, notKept)
  })

  pages.get('/circle/drawn', (c) => {
    ownerOf(personOf(c))
    return c.html(receivedPage(c.get('visit'), randomUUID()), 200, notKept)
  })

  pages.post('/circle/draw', async (c) => {
    const visit = c.get('visit')
    const me = ownerOf(personOf(c))
    const form = await formOf(c)
    const marks = readMarks(form.get('marks') ?? '')
    if (form.get('me') !== 'yes' || form.get('you') !== 'yes' || marks.length === 0)
      return c.html(drawPage(visit, true), 400, notKept)
    const say = words(visit.lang)
    const sent = form.get('id') ?? ''
    const id = entryId.test(sent) ? sent : randomUUID()
    const ring = { near: say('draw.ring.near'), middle: say('draw.ring.middle'), far: say('draw.ring.far') }
    const note = { kind: 'note' as const, text: asNote(marks, { title: say('draw.note'), ring }) }
    const kept = await takeIntoBook(me, deviceIn(c.req.header('cookie'), visit.origin), { id, words: note })
    const link =
      form.get('from') === 'other' ? null : `${visit.origin}/circle/drawn#${encodeURIComponent(marksText(marks))}`
    return c.html(keptPage({ visit, marks, kept, id, link }), 200, notKept)
  })

  return pages
}
