// Saying no to something: what is written, to whom it goes, and by when it must be answered.
import { hasCpr } from '../cpr.ts'

export const longestObjection = 2000
/** A month, as the law says it. */
const monthsToAnswer = 1

export interface Objection {
  id: string
  /** Null: about signing in, or what the municipality holds by itself. */
  community: { id: string; slug: string; name: string } | null
  controller: 'municipality' | 'association'
  name: string
  text: string
  /** `yyyy-mm-dd` */
  askedOn: string
  answer: { text: string; on: string; by: string } | null
  /** The one who reads has written it. */
  own: boolean
}

/** The last day for an answer: the same day of the next month, or its last. */
export function answerBy(askedOn: string): string {
  const [year = 0, month = 0, day = 0] = askedOn.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + monthsToAnswer, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + monthsToAnswer, Math.min(day, last))).toISOString().slice(0, 10)
}

export const isLate = ({ askedOn, answer }: Objection, today: string): boolean =>
  answer === null && answerBy(askedOn) < today

export type WordsProblem = 'missing' | 'long' | 'cpr'

/** Reads what somebody wrote in several lines: composed letters, plain line ends. */
export function readWords(typed: string | null): { text: string; problem: WordsProblem | null } {
  const text = (typed ?? '').normalize('NFC').replaceAll(/\r\n?/g, '\n').trim()
  const letters = [...text].filter((one) => /[\p{L}\p{N}]/u.test(one)).length
  if (letters < 3) return { text, problem: 'missing' }
  if (text.length > longestObjection) return { text, problem: 'long' }
  return { text, problem: hasCpr(text) ? 'cpr' : null }
}
