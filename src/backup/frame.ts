// How a backup is laid out inside its packing: frames, each a letter, a length, and what it holds.
//
//   h  about it: what made it, when, by which migrations     t  a table begins: its name and columns
//   d  some of its rows, as COPY writes them                 e  the table ends: how many rows it had
//   j  a piece of later work                                 z  the end: every table, and how many rows
import { KeyboardProblem } from '../command.ts'

export class BackupDamaged extends Error {}

/** Why a backup is not taken, beside the sentence for the keyboard: a page has its own words. */
export type WhyNot = 'no-key' | 'missing' | 'other-key' | 'no-backup' | 'damaged' | 'newer' | 'in-use' | 'red'

export class NotTaken extends KeyboardProblem {
  readonly why: WhyNot
  constructor(why: WhyNot, sentence: string) {
    super(sentence)
    this.why = why
  }
}

export interface About {
  format: 'oplive backup'
  version: 1
  /** Of this instant, ISO 8601. */
  madeAt: string
  migrations: { name: string; checksum: string }[]
}

export interface TableBegins {
  table: string
  columns: string[]
}

export interface Work {
  name: string
  data: Record<string, string>
  at: string
}

export interface Manifest {
  tables: Record<string, number>
  work: number
}

export type Frame =
  | { kind: 'h'; about: About }
  | { kind: 't'; begins: TableBegins }
  | { kind: 'd'; part: Buffer }
  | { kind: 'e'; rows: number }
  | { kind: 'j'; work: Work }
  | { kind: 'z'; manifest: Manifest }

const longest = 64 * 1024 * 1024

export function frameOf(kind: Frame['kind'], holds: Buffer | object): Buffer[] {
  const body = Buffer.isBuffer(holds) ? holds : Buffer.from(JSON.stringify(holds))
  const head = Buffer.alloc(5)
  head.write(kind, 'latin1')
  head.writeUInt32BE(body.length, 1)
  return [head, body]
}

/** Reads the frames of a stream of bytes. Throws BackupDamaged when it ends before its end, goes on after it, or says what it cannot. */
export async function* framesIn(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Frame> {
  let left: Buffer = Buffer.alloc(0)
  let over = false
  for await (const more of bytes) {
    left = left.length > 0 ? Buffer.concat([left, more]) : Buffer.from(more.buffer, more.byteOffset, more.byteLength)
    while (left.length >= 5) {
      const size = left.readUInt32BE(1)
      if (size > longest || over) throw new BackupDamaged('a frame is not one')
      if (left.length < 5 + size) break
      const frame = read(left.toString('latin1', 0, 1), left.subarray(5, 5 + size))
      left = left.subarray(5 + size)
      over = frame.kind === 'z'
      yield frame
    }
  }
  if (!over || left.length > 0) throw new BackupDamaged('it ends before its end')
}

function read(kind: string, body: Buffer): Frame {
  if (kind === 'd') return { kind, part: body }
  let said: unknown
  try {
    said = JSON.parse(body.toString())
  } catch {
    throw new BackupDamaged('a frame cannot be read')
  }
  switch (kind) {
    case 'h':
      return { kind, about: said as About }
    case 't':
      return { kind, begins: said as TableBegins }
    case 'e':
      return { kind, rows: (said as { rows: number }).rows }
    case 'j':
      return { kind, work: said as Work }
    case 'z':
      return { kind, manifest: said as Manifest }
    default:
      throw new BackupDamaged('a frame of no kind')
  }
}
