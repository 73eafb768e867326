// The doors of tasks and of somebody to lean on: for whoever is of the place, each for themselves.
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { personOf, type Visited } from '../../access/visit.ts'
import { largestForm, notKept } from '../../door.ts'
import { refuse } from '../../refusal.ts'
import { findPage, helpersPage } from './find.page.tsx'
import { told } from './said.tsx'
import { type SlipProblem, slipPage, typedPage } from './slip.page.tsx'
import { endSupport, seeSupport, showSupport } from './support.deeds.ts'
import { supportPage } from './support.page.tsx'
import { readTask } from './task.ts'
import {
  answerNeighbour,
  askNeighbour,
  dropMark,
  layDownTask,
  sayHelped,
  seeFind,
  seeHelpers,
  seeSlip,
  seeTasks,
  takeBackQuestion,
  tellTask,
  typeSlip,
} from './tasks.deeds.ts'
import { tasksPage } from './tasks.page.tsx'

const small = bodyLimit({ maxSize: largestForm, onError: () => refuse('too-large') })
const formOf = async (c: Context<Visited>): Promise<URLSearchParams> => new URLSearchParams(await c.req.text())
const line = (form: URLSearchParams, field: string): string =>
  (form.get(field) ?? '').trim().replace(/\s+/g, ' ').slice(0, 120)
const pagesWithQuestions = { tasks: 'tasks', find: 'tasks/find', support: 'support' } as const

export function coachingPages(): Hono<Visited> {
  const pages = new Hono<Visited>()
  for (const room of ['tasks', 'support', 'helpers', 'asked-along'])
    for (const path of [`/c/:slug/${room}`, `/c/:slug/${room}/*`]) pages.use(path, small)
  const slugOf = (c: Context<Visited>): string => c.req.param('slug') ?? ''
  const happenedIn = (c: Context<Visited>) => told.find((one) => one === c.req.query('done'))

  // --- One's own tasks

  pages.get('/c/:slug/tasks', async (c) => {
    const seen = await seeTasks(personOf(c), slugOf(c))
    return c.html(tasksPage(c.get('visit'), seen, { happened: happenedIn(c) }), 200, notKept)
  })
  pages.post('/c/:slug/tasks', async (c) => {
    const me = personOf(c)
    const form = await formOf(c)
    const said = { kind: form.get('kind') ?? '', words: form.get('words') ?? '' }
    const { name, fault } = readTask(form)
    const problem = name ? ((await tellTask(me, slugOf(c), name)) === 'again' ? 'again' : null) : fault
    if (problem)
      return c.html(tasksPage(c.get('visit'), await seeTasks(me, slugOf(c)), { said, problem }), 400, notKept)
    return c.redirect(`/c/${slugOf(c)}/tasks?done=told`, 303)
  })
  pages.post('/c/:slug/tasks/:task/down', async (c) => {
    await layDownTask(personOf(c), slugOf(c), c.req.param('task'))
    return c.redirect(`/c/${slugOf(c)}/tasks?done=down`, 303)
  })

  // --- Who could share one

  pages.get('/c/:slug/tasks/find', async (c) => {
    const seen = await seeFind(personOf(c), slugOf(c))
    return c.html(findPage(c.get('visit'), seen, { task: c.req.query('task'), happened: happenedIn(c) }), 200, notKept)
  })
  pages.post('/c/:slug/tasks/find', async (c) => {
    const me = personOf(c)
    const form = await formOf(c)
    const task = form.get('task') ?? ''
    if (!form.get('whom'))
      return c.html(findPage(c.get('visit'), await seeFind(me, slugOf(c)), { task, problem: 'whom' }), 400, notKept)
    await askNeighbour(me, slugOf(c), form.get('whom') ?? '', task)
    return c.redirect(`/c/${slugOf(c)}/tasks/find?done=asked`, 303)
  })
  pages.post('/c/:slug/asked-along/:id', async (c) => {
    const me = personOf(c)
    const form = await formOf(c)
    const answer = form.get('answer')
    if (answer === 'back') await takeBackQuestion(me, slugOf(c), c.req.param('id'))
    else if (answer === 'yes' || answer === 'no')
      await answerNeighbour(me, slugOf(c), c.req.param('id'), answer === 'yes')
    else refuse('not-found')
    const from = form.get('from')
    const page = from === 'find' || from === 'support' ? pagesWithQuestions[from] : pagesWithQuestions.tasks
    return c.redirect(`/c/${slugOf(c)}/${page}?done=${answer}`, 303)
  })

  // --- Who has helped

  pages.get('/c/:slug/helpers', async (c) =>
    c.html(helpersPage(c.get('visit'), await seeHelpers(personOf(c), slugOf(c)), happenedIn(c)), 200, notKept),
  )
  pages.post('/c/:slug/helpers/:id', async (c) => {
    const helped = (await formOf(c)).get('helped') === 'yes'
    await sayHelped(personOf(c), slugOf(c), c.req.param('id'), helped)
    return c.redirect(`/c/${slugOf(c)}/helpers?done=${helped ? 'marked' : 'unmarked'}`, 303)
  })
  pages.post('/c/:slug/helpers/about/:id', async (c) => {
    await dropMark(personOf(c), slugOf(c), c.req.param('id'))
    return c.redirect(`/c/${slugOf(c)}/tasks?done=unmarked`, 303)
  })

  // --- Somebody to lean on

  pages.get('/c/:slug/support', async (c) => {
    const seen = await seeSupport(personOf(c), slugOf(c))
    return c.html(supportPage(c.get('visit'), seen, { happened: happenedIn(c) }), 200, notKept)
  })
  pages.post('/c/:slug/support', async (c) => {
    const me = personOf(c)
    const whom = (await formOf(c)).get('whom')
    if (!whom)
      return c.html(supportPage(c.get('visit'), await seeSupport(me, slugOf(c)), { problem: 'whom' }), 400, notKept)
    await askNeighbour(me, slugOf(c), whom, null)
    return c.redirect(`/c/${slugOf(c)}/support?done=asked`, 303)
  })
  pages.post('/c/:slug/support/:id/show', async (c) => {
    const form = await formOf(c)
    const shows = { tasks: form.has('tasks'), contact: form.has('contact') }
    await showSupport(personOf(c), slugOf(c), c.req.param('id'), shows)
    return c.redirect(`/c/${slugOf(c)}/support?done=shown`, 303)
  })
  pages.post('/c/:slug/support/:id/end', async (c) => {
    await endSupport(personOf(c), slugOf(c), c.req.param('id'))
    return c.redirect(`/c/${slugOf(c)}/support?done=ended`, 303)
  })

  // --- On paper

  pages.get('/c/:slug/tasks/slip', async (c) => {
    const { community } = await seeSlip(personOf(c), slugOf(c))
    return c.html(slipPage(c.get('visit'), community), 200, notKept)
  })
  pages.get('/c/:slug/tasks/typed', async (c) => {
    const { community, mayType } = await seeSlip(personOf(c), slugOf(c))
    if (!mayType) refuse('not-found')
    return c.html(typedPage(c.get('visit'), community, { done: c.req.query('done') === 'yes' }), 200, notKept)
  })
  pages.post('/c/:slug/tasks/typed', async (c) => {
    const me = personOf(c)
    const form = await formOf(c)
    const down = form.get('what') === 'down'
    const said = {
      what: form.get('what') ?? '',
      one: line(form, 'one'),
      two: line(form, 'two'),
      kind: form.get('kind') ?? '',
      words: form.get('words') ?? '',
    }
    const { community, mayType } = await seeSlip(me, slugOf(c))
    if (!mayType) refuse('not-found')
    const { name, fault } = readTask(form)
    let problem: SlipProblem | null =
      said.what === '' ? 'what' : said.one === '' ? 'one' : said.two === '' && !down ? 'two' : fault
    if (!problem && name) {
      const slip = { ...name, one: said.one, two: down ? null : said.two }
      if ((await typeSlip(me, slugOf(c), slip)) === 'nobody') problem = down ? 'nobodyDown' : 'nobody'
    }
    if (problem) return c.html(typedPage(c.get('visit'), community, { said, problem }), 400, notKept)
    return c.redirect(`/c/${slugOf(c)}/tasks/typed?done=yes`, 303)
  })

  return pages
}
