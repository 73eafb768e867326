// `oplive export` and `oplive import`: a community moves home, for the ones at the keyboards of the two servers.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Command, KeyboardProblem } from '../command.ts'
import { readConfig } from '../config.ts'
import { atKeyboard } from '../db/keyboard.ts'
import { keyCabinet } from '../keys/key-cabinet.ts'
import { BundleProblem, readAloud } from './envelope.ts'
import { packCommunity } from './export.deeds.ts'
import { lookInto, moveIn } from './import.deeds.ts'

const exportCommand: Command = {
  name: 'export',
  does: 'Packs a whole community into one signed file.',
  usage: [
    [
      'oplive export --community holmetofte --to FILE',
      'a new file, which only this user may read: there are names in it',
    ],
  ],
  async run(args) {
    const options = { community: { type: 'string' }, to: { type: 'string' } } as const
    const { community, to } = parseArgs({ args: [...args], options }).values
    if (!community || !to) throw new KeyboardProblem('Say "oplive export --community holmetofte --to FILE".')
    if (existsSync(to)) throw new KeyboardProblem(`${to} is there already. Choose another name.`)
    const config = readConfig(process.env)
    const folder = join(config.dataFolder, 'keys')
    // A cabinet opened in the wrong folder would make a new key there.
    if (!existsSync(folder))
      throw new KeyboardProblem(
        `There are no keys in ${folder}. Say where the program keeps its data with OPLIVE_DATA.`,
      )
    const { manifest, fingerprint } = await plainly(() =>
      atKeyboard(config, (house) => packCommunity(house, community, to), keyCabinet(folder, config.bookKeys)),
    )
    const rows = manifest.tables.reduce((all, one) => all + one.rows, 0)
    console.log(`${manifest.community.name}: ${rows} rows in ${to}. There are names in it.`)
    console.log(`Read this aloud to the receiver: ${readAloud(fingerprint)}`)
    return undefined
  },
}

const importCommand: Command = {
  name: 'import',
  does: 'Takes a whole community in from a signed file, or nothing of it.',
  usage: [
    ['oplive import FILE', 'checks every byte, says what is in it and who signed it, and changes nothing'],
    [
      'oplive import FILE --signer FINGERPRINT',
      'takes it in: the fingerprint is what the sender has read aloud to you',
    ],
    ['  --slug ADDRESS', 'gives the place another address, when its own is taken here'],
  ],
  async run(args) {
    const options = { signer: { type: 'string' }, slug: { type: 'string' } } as const
    const { positionals, values } = parseArgs({ args: [...args], options, allowPositionals: true })
    const [file = ''] = positionals
    if (!existsSync(file)) throw new KeyboardProblem('Say "oplive import FILE", with a file that is there.')
    const { signer, slug } = values
    if (slug && !/^[a-z0-9-]{2,60}$/.test(slug))
      throw new KeyboardProblem('An address is small letters, digits and hyphens, for example holmetofte-by.')
    if (!signer) {
      const { manifest, fingerprint } = await plainly(async () => lookInto(file))
      console.log(`${manifest.community.name}, from ${manifest.from}, packed ${manifest.madeAt}. Undamaged.`)
      for (const { table, rows } of manifest.tables) if (rows > 0) console.log(`${String(rows).padStart(9)}  ${table}`)
      console.log(`Signed by ${readAloud(fingerprint)}. Nothing was changed.`)
      console.log('Does the sender read the same aloud? Then ask again, with it behind --signer.')
      return undefined
    }
    const config = readConfig(process.env)
    const done = await plainly(() => atKeyboard(config, (house) => moveIn(house, file, { signer, slug })))
    console.log(`${done.manifest.community.name} lives here now: ${done.rows} rows.`)
    if (done.cardsLeft > 0) console.log(`Printed cards that did not come along: ${done.cardsLeft}. Give new ones.`)
    if (done.wereHere > 0) console.log(`Accounts that were here before, and stay as they were: ${done.wereHere}.`)
    return undefined
  },
}

export const bundleCommands: readonly Command[] = [exportCommand, importCommand]

/** What is wrong with a bundle is a sentence for the one at the keyboard. */
async function plainly<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof BundleProblem) throw new KeyboardProblem(`Refused: ${error.message}. Nothing was changed.`)
    throw error
  }
}
