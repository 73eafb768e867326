import { expect, test } from 'vitest'
import { ConfigProblem, readConfig } from './config.ts'

test('without any setting the house listens on port 3000 for the whole network, with its own database', () => {
  expect(readConfig({})).toMatchObject({
    port: 3000,
    host: '0.0.0.0',
    databaseUrl: null,
    origin: null,
    mail: null,
    bookKeys: null,
    development: false,
  })
})

test('with a mail server and an address to send from, letters are sent', () => {
  const mail = { smtp: 'smtps://me:p%40ss@mail.example.dk:465', from: 'oplive@example.dk' }
  expect(readConfig({ OPLIVE_SMTP: mail.smtp, OPLIVE_MAIL_FROM: ` ${mail.from} ` })).toMatchObject({ mail })
})

test('one of the two without the other gets a sentence that names what is missing', () => {
  expect(() => readConfig({ OPLIVE_SMTP: 'smtp://localhost:25' })).toThrow('OPLIVE_MAIL_FROM is not')
  expect(() => readConfig({ OPLIVE_MAIL_FROM: 'a@b.dk' })).toThrow('OPLIVE_SMTP is not')
})

test.each([
  ['OPLIVE_SECURITY_CONTACT', 'security@example.dk', 'OPLIVE_SECURITY_CONTACT is'],
  ['OPLIVE_SECURITY_CONTACT', 'http://example.dk', 'OPLIVE_SECURITY_CONTACT is'],
  ['OPLIVE_METRICS', '9464', 'OPLIVE_METRICS is'],
  ['OPLIVE_METRICS', '127.0.0.1:3000', 'OPLIVE_METRICS is'],
  ['OPLIVE_METRICS', '127.0.0.1:99999', 'OPLIVE_METRICS is'],
  ['OPLIVE_DEMO', 'no', 'OPLIVE_DEMO is'],
  ['PORT', '80a', 'PORT is "80a"'],
  ['PORT', '0', 'PORT is "0"'],
  ['PORT', '70000', 'PORT is "70000"'],
  ['HOST', 'my host', 'HOST is "my host"'],
  ['DATABASE_URL', 'mysql://x', 'DATABASE_URL must look like postgres://'],
  ['DATABASE_URL', 'localhost', 'DATABASE_URL must look like postgres://'],
  ['ORIGIN', 'oplive.dk', 'ORIGIN is "oplive.dk"'],
  ['ORIGIN', 'https://oplive.dk/', 'ORIGIN is "https://oplive.dk/"'],
  ['OPLIVE_SMTP', 'mail.example.dk', 'OPLIVE_SMTP must look like'],
  ['OPLIVE_SMTP', 'http://mail.example.dk', 'OPLIVE_SMTP must look like'],
  ['OPLIVE_SMTP', 'smtp://mail.example.dk/?pool=true', 'OPLIVE_SMTP must look like'],
  ['OPLIVE_SMTP', 'smtp://:secret@mail.example.dk', 'OPLIVE_SMTP must look like'],
  ['OPLIVE_SMTP', 'smtp://me:%E0%A4%A@mail.example.dk', 'OPLIVE_SMTP must look like'],
  ['OPLIVE_BOOK_KEYS', 'c2hvcnQ', 'key number 1 is not 32 bytes'],
  ['OPLIVE_MAIL_FROM', 'oplive', 'OPLIVE_MAIL_FROM is "oplive"'],
  ['OPLIVE_MAIL_FROM', 'Oplive <oplive@example.dk>', 'OPLIVE_MAIL_FROM is "Oplive <oplive@example.dk>"'],
  ['OPLIVE_MAIL_FROM', 'a@b.dk, c@d.dk', 'OPLIVE_MAIL_FROM is "a@b.dk, c@d.dk"'],
])('a wrong %s (%s) gets one clear sentence', (name, value, sentence) => {
  expect(() => readConfig({ [name]: value })).toThrow(ConfigProblem)
  expect(() => readConfig({ [name]: value })).toThrow(sentence)
})

test('a wrong address of the database or the mail server is not printed: it may hold a password', () => {
  expect(() => readConfig({ DATABASE_URL: 'mysql://me:secret@x' })).not.toThrow(/secret/)
  expect(() => readConfig({ OPLIVE_SMTP: 'http://me:secret@x' })).not.toThrow(/secret/)
})

test('two wrong settings are both named at once', () => {
  expect(() => readConfig({ PORT: 'x', ORIGIN: 'y' })).toThrow(/PORT[\s\S]*ORIGIN/)
})
