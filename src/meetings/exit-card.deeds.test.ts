import { beforeAll, describe, expect, test } from 'vitest'
import { makeWorld, type World } from '../test-world.ts'
import { answerExitCard } from './answering.deeds.ts'
import type { CardAnswers } from './exit-card.ts'
import { closeExitCard, countAttendance, openExitCard } from './exit-card.deeds.ts'
import { communityResult, openHall } from './hall.ts'
import { planMeeting } from './meeting.deeds.ts'
import { issueToken, readToken } from './phone-token.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})

const plan = { kind: 'listening', purpose: 'Hvem tør have nøglen?', place: 'Forsamlingshuset', hostName: 'Freja', date: '2027-03-14', time: '19:00' } as const
const aMeeting = () => planMeeting(world.freja, { id: world.holmetofte, timeZone: 'Europe/Copenhagen' }, plan)

const card = (INF: number, ABLE: number, COUR: number) => ({ INF, ABLE, COUR }) as CardAnswers

describe('an evening in Holmetofte', () => {
  test('fifty answer, and the result says forty, thirty-two and forty-five of fifty', async () => {
    const code = await aMeeting()
    await openExitCard(world.freja, world.later, code)
    const hall = openHall(world.house)
    const meeting = await hall.find(code)
    if (!meeting?.phones) throw new Error('the meeting is open')
    const { phones } = meeting
    await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        answerExitCard(hall, meeting, readToken(phones, issueToken(phones)), { answers: card(i < 40 ? 2 : 3, i < 32 ? 1 : 5, i < 45 ? 1 : 4), rev: 1 }),
      ),
    )
    expect(await communityResult(hall, meeting.id)).toBeNull()
    await countAttendance(world.freja, code, 58)
    await closeExitCard(world.freja, world.later, code)
    const result = await communityResult(hall, meeting.id)
    expect(result?.body.questions).toMatchObject({
      INF: { kind: 'share', yes: 40, answered: 50, low: 67, high: 89 },
      ABLE: { yes: 32, low: 50, high: 76 },
      COUR: { yes: 45, low: 79, high: 96 },
    })
    expect(result?.body).toMatchObject({ attended: 58, answered: 50 })
    expect(await world.sql('select count(*)::int as n from community.sealed_card')).toEqual([{ n: 0 }])
  })
})
