// The doors of Ledervejen: one's own way, one's own yes, and the sheet for somebody without an account.
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { personOf, type Visited } from '../../access/visit.ts'
import { largestForm, notKept } from '../../door.ts'
import { bandOf } from '../../people/person.ts'
import { refuse } from '../../refusal.ts'
import { onPaperPage } from './on-paper.page.tsx'
import { ownWayPage, told } from './own-way.page.tsx'
import { change, changes, sayOnPaper, sayYes, seeOnPaper, seePath } from './path.deeds.ts'
import { isStage, type StageNumber } from './path.ts'

const small = bodyLimit({ maxSize: largestForm, onError: () => refuse('too-large') })
const formOf = async (c: Context<Visited>): Promise<URLSearchParams> => new URLSearchParams(await c.req.text())

/** A digit from 0 to 6; null for everything else. */
const stageIn = (form: URLSearchParams): StageNumber | null => {
  const text = form.get('stage') ?? ''
  return /^\d$/.test(text) && isStage(Number(text)) ? (Number(text) as StageNumber) : null
}

export function pathPages(): Hono<Visited> {
  const pages = new Hono<Visited>()
  for (const path of ['/c/:slug/path', '/c/:slug/path/*', '/c/:slug/people/:id/path']) pages.use(path, small)

  pages.get('/c/:slug/path', async (c) => {
    const seen = await seePath(personOf(c), c.req.param('slug'))
    const happened = told.find((one) => one === c.req.query('said'))
    return c.html(ownWayPage({ visit: c.get('visit'), seen, happened }), 200, notKept)
  })

  pages.post('/c/:slug/path/say', async (c) => {
    const me = personOf(c)
    const slug = c.req.param('slug')
    const form = await formOf(c)
    const answer = (['yes', 'not-now', 'no'] as const).find((one) => one === form.get('answer')) ?? refuse('not-found')
    // Not now and no are written nowhere.
    const { slug: place } =
      answer === 'yes'
        ? await sayYes(me, slug, {
            stage: stageIn(form) ?? refuse('not-found'),
            age: bandOf(form.get('age')),
            coachMayKnow: form.get('coach') === 'yes',
          })
        : (await seePath(me, slug)).community
    return c.redirect(`/c/${place}/path?said=${answer}`, 303)
  })

  pages.post('/c/:slug/path/change', async (c) => {
    const form = await formOf(c)
    const how = changes.find((one) => one === form.get('how')) ?? refuse('not-found')
    const { slug } = await change(personOf(c), c.req.param('slug'), how, stageIn(form))
    return c.redirect(`/c/${slug}/path?said=${how}`, 303)
  })

  // --- For somebody without an account, by a key holder

  pages.get('/c/:slug/people/:id/path', async (c) => {
    const seen = await seeOnPaper(personOf(c), c.req.param('slug'), c.req.param('id'))
    return c.html(onPaperPage({ visit: c.get('visit'), seen, done: c.req.query('done') === 'yes' }), 200, notKept)
  })

  pages.post('/c/:slug/people/:id/path', async (c) => {
    const me = personOf(c)
    const { slug, id } = c.req.param()
    const stage = stageIn(await formOf(c))
    if (stage === null)
      return c.html(
        onPaperPage({ visit: c.get('visit'), seen: await seeOnPaper(me, slug, id), missing: true }),
        400,
        notKept,
      )
    const { community } = await sayOnPaper(me, slug, id, stage)
    return c.redirect(`/c/${community.slug}/people/${id}/path?done=yes`, 303)
  })

  return pages
}
