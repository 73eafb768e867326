import fc from 'fast-check'
import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import type { Contact } from './people.queries.ts'
import { vcards } from './vcard.ts'

type Card = [string, [string, unknown, string, unknown][]]

function readBack(text: string): Record<string, unknown>[] {
  const parsed = ICAL.parse(text) as unknown as Card | Card[]
  const cards = (typeof parsed[0] === 'string' ? [parsed] : parsed) as Card[]
  return cards.map(([, properties]) => Object.fromEntries(properties.map(([name, , , value]) => [name, value])))
}

const contact = (more: Partial<Contact>): Contact => ({
  name: 'Birthe',
  contactWish: 'none',
  contact: null,
  askedAbout: null,
  ...more,
})

test('a card says the name, the way they chose and what they like to be asked about, and nothing else', () => {
  const text = vcards(
    [
      contact({
        name: 'Åge; Holm, \\ den ældre',
        contactWish: 'phone',
        contact: '+45 55 00 12 34',
        askedAbout: 'cykler, bager',
      }),
      contact({ contactWish: 'mail', contact: 'b@eksempel.dk' }),
      contact({ name: 'Papir', contactWish: 'paper' }),
    ],
    'Sønder Å',
  )
  expect(readBack(text)).toEqual([
    {
      version: '4.0',
      fn: 'Åge; Holm, \\ den ældre',
      tel: '+45 55 00 12 34',
      categories: 'Sønder Å',
      note: 'cykler, bager',
    },
    { version: '4.0', fn: 'Birthe', email: 'b@eksempel.dk', categories: 'Sønder Å' },
    { version: '4.0', fn: 'Papir', categories: 'Sønder Å' },
  ])
})

test('whatever a neighbour is called, their card is read back as it was, and no line of it is too long', () => {
  const line = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
    .map((text) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' '))
    .filter((text) => text.trim() === text && text !== '')
  fc.assert(
    fc.property(line, line, (name, askedAbout) => {
      const text = vcards([contact({ name, askedAbout })], 'X')
      expect(readBack(text)).toEqual([{ version: '4.0', fn: name, categories: 'X', note: askedAbout }])
      for (const one of text.split('\r\n')) expect(Buffer.byteLength(one)).toBeLessThanOrEqual(75)
    }),
  )
})

test('a name with line breaks adds no line to the file', () => {
  const text = vcards([contact({ name: 'Eve\r\nTEL:112\nEND:VCARD' })], 'X')
  expect(text.match(/^END:VCARD/gm)).toHaveLength(1)
  expect(text).not.toMatch(/^TEL/m)
})
