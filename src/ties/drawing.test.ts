import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asNote, cleanName, longestName, type Mark, marksText, mostMarks, readMarks, rings } from './drawing.ts'

describe('a drawing of two', () => {
  test('is read as it was written, whatever the names', () => {
    const anyMark = fc.record({ name: fc.string({ unit: 'grapheme', maxLength: 20 }), ring: fc.constantFrom(...rings) })
    fc.assert(
      fc.property(fc.array(anyMark, { maxLength: 20 }), (typed) => {
        const marks: Mark[] = readMarks(marksText(typed.map((mark) => ({ ...mark, name: cleanName(mark.name) }))))
        expect(readMarks(marksText(marks))).toEqual(marks)
        expect(new Set(marks.map(({ name }) => name.toLowerCase())).size).toBe(marks.length)
      }),
    )
  })

  test('from anywhere else, only names in rings come in, and not too many', () => {
    expect(readMarks('')).toEqual([])
    expect(readMarks('score:Birthe\nnear: Ole \t\tOLE\r\nfar:x')).toEqual([
      { name: 'Ole', ring: 'near' },
      { name: 'x', ring: 'far' },
    ])
    const many = readMarks(`near:${Array.from({ length: 200 }, (_, n) => `${n}${'y'.repeat(99)}`).join('\t')}`)
    expect(many).toHaveLength(mostMarks)
    expect(many.every(({ name }) => name.length <= longestName)).toBe(true)
  })

  test('is a note with one line for each ring that has somebody in it', () => {
    const say = { title: 'Tegnet sammen', ring: { near: 'Tæt på', middle: 'Længere ude', far: 'Yderst' } }
    expect(asNote(readMarks('near:Birthe\tOle\nfar:Åse'), say)).toBe('Tegnet sammen\nTæt på: Birthe, Ole\nYderst: Åse')
  })
})
