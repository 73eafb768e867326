import { randomBytes } from 'node:crypto'
import { v4 as random, v7 as uuid } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Actor, asActor, asSystem } from '../db/as-actor.ts'
import { makeWorld, type World } from '../test-world.ts'
import { putAway, wholeEvening } from './evening.queries.ts'
import { planMeeting } from './meeting.deeds.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})

const tag = () => randomBytes(16)

async function anEvening(): Promise<string> {
  const code = await planMeeting(
    world.freja,
    { id: world.holmetofte, timeZone: 'Europe/Copenhagen' },
    {
      kind: 'listening',
      purpose: 'Hvem har nøglen?',
      place: 'Forsamlingshuset',
      hostName: 'Freja',
      date: '2027-03-14',
      time: '19:00',
    },
  )
  const [row] = await world.sql('select id from community.meeting where code = $1', [code])
  const meeting = String(row?.id)
  await asActor(world.freja, (tx) =>
    tx
      .insertInto('community.evening')
      .values({ meeting_id: meeting, begun_at: world.clock.now(), agenda_since: world.clock.now() })
      .execute(),
  )
  return meeting
}

const say = (meeting: string, over: Record<string, unknown> = {}) =>
  asSystem(world.house, 'a guest says something', async (tx) => {
    const id = random()
    await tx
      .insertInto('community.statement')
      .values({
        id,
        meeting_id: meeting,
        ordinal: 0,
        kind: 'hope',
        text: 'Vi har haven bag skolen.',
        lang: 'da',
        medium: 'phone',
        tag: tag(),
        state: 'shown',
        ...over,
      })
      .execute()
    return id
  })

/** What PostgreSQL answered when it said no. */
async function refused(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'allowed',
    (error: { code?: string }) => error.code ?? 'no code',
  )
}

const seen = (actor: Actor, meeting: string) =>
  asActor(actor, (tx) =>
    tx.selectFrom('community.statement').select('text').where('meeting_id', '=', meeting).execute(),
  )

describe('what is said', () => {
  test('words get their place in the order, and people are counted, not words', async () => {
    const meeting = await anEvening()
    const mine = tag()
    for (const text of ['Et', 'To', 'Tre']) await say(meeting, { text, tag: mine })
    await say(meeting)
    await say(meeting, { medium: 'paper', tag: null })
    const evening = await asSystem(world.house, 'look', (tx) => wholeEvening(tx, meeting))
    expect(evening?.statements.map(({ ordinal }) => ordinal)).toEqual([1, 2, 3, 4, 5])
    expect(evening?.voices).toBe(3)
  })

  test('words come at once from many phones without two getting the same place', async () => {
    const meeting = await anEvening()
    await Promise.all(Array.from({ length: 40 }, () => say(meeting)))
    const evening = await asSystem(world.house, 'look', (tx) => wholeEvening(tx, meeting))
    expect(evening?.statements.map(({ ordinal }) => ordinal)).toEqual(
      Array.from({ length: 40 }, (_, place) => place + 1),
    )
    expect(evening?.voices).toBe(40)
  })

  test('outside the hall only what its speaker has opened is seen, by neighbours, strangers and the municipality alike', async () => {
    const meeting = await anEvening()
    await say(meeting, { text: 'Kun i salen' })
    await say(meeting, { text: 'For alle', open_to: 'public' })
    await say(meeting, { text: 'Tænker stadig', state: 'asked', open_to: 'public' })
    await say(meeting, { text: 'Taget ned', state: 'hidden', hidden_why: 'name', open_to: 'public' })
    await say(meeting, { text: 'Fortrudt', state: 'withdrawn', open_to: 'public' })
    for (const actor of [world.guest, world.karsten, world.amira, world.stranger])
      expect(await seen(actor, meeting)).toEqual([{ text: 'For alle' }])
    expect((await seen(world.freja, meeting)).map(({ text }) => text).sort()).toEqual([
      'For alle',
      'Kun i salen',
      'Taget ned',
    ])
  })

  test('a host cannot put other words in the mouth of a phone, but corrects what a scribe has typed', async () => {
    const meeting = await anEvening()
    const phone = await say(meeting)
    const slip = await say(meeting, { medium: 'paper', tag: null })
    const change = (id: string) =>
      asActor(world.freja, (tx) =>
        tx.updateTable('community.statement').set({ text: 'Andre ord' }).where('id', '=', id).executeTakeFirst(),
      )
    expect(await refused(change(phone))).toBe('42501')
    expect((await change(slip)).numUpdatedRows).toBe(1n)
  })

  test('a host cannot write in a phone’s name, and a stranger’s host cannot write or move anything here', async () => {
    const meeting = await anEvening()
    const id = await say(meeting)
    const write = (actor: Actor, medium: string) =>
      refused(
        asActor(actor, (tx) =>
          tx
            .insertInto('community.statement')
            .values({
              id: uuid(),
              meeting_id: meeting,
              kind: 'hope',
              text: 'x',
              lang: 'da',
              medium,
              state: 'shown',
            } as never)
            .execute(),
        ),
      )
    expect(await write(world.freja, 'facilitator')).toBe('allowed')
    expect(await write(world.freja, 'phone')).toBe('42501')
    expect(await write(world.stranger, 'facilitator')).toBe('42501')
    for (const actor of [world.guest, world.karsten, world.amira])
      expect(await write(actor, 'facilitator')).toBe('42501')
    const moved = await asActor(world.stranger, (tx) =>
      tx.updateTable('community.statement').set({ rev: 9 }).where('id', '=', id).executeTakeFirst(),
    )
    expect(moved.numUpdatedRows).toBe(0n)
  })

  test('nobody but the program sees which phone said what', async () => {
    for (const actor of [world.guest, world.karsten, world.freja, world.amira])
      expect(await refused(asActor(actor, (tx) => tx.selectFrom('community.statement').select('tag').execute()))).toBe(
        '42501',
      )
  })
})

describe('the door list and the promises', () => {
  test('are for the hosts of the place: not for its residents, other hosts, the municipality or guests', async () => {
    const meeting = await anEvening()
    await asSystem(world.house, 'somebody came and promised', async (tx) => {
      await tx
        .insertInto('community.arrival')
        .values({
          meeting_id: meeting,
          medium: 'phone',
          tag: tag(),
          name: 'Birthe',
          brought_by: 'neighbour',
          bringer: 'Freja',
        })
        .execute()
      await tx
        .insertInto('community.commitment')
        .values({ id: uuid(), meeting_id: meeting, name: 'Birthe', what: 'Kage den 4.', medium: 'paper' })
        .execute()
      await tx.insertInto('community.coming').values({ meeting_id: meeting, name: 'Birthe' }).execute()
    })
    const tables = ['community.arrival', 'community.commitment', 'community.coming'] as const
    for (const table of tables) {
      const names = (actor: Actor) =>
        asActor(actor, (tx) => tx.selectFrom(table).select('name').where('meeting_id', '=', meeting).execute())
      expect(await names(world.freja)).toEqual([{ name: 'Birthe' }])
      expect(await names(world.stranger)).toEqual([])
      // A resident may ask, for their own: here they have none.
      expect(await names(world.karsten)).toEqual([])
      for (const actor of [world.guest, world.amira]) expect(await refused(names(actor))).toBe('42501')
    }
  })
})

describe('information', () => {
  const item = (minutes: number, reason: string | null) => async () => {
    const meeting = await anEvening()
    return refused(
      asActor(world.freja, (tx) =>
        tx
          .insertInto('community.agenda_item')
          .values({ meeting_id: meeting, place: 20, title: 'Kommunens plan', minutes, kind: 'inform', reason })
          .execute(),
      ),
    )
  }
  test('takes ten minutes without a reason, and eleven only with one', async () => {
    expect(await item(10, null)()).toBe('allowed')
    expect(await item(11, null)()).toBe('23514')
    expect(await item(11, 'Vi har selv bedt om at høre det.')()).toBe('allowed')
  })
})

describe('an evening that is put away', () => {
  test('keeps words and counts, and nothing that tells which phone', async () => {
    const meeting = await anEvening()
    const statement = await say(meeting)
    const waiting = await say(meeting, { state: 'asked' })
    const theme = await asActor(world.freja, (tx) =>
      tx
        .insertInto('community.theme')
        .values({ meeting_id: meeting, name: 'Haven', place: 1 })
        .returning('id')
        .executeTakeFirstOrThrow(),
    )
    await asSystem(world.house, 'phones recognise and choose', async (tx) => {
      for (let phone = 0; phone < 6; phone++) {
        await tx
          .insertInto('community.recognition')
          .values({ statement_id: statement, meeting_id: meeting, tag: tag() })
          .execute()
        await tx
          .insertInto('community.dot')
          .values({ meeting_id: meeting, theme_id: theme.id, tag: tag(), n: 2 })
          .execute()
      }
    })
    await asSystem(world.house, 'somebody meant to come', async (tx) => {
      await tx.insertInto('community.coming').values({ meeting_id: meeting, name: 'Birthe' }).execute()
      await tx
        .insertInto('community.invitation')
        .values({ meeting_id: meeting, inviter: 'Freja', secret_hash: randomBytes(32) })
        .execute()
    })
    const look = () => asSystem(world.house, 'look', (tx) => wholeEvening(tx, meeting))
    const before = await look()
    for (let twice = 0; twice < 2; twice++)
      await asSystem(world.house, 'put the evening away', (tx) => putAway(tx, meeting, world.clock.now()))
    const after = await look()
    expect(after?.statements).toEqual(before?.statements)
    expect(after?.statements[0]?.recognised).toBe(6)
    expect(after?.themes).toEqual(before?.themes)
    expect(after?.themes[0]?.phoneDots).toBe(12)
    const left = await world.sql(
      `select (select count(*)::int from community.recognition where meeting_id = $1) + (select count(*)::int from community.dot where meeting_id = $1)
        + (select count(*)::int from community.coming where meeting_id = $1) + (select count(*)::int from community.invitation where meeting_id = $1)
        + (select count(*)::int from community.statement where meeting_id = $1 and tag is not null) as n,
        (select state from community.statement where id = $2) as waiting`,
      [meeting, waiting],
    )
    expect(left).toEqual([{ n: 0, waiting: 'withdrawn' }])
    expect(await refused(say(meeting))).toBe('OL001')
  })

  test('leaves no dots of fewer than five phones', async () => {
    const meeting = await anEvening()
    const theme = await asActor(world.freja, (tx) =>
      tx
        .insertInto('community.theme')
        .values({ meeting_id: meeting, name: 'Haven', place: 1 })
        .returning('id')
        .executeTakeFirstOrThrow(),
    )
    await asSystem(world.house, 'four phones choose', async (tx) => {
      for (let phone = 0; phone < 4; phone++)
        await tx
          .insertInto('community.dot')
          .values({ meeting_id: meeting, theme_id: theme.id, tag: tag(), n: 3 })
          .execute()
    })
    const dots = async () =>
      (await asSystem(world.house, 'look', (tx) => wholeEvening(tx, meeting)))?.themes[0]?.phoneDots
    expect(await dots()).toBeNull()
    await asSystem(world.house, 'put the evening away', (tx) => putAway(tx, meeting, world.clock.now()))
    expect(await dots()).toBeNull()
  })
})
