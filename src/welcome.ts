// What the program says in the terminal when it has started: where it is, a QR code for phones, and ways in.
import { networkInterfaces } from 'node:os'
import { renderUnicodeCompact } from 'uqr'
import type { Config } from './config.ts'

export interface WayIn {
  account: string
  name: string
  /** What this person is here: "host in Holmetofte". */
  as: string
}

/** The addresses other machines on the same network reach this one by. */
export function networkAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flat()
    .flatMap((face) => (face && face.family === 'IPv4' && !face.internal ? face.address : []))
}

export async function printWelcome(config: Config, waysIn: readonly WayIn[], link: (account: string) => Promise<string>): Promise<void> {
  const here = `http://localhost:${config.port}`
  const open = config.host !== '127.0.0.1' && config.host !== 'localhost' && config.host !== '::1'
  const phones = config.origin ?? (open ? networkAddresses().map((address) => `http://${address}:${config.port}`)[0] : undefined)
  const lines = ['', '  oplive', '', `  On this machine   ${here}`]
  lines.push(phones ? `  On phones         ${phones}` : '  On phones         not reachable: this machine listens for itself alone')
  if (phones) lines.push('', ...renderUnicodeCompact(phones, { border: 1 }).split('\n').map((line) => `  ${line}`))
  if (waysIn.length > 0) {
    lines.push('', '  Sign in as (each link works once, within an hour; npm run link makes new ones)')
    for (const { account, name, as } of waysIn) lines.push(`  ${`${name}, ${as}`.padEnd(34)} ${config.origin ?? here}/in/${await link(account)}`)
  }
  process.stdout.write(`${lines.join('\n')}\n\n`)
}
