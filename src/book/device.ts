// The cookie of an open device: half of what opens the book there. The server keeps no copy of it.
import { cookieOf, cookieText } from '../door.ts'

const plain = 'oplive_book'
/** Over https: no other site of the same domain can set it, and it never goes over an open line. */
const strict = '__Host-oplive_book'

const isSecure = (origin: string) => origin.startsWith('https:')

/** The secret of this device among a request's cookies, for the deeds of the book. */
export const deviceIn = (cookies: string | undefined, origin: string): string | undefined =>
  cookieOf(cookies, isSecure(origin) ? strict : plain)

/** Sets it, for so many seconds; with none, takes it away. */
export function deviceCookieText(secret: string, seconds: number, origin: string): string {
  const secure = isSecure(origin)
  return cookieText({ name: secure ? strict : plain, value: secret, path: '/', seconds, secure })
}
