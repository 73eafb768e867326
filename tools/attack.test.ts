import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { attackMeetings, readControl, type SizeResult } from './attack/administrator.ts'
import { dice } from './attack/dice.ts'
import { holdEveningAndCards, tiesOf } from './attack/evening-tie.ts'
import { certainOf, chanceOf, guess, isSame } from './attack/guess.ts'
import { type AttackedHouse, openAttackedHouse } from './attack/house.ts'
import { methods } from './attack/linking.ts'
import { residentsOf } from './attack/residents.ts'
import { links } from './attack/score.ts'
import { watchHeld, watchStories } from './attack/watching.ts'

const seeded = dice(20270314)
let attacked: AttackedHouse
beforeAll(async () => {
  attacked = await openAttackedHouse()
}, 90_000)
afterAll(() => attacked?.end())

const linking = ({ scored }: SizeResult) =>
  scored.filter(({ score }) => links(score)).map(({ name, about, score }) => ({ name, about, ...score }))

describe('the administrator, with every table, file, log and backup', () => {
  test('reads sixty of sixty cards that are kept as plain rows, by every method but the counts alone', async () => {
    const { people, scored } = await readControl(attacked, 60, seeded.apart('control'))
    expect(scored.filter(({ score }) => Math.round(score.right) !== people).map(({ name }) => name)).toEqual([])
    expect(methods.length).toBeGreaterThan(12)
  })

  test.each([5, 12, 60])(
    "links nobody's card better than chance in meetings of %i",
    { timeout: 120_000 },
    async (residents) => {
      const result = await attackMeetings(attacked, { residents, meetings: 3 }, seeded.apart(`size ${residents}`))
      expect(linking(result)).toEqual([])
    },
  )

  test('does not know the card of one who was alone in answering', async () => {
    expect(linking(await attackMeetings(attacked, { residents: 1, meetings: 3 }, seeded.apart('alone')))).toEqual([])
  })

  test('does not know who answered between a closing that was cut off and the next one', async () => {
    const which = { residents: 12, meetings: 3, cutOff: true }
    expect(linking(await attackMeetings(attacked, which, seeded.apart('cut off')))).toEqual([])
  })

  test('reads every card with the key itself, copied while the card is open: that is the limit residents are told', async () => {
    const { withKey } = await attackMeetings(attacked, { residents: 12, meetings: 1 }, seeded.apart('limit'))
    expect(withKey).toEqual({ right: 12, of: 12 })
  })
})

describe('the administrator, with the words of the evening', () => {
  test('ties no card to what the same phones said, recognised, chose or said at the door, nor those to each other', {
    timeout: 60_000,
  }, async () => {
    const residents = residentsOf(seeded.apart('evening'), 12).filter(({ medium, late }) => medium === 'phone' && !late)
    const rows = await holdEveningAndCards(attacked, residents)
    for (const table of ['statement', 'recognition', 'dot', 'arrival', 'sealed_shares'])
      expect(rows.filter((row) => row.table === `community.${table}`).length, table).toBeGreaterThan(0)
    expect(tiesOf(rows)).toEqual([])
    // As it would be if a program used one tag for all that a phone does, or kept a card and words together.
    const tag = rows.find(({ table }) => table === 'community.sealed_shares')?.row.tag
    const careless = rows.map((row) => (row.table === 'community.dot' ? { ...row, row: { ...row.row, tag } } : row))
    expect(tiesOf(careless)).toMatchObject([{ how: 'the same value', what: 'tag = tag' }])
    const together = rows.map((row) => (/statement|sealed/.test(row.table) ? { ...row, xmin: 7 } : row))
    expect(tiesOf(together)).toMatchObject([{ how: 'the same transaction' }])
  })
})

describe('the watcher of the hall screen and of both results', () => {
  test('recovers no answer from 500 orders of events', () => {
    expect(watchStories(seeded.apart('orders'), 500)).toMatchObject({ stories: 500, recovered: [] })
  })

  test('would recover answers if late cards joined as they come', () => {
    expect(watchStories(seeded.apart('careless'), 5, true).recovered.length).toBeGreaterThan(0)
  })

  test('recovers no answer from meetings that are really held, and the database shows what the rules say', {
    timeout: 60_000,
  }, async () => {
    expect(await watchHeld(attacked, seeded.apart('held'), 2)).toMatchObject({ recovered: [], unlike: [], twins: [] })
  })
})

test('chance is what guesses by the counts alone get right', () => {
  const residents = residentsOf(seeded.apart('chance'), 12).slice(0, 12)
  const counts = { INF: [], ABLE: [], COUR: [] } as Record<'INF' | 'ABLE' | 'COUR', [number, number][]>
  for (const question of ['INF', 'ABLE', 'COUR'] as const)
    for (const answer of [1, 2, 3, 4, 5]) {
      const n = residents.filter(({ answers }) => answers[question] === answer).length
      if (n > 0) counts[question].push([answer, n])
    }
  const people = residents.map(({ id }) => id)
  const chance = residents.reduce((sum, { answers }) => sum + chanceOf(answers, counts, 12), 0)
  const rounds = 20_000
  let right = 0
  for (let round = 0; round < rounds; round++) {
    const guessed = guess({ parts: [{ people, said: { kind: 'counts', counts } }], found: '' }, seeded)
    for (const { id, answers } of residents) {
      const card = guessed.get(id)
      if (card && isSame(card, answers)) right++
    }
  }
  expect(right / rounds).toBeCloseTo(chance, 1)
})

test('counts that are listed as they were met give away the whole card of the first', () => {
  const residents = residentsOf(seeded.apart('met'), 5).slice(0, 5)
  const met = (question: 'INF' | 'ABLE' | 'COUR') => {
    const counts = new Map<number, number>()
    for (const { answers } of residents)
      counts.set(answers[question] ?? 0, (counts.get(answers[question] ?? 0) ?? 0) + 1)
    return [...counts]
  }
  const people = residents.map(({ id }) => id)
  const counts = { INF: met('INF'), ABLE: met('ABLE'), COUR: met('COUR') }
  const clue = { parts: [{ people, said: { kind: 'first-met', counts } as const }], found: '' }
  expect(certainOf(clue)).toEqual([0])
  for (let round = 0; round < 100; round++) expect(guess(clue, seeded).get(0)).toEqual(residents[0]?.answers)
})
