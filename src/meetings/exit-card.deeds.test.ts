import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { asActor, type House } from '../db/as-actor.ts'
import { keyCabinet } from '../keys/key-cabinet.ts'
import { makeWorld, type World } from '../test-world.ts'
import { answerExitCard } from './answering.deeds.ts'
import {
  closeExitCard,
  countAttendance,
  exitCardJobs,
  finishClosings,
  lateCardCame,
  openExitCard,
  sweepKeys,
} from './exit-card.deeds.ts'
import type { CardAnswers } from './exit-card.ts'
import { answeredSoFar, communityResult, type Hall, type MeetingInHall, openHall } from './hall.ts'
import { planMeeting } from './meeting.deeds.ts'
import { issueToken, readToken } from './phone-token.ts'
import { findResult } from './result.deeds.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})

const plan = {
  kind: 'listening',
  purpose: 'Hvem tør have nøglen?',
  place: 'Forsamlingshuset',
  hostName: 'Freja',
  date: '2027-03-14',
  time: '19:00',
} as const
const place = () => ({ id: world.holmetofte, timeZone: 'Europe/Copenhagen' })
const aMeeting = () => planMeeting(world.freja, place(), plan)

const card = (INF: number, ABLE: number, COUR: number) => ({ INF, ABLE, COUR }) as CardAnswers

interface Evening {
  code: string
  hall: Hall
  meeting: MeetingInHall
  /** A phone in the hall: its token is its own. */
  phone(): Buffer | null
  answers(n: number, of: (i: number) => CardAnswers): Promise<void>
}

async function anEvening(): Promise<Evening> {
  const code = await aMeeting()
  await openExitCard(world.freja, world.later, code)
  const hall = openHall(world.house)
  const meeting = await hall.find(code)
  const phones = meeting?.phones
  if (!meeting || !phones) throw new Error('the card is open')
  const phone = () => readToken(phones, issueToken(phones))
  return {
    code,
    hall,
    meeting,
    phone,
    answers: async (n, of) => {
      await Promise.all(
        Array.from({ length: n }, (_, i) => answerExitCard(hall, meeting, phone(), { answers: of(i), rev: 1 })),
      )
    },
  }
}

const close = ({ code }: Evening) => closeExitCard(world.freja, world.later, code)
const runLateJob = (meeting: string) =>
  exitCardJobs(() => world.later)
    .find((kind) => kind.name === 'exit-card.end-late')
    ?.work(world.house, { meeting })
/** The meeting as it is after something happened to it. */
async function now({ hall, meeting, code }: Evening): Promise<MeetingInHall> {
  hall.forget(meeting.id)
  await Promise.resolve()
  const fresh = openHall(world.house)
  return (await fresh.find(code)) ?? meeting
}

describe('an evening in Holmetofte', () => {
  test('fifty answer, and the result says forty, thirty-two and forty-five of fifty', async () => {
    const evening = await anEvening()
    await evening.answers(50, (i) => card(i < 40 ? 2 : 3, i < 32 ? 1 : 5, i < 45 ? 1 : 4))
    expect(await answeredSoFar(evening.hall, evening.meeting.id)).toBe(50)
    expect(await communityResult(evening.hall, evening.meeting.id)).toBeNull()
    await countAttendance(world.freja, evening.code, 58)
    await close(evening)
    const result = await communityResult(evening.hall, evening.meeting.id)
    expect(result?.body.questions).toMatchObject({
      INF: { kind: 'share', yes: 40, answered: 50, low: 67, high: 89 },
      ABLE: { yes: 32, low: 50, high: 76 },
      COUR: { yes: 45, low: 79, high: 96 },
    })
    expect(result?.body).toMatchObject({ attended: 58, answered: 50 })
  })

  test('the same phone may correct its answer until the card closes, and an older answer that arrives late does not win', async () => {
    const evening = await anEvening()
    const phone = evening.phone()
    await answerExitCard(evening.hall, evening.meeting, phone, { answers: card(4, 4, 4), rev: 1 })
    await answerExitCard(evening.hall, evening.meeting, phone, { answers: card(1, 1, 1), rev: 3 })
    await answerExitCard(evening.hall, evening.meeting, phone, { answers: card(4, 4, 4), rev: 2 })
    await evening.answers(9, () => card(1, 1, 3))
    await close(evening)
    const counts = await world.sql(
      'select question, answer, n from community.card_count where meeting_id = $1 order by 1, 2',
      [evening.meeting.id],
    )
    expect(counts).toEqual([
      { question: 'ABLE', answer: 1, n: 10 },
      { question: 'COUR', answer: 1, n: 1 },
      { question: 'COUR', answer: 3, n: 9 },
      { question: 'INF', answer: 1, n: 10 },
    ])
  })

  test('from two tabs at once one card is counted', async () => {
    const evening = await anEvening()
    const phone = evening.phone()
    await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        answerExitCard(evening.hall, evening.meeting, phone, { answers: card((i % 4) + 1, 1, 1), rev: 1 }),
      ),
    )
    expect(await answeredSoFar(evening.hall, evening.meeting.id)).toBe(1)
  })

  test('after closing nothing is left but the counts: no card, and no key', async () => {
    const evening = await anEvening()
    await evening.answers(6, () => card(1, 2, 3))
    const key = join(world.keyFolder, `${evening.meeting.id}.round-1.key`)
    expect(existsSync(key)).toBe(true)
    await close(evening)
    expect(existsSync(key)).toBe(false)
    expect(await world.sql('select from community.sealed_card where meeting_id = $1', [evening.meeting.id])).toEqual([])
  })

  test('what is stored while the card is open has no answer, no time and no order in it', async () => {
    const evening = await anEvening()
    await evening.answers(3, () => card(1, 1, 1))
    const columns = await world.sql(
      `select attname from pg_attribute where attrelid = 'community.sealed_shares'::regclass and attnum > 0`,
    )
    expect(columns.map((column) => column.attname).sort()).toEqual([
      'box',
      'meeting_id',
      'purpose',
      'rev',
      'round',
      'tag',
    ])
    const boxes = await world.sql('select box, tag from community.sealed_shares where meeting_id = $1', [
      evening.meeting.id,
    ])
    expect(new Set(boxes.map(({ box }) => (box as Buffer).length))).toEqual(new Set([53]))
    expect(new Set(boxes.map(({ box }) => (box as Buffer).subarray(34).toString('hex'))).size).toBe(3)
  })

  test('a card that is closed twice at once is counted once', async () => {
    const evening = await anEvening()
    await evening.answers(12, () => card(1, 2, 3))
    await Promise.allSettled([close(evening), close(evening), close(evening)])
    expect(
      await world.sql('select cards from community.counted_cards where meeting_id = $1', [evening.meeting.id]),
    ).toEqual([{ cards: 12 }])
  })

  test('answers that come while the card closes are counted now or wait as late cards; none is lost', async () => {
    const evening = await anEvening()
    const coming = evening.answers(60, () => card(1, 2, 3))
    await close(evening)
    await coming
    const [counted] = await world.sql('select cards from community.counted_cards where meeting_id = $1', [
      evening.meeting.id,
    ])
    const [late] = await world.sql('select count(*)::int as n from community.sealed_shares where meeting_id = $1', [
      evening.meeting.id,
    ])
    expect(Number(counted?.cards) + Number(late?.n)).toBe(60)
  })

  test('a card that nobody closes is closed at its deadline', async () => {
    const evening = await anEvening()
    await evening.answers(5, (i) => card(i < 3 ? 1 : 3, i < 2 ? 1 : 3, i < 3 ? 2 : 4))
    const ordered = world.later.ordered.filter((job) => job.data.meeting === evening.meeting.id)
    expect(ordered).toEqual([
      { name: 'exit-card.close', data: { meeting: evening.meeting.id }, at: new Date('2027-03-15T06:00:00Z') },
    ])
    await exitCardJobs(() => world.later)[0]?.work(world.house, ordered[0]?.data ?? {})
    expect((await now(evening)).life.phase).toBe('closed')
    expect((await communityResult(evening.hall, evening.meeting.id))?.body.answered).toBe(5)
  })

  test('a closed meeting takes no answer from a phone that was not there', async () => {
    const evening = await anEvening()
    await close(evening)
    const closed = await now(evening)
    await expect(answerExitCard(evening.hall, closed, null, { answers: card(1, 1, 1), rev: 1 })).rejects.toMatchObject({
      code: 'meeting.closed',
    })
  })

  test('a meeting that has not opened takes no answers', async () => {
    const code = await aMeeting()
    const hall = openHall(world.house)
    const meeting = await hall.find(code)
    if (!meeting) throw new Error('the meeting is planned')
    await expect(answerExitCard(hall, meeting, null, { answers: card(1, 1, 1), rev: 1 })).rejects.toMatchObject({
      code: 'meeting.not-open',
    })
  })
})

describe('attendance', () => {
  test('counted anew after closing it makes a new version; said again it makes none', async () => {
    const evening = await anEvening()
    await evening.answers(12, (i) => card(i < 6 ? 1 : 3, i < 6 ? 1 : 3, i < 6 ? 1 : 3))
    await close(evening)
    await countAttendance(world.freja, evening.code, 30)
    await countAttendance(world.freja, evening.code, 30)
    expect(await communityResult(evening.hall, evening.meeting.id)).toMatchObject({
      version: 2,
      body: { attended: 30 },
    })
  })

  test('counted while the card closes, it is in the result', async () => {
    for (let round = 0; round < 5; round++) {
      const evening = await anEvening()
      await evening.answers(12, (i) => card(i < 6 ? 1 : 3, i < 6 ? 1 : 3, i < 6 ? 1 : 3))
      await Promise.all([countAttendance(world.freja, evening.code, 40), close(evening)])
      expect((await communityResult(evening.hall, evening.meeting.id))?.body.attended).toBe(40)
    }
  })
})

describe('late cards', () => {
  test('a phone that never heard the thanks sends again after closing and is not counted twice', async () => {
    const evening = await anEvening()
    const phone = evening.phone()
    await answerExitCard(evening.hall, evening.meeting, phone, { answers: card(1, 1, 1), rev: 1 })
    await close(evening)
    await answerExitCard(evening.hall, await now(evening), phone, { answers: card(1, 1, 1), rev: 1 })
    expect(await world.sql('select from community.sealed_card where meeting_id = $1', [evening.meeting.id])).toEqual([])
  })

  test('a correction after closing is refused in words', async () => {
    const evening = await anEvening()
    const phone = evening.phone()
    await answerExitCard(evening.hall, evening.meeting, phone, { answers: card(1, 1, 1), rev: 1 })
    await close(evening)
    const correction = answerExitCard(evening.hall, await now(evening), phone, { answers: card(4, 4, 4), rev: 2 })
    await expect(correction).rejects.toMatchObject({ code: 'card.counted' })
  })

  test('four late cards never show: they count in attendance alone', async () => {
    const evening = await anEvening()
    await evening.answers(12, (i) => card(i < 6 ? 1 : 3, i < 6 ? 1 : 3, i < 6 ? 1 : 3))
    const latecomers = [evening.phone(), evening.phone(), evening.phone(), evening.phone()]
    await close(evening)
    const closed = await now(evening)
    for (const phone of latecomers)
      await answerExitCard(evening.hall, closed, phone, { answers: card(1, 1, 1), rev: 1 })
    await lateCardCame(world.house, evening.meeting.id)
    await runLateJob(evening.meeting.id)
    expect(await communityResult(evening.hall, evening.meeting.id)).toMatchObject({
      version: 1,
      body: { answered: 12 },
    })
  })

  test('six late cards that agree on nothing join on the last late day', async () => {
    const evening = await anEvening()
    await evening.answers(12, (i) => card(i < 6 ? 1 : 3, i < 6 ? 1 : 3, i < 6 ? 1 : 3))
    const latecomers = Array.from({ length: 6 }, () => evening.phone())
    await close(evening)
    const closed = await now(evening)
    for (const [i, phone] of latecomers.entries()) {
      const answer = i < 3 ? 1 : 3
      await answerExitCard(evening.hall, closed, phone, { answers: card(answer, answer, answer), rev: 1 })
    }
    await lateCardCame(world.house, evening.meeting.id)
    expect((await communityResult(evening.hall, evening.meeting.id))?.version).toBe(1)
    await runLateJob(evening.meeting.id)
    expect(await communityResult(evening.hall, evening.meeting.id)).toMatchObject({
      version: 2,
      body: { answered: 18, questions: { INF: { yes: 9 } } },
    })
  })

  test('twenty late cards join at once, also when all say the same', async () => {
    const evening = await anEvening()
    await evening.answers(30, (i) => card(i < 20 ? 1 : 3, i < 20 ? 1 : 3, i < 20 ? 1 : 3))
    const latecomers = Array.from({ length: 20 }, () => evening.phone())
    await close(evening)
    const closed = await now(evening)
    await Promise.all(
      latecomers.map((phone) => answerExitCard(evening.hall, closed, phone, { answers: card(1, 1, 1), rev: 1 })),
    )
    await lateCardCame(world.house, evening.meeting.id)
    expect(await communityResult(evening.hall, evening.meeting.id)).toMatchObject({
      version: 2,
      body: { answered: 50, questions: { INF: { yes: 40 } } },
    })
  })

  test('after the late days neither keys nor receipts are left, and no card is taken', async () => {
    const evening = await anEvening()
    await evening.answers(5, () => card(1, 1, 3))
    const phone = evening.phone()
    await close(evening)
    await runLateJob(evening.meeting.id)
    expect(readdirSync(world.keyFolder).filter((name) => name.startsWith(evening.meeting.id))).toEqual([])
    expect(await world.sql('select from community.card_receipt where meeting_id = $1', [evening.meeting.id])).toEqual(
      [],
    )
    await expect(
      answerExitCard(evening.hall, await now(evening), phone, { answers: card(1, 1, 1), rev: 1 }),
    ).rejects.toMatchObject({ code: 'meeting.closed' })
  })
})

describe('a closing that is cut off', () => {
  test('before its commit: the cards and the key are still there, and the next closing counts them', async () => {
    const evening = await anEvening()
    await evening.answers(7, () => card(1, 2, 3))
    const broken = { ...world.later, order: () => Promise.reject(new Error('the power went')) }
    await expect(closeExitCard(world.freja, broken, evening.code)).rejects.toThrow('the power went')
    expect(await answeredSoFar(evening.hall, evening.meeting.id)).toBe(7)
    await close(evening)
    expect(
      await world.sql('select cards from community.counted_cards where meeting_id = $1', [evening.meeting.id]),
    ).toEqual([{ cards: 7 }])
  })

  test('after its commit, before the key was destroyed: the next start destroys it', async () => {
    const evening = await anEvening()
    await evening.answers(7, () => card(1, 2, 3))
    const keeps: House = { ...world.house, keys: { ...world.house.keys, destroyRound: () => undefined } }
    await closeExitCard({ ...world.freja, house: keeps }, world.later, evening.code)
    const key = join(world.keyFolder, `${evening.meeting.id}.round-1.key`)
    expect(existsSync(key)).toBe(true)
    await sweepKeys(world.house)
    expect(existsSync(key)).toBe(false)
    expect(existsSync(join(world.keyFolder, `${evening.meeting.id}.round-2.key`))).toBe(true)
  })

  test('between closing and counting: the next start counts the same cards', async () => {
    const evening = await anEvening()
    await evening.answers(7, () => card(1, 2, 3))
    let looks = 0
    const openRound: House['keys']['openRound'] = (meeting, round) => {
      looks++
      if (looks > 1) throw new Error('the power went')
      return world.house.keys.openRound(meeting, round)
    }
    const falls: House = { ...world.house, keys: { ...world.house.keys, openRound } }
    await expect(closeExitCard({ ...world.freja, house: falls }, world.later, evening.code)).rejects.toThrow(
      'the power went',
    )
    expect((await now(evening)).life.phase).toBe('closed')
    expect(await communityResult(evening.hall, evening.meeting.id)).toBeNull()
    await finishClosings(world.house)
    expect((await communityResult(evening.hall, evening.meeting.id))?.body.answered).toBe(7)
    expect(existsSync(join(world.keyFolder, `${evening.meeting.id}.round-1.key`))).toBe(false)
  })

  test('a closing whose commit was never heard of: the next look destroys the key', async () => {
    const evening = await anEvening()
    await evening.answers(7, () => card(1, 2, 3))
    const keeps: House = { ...world.house, keys: { ...world.house.keys, destroyRound: () => undefined } }
    await closeExitCard({ ...world.freja, house: keeps }, world.later, evening.code)
    await exitCardJobs(() => world.later)[0]?.work(world.house, { meeting: evening.meeting.id })
    expect(existsSync(join(world.keyFolder, `${evening.meeting.id}.round-1.key`))).toBe(false)
  })

  test('the sweeping leaves a key whose meeting this database does not know', async () => {
    const stranger = '01890000-0000-7000-8000-000000000009'
    world.house.keys.makeRound(stranger, 1)
    await sweepKeys(world.house)
    expect(existsSync(join(world.keyFolder, `${stranger}.round-1.key`))).toBe(true)
    world.house.keys.destroyRound(stranger, 1)
  })

  test('the sweeping leaves the keys of a card that is open', async () => {
    const evening = await anEvening()
    await sweepKeys(world.house)
    await evening.answers(5, () => card(1, 2, 3))
    await close(evening)
    expect((await communityResult(evening.hall, evening.meeting.id))?.body.answered).toBe(5)
  })

  test('on a machine without the key nothing is counted and nothing is dropped', async () => {
    const evening = await anEvening()
    await evening.answers(5, () => card(1, 2, 3))
    const elsewhere: House = { ...world.house, keys: keyCabinet(join(world.keyFolder, 'elsewhere')) }
    await expect(closeExitCard({ ...world.freja, house: elsewhere }, world.later, evening.code)).rejects.toMatchObject({
      code: 'key.missing',
    })
    expect(await answeredSoFar(evening.hall, evening.meeting.id)).toBe(5)
    await close(evening)
  })
})

describe('who cannot', () => {
  test.each(['guest', 'karsten', 'stranger', 'amira'] as const)(
    '%s can neither open, count nor close the card of Holmetofte',
    async (name) => {
      const code = await aMeeting()
      await expect(openExitCard(world[name], world.later, code)).rejects.toMatchObject({ name: 'Refusal' })
      await expect(countAttendance(world[name], code, 9)).rejects.toMatchObject({ name: 'Refusal' })
      await openExitCard(world.freja, world.later, code)
      await expect(closeExitCard(world[name], world.later, code)).rejects.toMatchObject({ name: 'Refusal' })
    },
  )

  test.each(['guest', 'karsten', 'stranger', 'amira'] as const)(
    '%s cannot plan a meeting in Holmetofte',
    async (name) => {
      await expect(planMeeting(world[name], place(), plan)).rejects.toMatchObject({ name: 'Refusal' })
    },
  )

  test('a stranger who asks the database itself changes no meeting of Holmetofte', async () => {
    const code = await aMeeting()
    const done = await asActor(world.stranger, (tx) =>
      tx.updateTable('community.meeting').set({ purpose: 'Et andet' }).where('code', '=', code).executeTakeFirst(),
    )
    expect(done.numUpdatedRows).toBe(0n)
  })

  test('a host cannot open a meeting behind the back of the keys', async () => {
    const code = await aMeeting()
    const opening = asActor(world.freja, (tx) =>
      tx.updateTable('community.meeting').set({ phase: 'closed' }).where('code', '=', code).execute(),
    )
    await expect(opening).rejects.toMatchObject({ code: '42501' })
  })

  test('the municipality sees the result 48 hours after the community, and not a minute before', async () => {
    const evening = await anEvening()
    await evening.answers(12, (i) => card(i < 6 ? 1 : 3, i < 6 ? 1 : 3, i < 6 ? 1 : 3))
    await close(evening)
    expect((await findResult(world.karsten, evening.code)).result?.body.answered).toBe(12)
    expect((await findResult(world.amira, evening.code)).result).toBeNull()
    world.clock.forward(47.99)
    expect((await findResult(world.amira, evening.code)).result).toBeNull()
    world.clock.forward(0.02)
    expect((await findResult(world.amira, evening.code)).result?.body.answered).toBe(12)
    world.clock.forward(-48)
  })

  test('the municipality never sees the counts of five to nine answers', async () => {
    const evening = await anEvening()
    await evening.answers(7, (i) => card(i < 3 ? 1 : 3, i < 4 ? 1 : 3, i < 5 ? 1 : 3))
    await close(evening)
    expect((await findResult(world.karsten, evening.code)).result?.body.questions.INF).toEqual({
      kind: 'words',
      yes: 3,
      answered: 7,
    })
    world.clock.forward(49)
    expect((await findResult(world.amira, evening.code)).result?.body).toMatchObject({
      answered: null,
      questions: { INF: { kind: 'too-few' } },
    })
    world.clock.forward(-49)
  })

  test('a frozen result is not changed, not even by the owner of the database', async () => {
    await expect(world.sql(`update community.result set body = '{}'`)).rejects.toThrow('a frozen result is not changed')
  })
})
