import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { visitAs } from '../../communities/test-site.ts'
import { type Actor, asActor } from '../../db/as-actor.ts'
import { runNight } from '../../retention/retention.deeds.ts'
import { makeWorld, type World } from '../../test-world.ts'
import { trainedIn } from './training.deeds.ts'
import { trainingPages } from './training.page.tsx'

let world: World
const here = '/c/holmetofte/training'
const as = (actor: Actor) => visitAs(world.house, actor, trainingPages())
const form = (over: Record<string, string> = {}) => ({
  key: 'abcdefghijklmnopqrstuv',
  module: '2',
  'date-day': '20',
  'date-month': 'marts',
  'date-year': '2027',
  time: '19',
  place: 'Forsamlingshuset',
  room: '',
  ...over,
})
const name = (name: string) => ({ name, key: `k${name.padEnd(21, 'x')}`.slice(0, 22), lang: 'da' })

beforeAll(async () => {
  world = await makeWorld()
  await world.sql(`update community.community set presence = 'beside' where slug = 'holmetofte'`)
})
beforeEach(async () => {
  world.clock.set('2027-03-14T12:00:00Z')
  await world.sql('delete from community.training')
  await world.sql('delete from community.training_wish')
})

/** Announces as Freja, who hosts; answers where it stands. */
async function announced(over: Record<string, string> = {}, who: Actor = world.freja): Promise<string> {
  const { status, location } = await (await as(who)).post(`${here}/new`, form(over))
  expect(status).toBe(303)
  return location ?? ''
}
const seats = () =>
  world.sql('select name, person_id is not null as person, came from community.training_seat order by name')

describe('announcing a training', () => {
  test('is for the hosts, and for an employee while the municipality stands beside the place or behind it', async () => {
    for (const who of [world.freja, world.poul, world.amira]) {
      expect((await (await as(who)).get(`${here}/new`)).status).toBe(200)
      await announced({ key: `${String(who.account).replaceAll('-', '').slice(0, 22)}` }, who)
    }
    await world.sql(`update community.community set presence = 'on_call' where slug = 'holmetofte'`)
    expect((await (await as(world.amira)).post(`${here}/new`, form())).status).toBe(403)
    // Not even by the database.
    await expect(
      asActor(world.amira, (tx) =>
        tx
          .insertInto('community.training')
          .values({
            id: crypto.randomUUID(),
            community_id: world.holmetofte,
            module: 2,
            starts_at: new Date('2027-03-20T18:00:00Z'),
            place: 'Hallen',
            led_by: 'municipality',
            leader_name: 'Amira',
          })
          .execute(),
      ),
    ).rejects.toThrow('row-level security')
    await world.sql(`update community.community set presence = 'beside' where slug = 'holmetofte'`)
    for (const who of [world.karsten, world.stranger, world.helle, world.nadia, world.mikkel])
      expect((await (await as(who)).post(`${here}/new`, form())).status).toBe(403)
    expect((await (await as(world.guest)).post(`${here}/new`, form())).status).toBe(401)
  })

  test('the same form sent twice is one training, and one that is led by somebody of the municipality says so', async () => {
    expect(await announced()).toBe(await announced())
    expect(await world.sql('select led_by, leader_name from community.training')).toEqual([
      { led_by: 'resident', leader_name: 'Freja' },
    ])
    await announced({ key: 'bbcdefghijklmnopqrstuv', module: '3' }, world.amira)
    const { text } = await (await as(world.guest)).get(here)
    expect(text).toContain('Freja leder aftenen')
    expect(text).toContain('Amira fra kommunen leder aftenen')
  })

  test('what was typed comes back with what to mend; the evening of the employees is not for a place', async () => {
    const { status, text, html } = await (await as(world.freja)).post(
      `${here}/new`,
      form({ module: '9', 'date-day': '1', place: '', room: '200' }),
    )
    expect(status).toBe(400)
    for (const said of ['Vælg en af aftenerne', 'Tiden er gået', 'Skriv, hvor I mødes', 'Skriv et tal fra 2 til 30'])
      expect(text).toContain(said)
    expect(html).toContain('value="200"')
    const today = await (await as(world.freja)).post(`${here}/new`, form({ 'date-day': '14', time: '9' }))
    expect(today.status).toBe(400)
  })
})

describe('a seat', () => {
  test('is taken with one press, by two phones at once as one, and given back as easily', async () => {
    const path = await announced()
    const karsten = await as(world.karsten)
    const pressed = await Promise.all([karsten.post(`${path}/sign-up`, {}), karsten.post(`${path}/sign-up`, {})])
    expect(pressed.map(({ status }) => status)).toEqual([303, 303])
    expect(await seats()).toEqual([{ name: null, person: true, came: false }])
    expect((await karsten.get(path)).text).toContain('Du er skrevet på')
    expect((await karsten.get(here)).text).toContain('Du er skrevet på')
    await karsten.post(`${path}/sign-off`, {})
    expect(await seats()).toEqual([])
  })

  test('the last one is given once; whoever comes after is told kindly, and can say that they would like it', async () => {
    const path = await announced({ room: '2' })
    await (await as(world.freja)).post(`${path}/sign-up`, {})
    const both = await Promise.all(
      [world.karsten, world.poul].map(async (who) => (await as(who)).post(`${path}/sign-up`, {})),
    )
    expect(both.map(({ status }) => status).sort()).toEqual([303, 409])
    expect(await seats()).toHaveLength(2)
    const late = both[0]?.status === 409 ? world.karsten : world.poul
    const { text } = await (await as(late)).get(path)
    expect(text).toContain('Alle pladser er taget.')
    expect(text).toContain('Vi vil gerne have denne')
  })

  test('is for those who live there: not for the municipality, a stranger or a guest', async () => {
    const path = await announced()
    for (const who of [world.amira, world.helle, world.stranger])
      expect((await (await as(who)).post(`${path}/sign-up`, {})).status).toBe(403)
    expect((await (await as(world.guest)).post(`${path}/sign-up`, {})).status).toBe(401)
    // Of another place, or of none: the same answer.
    const elsewhere = path.replace('holmetofte', 'lyngo')
    const nowhere = `/c/lyngo/training/${crypto.randomUUID()}`
    for (const one of [elsewhere, nowhere]) {
      const { status, html } = await (await as(world.stranger)).get(one)
      expect([status, html]).toEqual([404, 'not-found'])
    }
    expect(await seats()).toEqual([])
  })

  test('nobody signs up others: only hosts type names off paper, one at a time and no more than there is room for', async () => {
    const path = await announced({ room: '3' })
    const forty = Array.from({ length: 40 }, (_, at) => `Nabo ${at}`)
    expect((await (await as(world.karsten)).post(`${path}/list`, name('Birthe'))).status).toBe(403)
    const freja = await as(world.freja)
    expect((await freja.post(`${path}/list`, name(forty.join(', ')))).status).toBe(400)
    for (const one of ['Birthe', 'birthe', 'Jens', 'Sofus']) await freja.post(`${path}/list`, name(one))
    const { status, html, text } = await freja.post(`${path}/list`, name('Ida'))
    expect([status, text.includes('Der er ikke flere pladser'), html.includes('value="Ida"')]).toEqual([
      409,
      true,
      true,
    ])
    expect((await seats()).map((seat) => seat.name)).toEqual(['Birthe', 'Jens', 'Sofus'])
    // No person of the place was made.
    expect(await world.sql(`select from community.person where name in ('Birthe', 'Jens', 'Sofus')`)).toEqual([])
    const [seat] = await world.sql(`select id from community.training_seat where name = 'Jens'`)
    await freja.post(`${path}/list/${seat?.id}/strike`, {})
    expect(await seats()).toHaveLength(2)
  })

  test('first names are read only where both let them be read', async () => {
    const path = await announced()
    const [karsten, freja] = [await as(world.karsten), await as(world.freja)]
    for (const one of [karsten, freja]) await one.post(`${path}/sign-up`, {})
    await karsten.post(`${path}/name/show`, {})
    expect((await karsten.get(path)).text).not.toContain('Du kommer sammen med')
    await freja.post(`${path}/name/show`, {})
    expect((await karsten.get(path)).text).toContain('Du kommer sammen med: Freja')
    await freja.post(`${path}/name/hide`, {})
    expect((await karsten.get(path)).text).not.toContain('Du kommer sammen med')
  })

  test('of a training that is called off says so, and what to do instead', async () => {
    const path = await announced()
    const karsten = await as(world.karsten)
    await karsten.post(`${path}/sign-up`, {})
    expect((await karsten.post(`${path}/off`, {})).status).toBe(403)
    expect((await (await as(world.amira)).post(`${path}/off`, {})).status).toBe(403)
    await (await as(world.freja)).post(`${path}/off`, { words: 'Vi holder den den 27. i stedet.' })
    for (const one of [path, here]) {
      const { text } = await karsten.get(one)
      expect(text).toContain('Vi holder den den 27. i stedet.')
    }
    expect((await karsten.get(path)).text).toContain('Du skal ikke gøre noget.')
    expect((await (await as(world.poul)).post(`${path}/sign-up`, {})).status).toBe(409)
    expect((await (await as(world.poul)).get(`${path}/calendar.ics`)).status).toBe(404)
  })
})

describe('afterwards', () => {
  test('one says oneself that one was there, or a host ticks it off paper; what one was at is told to oneself alone', async () => {
    const path = await announced()
    const [karsten, freja] = [await as(world.karsten), await as(world.freja)]
    await karsten.post(`${path}/sign-up`, {})
    await freja.post(`${path}/list`, name('Birthe'))
    expect((await karsten.post(`${path}/was-there`, {})).status).toBe(409)
    world.clock.set('2027-03-21T09:00:00Z')
    await karsten.post(`${path}/was-there`, {})
    const [seat] = await world.sql(`select id from community.training_seat where name = 'Birthe'`)
    await freja.post(`${path}/list/${seat?.id}/was-there`, {})
    // Who came without signing up says so, too.
    await freja.post(`${path}/was-there`, {})
    expect((await seats()).map(({ came }) => came)).toEqual([true, true, true])
    expect((await karsten.get(here)).text).toContain('Du har været med til aften 2')
    expect((await (await as(world.poul)).get(here)).text).not.toContain('Du har været med til')
    expect(await trainedIn(world.karsten, world.holmetofte)).toEqual([{ module: 2, on: '2027-03-20' }])
    expect(await trainedIn(world.poul, world.holmetofte)).toEqual([])
    await karsten.post(`${path}/not-there`, {})
    expect(await trainedIn(world.karsten, world.holmetofte)).toEqual([])
    world.clock.set('2027-06-21T09:00:00Z')
    expect((await (await as(world.karsten)).post(`${path}/was-there`, {})).status).toBe(409)
  })

  test('the place sees how many; the municipality a quarter that ended sixty days ago, rounded, and nothing under five', async () => {
    const path = await announced()
    const few = await announced({
      key: 'cbcdefghijklmnopqrstuv',
      'date-day': '14',
      'date-month': 'december',
      'date-year': '2027',
    })
    const list = async (to: string, many: number) => {
      const id = to.split('/').at(-1)
      await world.sql(
        `insert into community.training_seat (id, community_id, training_id, module, name, came)
         select gen_random_uuid(), $1, $2, 2, 'Nabo ' || n, true from generate_series(1, $3::int) n`,
        [world.holmetofte, id, many],
      )
    }
    await list(path, 9)
    await list(few, 4)
    world.clock.set('2027-05-29T12:00:00Z')
    const row = (text: string) => /Set fra kommunen.*/.exec(text)?.[0] ?? ''
    expect(row((await (await as(world.amira)).get(here)).text)).toBe('')
    world.clock.set('2028-03-02T12:00:00Z')
    for (const who of [world.amira, world.helle]) {
      const { text, html } = await (await as(who)).get(here)
      expect(row(text)).toContain('1. januar 2027 1 Cirka 10')
      expect(row(text)).toContain('1. oktober 2027 1 For få til at vise')
      expect(html).not.toMatch(/Nabo \d/)
    }
    const { text } = await (await as(world.karsten)).get(here)
    expect(text).toContain('Freja leder aftenen 9')
    expect(text).not.toContain('Set fra kommunen')
  })
})

describe('two years later', () => {
  test('no name is left of a training, and how many were there is', async () => {
    const path = await announced()
    const [karsten, freja] = [await as(world.karsten), await as(world.freja)]
    for (const one of [karsten, freja]) await one.post(`${path}/sign-up`, {})
    await freja.post(`${path}/list`, name('Birthe'))
    world.clock.set('2027-03-21T09:00:00Z')
    await karsten.post(`${path}/was-there`, {})
    world.clock.set('2029-03-20T02:00:00Z')
    await runNight(world.house, 'http://oplive.test')
    expect(await seats()).toHaveLength(3)
    world.clock.set('2029-03-21T02:00:00Z')
    await runNight(world.house, 'http://oplive.test')
    expect(await seats()).toEqual([{ name: null, person: false, came: true }])
    expect(await world.sql('select leader_name, leader_id from community.training')).toEqual([
      { leader_name: 'En nabo', leader_id: null },
    ])
  })
})

describe('a wish', () => {
  test('is made and taken back, is told from five on, and is gone when one has a seat', async () => {
    const karsten = await as(world.karsten)
    await karsten.post(`${here}/wish/3/on`, {})
    await karsten.post(`${here}/wish/3/on`, {})
    expect((await karsten.get(here)).text).not.toMatch(/\d vil gerne have den/)
    await world.sql(
      `insert into community.person (id, community_id, name, exists_by, medium, joined_on, active_on)
       select gen_random_uuid(), $1, 'Ønsker ' || n, 'said_yes', 'paper', '2027-03-01', '2027-03-01' from generate_series(1, 5) n`,
      [world.holmetofte],
    )
    await world.sql(
      `insert into community.training_wish select community_id, 3, id, '2027-03-01' from community.person where name like 'Ønsker %'`,
    )
    expect((await karsten.get(here)).text).toContain('6 vil gerne have den')
    expect((await (await as(world.amira)).get(here)).text).toContain('5 vil gerne have den')
    expect((await (await as(world.stranger)).get(here)).text).not.toMatch(/\d vil gerne have den/)
    const path = await announced({ module: '3' })
    await karsten.post(`${path}/sign-up`, {})
    expect((await karsten.get(here)).text).toContain('5 vil gerne have den')
    for (const who of [world.amira, world.stranger])
      expect((await (await as(who)).post(`${here}/wish/3/on`, {})).status).toBe(403)
    expect((await karsten.post(`${here}/wish/9/on`, {})).status).toBe(404)
    await world.sql(`delete from community.person where name like 'Ønsker %'`)
  })
})

describe('paper and calendar', () => {
  test('a sheet for the board has lines for as many as there is room for, and the way to the page', async () => {
    const path = await announced({ room: '8' })
    const { html, text } = await (await as(world.freja)).get(`${path}/paper`)
    expect(html.match(/<li><\/li>/g)).toHaveLength(8)
    expect(text).toContain('Skriv dit fornavn, hvis du kommer:')
    expect(text).toContain('oplive.test/c/holmetofte/training')
  })

  test('a calendar file says what and where', async () => {
    const { html } = await (await as(world.guest)).get(`${await announced()}/calendar.ics`)
    expect(html).toContain('SUMMARY:Træning: Den gode 1:1-samtale\\, Holmetofte')
    expect(html).toContain('LOCATION:Forsamlingshuset')
  })

  test('every hand-out is open to all', async () => {
    for (const module of [1, 9, 10]) expect((await (await as(world.guest)).get(`/training/${module}`)).status).toBe(200)
    for (const none of ['0', '11', 'x'])
      expect((await (await as(world.guest)).get(`/training/${none}`)).status).toBe(404)
  })
})
