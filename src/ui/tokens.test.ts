// Reads the stylesheets as text: the contrasts of the tokens, and what an old phone can hold.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const file = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
const tokens = file('tokens.css')
/** All that a phone gets beside the tokens. */
const phoneStyle = [
  'phone.css',
  ...Array.from(file('phone.css').matchAll(/@import "\.\/(.*?)"/g), ([, name]) => name ?? ''),
]
  .filter((name) => name !== 'tokens.css')
  .map(file)
  .join('')

const coloursIn = (css: string) =>
  new Map(Array.from(css.matchAll(/--([a-z-]+):\s*(#[0-9a-f]{6})/g), (m) => [m[1] ?? '', m[2] ?? '']))
const [lightCss = '', darkCss = ''] = tokens.split('@media screen and (prefers-color-scheme: dark)')
const themes = { light: coloursIn(lightCss), dark: coloursIn(darkCss) }

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
const contrast = (a: string, b: string) => {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

const text: [string, string[]][] = [
  ['ink', ['paper', 'sheet', 'ember-soft', 'glow-soft', 'beech-soft', 'strait-soft']],
  ['ink-soft', ['paper', 'sheet', 'ember-soft']],
  ['ember', ['paper', 'sheet']],
  ['beech', ['paper', 'sheet']],
  ['strait', ['paper', 'sheet']],
  ['wrong', ['paper', 'sheet']],
  ['glow-deep', ['paper', 'sheet']],
  ['paper', ['ember', 'strait', 'beech', 'wrong']],
]
const shapes: [string, string[]][] = [
  ['edge', ['paper', 'sheet']],
  ['ember', ['line', 'paper', 'ember-soft']],
  ['glow-deep', ['line', 'paper']],
  ['strait', ['line', 'paper']],
  ['ink', ['paper', 'sheet', 'ember-soft']],
]

describe.each(Object.entries(themes))('in the %s theme', (_, colours) => {
  const colour = (name: string) => colours.get(name) ?? `no colour ${name}`
  test.each(text)('%s is read on %s', (ink, grounds) => {
    for (const ground of grounds)
      expect(contrast(colour(ink), colour(ground)), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5)
  })
  test.each(shapes)('%s is told from %s', (shape, grounds) => {
    for (const ground of grounds)
      expect(contrast(colour(shape), colour(ground)), `${shape} on ${ground}`).toBeGreaterThanOrEqual(3)
  })
})

test('every colour of the light theme has its dark one', () => {
  expect([...themes.dark.keys()].sort()).toEqual([...themes.light.keys()].sort())
})

test('the phone style holds nothing that makes a phone of 2018 drop a whole rule', () => {
  const phone = tokens + phoneStyle
  expect(phone).not.toMatch(
    /@layer|@container|light-dark\(|color-mix\(|oklch\(|inset(-\w+)*:|padding-inline:|margin-inline:|margin-block:|&|:is\(|:where\(/,
  )
  // A selector list with one unknown selector is dropped whole, so what is new stands alone or behind @supports.
  const outside = phone.replace(/@supports selector\(:has\(\*\)\) \{[\s\S]*?\n\}/g, '')
  expect(outside).not.toMatch(/:has\(/)
})

test('flex gaps are spelled as margins for old phones', () => {
  expect(phoneStyle).not.toMatch(/(?<!grid-)(?<!row-)(?<!column-)\bgap:/)
})
