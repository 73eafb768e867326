// What is encrypted to us: opens an EncryptedAssertion or an EncryptedID with our private key, by ciphers that notice a change.
import { constants, createDecipheriv, privateDecrypt } from 'node:crypto'
import { fault } from './fault.ts'
import { contentCiphers, keyCiphers, ns } from './saml-names.ts'
import { type Element, onlyChild } from './xml.ts'

const sha1 = 'http://www.w3.org/2000/09/xmldsig#sha1'
const sha256 = 'http://www.w3.org/2001/04/xmlenc#sha256'
const mgf1Sha1 = 'http://www.w3.org/2009/xmlenc11#mgf1sha1'
const mgf1Sha256 = 'http://www.w3.org/2009/xmlenc11#mgf1sha256'
const ivSize = 12
const tagSize = 16

/** The text inside. `sealed` holds one EncryptedData; its key lies in it or beside it. Throws SignInFault. */
export function openSealed(sealed: Element, privateKey: string): string {
  const data = onlyChild(sealed, ns.encryption, 'EncryptedData') ?? fault('unreadable')
  const keyInfo = onlyChild(data, ns.signature, 'KeyInfo')
  const wrapped =
    onlyChild(keyInfo, ns.encryption, 'EncryptedKey') ??
    onlyChild(sealed, ns.encryption, 'EncryptedKey') ??
    fault('unreadable')
  const cipher = methodOf(data).attributes.get('Algorithm') ?? ''
  if (!contentCiphers.includes(cipher)) fault('cipher')
  const size = cipher.endsWith('aes128-gcm') ? 16 : 32
  const hash = hashOf(methodOf(wrapped))
  try {
    const key = privateDecrypt(
      { key: privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: hash },
      bytesOf(wrapped),
    )
    const bytes = bytesOf(data)
    if (key.length !== size || bytes.length < ivSize + tagSize) return fault('decryption')
    const opening = createDecipheriv(`aes-${size === 16 ? 128 : 256}-gcm`, key, bytes.subarray(0, ivSize), {
      authTagLength: tagSize,
    })
    opening.setAuthTag(bytes.subarray(-tagSize))
    const plain = Buffer.concat([opening.update(bytes.subarray(ivSize, -tagSize)), opening.final()])
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain)
  } catch {
    return fault('decryption')
  }
}

const methodOf = (element: Element): Element => onlyChild(element, ns.encryption, 'EncryptionMethod') ?? fault('cipher')

function bytesOf(element: Element): Buffer {
  const value = onlyChild(onlyChild(element, ns.encryption, 'CipherData'), ns.encryption, 'CipherValue')
  return Buffer.from(value?.text.replace(/\s+/g, '') ?? fault('unreadable'), 'base64')
}

/** OAEP hashes twice, and Node does both alike: so must they be asked for. */
function hashOf(method: Element): 'sha1' | 'sha256' {
  const cipher = method.attributes.get('Algorithm') ?? ''
  if (!keyCiphers.includes(cipher)) fault('cipher')
  const digest = onlyChild(method, ns.signature, 'DigestMethod')?.attributes.get('Algorithm') ?? sha1
  const mask = onlyChild(method, ns.encryption11, 'MGF')?.attributes.get('Algorithm') ?? mgf1Sha1
  if (digest === sha1 && mask === mgf1Sha1) return 'sha1'
  if (digest === sha256 && mask === mgf1Sha256) return 'sha256'
  return fault('cipher')
}
