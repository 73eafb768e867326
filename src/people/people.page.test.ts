import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { visitAs } from '../communities/test-site.ts'
import type { Actor } from '../db/as-actor.ts'
import { makeWorld, type World } from '../test-world.ts'
import { peoplePages } from './people.page.tsx'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})
const as = (actor: Actor) => visitAs(world.house, actor, peoplePages())
const here = '/c/holmetofte'
const birthe = {
  name: 'Birthe Ågård',
  wish: 'phone',
  telephone: '55 00 12 34',
  mail: '',
  languages: 'dansk',
  toldBy: 'paper',
}
const write = async (more: Record<string, string>) => {
  const id = randomUUID()
  const done = await (await as(world.poul)).post(`${here}/people/new`, { ...birthe, id, ...more })
  expect(done.status).toBe(303)
  return id
}
const idOf = async (actor: Actor): Promise<string> =>
  String((await world.sql('select id from community.person where account_id = $1', [actor.account]))[0]?.id)

describe('who is here', () => {
  test('a key holder writes down somebody who says yes on paper, and finds them however they are spelt', async () => {
    const id = await write({ contactList: 'yes', band: '75+' })
    const poul = await as(world.poul)
    for (const q of ['birthe', 'Ågård', 'aagaard', 'AGARD', 'agaard birthe', 'Birte'])
      expect((await poul.get(`${here}/people?q=${encodeURIComponent(q)}`)).text, q).toContain('Birthe Ågård')
    const page = await poul.get(`${here}/people/${id}`)
    expect(page.text).toContain('sagde ja på papir')
    expect(page.text).toContain('55 00 12 34')
    expect(page.html).toContain(`/people/${id}/card`)
    // The age is theirs: a key holder puts it in, and never reads it.
    expect(page.text).not.toContain('75+')
  })

  test('a misspelt name finds those that sound like it', async () => {
    await write({ name: 'Kirsten Nøhr' })
    const page = await (await as(world.poul)).get(`${here}/people?q=kristen`)
    expect(page.text).toContain('Navne, der ligner')
    expect(page.text).toContain('Kirsten Nøhr')
  })

  test('the counts stand with what they are counted of, and how each came to be here', async () => {
    const page = await (await as(world.poul)).get(`${here}/people`)
    expect(page.text).toMatch(/Her er \d+ mennesker/)
    expect(page.text).toMatch(/0 af \d+ er her, fordi de kom til et møde/)
  })

  test('a list of more than fifty is turned page by page, each name once', async () => {
    await world.sql(
      `insert into community.person (id, community_id, name, exists_by, medium, joined_on, active_on)
       select gen_random_uuid(), $1, 'Øst ' || lpad(n::text, 3, '0'), 'came', 'paper', '2027-01-01', '2027-01-01' from generate_series(1, 120) n`,
      [world.holmetofte],
    )
    const poul = await as(world.poul)
    const names: string[] = []
    let path: string | undefined = `${here}/people?q=%C3%98st`
    while (path) {
      const page = await poul.get(path)
      names.push(...[...page.html.matchAll(/Øst \d{3}/g)].map(([name]) => name))
      path = /href="([^"]+)" rel="next"/.exec(page.html)?.[1]?.replaceAll('&amp;', '&')
    }
    expect(names).toHaveLength(120)
    expect(new Set(names).size).toBe(120)
    expect(names).toEqual([...names].sort())
  })

  test('a CPR number is refused wherever it is typed, and nothing that was typed is lost', async () => {
    const poul = await as(world.poul)
    for (const field of ['name', 'telephone', 'mail', 'languages', 'askedAbout']) {
      const page = await poul.post(`${here}/people/new`, { ...birthe, name: 'Sentinel', [field]: '010203-1234' })
      expect(page.status, field).toBe(400)
      expect(page.html).toContain(`<a href="#${field}">Det ligner et CPR-nummer`)
      expect(page.html).toContain('value="010203-1234"')
    }
    expect(await world.sql(`select 1 from community.person where name = 'Sentinel'`)).toEqual([])
  })

  test('the form sent twice is one person', async () => {
    const id = await write({ name: 'To Gange' })
    await (await as(world.poul)).post(`${here}/people/new`, { ...birthe, name: 'To Gange', id })
    expect(await world.sql(`select id from community.person where name = 'To Gange'`)).toEqual([{ id }])
  })

  test('two who correct at once: one wins, the other sees it and keeps what they typed', async () => {
    const id = await write({ name: 'Jens' })
    const poul = await as(world.poul)
    expect((await poul.post(`${here}/people/${id}/change`, { ...birthe, name: 'Jens Ny', seen: '1' })).status).toBe(303)
    const late = await poul.post(`${here}/people/${id}/change`, { ...birthe, name: 'Jens Sen', seen: '1' })
    expect(late.status).toBe(409)
    expect(late.html).toContain('value="Jens Sen"')
    expect(late.text).toContain('ændret et andet sted')
  })

  test('a key holder does not correct somebody who has an account, nor says yes for them', async () => {
    const karsten = await idOf(world.karsten)
    const poul = await as(world.poul)
    expect((await poul.post(`${here}/people/${karsten}/change`, { ...birthe, seen: '1' })).html).toBe('not-yours')
    const said = { purpose: 'photo', said: 'paper' }
    expect((await poul.post(`${here}/people/${karsten}/consent`, said)).html).toBe('not-yours')
  })

  test('everybody else gets the same answer as for a place that does not exist', async () => {
    const id = await idOf(world.karsten)
    const paths = [
      'people',
      'people?q=a',
      'people/new',
      'people/paper',
      'people/twins',
      `people/${id}`,
      `people/${id}/change`,
    ]
    for (const actor of [
      world.guest,
      world.karsten,
      world.freja,
      world.stranger,
      world.amira,
      world.helle,
      world.nadia,
    ]) {
      const site = await as(actor)
      for (const path of paths) {
        const answer = await site.get(`${here}/${path}`)
        expect({ path, ...answer }).toEqual({ path, ...(await site.get(`/c/nowhere/${path}`)) })
        expect(answer.html).toBe('not-found')
      }
      for (const path of [
        'people/new',
        'people/twins',
        'people/undo',
        `people/${id}/change`,
        `people/${id}/know`,
        `people/${id}/consent`,
      ])
        expect((await site.post(`${here}/${path}`, birthe)).html, path).toBe('not-found')
    }
  })
})

describe('who I am here', () => {
  const mine = {
    name: 'Karsten',
    wish: 'mail',
    mail: 'k@eksempel.dk',
    telephone: '',
    languages: 'dansk, tysk',
    band: '40-59',
    askedAbout: 'hallen',
  }

  test('one changes it oneself, and reads back what one chose', async () => {
    const karsten = await as(world.karsten)
    expect(await karsten.post(`${here}/me`, { ...mine, seen: '1' })).toMatchObject({ status: 303 })
    const page = await karsten.get(`${here}/me`)
    for (const said of ['k@eksempel.dk', 'dansk, tysk', 'hallen']) expect(page.html).toContain(`value="${said}"`)
    expect(page.html).toMatch(/value="40-59" checked/)
    expect((await karsten.post(`${here}/me`, { ...mine, seen: '1' })).status).toBe(409)
  })

  test('who is nobody here finds no page of their own; a guest is asked to sign in', async () => {
    expect((await (await as(world.stranger)).get(`${here}/me`)).html).toBe('not-found')
    expect((await (await as(world.amira)).get(`${here}/me`)).html).toBe('not-found')
    expect((await (await as(world.guest)).get(`${here}/me`)).html).toBe('sign-in.needed')
  })

  test('a yes is given in one tap with its wording, and taken back in one', async () => {
    const karsten = await as(world.karsten)
    for (let times = 0; times < 2; times++) await karsten.post(`${here}/me/consent`, { purpose: 'photo', said: 'yes' })
    const rows = () =>
      world.sql(
        `select purpose, text_version, c.medium, withdrawn_at is not null as back from community.consent c join community.person p on p.id = c.person_id
         where p.account_id = $1`,
        [world.karsten.account],
      )
    expect(await rows()).toEqual([{ purpose: 'photo', text_version: 1, medium: 'tap', back: false }])
    await karsten.post(`${here}/me/consent`, { purpose: 'photo', said: 'no' })
    expect(await rows()).toEqual([{ purpose: 'photo', text_version: 1, medium: 'tap', back: true }])
  })
})

describe('two who may be one', () => {
  test('are told what a yes gives away, when the other one signs in: whoever writes a neighbour’s number may be anybody', async () => {
    const account = randomUUID()
    await world.sql(`insert into access.account (id, name) values ($1, 'Karsten')`, [account])
    for (const [id, at] of [
      [account, '55 66 77 88'],
      [world.karsten.account, '+45 55667788'],
    ])
      await world.sql(
        `insert into community.person (id, community_id, account_id, name, telephone, exists_by, medium, joined_on, active_on)
         values (gen_random_uuid(), $1, $2, 'Karsten', $3, 'said_yes', 'tap', '2027-03-14', '2027-03-14')
         on conflict (community_id, account_id) do update set telephone = excluded.telephone`,
        [world.holmetofte, id, at],
      )
    const page = await (await as(world.karsten)).get(`${here}/me`)
    expect(page.text).toContain('Her står også Karsten')
    expect(page.text).toContain('Den anden logger selv ind')
    await world.sql('delete from community.person where account_id = $1', [account])
    await write({ name: 'Karsten', telephone: '55 66 77 88' })
    const paper = await (await as(world.karsten)).get(`${here}/me`)
    expect(paper.text).toContain('Her står også Karsten')
    expect(paper.text).not.toContain('Den anden logger selv ind')
  })
})

describe('the contact list', () => {
  const sees = async (actor: Actor) => (await (await as(actor)).get(`${here}/contacts`)).text

  test('shows those who chose it, by the way they chose; what they like to be asked about only with that yes, too', async () => {
    const karsten = await as(world.karsten)
    expect(await sees(world.poul)).not.toContain('k@eksempel.dk')
    await karsten.post(`${here}/me/consent`, { purpose: 'contactList', said: 'yes' })
    expect(await sees(world.poul)).toContain('k@eksempel.dk')
    expect(await sees(world.poul)).not.toContain('hallen')
    await karsten.post(`${here}/me/consent`, { purpose: 'askMe', said: 'yes' })
    expect(await sees(world.freja)).toContain('hallen')
    const file = await (await as(world.freja)).get(`${here}/contacts.vcf`)
    expect(file.html).toContain('EMAIL:k@eksempel.dk')
    await karsten.post(`${here}/me/consent`, { purpose: 'contactList', said: 'no' })
    expect(await sees(world.poul)).not.toContain('Karsten')
  })

  test('a newcomer sees it when a key holder knows them, and not before', async () => {
    const id = await idOf(world.karsten)
    await world.sql('update community.person set known_on = null where id = $1', [id])
    expect(await sees(world.karsten)).toContain('ikke åben for dig endnu')
    expect((await (await as(world.karsten)).get(`${here}/contacts.vcf`)).html).toBe('not-found')
    await (await as(world.poul)).post(`${here}/people/${id}/know`, { known: 'yes' })
    expect(await sees(world.karsten)).toContain('har valgt at stå her')
    await (await as(world.poul)).post(`${here}/people/${id}/know`, { known: 'no' })
    expect(await sees(world.karsten)).toContain('ikke åben for dig endnu')
  })

  test('nobody of the municipality and nobody from elsewhere gets it, by no page and by no question', async () => {
    for (const actor of [world.amira, world.helle, world.nadia, world.mikkel, world.stranger]) {
      const site = await as(actor)
      expect((await site.get(`${here}/contacts`)).html).toBe('not-found')
      expect((await site.get(`${here}/contacts.vcf`)).html).toBe('not-found')
      const { sql } = await import('kysely')
      const { asActor } = await import('../db/as-actor.ts')
      await expect(
        asActor(actor, (tx) => sql`select * from community.contact_list(${world.holmetofte}::uuid)`.execute(tx)),
      ).rejects.toMatchObject({ code: '42501' })
    }
  })
})
