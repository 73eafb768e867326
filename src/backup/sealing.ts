// The packing of a backup: packed, then sealed by age to a key whose private half is not on this machine. `age -d` opens it as well.
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { constants, createGunzip, createGzip } from 'node:zlib'
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { BackupDamaged, NotTaken } from './frame.ts'

export interface KeyPair {
  /** What the operator keeps, and no machine of ours. */
  identity: string
  /** To whom backups are sealed. */
  recipient: string
}

export async function newKeyPair(): Promise<KeyPair> {
  const identity = await generateX25519Identity()
  return { identity, recipient: await identityToRecipient(identity) }
}

/** The private half in what a file or a person gives: `age-keygen` writes comments around it. Throws KeyboardProblem. */
export function readIdentity(text: string): string {
  const found = /AGE-SECRET-KEY-1[0-9A-Z]{58}/.exec(text)?.[0]
  if (!found) throw new NotTaken('no-key', 'There is no key in that file: its line begins with AGE-SECRET-KEY-1.')
  return found
}

/** Packs and seals what comes, to whoever holds one of these keys. Quickly packed: people are waiting for the same machine. */
export async function sealed(plain: Readable, recipients: readonly string[]): Promise<Readable> {
  const gzip = createGzip({ level: constants.Z_BEST_SPEED })
  plain.on('error', (error) => gzip.destroy(error))
  const sealer = new Encrypter()
  for (const recipient of recipients) sealer.addRecipient(recipient)
  const out = await sealer.encrypt(Readable.toWeb(plain.pipe(gzip)) as unknown as globalThis.ReadableStream<Uint8Array>)
  return Readable.fromWeb(out as unknown as ReadableStream)
}

/** The key of everything that was sealed to it, or of one file alone. */
export type Opening = string | { fileKey: Uint8Array }

/** Opens a backup. Throws NotTaken for a file that is none, or that is sealed to another key; BackupDamaged while it is read. */
export async function unsealed(
  file: string,
  key: Opening,
  heard: (bytes: number) => void = () => {},
): Promise<AsyncIterable<Uint8Array>> {
  const opener = new Decrypter()
  opener.addIdentity(typeof key === 'string' ? key : { unwrapFileKey: () => key.fileKey })
  const bytes = createReadStream(file, { highWaterMark: 256 * 1024 })
  let read = 0
  bytes.on('data', (part) => {
    read += part.length
    heard(read)
  })
  bytes.pause()
  try {
    const plain = await opener.decrypt(Readable.toWeb(bytes) as unknown as globalThis.ReadableStream<Uint8Array>)
    return told(Readable.fromWeb(plain as unknown as ReadableStream))
  } catch (error) {
    bytes.destroy()
    const code = (error as { code?: string }).code
    if (code === 'ENOENT') throw new NotTaken('missing', `There is no file ${file}.`)
    if (/no identity matched/i.test(String(error)))
      throw new NotTaken(
        'other-key',
        `The backup ${file} is sealed to another key. Nothing was changed; look for the key it was made with.`,
      )
    throw new NotTaken(
      'no-backup',
      `The file ${file} is no backup, or its beginning is damaged. Nothing was changed; take another one.`,
    )
  }
}

async function* told(plain: Readable): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip()
  plain.on('error', (error) => gunzip.destroy(error))
  try {
    yield* plain.pipe(gunzip)
  } catch (error) {
    throw new BackupDamaged('it was changed or cut after it was made', { cause: error })
  } finally {
    plain.destroy()
    gunzip.destroy()
  }
}

/** The longest head of a sealed file: each of its keys takes two lines. */
const longestHead = 16_384

/** The key of this one file, so that the one that opens all of them can be let go. Throws NotTaken. */
export async function keyOfFile(file: string, identity: string): Promise<{ fileKey: Uint8Array }> {
  // Says in its own words what is wrong with the file or the key.
  for await (const _ of await unsealed(file, identity)) break
  const start = Buffer.alloc(longestHead)
  const handle = await open(file, 'r')
  try {
    await handle.read(start, 0, longestHead, 0)
  } finally {
    await handle.close()
  }
  const end = start.indexOf('\n', start.indexOf('\n--- ') + 1) + 1
  const opener = new Decrypter()
  opener.addIdentity(identity)
  return { fileKey: await opener.decryptHeader(start.subarray(0, end)) }
}
