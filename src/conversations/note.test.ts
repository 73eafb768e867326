import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  asFields,
  contentHash,
  type Draft,
  draftText,
  hintsIn,
  longest,
  outcomes,
  readDraft,
  readNote,
  themes,
} from './note.ts'

const today = '2027-03-14'
const form = (fields: Record<string, string>) => new URLSearchParams(fields)

const line = (most: number) =>
  fc
    .array(fc.constantFrom('kage', 'hallen', 'på', 'mandag', 'to', 'naboer', 'æøå', '🙂'), {
      minLength: 1,
      maxLength: 8,
    })
    .map((words) => words.join(' ').slice(0, most))
const day = fc.option(fc.constantFrom('2027-03-21', '2027-12-31'), { nil: null })
const promises = (by: 'starter' | 'other') =>
  fc.array(fc.record({ by: fc.constant(by), what: line(longest.what), byWhen: day }), { maxLength: 2 })
const draft: fc.Arbitrary<Draft> = fc
  .record({
    talk: fc.uuid(),
    base: fc.nat(9),
    themes: fc.subarray([...themes], { maxLength: 5 }),
    ownWords: fc.option(line(longest.ownWords), { nil: null }),
    starter: promises('starter'),
    other: promises('other'),
    outcome: fc.constantFrom(...outcomes),
    nextOn: day,
  })
  .map(({ starter, other, ...rest }) => ({ ...rest, promises: [...starter, ...other] }))

test('a note goes through its form and through a page and is the same note, and another letter is another note', () => {
  fc.assert(
    fc.property(draft, draft, (one, two) => {
      expect(readDraft(draftText(one))).toEqual(one)
      const read = readNote(asFields(one), today)
      expect(read.ok && { ...read.value, talk: one.talk, base: one.base }).toEqual(one)
      expect(contentHash(one).equals(contentHash(two))).toBe(draftText(one) === draftText(two))
    }),
    { numRuns: 60 },
  )
})

test('a day is tapped, and counted from the day of the talk', () => {
  const read = readNote(form({ 'starter-1': 'Spørg om hallen', 'starter-1-when': '7', next: '14' }), today)
  expect(read.ok && read.value).toEqual({
    themes: [],
    ownWords: null,
    promises: [{ by: 'starter', what: 'Spørg om hallen', byWhen: '2027-03-21' }],
    outcome: 'commitment',
    nextOn: '2027-03-28',
  })
})

test('a no is an outcome; a talk without any is asked about, and a CPR number is never taken', () => {
  expect(readNote(form({ outcome: 'no' }), today).ok).toBe(true)
  expect(readNote(form({}), today)).toEqual({ ok: false, problems: [{ field: 'outcome', code: 'outcome' }] })
  expect(readNote(form({ outcome: 'no', words: '010190-1234' }), today)).toMatchObject({
    problems: [{ field: 'words', code: 'cpr' }],
  })
  expect(readNote(form({ 'other-2': 'x'.repeat(141) }), today)).toMatchObject({
    problems: [{ field: 'other-2', code: 'too-long' }],
  })
  const many = new URLSearchParams({ outcome: 'no' })
  for (const theme of themes) many.append('theme', theme)
  expect(readNote(many, today)).toMatchObject({ problems: [{ field: 'theme', code: 'themes' }] })
})

test('words about illness and about others bring a hint, and nothing more', () => {
  const note = { themes: [], ownWords: 'Han har fået diabetes', promises: [], outcome: 'no', nextOn: null } as const
  expect(hintsIn({ ...note, themes: [], promises: [] })).toEqual(['health'])
  expect(hintsIn({ ...note, themes: [], promises: [{ by: 'other', what: 'Ring til Jens', byWhen: null }] })).toEqual([
    'health',
    'name',
  ])
})

test.each([
  '',
  'null',
  '[]',
  '{"talk":1}',
  '["a",0,["x"],null,[],"no",null]',
  '["a",0,[],null,[["third","x",null]],"no",null]',
])('what no page of ours has carried is no draft: %s', (text) => {
  expect(readDraft(text)).toBe(null)
})

test('Invariant 2: no field exists for impressions, scores or health of another person', () => {
  const fields = [
    ...asFields({
      themes: ['food'],
      ownWords: 'x',
      promises: [{ by: 'other', what: 'x', byWhen: null }],
      outcome: 'no',
      nextOn: null,
    }).keys(),
  ]
  expect([...new Set(fields)].sort()).toEqual(['next', 'other-1', 'other-1-when', 'outcome', 'theme', 'words'])
})
