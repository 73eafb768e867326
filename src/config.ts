// What the environment says: the settings, each with a clear sentence when it is wrong.
import { join, resolve } from 'node:path'
import { type PrivacyConfig, readPrivacyConfig } from './config-privacy.ts'
import { readStaffConfig, type StaffConfig } from './config-staff.ts'
import { type BookKey, BookKeyProblem, readBookKeys } from './keys/book-key.ts'

export interface Config {
  /** The TCP port, 1-65535. */
  port: number
  /** The address to listen on. 0.0.0.0 lets phones on the same network in. */
  host: string
  /** A PostgreSQL 15 or newer of your own; null: the embedded one. */
  databaseUrl: string | null
  /** Where the embedded database and the keys lie. */
  dataFolder: string
  /** How the world names this server, without a slash at the end; null: as the request says. */
  origin: string | null
  /** By which mail server letters are sent, and whose address stands on them; null: no mail, and no page asks for an address. */
  mail: { smtp: string; from: string } | null
  /** The outer keys of Min bog, the newest first; null: files in the data folder, made at the first start. */
  bookKeys: BookKey[] | null
  /** Where somebody writes who has found a hole: for security.txt; null: there is none. */
  securityContact: string | null
  /** To which key backups are sealed (`age1…`); null: as the file in the data folder says. */
  backupRecipient: string | null
  /** Where backups lie. */
  backupFolder: string
  /** On which address numbers for Prometheus are served; null: none are. */
  metrics: { host: string; port: number } | null
  /** The demo municipality is loaded into an empty database. */
  demo: boolean
  /** Whom people ask about their data, and who runs the server. */
  privacy: PrivacyConfig
  /** How the municipality's own people sign in. */
  staff: StaffConfig
  /** `npm run dev`: the page of all parts is shown, and pages are not kept. */
  development: boolean
  /** `npm run dev` starts again and again: the addresses have been said. */
  greeted: boolean
}

export class ConfigProblem extends Error {}

type Environment = Record<string, string | undefined>

/** Reads the settings. Throws ConfigProblem with every wrong value, one sentence each. */
export function readConfig(env: Environment): Config {
  const problems: string[] = []
  const given = (name: string) => env[name]?.trim() || null

  const portText = given('PORT') ?? '3000'
  const port = Number(portText)
  if (!/^\d{1,5}$/.test(portText) || port < 1 || port > 65535)
    problems.push(`PORT is "${portText}", but a port is a whole number from 1 to 65535, for example PORT=3000.`)

  const host = given('HOST') ?? '0.0.0.0'
  if (!/^[\w.:-]+$/.test(host))
    problems.push(
      `HOST is "${host}", but it must be an address to listen on, for example HOST=127.0.0.1 or HOST=0.0.0.0.`,
    )

  const databaseUrl = given('DATABASE_URL')
  if (databaseUrl && !isUrl(databaseUrl, ['postgres:', 'postgresql:']))
    problems.push(
      'DATABASE_URL must look like postgres://name:password@host:5432/database. Leave it out to use the embedded database.',
    )

  const origin = given('ORIGIN')
  if (origin && (!isUrl(origin, ['http:', 'https:']) || new URL(origin).origin !== origin))
    problems.push(
      `ORIGIN is "${origin}", but it must be the address people type, without a path or a slash at the end, for example ORIGIN=https://oplive.example.dk.`,
    )

  const dataFolder = resolve(given('OPLIVE_DATA') ?? 'data')

  const backupRecipient = given('OPLIVE_BACKUP_RECIPIENT')
  if (backupRecipient && !/^age1[a-z0-9]{50,2100}$/.test(backupRecipient))
    problems.push(
      'OPLIVE_BACKUP_RECIPIENT must be the public half of a key, which begins with age1; "oplive backup key" makes one.',
    )
  const backupFolder = resolve(given('OPLIVE_BACKUPS') ?? join(dataFolder, 'backups'))

  const smtp = given('OPLIVE_SMTP')
  const from = given('OPLIVE_MAIL_FROM')
  if (smtp && !isMailServer(smtp))
    problems.push(
      'OPLIVE_SMTP must look like smtps://name:password@mail.example.dk:465 or smtp://mail.example.dk:587, with %40 for an @ in the name or password.',
    )
  if (from && !/^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+$/.test(from))
    problems.push(
      `OPLIVE_MAIL_FROM is "${from}", but it must be one mail address that letters come from, for example OPLIVE_MAIL_FROM=oplive@example.dk.`,
    )
  if (smtp && !from)
    problems.push(
      'OPLIVE_SMTP is set, but OPLIVE_MAIL_FROM is not: say which address letters come from, or leave both out.',
    )
  if (from && !smtp)
    problems.push(
      'OPLIVE_MAIL_FROM is set, but OPLIVE_SMTP is not: say which server sends the letters, or leave both out.',
    )

  const contact = given('OPLIVE_SECURITY_CONTACT')
  if (contact && !isContact(contact))
    problems.push(
      `OPLIVE_SECURITY_CONTACT is "${contact}", but it must be where somebody writes who has found a hole: mailto:security@example.dk or https://example.dk/security.`,
    )

  const metricsText = given('OPLIVE_METRICS')
  const metrics = metricsText ? readAddressAndPort(metricsText) : null
  if (metricsText && (!metrics || metrics.port === port))
    problems.push(
      `OPLIVE_METRICS is "${metricsText}", but it must be an address and a port of their own, for example OPLIVE_METRICS=127.0.0.1:9464.`,
    )

  const demoText = given('OPLIVE_DEMO')
  if (demoText && !['0', '1'].includes(demoText))
    problems.push(`OPLIVE_DEMO is "${demoText}", but it is 0 to start in earnest, or 1 for the demo municipality.`)

  let bookKeys: BookKey[] | null = null
  try {
    const text = given('OPLIVE_BOOK_KEYS')
    bookKeys = text ? readBookKeys(text) : null
  } catch (error) {
    if (!(error instanceof BookKeyProblem)) throw error
    problems.push(
      `OPLIVE_BOOK_KEYS holds the keys of Min bog, the newest first, with commas between; but ${error.message}. "oplive keys rotate" prints a new one.`,
    )
  }

  const staff = readStaffConfig(given, origin, problems)
  const privacy = readPrivacyConfig(given, problems)

  if (problems.length > 0) throw new ConfigProblem(problems.join('\n'))
  return {
    port,
    host,
    databaseUrl,
    dataFolder,
    backupRecipient,
    backupFolder,
    origin,
    mail: smtp && from ? { smtp, from } : null,
    staff,
    privacy,
    securityContact: contact,
    demo: demoText !== '0',
    metrics,
    bookKeys,
    development: env.OPLIVE_DEV === '1',
    greeted: env.OPLIVE_GREETED === '1',
  }
}

/** A host, perhaps a name and a password, and nothing behind it. */
function isMailServer(text: string): boolean {
  if (!isUrl(text, ['smtp:', 'smtps:'])) return false
  const { hostname, pathname, search, hash, username, password } = new URL(text)
  if (!hostname || !['', '/'].includes(pathname) || search || hash || (password && !username)) return false
  try {
    return [username, password].every((part) => !/\p{Cc}/u.test(decodeURIComponent(part)))
  } catch {
    return false
  }
}

function readAddressAndPort(text: string): { host: string; port: number } | null {
  const [, host = '', portText = ''] = /^([\w.-]+|\[[\da-f:]+\]):(\d{1,5})$/i.exec(text) ?? []
  const port = Number(portText)
  return host && port >= 1 && port <= 65535 ? { host: host.replace(/^\[|\]$/g, ''), port } : null
}

/** As security.txt wants it (RFC 9116): a mail address or a page. */
const isContact = (text: string): boolean => /^mailto:[^\s@<>,;]+@[^\s@<>,;]+$/.test(text) || isUrl(text, ['https:'])

function isUrl(text: string, protocols: string[]): boolean {
  return URL.canParse(text) && protocols.includes(new URL(text).protocol)
}
