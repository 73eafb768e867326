// The doors of letters: fewer of them by one tap, also pressed by a mail program; and the post for the one who runs the server.
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { personOf, type Visited } from '../access/visit.ts'
import { largestForm } from '../door.ts'
import { refuse } from '../refusal.ts'
import { seePost, seeStop, sendTrial, stop, tryAllNow } from './letters.deeds.ts'
import { postPage, postPath } from './post.page.tsx'
import { stopPage, stoppedPage } from './stop.page.tsx'
import { words } from './words.ts'

const fits = bodyLimit({ maxSize: largestForm, onError: () => refuse('too-large') })
const notKept = { 'cache-control': 'no-store' }

export function letterPages(): Hono<Visited> {
  const pages = new Hono<Visited>()
  pages.use('/letters/*', fits)
  pages.use(`${postPath}/*`, fits)

  // A mail scanner may open this page as often as it likes: only the button stops anything.
  pages.get('/letters/stop/:token', async (c) => {
    const visit = c.get('visit')
    const seen = await seeStop(visit.house, c.req.param('token'))
    const page = seen.gets ? stopPage : stoppedPage
    return c.html(page(visit, c.req.path, seen), 200, notKept)
  })
  pages.post('/letters/stop/:token', async (c) => {
    const visit = c.get('visit')
    return c.html(stoppedPage(visit, c.req.path, await stop(visit.house, c.req.param('token'))), 200, notKept)
  })

  const post = async (c: Context<Visited>, around: Omit<Parameters<typeof postPage>[0], 'visit' | 'seen'> = {}) => {
    const visit = c.get('visit')
    return postPage({ visit, seen: await seePost(personOf(c)), ...around })
  }
  pages.get(postPath, async (c) => {
    const tried = /^\d{1,6}$/.exec(c.req.query('tried') ?? '')
    const sent = c.req.query('trial') === 'sent' ? 'sent' : undefined
    return c.html(await post(c, { tried: tried ? Number(tried[0]) : undefined, trial: sent }), 200, notKept)
  })
  pages.post(`${postPath}/now`, async (c) => c.redirect(`${postPath}?tried=${await tryAllNow(personOf(c))}`, 303))
  pages.post(`${postPath}/trial`, async (c) => {
    const typed = (new URLSearchParams(await c.req.text()).get('address') ?? '').trim().slice(0, 300)
    const say = words(c.get('visit').lang)
    const text = { subject: say('post.trialSubject'), body: `${say('post.trialBody')}\n` }
    if (await sendTrial(personOf(c), typed, text)) return c.redirect(`${postPath}?trial=sent`, 303)
    return c.html(await post(c, { trial: { typed } }), 400, notKept)
  })
  return pages
}
