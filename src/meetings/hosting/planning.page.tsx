// The doors of a planned meeting: what, when and where; the plan of the evening; who does what. Two hosts at once do not overwrite each other.
import { type Context, Hono } from 'hono'
import type { Visit, Visited } from '../../access/visit.ts'
import { wallTimeIn } from '../../clock.ts'
import { seeCommunity } from '../../communities/community.deeds.ts'
import { notKept } from '../../door.ts'
import { refuse } from '../../refusal.ts'
import { isAboutDefinition } from '../evening.ts'
import { eyebrowOf } from '../exit-card.page.tsx'
import type { Hall } from '../hall.ts'
import { readCode } from '../meeting-code.ts'
import { usualAgenda } from '../usual-agenda.ts'
import { type AgendaPageProps, agendaPage } from './agenda.page.tsx'
import { agendaAsSaid, informsEarly, readAgenda } from './agenda.ts'
import { rolesPage } from './handing-out.page.tsx'
import { readRoles, rolesAsSaid } from './handing-out.ts'
import {
  agendaMark,
  changePlan,
  type PlanSeen,
  planMark,
  rolesMark,
  seePlan,
  setAgenda,
  setRoles,
} from './hosting.deeds.ts'
import { planPage } from './plan.page.tsx'
import { type PlanProblem, type PlanSaid, planAsSaid, readPlan } from './plan.ts'

const codeOf = (c: Context<Visited>): string => readCode(c.req.param('code') ?? '') ?? refuse('code.unknown')
const formOf = async (c: Context<Visited>): Promise<URLSearchParams> => new URLSearchParams(await c.req.text())

/** Today at the place, not on the server. */
export const todayIn = (visit: Visit, timeZone: string): string => wallTimeIn(timeZone, visit.house.clock.now()).date

export function planningPages(hall: Hall): Hono<Visited> {
  const pages = new Hono<Visited>()

  pages.get('/m/:code/plan', async (c) => {
    const visit = c.get('visit')
    const plan = await seePlan(visit.actor, codeOf(c))
    return c.html(changePage(visit, plan, { said: saidOf(visit, plan), seen: planMark(plan) }), 200, notKept)
  })

  pages.post('/m/:code/plan', async (c) => {
    const visit = c.get('visit')
    const plan = await seePlan(visit.actor, codeOf(c))
    const { meeting, held } = plan
    const { timeZone } = meeting.community
    const form = await formOf(c)
    const seen = form.get('seen') ?? undefined
    const unchanged = wallTimeIn(timeZone, meeting.startsAt).date
    const read = readPlan(form, todayIn(visit, timeZone), unchanged, held)
    const { said } = read
    if (!read.ok) return c.html(changePage(visit, plan, { said, seen, problems: read.problems }), 400, notKept)
    const now = await changePlan(visit.actor, meeting.code, read.plan, seen)
    if (now) {
      const changed = saidOf(visit, now)
      return c.html(changePage(visit, now, { said, seen: planMark(now), changed }), 409, notKept)
    }
    hall.forget(meeting.id)
    return c.redirect(`/m/${meeting.code}/lead`, 303)
  })

  // --- The plan of the evening

  pages.get('/m/:code/agenda', async (c) => {
    const visit = c.get('visit')
    const plan = await seePlan(visit.actor, codeOf(c))
    const page = await evening(visit, plan, { rows: agendaAsSaid(plan.agenda), seen: agendaMark(plan) })
    return c.html(page, 200, notKept)
  })

  pages.post('/m/:code/agenda', async (c) => {
    const visit = c.get('visit')
    const plan = await seePlan(visit.actor, codeOf(c))
    const { code, id, kind } = plan.meeting
    const { rows, items, problems, wanted, seen } = readAgenda(await formOf(c), kind)
    if (wanted.deed === 'usual') {
      const usual = agendaAsSaid(usualAgenda(kind, visit.lang))
      return c.html(await evening(visit, plan, { rows: usual, seen, unkept: true }), 200, notKept)
    }
    if (problems.length > 0) return c.html(await evening(visit, plan, { rows, seen, problems }), 400, notKept)
    const now = await setAgenda(visit.actor, code, items, seen)
    if (now) {
      const page = await evening(visit, now, { rows, seen: agendaMark(now), changed: now.agenda })
      return c.html(page, 409, notKept)
    }
    hall.evenings.changed(id)
    if ('row' in wanted) return c.redirect(`/m/${code}/agenda#row-${rowAfter(wanted, items.length)}`, 303)
    // Kept as it is; the page has a question to it.
    return c.redirect(`/m/${code}/${informsEarly(items) === null ? 'lead' : 'agenda'}`, 303)
  })

  // --- Who does what

  pages.get('/m/:code/roles', async (c) => {
    const { actor, lang } = c.get('visit')
    const plan = await seePlan(actor, codeOf(c))
    return c.html(rolesPage({ lang, plan, said: rolesAsSaid(withHost(plan)), seen: rolesMark(plan) }), 200, notKept)
  })

  pages.post('/m/:code/roles', async (c) => {
    const { actor, lang } = c.get('visit')
    const plan = await seePlan(actor, codeOf(c))
    const { said, handed, problems, seen } = readRoles(await formOf(c), plan.held)
    if (problems.length > 0) return c.html(rolesPage({ lang, plan, said, seen, problems }), 400, notKept)
    const now = await setRoles(actor, plan.meeting.code, handed, seen)
    if (now) return c.html(rolesPage({ lang, plan: now, said, seen: rolesMark(now), changed: now.roles }), 409, notKept)
    hall.forget(plan.meeting.id)
    return c.redirect(`/m/${plan.meeting.code}/lead`, 303)
  })

  return pages
}

const saidOf = (visit: Visit, { meeting, roles }: PlanSeen): PlanSaid => {
  const host = roles.find(({ role }) => role === 'host')
  return planAsSaid(meeting, host, meeting.community.timeZone, visit.lang)
}

interface Changing {
  said: PlanSaid
  seen: string | undefined
  problems?: readonly PlanProblem[]
  changed?: PlanSaid
}

const changePage = ({ lang }: Visit, { meeting, held }: PlanSeen, more: Changing) =>
  planPage({
    lang,
    what: 'change',
    path: `/m/${meeting.code}/plan`,
    back: `/m/${meeting.code}/lead`,
    community: meeting.community,
    eyebrow: eyebrowOf(meeting, lang),
    held,
    ...more,
  })

/** A dialogue meeting is about the community's own words: they stand over its plan. */
async function evening(
  { actor, lang }: Visit,
  plan: PlanSeen,
  more: Omit<AgendaPageProps, 'lang' | 'plan' | 'definition'>,
): Promise<string> {
  const { kind, community } = plan.meeting
  const words = isAboutDefinition(kind) ? (await seeCommunity(actor, community.slug)).definition : null
  return agendaPage({ lang, plan, definition: words?.text ?? null, ...more })
}

/** Where the moved row stands now, or the one that came in the place of the struck one. */
const rowAfter = ({ deed, row }: { deed: 'up' | 'down' | 'away'; row: number }, rows: number): number =>
  Math.max(1, Math.min(rows, deed === 'up' ? row - 1 : deed === 'down' ? row + 1 : row))

/** Meetings from before there were roles have a host all the same. */
const withHost = ({ meeting, roles }: PlanSeen) =>
  roles.some(({ role }) => role === 'host')
    ? roles
    : [{ role: 'host' as const, name: meeting.hostName, municipal: false, reason: null }, ...roles]
