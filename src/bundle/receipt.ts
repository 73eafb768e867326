// The receipt of a move: one signed line, by which the new installation says that it has a community, and where.
import { fingerprintOf, isSignature } from './envelope.ts'
import { BundleProblem } from './problem.ts'

/** What the new installation says. */
export interface Said {
  bundle: string
  /** The whole address of the place there. */
  address: string
  /** The public half of the key that signs, in base64url. */
  key: string
}

const first = 'oplive-receipt-1'

/** A line that is sent by mail, or read from a disk. */
export function writeReceipt(said: Omit<Said, 'key'>, signer: { key: string; sign(text: string): string }): string {
  const body = Buffer.from(JSON.stringify({ ...said, key: signer.key })).toString('base64url')
  return `${first}.${body}.${signer.sign(`${first}.${body}`)}`
}

/** Reads a receipt, however it was broken into lines on its way. Throws BundleProblem. */
export function readReceipt(text: string): Said & { fingerprint: string } {
  const [head = '', body = '', signature = '', ...rest] = text.replace(/\s/g, '').split('.')
  let said: Partial<Said> | null = null
  try {
    said = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as Partial<Said> | null
  } catch {
    // Told below, as everything that is no receipt.
  }
  const { bundle, address, key } = said ?? {}
  if (head !== first || rest.length > 0 || typeof bundle !== 'string' || typeof address !== 'string' || !key)
    throw new BundleProblem('receipt', 'this is no receipt, or a part of it is missing')
  if (!isSignature(key, `${head}.${body}`, signature))
    throw new BundleProblem('receipt-changed', 'the receipt was changed after it was signed')
  if (!isPlaceAddress(address)) throw new BundleProblem('receipt', 'the receipt names no address of a place')
  return { bundle, address, key, fingerprint: fingerprintOf(key) }
}

/** Such as https://oplive.example.dk/c/holmetofte: nothing that a page should not lead to. */
export function isPlaceAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, origin, pathname, href } = new URL(text)
  return (
    /^https?:$/.test(protocol) &&
    /^\/c\/[a-z0-9-]{2,60}$/.test(pathname) &&
    href === `${origin}${pathname}` &&
    href === text
  )
}
