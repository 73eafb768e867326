import type { Hono } from 'hono'
import { v7 as uuid } from 'uuid'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeLink, signIn } from '../access/sign-in.deeds.ts'
import { sessionCookie, type Visited } from '../access/visit.ts'
import type { Actor } from '../db/as-actor.ts'
import { asSystem } from '../db/as-actor.ts'
import { watchGuessing } from '../meetings/guessing.ts'
import { openHall } from '../meetings/hall.ts'
import { planMeeting } from '../meetings/meeting.deeds.ts'
import type { Handed, LetterInHand } from '../post/mail-server.ts'
import { emptyBox, noteReturned, writeLetter } from '../post/post.ts'
import { makeSite } from '../site.tsx'
import { makeWorld, type World } from '../test-world.ts'
import { forgetOldPost, seePost, writeWeek } from './letters.deeds.ts'
import { stopToken } from './week-letter.ts'

let world: World
let site: Hono<Visited>
const origin = 'https://oplive.example.dk'
beforeAll(async () => {
  world = await makeWorld()
  site = makeSite({
    house: world.house,
    hall: openHall(world.house),
    later: world.later,
    guessing: watchGuessing(Buffer.alloc(32), 1),
    where: { origin: null, onNetwork: null },
    development: false,
    built: '.',
  })
})

/** Thursday at nine, before the meeting of Sunday. */
const thursday = '2027-03-11T08:00:00Z'
beforeEach(async () => {
  for (const table of ['letter', 'week_letter', 'mail_trouble', 'post_day', 'meeting'])
    await world.sql(`delete from community.${table}`)
  await world.sql(`delete from community.person where mail is not null`)
  world.clock.set('2027-03-08T08:00:00Z')
})

const aMeeting = (
  actor = world.freja,
  id = world.holmetofte,
  date = '2027-03-14',
  kind: 'listening' | 'house' = 'listening',
) =>
  planMeeting(
    actor,
    { id, timeZone: 'Europe/Copenhagen' },
    { kind, purpose: 'Hvem har nøglen?', place: 'Hallen', hostName: 'Freja', date, time: '19:00' },
  )

async function somebody(
  mail: string,
  { place = world.holmetofte, yes = true, wish = 'mail', languages = [] as string[] } = {},
) {
  const id = uuid()
  await world.sql(
    `insert into community.person (id, community_id, name, exists_by, medium, joined_on, active_on, contact_wish, mail, languages)
     values ($1, $2, 'Birthe', 'said_yes', 'paper', '2027-03-01', '2027-03-01', $3, $4, $5)`,
    [id, place, wish, mail, languages],
  )
  if (yes)
    await world.sql(
      `insert into community.consent (id, person_id, purpose, text_version, medium, given_at) values ($1, $2, 'letters', 1, 'paper', $3)`,
      [uuid(), id, '2027-03-01T10:00:00Z'],
    )
  return id
}
const letters = () =>
  world.sql('select address, subject, body, stop, kind, not_after from community.letter order by address')
const cookieOf = async (actor: Actor) =>
  `${sessionCookie}=${await signIn(world.house, await makeLink(world.house, String(actor.account)))}`

describe('one letter a week', () => {
  test('goes to those who have said yes and want mail, once, however often it is looked for', async () => {
    const code = await aMeeting()
    await somebody('birthe@example.dk')
    await somebody('no@example.dk', { yes: false })
    await somebody('call@example.dk', { wish: 'phone' })
    world.clock.set(thursday)
    expect(await Promise.all([writeWeek(world.house, origin), writeWeek(world.house, origin)])).toEqual(
      expect.arrayContaining([1, 0]),
    )
    expect(await writeWeek(world.house, origin)).toBe(0)
    const [letter, ...more] = await letters()
    expect(more).toEqual([])
    expect(letter).toMatchObject({
      address: 'birthe@example.dk',
      kind: 'digest',
      subject: 'Der er et møde i Holmetofte',
    })
    expect(letter?.body).toContain(`${origin}/m/${code}\n`)
    expect(letter?.body).toContain('Hvem har nøglen?')
    expect(letter?.body).toContain(String(letter?.stop))
    // The next Thursday there is nothing to tell.
    world.clock.set('2027-03-18T08:00:00Z')
    expect(await writeWeek(world.house, origin)).toBe(0)
  })

  test('is one letter to a mailbox that two share, and has for each place an address that stops it', async () => {
    await aMeeting()
    await aMeeting(world.stranger, world.lyngo, '2027-03-13')
    await somebody('faelles@example.dk')
    await somebody('Faelles@example.dk', { place: world.lyngo })
    world.clock.set(thursday)
    expect(await writeWeek(world.house, origin)).toBe(1)
    const [letter] = await letters()
    expect(letter?.subject).toBe('Der er møder i Lyngø og Holmetofte')
    expect(String(letter?.body).match(/\/letters\/stop\/[\w-]{43}/g)).toHaveLength(2)
  })

  test('tells of nothing to which not all are invited, and is not written where there is nothing to tell', async () => {
    await aMeeting(world.freja, world.holmetofte, '2027-03-14', 'house')
    await aMeeting(world.freja, world.holmetofte, '2027-06-14')
    await somebody('birthe@example.dk')
    world.clock.set(thursday)
    expect(await writeWeek(world.house, origin)).toBe(0)
  })

  test('is stopped with one tap, without signing in; the link alone stops nothing', async () => {
    await aMeeting()
    const id = await somebody('birthe@example.dk')
    const path = `/letters/stop/${stopToken(world.house.keys.houseSecret(), id)}`
    const standing = () => world.sql('select withdrawn_at from community.consent where person_id = $1', [id])
    for (const method of ['GET', 'HEAD']) expect((await site.request(path, { method })).status).toBe(200)
    expect(await standing()).toEqual([{ withdrawn_at: null }])
    // As a mail program presses it (RFC 8058): no cookie, no origin.
    for (let time = 0; time < 2; time++) {
      const answer = await site.request(path, {
        method: 'POST',
        body: 'List-Unsubscribe=One-Click',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })
      expect(answer.status).toBe(200)
      expect(await answer.text()).toContain('Nu stopper brevene')
    }
    expect(await standing()).toEqual([{ withdrawn_at: world.clock.now() }])
    world.clock.set(thursday)
    expect(await writeWeek(world.house, origin)).toBe(0)
    const nothing = await (await site.request('/letters/stop/nothing')).text()
    const foreign = await site.request(`/letters/stop/${stopToken(Buffer.alloc(32, 1), id)}`)
    expect([foreign.status, await foreign.text()]).toEqual([404, nothing])
  })
})

describe('letters that come back', () => {
  const server = (outcome: Handed) => ({
    handed: [] as LetterInHand[],
    async hand(letter: LetterInHand) {
      this.handed.push(letter)
      return outcome
    },
    close() {},
  })
  const refused: Handed = { outcome: 'refused', error: new Error('550'), answer: '550', atAddress: true }

  test('are known by the address, where somebody here has given it, and by nobody where nobody has', async () => {
    const id = await somebody('Birthe@example.dk')
    for (const to of ['birthe@example.dk', 'nobody@example.dk'])
      await asSystem(world.house, 'test', (tx) => writeLetter(tx, { to, subject: 'x', body: 'x' }))
    expect(await emptyBox(world.house, server(refused))).toMatchObject({ refused: 2 })
    expect(await world.sql('select address, what, times from community.mail_trouble')).toEqual([
      { address: 'birthe@example.dk', what: 'refused', times: 1 },
    ])
    // The key holder is told, and whoever has no key is not.
    const page = async (actor: Actor) =>
      (await site.request(`/c/holmetofte/people/${id}`, { headers: { cookie: await cookieOf(actor) } })).text()
    expect(await page(world.poul)).toContain('Breve kommer igen')
    expect(await page(world.amira)).not.toContain('Breve kommer igen')
    // And is not written to about meetings until it is mended.
    await aMeeting()
    world.clock.set(thursday)
    expect(await writeWeek(world.house, origin)).toBe(0)
  })

  test('are not held against a mailbox when the server disliked the letter, or was away', async () => {
    await somebody('birthe@example.dk')
    await asSystem(world.house, 'test', (tx) => writeLetter(tx, { to: 'birthe@example.dk', subject: 'x', body: 'x' }))
    await emptyBox(world.house, server({ ...refused, outcome: 'away', atAddress: false } as Handed))
    world.clock.set('2027-03-08T09:00:00Z')
    await emptyBox(world.house, server({ ...refused, atAddress: false } as Handed))
    expect(await world.sql('select from community.mail_trouble')).toEqual([])
  })

  test('are told of by a notice later, counted again, and forgotten after ninety days', async () => {
    await somebody('birthe@example.dk')
    await noteReturned(world.house, 'BIRTHE@example.dk')
    await noteReturned(world.house, 'birthe@example.dk')
    await noteReturned(world.house, 'nobody@example.dk')
    expect(await world.sql('select address, what, times from community.mail_trouble')).toEqual([
      { address: 'birthe@example.dk', what: 'returned', times: 2 },
    ])
    world.clock.set('2027-06-06T09:00:00Z')
    await forgetOldPost(world.house)
    expect(await world.sql('select from community.mail_trouble')).toHaveLength(1)
    world.clock.set('2027-06-07T09:00:00Z')
    await forgetOldPost(world.house)
    expect(await world.sql('select from community.mail_trouble')).toEqual([])
    expect(await world.sql('select from community.post_day')).toEqual([])
  })
})

describe('the post as its operator sees it', () => {
  test('tells how many of each kind wait and what the server answered, and no address and no word', async () => {
    for (let n = 0; n < 5; n++)
      await asSystem(world.house, 'test', (tx) =>
        writeLetter(tx, {
          kind: 'result',
          to: `sentinel${n}@stor.example.dk`,
          subject: 'Sentinelbrev',
          body: 'Sentinelbrev',
        }),
      )
    await asSystem(world.house, 'test', (tx) =>
      writeLetter(tx, { kind: 'signIn', to: 'sentinel@egen.example.dk', subject: 'x', body: 'x' }),
    )
    await world.sql(
      `update community.letter set tries = 8, last_answer = '451', not_before = not_before + interval '1 hour'`,
    )
    const seen = await seePost(world.mikkel)
    expect(seen.queue.map(({ kind, letters, stuck, answer }) => [kind, letters, stuck, answer]).sort()).toEqual([
      ['result', 5, 5, '451'],
      ['signIn', 1, 1, '451'],
    ])
    // Five wait at one server; the other could be somebody's own.
    expect(seen.servers).toEqual([{ server: 'stor.example.dk', letters: 5 }])
    const cookie = await cookieOf(world.mikkel)
    const page = await (await site.request('/operator/post', { headers: { cookie } })).text()
    expect(page).toContain('6 breve er prøvet i over en halv time')
    expect(page).not.toMatch(/sentinel|egen\.example/i)
    const pressed = await site.request('/operator/post/now', { method: 'POST', headers: { cookie } })
    expect(pressed.headers.get('location')).toBe('/operator/post?tried=6')
    expect(await world.sql('select from community.letter where not_before > $1', [world.clock.now()])).toEqual([])
  })

  test('sends a trial letter to an address, and gives back what is none', async () => {
    const cookie = await cookieOf(world.mikkel)
    const post = (address: string) =>
      site.request('/operator/post/trial', {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ address }).toString(),
      })
    expect((await post('mikkel@example.dk')).status).toBe(303)
    const wrong = await post('ikke en adresse')
    expect(wrong.status).toBe(400)
    expect(await wrong.text()).toContain('value="ikke en adresse"')
    expect(await letters()).toMatchObject([{ address: 'mikkel@example.dk', kind: 'trial' }])
  })

  test('is nobody else’s', async () => {
    for (const actor of [world.amira, world.helle, world.nadia, world.poul, world.karsten]) {
      const cookie = await cookieOf(actor)
      expect((await site.request('/operator/post', { headers: { cookie } })).status).toBe(403)
      expect((await site.request('/operator/post/now', { method: 'POST', headers: { cookie } })).status).toBe(403)
    }
    expect((await site.request('/operator/post')).status).toBe(401)
  })
})
