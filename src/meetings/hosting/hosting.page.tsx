// The doors of hosting: planning a meeting, changing the plan, and the desk from which the exit card is opened and closed.
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Visit, Visited } from '../../access/visit.ts'
import type { Community } from '../../communities/community.ts'
import { largestForm, notKept } from '../../door.ts'
import type { LaterWork } from '../../jobs/jobs.ts'
import { Refusal, type RefusalCode, refuse } from '../../refusal.ts'
import { closeExitCard, countAttendance, openExitCard } from '../exit-card.deeds.ts'
import type { Hall } from '../hall.ts'
import { planMeeting } from '../meeting.deeds.ts'
import { closesBy } from '../meeting.ts'
import { readCode } from '../meeting-code.ts'
import { closePage, deskPage, openPage } from './desk.page.tsx'
import { readAttended } from './desk.ts'
import { communityToHost, heldIn, lookAtDesk } from './hosting.deeds.ts'
import { planPage } from './plan.page.tsx'
import { type PlanSaid, readPlan } from './plan.ts'
import { planningPages, todayIn } from './planning.page.tsx'

const codeOf = (c: Context<Visited>): string => readCode(c.req.param('code') ?? '') ?? refuse('code.unknown')
const formOf = async (c: Context<Visited>): Promise<URLSearchParams> => new URLSearchParams(await c.req.text())

export function hostingPages(hall: Hall, later: LaterWork): Hono<Visited> {
  const pages = new Hono<Visited>()
  pages.use('/c/:slug/meetings/new', small)
  pages.use('/m/:code/:what{lead|plan|agenda|roles|open|close|attended}', small)

  // --- The plan

  pages.get('/c/:slug/meetings/new', async (c) => {
    const visit = c.get('visit')
    const community = await communityToHost(visit.actor, c.req.param('slug'))
    const held = await heldIn(visit.actor, community.id)
    return c.html(newPage(visit, community, held, blank(visit.person?.name ?? '')), 200, notKept)
  })

  pages.post('/c/:slug/meetings/new', async (c) => {
    const visit = c.get('visit')
    const community = await communityToHost(visit.actor, c.req.param('slug'))
    const held = await heldIn(visit.actor, community.id)
    const read = readPlan(await formOf(c), todayIn(visit, community.timeZone), undefined, held)
    if (!read.ok) return c.html(newPage(visit, community, held, read.said, read.problems), 400, notKept)
    const code = await planMeeting(visit.actor, community, read.plan, { lang: visit.lang })
    return c.redirect(`/m/${code}/lead`, 303)
  })

  pages.route('/', planningPages(hall))

  // --- The desk

  pages.get('/m/:code/lead', async (c) => {
    const { actor, house, lang, origin } = c.get('visit')
    const desk = await lookAtDesk(actor, codeOf(c))
    return c.html(deskPage({ lang, desk, origin, now: house.clock.now() }), 200, notKept)
  })

  pages.get('/m/:code/open', async (c) => {
    const { actor, house, lang } = c.get('visit')
    const desk = await lookAtDesk(actor, codeOf(c))
    const now = house.clock.now()
    if (desk.phase !== 'planned') return c.redirect(`/m/${desk.meeting.code}/lead`, 303)
    return c.html(openPage(lang, desk, closesBy(now), now), 200, notKept)
  })

  pages.post('/m/:code/open', async (c) => {
    const code = codeOf(c)
    // Pressed twice, or by two hosts at once: the desk says how it stands.
    await unless('meeting.not-planned', openExitCard(c.get('visit').actor, later, code))
    await forget(hall, code)
    return c.redirect(`/m/${code}/lead`, 303)
  })

  pages.get('/m/:code/close', async (c) => {
    const { actor, lang } = c.get('visit')
    const desk = await lookAtDesk(actor, codeOf(c))
    if (desk.phase !== 'open') return c.redirect(`/m/${desk.meeting.code}/lead`, 303)
    return c.html(closePage(lang, desk), 200, notKept)
  })

  pages.post('/m/:code/close', async (c) => {
    const code = codeOf(c)
    await unless('meeting.not-open', closeExitCard(c.get('visit').actor, later, code))
    await forget(hall, code)
    return c.redirect(`/m/${code}/lead`, 303)
  })

  pages.post('/m/:code/attended', async (c) => {
    const { actor, house, lang, origin } = c.get('visit')
    const code = codeOf(c)
    const desk = await lookAtDesk(actor, code)
    if (desk.phase === 'planned') refuse('meeting.not-open')
    const said = (await formOf(c)).get('attended') ?? ''
    const read = readAttended(said)
    if (!read.ok) {
      const page = deskPage({ lang, desk, origin, now: house.clock.now(), attended: { said, code: read.code } })
      return c.html(page, 400, notKept)
    }
    await countAttendance(actor, code, read.attended)
    hall.forget(desk.meeting.id)
    return c.redirect(`/m/${code}/lead`, 303)
  })

  return pages
}

const small = bodyLimit({ maxSize: largestForm, onError: () => refuse('too-large') })

/** Nothing is chosen beforehand but the host: most often the one who plans. */
const blank = (host: string): PlanSaid => ({
  kind: '',
  purpose: '',
  date: { day: '', month: '', year: '' },
  time: '',
  place: '',
  host,
  hostMunicipal: false,
  hostReason: '',
})

type PlanFaults = Parameters<typeof planPage>[0]['problems'] & {}

const newPage = (
  { lang }: Visit,
  community: Pick<Community, 'slug' | 'name' | 'keeper'>,
  held: number,
  said: PlanSaid,
  problems?: PlanFaults,
) =>
  planPage({
    lang,
    what: 'new',
    path: `/c/${community.slug}/meetings/new`,
    back: `/c/${community.slug}`,
    community,
    eyebrow: community.name,
    said,
    held,
    ...(problems && { problems }),
  })

/** Waits for the deed. That it was done before is no fault. */
async function unless(done: RefusalCode, deed: Promise<void>): Promise<void> {
  try {
    await deed
  } catch (error) {
    if (!(error instanceof Refusal && error.code === done)) throw error
  }
}

async function forget(hall: Hall, code: string): Promise<void> {
  const meeting = await hall.find(code)
  if (meeting) hall.forget(meeting.id)
}
