// A wording that one of the two has said yes to, sealed until the other does. The secret lies in the link that the one shows the other, and
// nowhere else: neither the database, nor a copy of it, nor whoever keeps the server can open the box without one of the two.
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'

/** Crockford's letters: no i, l, o or u, so that nobody reads one for another. */
const letters = '0123456789abcdefghjkmnpqrstvwxyz'
/** 26 letters of five bits: 128 bits and two that are zero. */
const length = 26

/** A new secret, as the letters that stand in the link and can be typed. */
export function newSecret(): string {
  let bits = BigInt(`0x${randomBytes(16).toString('hex')}`) << 2n
  let text = ''
  for (let n = 0; n < length; n++) {
    text = letters[Number(bits & 31n)] + text
    bits >>= 5n
  }
  return text
}

/** What somebody typed or followed, in its one spelling; null for what cannot be a secret. */
export function readSecret(said: string): string | null {
  const text = said
    .toLowerCase()
    .replace(/[\s-]+/g, '')
    .replace(/o/g, '0')
    .replace(/[il]/g, '1')
  return text.length === length && [...text].every((one) => letters.includes(one)) ? text : null
}

/** As it is read aloud and typed: groups of four. */
export const inGroups = (secret: string): string => secret.match(/.{1,4}/g)?.join(' ') ?? ''

export const hashOf = (secret: string): Buffer => createHash('sha256').update(`talk\n${secret}`).digest()
const keyOf = (secret: string, talk: string): Buffer => Buffer.from(hkdfSync('sha256', secret, talk, 'agreed note', 32))

export function seal(secret: string, talk: string, content: string): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret, talk), nonce)
  return Buffer.concat([nonce, cipher.update(content, 'utf8'), cipher.final(), cipher.getAuthTag()])
}

/** What lies in the box; null when the secret is not its, or it was touched. */
export function open(secret: string, talk: string, box: Buffer): string | null {
  if (box.length < 28) return null
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret, talk), box.subarray(0, 12))
  decipher.setAuthTag(box.subarray(-16))
  try {
    return Buffer.concat([decipher.update(box.subarray(12, -16)), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}
