import { expect, test } from 'vitest'
import { pieceKeys, pieceOf } from '../mine/everything.ts'
import type { Kept } from '../mine/piece.ts'
import { words as mineWords } from '../mine/words.ts'
import { dataMap } from './data-map.ts'
import { ruleOf } from './retention-rules.ts'
import { words } from './words.ts'

/** They say what ends it before any clock does, and promise no time. */
const untimed: readonly Kept[] = ['yours', 'theirs', 'read', 'once']
const times = /\d+ \p{L}+/gu

/** The rule that most of a piece lies under: where one column has its own, the others say. */
function ruleFor(piece: (typeof pieceKeys)[number]) {
  const codes = dataMap.filter(({ pieces }) => pieces.includes(piece)).map(({ keep }) => keep)
  const often = (code: string) => codes.filter((one) => one === code).length
  return codes.toSorted((a, b) => often(b) - often(a))[0]
}

test.each(['da', 'en'] as const)('one’s own page promises the time that the rule says, and no other, in %s', (lang) => {
  for (const piece of pieceKeys) {
    const { kept } = pieceOf(piece)
    const code = ruleFor(piece)
    if (!code) throw new Error(`${piece} is not on the map`)
    const { keep, grace } = ruleOf(code)
    const said = mineWords(lang)(`kept.${kept}`).match(times) ?? []
    const spans = [keep, grace].flatMap((span) => (span ? [words(lang)(`span.${span.unit}`, { count: span.n })] : []))
    expect([piece, kept, code, said.filter((time) => !spans.includes(time))]).toEqual([piece, kept, code, []])
    if (keep && !untimed.includes(kept)) expect([piece, kept, code, said[0]]).toEqual([piece, kept, code, spans[0]])
  }
})
