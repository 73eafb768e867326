// One's own doors: by what one gets in, where one is in, who tried and failed; and the mail address one sets oneself.
import { asActor, asSystem, isMunicipal } from '../db/as-actor.ts'
import { lettersArrive, writeLetter } from '../post/post.ts'
import { refuse } from '../refusal.ts'
import * as cards from './card.queries.ts'
import * as mail from './mail.queries.ts'
import { proveDigits } from './mail-question.deeds.ts'
import { passkeysOf } from './passkey.deeds.ts'
import { hasProved, proved, type SignedIn } from './session.deeds.ts'
import type { Watch } from './watch.ts'
import { changedLetter } from './way-letters.ts'

const shownDays = 7
const none: cards.OwnDoors = { address: null, card: null, failures: [], places: [] }

/** By what one gets in, and who tried. Whoever works for the municipality comes in by its own door and has none of these. */
export function seeOwnDoors(person: SignedIn): Promise<cards.OwnDoors> {
  if (isMunicipal(person)) return Promise.resolve(none)
  const since = new Date(person.house.clock.now().getTime() - shownDays * 86_400_000).toISOString().slice(0, 10)
  return asActor(person, (tx) => cards.ownDoors(tx, person.account, since))
}

/** Setting an address is a new way in: whoever has one already must have shown who they are. */
export async function mustMaySetAddress(person: SignedIn): Promise<cards.OwnDoors> {
  if (isMunicipal(person) || !person.house.mail) refuse('not-found')
  const doors = await seeOwnDoors(person)
  const hasWay = doors.address || doors.card || (await passkeysOf(person)).passkeys.length > 0
  if (hasWay && !hasProved(person)) refuse('proof.needed')
  return doors
}

/** The digits have come back: from now on one signs in by this address, and the old one is told. */
export async function confirmAddress(
  person: SignedIn,
  watch: Watch,
  token: string | undefined,
  digits: string,
): Promise<'set' | 'wrong' | 'over'> {
  const { house, account } = person
  await mustMaySetAddress(person)
  const answer = await proveDigits(house, watch, { token, digits, purpose: 'address', account })
  if (typeof answer === 'string') return answer
  const { address } = answer
  if (!address) return 'over'
  await asSystem(house, 'keep the address whose letters arrive', async (tx) => {
    const before = await mail.addressOf(tx, account)
    await mail.setAddress(tx, account, address, house.clock.now())
    await lettersArrive(tx, address)
    if (before && before !== address) await writeLetter(tx, { kind: 'warning', to: before, ...changedLetter() })
  })
  return 'set'
}

/** Takes one's address away; its mailbox is told. */
export async function removeAddress(person: SignedIn): Promise<void> {
  const { address } = await mustMaySetAddress(person)
  if (!address) return
  await asActor(person, (tx) => mail.dropAddress(tx, person.account))
  await asSystem(person.house, 'tell the mailbox that it opens nothing any more', (tx) =>
    writeLetter(tx, { kind: 'warning', to: address, ...changedLetter() }),
  )
}

/** Shows by the digits of a letter that it is oneself. */
export async function proveByMail(
  person: SignedIn,
  watch: Watch,
  token: string | undefined,
  digits: string,
): Promise<{ way: string } | 'wrong' | 'over'> {
  const answer = await proveDigits(person.house, watch, { token, digits, purpose: 'prove', account: person.account })
  if (typeof answer === 'string') return answer
  // Another address since the letter was asked for: it shows nothing.
  const now = await asSystem(person.house, 'is it still their address', (tx) => mail.addressOf(tx, person.account))
  if (now !== answer.address) return 'over'
  await proved(person)
  return { way: answer.way }
}
