// The configuration's keys of Min bog: the outer of two locks. They lie on this machine, so no lock is theirs alone.
import { createCipheriv, createDecipheriv, hash, randomBytes } from 'node:crypto'

/** One key of the configuration. Its id is a hash, so that a lock can say which key it needs without telling anything about it. */
export interface BookKey {
  id: string
  key: Buffer
}

/** Sealed with a key of the configuration. */
export interface Wrapped {
  keyId: string
  box: Buffer
}

const nonceSize = 12
const tagSize = 16
const keySize = 32

export class BookKeyProblem extends Error {}

/** A lock needs a key that is not in the configuration: it has been taken out too early, or lies on another machine. */
export class BookKeyMissing extends Error {}

export const newBookKey = (): Buffer => randomBytes(keySize)

export const bookKeyOf = (key: Buffer): BookKey => ({
  id: hash('sha256', Buffer.concat([Buffer.from('oplive book key'), key]), 'buffer')
    .subarray(0, 8)
    .toString('base64url'),
  key,
})

/** Reads OPLIVE_BOOK_KEYS: the newest first, each 32 bytes in base64url, with commas between. Throws BookKeyProblem, which quotes no key. */
export function readBookKeys(text: string): BookKey[] {
  const keys = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part, index) => {
      const key = Buffer.from(part, 'base64url')
      if (!/^[\w-]{43}$/.test(part) || key.length !== keySize)
        throw new BookKeyProblem(`key number ${index + 1} is not 32 bytes in base64url (43 characters)`)
      return bookKeyOf(key)
    })
  if (keys.length === 0) throw new BookKeyProblem('there is no key in it')
  if (new Set(keys.map(({ id }) => id)).size < keys.length) throw new BookKeyProblem('the same key stands in it twice')
  return keys
}

/**
 * AES-256-GCM with a random nonce. `bound` is what the box is good for, and no other use: it is not in the box, and must be
 * said again, the same, to open it.
 */
export function seal(key: Buffer, bound: readonly string[], plain: Buffer): Buffer {
  const nonce = randomBytes(nonceSize)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagSize })
  cipher.setAAD(boundTo(bound))
  const text = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), text])
}

/** Null for another key, another use, or a box that somebody has changed. */
export function unseal(key: Buffer, bound: readonly string[], box: Buffer): Buffer | null {
  if (box.length < nonceSize + tagSize) return null
  const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, nonceSize), { authTagLength: tagSize })
  decipher.setAAD(boundTo(bound))
  decipher.setAuthTag(box.subarray(nonceSize, nonceSize + tagSize))
  try {
    return Buffer.concat([decipher.update(box.subarray(nonceSize + tagSize)), decipher.final()])
  } catch {
    return null
  }
}

/** Each part with its length before it, so that two different uses are never the same bytes. */
function boundTo(parts: readonly string[]): Buffer {
  return Buffer.from(parts.map((part) => `${Buffer.byteLength(part)}:${part}`).join(''))
}

/** Puts the outer lock on, with the newest key. */
export function wrap(keys: readonly BookKey[], bound: readonly string[], inner: Buffer): Wrapped {
  const newest = keys[0]
  if (!newest) throw new BookKeyMissing('there is no key for Min bog in the configuration')
  return { keyId: newest.id, box: seal(newest.key, ['oplive book outer', newest.id, ...bound], inner) }
}

/** Takes the outer lock off. Null when somebody has changed the box; throws BookKeyMissing when its key is not here. */
export function unwrap(keys: readonly BookKey[], bound: readonly string[], { keyId, box }: Wrapped): Buffer | null {
  const found = keys.find(({ id }) => id === keyId)
  if (!found) throw new BookKeyMissing(`the key ${keyId} of Min bog is not in the configuration`)
  return unseal(found.key, ['oplive book outer', keyId, ...bound], box)
}
