// The doors of ties: one's own circle, one tie of it, and the drawing that two make together.
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { personOf, type Visited } from '../access/visit.ts'
import { largestForm, notKept } from '../door.ts'
import { refuse } from '../refusal.ts'
import { circlePage, tiePage, told } from './circle.page.tsx'
import { choices, chooseTie, confirmTies, seeCircle, seeTie } from './ties.deeds.ts'

const small = bodyLimit({ maxSize: largestForm, onError: () => refuse('too-large') })
const formOf = async (c: Context<Visited>): Promise<URLSearchParams> => new URLSearchParams(await c.req.text())

export function tiePages(): Hono<Visited> {
  const pages = new Hono<Visited>()
  for (const path of ['/c/:slug/circle', '/c/:slug/circle/*']) pages.use(path, small)
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

  return pages
}
