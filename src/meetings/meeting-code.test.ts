import { expect, test } from 'vitest'
import { codeAlphabet, newCode, readCode } from './meeting-code.ts'

test('a code never holds what is mistaken for something else: 0 and O, 1 and I', () => {
  expect(codeAlphabet).not.toMatch(/[0O1I]/)
  expect(codeAlphabet).toHaveLength(32)
  expect(new Set(codeAlphabet).size).toBe(32)
})

test('a code is read as people type it: small letters, spaces, a dash', () => {
  for (const typed of ['abc 234', 'ABC-234', ' abc234 ', 'a b c 2 3 4', 'ABC–234'])
    expect(readCode(typed)).toBe('ABC234')
})

test('what cannot be a code is none', () => {
  for (const typed of ['', 'ABC23', 'ABC2345', 'ABC230', 'ABCO23', '../../', 'ABC23Æ', '\u202eABC234'])
    expect(readCode(typed)).toBeNull()
})

test('every new code is one that can be read, and of a thousand hardly two are alike', () => {
  const codes = Array.from({ length: 1000 }, () => newCode())
  expect(codes.every((code) => readCode(code) === code)).toBe(true)
  // Of 887 million two may be alike once in two thousand runs; then the database asks for another.
  expect(new Set(codes).size).toBeGreaterThan(997)
})
