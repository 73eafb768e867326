// The second factor of those who work for the municipality: six digits from their own phone, and codes on paper for the day it is lost.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { StaffWay } from './passkey.ts'
import { hashOf, type WayIn } from './sign-in.ts'

const period = 30
const secretSize = 20
/** Clocks of phones go wrong by so many half minutes. */
const drift = 1

const stepAt = (now: Date): number => Math.floor(now.getTime() / 1000 / period)
const totp = (secret: Buffer, label = '', issuer = '') =>
  new TOTP({
    issuer,
    label,
    algorithm: 'SHA1',
    digits: 6,
    period,
    secret: new Secret({ buffer: new Uint8Array(secret).buffer }),
  })

export const newSecret = (): Buffer => randomBytes(secretSize)

/** The half minute these digits belong to; null when they are wrong. Whether they have been used, the database knows. */
export function stepOf(secret: Buffer, digits: string, now: Date): number | null {
  const delta = totp(secret).validate({ token: digits, window: drift, timestamp: now.getTime() })
  return delta === null ? null : stepAt(now) + delta
}

/** The digits of this moment. */
export const digitsAt = (secret: Buffer, now: Date): string => totp(secret).generate({ timestamp: now.getTime() })

export interface Setup {
  /** `otpauth://…`, for a camera. */
  address: string
  /** The same to type: groups of four letters. */
  typed: string
}

/** What the phone is told. Both names stand in the phone's list of codes. */
export function setupOf(secret: Buffer, name: string, house: string): Setup {
  const made = totp(secret, name, house)
  return { address: made.toString(), typed: made.secret.base32.replaceAll(/(.{4})(?=.)/g, '$1 ') }
}

/** The key lies outside the database: from the house's secret in the key cabinet. */
const keyFrom = (houseSecret: Buffer): Buffer =>
  Buffer.from(hkdfSync('sha256', houseSecret, Buffer.alloc(0), 'oplive second factor 1', 32))

/** Seals a secret to its account: moved to another account it does not open. 12 bytes nonce, the secret, 16 bytes seal. */
export function sealSecret(houseSecret: Buffer, account: string, secret: Buffer): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyFrom(houseSecret), nonce).setAAD(Buffer.from(account))
  return Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()])
}

/** Null when it was sealed on another machine, for another account, or has been altered. */
export function openSecret(houseSecret: Buffer, account: string, sealed: Buffer): Buffer | null {
  if (sealed.length !== 12 + secretSize + 16) return null
  const cipher = createDecipheriv('aes-256-gcm', keyFrom(houseSecret), sealed.subarray(0, 12))
  cipher.setAAD(Buffer.from(account)).setAuthTag(sealed.subarray(-16))
  try {
    return Buffer.concat([cipher.update(sealed.subarray(12, -16)), cipher.final()])
  } catch {
    return null
  }
}

/** What somebody typed: six digits, or a code from the paper. Spaces and dashes do not matter. */
export type Typed = { digits: string } | { recovery: Buffer } | null

/** Without I, L, O and U: nothing is mistaken for a number, and no word comes out by chance. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
export const codesOnPaper = 10

export function readTyped(text: string | null): Typed {
  const typed = (text ?? '').replaceAll(/[\s-]/g, '').toUpperCase()
  if (/^\d{6}$/.test(typed)) return { digits: typed }
  const code = typed.replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  return /^[0-9A-HJKMNP-TV-Z]{12}$/.test(code) ? { recovery: hashOf(code) } : null
}

/** Codes as they are printed: 60 random bits each, in groups of four. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: codesOnPaper }, () =>
    Array.from(randomBytes(12), (byte) => letters[byte % 32])
      .join('')
      .replaceAll(/(.{4})(?=.)/g, '$1-'),
  )

/** What is kept of a printed code. */
export const recoveryHash = (code: string): Buffer => hashOf(code.replaceAll('-', ''))

/** Wrong digits are slowed for the account they are tried on: five, then a minute; thirty, then the rest of the day. */
export interface DigitGuard {
  /** One try. `last`: after this one they wait. False: they wait already, and nothing is looked at. */
  mayTry(account: string): Promise<{ last: boolean } | false>
  /** They were right: counting begins anew. */
  right(account: string): Promise<void>
}

export function watchDigits(): DigitGuard {
  const minute = new RateLimiterMemory({ keyPrefix: 'minute', points: 5, duration: 60, blockDuration: 60 })
  const day = new RateLimiterMemory({ keyPrefix: 'day', points: 30, duration: 86_400 })
  const consume = (limiter: RateLimiterMemory, account: string) =>
    limiter.consume(account).then(
      ({ remainingPoints }) => remainingPoints,
      () => -1,
    )
  return {
    async mayTry(account) {
      const left = await consume(minute, account)
      if (left < 0) return false
      const today = await consume(day, account)
      return today < 0 ? false : { last: left === 0 || today === 0 }
    },
    async right(account) {
      await minute.delete(account)
      await day.delete(account)
    },
  }
}

interface Holding {
  municipalRole: string | null
  session: { via: WayIn; factorShown: boolean }
}

/** Must they still show passkey and digits before anything else opens to them? */
export const owesFactor = ({ municipalRole, session }: Holding, way: StaffWay): boolean =>
  way === 'passkey' &&
  municipalRole !== null &&
  !session.factorShown &&
  session.via !== 'oidc' &&
  session.via !== 'saml'

/** May this session add a passkey or a first second factor? A link by mail alone is too little for that; the operator's link is enough. */
export const mayEquip = (holding: Holding, way: StaffWay): boolean =>
  !owesFactor(holding, way) || holding.session.via === 'terminal' || holding.session.via === 'passkey'
