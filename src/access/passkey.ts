// A passkey: where it works, what a device answers, what its counter may say, and what its owner calls it.

/** Who the devices answer to: the name in the address bar. */
export interface Party {
  /** The host, without scheme and port. */
  id: string
  origin: string
}

/** Coming in, adding a passkey, or proving anew that it is you. */
export const ceremonies = ['in', 'add', 'prove'] as const
export type Ceremony = (typeof ceremonies)[number]

/** How those of the municipality come in: by its own sign-in, by passkey and six digits, or as they like in the demo. */
export type StaffWay = 'municipal' | 'passkey' | 'demo'

/** One account needs no more; it keeps the list readable. */
export const mostPasskeys = 20

const isAddress = (host: string) => /^[\d.]+$/.test(host) || host.startsWith('[')

/**
 * Where passkeys work: over https, and on the machine itself. Null on a local network over plain http, for there a browser has none,
 * and where the address is a number. `origin` is what this server is called, `host` what the browser asked for.
 */
export function partyAt(origin: string, host: string | undefined): Party | null {
  const { protocol, hostname, origin: exact } = new URL(origin)
  if (protocol === 'https:') return isAddress(hostname) ? null : { id: hostname, origin: exact }
  return host && /^localhost(:\d{1,5})?$/.test(host) ? { id: 'localhost', origin: `http://${host}` } : null
}

/** What a device answers when it shows a passkey that it holds. All but the id is base64url, still to be checked. */
export interface Shown {
  id: string
  clientDataJSON: string
  authenticatorData: string
  signature: string
  userHandle?: string
}

/** What a device answers when it has made a passkey. */
export interface Made {
  id: string
  clientDataJSON: string
  attestationObject: string
  transports: string[]
}

const longestAnswer = 20_000
const knownTransports = ['usb', 'nfc', 'ble', 'smart-card', 'hybrid', 'internal', 'cable']
const isEncoded = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && /^[\w-]+$/.test(value)

function fieldsOf(text: string | null): Record<string, unknown> | null {
  if (!text || text.length > longestAnswer) return null
  try {
    const said: unknown = JSON.parse(text)
    return typeof said === 'object' && said !== null ? (said as Record<string, unknown>) : null
  } catch {
    return null
  }
}

/** Reads what the browser's side sent; null for anything else. */
export function readShown(text: string | null): Shown | null {
  const said = fieldsOf(text)
  if (!said) return null
  const { id, clientDataJSON, authenticatorData, signature, userHandle } = said
  if (!isEncoded(id) || id.length > 1364) return null
  if (!isEncoded(clientDataJSON) || !isEncoded(authenticatorData) || !isEncoded(signature)) return null
  if (userHandle !== undefined && !isEncoded(userHandle)) return null
  return { id, clientDataJSON, authenticatorData, signature, ...(userHandle === undefined ? {} : { userHandle }) }
}

export function readMade(text: string | null): Made | null {
  const said = fieldsOf(text)
  if (!said) return null
  const { id, clientDataJSON, attestationObject, transports } = said
  if (!isEncoded(id) || id.length > 1364 || !isEncoded(clientDataJSON) || !isEncoded(attestationObject)) return null
  const ways = Array.isArray(transports) ? knownTransports.filter((one) => transports.includes(one)) : []
  return { id, clientDataJSON, attestationObject, transports: ways }
}

/** A counter goes forward, or is not kept at all. One that stands or goes back is perhaps a copy. */
export const counterHolds = (before: number, now: number): boolean => (before === 0 && now === 0) || now > before

/** The account, as a device keeps it beside its passkey: no name, no address. */
export const handleOf = (account: string): string =>
  Buffer.from(account.replaceAll('-', ''), 'hex').toString('base64url')

/** What its owner calls a passkey: one line. Null when nothing is left, or too much. */
export function readName(text: string | null): string | null {
  const name = (text ?? '').replaceAll(/[\p{C}\s]+/gu, ' ').trim()
  return name.length >= 1 && name.length <= 60 ? name : null
}

/** "Chrome · Android", and "Chrome · Android 2" for the next one. */
export function freeName(wanted: string, taken: readonly string[]): string {
  if (!taken.includes(wanted)) return wanted
  for (let number = 2; ; number++) if (!taken.includes(`${wanted} ${number}`)) return `${wanted} ${number}`
}
