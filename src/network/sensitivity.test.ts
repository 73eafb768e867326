import fc from 'fast-check'
import { expect, test } from 'vitest'
import { awayOf } from './away.ts'
import { networkFrom } from './network.ts'
import { removing } from './removing.ts'
import { sensitivity } from './sensitivity.ts'
import { anyNetwork, clique, star, zachary } from './test-networks.ts'

test('when every tie was written down the band is the figure itself', () => {
  fc.assert(
    fc.property(anyNetwork(), fc.nat(13), (network, person) => {
      const away = awayOf(network.people, person < network.people ? [person] : [])
      const { retention, orphanShare } = removing(network, away)
      const same = (share: number | null) => share && { low: share, middle: share, high: share }
      const found = sensitivity(network, away, { kept: 1, times: 3 })
      expect(found.retention).toEqual(same(retention))
      expect(found.orphanShare ?? 0).toEqual(
        same(orphanShare) || (orphanShare === 0 ? { low: 0, middle: 0, high: 0 } : 0),
      )
    }),
  )
})

test('with a fifth of its ties left out the karate club’s band lies around what is measured, and a seed repeats it', () => {
  const away = awayOf(34, [0])
  const found = sensitivity(zachary, away)
  expect(found).toMatchObject({ kept: 0.8, keptTies: 62, times: 200 })
  expect(found).toEqual(sensitivity(zachary, away, { seed: 1 }))
  expect(found).not.toEqual(sensitivity(zachary, away, { seed: 2 }))
  expect(found.retention?.low).toBeGreaterThan(0.6)
  expect(found.retention?.low).toBeLessThan(0.818)
  expect(found.retention?.high).toBeGreaterThan(0.818)
  expect(found.orphanShare?.high).toBeGreaterThan(1 / 33)
})

test('a star stays a star: with eight of ten ties left, eight residents hung together, and one does', () => {
  expect(sensitivity(star(11), awayOf(11, [0]), { times: 20 })).toMatchObject({
    retention: { low: 1 / 8, middle: 1 / 8, high: 1 / 8 },
    orphanShare: { low: 0.8, middle: 0.8, high: 0.8 },
  })
})

test('no ties, only people who are away, all ties left out: null or zero, never NaN', () => {
  const zero = { low: 0, middle: 0, high: 0 }
  expect(sensitivity(networkFrom(2, []), awayOf(2, [0]))).toMatchObject({ retention: null, orphanShare: zero })
  expect(sensitivity(clique(3), awayOf(3, [0, 1, 2]))).toMatchObject({ retention: null, orphanShare: null })
  expect(sensitivity(clique(3), awayOf(3, [0]), { kept: 0 })).toMatchObject({ retention: null, orphanShare: zero })
  expect(() => sensitivity(clique(3), awayOf(3, []), { kept: 1.1 })).toThrow(RangeError)
  expect(() => sensitivity(clique(3), awayOf(3, []), { times: 0 })).toThrow(RangeError)
})

test('every band lies in [0, 1] and in order', () => {
  fc.assert(
    fc.property(anyNetwork(), fc.nat(13), fc.double({ min: 0, max: 1, noNaN: true }), (network, person, kept) => {
      const away = awayOf(network.people, person < network.people ? [person] : [])
      const found = sensitivity(network, away, { kept, times: 9 })
      for (const band of [found.retention, found.orphanShare])
        if (band)
          expect([0, band.low, band.middle, band.high, 1].every((x, i, all) => i === 0 || x >= (all[i - 1] ?? 0))).toBe(
            true,
          )
    }),
  )
})
