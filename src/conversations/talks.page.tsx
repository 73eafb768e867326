// The doors of talks: the list, planning, one talk, and how the other hears of it and answers.
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { personOf, type Visited } from '../access/visit.ts'
import { seeCommunities, seeMunicipality } from '../communities/community.deeds.ts'
import { usualTimeZone } from '../communities/municipality.ts'
import { largestForm, notKept } from '../door.ts'
import { refuse } from '../refusal.ts'
import { balancePages } from './balance.page.tsx'
import { guidePage } from './guide.page.tsx'
import { linkPage } from './link.page.tsx'
import { talksPage } from './list.page.tsx'
import { readDay } from './note.ts'
import { noteOfLink, sayWrong, sayWrongByLink, seeNote, tellPromise } from './notes.deeds.ts'
import { notePages } from './notes.page.tsx'
import type { PromiseKept } from './notes.queries.ts'
import { planPage } from './plan.page.tsx'
import { type Again, planMendings } from './said.tsx'
import { talkPage } from './talk.page.tsx'
import { asFields, readMinutes, readName, readPlan, readRhythm } from './talk.ts'
import { talkLetterPages } from './talk-letters.page.tsx'
import {
  answerLink,
  askForTalk,
  isId,
  keepRhythm,
  linkOf,
  movePlan,
  otherOf,
  sayHeld,
  seeAsking,
  seeLink,
  seeTalk,
  seeTalks,
  takeAway,
} from './talks.deeds.ts'
import { ownPaperPage } from './tell.page.tsx'
import { words } from './words.ts'
import { worriedPages } from './worried.page.tsx'

export const fits = bodyLimit({ maxSize: largestForm, onError: () => refuse('too-large') })
export const formOf = async (c: Context): Promise<URLSearchParams> => new URLSearchParams(await c.req.text())
const answers = ['yes', 'not_now', 'no'] as const
const states = ['kept', 'made', 'renegotiated', 'released'] as const

export function conversationPages(): Hono<Visited> {
  const pages = new Hono<Visited>()
  pages.use('/talks/*', fits)
  pages.use('/s/*', fits)
  pages.use('/worried/*', fits)
  pages.use('/c/:slug/talks/*', fits)

  const own = async (c: Context<Visited>) => {
    const visit = c.get('visit')
    const person = personOf(c)
    const zone = (await seeMunicipality(visit.actor))?.timeZone ?? usualTimeZone
    return seeTalks(person, await seeCommunities(visit.actor), zone)
  }
  pages.get('/talks', async (c) => c.html(talksPage(c.get('visit'), await own(c)), 200, notKept))
  pages.get('/talks/guide', (c) => c.html(guidePage(c.get('visit'))))
  pages.get('/talks/paper', (c) => c.html(ownPaperPage(c.get('visit'))))
  pages.post('/talks/rhythm', async (c) => {
    const form = await formOf(c)
    const rhythm = form.has('none') ? null : readRhythm(form)
    // The one that stands goes when somebody says so, never for a number that was written wrong.
    if (!rhythm && !form.has('none')) return c.html(talksPage(c.get('visit'), await own(c), form), 400, notKept)
    await keepRhythm(personOf(c), rhythm)
    return c.redirect('/talks#rhythm', 303)
  })

  // --- Planning

  pages.get('/c/:slug/talks/new', async (c) => {
    const visit = c.get('visit')
    const person = personOf(c)
    const asking = await seeAsking(person, c.req.param('slug'))
    const again = c.req.query('again')
    const said = new URLSearchParams({
      with: c.req.query('with') ?? (again ? await otherOf(person, again, asking.people) : ''),
      kind: again ? 'maintenance' : '',
    })
    return c.html(planPage({ visit, asking, said }), 200, notKept)
  })
  pages.post('/c/:slug/talks/new', async (c) => {
    const visit = c.get('visit')
    const person = personOf(c)
    const slug = c.req.param('slug')
    const asking = await seeAsking(person, slug)
    const said = await formOf(c)
    const id = said.get('id') ?? ''
    if (!isId(id)) refuse('not-found')
    const read = readPlan(said, asking.today)
    if (!read.ok)
      return c.html(planPage({ visit, asking, said, problems: planMendings(visit.lang, read.problems) }), 400, notKept)
    const other = said.get('with') || null
    const done = await askForTalk(person, slug, { ...read.value, id, other }, visit.origin)
    if (done !== 'asked') {
      const name = asking.people.find((one) => one.id === other)?.name ?? words(visit.lang)('somebody')
      const problems = [{ field: 'with', message: words(visit.lang)(`problem.${done}`, { name }) }]
      return c.html(planPage({ visit, asking, said, problems }), 400, notKept)
    }
    return c.redirect(other ? `/talks/${id}?told=asked` : `/talks/${id}/tell`, 303)
  })
  pages.get('/talks/:id/plan', async (c) => {
    const visit = c.get('visit')
    const { talk, community, today } = await seeTalk(personOf(c), c.req.param('id'))
    const asking = { community, people: [], today }
    return c.html(planPage({ visit, asking, said: asFields(talk), talk }), 200, notKept)
  })
  pages.post('/talks/:id/plan', async (c) => {
    const visit = c.get('visit')
    const person = personOf(c)
    const { talk, community, today } = await seeTalk(person, c.req.param('id'))
    const said = await formOf(c)
    const read = readPlan(said, today, talk.plannedOn)
    const asking = { community, people: [], today }
    if (!read.ok)
      return c.html(
        planPage({ visit, asking, said, talk, problems: planMendings(visit.lang, read.problems) }),
        400,
        notKept,
      )
    const moved = await movePlan(person, talk.id, read.value, Number(said.get('rev')) || 0)
    return c.redirect(`/talks/${talk.id}${moved ? '' : '?told=elsewhere'}`, 303)
  })

  pages.route('/', notePages())
  pages.route('/', talkLetterPages())
  pages.route('/', balancePages())
  pages.route('/', worriedPages())

  // --- One talk

  pages.get('/talks/:id', async (c) => {
    const seen = await seeNote(personOf(c), c.req.param('id'))
    return c.html(talkPage(c.get('visit'), seen, c.req.query('told')), 200, notKept)
  })
  pages.post('/talks/:id/answer', async (c) => {
    const person = personOf(c)
    const { talk } = await seeTalk(person, c.req.param('id'))
    const form = await formOf(c)
    const answer = answers.find((one) => one === form.get('answer')) ?? refuse('not-found')
    await answerLink(person.house, linkOf(person.house, talk.id), person, { answer, name: null })
    return c.redirect(answer === 'yes' ? `/talks/${talk.id}` : '/talks', 303)
  })
  pages.post('/talks/:id/held', async (c) => {
    await sayHeld(personOf(c), c.req.param('id'), readMinutes((await formOf(c)).get('minutes')))
    return c.redirect(`/talks/${c.req.param('id')}`, 303)
  })
  pages.post('/talks/:id/wrong', async (c) => {
    await sayWrong(personOf(c), c.req.param('id'), c.get('visit').origin)
    return c.redirect(`/talks/${c.req.param('id')}`, 303)
  })
  pages.post('/talks/:id/away', async (c) => {
    await takeAway(personOf(c), c.req.param('id'))
    return c.redirect('/talks', 303)
  })
  pages.post('/talks/:id/promises/:promise', async (c) => {
    const { id, promise } = c.req.param()
    const form = await formOf(c)
    const state: PromiseKept['state'] = states.find((one) => one === form.get('state')) ?? refuse('not-found')
    if (!isId(promise)) refuse('not-found')
    const person = personOf(c)
    const { today } = await seeTalk(person, id)
    const byWhen = state === 'renegotiated' ? readDay(form.get('day'), today) : null
    const told = { id: promise, state, byWhen, rev: Number(form.get('rev')) || 0 }
    const done = await tellPromise(person, id, told)
    return c.redirect(`/talks/${id}${done ? '' : '?told=elsewhere'}#p-${promise}`, 303)
  })

  // --- The other, by their link

  const linkView = async (c: Context<Visited>) => {
    const { house, person } = c.get('visit')
    const token = c.req.param('token') ?? ''
    const seen = await seeLink(house, token, person)
    return { visit: c.get('visit'), token, seen, own: await noteOfLink(house, token, person) }
  }
  pages.get('/s/:token', async (c) => {
    const view = await linkView(c)
    if (view.seen.isStarter) return c.redirect(`/talks/${view.seen.talk.id}`, 303)
    if (view.seen.talk.otherIsHere && view.seen.isThem) return c.redirect(`/talks/${view.seen.talk.id}`, 303)
    return c.html(linkPage({ ...view, told: c.req.query('told') }), 200, notKept)
  })
  pages.post('/s/:token', async (c) => {
    const view = await linkView(c)
    const { visit, token, seen } = view
    const said = await formOf(c)
    const answer = answers.find((one) => one === said.get('answer')) ?? refuse('not-found')
    const read = readName(said.get('name'))
    if (answer === 'yes' && !seen.belongs && 'problem' in read) {
      const again: Again = {
        problems: [{ field: 'name', message: words(visit.lang)(`nameProblem.${read.problem}`) }],
        said,
      }
      return c.html(linkPage({ ...view, again }), 400, notKept)
    }
    const name = 'name' in read ? read.name : null
    await answerLink(visit.house, token, visit.person, { answer, name })
    return c.redirect(`/s/${token}?told=${answer}`, 303)
  })
  pages.post('/s/:token/wrong', async (c) => {
    const { house, person, origin } = c.get('visit')
    await sayWrongByLink(house, c.req.param('token'), person, origin)
    return c.redirect(`/s/${c.req.param('token')}?told=wrong`, 303)
  })

  return pages
}
