import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { events, jsonLog } from './log.ts'

test('a line of the log is JSON and says what happened', () => {
  const lines: string[] = []
  jsonLog((line) => lines.push(line)).say('started', { ms: 812 })
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'info', event: 'started', ms: 812 })
})

test('an error is logged without its message, for that may hold what somebody typed', () => {
  const lines: string[] = []
  const error = Object.assign(new Error('duplicate key (name)=(Birthe) code ABC234 10.0.0.7'), {
    code: '23505',
    detail: 'Birthe',
  })
  jsonLog((line) => lines.push(line)).fail('request.failed', error)
  jsonLog((line) => lines.push(line)).fail('request.failed', 'Birthe')
  expect(lines.join()).not.toMatch(/Birthe|ABC234|10\.0\.0\.7/)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ error: 'Error 23505', event: 'request.failed' })
})

test('every event that may be logged is explained to the one who runs the server, and none else', () => {
  const explained = [...readFileSync('docs/logs.md', 'utf8').matchAll(/^\|(.*?)\|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([\w.-]+)`/g)].map(([, name]) => name),
  )
  expect(explained.sort()).toEqual([...events].sort())
})
