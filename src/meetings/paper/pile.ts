// A pile of paper cards as a scribe types it, twice: reads both times, compares their totals, and finds the cards that differ.

import type { Answer } from '../../shares/answers.ts'
import type { PaperCard } from '../answering.deeds.ts'
import { answers, type CardAnswers, fieldOf, type Question, questions, readAnswer, readNext } from '../exit-card.ts'

/** A pile that somebody can hold in one hand; more is another pile. */
export const mostCards = 60
/** As many rows as there are at first, and as many as come at a time. */
export const rowsAtATime = 10

const passes = ['first', 'second'] as const
/** The pile is typed twice. */
export type Pass = (typeof passes)[number]

export const columns = ['inf', 'able', 'cour', 'next', 'who'] as const
export type Column = (typeof columns)[number]

/** One card as it was typed, word for word. */
export type RowSaid = Record<Column, string>

type PileFault = 'answer' | 'mark' | 'words' | 'too-long' | 'cpr' | 'number' | 'none' | 'strange'

export interface PileProblem {
  pass: Pass
  /** 1 for the first card. */
  row: number
  column: Column
  code: PileFault
}

/** One time through the pile. */
export interface Typed {
  /** Up to the last that is not empty. */
  rows: RowSaid[]
  /** How many rows stood on the page, empty ones too. */
  shown: number
  /** What the rows say, without those that are empty. `row` counts from 1. */
  cards: { row: number; card: PaperCard }[]
  problems: PileProblem[]
}

/** What is posted: where the scribe is, the pile's random id, and both times as far as they have been typed. */
export interface PileForm {
  /** `mend`: both times stand open, because their totals differ. */
  stage: Stage
  pile: string | null
  /** Only more rows are wanted, or the same page `again` (a reload that shall lose nothing); else the pile is `done`. */
  wanted: 'more' | 'again' | 'done'
  first: Typed
  second: Typed
  /** Something came along that is in no such form. */
  strange: boolean
}

const stages = ['first', 'second', 'mend'] as const
export type Stage = (typeof stages)[number]

export const fieldName = (pass: Pass, row: number, column: Column): string => `${pass}-${row}-${column}`

const emptyRow = (): RowSaid => ({ inf: '', able: '', cour: '', next: '', who: '' })
const isEmpty = (row: RowSaid): boolean => columns.every((column) => row[column].trim() === '')

const fieldShape = /^(first|second)-([1-9]\d?)-(inf|able|cour|next|who)$/
const wants = ['more', 'again'] as const
const otherFields = new Set(['stage', 'pile', 'do'])
const pileId = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** Reads the posted page. Nothing of it is kept anywhere until both times agree. */
export function readPile(form: URLSearchParams): PileForm {
  const said: Record<Pass, RowSaid[]> = { first: [], second: [] }
  const names = new Set<string>()
  let strange = false
  for (const [name, value] of form) {
    if (names.has(name)) strange = true
    names.add(name)
    const [, pass, row, column] = fieldShape.exec(name) ?? []
    if (isPass(pass) && isColumn(column) && Number(row) <= mostCards) put(said[pass], Number(row), column, value)
    else if (!otherFields.has(name)) strange = true
  }
  const pile = form.get('pile')
  return {
    stage: stages.find((stage) => stage === form.get('stage')) ?? 'first',
    pile: pile && pileId.test(pile) ? pile : null,
    wanted: wants.find((want) => want === form.get('do')) ?? 'done',
    first: readPass('first', said.first),
    second: readPass('second', said.second),
    strange,
  }
}

const isPass = (text: string | undefined): text is Pass => text === 'first' || text === 'second'
const isColumn = (text: string | undefined): text is Column => columns.some((column) => column === text)

function put(rows: RowSaid[], row: number, column: Column, value: string): void {
  while (rows.length < row) rows.push(emptyRow())
  const typed = rows[row - 1]
  if (typed) typed[column] = value
}

function readPass(pass: Pass, said: RowSaid[]): Typed {
  const last = said.findLastIndex((row) => !isEmpty(row))
  const rows = said.slice(0, last + 1)
  const problems: PileProblem[] = []
  const cards = rows.flatMap((typed, place) => {
    if (isEmpty(typed)) return []
    const row = place + 1
    return { row, card: readRow(typed, pass, (column, code) => problems.push({ pass, row, column, code })) }
  })
  return { rows, shown: said.length, cards, problems }
}

/** What the scribe presses for "nothing right now". */
const nothing = new Set(['0', '-', '–'])

function readRow(typed: RowSaid, pass: Pass, fault: (column: Column, code: PileFault) => void): PaperCard {
  const said: CardAnswers = { INF: null, ABLE: null, COUR: null }
  for (const question of questions) {
    const key = typed[fieldOf[question]].trim()
    said[question] = readAnswer(key)
    if (key !== '' && said[question] === null) fault(fieldOf[question], 'answer')
  }
  const words = typed.next.trim()
  // A single digit is a key meant for another field; a single x is the mark of the first time, not words.
  if (/^[1-9]$/.test(words)) fault('next', pass === 'first' ? 'mark' : 'words')
  else if (pass === 'second' && /^x$/i.test(words)) fault('next', 'words')
  // The same rules as on a phone, word for word.
  const form = new URLSearchParams(
    nothing.has(words) ? { nothing: 'yes', who: typed.who } : { next: words, who: typed.who },
  )
  const read = readNext(form)
  if (!read.ok) {
    for (const { field, code } of read.problems) {
      if (field === 'who') fault('who', 'number')
      else fault('next', code === 'cpr' ? 'cpr' : 'too-long')
    }
    return { answers: said, next: null, who: null }
  }
  return { answers: said, next: read.value.next, who: read.value.who }
}

// --- Comparing

/** One total that is not the same the two times. */
export interface Difference {
  what: 'cards' | 'answer' | 'words' | 'nothing' | 'numbers' | 'people'
  /** Only for `answer`. */
  question?: Question
  answer?: Answer
  first: number
  second: number
}

/** Every total that differs: how many cards, each answer to each question, the words, and the numbers. */
export function differences(first: readonly PaperCard[], second: readonly PaperCard[]): Difference[] {
  const total = (of: (card: PaperCard) => number) => ({ first: sum(first.map(of)), second: sum(second.map(of)) })
  const one = (is: boolean) => (is ? 1 : 0)
  const all: Difference[] = [
    { what: 'cards', first: first.length, second: second.length },
    ...questions.flatMap((question) =>
      answers.map((answer) => ({
        what: 'answer' as const,
        question,
        answer,
        ...total((card) => one(card.answers[question] === answer)),
      })),
    ),
    { what: 'words', ...total((card) => one(card.next?.kind === 'words')) },
    { what: 'nothing', ...total((card) => one(card.next?.kind === 'nothing')) },
    { what: 'numbers', ...total((card) => one(card.who !== null)) },
    { what: 'people', ...total((card) => card.who ?? 0) },
  ]
  return all.filter((total) => total.first !== total.second)
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0)

/** A card that was not typed alike the two times: its row in each. */
export interface Pair {
  first: number
  second: number
  column: Column
}

/** More than this is no help: the pile was not in the same order. */
const mostPairs = 6

/**
 * Which cards differ, if the pile was typed in the same order the second time, or turned round (it is, when each card is laid
 * on top of the one before). Empty when it fits neither.
 */
export function cardsThatDiffer(first: Typed['cards'], second: Typed['cards']): Pair[] {
  if (first.length !== second.length) return []
  const pairs = (other: Typed['cards']) =>
    first.flatMap(({ row, card }, place) => {
      const twin = other[place]
      const column = twin && columns.find((one) => keyOf(card, one) !== keyOf(twin.card, one))
      return twin && column ? { first: row, second: twin.row, column } : []
    })
  const [same, turned] = [pairs(second), pairs(second.toReversed())]
  const fewest = turned.length < same.length ? turned : same
  return fewest.length <= mostPairs ? fewest : []
}

/** What of a card is compared: of the words, only that there are some. */
function keyOf(card: PaperCard, column: Column): string {
  switch (column) {
    case 'inf':
      return String(card.answers.INF)
    case 'able':
      return String(card.answers.ABLE)
    case 'cour':
      return String(card.answers.COUR)
    case 'next':
      return String(card.next?.kind)
    case 'who':
      return String(card.who)
  }
}
