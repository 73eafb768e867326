// The doors of other programs: what they read under /api/v1, and the pages where keys and addresses are made and taken away.
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { proveFirst } from '../access/prove-first.ts'
import { hasProved } from '../access/session.deeds.ts'
import { personOf, type Visited } from '../access/visit.ts'
import { seeCommunities } from '../communities/community.deeds.ts'
import { type Actor, guestIn, inOneTransaction } from '../db/as-actor.ts'
import { seePlace } from '../desks/desk.deeds.ts'
import { largestForm } from '../door.ts'
import type { Hall } from '../meetings/hall.ts'
import { csvText } from '../meetings/record/csv.ts'
import { seeOpenRecord } from '../meetings/record/record.deeds.ts'
import { seeNumbers, seeOwnNumbers } from '../numbers/numbers.deeds.ts'
import { seeContacts } from '../people/me.deeds.ts'
import { Refusal, type RefusalCode, refusals, refuse } from '../refusal.ts'
import {
  columns,
  communityAnswer,
  contactAnswer,
  meetingAnswer,
  meetingsOf,
  numbersAnswer,
  placeAnswer,
  recordAnswer,
  tableOf,
} from './answers.ts'
import { choicesOf, dropKey, makeKey, type Program, programBy, seeKeys } from './api-key.deeds.ts'
import { keyIn } from './api-key.ts'
import { dataPage } from './data.page.tsx'
import { keysPage } from './keys.page.tsx'
import { openApi } from './open-api.ts'
import { addWebhook, dropWebhook, goOn, seeWebhooks } from './webhook.deeds.ts'
import { webhooksPage } from './webhooks.page.tsx'

const fits = bodyLimit({ maxSize: largestForm, onError: () => refuse('too-large') })
const notKept = { 'cache-control': 'no-store' }
const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
const idOf = (text: string | undefined): string => (text && isId(text) ? text : refuse('not-found'))

export function apiPages(hall: Hall): Hono<Visited> {
  return new Hono<Visited>().route('/', readers(hall)).route('/', ownPages())
}

// --- What programs read

function readers(hall: Hall): Hono<Visited> {
  const often = new RateLimiterMemory({ points: 600, duration: 60 })
  /** Keys that open nothing, all together: a key has 256 bits, and nobody who tries many of them means well. */
  const wrong = new RateLimiterMemory({ points: 300, duration: 60 })
  const within = (limit: RateLimiterMemory, key: string) =>
    limit.consume(key).then(
      () => true,
      () => false,
    )

  /** By the key that it brings, else as the one who is signed in here, else as everybody. */
  async function actorOf(c: Context<Visited>): Promise<Actor | Program> {
    const visit = c.get('visit')
    const key = keyIn(c.req.header('authorization'))
    if (key === null) return visit.actor
    const program = key === 'wrong' ? null : await programBy(visit.house, key)
    if (!program) return refuse((await within(wrong, 'all')) ? 'api.key' : 'api.often')
    return (await within(often, program.key)) ? program : refuse('api.often')
  }
  const isProgram = (actor: Actor | Program): actor is Program => 'key' in actor
  /** A program reads as its owner in its own place; in every other as everybody. */
  const at = (actor: Actor | Program, slug: string): Actor =>
    isProgram(actor) && actor.place !== null && actor.place.slug !== slug ? guestIn(actor.house) : actor
  /** For what only those of a place are told. */
  const inside = (actor: Actor | Program, slug: string): Actor & { account: string } => {
    const one = at(actor, slug)
    if (one.account === null) return refuse(isProgram(actor) ? 'not-found' : 'api.key')
    return { ...one, account: one.account }
  }

  type List = Record<string, unknown>[]
  const give = (c: Context<Visited>, list: List, named: keyof typeof columns) => {
    if (c.req.query('format') !== 'csv') return c.json(list, 200, notKept)
    return c.body(csvText(tableOf(list, columns[named])), 200, {
      ...notKept,
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${named}.csv"`,
    })
  }
  /** One request is one transaction, whoever asks. */
  const read = (work: (c: Context<Visited>, actor: Actor | Program) => Promise<Response>) => (c: Context<Visited>) =>
    inOneTransaction(c.get('visit').house, async () => work(c, await actorOf(c)))

  const api = new Hono<Visited>()
  api.onError((error, c) => {
    const code: RefusalCode = error instanceof Refusal ? error.code : 'busy'
    if (!(error instanceof Refusal)) c.get('visit').house.log.fail('request.failed', error, { route: c.req.routePath })
    // To a program "sign in" says: bring a key.
    const said = code === 'sign-in.needed' ? 'api.key' : code
    return c.body(
      JSON.stringify({ type: `${c.get('visit').origin}/api/v1#${said}`, title: said, status: refusals[said] }),
      refusals[said],
      { ...notKept, 'content-type': 'application/problem+json' },
    )
  })
  api.get('/api/v1', (c) => c.json(openApi(c.get('visit').origin), 200, { 'cache-control': 'public, max-age=300' }))
  api.get(
    '/api/v1/communities',
    read(async (c, actor) => give(c, (await seeCommunities(actor)).map(communityAnswer), 'communities')),
  )
  api.get(
    '/api/v1/communities/:slug',
    read(async (c, actor) => {
      const slug = c.req.param('slug') ?? ''
      return c.json(placeAnswer(await seePlace(at(actor, slug), slug)), 200, notKept)
    }),
  )
  api.get(
    '/api/v1/communities/:slug/meetings',
    read(async (c, actor) => {
      const slug = c.req.param('slug') ?? ''
      return give(c, meetingsOf(await seePlace(at(actor, slug), slug)).map(meetingAnswer), 'meetings')
    }),
  )
  api.get(
    '/api/v1/communities/:slug/meetings/:id',
    read(async (c, actor) => {
      const slug = c.req.param('slug') ?? ''
      return c.json(
        recordAnswer(await seeOpenRecord(at(actor, slug), hall, slug, idOf(c.req.param('id')))),
        200,
        notKept,
      )
    }),
  )
  api.get(
    '/api/v1/communities/:slug/contacts',
    read(async (c, actor) => {
      const slug = c.req.param('slug') ?? ''
      const { contacts } = await seeContacts(inside(actor, slug), slug)
      return give(c, (contacts ?? refuse('not-found')).map(contactAnswer), 'contacts')
    }),
  )
  api.get(
    '/api/v1/communities/:slug/numbers',
    read(async (c, actor) => {
      const slug = c.req.param('slug') ?? ''
      return give(c, numbersAnswer(await seeOwnNumbers(inside(actor, slug), slug)), 'numbers')
    }),
  )
  api.get(
    '/api/v1/numbers',
    read(async (c, actor) => give(c, numbersAnswer(await seeNumbers(actor)), 'numbers')),
  )
  api.all('/api/*', () => refuse('not-found'))
  return api
}

// --- Where people make keys and say whom to tell

function ownPages(): Hono<Visited> {
  const pages = new Hono<Visited>()
  pages.use('/me/api/*', fits)
  pages.use('/me/api', fits)
  pages.use('/c/:slug/webhooks/*', fits)
  pages.use('/c/:slug/webhooks', fits)
  const formOf = async (c: Context): Promise<URLSearchParams> => new URLSearchParams(await c.req.text())

  pages.get('/c/:slug/data', async (c) => {
    const visit = c.get('visit')
    return c.html(dataPage(visit, await seePlace(visit.actor, c.req.param('slug'))), 200, notKept)
  })

  pages.get('/me/api', async (c) => {
    const visit = c.get('visit')
    const person = personOf(c)
    const choices = choicesOf(person, await seeCommunities(person))
    return c.html(keysPage({ visit, keys: await seeKeys(person), choices, done: c.req.query('done') }), 200, notKept)
  })
  pages.post('/me/api', async (c) => {
    const visit = c.get('visit')
    const person = personOf(c)
    const form = await formOf(c)
    const places = await seeCommunities(person)
    const choices = choicesOf(person, places)
    const choice = choices.find(({ value }) => value === form.get('as'))
    const name = form.get('name') ?? ''
    const again = async (problem: 'name' | 'many' | 'as') =>
      c.html(keysPage({ visit, keys: await seeKeys(person), choices, said: form, problem }), 400, notKept)
    if (!choice) return again('as')
    const community = places.find(({ slug }) => slug === choice.slug)?.id ?? null
    const made = await makeKey(person, { ...choice, community }, name)
    if (typeof made === 'string') return again(made)
    return c.html(keysPage({ visit, keys: await seeKeys(person), choices, made: { ...made, name } }), 200, notKept)
  })
  pages.post('/me/api/:id/drop', async (c) => {
    await dropKey(personOf(c), idOf(c.req.param('id')))
    return c.redirect('/me/api?done=dropped', 303)
  })

  const path = (c: Context) => `/c/${c.req.param('slug')}/webhooks`
  pages.get('/c/:slug/webhooks', async (c) => {
    const person = personOf(c)
    const seen = await seeWebhooks(person, c.req.param('slug'), hasProved(person))
    if (!hasProved(person)) return proveFirst(c, path(c))
    return c.html(webhooksPage({ visit: c.get('visit'), seen, done: c.req.query('done') }), 200, notKept)
  })
  pages.post('/c/:slug/webhooks', async (c) => {
    const person = personOf(c)
    const slug = c.req.param('slug')
    const url = ((await formOf(c)).get('url') ?? '').slice(0, 1000)
    const done = await addWebhook(person, slug, url)
    if (done === 'added') return c.redirect(`${path(c)}?done=added`, 303)
    const seen = await seeWebhooks(person, slug, true)
    return c.html(webhooksPage({ visit: c.get('visit'), seen, said: url, problem: done }), 400, notKept)
  })
  pages.post('/c/:slug/webhooks/:id/drop', async (c) => {
    await dropWebhook(personOf(c), c.req.param('slug'), idOf(c.req.param('id')))
    return c.redirect(`${path(c)}?done=dropped`, 303)
  })
  pages.post('/c/:slug/webhooks/:id/again', async (c) => {
    await goOn(personOf(c), c.req.param('slug'), idOf(c.req.param('id')))
    return c.redirect(`${path(c)}?done=again`, 303)
  })
  return pages
}
