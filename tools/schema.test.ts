// The types of the database, and the list of who may do what in it, follow its migrations.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

test('the typed schema and the list of who may do what are those that the migrations make', () => {
  const folder = mkdtempSync(join(tmpdir(), 'oplive-schema-test-'))
  try {
    const tool = join(import.meta.dirname, 'write-schema.ts')
    execFileSync(process.execPath, ['--import', 'tsx', tool, folder], { cwd: join(import.meta.dirname, '..') })
    for (const name of ['schema.ts', 'catalogue.json']) {
      const kept = readFileSync(join(import.meta.dirname, '../src/db', name), 'utf8')
      expect(kept, 'run "npm run schema"').toBe(readFileSync(join(folder, name), 'utf8'))
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
