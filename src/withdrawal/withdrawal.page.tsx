// The doors of the withdrawal: the plan and where the municipality stands, the vote, what is handed over, the signs, and what comes after.
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { personOf, type Visited } from '../access/visit.ts'
import { seeWithdrawal, writeWithdrawalPlan } from '../communities/community.deeds.ts'
import { readPlan } from '../communities/community.ts'
import { mendings as planMendings } from '../communities/said.ts'
import { isMunicipal } from '../db/as-actor.ts'
import { largestForm } from '../door.ts'
import { Refusal, refuse } from '../refusal.ts'
import { readDate } from '../ui/dates.ts'
import { checkInPage } from './check-in.page.tsx'
import { criteriaPage } from './criteria.page.tsx'
import { isCriterion, readRule } from './criteria.ts'
import { forMunicipalityPage } from './for-municipality.page.tsx'
import { seeIfWeLeft, seeNet, seeOwnTies } from './if-we-left.deeds.ts'
import { ifWeLeftPage } from './if-we-left.page.tsx'
import { readQuarter, readThere } from './if-we-left.ts'
import { answerIntroduction } from './introducing.deeds.ts'
import { leavingPage } from './leaving.page.tsx'
import { fileOf, isFileName, mimeOf } from './net-files.ts'
import { keepOutline, seeOutlines, throwOutlineAway } from './outlines.deeds.ts'
import { withdrawalPaper } from './paper.page.tsx'
import { readCall, readCheckIn, readItem, readVote } from './phase.ts'
import { mendings } from './said.ts'
import { votePage } from './votes.page.tsx'
import {
  addItem,
  agreeOn,
  answerCall,
  callBack,
  confirmVote,
  seeAsHost,
  seeLeaving,
  takeItemOff,
  tickItem,
  typeVote,
  withdrawVote,
  writeCheckIn,
} from './withdrawal.deeds.ts'

const fits = bodyLimit({ maxSize: largestForm, onError: () => refuse('too-large') })
const notKept = { 'cache-control': 'no-store' }
const formOf = async (c: Context): Promise<URLSearchParams> => new URLSearchParams(await c.req.text())
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const idIn = (text: string | undefined): string => (text && uuid.test(text) ? text : refuse('not-found'))

/** Pages that reckon for a while: they open transactions of their own, so that none is held meanwhile. */
export const longPages = [/^\/c\/[^/]+\/if-we-left(\/|$)/]

/** Mount before the desks, which have the place's own page. */
export function withdrawalPages(): Hono<Visited> {
  const pages = new Hono<Visited>()
  pages.use('/c/:slug/withdrawal', fits)
  pages.use('/c/:slug/withdrawal/*', fits)

  // --- The plan

  pages.get('/c/:slug/withdrawal', async (c) => {
    const visit = c.get('visit')
    return c.html(leavingPage(visit, await seeLeaving(visit.actor, c.req.param('slug'))), 200, notKept)
  })
  pages.post('/c/:slug/withdrawal', async (c) => {
    const visit = c.get('visit')
    const { community, whyNot } = await seeWithdrawal(visit.actor, c.req.param('slug'))
    if (whyNot) refuse(whyNot)
    const said = await formOf(c)
    const seen = await seeLeaving(visit.actor, community.slug)
    const read = readPlan(said, seen.today, community.presence)
    if ('problems' in read) {
      const mend = planMendings(read.problems, visit.lang)
      return c.html(leavingPage(visit, seen, { form: 'plan', said, mend }), 400, notKept)
    }
    await writeWithdrawalPlan(visit.actor, community.slug, read.value)
    return c.redirect(`/c/${community.slug}/withdrawal`, 303)
  })

  // --- The place's own vote

  const hosting = (c: Context<Visited>) => seeAsHost(personOf(c), c.req.param('slug') ?? '')
  pages.get('/c/:slug/withdrawal/vote', async (c) => c.html(votePage(c.get('visit'), await hosting(c)), 200, notKept))
  pages.post('/c/:slug/withdrawal/vote', async (c) => {
    const visit = c.get('visit')
    const seen = await hosting(c)
    const said = await formOf(c)
    const read = readVote(said, seen.community.presence, seen.today)
    if (!read.ok) return c.html(votePage(visit, seen, said, mendings(visit.lang, read.faults)), 400, notKept)
    try {
      await typeVote(personOf(c), seen.community.slug, read.value)
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'vote.waits') throw error
      // What was typed stays on the page until the other vote is out of the way.
      const mend = mendings(visit.lang, [{ field: 'to', code: 'vote.waits' }])
      return c.html(votePage(visit, seen, said, mend), 409, notKept)
    }
    return c.redirect(`/c/${seen.community.slug}/withdrawal#vote`, 303)
  })
  pages.post('/c/:slug/withdrawal/vote/:id/:deed{yes|withdraw}', async (c) => {
    const { slug, id, deed } = c.req.param()
    if (deed === 'yes') await confirmVote(personOf(c), slug, idIn(id))
    else await withdrawVote(personOf(c), slug, idIn(id))
    return c.redirect(`/c/${slug}/withdrawal#${deed === 'yes' ? 'stands' : 'vote'}`, 303)
  })

  pages.get('/c/:slug/withdrawal/paper', async (c) => {
    const visit = c.get('visit')
    const seen = await seeLeaving(personOf(c), c.req.param('slug'))
    if (!seen.eye.belongs && !seen.eye.works) refuse('not-yours')
    return c.html(withdrawalPaper(visit, seen), 200, notKept)
  })

  // --- What is handed over

  pages.post('/c/:slug/withdrawal/items', async (c) => {
    const visit = c.get('visit')
    const seen = await seeLeaving(personOf(c), c.req.param('slug'))
    if (!seen.eye.hosts && !seen.eye.works) refuse('not-yours')
    const said = await formOf(c)
    const read = readItem(said)
    if (!read.ok) {
      const mend = mendings(visit.lang, read.faults)
      return c.html(leavingPage(visit, seen, { form: 'item', said, mend }), 400, notKept)
    }
    await addItem(personOf(c), seen.community.slug, read.value)
    return c.redirect(`/c/${seen.community.slug}/withdrawal#passed-on`, 303)
  })
  pages.post('/c/:slug/withdrawal/items/:id/:deed{tap|paper|back|off}', async (c) => {
    const { slug, id, deed } = c.req.param()
    if (deed === 'off') await takeItemOff(personOf(c), slug, idIn(id))
    else await tickItem(personOf(c), slug, idIn(id), deed as 'tap' | 'paper' | 'back')
    return c.redirect(`/c/${slug}/withdrawal#passed-on`, 303)
  })

  // --- The signs

  pages.get('/c/:slug/withdrawal/criteria', async (c) => {
    const visit = c.get('visit')
    return c.html(criteriaPage(visit, await seeLeaving(visit.actor, c.req.param('slug'))), 200, notKept)
  })
  pages.post('/c/:slug/withdrawal/criteria/:criterion', async (c) => {
    const visit = c.get('visit')
    const { slug, criterion } = c.req.param()
    const seen = await seeLeaving(personOf(c), slug)
    if (!isCriterion(criterion)) return refuse('not-found')
    if (!seen.eye.keeps) refuse('not-yours')
    const said = await formOf(c)
    const { rule, faults } = readRule(said, criterion)
    if (faults.length > 0) {
      const mend = mendings(visit.lang, faults)
      return c.html(criteriaPage(visit, seen, { criterion, said, mend }), 400, notKept)
    }
    await agreeOn(personOf(c), slug, rule)
    return c.redirect(`/c/${slug}/withdrawal/criteria`, 303)
  })

  // --- Afterwards

  const checkIn = async (c: Context<Visited>) => {
    const seen = await hosting(c)
    const { vote, month } = c.req.param() as { vote?: string; month?: string }
    const one = seen.checkIns.find((each) => each.vote === vote && String(each.month) === month)
    return one && (one.how || one.dueOn <= seen.today) ? { seen, one } : refuse('not-found')
  }
  pages.get('/c/:slug/withdrawal/check-in/:vote/:month', async (c) => {
    const { seen, one } = await checkIn(c)
    return c.html(checkInPage(c.get('visit'), seen, one), 200, notKept)
  })
  pages.post('/c/:slug/withdrawal/check-in/:vote/:month', async (c) => {
    const visit = c.get('visit')
    const { seen, one } = await checkIn(c)
    const said = await formOf(c)
    const read = readCheckIn(said)
    if (!read.ok) return c.html(checkInPage(visit, seen, one, said, mendings(visit.lang, read.faults)), 400, notKept)
    await writeCheckIn(personOf(c), seen.community.slug, one, read.value)
    return c.redirect(`/c/${seen.community.slug}/withdrawal#after`, 303)
  })

  // --- Called back

  pages.post('/c/:slug/withdrawal/call', async (c) => {
    const visit = c.get('visit')
    const { community } = await hosting(c)
    const said = await formOf(c)
    const read = readCall(said)
    if (!read.ok) {
      const mend = mendings(visit.lang, read.faults)
      return c.html(
        leavingPage(visit, await seeLeaving(visit.actor, community.slug), { form: 'call', said, mend }),
        400,
        notKept,
      )
    }
    await callBack(personOf(c), community.slug, read.value)
    return c.redirect(`/c/${community.slug}/withdrawal#call`, 303)
  })
  pages.post('/c/:slug/withdrawal/call/:id', async (c) => {
    const visit = c.get('visit')
    const { slug, id } = c.req.param()
    const seen = await seeLeaving(personOf(c), slug)
    if (!seen.eye.works) refuse('not-yours')
    const said = await formOf(c)
    const read = readDate(Object.fromEntries(said), 'comes-on', seen.today)
    if ('problem' in read || read.date < seen.today) {
      const code = 'problem' in read ? read.problem : ('date.missing' as const)
      const mend = mendings(visit.lang, [{ field: 'comes-on', code }])
      return c.html(leavingPage(visit, seen, { form: 'answer', said, mend }), 400, notKept)
    }
    await answerCall(personOf(c), slug, idIn(id), read.date)
    return c.redirect(`/c/${slug}/withdrawal#call`, 303)
  })
  // --- If we left tomorrow

  pages.get('/c/:slug/if-we-left', async (c) => {
    const visit = c.get('visit')
    const slug = c.req.param('slug')
    const then = readQuarter(c.req.query('then'))
    if (isMunicipal(visit.actor))
      return c.html(forMunicipalityPage(visit, await seeOutlines(visit.actor, slug), then), 200, notKept)
    const there = readThere(c.req.queries('there') ?? [])
    return c.html(ifWeLeftPage(visit, await seeIfWeLeft(visit.actor, slug, there), then), 200, notKept)
  })
  pages.post('/c/:slug/if-we-left/outline/:quarter/:deed{keep|let-go|throw-away}', async (c) => {
    const { slug, quarter, deed } = c.req.param()
    const first = readQuarter(quarter) ?? refuse('not-found')
    if (deed === 'throw-away') await throwOutlineAway(personOf(c), slug, first)
    else await keepOutline(personOf(c), slug, first, deed === 'keep')
    return c.redirect(`/c/${slug}/if-we-left${deed === 'throw-away' ? '' : `?then=${first}`}#moments`, 303)
  })
  pages.get('/c/:slug/if-we-left/net/:word', async (c) => {
    const { slug, word } = c.req.param()
    return c.body(await seeNet(c.get('visit').actor, slug, word), 200, {
      ...notKept,
      'content-type': 'application/octet-stream',
    })
  })
  pages.get('/c/:slug/if-we-left/out/:name', async (c) => {
    const { slug, name } = c.req.param()
    const { lang, actor } = c.get('visit')
    const { community, ties, recorded } = await seeOwnTies(actor, slug)
    if (!isFileName(name)) return refuse('not-found')
    return c.body(fileOf(name, ties, { lang, place: community.name, recorded }), 200, {
      ...notKept,
      'content-type': mimeOf[name],
      'content-disposition': `attachment; filename="${community.slug}-${ties.on}-${name}"`,
    })
  })
  pages.post('/c/:slug/if-we-left/:id/:deed{yes|no}', async (c) => {
    const { slug, id, deed } = c.req.param()
    await answerIntroduction(personOf(c), idIn(id), deed === 'yes')
    return c.redirect(`/c/${slug}/if-we-left`, 303)
  })
  return pages
}
