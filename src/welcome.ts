// What the program says in the terminal when it has started: where it is, a QR code for phones, and ways in.
import { networkInterfaces } from 'node:os'
import { renderUnicodeCompact } from 'uqr'
import type { Config } from './config.ts'
import type { Demo } from './demo/demo.ts'

/** Where phones on the same network reach this machine; null when it listens for itself alone or has no network. */
export function networkOrigin({ host, port }: Config): string | null {
  if (host !== '0.0.0.0' && host !== '::') return isLoopback(host) ? null : `http://${host}:${port}`
  const address = Object.values(networkInterfaces())
    .flat()
    .find((face) => face?.family === 'IPv4' && !face.internal)?.address
  return address ? `http://${address}:${port}` : null
}

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || host.startsWith('127.')

export async function printWelcome(
  config: Config,
  { people, openCode, runningCode }: Demo,
  setUp: string | null,
  link: (account: string) => Promise<string>,
): Promise<void> {
  const here = `http://localhost:${config.port}`
  const phones = config.origin ?? networkOrigin(config)
  const lines = ['', '  oplive', '', `  On this machine   ${here}`]
  lines.push(
    phones
      ? `  On phones         ${phones}`
      : '  On phones         not reachable: this machine listens for itself alone',
  )
  if (phones)
    lines.push(
      '',
      ...renderUnicodeCompact(phones, { border: 1 })
        .split('\n')
        .map((line) => `  ${line}`),
    )
  if (openCode)
    lines.push(
      '',
      `  A card to try     ${phones ?? here}/m/${openCode}`,
      `  Its hall screen   ${here}/m/${openCode}/screen`,
    )
  if (runningCode)
    lines.push(
      '',
      `  A meeting to join ${phones ?? here}/m/${runningCode}`,
      `  Its hall screen   ${here}/m/${runningCode}/screen`,
    )
  if (setUp) lines.push('', '  Set it up, in your browser; the link works once', `  ${config.origin ?? here}${setUp}`)
  if (people.length > 0) {
    lines.push('', '  Sign in as (each link works once, within an hour; npm run link makes new ones)')
    for (const { account, name, as } of people)
      lines.push(`  ${`${name}, ${as}`.padEnd(38)} ${config.origin ?? here}/in/${await link(account)}`)
  }
  process.stdout.write(`${lines.join('\n')}\n\n`)
}
