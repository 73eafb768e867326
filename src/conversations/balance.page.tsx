// The doors of the balance: who carries what in a place, and the six questions before a promise.
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { personOf, type Visited } from '../access/visit.ts'
import { largestForm, notKept } from '../door.ts'
import { refuse } from '../refusal.ts'
import { finishStep, keepCheck, moveStep, seeBalance, seeCheckPlace, seeSteps, writeStep } from './balance.deeds.ts'
import { readCheck, readStep, readTurn } from './balance.ts'
import { balancePage, checkMendings, checkPage } from './check.page.tsx'
import { stepMendings, stepsPage } from './steps.page.tsx'
import { isId } from './talks.deeds.ts'

const fits = bodyLimit({ maxSize: largestForm, onError: () => refuse('too-large') })
const formOf = async (c: Context): Promise<URLSearchParams> => new URLSearchParams(await c.req.text())

export function balancePages(): Hono<Visited> {
  const pages = new Hono<Visited>()
  pages.use('/c/:slug/:what{steps|promise}/*', fits)
  pages.use('/c/:slug/:what{steps|promise}', fits)

  pages.get('/balance', async (c) => c.html(balancePage(c.get('visit'), await seeBalance(personOf(c))), 200, notKept))

  pages.get('/c/:slug/steps', async (c) =>
    c.html(stepsPage(c.get('visit'), await seeSteps(personOf(c), c.req.param('slug'))), 200, notKept),
  )
  pages.post('/c/:slug/steps', async (c) => {
    const visit = c.get('visit')
    const person = personOf(c)
    const slug = c.req.param('slug')
    const said = await formOf(c)
    const id = said.get('id') ?? ''
    if (!isId(id)) refuse('not-found')
    const read = readStep(said)
    if (!read.ok) {
      const again = { problems: stepMendings(visit.lang, read.problems), said }
      return c.html(stepsPage(visit, await seeSteps(person, slug), again), 400, notKept)
    }
    await writeStep(person, slug, { ...read.value, id })
    return c.redirect(`/c/${slug}/steps#s-${id}`, 303)
  })
  pages.post('/c/:slug/steps/:id/move', async (c) => {
    const visit = c.get('visit')
    const person = personOf(c)
    const { slug, id } = c.req.param()
    const said = await formOf(c)
    const read = readTurn(said)
    if (!read.ok) {
      const again = { problems: stepMendings(visit.lang, read.problems), said, step: id }
      return c.html(stepsPage(visit, await seeSteps(person, slug), again), 400, notKept)
    }
    await moveStep(person, slug, id, read.value)
    return c.redirect(`/c/${slug}/steps#s-${id}`, 303)
  })
  pages.post('/c/:slug/steps/:id/done', async (c) => {
    const { slug, id } = c.req.param()
    await finishStep(personOf(c), slug, id)
    return c.redirect(`/c/${slug}/steps`, 303)
  })

  pages.get('/c/:slug/promise', async (c) => {
    const { community } = await seeCheckPlace(personOf(c), c.req.param('slug'))
    return c.html(checkPage(c.get('visit'), community), 200, notKept)
  })
  pages.post('/c/:slug/promise', async (c) => {
    const visit = c.get('visit')
    const person = personOf(c)
    const { community } = await seeCheckPlace(person, c.req.param('slug'))
    const said = await formOf(c)
    const id = said.get('id') ?? ''
    if (!isId(id)) refuse('not-found')
    const read = readCheck(said)
    if (!read.ok) {
      const again = { problems: checkMendings(visit.lang, read.problems), said }
      return c.html(checkPage(visit, community, again), 400, notKept)
    }
    await keepCheck(person, community.slug, { ...read.value, id })
    return c.redirect(`/balance#k-${id}`, 303)
  })

  return pages
}
