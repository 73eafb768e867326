import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { visitAs } from '../../communities/test-site.ts'
import { type Actor, asActor, asSystem } from '../../db/as-actor.ts'
import { broughtBy, cameAs, heldWith } from '../../mobilisation/test-door-lists.ts'
import { signedIn } from '../../rooms/test-room.ts'
import { makeWorld, type World } from '../../test-world.ts'
import { talked } from '../../ties/test-ties.ts'
import { countMix, lastQuarter, seePath } from './path.deeds.ts'
import { pathPages } from './path.page.tsx'
import { type Act, openedBy } from './path.ts'

let world: World
let freja: string
let karsten: string
let poul: string
const here = '/c/holmetofte/path'

beforeAll(async () => {
  world = await makeWorld()
  const personOf = async ({ account }: Actor) =>
    String((await world.sql('select id from community.person where account_id = $1', [account]))[0]?.id)
  freja = await personOf(world.freja)
  karsten = await personOf(world.karsten)
  poul = await personOf(world.poul)
})
beforeEach(async () => {
  for (const table of [
    'path_step',
    'path_quarter',
    'coaching',
    'talk',
    'commitment',
    'meeting_role',
    'arrival',
    'meeting',
  ])
    await world.sql(`delete from community.${table}`)
})
const as = (actor: Actor) => visitAs(world.house, actor, pathPages())
const role = (meeting: string, name: string) =>
  world.sql(`insert into community.meeting_role (meeting_id, role, name) values ($1, 'host', $2)`, [meeting, name])
const kept = (meeting: string, person: string, what = 'Kage den 4.') =>
  world.sql(
    `insert into community.commitment (id, meeting_id, name, what, medium, state, person_id) values (gen_random_uuid(), $1, 'N', $2, 'paper', 'kept', $3)`,
    [meeting, what, person],
  )
const leans = (coachee: string, coach: string) =>
  world.sql(`insert into community.coaching (community_id, coach, coachee, since) values ($1, $2, $3, '2027-02-01')`, [
    world.holmetofte,
    coach,
    coachee,
  ])
const yes = async (person: string, stage: number, on = '2027-01-10', known = false) =>
  world.sql(
    'insert into community.path_step (person_id, stage, said_on, stands_on, coach_may_know) values ($1, $2, $3, $3, $4)',
    [person, stage, on, known],
  )
const steps = (person: string) =>
  world.sql(
    'select stage, said_on::text, resting_since::text as rests from community.path_step where person_id = $1 order by stage',
    [person],
  )

describe('Freja’s way', () => {
  test('she brought two: the page says which and when, asks, and keeps her yes and nothing else', async () => {
    const page = await as(world.freja)
    expect((await page.get(here)).text).toMatch(/Du har ikke kaldt dig noget endnu.*Kom med næste gang/)
    await heldWith(world, world.holmetofte, '2027-02-01', [broughtBy('Freja', 'Sofus'), broughtBy('Freja', 'Ida')])
    const asked = await page.get(here)
    expect(asked.text).toContain('Du har taget to med. Vil du kalde dig indbyder?')
    expect(asked.text).toMatch(/Du tog to med\s+1\. februar 2027 · står på listen ved døren/)
    expect(asked.text).not.toMatch(/Sofus|Ida/)
    // Not now and no are written nowhere; the page does not ask again at once.
    for (const answer of ['not-now', 'no']) {
      const said = await page.post(`${here}/say`, { stage: '3', answer })
      expect(said.location).toBe(`${here}?said=${answer}`)
      expect((await page.get(`${here}?said=${answer}`)).text).toContain('Der er ikke skrevet noget ned')
      expect((await page.get(`${here}?said=${answer}`)).text).not.toContain('Vil du kalde dig')
    }
    expect(await steps(freja)).toEqual([])
    await page.post(`${here}/say`, { stage: '3', answer: 'yes', age: '18-24' })
    expect(await steps(freja)).toEqual([{ stage: 3, said_on: '2027-03-14', rests: null }])
    expect(await world.sql('select age_band from community.profile where person_id = $1', [freja])).toEqual([
      { age_band: '18-24' },
    ])
    const after = (await page.get(here)).text
    expect(after).toMatch(/Det kalder du dig\s+Indbyder/)
    expect(after).toContain('Du sagde ja 14. marts 2027.')
    expect(after).toContain('Byd velkommen en aften.')
    expect(after).not.toContain('Vil du kalde dig')
  })
  test('she hosts with Poul, and with two who lean on her and keep what they promise she is asked whether she leads', async () => {
    const meeting = await heldWith(world, world.holmetofte, '2027-02-01', [cameAs('self', 'Freja')])
    await role(meeting, 'Freja og Poul')
    await yes(freja, 3)
    const page = await as(world.freja)
    const host = (await page.get(here)).text
    expect(host).toContain('Du har stået for et møde. Vil du kalde dig vært?')
    expect(host).toContain('står blandt mødets roller')
    await page.post(`${here}/say`, { stage: '4', answer: 'yes' })
    await leans(karsten, freja)
    await leans(poul, freja)
    await kept(meeting, karsten, 'Noget, der er Karstens')
    // One alone who keeps something opens nothing, and the page does not say who.
    expect((await page.get(here)).text).not.toMatch(/Vil du kalde dig|Karsten/)
    await world.sql(
      `insert into community.talk_promise (id, talk_id, community_id, starter, other, promised_by, what, state)
       values (gen_random_uuid(), $1, $2, $3, $4, 'starter', 'To stole', 'kept')`,
      [await talked(world, poul, karsten, '2027-02-10'), world.holmetofte, poul, karsten],
    )
    const lead = (await page.get(here)).text
    expect(lead).toContain('To, du er der for, holder, hvad de lover. Vil du kalde dig leder?')
    expect(lead).not.toMatch(/To stole|Noget, der er Karstens/)
    await page.post(`${here}/say`, { stage: '5', answer: 'yes', coach: 'yes' })
    // Whoever was there for her learns of it, because she lets them: that opens the last stage, without a word of where she stands.
    await leans(freja, poul)
    await yes(poul, 4)
    const polls = (await (await as(world.poul)).get(here)).text
    expect(polls).toContain('En, du var der for, er selv blevet leder. Vil du kalde dig leder af ledere?')
    expect(polls).not.toContain('Freja')
    await world.sql('update community.path_step set coach_may_know = false')
    expect((await (await as(world.poul)).get(here)).text).not.toContain('Vil du kalde dig')
  })
  test('what others do moves nothing of hers, and an act opens nothing that was not done', async () => {
    const meeting = await heldWith(world, world.holmetofte, '2027-02-01', [broughtBy('Karsten', 'Ida')])
    await role(meeting, 'Poul')
    await kept(meeting, karsten)
    const page = await as(world.freja)
    expect((await page.get(here)).text).not.toContain('Vil du kalde dig')
    for (const stage of ['3', '4', '6', '0', '7', 'x'])
      expect((await page.post(`${here}/say`, { stage, answer: 'yes' })).status).toBe(404)
    expect(await steps(freja)).toEqual([])
  })
  test('whatever the lists say of three neighbours, each finds their own acts and no other', async () => {
    const who = [freja, karsten, poul]
    const names = ['Freja', 'Karsten', 'Poul']
    const act = fc.record({ kind: fc.constantFrom('came', 'kept', 'brought', 'hosted'), of: fc.nat({ max: 2 }) })
    const runs = Number(process.env.PATH_RUNS ?? 6)
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 6 }), async (acts) => {
        for (const table of ['commitment', 'meeting_role', 'arrival', 'meeting'])
          await world.sql(`delete from community.${table}`)
        for (const [at, { kind, of }] of acts.entries()) {
          const name = names[of] ?? ''
          const came = { ...cameAs('self', name, false), person: who[of] ?? null }
          const door = kind === 'came' ? [came] : kind === 'brought' ? [broughtBy(name, `Ny ${at}`)] : []
          const meeting = await heldWith(world, world.holmetofte, '2027-02-01', door)
          if (kind === 'kept') await kept(meeting, who[of] ?? '')
          if (kind === 'hosted') await role(meeting, name)
        }
        for (const [at, actor] of [world.freja, world.karsten, world.poul].entries()) {
          const { opened } = await seePath(await signedIn(world, actor), 'holmetofte')
          const own = acts
            .filter(({ of }) => of === at)
            .map(({ kind }) => ({ kind, on: '2027-02-01', base: 'door', about: null }) as Act)
          expect(opened.map(({ stage }) => stage)).toEqual(openedBy(own).map(({ stage }) => stage))
        }
      }),
      { numRuns: runs },
    )
  })
  test('she pauses without losing anything, takes a smaller part, takes it up again, and takes it back', async () => {
    await yes(freja, 3)
    await yes(freja, 4)
    const page = await as(world.freja)
    await page.post(`${here}/change`, { how: 'pause' })
    expect((await page.get(here)).text).toContain('Du holder pause. Du har ikke mistet noget.')
    await page.post(`${here}/change`, { how: 'again' })
    await page.post(`${here}/change`, { how: 'rest', stage: '4' })
    expect(await steps(freja)).toMatchObject([{ rests: null }, { rests: '2027-03-14' }])
    expect((await page.get(here)).text).toMatch(/Det kalder du dig\s+Indbyder/)
    await page.post(`${here}/change`, { how: 'again', stage: '4' })
    await page.post(`${here}/change`, { how: 'back', stage: '4' })
    expect(await steps(freja)).toMatchObject([{ stage: 3, rests: null }])
    for (const form of [{ how: 'back', stage: '4' }, { how: 'rest' }, { how: 'up', stage: '3' }])
      expect((await page.post(`${here}/change`, form)).status).toBe(404)
  })
  test('after a year it asks whether it is still so', async () => {
    await yes(freja, 3, '2026-03-14')
    const page = await as(world.freja)
    expect((await page.get(here)).text).toContain('Passer det stadig?')
    await page.post(`${here}/change`, { how: 'stands' })
    expect((await page.get(here)).text).not.toContain('Passer det stadig?')
    expect(await steps(freja)).toMatchObject([{ said_on: '2026-03-14' }])
  })
})

describe('nobody else', () => {
  test('finds the page of another, and for a stranger and the municipality there is none', async () => {
    await yes(freja, 3)
    expect((await (await as(world.poul)).get(here)).text).toContain('Du har ikke kaldt dig noget endnu')
    for (const who of [world.stranger, world.amira, world.helle, world.nadia, world.mikkel]) {
      const page = await as(who)
      expect((await page.get(here)).text).toBe('not-found')
      expect((await page.post(`${here}/say`, { stage: '3', answer: 'yes' })).text).toBe('not-found')
      expect((await page.post(`${here}/change`, { how: 'pause' })).text).toBe('not-found')
    }
    expect((await (await as(world.guest)).get(here)).status).toBe(401)
  })
  test('reads a step from the database, in any role, or writes one of another', async () => {
    await yes(freja, 3)
    for (const who of [
      world.poul,
      world.karsten,
      world.stranger,
      world.amira,
      world.helle,
      world.nadia,
      world.mikkel,
      world.guest,
    ]) {
      const read = asActor(who, (tx) => tx.selectFrom('community.path_step').selectAll().execute())
      await expect(read.catch(() => [])).resolves.toEqual([])
    }
    await expect(
      asActor(world.poul, (tx) =>
        tx
          .insertInto('community.path_step')
          .values({ person_id: freja, stage: 5, said_on: '2027-03-14', stands_on: '2027-03-14' })
          .execute(),
      ),
    ).rejects.toThrow(/row-level security/)
    const changed = await asActor(world.poul, (tx) =>
      tx.updateTable('community.path_step').set({ resting_since: '2027-03-14' }).executeTakeFirst(),
    )
    expect(changed.numUpdatedRows).toBe(0n)
  })
})

test('when two entries of one person become one, the yes of both is hers; and who is forgotten is in no count', async () => {
  const other = String(
    (
      await world.sql(
        `insert into community.person (id, community_id, name, exists_by, medium, joined_on, active_on)
         values (gen_random_uuid(), $1, 'Freja', 'came', 'paper', '2027-01-01', '2027-01-01') returning id`,
        [world.holmetofte],
      )
    )[0]?.id,
  )
  await yes(other, 4)
  await yes(freja, 3)
  const [merge] = await world.sql(
    `insert into community.merge (id, community_id, kept, gone, asked_on, kept_yes, gone_yes)
     values (gen_random_uuid(), $1, $2, $3, '2027-03-14', 'tap', 'paper') returning id`,
    [world.holmetofte, freja, other],
  )
  await asSystem(world.house, 'the test merges two', (tx) =>
    tx
      .selectNoFrom((eb) => eb.fn('community.merge_people', [eb.val(merge?.id), eb.val(world.clock.now())]).as('did'))
      .execute(),
  )
  expect(await steps(freja)).toMatchObject([{ stage: 3 }, { stage: 4 }])
  await world.sql('delete from community.merge')
  await world.sql('delete from community.person where id = $1', [other])
})

describe('on paper', () => {
  const ole = async () =>
    String(
      (
        await world.sql(
          `insert into community.person (id, community_id, name, exists_by, medium, joined_on, active_on)
           values (gen_random_uuid(), $1, 'Ole Berg', 'came', 'paper', '2027-01-01', '2027-01-01') returning id`,
          [world.holmetofte],
        )
      )[0]?.id,
    )
  test('a key holder prints what the lists say, types in what was ticked, and cannot read it', async () => {
    const person = await ole()
    const meeting = await heldWith(world, world.holmetofte, '2027-02-01', [
      { ...cameAs('self', 'Ole B'), person },
      // The code of his card as it was written on paper, with an S for a 5.
      broughtBy('bsg 2s8', 'Ida'),
    ])
    await world.sql(
      `insert into community.own_card (community_id, code, secret_hash, person_id, made_in) values ($1, 'BSG258', sha256('of Ole'), $2, '2027-01-01')`,
      [world.holmetofte, person],
    )
    await kept(meeting, person, 'To termokander')
    const sheet = `/c/holmetofte/people/${person}/path`
    const page = await as(world.poul)
    const before = await page.get(sheet)
    expect(before.text).toMatch(/Du holdt det, du lovede\s*: To termokander/)
    expect(before.text).toContain('Man har taget en med, som kom.')
    expect(await page.post(sheet, {})).toMatchObject({ status: 400 })
    expect((await page.post(sheet, { stage: '4' })).status).toBe(404)
    expect((await page.post(sheet, { stage: '3' })).location).toBe(`${sheet}?done=yes`)
    expect(await steps(person)).toMatchObject([{ stage: 3 }])
    const after = await page.get(sheet)
    expect(after.html.replace(/value="\d"/g, '')).toBe(before.html.replace(/value="\d"/g, ''))
    await page.post(sheet, { stage: '0' })
    expect(await steps(person)).toEqual([])
  })
  test('is for nobody with an account, and by nobody without a key', async () => {
    const person = await ole()
    expect((await (await as(world.poul)).get(`/c/holmetofte/people/${karsten}/path`)).text).toBe('not-found')
    for (const who of [world.freja, world.karsten, world.amira, world.stranger])
      expect((await (await as(who)).get(`/c/holmetofte/people/${person}/path`)).text).toBe('not-found')
    await expect(
      asActor(world.poul, (tx) =>
        tx
          .selectNoFrom((eb) =>
            eb.fn('community.path_step_for', [eb.val(karsten), eb.val(3), eb.val('2027-03-14')]).as('x'),
          )
          .execute(),
      ),
    ).rejects.toThrow(/only for somebody without an account/)
  })
})

describe('what the whole place sees', () => {
  test('is a rounded count once a quarter, and stays as it was told', async () => {
    expect(lastQuarter(new Date('2027-03-14T10:00:00Z'))).toEqual({ first: '2026-10-01', last: '2026-12-31' })
    await world.sql(`update community.community set founded_at = '2026-01-01'`)
    const page = await as(world.karsten)
    expect((await page.get(here)).text).toContain('Der er ikke talt endnu.')
    const made = await world.sql(
      `with new as (insert into community.person (id, community_id, name, exists_by, medium, joined_on, active_on)
         select gen_random_uuid(), $1, 'Nabo ' || n, 'came', 'paper', '2026-01-01', '2026-01-01' from generate_series(1, 40) n returning id, name),
       old as (insert into community.profile (person_id, age_band) select id, case when right(name, 1) in ('1', '2', '3') then '18-24' else '60-74' end from new)
       select id, right(name, 1) in ('1', '2', '3') as young from new order by name`,
      [world.holmetofte],
    )
    const of = (young: boolean) => made.filter((one) => one.young === young).map(({ id }) => String(id))
    for (const person of of(false).slice(0, 6)) await yes(person, 4, '2025-06-01')
    for (const person of of(true).slice(0, 6)) await yes(person, 3, '2026-11-01')
    await yes(freja, 3, '2027-01-10')
    expect(await countMix(world.house)).toBe(2)
    const told = (await page.get(here)).text
    expect(told).toContain('Mindst 10 har sagt ja til at være indbyder, vært eller mere.')
    expect(told).toContain('Mindst halvdelen af de nye er i en alder, der før var få af.')
    expect(
      await world.sql('select takes_on, others, blend from community.path_quarter where community_id = $1', [
        world.lyngo,
      ]),
    ).toEqual([{ takes_on: null, others: null, blend: null }])
    // Somebody takes it back: what was told is not reckoned again.
    await world.sql('delete from community.path_step')
    expect(await countMix(world.house)).toBe(0)
    expect((await page.get(here)).text).toContain('Mindst 10 har sagt ja')
    for (const who of [world.amira, world.helle])
      await expect(asActor(who, (tx) => tx.selectFrom('community.path_quarter').selectAll().execute())).rejects.toThrow(
        /permission denied/,
      )
  })
  test('tells the sign how many lead, of how many ages, without those who rest', async () => {
    const count = async () =>
      (
        await asSystem(world.house, 'the test counts', (tx) =>
          tx
            .selectNoFrom((eb) =>
              eb.fn<string>('community.path_leaders', [eb.val(world.holmetofte), eb.val('2027-03-14')]).as('n'),
            )
            .execute(),
        )
      )[0]?.n
    for (const person of [freja, karsten, poul]) await yes(person, 5)
    await world.sql(
      `insert into community.profile (person_id, age_band) values ($1, '40-59') on conflict (person_id) do update set age_band = '40-59'`,
      [karsten],
    )
    await world.sql(
      `insert into community.profile (person_id, age_band) values ($1, '18-24') on conflict (person_id) do update set age_band = '18-24'`,
      [freja],
    )
    expect(await count()).toBe('(3,2,2)')
    await world.sql(`update community.path_step set resting_since = '2027-02-01' where person_id = $1`, [freja])
    expect(await count()).toBe('(2,1,1)')
  })
})
