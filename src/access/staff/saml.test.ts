import { inflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { type FaultCode, SignInFault } from './fault.ts'
import { makeOwnPair, type OwnPair, readOwnPair } from './own-pair.ts'
import { readAnswer, readSignOutAddress, readSignOutForm, requestFor, signOutAddress } from './saml.ts'
import { ns, transient, x509Subject } from './saml-names.ts'
import {
  assertionXml,
  idpName,
  makeIdp,
  packed,
  privilegesOf,
  responseXml,
  type Saying,
  sealed,
  signed,
  type TestIdp,
} from './test-idp.ts'

const now = new Date('2027-03-14T18:00:00Z')
const requestId = '_0123456789abcdef'
let idp: TestIdp
let stranger: OwnPair
beforeAll(async () => {
  idp = await makeIdp()
  stranger = readOwnPair(await makeOwnPair('evil', now)) as OwnPair
})

const read = (sent: string, at = now) => readAnswer(idp.party, sent, requestId, at)
const saying = (over: Partial<Saying> = {}) => idp.saying(requestId, now, over)
const real = async (over: Partial<Saying> = {}) => idp.answer(saying(over))
const faultOf = (reading: Promise<unknown>): Promise<FaultCode | 'taken'> =>
  reading.then(
    () => 'taken' as const,
    (error: unknown) => {
      if (error instanceof SignInFault) return error.code
      throw error
    },
  )

describe('with a real identity provider', () => {
  test('our request is signed as it wants it, and its answer, signed and encrypted, says who somebody is', async () => {
    const asked = await idp.readRequest(await requestFor(idp.party, requestId, 'relay'))
    expect(asked).toBe(requestId)
    const { identity, nameId, assurance } = await read(await real())
    expect(identity).toEqual({
      way: 'saml',
      issuer: idpName,
      subject: 'amira-4711',
      name: 'Amira Said',
      roles: ['employee'],
      communities: ['holmetofte'],
      idpSession: 'session-1',
    })
    expect([nameId.value, assurance]).toEqual(['amira-4711', ['Substantial']])
  })

  test('how sure it must be, and that they sign in afresh, is asked for where we want it', async () => {
    const xml = (address: string) =>
      inflateRawSync(Buffer.from(new URL(address).searchParams.get('SAMLRequest') ?? '', 'base64')).toString()
    const plain = xml(await requestFor(idp.party, requestId, 'relay'))
    expect([plain.includes('RequestedAuthnContext'), plain.includes('ForceAuthn')]).toEqual([false, false])
    const asked = xml(await requestFor({ ...idp.party, asksFor: 'high' }, requestId, 'relay', true))
    expect(asked).toContain('Comparison="minimum"')
    expect(asked).toContain('https://data.gov.dk/concept/core/nsis/loa/High<')
    expect(asked).toContain('ForceAuthn="true"')
  })

  test('clocks may differ by two minutes, and no more', async () => {
    const sent = await real()
    const readLater = (seconds: number) => faultOf(read(sent, new Date(now.getTime() + seconds * 1000)))
    expect([await readLater(-119), await readLater(-121)]).toEqual(['taken', 'too-early'])
    expect([await readLater(300 + 119), await readLater(300 + 121)]).toEqual(['taken', 'expired'])
  })

  test('KOMBIT names somebody in its own way: the number is who, the name is what they are called', async () => {
    const { identity } = await read(
      await real({
        format: x509Subject,
        nameId: 'C=DK,O=12345678,CN=Bo\\, den Lille,Serial=7b1c',
        attributes: {
          'dk:gov:saml:attribute:Privileges_intermediate': [privilegesOf(['oplive_leader', 'oplive_dpo'])],
        },
      }),
    )
    expect(identity).toMatchObject({
      subject: '7b1c',
      name: 'Bo, den Lille',
      roles: ['leader', 'officer'],
      communities: [],
    })
  })

  test('its sign-out is read, and ours takes somebody to it', async () => {
    const query = new URL(idp.signOut('amira-4711', 'session-1')).search.slice(1)
    expect(await readSignOutAddress(idp.party, query, new Date())).toMatchObject({ nameId: 'amira-4711' })
    const { nameId } = await read(await real())
    const out = new URL((await signOutAddress(idp.party, nameId)) ?? '')
    expect([out.origin + out.pathname, out.searchParams.has('Signature')]).toEqual(['https://idp.midtsoe.dk/out', true])
  })
})

describe('an assertion that is signed, and wrong', () => {
  test.each<[FaultCode, string, Partial<Saying>]>([
    ['audience', 'meant for another service', { audience: 'https://other.example/saml' }],
    ['audience', 'meant for nobody', { audience: null }],
    ['recipient', 'confirmed for another address', { recipient: 'https://other.example/acs' }],
    ['destination', 'sent to another address', { destination: 'https://other.example/acs' }],
    ['request', 'answering another request', { inResponseTo: '_other' }],
    ['request', 'confirmed for another request', { requestId: '_other', inResponseTo: requestId }],
    ['issuer', 'of another issuer', { issuer: 'https://evil.example' }],
    ['issuer', 'in an answer of another issuer', { responseIssuer: 'https://evil.example' }],
    ['status', 'with a status that is no success', { status: 'urn:oasis:names:tc:SAML:2.0:status:Responder' }],
    ['expired', 'whose conditions are over', { notOnOrAfter: -121 }],
    ['expired', 'whose confirmation is over', { confirmedUntil: -121 }],
    ['expired', 'issued long ago, though it says it holds', { issued: -1000 }],
    ['too-early', 'that does not hold yet', { notBefore: 121, notOnOrAfter: 600 }],
    ['too-early', 'issued in the future', { issued: 121 }],
    ['subject', 'about somebody named for this session only', { format: transient }],
    ['subject', 'about nobody', { nameId: '' }],
    ['unreadable', 'that names its time in a way of its own', { now: { getTime: () => Number.NaN } as Date }],
  ])('%s: %s', async (code, _, over) => {
    if (over.now) {
      const text = assertionXml(saying()).replace(/IssueInstant="[^"]+"/, 'IssueInstant="14. marts 2027"')
      expect(await faultOf(read(idp.forge(saying(), signed(text, 'Assertion', idp.pair))))).toBe(code)
    } else expect(await faultOf(read(await real(over)))).toBe(code)
  })

  test('two confirmations, two conditions or two names are one too many', async () => {
    const twice = (part: RegExp) => {
      const text = assertionXml(saying())
      const found = part.exec(text)?.[0] ?? ''
      expect(found).not.toBe('')
      return faultOf(read(idp.forge(saying(), signed(text.replace(part, found + found), 'Assertion', idp.pair))))
    }
    expect(await twice(/<saml:SubjectConfirmation .*<\/saml:SubjectConfirmation>/)).toBe('subject')
    expect(await twice(/<saml:NameID .*<\/saml:NameID>/)).toBe('subject')
    expect(await twice(/<saml:Conditions .*<\/saml:Conditions>/)).toBe('audience')
    expect(await twice(/<saml:Issuer>.*?<\/saml:Issuer>/)).not.toBe('taken')
  })
})

describe('an assertion that is not signed as it should be', () => {
  const forged = (assertion: string) => faultOf(read(idp.forge(saying(), assertion)))
  const honest = () => signed(assertionXml(saying()), 'Assertion', idp.pair)

  test('what the forger makes of honest parts is taken: the other tests break one thing each', async () => {
    expect(await forged(honest())).toBe('taken')
  })

  test('unsigned', async () => {
    expect(await forged(assertionXml(saying()))).toBe('signature')
  })

  test('unsigned, in an answer that is signed', async () => {
    const answer = responseXml(saying(), sealed(assertionXml(saying()), idp.party.pair))
    expect(await faultOf(read(packed(signed(answer, 'Response', idp.pair))))).toBe('signature')
  })

  test('signed by another key, also when the certificate lies beside it', async () => {
    const text = signed(assertionXml(saying()), 'Assertion', stranger)
    const info = `<ds:KeyInfo xmlns:ds="${ns.signature}"><ds:X509Data><ds:X509Certificate>${stranger.certificate.raw.toString('base64')}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`
    expect([await forged(text), await forged(text.replace('</Signature>', `${info}</Signature>`))]).toEqual([
      'signature',
      'signature',
    ])
  })

  test('changed after it was signed: a name, an attribute, a time', async () => {
    expect(await forged(honest().replace('amira-4711', 'chef-1'))).toBe('signature')
    expect(await forged(honest().replace('Substantial', 'High'))).toBe('signature')
    expect(await forged(honest().replace(/NotOnOrAfter="2027/g, 'NotOnOrAfter="2028'))).toBe('signature')
  })

  test('signed with SHA-1', async () => {
    expect(await forged(signed(assertionXml(saying()), 'Assertion', idp.pair, 'sha1'))).toBe('algorithm')
  })

  test('signed with a secret that is the public key', async () => {
    expect(await forged(honest().replace(/rsa-sha256/, 'hmac-sha256'))).toBe('algorithm')
  })

  test('with a transform more, or another', async () => {
    const more = '<Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"/></Transforms>'
    expect(await forged(honest().replace('</Transforms>', more))).toBe('algorithm')
    expect(await forged(honest().replace(/xml-exc-c14n#"/, 'xml-exc-c14n#WithComments"'))).toBe('algorithm')
  })

  test.each([
    'the signed one lies inside a forged one',
    'the signed one lies in the signature of a forged one',
    'the signed one lies beside, in an extension',
    'the forged one has the id of the signed one',
    'the forged one comes first, with the signature moved into it',
  ])('wrapped: %s', async (how) => {
    const evil = saying({ nameId: 'chef-1', assertionId: '_evil' })
    const good = honest()
    const signature = /<Signature[\s\S]*<\/Signature>/.exec(good)?.[0] ?? ''
    const bare = good.replace(signature, '')
    const ways: Record<string, string> = {
      'the signed one lies inside a forged one': assertionXml({ ...evil, more: `<saml:Advice>${good}</saml:Advice>` }),
      'the signed one lies in the signature of a forged one': assertionXml(evil).replace(
        '</saml:Issuer>',
        `</saml:Issuer>${signature.replace('</Signature>', `<Object>${bare}</Object></Signature>`)}`,
      ),
      'the signed one lies beside, in an extension': assertionXml({
        ...evil,
        more: `${signature}<saml:Advice>${bare}</saml:Advice>`,
      }),
      'the forged one has the id of the signed one': assertionXml({
        ...evil,
        assertionId: /ID="([^"]+)"/.exec(good)?.[1] ?? '',
        more: `<saml:Advice>${good}</saml:Advice>`,
      }),
      'the forged one comes first, with the signature moved into it': assertionXml(evil).replace(
        '</saml:Issuer>',
        `</saml:Issuer>${signature}`,
      ),
    }
    expect(await forged(ways[how] ?? '')).toBe('signature')
  })

  test('two assertions, encrypted or not, are one too many', async () => {
    const one = sealed(honest(), idp.party.pair)
    const evil = sealed(assertionXml(saying({ nameId: 'chef-1' })), idp.party.pair)
    for (const inside of [one + evil, evil + one])
      expect(await faultOf(read(packed(responseXml(saying(), inside))))).toBe('not-encrypted')
    expect(await faultOf(read(packed(responseXml(saying(), one + assertionXml(saying())))))).toBe('not-encrypted')
  })

  test('a comment in a name does not cut it short, nor anything else slip between the signature and the reader', async () => {
    for (const between of ['<!-- -->', '<?x y?>', '<![CDATA[]]>'])
      expect(await forged(honest().replace('amira-4711', `amira${between}-4711`))).toBe('unreadable')
    const plain = signed(assertionXml(saying({ nameId: 'amira-4711.evil.example' })), 'Assertion', idp.pair)
    expect(await forged(plain.replace('amira-4711', 'amira-4711<!---->'))).toBe('unreadable')
    expect(await forged(honest().replace('Amira Said', 'Amira<!-- --> Said'))).toBe('unreadable')
  })
})

test('however a signed assertion is cut, mixed or written into, it is refused or says what it said', async () => {
  const good = signed(assertionXml(saying()), 'Assertion', idp.pair)
  const evil = assertionXml(saying({ nameId: 'chef-1', assertionId: '_evil' }))
  const { identity } = await read(idp.forge(saying(), good))
  const piece = fc.oneof(
    fc.string({ maxLength: 6 }),
    fc.constantFrom(
      '<!-- -->',
      '&#97;',
      ' ',
      '</saml:NameID>',
      '<saml:NameID>chef-1</saml:NameID>',
      'xmlns:x="u"',
      evil,
    ),
    fc.tuple(fc.nat(good.length), fc.nat(400)).map(([at, many]) => good.slice(at, at + many)),
  )
  const change = fc.tuple(fc.nat(good.length), fc.oneof(fc.constant(0), fc.nat(60)), piece)
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
      const text = changes.reduce((one, [at, gone, put]) => one.slice(0, at) + put + one.slice(at + gone), good)
      const got = await read(idp.forge(saying(), text)).catch((error: unknown) => {
        if (!(error instanceof SignInFault)) throw error
        return null
      })
      if (got) expect(got.identity).toEqual(identity)
    }),
    { numRuns: Number(process.env.RUNS ?? 150) },
  )
})

describe('an answer that is not an answer', () => {
  const honest = () => signed(assertionXml(saying()), 'Assertion', idp.pair)
  const answer = (inside: string) => faultOf(read(packed(responseXml(saying(), inside))))

  test('in the clear, however well it is signed', async () => {
    expect(await answer(honest())).toBe('not-encrypted')
    expect(await answer('')).toBe('not-encrypted')
  })

  test('encrypted by a cipher that does not notice a change, by the old padding, to somebody else, or changed', async () => {
    const to = idp.party.pair
    expect(await answer(sealed(honest(), to, { cipher: 'http://www.w3.org/2001/04/xmlenc#aes256-cbc' }))).toBe('cipher')
    expect(await answer(sealed(honest(), to, { keyCipher: 'http://www.w3.org/2001/04/xmlenc#rsa-1_5' }))).toBe('cipher')
    expect(await answer(sealed(honest(), stranger))).toBe('decryption')
    expect(await answer(sealed(honest(), to, { spoil: true }))).toBe('decryption')
  })

  test.each([
    ['too-large', 'A'.repeat(300_000)],
    ['unreadable', ''],
    ['unreadable', '%%%'],
    ['unreadable', packed('hej')],
    ['unreadable', Buffer.from([0xff, 0xfe, 0xfd]).toString('base64')],
    ['unreadable', packed('<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>')],
    ['unreadable', packed('<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>')],
    ['unreadable', packed(`<samlp:LogoutRequest xmlns:samlp="${ns.protocol}"/>`)],
  ] as const)('%s', async (code, sent) => {
    expect(await faultOf(read(sent))).toBe(code)
  })

  test('a DTD inside what was encrypted is refused as well', async () => {
    expect(
      await answer(
        sealed(`<!DOCTYPE x [<!ENTITY a "chef-1">]>${honest().replace('amira-4711', '&a;')}`, idp.party.pair),
      ),
    ).toBe('unreadable')
  })
})

describe('a sign-out that was not asked for by the identity provider', () => {
  const query = () => new URL(idp.signOut('amira-4711', 'session-1')).search.slice(1)
  const asked = (text: string, at = new Date()) => faultOf(readSignOutAddress(idp.party, text, at))

  test('unsigned, signed over another message, with a word twice, or old', async () => {
    const other = new URL(idp.signOut('bo', 'session-2')).searchParams.get('SAMLRequest') ?? ''
    expect(await asked(query())).toBe('taken')
    expect(await asked(query().replace(/&Signature=.*/, ''))).toBe('signature')
    expect(await asked(query().replace(/SAMLRequest=[^&]*/, `SAMLRequest=${encodeURIComponent(other)}`))).toBe(
      'signature',
    )
    expect(await asked(`${query()}&SAMLRequest=${encodeURIComponent(other)}`)).toBe('signature')
    expect(await asked(query().replace(/rsa-sha256/, 'rsa-sha1'))).toBe('algorithm')
    expect(await asked(query(), new Date(Date.now() + 600_000))).toBe('expired')
    expect(await asked('')).toBe('signature')
    expect(await asked('SAMLRequest=%zz&SigAlg=%zz&Signature=x')).not.toBe('taken')
  })

  test('as a form: signed in the message, for this address, or not at all', async () => {
    const request = (destination: string) =>
      `<samlp:LogoutRequest xmlns:samlp="${ns.protocol}" xmlns:saml="${ns.assertion}" ID="_out" Version="2.0" IssueInstant="${now.toISOString()}" Destination="${destination}"><saml:Issuer>${idpName}</saml:Issuer><saml:NameID>amira-4711</saml:NameID><samlp:SessionIndex>session-1</samlp:SessionIndex></samlp:LogoutRequest>`
    const form = (xml: string) => readSignOutForm(idp.party, packed(xml), 'relay', now)
    const here = request(idp.party.signOutAt)
    expect(await form(signed(here, 'LogoutRequest', idp.pair))).toEqual({
      id: '_out',
      nameId: 'amira-4711',
      sessions: ['session-1'],
      relay: 'relay',
    })
    expect(await faultOf(form(here))).toBe('signature')
    expect(await faultOf(form(signed(here, 'LogoutRequest', stranger)))).toBe('signature')
    expect(await faultOf(form(signed(request('https://other.example/slo'), 'LogoutRequest', idp.pair)))).toBe(
      'destination',
    )
  })
})
