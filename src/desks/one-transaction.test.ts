import pg from 'pg'
import { v7 as uuid } from 'uuid'
import { beforeAll, expect, test } from 'vitest'
import { makeLink, signIn } from '../access/sign-in.deeds.ts'
import { sessionCookie } from '../access/visit.ts'
import { aBook } from '../book/test-book.ts'
import type { Actor } from '../db/as-actor.ts'
import { startJobs } from '../jobs/jobs.ts'
import { watchGuessing } from '../meetings/guessing.ts'
import { openHall } from '../meetings/hall.ts'
import { planMeeting } from '../meetings/meeting.deeds.ts'
import { makeSite } from '../site.tsx'
import { makeWorld, type World } from '../test-world.ts'

let world: World
let code = ''
let site: ReturnType<typeof makeSite>
beforeAll(async () => {
  world = await makeWorld()
  await (await startJobs(world.appUrl, world.house, [])).stop()
  site = makeSite({
    house: world.house,
    hall: openHall(world.house),
    later: world.later,
    guessing: watchGuessing(Buffer.alloc(32), 1),
    where: { origin: null, onNetwork: null },
    development: false,
    built: '.',
    // The operator's page, and the red lines of their desk.
    installation: {
      dataFolder: world.keyFolder,
      backupFolder: world.keyFolder,
      version: '1.2.3',
      origin: null,
      staff: () => 'passkey',
      began: world.clock.now(),
    },
  })
  code = await planMeeting(
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
})

/** Everything that is sent to PostgreSQL while the work runs, in order. */
async function asked(work: () => Promise<unknown>): Promise<string[]> {
  const texts: string[] = []
  const query = pg.Client.prototype.query
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [first] = args
    texts.push(typeof first === 'string' ? first : ((first as { text?: string })?.text ?? ''))
    return (query as (...all: unknown[]) => unknown).apply(this, args)
  } as typeof query
  try {
    await work()
  } finally {
    pg.Client.prototype.query = query
  }
  return texts
}

const isControl = (text: string) => /^(begin|commit|rollback)/i.test(text.trim())

/**
 * Routes that are no page, that a browser asks for beside a page, or files that are sent part by part; and what is reckoned for long, which
 * reads, lets its connection go, reckons, and asks once more whether anybody has gone meanwhile.
 */
const noPage = /^\/(a|sw\.js|health|mine\/export\.)|\*|\/if-we-left/

test('a page for somebody who is signed in is read in one transaction, with twelve questions at most', async () => {
  const people: Record<string, Actor> = {
    host: world.freja,
    resident: world.karsten,
    'key holder': world.poul,
    employee: world.amira,
    leader: world.helle,
    officer: world.nadia,
    operator: world.mikkel,
  }
  const routes = new Set(site.routes.filter(({ method }) => method === 'GET').map(({ path }) => path))
  const tooMany: string[] = []
  let pages = 0
  // One of them has a book, which is open where they are and was not looked at today.
  const book = await aBook(world.karsten)
  // Somebody without an account, whom a key holder has written down.
  const birthe = uuid()
  await world.sql(
    `insert into community.person (id, community_id, name, exists_by, medium, joined_on, active_on)
     values ($1, $2, 'Birthe', 'said_yes', 'paper', '2027-03-01', '2027-03-01')`,
    [birthe, world.holmetofte],
  )
  const line = await book.write('Jeg tør godt spørge Poul.')
  for (const [who, actor] of Object.entries(people)) {
    const session = await signIn(world.house, await makeLink(world.house, String(actor.account)))
    for (const route of routes) {
      if (noPage.test(route)) continue
      const path = route
        .replace(/:what\{.*\}/, 'words')
        .replace(':code', code)
        .replace(':slug', 'holmetofte')
        .replace(':kind', 'story')
        .replace('/people/:id', `/people/${birthe}`)
        .replace('/e/:id', `/e/${line}`)
        .replace(/:\w+/g, 'A'.repeat(22))
      await world.sql(`update personal.lock set seen_on = seen_on - 1`)
      const cookie = `${sessionCookie}=${session}${actor === world.karsten ? `; oplive_book=${book.device}` : ''}`
      const texts = await asked(async () => {
        const answer = await site.request(path, { headers: { cookie } })
        if (answer.status >= 500) tooMany.push(`${who} at ${route}: ${answer.status}`)
        if (answer.status === 200) pages++
        await answer.text()
      })
      const begun = texts.filter((text) => /^begin/i.test(text.trim())).length
      const questions = texts.filter((text) => !isControl(text)).length
      if (begun > 1 || questions > 12) tooMany.push(`${who} at ${route}: ${begun} transactions, ${questions} questions`)
    }
  }
  expect(tooMany).toEqual([])
  expect(routes).toContain('/operator')
  expect(pages).toBeGreaterThan(100)
}, 60_000)
