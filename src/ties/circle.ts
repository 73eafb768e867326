// Somebody's own circle: whom they have ties to, how near each is today, whom they lost touch with, and who of them could meet.
import { countsOn, halfLife, type TieSource, weightOf } from './tie.ts'

/** One of the circle, with all that makes the tie. */
export interface Neighbour {
  id: string
  name: string
  /** Somebody of the municipality. */
  staff: boolean
  /** Twice as much counts twice; a talk held today is 1. */
  weight: number
  ring: Ring
  /** The day of the newest thing between the two. */
  last: string
  /** Nothing for half a year: the tie weighs half of what it did, or less. */
  lost: boolean
  sources: TieSource[]
  hidden: boolean
}

/** How near somebody stands today: `near` from the weight of one fresh talk, `far` below the half of it. */
export type Ring = 'near' | 'middle' | 'far'
const ringOf = (weight: number): Ring => (weight >= 1 ? 'near' : weight >= 0.5 ? 'middle' : 'far')

export interface OwnSource extends TieSource {
  other: string
  name: string
  staff: boolean
  choice: 'hidden' | 'removed' | null
}

export interface Circle {
  /** The nearest first; of two as near, by name. Without those that were taken away. */
  people: Neighbour[]
  /** Whom one has taken away, and could take back. */
  removed: { id: string; name: string; staff: boolean }[]
}

const daysSince = (day: string, today: string) => Math.round((Date.parse(today) - Date.parse(day)) / 86_400_000)

/** The circle of somebody, from all that ties them to others. `today`: `yyyy-mm-dd`. */
export function circleOf(all: readonly OwnSource[], today: string): Circle {
  const byOther = new Map<string, OwnSource[]>()
  for (const source of all) {
    if (!countsOn(source, today)) continue
    byOther.set(source.other, [...(byOther.get(source.other) ?? []), source])
  }
  const circle: Circle = { people: [], removed: [] }
  for (const [id, sources] of byOther) {
    const [first] = sources
    if (!first) continue
    const { name, staff, choice } = first
    if (choice === 'removed') {
      circle.removed.push({ id, name, staff })
      continue
    }
    const weight = weightOf(sources, today)
    const newest = sources.map(({ kind, on }) => ({ kind, on })).sort((a, b) => b.on.localeCompare(a.on))
    const last = newest[0]?.on ?? today
    circle.people.push({
      id,
      name,
      staff,
      weight,
      ring: ringOf(weight),
      last,
      lost: daysSince(last, today) >= halfLife,
      sources: newest,
      hidden: choice === 'hidden',
    })
  }
  const byName = (a: { name: string; id: string }, b: { name: string; id: string }) =>
    a.name.localeCompare(b.name, 'da') || a.id.localeCompare(b.id)
  circle.people.sort((a, b) => b.weight - a.weight || byName(a, b))
  circle.removed.sort(byName)
  return circle
}

/** How many are named in each answer: a handful is something to do tomorrow, a list is not. */
const handful = 5

/** Whom one could call tomorrow: the nearest neighbours. Somebody of the municipality is at work; they are not whom one calls first. */
export const couldCall = ({ people }: Circle): Neighbour[] =>
  people.filter(({ staff, lost, ring }) => !staff && !lost && ring !== 'far').slice(0, handful)

/** Whom one has lost touch with: those who once were nearest, first. */
export const lostTouch = ({ people }: Circle): Neighbour[] =>
  people.filter(({ staff, lost }) => !staff && lost).slice(0, handful)

/** Two of the circle, by their ids, and what each likes to be asked about. */
export interface Pair {
  one: string
  oneAbout: string
  two: string
  twoAbout: string
}

/** Two who could meet, and what both let themselves be asked about. */
export interface Introduction {
  one: Neighbour
  two: Neighbour
  oneAbout: string
  twoAbout: string
}

/** Words that say nothing of what somebody can. */
const empty = new Set(
  'alle også andre anden bare begge blive bliver denne dette eller engang fordi gerne gøre have hele hjælpe hjælp hvad hvem hvis hvor ikke igen ingen lave lidt måske mange med mere meget mine nogle noget nogen også samme sammen selv sige skal ting være været ville about also and can for from have help like more other some that the them things this what with would'.split(
    ' ',
  ),
)
const wordsIn = (text: string): string[] =>
  (text.toLocaleLowerCase('da').match(/[\p{L}]{4,}/gu) ?? []).filter((word) => !empty.has(word))
/** "bage" and "bager", "cykel" and "cykler": one begins as the other, but for an ending of two letters. */
function alike(a: string, b: string): boolean {
  const shared = Math.max(4, Math.min(a.length, b.length) - 2)
  return Math.abs(a.length - b.length) <= 3 && a.slice(0, shared) === b.slice(0, shared)
}

/** Do the two speak of the same? By whole words; nobody is guessed at. */
export const speakOfTheSame = (a: string, b: string): boolean =>
  wordsIn(a).some((one) => wordsIn(b).some((two) => alike(one, two)))

/** At most three: who is not named is not told apart from who is tied already. */
const introductionsShown = 3

/** Whom one could introduce to whom, of the pairs the database allows: two who speak of the same thing, the nearest to oneself first. */
export function introductions({ people }: Circle, pairs: readonly Pair[]): Introduction[] {
  const at = new Map(people.filter(({ hidden, staff }) => !hidden && !staff).map((one) => [one.id, one]))
  return pairs
    .flatMap(({ one, two, oneAbout, twoAbout }) => {
      const [a, b] = [at.get(one), at.get(two)]
      return a && b && speakOfTheSame(oneAbout, twoAbout) ? [{ one: a, two: b, oneAbout, twoAbout }] : []
    })
    .sort((a, b) => b.one.weight + b.two.weight - a.one.weight - a.two.weight)
    .slice(0, introductionsShown)
}

/** A place on the map: the middle is oneself, at 0/0; the edge lies at 1. */
export interface Spot {
  x: number
  y: number
}

/** So many have room on a map that is 320 points wide; the others stand on the list. */
export const mostOnMap = 24
const goldenAngle = Math.PI * (3 - Math.sqrt(5))

/**
 * Where so many stand on the map, in the order of the list: the nearest in the middle, each with as much room as the others (the spiral of a
 * sunflower; H. Vogel 1979, Mathematical Biosciences 44:179).
 */
export function spotsOf(many: number): Spot[] {
  const shown = Math.min(many, mostOnMap)
  return Array.from({ length: shown }, (_, at) => {
    const [away, turn] = [Math.sqrt((at + 1.8) / (shown + 0.8)), at * goldenAngle]
    return { x: Math.sin(turn) * away, y: -Math.cos(turn) * away }
  })
}
