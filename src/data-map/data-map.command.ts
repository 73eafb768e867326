// `oplive data-map`: the notice, the record, the draft assessment and the columns, for the one at the keyboard. It asks no database.
import { parseArgs } from 'node:util'
import { type Command, KeyboardProblem } from '../command.ts'
import { readConfig } from '../config.ts'
import { dataMap } from './data-map.ts'
import { dpiaPaper } from './dpia.ts'
import { noticePaper } from './notice.ts'
import { asText } from './paper.ts'
import { groundOf } from './purposes.ts'
import { type Answering, recordPaper } from './record.ts'
import { sayRule, words } from './words.ts'

export const dataMapCommand: Command = {
  name: 'data-map',
  does: 'Prints what is told of personal data: the notice, the record, the draft assessment, the columns.',
  usage: [
    ['oplive data-map notice', 'what everybody is told'],
    ['oplive data-map record', 'the record of processing (GDPR 30)'],
    ['oplive data-map dpia', 'the draft assessment (GDPR 35)'],
    ['oplive data-map columns', 'every column: use, room, law, how long; tabs between'],
    ['  --lang da|en', 'da if not said'],
    ['  --name NAME', 'what the municipality is called'],
  ],
  async run(args) {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { lang: { type: 'string' }, name: { type: 'string' } },
    })
    const lang = (['da', 'en'] as const).find((one) => one === (values.lang ?? 'da'))
    if (!lang) throw new KeyboardProblem('--lang is da or en.')
    const { privacy } = readConfig(process.env)
    const name = values.name ?? words(lang)('notice.municipality')
    const who: Answering = {
      kind: 'municipality',
      name,
      municipality: name,
      privacy,
      interim: [],
      forOthers: [],
    }
    switch (positionals.join(' ')) {
      case 'notice':
        console.log(asText(noticePaper(lang, name, privacy)))
        return undefined
      case 'record':
        console.log(asText(recordPaper(lang, who)))
        return undefined
      case 'dpia':
        console.log(asText(dpiaPaper(lang, who)))
        return undefined
      case 'columns':
        for (const { table, column, purpose, keep, room } of dataMap)
          console.log(
            [
              `${table}.${column}`,
              purpose,
              room,
              words(lang)(`basis.${groundOf(purpose).municipality}.law`),
              sayRule(lang, keep, purpose),
            ].join('\t'),
          )
        return undefined
      default:
        throw new KeyboardProblem('Say "oplive data-map notice", "record", "dpia" or "columns".')
    }
  },
}
