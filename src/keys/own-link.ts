// Links that say whose they are and what for, and that only this installation can have written. Nothing of them is stored.
import { createHmac, timingSafeEqual } from 'node:crypto'

const idBytes = 16
const sealBytes = 16

const sealOf = (secret: Buffer, purpose: string, id: Buffer): Buffer =>
  createHmac('sha256', secret).update(`${purpose}\n`).update(id).digest().subarray(0, sealBytes)

/** The last part of an address: a UUID and 128 bits of HMAC over it and the purpose, 43 characters in base64url. */
export function ownLink(secret: Buffer, purpose: string, uuid: string): string {
  const id = Buffer.from(uuid.replaceAll('-', ''), 'hex')
  return Buffer.concat([id, sealOf(secret, purpose, id)]).toString('base64url')
}

/** The UUID; null for everything that this installation has not written for this purpose. */
export function readOwnLink(secret: Buffer, purpose: string, token: string): string | null {
  if (!/^[\w-]{43}$/.test(token)) return null
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length !== idBytes + sealBytes || bytes.toString('base64url') !== token) return null
  const id = bytes.subarray(0, idBytes)
  if (!timingSafeEqual(bytes.subarray(idBytes), sealOf(secret, purpose, id))) return null
  return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
