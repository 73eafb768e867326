// A small browser: keeps cookies, follows nothing by itself, and can lose an answer on its way back.
import { type Agent, type IncomingHttpHeaders, request } from 'node:http'

export interface Answered {
  status: number
  headers: IncomingHttpHeaders
  text: string
  ms: number
}

/** Where the connection breaks: when the question has left, or when the first byte of the answer comes. */
export type Break = 'sent' | 'answered'

export interface Asking {
  form?: URLSearchParams
  /** A form with a file in it, as it goes over the wire. */
  parts?: { type: string; text: string }
  headers?: Record<string, string>
  breaks?: Break
}

export interface Browser {
  /** Null when nothing came through: refused, broken off, or no answer within the patience. */
  ask(method: 'GET' | 'POST', path: string, asking?: Asking): Promise<Answered | null>
  /** What it would send along to this path. */
  cookieFor(path: string): string
  /** All that it keeps. */
  cookies(): { name: string; value: string; path: string }[]
}

const patience = 15_000

export function openBrowser(origin: string, agent: Agent, keepsCookies = true): Browser {
  const { hostname, port } = new URL(origin)
  const cookies = new Map<string, { name: string; value: string; path: string }>()

  const cookieFor = (path: string) =>
    [...cookies.values()]
      .flatMap((cookie) => (path.startsWith(cookie.path) ? `${cookie.name}=${cookie.value}` : []))
      .join('; ')

  function keep(headers: IncomingHttpHeaders) {
    if (!keepsCookies) return
    for (const line of headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      const path = /; *path=([^;]*)/i.exec(line)?.[1] ?? '/'
      cookies.set(`${name} ${path}`, { name, value, path })
    }
  }

  return {
    cookieFor,
    cookies: () => [...cookies.values()],
    ask: (method, path, { form, parts, headers = {}, breaks } = {}) =>
      new Promise((resolve) => {
        const began = performance.now()
        const body = parts?.text ?? form?.toString()
        const cookie = cookieFor(path)
        const going = request(
          {
            hostname,
            port,
            path,
            method,
            agent,
            timeout: patience,
            headers: {
              accept: 'text/html,*/*',
              'sec-fetch-site': 'same-origin',
              ...(cookie ? { cookie } : {}),
              ...(body === undefined
                ? {}
                : {
                    'content-type': parts?.type ?? 'application/x-www-form-urlencoded',
                    'content-length': Buffer.byteLength(body),
                  }),
              ...headers,
            },
          },
          (answer) => {
            if (breaks === 'answered') return going.destroy()
            let text = ''
            answer.setEncoding('utf8')
            answer.on('data', (part: string) => {
              text += part
            })
            answer.on('error', () => resolve(null))
            answer.on('end', () => {
              keep(answer.headers)
              resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text, ms: performance.now() - began })
            })
          },
        )
        going.on('timeout', () => going.destroy())
        going.on('close', () => resolve(null))
        going.on('error', () => resolve(null))
        if (breaks === 'sent') going.on('finish', () => going.destroy())
        going.end(body)
      }),
  }
}
