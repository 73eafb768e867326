// A sign-out that an identity provider sends by itself (OpenID Connect Back-Channel Logout): a signed token, checked before it ends anything.
import { constants, createPublicKey, type JsonWebKey, verify } from 'node:crypto'
import { fault, SignInFault } from './fault.ts'

export interface LogoutSaid {
  /** The token's own number, to take it once. */
  id: string
  /** Whose sessions end, or which one; at least one of the two. */
  subject: string | null
  session: string | null
}

interface Expected {
  issuer: string
  clientId: string
  /** Where the keys lie with which tokens are signed. */
  keysAt: string
  now: Date
}

const event = 'http://schemas.openid.net/event/backchannel-logout'
const oldestS = 300
const skewS = 120
const longest = 16_384
/** What a key of which kind may sign with. A token does not choose for itself. */
const methods: Record<string, { kty: string; padding?: number; dsaEncoding?: 'ieee-p1363' }> = {
  RS256: { kty: 'RSA' },
  PS256: { kty: 'RSA', padding: constants.RSA_PKCS1_PSS_PADDING },
  ES256: { kty: 'EC', dsaEncoding: 'ieee-p1363' },
}

export async function readLogoutToken(token: string, expected: Expected): Promise<LogoutSaid> {
  const [head = '', body = '', signature = '', more] = token.split('.')
  if (token.length > longest || !signature || more !== undefined) return fault('token')
  const { alg, kid, typ } = jsonIn(head)
  const method = typeof alg === 'string' && Object.hasOwn(methods, alg) ? methods[alg] : undefined
  if (!method || (typ !== undefined && !/^(logout\+jwt|jwt)$/i.test(String(typ)))) return fault('algorithm')
  const keys = await keysFor(expected.keysAt, typeof kid === 'string' ? kid : null)
  const isSigned = keys
    .filter((key) => key.kty === method.kty && (key.use ?? 'sig') === 'sig' && (kid === undefined || key.kid === kid))
    .some((key) => isSignedBy(key, method, `${head}.${body}`, Buffer.from(signature, 'base64url')))
  if (!isSigned) return fault('signature')
  return readSaid(jsonIn(body), expected)
}

function readSaid(said: Record<string, unknown>, { issuer, clientId, now }: Expected): LogoutSaid {
  const seconds = now.getTime() / 1000
  const text = (name: string) => {
    const value = said[name]
    return typeof value === 'string' && value !== '' && value.length <= 1024 ? value : null
  }
  if (said.iss !== issuer) fault('issuer')
  if (![said.aud].flat().includes(clientId)) fault('audience')
  const issued = typeof said.iat === 'number' ? said.iat : fault('token')
  if (issued > seconds + skewS) fault('too-early')
  if (issued < seconds - oldestS - skewS || (typeof said.exp === 'number' && said.exp < seconds - skewS))
    fault('expired')
  const events = said.events
  // An identity token must not do for one, nor the other way round.
  if (typeof events !== 'object' || events === null || !Object.hasOwn(events, event) || said.nonce !== undefined)
    fault('token')
  const [subject, session] = [text('sub'), text('sid')]
  if (!subject && !session) fault('subject')
  return { id: text('jti') ?? fault('token'), subject, session }
}

function jsonIn(part: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    // No JSON: said below.
  }
  return fault('token')
}

type Key = JsonWebKey & { kid?: string; use?: string }

function isSignedBy(
  key: Key,
  { padding, dsaEncoding }: { padding?: number; dsaEncoding?: 'ieee-p1363' },
  text: string,
  signature: Buffer,
) {
  try {
    const publicKey = createPublicKey({ key, format: 'jwk' })
    const how = { ...(padding ? { padding, saltLength: 32 } : {}), ...(dsaEncoding ? { dsaEncoding } : {}) }
    return verify('sha256', Buffer.from(text), { key: publicKey, ...how }, signature)
  } catch {
    return false
  }
}

/** Keys are kept for five minutes; one that is not known is asked for anew, but not more often than every half minute. */
const keptMs = 300_000
const againMs = 30_000
const kept = new Map<string, { at: number; keys: Key[] }>()

async function keysFor(keysAt: string, kid: string | null): Promise<Key[]> {
  const before = kept.get(keysAt)
  const age = before ? Date.now() - before.at : Number.POSITIVE_INFINITY
  const isKnown = before?.keys.some((key) => kid === null || key.kid === kid)
  if (before && (age < againMs || (isKnown && age < keptMs))) return before.keys
  try {
    const answer = await fetch(keysAt, { signal: AbortSignal.timeout(10_000), redirect: 'error' })
    const { keys } = (await answer.json()) as { keys?: unknown }
    if (!answer.ok || !Array.isArray(keys)) return fault('provider-away')
    const all = keys.filter((key): key is Key => typeof key === 'object' && key !== null).slice(0, 50)
    kept.set(keysAt, { at: Date.now(), keys: all })
    return all
  } catch (error) {
    if (error instanceof SignInFault) throw error
    return fault('provider-away')
  }
}
