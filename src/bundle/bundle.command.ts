// `oplive export`, `import`, `receipt` and `let-go`: a community moves home, for the ones at the keyboards of the two servers.
import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Command, KeyboardProblem, named } from '../command.ts'
import { type Config, readConfig } from '../config.ts'
import { atKeyboard } from '../db/keyboard.ts'
import { keyCabinet } from '../keys/key-cabinet.ts'
import { fingerprintOf, readAloud, signerOf } from './envelope.ts'
import { packCommunity } from './export.deeds.ts'
import { lookInto, moveIn } from './import.deeds.ts'
import { letGo, receiptFor } from './let-go.deeds.ts'
import { namelessFile } from './nameless.ts'
import { BundleProblem } from './problem.ts'
import { isSealed, sealedHead, unsealInto } from './sealing.ts'
import { mostBytes } from './upload.ts'

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
    const { community, to: given } = parseArgs({ args: [...args], options }).values
    if (!community || !given) throw new KeyboardProblem('Say "oplive export --community holmetofte --to FILE".')
    const to = named(given)
    if (existsSync(to)) throw new KeyboardProblem(`${to} is there already. Choose another name.`)
    const config = readConfig(process.env)
    const { manifest, fingerprint } = await plainly(() =>
      atKeyboard(config, (house) => packCommunity(house, community, to), cabinetOf(config)),
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
    ['  --passphrase FILE', 'opens a file that was fetched from the page: the passphrase is the first line of FILE'],
  ],
  async run(args) {
    const options = { signer: { type: 'string' }, slug: { type: 'string' }, passphrase: { type: 'string' } } as const
    const { positionals, values } = parseArgs({ args: [...args], options, allowPositionals: true })
    const [given = ''] = positionals
    const file = named(given)
    if (!given || !existsSync(file)) throw new KeyboardProblem('Say "oplive import FILE", with a file that is there.')
    const { signer, slug } = values
    if (slug && !/^[a-z0-9-]{2,60}$/.test(slug))
      throw new KeyboardProblem('An address is small letters, digits and hyphens, for example holmetofte-by.')
    const open = await plainly(() => opened(file, values.passphrase))
    if (!signer) {
      const { manifest, fingerprint } = await plainly(async () => lookInto(open))
      console.log(`${manifest.community.name}, from ${manifest.from}, packed ${manifest.madeAt}. Undamaged.`)
      for (const { table, rows } of manifest.tables) if (rows > 0) console.log(`${String(rows).padStart(9)}  ${table}`)
      console.log(`Signed by ${readAloud(fingerprint)}. Nothing was changed.`)
      console.log('Does the sender read the same aloud? Then ask again, with it behind --signer.')
      return undefined
    }
    const config = readConfig(process.env)
    const done = await plainly(() => atKeyboard(config, (house) => moveIn(house, open, { signer, slug })))
    console.log(`${done.manifest.community.name} lives here now: ${done.rows} rows.`)
    if (done.cardsLeft > 0) console.log(`Printed cards that did not come along: ${done.cardsLeft}. Give new ones.`)
    if (done.wereHere > 0) console.log(`Accounts that were here before, and stay as they were: ${done.wereHere}.`)
    console.log(`Sign for it: say "oplive receipt --community ${slug ?? done.manifest.community.slug}".`)
    return undefined
  },
}

const receiptCommand: Command = {
  name: 'receipt',
  does: 'Signs for a community that came here: with it, the old installation lets go.',
  usage: [['oplive receipt --community holmetofte', 'one line, to be sent to the old installation']],
  async run(args) {
    const options = { community: { type: 'string' } } as const
    const { community } = parseArgs({ args: [...args], options }).values
    if (!community) throw new KeyboardProblem('Say "oplive receipt --community holmetofte".')
    const config = readConfig(process.env)
    const { origin } = config
    if (!origin) throw new KeyboardProblem('Say the new address with ORIGIN, as the program itself is told.')
    const sign = async () =>
      atKeyboard(
        config,
        async (house) => ({
          line: await receiptFor(house, community, origin),
          fingerprint: fingerprintOf(signerOf(house.keys).key),
        }),
        cabinetOf(config),
      )
    const { line, fingerprint } = await plainly(sign)
    console.log(line)
    // Beside the line, so that the line alone goes into a file.
    console.error(`Read this aloud to the old installation: ${readAloud(fingerprint)}`)
    return undefined
  },
}

const letGoCommand: Command = {
  name: 'let-go',
  does: 'Deletes a community that lives somewhere else now, and answers with the new address.',
  usage: [
    [
      'oplive let-go --community holmetofte --receipt FILE --signer FINGERPRINT',
      'the receipt of the new installation, and the fingerprint it has read aloud to you',
    ],
    ['  --although-changed', 'also when something was written here after the packing: that is lost'],
    [
      'oplive let-go --community holmetofte --without-receipt NAME --moved-to ADDRESS',
      'on your own word: the whole name of the place, and its new address, https://…/c/…',
    ],
  ],
  async run(args) {
    const text = { type: 'string' } as const
    const { values } = parseArgs({
      args: [...args],
      options: {
        community: text,
        receipt: text,
        signer: text,
        'although-changed': { type: 'boolean' },
        'without-receipt': text,
        'moved-to': text,
      },
    })
    const { community, receipt, signer, 'without-receipt': name, 'moved-to': address } = values
    const although = values['although-changed'] ?? false
    const grounds =
      receipt && signer && existsSync(named(receipt))
        ? { receipt: readFileSync(named(receipt), 'utf8'), signer, although }
        : name && address
          ? { name, address }
          : null
    if (!community || !grounds)
      throw new KeyboardProblem('Say "oplive let-go --community holmetofte --receipt FILE --signer FINGERPRINT".')
    const config = readConfig(process.env)
    const done = await plainly(() => atKeyboard(config, (house) => letGo(house, community, grounds), cabinetOf(config)))
    console.log(`${done.name} is let go: ${done.meetings} meetings and ${done.accounts} accounts were deleted.`)
    console.log(`Its addresses here lead to ${done.address}.`)
    return undefined
  },
}

export const bundleCommands: readonly Command[] = [exportCommand, importCommand, receiptCommand, letGoCommand]

/** A cabinet opened in the wrong folder would make a new key there. */
function cabinetOf({ dataFolder, bookKeys }: Pick<Config, 'dataFolder' | 'bookKeys'>) {
  const folder = join(dataFolder, 'keys')
  if (!existsSync(folder))
    throw new KeyboardProblem(`There are no keys in ${folder}. Say where the program keeps its data with OPLIVE_DATA.`)
  return keyCabinet(folder, bookKeys)
}

/** A plain bundle as it is; one that was sealed on its way is opened into a file without a name, which goes with this command. */
async function opened(file: string, passphrase: string | undefined): Promise<string | number> {
  const from = openSync(file, 'r')
  const head = Buffer.alloc(sealedHead)
  readSync(from, head, 0, head.length, 0)
  if (!isSealed(head)) {
    closeSync(from)
    return file
  }
  if (!passphrase || !existsSync(named(passphrase)))
    throw new KeyboardProblem('That file is sealed. Lay its passphrase in a file, and name that with --passphrase.')
  const to = namelessFile(dirname(file))
  const [line = ''] = readFileSync(named(passphrase), 'utf8').split(/\r?\n/)
  await unsealInto(from, to, line.trim(), mostBytes * 10)
  closeSync(from)
  return to
}

/** What is wrong with a bundle is a sentence for the one at the keyboard. */
async function plainly<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof BundleProblem) throw new KeyboardProblem(`Refused: ${error.message}. Nothing was changed.`)
    throw error
  }
}
