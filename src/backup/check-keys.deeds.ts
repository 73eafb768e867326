// Looks whether the keys that lie beside the database are those it needs: each there, none too many, and what is sealed opens. Nothing is shown.
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { openSecret } from '../access/second-factor.ts'
import { openOuter } from '../book/lock.ts'
import { type BookKey, BookKeyMissing } from '../keys/book-key.ts'
import { lookIntoCabinet, type SeenKeys } from '../keys/look.ts'
import type { Line } from './check.deeds.ts'
import * as ask from './check.queries.ts'

/** A card that is being opened has its key before its row; one that is counted, its row before its key is gone. */
const underWay = 600_000

export interface KeyPlace {
  folder: string
  /** The keys of Min bog, when they stand in the environment. */
  bookKeys: readonly BookKey[] | null
}

export async function checkKeys(ownerUrl: string, place: KeyPlace): Promise<Line[]> {
  const owner = new pg.Client({ connectionString: ownerUrl, application_name: 'oplive check' })
  owner.on('error', () => {})
  await owner.connect()
  try {
    const first = await look(owner, place)
    if (first.every(({ good }) => good)) return first
    // A counting that ended at this moment.
    await sleep(1000)
    return await look(owner, place)
  } catch (error) {
    const code = (error as { code?: string }).code
    if (code !== 'ENOENT' && code !== 'EACCES') throw error
    const why = code === 'ENOENT' ? 'there is no' : 'this user may not read the'
    return [{ good: false, what: 'keys', said: `${why} folder ${place.folder}; say where they lie with OPLIVE_DATA` }]
  } finally {
    await owner.end().catch(() => undefined)
  }
}

async function look(owner: pg.Client, { folder, bookKeys }: KeyPlace): Promise<Line[]> {
  const rounds = await ask.rounds(owner)
  // Looked at after the rows were: a key of a card that was opened in between is too young to be too many.
  const seen = lookIntoCabinet(folder, bookKeys)
  return [
    files(seen),
    ...cards(rounds, seen),
    books(await ask.locksToTry(owner), seen),
    factors(await ask.factors(owner), seen),
  ]
}

const line = (what: string, wrong: readonly string[], well: string): Line => ({
  good: wrong.length === 0,
  what,
  said: wrong.length === 0 ? well : wrong.join(', '),
})

const files = ({ damaged, readable }: SeenKeys): Line =>
  line(
    'key files',
    [
      ...damaged.map((name) => `${name} is damaged`),
      ...readable.map((name) => `others on this machine may read ${name} (chmod 600)`),
    ],
    'whole, and for nobody else',
  )

function cards(rounds: Awaited<ReturnType<typeof ask.rounds>>, seen: SeenKeys): Line[] {
  const name = (meeting: string, round: number | null) =>
    `${meeting}.${round === null ? 'phones' : `round-${round}`}.key`
  const live = rounds.filter(({ counted }) => !counted)
  const needed = new Set(live.flatMap(({ meeting, round }) => [name(meeting, round), name(meeting, null)]))
  const here = new Set(seen.cards.map(({ meeting, round }) => name(meeting, round)))
  const known = new Set(rounds.map(({ meeting }) => meeting))
  const counted = new Set(rounds.filter((one) => one.counted).map(({ meeting, round }) => name(meeting, round)))
  const left = seen.cards.flatMap(({ meeting, round, age }) => {
    const file = name(meeting, round)
    if (needed.has(file)) return []
    if (counted.has(file)) return [`${file} is left of a card that is counted`]
    if (known.has(meeting) && round === null) return [`${file} is left of a card that is counted`]
    return age < underWay ? [] : [`${file} is of no card in this database`]
  })
  return [
    line(
      'keys of open cards',
      [...needed].filter((file) => !here.has(file)).map((file) => `${file} is not here`),
      `${live.length} are open, and each has its keys`,
    ),
    line('keys of counted cards', left, 'all destroyed'),
  ]
}

/** The outer part of a few locks is taken off, and thrown away: the inner one is the person's own. */
function books(locks: readonly ask.LockToTry[], { bookKeys }: SeenKeys): Line {
  const missing = new Set<string>()
  let broken = 0
  for (const { account, ...lock } of locks)
    try {
      if (!openOuter(bookKeys, account, lock)) broken++
    } catch (error) {
      if (!(error instanceof BookKeyMissing)) throw error
      missing.add(lock.keyId)
    }
  return line(
    'keys of Min bog',
    [
      ...[...missing].map((id) => `the key ${id} is not here, and locks need it`),
      ...(broken > 0 ? [`${broken} locks do not open with theirs`] : []),
    ],
    locks.length === 0 ? 'no lock needs one' : `${locks.length} locks were tried, and open`,
  )
}

function factors(sealed: readonly { account: string; sealed: Buffer }[], { houseSecret }: SeenKeys): Line {
  const shut = sealed.filter((one) => !houseSecret || openSecret(houseSecret, one.account, one.sealed) === null)
  return line(
    'six digits of the municipality',
    shut.length === 0
      ? houseSecret
        ? []
        : ['house.secret is not here']
      : [`${shut.length} of ${sealed.length} do not open: house.secret is ${houseSecret ? 'another' : 'not here'}`],
    `${sealed.length} open`,
  )
}
