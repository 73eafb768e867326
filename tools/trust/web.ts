// Real HTTP for those who try the doors: each with cookies of their own, from an address of their own, over 127.0.0.0/8.
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import type { Visited } from '../../src/access/visit.ts'

export interface Served {
  origin: string
  close(): Promise<void>
}

/** Serves the site on a free port of this machine. */
export async function serve(site: Hono<Visited>): Promise<Served> {
  const server = createServer(getRequestListener(site.fetch))
  await new Promise<void>((ready) => server.listen(0, '0.0.0.0', ready))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}

export interface Answered {
  status: number
  location: string | null
  html: string
}

export interface Jar {
  cookies: Map<string, string>
  ask(method: string, path: string, form?: Record<string, string>, headers?: Record<string, string>): Promise<Answered>
}

/** Somebody with a cookie jar. `from` is where they come from, such as 127.0.0.7. */
export function jar(origin: string, from = '127.0.0.1'): Jar {
  const cookies = new Map<string, string>()
  const { port, host } = new URL(origin)
  return {
    cookies,
    ask: (method, path, form, headers = {}) =>
      new Promise((resolve, reject) => {
        const body = form && String(new URLSearchParams(form))
        const asking = request(
          {
            host: '127.0.0.1',
            port,
            method,
            path,
            localAddress: from,
            headers: {
              host,
              'user-agent': 'Mozilla/5.0',
              ...(cookies.size > 0 && { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
              ...(body !== undefined && {
                'content-type': 'application/x-www-form-urlencoded',
                'content-length': String(Buffer.byteLength(body)),
              }),
              ...headers,
            },
          },
          (answer) => {
            for (const text of answer.headers['set-cookie'] ?? []) {
              const [, name = '', value = '', seconds] = /^([^=]+)=([^;]*);.*Max-Age=(\d+)/.exec(text) ?? []
              if (value && seconds !== '0') cookies.set(name, value)
              else cookies.delete(name)
            }
            const parts: Buffer[] = []
            answer.on('data', (part: Buffer) => parts.push(part))
            answer.on('end', () =>
              resolve({
                status: answer.statusCode ?? 0,
                location: answer.headers.location ?? null,
                html: Buffer.concat(parts).toString(),
              }),
            )
            answer.on('error', reject)
          },
        )
        asking.on('error', reject)
        asking.end(body)
      }),
  }
}
