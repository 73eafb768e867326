// The contact list as vCards (RFC 6350, version 4.0): one card for each, for the telephone's own address book.
import type { Contact } from './people.queries.ts'

/** Backslash, comma and line break have a meaning in a text; a semicolon only between the parts of a value, and these have none. */
const escaped = (text: string): string =>
  text
    .replace(/\\/g, '\\\\')
    .replace(/,/g, '\\,')
    .replace(/\r\n|\r|\n/g, '\\n')

/** No line is longer than 75 bytes; the rest goes on behind a space, and no letter is cut through. */
function folded(line: string): string {
  const lines: string[] = []
  let now = ''
  let bytes = 0
  for (const letter of line) {
    const size = Buffer.byteLength(letter)
    if (bytes + size > 75) {
      lines.push(now)
      now = ' '
      bytes = 1
    }
    now += letter
    bytes += size
  }
  return [...lines, now].join('\r\n')
}

/** Without control characters: none belongs in a name, and a card ends at one. */
const clean = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')

function card(contact: Contact, place: string): string {
  const { name, contactWish, contact: said, askedAbout } = contact
  const lines = ['BEGIN:VCARD', 'VERSION:4.0', `FN:${escaped(clean(name))}`]
  if (contactWish === 'phone' && said) lines.push(`TEL;VALUE=text:${escaped(clean(said))}`)
  if (contactWish === 'mail' && said) lines.push(`EMAIL:${escaped(clean(said))}`)
  lines.push(`CATEGORIES:${escaped(clean(place))}`)
  if (askedAbout) lines.push(`NOTE:${escaped(clean(askedAbout))}`)
  return [...lines, 'END:VCARD'].map(folded).join('\r\n')
}

/** A file of cards, in the order of the list. */
export const vcards = (contacts: readonly Contact[], place: string): string =>
  contacts.map((contact) => `${card(contact, place)}\r\n`).join('')
