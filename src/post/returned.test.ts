import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { returnedFrom } from './returned.ts'

/** A notice as mail servers write it: words for people, lines for programs, and the letter itself. */
const notice = (lines: string, newline = '\r\n') =>
  [
    'From: MAILER-DAEMON@mail.example.dk',
    'To: oplive@example.dk',
    'Subject: Undelivered Mail Returned to Sender',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="x"',
    '',
    '--x',
    'Content-Type: text/plain',
    '',
    'I am sorry. <somebody-else@example.dk> is named in these words only.',
    '--x',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mail.example.dk',
    '',
    lines.replaceAll('\n', newline),
    '--x',
    'Content-Type: message/rfc822',
    '',
    'To: birthe@example.dk',
    '--x--',
  ].join(newline)

const failed = 'Final-Recipient: rfc822; birthe@example.dk\nAction: failed\nStatus: 5.1.1'

describe('a notice of another mail server', () => {
  test('says which address a letter did not reach, for good', () => {
    expect(returnedFrom(notice(failed))).toEqual(['birthe@example.dk'])
    expect(returnedFrom(notice(failed, '\n'))).toEqual(['birthe@example.dk'])
  })
  test('names the address that was written to, where the letter was sent on from there', () => {
    const on = `Original-Recipient: rfc822;karsten@example.dk\n${failed}`
    expect(returnedFrom(notice(on))).toEqual(['karsten@example.dk'])
  })
  test('may tell of several at once, and of those that were reached', () => {
    const two = `${failed}\n\nFinal-Recipient: rfc822; freja@example.dk\nAction: delivered\nStatus: 2.0.0\n\nFinal-Recipient: RFC822;\n <poul@example.dk>\nAction: Failed\nStatus: 5.4.4 (host not found)`
    expect(returnedFrom(notice(two))).toEqual(['birthe@example.dk', 'poul@example.dk'])
  })
  test.each([
    ['is late', failed.replace('failed', 'delayed').replace('5.1.1', '4.4.1')],
    ['was delivered', failed.replace('failed', 'delivered').replace('5.1.1', '2.0.0')],
    ['came to a full mailbox', failed.replace('5.1.1', '5.2.2')],
    ['has no status', failed.replace(/\nStatus.*/, '')],
    ['names no address', failed.replace('birthe@example.dk', 'Birthe')],
  ])('says nothing against anybody when a letter %s', (_, lines) => {
    expect(returnedFrom(notice(lines))).toEqual([])
  })
  test('is not an answer from somebody on holiday, nor a letter that looks like one', () => {
    expect(returnedFrom(`Subject: Ferie\n\nJeg er på ferie.\n\n${failed}`)).toEqual([])
  })
  test('may be anything at all: nothing breaks', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (junk) => {
        for (const text of [junk, notice(junk), notice(`${failed}${junk}`), notice(`${junk}\n\n${failed}`)])
          for (const address of returnedFrom(text)) expect(address).toMatch(/^[^\s@]+@[^\s@]+$/)
      }),
    )
  })
})
