import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { runCommand } from '../commands/commands.ts'
import { nothingSaid } from '../config-privacy.ts'
import { dataMap } from './data-map.ts'
import { dpiaPaper, risks } from './dpia.ts'
import { asText } from './paper.ts'
import { purposeKeys } from './purposes.ts'
import { type Answering, activitiesOf, recordPaper, recordRows } from './record.ts'
import { words } from './words.ts'

const municipality: Answering = {
  kind: 'municipality',
  name: 'Holme Kommune',
  municipality: 'Holme Kommune',
  privacy: { ...nothingSaid, processor: 'Drift A/S' },
  interim: ['Lyngø'],
  forOthers: [{ place: 'Holmetofte', keeper: 'Borgerforeningen' }],
}
const association: Answering = { ...municipality, kind: 'association', name: 'Borgerforeningen' }

test.each(['da', 'en'] as const)(
  'the record has every use once, with whom it is about, who sees it and how long, in %s',
  (lang) => {
    const activities = activitiesOf(lang, municipality)
    expect(activities.map(({ purpose }) => purpose)).toEqual(purposeKeys)
    for (const { purpose, facts } of activities)
      for (const [term, said] of facts) expect([purpose, term, said.length > 0]).toEqual([purpose, term, true])
    const text = asText(recordPaper(lang, municipality))
    for (const said of ['Drift A/S', 'Lyngø', 'Holmetofte: Borgerforeningen']) expect(text).toContain(said)
  },
)

test('an association answers for what lies in its room, and for nothing of the way in or the municipality', () => {
  const uses = activitiesOf('da', association).map(({ purpose }) => purpose)
  expect(uses).toEqual(purposeKeys.filter((one) => dataMap.some((c) => c.purpose === one && c.room === 'community')))
  expect(uses).not.toContain('enter')
  expect(asText(recordPaper('da', association))).not.toContain('litra e')
})

test('as a spreadsheet it is a line for each use, and as wide everywhere', () => {
  const rows = recordRows('da', municipality)
  expect(rows).toHaveLength(purposeKeys.length + 1)
  expect(new Set(rows.map((row) => row.length))).toEqual(new Set([10]))
})

test('each risk of the draft names tests that are there, and what people must answer stands open', () => {
  for (const { tried } of Object.values(risks)) expect(tried.filter((file) => !existsSync(file))).toEqual([])
  const paper = dpiaPaper('da', municipality)
  expect(paper.sections.at(-1)?.blocks.at(-1)?.kind).toBe('blank')
  expect(asText(paper)).toContain(words('da')('purpose.belong.title'))
})

test('at the keyboard each paper is asked for by its name; another name is told in one sentence', async () => {
  const err: string[] = []
  const terminal = { out: () => {}, err: (text: string) => void err.push(text) }
  expect(await runCommand(['data-map', 'poem'], terminal)).toBe(1)
  expect(await runCommand(['data-map', 'record', '--lang', 'fr'], terminal)).toBe(1)
  expect(err).toHaveLength(2)
})
