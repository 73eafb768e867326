import { expect, test } from 'vitest'
import { catalogue } from './catalogue.ts'

const words = catalogue(
  { hello: 'Hej {{name}}', cards: { left_one: '{{count}} kort', left_other: '{{count}} kort tilbage' } },
  { hello: 'Hello {{name}}', cards: { left_one: '{{count}} card', left_other: '{{count}} cards left' } },
)

test('a sentence is said in the language asked for, with its values', () => {
  expect(words('da')('hello', { name: 'Freja' })).toBe('Hej Freja')
  expect(words('en')('hello', { name: 'Freja' })).toBe('Hello Freja')
})

test('the plural follows the number', () => {
  expect(words('en')('cards.left', { count: 1 })).toBe('1 card')
  expect(words('en')('cards.left', { count: 4 })).toBe('4 cards left')
})

test('markup in a value stays text until the page escapes it', () => {
  expect(words('da')('hello', { name: '<b>' })).toBe('Hej <b>')
})
