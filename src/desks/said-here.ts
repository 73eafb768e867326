// What a place's page tells of what was said and chosen at its meetings: hope beside the unbearable, and promises only as counts.
import { type Actor, isMunicipal } from '../db/as-actor.ts'
import type { StatementKind } from '../meetings/evening.ts'
import { isSmall } from '../meetings/result.ts'
import { minimumAnswers } from '../shares/published.ts'
import type { MeetingToTell } from './place.ts'

/** Something that was said at a meeting, which its speaker has opened to all. */
export interface OpenedWords {
  kind: StatementKind
  text: string
  lang: string
  /** How many have said that they know it too. */
  recognised: number
  /** Of which meeting. */
  code: string
}

/** Rows of the page: what gives, and beside it something that cannot be borne. The unbearable never stands alone (method 2.2). */
export interface Beside {
  pairs: { gives: OpenedWords; unbearable: OpenedWords | null }[]
}

/** So many rows are enough to know a place by. */
const mostPairs = 4

const sameWords = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}]+/gu, ' ')
    .trim() || text

/** What many know comes first; what was said twice is shown once. Each row begins with a hope or something we have. */
export function beside(words: readonly OpenedWords[]): Beside {
  const said = new Map<string, OpenedWords>()
  for (const one of words) {
    const key = `${one.kind} ${sameWords(one.text)}`
    const known = said.get(key)
    said.set(key, known ? { ...known, recognised: known.recognised + one.recognised } : { ...one })
  }
  const ranked = [...said.values()].sort((a, b) => b.recognised - a.recognised)
  const of = (kind: StatementKind) => ranked.filter((one) => one.kind === kind)
  const gives = inTurn(of('hope'), of('resource')).slice(0, mostPairs)
  const unbearable = of('unbearable')
  return { pairs: gives.map((one, place) => ({ gives: one, unbearable: unbearable[place] ?? null })) }
}

/** One of each in turn, so that hopes do not crowd out what we have, nor the other way round. */
function inTurn<T>(one: readonly T[], other: readonly T[]): T[] {
  const both: T[] = []
  for (let place = 0; place < Math.max(one.length, other.length); place += 1)
    for (const side of [one, other]) {
      const next = side[place]
      if (next !== undefined) both.push(next)
    }
  return both
}

export interface Priority {
  name: string
  code: string
}

/** What one meeting chose to take on. */
export interface Doing {
  meeting: MeetingToTell
  names: string[]
}

/** So many meetings back it still tells what we do now. */
const mostMeetings = 3

/** By meeting, the newest first. Only meetings that have been held: what is chosen tonight is the hall's until it is over. */
export const doingOf = (chosen: readonly Priority[], held: readonly MeetingToTell[]): Doing[] =>
  held
    .map((meeting) => ({
      meeting,
      names: chosen.filter(({ code }) => code === meeting.code).map(({ name }) => name),
    }))
    .filter(({ names }) => names.length > 0)
    .slice(0, mostMeetings)

/** How many promises were made, and how many are kept; null for what is too few to tell of anybody. */
export interface Promises {
  made: number
  kept: number | null
}

/** The municipality sees numbers only from ten on, and so does everybody in a place of less than a hundred. */
export const fewestFor = (role: Actor['role'], residents: number | null): number =>
  Math.max(minimumAnswers(isSmall(residents)), isMunicipal({ role }) ? 10 : 0)

export function promisesToTell({ made, kept }: { made: number; kept: number }, fewest: number): Promises | null {
  if (made < fewest) return null
  return { made, kept: kept >= fewest ? kept : null }
}
