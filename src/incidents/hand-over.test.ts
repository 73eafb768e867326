import { expect, test } from 'vitest'
import type { RowFound } from '../mine/mine.deeds.ts'
import { decided, inContext, ownOf, proposalsIn } from './hand-over.ts'

const row = (piece: RowFound['piece'], data: Record<string, unknown>): RowFound => ({
  piece,
  data,
  community: null,
  row: null,
  n: 1,
})
const rows = [
  row('person', { name: 'Birthe Hansen', telephone: '22 33 44 55', mail: null }),
  row('ownCommitment', { name: 'Birthe Hansen', what: 'Ringer til Karsten på 66 77 88 99 eller selv på 22334455' }),
  row('ownCommitment', { name: 'Birthe Hansen', what: 'Bager en kage' }),
  row('looked', { looker: 'Amira Haddad', reason: 'Ringer om Karstens hus' }),
]
const own = ownOf(['Birthe Hansen'], rows, [null])
const proposals = proposalsIn(rows, own, ['Karsten Holm'])

test('the officer is shown each spot that may tell of another, and none of who asks or of who looked at work', () => {
  expect(proposals.map((one) => [one.piece, one.column, one.text.slice(one.start, one.end)])).toEqual([
    ['ownCommitment', 'what', 'Karsten'],
    ['ownCommitment', 'what', '66 77 88 99'],
    ['looked', 'reason', 'Karstens'],
  ])
  expect(new Set(proposals.map(({ key }) => key)).size).toBe(3)
})

test('only what is decided is taken out: nothing by itself', () => {
  expect(decided(rows, proposals, new Set())).toEqual(rows)
  const after = decided(rows, proposals, new Set([proposals[0]?.key ?? '', proposals[2]?.key ?? '']))
  expect(after.map(({ data }) => data.what ?? data.reason)).toEqual([
    undefined,
    'Ringer til ••• på 66 77 88 99 eller selv på 22334455',
    'Bager en kage',
    'Ringer om ••• hus',
  ])
})

test('a spot is shown with a few words on both sides', () => {
  const text = `${'før '.repeat(40)}Karsten${' efter'.repeat(40)}`
  const [one] = proposalsIn([row('ownCommitment', { what: text })], own, ['Karsten Holm'])
  const shown = one && inContext(one)
  expect(shown?.spot).toBe('Karsten')
  expect(shown?.before.length).toBeLessThan(70)
  expect(shown?.after.endsWith('…')).toBe(true)
})
