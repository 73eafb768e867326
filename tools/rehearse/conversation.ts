// A real public conversation, as the Polis software gives it out: its comments, and who agreed with what.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { oneLine } from '../../src/line.ts'
import { longestStatement } from '../../src/meetings/evening.ts'
import { KeyboardProblem } from './keyboard.ts'

export interface Comment {
  id: string
  author: string
  words: string
  /** It was longer than a statement may be, and ends at a word. */
  shortened: boolean
}

export interface Participant {
  id: string
  /** The comments this person agreed with, by their last vote. */
  agrees: string[]
}

export interface Conversation {
  topic: string
  comments: Comment[]
  people: Participant[]
  /** How many people agreed with each comment. */
  agreeing: ReadonlyMap<string, number>
  /** As those who gave it out ask to be named. */
  attribution: string
}

const agree = '1'

export function readConversation(folder: string): Conversation {
  const comments = rowsOf(folder, 'comments.csv', ['comment-id', 'author-id', 'comment-body']).map((row) => {
    const said = oneLine(row['comment-body'] ?? '')
    const words = shortened(said)
    return { id: row['comment-id'] ?? '', author: row['author-id'] ?? '', words, shortened: words !== said }
  })
  const votes = rowsOf(folder, 'participants-votes.csv', ['participant', ...comments.map(({ id }) => id)])
  const people = votes.map((row) => ({
    id: row.participant ?? '',
    agrees: comments.flatMap(({ id }) => (row[id] === agree ? id : [])),
  }))
  const agreeing = new Map(comments.map(({ id }) => [id, votes.filter((row) => row[id] === agree).length]))
  return { topic: topicOf(folder), comments, people, agreeing, attribution: attributionOf(folder) }
}

/** At most as long as a statement, and ending at a word. */
export function shortened(words: string): string {
  const letters = [...words]
  if (letters.length <= longestStatement) return words
  const cut = letters.slice(0, longestStatement - 1).join('')
  const space = cut.lastIndexOf(' ')
  return `${(space > 0 ? cut.slice(0, space) : cut).trimEnd()}…`
}

function rowsOf(folder: string, name: string, columns: readonly string[]): Record<string, string>[] {
  const path = join(folder, name)
  if (!existsSync(path)) throw new KeyboardProblem(`There is no ${name} in ${folder}.`)
  const [head = [], ...rows] = readCsv(readFileSync(path, 'utf8'))
  const missing = columns.filter((column) => !head.includes(column))
  if (missing.length > 0) throw new KeyboardProblem(`${path} has no column ${missing.slice(0, 3).join(', ')}.`)
  return rows.map((row) => Object.fromEntries(head.map((column, place) => [column, row[place] ?? ''])))
}

/** Quotes around cells that hold what stands between cells, line breaks or (doubled) quotes. */
export function readCsv(text: string, between: ',' | ';' = ','): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^"${between}\\r\\n]*))(${between}|\\r?\\n|$)`, 'g')
  for (const [, quoted, plain = '', end = ''] of text.replace(/^\uFEFF/, '').matchAll(cell)) {
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end === between) continue
    if (row.length > 1 || row[0] !== '') rows.push(row)
    row = []
  }
  return rows
}

const topicOf = (folder: string): string => {
  const path = join(folder, 'summary.csv')
  const lines = existsSync(path) ? readCsv(readFileSync(path, 'utf8')) : []
  return lines.find(([name]) => name === 'topic')?.[1] ?? ''
}

/** The paragraph of the README beside the data that says under which licence, and from whom. */
function attributionOf(folder: string): string {
  const readme = [folder, dirname(folder)].map((place) => join(place, 'README.md')).find((path) => existsSync(path))
  const paragraphs = readme ? readFileSync(readme, 'utf8').split(/\n\s*\n/) : []
  const asked = paragraphs.find((paragraph) => /attribution|licen[cs]e/i.test(paragraph))
  return (asked ?? 'No README beside the data says whom to name.').replace(/\s+/g, ' ').trim()
}
