// The doors of the agreed note: written together, read aloud, and said yes to on one phone, on two, or on a slip.
import { type Context, Hono } from 'hono'
import { personOf, type Visited } from '../access/visit.ts'
import { notKept } from '../door.ts'
import { refuse } from '../refusal.ts'
import { handedPage, noteFormPage, readPage } from './note.page.tsx'
import { asFields, type Draft, readDraft, readNote } from './note.ts'
import {
  agreeOnOnePhone,
  agreeOnSlip,
  agreeOnTwoPhones,
  sealForOther,
  seeNote,
  seeWaiting,
  takeUpWaiting,
  yesOf,
} from './notes.deeds.ts'
import { type Again, noteMendings } from './said.tsx'
import { readSecret } from './sealing.ts'
import { readName, type Talk } from './talk.ts'
import { linkOf, seeTalk, type TalkSeen } from './talks.deeds.ts'
import { sayYesPage, showCodePage, slipPage, typeCodePage } from './two-phones.page.tsx'
import { words } from './words.ts'

const formOf = async (c: Context): Promise<URLSearchParams> => new URLSearchParams(await c.req.text())

export function notePages(): Hono<Visited> {
  const pages = new Hono<Visited>()

  // --- Two phones: the other

  pages.get('/talks/yes', (c) => {
    const code = c.req.query('code')
    if (code === undefined) return c.html(typeCodePage(c.get('visit')), 200, notKept)
    return c.redirect(`/talks/yes/${readSecret(code) ?? refuse('talk.nothing')}`, 303)
  })
  pages.get('/talks/yes/:secret', async (c) => {
    const { secret } = c.req.param()
    return c.html(sayYesPage(c.get('visit'), await seeWaiting(personOf(c), secret), secret), 200, notKept)
  })
  pages.post('/talks/yes/:secret', async (c) => {
    const talk = await agreeOnTwoPhones(personOf(c), c.req.param('secret'))
    return c.redirect(`/talks/${talk}?told=agreed`, 303)
  })
  pages.post('/talks/yes/:secret/change', async (c) => {
    const visit = c.get('visit')
    const person = personOf(c)
    const { draft } = await seeWaiting(person, c.req.param('secret'))
    const talk = await takeUpWaiting(person, c.req.param('secret'))
    const seen = await seeTalk(person, talk)
    return c.html(noteFormPage({ visit, seen, said: asFields(draft), base: draft.base }), 200, notKept)
  })

  // --- Writing together

  pages.get('/talks/:id/note', async (c) => {
    const visit = c.get('visit')
    const { note, promises, ...seen } = await seeNote(personOf(c), c.req.param('id'))
    const said = note
      ? asFields({ ...note, promises: promises.map(({ by, what, byWhen }) => ({ by, what, byWhen })) })
      : new URLSearchParams()
    return c.html(noteFormPage({ visit, seen, said, base: seen.talk.notesBefore }), 200, notKept)
  })
  pages.post('/talks/:id/note', async (c) => {
    const visit = c.get('visit')
    const seen = await seeTalk(personOf(c), c.req.param('id'))
    const said = await formOf(c)
    const base = Number(said.get('base')) || 0
    const read = readNote(said, seen.today)
    if (!read.ok) {
      const problems = noteMendings(visit.lang, read.problems)
      return c.html(noteFormPage({ visit, seen, said, base, problems }), 400, notKept)
    }
    return c.html(readPage(visit, seen, { ...read.value, talk: seen.talk.id, base }), 200, notKept)
  })

  /** The talk and the words that came along. */
  const carried = async (c: Context<Visited>): Promise<{ seen: TalkSeen; draft: Draft; said: URLSearchParams }> => {
    const seen = await seeTalk(personOf(c), c.req.param('id'))
    const said = await formOf(c)
    const draft = readDraft(said.get('draft'))
    if (draft?.talk !== seen.talk.id) refuse('changed-since')
    return { seen, draft, said }
  }
  pages.post('/talks/:id/note/again', async (c) => {
    const { seen, draft } = await carried(c)
    const said = asFields(draft)
    return c.html(noteFormPage({ visit: c.get('visit'), seen, said, base: draft.base }), 200, notKept)
  })

  // --- One phone

  pages.post('/talks/:id/note/one', async (c) => {
    const visit = c.get('visit')
    const { seen, draft } = await carried(c)
    const more = { yes: yesOf(visit.house, draft, seen.talk.mine) }
    return c.html(handedPage({ visit, seen, draft, to: 'one', more }), 200, notKept)
  })
  pages.post('/talks/:id/note/both', async (c) => {
    const visit = c.get('visit')
    const { seen, draft, said } = await carried(c)
    const yes = said.get('yes') ?? ''
    const read = nameIn(seen.talk, said)
    if ('problem' in read) {
      const problems = [{ field: 'name', message: words(visit.lang)(`nameProblem.${read.problem}`) }]
      const again: Again = { problems, said }
      return c.html(handedPage({ visit, seen, draft, to: 'one', more: { yes }, again }), 400, notKept)
    }
    await agreeOnOnePhone(personOf(c), seen.talk.id, { draft: said.get('draft') ?? '', yes, name: read.name })
    return c.redirect(`/talks/${seen.talk.id}?told=agreed`, 303)
  })

  // --- Two phones: the first

  pages.post('/talks/:id/note/two', async (c) => {
    const { seen, draft, said } = await carried(c)
    const secret = await sealForOther(personOf(c), seen.talk.id, said.get('draft') ?? '')
    return c.html(showCodePage(c.get('visit'), seen, draft, secret), 200, notKept)
  })

  // --- A slip

  pages.post('/talks/:id/note/slip', async (c) => {
    const { seen, draft } = await carried(c)
    const visit = c.get('visit')
    const { talk } = seen
    const link =
      talk.mine === 'starter' && !talk.otherIsHere ? `${visit.origin}/s/${linkOf(visit.house, talk.id)}` : null
    return c.html(slipPage(visit, seen, draft, link), 200, notKept)
  })
  pages.post('/talks/:id/note/typed', async (c) => {
    const { seen, draft } = await carried(c)
    return c.html(handedPage({ visit: c.get('visit'), seen, draft, to: 'slip', more: {} }), 200, notKept)
  })
  pages.post('/talks/:id/note/signed', async (c) => {
    const visit = c.get('visit')
    const { seen, draft, said } = await carried(c)
    const read = nameIn(seen.talk, said)
    if ('problem' in read) {
      const problems = [{ field: 'name', message: words(visit.lang)(`nameProblem.${read.problem}`) }]
      return c.html(handedPage({ visit, seen, draft, to: 'slip', more: {}, again: { problems, said } }), 400, notKept)
    }
    await agreeOnSlip(personOf(c), seen.talk.id, { draft: said.get('draft') ?? '', name: read.name })
    return c.redirect(`/talks/${seen.talk.id}?told=agreed`, 303)
  })

  return pages
}

/** What the other is called, where nobody knows yet. */
const nameIn = (talk: Talk, said: URLSearchParams): ReturnType<typeof readName> | { name: null } =>
  talk.mine === 'starter' && !talk.otherIsHere ? readName(said.get('name')) : { name: null }
