// The old installation lets a community go: only when the new one has signed that it has it, and then whole.
import { hash } from 'node:crypto'
import { noteAudit } from '../audit/audit.deeds.ts'
import { asMover, asSystem, type House } from '../db/as-actor.ts'
import { asProgram, inOneWriting, placeToMove } from './bundle.queries.ts'
import { readAloud, signerOf } from './envelope.ts'
import { contentOf, mayGoNow } from './export.deeds.ts'
import * as ask from './let-go.queries.ts'
import { BundleProblem } from './problem.ts'
import { isPlaceAddress, readReceipt, writeReceipt } from './receipt.ts'

/** The receipt for a community that came here in a bundle. `origin`: the address of this installation. */
export async function receiptFor(house: House, slug: string, origin: string): Promise<string> {
  const bundle = await asSystem(house, 'say which bundle brought a community', (tx) => ask.cameHere(tx, slug))
  if (!bundle) throw new BundleProblem('nowhere', `no community "${slug}" has come here in a bundle`)
  return writeReceipt({ bundle, address: `${origin}/c/${slug}` }, signerOf(house.keys))
}

/** By what right it goes: a receipt whose signer was confirmed, or the word of the one who typed the place's name. */
export type Grounds =
  | { receipt: string; signer: string /** What was written after the packing may be lost. */; although?: boolean }
  | { name: string; address: string }

export interface LetGo {
  name: string
  address: string
  /** Accounts that went with it, and meetings. */
  accounts: number
  meetings: number
}

/** Deletes a community that has moved. Throws BundleProblem, and then nothing has changed. */
export async function letGo(house: House, slug: string, grounds: Grounds): Promise<LetGo> {
  const done = await asMover(house, 'a community that has moved is let go', async (tx) => {
    await inOneWriting(tx)
    const place = await placeToMove(tx, slug)
    if (!place) throw new BundleProblem('nowhere', `there is no community "${slug}" here`)
    await ask.hold(tx, place.id)
    mayGoNow(place)
    let address: string
    if ('receipt' in grounds) {
      const said = readReceipt(grounds.receipt)
      if (grounds.signer.replace(/\s/g, '') !== said.fingerprint)
        throw new BundleProblem(
          'receipt-signer',
          `the receipt is signed by somebody else. The key that signed it is ${readAloud(said.fingerprint)}`,
        )
      const made = await ask.madeHere(tx, slug, said.bundle)
      if (!made)
        throw new BundleProblem('receipt-other', 'the receipt is for a bundle that was not made here of this place')
      if (!grounds.although && made.content !== (await contentOf(tx, place.id)))
        throw new BundleProblem('written-since', 'something was written here after the packing, and did not come along')
      address = said.address
    } else {
      if (grounds.name !== place.name)
        throw new BundleProblem('name', `the place has another name than "${grounds.name}"`)
      if (!isPlaceAddress(grounds.address))
        throw new BundleProblem(
          'new-address',
          'the new address is written like this: https://oplive.example.dk/c/holmetofte',
        )
      address = grounds.address
    }
    const { id, name } = place
    const accounts = await ask.onlyHere(tx, id)
    const meetings = await ask.meetingsOf(tx, id)
    const on = house.clock.now().toISOString().slice(0, 10)
    await ask.noteMovedAway(tx, { id, slug, name, address, on })
    await ask.noteSigns(tx, id)
    await ask.deletePlace(tx, id)
    await ask.deleteAccounts(tx, accounts)
    await asProgram(tx)
    const counts = { accounts: accounts.length, meetings: meetings.length }
    await noteAudit(tx, 'community.let-go', { place: slug, facts: { ...counts, receipt: 'receipt' in grounds } })
    return { name, address, counts, meetings }
  })
  // Only when the rows are gone: a key that is left too long is safer than a row that nobody can open.
  for (const { meeting, round } of house.keys.list())
    if (done.meetings.includes(meeting)) {
      if (round === null) house.keys.destroyPhones(meeting)
      else house.keys.destroyRound(meeting, round)
    }
  return { name: done.name, address: done.address, ...done.counts }
}

export interface NewHome {
  name: string
  /** The same page at the new address. */
  href: string
}

/** Where what stood at this path has moved, for /c/…, /m/… and links on paper; null when nothing of it has. */
export async function newHomeOf(house: House, path: string): Promise<NewHome | null> {
  const [, kind = '', word = ''] = /^\/(c|m|i|k|g|v)\/([^/]{2,100})(?:\/|$)/.exec(path) ?? []
  if (!word) return null
  // After a dot stands which printed card it is.
  const sign = kind === 'm' ? word.toUpperCase() : (word.split('.')[0] ?? '')
  const by = kind === 'c' ? { slug: word } : { hash: hash('sha256', sign, 'buffer') }
  const found = await asSystem(house, 'show somebody where a place has moved', (tx) => ask.movedAway(tx, by))
  if (!found) return null
  const { origin } = new URL(found.address)
  return { name: found.name, href: kind === 'c' ? found.address : `${origin}/${kind}/${word}` }
}
