// Letters that come back: what another mail server's notice says (RFC 3464), read out of the whole message as it arrived.
import { readAddress } from './letter.ts'

/** The server refused the address; a notice came back later; nobody took it for two days. */
export type Trouble = 'refused' | 'returned' | 'givenUp'

/** More than a notice ever is. What comes after is not read. */
export const largestNotice = 1_000_000

/**
 * The addresses that a notice says a letter did not reach, for good. Empty for everything that is no such notice: an answer from somebody on
 * holiday, a notice that it arrived or is late, a letter.
 */
export function returnedFrom(message: string): string[] {
  const text = message.slice(0, largestNotice).replace(/\r\n?/g, '\n')
  if (!/^content-type:[ \t]*message\/delivery-status\b/im.test(text)) return []
  const found = new Set<string>()
  // Each recipient has a group of lines of its own, with an empty line between.
  for (const group of text.split(/\n[ \t]*\n/)) {
    const unfolded = group.replace(/\n[ \t]+/g, ' ')
    const line = (name: string) => new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(unfolded)?.[1]?.trim()
    const recipient = line('original-recipient') ?? line('final-recipient')
    // 5.x.x is for good; 4.x.x may still arrive. A full mailbox is not somebody who has moved.
    if (
      !recipient ||
      line('action')?.toLowerCase() !== 'failed' ||
      !/^5\.(?!2\.2)\d{1,3}\.\d{1,3}\b/.test(line('status') ?? '')
    )
      continue
    const address = readAddress(recipient.replace(/^[a-z0-9-]+;[ \t]*/i, '').replace(/^<|>$/g, ''))
    if (address) found.add(address)
  }
  return [...found]
}
