// Letting somebody in, by whichever way: the session's cookie is set, what this browser was in by before is ended, and on they go.
import type { Context } from 'hono'
import { cookieOf, cookieText } from '../door.ts'
import { questionMinutes } from './mail-question.ts'
import { signOut } from './session.deeds.ts'
import { sessionCookieText, sessionIn, type Visited } from './visit.ts'
import { ownWay } from './way.ts'

/** The browser that asked for a letter, by a token of its own. */
const askedCookie = (secure: boolean): string => (secure ? '__Host-oplive_asked' : 'oplive_asked')
const isSecure = (c: Context<Visited>): boolean => c.get('visit').origin.startsWith('https:')

export const askedIn = (c: Context<Visited>): string | undefined =>
  cookieOf(c.req.header('cookie'), askedCookie(isSecure(c)))

/** Remembers that this browser asked; with nothing, forgets it. */
export function setAsked(c: Context<Visited>, token: string): void {
  const secure = isSecure(c)
  const seconds = token ? questionMinutes * 60 : 0
  c.header('set-cookie', cookieText({ name: askedCookie(secure), value: token, path: '/', seconds, secure }), {
    append: true,
  })
}

/** Opens the door: `session` is the token of a session that was just opened. Leads on to `way`, or to the front page. */
export async function letIn(c: Context<Visited>, session: string, way?: string): Promise<Response> {
  const { house, origin } = c.get('visit')
  // Two who share a tablet: the one who was in before is not left behind among the devices.
  await signOut(house, sessionIn(c.req.header('cookie'), origin))
  c.header('set-cookie', sessionCookieText(session, origin), { append: true })
  if (askedIn(c)) setAsked(c, '')
  return c.redirect(ownWay(way), 303)
}
