import { expect, test } from 'vitest'
import type { RowFound } from '../mine/mine.deeds.ts'
import { masked, maskedName } from './masked.ts'

const row = (piece: RowFound['piece'], data: Record<string, unknown>): RowFound => ({
  piece,
  data,
  community: null,
  row: null,
  n: 1,
})

test('a pack keeps the name of who asks and takes out those of others', () => {
  const [promise, key] = masked(
    [
      row('commitment', { name: 'birthe hansen ', to_whom: 'Karsten Holm', what: 'kage' }),
      row('passkey', { name: 'Den røde telefon' }),
    ],
    ['Birthe Hansen'],
  )
  expect(promise?.data).toEqual({ name: 'birthe hansen ', to_whom: maskedName, what: 'kage' })
  expect(key?.data).toEqual({ name: 'Den røde telefon' })
})
