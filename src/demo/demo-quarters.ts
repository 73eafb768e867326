// How Holmetofte held together, quarter by quarter: two years ago all hung on one employee, and the place has kept that picture.
import type { House } from '../db/as-actor.ts'
import { quarterBefore, quarterOf } from '../withdrawal/criteria.ts'
import { figuresOf, writeQuarter } from '../withdrawal/measuring.deeds.ts'
import { outlineOf } from '../withdrawal/outline.ts'
import { reckon } from '../withdrawal/reckoning.ts'
import { hangingOnOne, twoYearsLater, type Weave } from './demo-ties.ts'

/** The last quarter that has ended is reckoned by the program itself, from the talks of the demo. */
const quarters = 8

/** Of eight steps from a village that hangs on one to the same two years later: this share of what is new is there, and so much of the old is over. */
function onTheWay(share: number): Weave {
  const [first, last] = [hangingOnOne(), twoYearsLater()]
  const part = <Of>(list: readonly Of[], from: number, to: number): Of[] =>
    list.filter((_, at) => (at * 37) % 100 >= 100 * from && (at * 37) % 100 < 100 * to)
  const among = [...part(first.among, share, 1), ...part(last.among, 0, share)]
  const withStaff = [...part(first.withStaff, share, 1), ...part(last.withStaff, 0, share)]
  return {
    residents: 1 + Math.max(...among.flat(), ...withStaff.map(([, one]) => one)),
    staff: 1 + Math.max(...withStaff.map(([worker]) => worker)),
    among,
    withStaff,
  }
}

/** `places` are the communities by slug. */
export async function keepDemoQuarters(house: House, places: ReadonlyMap<string, string>): Promise<void> {
  const community = places.get('holmetofte') ?? ''
  const shares: (number | null)[] = []
  // The last that has ended is one step further: by then all of it is there.
  let quarter = quarterBefore(quarterOf(house.clock.now().toISOString().slice(0, 10)))
  const firsts = Array.from({ length: quarters }, () => {
    quarter = quarterBefore(quarter)
    return quarter
  }).reverse()
  for (const [step, first] of firsts.entries()) {
    const { residents, staff: employees, among, withStaff } = onTheWay(step / quarters)
    const staff = Array.from({ length: employees }, (_, at) => residents + at)
    const people = residents + employees
    const ends = Int32Array.from([...among, ...withStaff.map(([worker, one]) => [residents + worker, one])].flat())
    const reckoned = reckon({ people, ends, staff, away: staff, me: null })
    const counted = {
      meetings: 3 + (step % 3),
      own: Math.min(3, Math.floor(step / 2)),
      twoCan: Math.min(2, Math.floor(step / 3)),
      leaders: Math.floor(step / 2),
      agesSaid: Math.floor(step / 2),
      ages: Math.min(2, Math.floor(step / 2)),
      newcomers: 12 + 3 * step,
      brought: 2 + 2 * step,
      voted: null,
      shares,
      people: residents,
    }
    const figures = figuresOf(reckoned, counted)
    shares.push(reckoned.brokerage)
    const hidden = new Uint8Array(ends.length / 2)
    const recorded = { active: 30 + 3 * step, confirmed: 4 * step }
    const outline = outlineOf({ people, ends, hidden, staff, seed: 1, reckoned, recorded })
    // The first is kept by the place; of the others those of the last year are still there.
    const shown = step === 0 || step > quarters - 4
    await writeQuarter(house, community, first, { figures, outline: shown ? outline : null, kept: step === 0 })
  }
}
