// A community moves in from a page: the one who keeps the server brings the bundle, sees what is in it, and takes it in with a second click.
import { readSync } from 'node:fs'
import { mustHaveProved, type SignedIn } from '../access/session.deeds.ts'
import { asSystem } from '../db/as-actor.ts'
import { refuse } from '../refusal.ts'
import type { Arrivals, Checked, Waiting } from './arrivals.ts'
import { fingerprintOf, headOf, signerOf } from './envelope.ts'
import { lookInto, moveIn, type TakenIn, tryMoveIn } from './import.deeds.ts'
import { receiptFor } from './let-go.deeds.ts'
import { allThatCame, type CameHere } from './let-go.queries.ts'
import { withNameless } from './nameless.ts'
import { BundleProblem } from './problem.ts'
import { isSealed, sealedHead, unsealInto } from './sealing.ts'
import { mostBytes, takeUpload, type UploadFault } from './upload.ts'

const mustOperate = (person: SignedIn): void => {
  if (person.role !== 'operator') refuse('not-yours')
}

/** The first file of a bundle is its README, whatever its size: so much of the head says so. */
const plainHead = headOf('README.txt', 0).subarray(0, 11)
const isPlain = (head: Uint8Array): boolean => plainHead.equals(head.subarray(0, plainHead.length))

/** One at a time: it is read to the last byte and tried in the database, and a hall waits for the same machine. */
let checking = false

export type Brought = { id: string } | { fault: UploadFault } | { problem: BundleProblem; passphrase: string }

/** Takes a bundle in to be looked at, sealed or not, and tries it. Nothing is changed. */
export async function bringBundle(
  person: SignedIn,
  { arrivals, folder, request }: { arrivals: Arrivals; folder: string; request: Request },
): Promise<Brought> {
  mustOperate(person)
  if (checking) refuse('move.busy')
  checking = true
  let passphrase = ''
  try {
    return await withNameless(folder, async (file, keepFile) => {
      const upload = await takeUpload(request, {
        file: 'file',
        to: file,
        headSize: sealedHead,
        accepts: (head) => isSealed(head) || isPlain(head),
      })
      if ('fault' in upload) return upload
      const keep = async (open: number, keepOpen: () => void): Promise<Brought> => {
        const checked = await check(person, open)
        keepOpen()
        return { id: arrivals.keep(person.account, open, checked) }
      }
      if (!isSealed(headIn(file))) return keep(file, keepFile)
      passphrase = (upload.fields.get('passphrase') ?? '').trim()
      if (!passphrase) throw new BundleProblem('sealed', 'it is sealed with a passphrase')
      return withNameless(folder, async (plain, keepPlain) => {
        await unsealInto(file, plain, passphrase, mostBytes)
        return keep(plain, keepPlain)
      })
    })
  } catch (error) {
    if (error instanceof BundleProblem) return { problem: error, passphrase }
    throw error
  } finally {
    checking = false
  }
}

function headIn(file: number): Buffer {
  const head = Buffer.alloc(sealedHead)
  return head.subarray(0, readSync(file, head, 0, head.length, 0))
}

/** What is in it, and whether it would be taken: under its own address, or under another where that is taken. */
async function check({ house }: SignedIn, file: number): Promise<Checked> {
  const { manifest, fingerprint } = lookInto(file)
  const own = manifest.community.slug
  const base = { manifest, fingerprint, cardsLeft: 0, wereHere: 0 }
  for (let number = 1; ; number++) {
    const slug = number === 1 ? own : `${own.slice(0, 57)}-${number}`
    try {
      const { cardsLeft, wereHere } = await tryMoveIn(house, file, slug)
      return { ...base, slug, cardsLeft, wereHere, fault: null }
    } catch (error) {
      if (!(error instanceof BundleProblem)) throw error
      if (error.fault === 'address' && number < 20) continue
      return { ...base, slug, fault: { fault: error.fault, where: error.where } }
    }
  }
}

/** What waits for the second click; "not there" for everybody who did not bring it. */
export function seeArrival(person: SignedIn, arrivals: Arrivals, id: string): Waiting {
  mustOperate(person)
  return arrivals.find(person.account, id) ?? refuse('not-found')
}

/** The second click: takes it in under this address. Throws BundleProblem, and then nothing has changed and it still waits. */
export async function takeBundleIn(person: SignedIn, arrivals: Arrivals, id: string, slug: string): Promise<TakenIn> {
  mustHaveProved(person)
  const { file, fingerprint } = seeArrival(person, arrivals, id)
  if (checking) refuse('move.busy')
  checking = true
  try {
    const done = await moveIn(person.house, file, { signer: fingerprint, slug })
    arrivals.forget(id)
    return done
  } finally {
    checking = false
  }
}

export function forgetArrival(person: SignedIn, arrivals: Arrivals, id: string): void {
  seeArrival(person, arrivals, id)
  arrivals.forget(id)
}

export interface DoorSeen {
  came: CameHere[]
  /** What the old installation hears read aloud with the receipt. */
  fingerprint: string
}

export async function seeArrivalDoor(person: SignedIn): Promise<DoorSeen> {
  mustOperate(person)
  const { house } = person
  return {
    came: await asSystem(house, 'show the operator which communities came here', allThatCame),
    fingerprint: fingerprintOf(signerOf(house.keys).key),
  }
}

/** The receipt for a community that came here, as one line. */
export async function fetchReceipt(person: SignedIn, slug: string, origin: string): Promise<string> {
  mustOperate(person)
  return receiptFor(person.house, slug, origin).catch((error) =>
    error instanceof BundleProblem ? refuse('not-found') : Promise.reject(error),
  )
}
