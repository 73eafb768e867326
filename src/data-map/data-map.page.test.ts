import { beforeAll, expect, test } from 'vitest'
import { makeLink, signIn } from '../access/sign-in.deeds.ts'
import { sessionCookie } from '../access/visit.ts'
import type { Actor } from '../db/as-actor.ts'
import { watchGuessing } from '../meetings/guessing.ts'
import { openHall } from '../meetings/hall.ts'
import { makeSite } from '../site.tsx'
import { makeWorld, type World } from '../test-world.ts'
import { dataMap } from './data-map.ts'
import { purposeKeys } from './purposes.ts'
import { words } from './words.ts'

let world: World
let site: ReturnType<typeof makeSite>
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

async function mapFor(actor: Actor, path = '/data-map'): Promise<{ status: number; text: string }> {
  const session = await signIn(world.house, await makeLink(world.house, String(actor.account)))
  const answer = await site.request(path, { headers: { cookie: `${sessionCookie}=${session}` } })
  return { status: answer.status, text: await answer.text() }
}

test.each(['da', 'en'] as const)(
  'whoever comes by reads every purpose and who answers for each room, in %s',
  async (lang) => {
    const answer = await site.request(`/privacy?lang=${lang}`)
    expect(answer.status).toBe(200)
    const text = await answer.text()
    for (const purpose of purposeKeys) expect(text).toContain(words(lang)(`purpose.${purpose}.title`))
    expect(text).toContain('Holmetofte')
    expect(text).toContain('Lyngø')
  },
)

test('the Danish address leads to the same page', async () => {
  const answer = await site.request('/privatliv')
  expect([answer.status, answer.headers.get('location')]).toEqual([302, '/privacy'])
})

test('the data protection officer reads every column on the map', async () => {
  const { status, text } = await mapFor(world.nadia)
  expect(status).toBe(200)
  for (const { table, column } of dataMap) {
    expect(text).toContain(table)
    expect(text).toContain(column)
  }
})

test('for others the map is not there', async () => {
  for (const other of [world.karsten, world.freja, world.poul, world.amira, world.helle, world.mikkel])
    expect((await mapFor(other)).status).toBe(404)
  expect((await site.request('/data-map')).status).toBe(401)
})

test('the record, its file and the draft are the officer’s alone', async () => {
  for (const path of ['/data-map/record', '/data-map/record.csv', '/data-map/dpia']) {
    const { status, text } = await mapFor(world.nadia, path)
    expect([path, status]).toEqual([path, 200])
    expect(text).toContain(words('da')('purpose.belong.title'))
    expect((await mapFor(world.freja, path)).status).toBe(404)
  }
})

test('the map can be read for one room and one use', async () => {
  const { text } = await mapFor(world.nadia, '/data-map?room=municipal&purpose=work')
  expect(text).toContain('access.audit')
  expect(text).not.toContain('community.person')
})

test('where nobody has said how the officer is reached, the notice says so, and the sheet of paper too', async () => {
  for (const path of ['/privacy', '/privacy/paper'])
    expect((await (await site.request(path)).text()).replaceAll('<wbr/>', '')).toContain(
      words('da')('notice.noContact'),
    )
})

test('a room that no association has taken over has no record of its own', async () => {
  expect((await site.request('/c/nowhere/data-record')).status).toBe(404)
})
