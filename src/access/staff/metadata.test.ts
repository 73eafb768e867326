import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { readMetadata } from './metadata.ts'
import { makeOwnPair, readOwnPair } from './own-pair.ts'

const now = new Date('2027-03-14T18:00:00Z')
let certificate: string
beforeAll(async () => {
  certificate = readOwnPair(await makeOwnPair('idp.example.dk', now))?.certificate.raw.toString('base64') ?? ''
})

const redirect = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect'
const post = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST'
const key = (use = ' use="signing"', text = certificate) =>
  `<KeyDescriptor${use}><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>\n ${text.replace(/.{64}/g, '$&\n')}\n</X509Certificate></X509Data></KeyInfo></KeyDescriptor>`
const file = ({
  entity = ' entityID="https://idp.example.dk"',
  keys = key(),
  signIn = 'https://idp.example.dk/in',
  binding = redirect,
  more = '',
  valid = '',
} = {}) =>
  `<?xml version="1.0" encoding="utf-8"?>
  <!-- from the portal -->
  <EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata"${entity}${valid}>
    <IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${keys}
      <SingleLogoutService Binding="${redirect}" Location="https://idp.example.dk/out" ResponseLocation="https://idp.example.dk/out/answer"/>
      <SingleSignOnService Binding="${post}" Location="https://idp.example.dk/post"/>
      <SingleSignOnService Binding="${binding}" Location="${signIn}"/>
    </IDPSSODescriptor>${more}
  </EntityDescriptor>`
const problemOf = (text: string) => {
  const read = readMetadata(text, now)
  return read.ok ? null : read.problem
}

test('a file is read: its name, where to sign in and out, and what it signs with', () => {
  const read = readMetadata(file({ keys: key() + key(' use="encryption"') + key('') }), now)
  expect(read.ok && read.provider).toMatchObject({
    entityId: 'https://idp.example.dk',
    signInAt: 'https://idp.example.dk/in',
    signOutAt: { at: 'https://idp.example.dk/out', answerAt: 'https://idp.example.dk/out/answer' },
    certificates: [expect.stringMatching(/^-----BEGIN CERTIFICATE-----\n/)],
  })
})

test('a file in which a federation wraps its one provider is read as well', () => {
  const inner = file().replace(/^[\s\S]*-->/, '')
  const wrapped = (text: string) =>
    `<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata">${text}</EntitiesDescriptor>`
  expect(problemOf(wrapped(inner))).toBeNull()
  expect(problemOf(wrapped(inner + inner))).toBe('many')
  expect(problemOf(wrapped(''))).toBe('not-metadata')
})

describe('what is wrong with a file is said', () => {
  test.each<[string, () => string]>([
    ['not-xml', () => 'hej'],
    ['not-xml', () => '<!DOCTYPE x SYSTEM "http://evil.example/x.dtd"><x/>'],
    ['not-xml', () => 'x'.repeat(300_000)],
    ['not-metadata', () => '<html/>'],
    ['not-metadata', () => file().replaceAll('IDPSSODescriptor', 'SPSSODescriptor')],
    ['no-entity', () => file({ entity: '' })],
    ['no-sign-in', () => file({ binding: post })],
    ['no-sign-in', () => file({ signIn: 'in' })],
    ['no-sign-in', () => file({ signIn: 'https://me@idp.example.dk/' })],
    ['not-https', () => file({ signIn: 'http://idp.example.dk/in' })],
    ['not-https', () => file({ signIn: 'javascript:alert(1)' })],
    ['no-certificate', () => file({ keys: key(' use="encryption"') })],
    ['bad-certificate', () => file({ keys: key('', 'AAAA') })],
    ['bad-certificate', () => file({ keys: key('', '%%%') })],
    ['expired', () => file({ valid: ' validUntil="2027-03-14T17:59:00Z"' })],
    ['expired', () => file({ valid: ' validUntil="soon"' })],
  ])('%s', (problem, text) => {
    expect(problemOf(text())).toBe(problem)
  })

  test('a file that holds until later is good', () => {
    expect(problemOf(file({ valid: ' validUntil="2028-01-01T00:00:00Z"' }))).toBeNull()
  })
})

test('any text is a provider or a problem, and nothing else happens', () => {
  const whole = file()
  const cut = fc
    .tuple(fc.nat(whole.length), fc.nat(200), fc.string({ maxLength: 12 }))
    .map(([at, many, text]) => whole.slice(0, at) + text + whole.slice(at + many))
  fc.assert(
    fc.property(fc.oneof(cut, fc.string()), (text) => {
      const read = readMetadata(text, now)
      if (read.ok) expect(read.provider.certificates.length).toBeGreaterThan(0)
    }),
    { numRuns: Number(process.env.RUNS ?? 300) },
  )
})
