// A device for tests: makes passkeys and shows them as a telephone does, and lies in every way one can wish.
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { handleOf } from './passkey.ts'

const sha = (data: Buffer | string) => createHash('sha256').update(data).digest()
const text = (value: string) => Buffer.concat([Buffer.from([0x60 + value.length]), Buffer.from(value)])
const bytes = (value: Buffer) =>
  Buffer.concat([
    value.length < 256 ? Buffer.from([0x58, value.length]) : Buffer.from([0x59, value.length >> 8, value.length & 255]),
    value,
  ])

/** What the device says otherwise than it should. */
export interface Lie {
  origin?: string
  rpId?: string
  challenge?: string
  type?: string
  counter?: number
  /** Nobody unlocked it. */
  locked?: boolean
  /** Nobody was there. */
  absent?: boolean
  crossOrigin?: boolean
  /** Of another account. */
  handle?: string
  /** The last byte of the signature is another. */
  altered?: boolean
  id?: string
}

export interface Device {
  id: string
  make(challenge: string, lie?: Lie): string
  show(challenge: string, lie?: Lie): string
  /** Another device with the same key, as it is now. */
  copy(): Device
}

const host = 'oplive.test'

export function device(
  account: string,
  from: { key: KeyObject; publicKey: KeyObject; id: Buffer; counter: number } = {
    ...pair(),
    id: randomBytes(20),
    counter: 0,
  },
): Device {
  const clientData = (type: string, challenge: string, lie: Lie) =>
    Buffer.from(
      JSON.stringify({
        type: lie.type ?? type,
        challenge: lie.challenge ?? challenge,
        origin: lie.origin ?? `https://${host}`,
        crossOrigin: lie.crossOrigin ?? false,
      }),
    )
  const head = (lie: Lie, more: number) => {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(lie.counter ?? from.counter)
    const flags = (lie.absent ? 0 : 1) | (lie.locked ? 0 : 4) | more
    return Buffer.concat([sha(lie.rpId ?? host), Buffer.from([flags]), counter])
  }
  return {
    id: from.id.toString('base64url'),
    make(challenge, lie = {}) {
      const { x = '', y = '' } = from.publicKey.export({ format: 'jwk' })
      const key = Buffer.concat([
        Buffer.from('a5010203262001', 'hex'),
        Buffer.from([0x21]),
        bytes(Buffer.from(x, 'base64url')),
        Buffer.from([0x22]),
        bytes(Buffer.from(y, 'base64url')),
      ])
      const authData = Buffer.concat([
        head(lie, 0x40),
        Buffer.alloc(16),
        Buffer.from([0, from.id.length]),
        from.id,
        key,
      ])
      const attestation = Buffer.concat([
        Buffer.from([0xa3]),
        text('fmt'),
        text('none'),
        text('attStmt'),
        Buffer.from([0xa0]),
        text('authData'),
        bytes(authData),
      ])
      return JSON.stringify({
        id: lie.id ?? from.id.toString('base64url'),
        clientDataJSON: clientData('webauthn.create', challenge, lie).toString('base64url'),
        attestationObject: attestation.toString('base64url'),
        transports: ['internal', 'hybrid', 'carrier-pigeon'],
      })
    },
    show(challenge, lie = {}) {
      if (lie.counter === undefined && from.counter > 0) from.counter++
      const data = clientData('webauthn.get', challenge, lie)
      const authData = head(lie, 0)
      const signature = sign('sha256', Buffer.concat([authData, sha(data)]), from.key)
      if (lie.altered) signature[signature.length - 1] = (signature[signature.length - 1] ?? 0) ^ 1
      return JSON.stringify({
        id: lie.id ?? from.id.toString('base64url'),
        clientDataJSON: data.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: signature.toString('base64url'),
        userHandle: lie.handle ?? handleOf(account),
      })
    },
    copy: () => device(account, { ...from }),
  }
}

/** A device that counts how often it is used. */
export const countingDevice = (account: string): Device =>
  device(account, { ...pair(), id: randomBytes(20), counter: 1 })

function pair() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { key: privateKey, publicKey }
}
