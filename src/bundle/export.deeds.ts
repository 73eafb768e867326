// A whole community is packed into one signed file, as it was at one moment.
import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { v4 as random } from 'uuid'
import { noteAudit } from '../audit/audit.deeds.ts'
import { asSystem, type House, inOnePicture, type Tx } from '../db/as-actor.ts'
import { lateUntil } from '../meetings/meeting.ts'
import * as ask from './bundle.queries.ts'
import { type FileIn, fingerprintOf, type Manifest, signerOf, type TableIn, writeEnvelope } from './envelope.ts'
import { BundleProblem } from './problem.ts'
import { goes } from './what-goes.ts'

export interface Packed {
  manifest: Manifest
  /** Of the key that signed: the receiver compares it. */
  fingerprint: string
}

/**
 * Throws BundleProblem while cards are sealed to this machine: an evening that is on, or late cards that are still being gathered. Their key
 * goes into no file, and a promise of seven days is kept.
 */
export function mayGoNow(place: ask.Place): void {
  if (place.going > 0)
    throw new BundleProblem(
      'open',
      'an exit card is open, or an evening is not put away yet: its answers are sealed to this machine and would be lost. Close it first',
    )
  if (!place.lateClosed) return
  const day = lateUntil(place.lateClosed).toISOString()
  throw new BundleProblem(
    'late',
    `late exit cards are gathered until ${day.slice(0, 16).replace('T', ' ')} UTC: they are sealed to this machine and would be lost. Wait until then`,
    day,
  )
}

/** Packs a community into a new file, or an open one of no name. Throws BundleProblem, and leaves no file, when it cannot move now. */
export async function packCommunity(house: House, slug: string, to: string | number): Promise<Packed> {
  const signer = signerOf(house.keys)
  const envelope = writeEnvelope(to)
  try {
    const manifest = await inOnePicture(house, () =>
      asSystem(house, 'pack a whole community for its move', async (tx) => {
        await ask.inOneWriting(tx)
        const place = await ask.placeToMove(tx, slug)
        if (!place) throw new BundleProblem('nowhere', `there is no community "${slug}" here`)
        mayGoNow(place)
        const madeAt = house.clock.now().toISOString()
        const files: FileIn[] = [envelope.whole('README.txt', readme(place.name, madeAt))]
        const tables: TableIn[] = []
        for (const [table, { without = [] }] of Object.entries(goes)) {
          const known = await ask.shapeOf(tx, table)
          if (!known) throw new Error(`${table} is in no catalogue`)
          const shape = { ...known, columns: known.columns.filter((column) => !without.includes(column)) }
          const file = `data/${String(tables.length + 1).padStart(2, '0')}-${table}.jsonl`
          let rows = 0
          envelope.begin(file)
          for await (const lines of ask.rowsThatGo(tx, table, shape, place.id)) {
            envelope.write(`${lines.join('\n')}\n`)
            rows += lines.length
          }
          files.push(envelope.end())
          tables.push({ table, file, columns: shape.columns, rows })
        }
        files.push(envelope.whole('SHA256SUMS', files.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join('')))
        const { id, name } = place
        const made: Manifest = {
          format: 'oplive-bundle-1',
          id: random(),
          community: { id, slug, name },
          from: place.municipality,
          madeAt,
          key: signer.key,
          tables,
          files,
        }
        const rows = tables.reduce((all, one) => all + one.rows, 0)
        await noteAudit(tx, 'bundle.made', {
          place: slug,
          facts: { bundle: made.id, rows, content: await contentOf(tx, place.id) },
        })
        return made
      }),
    )
    const text = `${JSON.stringify(manifest, null, 1)}\n`
    envelope.whole('manifest.json', text)
    envelope.whole('manifest.sig', signer.sign(text))
    envelope.close()
    return { manifest, fingerprint: fingerprintOf(manifest.key) }
  } catch (error) {
    envelope.close()
    if (typeof to === 'string') rmSync(to, { force: true })
    throw error
  }
}

/** A short sum of all that goes along, by which the old installation sees whether something was written after the packing. */
export async function contentOf(tx: Tx, place: string): Promise<string> {
  const sum = createHash('sha256')
  for (const [table, { without = [] }] of Object.entries(goes)) {
    const shape = await ask.shapeOf(tx, table)
    if (!shape) throw new Error(`${table} is in no catalogue`)
    // That somebody was here on a day is nothing they wrote.
    const columns = shape.columns.filter((column) => !without.includes(column) && column !== 'active_on')
    sum.update(`${table}\n`)
    for await (const lines of ask.rowsThatGo(tx, table, { ...shape, columns }, place))
      sum.update(`${lines.join('\n')}\n`)
  }
  return sum.digest('hex').slice(0, 32)
}

const readme = (name: string, madeAt: string) => `${name}

Her er hele stedet i én fil: folk, møder, ord, aftaler og nøgler. Filen er fra ${madeAt.slice(0, 10)}.
Der står navne i den. Pas på den som på en nøgle, og slet den, når flytningen er slut.
Mappen "data" har en fil for hver tabel, med en række på hver linje. Ret ikke i dem: så bliver filen afvist.
SHA256SUMS viser, om noget er ændret: sha256sum -c SHA256SUMS
Med her er printede kort, links og koder. De virker på den nye adresse.
Med er ikke: Min bog, adgangsnøgler på telefonen (passkeys), og kommunens eget rum.

This is the whole place in one file: people, meetings, words, promises and keys. It was made on ${madeAt.slice(0, 10)}.
There are names in it. Look after it as after a key, and delete it when the move is done.
The folder "data" has a file for each table, with a row on each line. Do not change them: the file would be refused.
SHA256SUMS tells whether something was changed: sha256sum -c SHA256SUMS
Printed cards, links and codes go along. They work at the new address.
What does not go along: Min bog, passkeys on phones, and the municipality's own room.
`
