import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hasCpr } from './cpr.ts'

const two = (n: number) => String(n).padStart(2, '0')
const born = fc.record({
  day: fc.integer({ min: 1, max: 28 }),
  month: fc.integer({ min: 1, max: 12 }),
  year: fc.integer({ min: 0, max: 99 }),
  last: fc.integer({ min: 0, max: 9999 }),
})

test('every way people write a CPR number is found, with words around it', () => {
  fc.assert(
    fc.property(born, fc.constantFrom('', '-', ' ', ' - ', '/', '–'), ({ day, month, year, last }, between) => {
      const number = `${two(day)}${two(month)}${two(year)}${between}${String(last).padStart(4, '0')}`
      expect(hasCpr(`Mit er ${number}, skriv det ned`)).toBe(true)
    }),
  )
})

test('digits of another writing are digits', () => {
  expect(hasCpr('٠١٠٢٠٣-١٢٣٤')).toBe(true)
})

test('a telephone number, a date with a time and a sum are none', () => {
  for (const text of ['55 00 12 34', '+45 55001234', '14.03.27 kl. 19.30', '99 9999 9999', '1.234.567 kr.', '4200'])
    expect(hasCpr(text), text).toBe(false)
})

test('a telephone number of eight digits is never taken for one', () => {
  fc.assert(
    fc.property(fc.integer({ min: 20_000_000, max: 99_999_999 }), (n) => {
      expect(hasCpr(String(n))).toBe(false)
      expect(hasCpr(`+45 ${n}`)).toBe(false)
    }),
  )
})
