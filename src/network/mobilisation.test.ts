import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Arrivals, came, mobilisation, saturation } from './mobilisation.ts'

/** Amira is the employee; Poul was there on her word. The rest of Tornehuse's 31 came one by one (method 8.4). */
const tornehuse = (() => {
  const names = ['Amira', 'Poul', 'Freja', 'Sofus', 'Ida', 'Jens', 'Oksana', 'one', 'two']
  const at = (name: string) => names.indexOf(name)
  const broughtBy: number[] = [came.before, ...['Amira', 'Poul', 'Freja', 'Freja', 'Freja', 'Jens'].map(at), 6, 6]
  // 7 of the 19 whom neighbours brought stand in the chain; Ida and Sofus brought the others.
  for (let i = 0; i < 12; i++) broughtBy.push(at(i % 2 ? 'Ida' : 'Sofus'))
  for (let i = 0; i < 5; i++) broughtBy.push(came.municipality)
  for (let i = 0; i < 3; i++) broughtBy.push(came.self)
  for (let i = 0; i < 3; i++) broughtBy.push(came.unknown)
  return { broughtBy, staff: broughtBy.map((_, person) => (person === 0 ? 1 : 0)) }
})()

/** A forest or a tangle, at random: some employees, any code, any bringer. */
const anyArrivals: fc.Arbitrary<Arrivals> = fc.integer({ min: 1, max: 14 }).chain((people) =>
  fc.record({
    broughtBy: fc.array(fc.integer({ min: -6, max: people - 1 }), { minLength: people, maxLength: people }),
    staff: fc.array(fc.constantFrom(0, 0, 0, 1), { minLength: people, maxLength: people }),
  }),
)

/** Walks up from one person, slowly: where the chain begins, and how many residents stand in it. */
function walkUp({ broughtBy, staff }: Arrivals, person: number): { root: string; generation: number } {
  const seen: number[] = []
  for (let at = person; ; at = broughtBy[at] as number) {
    if (staff[at]) return { root: 'staff', generation: seen.length }
    if (seen.includes(at)) return { root: 'loop', generation: -1 }
    seen.push(at)
    const by = broughtBy[at] as number
    if (by >= 0) continue
    const root = ['', 'staff', 'association', 'self', 'unknown', 'before', 'unknown'][-by] as string
    // Before whom an unknown neighbour brought stands that neighbour.
    return { root, generation: seen.length + (by === came.neighbour ? 1 : 0) }
  }
}

describe('who brought whom in Tornehuse (method 8.4)', () => {
  const found = mobilisation(tornehuse)

  test('19 of 31 first-timers were brought by neighbours, 6 by the municipality, 3 came by themselves, 3 are unknown', () => {
    expect(found.firstTimers).toBe(31)
    expect(found.brought).toEqual({ byNeighbours: 19, byMunicipality: 6, byAssociation: 0, bySelf: 3, unknown: 3 })
  })

  test('the unknown stay in the base: between 19 and 22 of 31', () => {
    expect(found.neighbourShare).toEqual({ neighbours: 19, known: 28, all: 31, low: 19 / 31, high: 22 / 31 })
  })

  test('the chain from Amira over Poul, Freja, Jens and Oksana to the last two is five generations long', () => {
    expect([...found.generation.slice(0, 9)]).toEqual([0, 1, 2, 3, 3, 3, 4, 5, 5])
    // Poul, and the eleven who came by themselves or otherwise; Freja; her three; Oksana and the twelve; the last two.
    expect(found.generations).toEqual([12, 1, 3, 13, 2])
  })

  test('25 of 31 chains begin with the municipality; three more could', () => {
    // 7 + 12 hang on Poul, whom Amira brought, and 5 came by the municipality.
    expect(found.roots).toMatchObject({
      staff: 25,
      self: 3,
      unknown: 3,
      loop: 0,
      all: 31,
      share: 25 / 31,
      high: 28 / 31,
    })
  })

  test('six different residents brought somebody, and the one who brought most brought 6 of 19', () => {
    expect(found.bringers).toBe(6)
    expect(found.concentration).toBeCloseTo(6 / 19, 15)
    expect([...found.children.slice(0, 9)]).toEqual([1, 1, 3, 6, 6, 1, 2, 0, 0])
  })

  test('31 of 412 inhabitants have been reached', () => {
    expect(saturation(31, 412)).toBeCloseTo(0.0752, 4)
    expect(saturation(900, 164)).toBe(1)
    expect(saturation(3, 0)).toBeNull()
  })
})

describe('what went wrong in writing it down', () => {
  test('a chain that closes on itself is told, its people are unknown, and whom they brought otherwise is still brought', () => {
    // 1 brought 3, 3 brought 2, 2 brought 1; 4 was brought by 2; 5 brought itself.
    const found = mobilisation({ broughtBy: [came.before, 2, 3, 1, 2, 5], staff: [0, 0, 0, 0, 0, 0] })
    expect(found.loops).toEqual([[1, 3, 2], [5]])
    expect(found.brought).toMatchObject({ byNeighbours: 1, unknown: 4 })
    expect(found.roots).toMatchObject({ before: 1, loop: 5, share: 0, high: 5 / 6 })
    expect([...found.generation]).toEqual([1, -1, -1, -1, -1, -1])
    expect(found.generations).toEqual([1])
  })

  test('an invitation used by forty is no loop, and is told apart from forty conversations', () => {
    const forty = Array.from({ length: 40 }, () => 0)
    const found = mobilisation({
      broughtBy: [came.self, ...forty, 0],
      staff: new Uint8Array(42),
      invitation: [-1, ...forty.map(() => 7), 8],
    })
    expect(found.loops).toEqual([])
    expect(found.wide).toEqual([{ invitation: 7, used: 40 }])
    expect(found).toMatchObject({ bringers: 1, concentration: 1, brought: { byNeighbours: 41, bySelf: 1 } })
  })

  test.each([
    [{ broughtBy: [0, 2], staff: [0, 0] }, 'person 1 was brought by 2'],
    [{ broughtBy: [-7], staff: [0] }, 'person 0 was brought by -7'],
    [{ broughtBy: [0.5], staff: [0] }, 'person 0 was brought by 0.5'],
    [{ broughtBy: [Number.NaN], staff: [0] }, 'person 0 was brought by NaN'],
    [{ broughtBy: [-1, -1], staff: [0] }, 'not as many employees'],
  ])('a bringer who is nobody is refused with the number of the person', (arrivals, message) => {
    expect(() => mobilisation(arrivals)).toThrow(message)
  })

  test('whom a neighbour brought, nobody knows which, is brought by a neighbour, in the second generation at the least', () => {
    const found = mobilisation({ broughtBy: [came.neighbour, 0], staff: [0, 0] })
    expect(found).toMatchObject({ generations: [0, 1, 1], roots: { unknown: 2 }, bringers: 1 })
    expect(found.brought.byNeighbours).toBe(2)
  })

  test('whoever only handed a card on passes the chain, and is counted nowhere', () => {
    const broughtBy = [came.municipality, 0, 1]
    const found = mobilisation({ broughtBy, staff: [0, 0, 0], counted: [1, 0, 1] })
    expect(found).toMatchObject({ firstTimers: 2, generations: [1, 0, 1], bringers: 1, roots: { staff: 2, all: 2 } })
  })

  test('nobody, or only employees, gives zeros and no share', () => {
    for (const people of [0, 2])
      expect(mobilisation({ broughtBy: new Int8Array(people).fill(-1), staff: [1, 1].slice(0, people) })).toMatchObject(
        {
          firstTimers: 0,
          neighbourShare: { neighbours: 0, known: 0, all: 0, low: null, high: null },
          roots: { all: 0, share: null, high: null },
          generations: [],
          concentration: null,
          loops: [],
        },
      )
  })
})

describe('whatever was written down', () => {
  test('each chain begins where a slow walk upwards ends', () => {
    fc.assert(
      fc.property(anyArrivals, (arrivals) => {
        const { generation, roots, loops, generations } = mobilisation(arrivals)
        const counts = { staff: 0, association: 0, self: 0, unknown: 0, before: 0, loop: 0 } as Record<string, number>
        for (let person = 0; person < generation.length; person++) {
          const slow = walkUp(arrivals, person)
          expect(generation[person]).toBe(slow.generation)
          if (!arrivals.staff[person]) counts[slow.root] = (counts[slow.root] ?? 0) + 1
        }
        expect(roots).toMatchObject(counts)
        expect(generations.reduce((sum, count) => sum + count, 0)).toBe(roots.all - roots.loop)
        for (const loop of loops)
          for (const [i, one] of loop.entries())
            expect(arrivals.broughtBy[loop[(i + 1) % loop.length] as number]).toBe(one)
      }),
    )
  })

  test('everybody who came first is counted once, and every share lies in [0, 1]', () => {
    fc.assert(
      fc.property(anyArrivals, (arrivals) => {
        const { brought, firstTimers, neighbourShare, roots, concentration, children } = mobilisation(arrivals)
        expect(Object.values(brought).reduce((sum, count) => sum + count, 0)).toBe(firstTimers)
        expect(firstTimers + (arrivals.staff as number[]).filter(Boolean).length + countBefore(arrivals)).toBe(
          children.length,
        )
        for (const share of [neighbourShare.low, neighbourShare.high, roots.share, roots.high, concentration])
          if (share !== null) {
            expect(share).toBeGreaterThanOrEqual(0)
            expect(share).toBeLessThanOrEqual(1)
          }
      }),
    )
  })
})

const countBefore = ({ broughtBy, staff }: Arrivals) =>
  (broughtBy as number[]).filter((by, person) => by === came.before && !staff[person]).length
