import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { beforeAll, describe, expect, test } from 'vitest'
import { asVisit, type Visited } from '../../access/visit.ts'
import { visitAs } from '../../communities/test-site.ts'
import type { Actor } from '../../db/as-actor.ts'
import { asActor, asSystem } from '../../db/as-actor.ts'
import { peoplePages } from '../../people/people.page.tsx'
import { makeWorld, type World } from '../../test-world.ts'
import { invite, sayComing } from '../coming/coming.deeds.ts'
import { eveningTag, issueEveningToken, readEveningToken } from '../evening-token.ts'
import { type Hall, type MeetingInHall, openHall } from '../hall.ts'
import { planMeeting } from '../meeting.deeds.ts'
import { joinsAnHour } from './keeping.deeds.ts'
import { keepingPages } from './keeping.page.tsx'

let world: World
let hall: Hall
let meeting: MeetingInHall
beforeAll(async () => {
  world = await makeWorld()
  hall = openHall(world.house)
  const code = await planMeeting(
    world.freja,
    { id: world.holmetofte, timeZone: 'Europe/Copenhagen' },
    { kind: 'listening', purpose: 'Nøglen', place: 'Hallen', hostName: 'Freja', date: '2027-03-20', time: '19:00' },
  )
  meeting = (await hall.find(code)) ?? expect.fail()
})
const newKey = () => randomBytes(16).toString('base64url')
const as = (actor: Actor) => visitAs(world.house, actor, keepingPages(hall), peoplePages())
const comes = async (name: string): Promise<string> => {
  const done = await sayComing(hall, meeting, { name, key: newKey() })
  return 'secret' in done ? done.secret : expect.fail()
}
const count = async (text: string) => Number((await world.sql(`select count(*) as n from ${text}`))[0]?.n)
const join = '/c/holmetofte/join'

describe('invariant 1', () => {
  test('No person record is created by an invitation; only by coming or saying yes.', async () => {
    const before = [await count('community.person'), await count('access.account')]
    await invite(hall, meeting, { name: 'Karsten', key: newKey() })
    const secret = await comes('Gæst uden ja')
    const guest = await as(world.guest)
    await guest.get(`${join}?k=${secret}`)
    expect([await count('community.person'), await count('access.account')]).toEqual(before)
  })
})

describe('a guest keeps what they did', () => {
  test('with a name and no mail: they are a person, signed in on this phone, and their row is theirs', async () => {
    const secret = await comes('Oksana')
    const guest = await as(world.guest)
    const page = await guest.get(`${join}?k=${secret}`)
    expect(page.text).toContain('At du kommer til mødet')
    expect(page.text).toContain('Dit udgangskort er ikke med')
    expect(page.html).toContain('value="Oksana"')
    const form = { k: secret, name: 'Oksana K', of15: 'yes', key: newKey() }
    const done = await guest.post(join, form)
    expect(done).toMatchObject({ status: 303, location: '/c/holmetofte/me?told=new' })
    expect(done.cookie).toContain('HttpOnly')
    const [row] = await world.sql(
      `select p.account_id, p.exists_by, p.medium, p.known_on, s.via from community.coming c join community.person p on p.id = c.person_id
       join access.session s on s.account_id = p.account_id where p.name = 'Oksana K'`,
    )
    expect(row).toMatchObject({ exists_by: 'said_yes', medium: 'tap', known_on: null, via: 'kept' })
    const her = { house: world.house, role: 'resident' as const, account: String(row?.account_id) }
    const mine = await asActor(her, (tx) => tx.selectFrom('community.coming').select('name').execute())
    expect(mine).toEqual([{ name: 'Oksana' }])
    // The form sent twice is one person; the link in other hands opens nothing.
    expect((await guest.post(join, form)).status).toBe(303)
    expect(await count(`community.person where name = 'Oksana K'`)).toBe(1)
    expect((await guest.get(`${join}?k=${secret}`)).text).toContain('hører allerede til en')
    expect((await guest.post(join, { ...form, key: newKey() })).html).toBe('join.taken')
    expect(await count(`community.person where name = 'Oksana K'`)).toBe(1)
    world.clock.forward(60)
    expect((await guest.post(join, form)).html).toBe('join.taken')
  })

  test('nobody under fifteen, nobody without a name, and what was typed is still there', async () => {
    const secret = await comes('Sofus')
    const guest = await as(world.guest)
    const before = await count('community.person')
    const young = await guest.post(join, { k: secret, name: 'Sofus 12', key: newKey() })
    expect(young.status).toBe(400)
    expect(young.text).toContain('kom med en voksen')
    expect(young.html).toContain('value="Sofus 12"')
    expect((await guest.post(join, { k: secret, name: '010203-1234', of15: 'yes', key: newKey() })).status).toBe(400)
    expect(await count('community.person')).toBe(before)
  })

  test('the phone of the evening keeps that it was there, by its cookie for the door and nothing else', async () => {
    const token = issueEveningToken(world.house, meeting.id, 'door')
    const tag = eveningTag(
      world.house,
      meeting.id,
      'door',
      readEveningToken(world.house, meeting.id, 'door', token) ?? expect.fail(),
    )
    await world.sql(`insert into community.arrival (meeting_id, tag, medium, name) values ($1, $2, 'phone', 'Inge')`, [
      meeting.id,
      tag,
    ])
    const site = new Hono<Visited>()
    site.use(asVisit(world.house, { origin: 'http://oplive.test', onNetwork: null }))
    site.route('/', keepingPages(hall))
    const ask = (cookie: string, form?: Record<string, string>) =>
      site.request(`/m/${meeting.code}/keep`, {
        method: form ? 'POST' : 'GET',
        headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
        ...(form && { body: String(new URLSearchParams(form)) }),
      })
    expect(await (await ask(`door=${token}`)).text()).toContain('At du var til mødet')
    for (const none of ['', `door=${'A'.repeat(32)}`, `evening=${token}`])
      expect(await (await ask(none)).text()).not.toContain('At du var til mødet')
    expect((await ask(`door=${token}`, { name: 'Inge Ø', of15: 'yes', key: newKey() })).status).toBe(303)
    expect(
      await world.sql(
        `select p.name, p.exists_by from community.arrival a join community.person p on p.id = a.person_id where a.name = 'Inge'`,
      ),
    ).toEqual([{ name: 'Inge Ø', exists_by: 'came' }])
  })

  test('who is signed in adds it to what they have; nobody of the municipality does', async () => {
    const secret = await comes('Karsten')
    const karsten = await as(world.karsten)
    expect(await karsten.post(join, { k: secret })).toMatchObject({
      status: 303,
      location: '/c/holmetofte/me?told=kept',
    })
    const mine = await asActor(world.karsten, (tx) => tx.selectFrom('community.coming').select('name').execute())
    expect(mine).toEqual([{ name: 'Karsten' }])
    expect((await (await as(world.amira)).post(join, { k: await comes('Amira') })).html).toBe('not-yours')
  })

  test('two at once with one link: one gets it, the other is told and becomes nobody', async () => {
    for (let run = 0; run < 5; run++) {
      const secret = await comes(`Samtidig ${run}`)
      const guest = await as(world.guest)
      const press = () => guest.post(join, { k: secret, name: `Hurtig ${run}`, of15: 'yes', key: newKey() })
      const answers = await Promise.all([press(), press(), press()])
      expect(answers.map(({ status, html }) => (status === 303 ? 'in' : html)).sort()).toEqual([
        'in',
        'join.taken',
        'join.taken',
      ])
      expect(await count(`community.person where name = 'Hurtig ${run}'`)).toBe(1)
    }
  })

  test('a secret that nobody was given, one of another place, and another’s row show nothing', async () => {
    const guest = await as(world.guest)
    expect((await guest.get(`${join}?k=${'A'.repeat(22)}`)).text).toContain('Jeg vil gerne være med')
    expect((await guest.get(`/c/lyngo/join?k=${await comes('Her')}`)).text).not.toContain('At du kommer')
    expect((await guest.get('/c/nowhere/join')).html).toBe('not-found')
    const all = await asActor(world.stranger, (tx) => tx.selectFrom('community.coming').select('name').execute())
    expect(all).toEqual([])
  })

  test('a program does not fill a place with people; whoever has done something there comes in all the same', async () => {
    const guest = await as(world.guest)
    const lyngo = '/c/lyngo/join'
    const press = () => guest.post(lyngo, { name: 'Ingen', of15: 'yes', key: newKey() })
    for (let n = 0; n < joinsAnHour; n++) expect((await press()).status).toBe(303)
    expect((await press()).html).toBe('join.many')
    expect(await count(`community.person where name = 'Ingen'`)).toBe(joinsAnHour)
    const form = { k: await comes('Kom'), name: 'Kom', of15: 'yes', key: newKey() }
    for (let n = 0; n < joinsAnHour + 1; n++) await guest.post(join, { name: 'Ingen', of15: 'yes', key: newKey() })
    expect((await guest.post(join, form)).status).toBe(303)
  })

  test('when the person is forgotten, what they did stays as a guest’s', async () => {
    const secret = await comes('Glemt')
    await (await as(world.guest)).post(join, { k: secret, name: 'Glemt', of15: 'yes', key: newKey() })
    await asSystem(world.house, 'forget a person in a test', (tx) =>
      tx.deleteFrom('community.person').where('name', '=', 'Glemt').execute(),
    )
    expect(await world.sql(`select person_id from community.coming where name = 'Glemt'`)).toEqual([
      { person_id: null },
    ])
  })
})
