import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Own, spotsIn, taken, without } from './others.ts'

const own: Own = { names: ['Birthe Hansen'], reached: ['+45 22 33 44 55', 'birthe@example.dk', 'Bakkevej 4'] }
const known = ['Karsten Holm', 'Lone Bæk Madsen', 'Oksana', 'Aage Ustrup']
const found = (text: string) => spotsIn(text, own, known).map(({ start, end, kind }) => [kind, text.slice(start, end)])

describe('what is told of others in what somebody wrote', () => {
  test.each([
    ['Jeg bager en kage', []],
    ['Henter nøglen hos Karsten Holm', [['name', 'Karsten Holm']]],
    ['henter nøglen hos karsten holm', [['name', 'karsten holm']]],
    ['Karstens trailer', [['name', 'Karstens']]],
    ['Ring til Lone Bæk Madsens bror', [['name', 'Lone Bæk Madsens']]],
    ['Spørg Ustrup', []],
    ['Spørg Aage', [['name', 'Aage']]],
    ['Taler med nabo Ejvind om det', [['name', 'Ejvind']]],
    ['Birthe og Oksana laver kaffe', [['name', 'Oksana']]],
    ['Birthe Hansens kage, og Birthes kaffe', []],
    ['Birthe Olsen kommer også', [['name', 'Birthe Olsen']]],
    ['Ring 22 33 44 55 eller 66 77 88 99', [['telephone', '66 77 88 99']]],
    ['+4566778899 og 22334455', [['telephone', '+4566778899']]],
    ['+46 70 123 45 67', [['telephone', '+46 70 123 45 67']]],
    ['Skriv til Lis@Example.dk, ikke BIRTHE@example.dk', [['mail', 'Lis@Example.dk']]],
    ['Bor på Ny Bredgade 3 B, 2. tv', [['address', 'Ny Bredgade 3 B, 2. tv']]],
    ['Hjemme på Bakkevej 4', []],
    ['Den 24-12-2026, kl. 19.30, 1200 kr', []],
    ['Vi tager oksana med', []],
    ['Skovalle 22334455', []],
    ['Bor på Skovalle 66778899', [['telephone', '66778899']]],
  ])('%s', (text, others) => {
    expect(found(text)).toEqual(others)
  })
})

const filler = fc.stringMatching(/^[a-zæøå ,.]{0,30}$/)
const name = fc.stringMatching(/^[A-ZÆØÅ][a-zæøå]{2,8}$/)
const fullName = fc.tuple(name, name).map((both) => both.join(' '))
const seeds = fc.record({ left: filler, right: filler, other: fullName, me: fullName })
const runs = { numRuns: Number(process.env.RUNS ?? 150) }

describe('whatever is written around it', () => {
  test('the name of somebody known in the room is found, and nothing of it is left', () => {
    fc.assert(
      fc.property(seeds, ({ left, right, other, me }) => {
        fc.pre(!other.split(' ').some((part) => me.toLowerCase().includes(part.toLowerCase().replace(/s$/, ''))))
        const text = `${left} ${other} ${right}`
        const spots = spotsIn(text, { names: [me], reached: [] }, [me, other])
        expect(without(text, spots)).not.toContain(other)
      }),
      runs,
    )
  })

  test('their own name, number, mail and address stay', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 20_000_000, max: 99_999_999 }), ({ left, right, me, other }, number) => {
        const mail = 'a.b@example.dk'
        const text = `${left} ${me} ${right} ${number} ${mail} `
        const spots = spotsIn(text, { names: [me], reached: [`+45${number}`, mail] }, [me, other])
        const kept = without(text, spots)
        expect(kept).toContain(String(number))
        expect(kept).toContain(mail)
        expect(kept).toContain(me)
      }),
      runs,
    )
  })

  test('numbers and mails of others are found, and what stands around them is as it was', () => {
    fc.assert(
      fc.property(filler, filler, fc.integer({ min: 20_000_000, max: 99_999_999 }), (left, right, number) => {
        const [a, b] = [String(number).slice(0, 4), String(number).slice(4)]
        const text = `${left} ${a} ${b} ${right} ny@example.dk`
        const spots = spotsIn(text, own, [])
        expect(without(text, spots)).toBe(`${left} ${taken} ${right} ${taken}`)
      }),
      runs,
    )
  })

  test('spots are in order, apart from each other, and inside; what is decided to stay stays', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 80 }),
        fc.array(fullName, { maxLength: 5 }),
        (text, names) => {
          const whole = `${text} ${names.join(' og ')}`
          const spots = spotsIn(whole, own, names)
          let at = 0
          for (const { start, end } of spots) {
            expect(start).toBeGreaterThanOrEqual(at)
            expect(end).toBeGreaterThan(start)
            at = end
          }
          expect(at).toBeLessThanOrEqual(whole.length)
          expect(without(whole, [])).toBe(whole)
        },
      ),
      runs,
    )
  })
})
