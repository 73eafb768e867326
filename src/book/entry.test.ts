import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  asForm,
  type Entry,
  entryKinds,
  fieldsOf,
  holds,
  inOrder,
  keptText,
  longest,
  readKept,
  readWords,
  type Words,
  wordsIn,
} from './entry.ts'

const today = '2027-03-14'
const text = (max: number) =>
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: max / 2 }).map((one) => one.trim() || 'x')
const words: fc.Arbitrary<Words> = fc.oneof(
  fc.record({ kind: fc.constant('note' as const), text: text(300) }),
  fc.record({
    kind: fc.constant('story' as const),
    challenge: text(200),
    choice: text(200),
    outcome: text(200),
    where: text(80),
  }),
  fc.record({
    kind: fc.constant('reminder' as const),
    text: text(200),
    on: fc
      .date({ min: new Date('2020-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
      .map((at) => at.toISOString().slice(0, 10)),
  }),
  fc.record({ kind: fc.constant('name' as const), name: text(80), ask: text(200) }),
)
const plain = (one: Words) => JSON.parse(JSON.stringify(one).replaceAll(/\\r(\\n)?/g, '\\n')) as Words

describe('an entry', () => {
  test('that is shown in its form and sent back unchanged is the same', () =>
    fc.assert(
      fc.property(words, (one) => {
        const read = readWords(one.kind, asForm(one), today)
        expect(read.ok && readKept(keptText(read.words, { written: today, changed: today }))).toEqual({
          ...Object.fromEntries(Object.entries(plain(one)).map(([name, value]) => [name, String(value).trim()])),
          written: today,
          changed: today,
        })
      }),
    ))

  test.each(entryKinds)('without a word in it is turned away: %s', (kind) => {
    const read = readWords(kind, new URLSearchParams({ text: '  ', name: '\n', 'on-day': '3. maj' }), today)
    expect(read).toMatchObject({ ok: false, problems: [{ code: 'missing' }] })
  })

  test('a story with one beat is a beginning', () => {
    const read = readWords('story', new URLSearchParams({ outcome: 'Vi fik lys' }), today)
    expect(read).toEqual({
      ok: true,
      words: { kind: 'story', challenge: '', choice: '', outcome: 'Vi fik lys', where: '' },
    })
  })

  test('what is too long is told field by field', () => {
    const form = new URLSearchParams({ name: 'n'.repeat(longest.name + 1), ask: 'a'.repeat(longest.ask + 1) })
    expect(readWords('name', form, today)).toEqual({
      ok: false,
      problems: [
        { field: 'name', code: 'too-long' },
        { field: 'ask', code: 'too-long' },
      ],
    })
  })

  test('no field of any kind is for impressions, scores or health of another person', () => {
    const fields = entryKinds.flatMap((kind) => [...asForm({ kind, on: today } as Words).keys()])
    expect(new Set([...fields, ...entryKinds.flatMap((kind) => fieldsOf[kind]), ...Object.keys(longest)])).toEqual(
      new Set([
        'kind',
        'on-day',
        'on-month',
        'on-year',
        'text',
        'challenge',
        'choice',
        'outcome',
        'where',
        'name',
        'ask',
      ]),
    )
  })

  test('what this program cannot have written is not read', () => {
    for (const strange of ['', 'x', '{}', '{"kind":"score"}', 'null', '[]']) expect(readKept(strange)).toBeNull()
  })
})

const entry = (id: string, more: Partial<Entry> & Pick<Entry, 'kind'>): Entry =>
  ({ text: id, id, rev: 1, written: today, changed: today, ...more }) as Entry

test('what is to be remembered stands first when its day has come, the oldest first; all else has the newest first', () => {
  const entries = [
    entry('old', { kind: 'note', changed: '2027-01-01' }),
    entry('late', { kind: 'reminder', on: '2027-03-01' }),
    entry('today', { kind: 'reminder', on: today }),
    entry('tomorrow', { kind: 'reminder', on: '2027-03-15', changed: '2027-02-01' }),
    entry('new', { kind: 'note' }),
  ]
  const { due, rest } = inOrder(entries, today)
  expect(due.map(({ id }) => id)).toEqual(['late', 'today'])
  expect(rest.map(({ id }) => id)).toEqual(['new', 'tomorrow', 'old'])
})

test('a word is found in any case, as å and as aa, and all words have to be there', () => {
  const one: Words = { kind: 'name', name: 'Åse Kjær', ask: 'Vil hun bage?' }
  for (const asked of ['åse', 'AASE', 'bage kjær', 'vil  hun']) expect(holds(one, asked), asked).toBe(true)
  for (const asked of ['øse', 'åse poul']) expect(holds(one, asked), asked).toBe(false)
  expect(wordsIn(one)).toEqual(['Åse Kjær', 'Vil hun bage?'])
})
