// The doors of people: for key holders who is here and how they are written down, for each who they are themselves, and the contact list.
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { v7 as uuid } from 'uuid'
import { personOf, type Visited } from '../access/visit.ts'
import { largestForm, notKept } from '../door.ts'
import { refuse } from '../refusal.ts'
import { purposes, readPurpose } from './consents.ts'
import { contactsPage } from './contacts.page.tsx'
import { peoplePage } from './list.page.tsx'
import { changeSelf, consent, seeContacts, seeSelf } from './me.deeds.ts'
import { selfPage } from './me.page.tsx'
import { confirmTwins, seeTwins, tapTwin, undoMerge } from './merge.deeds.ts'
import { paperPage } from './paper.page.tsx'
import * as deeds from './people.deeds.ts'
import { addPage, correctPage, personPage } from './person.page.tsx'
import { asFields, readBoth, readToldBy } from './person.ts'
import { twinsPage, twinsTold } from './twins.page.tsx'
import { vcards } from './vcard.ts'

const small = bodyLimit({ maxSize: largestForm, onError: () => refuse('too-large') })
const formOf = async (c: Context<Visited>): Promise<URLSearchParams> => new URLSearchParams(await c.req.text())
const seenIn = (form: URLSearchParams): number => {
  const seen = Number(form.get('seen'))
  return Number.isInteger(seen) && Math.abs(seen) < 2 ** 31 ? seen : 0
}
/** A search is one line of a name. */
const longestQuery = 60

export function peoplePages(): Hono<Visited> {
  const pages = new Hono<Visited>()
  pages.use('/c/:slug/people/*', small)
  pages.use('/c/:slug/me', small)
  pages.use('/c/:slug/me/*', small)
  const slugOf = (c: Context<Visited>): string => c.req.param('slug') ?? ''
  const idOf = (c: Context<Visited>): string => c.req.param('id') ?? ''

  // --- Key holders

  pages.get('/c/:slug/people', async (c) => {
    const visit = c.get('visit')
    const query = [...(c.req.query('q') ?? '').replaceAll('\0', '').trim()].slice(0, longestQuery).join('')
    const after = c.req.query('after') ?? null
    const seen = await deeds.seePeople(visit.actor, slugOf(c), query, after)
    return c.html(peoplePage({ ...seen, visit, query, later: after !== null }), 200, notKept)
  })

  pages.get('/c/:slug/people/new', async (c) => {
    const visit = c.get('visit')
    return c.html(addPage(visit, await deeds.seeKeptPlace(visit.actor, slugOf(c)), uuid()), 200, notKept)
  })

  pages.post('/c/:slug/people/new', async (c) => {
    const visit = c.get('visit')
    const community = await deeds.seeKeptPlace(visit.actor, slugOf(c))
    const said = await formOf(c)
    const read = readBoth(said)
    const toldBy = readToldBy(said.get('toldBy'))
    const sent = said.get('id') ?? ''
    const id = deeds.isId(sent) ? sent : uuid()
    if (!read.ok || !toldBy) {
      const problems = [
        ...(read.ok ? [] : read.problems),
        ...(toldBy ? [] : [{ field: 'toldBy' as const, code: 'missing' as const }]),
      ]
      return c.html(addPage(visit, community, id, { said, problems }), 400, notKept)
    }
    const consents = purposes.filter((purpose) => said.get(purpose) === 'yes')
    await deeds.writeDown(visit.actor, community.slug, { ...read.value, id, toldBy, consents })
    return c.redirect(`/c/${community.slug}/people/${id}`, 303)
  })

  pages.get('/c/:slug/people/paper', async (c) => {
    const visit = c.get('visit')
    return c.html(paperPage(visit, await deeds.seeKeptPlace(visit.actor, slugOf(c))))
  })

  pages.get('/c/:slug/people/twins', async (c) => {
    const visit = c.get('visit')
    const told = twinsTold.find((one) => one === c.req.query('told'))
    return c.html(twinsPage(visit, await seeTwins(visit.actor, slugOf(c)), told), 200, notKept)
  })

  pages.post('/c/:slug/people/twins', async (c) => {
    const { actor } = c.get('visit')
    await deeds.seeKeptPlace(actor, slugOf(c))
    const form = await formOf(c)
    const said = form.get('said') === 'apart' ? 'apart' : (readToldBy(form.get('said')) ?? refuse('not-found'))
    const told = await confirmTwins(actor, slugOf(c), [form.get('a') ?? '', form.get('b') ?? ''], said)
    return c.redirect(`/c/${slugOf(c)}/people/twins?told=${told}`, 303)
  })

  pages.post('/c/:slug/people/undo', async (c) => {
    const { actor } = c.get('visit')
    await deeds.seeKeptPlace(actor, slugOf(c))
    await undoMerge(actor, slugOf(c), (await formOf(c)).get('merge') ?? '')
    return c.redirect(`/c/${slugOf(c)}/people/twins?told=undone`, 303)
  })

  pages.get('/c/:slug/people/:id', async (c) => {
    const visit = c.get('visit')
    return c.html(personPage(visit, await deeds.seePerson(visit.actor, slugOf(c), idOf(c))), 200, notKept)
  })

  pages.get('/c/:slug/people/:id/change', async (c) => {
    const visit = c.get('visit')
    const { community, person } = await deeds.seePerson(visit.actor, slugOf(c), idOf(c))
    if (person.hasAccount) refuse('not-yours')
    return c.html(correctPage({ visit, community, person, said: asFields(person), problems: [] }), 200, notKept)
  })

  pages.post('/c/:slug/people/:id/change', async (c) => {
    const visit = c.get('visit')
    const { community, person } = await deeds.seePerson(visit.actor, slugOf(c), idOf(c))
    const said = await formOf(c)
    const read = readBoth(said)
    if (!read.ok) {
      const before = { ...person, rev: seenIn(said) }
      return c.html(correctPage({ visit, community, person: before, said, problems: read.problems }), 400, notKept)
    }
    const done = await deeds.correct(visit.actor, community.slug, person.id, read.value, seenIn(said))
    if (done === 'done') return c.redirect(`/c/${community.slug}/people/${person.id}`, 303)
    return c.html(correctPage({ visit, community, person, said, problems: [], elsewhere: true }), 409, notKept)
  })

  pages.post('/c/:slug/people/:id/know', async (c) => {
    const { actor } = c.get('visit')
    await deeds.seeKeptPlace(actor, slugOf(c))
    await deeds.know(actor, slugOf(c), idOf(c), (await formOf(c)).get('known') === 'yes')
    return c.redirect(`/c/${slugOf(c)}/people/${idOf(c)}`, 303)
  })

  pages.post('/c/:slug/people/:id/consent', async (c) => {
    const { actor } = c.get('visit')
    await deeds.seeKeptPlace(actor, slugOf(c))
    const form = await formOf(c)
    const purpose = readPurpose(form.get('purpose')) ?? refuse('not-found')
    const said = form.get('said') === 'no' ? 'no' : (readToldBy(form.get('said')) ?? refuse('not-found'))
    await deeds.keepConsent(actor, slugOf(c), idOf(c), purpose, said)
    return c.redirect(`/c/${slugOf(c)}/people/${idOf(c)}#consents`, 303)
  })

  // --- Oneself

  pages.get('/c/:slug/me', async (c) => {
    const visit = c.get('visit')
    const told = (['new', 'kept', 'saved'] as const).find((one) => one === c.req.query('told'))
    return c.html(selfPage({ visit, seen: await seeSelf(personOf(c), slugOf(c)), told }), 200, notKept)
  })

  pages.post('/c/:slug/me', async (c) => {
    const visit = c.get('visit')
    const me = personOf(c)
    const seen = await seeSelf(me, slugOf(c))
    const said = await formOf(c)
    const read = readBoth(said)
    if (!read.ok) {
      const before = { ...seen, person: { ...seen.person, rev: seenIn(said) } }
      return c.html(selfPage({ visit, seen: before, again: { said, problems: read.problems } }), 400, notKept)
    }
    const done = await changeSelf(me, slugOf(c), read.value, seenIn(said))
    if (done === 'done') return c.redirect(`/c/${slugOf(c)}/me?told=saved`, 303)
    const now = await seeSelf(me, slugOf(c))
    return c.html(selfPage({ visit, seen: now, again: { said, problems: [], elsewhere: true } }), 409, notKept)
  })

  pages.post('/c/:slug/me/consent', async (c) => {
    const me = personOf(c)
    const form = await formOf(c)
    const purpose = readPurpose(form.get('purpose')) ?? refuse('not-found')
    await consent(me, slugOf(c), purpose, form.get('said') === 'yes')
    return c.redirect(`/c/${slugOf(c)}/me#${purpose}`, 303)
  })

  pages.post('/c/:slug/me/twin', async (c) => {
    const me = personOf(c)
    const form = await formOf(c)
    await tapTwin(me, slugOf(c), form.get('other') ?? '', form.get('said') === 'yes')
    return c.redirect(`/c/${slugOf(c)}/me#twins`, 303)
  })

  pages.post('/c/:slug/me/undo', async (c) => {
    const me = personOf(c)
    await undoMerge(me, slugOf(c), (await formOf(c)).get('merge') ?? '')
    return c.redirect(`/c/${slugOf(c)}/me`, 303)
  })

  // --- The contact list

  pages.get('/c/:slug/contacts', async (c) => {
    const visit = c.get('visit')
    return c.html(contactsPage(visit, await seeContacts(personOf(c), slugOf(c))), 200, notKept)
  })

  pages.get('/c/:slug/contacts.vcf', async (c) => {
    const { community, contacts } = await seeContacts(personOf(c), slugOf(c))
    return c.body(vcards(contacts ?? refuse('not-found'), community.name), 200, {
      ...notKept,
      'content-type': 'text/vcard; charset=utf-8',
      'content-disposition': `attachment; filename="${community.slug}.vcf"`,
    })
  })

  return pages
}
