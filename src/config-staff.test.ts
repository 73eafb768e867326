import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

const origin = { ORIGIN: 'https://oplive.example.dk' }
const oidc = { OPLIVE_OIDC_ISSUER: 'https://login.example.dk', OPLIVE_OIDC_CLIENT_ID: 'oplive' }

test('without any setting nobody is asked who works for the municipality, and SUBSTANTIAL is sure enough', () => {
  expect(readConfig({}).staff).toEqual({
    oidc: null,
    saml: { metadataFile: null, cvr: null },
    assurance: { least: 'substantial', asked: false },
  })
})

test('an issuer and a client are enough; the rest has usual names', () => {
  expect(readConfig({ ...origin, ...oidc }).staff.oidc).toEqual({
    issuer: 'https://login.example.dk',
    clientId: 'oplive',
    clientSecret: null,
    scope: 'openid profile',
    rolesClaim: 'roles',
    communitiesClaim: 'oplive_communities',
  })
})

test.each([
  [{ ...oidc }, 'OPLIVE_OIDC_ISSUER is set, but ORIGIN is not'],
  [{ OPLIVE_SAML_METADATA: '/etc/idp.xml' }, 'OPLIVE_SAML_METADATA is set, but ORIGIN is not'],
  [{ ...origin, OPLIVE_OIDC_ISSUER: 'https://login.example.dk' }, 'OPLIVE_OIDC_CLIENT_ID is not'],
  [{ ...origin, OPLIVE_OIDC_CLIENT_ID: 'oplive' }, 'OPLIVE_OIDC_ISSUER is not'],
  [
    { ...origin, ...oidc, OPLIVE_OIDC_ISSUER: 'http://login.example.dk' },
    'OPLIVE_OIDC_ISSUER is "http://login.example.dk"',
  ],
  [{ ...origin, ...oidc, OPLIVE_OIDC_ISSUER: 'login.example.dk' }, 'OPLIVE_OIDC_ISSUER is "login.example.dk"'],
  [{ OPLIVE_CVR: '1234' }, 'OPLIVE_CVR is "1234"'],
  [{ OPLIVE_NSIS: 'very' }, 'OPLIVE_NSIS is "very"'],
])('%o gets one clear sentence', (env, sentence) => {
  expect(() => readConfig(env)).toThrow(sentence)
})

test('a secret is never printed', () => {
  expect(() => readConfig({ OPLIVE_OIDC_CLIENT_SECRET: 'hemmelig', OPLIVE_OIDC_ISSUER: 'x' })).not.toThrow(/hemmelig/)
})
