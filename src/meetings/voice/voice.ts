// Saying it aloud instead of writing: what is read from the phone, and how the sound is locked away until somebody has written it down.

import { createCipheriv, createDecipheriv, hash, randomBytes, randomInt } from 'node:crypto'
import type { House } from '../../db/as-actor.ts'
import { lookOver } from '../../hints.ts'
import { isBlank, oneLine } from '../../line.ts'
import { isStatementKind, longestStatement, type StatementKind } from '../evening.ts'

/** Twenty to thirty seconds of any phone's sound, and a good deal more. */
export const largestSound = 2_500_000
export const longestSeconds = 30
export const longestWriter = 60

export interface Spoken {
  kind: StatementKind
  sound: Buffer
  mime: string
}

export type SpokenProblem = 'kind' | 'sound' | 'soundLarge' | 'soundKind'

/** What the form brought. `file` is what the phone recorded. */
export async function readSpoken(
  kind: unknown,
  file: unknown,
): Promise<{ ok: true; spoken: Spoken } | { ok: false; problems: SpokenProblem[] }> {
  const problems: SpokenProblem[] = []
  if (!isStatementKind(kind)) problems.push('kind')
  const given = file instanceof File && file.size > 0 ? file : null
  // Phones name the same sound in many ways: "audio/webm;codecs=opus", or video/webm and video/mp4 for sound alone.
  const mime = (given?.type.split(';')[0] ?? '').toLowerCase().replace(/^video\/(webm|mp4|3gpp)$/, 'audio/$1')
  if (!given) problems.push('sound')
  else if (given.size > largestSound) problems.push('soundLarge')
  else if (!/^audio\/[a-z0-9.+-]{1,40}$/.test(mime)) problems.push('soundKind')
  if (problems.length > 0 || !isStatementKind(kind) || !given) return { ok: false, problems }
  return { ok: true, spoken: { kind, sound: Buffer.from(await given.arrayBuffer()), mime } }
}

export interface Written {
  text: string
  writer: string | null
}

export type WrittenProblem = 'text' | 'textLong' | 'writerLong' | 'cpr'

export function readWritten(
  text: string,
  writer: string,
): { ok: true; written: Written } | { ok: false; problem: WrittenProblem } {
  const clean = oneLine(text)
  const name = oneLine(writer)
  if (isBlank(clean)) return { ok: false, problem: 'text' }
  if ([...clean].length > longestStatement) return { ok: false, problem: 'textLong' }
  if (lookOver(`${clean} ${name}`).cpr) return { ok: false, problem: 'cpr' }
  if ([...name].length > longestWriter) return { ok: false, problem: 'writerLong' }
  return { ok: true, written: { text: clean, writer: name || null } }
}

/** Six digits, said in pairs. */
export const newNumber = (pick: (n: number) => number = randomInt): string => String(pick(1_000_000)).padStart(6, '0')
export const sayNumber = (number: string): string => number.replace(/(\d\d)(?=\d)/g, '$1 ')
/** What was typed, as a number; null when it cannot be one. */
export const readNumber = (typed: string): string | null => {
  const digits = typed.normalize('NFKC').replace(/[\s\-–.]/g, '')
  return /^\d{6}$/.test(digits) ? digits : null
}

const keyOf = (house: House, id: string): Buffer =>
  hash('sha3-256', Buffer.concat([house.keys.houseSecret(), Buffer.from(`voice ${id}`)]), 'buffer')

/** Twelve bytes of chance, sixteen that show it is whole, and the sound. */
export function lockSound(house: House, id: string, sound: Buffer): Buffer {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyOf(house, id), iv)
  const locked = Buffer.concat([cipher.update(sound), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), locked])
}

/** Null for what was not locked in this house. */
export function unlockSound(house: House, id: string, box: Buffer): Buffer | null {
  try {
    const cipher = createDecipheriv('aes-256-gcm', keyOf(house, id), box.subarray(0, 12))
    cipher.setAuthTag(box.subarray(12, 28))
    return Buffer.concat([cipher.update(box.subarray(28)), cipher.final()])
  } catch {
    return null
  }
}
