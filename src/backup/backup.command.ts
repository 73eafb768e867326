// `oplive backup`, `oplive restore` and `oplive check`: what the one at the server's keyboard does with backups.
import { readFileSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { wallClock } from '../clock.ts'
import { type Command, KeyboardProblem, named } from '../command.ts'
import { type Config, readConfig } from '../config.ts'
import { runningDatabase } from '../db/keyboard.ts'
import { keyCabinet } from '../keys/key-cabinet.ts'
import { backUp } from './backup.deeds.ts'
import { backupsIn, noteState } from './backup-state.ts'
import { checkDatabase, type Line } from './check.deeds.ts'
import { checkKeys } from './check-keys.deeds.ts'
import { keepRecipient, recipientOf } from './recipient.ts'
import { restoreInto } from './restore.deeds.ts'
import { restoreFolder } from './restore-folder.deeds.ts'
import { newKeyPair, readIdentity } from './sealing.ts'

const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(1)} MB`
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`

const backup: Command = {
  name: 'backup',
  does: 'Makes a sealed backup while people write.',
  usage: [
    ['oplive backup key', 'once: makes the key; prints the private half, which you keep and this machine does not'],
    ['oplive backup', 'makes a backup in OPLIVE_BACKUPS (or backups/ in the data folder)'],
    ['  --keep N', 'and takes away all but the N newest there'],
    ['oplive backup list', 'which backups there are'],
  ],
  async run(args) {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { keep: { type: 'string' } },
    })
    const keep = values.keep === undefined ? undefined : Number(values.keep)
    if (keep !== undefined && !(Number.isSafeInteger(keep) && keep > 0))
      throw new KeyboardProblem('--keep wants a whole number from 1.')
    const config = readConfig(process.env)
    switch (positionals.join(' ')) {
      case '':
        return make(config, keep)
      case 'key':
        return makeKey(config)
      case 'list':
        for (const { file, at, bytes } of backupsIn(config.backupFolder))
          console.log(`${at.toISOString()}  ${megabytes(bytes).padStart(10)}  ${file}`)
        return undefined
      default:
        throw new KeyboardProblem('Say "oplive backup", "oplive backup key" or "oplive backup list".')
    }
  },
}

async function make(config: Config, keep: number | undefined): Promise<undefined> {
  const recipient = recipientOf(config)
  if (!recipient)
    throw new KeyboardProblem('Backups have no key yet. Make one with "oplive backup key", and keep what it prints.')
  const ownerUrl = await runningDatabase(config)
  // Packing and sealing wait for those who are being answered on the same machine.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
  const done = await backUp(ownerUrl, { folder: config.backupFolder, recipient, now: wallClock.now(), keep })
  const rows = Object.values(done.manifest.tables).reduce((sum, n) => sum + n, 0)
  console.log(`${done.file}  ${megabytes(done.bytes)}, ${rows} rows, ${seconds(done.ms)}`)
  return undefined
}

async function makeKey(config: Config): Promise<undefined> {
  const { identity, recipient } = await newKeyPair()
  keepRecipient(config, recipient)
  console.log(identity)
  console.error(
    `This is the only time it is shown. Keep it away from this machine: without it no backup can be opened, and with it every one can.\nBackups are sealed to ${recipient}.`,
  )
  return undefined
}

const restore: Command = {
  name: 'restore',
  does: 'Brings a backup back, checks it, and keeps what was there.',
  usage: [
    [
      'oplive restore FILE --key FILE',
      'into OPLIVE_DATA, or into the empty database of DATABASE_URL; the program is stopped',
    ],
    ['  --key FILE', 'the private half of the key, as "oplive backup key" printed it; - reads it from standard input'],
  ],
  async run(args) {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { key: { type: 'string' } },
    })
    const [name] = positionals
    if (!name || positionals.length > 1 || !values.key)
      throw new KeyboardProblem('Say which backup and where its key is: oplive restore FILE --key FILE.')
    const config = readConfig(process.env)
    const file = named(name)
    const identity = readIdentity(keyText(values.key))
    const now = wallClock.now()
    const began = performance.now()
    const restored = config.databaseUrl
      ? {
          ...(await restoreInto(config.databaseUrl, {
            file,
            identity,
            presentIn: config.backupFolder,
            secret: keyCabinet(`${config.dataFolder}/keys`).houseSecret(),
          })),
          before: null,
        }
      : await restoreFolder(config.dataFolder, { file, identity, now, presentIn: config.backupFolder })
    noteState(config.backupFolder, { lastTried: now.toISOString() })
    tell(restored.checked)
    console.log(`Restored as it was at ${restored.about.madeAt}, in ${seconds(performance.now() - began)}.`)
    if (restored.before) console.log(`What was there before lies in ${restored.before}.`)
    if (restored.sessionsEnded > 0)
      console.log(
        `${restored.sessionsEnded} devices have to sign in again: nobody knows which of them were signed out since.`,
      )
    const keys = keyCabinet(`${config.dataFolder}/keys`).list()
    const lost = restored.openCards.filter((meeting) => !keys.some((key) => key.meeting === meeting)).length
    if (lost > 0)
      console.log(
        `${lost} exit ${lost === 1 ? 'card was' : 'cards were'} open at that moment. What phones had answered there is lost: its key is in no backup, as residents were promised. Cards on paper can be typed in again.`,
      )
    console.log(
      restored.forgotten
        ? `${restored.forgotten.people} who were deleted since are deleted again, and ${restored.forgotten.takenBack} yeses, keys and roles that ended since have ended again.`
        : `Who was deleted since, and what they took back, is in it again: ${config.backupFolder} has no list (present.list) as young as the backup. Copy the newest one there and restore again, or delete them anew.`,
    )
    if (restored.before)
      console.log(
        'Whoever is deleted from now on is still in what was there before: remove that folder when you no longer need it.',
      )
    return undefined
  },
}

function keyText(place: string): string {
  try {
    return readFileSync(place === '-' ? 0 : named(place), 'utf8')
  } catch {
    throw new KeyboardProblem(`The key cannot be read from ${place}.`)
  }
}

function tell(lines: readonly Line[]): void {
  for (const { good, what, said } of lines) console.log(`${good ? 'ok  ' : 'BAD '} ${what}: ${said}`)
}

const check: Command = {
  name: 'check',
  does: 'Looks whether the database and the keys are as the program needs them.',
  usage: [['oplive check', 'one line for each thing; ends with 1 when one is bad']],
  async run() {
    const config = readConfig(process.env)
    const ownerUrl = await runningDatabase(config)
    const lines = [
      ...(await checkDatabase(ownerUrl)),
      ...(await checkKeys(ownerUrl, { folder: join(config.dataFolder, 'keys'), bookKeys: config.bookKeys })),
    ]
    tell(lines)
    return lines.every(({ good }) => good)
  },
}

export const backupCommands: readonly Command[] = [backup, restore, check]
