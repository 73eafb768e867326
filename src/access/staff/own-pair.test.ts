import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { makeOwnPair, readOwnPair } from './own-pair.ts'

const now = new Date('2027-03-14T18:00:00Z')

test('the house makes a key of 3072 bits and a certificate for it that other programs can read', async () => {
  const pair = readOwnPair(await makeOwnPair('oplive.example.dk', now))
  const certificate = pair?.certificate
  expect(certificate?.subject).toBe('CN=Oplive oplive.example.dk')
  expect(certificate?.publicKey.asymmetricKeyDetails?.modulusLength).toBe(3072)
  expect(certificate?.verify(certificate.publicKey)).toBe(true)
  expect([certificate?.validFromDate.toISOString(), certificate?.validToDate.toISOString()]).toEqual([
    '2027-03-13T18:00:00.000Z',
    '2037-03-13T18:00:00.000Z',
  ])
  expect(createPublicKey(pair?.privateKey ?? '').equals(certificate?.publicKey ?? createPublicKey(''))).toBe(true)
})

test('a key and a certificate that do not belong together are no pair', async () => {
  const made = await makeOwnPair('oplive.example.dk', now)
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' })
  const certificate = /-----BEGIN CERTIFICATE[\s\S]+/.exec(made)?.[0] ?? ''
  expect([
    readOwnPair(`${other}${certificate}`),
    readOwnPair(certificate),
    readOwnPair(''),
    readOwnPair('hej'),
  ]).toEqual([null, null, null, null])
})
