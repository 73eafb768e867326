// Who came, as the door list has it: a first name, whether it is their first time, and who brought them, read as people write it.

import { lookOver } from '../../hints.ts'
import { oneLine } from '../../line.ts'
import { longest } from '../commitments/commitment.ts'
import type { BroughtBy } from '../saying/saying.ts'

export interface Arrived {
  name: string | null
  /** Null when nobody said. */
  firstTime: boolean | null
  broughtBy: BroughtBy
  /** As it was written, when it says more than the kind does. */
  bringer: string | null
}

export interface Arrival extends Arrived {
  id: string
  medium: 'phone' | 'paper' | 'host'
  rev: number
}

/** As long as a name may be. */
export const longestBringer = longest.name

/** What stands alone for a kind: it says no name. */
const alone: Record<Exclude<BroughtBy, 'association'>, RegExp> = {
  unknown: /^(?:[-–?.]+|ved ikke|ukendt|husker ikke|unknown|don['’]?t know|do not know)$/u,
  self: /^(?:jeg |kom )?(?:mig |sig |dig |hende |ham |dem )?selv$|^(?:mig|alene|ingen|plakaten?|opslaget|myself|self|by myself|nobody|alone)$/u,
  municipality: /^(?:fra )?(?:en |den )?(?:fra )?(?:kommun(?:en?|ens|alt)|the municipality|municipality)$/u,
  neighbour: /^(?:en |min |a |my )?(?:nabo|naboen|naboer|neighbou?r)$/u,
}
const associationAlone = /^(?:en |min |vores |an |the |my |our )?(?:foreningen?|klubben|klub|association|club)$/u

/** Names of associations say so themselves: Borgerforeningen, boldklubben, lokalrådet, vejlauget, HG&IF, Spejderne. */
const association =
  /(?:forening|foreningen|foreninger|klub|klubben|laug|lauget|lokalråd|lokalrådet|menighedsråd|menighedsrådet|bestyrelse|bestyrelsen|association|club)(?:s)?(?=$|[\s,.)])|(?:^|\s)(?:spejderne|vinterbaderne|købmandens venner)(?=$|\s)/u
const associationLetters = /(?:^|[\s&])(?:IF|BK|GF|IK|KFUM)(?=$|\s)/u
const municipality = /(?:^|[\s(])(?:fra )?kommun(?:en|e)(?=$|[\s,.)])|kommunes?$|(?:^|\s)municipality(?=$|[\s,.)])/u

/** Understands what somebody wrote under »Hvem tog dig med?«. What is no kind is a neighbour's name. */
export function readBringer(text: string): Pick<Arrived, 'broughtBy' | 'bringer'> {
  const words = oneLine(text)
  const low = words.toLowerCase()
  if (low === '' || alone.unknown.test(low)) return { broughtBy: 'unknown', bringer: null }
  if (alone.self.test(low)) return { broughtBy: 'self', bringer: null }
  if (alone.municipality.test(low)) return { broughtBy: 'municipality', bringer: null }
  if (alone.neighbour.test(low)) return { broughtBy: 'neighbour', bringer: null }
  if (associationAlone.test(low)) return { broughtBy: 'association', bringer: null }
  // »Amira fra kommunen«, »Borgerforeningen«: what is written says more than its kind, and is kept.
  if (municipality.test(low)) return { broughtBy: 'municipality', bringer: words }
  if (association.test(low) || associationLetters.test(words)) return { broughtBy: 'association', bringer: words }
  return { broughtBy: 'neighbour', bringer: words }
}

/** The same as it would be written again. */
export function sayBringer(
  { broughtBy, bringer }: Pick<Arrived, 'broughtBy' | 'bringer'>,
  kind: (of: BroughtBy) => string,
): string {
  if (bringer) return bringer
  return broughtBy === 'unknown' ? '' : kind(broughtBy)
}

/** `f` or a cross: for the first time. `n`: has been here before. Nothing: nobody said. Undefined: that is no such letter. */
export function readFirst(text: string): boolean | null | undefined {
  const key = oneLine(text).toLowerCase()
  if (key === '') return null
  if (/^(?:f|første|første gang|first|x|j|ja|y|yes|1)$/.test(key)) return true
  return /^(?:n|nej|no|0|-)$/.test(key) ? false : undefined
}

export interface ArrivalProblem {
  field: 'name' | 'first' | 'bringer'
  code: 'too-long' | 'cpr' | 'first' | 'empty'
}

export type ReadArrival = { ok: true; value: Arrived } | { ok: false; problems: ArrivalProblem[] }

/** Reads one row of the list. `"` under »Hvem tog dig med?« is what stands in the row above. */
export function readArrival(said: { name: string; first: string; bringer: string }, above = ''): ReadArrival {
  const problems: ArrivalProblem[] = []
  const name = oneLine(said.name)
  const bringer = isDitto(said.bringer) ? oneLine(above) : oneLine(said.bringer)
  for (const [field, text] of [
    ['name', name],
    ['bringer', bringer],
  ] as const) {
    if ([...text].length > longestBringer) problems.push({ field, code: 'too-long' })
    else if (lookOver(text).cpr) problems.push({ field, code: 'cpr' })
  }
  const firstTime = readFirst(said.first)
  if (firstTime === undefined) problems.push({ field: 'first', code: 'first' })
  if (name === '' && bringer === '' && oneLine(said.first) === '') problems.push({ field: 'name', code: 'empty' })
  if (problems.length > 0) return { ok: false, problems }
  return { ok: true, value: { name: name || null, firstTime: firstTime ?? null, ...readBringer(bringer) } }
}

/** The marks people put for "as above". */
export const isDitto = (text: string): boolean => /^(?:["”„″]+|''|do\.?)$/.test(oneLine(text))

/** What the door list says in numbers. Each has its base beside it. */
export interface DoorCounts {
  here: number
  first: number
  /** Of how many it is known whether it is their first time. */
  firstKnown: number
  brought: Record<BroughtBy, number>
}

export function countDoor(arrivals: readonly Arrived[]): DoorCounts {
  const brought: Record<BroughtBy, number> = { neighbour: 0, association: 0, municipality: 0, self: 0, unknown: 0 }
  for (const { broughtBy } of arrivals) brought[broughtBy] += 1
  return {
    here: arrivals.length,
    first: arrivals.filter(({ firstTime }) => firstTime === true).length,
    firstKnown: arrivals.filter(({ firstTime }) => firstTime !== null).length,
    brought,
  }
}
