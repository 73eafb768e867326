// What lies behind the marks of a large drawing, kept some minutes for the one who was shown it. In memory alone, found by chance only.
import { randomBytes } from 'node:crypto'

interface Kept {
  account: string
  community: string
  bytes: Uint8Array<ArrayBuffer>
  /** The mark of the ties (`tieMarkIn`): when it is another, somebody is gone or has chosen, and this is thrown away. */
  mark: string
  goes: NodeJS.Timeout
}

const minutes = 10
/** Some hundred kilobytes each: the oldest goes first. */
const most = 40
const kept = new Map<string, Kept>()

/** Answers the word by which it is asked for. */
export function keepNet(account: string, community: string, bytes: Uint8Array<ArrayBuffer>, mark: string): string {
  const word = randomBytes(16).toString('base64url')
  const goes = setTimeout(() => kept.delete(word), minutes * 60_000).unref()
  kept.set(word, { account, community, bytes, mark, goes })
  const [oldest] = kept.keys()
  if (kept.size > most && oldest) drop(oldest)
  return word
}

/** Null for everybody but the one who was shown the drawing, and when somebody is gone since. */
export function keptNet(
  word: string,
  account: string,
  community: string,
  markNow: string,
): Uint8Array<ArrayBuffer> | null {
  const one = kept.get(word)
  if (!one || one.account !== account || one.community !== community) return null
  if (one.mark === markNow) return one.bytes
  drop(word)
  return null
}

function drop(word: string): void {
  clearTimeout(kept.get(word)?.goes)
  kept.delete(word)
}
