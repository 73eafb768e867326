import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { licencesIn, packagesIn, partsIn } from '../scripts/inventory.mjs'

const root = join(import.meta.dirname, '..')
/** Licences that go together with MPL-2.0, and that ask for no more than to be named. */
const welcome = [
  'MIT',
  'MIT-0',
  '(MIT OR CC0-1.0)',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'OFL-1.1',
  'MPL-2.0',
  'Unlicense',
  'CC0-1.0',
  '(MIT AND Zlib)',
  'PostgreSQL',
  'Python-2.0',
]

describe('what the program is made of', () => {
  test('every package in operation is on the list of parts, with its version and the hash of its file', () => {
    const { bomFormat, components } = partsIn(root)
    expect(bomFormat).toBe('CycloneDX')
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>
    }
    const listed = new Map(components.map(({ purl, hashes }) => [purl, hashes.length]))
    const purls = Object.entries(dependencies).map(
      ([name, version]) => `pkg:npm/${name.replace('@', '%40')}@${version}`,
    )
    expect(purls.filter((purl) => listed.get(purl) !== 1)).toEqual([])
    // And what those ask for in turn; a tool for development is not in operation.
    expect([...listed.keys()].filter((purl) => /\/(pg-protocol|xml-crypto|jose)@/.test(purl))).toHaveLength(3)
    expect(
      [...listed.keys()].filter((purl) => /\/(vitest|typescript|playwright-core|oidc-provider)@/.test(purl)),
    ).toEqual([])
  })

  test('every one is known by the hash of its file, and under a licence that goes with ours', () => {
    const packages = packagesIn(root)
    expect(packages.length).toBeGreaterThan(60)
    expect(packages.filter(({ integrity }) => !integrity?.startsWith('sha512-')).map(({ name }) => name)).toEqual([])
    expect(
      packages
        .filter(({ licence }) => !welcome.includes(String(licence)))
        .map(({ name, licence }) => `${name}: ${licence}`),
    ).toEqual([])
  })

  test('every licence is told with the package that it is for', () => {
    const text = licencesIn(root)
    for (const { name, version } of packagesIn(root)) expect(text).toContain(`${name} ${version}\n`)
    expect(text).toContain('Permission is hereby granted')
  })
})
