// How many live in a place by age: public statistics with their source and year, read and reckoned.

export const ageBands = ['0-14', '15-24', '25-44', '45-64', '65-79', '80+'] as const
export type AgeBand = (typeof ageBands)[number]
const isAgeBand = (text: string): text is AgeBand => ageBands.includes(text as AgeBand)

/** A count of everybody who lives there, by age. Every band is in it. */
export interface Population {
  people: Record<AgeBand, number>
  /** "Danmarks Statistik, BY3". */
  source: string
  year: number
}

export const peopleIn = ({ people }: Population): number => ageBands.reduce((sum, band) => sum + people[band], 0)

/** Rows of the database as one count; null when a band is missing, or when they are not of one source and year. */
export function populationFrom(
  rows: readonly { band: string; people: number; source: string; year: number }[],
): Population | null {
  const [first] = rows
  if (!first || rows.some(({ source, year }) => source !== first.source || year !== first.year)) return null
  const people = {} as Record<AgeBand, number>
  for (const row of rows) if (isAgeBand(row.band)) people[row.band] = row.people
  return ageBands.every((band) => people[band] !== undefined)
    ? { people, source: first.source, year: first.year }
    : null
}

export interface BandRow {
  band: AgeBand
  people: number
  /** Of all who live there, in whole percent; null where nobody does. */
  percent: number | null
  /** Beside the largest band, 0-100: bars begin at nothing and share one scale. */
  length: number
}

export function bandRows(population: Population): BandRow[] {
  const all = peopleIn(population)
  const largest = Math.max(...ageBands.map((band) => population.people[band]))
  return ageBands.map((band) => {
    const people = population.people[band]
    return {
      band,
      people,
      percent: all > 0 ? Math.round((people / all) * 100) : null,
      length: largest > 0 ? (people / largest) * 100 : 0,
    }
  })
}
