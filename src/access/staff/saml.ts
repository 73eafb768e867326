// SAML 2.0 with one identity provider: what we ask, what we take for an answer, and signing out from either side.
import { randomBytes, verify } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'
import type { SAML } from '@node-saml/node-saml'
import { fault, SignInFault } from './fault.ts'
import type { IdentityProvider } from './metadata.ts'
import type { OwnPair } from './own-pair.ts'
import { type AssertionRead, instantOf, type NameId, readAssertion, skewMs } from './saml-assertion.ts'
import { ns, signatureMethods, success } from './saml-names.ts'
import { openSealed } from './saml-sealed.ts'
import { readSigned } from './saml-signed.ts'
import type { Assurance } from './staff-identity.ts'
import { childrenOf, type Element, onlyChild, readXml, XmlProblem } from './xml.ts'

export interface SamlParty {
  provider: IdentityProvider
  pair: OwnPair
  /** Our entityID, and where answers and sign-outs are sent to us. */
  entityId: string
  answerAt: string
  signOutAt: string
  cvr: string | null
  /** Asked for in the request; null when the identity provider decides by itself. */
  asksFor: Assurance | null
}

/** The most an answer may weigh, as base64: privileges of hundreds of groups fit. */
export const largestMessage = 262_144
/** A sign-out that was asked for longer ago is old. */
const signOutMs = 300_000

/** The library is only loaded by whoever signs in this way. */
async function library(
  { provider, pair, entityId, answerAt, asksFor }: SamlParty,
  { id, anew = false }: { id?: string; anew?: boolean } = {},
): Promise<SAML> {
  const { SAML } = await import('@node-saml/node-saml')
  return new SAML({
    entryPoint: provider.signInAt,
    issuer: entityId,
    callbackUrl: answerAt,
    idpCert: provider.certificates,
    privateKey: pair.privateKey,
    signatureAlgorithm: 'sha256',
    identifierFormat: null,
    disableRequestedAuthnContext: asksFor === null,
    authnContext: [`https://data.gov.dk/concept/core/nsis/loa/${titled(asksFor ?? 'substantial')}`],
    racComparison: 'minimum',
    ...(provider.signOutAt ? { logoutUrl: provider.signOutAt.at } : {}),
    forceAuthn: anew,
    ...(id ? { generateUniqueId: () => id } : {}),
  })
}
const titled = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1)

/** An id as SAML wants it: random, and not begun by a digit. */
export const newSamlId = (): string => `_${randomBytes(16).toString('hex')}`

/** Where to send somebody to sign in: a request with this id, signed. `anew`: also when they are signed in there already. */
export async function requestFor(party: SamlParty, id: string, relay: string, anew = false): Promise<string> {
  return (await library(party, { id, anew })).getAuthorizeUrlAsync(relay, undefined, {})
}

/**
 * Reads what came back in answer to a request. Throws SignInFault for anything that is not wholly as it should be. `anewAt`: when they were
 * asked to sign in afresh.
 */
export function readAnswer(
  party: SamlParty,
  sent: string,
  requestId: string,
  now: Date,
  anewAt: number | null = null,
): Promise<AssertionRead> {
  return asFault(async () => {
    const response = readXml(textOf(sent))
    if (response.ns !== ns.protocol || response.name !== 'Response') fault('unreadable')
    if (response.attributes.get('Version') !== '2.0') fault('unreadable')
    if (response.attributes.get('Destination') !== party.answerAt) fault('destination')
    if (response.attributes.get('InResponseTo') !== requestId) fault('request')
    const issuer = onlyChild(response, ns.assertion, 'Issuer')
    if (issuer && issuer.text.trim() !== party.provider.entityId) fault('issuer')
    const status = onlyChild(onlyChild(response, ns.protocol, 'Status'), ns.protocol, 'StatusCode')
    if (status?.attributes.get('Value') !== success) fault('status')
    // What is not encrypted lies in the clear in a browser, and is not looked at, however well it is signed.
    if (childrenOf(response, ns.assertion, 'Assertion').length > 0) fault('not-encrypted')
    const sealed = onlyChild(response, ns.assertion, 'EncryptedAssertion') ?? fault('not-encrypted')
    const opened = openSealed(sealed, party.pair.privateKey)
    const assertion = await readSigned(opened, party.provider.certificates)
    return readAssertion(assertion, {
      issuer: party.provider.entityId,
      audience: party.entityId,
      recipient: party.answerAt,
      requestId,
      now,
      anewAt,
      cvr: party.cvr,
    })
  })
}

/** Base64 of UTF-8, and nothing that only looks like it. */
function textOf(sent: string): string {
  const packed = sent.replace(/\s+/g, '')
  if (packed.length > largestMessage) fault('too-large')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(packed)) fault('unreadable')
  return decoded(Buffer.from(packed, 'base64'))
}
const decoded = (bytes: Buffer): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes)

/** Whatever goes wrong in what was sent is a fault of what was sent. */
async function asFault<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof SignInFault) throw error
    // A reader's no, bytes that are no text, an address that is none, or something that does not unpack.
    const kinds = [XmlProblem, TypeError, URIError, RangeError]
    if (kinds.some((kind) => error instanceof kind) || isUnpacking(error)) return fault('unreadable')
    throw error
  }
}

const isUnpacking = (error: unknown): boolean => /^Z_/.test(String((error as { code?: unknown }).code))

/** Where to send somebody to sign out there as well; null when the identity provider has no such address. */
export async function signOutAddress(
  party: SamlParty,
  { value, sessionIndex, ...name }: NameId,
): Promise<string | null> {
  if (!party.provider.signOutAt) return null
  const given = Object.entries({
    nameIDFormat: name.format,
    nameQualifier: name.nameQualifier,
    spNameQualifier: name.spNameQualifier,
    sessionIndex,
  }).filter(([, said]) => said !== null)
  const profile = { issuer: party.provider.entityId, nameID: value, ...Object.fromEntries(given) }
  return (await library(party)).getLogoutUrlAsync(profile as Parameters<SAML['getLogoutUrlAsync']>[0], '', {})
}

/** Somebody is to be signed out: all their sessions, or those that are named. */
export interface SignOutAsked {
  id: string
  nameId: string
  sessions: string[]
  relay: string
}

/** A sign-out that came through the browser's address: signed beside the message, over the address as it was written. */
export function readSignOutAddress(party: SamlParty, query: string, now: Date): Promise<SignOutAsked> {
  return asFault(async () => {
    if (query.length > largestMessage) fault('too-large')
    const written = new Map<string, string>()
    for (const part of query.split('&')) {
      const is = part.indexOf('=')
      const name = is < 0 ? part : part.slice(0, is)
      if (written.has(name)) fault('signature')
      written.set(name, is < 0 ? '' : part.slice(is + 1))
    }
    const given = (name: string) => decodeURIComponent((written.get(name) ?? fault('signature')).replaceAll('+', ' '))
    const method = given('SigAlg')
    const hash = Object.hasOwn(signatureMethods, method) ? signatureMethods[method] : fault('algorithm')
    const signed = ['SAMLRequest', 'RelayState', 'SigAlg'].filter((name) => written.has(name))
    const over = Buffer.from(signed.map((name) => `${name}=${written.get(name)}`).join('&'))
    const signature = Buffer.from(given('Signature'), 'base64')
    if (!party.provider.certificates.some((pem) => verify(hash, over, pem, signature))) fault('signature')
    const packed = Buffer.from(given('SAMLRequest'), 'base64')
    const request = readXml(decoded(inflateRawSync(packed, { maxOutputLength: largestMessage })))
    return signOutIn(party, request, written.has('RelayState') ? given('RelayState') : '', now)
  })
}

/** A sign-out that came as a form: the signature is in the message. */
export function readSignOutForm(party: SamlParty, sent: string, relay: string, now: Date): Promise<SignOutAsked> {
  return asFault(async () => signOutIn(party, await readSigned(textOf(sent), party.provider.certificates), relay, now))
}

function signOutIn(party: SamlParty, request: Element, relay: string, now: Date): SignOutAsked {
  const { attributes } = request
  if (request.ns !== ns.protocol || request.name !== 'LogoutRequest') fault('unreadable')
  if (attributes.get('Destination') !== party.signOutAt) fault('destination')
  if (onlyChild(request, ns.assertion, 'Issuer')?.text.trim() !== party.provider.entityId) fault('issuer')
  const issued = instantOf(attributes.get('IssueInstant')) ?? fault('unreadable')
  const until = attributes.get('NotOnOrAfter')
  if (issued > now.getTime() + skewMs) fault('too-early')
  if (issued < now.getTime() - signOutMs - skewMs) fault('expired')
  if (until !== undefined && !((instantOf(until) ?? 0) > now.getTime() - skewMs)) fault('expired')
  const sealed = onlyChild(request, ns.assertion, 'EncryptedID')
  const name = sealed ? readXml(openSealed(sealed, party.pair.privateKey)) : onlyChild(request, ns.assertion, 'NameID')
  return {
    id: attributes.get('ID') || fault('unreadable'),
    nameId: name?.text.trim() || fault('subject'),
    sessions: childrenOf(request, ns.protocol, 'SessionIndex')
      .map(({ text }) => text.trim())
      .filter((text) => text !== ''),
    relay: relay.slice(0, 80),
  }
}

/** Where to send the browser back to, with the answer that it is done. */
export async function signOutAnswer(party: SamlParty, { id, relay }: SignOutAsked): Promise<string | null> {
  if (!party.provider.signOutAt) return null
  const { answerAt } = party.provider.signOutAt
  const answering = await library({ ...party, provider: { ...party.provider, signOutAt: { at: answerAt, answerAt } } })
  const asked = { ID: id, issuer: '', nameID: '', nameIDFormat: '' } as Parameters<SAML['getLogoutResponseUrlAsync']>[0]
  return answering.getLogoutResponseUrlAsync(asked, relay, {}, true)
}
