// Danish on screen: short, plain, and as a neighbour says it. LIX is words a sentence plus the share of words over six letters.
import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

interface Tree {
  [key: string]: string | Tree
}

const catalogues = globSync('src/**/*da.json').map((path) => ({
  path,
  texts: textsOf(JSON.parse(readFileSync(path, 'utf8'))),
}))

function textsOf(tree: Tree): string[] {
  return Object.values(tree).flatMap((value) => (typeof value === 'string' ? value : textsOf(value)))
}

const wordsOf = (text: string) => text.replaceAll(/\{\{\w+\}\}/g, ' ').match(/\p{L}+/gu) ?? []
const sentencesOf = (text: string) => text.split(/[.!?:]+(?:\s|$)/).filter((part) => wordsOf(part).length > 0)

/** 25-34 is easy for practised readers; every sixth of us reads poorly. */
function lix(texts: readonly string[]): number {
  const words = texts.flatMap(wordsOf)
  const sentences = texts.flatMap(sentencesOf).length
  return words.length / sentences + (100 * words.filter((word) => word.length > 6).length) / words.length
}

/** The three items are the op-ed's own words, and asked as they stand there. */
const fixed = /^(Jeg havde medindflydelse på|Efter mødet er jeg bedre|Mødet har givet mig mod)/

test('LIX is reckoned as it should be', () => {
  expect(lix(['Vi går en tur. Der er lys i hallen.'])).toBeCloseTo(4.5, 1)
  expect(lix(['Forsamlingshuset åbner'])).toBeCloseTo(52, 1)
})

test.each(catalogues)('$path reads easily: LIX under 30', ({ texts }) => {
  expect(lix(texts)).toBeLessThan(30)
})

test.each(catalogues)('$path puts values where they are asked for: between two braces on each side', ({ texts }) => {
  expect(texts.filter((text) => /[{}]/.test(text.replaceAll(/\{\{\w+\}\}/g, '')))).toEqual([])
})

test.each(catalogues)('$path has no sentence over 24 words', ({ texts }) => {
  expect(texts.flatMap(sentencesOf).filter((sentence) => wordsOf(sentence).length > 24)).toEqual([])
})

test.each(catalogues)('$path says it like a neighbour', ({ texts }) => {
  const officialese =
    /\b(brugere?n?|borgerne skal|såfremt|vedrørende|ifm|ifht|endvidere|påkrævet|indtast venligst|udfyld feltet|login|link til at logge|klik her|upload|submit|feedback)\b/i
  expect(texts.filter((text) => officialese.test(text) && !fixed.test(text))).toEqual([])
})
