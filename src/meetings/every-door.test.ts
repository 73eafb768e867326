import { randomUUID } from 'node:crypto'
import type { Hono } from 'hono'
import { beforeAll, describe, expect, test } from 'vitest'
import { makeLink, signIn } from '../access/sign-in.deeds.ts'
import { sessionCookie, type Visited } from '../access/visit.ts'
import { type Actor, asSystem } from '../db/as-actor.ts'
import { jsonLog } from '../log.ts'
import { makeSite } from '../site.tsx'
import { makeWorld, type World } from '../test-world.ts'
import { sayComing } from './coming/coming.deeds.ts'
import { promise } from './commitments/commitments.deeds.ts'
import { issueEveningToken, readEveningToken } from './evening-token.ts'
import { watchGuessing } from './guessing.ts'
import { type Hall, type MeetingInHall, openHall } from './hall.ts'
import { addTheme, beginEvening, hideStatement } from './leading/leading.deeds.ts'
import { planMeeting } from './meeting.deeds.ts'
import { arrive, sayStatement } from './saying/saying.deeds.ts'

let world: World
let hall: Hall
let site: Hono<Visited>
let meeting: MeetingInHall
let own = ''
const lines: string[] = []

/** Doors of those who host the place, and of nobody else. */
const forHosts = [
  'GET /c/:slug/meetings/new',
  'GET /m/:code/agenda',
  'GET /m/:code/begin',
  'GET /m/:code/board',
  'GET /m/:code/board/changes',
  'GET /m/:code/close',
  'GET /m/:code/coming',
  'GET /m/:code/debrief',
  'GET /m/:code/debrief/paper',
  'GET /m/:code/doorlist',
  'GET /m/:code/doorlist/:id',
  'GET /m/:code/lead',
  'GET /m/:code/list',
  'GET /m/:code/list/:id',
  'GET /m/:code/list/:id/back',
  'GET /m/:code/list/:id/change',
  'GET /m/:code/list/new',
  'GET /m/:code/open',
  'GET /m/:code/pile',
  'GET /m/:code/pile/kept',
  'GET /m/:code/plan',
  'GET /m/:code/roles',
  'GET /m/:code/scribe',
  'POST /c/:slug/meetings/new',
  'POST /m/:code/again',
  'POST /m/:code/agenda',
  'POST /m/:code/attended',
  'POST /m/:code/begin',
  'POST /m/:code/close',
  'POST /m/:code/coming',
  'POST /m/:code/debrief',
  'POST /m/:code/doorlist/:id',
  'POST /m/:code/doorlist/:id/strike',
  'POST /m/:code/doorlist/add',
  'POST /m/:code/doorlist/attended',
  'POST /m/:code/lead/:deed',
  'POST /m/:code/list/:id',
  'POST /m/:code/list/:id/back',
  'POST /m/:code/list/:id/change',
  'POST /m/:code/list/new',
  'POST /m/:code/open',
  'POST /m/:code/pile',
  'POST /m/:code/plan',
  'POST /m/:code/roles',
  'POST /m/:code/scribe/:section',
  'POST /m/:code/scribe/dots',
  'POST /m/:code/scribe/undo',
]
/** Doors of those who hold a key of the place. For everybody else they are not there. */
const forKeyHolders = [
  'GET /c/:slug/still',
  'POST /c/:slug/still/:id',
  'GET /c/:slug/asked',
  'GET /c/:slug/moving-in',
  'GET /c/:slug/moving-in/:id',
  'GET /c/:slug/moving-in/:id/failed.csv',
  'GET /c/:slug/people',
  'GET /c/:slug/people/:id',
  'GET /c/:slug/people/:id/change',
  'GET /c/:slug/people/:id/kept',
  'GET /c/:slug/people/:id/out',
  'GET /c/:slug/people/new',
  'GET /c/:slug/people/paper',
  'GET /c/:slug/people/twins',
  'POST /c/:slug/asked/:id',
  'POST /c/:slug/asked/letters',
  'POST /c/:slug/moving-in',
  'POST /c/:slug/moving-in/:id/confirm',
  'POST /c/:slug/moving-in/:id/map',
  'POST /c/:slug/moving-in/:id/undo',
  'POST /c/:slug/people/:id/change',
  'POST /c/:slug/people/:id/consent',
  'POST /c/:slug/people/:id/know',
  'POST /c/:slug/people/:id/out',
  'POST /c/:slug/people/new',
  'POST /c/:slug/people/twins',
  'POST /c/:slug/people/undo',
]
/** Doors of whoever has the code or a link of their own, of everybody, or of somebody who is signed in. */
const forOthers = [
  'GET /set-up/:token',
  'POST /set-up/:token',
  'GET /c/:slug/incidents',
  'GET /incidents',
  'GET /incidents/:id',
  'GET /incidents/new',
  'POST /incidents/:id/:deed{authority|people|note|close}',
  'POST /incidents/new',
  'GET /access-requests',
  'GET /access-requests/:id',
  'GET /access-requests/new',
  'POST /access-requests/:id/answered',
  'POST /access-requests/:id/extend',
  'POST /access-requests/:id/find',
  'POST /access-requests/:id/pack',
  'POST /access-requests/:id/pass-on/:slug',
  'POST /access-requests/new',
  'GET /audit',
  'GET /audit.csv',
  'GET /retention',
  'GET /still/:token',
  'POST /still/:token',
  'GET /.well-known/security.txt',
  'GET /api/v1',
  'GET /api/v1/communities',
  'GET /api/v1/communities/:slug',
  'GET /api/v1/communities/:slug/contacts',
  'GET /api/v1/communities/:slug/meetings',
  'GET /api/v1/communities/:slug/meetings/:id',
  'GET /api/v1/communities/:slug/numbers',
  'GET /api/v1/numbers',
  'GET /c/:slug/data',
  'GET /c/:slug/webhooks',
  'GET /me/api',
  'POST /c/:slug/webhooks',
  'POST /c/:slug/webhooks/:id/again',
  'POST /c/:slug/webhooks/:id/drop',
  'POST /me/api',
  'POST /me/api/:id/drop',
  'GET /letters/stop/:token',
  'GET /operator/post',
  'POST /letters/stop/:token',
  'POST /operator/post/now',
  'POST /operator/post/trial',
  'GET /mine',
  'GET /mine/delete',
  'GET /mine/delete/all',
  'GET /mine/delete/in/:slug',
  'GET /mine/deleted',
  'GET /mine/export',
  'GET /mine/export.csv',
  'GET /mine/export.json',
  'GET /mine/log',
  'GET /mine/name',
  'GET /mine/object',
  'GET /mine/one/:piece/:row',
  'GET /mine/print',
  'GET /objections',
  'GET /objections/:id',
  'POST /mine/delete/all',
  'POST /mine/delete/in/:slug',
  'POST /mine/name',
  'POST /mine/object',
  'POST /mine/one/:piece/:row',
  'POST /objections/:id',
  'GET /',
  'GET /asked',
  'GET /asked/:secret',
  'GET /asked/:secret/no',
  'GET /asked/forgotten',
  'POST /asked',
  'POST /asked/:secret/no',
  'POST /asked/:secret/yes',
  'GET /book',
  'GET /book/close-all',
  'GET /book/e/:id',
  'GET /book/export.json',
  'GET /book/locks',
  'GET /book/new/:kind',
  'GET /book/open',
  'GET /book/print',
  'GET /book/sheet',
  'GET /book/try',
  'GET /c/:slug',
  'GET /c/:slug/calendar.ics',
  'GET /c/:slug/circle',
  'GET /c/:slug/circle/:id',
  'GET /circle/draw',
  'GET /circle/drawn',
  'POST /c/:slug/circle/:id',
  'POST /c/:slug/circle/confirm',
  'POST /circle/draw',
  'GET /c/:slug/path',
  'POST /c/:slug/path/say',
  'POST /c/:slug/path/change',
  'GET /c/:slug/people/:id/path',
  'POST /c/:slug/people/:id/path',
  'GET /c/:slug/people/:id/ties',
  'POST /c/:slug/people/:id/ties',
  'GET /c/:slug/contacts',
  'GET /c/:slug/contacts.vcf',
  'GET /c/:slug/definition',
  'GET /c/:slug/join',
  'GET /c/:slug/me',
  'GET /c/:slug/numbers',
  'GET /c/:slug/result/:id',
  'GET /c/:slug/training',
  'GET /c/:slug/training/:id',
  'GET /c/:slug/training/:id/calendar.ics',
  'GET /c/:slug/training/:id/paper',
  'GET /training/:module',
  'GET /c/:slug/trend',
  'GET /c/:slug/withdrawal',
  'GET /c/:slug/withdrawal/criteria',
  'GET /c/new',
  'GET /code',
  'GET /g/:secret',
  'GET /g/:secret/back',
  'GET /g/:secret/change',
  'GET /health',
  'GET /health/ready',
  'GET /c/:slug/helpers',
  'GET /c/:slug/support',
  'GET /c/:slug/tasks',
  'GET /c/:slug/tasks/find',
  'GET /c/:slug/tasks/slip',
  'GET /c/:slug/tasks/typed',
  'POST /c/:slug/asked-along/:id',
  'POST /c/:slug/helpers/:id',
  'POST /c/:slug/helpers/about/:id',
  'POST /c/:slug/support',
  'POST /c/:slug/support/:id/end',
  'POST /c/:slug/support/:id/show',
  'POST /c/:slug/tasks',
  'POST /c/:slug/tasks/:task/down',
  'POST /c/:slug/tasks/find',
  'POST /c/:slug/tasks/typed',
  'GET /c/:slug/own-card',
  'POST /c/:slug/own-card',
  'GET /v/:secret',
  'GET /v/:secret/card',
  'GET /v/:secret/share',
  'POST /v/:secret/own',
  'GET /i/:secret',
  'GET /i/:secret/card',
  'GET /i/:secret/share',
  'GET /in/:token',
  'GET /k/:secret',
  'GET /m/:code',
  'GET /m/:code/:what{mine|words|empty}',
  'GET /m/:code/calendar.ics',
  'GET /m/:code/come',
  'GET /m/:code/commit',
  'GET /m/:code/empty',
  'GET /m/:code/hear',
  'GET /m/:code/keep',
  'GET /m/:code/hear/sound',
  'GET /m/:code/invite',
  'GET /m/:code/meeting.csv',
  'GET /m/:code/mine',
  'GET /m/:code/minutes',
  // Empty sheets and the poster: nothing stands on them but what whoever has the code knows.
  'GET /m/:code/paper',
  'GET /m/:code/paper/cards',
  'GET /m/:code/paper/door',
  'GET /m/:code/paper/dots',
  'GET /m/:code/paper/promises',
  'GET /m/:code/paper/words',
  'GET /m/:code/poster',
  'GET /m/:code/promised',
  'GET /m/:code/result',
  'GET /m/:code/result.csv',
  'GET /m/:code/screen',
  'GET /m/:code/voice',
  'GET /m/:code/voice/sound',
  'GET /m/:code/words',
  'GET /me',
  'GET /numbers',
  'GET /data-map',
  'GET /data-map/record',
  'GET /data-map/record.csv',
  'GET /data-map/dpia',
  'GET /c/:slug/data-record',
  'GET /c/:slug/data-record.csv',
  'GET /privacy/paper',
  'GET /privacy',
  'GET /privatliv',
  'GET /promise',
  'GET /rooms',
  'GET /c/:slug/room',
  'GET /c/:slug/room/notice',
  'GET /c/:slug/room/paper',
  'GET /c/:slug/associations',
  'GET /share.png',
  'GET /source',
  'GET /sw.js',
  'GET /was',
  'POST /book/anew',
  'POST /book/close',
  'POST /book/close-all',
  'POST /book/e/:id',
  'POST /book/e/:id/strike',
  'POST /book/hand-over',
  'POST /book/open',
  'POST /book/search',
  'POST /book/sheet',
  'POST /book/try',
  'POST /book/undo',
  'POST /book/write',
  'POST /c/:slug/definition',
  'POST /c/:slug/join',
  'POST /c/:slug/me',
  'POST /c/:slug/me/consent',
  'POST /c/:slug/me/twin',
  'POST /c/:slug/me/undo',
  'POST /c/:slug/withdrawal',
  'POST /c/new',
  'POST /g/:secret',
  'POST /g/:secret/back',
  'POST /g/:secret/change',
  'POST /i/:secret',
  'POST /in/:token',
  'POST /k/:secret',
  'POST /k/:secret/mail',
  'POST /m/:code/back',
  'POST /m/:code/come',
  'POST /m/:code/commit',
  'POST /m/:code/door',
  'POST /m/:code/dots',
  'POST /m/:code/hear',
  'POST /m/:code/invite',
  'POST /m/:code/keep',
  'POST /m/:code/know',
  'POST /m/:code/say',
  'POST /m/:code/show',
  'POST /m/:code/voice',
  'POST /m/:code/wish',
  'POST /out',
  'GET /card',
  'GET /me/card',
  'GET /in',
  'GET /in/mail/:link',
  'GET /in/sent',
  'GET /in/who',
  'GET /me/mail',
  'GET /me/mail/digits',
  'GET /me/mail/remove',
  'GET /prove',
  'GET /prove/digits',
  'GET /prove/done',
  'GET /c/:slug/people/:id/card',
  'POST /card',
  'POST /me/card',
  'POST /in',
  'POST /in/mail/:link',
  'POST /in/sent',
  'POST /in/who',
  'POST /me/mail',
  'POST /me/mail/digits',
  'POST /me/mail/remove',
  'POST /me/out',
  'POST /prove/card',
  'POST /prove/digits',
  'POST /prove/mail',
  'POST /c/:slug/people/:id/card',
  'GET /passkey',
  'GET /passkey/:id',
  'GET /passkey/digits',
  'GET /staff/passkey',
  'POST /passkey/:id/name',
  'POST /passkey/:id/remove',
  'POST /passkey/add',
  'POST /passkey/ask',
  'POST /passkey/digits',
  'POST /passkey/in',
  'POST /passkey/prove',
  'POST /passkey/told',
  'POST /staff/passkey/begin',
  'POST /staff/passkey/codes',
  'POST /staff/passkey/confirm',
  'POST /staff/passkey/restart',
  'POST /staff/passkey/show',
  'GET /oidc/back',
  'GET /oidc/start',
  'GET /saml/metadata',
  'GET /saml/slo',
  'GET /saml/start',
  'GET /staff',
  'GET /staff/out',
  'GET /staff/out/there',
  'GET /staff/people',
  'GET /staff/provider',
  'GET /staff/role',
  'POST /oidc/logout',
  'POST /saml/acs',
  'POST /saml/slo',
  'POST /staff/people/:id/close',
  'POST /staff/people/:id/open',
  'POST /staff/provider',
  'POST /staff/provider/out',
  'POST /staff/role',
]

/** Doors of those who belong to a place, who keep its room, or who look in by their work: tried in the rooms' own tests. */
const forThePlace = [
  'GET /c/:slug/groups/:id',
  'GET /c/:slug/keys',
  'GET /c/:slug/brought',
  'GET /c/:slug/training/new',
  'POST /c/:slug/training/:id/list',
  'POST /c/:slug/training/:id/list/:seat/:deed{was-there|not-there|strike}',
  'POST /c/:slug/training/:id/name/:deed{show|hide}',
  'POST /c/:slug/training/:id/not-there',
  'POST /c/:slug/training/:id/off',
  'POST /c/:slug/training/:id/sign-off',
  'POST /c/:slug/training/:id/sign-up',
  'POST /c/:slug/training/:id/was-there',
  'POST /c/:slug/training/new',
  'POST /c/:slug/training/wish/:module/:deed{on|back}',
  'GET /balance',
  'GET /c/:slug/promise',
  'GET /c/:slug/steps',
  'GET /c/:slug/talks/new',
  'GET /s/:token',
  'GET /s/stop/:token',
  'GET /talks',
  'GET /talks/:id',
  'GET /talks/:id/card',
  'GET /talks/:id/note',
  'GET /talks/:id/plan',
  'GET /talks/:id/tell',
  'GET /talks/:id/thanks',
  'GET /talks/:id/thanks/card',
  'GET /talks/guide',
  'GET /talks/paper',
  'GET /talks/yes',
  'GET /talks/yes/:secret',
  'GET /worried',
  'GET /worried/numbers',
  'POST /c/:slug/promise',
  'POST /c/:slug/steps',
  'POST /c/:slug/steps/:id/done',
  'POST /c/:slug/steps/:id/move',
  'POST /c/:slug/talks/new',
  'POST /s/:token',
  'POST /s/:token/wrong',
  'POST /s/stop/:token',
  'POST /talks/:id/answer',
  'POST /talks/:id/away',
  'POST /talks/:id/held',
  'POST /talks/:id/note',
  'POST /talks/:id/note/again',
  'POST /talks/:id/note/both',
  'POST /talks/:id/note/one',
  'POST /talks/:id/note/signed',
  'POST /talks/:id/note/slip',
  'POST /talks/:id/note/two',
  'POST /talks/:id/note/typed',
  'POST /talks/:id/plan',
  'POST /talks/:id/promises/:promise',
  'POST /talks/:id/tell',
  'POST /talks/:id/thanks',
  'POST /talks/:id/thanks/letter',
  'POST /talks/:id/wrong',
  'POST /talks/rhythm',
  'POST /talks/yes/:secret',
  'POST /talks/yes/:secret/change',
  'POST /worried/numbers',
  'GET /c/:slug/if-we-left',
  'GET /c/:slug/if-we-left/net/:word',
  'GET /c/:slug/if-we-left/out/:name',
  'GET /c/:slug/move',
  'GET /c/:slug/questions',
  'POST /c/:slug/move',
  'POST /c/:slug/move/:id/:deed{yes|stop|back}',
  'POST /c/:slug/move/:id/file',
  'POST /c/:slug/move/:id/let-go',
  'POST /c/:slug/move/:id/receipt',
  'POST /c/:slug/questions/:id',
  'POST /c/:slug/if-we-left/outline/:quarter/:deed{keep|let-go|throw-away}',
  'POST /c/:slug/if-we-left/:id/:deed{yes|no}',
  'GET /c/:slug/withdrawal/check-in/:vote/:month',
  'GET /c/:slug/withdrawal/paper',
  'GET /c/:slug/withdrawal/vote',
  'POST /c/:slug/withdrawal/call',
  'POST /c/:slug/withdrawal/call/:id',
  'POST /c/:slug/withdrawal/check-in/:vote/:month',
  'POST /c/:slug/withdrawal/criteria/:criterion',
  'POST /c/:slug/withdrawal/items',
  'POST /c/:slug/withdrawal/items/:id/:deed{tap|paper|back|off}',
  'POST /c/:slug/withdrawal/vote',
  'POST /c/:slug/withdrawal/vote/:id/:deed{yes|withdraw}',
  'GET /c/:slug/look',
  'GET /c/:slug/trust',
  'GET /looks',
  'POST /c/:slug/associations',
  'POST /c/:slug/groups/:id/:deed{join|leave}',
  'POST /c/:slug/groups/:id/ask',
  'POST /c/:slug/groups/:id/change',
  'POST /c/:slug/groups/:id/close',
  'POST /c/:slug/groups/:id/out',
  'POST /c/:slug/keys',
  'POST /c/:slug/keys/:id/:deed{yes|approve|no}',
  'POST /c/:slug/keys/give-up',
  'POST /c/:slug/keys/rule',
  'POST /c/:slug/look',
  'POST /c/:slug/look/name',
  'POST /c/:slug/room',
  'POST /c/:slug/room/:id/:deed{yes|back|no|withdraw}',
  'POST /c/:slug/trust',
]

const aPhone = (cookie: 'evening' | 'door' = 'evening'): Buffer => {
  const token = readEveningToken(world.house, meeting.id, cookie, issueEveningToken(world.house, meeting.id, cookie))
  if (!token) throw new Error('a token that was just given out is read')
  return token
}
const say = (text: string) =>
  sayStatement(hall, meeting, aPhone(), {
    kind: 'hope',
    text,
    lang: 'da',
    openTo: 'hall',
    key: randomUUID(),
    sure: true,
  })

beforeAll(async () => {
  world = await makeWorld()
  world.house.log = jsonLog((line) => lines.push(line))
  hall = openHall(world.house)
  site = makeSite({
    house: world.house,
    hall,
    later: world.later,
    guessing: watchGuessing(Buffer.alloc(32), 1),
    where: { origin: null, onNetwork: null },
    development: false,
    built: '.',
  })
  const code = await planMeeting(
    world.freja,
    { id: world.holmetofte, timeZone: 'Europe/Copenhagen' },
    {
      kind: 'listening',
      purpose: 'Hvem har nøglen?',
      place: 'Hallen',
      hostName: 'Freja',
      date: '2027-03-14',
      time: '19:00',
    },
  )
  const before = await hall.find(code)
  if (before) await sayComing(hall, before, { name: 'Sentinel-kommer', key: randomUUID() })
  await beginEvening(world.freja, hall, world.later, code)
  const found = await hall.find(code)
  if (!found) throw new Error('the meeting has begun')
  meeting = found
  await arrive(hall, meeting, aPhone('door'), {
    name: 'Sentinel-dør',
    firstTime: true,
    broughtBy: 'neighbour',
    bringer: 'Sentinel-bringer',
  })
  const promised = await promise(hall, meeting, {
    name: 'Sentinel-navn',
    what: 'Sentinel-aftale',
    byWhen: null,
    toWhom: 'Sentinel-hvem',
    telephone: '55001234',
    key: randomUUID(),
  })
  own = promised.secret
  const { id } = await say('Sentinel-skjult')
  await hideStatement(world.freja, hall, code, id, 'hurts')
  await say('Sentinel-sagt')
  await addTheme(world.freja, hall, code, 'Nøglen')
})

const people = () =>
  ({
    guest: world.guest,
    resident: world.karsten,
    'host of another place': world.stranger,
    employee: world.amira,
  }) satisfies Record<string, Actor>

async function as(actor: Actor) {
  const session = actor.account && (await signIn(world.house, await makeLink(world.house, actor.account)))
  return async (route: string, body?: string) => {
    const [method = '', pattern = ''] = route.split(' ')
    const path = pattern
      .replace(/:what\{.*\}/, 'words')
      .replace(':code', meeting.code)
      .replace(':slug', 'holmetofte')
      .replace(':secret', pattern.startsWith('/g/') ? 'A'.repeat(own.length) : 'A'.repeat(22))
      .replace(':token', 'A'.repeat(22))
      .replace(':deed', 'theme')
      .replace(':section', 'door')
      .replace(':id', randomUUID())
    const answer = await site.request(path, {
      method,
      headers: {
        cookie: session ? `${sessionCookie}=${session}` : '',
        ...(method === 'POST' && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(method === 'POST' && { body: body ?? 'name=Sentinel-felt&text=Sentinel-tekst' }),
    })
    return { status: answer.status, text: await answer.text() }
  }
}

describe('every door', () => {
  test('it is stated for each whom it is for', () => {
    const routes = [
      ...new Set(site.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`)),
    ]
    expect(routes.sort()).toEqual([...forHosts, ...forKeyHolders, ...forOthers, ...forThePlace].sort())
  })

  test.each(['guest', 'resident', 'host of another place', 'employee'] as const)(
    'a host’s door says no to: %s, before it reads what they send',
    async (who) => {
      const ask = await as(people()[who])
      const answers: Record<string, number> = {}
      for (const route of forHosts) answers[route] = (await ask(route)).status
      const wanted = who === 'guest' ? 401 : 403
      expect(Object.entries(answers).filter(([, status]) => status !== wanted)).toEqual([])
    },
  )

  test.each(['guest', 'resident', 'host of another place', 'employee', 'host'] as const)(
    'a key holder’s door is not there for: %s',
    async (who) => {
      const ask = await as(who === 'host' ? world.freja : people()[who])
      const answers: Record<string, number> = {}
      for (const route of forKeyHolders) answers[route] = (await ask(route)).status
      expect(Object.entries(answers).filter(([, status]) => status !== 404)).toEqual([])
    },
  )

  test.each(['guest', 'resident', 'host of another place', 'employee'] as const)(
    'no page tells who came, who promised, or what was taken down, and none breaks: %s',
    async (who) => {
      const ask = await as(people()[who])
      const broken: string[] = []
      const told: string[] = []
      for (const route of [...forHosts, ...forKeyHolders, ...forOthers]) {
        // Built by the bundler, not by the program. And who leaves is gone for the tests after.
        if (route === 'GET /sw.js' || route.startsWith('POST /mine/delete')) continue
        const { status, text } = await ask(route)
        if (status >= 500) broken.push(`${status} ${route}`)
        for (const secret of [
          'Sentinel-dør',
          'Sentinel-bringer',
          'Sentinel-navn',
          'Sentinel-aftale',
          'Sentinel-kommer',
          'Sentinel-skjult',
          '55001234',
        ])
          if (text.includes(secret)) told.push(`${route} tells ${secret}`)
        // Nothing stands on the wall before five have said something.
        if (text.includes('Sentinel-sagt')) told.push(`${route} tells the first words`)
      }
      expect(broken).toEqual([])
      expect(told).toEqual([])
    },
  )

  test.each(['guest', 'resident', 'employee', 'host'] as const)(
    'every page says in a line whose room it is in and who can see it: %s',
    async (who) => {
      const ask = await as(who === 'host' ? world.freja : people()[who])
      const silent: string[] = []
      let pages = 0
      for (const route of [...forHosts, ...forOthers].filter((one) => one.startsWith('GET'))) {
        if (route === 'GET /sw.js') continue
        const { text } = await ask(route)
        if (!text.startsWith('<!doctype html>')) continue
        pages++
        if (
          !/<p class="whose (nobody|community|municipality|person)"><strong>[^<]+<\/strong> .*(kan se siden|samme tomme side)/.test(
            text,
          )
        )
          silent.push(route)
      }
      expect(silent).toEqual([])
      expect(pages).toBeGreaterThan(40)
    },
  )

  test('the host of the place finds each of them behind one of these doors', async () => {
    const ask = await as(world.freja)
    let all = ''
    for (const route of forHosts.filter((one) => one.startsWith('GET'))) all += (await ask(route)).text
    for (const found of [
      'Sentinel-dør',
      'Sentinel-navn',
      'Sentinel-aftale',
      'Sentinel-kommer',
      'Sentinel-skjult',
      'Sentinel-sagt',
    ])
      expect(all).toContain(found)
  })
})

describe('the log', () => {
  test('holds no name, no word, no code and no token, also when the database breaks in the middle of it all', async () => {
    const guest = await as(world.guest)
    const freja = await as(world.freja)
    const words = `kind=hope&text=Sentinel-ord&lang=da&key=${randomUUID()}`
    hall.evenings.forget()
    await world.sql('alter table community.statement rename to statement_gone')
    await world.sql('alter table community.commitment rename to commitment_gone')
    await world.sql('alter table community.arrival rename to arrival_gone')
    const statuses = []
    for (const [ask, route, body] of [
      [guest, 'POST /m/:code/say', words],
      [guest, 'POST /m/:code/door', 'name=Sentinel-dør&first=yes&brought=neighbour&bringer=Sentinel-bringer'],
      [guest, 'POST /m/:code/commit', `name=Sentinel-navn&what=Sentinel-aftale&key=${randomUUID()}`],
      [freja, 'GET /m/:code/board', undefined],
      [freja, 'GET /m/:code/doorlist', undefined],
    ] as const)
      statuses.push((await ask(route, body)).status)
    await world.sql('alter table community.statement_gone rename to statement')
    await world.sql('alter table community.commitment_gone rename to commitment')
    await world.sql('alter table community.arrival_gone rename to arrival')
    expect(statuses).toEqual([503, 503, 503, 503, 503])
    const log = lines.join('')
    expect(log).toContain('request.failed')
    expect(
      ['Sentinel', meeting.code, meeting.id, own, String(world.freja.account), '55001234'].filter((one) =>
        log.includes(one),
      ),
    ).toEqual([])
  })

  test('later work is ordered without a name, a word or an address', () => {
    const ordered = JSON.stringify(world.later.ordered)
    expect(world.later.ordered.length).toBeGreaterThan(0)
    expect(ordered).not.toContain('Sentinel')
    expect(world.later.ordered.every(({ data }) => Object.keys(data).every((key) => key === 'meeting'))).toBe(true)
  })

  test('nothing but the meeting and the phone’s hash stands beside what was said', async () => {
    const rows = await asSystem(world.house, 'look behind the wall', (tx) =>
      tx.selectFrom('community.statement').selectAll().where('meeting_id', '=', meeting.id).execute(),
    )
    for (const row of rows) expect(JSON.stringify(row)).not.toMatch(/\d{4}-\d\d-\d\dT|Sentinel-(dør|navn|kommer)/)
  })
})
