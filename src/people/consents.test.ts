import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { purposes, textOf, versions } from './consents.ts'
import da from './da.json' with { type: 'json' }
import en from './en.json' with { type: 'json' }

const wording = (words: object, purpose: string, version: number): string =>
  (words as Record<string, Record<string, string>>)[purpose]?.[`v${version}`] ?? ''

test.each(purposes)(
  '%s: a wording that somebody has said yes to is never changed; other words are a new version',
  (purpose) => {
    versions[purpose].forEach((kept, at) => {
      const both = `${wording(da.consent, purpose, at + 1)}\n${wording(en.consent, purpose, at + 1)}`
      expect(createHash('sha256').update(both).digest('hex').slice(0, 12), `${purpose} v${at + 1}`).toBe(kept)
    })
    const inCatalogue = Object.keys(da.consent[purpose]).filter((key) => key.startsWith('v')).length
    expect(inCatalogue).toBe(versions[purpose].length)
  },
)

test('a version this program does not know is told by the nearest words it has', () => {
  expect(textOf('da', 'photo', 99)).toBe(da.consent.photo.v1)
  expect(textOf('da', 'photo', 0)).toBe(da.consent.photo.v1)
})
