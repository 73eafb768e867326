// The doors of associations and groups: the levels of a place, and one group.
import { type Context, Hono } from 'hono'
import { personOf, type Visited } from '../access/visit.ts'
import { oneLine } from '../line.ts'
import { refuse } from '../refusal.ts'
import {
  addGroup,
  askIntoGroup,
  changeGroup,
  closeGroup,
  joinGroup,
  leaveGroup,
  seeGroup,
  seeGroups,
  takeOut,
} from './associations.deeds.ts'
import { groupPage, groupsPage } from './associations.page.tsx'
import { isId, readGroup } from './room.ts'

const notKept = { 'cache-control': 'no-store' }
const formOf = async (c: Context): Promise<URLSearchParams> => new URLSearchParams(await c.req.text())
const idIn = (text: string | null | undefined): string => (text && isId(text) ? text : refuse('not-found'))

export function groupDoors(): Hono<Visited> {
  const pages = new Hono<Visited>()

  pages.get('/c/:slug/associations', async (c) => {
    const visit = c.get('visit')
    return c.html(groupsPage(visit, await seeGroups(visit.actor, c.req.param('slug'))), 200, notKept)
  })
  pages.post('/c/:slug/associations', async (c) => {
    const person = personOf(c)
    const slug = c.req.param('slug')
    const seen = await seeGroups(person, slug)
    if (!seen.keeps) refuse('not-yours')
    const said = await formOf(c)
    const read = readGroup(said)
    if (!read.ok) return c.html(groupsPage(c.get('visit'), seen, { said, faults: read.faults }), 400, notKept)
    const id = await addGroup(person, slug, read.value)
    return c.redirect(`/c/${slug}/groups/${id}`, 303)
  })

  pages.get('/c/:slug/groups/:id', async (c) => {
    const typed = oneLine(c.req.query('q') ?? '').slice(0, 60)
    const { slug, id } = c.req.param()
    return c.html(groupPage(c.get('visit'), await seeGroup(personOf(c), slug, idIn(id), typed), typed), 200, notKept)
  })
  pages.post('/c/:slug/groups/:id/:deed{join|leave}', async (c) => {
    const { slug, id, deed } = c.req.param()
    const person = personOf(c)
    if (deed === 'join') await joinGroup(person, slug, idIn(id))
    else await leaveGroup(person, slug, idIn(id))
    return c.redirect(`/c/${slug}/groups/${id}`, 303)
  })
  pages.post('/c/:slug/groups/:id/change', async (c) => {
    const { slug, id } = c.req.param()
    const person = personOf(c)
    const seen = await seeGroup(person, slug, idIn(id))
    if (!seen.keeps) refuse('not-yours')
    const said = await formOf(c)
    const read = readGroup(said)
    if (!read.ok) return c.html(groupPage(c.get('visit'), seen, '', { said, faults: read.faults }), 400, notKept)
    await changeGroup(person, slug, id, Number(said.get('rev')), read.value)
    return c.redirect(`/c/${slug}/groups/${id}`, 303)
  })
  pages.post('/c/:slug/groups/:id/close', async (c) => {
    const { slug, id } = c.req.param()
    await closeGroup(personOf(c), slug, idIn(id))
    return c.redirect(`/c/${slug}/associations`, 303)
  })
  pages.post('/c/:slug/groups/:id/ask', async (c) => {
    const { slug, id } = c.req.param()
    const form = await formOf(c)
    const medium = form.get('medium')
    const how = medium === 'paper' || medium === 'voice' ? medium : null
    await askIntoGroup(personOf(c), slug, idIn(id), form.get('person') ?? '', how)
    return c.redirect(`/c/${slug}/groups/${id}#who`, 303)
  })
  pages.post('/c/:slug/groups/:id/out', async (c) => {
    const { slug, id } = c.req.param()
    await takeOut(personOf(c), slug, idIn(id), (await formOf(c)).get('person') ?? '')
    return c.redirect(`/c/${slug}/groups/${id}#who`, 303)
  })
  return pages
}
