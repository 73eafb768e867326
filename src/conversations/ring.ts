// The municipality's own numbers for whoever is worried about somebody: which there are, and what somebody types as one.
import { readLine } from '../line.ts'

/** A child: the law wants it said on. A grown-up by day. The watch: evening, night and holidays. */
export const toRing = ['child', 'adult', 'watch'] as const
export type ToRing = (typeof toRing)[number]

export interface NumberToRing {
  what: ToRing
  number: string
  /** When somebody answers, in the municipality's words. */
  answers: string | null
  checkedOn: string
  checkedBy: 'leader' | 'operator'
}
export type NumberSaid = Pick<NumberToRing, 'what' | 'number' | 'answers'>

export const longest = { number: 20, answers: 60 } as const
export interface NumberProblem {
  field: string
  code: 'number' | 'answers'
}

const likeNumber = /^\+?\d(?: ?\d){2,14}$/

/** The numbers that are filled in; one that is left out is gone. */
export function readNumbers(
  form: URLSearchParams,
): { ok: true; numbers: NumberSaid[] } | { ok: false; problems: NumberProblem[] } {
  const problems: NumberProblem[] = []
  const numbers = toRing.flatMap((what): NumberSaid[] => {
    const typed = readLine(form.get(what) ?? '', longest.number)
    const answers = readLine(form.get(`${what}-answers`) ?? '', longest.answers)
    if (answers.fault && answers.fault !== 'missing') problems.push({ field: `${what}-answers`, code: 'answers' })
    if (typed.fault === 'missing') return []
    if (!likeNumber.test(typed.line)) problems.push({ field: what, code: 'number' })
    return [{ what, number: typed.line, answers: answers.fault === 'missing' ? null : answers.line }]
  })
  return problems.length > 0 ? { ok: false, problems } : { ok: true, numbers }
}

/** A number that nobody has looked up for a year is not trusted without a word. */
export const isOld = ({ checkedOn }: Pick<NumberToRing, 'checkedOn'>, today: string): boolean =>
  Date.parse(today) - Date.parse(checkedOn) > 365 * 86_400_000
