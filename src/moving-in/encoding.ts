// The letters of a file: UTF-8 with and without its mark, UTF-16, Windows-1252 and what an old Mac writes. Told by the bytes, never by the name.

/** The letters that Danish needs, as Windows and as an old Mac write them. What they mean in the other writing is hardly ever typed. */
const windowsLetters = new Set([0xe6, 0xf8, 0xe5, 0xc6, 0xd8, 0xc5, 0xe9, 0xf6, 0xe4, 0xfc])
const macLetters = new Set([0xbe, 0xbf, 0x8c, 0xae, 0xaf, 0x81, 0x8e, 0x9a, 0x8a, 0x9f])

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'macintosh'

/** So much is looked at to tell the writing by. */
const looked = 65_536

export function encodingOf(bytes: Uint8Array): Encoding {
  const [a, b, c] = bytes
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  const head = bytes.subarray(0, looked)
  // Without a mark: in a writing of two bytes every other one is empty, for nearly every letter here is one of the first 256.
  const empty = [0, 0]
  for (let at = 0; at < head.length; at++) if (head[at] === 0) empty[at % 2] = (empty[at % 2] ?? 0) + 1
  const half = head.length / 2
  if ((empty[1] ?? 0) > half * 0.7 && (empty[0] ?? 0) < half * 0.1) return 'utf-16le'
  if ((empty[0] ?? 0) > half * 0.7 && (empty[1] ?? 0) < half * 0.1) return 'utf-16be'
  if (isUtf8(bytes)) return 'utf-8'
  let windows = 0
  let mac = 0
  for (const byte of bytes.subarray(0, looked * 4)) {
    if (windowsLetters.has(byte)) windows++
    if (macLetters.has(byte)) mac++
  }
  return mac > windows ? 'macintosh' : 'windows-1252'
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

/** The text of a file, without the mark of its writing. Null for what is no text: a picture, a program, a sealed file. */
export function textOf(bytes: Uint8Array): string | null {
  const text = new TextDecoder(encodingOf(bytes)).decode(bytes)
  let strange = 0
  const most = Math.min(text.length, looked)
  for (let at = 0; at < most; at++) {
    const code = text.charCodeAt(at)
    if (code === 0) return null
    if ((code < 32 && code !== 9 && code !== 10 && code !== 13) || code === 0xfffd) strange++
  }
  return strange > most / 50 ? null : text
}
