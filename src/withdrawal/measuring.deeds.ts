// At the end of each quarter the signs of every place are reckoned, once. It may be asked for at any hour, and twice: so it is never missed.
import { randomInt } from 'node:crypto'
import { dayAfter, wallTimeIn } from '../clock.ts'
import { usualTimeZone } from '../communities/municipality.ts'
import { asSystem, type House } from '../db/as-actor.ts'
import { wilson } from '../shares/wilson.ts'
import type { Completeness, Ties } from '../ties/tie.ts'
import { completenessIn, tiesIn } from '../ties/ties-in.ts'
import { fallingFor, quarterBefore, quarterOf } from './criteria.ts'
import * as ask from './measuring.queries.ts'
import { leastBehind, type Outline } from './outline.ts'
import { forgetOutlines, newInQuarter, writeOutline } from './outlines.queries.ts'
import type { Reckoned } from './reckoning.ts'
import { outlineApart, reckonApart } from './reckoning-apart.ts'

const why = 'the signs of a place are reckoned when a quarter has ended'

/** So many quarters are told when a place begins with ties that are older than its figures. */
const backTo = 4

/** Reckons the quarters of the last year that have ended, for each place that lacks them: the oldest first, one after the other. */
export async function measureQuarters(house: House): Promise<number> {
  const today = wallTimeIn(usualTimeZone, house.clock.now()).date
  await asSystem(house, 'outlines that nobody keeps go after a year', (tx) => forgetOutlines(tx, today))
  let first = quarterOf(today)
  const newest = quarterBefore(first)
  const quarters: string[] = []
  for (let at = 0; at < backTo; at++) {
    first = quarterBefore(first)
    quarters.unshift(first)
  }
  let reckoned = 0
  for (const quarter of quarters) {
    const places = await asSystem(house, why, (tx) => ask.placesWithout(tx, quarter))
    for (const place of places) await measurePlace(house, place, quarter, quarter === newest)
    reckoned += places.length
  }
  return reckoned
}

/** `first` is the first day of a quarter that has ended. Reckons between two transactions, so that nobody waits for it. */
async function measurePlace(house: House, place: ask.PlaceToMeasure, first: string, newest: boolean): Promise<void> {
  const on = dayAfter(quarterAfter(first), -1)
  const { ties, counted, recorded, since } = await asSystem(house, why, async (tx) => ({
    ties: await tiesIn(tx, place.id, on),
    counted: await ask.countFor(tx, place, on),
    recorded: await completenessIn(tx, place.id, on),
    since: await newInQuarter(tx, place.id, first),
  }))
  const staff = ties.staff.map(({ at }) => at)
  const reckoned = await reckonApart({ people: ties.people, ends: ties.ends, staff, away: staff, me: null })
  // Between two outlines that somebody lays on each other at least five neighbours have got a tie: what has changed is never what one of them did.
  // Of a quarter from long ago the first ties are forgotten already: what is left of them is no outline.
  const outline = newest && since >= leastBehind ? await drawnOf(ties, reckoned, recorded) : null
  await writeQuarter(house, place.id, first, { figures: figuresOf(reckoned, counted), outline })
}

/** What was reckoned of a quarter. `kept`: as the place has chosen, in the demo. */
export const writeQuarter = (
  house: House,
  community: string,
  first: string,
  { figures, outline, kept }: { figures: readonly ask.Figure[]; outline: Outline | null; kept?: boolean },
): Promise<void> =>
  asSystem(house, why, async (tx) => {
    await ask.writeFigures(tx, community, first, figures)
    if (outline) await writeOutline(tx, community, first, outline, kept)
  })

/** By chance: in which order the employees come, and where the groups begin. */
function drawnOf({ people, ends, hidden, staff }: Ties, reckoned: Reckoned, recorded: Completeness) {
  const shuffled = staff.map(({ at }) => ({ at, by: randomInt(2 ** 32) })).sort((a, b) => a.by - b.by)
  return outlineApart({
    people,
    ends,
    hidden,
    staff: shuffled.map(({ at }) => at),
    seed: randomInt(2 ** 31),
    reckoned,
    recorded,
  })
}

function quarterAfter(first: string): string {
  const month = Number(first.slice(5, 7))
  const year = Number(first.slice(0, 4))
  return month === 10 ? `${year + 1}-01-01` : `${year}-${String(month + 3).padStart(2, '0')}-01`
}

/** All signs from what was counted. A share of nobody is not told: null. */
export function figuresOf(reckoned: Reckoned, counted: ask.Counted): ask.Figure[] {
  const { residents, retention, band, orphanShare, brokerage } = reckoned
  const shares = [...counted.shares.map((share) => (share === null ? null : Number(share))), brokerage]
  const known = shares.filter((share) => share !== null).length
  return [
    { criterion: 'retention', value: retention, base: reckoned.together.before },
    { criterion: 'retention-low', value: band?.low ?? null, base: reckoned.together.before },
    { criterion: 'retention-high', value: band?.high ?? null, base: reckoned.together.before },
    { criterion: 'orphans', value: orphanShare, base: residents },
    {
      criterion: 'autonomy',
      value: counted.meetings > 0 ? counted.own / counted.meetings : null,
      base: counted.meetings,
    },
    { criterion: 'redundancy', value: counted.twoCan, base: counted.people },
    { criterion: 'leaders', value: counted.leaders, base: counted.people },
    { criterion: 'leader-ages', value: counted.agesSaid > 0 ? counted.ages : null, base: counted.agesSaid },
    {
      criterion: 'neighbours',
      value: counted.newcomers > 0 ? wilson(counted.brought, counted.newcomers).low : null,
      base: counted.newcomers,
    },
    { criterion: 'brokerage', value: fallingFor(shares), base: known },
    { criterion: 'brokerage-share', value: brokerage, base: residents },
    {
      criterion: 'vote',
      value: counted.voted === null ? null : counted.voted.adopted ? 1 : 0,
      base: counted.voted?.present ?? 0,
    },
  ]
}
