// Calls one address of another program: over https, to no machine of ours, without following it elsewhere, and not for long.
import { lookup } from 'node:dns'
import { request as plainRequest } from 'node:http'
import { request } from 'node:https'
import type { LookupFunction } from 'node:net'
import { isInside } from './webhook.ts'

/** Longer than this no answer is waited for. */
export const patience = 10_000

export interface Outcome {
  ok: boolean
  /** Three digits, or why there was no answer. */
  answer: string
}

/** The name is looked up once, and what it says is what is called: it cannot say something else a moment later. */
const outside: LookupFunction = (host, options, done) =>
  lookup(host, options, (error, address, family) => {
    const all = Array.isArray(address) ? address.map((one) => one.address) : [address]
    if (!error && all.some(isInside)) return done(Object.assign(new Error('inside'), { code: 'INSIDE' }), '', 4)
    done(error, address as string, family)
  })

/** `anywhere`: for tests alone, which have no outside. */
export function call(
  url: string,
  body: string,
  headers: Record<string, string>,
  { anywhere = false } = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const told = (ok: boolean, answer: string) => resolve({ ok, answer })
    const target = new URL(url)
    const host = target.hostname.replace(/^\[|\]$/g, '')
    if (!anywhere && (target.protocol !== 'https:' || isInside(host))) return told(false, 'inside')
    const go = target.protocol === 'https:' ? request : plainRequest
    const req = go(
      target,
      {
        method: 'POST',
        agent: false,
        timeout: patience,
        signal: AbortSignal.timeout(patience),
        headers: {
          ...headers,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'Oplive',
        },
        ...(anywhere ? {} : { lookup: outside }),
      },
      (res) => {
        const status = res.statusCode ?? 0
        // What it says is of no interest; it is not even read.
        res.destroy()
        told(status >= 200 && status < 300, String(status))
      },
    )
    req.on('error', (error: NodeJS.ErrnoException) =>
      told(
        false,
        error.name === 'AbortError' || error.name === 'TimeoutError' ? 'slow' : (error.code ?? 'away').slice(0, 40),
      ),
    )
    req.on('timeout', () => req.destroy(Object.assign(new Error('slow'), { code: 'slow' })))
    req.end(body)
  })
}
