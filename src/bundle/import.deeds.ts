// A community moves in from its bundle: checked to the last byte before anything is written, and taken in whole or not at all.
import { noteAudit } from '../audit/audit.deeds.ts'
import { asMover, type House, type Tx } from '../db/as-actor.ts'
import * as ask from './bundle.queries.ts'
import { type Manifest, type Opened, openEnvelope, readAloud, type TableIn } from './envelope.ts'
import { BundleProblem } from './problem.ts'
import { goes } from './what-goes.ts'

export interface Arriving {
  /** The fingerprint of the key whose signature the receiver has confirmed. */
  signer: string
  /** Another address for the place, when its own is taken here. */
  slug?: string | undefined
}

export interface TakenIn {
  manifest: Manifest
  rows: number
  /** Who has to get a new card: the letters of theirs were taken here. */
  cardsLeft: number
  /** Who had an account here before. */
  wereHere: number
}

/** What is in a bundle, before anything is taken in. Throws BundleProblem when it is damaged. */
export function lookInto(from: string | number): { manifest: Manifest; fingerprint: string } {
  const { manifest, fingerprint, close } = openEnvelope(from)
  close()
  return { manifest, fingerprint }
}

/** Takes a community in. Throws BundleProblem, which says in which file and line, and then nothing has changed. */
export async function moveIn(house: House, from: string | number, { signer, slug }: Arriving): Promise<TakenIn> {
  const bundle = openEnvelope(from)
  try {
    if (signer.replace(/\s/g, '') !== bundle.fingerprint)
      throw new BundleProblem(
        'signer',
        `it is signed by somebody else. The key that signed it is ${readAloud(bundle.fingerprint)}`,
      )
    return await asMover(house, 'a whole community moves in', (tx) => takeAll(tx, house, bundle, slug))
  } finally {
    bundle.close()
  }
}

/** Undoes what was only tried. */
class OnlyTried extends Error {
  readonly done: TakenIn
  constructor(done: TakenIn) {
    super('only tried')
    this.done = done
  }
}

/** Takes all of it in and puts everything back: so it is known whether it would be taken. Throws BundleProblem where it would not. */
export async function tryMoveIn(house: House, from: string | number, slug?: string): Promise<TakenIn> {
  const bundle = openEnvelope(from)
  try {
    return await asMover(house, 'see whether a whole community would be taken in', async (tx): Promise<TakenIn> => {
      throw new OnlyTried(await takeAll(tx, house, bundle, slug))
    })
  } catch (error) {
    if (error instanceof OnlyTried) return error.done
    throw error
  } finally {
    bundle.close()
  }
}

/** What is known of the bundle's own rows while they are read: nothing in it may point at what was here before. */
interface Reading {
  community: string
  slug: string
  /** The keys of each table that came along. */
  own: Map<string, Set<string>>
  /** Accounts that were here before. */
  wereHere: Set<string>
  cardsLeft: number
  rows: number
}

async function takeAll(tx: Tx, house: House, bundle: Opened, newSlug?: string): Promise<TakenIn> {
  const { manifest, fingerprint } = bundle
  const { id: community } = manifest.community
  const slug = newSlug ?? manifest.community.slug
  await ask.inOneWriting(tx)
  const known = await ask.wasTakenIn(tx, manifest.id, community, slug)
  if (known.bundle || known.community) throw new BundleProblem('here', 'this community has been taken in here before')
  if (known.slug)
    throw new BundleProblem(
      'address',
      `the address /c/${slug} is taken here: choose another one for the place`,
      `/c/${slug}`,
    )
  const named = manifest.tables.map(({ table }) => table)
  if (named.some((table) => !goes[table]))
    throw new BundleProblem('version', 'it was made by a newer Oplive than this one. Upgrade this one first')
  if (named.join() !== Object.keys(goes).join())
    throw new BundleProblem('version', 'it has not all the tables of a community')
  const reading: Reading = { community, slug, own: new Map(), wereHere: new Set(), cardsLeft: 0, rows: 0 }
  for (const table of manifest.tables) await takeTable(tx, bundle, table, reading)
  await ask.isBack(tx, community)
  await ask.noteMovedIn(tx, manifest.id, community, manifest.from, fingerprint, house.clock.now())
  await ask.asProgram(tx)
  await noteAudit(tx, 'bundle.taken-in', { place: slug, facts: { bundle: manifest.id, rows: reading.rows } })
  return { manifest, rows: reading.rows, cardsLeft: reading.cardsLeft, wereHere: reading.wereHere.size }
}

type Row = Record<string, unknown>

async function takeTable(tx: Tx, bundle: Opened, { table, file, columns, rows }: TableIn, reading: Reading) {
  const shape = await ask.shapeOf(tx, table)
  const { ties = [], without = [], later, replaces, mayBeHere } = goes[table] ?? {}
  if (!shape || columns.some((column) => !shape.columns.includes(column) || without.includes(column)))
    throw new BundleProblem('version', 'it was made by a newer Oplive than this one. Upgrade this one first')
  if (replaces) await ask.makeRoom(tx, table, reading.community)
  const own = new Set<string>()
  reading.own.set(table, own)
  const filled: [string, string][] = []
  const links = shape.links.filter(({ column, to }) => columns.includes(column) && column !== later && to !== table)

  /** Every row is of the place that moves, and points at nothing else. */
  const belongs = (row: Row): boolean =>
    ties.every(([column, owner]) => owner !== 'place' || row[column] === reading.community) &&
    links.every(({ column, to }) => row[column] === null || reading.own.get(to)?.has(String(row[column])))

  let number = 0
  let some: { number: number; text: string; row: Row }[] = []
  const takeSome = async () => {
    if (some.length === 0) return
    const taken = mayBeHere ? await withoutThoseHere(tx, table, some, reading) : some
    const wrong =
      taken.length > 0
        ? await ask.takeIn(
            tx,
            table,
            columns,
            taken.map(({ text }) => text),
          )
        : null
    if (wrong) {
      const code = (wrong.error as { code?: string }).code
      const why = code === '23505' ? 'is here already, such as a meeting with the same code' : `is not taken (${code})`
      const at = `${file}, line ${taken[wrong.index]?.number ?? 0}`
      throw new BundleProblem(code === '23505' ? 'taken' : 'row', `${at}: the row ${why}`, at)
    }
    reading.rows += taken.length
    some = []
  }
  for (const line of bundle.lines(file)) {
    number = line.number
    const row = readRow(line.text, columns)
    if (!row || !belongs(row))
      throw new BundleProblem(
        'row',
        `${file}, line ${number}: the row is not of this community`,
        `${file}, line ${number}`,
      )
    const id = shape.key.length === 1 ? String(row[shape.key[0] ?? '']) : ''
    if (id) own.add(id)
    let { text } = line
    if (later && row[later] !== null) {
      filled.push([id, String(row[later])])
      text = JSON.stringify({ ...row, [later]: null })
    }
    if (table === 'community.community') text = JSON.stringify({ ...row, slug: reading.slug })
    some.push({ number, text, row })
    if (some.length === 2000) await takeSome()
  }
  await takeSome()
  if (number !== rows) throw new BundleProblem('row', `${file} has ${number} lines, and should have ${rows}`, file)
  if (later && filled.length > 0) {
    if (filled.some(([, other]) => !own.has(other)))
      throw new BundleProblem('row', `${file}: a row points at one that is not there`, file)
    await ask.fillIn(tx, table, later, filled)
  }
}

function readRow(text: string, columns: readonly string[]): Row | null {
  try {
    const row: unknown = JSON.parse(text)
    if (typeof row !== 'object' || row === null || Array.isArray(row)) return null
    const names = Object.keys(row)
    return names.length === columns.length && columns.every((column) => Object.hasOwn(row, column))
      ? (row as Row)
      : null
  } catch {
    return null
  }
}

/** An account that was here keeps its own ways in: a bundle opens nobody's door. A card whose letters are taken has to be given anew. */
async function withoutThoseHere<T extends { row: Row }>(
  tx: Tx,
  table: string,
  some: T[],
  reading: Reading,
): Promise<T[]> {
  if (table === 'access.account') {
    const here = await ask.accountsHere(
      tx,
      some.map(({ row }) => String(row.id)),
    )
    for (const id of here) reading.wereHere.add(id)
    return some.filter(({ row }) => !reading.wereHere.has(String(row.id)))
  }
  const new_ = some.filter(({ row }) => !reading.wereHere.has(String(row.account_id)))
  if (table !== 'access.card') return new_
  const taken = new Set(
    await ask.lettersTaken(
      tx,
      new_.map(({ row }) => String(row.public_part)),
    ),
  )
  const free = new_.filter(({ row }) => !taken.has(String(row.public_part)))
  reading.cardsLeft += new_.length - free.length
  return free
}
