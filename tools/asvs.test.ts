import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const text = readFileSync(join(root, 'docs/security.md'), 'utf8')
const rows = [...text.matchAll(/^\| (V\d+\.\d+\.\d+) \| ([12]) \| (\S.*?) \| (.*) \|$/gm)].map(
  ([, id, level, state, how]) => ({
    id: String(id),
    level: Number(level),
    state: String(state),
    how: String(how),
  }),
)

describe('the standard, point by point', () => {
  test('every requirement of levels 1 and 2 is answered once: seventy and a hundred and eighty-three', () => {
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
    expect(rows.filter(({ level }) => level === 1)).toHaveLength(70)
    expect(rows.filter(({ level }) => level === 2)).toHaveLength(183)
  })
  test('each is met, does not apply with a reason, or is open with what is missing', () => {
    for (const { id, state, how } of rows) {
      expect([id, ['met', 'does not apply', '**open**'].includes(state)]).toEqual([id, true])
      expect([id, how.length > 2]).toEqual([id, true])
    }
    const [, met, no, open] = /\*\*(\d+) met, (\d+) do not apply, (\d+) open\.\*\*/.exec(text) ?? []
    const count = (state: string) => String(rows.filter((row) => row.state === state).length)
    expect([met, no, open]).toEqual([count('met'), count('does not apply'), count('**open**')])
  })
  test('every file that is named is there', () => {
    const named = [...text.matchAll(/`((?:src|tools|docs|deploy)\/[\w./-]*)`/g)].map(([, path]) => String(path))
    expect(named.length).toBeGreaterThan(60)
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([])
    const links = [...text.matchAll(/\]\((?!https?:)([\w./-]+)\)/g)].map(([, path]) => String(path))
    expect(links.filter((path) => !existsSync(join(root, 'docs', path)))).toEqual([])
  })
})

test('every line of what can be handed over has a test that is there', () => {
  const page = readFileSync(join(root, 'docs/who-can-hand-over-what.md'), 'utf8')
  const lines = [...page.matchAll(/^\| (?!---|if this)(.+) \|$/gm)].map(([, line]) => String(line).split(' | '))
  expect(lines.length).toBeGreaterThan(12)
  for (const [what, gives, not, tests] of lines) {
    expect([what, Boolean(gives && not)]).toEqual([what, true])
    const files = [...String(tests).matchAll(/`([\w./-]+\.test\.tsx?)`/g)].map(([, path]) => String(path))
    expect([what, files.length > 0]).toEqual([what, true])
    for (const file of files) expect([what, globSync(file, { cwd: root })]).toEqual([what, [file]])
  }
})
