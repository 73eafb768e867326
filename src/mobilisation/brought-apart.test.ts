import { expect, test } from 'vitest'
import { chanceFrom } from '../network/chance.ts'
import { reckon, type Tree } from './brought.ts'
import { reckonApart } from './brought-apart.ts'

/** Some came by themselves or by nobody knows what, most with somebody who came before. */
function treeOf(people: number): Tree {
  const chance = chanceFrom(people)
  const broughtBy = Array.from({ length: people }, (_, n) =>
    n === 0 || chance() < 0.4 ? -1 - Math.floor(chance() * 6) : Math.floor(chance() * n),
  )
  return {
    on: '2027-03-14',
    broughtBy,
    counted: broughtBy.map(() => (chance() < 0.95 ? 1 : 0)),
    firstDay: broughtBy.map(() => (chance() < 0.9 ? 20_000 + Math.floor(chance() * 800) : Number.NaN)),
    card: broughtBy.map(() => (chance() < 0.1 ? Math.floor(chance() * 20) : -1)),
    names: broughtBy.map(() => null),
    me: 3,
  }
}

test('a worker reckons a large tree to the last bit as a small one is reckoned here, also two at once', async () => {
  const large = [treeOf(1501), treeOf(2400)]
  const apart = await Promise.all(large.map((tree) => reckonApart(tree, 5000)))
  expect(apart).toEqual(large.map((tree) => reckon(tree, 5000)))
  expect(await reckonApart(treeOf(40), null)).toEqual(reckon(treeOf(40), null))
})

test('what a worker throws, whoever asked hears, and the next is reckoned', async () => {
  const tree = treeOf(1600)
  await expect(reckonApart({ ...tree, broughtBy: tree.broughtBy.map(() => 99_999) }, null)).rejects.toThrow(
    'who is nobody among 1600',
  )
  expect((await reckonApart(tree, null)).found.firstTimers).toBe(reckon(tree, null).found.firstTimers)
})
