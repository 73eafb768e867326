// Telling another program: what it is told, how it knows that it was us (Standard Webhooks), and which addresses are never called.
import { createHmac } from 'node:crypto'
import { BlockList, isIP } from 'node:net'

export const webhookEvents = ['meeting.planned', 'meeting.changed', 'meeting.counted'] as const
export type WebhookEvent = (typeof webhookEvents)[number]

export const longestUrl = 300
export const mostWebhooks = 5

/** An address that may be called: https, no name and password in it, an ordinary port. Null for anything else. */
export function readUrl(typed: string): string | null {
  const text = typed.trim()
  if (text.length > longestUrl || !URL.canParse(text)) return null
  const url = new URL(text)
  if (url.protocol !== 'https:' || url.username || url.password || url.hash) return null
  if (url.port !== '' && Number(url.port) < 1024) return null
  return url.href.length <= longestUrl && !isInside(url.hostname.replace(/^\[|\]$/g, '')) ? url.href : null
}

const inside = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['2001::', 23],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  inside.addSubnet(net, bits, 'ipv6')

/** An address of this machine or of the network around it: nobody outside may make the server knock there. A name is looked at when it is known. */
export function isInside(host: string): boolean {
  const kind = isIP(host)
  if (kind === 0) return /(^|\.)(localhost|local|internal|home\.arpa)\.?$/i.test(host)
  if (kind === 4) return inside.check(host, 'ipv4')
  // ::ffff:10.0.0.1 is 10.0.0.1 in other clothes.
  return inside.check(host, 'ipv6') || /^(0*:)*:?ffff:/i.test(host)
}

/** The secret of one address: derived from the installation's own, so that it lies in no table. */
export const secretOf = (house: Buffer, webhook: string): Buffer =>
  createHmac('sha256', house).update(`webhook ${webhook}`).digest()
/** As its owner puts it into the other program. */
export const secretText = (secret: Buffer): string => `whsec_${secret.toString('base64')}`

/** The three headers of the standard. The receiver reckons the same, and takes nothing that is older than five minutes. */
export function signed(secret: Buffer, id: string, at: Date, body: string): Record<string, string> {
  const seconds = String(Math.floor(at.getTime() / 1000))
  const signature = createHmac('sha256', secret).update(`${id}.${seconds}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': `v1,${signature}` }
}

const minute = 60_000
/** A minute, then twice as long each time, six hours at most. */
export const waitAfter = (tries: number): number => Math.min(2 ** Math.max(0, tries - 1), 360) * minute
export const daysTried = 3
/** Nothing has arrived for so long: it is told of nothing more until somebody says so. */
export const daysUntilStopped = 5
