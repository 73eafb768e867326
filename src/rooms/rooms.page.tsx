// The doors of the rooms: whose each is, its keys and groups, and who looks in.
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { personOf, type Visited } from '../access/visit.ts'
import { seeCommunities } from '../communities/community.deeds.ts'
import { largestForm } from '../door.ts'
import type { LaterWork } from '../jobs/jobs.ts'
import { oneLine } from '../line.ts'
import { refuse } from '../refusal.ts'
import { groupDoors } from './groups.page.tsx'
import { acceptHandOver, proposeHandOver, stopHandOver } from './hand-over.deeds.ts'
import { approveTransfer, giveUpKey, nameKeyHolder, proposeTransfer, stopChange, takeKey } from './keys.deeds.ts'
import { keysPage } from './keys.page.tsx'
import { allLooksPage, lookPage, namedPage } from './look.page.tsx'
import { beforeLook, look } from './looks.deeds.ts'
import { boardNotice, handOverPaper } from './paper.page.tsx'
import { seeAllLooks, seeKeys, seeRoom, seeTrust } from './room.deeds.ts'
import { roomPage } from './room.page.tsx'
import { isId, readProposal, readReason, readRule } from './room.ts'
import { threeRoomsPage } from './three-rooms.page.tsx'
import { giveTrust, setRule, takeTrustBack } from './trust.deeds.ts'
import { trustPage } from './trust.page.tsx'

const fits = bodyLimit({ maxSize: largestForm, onError: () => refuse('too-large') })
const notKept = { 'cache-control': 'no-store' }
const formOf = async (c: Context): Promise<URLSearchParams> => new URLSearchParams(await c.req.text())
/** What cannot be an id is nobody's. */
const idIn = (text: string | null | undefined): string => (text && isId(text) ? text : refuse('not-found'))

export function roomPages(later: LaterWork): Hono<Visited> {
  const pages = new Hono<Visited>()
  pages.use('/c/:slug/:what{room|keys|trust|look|associations|groups}/*', fits)
  pages.use('/c/:slug/:what{room|keys|trust|look|associations}', fits)

  pages.get('/rooms', async (c) => {
    const visit = c.get('visit')
    return c.html(threeRoomsPage(visit, await seeCommunities(visit.actor)))
  })

  // --- The room and its hand-over

  pages.get('/c/:slug/room', async (c) => {
    const visit = c.get('visit')
    return c.html(roomPage(visit, await seeRoom(visit.actor, c.req.param('slug'))), 200, notKept)
  })
  pages.get('/c/:slug/room/paper', async (c) => {
    const visit = c.get('visit')
    return c.html(handOverPaper(visit, await seeRoom(visit.actor, c.req.param('slug'))), 200, notKept)
  })
  pages.get('/c/:slug/room/notice', async (c) => {
    const visit = c.get('visit')
    return c.html(boardNotice(visit, await seeRoom(visit.actor, c.req.param('slug'))), 200, notKept)
  })
  pages.post('/c/:slug/room', async (c) => {
    const visit = c.get('visit')
    const person = personOf(c)
    const slug = c.req.param('slug')
    const room = await seeRoom(person, slug)
    if (!room.eye.keeps && !room.eye.works) refuse('not-yours')
    const said = await formOf(c)
    const read = readProposal(said, room.today)
    if (!read.ok) return c.html(roomPage(visit, room, { said, faults: read.faults }), 400, notKept)
    await proposeHandOver(person, later, slug, read.value)
    return c.redirect(`/c/${slug}/room#hand-over`, 303)
  })
  pages.post('/c/:slug/room/:id/:deed{yes|back|no|withdraw}', async (c) => {
    const person = personOf(c)
    const { slug, id, deed } = c.req.param()
    if (deed === 'yes') await acceptHandOver(person, slug, idIn(id))
    else await stopHandOver(person, slug, idIn(id), deed as 'back' | 'no' | 'withdraw')
    return c.redirect(`/c/${slug}/room#hand-over`, 303)
  })

  // --- Keys

  pages.get('/c/:slug/keys', async (c) => {
    const typed = oneLine(c.req.query('q') ?? '').slice(0, 60)
    const person = personOf(c)
    return c.html(keysPage(c.get('visit'), await seeKeys(person, c.req.param('slug'), typed), typed), 200, notKept)
  })
  pages.post('/c/:slug/keys', async (c) => {
    const person = personOf(c)
    const form = await formOf(c)
    await proposeTransfer(person, c.req.param('slug'), { from: idIn(form.get('from')), to: idIn(form.get('to')) })
    return c.redirect(`/c/${c.req.param('slug')}/keys`, 303)
  })
  pages.post('/c/:slug/keys/give-up', async (c) => {
    await giveUpKey(personOf(c), c.req.param('slug'))
    return c.redirect(`/c/${c.req.param('slug')}/keys`, 303)
  })
  pages.post('/c/:slug/keys/rule', async (c) => {
    const person = personOf(c)
    const slug = c.req.param('slug')
    const seen = await seeKeys(person, slug, '')
    if (!seen.keeps) refuse('not-yours')
    const said = await formOf(c)
    const read = readRule(said)
    if (!read.ok) return c.html(keysPage(c.get('visit'), seen, '', { said, faults: read.faults }), 400, notKept)
    await setRule(person, slug, read.value)
    return c.redirect(`/c/${slug}/keys#rule`, 303)
  })
  pages.post('/c/:slug/keys/:id/:deed{yes|approve|no}', async (c) => {
    const person = personOf(c)
    const { slug, id, deed } = c.req.param()
    if (deed === 'yes') await takeKey(person, slug, idIn(id))
    else if (deed === 'approve') await approveTransfer(person, slug, idIn(id))
    else await stopChange(person, slug, idIn(id))
    return c.redirect(`/c/${slug}/keys`, 303)
  })

  // --- Trust

  pages.get('/c/:slug/trust', async (c) =>
    c.html(trustPage(c.get('visit'), await seeTrust(personOf(c), c.req.param('slug'))), 200, notKept),
  )
  pages.post('/c/:slug/trust', async (c) => {
    const person = personOf(c)
    const slug = c.req.param('slug')
    const form = await formOf(c)
    const whom = idIn(form.get('person'))
    if (form.get('deed') === 'back') await takeTrustBack(person, slug, whom)
    else await giveTrust(person, slug, whom)
    return c.redirect(`/c/${slug}/trust`, 303)
  })

  // --- Looks

  pages.get('/c/:slug/look', async (c) =>
    c.html(lookPage(c.get('visit'), await beforeLook(personOf(c), c.req.param('slug'))), 200, notKept),
  )
  pages.post('/c/:slug/look', async (c) => {
    const visit = c.get('visit')
    const person = personOf(c)
    const door = await beforeLook(person, c.req.param('slug'))
    const said = await formOf(c)
    const read = readReason(said)
    if (!read.ok) return c.html(lookPage(visit, door, { said, faults: read.faults }), 400, notKept)
    const asked = {
      reason: read.value,
      query: oneLine(said.get('query')).slice(0, 60),
      after: oneLine(said.get('after')).slice(0, 60),
    }
    const people = await look(person, c.req.param('slug'), asked)
    // Shown at once and not led on to: a reason stands in no address.
    return c.html(lookPage(visit, door, undefined, { ...asked, people }), 200, notKept)
  })
  pages.post('/c/:slug/look/name', async (c) => {
    const person = personOf(c)
    const door = await beforeLook(person, c.req.param('slug'))
    await nameKeyHolder(person, c.req.param('slug'), idIn((await formOf(c)).get('person')))
    return c.html(namedPage(c.get('visit'), door), 200, notKept)
  })
  pages.get('/looks', async (c) => c.html(allLooksPage(c.get('visit'), await seeAllLooks(personOf(c))), 200, notKept))

  pages.route('/', groupDoors())
  return pages
}
