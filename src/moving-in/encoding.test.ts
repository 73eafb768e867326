import { describe, expect, test } from 'vitest'
import { encodingOf, textOf } from './encoding.ts'

const line = 'Navn;By\r\nÅse Sørensen;Æblegården\r\nJosé;Nørre Åby\r\n'

/** One byte a letter, by the table of the writing. */
const oneByte = (text: string, encoding: string): Uint8Array => {
  const table = new TextDecoder(encoding).decode(Uint8Array.from({ length: 256 }, (_, byte) => byte))
  return Uint8Array.from([...text].map((letter) => table.indexOf(letter)))
}

describe('the letters of a file are told by its bytes', () => {
  test.each([
    ['UTF-8', 'utf-8', Buffer.from(line)],
    ['UTF-8 with its mark', 'utf-8', Buffer.from(`\uFEFF${line}`)],
    ['UTF-16 as Excel’s “Unicode text”', 'utf-16le', Buffer.from(`\uFEFF${line}`, 'utf16le')],
    ['UTF-16 without its mark', 'utf-16le', Buffer.from(line, 'utf16le')],
    ['UTF-16, the great end first', 'utf-16be', Buffer.from(`\uFEFF${line}`, 'utf16le').swap16()],
    ['Windows-1252', 'windows-1252', oneByte(line, 'windows-1252')],
    ['an old Mac', 'macintosh', oneByte(line, 'macintosh')],
  ])('%s', (_, encoding, bytes) => {
    expect(encodingOf(bytes)).toBe(encoding)
    expect(textOf(bytes)).toBe(line)
  })

  test('plain letters are the same in all of them', () => {
    expect(textOf(Buffer.from('Navn;Mail\nJens;'))).toBe('Navn;Mail\nJens;')
  })

  test('the euro sign and the long dash of Windows are read', () => {
    expect(textOf(oneByte('Pris – 5 €; Åse', 'windows-1252'))).toBe('Pris – 5 €; Åse')
  })

  test('what is no text has no text', () => {
    expect(textOf(Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]))).toBeNull()
    expect(textOf(Buffer.from([1, 2, 3, 4, 5, 6, 7, 8]))).toBeNull()
  })

  test('an empty file is an empty text', () => {
    expect(textOf(new Uint8Array())).toBe('')
  })
})
