// The watch over a server, with a server that is only pretended.
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { type LifeSign, watchOver } from './watch.ts'

const pace = { lookMs: 5, firstPauseMs: 2, longestPauseMs: 10, mostStarts: 4, spanMs: 300 }

test('a server that will not come back is started no more than so many times in a span, and each time it is told', async () => {
  const starts: number[] = []
  const signs: LifeSign[] = []
  const dead = {
    lives: () => false,
    onSuspicion: () => undefined,
    revive: async () => {
      starts.push(Date.now())
      throw new Error('still broken')
    },
  }
  const watch = watchOver(dead, (sign) => signs.push(sign), pace)
  await sleep(800)
  await watch.end()
  for (const [index, start] of starts.entries()) {
    expect((starts[index + 4] ?? Number.POSITIVE_INFINITY) - start).toBeGreaterThanOrEqual(300)
  }
  expect(starts.length).toBeGreaterThan(8)
  expect(signs[0]).toEqual({ what: 'lost' })
  expect(signs.slice(1)).toHaveLength(starts.length)
  expect(signs.at(-1)).toMatchObject({
    what: 'still-down',
    problem: { message: expect.stringContaining('still broken') },
  })
})

test('a server that dies again after it came back is brought back again', async () => {
  let alive = true
  const signs: string[] = []
  const frail = {
    lives: () => alive,
    onSuspicion: () => undefined,
    revive: async () => {
      alive = true
    },
  }
  const watch = watchOver(frail, (sign) => signs.push(sign.what), pace)
  for (let round = 0; round < 3; round++) {
    alive = false
    await sleep(50)
  }
  await watch.end()
  expect(signs).toEqual(['lost', 'back', 'lost', 'back', 'lost', 'back'])
})
