// An identity provider for tests: a real one (samlify) that signs and encrypts, and a forger who makes what no honest one would send.
import { createCipheriv, publicEncrypt, randomBytes } from 'node:crypto'
import { signXml } from '@node-saml/node-saml/lib/xml.js'
import * as samlify from 'samlify'
import { readMetadata } from './metadata.ts'
import { ourMetadata } from './our-metadata.ts'
import { makeOwnPair, type OwnPair, readOwnPair } from './own-pair.ts'
import type { SamlParty } from './saml.ts'
import {
  attributeNames,
  bearer,
  contentCiphers,
  keyCiphers,
  ns,
  persistent,
  redirectBinding,
  success,
} from './saml-names.ts'
import { inXml } from './xml.ts'

samlify.setSchemaValidator({ validate: async () => 'not what is tested here' })

export const idpName = 'https://idp.midtsoe.dk/saml'
const origin = 'https://oplive.midtsoe.dk'

/** What an assertion says. Each part can be made to say something else. */
export interface Saying {
  requestId: string
  now: Date
  assertionId: string
  issuer: string
  responseIssuer: string
  audience: string | null
  recipient: string
  destination: string
  inResponseTo: string
  status: string
  nameId: string
  format: string
  sessionIndex: string
  notBefore: number
  notOnOrAfter: number
  confirmedUntil: number
  issued: number
  /** So many seconds ago they signed in there. */
  signedInAgo: number
  attributes: Record<string, string[]>
  /** Written into the assertion as it is, before its end. */
  more: string
}

const at = (now: Date, seconds: number): string => new Date(now.getTime() + seconds * 1000).toISOString()

const attribute = ([name, values]: [string, string[]]) =>
  `<saml:Attribute Name="${inXml(name)}">${values.map((value) => `<saml:AttributeValue>${inXml(value)}</saml:AttributeValue>`).join('')}</saml:Attribute>`

export const assertionXml = (s: Saying): string =>
  `<saml:Assertion xmlns:saml="${ns.assertion}" ID="${s.assertionId}" Version="2.0" IssueInstant="${at(s.now, s.issued)}"><saml:Issuer>${s.issuer}</saml:Issuer><saml:Subject><saml:NameID Format="${s.format}">${inXml(s.nameId)}</saml:NameID><saml:SubjectConfirmation Method="${bearer}"><saml:SubjectConfirmationData NotOnOrAfter="${at(s.now, s.confirmedUntil)}" Recipient="${s.recipient}" InResponseTo="${s.requestId}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="${at(s.now, s.notBefore)}" NotOnOrAfter="${at(s.now, s.notOnOrAfter)}">${s.audience === null ? '' : `<saml:AudienceRestriction><saml:Audience>${s.audience}</saml:Audience></saml:AudienceRestriction>`}</saml:Conditions><saml:AuthnStatement AuthnInstant="${at(s.now, s.issued - s.signedInAgo)}" SessionIndex="${s.sessionIndex}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>${Object.entries(s.attributes).map(attribute).join('')}</saml:AttributeStatement>${s.more}</saml:Assertion>`

export const responseXml = (s: Saying, inside: string): string =>
  `<samlp:Response xmlns:samlp="${ns.protocol}" xmlns:saml="${ns.assertion}" ID="_r${s.assertionId}" Version="2.0" IssueInstant="${at(s.now, s.issued)}" Destination="${s.destination}" InResponseTo="${s.inResponseTo}"><saml:Issuer>${s.responseIssuer}</saml:Issuer><samlp:Status><samlp:StatusCode Value="${s.status}"/></samlp:Status>${inside}</samlp:Response>`

/** Signs one element, found by its name. */
export const signed = (
  xml: string,
  name: string,
  pair: OwnPair,
  signatureAlgorithm: 'sha1' | 'sha256' = 'sha256',
): string =>
  signXml(
    xml,
    `//*[local-name(.)='${name}']`,
    { reference: `//*[local-name(.)='${name}']/*[local-name(.)='Issuer']`, action: 'after' },
    {
      privateKey: pair.privateKey,
      publicCert: pair.certificate.toString(),
      signatureAlgorithm,
      digestAlgorithm: signatureAlgorithm,
    } as Parameters<typeof signXml>[3],
  )

/** Encrypts as the metadata asks, or by other names and padding. */
export function sealed(
  xml: string,
  to: OwnPair,
  { cipher = contentCiphers[0] ?? '', keyCipher = keyCiphers[0] ?? '', spoil = false } = {},
): string {
  const key = randomBytes(32)
  const iv = randomBytes(12)
  const closing = createCipheriv('aes-256-gcm', key, iv)
  const bytes = Buffer.concat([iv, closing.update(xml), closing.final(), closing.getAuthTag()])
  if (spoil) bytes[40] = (bytes[40] ?? 0) ^ 1
  const wrapped = publicEncrypt({ key: to.certificate.publicKey, oaepHash: 'sha1' }, key)
  const value = (all: Buffer) =>
    `<xenc:CipherData><xenc:CipherValue>${all.toString('base64')}</xenc:CipherValue></xenc:CipherData>`
  return `<saml:EncryptedAssertion xmlns:saml="${ns.assertion}"><xenc:EncryptedData xmlns:xenc="${ns.encryption}"><xenc:EncryptionMethod Algorithm="${cipher}"/><ds:KeyInfo xmlns:ds="${ns.signature}"><xenc:EncryptedKey><xenc:EncryptionMethod Algorithm="${keyCipher}"/>${value(wrapped)}</xenc:EncryptedKey></ds:KeyInfo>${value(bytes)}</xenc:EncryptedData></saml:EncryptedAssertion>`
}

export const packed = (xml: string): string => Buffer.from(xml).toString('base64')

/** The municipality's privileges as KOMBIT packs them. */
export function privilegesOf(roles: string[], communities: string[] = [], cvr = '12345678'): string {
  const restrictions = communities.map(
    (one) => `<Constraint Name="http://oplive.dk/constraints/oplive_community/1">${inXml(one)}</Constraint>`,
  )
  const privileges = roles.map((one) => `<Privilege>http://oplive.dk/roles/usersystemrole/${one}/1</Privilege>`)
  return packed(
    `<?xml version="1.0" encoding="UTF-8"?><bpp:PrivilegeList xmlns:bpp="http://digst.dk/oiosaml/basic_privilege_profile"><PrivilegeGroup Scope="urn:dk:gov:saml:cvrNumberIdentifier:${cvr}">${restrictions.join('')}${privileges.join('')}</PrivilegeGroup></bpp:PrivilegeList>`,
  )
}

export interface TestIdp {
  party: SamlParty
  pair: OwnPair
  /** Its metadata, as it would be uploaded. */
  metadata: string
  /** What an honest answer to this request says. */
  saying(requestId: string, now: Date, over?: Partial<Saying>): Saying
  /** Reads our request from the address, with its signature; answers its id. */
  readRequest(address: string): Promise<string>
  /** The answer of the real provider: signed, then encrypted. */
  answer(saying: Saying): Promise<string>
  /** The answer of a forger: whatever is handed to them, encrypted to us. */
  forge(saying: Saying, assertion: string): string
  /** Signs somebody out: the address to send the browser to. */
  signOut(nameId: string, sessionIndex: string): string
}

export async function makeIdp(ours?: { origin: string; pair: OwnPair }): Promise<TestIdp> {
  const now = new Date()
  const madePair = async (host: string) => readOwnPair(await makeOwnPair(host, now)) as OwnPair
  const [pair, ownPair] = [await madePair('idp'), ours?.pair ?? (await madePair('oplive'))]
  const home = ours?.origin ?? origin
  const service = { entityId: `${home}/saml/metadata`, answerAt: `${home}/saml/acs`, signOutAt: `${home}/saml/slo` }
  const idp = samlify.IdentityProvider({
    entityID: idpName,
    privateKey: pair.privateKey,
    signingCert: pair.certificate.toString(),
    isAssertionEncrypted: true,
    dataEncryptionAlgorithm: 'http://www.w3.org/2009/xmlenc11#aes256-gcm',
    keyEncryptionAlgorithm: 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p',
    requestSignatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    wantAuthnRequestsSigned: true,
    wantLogoutRequestSigned: true,
    nameIDFormat: [persistent],
    singleSignOnService: [{ Binding: redirectBinding, Location: 'https://idp.midtsoe.dk/in' }],
    singleLogoutService: [{ Binding: redirectBinding, Location: 'https://idp.midtsoe.dk/out' }],
  } as Parameters<typeof samlify.IdentityProvider>[0])
  const sp = samlify.ServiceProvider({
    metadata: ourMetadata({ ...service, certificate: ownPair.certificate.raw }),
    wantLogoutRequestSigned: true,
  })
  const metadata = idp.getMetadata()
  const read = readMetadata(metadata, now)
  if (!read.ok) throw new Error(`the metadata of the real provider cannot be read: ${read.problem}`)
  return {
    party: { provider: read.provider, pair: ownPair, ...service, cvr: '12345678', asksFor: null },
    pair,
    metadata,
    saying: (requestId, when, over = {}) => ({
      requestId,
      now: when,
      assertionId: `_${randomBytes(16).toString('hex')}`,
      issuer: idpName,
      responseIssuer: idpName,
      audience: service.entityId,
      recipient: service.answerAt,
      destination: service.answerAt,
      inResponseTo: requestId,
      status: success,
      nameId: 'amira-4711',
      format: persistent,
      sessionIndex: 'session-1',
      notBefore: 0,
      notOnOrAfter: 300,
      confirmedUntil: 300,
      issued: 0,
      signedInAgo: 0,
      attributes: {
        [attributeNames.name[0]]: ['Amira Said'],
        [attributeNames.privileges[0]]: [privilegesOf(['oplive_employee'], ['holmetofte'])],
        [attributeNames.assurance[0]]: ['Substantial'],
      },
      more: '',
      ...over,
    }),
    async readRequest(address) {
      const { searchParams, search } = new URL(address)
      const octetString = search.slice(1, search.indexOf('&Signature='))
      const { extract } = await idp.parseLoginRequest(sp, 'redirect', {
        query: Object.fromEntries(searchParams),
        octetString,
      })
      return String(extract.request?.id)
    },
    async answer(saying) {
      const { context } = await idp.createLoginResponse(
        sp,
        { extract: { request: { id: saying.requestId } } },
        'post',
        {},
        {
          customTagReplacement: () => ({ id: saying.assertionId, context: responseXml(saying, assertionXml(saying)) }),
        },
      )
      return context
    },
    forge: (saying, assertion) => packed(responseXml(saying, sealed(assertion, ownPair))),
    signOut: (nameId, sessionIndex) =>
      idp.createLogoutRequest(sp, 'redirect', { logoutNameID: nameId, sessionIndex }).context,
  }
}
