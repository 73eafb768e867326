import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { visitAs } from '../communities/test-site.ts'
import { type Actor, asActor } from '../db/as-actor.ts'
import { makeWorld, type World } from '../test-world.ts'
import { personOf, talked } from '../ties/test-ties.ts'
import { picture, type ToDraw } from './drawing.ts'
import { readThere } from './if-we-left.ts'
import { introduce } from './introducing.deeds.ts'
import { figuresOf, measureQuarters } from './measuring.deeds.ts'
import type { Counted } from './measuring.queries.ts'
import { reckon } from './reckoning.ts'
import { holdingOf, readSwitches, switchesText } from './switching.ts'
import { withdrawalPages } from './withdrawal.page.tsx'

const draw = (toDraw: Omit<ToDraw, 'me'>) => picture({ ...toDraw, me: null })
const pairs = fc.array(fc.tuple(fc.nat(19), fc.nat(19)), { maxLength: 40 })

describe('the switches of the page', () => {
  test('say for any employees who are there what reckoning them anew says', () => {
    fc.assert(
      fc.property(
        pairs,
        fc.uniqueArray(fc.nat(19), { maxLength: 4 }),
        fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
        (ties, staff, there) => {
          const ends = Int32Array.from(ties.flat())
          const { switches, kindOf } = draw({ people: 20, ends, hidden: new Uint8Array(ties.length), staff })
          expect(readSwitches(switchesText(switches))).toEqual(switches)
          const { kinds, people } = holdingOf(switches, there)
          // Where two or more hang together, the marks that hold are exactly these.
          if (people > 1) expect(kindOf.filter((kind) => kinds.has(kind))).toHaveLength(people)
          const away = staff.filter((_, at) => !there[at])
          expect(people).toBe(reckon({ people: 20, ends, staff, away, me: null }).together.after)
        },
      ),
      { numRuns: 60 },
    )
  })
  test('read from the address what is a number, and nothing else', () => {
    expect(readThere(['0', '2', 'alle', '-1', '99999'])).toEqual([0, 2])
  })
})

describe('the picture', () => {
  test('draws everybody where there are few, and no tie that one of the two has hidden', () => {
    const { drawing: drawn } = draw({
      people: 4,
      ends: Int32Array.from([0, 1, 1, 2, 2, 3]),
      hidden: Uint8Array.from([0, 1, 0]),
      staff: [3],
    })
    expect(drawn).toMatchObject({ kind: 'people', width: 1000 })
    expect(drawn.marks).toHaveLength(4)
    expect(drawn.lines.map(({ from, to }) => [from.person, to.person].sort())).toEqual([
      [0, 1],
      [2, 3],
    ])
    for (const { x, y, r } of drawn.marks) {
      expect(x).toBeGreaterThanOrEqual(0)
      expect(x).toBeLessThanOrEqual(1000)
      expect(y).toBeGreaterThanOrEqual(0)
      expect(y).toBeLessThanOrEqual(drawn.height)
      expect(r).toBeGreaterThan(0)
    }
  })
  test('of thousands has a mark for each village, and everybody is in one', () => {
    const people = 1200
    // Forty rings of thirty, one tie from each to the next.
    const ends = Array.from({ length: people }, (_, at) => [at, at % 30 === 29 ? at - 29 : at + 1]).flat()
    for (let ring = 0; ring < 39; ring++) ends.push(ring * 30, ring * 30 + 30)
    const { drawing: drawn } = draw({
      people,
      ends: Int32Array.from(ends),
      hidden: new Uint8Array(ends.length / 2),
      staff: [],
    })
    expect(drawn.kind).toBe('villages')
    expect(drawn.marks.length).toBeLessThan(200)
    expect(drawn.marks.reduce((sum, mark) => sum + mark.people, 0)).toBe(people)
  })
  test('has a larger mark for somebody whom many know, by the ties that are drawn alone', () => {
    const star = Array.from({ length: 9 }, (_, at) => [0, at + 1]).flat()
    const hubsOf = (hidden: Uint8Array) =>
      draw({ people: 11, ends: Int32Array.from([...star, 1, 10]), hidden, staff: [10] }).drawing.marks.flatMap(
        (mark) => (mark.hub ? mark.person : []),
      )
    expect(hubsOf(new Uint8Array(10))).toEqual([0])
    expect(hubsOf(new Uint8Array(10).fill(1))).toEqual([])
  })
  test('of nobody has no marks', () => {
    expect(draw({ people: 0, ends: new Int32Array(), hidden: new Uint8Array(), staff: [] }).drawing.marks).toEqual([])
  })
})

describe('the signs of a quarter', () => {
  const nobody: Counted = {
    meetings: 0,
    own: 0,
    twoCan: 0,
    leaders: 0,
    agesSaid: 0,
    ages: 0,
    newcomers: 0,
    brought: 0,
    voted: null,
    shares: [],
    people: 0,
  }
  const none = { people: 0, ends: new Int32Array(), staff: [], away: [], me: null }
  const figure = (counted: Counted, criterion: string) =>
    figuresOf(reckon(none), counted).find((one) => one.criterion === criterion)?.value
  test('are null where there is nobody to have a share of', () => {
    for (const criterion of ['retention', 'orphans', 'autonomy', 'neighbours', 'brokerage', 'vote'])
      expect(figure(nobody, criterion)).toBeNull()
  })
  test('tell the lowest share of newcomers it can be: 19 of 28 is at least 49 %', () => {
    expect(figure({ ...nobody, newcomers: 28, brought: 19 }, 'neighbours')).toBeCloseTo(0.4934, 3)
    expect(figure({ ...nobody, meetings: 5, own: 4 }, 'autonomy')).toBe(0.8)
    expect(figure({ ...nobody, leaders: 3, agesSaid: 0 }, 'leader-ages')).toBeNull()
    expect(figure({ ...nobody, leaders: 3, agesSaid: 2, ages: 2 }, 'leader-ages')).toBe(2)
  })
})

describe('if we went tomorrow, as a page', () => {
  let world: World
  beforeAll(async () => {
    world = await makeWorld()
    const [freja, karsten, poul] = await Promise.all(
      [world.freja, world.karsten, world.poul].map((one) => personOf(world, one)),
    )
    const amira = String(world.amira.account)
    // Poul and Freja have talked; Amira has talked with Freja, Poul and Karsten, who knows nobody else.
    await talked(world, freja as string, poul as string, '2027-03-01')
    for (const one of [freja, karsten, poul]) await talked(world, amira, one as string, '2027-03-02')
  })
  const as = (actor: Actor) => visitAs(world.house, actor, withdrawalPages())
  const path = '/c/holmetofte/if-we-left'
  test('says in a sentence how many still hang together, and with a switch how many with an employee there', async () => {
    const page = await (await as(world.freja)).get(path)
    expect(page.text).toContain('Hvis vi gik i morgen, ville 2 af 3 stadig hænge sammen')
    expect(page.text).toContain('Regnet ud fra 4 bånd')
    expect((await (await as(world.freja)).get(`${path}?there=0`)).text).toContain(
      'Med dem, der bliver, hænger 3 af 3 sammen',
    )
  })
  test('says which tasks rest on one or on nobody, in numbers: one holds a key, and nobody has led twice', async () => {
    const { text } = await (await as(world.freja)).get(path)
    expect(text).toMatch(/Lede mødet ingen endnu 0 gange/)
    expect(text).toMatch(/Have nøgle til byens rum en alene/)
    expect((await (await as(world.amira)).get(path)).text).not.toContain('Hvem kan hvad?')
  })
  test('tells the one who would be alone, and nobody else', async () => {
    expect((await (await as(world.karsten)).get(path)).text).toContain('kender du kun kommunens folk')
    for (const actor of [world.freja, world.poul])
      expect((await (await as(actor)).get(path)).text).not.toContain('kender du kun')
  })
  test('names no neighbour, to nobody', async () => {
    for (const actor of [world.karsten, world.poul, world.amira, world.helle]) {
      const { html } = await (await as(actor)).get(path)
      expect(html.replace(/<header[\s\S]*?<\/header>/, '')).not.toMatch(/Freja|Karsten Olsen/)
    }
  })
  test('the municipality sees nothing of so few, no picture, and no switch', async () => {
    for (const actor of [world.amira, world.helle]) {
      const page = await (await as(actor)).get(path)
      expect(page.text).toContain('Der er ikke noget at vise endnu')
      expect(page.html).not.toContain('<svg viewBox')
      expect(page.html).not.toContain('data-switches')
    }
  })
  test('a guest is asked to sign in, a stranger, an officer and an operator are refused', async () => {
    expect((await (await as(world.guest)).get(path)).status).toBe(401)
    for (const actor of [world.stranger, world.nadia, world.mikkel])
      expect((await (await as(actor)).get(path)).status).toBe(403)
  })
  test('when a quarter has ended its signs are reckoned once, and those who live there read them', async () => {
    world.clock.set('2027-04-02T03:00:00Z')
    expect(await measureQuarters(world.house)).toBeGreaterThan(0)
    expect(await measureQuarters(world.house)).toBe(0)
    const rows = await world.sql(
      `select q.value, q.base from community.withdrawal_quarter q join community.community c on c.id = q.community_id
       where c.slug = 'holmetofte' and q.criterion = 'retention'`,
    )
    expect(rows).toEqual([{ value: '0.6667', base: 3 }])
    expect((await (await as(world.poul)).get(path)).text).toContain('1. kvartal 2027 2 af 3 67 % 33–100 %')
    expect((await (await as(world.poul)).get('/c/holmetofte/withdrawal/criteria')).text).toContain(
      'Hænger sammen uden kommunen 67 %',
    )
    // Beside them stands how much of the ties is written down.
    expect((await (await as(world.poul)).get('/c/holmetofte/withdrawal/criteria')).text).toMatch(
      /har set efter, om deres bånd passer|Ingen har endnu set efter, om deres bånd passer/,
    )
  })
  test('the two whose talk would help most are asked alone, and learn each other’s name when both have said yes', async () => {
    expect(await introduce(world.house)).toBe(1)
    expect(await introduce(world.house)).toBe(0)
    const asked = await world.sql(`select i.id, a.account_id as one, b.account_id as two from community.introduction i
      join community.person a on a.id = i.one join community.person b on b.id = i.two`)
    const id = String(asked[0]?.id)
    // Karsten knows nobody but Amira: he and one of the two others are asked.
    const other = [asked[0]?.one, asked[0]?.two].includes(world.freja.account) ? world.freja : world.poul
    const outside = other === world.freja ? world.poul : world.freja
    const page = async (actor: Actor) => (await (await as(actor)).get(path)).text
    expect(await page(world.karsten)).toContain('Vil du møde en nabo, du ikke kender?')
    expect(await page(outside)).not.toContain('Vil du møde en nabo')
    for (const actor of [outside, world.stranger, world.amira])
      expect((await (await as(actor)).post(`${path}/${id}/yes`, '')).status).toBe(404)
    expect((await (await as(world.karsten)).post(`${path}/${id}/yes`, '')).status).toBe(303)
    expect((await (await as(world.karsten)).post(`${path}/${id}/no`, '')).status).toBe(404)
    const names = async () => (await page(world.karsten)) + (await page(other))
    expect(await page(world.karsten)).toContain('Siger den anden også ja')
    expect(await page(other)).not.toMatch(/har sagt ja/)
    expect(await names()).not.toContain('I har begge sagt ja')
    await (await as(other)).post(`${path}/${id}/yes`, '')
    for (const actor of [world.karsten, other]) expect(await page(actor)).toContain('I har begge sagt ja')
  })
  test('a no is told to nobody: for the other it looks as if nobody had answered', async () => {
    await world.sql('update community.introduction set one_says = null, two_says = null')
    const id = String((await world.sql('select id from community.introduction'))[0]?.id)
    await (await as(world.karsten)).post(`${path}/${id}/no`, '')
    expect((await (await as(world.karsten)).get(path)).text).not.toContain('Vil du møde')
    for (const actor of [world.freja, world.poul])
      await expect(
        asActor(actor, (tx) => tx.selectFrom('community.introduction').selectAll().execute()),
      ).rejects.toThrow(/permission denied/)
    world.clock.set('2027-06-20T03:00:00Z')
    await introduce(world.house)
    expect(await world.sql('select 1 from community.introduction where id = $1', [id])).toEqual([])
  })
})
