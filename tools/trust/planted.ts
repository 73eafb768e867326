// A world in which everything exists once in Holmetofte, marked with words that nobody from elsewhere may ever read.
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Hono } from 'hono'
import { makeLink, signIn } from '../../src/access/sign-in.deeds.ts'
import { sessionCookie, type Visited } from '../../src/access/visit.ts'
import type { Actor } from '../../src/db/as-actor.ts'
import { sayComing } from '../../src/meetings/coming/coming.deeds.ts'
import { promise } from '../../src/meetings/commitments/commitments.deeds.ts'
import { issueEveningToken, readEveningToken } from '../../src/meetings/evening-token.ts'
import { watchGuessing } from '../../src/meetings/guessing.ts'
import { openHall } from '../../src/meetings/hall.ts'
import { addTheme, beginEvening } from '../../src/meetings/leading/leading.deeds.ts'
import { planMeeting } from '../../src/meetings/meeting.deeds.ts'
import { arrive, sayStatement } from '../../src/meetings/saying/saying.deeds.ts'
import { makeSite } from '../../src/site.tsx'
import type { World } from '../../src/test-house.ts'

/** Stands in everything that belongs to Holmetofte or to one person there. */
export const mark = 'Sentinel'

/**
 * The planted look was the employee's: their own page tells them when and why they looked. And whoever works with a place may look
 * again while the municipality keeps its room for a time: each look is written down before it shows anything.
 */
export const isOwnLook = (who: string, path: string): boolean =>
  who === 'employee' && /^\/mine(\/(print|export\.\w+))?$|^\/c\/[^/]+\/look$/.test(path)

/** What the officer answers for: who asks what is kept of them, breaches, and every look with its reason, never at whom. */
export const isOfficers = (who: string, path: string): boolean =>
  who === 'officer' && /^\/$|^\/(access-requests|incidents|looks)(\/|$)/.test(path)

export interface Planted {
  world: World
  site: Hono<Visited>
  /** What may stand in an address: by what it is, the real one. */
  known: { code: string; slug: string; ids: Record<string, string>; secrets: Record<string, string> }
  /** Everybody, and whether they belong to Holmetofte. */
  people: Record<string, { actor: Actor; inside: boolean }>
  /** Asks as somebody, with the cookies of a browser that is signed in as them; signed out on the way, it signs in again unless `once`. */
  browser(actor: Actor, once?: boolean): Promise<Browser>
  routes: { method: string; path: string }[]
}

export interface Answer {
  status: number
  body: string
  location: string
  cookies: string
}
export interface Browser {
  (method: string, path: string, body?: string): Promise<Answer>
  /** What it is signed in by now. */
  cookie(): string
}

const hashOf = (secret: string) => createHash('sha256').update(secret).digest()

/** What lists, letters, other programs, breaches and those who ask leave behind. */
async function plantBeside({ sql, holmetofte }: World, ids: Record<string, string>, person: string): Promise<void> {
  const [list, asked, incident, request, hook] = Array.from({ length: 5 }, () => randomUUID())
  await sql(
    `insert into community.moving_in (id, community_id, asker, looked_at, mapping, seen, source, said_by)
     values ($1, $2, '${mark} Spørger', '2027-03-01', '{name}', '{}', '${mark}-kilde', '${mark} Sagde')`,
    [list, holmetofte],
  )
  await sql(
    `insert into community.asked_person (id, moving_in_id, community_id, row_number, name, mail, telephone, address, asked_on)
     values ($1, $2, $3, 1, '${mark} Listesen', 'sentinel.liste@example.dk', '55007777', '${mark}vej 7', '2027-03-01')`,
    [asked, list, holmetofte],
  )
  await sql(
    `insert into community.letter (address, subject, body, not_before, tries) values ('sentinel.brev@example.dk', '${mark}-emne', '${mark}-brev', '2027-03-14', 9)`,
  )
  await sql(
    `insert into community.mail_trouble (address, what, first_on, last_on) values ('sentinel.brev@example.dk', 'returned', '2027-03-01', '2027-03-02')`,
  )
  await sql(
    `insert into municipal.incident (id, what, noticed_at, begun_at, begun_by, communities, entry, kinds)
     values ($1, '${mark}-brud', '2027-03-13', '2027-03-13', 'Nadia', array[$2::uuid], false, '{belong}')`,
    [incident, holmetofte],
  )
  await sql(
    `insert into municipal.access_request (id, name, mail, telephone, reason, received_on)
     values ($1, '${mark} Indsigtsen', 'sentinel.indsigt@example.dk', '55008888', '${mark}-grund', '2027-03-01')`,
    [request],
  )
  await sql(
    `insert into community.webhook (id, community_id, url, made_on) values ($1, $2, 'https://${mark.toLowerCase()}.example.dk/x', '2027-03-01')`,
    [hook, holmetofte],
  )
  await sql(
    `insert into community.still_question (person_id, asked_on, until) values ($1, '2027-03-01', '2027-03-31')`,
    [person],
  )
  Object.assign(ids, { list, asked, incident, request, hook })
}

export async function plant(world: World): Promise<Planted> {
  const { sql, holmetofte } = world
  const hall = openHall(world.house)
  const site = makeSite({
    house: world.house,
    hall,
    later: world.later,
    guessing: watchGuessing(Buffer.alloc(32), 1),
    where: { origin: null, onNetwork: null },
    development: false,
    built: '.',
    securityContact: 'mailto:sikkerhed@example.dk',
    installation: {
      dataFolder: world.keyFolder,
      backupFolder: world.keyFolder,
      version: '1.2.3',
      origin: null,
      staff: () => 'passkey',
      began: world.clock.now(),
    },
  })
  const ids: Record<string, string> = {}
  const secrets: Record<string, string> = {}

  // An evening that is on.
  const plan = { kind: 'listening', place: 'Hallen', hostName: 'Freja', date: '2027-03-14', time: '19:00' } as const
  const code = await planMeeting(
    world.freja,
    { id: holmetofte, timeZone: 'Europe/Copenhagen' },
    { ...plan, purpose: 'Hvem har nøglen?' },
  )
  const before = await hall.find(code)
  const coming = before && (await sayComing(hall, before, { name: `${mark}-kommer`, key: randomUUID() }))
  if (coming && 'secret' in coming) secrets.coming = coming.secret
  await beginEvening(world.freja, hall, world.later, code)
  const meeting = await hall.find(code)
  if (!meeting) throw new Error('the meeting has begun')
  ids.meeting = meeting.id
  const phone = (cookie: 'evening' | 'door'): Buffer => {
    const token = readEveningToken(world.house, meeting.id, cookie, issueEveningToken(world.house, meeting.id, cookie))
    if (!token) throw new Error('a token that was just given out is read')
    return token
  }
  const said = {
    kind: 'hope',
    text: `${mark}-sagt`,
    lang: 'da',
    openTo: 'hall',
    key: randomUUID(),
    sure: true,
  } as const
  ids.statement = (await sayStatement(hall, meeting, phone('evening'), said)).id
  await arrive(hall, meeting, phone('door'), {
    name: `${mark}-dør`,
    firstTime: true,
    broughtBy: 'neighbour',
    bringer: `${mark}-bringer`,
  })
  const promised = await promise(hall, meeting, {
    name: `${mark}-navn`,
    what: `${mark}-aftale`,
    byWhen: null,
    toWhom: `${mark}-hvem`,
    telephone: '55001234',
    key: randomUUID(),
  })
  secrets.commitment = promised.secret
  await addTheme(world.freja, hall, code, 'Nøglen')

  // Somebody on paper, and all that a person can have.
  const [person, other, association, consent, look] = Array.from({ length: 5 }, () => randomUUID())
  const own = await sql('select id from community.person where account_id = $1', [world.karsten.account])
  await sql(
    `insert into community.person (id, community_id, name, contact_wish, telephone, mail, languages, exists_by, medium, joined_on, active_on)
     values ($1, $3, '${mark} Person', 'phone', '55005678', 'sentinel@example.dk', '{da}', 'came', 'paper', '2027-01-01', '2027-01-01'),
       ($2, $3, '${mark} Persen', 'none', '55005678', null, '{}', 'said_yes', 'voice', '2027-01-02', '2027-01-02')`,
    [person, other, holmetofte],
  )
  await sql(`insert into community.profile (person_id, age_band, asked_about) values ($1, '40-59', '${mark}-spørg')`, [
    person,
  ])
  await sql(
    `insert into community.consent (id, person_id, purpose, text_version, medium, given_at) values ($1, $2, 'contactList', 1, 'paper', '2027-01-03')`,
    [consent, person],
  )
  await sql(
    `insert into community.association (id, community_id, kind, name, made_on) values ($1, $2, 'group', 'Koret', '2027-01-01')`,
    [association, holmetofte],
  )
  await sql(
    `insert into community.membership (association_id, person_id, said_yes_at, medium) values ($1, $2, '2027-01-03', 'paper')`,
    [association, person],
  )
  await sql(
    `insert into community.look (id, community_id, account_id, looker, what, reason, at) values ($1, $2, $3, 'Amira', 'find', 'Ringer om mødet', '2027-03-01')`,
    [look, holmetofte, world.amira.account],
  )
  await sql('insert into community.looked_at (look_id, person_id) values ($1, $2), ($1, $3)', [
    look,
    person,
    own[0]?.id,
  ])
  Object.assign(ids, { person, other, association, consent, look, own: own[0]?.id })
  await plantBeside(world, ids, String(person))
  const invitation = randomBytes(16).toString('base64url')
  await sql(`insert into community.invitation (meeting_id, secret_hash, inviter) values ($1, $2, '${mark}-indbyder')`, [
    meeting.id,
    hashOf(invitation),
  ])
  secrets.invitation = invitation
  secrets.link = await makeLink(world.house, String(world.karsten.account))
  const session = await signIn(
    world.house,
    await makeLink(world.house, String(world.karsten.account)),
    `${mark}-maskine`,
  )
  const device = await sql('select id from access.session where token_hash = $1', [hashOf(session)])
  ids.session = String(device[0]?.id)

  const people = {
    guest: { actor: world.guest, inside: false },
    'host of another place': { actor: world.stranger, inside: false },
    leader: { actor: world.helle, inside: false },
    officer: { actor: world.nadia, inside: false },
    operator: { actor: world.mikkel, inside: false },
    employee: { actor: world.amira, inside: false },
    resident: { actor: world.karsten, inside: true },
    host: { actor: world.freja, inside: true },
    'key holder': { actor: world.poul, inside: true },
  }
  const routes = [
    ...new Map(
      site.routes
        .filter(({ method, path }) => method !== 'ALL' && !path.includes('*') && path !== '/sw.js')
        .map(({ method, path }) => [`${method} ${path}`, { method, path }]),
    ).values(),
  ]

  async function browser(actor: Actor, once = false): Promise<Browser> {
    let token = actor.account && (await signIn(world.house, await makeLink(world.house, actor.account)))
    const ask = async (method: string, path: string, body?: string): Promise<Answer> => {
      const answer = await site.request(path, {
        method,
        headers: {
          cookie: token ? `${sessionCookie}=${token}` : '',
          ...(method === 'POST' && { 'content-type': 'application/x-www-form-urlencoded' }),
        },
        ...(method === 'POST' && { body: body ?? '' }),
      })
      // Whoever was signed out on the way (a page for that was among those tried) signs in again.
      if (
        !once &&
        actor.account &&
        (await world.sql('select from access.session where token_hash = $1', [hashOf(token ?? '')])).length === 0
      )
        token = await signIn(world.house, await makeLink(world.house, actor.account))
      return {
        status: answer.status,
        body: await answer.text(),
        location: answer.headers.get('location') ?? '',
        cookies: (answer.headers.getSetCookie?.() ?? []).map((one) => one.split('=')[0]).join(' '),
      }
    }
    return Object.assign(ask, { cookie: () => (token ? `${sessionCookie}=${token}` : '') })
  }
  return { world, site, known: { code, slug: 'holmetofte', ids, secrets }, people, browser, routes }
}
