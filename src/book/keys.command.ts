// `oplive keys list` and `oplive keys rotate`: the configuration's keys of Min bog, for the one at the keyboard of the server.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Command, KeyboardProblem } from '../command.ts'
import { type Config, readConfig } from '../config.ts'
import type { House } from '../db/as-actor.ts'
import { atKeyboard } from '../db/keyboard.ts'
import { newBookKey } from '../keys/book-key.ts'
import { keyCabinet } from '../keys/key-cabinet.ts'
import { bookKeysInUse } from './book.deeds.ts'
import { rotateBookKeys } from './rotation.deeds.ts'

export const keysCommand: Command = {
  name: 'keys',
  does: 'Shows and changes the keys of Min bog.',
  usage: [
    ['oplive keys list', 'which keys there are, and how many locks need each'],
    [
      'oplive keys rotate',
      'makes a new key, puts it on every lock, destroys the old one; cut off, it goes on when asked again',
    ],
    ['  --batch N', 'so many locks at a time, 200 if not said'],
  ],
  async run(args) {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { batch: { type: 'string' } },
    })
    const batch = Number(values.batch ?? 200)
    if (!Number.isSafeInteger(batch) || batch < 1) throw new KeyboardProblem('--batch wants a whole number from 1.')
    const config = readConfig(process.env)
    const folder = join(config.dataFolder, 'keys')
    // A cabinet opened in the wrong folder would make a new key there.
    if (!config.bookKeys && !existsSync(folder))
      throw new KeyboardProblem(
        `There are no keys in ${folder}. Say where the program keeps its data with OPLIVE_DATA.`,
      )
    const keys = keyCabinet(folder, config.bookKeys)
    switch (positionals.join(' ')) {
      case 'list':
        return atKeyboard(config, list, keys)
      case 'rotate':
        return atKeyboard(config, (house) => rotate(house, config, batch), keys)
      default:
        throw new KeyboardProblem('Say "oplive keys list" or "oplive keys rotate".')
    }
  },
}

const locks = (n: number) => `${n} ${n === 1 ? 'lock' : 'locks'}`

async function list(house: House): Promise<undefined> {
  const here = house.keys.bookKeys()
  const inUse = await bookKeysInUse(house)
  for (const [index, { id }] of here.entries()) {
    const needed = inUse.find(({ keyId }) => keyId === id)?.locks ?? 0
    console.log(`${id}  ${index === 0 ? 'newest' : 'older '}  ${locks(needed)}`)
  }
  for (const { keyId, locks: needed } of inUse)
    if (!here.some(({ id }) => id === keyId)) console.log(`${keyId}  NOT HERE  ${locks(needed)} that nobody can open`)
}

async function rotate(house: House, config: Config, batch: number): Promise<boolean | undefined> {
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
  if (done.left === 0) return
  console.log(`${locks(done.left)} could not be changed. See "oplive keys list".`)
  return false
}
