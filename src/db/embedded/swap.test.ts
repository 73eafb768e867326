import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { finishSwap, type Move, swap } from './swap.ts'

let home: string
const moves: readonly Move[] = [
  ['postgres', 'before/postgres'],
  ['password', 'before/password'],
  ['new/postgres', 'postgres'],
  ['new/password', 'password'],
]
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'oplive-swap-'))
  mkdirSync(join(home, 'before'))
  for (const [which, at] of [
    ['old', '.'],
    ['new', 'new'],
  ] as const) {
    mkdirSync(join(home, at, 'postgres'), { recursive: true })
    writeFileSync(join(home, at, 'postgres/rows'), which)
    writeFileSync(join(home, at, 'password'), which)
  }
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const read = (path: string) => readFileSync(join(home, path), 'utf8')
const inPlace = () => [read('postgres/rows'), read('password'), read('before/postgres/rows'), read('before/password')]

test('the new one is in the place of the old one, which is kept', () => {
  swap(home, moves)
  expect(inPlace()).toEqual(['new', 'new', 'old', 'old'])
  expect(finishSwap(home)).toBe(false)
})

test.each([0, 1, 2, 3, 4])('cut off after %i renames, the next start finishes it', (made) => {
  writeFileSync(join(home, 'swap-under-way'), JSON.stringify(moves))
  for (const [from, to] of moves.slice(0, made)) renameSync(join(home, from), join(home, to))
  expect(finishSwap(home)).toBe(true)
  expect(inPlace()).toEqual(['new', 'new', 'old', 'old'])
  expect(finishSwap(home)).toBe(false)
})

test('cut off while the note was written, nothing has moved', () => {
  writeFileSync(join(home, 'swap-under-way'), '[["postg')
  expect(finishSwap(home)).toBe(false)
  expect([read('postgres/rows'), read('new/postgres/rows')]).toEqual(['old', 'new'])
  expect(existsSync(join(home, 'swap-under-way'))).toBe(false)
})

test('what cannot be moved leaves everything where it was', () => {
  rmSync(join(home, 'new/password'))
  expect(() => swap(home, moves)).toThrow(/ENOENT/)
  expect([read('postgres/rows'), read('password'), read('new/postgres/rows')]).toEqual(['old', 'old', 'new'])
  expect(finishSwap(home)).toBe(false)
})
