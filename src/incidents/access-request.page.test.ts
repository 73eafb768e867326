import { v7 as uuid } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { makeLink, signIn } from '../access/sign-in.deeds.ts'
import { sessionCookie } from '../access/visit.ts'
import type { Actor } from '../db/as-actor.ts'
import { watchGuessing } from '../meetings/guessing.ts'
import { openHall } from '../meetings/hall.ts'
import { makeSite } from '../site.tsx'
import { makeWorld, type World } from '../test-world.ts'

let world: World
let site: ReturnType<typeof makeSite>
const birthe = uuid()
const request = uuid()
const pack = `/access-requests/${request}/pack`

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
  await world.sql(
    `insert into community.person (id, community_id, name, exists_by, medium, joined_on, active_on, telephone)
     values ($1, $2, 'Birthe Hansen', 'said_yes', 'paper', '2027-03-01', '2027-03-01', '+45 22 33 44 55')`,
    [birthe, world.holmetofte],
  )
})

const cookieOf = async (actor: Actor) =>
  `${sessionCookie}=${await signIn(world.house, await makeLink(world.house, String(actor.account)))}`
const get = async (actor: Actor, path: string) => site.request(path, { headers: { cookie: await cookieOf(actor) } })
const post = async (actor: Actor, path: string, fields: Record<string, string> | [string, string][] = {}) =>
  site.request(path, {
    method: 'POST',
    headers: {
      cookie: await cookieOf(actor),
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
    },
    body: new URLSearchParams(fields).toString(),
  })
const looks = () =>
  world.sql(`select l.what, l.looker, l.reason, (select count(*)::int from community.looked_at a where a.look_id = l.id) as seen
    from community.look l order by l.at, l.what`)
const typed = {
  id: request,
  name: 'Åse Nielsen',
  telephone: '22334455',
  'received-day': '1',
  'received-month': 'marts',
  'received-year': '2027',
  reason: 'Skrev et brev og bad om alt',
}

describe('the officer answers somebody who asks what is kept of them', () => {
  test('writes it down; what is missing comes back with what was typed', async () => {
    const back = await post(world.nadia, '/access-requests/new', { ...typed, reason: '' })
    expect(back.status).toBe(400)
    expect(await back.text()).toContain('22334455')
    // What is no form at all is an empty one.
    const json = await site.request('/access-requests/new', {
      method: 'POST',
      headers: {
        cookie: await cookieOf(world.nadia),
        'content-type': 'application/json',
        'sec-fetch-site': 'same-origin',
      },
      body: '{}',
    })
    expect(json.status).toBe(400)
    expect((await post(world.nadia, '/access-requests/new', typed)).status).toBe(303)
    const list = await (await get(world.nadia, '/access-requests')).text()
    expect(list).toContain('1. april 2027')
    expect(list).toContain('18 dage tilbage')
  })

  test('finds them by their number, as they are written there, and each room keeps that it was looked in', async () => {
    const html = await (await post(world.nadia, `/access-requests/${request}/find`)).text()
    expect(html).toContain('Birthe Hansen')
    expect(html).not.toContain('+45 22 33 44 55')
    const kept = await looks()
    expect(kept.length).toBeGreaterThan(0)
    for (const one of kept) expect(one).toMatchObject({ what: 'find', looker: 'Nadia', reason: typed.reason })
    expect(kept.reduce((sum, { seen }) => sum + Number(seen), 0)).toBe(1)
  })

  test('opens all of it as a page and as files; every opening is written down before it is read', async () => {
    // What two have agreed to is theirs: the officer hands over everything else.
    const talk = uuid()
    const two = [talk, world.holmetofte, world.amira.account, birthe]
    await world.sql(
      `insert into municipal.talk (id, community_id, starter, other, kind, medium, purpose, held_on, touched_on)
       values ($1, $2, $3, $4, 'recruitment', 'walk', 'Lys på stien', '2027-03-10', '2027-03-10')`,
      two,
    )
    await world.sql(
      `insert into municipal.agreed_note (talk_id, community_id, starter, other, starter_yes_at, other_yes_at, way, content_hash, themes, own_words, outcome)
       values ($1, $2, $3, $4, '2027-03-10', '2027-03-10', 'slip', sha256('x'), '{}', 'Vi går med lygter', 'meet_again')`,
      two,
    )
    const page = await (await post(world.nadia, pack, { person: birthe })).text()
    expect(page).toContain('+45 22 33 44 55')
    for (const word of ['Lys på stien', 'lygter']) expect(page).not.toContain(word)
    expect(page).toContain('kan kun de to læse')
    const json = JSON.parse(await (await post(world.nadia, pack, { person: birthe, as: 'json' })).text())
    expect(json.about).toBe('Åse Nielsen')
    expect(json.everything.some(({ piece }: { piece: string }) => piece === 'person')).toBe(true)
    expect(await (await post(world.nadia, pack, { person: birthe, as: 'csv' })).text()).toContain('Birthe Hansen')
    expect((await looks()).filter(({ what, seen }) => what === 'request' && seen === 1)).toHaveLength(3)
  })

  test('only them, only for a request that waits, and only whom it may be about', async () => {
    const before = (await looks()).length
    for (const actor of [world.amira, world.helle, world.mikkel, world.poul, world.karsten]) {
      expect((await get(actor, '/access-requests')).status).toBe(404)
      expect((await post(actor, `/access-requests/${request}/find`)).status).toBe(404)
      expect((await post(actor, pack, { person: birthe })).status).toBe(404)
    }
    const [other] = await world.sql(`select id from community.person where name = 'Karsten'`)
    expect((await post(world.nadia, pack, { person: String(other?.id) })).status).toBe(404)
    expect((await post(world.nadia, `/access-requests/${uuid()}/pack`, { person: birthe })).status).toBe(404)
    expect((await looks()).length).toBe(before)
  })

  test('one person in two rooms of the municipality is one answer; whoever ticks nobody is asked to', async () => {
    const elsewhere = uuid()
    await world.sql(
      `insert into community.person (id, community_id, name, exists_by, medium, joined_on, active_on, mail, telephone)
       values ($1, $2, 'Birthe H.', 'said_yes', 'paper', '2027-03-01', '2027-03-01', 'birthe@example.dk', '22334455')`,
      [elsewhere, world.lyngo],
    )
    const nobody = await post(world.nadia, pack)
    expect(nobody.status).toBe(400)
    expect(await nobody.text()).toContain('Sæt kryds ved den, der spurgte.')
    const before = (await looks()).filter(({ what }) => what === 'request').length
    const html = await (
      await post(world.nadia, pack, [
        ['person', birthe],
        ['person', elsewhere],
      ])
    ).text()
    for (const told of ['Byens rum: Holmetofte', 'Byens rum: Lyngø', 'birthe@example.dk', '+45 22 33 44 55'])
      expect(html).toContain(told)
    expect((await looks()).filter(({ what }) => what === 'request')).toHaveLength(before + 2)
    await world.sql('delete from community.person where id = $1', [elsewhere])
  })

  test('what is told of others is asked about, spot by spot, before anything is handed over', async () => {
    await world.sql(
      `insert into community.meeting (id, community_id, code, kind, purpose, place, host_name, starts_at)
       values ($1, $2, 'QQWWEE', 'listening', 'Hvem har nøglen?', 'Hallen', 'Freja', '2027-03-20T18:00:00Z')`,
      [uuid(), world.holmetofte],
    )
    await world.sql(
      `insert into community.commitment (id, meeting_id, name, what, medium, secret_hash, person_id)
       select $1, m.id, 'Birthe Hansen', 'Henter nøglen hos Karsten, ring 66 77 88 99 eller 22334455', 'paper', sha256('x'), $2
       from community.meeting m where m.community_id = $3 limit 1`,
      [uuid(), birthe, world.holmetofte],
    )
    const asked = await (await post(world.nadia, pack, { person: birthe })).text()
    expect(asked).toContain('Står der noget om andre?')
    expect(asked).not.toContain('Hent til et regneark')
    const spots = [...asked.matchAll(/id="(spot-[0-9a-f]+)"[^>]*value="out"/g)].map(([, key = '']) => key)
    expect(spots).toHaveLength(2)
    // Also a file asks first.
    expect(await (await post(world.nadia, pack, { person: birthe, as: 'csv' })).text()).toContain(
      'Står der noget om andre?',
    )
    const [name = '', number = ''] = spots
    const answer = { person: birthe, [name]: 'stay', [number]: 'out' }
    const page = await (await post(world.nadia, pack, answer)).text()
    expect(page).toContain('Henter nøglen hos Karsten, ring ••• eller 22334455')
    const file = await (await post(world.nadia, pack, { ...answer, as: 'csv' })).text()
    expect(file).toContain('Henter nøglen hos Karsten, ring ••• eller 22334455')
    expect(file).not.toContain('66 77 88 99')
  })

  test('what lies with an association is not opened, and is not looked in', async () => {
    const here = `select id from community.look where community_id = $1`
    const before = await world.sql(here, [world.holmetofte])
    await world.sql(`alter table community.controller disable trigger user`)
    const association = uuid()
    await world.sql(
      `insert into community.association (id, community_id, kind, name, made_on) values ($1, $2, 'group', 'Holmetofte Beboerforening', '2027-01-01')`,
      [association, world.holmetofte],
    )
    await world.sql(
      `update community.controller set kind = 'association', association_id = $1 where community_id = $2`,
      [association, world.holmetofte],
    )
    expect((await post(world.nadia, pack, { person: birthe })).status).toBe(404)
    const html = await (await post(world.nadia, `/access-requests/${request}/find`)).text()
    expect(html).not.toContain('Birthe Hansen')
    expect(html).toContain('Holmetofte Beboerforening')
    expect(await world.sql(here, [world.holmetofte])).toHaveLength(before.length)

    // It is passed on instead, and somebody with a key answers.
    for (const actor of [world.amira, world.mikkel, world.karsten])
      expect((await post(actor, `/access-requests/${request}/pass-on/holmetofte`)).status).toBe(404)
    for (let twice = 0; twice < 2; twice++)
      expect((await post(world.nadia, `/access-requests/${request}/pass-on/holmetofte`)).status).toBe(303)
    expect(await (await get(world.nadia, `/access-requests/${request}`)).text()).toContain(
      'Sendt videre 14. marts 2027',
    )
    const asking = await (await get(world.poul, '/c/holmetofte/questions')).text()
    expect(asking).toContain('Åse Nielsen')
    expect(asking).toContain('14. april 2027')
    for (const actor of [world.freja, world.karsten, world.amira, world.nadia])
      expect((await get(actor, '/c/holmetofte/questions')).status).toBe(404)
    expect(await (await get(world.poul, '/')).text()).toContain('/c/holmetofte/questions')
    expect((await post(world.freja, `/c/holmetofte/questions/${request}`)).status).toBe(404)
    expect((await post(world.poul, `/c/holmetofte/questions/${uuid()}`)).status).toBe(404)
    expect((await post(world.poul, `/c/holmetofte/questions/${request}`)).status).toBe(303)
    expect(await (await get(world.poul, '/c/holmetofte/questions')).text()).not.toContain('Åse Nielsen')
    expect(await (await get(world.nadia, `/access-requests/${request}`)).text()).toContain(
      'De har svaret 14. marts 2027',
    )
    await world.sql(
      `update community.controller set kind = 'municipality', association_id = null where community_id = $1`,
      [world.holmetofte],
    )
    await world.sql(`alter table community.controller enable trigger user`)
  })

  test('says that the answer is given: it is in the audit, and nothing more is opened', async () => {
    expect((await post(world.nadia, `/access-requests/${request}/answered`)).status).toBe(303)
    expect(await (await get(world.nadia, '/access-requests')).text()).toContain('Svaret 14. marts 2027')
    expect((await post(world.nadia, pack, { person: birthe })).status).toBe(404)
    const kept = await world.sql(`select facts from access.audit where what = 'access-request.answered'`)
    expect(kept).toEqual([{ facts: { received: '2027-03-01', answered: '2027-03-14', inTime: true } }])
    const audit = await (await get(world.nadia, '/audit')).text()
    for (const said of ['kom: 1. marts 2027', 'svaret: 14. marts 2027', 'i tide: ja']) expect(audit).toContain(said)
  })
})
