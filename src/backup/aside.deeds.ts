// A backup in the place of what is there, in the same database: that is set aside by renames first, and let go when the backup is in and
// checked. Whatever cuts it off, the next start finds what was there, whole; or the backup, whole.
import pg from 'pg'
import * as ask from './aside.queries.ts'
import { NotTaken } from './frame.ts'
import { type HowToRestore, type Restored, restoreInto } from './restore.deeds.ts'

/** Only over an installation that nobody has set up, unless `over` says that its data may go: then it is in the backup. */
export async function restoreOver(
  ownerUrl: string,
  how: HowToRestore,
  over: 'empty' | 'upgraded' = 'empty',
): Promise<Restored> {
  return withOwner(ownerUrl, async (owner) => {
    await ask.takeTurn(owner)
    await whole(owner, async () => {
      if (over === 'empty' && !(await ask.isEmpty(owner)))
        throw new NotTaken(
          'in-use',
          'Somebody has set this Oplive up. A backup does not go over it. Nothing was changed.',
        )
      await ask.setAside(owner)
    })
    try {
      const restored = await restoreInto(ownerUrl, how)
      await whole(owner, () => ask.letGo(owner))
      return restored
    } catch (error) {
      await whole(owner, () => ask.putBack(owner))
      throw error
    }
  })
}

/** At the start: what a cut left half-done is undone. Waits for one that is under way. Answers whether there was something. */
export async function finishAside(ownerUrl: string): Promise<boolean> {
  return withOwner(ownerUrl, async (owner) => {
    if (!(await ask.isAside(owner))) return false
    await ask.takeTurn(owner)
    if (!(await ask.isAside(owner))) return false
    await whole(owner, () => ask.putBack(owner))
    return true
  })
}

async function whole(owner: pg.Client, work: () => Promise<void>): Promise<void> {
  await owner.query('begin')
  try {
    await work()
    await owner.query('commit')
  } catch (error) {
    await owner.query('rollback').catch(() => undefined)
    throw error
  }
}

async function withOwner<T>(ownerUrl: string, work: (owner: pg.Client) => Promise<T>): Promise<T> {
  const owner = new pg.Client({ connectionString: ownerUrl, application_name: 'oplive restore', keepAlive: true })
  owner.on('error', () => {})
  await owner.connect()
  try {
    return await work(owner)
  } finally {
    await owner.end().catch(() => undefined)
  }
}
