// `npm run keys -- list` and `npm run keys -- rotate`: the configuration's keys of Min bog, for the one at the keyboard of the server.
//
// list            which keys there are, and how many locks need each
// rotate          makes a new key, puts it on every lock, destroys the old one. Cut off, it goes on when it is asked for again
//   --batch N     so many locks at a time, 200 if not said
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bookKeysInUse } from '../src/book/book.deeds.ts'
import { rotateBookKeys } from '../src/book/rotation.deeds.ts'
import { type Config, ConfigProblem, readConfig } from '../src/config.ts'
import type { House } from '../src/db/as-actor.ts'
import { newBookKey } from '../src/keys/book-key.ts'
import { keyCabinet } from '../src/keys/key-cabinet.ts'
import { atKeyboard, KeyboardProblem } from './rehearse/keyboard.ts'

const locks = (n: number) => `${n} ${n === 1 ? 'lock' : 'locks'}`

async function main() {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { batch: { type: 'string' } } })
  const batch = Number(values.batch ?? 200)
  if (!Number.isSafeInteger(batch) || batch < 1) throw new KeyboardProblem('--batch wants a whole number from 1.')
  const config = readConfig(process.env)
  const folder = join(config.dataFolder, 'keys')
  // A cabinet opened in the wrong folder would make a new key there.
  if (!config.bookKeys && !existsSync(folder))
    throw new KeyboardProblem(`There are no keys in ${folder}. Say where the program keeps its data with OPLIVE_DATA.`)
  const keys = keyCabinet(folder, config.bookKeys)
  switch (positionals.join(' ')) {
    case 'list':
      return atKeyboard(config, list, keys)
    case 'rotate':
      return atKeyboard(config, (house) => rotate(house, config, batch), keys)
    default:
      throw new KeyboardProblem('Say "npm run keys -- list" or "npm run keys -- rotate".')
  }
}

async function list(house: House) {
  const here = house.keys.bookKeys()
  const inUse = await bookKeysInUse(house)
  for (const [index, { id }] of here.entries()) {
    const needed = inUse.find(({ keyId }) => keyId === id)?.locks ?? 0
    console.log(`${id}  ${index === 0 ? 'newest' : 'older '}  ${locks(needed)}`)
  }
  for (const { keyId, locks: needed } of inUse)
    if (!here.some(({ id }) => id === keyId)) console.log(`${keyId}  NOT HERE  ${locks(needed)} that nobody can open`)
}

async function rotate(house: House, config: Config, batch: number) {
  const inUse = await bookKeysInUse(house)
  const [newest] = house.keys.bookKeys()
  if (config.bookKeys && inUse.every(({ keyId }) => keyId === newest?.id)) {
    console.log(newBookKey().toString('base64url'))
    console.error(
      'Put this new key first in OPLIVE_BOOK_KEYS, with a comma after it and the old ones behind. Start every program again, then rotate again.',
    )
    return
  }
  const done = await rotateBookKeys(house, { batch, afterBatch: (n) => console.error(`${locks(n)} done`) })
  console.log(`${locks(done.rewrapped)} got the key ${done.newest}${done.made ? ', which is new' : ''}.`)
  if (done.done.length > 0)
    console.log(
      config.bookKeys
        ? `Nothing needs ${done.done.join(', ')} any more: take it out of OPLIVE_BOOK_KEYS.`
        : `Nothing needed ${done.done.join(', ')} any more: destroyed. Backups from before now cannot open Min bog again. Make a new one today.`,
    )
  if (done.left > 0) {
    console.log(`${locks(done.left)} could not be changed. See "npm run keys -- list".`)
    process.exitCode = 1
  }
}

main().catch((error: unknown) => {
  const told = error instanceof KeyboardProblem || error instanceof ConfigProblem
  console.error(told ? error.message : error)
  process.exitCode = 1
})
