import { expect, test } from 'vitest'
import { ConfigProblem, readConfig } from './config.ts'
import { nothingSaid } from './config-privacy.ts'

test('who is to be asked, and who runs the server, is as the settings say', () => {
  expect(readConfig({}).privacy).toEqual(nothingSaid)
  const said = { OPLIVE_DPO_MAIL: 'dpo@example.dk', OPLIVE_DPO_PHONE: '+45 12 34 56 78', OPLIVE_PROCESSOR: 'Drift A/S' }
  expect(readConfig(said).privacy).toEqual({
    dpoMail: 'dpo@example.dk',
    dpoPhone: '+45 12 34 56 78',
    processor: 'Drift A/S',
  })
})

test.each([
  ['OPLIVE_DPO_MAIL', 'dpo'],
  ['OPLIVE_DPO_PHONE', 'ask the town hall'],
  ['OPLIVE_PROCESSOR', 'x'.repeat(121)],
])('a wrong %s is told in one sentence', (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(ConfigProblem)
  expect(() => readConfig({ [name]: value })).toThrow(name)
})
