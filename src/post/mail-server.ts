// The mail server that letters are handed to: one letter and one recipient at a time, over SMTP.
import { domainToASCII } from 'node:url'
import { createTransport } from 'nodemailer'

/** By which server mail is sent, and whose address stands on it. */
export interface MailSettings {
  /** `smtp://name:password@host:587` or `smtps://…`. */
  smtp: string
  from: string
}

/** `sent`; `refused`: this letter will never be taken; `later`: this letter may be; `away`: the server takes no letters now. */
export type Handed =
  | { outcome: 'sent' }
  /** `answer`: the three digits that the server said, if it said any. `atAddress`: it is the address that it does not know. */
  | { outcome: 'refused' | 'later' | 'away'; error: unknown; answer: string | null; atAddress: boolean }

export interface LetterInHand {
  id: string
  address: string
  subject: string
  body: string
  calendar: string | null
  stop: string | null
}

export interface MailServer {
  hand(letter: LetterInHand): Promise<Handed>
  close(): void
}

/** Longer than this no letter takes, also when the server sends a byte now and then. */
export const longestHanding = 90_000

export function mailServer({ smtp, from }: MailSettings): MailServer {
  const url = new URL(smtp)
  const secure = url.protocol === 'smtps:'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const user = decodeURIComponent(url.username)
  const transport = createTransport({
    host,
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    ...(user ? { auth: { user, pass: decodeURIComponent(url.password) } } : {}),
    // A password goes over no open line, but to this machine itself.
    requireTLS: !secure && user !== '' && !/^(localhost|127\.[\d.]+|::1)$/.test(host),
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: 40_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const domain = domainToASCII(from.split('@')[1] ?? '') || 'localhost'

  return {
    async hand({ id, address, subject, body, calendar, stop }) {
      let hurry: NodeJS.Timeout | undefined
      const tooLong = new Promise<never>((_, reject) => {
        hurry = setTimeout(() => reject(new Error('the mail server took too long')), longestHanding)
      })
      try {
        const sending = transport.sendMail({
          from: { name: 'Oplive', address: from },
          to: { name: '', address },
          envelope: { from, to: [address] },
          // The same letter is the same message, should it ever arrive twice.
          messageId: `<${id}@${domain}>`,
          subject,
          text: body,
          headers: {
            'Auto-Submitted': 'auto-generated',
            'X-Auto-Response-Suppress': 'All',
            ...(stop === null
              ? {}
              : { 'List-Unsubscribe': `<${stop}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
          },
          ...(calendar === null
            ? {}
            : {
                attachments: [
                  {
                    filename: 'oplive.ics',
                    content: calendar,
                    contentType: 'text/calendar; charset=utf-8; method=PUBLISH',
                  },
                ],
              }),
        })
        sending.catch(() => undefined)
        await Promise.race([sending, tooLong])
        return { outcome: 'sent' }
      } catch (error) {
        return { outcome: outcomeOf(error), error, ...answerOf(error) }
      } finally {
        clearTimeout(hurry)
      }
    },
    close: () => transport.close(),
  }
}

/** What a failure means: this address, this letter, or the server as a whole. */
function outcomeOf(error: unknown): 'refused' | 'later' | 'away' {
  const { command = '', responseCode = 0 } = error as { command?: string; responseCode?: number }
  const ofThisLetter = command === 'RCPT TO' || command === 'DATA'
  if (!ofThisLetter || responseCode === 0 || responseCode === 421) return 'away'
  return responseCode >= 500 ? 'refused' : 'later'
}

function answerOf(error: unknown): { answer: string | null; atAddress: boolean } {
  const { command = '', responseCode = 0 } = error as { command?: string; responseCode?: number }
  const answer = responseCode >= 200 && responseCode <= 599 ? String(responseCode) : null
  return { answer, atAddress: command === 'RCPT TO' }
}
