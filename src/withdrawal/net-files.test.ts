import { strFromU8, unzipSync } from 'fflate'
import { Hono } from 'hono'
import { beforeAll, describe, expect, test } from 'vitest'
import { makeLink, signIn } from '../access/sign-in.deeds.ts'
import { asVisit, sessionCookie, type Visited } from '../access/visit.ts'
import { visitAs } from '../communities/test-site.ts'
import type { Actor } from '../db/as-actor.ts'
import { crowd } from '../demo/demo-ties.ts'
import { makeWorld, type World } from '../test-world.ts'
import { layWeave } from '../ties/test-ties.ts'
import type { Ties } from '../ties/tie.ts'
import { seeIfWeLeft, seeNet } from './if-we-left.deeds.ts'
import { readNet } from './net-bytes.ts'
import { type FileName, fileNames, fileOf } from './net-files.ts'
import { longPages, withdrawalPages } from './withdrawal.page.tsx'

/** Every element that opens closes, and every attribute is quoted. Answers how many there are of each. */
function elementsOf(xml: string): Record<string, number> {
  const open: string[] = []
  const count: Record<string, number> = {}
  const [prolog, ...rest] = xml.split('\n')
  expect(prolog).toBe('<?xml version="1.0" encoding="UTF-8"?>')
  const body = rest.join('\n')
  for (const [whole, closing, name = '', attributes = '', alone] of body.matchAll(
    /<(\/?)([a-z]+)((?:\s[a-z.]+="[^"<&]*(?:&(?:amp|lt|gt|quot);[^"<&]*)*")*)\s?(\/?)>/gi,
  )) {
    expect([whole, attributes.includes('<')]).toEqual([whole, false])
    if (closing) expect(open.pop()).toBe(name)
    else {
      count[name] = (count[name] ?? 0) + 1
      if (!alone) open.push(name)
    }
  }
  expect(open).toEqual([])
  expect(body.replace(/<\/?[a-z]+(?:\s[a-z.]+="[^"]*")*\s?\/?>/gi, '')).not.toMatch(/[<>]|&(?!(amp|lt|gt|quot);)/)
  return count
}

const four: Ties = {
  on: '2027-03-14',
  mark: '',
  people: 5,
  ends: Int32Array.from([0, 1, 1, 2, 4, 2, 3, 0]),
  weights: Float32Array.from([1.2345, 0.5, 0.01, 2]),
  hidden: Uint8Array.from([0, 0, 0, 1]),
  staff: [{ at: 4, name: 'Amira Haddad' }],
  me: 0,
}
const about = { lang: 'da', place: 'Å & <Ø> "Y"', recorded: { confirmed: 12, active: 40 } } as const

describe('the net as a file', () => {
  test('of GEXF and of GraphML is well-formed, and has everybody and each tie that both let be seen', () => {
    for (const name of ['net.gexf', 'net.graphml'] as const) {
      const text = fileOf(name, four, about) as string
      expect(elementsOf(text)).toMatchObject({ node: 4, edge: 3 })
      expect(text).not.toContain('Amira')
      expect(text).toContain('Medarbejder 1')
    }
    const half = '12 af 40, der har været med, har set efter, om deres bånd passer.'
    for (const name of ['net.gexf', 'net.graphml'] as const) expect(fileOf(name, four, about)).toContain(half)
    expect(strFromU8(unzipSync(fileOf('kumu.zip', four, about) as Uint8Array)['about.txt'] as Uint8Array)).toContain(
      half,
    )
    expect(fileOf('net.gexf', four, about)).toContain('Å &amp; &lt;Ø&gt; &quot;Y&quot;')
  })
  test('for Kumu is two sheets that use the same labels', () => {
    const sheets = unzipSync(fileOf('kumu.zip', four, about) as Uint8Array)
    const rowsOf = (name: string) =>
      strFromU8(sheets[name] as Uint8Array)
        .trim()
        .split('\r\n')
        .map((line) => line.split(','))
    const [[label], ...elements] = rowsOf('elements.csv') as [string[], ...string[][]]
    const [heads, ...connections] = rowsOf('connections.csv') as [string[], ...string[][]]
    expect([label, ...heads]).toEqual(['Label', 'From', 'To', 'Direction', 'Strength'])
    const labels = elements.map(([one]) => one)
    expect(labels).toHaveLength(4)
    expect(connections).toHaveLength(3)
    for (const [from, to] of connections) expect(labels).toEqual(expect.arrayContaining([from, to]))
  })
  test('as CSV has a row for each tie, with a comma in its numbers in Danish, and no weight that tells a day', () => {
    expect((fileOf('ties.csv', four, about) as string).split('\r\n')).toEqual([
      '\uFEFFFra;Fra er;Til;Til er;Vægt;Har set efter, om deres bånd passer',
      'Nabo 1;nabo;Nabo 2;nabo;1,2;12 af 40',
      'Nabo 2;nabo;Nabo 3;nabo;0,5;12 af 40',
      'Nabo 3;nabo;Medarbejder 1;kommunen;0,1;12 af 40',
      '',
    ])
  })
})

describe('who a number is', () => {
  let world: World
  let people: string[]
  const small = '/c/bakken/if-we-left'
  beforeAll(async () => {
    world = await makeWorld()
    const weave = crowd(60, 150, 1, 3)
    const laid = await layWeave(world, 'bakken', weave)
    people = (await layWeave(world, 'storbyen', crowd(700, 1800, 3, 5))).people
    await world.sql(`update community.person set name = 'Hemmelig ' || name where name like 'Nabo %'`)
    for (const slug of ['bakken', 'storbyen']) {
      const of = 'select id, $1::uuid'
      const to = ' from community.community where slug = $2'
      await world.sql(
        `insert into access.community_role (community_id, account_id, role) ${of}, '${slug === 'bakken' ? 'host' : 'resident'}'${to}`,
        [world.freja.account, slug],
      )
      await world.sql(`insert into access.employee_community (community_id, account_id) ${of}${to}`, [
        world.amira.account,
        slug,
      ])
    }
    expect(laid.people).toHaveLength(60)
  })
  const as = (actor: Actor) => visitAs(world.house, actor, withdrawalPages())

  test('a member takes each file away, and no name of a neighbour is in it', async () => {
    const site = await as(world.freja)
    const page = (await site.get(small)).html
    for (const name of fileNames) {
      expect(page).toContain(`${small}/out/${name}`)
      const { status, html } = await site.get(`${small}/out/${name}`)
      expect([name, status]).toEqual([name, 200])
      expect(html).not.toContain('Hemmelig')
    }
    expect((await site.get(`${small}/out/names.csv`)).status).toBe(404)
  })
  test('the same question asked again has other numbers', async () => {
    const site = await as(world.freja)
    const ask = async () => (await site.get(`${small}/out/ties.csv`)).html
    const all = new Set([await ask(), await ask(), await ask()])
    expect(all.size).toBe(3)
  })
  test('an employee who asks for it by any page, export or repeated question cannot', async () => {
    const word = (await (await as(world.freja)).get('/c/storbyen/if-we-left')).html.match(/\/net\/([\w-]+)/)?.[1]
    for (const actor of [world.amira, world.helle]) {
      const site = await as(actor)
      for (const name of [...fileNames, 'elements.csv', 'names.csv'] as FileName[])
        expect((await site.get(`${small}/out/${name}`)).status).toBe(403)
      expect((await site.get(`/c/storbyen/if-we-left/net/${word}`)).status).toBe(403)
      const pages = new Set<string>()
      for (const query of ['', '?there=0', '?there=0&there=1', '?there=0'])
        pages.add((await site.get(small + query)).html.replace(/href="[^"]*"/g, ''))
      // The same figures whatever is asked: two of them together would tell who hangs on whom.
      expect(pages.size).toBe(1)
      for (const path of [small, '/c/bakken/withdrawal', '/c/bakken/withdrawal/criteria']) {
        const { html } = await site.get(path)
        expect(html).not.toMatch(/Hemmelig|data-kind|data-switches|<circle|net-window/)
      }
    }
  })
  test('a stranger, an officer and an operator cannot either, and a guest is asked to sign in', async () => {
    for (const actor of [world.stranger, world.nadia, world.mikkel])
      expect((await (await as(actor)).get(`${small}/out/net.gexf`)).status).toBe(403)
    expect((await (await as(world.guest)).get(`${small}/out/net.gexf`)).status).toBe(401)
  })
  test('who is behind the marks of a large drawing is told to the one who was shown it, until somebody is gone', async () => {
    const seen = await seeIfWeLeft(world.freja, 'storbyen')
    const word = seen.net as string
    const net = readNet(await seeNet(world.freja, 'storbyen', word))
    expect(net.kindOf).toHaveLength(seen.ties.people)
    expect(net.ends).toHaveLength(seen.ties.ends.length)
    expect(net.perMark).toEqual(seen.picture?.drawing.marks.map((mark) => mark.people))
    expect(net.staff.map((person) => net.kindOf[person])).toEqual([-1, -1, -1])
    for (const [slug, actor] of [
      ['bakken', world.freja],
      ['storbyen', world.poul],
    ] as const)
      await expect(seeNet(actor, slug, word)).rejects.toMatchObject({ code: 'not-found' })
    await erase(people.pop() as string)
    await expect(seeNet(world.freja, 'storbyen', word)).rejects.toMatchObject({ code: 'not-found' })
  })
  test('no connection to the database is held while it is reckoned', async () => {
    const site = new Hono<Visited>()
    site.use(asVisit(world.house, { origin: 'http://oplive.test', onNetwork: null }, longPages))
    site.route('/', withdrawalPages())
    const session = await signIn(world.house, await makeLink(world.house, String(world.freja.account)))
    let done = false
    const page = Promise.resolve(
      site.request('/c/storbyen/if-we-left', { headers: { cookie: `${sessionCookie}=${session}` } }),
    ).finally(() => {
      done = true
    })
    const held: number[] = []
    while (!done) {
      const [row] = await world.sql(
        `select count(*)::integer as count from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`,
      )
      held.push(Number(row?.count))
    }
    expect((await page).status).toBe(200)
    // Between its few questions it has none: most looks find nothing.
    expect(held.filter((count) => count === 0).length).toBeGreaterThan(held.length / 2)
  })
  test('a person erased while it is reckoned is gone from it', async () => {
    const before = (await seeIfWeLeft(world.freja, 'storbyen')).reckoned.residents
    const reckoning = seeIfWeLeft(world.freja, 'storbyen')
    await erase(people[0] as string)
    const { reckoned, picture, ties } = await reckoning
    expect([reckoned.residents, ties.people]).toEqual([before - 1, before + 2])
    expect(picture?.drawing.marks.reduce((sum, mark) => sum + mark.people, 0)).toBe(before + 2)
  })
  const erase = async (person: string) => {
    for (const table of ['community.talk', 'municipal.talk'])
      await world.sql(`delete from ${table} where starter = $1 or other = $1`, [person])
    await world.sql('delete from community.person where id = $1', [person])
  }
})
