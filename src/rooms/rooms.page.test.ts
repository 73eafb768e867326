import { beforeAll, describe, expect, test } from 'vitest'
import { type TestSite, visitAs } from '../communities/test-site.ts'
import type { Actor } from '../db/as-actor.ts'
import { makeWorld, type World } from '../test-world.ts'
import { roomPages } from './rooms.page.tsx'
import { association, type Neighbour, neighbour, personIn } from './test-room.ts'

let world: World
let inger: Neighbour
let guild = ''
const as = (actor: Pick<Actor, 'account'>): Promise<TestSite> =>
  visitAs(world.house, actor as Actor, roomPages(world.later))

beforeAll(async () => {
  world = await makeWorld()
  inger = await neighbour(world, 'Inger', 'keyholder')
  guild = await association(world, 'Borgerforeningen')
})

const openId = async () => String((await world.sql(`select id from community.hand_over where state = 'open'`))[0]?.id)

describe('the page of a room', () => {
  test('says whose it is and what the municipality can see, to everybody; names of key holders to those who belong', async () => {
    const guest = await (await as(world.guest)).get('/c/holmetofte/room')
    expect(guest.status).toBe(200)
    expect(guest.text).toContain('Kommunen har ansvaret for en tid')
    expect(guest.text).toContain('2 naboer har nøgle')
    expect(guest.text).not.toMatch(/Poul|Inger/)
    const karsten = await (await as(world.karsten)).get('/c/holmetofte/room')
    expect(karsten.text).toContain('Inger, Poul')
    const stranger = await (await as(world.stranger)).get('/c/holmetofte/room')
    expect(stranger.text).not.toMatch(/Poul|Inger/)
  })

  test('with something to mend comes back with what was typed', async () => {
    const poul = await as(world.poul)
    const back = await poul.post('/c/holmetofte/room', {
      association: guild,
      'on-day': '40',
      'on-month': 'marts',
      'on-year': '2027',
    })
    expect(back.status).toBe(400)
    expect(back.html).toContain('value="40"')
  })

  test('the hand-over, from the proposal to the notice on the board', async () => {
    const amira = await as(world.amira)
    const done = await amira.post('/c/holmetofte/room', {
      association: guild,
      'on-day': '14',
      'on-month': '3',
      'on-year': '2027',
    })
    expect([done.status, done.location]).toEqual([303, '/c/holmetofte/room#hand-over'])
    const poul = await as(world.poul)
    expect((await poul.get('/c/holmetofte/room')).text).toContain(
      'Borgerforeningen skal overtage rummet 14. marts 2027.',
    )
    const id = await openId()
    expect((await poul.post(`/c/holmetofte/room/${id}/yes`, {})).status).toBe(303)
    expect((await poul.get('/c/holmetofte/room')).text).toContain('Du har sagt ja.')
    expect((await poul.post(`/c/holmetofte/room/${id}/yes`, {})).text).toBe('handover.said')
    expect((await amira.get('/c/holmetofte/look')).text).toContain('Skriv først hvorfor')
    await (await as(inger)).post(`/c/holmetofte/room/${id}/yes`, {})
    expect((await poul.get('/c/holmetofte/room')).text).toContain('Borgerforeningen har ansvaret.')
    expect((await amira.get('/c/holmetofte/look')).text).toContain('Kommunen er gæst nu')
    expect((await amira.post('/c/holmetofte/look', { reason: 'Ringer om mødet' })).text).toBe('room.guest')
    const notice = await poul.get('/c/holmetofte/room/notice')
    expect(notice.text).toContain('Nu er rummet vores')
    expect(notice.text).toContain('Nøgle har: Inger, Poul')
    expect((await poul.get('/c/holmetofte/room/paper')).text).toContain('Borgerforeningen er dataansvarlig fra den dag')
  })
})

describe('a look', () => {
  test('wants a reason first, is written down with everybody it showed, and the key holders and the officer read it', async () => {
    await world.sql(`insert into access.employee_community select $1, $2`, [world.amira.account, world.lyngo])
    const keeper = await neighbour(world, 'Ø-nøgle', 'keyholder', { place: world.lyngo })
    const amira = await as(world.amira)
    const empty = await amira.post('/c/lyngo/look', { reason: '', query: 'Ø' })
    expect(empty.status).toBe(400)
    expect(empty.html).toContain('value="Ø"')
    expect((await world.sql('select from community.look')).length).toBe(0)
    const seen = await amira.post('/c/lyngo/look', { reason: 'Ringer om færgen', query: '' })
    expect(seen.text).toContain('Ø-nøgle')
    expect((await world.sql('select from community.looked_at')).length).toBe(2)
    const found = await amira.post('/c/lyngo/look', { reason: 'Finder formanden', query: 'ø-forman' })
    expect(found.text).toContain('Ø-formand')
    expect(found.text).not.toContain('Ø-nøgle')
    const room = await (await as(keeper)).get('/c/lyngo/room')
    expect(room.text).toContain('Ringer om færgen')
    const officer = await (await as(world.nadia)).get('/looks')
    expect(officer.text).toContain('Ringer om færgen')
    expect(officer.text).not.toContain('Ø-nøgle')
    const guest = await (await as(world.guest)).get('/c/lyngo/room')
    expect(guest.text).toContain('2 gange')
    expect(guest.text).not.toContain('Ringer om færgen')
    for (const who of [world.karsten, world.poul, world.helle, world.mikkel])
      expect((await (await as(who)).get('/looks')).text).toBe('not-yours')
    for (const who of [world.karsten, world.poul, world.helle, world.nadia])
      expect((await (await as(who)).post('/c/lyngo/look', { reason: 'Nysgerrig' })).text).toBe('not-yours')
  })
})

describe('keys and trust as pages', () => {
  test('a key holder finds a neighbour by name and proposes; the other agrees; the new one says yes', async () => {
    const poul = await as(world.poul)
    expect((await poul.get('/c/holmetofte/keys?q=kars')).text).toContain('Karsten')
    const karsten = await personIn(world, world.karsten)
    await poul.post('/c/holmetofte/keys', { from: inger.person, to: karsten })
    const id = String((await world.sql(`select id from community.key_change where state = 'open'`))[0]?.id)
    const asked = await (await as(world.karsten)).get('/c/holmetofte/keys')
    expect(asked.text).toContain('Poul har foreslået, at Inger giver sin nøgle til Karsten.')
    await (await as(inger)).post(`/c/holmetofte/keys/${id}/approve`, {})
    await (await as(world.karsten)).post(`/c/holmetofte/keys/${id}/yes`, {})
    expect((await poul.get('/c/holmetofte/keys')).text).toContain('Karsten fik nøglen efter Inger.')
    await world.sql(`update access.community_role set role = 'resident' where account_id = $1`, [world.karsten.account])
    await world.sql(`update access.community_role set role = 'keyholder' where account_id = $1`, [inger.account])
  })

  test('trust is said in one tap, and only the number comes to the other', async () => {
    await world.sql(`update community.person set known_on = '2027-01-01' where account_id = $1`, [
      world.karsten.account,
    ])
    const karsten = await as(world.karsten)
    expect((await karsten.get('/c/holmetofte/trust')).text).toContain('Jeg har tillid til Inger')
    await karsten.post('/c/holmetofte/trust', { person: inger.person, deed: 'give' })
    expect((await karsten.get('/c/holmetofte/trust')).text).toContain('Du har sagt, at du har tillid til Inger.')
    const told = await (await as(inger)).get('/c/holmetofte/trust')
    expect(told.text).toContain('1 nabo har tillid til dig.')
    expect(told.text.split('Til dig')[1]).not.toContain('Karsten')
    await karsten.post('/c/holmetofte/trust', { person: inger.person, deed: 'back' })
    expect((await (await as(inger)).get('/c/holmetofte/trust')).text).toContain('Det ved vi ikke endnu')
  })
})

test('a name with a mark that no writing has finds nobody, and breaks no page', async () => {
  const poul = await as(world.poul)
  const [band] = await world.sql(
    `insert into community.association (id, community_id, kind, name, made_on) values (gen_random_uuid(), $1, 'group', 'Koret', '2027-01-01') returning id`,
    [world.holmetofte],
  )
  for (const path of ['/c/holmetofte/keys', `/c/holmetofte/groups/${band?.id}`])
    expect([path, (await poul.get(`${path}?q=Kar%00sten`)).status]).toEqual([path, 200])
})

describe('every door of a room', () => {
  const nobody = '018f0000-0000-7000-8000-000000000000'
  const member = ['/c/holmetofte/keys', '/c/holmetofte/trust', `/c/holmetofte/groups/${nobody}`]
  const deeds = [
    '/c/holmetofte/room',
    `/c/holmetofte/room/${nobody}/yes`,
    '/c/holmetofte/keys',
    '/c/holmetofte/keys/rule',
    '/c/holmetofte/keys/give-up',
    `/c/holmetofte/keys/${nobody}/approve`,
    '/c/holmetofte/associations',
    `/c/holmetofte/groups/${nobody}/join`,
    `/c/holmetofte/groups/${nobody}/ask`,
    `/c/holmetofte/groups/${nobody}/close`,
    '/c/holmetofte/look',
    '/c/holmetofte/look/name',
    '/c/holmetofte/trust',
  ]
  test('says no to whoever does not belong, before it tells anything', async () => {
    for (const who of [world.stranger, world.amira, world.helle, world.nadia, world.mikkel]) {
      const site = await as(who)
      for (const path of member) expect([path, (await site.get(path)).text]).toEqual([path, 'not-yours'])
    }
    const guest = await as(world.guest)
    for (const path of [...member, '/looks', '/c/holmetofte/look'])
      expect((await guest.get(path)).text).toBe('sign-in.needed')
    for (const path of deeds) expect((await guest.post(path, {})).text).toBe('sign-in.needed')
    const stranger = await as(world.stranger)
    for (const path of deeds)
      expect([path, (await stranger.post(path, { from: nobody, to: nobody, person: nobody })).text]).toEqual([
        path,
        expect.stringMatching(/^(not-yours|not-found|key\.over)$/),
      ])
  })
})
