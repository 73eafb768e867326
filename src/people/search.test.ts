import { beforeAll, describe, expect, test } from 'vitest'
import { visitAs } from '../communities/test-site.ts'
import { makeWorld, type World } from '../test-world.ts'
import { peoplePages } from './people.page.tsx'
import { plantCrowd } from './test-crowd.ts'

let world: World
/** The bench tries 20,000; here so many that reading them all for each page would be felt. */
const crowd = Number(process.env.OPLIVE_PEOPLE ?? 5000)
beforeAll(async () => {
  world = await makeWorld()
  await plantCrowd(world.sql, world.holmetofte, crowd)
})
const as = () => visitAs(world.house, world.poul, peoplePages())

describe('among many', () => {
  test.each([
    ['aage', /Åge/],
    ['Åge', /Åge/],
    ['soren', /Søren/],
    ['soeren', /Søren/],
    ['kristian', /Christian/],
    ['kristen', /Kirsten/],
    ['jorgensen', /Jørgensen/],
    ['kjaer', /Kjær/],
    ['hansen aage', /Åge Hansen/],
  ])('"%s" finds them', async (query, name) => {
    const { text } = await (await as()).get(`/c/holmetofte/people?q=${encodeURIComponent(query)}`)
    expect(text).toMatch(name)
  })

  test('signs that mean something to the database mean nothing in a name', async () => {
    const site = await as()
    for (const query of ['%', '_', "'", '\\', '%%%', '\0', '(', 'å'.repeat(200), '‮', '   '])
      expect((await site.get(`/c/holmetofte/people?q=${encodeURIComponent(query)}`)).status, query).toBe(200)
    for (const after of ['x', '00000000-0000-0000-0000-000000000000', "'"])
      expect((await site.get(`/c/holmetofte/people?after=${encodeURIComponent(after)}`)).status, after).toBe(200)
  })

  test('the whole list is turned to its end, by the Danish alphabet, everybody once', async () => {
    const site = await as()
    const ids: string[] = []
    const names: string[] = []
    for (let path: string | undefined = '/c/holmetofte/people'; path; ) {
      const { html } = await site.get(path)
      for (const [, id = '', name = ''] of html.matchAll(/people\/([\da-f-]{36})"><bdi>([^<]*)</g)) {
        ids.push(id)
        names.push(name)
      }
      path = /href="([^"]+)" rel="next"/.exec(html)?.[1]?.replaceAll('&amp;', '&')
    }
    const [all] = await world.sql('select count(*)::int as n from community.person where community_id = $1', [
      world.holmetofte,
    ])
    expect(ids.length).toBe(all?.n)
    expect(new Set(ids).size).toBe(ids.length)
    const danish = new Intl.Collator('da').compare
    expect(names).toEqual([...names].sort(danish))
  })
})
