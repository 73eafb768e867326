// A mail server on this machine, over real SMTP, and what a person reads in the letters that came.
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { type MailServer, mailServer } from '../../src/post/mail-server.ts'

export interface Arrived {
  to: string
  /** As a person reads it. */
  body: string
}

export interface Mailbox {
  server: MailServer
  /** Takes out all that has arrived. */
  take(): Arrived[]
  close(): Promise<void>
}

export async function mailbox(): Promise<Mailbox> {
  const arrived: Arrived[] = []
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const to = session.envelope.rcptTo[0]?.address ?? ''
        arrived.push({ to, body: bodyOf(Buffer.concat(parts).toString('latin1')) })
        done()
      })
    },
  })
  smtp.on('error', () => {})
  smtp.listen(0, '127.0.0.1')
  await once(smtp.server, 'listening')
  const { port } = smtp.server.address() as AddressInfo
  const server = mailServer({ smtp: `smtp://127.0.0.1:${port}`, from: 'oplive@example.dk' })
  return {
    server,
    take: () => arrived.splice(0),
    async close() {
      server.close()
      await new Promise<void>((closed) => smtp.close(closed))
    },
  }
}

/** The text of a letter in one part, as it is shown. */
export function bodyOf(raw: string): string {
  const [head = '', ...rest] = raw.split('\r\n\r\n')
  const body = rest.join('\r\n\r\n')
  if (/^Content-Transfer-Encoding: base64/im.test(head)) return Buffer.from(body, 'base64').toString()
  if (!/^Content-Transfer-Encoding: quoted-printable/im.test(head)) return body
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([\dA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString()
}
