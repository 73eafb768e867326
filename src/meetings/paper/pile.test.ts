import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PaperCard } from '../answering.deeds.ts'
import { cardsThatDiffer, columns, differences, type Pass, readPile } from './pile.ts'

const pile = '3f8a1c54-9d0e-4b6f-8a21-5c7d9e0f1a2b'

/** Rows as a scribe types them: "1 2 5 x 3", with `.` for a field that is empty. */
function form(stage: string, rows: Partial<Record<Pass, readonly string[]>>, more: Record<string, string> = {}) {
  const posted = new URLSearchParams({ stage, pile, ...more })
  for (const pass of ['first', 'second'] as const)
    rows[pass]?.forEach((row, place) => {
      const keys = row.split(' ')
      columns.forEach((column, at) => {
        const key = at === 3 ? keys.slice(3, -1).join(' ') : (keys.at(at === 4 ? -1 : at) ?? '')
        posted.append(`${pass}-${place + 1}-${column}`, key === '.' ? '' : key)
      })
    })
  return posted
}

describe('reading a pile', () => {
  test('a row is a card: three keys, what one will do now, and a number', () => {
    const { first, second } = readPile(
      form('second', { first: ['1 2 5 x 3'], second: ['1 2 5 Jeg ringer til Karsten 3'] }),
    )
    expect(first.cards).toMatchObject([{ row: 1, card: { next: { kind: 'words' }, who: 3 } }])
    expect(second.cards).toEqual([
      {
        row: 1,
        card: {
          answers: { INF: 1, ABLE: 2, COUR: 5 },
          next: { kind: 'words', text: 'Jeg ringer til Karsten' },
          who: 3,
        },
      },
    ])
  })

  test('0 under "what will you do now" is "nothing right now", and an empty field is no answer', () => {
    const { second } = readPile(form('second', { second: ['1 . . 0 .', '. . 4 . 0'] }))
    expect(second.cards.map((one) => one.card)).toEqual([
      { answers: { INF: 1, ABLE: null, COUR: null }, next: { kind: 'nothing' }, who: null },
      { answers: { INF: null, ABLE: null, COUR: 4 }, next: null, who: 0 },
    ])
  })

  test('a row with nothing is not a card; a row with only words is', () => {
    const { second } = readPile(
      form('second', { second: ['1 1 1 . .', '. . . . .', '. . . Bager .', '. . . . .', '. . . . .'] }),
    )
    expect(second.cards.map((one) => one.row)).toEqual([1, 3])
    expect(second.rows).toHaveLength(3)
    expect(second.shown).toBe(5)
  })

  test.each([
    ['0 1 1 . .', 'inf', 'answer'],
    ['1 6 1 . .', 'able', 'answer'],
    ['1 1 a . .', 'cour', 'answer'],
    ['1 1 ½ . .', 'cour', 'answer'],
    ['1 1 1 4 .', 'next', 'mark'],
    ['1 1 1 . to', 'who', 'number'],
    ['1 1 1 . -1', 'who', 'number'],
  ])('"%s" is wrong in one field, and the card is named', (row, column, code) => {
    const { first } = readPile(form('first', { first: ['1 1 1 x 2', row] }))
    expect(first.problems).toEqual([{ pass: 'first', row: 2, column, code }])
  })

  test('the second time the words are wanted, not the mark of the first time, and no more than 280 letters', () => {
    const { second } = readPile(form('second', { second: ['1 1 1 x .', `1 1 1 ${'å'.repeat(281)} .`] }))
    expect(second.problems.map((one) => one.code)).toEqual(['words', 'too-long'])
  })

  test('a CPR number on a card is not typed in, and is called what it is', () => {
    const { second } = readPile(form('second', { second: ['1 1 1 010203-1234 .'] }))
    expect(second.problems.map((one) => one.code)).toEqual(['cpr'])
  })

  test('a field that is not in the form, a 61st card and a field sent twice are strange', () => {
    const twice = form('first', { first: ['1 1 1 . .'] })
    twice.append('first-1-inf', '2')
    expect(readPile(twice).strange).toBe(true)
    expect(readPile(form('first', {}, { 'first-61-inf': '1' })).strange).toBe(true)
    expect(readPile(form('first', {}, { phone: '12345678' })).strange).toBe(true)
    expect(readPile(form('first', { first: ['1 1 1 . .'] })).strange).toBe(false)
  })

  test('a pile without its random id is not a pile', () => {
    expect(readPile(new URLSearchParams({ stage: 'first', pile: "'; drop table" })).pile).toBeNull()
  })
})

const answer = fc.constantFrom(1, 2, 3, 4, 5, null)
const aCard = fc.record({
  answers: fc.record({ INF: answer, ABLE: answer, COUR: answer }),
  next: fc.constantFrom({ kind: 'words', text: 'Bager' }, { kind: 'nothing' }, null),
  who: fc.option(fc.integer({ min: 0, max: 20 })),
}) as fc.Arbitrary<PaperCard>
const aPile = fc.array(aCard, { minLength: 1, maxLength: 60 })

describe('comparing', () => {
  test('the same cards in any order are the same pile', () => {
    fc.assert(
      fc.property(aPile, fc.func(fc.integer()), (cards, order) => {
        const shuffled = cards.toSorted((a, b) => order(a) - order(b))
        expect(differences(cards, shuffled)).toEqual([])
      }),
    )
  })

  test('one key typed otherwise shows in the totals, both ways', () => {
    fc.assert(
      fc.property(aPile, fc.nat(), fc.constantFrom('INF', 'ABLE', 'COUR'), answer, (cards, at, question, key) => {
        const place = at % cards.length
        const card = cards[place] as PaperCard
        fc.pre(card.answers[question] !== key)
        const second = cards.with(place, {
          ...card,
          answers: { ...card.answers, [question]: key } as PaperCard['answers'],
        })
        const found = differences(cards, second)
        expect(found.length).toBeGreaterThan(0)
        expect(found.every((one) => one.question === question && Math.abs(one.first - one.second) === 1)).toBe(true)
      }),
    )
  })

  test('a card left out, words left out and a number typed otherwise show', () => {
    const card: PaperCard = { answers: { INF: 1, ABLE: 1, COUR: 1 }, next: { kind: 'words', text: 'x' }, who: 3 }
    const what = (second: PaperCard[]) => differences([card, card], second).map((one) => one.what)
    expect(what([card])).toContain('cards')
    expect(what([card, { ...card, next: null }])).toEqual(['words'])
    expect(what([card, { ...card, next: { kind: 'nothing' } }])).toEqual(['words', 'nothing'])
    expect(what([card, { ...card, who: 4 }])).toEqual(['people'])
    expect(what([card, { ...card, who: null }])).toEqual(['numbers', 'people'])
  })

  const cards = (...keys: number[]) =>
    keys.map((key, place) => ({
      row: place + 1,
      card: { answers: { INF: key, ABLE: 2, COUR: 3 }, next: null, who: null } as PaperCard,
    }))

  test('the card that differs is found, in the same order and in a pile that was turned round', () => {
    expect(cardsThatDiffer(cards(1, 2, 3, 4, 5), cards(1, 2, 3, 1, 5))).toEqual([
      { first: 4, second: 4, column: 'inf' },
    ])
    expect(cardsThatDiffer(cards(1, 2, 3, 4, 5), cards(5, 1, 3, 2, 1))).toEqual([
      { first: 4, second: 2, column: 'inf' },
    ])
  })

  test('a pile in quite another order gives no false hint', () => {
    const keys = Array.from({ length: 20 }, (_, place) => 1 + (place % 5))
    expect(cardsThatDiffer(cards(...keys), cards(...keys.map((key) => (key % 5) + 1)))).toEqual([])
  })
})
