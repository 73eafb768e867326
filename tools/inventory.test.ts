import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { licencesIn, packagesIn, writeInventory } from '../scripts/inventory.mjs'

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

let folder = ''
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'oplive-inventory-'))
  await writeInventory(root, folder)
}, 90_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('what the program is made of', () => {
  test('every package in operation is on the list of parts, with its version and the hash of its file', () => {
    const { bomFormat, components } = JSON.parse(readFileSync(join(folder, 'sbom.json'), 'utf8'))
    expect(bomFormat).toBe('CycloneDX')
    const listed = new Map(
      components.map((one: { purl: string; hashes?: unknown[] }) => [one.purl, one.hashes?.length ?? 0]),
    )
    const missing = packagesIn(root)
      .map(({ name, version }) => `pkg:npm/${name.replace('@', '%40')}@${version}`)
      .filter((purl) => !listed.get(purl))
    expect(missing).toEqual([])
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
