// A zipped file read with care: its own list is looked through first, only what is wanted is unpacked, and never more than it may weigh.
import { inflateRawSync } from 'node:zlib'

/** Thrown for what is no zipped file we read; the code tells which words are said. */
export class ZipFault extends Error {
  readonly code: 'broken' | 'sealed' | 'bomb'
  constructor(code: ZipFault['code']) {
    super(code)
    this.code = code
  }
}

interface Entry {
  name: string
  method: number
  packed: number
  at: number
}

const endMark = 0x06054b50
const entryMark = 0x02014b50
const localMark = 0x04034b50
/** A spreadsheet has some dozens; a file of a million empty ones is made to do harm. */
const mostEntries = 2000

export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4

/** What the file says is in it. Nothing is unpacked. */
function listOf(file: Buffer): Entry[] {
  // The list ends the file; behind it stands at most a remark.
  let end = file.length - 22
  const first = Math.max(0, end - 65_535)
  while (end >= first && file.readUInt32LE(end) !== endMark) end--
  if (end < first) throw new ZipFault('broken')
  const count = file.readUInt16LE(end + 10)
  let at = file.readUInt32LE(end + 16)
  if (count > mostEntries) throw new ZipFault('bomb')
  const entries: Entry[] = []
  for (let n = 0; n < count; n++) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== entryMark) throw new ZipFault('broken')
    // Sealed with a password.
    if (file.readUInt16LE(at + 8) & 1) throw new ZipFault('sealed')
    const nameLength = file.readUInt16LE(at + 28)
    entries.push({
      name: file.toString('utf8', at + 46, at + 46 + nameLength),
      method: file.readUInt16LE(at + 10),
      packed: file.readUInt32LE(at + 20),
      at: file.readUInt32LE(at + 42),
    })
    at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32)
  }
  return entries
}

/**
 * Unpacks what is wanted, together at most `most` bytes: counted while it is unpacked, for what a file says of its own size may be a lie.
 * Throws a `ZipFault` and nothing else.
 */
export function unpack(bytes: Uint8Array, wanted: (name: string) => boolean, most: number): Map<string, Buffer> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const files = new Map<string, Buffer>()
  let left = most
  for (const { name, method, packed, at } of file.length < 22 ? [] : listOf(file)) {
    if (!wanted(name) || files.has(name)) continue
    if (at + 30 > file.length || file.readUInt32LE(at) !== localMark) throw new ZipFault('broken')
    const begin = at + 30 + file.readUInt16LE(at + 26) + file.readUInt16LE(at + 28)
    if (begin + packed > file.length) throw new ZipFault('broken')
    const content = open(file.subarray(begin, begin + packed), method, left)
    left -= content.length
    files.set(name, content)
  }
  if (files.size === 0) throw new ZipFault('broken')
  return files
}

function open(packed: Buffer, method: number, left: number): Buffer {
  if (left <= 0 || (method === 0 && packed.length > left)) throw new ZipFault('bomb')
  if (method === 0) return packed
  if (method !== 8) throw new ZipFault('broken')
  try {
    return inflateRawSync(packed, { maxOutputLength: left })
  } catch (error) {
    throw new ZipFault((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'bomb' : 'broken')
  }
}
