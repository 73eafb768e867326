// The doors of what one of two says to the other outside the talk: how they hear of it, thanks, and fewer letters.
import { type Context, Hono } from 'hono'
import { personOf, type Visited } from '../access/visit.ts'
import { notKept } from '../door.ts'
import { refuse } from '../refusal.ts'
import type { Again } from './said.tsx'
import { readThanks } from './talk-letter.ts'
import { hasMailbox, type Sent, seeQuiet, setQuiet, writeThanks, writeToTyped } from './talk-letters.deeds.ts'
import { linkOf, sayThanked, seeTalk, type TalkSeen } from './talks.deeds.ts'
import { cardPage, tellPage } from './tell.page.tsx'
import { quietPage, thanksCardPage, thanksPage } from './thanks.page.tsx'
import { words } from './words.ts'

const formOf = async (c: Context): Promise<URLSearchParams> => new URLSearchParams(await c.req.text())

/** What the other gets is for the one who asked to send; the other has a page of their own. */
async function asStarter(c: Context<Visited>): Promise<TalkSeen> {
  const seen = await seeTalk(personOf(c), c.req.param('id'))
  return seen.talk.mine === 'starter' ? seen : refuse('not-found')
}

const unsent = { resting: 'restingBox' } as const
const againWith = (c: Context<Visited>, said: URLSearchParams, field: string, code: Exclude<Sent, 'sent'>): Again => {
  const say = words(c.get('visit').lang)
  return { said, problems: [{ field, message: say(`problem.${code === 'resting' ? unsent.resting : code}`) }] }
}

export function talkLetterPages(): Hono<Visited> {
  const pages = new Hono<Visited>()

  // --- In advance

  const told = async (c: Context<Visited>, more: Pick<Parameters<typeof tellPage>[0], 'sent' | 'again'>) => {
    const visit = c.get('visit')
    const seen = await asStarter(c)
    return tellPage({ visit, seen, link: `${visit.origin}/s/${linkOf(visit.house, seen.talk.id)}`, ...more })
  }
  pages.get('/talks/:id/tell', async (c) =>
    c.html(await told(c, { sent: c.req.query('told') === 'sent' }), 200, notKept),
  )
  pages.post('/talks/:id/tell', async (c) => {
    const { lang, origin, house } = c.get('visit')
    const { talk } = await asStarter(c)
    const said = await formOf(c)
    const link = `${origin}/s/${linkOf(house, talk.id)}`
    const address = said.get('address') ?? ''
    const sent = await writeToTyped(personOf(c), talk, { address, lang, origin, link })
    if (sent === 'sent') return c.redirect(`/talks/${talk.id}/tell?told=sent`, 303)
    return c.html(await told(c, { again: againWith(c, said, 'address', sent) }), 400, notKept)
  })
  pages.get('/talks/:id/card', async (c) => {
    const visit = c.get('visit')
    const seen = await asStarter(c)
    return c.html(cardPage(visit, seen, `${visit.origin}/s/${linkOf(visit.house, seen.talk.id)}`), 200, notKept)
  })

  // --- Thanks

  const held = async (c: Context<Visited>): Promise<TalkSeen> => {
    const seen = await asStarter(c)
    return seen.talk.heldOn ? seen : refuse('not-found')
  }
  const thanks = async (c: Context<Visited>, seen: TalkSeen, again?: Again) => {
    const visit = c.get('visit')
    return thanksPage({ visit, seen, hasMailbox: await hasMailbox(visit.house, seen.talk), again })
  }
  pages.get('/talks/:id/thanks', async (c) => c.html(await thanks(c, await held(c)), 200, notKept))
  pages.get('/talks/:id/thanks/card', async (c) => c.html(thanksCardPage(c.get('visit'), await held(c)), 200, notKept))
  pages.post('/talks/:id/thanks', async (c) => {
    await sayThanked(personOf(c), c.req.param('id'))
    return c.redirect(`/talks/${c.req.param('id')}#after`, 303)
  })
  pages.post('/talks/:id/thanks/letter', async (c) => {
    const { lang, origin } = c.get('visit')
    const seen = await held(c)
    const said = await formOf(c)
    const read = readThanks(said.get('line'))
    if ('problem' in read) {
      const code = read.problem
      const message = words(lang)(`problem.${code}`, { count: 280 })
      return c.html(await thanks(c, seen, { said, problems: [{ field: 'line', message }] }), 400, notKept)
    }
    const address = said.get('address') ?? ''
    const sent = await writeThanks(personOf(c), seen.talk, { line: read.line, address, lang, origin })
    if (sent !== 'sent') {
      const field = seen.talk.otherIsHere ? 'line' : 'address'
      return c.html(await thanks(c, seen, againWith(c, said, field, sent)), 400, notKept)
    }
    await sayThanked(personOf(c), seen.talk.id)
    return c.redirect(`/talks/${seen.talk.id}?told=thanks#after`, 303)
  })

  // --- Fewer letters. A mail scanner may open the page as often as it likes: only the button stops anything.

  pages.get('/s/stop/:token', async (c) => {
    const { house } = c.get('visit')
    const quiet = await seeQuiet(house, c.req.param('token'))
    return c.html(quietPage(c.get('visit'), c.req.path, quiet), 200, notKept)
  })
  pages.post('/s/stop/:token', async (c) => {
    const visit = c.get('visit')
    const quiet = !(await formOf(c)).has('again')
    await setQuiet(visit.house, c.req.param('token'), quiet)
    return c.html(quietPage(visit, c.req.path, quiet), 200, notKept)
  })

  return pages
}
