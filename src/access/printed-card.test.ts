import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cardAlphabet, cardHash, cardText, newCardCode, readCardCode } from './printed-card.ts'

const code = fc
  .array(fc.constantFrom(...cardAlphabet), { minLength: 16, maxLength: 16 })
  .map((all) => ({ letters: all.slice(0, 4).join(''), secret: all.slice(4).join('') }))

test('a card has sixty secret bits, and no letter that looks like a digit', () => {
  expect(cardAlphabet).toHaveLength(32)
  expect(cardAlphabet).not.toMatch(/[0O1I]/)
  const { letters, secret } = newCardCode()
  expect(letters).toHaveLength(4)
  expect(secret).toHaveLength(12)
})

test('however it is typed, it is the same card: spaces, dashes, small letters, and what looks alike', () => {
  const between = fc.constantFrom('', ' ', '-', ' – ', '.', '  ')
  fc.assert(
    fc.property(code, between, fc.boolean(), fc.boolean(), (one, gap, small, alike) => {
      let typed = cardText(one).replaceAll('-', gap)
      if (alike) typed = typed.replaceAll('Q', 'O').replaceAll('L', '1')
      if (small) typed = typed.toLowerCase()
      expect(readCardCode(typed)).toEqual(one)
    }),
  )
})

test('what is too short, too long or has a letter of no card is none', () => {
  expect(readCardCode('')).toBeNull()
  expect(readCardCode('ABCD-EFGH-JKLM-NPQ')).toBeNull()
  expect(readCardCode('ABCD-EFGH-JKLM-NPQRS')).toBeNull()
  expect(readCardCode('ABCD-EFGH-JKLM-NPQÆ')).toBeNull()
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (typed) => {
      const read = readCardCode(typed)
      if (read) expect(`${read.letters}${read.secret}`).toMatch(/^[2-9A-HJ-NP-Z]{16}$/)
    }),
  )
})

test('two cards with the same secret are not kept alike', async () => {
  const secret = 'ABCDEFGHJKLM'
  expect(await cardHash({ letters: 'AAAA', secret })).not.toEqual(await cardHash({ letters: 'BBBB', secret }))
  expect(await cardHash({ letters: 'AAAA', secret })).toHaveLength(32)
})
