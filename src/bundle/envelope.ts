// The envelope of a bundle: a plain tar file that any machine opens, written and read so strictly that every byte of it is accounted for.
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, hash, sign, verify } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs'
import type { KeyCabinet } from '../keys/key-cabinet.ts'
import { BundleProblem } from './problem.ts'

export interface FileIn {
  name: string
  size: number
  sha256: string
}

export interface TableIn {
  table: string
  file: string
  columns: string[]
  rows: number
}

export interface Manifest {
  format: 'oplive-bundle-1'
  id: string
  community: { id: string; slug: string; name: string }
  from: string
  madeAt: string
  /** The public half of the key that signs, in base64url. */
  key: string
  tables: TableIn[]
  files: FileIn[]
}

const block = 512
const padding = (size: number) => (block - (size % block)) % block

/** The head of a file in the tar: no owner, no time, so that the same content is the same bytes. */
export function headOf(name: string, size: number): Buffer {
  const head = Buffer.alloc(block)
  head.write(name, 0, 100, 'utf8')
  head.write('0000644\0', 100)
  head.write('0000000\0', 108)
  head.write('0000000\0', 116)
  head.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  head.write('00000000000\0', 136)
  head.write('        ', 148)
  head.write('0', 156)
  head.write('ustar\x0000', 257, 'latin1')
  const sum = head.reduce((all, byte) => all + byte, 0)
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return head
}

export interface EnvelopeWriter {
  begin(name: string): void
  write(text: string): void
  end(): FileIn
  /** Writes a whole small file. */
  whole(name: string, text: string): FileIn
  close(): void
}

/** Begins a new file, which only this user may read. A file that is there already is not written over. A number is an open file of no name. */
export function writeEnvelope(to: string | number): EnvelopeWriter {
  const handle = typeof to === 'number' ? to : openSync(to, 'wx', 0o600)
  let at = 0
  let name = ''
  let began = 0
  let size = 0
  let sum = createHash('sha256')
  const put = (bytes: Buffer, where: number) => {
    for (let done = 0; done < bytes.length; ) done += writeSync(handle, bytes, done, bytes.length - done, where + done)
  }
  const writer: EnvelopeWriter = {
    begin(next) {
      name = next
      began = at
      size = 0
      sum = createHash('sha256')
      at += block
    },
    write(text) {
      const bytes = Buffer.from(text)
      put(bytes, at)
      sum.update(bytes)
      at += bytes.length
      size += bytes.length
    },
    end() {
      put(headOf(name, size), began)
      put(Buffer.alloc(padding(size)), at)
      at += padding(size)
      return { name, size, sha256: sum.digest('hex') }
    },
    whole(next, text) {
      writer.begin(next)
      writer.write(text)
      return writer.end()
    },
    close() {
      put(Buffer.alloc(2 * block), at)
      if (typeof to !== 'number') closeSync(handle)
    },
  }
  return writer
}

export interface Opened {
  manifest: Manifest
  fingerprint: string
  /** The lines of a file, each with its number from 1. */
  lines(file: string): Generator<{ number: number; text: string }>
  close(): void
}

const readAt = (handle: number, at: number, length: number): Buffer => {
  const bytes = Buffer.alloc(length)
  let done = 0
  while (done < length) {
    const n = readSync(handle, bytes, done, length - done, at + done)
    if (n === 0) break
    done += n
  }
  return bytes.subarray(0, done)
}

const piece = 1 << 20
const largestManifest = 1 << 20

/** Reads all of it and checks every byte, before anything is believed. Throws BundleProblem, which says where. */
export function openEnvelope(from: string | number): Opened {
  const handle = typeof from === 'number' ? from : openSync(from, 'r')
  // Whoever brings an open file closes it.
  const close = () => typeof from !== 'number' && closeSync(handle)
  try {
    return check(handle, close)
  } catch (error) {
    close()
    throw error
  }
}

function check(handle: number, close: () => void): Opened {
  const total = fstatSync(handle).size
  const found = new Map<string, FileIn & { at: number }>()
  let at = 0
  while (total - at > 2 * block) {
    const head = readAt(handle, at, block)
    const name = head.subarray(0, 100).toString('utf8').replace(/\0.*$/s, '')
    const size = Number.parseInt(head.subarray(124, 135).toString('latin1'), 8)
    if (!/^[\w./-]{1,90}$/.test(name) || !Number.isSafeInteger(size) || !head.equals(headOf(name, size)))
      throw new BundleProblem('damaged', `this is no bundle, or it is damaged, at byte ${at}`, `byte ${at}`)
    if (found.has(name)) throw new BundleProblem('damaged', `${name} is in it twice`, name)
    const end = at + block + size + padding(size)
    if (end > total - 2 * block) throw new BundleProblem('damaged', `it is cut off in ${name}`, name)
    const sum = createHash('sha256')
    for (let done = 0; done < size; done += piece)
      sum.update(readAt(handle, at + block + done, Math.min(piece, size - done)))
    if (readAt(handle, at + block + size, padding(size)).some((byte) => byte !== 0))
      throw new BundleProblem('damaged', `there is something after the end of ${name}`, name)
    found.set(name, { name, size, sha256: sum.digest('hex'), at: at + block })
    at = end
  }
  const tail = readAt(handle, at, 2 * block)
  if (total - at !== 2 * block || tail.some((byte) => byte !== 0))
    throw new BundleProblem('damaged', 'it is cut off, or something stands after its end', `byte ${at}`)

  const small = (name: string): string => {
    const file = found.get(name)
    if (!file || file.size > largestManifest) throw new BundleProblem('damaged', `${name} is missing`, name)
    return readAt(handle, file.at, file.size).toString('utf8')
  }
  const text = small('manifest.json')
  const manifest = readManifest(text)
  const signature = small('manifest.sig')
  if (!isSignature(manifest.key, text, signature))
    throw new BundleProblem('changed', 'manifest.json was changed after it was signed', 'manifest.json')
  const order = [...manifest.files.map(({ name }) => name), 'manifest.json', 'manifest.sig']
  if (order.join('\n') !== [...found.keys()].join('\n'))
    throw new BundleProblem(
      'changed',
      'its files are not those that manifest.json names, in that order',
      'manifest.json',
    )
  for (const { name, size, sha256 } of manifest.files) {
    const here = found.get(name)
    if (here?.size !== size || here.sha256 !== sha256)
      throw new BundleProblem('changed', `${name} was changed after it was signed`, name)
  }
  return {
    manifest,
    fingerprint: fingerprintOf(manifest.key),
    *lines(file) {
      const { at: from, size } = found.get(file) ?? { at: 0, size: 0 }
      let rest = Buffer.alloc(0)
      let number = 0
      for (let done = 0; done < size; done += piece) {
        let part = Buffer.concat([rest, readAt(handle, from + done, Math.min(piece, size - done))])
        for (let end = part.indexOf(10); end >= 0; end = part.indexOf(10)) {
          number += 1
          yield { number, text: part.toString('utf8', 0, end) }
          part = part.subarray(end + 1)
        }
        rest = part
      }
      if (rest.length > 0) throw new BundleProblem('damaged', `${file} ends in the middle of line ${number + 1}`, file)
    },
    close,
  }
}

function readManifest(text: string): Manifest {
  let said: Partial<Manifest>
  try {
    said = JSON.parse(text) as Partial<Manifest>
  } catch {
    throw new BundleProblem('damaged', 'manifest.json cannot be read', 'manifest.json')
  }
  if (said.format !== 'oplive-bundle-1')
    throw new BundleProblem('version', 'it was made by another version of Oplive, which is newer than this one')
  return said as Manifest
}

// --- The installation's own key for bundles

const spki = Buffer.from('302a300506032b6570032100', 'hex')

/** What the receiver compares with what the sender says on the telephone: SHA-256 of the public key. */
export const fingerprintOf = (key: string): string => hash('sha256', Buffer.from(key, 'base64url'), 'hex')

/** In groups of four, to be read aloud. */
export const readAloud = (fingerprint: string): string => fingerprint.match(/.{4}/g)?.join(' ') ?? ''

/** Signs with the installation's key, which is made at the first use and lies in the key cabinet. */
export function signerOf(keys: KeyCabinet): { key: string; sign(text: string): string } {
  const fresh = () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const secret = createPrivateKey(keys.text('bundle') ?? keys.keepText('bundle', fresh()))
  return {
    key: createPublicKey(secret).export({ format: 'jwk' }).x ?? '',
    sign: (text) => sign(null, Buffer.from(text), secret).toString('base64url'),
  }
}

export function isSignature(key: string, text: string, signature: string): boolean {
  const raw = Buffer.from(String(key), 'base64url')
  const bytes = Buffer.from(signature, 'base64url')
  if (raw.length !== 32 || bytes.length !== 64 || bytes.toString('base64url') !== signature) return false
  const known = createPublicKey({ key: Buffer.concat([spki, raw]), format: 'der', type: 'spki' })
  return verify(null, Buffer.from(text), known, bytes)
}
