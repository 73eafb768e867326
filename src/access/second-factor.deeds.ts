// The second factor of those who work for the municipality: begun, confirmed, asked for, begun anew, with its codes on paper.
import { asActor, asSystem, type House, type Tx } from '../db/as-actor.ts'
import { refuse } from '../refusal.ts'
import { ownerOf, passkeysOf, tieSession, warn } from './passkey.queries.ts'
import type { StaffWay } from './passkey.ts'
import * as ask from './second-factor.queries.ts'
import {
  type DigitGuard,
  mayEquip,
  newRecoveryCodes,
  newSecret,
  openSecret,
  readTyped,
  recoveryHash,
  type Setup,
  sealSecret,
  setupOf,
  stepOf,
  type Typed,
} from './second-factor.ts'
import { addSession, mustHaveProved, type SignedIn } from './session.deeds.ts'
import { hashOf } from './sign-in.ts'

export interface Equipment {
  /** How many passkeys there are. */
  passkeys: number
  factor: 'none' | 'begun' | 'confirmed'
  codesLeft: number
}

/** What somebody of the municipality has to show, as they may know it. */
export const equipmentOf = (person: SignedIn): Promise<Equipment> =>
  asActor(mustWorkHere(person), async (tx) => ({
    passkeys: (await passkeysOf(tx, person.account)).length,
    ...(await ask.factorState(tx, person.account)),
  }))

/** Only they have a second factor; for everybody else there is no such page. */
function mustWorkHere(person: SignedIn): SignedIn {
  return person.municipalRole === null ? refuse('not-found') : person
}

/** Makes a secret for their phone; again, as long as it is not confirmed. */
export async function beginFactor(person: SignedIn, way: StaffWay): Promise<void> {
  const { house, account } = mustWorkHere(person)
  if (!mayEquip(person, way)) refuse('factor.needed')
  const sealed = sealSecret(house.keys.houseSecret(), account, newSecret())
  const begun = await asSystem(house, 'seal a new second factor', (tx) => ask.beginFactor(tx, account, sealed))
  if (!begun) refuse('changed-since')
}

/** What to tell the phone; null when nothing is begun, or it is confirmed: from then on nobody reads it any more. */
export async function setupFor(person: SignedIn, way: StaffWay, host: string): Promise<Setup | null> {
  const { house, account } = mustWorkHere(person)
  if (!mayEquip(person, way)) return null
  const factor = await asSystem(house, 'what their own phone is to be told', (tx) => ask.factorOf(tx, account))
  if (!factor || factor.confirmed) return null
  const secret = openSecret(house.keys.houseSecret(), account, factor.sealed)
  return secret && setupOf(secret, person.name, host)
}

/** The phone makes the right digits: from now on they are asked for. Answers the codes to print, which are kept nowhere; null: wrong digits. */
export async function confirmFactor(
  person: SignedIn,
  guard: DigitGuard,
  { text, way, passkeyFirst }: { text: string; way: StaffWay; passkeyFirst: boolean },
): Promise<string[] | null> {
  const { house, account } = mustWorkHere(person)
  if (!mayEquip(person, way)) refuse('factor.needed')
  if (passkeyFirst && (await equipmentOf(person)).passkeys === 0) refuse('factor.needed')
  return tried(house, guard, account, () =>
    asSystem(house, 'their phone has shown the right digits', async (tx) => {
      const factor = await ask.factorOf(tx, account)
      if (!factor || factor.confirmed) return refuse('changed-since')
      const typed = readTyped(text)
      if (!typed || !('digits' in typed) || !(await digitsHold(tx, house, account, typed.digits))) return null
      await ask.confirmFactor(tx, account, house.clock.now())
      await ask.setFactorShown(tx, person.session.id, house.clock.now())
      return codesFor(tx, account)
    }),
  )
}

async function codesFor(tx: Tx, account: string): Promise<string[]> {
  const codes = newRecoveryCodes()
  await ask.setRecoveryCodes(tx, account, codes.map(recoveryHash))
  return codes
}

/** New codes to print; the old sheet is worth nothing. */
export async function freshCodes(person: SignedIn): Promise<string[]> {
  const { house, account } = mustWorkHere(person)
  if (!person.session.factorShown) refuse('factor.needed')
  mustHaveProved(person)
  return asSystem(house, 'print new codes', (tx) => codesFor(tx, account))
}

/**
 * Begins anew, when the phone is lost or changed: by who has shown digits (or a code from the paper), or by the operator's link. Its owner
 * is told on their page.
 */
export async function restartFactor(person: SignedIn): Promise<void> {
  const { house, account, session } = mustWorkHere(person)
  if (!session.factorShown && session.via !== 'terminal') refuse('factor.needed')
  mustHaveProved(person)
  await asSystem(house, 'forget a second factor', async (tx) => {
    await ask.dropFactor(tx, account)
    await warn(tx, account, 'factor-restarted', house.clock.now())
  })
}

/** The digits of now, used once. */
async function digitsHold(tx: Tx, house: House, account: string, digits: string): Promise<boolean> {
  const factor = await ask.factorOf(tx, account)
  const secret = factor && openSecret(house.keys.houseSecret(), account, factor.sealed)
  const step = secret && stepOf(secret, digits, house.clock.now())
  return step !== null && ask.useStep(tx, account, step)
}

async function holds(tx: Tx, house: House, account: string, typed: Typed): Promise<boolean> {
  if (!typed) return false
  const factor = await ask.factorOf(tx, account)
  if (!factor?.confirmed) return false
  if ('digits' in typed) return digitsHold(tx, house, account, typed.digits)
  const spent = await ask.spendRecoveryCode(tx, account, typed.recovery)
  if (spent) await warn(tx, account, 'recovery-used', house.clock.now())
  return spent
}

/** One try. Refuses `factor.slow` after too many; null when it was wrong. The owner is told when somebody goes on being wrong. */
async function tried<T>(
  house: House,
  guard: DigitGuard,
  account: string,
  attempt: () => Promise<T | null>,
): Promise<T | null> {
  const turn = await guard.mayTry(account)
  if (!turn) return refuse('factor.slow')
  const got = await attempt()
  if (got !== null) await guard.right(account)
  else if (turn.last)
    await asSystem(house, 'tell the owner that somebody guesses', (tx) =>
      warn(tx, account, 'wrong-digits', house.clock.now()),
    )
  return got
}

/** After the passkey: opens the session. Null when the digits are wrong. */
export async function comeWithDigits(
  house: House,
  guard: DigitGuard,
  { passkey, text, device }: { passkey: string; text: string; device: string },
): Promise<string | null> {
  const typed = readTyped(text)
  const owner = await asSystem(house, 'whose digits are asked for?', (tx) => ownerOf(tx, passkey))
  const account = owner ?? refuse('passkey.wrong')
  return tried(house, guard, account, () =>
    asSystem(house, 'digits were shown after the passkey', async (tx) => {
      if (!(await holds(tx, house, account, typed))) return null
      const token = await addSession(tx, house, { account, via: 'passkey', device })
      await tieSession(tx, hashOf(token), passkey, house.clock.now())
      return token
    }),
  )
}

/** In a session that came another way: shows the digits. False when they are wrong. */
export async function showDigits(
  person: SignedIn,
  guard: DigitGuard,
  { text, way }: { text: string; way: StaffWay },
): Promise<boolean> {
  const { house, account, session } = mustWorkHere(person)
  if (!mayEquip(person, way)) refuse('factor.needed')
  const shown = await tried(house, guard, account, () =>
    asSystem(house, 'digits were shown in a session', async (tx) => {
      if (!(await holds(tx, house, account, readTyped(text)))) return null
      await ask.setFactorShown(tx, session.id, house.clock.now())
      return true
    }),
  )
  return shown === true
}
