import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hasCpr } from '../cpr.ts'
import {
  ageBands,
  asFields,
  contactWishes,
  mostLanguages,
  readBoth,
  readLanguages,
  readMail,
  readPersonName,
  readTelephone,
} from './person.ts'

const form = (fields: Record<string, string>) => new URLSearchParams({ name: 'Birthe', wish: 'none', ...fields })

describe('what somebody types about a person', () => {
  test('a name in any writing is kept as one line; no address and no number of the state is a name', () => {
    expect(readPersonName('  Søren\n Ågård ')).toEqual({ value: 'Søren Ågård' })
    expect(readPersonName('Оксана')).toEqual({ value: 'Оксана' })
    expect(readPersonName('')).toEqual({ code: 'missing' })
    expect(readPersonName('birthe@example.dk')).toEqual({ code: 'address' })
    expect(readPersonName('Birthe 010203-1234')).toEqual({ code: 'cpr' })
    expect(readPersonName('x'.repeat(61))).toEqual({ code: 'long' })
  })

  test('telephone numbers as people write them are kept; words are not a number', () => {
    for (const number of ['55 00 12 34', '+45 55001234', '(0045) 5500-1234', '112 / 114'])
      expect(readTelephone(number)).toEqual({ value: number })
    for (const wrong of ['ring bare', '12', 'a55001234']) expect(readTelephone(wrong)).toEqual({ code: 'shape' })
    expect(readTelephone('010203-1234')).toEqual({ code: 'cpr' })
    expect(readTelephone(' ')).toEqual({ value: null })
  })

  test('one mail address is kept; two, or half a one, are asked about', () => {
    expect(readMail(' birthe@eksempel.dk ')).toEqual({ value: 'birthe@eksempel.dk' })
    for (const wrong of ['birthe', 'a@b', 'a@b.dk, c@d.dk', 'a b@c.dk', '<a@b.dk>', 'a@b.dk;c@d.dk'])
      expect(readMail(wrong)).toEqual({ code: 'shape' })
  })

  test('each language is kept once, however the list is written', () => {
    expect(readLanguages('dansk, Ukrainsk og dansk; lidt tysk.')).toEqual({
      value: ['dansk', 'Ukrainsk', 'lidt tysk'],
    })
    expect(readLanguages('العربية، dansk')).toEqual({ value: ['العربية', 'dansk'] })
    expect(readLanguages('1,2')).toEqual({ code: 'shape' })
    expect(readLanguages(Array.from({ length: 9 }, (_, i) => `sprog${'abcdefghi'[i]}`).join(','))).toEqual({
      code: 'many',
    })
  })

  test('who wants a call says the number, who wants mail the address', () => {
    expect(readBoth(form({ wish: 'phone' }))).toEqual({
      ok: false,
      problems: [{ field: 'telephone', code: 'missing' }],
    })
    expect(readBoth(form({ wish: 'mail', mail: 'x' }))).toEqual({
      ok: false,
      problems: [{ field: 'mail', code: 'shape' }],
    })
    expect(readBoth(form({ wish: 'doves' }))).toEqual({ ok: false, problems: [{ field: 'wish', code: 'missing' }] })
    expect(readBoth(form({ wish: 'paper' }))).toMatchObject({ ok: true, value: { contactWish: 'paper' } })
  })

  test('the age is one’s own choice of the bands, and may be left open; there is none under fifteen', () => {
    for (const band of ageBands) expect(readBoth(form({ band }))).toMatchObject({ value: { ageBand: band } })
    for (const band of ['', '<15', '12', '0-14'])
      expect(readBoth(form({ band }))).toMatchObject({ value: { ageBand: null } })
  })

  test('whatever is typed is read or asked about, never kept half, and a CPR number is never kept', () => {
    const any = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.constantFrom('010203-1234', '55 00 12 34', 'dansk', 'a@b.dk', '\0', '‮x', ''),
    )
    const fields = fc.record({
      name: any,
      wish: fc.oneof(fc.constantFrom(...contactWishes), any),
      telephone: any,
      mail: any,
      languages: any,
      band: any,
      askedAbout: any,
    })
    fc.assert(
      fc.property(fields, (typed) => {
        const read = readBoth(new URLSearchParams(typed))
        if (!read.ok) {
          expect(read.problems.length).toBeGreaterThan(0)
          return
        }
        const { value } = read
        expect([...value.name].length).toBeLessThanOrEqual(60)
        expect(value.languages.length).toBeLessThanOrEqual(mostLanguages)
        for (const text of [value.name, value.telephone, value.mail, value.askedAbout, ...value.languages])
          expect(hasCpr(text ?? '')).toBe(false)
        // What was read, written into the form again, is read the same.
        expect(readBoth(asFields(value))).toEqual({ ok: true, value })
      }),
    )
  })
})
