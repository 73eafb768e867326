// Sealing: a card is encrypted to the meeting's public key, so that nothing that is stored can be read before the counting.
//
// X25519 between a throw-away key and the meeting's key, HKDF-SHA-256, AES-256-GCM. Cards that go into the database in one
// commit share the throw-away key and number their boxes; the tag that stands beside a box is bound into it.
// Layout of a box: 32 bytes throw-away public key · 2 bytes number · the sealed card · 16 bytes seal.
import {
  createCipheriv,
  createDecipheriv,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto'

const publicSize = 32
const sealSize = 16
const head = publicSize + 2
/** The most cards that may share a throw-away key: the number in the box has two bytes. */
export const mostInOneCommit = 65_535

/** SubjectPublicKeyInfo for X25519: this head, then the 32 bytes of the key. */
const spkiHead = Buffer.from('302a300506032b656e032100', 'hex')
const publicFrom = (raw: Buffer): KeyObject =>
  createPublicKey({ key: Buffer.concat([spkiHead, raw]), format: 'der', type: 'spki' })
/** A meeting's public key is asked for with every commit. */
const known = new Map<string, KeyObject>()

function meetingKey(raw: Buffer): KeyObject {
  const name = raw.toString('latin1')
  const before = known.get(name)
  if (before) return before
  if (known.size >= 1000) known.clear()
  const key = publicFrom(raw)
  known.set(name, key)
  return key
}

const rawOf = (key: KeyObject): Buffer => Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url')

const cardKey = (privateKey: KeyObject, publicKey: KeyObject, thrownAway: Buffer, meetings: Buffer): Buffer =>
  Buffer.from(
    hkdfSync(
      'sha256',
      diffieHellman({ privateKey, publicKey }),
      Buffer.concat([thrownAway, meetings]),
      'oplive exit card 1',
      32,
    ),
  )

const nonceOf = (number: Buffer): Buffer => Buffer.concat([Buffer.alloc(10), number])

export interface Card {
  /** Bound into the seal: a box moved to another tag does not open. */
  tag: Buffer
  plain: Uint8Array
}

/** Seals the cards of one commit to a 32-byte public key. Throws RangeError above `mostInOneCommit`. */
export function seal(publicKey: Buffer, cards: readonly Card[]): Buffer[] {
  if (cards.length > mostInOneCommit) throw new RangeError('too many cards for one throw-away key')
  const thrownAway = generateKeyPairSync('x25519')
  const thrownAwayPublic = rawOf(thrownAway.publicKey)
  const key = cardKey(thrownAway.privateKey, meetingKey(publicKey), thrownAwayPublic, publicKey)
  return cards.map((card, place) => {
    const number = Buffer.alloc(2)
    number.writeUInt16BE(place)
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number))
    cipher.setAAD(card.tag)
    return Buffer.concat([thrownAwayPublic, number, cipher.update(card.plain), cipher.final(), cipher.getAuthTag()])
  })
}

/** Opens boxes with the private key. A box that does not open (damaged, or not for this key) gives null in its place. */
export function open(privateKey: KeyObject, sealed: readonly { tag: Buffer; box: Buffer }[]): (Buffer | null)[] {
  const meetings = rawOf(createPublicKey(privateKey))
  const keys = new Map<string, Buffer>()
  return sealed.map(({ tag, box }) => {
    if (box.length < head + sealSize) return null
    try {
      const thrownAway = box.subarray(0, publicSize)
      const name = thrownAway.toString('latin1')
      const key = keys.get(name) ?? cardKey(privateKey, publicFrom(thrownAway), thrownAway, meetings)
      keys.set(name, key)
      const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(box.subarray(publicSize, head)))
      decipher.setAAD(tag)
      decipher.setAuthTag(box.subarray(-sealSize))
      return Buffer.concat([decipher.update(box.subarray(head, -sealSize)), decipher.final()])
    } catch {
      return null
    }
  })
}
