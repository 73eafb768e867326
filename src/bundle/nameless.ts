// A file without a name: open, and in no folder. When it is closed, or when the program ends however it ends, it is gone.
import { closeSync, mkdirSync, openSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { v4 as random } from 'uuid'

/** Opens one for writing and reading, on the disk of this folder. Whoever asks for it closes it. */
export function namelessFile(folder: string): number {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, `move-${random()}`)
  const handle = openSync(path, 'wx+', 0o600)
  unlinkSync(path)
  return handle
}

/** Does the work with a file that is gone afterwards, unless the work keeps it (`keep`). */
export async function withNameless<T>(
  folder: string,
  work: (handle: number, keep: () => void) => Promise<T>,
): Promise<T> {
  const handle = namelessFile(folder)
  let kept = false
  try {
    return await work(handle, () => {
      kept = true
    })
  } finally {
    if (!kept) closeSync(handle)
  }
}
