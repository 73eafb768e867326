// The door: what every request meets before any room. Headers that protect, posts from elsewhere, forms and their size, cookies.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { refuse } from './refusal.ts'

/** Sent with every answer. Nothing comes from another server, nothing runs inline, nobody frames a page. */
export const protectingHeaders: Record<string, string> = {
  'content-security-policy':
    "default-src 'none'; object-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'geolocation=(), microphone=(), camera=()',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
}

/** Sent when people come over https: from then on they always do. */
export const strictTransport = { 'strict-transport-security': 'max-age=63072000; includeSubDomains' }

/** Pages of a meeting are not kept by a shared phone's browser, nor by a proxy. The service worker keeps the empty card itself. */
export const notKept = { 'cache-control': 'no-store' }

interface Head {
  get(name: string): string | undefined
}

export const headOf = (req: IncomingMessage): Head => ({
  get: (name) => {
    const value = req.headers[name]
    return Array.isArray(value) ? value.join(', ') : value
  },
})

/** A posted form. What is no form is an empty one: the page comes back and says what is missing. */
export const postedForm = (request: Pick<Request, 'formData'>): Promise<FormData> =>
  request.formData().catch((error: unknown) => {
    if (error instanceof TypeError) return new FormData()
    throw error
  })

/** Did another site make the browser send this? New browsers say so; older ones name where they were. */
export function isForeign(head: Head, origin: string | null): boolean {
  const site = head.get('sec-fetch-site')
  if (site !== undefined) return site !== 'same-origin' && site !== 'none'
  const from = head.get('origin')
  if (from === undefined) return false
  if (origin) return from !== origin
  return !URL.canParse(from) || new URL(from).host !== head.get('host')
}

/** One cookie's value; undefined when it is not there. */
export function cookieOf(header: string | undefined, name: string): string | undefined {
  if (!header) return undefined
  for (const part of header.split(';')) {
    const is = part.indexOf('=')
    if (is > 0 && part.slice(0, is).trim() === name) return part.slice(is + 1).trim()
  }
  return undefined
}

export interface Cookie {
  name: string
  value: string
  path: string
  seconds: number
  secure: boolean
  /** Sent from another site's form as well: only for what an identity provider sends back, and only over https. */
  fromElsewhere?: boolean
}

/** Never read by a script, never sent from another site's form unless that is what it is for. */
export const cookieText = ({ name, value, path, seconds, secure, fromElsewhere }: Cookie): string =>
  `${name}=${value}; Path=${path}; Max-Age=${seconds}; HttpOnly; SameSite=${secure && fromElsewhere ? 'None' : 'Lax'}${secure ? '; Secure' : ''}`

/** The most an answer may weigh. Far more than 280 characters, so that whoever wrote too much gets it all back to shorten. */
export const largestForm = 65_536

/** Reads a posted form. Refuses `too-large` above `most` bytes, after taking in what was sent so that the answer is heard. */
export function readForm(req: IncomingMessage, most = largestForm): Promise<URLSearchParams> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let size = 0
    req.on('data', (part: Buffer) => {
      size += part.length
      if (size <= most) parts.push(part)
      // Somebody who goes on sending is cut off.
      else if (size > 8_000_000) req.destroy()
    })
    req.on('end', () => {
      if (size > most) {
        try {
          refuse('too-large')
        } catch (error) {
          reject(error)
        }
        return
      }
      resolve(new URLSearchParams((parts.length === 1 ? parts[0] : Buffer.concat(parts))?.toString('utf8') ?? ''))
    })
    req.on('error', reject)
    req.on('aborted', () => reject(new Error('the sender went away')))
  })
}

/** Every answer begins with these: laid out once, as a hall gets thousands in a second. */
const always = Object.entries(notKept).flat()
const asPage = Object.entries({ ...protectingHeaders, ...notKept, 'content-type': 'text/html; charset=utf-8' }).flat()

/** What stands over a page whose bytes are made once. */
export function pageHeads(bytes: Buffer, headers: Readonly<Record<string, string>>): string[] {
  return [...asPage, 'content-length', String(bytes.length), ...Object.entries(headers).flat()]
}

/** Sends a page (or nothing, for a script that only wants the status). Names of `headers` are in small letters. */
export function send(
  res: ServerResponse,
  status: number,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): void {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  const all = bytes.length > 0 ? asPage.slice() : always.slice()
  all.push('content-length', String(bytes.length))
  for (const name in headers) all.push(name, headers[name] ?? '')
  // What was set before, such as a cookie, goes along.
  for (const name of res.getHeaderNames()) all.push(name, String(res.getHeader(name)))
  res.writeHead(status, all)
  res.end(bytes)
}
