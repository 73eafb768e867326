import fc from 'fast-check'
import { v7 as uuid } from 'uuid'
import { beforeAll, expect, test } from 'vitest'
import type { House } from '../db/as-actor.ts'
import { makeWorld, type World } from '../test-world.ts'
import { runNight } from './retention.deeds.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
  // Only the people of the story are looked at.
  await world.sql(`update community.person set active_on = '2040-01-01'`)
})

const first = Date.parse('2027-03-01T04:00:00Z')
const day = 86_400_000
const dayAt = (n: number): string => new Date(first + n * day).toISOString().slice(0, 10)
/** Twenty-four months before, by the calendar and reckoned in another way than the program's. */
function twoYearsBefore(date: string): string {
  const [year = 0, month = 1, ofMonth = 1] = date.split('-').map(Number)
  const last = new Date(Date.UTC(year - 2, month, 0)).getUTCDate()
  return `${year - 2}-${String(month).padStart(2, '0')}-${String(Math.min(ofMonth, last)).padStart(2, '0')}`
}

/** A house in which the night is cut off after so many transactions. */
function cutAfter(house: House, most: number): House {
  let n = 0
  const db = new Proxy(house.db, {
    get(target, name) {
      if (name === 'transaction' && ++n > most) throw new Error('cut off')
      const value = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return { ...house, db }
}

interface Somebody {
  id: string
  active: string
  asked: string | null
  gone: boolean
}

test('over three years nothing is kept longer than its rule, nothing goes before, and what was counted stays counted', async () => {
  const story = fc.record({
    people: fc.array(fc.integer({ min: -900, max: 0 }), { minLength: 8, maxLength: 20 }),
    meetings: fc.array(fc.integer({ min: -700, max: 900 }), { minLength: 2, maxLength: 5 }),
    nights: fc.array(
      fc.record({
        gap: fc.integer({ min: 4, max: 30 }),
        life: fc.option(fc.nat(19), { nil: null }),
        how: fc.constantFrom('once', 'once', 'once', 'twice', 'two at once', 'cut off'),
        cut: fc.integer({ min: 1, max: 9 }),
      }),
      { minLength: 45, maxLength: 60 },
    ),
  })
  await fc.assert(
    fc.asyncProperty(story, async ({ people, meetings, nights }) => {
      const all: Somebody[] = []
      for (const at of people) {
        const one = { id: uuid(), active: dayAt(at), asked: null, gone: false }
        all.push(one)
        await world.sql(
          `insert into community.person (id, community_id, name, exists_by, medium, joined_on, active_on) values ($1, $2, 'Birthe', 'said_yes', 'paper', $3, $3)`,
          [one.id, world.holmetofte, one.active],
        )
      }
      const held: { id: string; at: string }[] = []
      for (const [n, at] of meetings.entries()) {
        const one = { id: uuid(), at: new Date(first + at * day).toISOString() }
        held.push(one)
        await world.sql(
          `insert into community.meeting (id, community_id, code, kind, purpose, place, host_name, starts_at) values ($1, $2, $3, 'listening', 'x', 'Hallen', 'Freja', $4)`,
          [
            one.id,
            world.holmetofte,
            `HA${'ABCDEFGH'[n]}${one.id
              .replace(/[^2-9]/g, '')
              .slice(-3)
              .padStart(3, '7')}`,
            one.at,
          ],
        )
        for (const who of ['Jens', 'Lena', 'Sofus'])
          await world.sql(`insert into community.arrival (meeting_id, medium, name) values ($1, 'host', $2)`, [
            one.id,
            who,
          ])
      }

      let at = 0
      for (const { gap, life, how, cut } of nights) {
        at += gap
        const today = dayAt(at)
        world.clock.set(new Date(first + at * day).toISOString())
        const lively = life === null ? undefined : all[life]
        if (lively && !lively.gone) {
          lively.active = today
          await world.sql('select community.shows_life(null, $1, $2)', [lively.id, today])
        }
        const night = (house = world.house) => runNight(house, 'https://oplive.example.dk')
        if (how === 'cut off') await night(cutAfter(world.house, cut)).catch(() => undefined)
        if (how === 'two at once') await Promise.all([night(), night()])
        await night()
        if (how === 'twice') await night()
        // Another of the two may have been at it: whoever comes by later finishes it.
        for (let more = 0; more < 5; more++) {
          const [run] = await world.sql('select ended_at from community.retention_run where day = $1', [today])
          if (run?.ended_at) break
          await night()
        }

        // The same, told by hand.
        for (const one of all) {
          if (one.gone) continue
          if (one.asked !== null && one.active >= one.asked) one.asked = null
          if (one.asked !== null && dayAt(at - 30) > one.asked) one.gone = true
          else if (one.asked === null && one.active < twoYearsBefore(today)) one.asked = today
        }
        const here = new Set((await world.sql('select id from community.person')).map(({ id }) => id))
        const asked = new Map(
          (await world.sql('select person_id, asked_on from community.still_question')).map((row) => [
            row.person_id,
            row.asked_on,
          ]),
        )
        for (const one of all) {
          expect([today, one.id, here.has(one.id)]).toEqual([today, one.id, !one.gone])
          expect([today, one.id, asked.get(one.id) ?? null]).toEqual([today, one.id, one.gone ? null : one.asked])
        }
        for (const meeting of held) {
          const rows = await world.sql('select name from community.arrival where meeting_id = $1', [meeting.id])
          expect(rows).toHaveLength(3)
          const over = meeting.at < `${twoYearsBefore(today)}T04:00:00.000Z`
          expect([today, meeting.at, rows.filter(({ name }) => name === null).length]).toEqual([
            today,
            meeting.at,
            over ? 3 : 0,
          ])
        }
      }
      // The next story begins anew.
      await world.sql('delete from community.person where id = any($1)', [all.map(({ id }) => id)])
      await world.sql('delete from community.meeting where id = any($1)', [held.map(({ id }) => id)])
      await world.sql('delete from community.retention_run')
    }),
    { numRuns: Number(process.env.STORIES ?? 2), endOnFailure: true },
  )
}, 240_000)
