// A page of a place of thousands: the key holder who asks for it, and how long another waits meanwhile.
import { createHash, randomBytes } from 'node:crypto'
import type { Agent } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { signIn } from '../rehearse/host.ts'
import { askOwner } from '../rehearse/keyboard.ts'
import { median, type Row } from './row.ts'
import type { Stage } from './stage.ts'

export interface Keeper {
  account: string
  /** The place whose key they hold, and its slug. */
  community: string
  slug: string
}

export async function keeperOf({ program }: Stage): Promise<Keeper> {
  const [keeper] = await askOwner<Keeper>(
    program.place,
    `select r.account_id as account, c.id as community, c.slug from access.community_role r
     join community.community c on c.id = r.community_id where r.role = 'keyholder' limit 1`,
    [],
  )
  if (!keeper) throw new Error('somebody holds a key in the demo')
  return keeper
}

/** A way in for them. */
export async function linkFor({ program }: Stage, { account }: Keeper): Promise<string> {
  const token = randomBytes(16).toString('base64url')
  await askOwner(
    program.place,
    `insert into access.sign_in_link (token_hash, account_id, expires_at) values ($1, $2, now() + interval '1 hour')`,
    [createHash('sha256').update(token).digest(), account],
  )
  return `${program.url}/in/${token}`
}

interface Asked {
  agent: Agent
  keeper: Keeper
  path: string
  times: number
  /** What stands in the table: the page, and of how many people. */
  what: string
}

/** Two rows: the page from request to HTML within a second, and nobody else waiting a tenth of one. */
export async function besideOthers(
  stage: Stage,
  { agent, keeper, path, times, what }: Asked,
): Promise<[page: Row, others: Row]> {
  const keyHolder = await signIn(stage.program.url, agent, await linkFor(stage, keeper))
  const ask = async (of: string): Promise<number> => {
    const began = performance.now()
    const { status } = await keyHolder.ask('GET', of)
    if (status !== 200) throw new Error(`${of} got ${status}`)
    return performance.now() - began
  }
  await ask(path)
  const all: number[] = []
  const beside: number[] = []
  for (let time = 0; time < times; time++) {
    let done = false
    const page = ask(path).finally(() => {
      done = true
    })
    while (!done) {
      beside.push(await ask('/health'))
      // Somebody else comes now and then, and does not fill a processor with coming.
      await sleep(2)
    }
    all.push(await page)
  }
  const [middle, waited] = [median(all), Math.max(...beside)]
  return [
    {
      what: `${what}, from request to HTML with the database, median of ${times}`,
      goal: '1,000 ms',
      measured: `${middle.toFixed(0)} ms (longest ${Math.max(...all).toFixed(0)})`,
      anchor: '',
      reached: middle <= 1000,
    },
    {
      what: 'meanwhile: the longest that another request waited',
      goal: '100 ms',
      measured: `${waited.toFixed(0)} ms (median ${median(beside).toFixed(1)}, of ${beside.length})`,
      anchor: '',
      reached: waited <= 100,
    },
  ]
}
