// The doors of commitments: promised on a phone, one's own page, and the hosts' list.
import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Visited } from '../../access/visit.ts'
import { cookieOf, cookieText, largestForm, notKept } from '../../door.ts'
import { isLang, type Lang } from '../../i18n/catalogue.ts'
import { refuse } from '../../refusal.ts'
import type { Hall } from '../hall.ts'
import { lateDays } from '../meeting.ts'
import { readCode } from '../meeting-code.ts'
import {
  backPage,
  type CommitmentPageProps,
  changePage,
  commitmentPage,
  promisePage,
  takenBackPage,
  writePage,
} from './commitment.page.tsx'
import { readPromise, readTold } from './commitment.ts'
import {
  changeCommitment,
  changeOwn,
  commitmentHere,
  mayPromise,
  ownCommitment,
  promise,
  promisedHere,
  sayHowItWent,
  sayHowOwnWent,
  strikeCommitment,
  takeBackOwn,
  todayAt,
  writeCommitment,
} from './commitments.deeds.ts'
import { type ListView, listPage } from './list.page.tsx'

/** What a script sends along: it wants a status, not a page. */
const outboxHead = 'x-oplive-outbox'
/** Leads a phone to its own page when the outbox has sent a promise. Sent to that one address alone. */
const ownCookie = 'promise'

const formKey = /^[\w-]{16,64}$/
const rowId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const codeOf = (c: Context<Visited>): string => readCode(c.req.param('code') ?? '') ?? refuse('code.unknown')
const formOf = async (c: Context<Visited>): Promise<URLSearchParams> => new URLSearchParams(await c.req.text())
const seenIn = (form: URLSearchParams): number => Number(form.get('seen')) || 0
/** The language of the page that was sent, as its form says. */
const langIn = (c: Context<Visited>, form: URLSearchParams): Lang => {
  const said = form.get('lang')
  return isLang(said) ? said : c.get('visit').lang
}
const small = bodyLimit({ maxSize: largestForm, onError: () => refuse('too-large') })

export function commitmentPages(hall: Hall): Hono<Visited> {
  const pages = new Hono<Visited>()
  pages.use('/m/:code/commit', small)
  pages.use('/m/:code/list/*', small)
  pages.use('/g/*', small)

  // --- On a phone

  const meetingAt = async (c: Context<Visited>) => (await hall.find(codeOf(c))) ?? refuse('code.unknown')

  pages.get('/m/:code/commit', async (c) => {
    const meeting = await meetingAt(c)
    if (!mayPromise(meeting, hall.house.clock.now())) return c.redirect(`/m/${meeting.code}`, 303)
    return c.html(promisePage(meeting, c.get('visit').lang), 200, notKept)
  })

  pages.post('/m/:code/commit', async (c) => {
    const meeting = await meetingAt(c)
    const form = await formOf(c)
    const lang = langIn(c, form)
    const read = readPromise(form, todayAt(meeting, hall.house))
    const forScript = c.req.header(outboxHead) !== undefined
    if (!read.ok)
      return forScript
        ? c.body(null, 400)
        : c.html(promisePage(meeting, lang, { problems: read.problems, said: form }), 400, notKept)
    const sent = form.get('key') ?? ''
    const { secret } = await promise(hall, meeting, { ...read.value, key: formKey.test(sent) ? sent : randomUUID() })
    const secure = c.get('visit').origin.startsWith('https:')
    const path = `/m/${meeting.code}/promised`
    c.header('set-cookie', cookieText({ name: ownCookie, value: secret, path, seconds: lateDays * 86_400, secure }))
    return forScript ? c.body(null, 204) : c.redirect(`/g/${secret}?lang=${lang}`, 303)
  })

  pages.get('/m/:code/promised', async (c) => {
    const secret = cookieOf(c.req.header('cookie'), ownCookie)
    const { lang } = c.get('visit')
    return c.redirect(secret && /^[\w-]{32}$/.test(secret) ? `/g/${secret}?lang=${lang}` : `/m/${codeOf(c)}`, 303)
  })

  // --- One's own

  const ownView = async (c: Context<Visited>, lang = c.get('visit').lang): Promise<CommitmentPageProps> => {
    const secret = c.req.param('secret') ?? ''
    return { lang, ...(await ownCommitment(hall, secret)), eye: 'own', path: `/g/${secret}` }
  }

  pages.get('/g/:secret', async (c) =>
    c.html(commitmentPage({ ...(await ownView(c)), tell: c.req.query('told') === '1' }), 200, notKept),
  )

  pages.post('/g/:secret', async (c) => {
    const form = await formOf(c)
    const view = await ownView(c, langIn(c, form))
    const read = readTold(form, view.today)
    if (!read.ok)
      return c.html(commitmentPage({ ...view, again: { problems: read.problems, said: form } }), 400, notKept)
    const done = await sayHowOwnWent(hall, c.req.param('secret'), read.value, seenIn(form))
    if (done === 'done') return c.redirect(`${view.path}?lang=${view.lang}`, 303)
    const now = await ownView(c, view.lang)
    return c.html(commitmentPage({ ...now, elsewhere: true, again: { problems: [], said: form } }), 409, notKept)
  })

  pages.get('/g/:secret/change', async (c) => c.html(changePage(await ownView(c)), 200, notKept))

  pages.post('/g/:secret/change', async (c) => {
    const form = await formOf(c)
    const view = await ownView(c, langIn(c, form))
    const read = readPromise(form, view.today, view.commitment.byWhen)
    if (!read.ok) return c.html(changePage({ ...view, again: { problems: read.problems, said: form } }), 400, notKept)
    const done = await changeOwn(hall, c.req.param('secret'), read.value, seenIn(form))
    if (done === 'done') return c.redirect(`${view.path}?lang=${view.lang}`, 303)
    const now = await ownView(c, view.lang)
    return c.html(changePage({ ...now, elsewhere: true, again: { problems: [], said: form } }), 409, notKept)
  })

  pages.get('/g/:secret/back', async (c) => c.html(backPage(await ownView(c)), 200, notKept))

  pages.post('/g/:secret/back', async (c) => {
    const lang = langIn(c, await formOf(c))
    const meeting = await takeBackOwn(hall, c.req.param('secret'))
    return c.html(takenBackPage(lang, meeting), 200, notKept)
  })

  // --- The hosts

  pages.get('/m/:code/list', async (c) => {
    const { actor, lang } = c.get('visit')
    const here = await promisedHere(actor, codeOf(c))
    const asked = c.req.query('view')
    // At the end of the evening it is read aloud; once the card is closed, it is telephoned from.
    const view: ListView =
      asked === 'aloud' || asked === 'calls' ? asked : here.meeting.life.phase === 'closed' ? 'calls' : 'aloud'
    return c.html(listPage(lang, here, view), 200, notKept)
  })

  pages.get('/m/:code/list/new', async (c) => {
    const { actor, lang } = c.get('visit')
    const { meeting } = await promisedHere(actor, codeOf(c))
    return c.html(writePage(lang, meeting, randomUUID(), undefined, c.req.query('written') === '1'), 200, notKept)
  })

  pages.post('/m/:code/list/new', async (c) => {
    const { actor, lang } = c.get('visit')
    const { meeting, today } = await promisedHere(actor, codeOf(c))
    const form = await formOf(c)
    const sent = form.get('id') ?? ''
    const id = rowId.test(sent) ? sent : randomUUID()
    const read = readPromise(form, today)
    if (!read.ok)
      return c.html(writePage(lang, meeting, id, { problems: read.problems, said: form }, false), 400, notKept)
    await writeCommitment(actor, hall, meeting.code, { ...read.value, medium: 'facilitator', id })
    return c.redirect(`/m/${meeting.code}/list/new?written=1`, 303)
  })

  const hostView = async (c: Context<Visited>): Promise<CommitmentPageProps> => {
    const { actor, lang } = c.get('visit')
    const here = await commitmentHere(actor, codeOf(c), c.req.param('id') ?? '')
    return { lang, ...here, eye: 'host', path: `/m/${here.meeting.code}/list/${here.commitment.id}` }
  }

  pages.get('/m/:code/list/:id', async (c) =>
    c.html(commitmentPage({ ...(await hostView(c)), tell: true }), 200, notKept),
  )

  pages.post('/m/:code/list/:id', async (c) => {
    const { actor } = c.get('visit')
    const view = await hostView(c)
    const form = await formOf(c)
    const read = readTold(form, view.today)
    if (!read.ok)
      return c.html(commitmentPage({ ...view, again: { problems: read.problems, said: form } }), 400, notKept)
    const { code } = view.meeting
    const done = await sayHowItWent(actor, hall, code, view.commitment.id, read.value, seenIn(form))
    if (done === 'done') return c.redirect(`/m/${code}/list?view=calls#c-${view.commitment.id}`, 303)
    const now = { ...(await hostView(c)), elsewhere: true, again: { problems: [], said: form } }
    return c.html(commitmentPage(now), 409, notKept)
  })

  pages.get('/m/:code/list/:id/change', async (c) => c.html(changePage(await hostView(c)), 200, notKept))

  pages.post('/m/:code/list/:id/change', async (c) => {
    const { actor } = c.get('visit')
    const view = await hostView(c)
    const form = await formOf(c)
    const read = readPromise(form, view.today, view.commitment.byWhen)
    if (!read.ok) return c.html(changePage({ ...view, again: { problems: read.problems, said: form } }), 400, notKept)
    const { code } = view.meeting
    const done = await changeCommitment(actor, hall, code, view.commitment.id, read.value, seenIn(form))
    if (done === 'done') return c.redirect(view.path, 303)
    const now = { ...(await hostView(c)), elsewhere: true, again: { problems: [], said: form } }
    return c.html(changePage(now), 409, notKept)
  })

  pages.get('/m/:code/list/:id/back', async (c) => c.html(backPage(await hostView(c)), 200, notKept))

  pages.post('/m/:code/list/:id/back', async (c) => {
    const { actor } = c.get('visit')
    const code = codeOf(c)
    await strikeCommitment(actor, hall, code, c.req.param('id'))
    return c.redirect(`/m/${code}/list`, 303)
  })

  return pages
}
