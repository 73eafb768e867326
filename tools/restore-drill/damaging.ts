// Backups that are not whole: cut, with a bit turned, sealed to another key, with parts in another order, empty, of a newer program.
import { createWriteStream, readFileSync, writeFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Frame, frameOf, framesIn } from '../../src/backup/frame.ts'
import { type KeyPair, newKeyPair, sealed, unsealed } from '../../src/backup/sealing.ts'
import type { Chance } from '../rehearse/chance.ts'

export const damages = [
  'parts swapped',
  'rows of another table',
  'part left out',
  'chunks swapped',
  'empty',
  'cut',
  'bit turned',
  'other key',
  'too new',
  'longer',
] as const
export type Damage = (typeof damages)[number]

/** Writes a damaged copy of the backup to `to`. Where, is chance. */
export async function damage(kind: Damage, from: string, to: string, pair: KeyPair, chance: Chance): Promise<void> {
  const bytes = readFileSync(from)
  const head = bytes.indexOf('\n', bytes.indexOf('\n--- ') + 1) + 1 + 16
  switch (kind) {
    case 'cut':
      return writeFileSync(to, bytes.subarray(0, chance.between(1, bytes.length - 1)))
    case 'bit turned': {
      const at = chance.between(0, bytes.length - 1)
      bytes[at] = (bytes[at] ?? 0) ^ (1 << chance.between(0, 7))
      return writeFileSync(to, bytes)
    }
    case 'chunks swapped': {
      // Those of the seal; in a backup of less than two chunks, halves of the one.
      const size = Math.min(65_552, Math.floor((bytes.length - head) / 2))
      const [a, b] = [bytes.subarray(head, head + size), bytes.subarray(head + size, head + 2 * size)]
      return writeFileSync(to, Buffer.concat([bytes.subarray(0, head), b, a, bytes.subarray(head + 2 * size)]))
    }
    case 'empty':
      return writeFileSync(to, '')
    case 'longer':
      return writeFileSync(to, Buffer.concat([bytes, Buffer.from('more')]))
    case 'other key':
      return seal(await framesOf(from, pair), to, (await newKeyPair()).recipient)
    default:
      // Whoever holds the public half could seal this anew: the frames themselves have to hold.
      return seal(changed(kind, await framesOf(from, pair), chance), to, pair.recipient)
  }
}

async function framesOf(file: string, pair: KeyPair): Promise<Frame[]> {
  const frames: Frame[] = []
  for await (const frame of framesIn(await unsealed(file, pair.identity))) frames.push(frame)
  return frames
}

function changed(kind: Damage, frames: Frame[], chance: Chance): Frame[] {
  const places = frames.flatMap(({ kind: one }, at) => (one === 'd' && frames[at + 1]?.kind === 'e' ? [at] : []))
  const at = places[chance.between(0, places.length - 1)] ?? 0
  const [part, end] = [frames[at], frames[at + 1]]
  if (kind === 'parts swapped' && part && end) frames.splice(at, 2, end, part)
  if (kind === 'part left out') frames.splice(at, 1)
  if (kind === 'rows of another table') {
    const other = places[(places.indexOf(at) + 1) % places.length] ?? 0
    const there = frames[other]
    if (part && there) {
      frames[at] = there
      frames[other] = part
    }
  }
  const [first] = frames
  if (kind === 'too new' && first?.kind === 'h') first.about.migrations.push({ name: '9999_later.sql', checksum: 'x' })
  return frames
}

async function seal(frames: readonly Frame[], to: string, recipient: string): Promise<void> {
  const plain = Readable.from(frames.flatMap(bytesOf), { objectMode: false })
  await pipeline(await sealed(plain, [recipient]), createWriteStream(to))
}

function bytesOf(frame: Frame): Buffer[] {
  switch (frame.kind) {
    case 'h':
      return frameOf('h', frame.about)
    case 't':
      return frameOf('t', frame.begins)
    case 'd':
      return frameOf('d', frame.part)
    case 'e':
      return frameOf('e', { rows: frame.rows })
    case 'j':
      return frameOf('j', frame.work)
    case 'z':
      return frameOf('z', frame.manifest)
  }
}
