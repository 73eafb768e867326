// The doors of training: the hand-outs, what a place has coming, one training with its seats, and the sheet for the notice board.
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { SignedIn } from '../../access/session.deeds.ts'
import { personOf, type Visited } from '../../access/visit.ts'
import { instantIn } from '../../clock.ts'
import { largestForm, notKept } from '../../door.ts'
import { isKey, newKey, readComing } from '../../meetings/coming/coming.ts'
import { Refusal, refuse } from '../../refusal.ts'
import { announcePage } from './announce.page.tsx'
import { handOutPage } from './hand-out.page.tsx'
import { trainingsPage } from './list.page.tsx'
import { paperPage } from './paper.page.tsx'
import { mendings, pathOf } from './said.tsx'
import { trainingPage } from './session.page.tsx'
import {
  announce,
  calendarFile,
  callOff,
  sayWasThere,
  seeToAnnounce,
  seeTraining,
  seeTrainings,
  showMyName,
  signOff,
  signUp,
  strikeOut,
  tickOff,
  wishFor,
  writeDown,
} from './training.deeds.ts'
import { readAnnounced, readCancel, readModule, readPlaceModule } from './training.ts'

const fits = bodyLimit({ maxSize: largestForm, onError: () => refuse('too-large') })
const formOf = async (c: Context): Promise<URLSearchParams> => new URLSearchParams(await c.req.text())
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const idIn = (text: string | undefined): string => (text && uuid.test(text) ? text : refuse('not-found'))

/** Mount before the desks, which have the place's own page. */
export function trainingPages(): Hono<Visited> {
  const pages = new Hono<Visited>()
  pages.use('/c/:slug/training/*', fits)

  pages.get('/training/:module', (c) =>
    c.html(handOutPage(c.get('visit'), readModule(c.req.param('module')) ?? refuse('not-found'))),
  )

  pages.get('/c/:slug/training', async (c) => {
    const visit = c.get('visit')
    return c.html(trainingsPage(visit, await seeTrainings(visit.actor, c.req.param('slug'))), 200, notKept)
  })

  // --- Announcing

  pages.get('/c/:slug/training/new', async (c) => {
    const { community } = await seeToAnnounce(personOf(c), c.req.param('slug'))
    return c.html(announcePage({ visit: c.get('visit'), community, formKey: newKey() }), 200, notKept)
  })
  pages.post('/c/:slug/training/new', async (c) => {
    const visit = c.get('visit')
    const { community, today } = await seeToAnnounce(personOf(c), c.req.param('slug'))
    const said = await formOf(c)
    const read = readAnnounced(said, today)
    if (read.ok && instantIn(community.timeZone, read.value.date, read.value.time) > visit.house.clock.now()) {
      const id = await announce(personOf(c), community.slug, read.value, keyIn(said))
      return c.redirect(pathOf(community, id), 303)
    }
    const mend = mendings(visit.lang, read.ok ? [{ field: 'time', code: 'past' }] : read.faults)
    return c.html(announcePage({ visit, community, formKey: keyIn(said), said, mend }), 400, notKept)
  })

  // --- Wishes

  pages.post('/c/:slug/training/wish/:module/:deed{on|back}', async (c) => {
    const { slug, module, deed } = c.req.param()
    await wishFor(personOf(c), slug, readPlaceModule(module) ?? refuse('not-found'), deed === 'on')
    return c.redirect(`/c/${slug}/training#modules`, 303)
  })

  // --- One training

  const shown = async (c: Context<Visited>) => {
    const visit = c.get('visit')
    return { visit, seen: await seeTraining(visit.actor, c.req.param('slug') ?? '', idIn(c.req.param('id'))) }
  }
  pages.get('/c/:slug/training/:id', async (c) =>
    c.html(trainingPage({ ...(await shown(c)), formKey: newKey() }), 200, notKept),
  )
  pages.get('/c/:slug/training/:id/paper', async (c) => {
    const { visit, seen } = await shown(c)
    if (seen.training.cancelledAt !== null) refuse('not-found')
    return c.html(paperPage(visit, seen))
  })
  pages.get('/c/:slug/training/:id/calendar.ics', async (c) => {
    const { house, lang, origin } = c.get('visit')
    const { slug } = c.req.param()
    const text = await calendarFile(house, slug, idIn(c.req.param('id')), lang, origin)
    return c.body(text, 200, {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'attachment; filename="oplive.ics"',
    })
  })

  const mine = {
    'sign-up': signUp,
    'sign-off': signOff,
    'was-there': (person: SignedIn, slug: string, id: string) => sayWasThere(person, slug, id, true),
    'not-there': (person: SignedIn, slug: string, id: string) => sayWasThere(person, slug, id, false),
  }
  for (const [deed, done] of Object.entries(mine))
    pages.post(`/c/:slug/training/:id/${deed}`, async (c) => {
      const slug = c.req.param('slug') ?? ''
      const id = idIn(c.req.param('id'))
      await done(personOf(c), slug, id)
      return c.redirect(`/c/${slug}/training/${id}`, 303)
    })
  pages.post('/c/:slug/training/:id/name/:deed{show|hide}', async (c) => {
    const { slug, deed } = c.req.param()
    const id = idIn(c.req.param('id'))
    await showMyName(personOf(c), slug, id, deed === 'show')
    return c.redirect(`/c/${slug}/training/${id}`, 303)
  })

  pages.post('/c/:slug/training/:id/off', async (c) => {
    const said = await formOf(c)
    const person = personOf(c)
    const read = readCancel(said)
    const { visit, seen } = await shown(c)
    if (!read.ok) {
      const mend = mendings(visit.lang, read.faults)
      const html = trainingPage({ visit, seen, formKey: newKey(), said: { words: said.get('words') ?? '', mend } })
      return c.html(html, 400, notKept)
    }
    await callOff(person, seen.community.slug, seen.training.id, read.value)
    return c.redirect(pathOf(seen.community, seen.training.id), 303)
  })

  // --- The list of the hosts

  pages.post('/c/:slug/training/:id/list', async (c) => {
    const said = await formOf(c)
    const person = personOf(c)
    const { visit, seen } = await shown(c)
    if (!seen.eye.hosts) refuse('not-yours')
    const read = readComing(said)
    if (!read.ok) {
      const code = read.code === 'strange' ? 'strange' : (`name.${read.code}` as const)
      const mend = mendings(visit.lang, [{ field: 'name', code }])
      const html = trainingPage({ visit, seen, formKey: keyIn(said), said: { name: read.name, mend } })
      return c.html(html, 400, notKept)
    }
    try {
      await writeDown(person, seen.community.slug, seen.training.id, read.said)
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'training.full') throw error
      const mend = mendings(visit.lang, [{ field: 'name', code: 'full' }])
      const html = trainingPage({ visit, seen, formKey: keyIn(said), said: { name: read.said.name, mend } })
      return c.html(html, 409, notKept)
    }
    return c.redirect(`${pathOf(seen.community, seen.training.id)}#list`, 303)
  })
  pages.post('/c/:slug/training/:id/list/:seat/:deed{was-there|not-there|strike}', async (c) => {
    const { slug, deed } = c.req.param()
    const [id, seat] = [idIn(c.req.param('id')), idIn(c.req.param('seat'))]
    if (deed === 'strike') await strikeOut(personOf(c), slug, id, seat)
    else await tickOff(personOf(c), slug, id, seat, deed === 'was-there')
    return c.redirect(`/c/${slug}/training/${id}#list`, 303)
  })

  return pages
}

const keyIn = (form: URLSearchParams): string => {
  const key = form.get('key') ?? ''
  return isKey(key) ? key : newKey()
}
