import { expect, test } from 'vitest'
import { betweennessAtWork, closenessAtWork } from './at-work.ts'
import { betweenness } from './betweenness.ts'
import { chanceFrom } from './chance.ts'
import { closeness } from './closeness.ts'
import { networkFrom } from './network.ts'
import { zachary } from './test-networks.ts'

/** 600 people, each with three ties of chance: one large block, and people who hang on it. */
const chance = chanceFrom(7)
const ends = Array.from({ length: 1800 }, () => Math.floor(chance() * 600))
const crowd = networkFrom(600, ends, undefined, { loops: 'drop', repeated: 'sum' })

test('one worker, two and none give the same betweenness to the last bit', async () => {
  for (const sampling of [{}, { sources: 90, seed: 3 }]) {
    const here = betweenness(crowd, sampling)
    for (const workers of [0, 1, 2]) expect(await betweennessAtWork(crowd, sampling, { workers })).toEqual(here)
  }
})

test('one worker, two and none give the same closeness to the last bit', async () => {
  for (const workers of [0, 1, 2]) expect(await closenessAtWork(crowd, { workers })).toEqual(closeness(crowd))
})

test('progress rises to the whole', async () => {
  for (const workers of [0, 2]) {
    const shares: number[] = []
    await betweennessAtWork(crowd, {}, { workers, progress: (share) => shares.push(share) })
    expect(shares.length).toBeGreaterThan(10)
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect(shares.at(-1)).toBe(1)
  }
})

test('work that nobody waits for any more ends with the reason that was given', async () => {
  for (const workers of [0, 2]) {
    const gone = new AbortController()
    const reason = new Error('they left')
    const progress = () => gone.abort(reason)
    await expect(betweennessAtWork(crowd, {}, { workers, signal: gone.signal, progress })).rejects.toBe(reason)
    await expect(closenessAtWork(crowd, { workers, signal: gone.signal })).rejects.toBe(reason)
  }
})

test('nobody, and a network with nothing to walk, have answers at once', async () => {
  const nobody = networkFrom(0, [])
  expect((await betweennessAtWork(nobody, {}, { workers: 2 })).of).toEqual(new Float64Array())
  expect(await closenessAtWork(nobody, { workers: 2 })).toEqual(new Float64Array())
  expect(await betweennessAtWork(zachary)).toEqual(betweenness(zachary))
})
