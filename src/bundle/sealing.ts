// A bundle on its way, sealed by age with a passphrase: `age -d` opens it as well. The slow step is done off the main thread, where a hall waits.
import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { closeSync, read, writeSync } from 'node:fs'
import { promisify } from 'node:util'
import { Decrypter, Encrypter, type Identity, type Recipient, Stanza } from 'age-encryption'
import { BundleProblem } from './problem.ts'

/** 2^17 × 1 KB: 128 MB for half a second. The passphrase that we propose has 75 bits, so it does not hang on this. */
const usualWork = 17
/** What somebody else's age may have taken, and this machine can bear. */
const mostWork = 18
const label = Buffer.from('age-encryption.org/v1/scrypt')

const keyFrom = (passphrase: string, salt: Buffer, work: number): Promise<Buffer> =>
  new Promise((done, failed) => {
    const N = 2 ** work
    const how = { N, r: 8, p: 1, maxmem: 128 * 8 * N + (1 << 20) }
    scrypt(passphrase.normalize('NFC'), Buffer.concat([label, salt]), 32, how, (error, key) =>
      error ? failed(error) : done(key),
    )
  })

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')
const nonce = Buffer.alloc(12)
const tagLength = { authTagLength: 16 } as const

const withPassphrase = (passphrase: string): Recipient => ({
  async wrapFileKey(fileKey) {
    const salt = randomBytes(16)
    const cipher = createCipheriv('chacha20-poly1305', await keyFrom(passphrase, salt, usualWork), nonce, tagLength)
    const body = Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()])
    return [new Stanza(['scrypt', unpadded(salt), String(usualWork)], new Uint8Array(body))]
  },
})

const byPassphrase = (passphrase: string): Identity => ({
  async unwrapFileKey(stanzas) {
    const [one, more] = stanzas
    const [kind, salt = '', work = ''] = one?.args ?? []
    const bytes = Buffer.from(salt, 'base64')
    if (!one || more || kind !== 'scrypt' || !/^[1-9]\d?$/.test(work) || bytes.length !== 16 || one.body.length !== 32)
      throw new BundleProblem('locked-otherwise', 'it is sealed to a key, and not with a passphrase')
    if (Number(work) > mostWork)
      throw new BundleProblem('locked-otherwise', 'its passphrase is made too slow for this machine')
    const key = await keyFrom(passphrase, bytes, Number(work))
    const opener = createDecipheriv('chacha20-poly1305', key, nonce, tagLength)
    opener.setAuthTag(one.body.subarray(16))
    try {
      return new Uint8Array(Buffer.concat([opener.update(one.body.subarray(0, 16)), opener.final()]))
    } catch {
      return null
    }
  },
})

const first = Buffer.from('age-encryption.org/v1\n')
/** By its content, whatever it is called. */
export const isSealed = (head: Uint8Array): boolean => first.equals(head.subarray(0, first.length))
export const sealedHead = first.length

const readPiece = promisify(read)
const piece = 256 * 1024

/** An open file from its beginning, a piece at a time, as it is asked for. `after`: when all of it was read, or when nobody reads on. */
function bytesOf(handle: number, after: () => void = () => {}): ReadableStream<Uint8Array> {
  let at = 0
  return new ReadableStream<Uint8Array>(
    {
      async pull(to) {
        const { bytesRead, buffer } = await readPiece(handle, Buffer.alloc(piece), 0, piece, at)
        at += bytesRead
        if (bytesRead > 0) return to.enqueue(buffer.subarray(0, bytesRead))
        after()
        to.close()
      },
      cancel: after,
    },
    { highWaterMark: 0 },
  )
}

/** Seals an open file from its beginning. The file is closed when all of it was read, or when nobody reads on. */
export async function sealedStream(handle: number, passphrase: string): Promise<ReadableStream<Uint8Array>> {
  const sealer = new Encrypter()
  sealer.addRecipient(withPassphrase(passphrase))
  return sealer.encrypt(bytesOf(handle, () => closeSync(handle)))
}

/** Opens a sealed file into another. Throws BundleProblem for a wrong passphrase, and for a file that was changed or is too large. */
export async function unsealInto(from: number, to: number, passphrase: string, most: number): Promise<void> {
  const opener = new Decrypter()
  opener.addIdentity(byPassphrase(passphrase))
  let at = 0
  try {
    for await (const part of await opener.decrypt(bytesOf(from))) {
      if (at + part.length > most) throw new BundleProblem('damaged', 'it is larger than a bundle may be')
      for (let done = 0; done < part.length; ) done += writeSync(to, part, done, part.length - done, at + done)
      at += part.length
    }
  } catch (error) {
    if (error instanceof BundleProblem) throw error
    if (/no identity matched/i.test(String(error)))
      throw new BundleProblem('passphrase', 'the passphrase does not open it')
    throw new BundleProblem('damaged', 'it was changed or cut after it was sealed', `byte ${at}`)
  }
}
