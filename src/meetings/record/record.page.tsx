// The doors of a meeting's record: the result given back, the minutes, the files, the debrief, the mail of the next morning, the run chart.
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Visited } from '../../access/visit.ts'
import { wallTimeIn } from '../../clock.ts'
import { seeCommunity } from '../../communities/community.deeds.ts'
import { asActor, isMunicipal } from '../../db/as-actor.ts'
import { cookieOf, largestForm, notKept } from '../../door.ts'
import type { LaterWork } from '../../jobs/jobs.ts'
import { readAddress } from '../../post/letter.ts'
import { refuse } from '../../refusal.ts'
import { readEveningToken } from '../evening-token.ts'
import { countDoorAgain } from '../exit-card.deeds.ts'
import type { Hall } from '../hall.ts'
import { readCode } from '../meeting-code.ts'
import { longForm, numbersFile, rowsOf } from './csv.ts'
import { debriefPage, debriefSheet, emptyDebrief } from './debrief.page.tsx'
import { filledFrom, readDebrief } from './debrief.ts'
import { givenBackPage, noResultPage, type ResultPageProps } from './given-back.page.tsx'
import { minutesPage } from './minutes.page.tsx'
import {
  keepDebrief,
  type RecordSeen,
  seeDebrief,
  seeNames,
  seeOpenRecord,
  seeRecord,
  wishForMail,
} from './record.deeds.ts'
import { heldMeetings } from './record.queries.ts'
import { trendPage } from './trend.page.tsx'

const codeOf = (c: Context<Visited>): string => readCode(c.req.param('code') ?? '') ?? refuse('code.unknown')
const formOf = async (c: Context<Visited>): Promise<URLSearchParams> => new URLSearchParams(await c.req.text())
const small = bodyLimit({ maxSize: largestForm, onError: () => refuse('too-large') })

export function recordPages(hall: Hall, later: LaterWork): Hono<Visited> {
  const pages = new Hono<Visited>()
  pages.use('/m/:code/:what{again|wish|debrief}', small)

  /** The record, or why there is none to see. */
  const recordOf = async (c: Context<Visited>): Promise<RecordSeen> => seeRecord(c.get('visit').actor, hall, codeOf(c))

  const without = (c: Context<Visited>, { meeting }: RecordSeen, outside = false) => {
    const { lang, actor } = c.get('visit')
    if (meeting.life.phase !== 'closed') return c.html(noResultPage(lang, meeting, 'not-yet', outside), 403, notKept)
    if (isMunicipal(actor)) return c.html(noResultPage(lang, meeting, 'later', outside), 403, notKept)
    return c.html(noResultPage(lang, meeting, 'counting', outside), 503, notKept)
  }

  const showResult = (c: Context<Visited>, record: RecordSeen, more: Partial<ResultPageProps> = {}) => {
    const { lang, house } = c.get('visit')
    const { meeting, result } = record
    if (!result) return without(c, record, more.outside)
    const token = cookieOf(c.req.header('cookie'), 'evening')
    const wasThere = readEveningToken(house, meeting.id, 'evening', token) !== null
    const page = { lang, record, result, now: house.clock.now(), wasThere, mail: house.mail, ...more }
    return c.html(givenBackPage(page), more.wish ? 400 : 200, notKept)
  }

  pages.get('/m/:code/result', async (c) => {
    const done = c.req.query('done')
    return showResult(c, await recordOf(c), {
      done: done === 'joined' || done === 'refused' || done === 'wished' ? done : undefined,
    })
  })

  pages.get('/c/:slug/result/:id', async (c) => {
    const { actor } = c.get('visit')
    return showResult(c, await seeOpenRecord(actor, hall, c.req.param('slug'), c.req.param('id')), { outside: true })
  })

  pages.get('/m/:code/result.csv', async (c) => {
    const { lang } = c.get('visit')
    const { meeting, result } = await recordOf(c)
    if (!result) refuse('result.not-yet')
    return asFile(c, `oplive-${meeting.code}.csv`, numbersFile(lang, result.body))
  })

  pages.get('/m/:code/meeting.csv', async (c) => {
    const { lang, actor } = c.get('visit')
    const { meeting, result, heard, promises } = await recordOf(c)
    if (!result) refuse('result.not-yet')
    const names = c.req.query('names') === '1' ? await seeNames(actor, meeting.code) : undefined
    const { date, time } = wallTimeIn(meeting.community.timeZone, meeting.startsAt)
    const rows = rowsOf(lang, { meeting, startsAt: `${date} ${time}`, body: result.body, heard, promises, names })
    return asFile(c, `oplive-${meeting.code}-${lang === 'da' ? 'hele' : 'all'}.csv`, longForm(lang, rows))
  })

  pages.get('/m/:code/minutes', async (c) => {
    const { lang, actor } = c.get('visit')
    const record = await recordOf(c)
    const { result } = record
    if (!result) return without(c, record)
    const promises = record.hosts ? (await seeNames(actor, record.meeting.code)).promises : null
    return c.html(minutesPage({ lang, record, result, promises }), 200, notKept)
  })

  // --- The door list that was typed in afterwards

  pages.post('/m/:code/again', async (c) => {
    const code = codeOf(c)
    const done = await countDoorAgain(c.get('visit').actor, code)
    const meeting = await hall.find(code)
    if (meeting) hall.forget(meeting.id)
    return c.redirect(`/m/${code}/result?done=${done}`, 303)
  })

  // --- The mail of the next morning

  pages.post('/m/:code/wish', async (c) => {
    const { actor, lang } = c.get('visit')
    const record = await recordOf(c)
    const { meeting, result } = record
    if (!result) return without(c, record)
    const typed = (await formOf(c)).get('address') ?? ''
    const address = readAddress(typed)
    if (address === null) return showResult(c, record, { wish: { typed, code: 'problem' } })
    const taken = await wishForMail(actor, hall, later, meeting, { address, lang })
    if (!taken) return showResult(c, record, { wish: { typed, code: 'full' } })
    return c.redirect(`/m/${meeting.code}/result?done=wished`, 303)
  })

  // --- The debrief

  pages.get('/m/:code/debrief', async (c) => {
    const { actor, house, lang } = c.get('visit')
    const { meeting, debrief } = await seeDebrief(actor, codeOf(c))
    const page = debriefPage({
      lang,
      meeting,
      now: house.clock.now(),
      said: debrief?.said ?? emptyDebrief,
      grewOk: debrief?.grewOk ?? false,
      rev: debrief?.rev ?? 0,
      writtenAt: debrief?.writtenAt ?? null,
      saved: c.req.query('saved') === '1',
    })
    return c.html(page, 200, notKept)
  })

  pages.post('/m/:code/debrief', async (c) => {
    const { actor, house, lang } = c.get('visit')
    const { meeting, debrief } = await seeDebrief(actor, codeOf(c))
    const { said, grewOk, rev, problems } = readDebrief(await formOf(c))
    const again = { lang, meeting, now: house.clock.now(), said, grewOk, rev, writtenAt: debrief?.writtenAt ?? null }
    if (problems.length > 0) return c.html(debriefPage({ ...again, problems }), 400, notKept)
    const done = await keepDebrief(actor, meeting.code, { said, grewOk, rev })
    if (!done.kept) return c.html(debriefPage({ ...filledFrom(again, done.now), other: done.now }), 409, notKept)
    return c.redirect(`/m/${meeting.code}/debrief?saved=1`, 303)
  })

  pages.get('/m/:code/debrief/paper', async (c) => {
    const { actor, lang } = c.get('visit')
    const { meeting } = await seeDebrief(actor, codeOf(c))
    return c.html(debriefSheet(lang, meeting), 200, notKept)
  })

  // --- Meetings over time

  pages.get('/c/:slug/trend', async (c) => {
    const visit = c.get('visit')
    const { community } = await seeCommunity(visit.actor, c.req.param('slug'))
    const meetings = await asActor(visit.actor, (tx) => heldMeetings(tx, community.id))
    return c.html(trendPage(visit, community, meetings), 200, notKept)
  })

  return pages
}

function asFile(c: Context<Visited>, name: string, text: string) {
  c.header('content-type', 'text/csv; charset=utf-8')
  c.header('content-disposition', `attachment; filename="${name}"`)
  c.header('cache-control', 'no-store')
  return c.body(text)
}
