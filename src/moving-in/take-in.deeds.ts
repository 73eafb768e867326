// What the program does with lists by itself: goes through the rows part by part, and forgets whoever has said nothing, when the time is over.
import { v7 as uuid } from 'uuid'
import { wallTimeIn } from '../clock.ts'
import { asSystem, type House } from '../db/as-actor.ts'
import type { JobKind } from '../jobs/jobs.ts'
import { addAsked, forgetBefore } from './asked.queries.ts'
import type { ColumnField } from './headings.ts'
import { failedOnly, lookThrough, pressed, unpressed, without } from './look-through.ts'
import { movingJob } from './moving-in.deeds.ts'
import * as ask from './moving-in.queries.ts'

/** So many people at once: each part is kept, or none of it. */
const part = 500
const day = 86_400_000
/** Whoever has said nothing for so long is forgotten. */
export const askedDays = 60
/** The rows that failed, for whoever mends them. */
const failedDays = 7
/** That a list was brought, from where and on what ground. */
const listDays = 365

/** Goes on where it stopped: may be called twice, and after a fall. */
export async function takeIn(house: House, id: string): Promise<void> {
  const begun = await asSystem(house, 'a list whose people are asked', async (tx) => {
    const moving = await ask.holdMoving(tx, id)
    const rows = moving?.state === 'going' ? await ask.keptRows(tx, id) : null
    return moving && rows && { moving, rows, timeZone: await ask.zoneOf(tx, moving.community) }
  })
  if (!begun) return
  const { moving, timeZone } = begun
  const now = house.clock.now()
  const today = wallTimeIn(timeZone, now).date
  const table = await unpressed(begun.rows)
  const first = await lookThrough(table, moving.mapping as ColumnField[], today)
  const there = await asSystem(house, 'who of a list is in the place already', (tx) =>
    ask.alreadyThere(tx, moving.community, first.people, id),
  )
  const looked = without(first, there)
  for (let from = moving.readTo; ; from += part) {
    const people = looked.people
      .slice(from, from + part)
      .map((one) => ({ ...one, id: uuid(), row: table.rows[one.at]?.number ?? 0 }))
    const done = from + part >= looked.people.length
    const left = done ? await pressed(failedOnly(table, looked)) : null
    const goesOn = await asSystem(house, 'a part of a list is asked', async (tx) => {
      const held = await ask.holdMoving(tx, id)
      // Taken back meanwhile, or another is at it.
      if (held?.state !== 'going' || held.readTo !== from) return false
      await addAsked(tx, { moving: id, community: moving.community, today }, people)
      if (left) await ask.keepRows(tx, id, left, new Date(now.getTime() + failedDays * day))
      await ask.goneThrough(tx, id, from + people.length, people.length, done)
      return !done
    })
    if (!goesOn) return
  }
}

export const movingJobs = (): JobKind[] => [{ name: movingJob, work: (house, data) => takeIn(house, data.id ?? '') }]

/** Forgets what nobody has said yes to in sixty days, and what was only looked at. May run at any hour, and twice. Answers how many were forgotten. */
export async function forgetUnanswered(house: House): Promise<number> {
  const now = house.clock.now()
  return asSystem(house, 'who has not answered is forgotten', async (tx) => {
    const before = new Date(now.getTime() - askedDays * day).toISOString().slice(0, 10)
    const forgotten = await forgetBefore(tx, before)
    await ask.forgetRows(tx, now)
    await ask.forgetMovings(tx, new Date(now.getTime() - listDays * day))
    return forgotten
  })
}
