// The exit card: three questions about influence, ability and courage, then what you will do and whom you will talk with.

import { hasCpr } from '../cpr.ts'
import { oneLine } from '../line.ts'
import type { Answer } from '../shares/answers.ts'

/** The three core items of the exit card, in the order they are asked. There is no item about satisfaction. */
export const questions = ['INF', 'ABLE', 'COUR'] as const
export type Question = (typeof questions)[number]

/** The name of each question's field in a form. */
export const fieldOf: Record<Question, 'inf' | 'able' | 'cour'> = { INF: 'inf', ABLE: 'able', COUR: 'cour' }

/** strongly agree, agree, disagree, strongly disagree, do not know: in this order, `do not know` last. */
export const answers: readonly Answer[] = [1, 2, 3, 4, 5]

/** One card. A question left open (possible on paper) is null. */
export type CardAnswers = Record<Question, Answer | null>

/** What somebody will do now: own words, or `nothing right now`. */
export type Next = { kind: 'words'; text: string } | { kind: 'nothing' }

export const longestNext = 280
/** Whom will you talk with: a number, never names. Above this it is read as this. */
export const mostWho = 20

/** Which correction a card is: 1 for the first, 0 when no script counts. It is a count, not a time. */
const highestRev = 1_000_000

export type Problem = { field: string; code: 'choose' | 'too-long' | 'cpr' | 'number' | 'repeated' | 'foreign' }

export type Read<T> = { ok: true; value: T } | { ok: false; problems: Problem[] }

const cardFields = new Set(['inf', 'able', 'cour', 'rev', 'lang'])
const nextFields = new Set(['next', 'nothing', 'who', 'rev', 'lang'])

/** Reads the three answers as a phone sends them: each must be chosen, and `do not know` is a choice. */
export function readCard(form: URLSearchParams): Read<{ answers: CardAnswers; rev: number }> {
  const problems = strangeFields(form, cardFields)
  const said: CardAnswers = { INF: null, ABLE: null, COUR: null }
  for (const question of questions) {
    const field = fieldOf[question]
    const given = form.getAll(field)
    const answer = readAnswer(given[0])
    if (given.length > 1) problems.push({ field, code: 'repeated' })
    else if (answer === null) problems.push({ field, code: 'choose' })
    else said[question] = answer
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: { answers: said, rev: readRev(form) } }
}

/** Reads the promise and the number. Both may be left out. */
export function readNext(form: URLSearchParams): Read<{ next: Next | null; who: number | null; rev: number }> {
  const problems = strangeFields(form, nextFields)
  for (const field of ['next', 'who']) if (form.getAll(field).length > 1) problems.push({ field, code: 'repeated' })
  const text = oneLine(form.get('next'))
  if ([...text].length > longestNext) problems.push({ field: 'next', code: 'too-long' })
  else if (hasCpr(text)) problems.push({ field: 'next', code: 'cpr' })
  const whoText = (form.get('who') ?? '').trim()
  if (!/^\d{0,4}$/.test(whoText)) problems.push({ field: 'who', code: 'number' })
  if (problems.length > 0) return { ok: false, problems }
  // Words weigh more than the tick for "nothing right now": nothing that was written is thrown away.
  const next: Next | null = text ? { kind: 'words', text } : form.has('nothing') ? { kind: 'nothing' } : null
  return { ok: true, value: { next, who: whoText ? Math.min(Number(whoText), mostWho) : null, rev: readRev(form) } }
}

export const readAnswer = (text: string | undefined): Answer | null =>
  text !== undefined && /^[1-5]$/.test(text) ? (Number(text) as Answer) : null

function strangeFields(form: URLSearchParams, known: Set<string>): Problem[] {
  return [...new Set(form.keys())].some((key) => !known.has(key)) ? [{ field: '', code: 'foreign' }] : []
}

function readRev(form: URLSearchParams): number {
  const rev = Number(form.get('rev') ?? '0')
  return Number.isInteger(rev) && rev >= 1 && rev <= highestRev ? rev : 0
}

// --- As bytes: every card of a kind has the same length, so that a sealed one gives nothing away.

export const encodeAnswers = (card: CardAnswers): Uint8Array =>
  Uint8Array.from(questions, (question) => card[question] ?? 0)

/** Throws RangeError on bytes that no card has. */
export function decodeAnswers(bytes: Uint8Array): CardAnswers {
  const card: CardAnswers = { INF: null, ABLE: null, COUR: null }
  if (bytes.length !== questions.length) throw new RangeError('not an exit card')
  questions.forEach((question, place) => {
    const answer = bytes[place] ?? 9
    if (answer > 5) throw new RangeError('not an answer')
    card[question] = answer === 0 ? null : (answer as Answer)
  })
  return card
}

/** 280 characters take 1,120 bytes at most. */
const nextSize = 1 + 2 + longestNext * 4

export function encodeNext(next: Next): Uint8Array {
  const bytes = Buffer.alloc(nextSize)
  if (next.kind === 'nothing') return bytes
  const length = bytes.write(next.text, 3, 'utf8')
  bytes[0] = 1
  bytes.writeUInt16BE(length, 1)
  return bytes
}

export function decodeNext(bytes: Uint8Array): Next {
  if (bytes.length !== nextSize) throw new RangeError('not a promise')
  if (bytes[0] === 0) return { kind: 'nothing' }
  const buffer = Buffer.from(bytes)
  return { kind: 'words', text: buffer.toString('utf8', 3, 3 + buffer.readUInt16BE(1)) }
}

export const encodeWho = (who: number): Uint8Array => Uint8Array.of(who)

export function decodeWho(bytes: Uint8Array): number {
  const who = bytes[0]
  if (bytes.length !== 1 || who === undefined || who > mostWho) throw new RangeError('not a number of people')
  return who
}
