// The types of the database follow its migrations.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

test('the typed schema is the one that the migrations make', () => {
  const folder = mkdtempSync(join(tmpdir(), 'oplive-schema-test-'))
  try {
    const made = join(folder, 'schema.ts')
    const tool = join(import.meta.dirname, 'write-schema.ts')
    execFileSync(process.execPath, ['--import', 'tsx', tool, made], { cwd: join(import.meta.dirname, '..') })
    const kept = readFileSync(join(import.meta.dirname, '../src/db/schema.ts'), 'utf8')
    expect(kept, 'run "npm run schema"').toBe(readFileSync(made, 'utf8'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
