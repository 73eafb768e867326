import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { askedUntil, fetchUntil, type Move, newPassphrase, readPassphrase, stageOf } from './move.ts'

const move = (askedAt: Date, agreedAt: Date | null): Move => ({
  id: 'x',
  askedAt,
  agreedAt,
  receipt: null,
  although: false,
  packYes: [],
  goYes: [],
})

describe('how long a move stands', () => {
  const moment = fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  test('a question waits seven days for the second yes, and then it is as if nobody had asked', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 20 * 86_400_000 }), (asked, later) => {
        const at = new Date(asked.getTime() + later)
        const one = move(asked, null)
        expect(stageOf(one, at)).toBe(at < askedUntil(one) ? 'asked' : 'none')
        expect(later < 7 * 86_400_000).toBe(at < askedUntil(one))
      }),
    )
  })

  test('the file may be fetched for a day after the second yes; a receipt may come later', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 3 * 86_400_000 }), (agreed, later) => {
        const at = new Date(agreed.getTime() + later)
        expect(stageOf(move(agreed, agreed), at)).toBe(later < 86_400_000 ? 'agreed' : 'packed')
        expect(fetchUntil(agreed).getTime() - agreed.getTime()).toBe(86_400_000)
      }),
    )
    expect(stageOf(null, new Date())).toBe('none')
  })
})

describe('a passphrase', () => {
  test('that we propose is long enough, never the same, and has nothing that is taken for another letter', () => {
    const some = Array.from({ length: 200 }, newPassphrase)
    expect(new Set(some).size).toBe(200)
    for (const one of some) {
      expect(one).toMatch(/^[2-9a-hjkmnp-z]{5}(-[2-9a-hjkmnp-z]{5}){2}$/)
      expect(readPassphrase(` ${one} `)).toEqual({ passphrase: one })
    }
  })

  test('of a few letters, or of one letter many times, is none', () => {
    expect(readPassphrase('hemmelig')).toEqual({ fault: 'short' })
    expect(readPassphrase('a'.repeat(40))).toEqual({ fault: 'short' })
    expect(readPassphrase('ababababababababab')).toEqual({ fault: 'short' })
    expect(readPassphrase('vi bor ved vandet i syv huse')).toEqual({ passphrase: 'vi bor ved vandet i syv huse' })
    expect(readPassphrase('vi bor '.repeat(60))).toEqual({ fault: 'long' })
  })
})
