// How a community asks to move: for how long a question stands, for how long the file may be fetched, and what a passphrase is. Pure.
import { randomInt } from 'node:crypto'

/** So many days a question waits for the second yes. */
export const askDays = 7
/** So many hours the two may fetch the file. */
export const fetchHours = 24

export interface Move {
  id: string
  askedAt: Date
  agreedAt: Date | null
  /** What the new installation has signed, when somebody has brought it. */
  receipt: string | null
  although: boolean
  /** The persons who said yes to the packing, and to the letting go. */
  packYes: string[]
  goYes: string[]
}

/** `asked`: one yes. `agreed`: two, and the file may be fetched. `packed`: the day is over; a receipt may still come. */
export type Stage = 'none' | 'asked' | 'agreed' | 'packed'

const hour = 3_600_000
export const askedUntil = ({ askedAt }: Move): Date => new Date(askedAt.getTime() + askDays * 24 * hour)
export const fetchUntil = (agreedAt: Date): Date => new Date(agreedAt.getTime() + fetchHours * hour)

export function stageOf(move: Move | null, now: Date): Stage {
  if (!move) return 'none'
  if (!move.agreedAt) return now < askedUntil(move) ? 'asked' : 'none'
  return now < fetchUntil(move.agreedAt) ? 'agreed' : 'packed'
}

/** Nothing that is easily taken for another when it is read aloud. */
const letters = '23456789abcdefghjkmnpqrstuvwxyz'

/** What we propose: 75 bits in groups of five. */
export const newPassphrase = (): string =>
  Array.from({ length: 3 }, () => Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join('')).join(
    '-',
  )

export const shortestPassphrase = 14
export const longestPassphrase = 200

/** A sentence of one's own will do, when it is long and no single letter. */
export function readPassphrase(text: string): { passphrase: string } | { fault: 'short' | 'long' } {
  const passphrase = text.trim()
  const length = [...passphrase].length
  if (length > longestPassphrase) return { fault: 'long' }
  if (length < shortestPassphrase || new Set(passphrase).size < 6) return { fault: 'short' }
  return { passphrase }
}

/** Another address for a place whose own is taken. */
export const isSlug = (text: string): boolean => /^[a-z0-9-]{2,60}$/.test(text)
