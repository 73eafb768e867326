// `oplive bounce`: a mail server hands in what came back to the address that letters come from; who it is about is told.
import { type Command, KeyboardProblem } from '../command.ts'
import { readConfig } from '../config.ts'
import { atKeyboard } from '../db/keyboard.ts'
import { keyCabinet } from '../keys/key-cabinet.ts'
import { noteReturned } from './post.ts'
import { largestNotice, returnedFrom } from './returned.ts'

export const bounceCommand: Command = {
  name: 'bounce',
  does: 'Takes in what a mail server sent back.',
  usage: [['oplive bounce', 'reads one whole message from standard input; for the mail server, not for people']],
  async run(args) {
    if (args.length > 0) throw new KeyboardProblem('Give the message on standard input: oplive bounce < message.')
    const addresses = returnedFrom(await everythingFrom(process.stdin))
    // Anything else that comes to this address, such as an answer from somebody on holiday, is taken and forgotten.
    if (addresses.length === 0) return undefined
    const config = readConfig(process.env)
    const keys = keyCabinet(`${config.dataFolder}/keys`, config.bookKeys)
    await atKeyboard(
      config,
      async (house) => {
        for (const address of addresses) await noteReturned(house, address)
      },
      keys,
    )
    return undefined
  },
}

async function everythingFrom(stream: NodeJS.ReadStream): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of stream) {
    size += (part as Buffer).length
    if (size <= largestNotice) parts.push(part as Buffer)
  }
  return Buffer.concat(parts).toString('latin1')
}
