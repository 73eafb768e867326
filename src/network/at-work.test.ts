import { expect, test } from 'vitest'
import { atWork, betweennessAtWork, closenessAtWork } from './at-work.ts'
import { betweenness } from './betweenness.ts'
import { chanceFrom } from './chance.ts'
import { closeness } from './closeness.ts'
import { coresOf } from './cores.ts'
import { cutsOf } from './cuts.ts'
import { layout } from './layout.ts'
import { leiden } from './leiden.ts'
import { networkFrom } from './network.ts'
import { zachary } from './test-networks.ts'

/** 600 people, each with three ties of chance: one large block, and people who hang on it. */
const chance = chanceFrom(7)
const ends = Array.from({ length: 1800 }, () => Math.floor(chance() * 600))
const crowd = networkFrom(600, ends, undefined, { loops: 'drop', repeated: 'sum' })

test('one worker, two and none give the same betweenness to the last bit', async () => {
  for (const sampling of [{}, { sources: 90, seed: 3 }]) {
    const here = betweenness(crowd, sampling)
    for (const workers of 'sources' in sampling ? [0, 2] : [0, 1, 2])
      expect(await betweennessAtWork(crowd, sampling, { workers })).toEqual(here)
  }
})

test('two workers and none give the same closeness to the last bit', async () => {
  for (const workers of [0, 2]) expect(await closenessAtWork(crowd, { workers })).toEqual(closeness(crowd))
})

test('a worker takes a whole measure as it is taken here', async () => {
  const away = Uint8Array.from({ length: crowd.people }, (_, u) => +(u % 9 === 0))
  for (const workers of [0, 1]) {
    expect(await atWork('coresOf', crowd, undefined, { workers })).toEqual(coresOf(crowd))
    expect(await atWork('cutsOf', crowd, away, { workers })).toEqual(cutsOf(crowd, away))
    expect(await atWork('leiden', crowd, { seed: 3 }, { workers })).toEqual(leiden(crowd, { seed: 3 }))
    expect(await atWork('layout', crowd, { seed: 3 }, { workers })).toEqual(layout(crowd, { seed: 3 }))
  }
})

test('what a measure refuses in a worker, the one who asked hears', async () => {
  for (const workers of [0, 1])
    await expect(atWork('pagerank', crowd, { damping: 2 }, { workers })).rejects.toThrow('2 is no damping')
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
