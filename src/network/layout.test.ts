import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chanceFrom, wholeBelow } from './chance.ts'
import { carriedOver, type Layout, layout, layoutInTurns } from './layout.ts'
import { endsOf, type Network, NotANetwork, networkFrom } from './network.ts'
import { anyNetwork, clique, dolphins, kite, path, star, zachary } from './test-networks.ts'

const between = ({ at }: Pick<Layout, 'at'>, a: number, b: number) =>
  Math.hypot((at[2 * a] ?? 0) - (at[2 * b] ?? 0), (at[2 * a + 1] ?? 0) - (at[2 * b + 1] ?? 0))

function smallestDistance(picture: Layout): number {
  const people = picture.at.length / 2
  let smallest = Infinity
  for (let a = 0; a < people; a++) for (let b = 0; b < a; b++) smallest = Math.min(smallest, between(picture, a, b))
  return smallest
}

const mean = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length
const everybody = ({ people }: Network) => Array.from({ length: people }, (_, u) => u)

/** How long a tie is, as a share of how far apart two people are. */
function closeness(network: Network, picture: Layout): number {
  const ends = endsOf(network)
  const ties = Array.from({ length: network.ties }, (_, i) => between(picture, ends[2 * i] ?? 0, ends[2 * i + 1] ?? 0))
  const pairs = everybody(network).flatMap((a) =>
    everybody(network)
      .slice(0, a)
      .map((b) => between(picture, a, b)),
  )
  return mean(ties) / mean(pairs)
}

/** How far each has moved, in units of the earlier picture. */
const moves = (one: Layout, other: Pick<Layout, 'at'>, people: number[]) =>
  people.map((u) => {
    const [dx, dy] = [0, 1].map((i) => (one.at[2 * u + i] ?? 0) - (other.at[2 * u + i] ?? 0))
    return Math.hypot(dx ?? 0, dy ?? 0) / one.unit
  })
const moved = (one: Layout, other: Pick<Layout, 'at'>, people: number[]) => mean(moves(one, other, people))
const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0

/** Hamlets of 30 who know each other well, in a row of villages of 5 hamlets; two employees each know 20 in their village. */
function villages(count: number, seed = 1): Network {
  const chance = chanceFrom(seed)
  const ends: number[] = []
  const size = 152
  for (let village = 0; village < count; village++) {
    const first = village * size
    for (let u = 2; u < size; u++) {
      const hamlet = 2 + 30 * Math.floor((u - 2) / 30)
      for (let i = 0; i < 3; i++) ends.push(first + u, first + hamlet + wholeBelow(chance, 30))
      if (chance() < 0.3) ends.push(first + u, first + 2 + wholeBelow(chance, size - 2))
    }
    for (let i = 0; i < 20; i++)
      for (const employee of [0, 1]) ends.push(first + employee, first + 2 + wholeBelow(chance, size - 2))
    ends.push(first, first + 1)
    if (village > 0) ends.push(first, first - size, first + 1, first + 1 - size)
  }
  const once = networkFrom(count * size, ends, undefined, { repeated: 'sum', loops: 'drop' })
  return networkFrom(count * size, endsOf(once))
}

function checkFrame(picture: Layout): void {
  for (const place of picture.at) expect(Math.abs(place)).toBeLessThanOrEqual(1)
  expect(picture.mark).toBeGreaterThan(0)
  expect(picture.unit).toBeGreaterThan(0)
}

describe('a few people', () => {
  test.each([
    { name: 'the karate club', network: zachary },
    { name: 'the kite', network: kite },
    { name: 'the dolphins', network: dolphins },
    { name: 'a star', network: star(30) },
    { name: 'a string', network: path(30) },
    { name: 'all who know all', network: clique(20) },
    { name: 'a village', network: villages(1) },
    { name: 'twelve who know nobody', network: networkFrom(12, []) },
  ])('$name: no mark lies on another, and there is room for a word', ({ network }) => {
    const picture = layout(network)
    checkFrame(picture)
    expect(smallestDistance(picture)).toBeGreaterThanOrEqual(picture.mark * (1 - 1e-9))
    expect(picture.mark).toBeGreaterThan(0.75 * picture.unit)
  })

  test.each([
    { name: 'the karate club', network: zachary, most: 0.55 },
    { name: 'the dolphins', network: dolphins, most: 0.5 },
    { name: 'a string', network: path(30), most: 0.12 },
    { name: 'a village', network: villages(1), most: 0.65 },
  ])('$name: who know each other lie near each other', ({ network, most }) => {
    expect(closeness(network, layout(network))).toBeLessThan(most)
  })

  test('who knows everybody stands in the middle', () => {
    const { at } = layout(star(30))
    const radius = everybody(star(30)).map((u) => Math.hypot(at[2 * u] ?? 0, at[2 * u + 1] ?? 0))
    expect(radius.indexOf(Math.min(...radius))).toBe(0)
  })

  test('of the kite, Jane hangs out farthest, Diane is no corner (Krackhardt 1990)', () => {
    const picture = layout(kite)
    const far = everybody(kite).map((u) => mean(everybody(kite).map((v) => between(picture, u, v))))
    expect(far.indexOf(Math.max(...far))).toBe(9)
    expect(far[3]).toBeLessThan(mean(far))
  })

  test('people of one community lie nearer to each other than to others', () => {
    const picture = layout(zachary)
    const { of } = picture.communities
    const pairs = everybody(zachary).flatMap((a) =>
      everybody(zachary)
        .slice(0, a)
        .map((b) => [a, b] as const),
    )
    const inside = mean(pairs.filter(([a, b]) => of[a] === of[b]).map(([a, b]) => between(picture, a, b)))
    const outside = mean(pairs.filter(([a, b]) => of[a] !== of[b]).map(([a, b]) => between(picture, a, b)))
    expect(inside).toBeLessThan(0.65 * outside)
  })
})

describe('many people', () => {
  const network = villages(8)
  const picture = layout(network)

  test('villages lie beside each other, hamlets within them', () => {
    checkFrame(picture)
    const village = (u: number) => Math.floor(u / 152)
    const hamlet = (u: number) => Math.floor(((u % 152) - 2) / 30)
    const chance = chanceFrom(5)
    const distances: Record<'hamlet' | 'village' | 'elsewhere', number[]> = { hamlet: [], village: [], elsewhere: [] }
    for (let i = 0; i < 40_000; i++) {
      const [a, b] = [wholeBelow(chance, network.people), wholeBelow(chance, network.people)]
      if (a === b) continue
      const where = village(a) !== village(b) ? 'elsewhere' : hamlet(a) !== hamlet(b) ? 'village' : 'hamlet'
      distances[where].push(between(picture, a, b))
    }
    expect(mean(distances.village)).toBeLessThan(0.5 * mean(distances.elsewhere))
    expect(mean(distances.hamlet)).toBeLessThan(0.6 * mean(distances.village))
  })

  test('a year later, with every tenth tie another and some newcomers, people are near where they were', () => {
    const chance = chanceFrom(9)
    const people = network.people + 20
    const ends = [...endsOf(network)]
    for (let i = 0; i < ends.length; i += 20) ends[i] = wholeBelow(chance, network.people)
    for (let u = network.people; u < people; u++) ends.push(u, wholeBelow(chance, network.people))
    const later = networkFrom(people, ends, undefined, { repeated: 'sum', loops: 'drop' })
    const idBefore = Array.from({ length: people }, (_, u) => (u < network.people ? u : -1))
    const before = carriedOver(picture, idBefore)
    const next = layout(later, { before, seed: 4 })
    checkFrame(next)
    const anew = layout(later, { seed: 4 })
    const known = everybody(network)
    // Some now know most of theirs in another village, and lie there.
    expect(median(moves(picture, next, known))).toBeLessThan(2)
    expect(moved(picture, next, known)).toBeLessThan(0.2 * moved(picture, anew, known))
  })
})

describe('two moments', () => {
  test('the same network again: people stay within the room of one person', () => {
    for (const network of [zachary, dolphins, villages(1)]) {
      const picture = layout(network)
      expect(moved(picture, layout(network, { before: picture, seed: 2 }), everybody(network))).toBeLessThan(0.5)
    }
  })

  test('a newcomer to the karate club comes beside whom they know; two others do not move away', () => {
    const picture = layout(zachary)
    const later = networkFrom(36, [...endsOf(zachary), 16, 34])
    const idBefore = Array.from({ length: 36 }, (_, u) => (u < 34 ? u : -1))
    const next = layout(later, { before: carriedOver(picture, idBefore) })
    checkFrame(next)
    const byDistance = everybody(zachary).toSorted((a, b) => between(next, 34, a) - between(next, 34, b))
    expect(byDistance.slice(0, 3)).toContain(16)
    expect(moved(picture, next, everybody(zachary))).toBeLessThan(0.7)
  })

  test('when half have left, those who stay are still where they were', () => {
    const picture = layout(dolphins)
    const stay = everybody(dolphins).filter((u) => u % 2 === 0)
    const ends = endsOf(dolphins)
    const left: number[] = []
    for (let i = 0; i < ends.length; i += 2) {
      const [a = 0, b = 0] = [ends[i], ends[i + 1]]
      if (a % 2 === 0 && b % 2 === 0) left.push(a / 2, b / 2)
    }
    const before = carriedOver(picture, stay)
    const next = layout(networkFrom(stay.length, left), { before })
    checkFrame(next)
    expect(
      moved(
        { ...picture, at: before.at },
        next,
        stay.map((_, u) => u),
      ),
    ).toBeLessThan(1.5)
  })

  test('an earlier picture of other people, or without a unit, is refused', () => {
    expect(() => layout(kite, { before: { at: new Float64Array(18), unit: 0.1 } })).toThrow(NotANetwork)
    expect(() => layout(kite, { before: { at: new Float64Array(20), unit: 0 } })).toThrow(RangeError)
  })
})

describe('whatever the network', () => {
  test('everybody has a place in the frame, and marks do not lie on each other', () => {
    fc.assert(
      fc.property(anyNetwork(20), fc.nat(1000), (network, seed) => {
        const picture = layout(network, { seed })
        checkFrame(picture)
        expect(smallestDistance(picture)).toBeGreaterThanOrEqual(picture.mark * (1 - 1e-9))
        expect(picture).toEqual(layout(network, { seed }))
      }),
    )
  })

  test('the next moment too, whatever became of the ties, and with places that are no numbers', () => {
    const place = fc.oneof(fc.double({ min: -1, max: 1 }), fc.constantFrom(Number.NaN, 0, 5e-324))
    fc.assert(
      fc.property(anyNetwork(20), fc.array(place, { minLength: 40, maxLength: 40 }), (network, places) => {
        const before = { at: Float64Array.from(places.slice(0, 2 * network.people)), unit: 0.1 }
        checkFrame(layout(network, { before }))
      }),
    )
  })
})

describe('small and odd', () => {
  test('nobody has no place, one person stands in the middle', () => {
    expect(layout(networkFrom(0, [])).at).toEqual(new Float64Array())
    expect(layout(networkFrom(1, [])).at).toEqual(Float64Array.of(0, 0))
  })

  test('two who know each other lie beside each other', () => {
    const { at } = layout(networkFrom(2, [0, 1]))
    expect(Math.abs(at[1] ?? 1)).toBeCloseTo(0, 9)
    expect(at[0]).toBeCloseTo(-(at[2] ?? 0), 9)
  })

  test('ties that weigh nothing, and a large part whose ties weigh nothing', () => {
    checkFrame(layout(networkFrom(3, [0, 1, 1, 2], [0, 0])))
    const ends = Array.from({ length: 500 }, (_, u) => [u, u + 1]).flat()
    checkFrame(layout(networkFrom(501, ends, new Float64Array(500))))
  })

  test('a star of thousands, a string of thousands, thousands of pairs', () => {
    for (const network of [
      star(3000),
      path(3000),
      networkFrom(
        3000,
        Array.from({ length: 3000 }, (_, u) => u),
      ),
    ])
      checkFrame(layout(network))
  })
})

describe('in turns', () => {
  test('the same picture, with the share that is done rising', async () => {
    const shares: number[] = []
    const picture = await layoutInTurns(villages(4), { progress: (share) => shares.push(share) })
    expect(picture).toEqual(layout(villages(4)))
    expect(shares.length).toBeGreaterThan(2)
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect(shares.at(-1)).toBeLessThanOrEqual(1)
  })

  test('it stops when told, with the reason', async () => {
    const stop = new AbortController()
    const reason = new Error('nobody looks any more')
    const running = layoutInTurns(villages(4), { signal: stop.signal, progress: () => stop.abort(reason) })
    await expect(running).rejects.toBe(reason)
    await expect(layoutInTurns(kite, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  })
})
