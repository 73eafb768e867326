// What the phones were thanked for, beside what the server counted: for each question and each answer.
import type { Said } from './phone.ts'

export const asked = ['INF', 'ABLE', 'COUR', 'NEXT', 'WHO'] as const
export type Asked = (typeof asked)[number]

/** As the server keeps it: how many gave each answer, by question. */
export type Counted = ReadonlyMap<Asked, ReadonlyMap<number, number>>

/** In place of an answer: this phone is not counted here. */
const none = -1

/** What each phone may be counted as, for one question. */
export function possible(question: Asked, phones: readonly Said[]): number[][] {
  return phones.map((said) => {
    switch (question) {
      case 'NEXT':
        return [said.next === null ? none : said.next === 'nothing' ? 2 : 1]
      case 'WHO':
        return [said.who ?? none]
      default:
        return [...new Set(said.cards.map((card) => card?.[asked.indexOf(question)] ?? none))]
    }
  })
}

export interface Line {
  question: Asked
  answer: number
  /** Thanked for and certain. */
  least: number
  /** With those for whom it is one of two that may be right. */
  most: number
  counted: number
}

/** One line for each answer that somebody gave or the server counted. */
export function linesOf(phones: readonly Said[], counted: Counted): Line[] {
  return asked.flatMap((question) => {
    const options = possible(question, phones)
    const counts = counted.get(question) ?? new Map<number, number>()
    const answers = new Set([...options.flat(), ...counts.keys()])
    answers.delete(none)
    return [...answers]
      .sort((a, b) => a - b)
      .map((answer) => ({
        question,
        answer,
        least: options.filter((some) => some.every((one) => one === answer)).length,
        most: options.filter((some) => some.includes(answer)).length,
        counted: counts.get(answer) ?? 0,
      }))
  })
}

/** Is there one way to give each phone one of its possible answers, so that the sums are those that were counted? */
export function agrees(question: Asked, phones: readonly Said[], counted: Counted): boolean {
  const options = possible(question, phones)
  const room = new Map(counted.get(question) ?? [])
  const inCount = [...room.values()].reduce((sum, n) => sum + n, 0)
  if (inCount > options.length) return false
  room.set(none, options.length - inCount)

  const seats = new Map<number, number[]>([...room.keys()].map((answer) => [answer, []]))
  /** Finds a seat for this phone; who sits there may have to move to another that is right for it too. */
  const seat = (phone: number, tried: Set<number>): boolean =>
    (options[phone] ?? []).some((answer) => {
      const sitting = seats.get(answer)
      if (!sitting || tried.has(answer)) return false
      tried.add(answer)
      if (sitting.length < (room.get(answer) ?? 0)) return sitting.push(phone) > 0
      return sitting.some((other, place) => {
        if (!seat(other, tried)) return false
        sitting[place] = phone
        return true
      })
    })
  // Those who can only sit in one place go first.
  const order = options.map((_, phone) => phone).sort((a, b) => (options[a]?.length ?? 0) - (options[b]?.length ?? 0))
  return order.every((phone) => seat(phone, new Set()))
}
