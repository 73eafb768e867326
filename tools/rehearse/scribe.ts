// The scribe: types in what twenty people without a phone wrote on paper, row by row, with a slip of the finger and a row sent twice.
import { randomUUID } from 'node:crypto'
import type { Chance } from './chance.ts'
import { type Host, titleOf } from './host.ts'

export interface OnPaper {
  people: number
  /** Words by their text; the same words may be on several slips. */
  words: { kind: string; text: string }[]
  promises: string[]
  firstTimers: number
}

const kinds = ['unbearable', 'change', 'resource', 'hope'] as const
const atATime = 10

export async function typeOnPaper(host: Host, code: string, people: number, chance: Chance): Promise<OnPaper> {
  const path = `/m/${code}/scribe`
  const post = async (section: string, rows: Record<string, string>[], wanted = 303) => {
    const form = new URLSearchParams()
    rows.forEach((row, place) => {
      for (const [column, value] of Object.entries(row)) form.set(`${section}-${place + 1}-${column}`, value)
    })
    const answer = await host.ask('POST', `${path}/${section}`, { form })
    if (answer.status !== wanted) throw new Error(`${section} on paper got ${answer.status}: ${titleOf(answer.text)}`)
  }
  const handfuls = async (section: string, rows: Record<string, string>[]) => {
    for (let from = 0; from < rows.length; from += atATime) {
      const some = rows.slice(from, from + atATime).map((row) => ({ ...row, id: randomUUID() }))
      await post(section, some)
      // The scribe does not see that it went well, and sends the same again: they are the same rows.
      if (chance.next() < 0.5) await post(section, some)
    }
  }
  const numbers = Array.from({ length: people }, (_, number) => number)
  const door = numbers.map((number) => ({
    name: `Papir ${number}`,
    first: number % 3 === 0 ? 'f' : 'n',
    bringer: number % 2 === 0 ? 'naboen' : '"',
  }))
  await handfuls('door', door)
  const words = numbers.map((number) => ({
    kind: kinds[number % kinds.length] ?? 'hope',
    text: number % 7 === 3 ? 'Der mangler en bænk' : `På papir står der noget om vejen, nummer ${number}`,
  }))
  // A row without words is not taken, and nothing of it is kept.
  await post('words', [{ kind: 'hope', text: '…', id: randomUUID() }], 400)
  await handfuls('words', words)
  const promises = numbers.filter((number) => number % 4 === 0).map((number) => `Jeg skriver et brev, nummer ${number}`)
  await handfuls(
    'promises',
    promises.map((what, place) => ({ name: `Papir ${place}`, what, when: '' })),
  )
  return { people, words, promises, firstTimers: door.filter(({ first }) => first === 'f').length }
}

/** The dots that were counted on the wall, by theme. Typed once, and corrected once. */
export async function typeDots(host: Host, code: string, themes: readonly string[]): Promise<Map<string, number>> {
  const path = `/m/${code}/scribe/dots`
  const counted = new Map(themes.map((theme, place) => [theme, place * 3]))
  const post = async (totals: ReadonlyMap<string, number>) => {
    const page = (await host.ask('GET', `/m/${code}/scribe`)).text
    const form = new URLSearchParams()
    for (const [theme, n] of totals) {
      form.set(`dot-${theme}`, String(n))
      for (const name of ['seen', 'was'])
        form.set(`${name}-${theme}`, new RegExp(`name="${name}-${theme}" value="(\\d*)"`).exec(page)?.[1] ?? '')
    }
    const answer = await host.ask('POST', path, { form })
    if (answer.status !== 303) throw new Error(`dots on paper got ${answer.status}: ${titleOf(answer.text)}`)
  }
  await post(new Map([...counted].map(([theme, n]) => [theme, n + 1])))
  await post(counted)
  return counted
}
