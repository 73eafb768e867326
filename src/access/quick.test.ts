import { beforeAll, expect, test } from 'vitest'
import { makeWorld, type World } from '../test-world.ts'
import { cardHash, cardText, newCardCode } from './printed-card.ts'
import { makeLink } from './sign-in.deeds.ts'
import { aBrowser, siteOf } from './test-browser.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})

/** Times the request that opens the session, and answers the median in milliseconds. */
async function median(times: number, prepare: () => Promise<() => Promise<{ status: number }>>): Promise<number> {
  const took: number[] = []
  for (let time = 0; time < times; time++) {
    const signIn = await prepare()
    const began = performance.now()
    const { status } = await signIn()
    took.push(performance.now() - began)
    expect(status).toBe(303)
  }
  return took.sort((a, b) => a - b)[Math.floor(times / 2)] ?? Number.POSITIVE_INFINITY
}

test('signing in takes the server less than 300 ms, by a link as by a card', async () => {
  const site = siteOf(world)
  const byLink = await median(9, async () => {
    const token = await makeLink(world.house, String(world.karsten.account))
    const browser = aBrowser(site)
    return () => browser.post(`/in/${token}`)
  })
  const code = newCardCode()
  await world.sql(
    `insert into access.card (account_id, public_part, secret_hash, number, community_id, giver, given_on)
     values ($1, $2, $3, 1, $4, 'Poul', '2027-03-01')`,
    [world.karsten.account, code.letters, await cardHash(code), world.holmetofte],
  )
  const byCard = await median(9, async () => {
    const browser = aBrowser(site)
    return () => browser.post('/card', { card: cardText(code) })
  })
  expect(byLink).toBeLessThan(300)
  expect(byCard).toBeLessThan(300)
})
