// Where others are told of in what somebody wrote: their names, numbers, addresses and mails. Proposals, for the officer to decide one by one.
import { namesIn } from '../hints.ts'

export type SpotKind = 'name' | 'telephone' | 'mail' | 'address'

/** `text.slice(start, end)` may tell of another. */
export interface Spot {
  start: number
  end: number
  kind: SpotKind
}

/** What is the asker's own, and stays: what they are called, and where they are reached. */
export interface Own {
  names: readonly string[]
  reached: readonly string[]
}

const wordIn = /[\p{L}\p{M}]+(?:[-'’][\p{L}\p{M}]+)*/gu
const small = (text: string): string => text.normalize('NFC').toLocaleLowerCase('da')
const wordsOf = (text: string): string[] => small(text).match(wordIn) ?? []
/** "Jens" and "Jens'", "Karstens", "Karsten's": the same person. */
const bare = (word: string): string => word.replace(/['’]s?$|s$/u, '')
/** A number as it is dialled here: without blanks, and without the country's own code. */
const dialled = (text: string): string => text.replace(/[^\d+]/g, '').replace(/^(?:\+|00)45(?=\d{8}$)/, '')

const mails = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu
/** Eight digits as they are written here, or a number with the code of a country. Not part of a longer number, and no date. */
const numbers =
  /(?<![\p{L}\d+@.,/-])(?:(?:\+|00)45[ .-]?)?\d(?:[ .-]?\d){7}(?![\d@]|[.,/-]\d)|(?<![\p{L}\d])(?:\+|00)(?!45)[1-9]\d{0,2}(?:[ .-]?\d){6,12}(?!\d)/gu
const dates = /^(?:\d{4}[-. ]\d{1,2}[-. ]\d{1,2}|\d{1,2}[-. ]\d{1,2}[-. ]\d{4})$/
/** "Bakkevej 12", "Ny Bredgade 3 B, 2. tv". */
const streets =
  /(?<![\p{L}\p{M}])(?:\p{Lu}[\p{L}\p{M}.]*\s+)?\p{Lu}[\p{L}\p{M}]*(?:vej|vejen|gade|gaden|allé|alle|stræde|strædet|torv|torvet|plads|vænget|vænge|parken|bakken|toften|haven|stien|sti)\s+\d{1,3}(?!\d)(?:\s?[A-Za-z](?![\p{L}\p{M}]))?(?:,?\s*(?:\d{1,2}\.?|st\.?)\s*(?:sal|tv|th|mf)\b\.?)?/gu

/** Everything that may tell of another than the asker, from left to right, no two over each other. `known`: who else is known in the room. */
export function spotsIn(text: string, own: Own, known: readonly string[]): Spot[] {
  const reached = new Set(own.reached.flatMap((one) => [small(one), dialled(one)]))
  const mine = new Set(own.names.flatMap(wordsOf))
  const isMine = (name: string) => wordsOf(name).every((word) => mine.has(word) || mine.has(bare(word)))
  const found: Spot[] = []
  /** Where their own number and mail stand. Nothing that lies over them is another's: "Jens Skovalle 22 33 44 55" is no address. */
  const kept: { start: number; end: number }[] = []
  const add = (kind: SpotKind, start: number, end: number) => {
    if (end > start && ![...found, ...kept].some((one) => start < one.end && one.start < end))
      found.push({ kind, start, end })
  }
  for (const { 0: mail, index } of text.matchAll(mails))
    if (reached.has(small(mail))) kept.push({ start: index, end: index + mail.length })
    else add('mail', index, index + mail.length)
  for (const { 0: number, index } of text.matchAll(numbers))
    if (reached.has(dialled(number))) kept.push({ start: index, end: index + number.length })
    else if (!dates.test(number)) add('telephone', index, index + number.length)
  for (const { 0: street, index } of text.matchAll(streets))
    if (![...reached].some((one) => one.startsWith(small(street)))) add('address', index, index + street.length)
  for (const { start, end } of [...knownIn(text, known), ...namesIn(text)])
    if (!isMine(text.slice(start, end))) add('name', start, end)
  return found.toSorted((a, b) => a.start - b.start)
}

/** The names of the room where they stand as words: whole, or the first name with a capital. The longest first. */
function knownIn(text: string, known: readonly string[]): { start: number; end: number }[] {
  const whole = new Map<string, string[][]>()
  const firsts = new Set<string>()
  for (const name of known) {
    const parts = wordsOf(name)
    const [first = ''] = parts
    whole.set(first, [...(whole.get(first) ?? []), parts])
    if (first.length >= 2) firsts.add(first)
  }
  const words = [...text.matchAll(wordIn)].map(({ 0: word, index }) => ({ word, index, end: index + word.length }))
  const matches = (parts: readonly string[], at: number) =>
    parts.every((part, n) => {
      const word = small(words[at + n]?.word ?? '')
      return word === part || (n === parts.length - 1 && bare(word) === bare(part))
    })
  return words
    .flatMap(({ word, index, end }, at) => {
      const longest = [...(whole.get(small(word)) ?? []), ...(whole.get(bare(small(word))) ?? [])]
        .filter((parts) => parts.length > 1 && matches(parts, at))
        .sort((a, b) => b.length - a.length)[0]
      if (longest) return [{ start: index, end: words[at + longest.length - 1]?.end ?? end }]
      const isFirst = firsts.has(small(word)) || firsts.has(bare(small(word)))
      return isFirst && /^\p{Lu}/u.test(word) ? [{ start: index, end }] : []
    })
    .sort((a, b) => b.end - b.start - (a.end - a.start))
}

export const taken = '•••'

/** The text with these spots taken out; all else is as it was. */
export const without = (text: string, spots: readonly Spot[]): string =>
  spots
    .toSorted((a, b) => b.start - a.start)
    .reduce((left, { start, end }) => left.slice(0, start) + taken + left.slice(end), text)
