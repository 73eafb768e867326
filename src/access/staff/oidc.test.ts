import { createPrivateKey, generateKeyPairSync, type JsonWebKey, type KeyObject, sign } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { wallClock } from '../../clock.ts'
import { type FaultCode, SignInFault } from './fault.ts'
import { type OidcSettings, type OidcWay, oidcWay, readClaims } from './oidc.ts'
import { clientId, clientSecret, startOp, type TestOp, Walker } from './test-op.ts'

let op: TestOp
let origin: string
let way: OidcWay
let settings: OidcSettings
/** What the provider has sent to our address for sign-outs. */
const told: string[] = []
const post = createServer((req, res) => {
  let body = ''
  req.on('data', (part) => (body += part))
  req.on('end', () => {
    told.push(new URLSearchParams(body).get('logout_token') ?? '')
    res.writeHead(200).end()
  })
})
beforeAll(async () => {
  await new Promise<void>((resolve) => post.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(post.address() as AddressInfo).port}`
  op = await startOp(origin)
  settings = {
    issuer: op.issuer,
    clientId,
    clientSecret,
    scope: 'openid profile',
    rolesClaim: 'roles',
    communitiesClaim: 'oplive_communities',
  }
  way = oidcWay(settings, origin, wallClock)
})
afterAll(async () => {
  post.close()
  await op.close()
})
beforeEach(() => {
  op.meddle = null
})

const faultOf = (reading: Promise<unknown>): Promise<FaultCode | 'taken'> =>
  reading.then(
    () => 'taken' as const,
    (error: unknown) => {
      if (error instanceof SignInFault) return error.code
      throw error
    },
  )

/** Somebody signs in at the provider. What their browser brings back, and what it was asked with. */
async function walk(walker = new Walker(op.issuer)) {
  const { address, asked } = await way.request()
  const { left } = await walker.go(address)
  return { query: new URL(left ?? '').search.slice(1), asked, address: new URL(address) }
}

describe('with a real OpenID provider', () => {
  test('somebody signs in: who they are, as what, and where', async () => {
    const { query, asked, address } = await walk()
    expect([address.searchParams.get('code_challenge_method'), address.searchParams.get('state')]).toEqual([
      'S256',
      asked.state,
    ])
    const { identity, assurance } = await way.readAnswer(query, asked)
    expect(identity).toMatchObject({
      way: 'oidc',
      issuer: op.issuer,
      subject: 'amira',
      name: 'Amira Said',
      roles: ['employee'],
      communities: ['holmetofte'],
    })
    expect([typeof identity.idpSession, assurance]).toEqual(['string', null])
  })

  test('a code is good once, for the browser that asked', async () => {
    const { query, asked } = await walk()
    const other = await walk()
    expect(await faultOf(way.readAnswer(query, { ...asked, state: other.asked.state }))).toBe('token')
    expect(await faultOf(way.readAnswer(query, { ...asked, verifier: other.asked.verifier }))).toBe('token')
    expect(await faultOf(way.readAnswer(other.query, other.asked))).toBe('taken')
    expect(await faultOf(way.readAnswer(other.query, other.asked))).toBe('token')
  })

  test('a token with another nonce is a token for somebody else', async () => {
    const { query, asked } = await walk()
    expect(await faultOf(way.readAnswer(query, { ...asked, nonce: 'another' }))).toBe('token')
  })

  test.each([
    ['of another issuer', { iss: 'https://evil.example' }],
    ['for another service', { aud: 'other' }],
    ['that has run out', { exp: 1_000_000_000 }],
    ['about somebody else than its access', { sub: 'chef' }],
  ])('a token %s is not taken, however well it is signed', async (_, over) => {
    op.meddle = (answer) => ({
      ...answer,
      id_token: resigned(String(answer.id_token), over, createPrivateKey({ key: op.key, format: 'jwk' })),
    })
    const { query, asked } = await walk()
    expect(await faultOf(way.readAnswer(query, asked))).toBe('token')
  })

  test('a token that is changed on the way, signed by another key, or not signed at all is not taken', async () => {
    const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
    const ways: ((token: string) => string)[] = [
      (token) => token.replace(/\.[\w-]+\./, `.${packed({ ...bodyOf(token), name: 'Chef' })}.`),
      (token) => resigned(token, {}, stranger),
      (token) => `${packed({ alg: 'none' })}.${token.split('.')[1]}.`,
      (token) => token.slice(0, -8),
    ]
    for (const change of ways) {
      op.meddle = (answer) => ({ ...answer, id_token: change(String(answer.id_token)) })
      const { query, asked } = await walk()
      expect(await faultOf(way.readAnswer(query, asked))).toBe('token')
    }
  })

  test('who is asked to sign in afresh must have done it now', async () => {
    const walkAnew = async () => {
      const { address, asked } = await way.request(true)
      expect(new URL(address).searchParams.get('prompt')).toBe('login')
      const { left } = await new Walker(op.issuer).go(address)
      return way.readAnswer(new URL(left ?? '').search.slice(1), asked)
    }
    expect(await faultOf(walkAnew())).toBe('taken')
    const key = createPrivateKey({ key: op.key, format: 'jwk' })
    op.meddle = (answer) => ({
      ...answer,
      id_token: resigned(String(answer.id_token), { auth_time: Math.round(Date.now() / 1000) - 3600 }, key),
    })
    expect(await faultOf(walkAnew())).toBe('token')
  })

  test('an error, nothing, or a code somebody made up', async () => {
    const { asked } = await walk()
    for (const query of [
      '',
      `error=access_denied&state=${asked.state}`,
      `code=x&state=${asked.state}&iss=${encodeURIComponent(op.issuer)}`,
      `code=x&code=y&state=${asked.state}`,
    ])
      expect(await faultOf(way.readAnswer(query, asked))).toBe('token')
  })

  test('a provider that does not answer is away, and is asked again next time', async () => {
    const away = oidcWay({ ...settings, issuer: 'http://127.0.0.1:9' }, origin, wallClock)
    expect([await faultOf(away.request()), await faultOf(away.request())]).toEqual(['provider-away', 'provider-away'])
  })

  test('signing out there tells us which session has ended, and we can lead somebody there', async () => {
    const walker = new Walker(op.issuer)
    const { query, asked } = await walk(walker)
    const { identity } = await way.readAnswer(query, asked)
    await walker.signOut()
    expect(told).toHaveLength(1)
    expect(await way.readLogout(told[0] ?? '')).toMatchObject({ session: identity.idpSession })
    expect(new URL((await way.signOutAddress()) ?? '').searchParams.get('client_id')).toBe(clientId)
  })
})

describe('a sign-out that the provider did not send', () => {
  const event = { 'http://schemas.openid.net/event/backchannel-logout': {} }
  const seconds = Math.round(Date.now() / 1000)
  const token = (over: Record<string, unknown> = {}, head: Record<string, unknown> = {}, key?: KeyObject) =>
    signedToken(
      { alg: 'RS256', kid: 'test', typ: 'logout+jwt', ...head },
      { iss: op.issuer, aud: clientId, iat: seconds, jti: 'one', sid: 'session', events: event, ...over },
      key ?? createPrivateKey({ key: op.key, format: 'jwk' }),
    )

  test('an honest one is read', async () => {
    expect(await way.readLogout(token({ sub: 'amira' }))).toEqual({ id: 'one', subject: 'amira', session: 'session' })
  })

  test.each<[FaultCode, string, Record<string, unknown>, Record<string, unknown>?]>([
    ['issuer', 'of another issuer', { iss: 'https://evil.example' }],
    ['audience', 'for another service', { aud: ['other'] }],
    ['expired', 'that is old', { iat: seconds - 1000 }],
    ['expired', 'that has run out', { exp: seconds - 1000 }],
    ['too-early', 'from the future', { iat: seconds + 1000 }],
    ['token', 'that is about something else', { events: {} }],
    ['token', "that could be somebody's identity", { nonce: 'x' }],
    ['token', 'without a number', { jti: undefined }],
    ['subject', 'about nobody', { sid: undefined }],
    ['algorithm', 'that says it is not signed', {}, { alg: 'none' }],
    ['algorithm', 'signed with a shared secret', {}, { alg: 'HS256' }],
    ['algorithm', 'of another kind', {}, { typ: 'at+jwt' }],
    ['signature', 'signed by a key that is not theirs', {}, { kid: 'other' }],
  ])('%s: %s', async (code, _, over, head) => {
    expect(await faultOf(way.readLogout(token(over, head)))).toBe(code)
  })

  test('changed, cut, signed by a stranger, or no token at all', async () => {
    const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
    expect(await faultOf(way.readLogout(token({}, {}, stranger)))).toBe('signature')
    expect(await faultOf(way.readLogout(token().replace(/\.[\w-]+\./, `.${packed({ sub: 'chef' })}.`)))).toBe(
      'signature',
    )
    for (const text of ['', '..', 'a.b.c', `${packed([])}.${packed({})}.x`, 'x'.repeat(20_000)])
      expect(await faultOf(way.readLogout(text))).toMatch(/token|algorithm/)
  })
})

describe('claims', () => {
  test('roles may lie deep, be one text instead of a list, or stand among groups', () => {
    const deep = { ...settings, rolesClaim: 'realm_access.roles' }
    expect(readClaims({ sub: '1', realm_access: { roles: ['oplive_leader'] } }, deep).identity.roles).toEqual([
      'leader',
    ])
    expect(readClaims({ sub: '1', roles: 'oplive_operator' }, settings).identity.roles).toEqual(['operator'])
    expect(
      readClaims({ sub: '1', groups: ['oplive_employee', 'oplive_community_lyngo'] }, settings).identity,
    ).toMatchObject({ roles: ['employee'], communities: ['lyngo'] })
    expect(readClaims({ sub: '1', roles: { oplive_operator: true }, name: 7 }, settings).identity).toMatchObject({
      roles: [],
      name: '',
    })
  })

  test('a level of NSIS is heard; a class of another kind says nothing of it', () => {
    expect(readClaims({ sub: '1', acr: 'https://data.gov.dk/concept/core/nsis/loa/Low' }, settings).assurance).toEqual([
      'https://data.gov.dk/concept/core/nsis/loa/Low',
    ])
    expect(readClaims({ sub: '1', acr: '1' }, settings).assurance).toBeNull()
  })

  test('nobody is somebody without a name that stays', () => {
    expect(() => readClaims({}, settings)).toThrow(SignInFault)
    expect(() => readClaims({ sub: '' }, settings)).toThrow(SignInFault)
  })
})

const packed = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const bodyOf = (token: string): JsonWebKey => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
const signedToken = (head: object, body: object, key: KeyObject): string => {
  const text = `${packed(head)}.${packed(body)}`
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`
}
const resigned = (token: string, over: object, key: KeyObject): string =>
  signedToken({ alg: 'RS256', kid: 'test' }, { ...bodyOf(token), ...over }, key)
