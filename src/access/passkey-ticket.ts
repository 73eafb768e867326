// Tickets: signed, short-lived, for one browser and one use. A passkey's challenge is one, and so is waiting for the six digits.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** Long enough to find the phone. */
export const ticketMinutes = 5

export interface Ticket {
  /** 32 random bytes as base64url: the challenge. */
  random: string
  /** What it was given out for: a session, a passkey, or nothing. */
  subject: string
}

export interface Tickets {
  /** A new one as text, for a cookie. */
  give(purpose: string, subject: string, now: Date): Ticket & { text: string }
  /** What stands on it; null when it is too old, spent, altered, or for something else. */
  read(text: string | undefined, purpose: string, now: Date): Ticket | null
  /** Reads it and uses it up: of two who come with the same one, one gets it. */
  spend(text: string | undefined, purpose: string, now: Date): Ticket | null
}

/** The key is made at each start: what was asked before a restart is asked again, and what was spent before it is worth nothing. */
export function ticketOffice(key: Buffer = randomBytes(32)): Tickets {
  /** Spent ones, until they would have been too old anyhow; the oldest first. */
  const spent = new Map<string, number>()
  const sign = (purpose: string, said: string) => createHmac('sha256', key).update(`${purpose} ${said}`).digest()

  const read: Tickets['read'] = (text, purpose, now) => {
    const [, said = '', random = '', until = '', subject = '', signature = ''] =
      /^((\S{43})\.([0-9a-z]{1,11})\.([0-9a-f-]{0,36}))\.([\w-]{43})$/.exec(text ?? '') ?? []
    if (!said || !timingSafeEqual(sign(purpose, said), Buffer.from(signature, 'base64url'))) return null
    return Number.parseInt(until, 36) > now.getTime() && !spent.has(random) ? { random, subject } : null
  }

  return {
    give(purpose, subject, now) {
      const random = randomBytes(32).toString('base64url')
      const said = `${random}.${(now.getTime() + ticketMinutes * 60_000).toString(36)}.${subject}`
      return { random, subject, text: `${said}.${sign(purpose, said).toString('base64url')}` }
    },
    read,
    spend(text, purpose, now) {
      const ticket = read(text, purpose, now)
      if (!ticket) return null
      for (const [old, at] of spent) {
        if (at > now.getTime()) break
        spent.delete(old)
      }
      spent.set(ticket.random, now.getTime() + ticketMinutes * 60_000)
      return ticket
    },
  }
}
