// The pair of keys that Oplive signs and decrypts with: an RSA key and a certificate it has written for itself, as one PEM text.
import { createPrivateKey, generateKeyPair, type KeyObject, randomBytes, sign, type X509Certificate } from 'node:crypto'
import { promisify } from 'node:util'
import { certificateOf } from './metadata.ts'

export interface OwnPair {
  /** PKCS#8 as PEM. */
  privateKey: string
  certificate: X509Certificate
}

const bits = 3072
const years = 10

/** Makes a pair whose certificate holds from yesterday, for clocks that are behind, and for ten years. */
export async function makeOwnPair(host: string, now: Date): Promise<string> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', { modulusLength: bits })
  const from = new Date(now.getTime() - 86_400_000)
  const to = new Date(from)
  to.setUTCFullYear(from.getUTCFullYear() + years)
  const bytes = certificateFor(privateKey, publicKey, host, [from, to])
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? []
  return `${privateKey.export({ type: 'pkcs8', format: 'pem' })}-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}

/** Reads a pair, ours or one that the operator put in its place. Null when key and certificate are not a pair. */
export function readOwnPair(pem: string): OwnPair | null {
  const key = /-----BEGIN (?:RSA )?PRIVATE KEY-----[\s\S]+?-----END (?:RSA )?PRIVATE KEY-----/.exec(pem)?.[0]
  const written = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/.exec(pem)?.[0]
  const certificate = written && certificateOf(written)
  if (!key || !certificate) return null
  try {
    const privateKey = createPrivateKey(key)
    if (privateKey.asymmetricKeyType !== 'rsa' || !certificate.checkPrivateKey(privateKey)) return null
    return { privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })), certificate }
  } catch {
    return null
  }
}

// A certificate is a few nested boxes of DER (X.690), and Node only reads them.

const box = (tag: number, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts)
  const size: number[] = []
  for (let left = body.length; left > 0; left >>= 8) size.unshift(left & 0xff)
  const head = body.length < 128 ? [body.length] : [0x80 | size.length, ...size]
  return Buffer.concat([Buffer.from([tag, ...head]), body])
}
const sequence = (...parts: Buffer[]) => box(0x30, ...parts)
const oid = (hex: string) => box(0x06, Buffer.from(hex, 'hex'))
const bitString = (bytes: Buffer) => box(0x03, Buffer.from([0]), bytes)
const utcTime = (at: Date) => box(0x17, Buffer.from(`${at.toISOString().slice(2, 19).replace(/[-T:]/g, '')}Z`))

const sha256WithRsa = sequence(oid('2a864886f70d01010b'), box(0x05))
const commonName = '550403'
const keyUsage = '551d0f'

function certificateFor(key: KeyObject, publicKey: KeyObject, host: string, [from, to]: [Date, Date]): Buffer {
  const name = sequence(box(0x31, sequence(oid(commonName), box(0x0c, Buffer.from(`Oplive ${host}`.slice(0, 64))))))
  const serial = randomBytes(16)
  // Positive, and not begun by a byte that would be left out.
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40
  // Signing, and encrypting keys.
  const usage = sequence(oid(keyUsage), box(0x01, Buffer.from([0xff])), box(0x04, box(0x03, Buffer.from([5, 0xa0]))))
  const told = sequence(
    box(0xa0, box(0x02, Buffer.from([2]))),
    box(0x02, serial),
    sha256WithRsa,
    name,
    sequence(utcTime(from), utcTime(to)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    box(0xa3, sequence(usage)),
  )
  return sequence(told, sha256WithRsa, bitString(sign('sha256', told, key)))
}
