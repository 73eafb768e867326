// People of a place as a number that others may see: how many, and some parts of them, so that no count of a few can be read from it.
import { checkCount } from './group.ts'
import { CROWD, minimumAnswers } from './published.ts'

/** The parts that may be told, in the order in which they are tried. The order never depends on how many there are. */
export const parts = ['members', 'under40', 'from60', 'from40to59', 'under25', 'under18', 'from75'] as const
export type Part = (typeof parts)[number]

/** Of whom each is a part. What is left of them has no number of its own; those who have not said their age are always among it. */
const within: Record<Part, 'all' | Part> = {
  members: 'all',
  under40: 'all',
  from60: 'all',
  from40to59: 'all',
  under25: 'under40',
  under18: 'under25',
  from75: 'from60',
}
export const withinOf = (part: Part): 'all' | Part => within[part]

/** The age bands somebody may choose for themselves (method 5.3). Nobody under fifteen has a record of their own. */
export const ownBands = ['15-17', '18-24', '25-39', '40-59', '60-74', '75+'] as const
export type OwnBand = (typeof ownBands)[number]

/** People as they were counted. Nobody's eyes but the counting's. */
export interface People {
  readonly all: number
  /** How many chose each band. Who chose none is in none. */
  readonly ages: Readonly<Record<OwnBand, number>>
  /** How many are in at least one association or group. */
  readonly members: number
}

/** The same as it may be shown: multiples of five. Null: too few, or too few others. Where all are too few, nothing is told of any part. */
export interface PeopleShown {
  readonly all: number | null
  readonly parts: Readonly<Record<Part, number | null>>
}

export const step = 5
/** A number stands for as many as this more or fewer. */
export const off = 2
/** Rundet til nærmeste fem. */
export const rounded = (people: number): number => step * Math.floor((people + off) / step)

const nothing = Object.fromEntries(parts.map((part) => [part, null])) as Record<Part, null>
export const nothingOfPeople: PeopleShown = { all: null, parts: nothing }

/** How many each part holds. */
export function partsOf({ ages, members }: Pick<People, 'ages' | 'members'>): Record<Part, number> {
  const under25 = ages['15-17'] + ages['18-24']
  return {
    members,
    under40: under25 + ages['25-39'],
    from60: ages['60-74'] + ages['75+'],
    from40to59: ages['40-59'],
    under25,
    under18: ages['15-17'],
    from75: ages['75+'],
  }
}

/**
 * What may be shown of the people of one place at one count. Throws RangeError on numbers that no place can have.
 *
 * The total is told from five people on, ten in a place of fewer than a hundred. A part is told when it holds that many, and when the
 * numbers of the page leave that many beside it and beside the parts told before it, however each of them was rounded. So what is left is
 * always a group as well, and a part that is not told is hidden in it (complementary suppression). Zero is hidden like one to four.
 *
 * Guaranteed to one who knows the rules and sees this and every other count of the place, and does not know who the people are:
 * - A hidden part may hold nobody, and each number up to the minimum less one. (Take any population that gives this page. Give the part
 *   that many; let the others of what is left have said nothing of their age. It gives the same page.)
 * - A number that is told may stand for every whole number that rounds to it and is not below the minimum, also for one who knows the
 *   total exactly: no rule looks at what the rounding hides, but that a part holds the minimum.
 * - So no cell, and no difference between two counts, is known to be between one and four, and nobody is known to be like all others.
 *
 * Source: method 4.4 (minimum cells, complementary suppression) and trust T3; rounding and one pattern as in Eurostat's farm survey.
 */
export function publishPeople(people: People, smallPlace: boolean): PeopleShown {
  const held = partsOf(people)
  checkPeople(people, held)
  const least = minimumAnswers(smallPlace)
  if (people.all < least) return nothingOfPeople
  const shown: Record<Part, number | null> = { ...nothing }
  /** How many are left of a whole, at the least, when the parts told before are taken away: as the page lets one reckon. */
  const left = new Map<string, number>()
  for (const part of parts) {
    const whole = within[part]
    const told = whole === 'all' ? rounded(people.all) : shown[whole]
    if (told === null) continue
    // Who is in an association is told of everybody, whatever their age.
    const pool = part === 'members' ? 'members' : whole
    const after = (left.get(pool) ?? told - off) - (rounded(held[part]) + off)
    if (held[part] < least || after < least) continue
    left.set(pool, after)
    shown[part] = rounded(held[part])
  }
  return { all: rounded(people.all), parts: shown }
}

function checkPeople(people: People, held: Record<Part, number>): void {
  for (const count of [people.all, people.members, ...Object.values(people.ages)]) checkCount(count)
  if (held.under40 + held.from60 + held.from40to59 > people.all || people.members > people.all)
    throw new RangeError('a part holds more than there are')
}

// --- Counting again

/** Who has come and who has gone since an earlier count. */
export interface Flow {
  readonly came: number
  readonly left: number
}

/** `joined`: those of now who came after the count before. Who came back (a merging undone) has come too. */
export function flowSince(before: number, now: number, joined: number): Flow {
  for (const count of [before, now, joined]) checkCount(count)
  const left = before + joined - now
  return left < 0 ? { came: joined - left, left: 0 } : { came: joined, left }
}

/**
 * May a new count take the place of the one that stands? `flows` are from each earlier count of the place, the one that stands last.
 * Where it may not, the earlier one stands, with its date. Throws RangeError on numbers that no place can have.
 *
 * Between two counts nobody has come, or as many as the minimum; the same of those who have gone. Key holders know who these are, and in
 * a place that is still the municipality's an employee may know. The answer rests on that alone, never on an age, so that it tells them
 * nothing of an age (simulatable auditing, Kenthapadi et al. 2005). Under twenty, some numbers wait too: six newcomers can move a
 * rounded number by ten only if all six are alike, nine can bring a hidden part to fifteen only if all nine are.
 * What was too few and still is, is not counted again: a new date would tell that somebody is there.
 */
export function mayCountAgain(stands: PeopleShown, now: number, flows: readonly Flow[], smallPlace: boolean): boolean {
  checkCount(now)
  const newest = flows.at(-1)
  if (!newest) return true
  const least = minimumAnswers(smallPlace)
  if (stands.all === null && now < least) return false
  return newest.came + newest.left > 0 && flows.every(({ came, left }) => isBatch(came, least) && isBatch(left, least))
}

function isBatch(people: number, least: number): boolean {
  checkCount(people)
  if (people === 0 || people >= CROWD) return true
  return people >= least && people % step !== 1 && people % step !== step - 1
}

// --- Several places together

/** Numbers that are shown, added: nothing else about several places is ever told. */
export interface Sum {
  /** Of the places that tell it. */
  readonly people: number
  readonly places: number
  /** Places that are in the question and do not tell it. */
  readonly silent: number
}

/**
 * The sum over places somebody has chosen. It is made of what each of them shows and of nothing else: the choice of places is a grouping
 * too, and no choice can tell more than the places do one by one (Statistics Denmark's practice, trust T3).
 */
export function addUp(places: readonly PeopleShown[], what: 'all' | Part): Sum {
  const told = places.map(({ all, parts }) => (what === 'all' ? all : parts[what])).filter((people) => people !== null)
  return {
    people: told.reduce((sum, people) => sum + people, 0),
    places: told.length,
    silent: places.length - told.length,
  }
}
