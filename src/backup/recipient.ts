// To which key backups are sealed: as the settings say, or as a file in the data folder that "oplive backup key" has written.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { KeyboardProblem } from '../command.ts'
import type { Config } from '../config.ts'

type Place = Pick<Config, 'dataFolder' | 'backupRecipient'>
const fileIn = (dataFolder: string) => join(dataFolder, 'backup-recipient')

/** Null when nobody has said. */
export function recipientOf({ dataFolder, backupRecipient }: Place): string | null {
  if (backupRecipient) return backupRecipient
  try {
    return readFileSync(fileIn(dataFolder), 'utf8').trim() || null
  } catch {
    return null
  }
}

/** Keeps the public half. Throws KeyboardProblem when there is one: backups would go on to a key that somebody may not have. */
export function keepRecipient(place: Place, recipient: string): void {
  if (recipientOf(place))
    throw new KeyboardProblem(
      `Backups are sealed to a key already. To change it, take ${fileIn(place.dataFolder)} (or OPLIVE_BACKUP_RECIPIENT) away first, and keep the old key as long as its backups.`,
    )
  mkdirSync(place.dataFolder, { recursive: true, mode: 0o755 })
  writeFileSync(fileIn(place.dataFolder), `${recipient}\n`, { flag: 'wx', mode: 0o644 })
}
