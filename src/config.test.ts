import { expect, test } from 'vitest'
import { ConfigProblem, readConfig } from './config.ts'

test('without any setting the house listens on port 3000 for the whole network, with its own database', () => {
  expect(readConfig({})).toMatchObject({
    port: 3000,
    host: '0.0.0.0',
    databaseUrl: null,
    origin: null,
    development: false,
  })
})

test.each([
  ['PORT', '80a', 'PORT is "80a"'],
  ['PORT', '0', 'PORT is "0"'],
  ['PORT', '70000', 'PORT is "70000"'],
  ['HOST', 'my host', 'HOST is "my host"'],
  ['DATABASE_URL', 'mysql://x', 'DATABASE_URL must look like postgres://'],
  ['DATABASE_URL', 'localhost', 'DATABASE_URL must look like postgres://'],
  ['ORIGIN', 'oplive.dk', 'ORIGIN is "oplive.dk"'],
  ['ORIGIN', 'https://oplive.dk/', 'ORIGIN is "https://oplive.dk/"'],
])('a wrong %s (%s) gets one clear sentence', (name, value, sentence) => {
  expect(() => readConfig({ [name]: value })).toThrow(ConfigProblem)
  expect(() => readConfig({ [name]: value })).toThrow(sentence)
})

test('a wrong database address is not printed: it may hold a password', () => {
  expect(() => readConfig({ DATABASE_URL: 'mysql://me:secret@x' })).not.toThrow(/secret/)
})

test('two wrong settings are both named at once', () => {
  expect(() => readConfig({ PORT: 'x', ORIGIN: 'y' })).toThrow(/PORT[\s\S]*ORIGIN/)
})
