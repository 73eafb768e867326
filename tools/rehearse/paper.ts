// The paper of a rehearsal: cards that the host types in by keyboard, twice, with a slip of the finger on the way.
import { randomUUID } from 'node:crypto'
import type { Chance } from './chance.ts'
import { type Host, titleOf } from './host.ts'
import { type Card, type Said, someCard } from './phone.ts'

/** As many as the page takes at once. */
const mostInPile = 60

type Pass = 'first' | 'second'

/** Types these many cards, in piles. Answers what was on them. */
export async function typePaper(host: Host, code: string, howMany: number, chance: Chance): Promise<Said[]> {
  const cards = Array.from({ length: howMany }, (_, number) => paperCard(number, chance))
  for (let from = 0; from < howMany; from += mostInPile)
    await typePile(host, code, cards.slice(from, from + mostInPile), chance)
  return cards
}

/** Now and then a question is left open. */
function paperCard(number: number, chance: Chance): Said {
  const [inf, able, cour] = someCard(chance)
  const card: Card = chance.next() < 0.2 ? [inf, null, cour] : [inf, able, cour]
  const words = chance.next() < 0.3 ? { words: `Jeg skriver på papir, nummer ${number}.` } : null
  const next = words ?? (chance.next() < 0.5 ? 'nothing' : null)
  return { way: 'on paper', cards: [card], late: false, next, who: chance.next() < 0.5 ? chance.between(0, 5) : null }
}

async function typePile(host: Host, code: string, cards: readonly Said[], chance: Chance): Promise<void> {
  const path = `/m/${code}/pile`
  const pile = randomUUID()
  const post = async (fields: [string, string][], wanted: number, what: string): Promise<void> => {
    const answer = await host.ask('POST', path, { form: new URLSearchParams(fields) })
    if (answer.status !== wanted) throw new Error(`${what} of a pile got ${answer.status}: ${titleOf(answer.text)}`)
  }
  const first = typed('first', cards)
  await post([['stage', 'first'], ['pile', pile], ...first], 200, 'the first time')
  // One finger slips the second time: the totals differ, and the page says so.
  const [name, value] = typed('second', cards)[0] ?? ['', '']
  const slipped = typed('second', cards).map((field): [string, string] =>
    field[0] === name ? [name, String((Number(value) % 5) + 1)] : field,
  )
  await post([['stage', 'second'], ['pile', pile], ...first, ...slipped], 400, 'a slip of the finger')
  const right: [string, string][] = [['stage', 'mend'], ['pile', pile], ...first, ...typed('second', cards)]
  await post(right, 303, 'the second time')
  // The scribe does not see that it went well, and presses again: it is the same pile.
  if (chance.next() < 0.5) await post(right, 303, 'the same pile again')
}

/** The fields as they are typed. The first time a mark is enough where somebody wrote words. */
function typed(pass: Pass, cards: readonly Said[]): [string, string][] {
  return cards.flatMap(({ cards: [card], next, who }, place) => {
    const name = (column: string) => `${pass}-${place + 1}-${column}`
    const [inf, able, cour] = card ?? [null, null, null]
    const words = next === null ? '' : next === 'nothing' ? '0' : pass === 'first' ? 'x' : next.words
    const digit = (number: number | null) => (number === null ? '' : String(number))
    return [
      [name('inf'), digit(inf)],
      [name('able'), digit(able)],
      [name('cour'), digit(cour)],
      [name('next'), words],
      [name('who'), digit(who)],
    ] as [string, string][]
  })
}
