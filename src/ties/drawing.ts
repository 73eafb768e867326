// The drawing that two make together during a talk: names in three rings, on one phone. What of it goes over the line, and how it is written down.
import type { Ring } from './circle.ts'

export interface Mark {
  name: string
  ring: Ring
}

export const rings: readonly Ring[] = ['near', 'middle', 'far']
/** So many have room, and fit into a code that a phone reads. */
export const mostMarks = 24
export const longestName = 30

/** One line for each ring: "near:Birthe\tOle". A name holds no tab and no line end. */
export const marksText = (marks: readonly Mark[]): string =>
  rings
    .map((ring) => `${ring}:${marks.flatMap((mark) => (mark.ring === ring ? [mark.name] : [])).join('\t')}`)
    .join('\n')

/** A name as it is kept: one line, without blanks at its ends, not too long. */
export const cleanName = (typed: string): string =>
  [...typed.replaceAll(/[\p{C}\s]+/gu, ' ').trim()].slice(0, longestName).join('')

/** Reads what `marksText` wrote, from wherever it came: what is no ring or no name is left out. */
export function readMarks(text: string): Mark[] {
  const marks: Mark[] = []
  for (const line of text.split('\n')) {
    const at = line.indexOf(':')
    const ring = rings.find((one) => one === line.slice(0, at))
    if (!ring) continue
    for (const typed of line.slice(at + 1).split('\t')) {
      const name = cleanName(typed)
      const twice = marks.some((mark) => mark.name.toLowerCase() === name.toLowerCase())
      if (name !== '' && !twice && marks.length < mostMarks) marks.push({ name, ring })
    }
  }
  return marks
}

/** The drawing as a note for the book, in the words of the page. */
export const asNote = (marks: readonly Mark[], say: { title: string; ring: Record<Ring, string> }): string =>
  [
    say.title,
    ...rings.flatMap((ring) => {
      const names = marks.filter((mark) => mark.ring === ring).map(({ name }) => name)
      return names.length === 0 ? [] : [`${say.ring[ring]}: ${names.join(', ')}`]
    }),
  ].join('\n')
