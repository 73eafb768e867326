// Villages nobody lives in: people who join, leave, say their age or not, and are in an association or not, over eight quarters.
import { type OwnBand, ownBands, type People } from '../../../src/shares/breakdown.ts'
import type { Dice } from '../../attack/dice.ts'

export const quarters = 8

interface Neighbour {
  band: OwnBand | null
  member: boolean
  /** The quarters in which they are there: from the first up to, but not including, the last. */
  from: number
  to: number
}

export interface Village {
  residents: number
  people: readonly Neighbour[]
}

const isThere = ({ from, to }: Neighbour, quarter: number): boolean => from <= quarter && quarter < to

/** How the ages of a village are spread: as in most, young, old, all alike, or one of another age. */
const spreads = [
  [2, 4, 13, 19, 15, 6],
  [6, 9, 12, 5, 1, 0],
  [0, 1, 3, 8, 20, 12],
  [0, 0, 0, 0, 1, 0],
  [0, 0, 1, 40, 0, 0],
] as const

/** From 20 to 1,200 residents, of whom a few or most take part. */
export function makeVillage(dice: Dice): Village {
  const residents = Math.round(20 * 60 ** dice.next())
  const takePart = residents * (0.02 + 0.7 * dice.next() ** 2)
  const spread = spreads[dice.below(spreads.length)] ?? spreads[0]
  const [silent, inAssociation, restless] = [0.4 * dice.next() ** 2, dice.next(), 0.15 * dice.next() ** 2]
  const somebody = (from: number): Neighbour => {
    let to = from + 1
    while (to < quarters && !dice.happens(restless)) to++
    return {
      band: dice.happens(silent) ? null : (ownBands[dice.weighted(spread)] ?? null),
      member: dice.happens(inAssociation),
      from,
      to,
    }
  }
  const people: Neighbour[] = []
  for (let n = 0; n < takePart; n++) people.push(somebody(0))
  for (let quarter = 1; quarter < quarters; quarter++) {
    const come = dice.happens(0.3) ? dice.below(4) : dice.below(2 + Math.ceil(takePart * 2 * restless))
    for (let n = 0; n < come; n++) people.push(somebody(quarter))
  }
  return { residents, people }
}

export function peopleIn({ people }: Village, quarter: number): People {
  const here = people.filter((one) => isThere(one, quarter))
  const ages = Object.fromEntries(ownBands.map((band) => [band, here.filter((one) => one.band === band).length]))
  return { all: here.length, ages: ages as People['ages'], members: here.filter(({ member }) => member).length }
}

/** Of those who are there now, who came after an earlier quarter. */
export const joinedSince = ({ people }: Village, before: number, now: number): number =>
  people.filter((one) => one.from > before && isThere(one, now)).length
