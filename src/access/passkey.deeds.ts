// Passkeys: added, shown to come in or to prove who one is, named, and taken away.
import {
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { v7 as uuid } from 'uuid'
import { asActor, asSystem, type House } from '../db/as-actor.ts'
import { refuse } from '../refusal.ts'
import * as ask from './passkey.queries.ts'
import {
  counterHolds,
  freeName,
  handleOf,
  type Made,
  mostPasskeys,
  type Party,
  type Shown,
  type StaffWay,
} from './passkey.ts'
import { mayEquip } from './second-factor.ts'
import { addSession, mustHaveProved, proved, type SignedIn } from './session.deeds.ts'
import { hashOf } from './sign-in.ts'

/** ES256, then Ed25519, then RS256 for Windows. */
const algorithms = [-7, -8, -257]
const dayOf = (at: Date) => at.toISOString().slice(0, 10)
const bytesOf = (encoded: string) => Buffer.from(encoded, 'base64url')

/** What the browser asks the device: at the door nobody is named, so the answer is the same for all. */
export const askAtDoor = (party: Party, challenge: string, verify: boolean) => ({
  challenge,
  rpId: party.id,
  timeout: 300_000,
  userVerification: verify ? 'required' : 'preferred',
})

const asked = (all: { id: Buffer; transports: string[] }[]) =>
  all.map(({ id, transports }) => ({ type: 'public-key', id: id.toString('base64url'), transports }))

const ownCredentials = (person: SignedIn) =>
  asSystem(person.house, 'what the devices of the one who acts call their passkeys', (tx) =>
    ask.credentialsOf(tx, person.account),
  )

/** To prove who one is: any of one's own. */
export const askToProve = async (person: SignedIn, party: Party, challenge: string) => ({
  ...askAtDoor(party, challenge, person.municipalRole !== null),
  allowCredentials: asked(await ownCredentials(person)),
})

/** To make a new one, which the device finds by itself later: no name is ever typed. */
export async function askToAdd(person: SignedIn, party: Party, challenge: string, way: StaffWay) {
  mayAdd(person, way)
  return {
    challenge,
    rp: { id: party.id, name: 'oplive' },
    user: { id: handleOf(person.account), name: person.name, displayName: person.name },
    pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
    timeout: 300_000,
    attestation: 'none',
    excludeCredentials: asked(await ownCredentials(person)),
    authenticatorSelection: {
      residentKey: 'required',
      requireResidentKey: true,
      userVerification: person.municipalRole === null ? 'preferred' : 'required',
    },
  }
}

/** A passkey is a way in for good: who adds one has just proved who they are. */
function mayAdd(person: SignedIn, way: StaffWay): void {
  if (!mayEquip(person, way)) refuse('factor.needed')
  mustHaveProved(person)
}

interface Asked {
  party: Party
  /** What was asked of this browser, and of no other. */
  challenge: string
}

/** Inside a frame of another site nobody knows what they say yes to. */
function isFramed(clientDataJSON: string): boolean {
  const said: unknown = JSON.parse(bytesOf(clientDataJSON).toString('utf8'))
  return typeof said !== 'object' || said === null || ('crossOrigin' in said && said.crossOrigin !== false)
}

/** Adds the passkey that a device has made. Answers its id. */
export async function addPasskey(
  person: SignedIn,
  { party, challenge, made, device, way }: Asked & { made: Made | null; device: string; way: StaffWay },
): Promise<string> {
  mayAdd(person, way)
  const { house, account } = person
  const info = made && (await checkMade({ party, challenge }, made, person.municipalRole !== null))
  if (!info) return refuse('passkey.wrong')
  return asSystem(house, 'a device has shown that it holds this new passkey', async (tx) => {
    const before = await ask.passkeysOf(tx, account)
    if (before.length >= mostPasskeys) refuse('passkey.enough')
    const names = before.map(({ name }) => name)
    const passkey = {
      id: uuid(),
      account,
      credential: bytesOf(info.credential.id),
      publicKey: Buffer.from(info.credential.publicKey),
      counter: info.credential.counter,
      transports: made.transports,
      name: freeName(device || 'oplive', names),
      day: dayOf(house.clock.now()),
    }
    if (!(await ask.addPasskey(tx, passkey))) refuse('passkey.known')
    return passkey.id
  })
}

async function checkMade({ party, challenge }: Asked, { id, transports, ...response }: Made, verify: boolean) {
  const answer: RegistrationResponseJSON = {
    id,
    rawId: id,
    type: 'public-key',
    response: { ...response, transports: transports as AuthenticatorTransport[] },
    clientExtensionResults: {},
  }
  try {
    if (isFramed(response.clientDataJSON)) return null
    const { registrationInfo } = await verifyRegistrationResponse({
      response: answer,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: verify,
      supportedAlgorithmIDs: algorithms,
    })
    return registrationInfo?.credential.id === id ? registrationInfo : null
  } catch {
    // The library says every no by throwing, each with another word; here they are all one.
    return null
  }
}

/** What a device has shown of a passkey we know; null for everything that is wrong with it, whatever it is. */
async function checkShown(
  { party, challenge }: Asked,
  { id, ...response }: Shown,
  held: ask.PasskeyHeld,
): Promise<{ counter: number; verified: boolean } | null> {
  const answer: AuthenticationResponseJSON = {
    id,
    rawId: id,
    type: 'public-key',
    response,
    clientExtensionResults: {},
  }
  if (response.userHandle !== undefined && response.userHandle !== handleOf(held.account)) return null
  try {
    if (isFramed(response.clientDataJSON)) return null
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: answer,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      // Who has not unlocked it is known when we know whose it is. The counter is looked at when the signature is right: only then it says anything.
      requireUserVerification: false,
      credential: { id, publicKey: new Uint8Array(held.publicKey), counter: 0 },
    })
    return verified ? { counter: authenticationInfo.newCounter, verified: authenticationInfo.userVerified } : null
  } catch {
    return null
  }
}

/** The passkey that was shown and how; refuses, with one word for all, what does not hold. */
async function shownOf(house: House, { shown, ...asked }: Asked & { shown: Shown | null }) {
  const held = shown && (await asSystem(house, 'find whose passkey this is', (tx) => ask.heldBy(tx, bytesOf(shown.id))))
  const said = held && !held.ended && (await checkShown(asked, shown, held))
  if (!held || !said || (held.municipal && !said.verified)) return refuse('passkey.wrong')
  return { held, counter: said.counter }
}

type Used = 'used' | 'gone' | 'copied'

/** Counts its use, or tells its owner that there may be two of it. Then does what it was shown for, in the same transaction. */
async function use<T>(
  house: House,
  held: ask.PasskeyHeld,
  counter: number,
  then: (tx: Parameters<typeof ask.counterOf>[0]) => Promise<T>,
): Promise<T> {
  const now = house.clock.now()
  const done = await asSystem(house, 'a passkey was shown', async (tx): Promise<{ is: Used; got?: T }> => {
    const before = await ask.counterOf(tx, held.id)
    if (before === null) return { is: 'gone' }
    if (!counterHolds(before, counter)) {
      await ask.warn(tx, held.account, 'copied-passkey', now)
      return { is: 'copied' }
    }
    await ask.setUsed(tx, held.id, counter, dayOf(now))
    return { is: 'used', got: await then(tx) }
  })
  if (done.is === 'copied') return refuse('passkey.copied')
  return done.is === 'gone' ? refuse('passkey.wrong') : (done.got as T)
}

export interface Coming extends Asked {
  shown: Shown | null
  device: string
  way: StaffWay
}

/** Comes in by passkey. Answers the token of the new session, or the passkey whose owner still has six digits to show. */
export async function comeWithPasskey(
  house: House,
  { device, way, ...asked }: Coming,
): Promise<{ token: string } | { digitsFor: string }> {
  const { held, counter } = await shownOf(house, asked)
  // Where the municipality signs its people in itself, who leaves there has left here: no passkey goes past that.
  if (held.municipal && way === 'municipal') return refuse('passkey.wrong')
  return use(house, held, counter, async (tx) => {
    if (held.municipal && held.factor) return { digitsFor: held.id }
    const token = await addSession(tx, house, { account: held.account, via: 'passkey', device })
    await ask.tieSession(tx, hashOf(token), held.id, null)
    return { token }
  })
}

/** Proves anew who one is, with a passkey of one's own. */
export async function proveWithPasskey(person: SignedIn, asked: Asked & { shown: Shown | null }): Promise<void> {
  const { held, counter } = await shownOf(person.house, asked)
  if (held.account !== person.account) refuse('passkey.wrong')
  await use(person.house, held, counter, async () => undefined)
  await proved(person)
}

/** What `/me` shows: one's passkeys, which of them this session was opened with, and what must be told. */
export const passkeysOf = (
  person: SignedIn,
): Promise<{ passkeys: ask.Passkey[]; inHand: string | null; warnings: ask.Warning[] }> =>
  asActor(person, async (tx) => ({
    passkeys: await ask.passkeysOf(tx, person.account),
    inHand: await ask.openedWith(tx, person.session.id),
    warnings: await ask.warningsOf(tx, person.account),
  }))

/** One of one's own; another's is not there. */
export async function passkeyOf(person: SignedIn, id: string): Promise<{ passkey: ask.Passkey; inHand: boolean }> {
  const { passkeys, inHand } = await passkeysOf(person)
  const passkey = passkeys.find((one) => one.id === id) ?? refuse('not-found')
  return { passkey, inHand: inHand === id }
}

export const namePasskey = (person: SignedIn, id: string, name: string): Promise<void> =>
  asActor(person, async (tx) => {
    if (!isId(id) || !(await ask.namePasskey(tx, person.account, id, name))) refuse('not-found')
  })

/** Takes it away. The sessions it opened end with it, also the one in hand. */
export const dropPasskey = (person: SignedIn, id: string): Promise<void> =>
  asActor(person, async (tx) => {
    if (!isId(id) || !(await ask.dropPasskey(tx, person.account, id))) refuse('not-found')
  })

const isId = (text: string) => /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(text)

/** They have read what they were told until then. */
export const warningsRead = (person: SignedIn, until: Date): Promise<void> =>
  asActor(person, (tx) => ask.dropWarnings(tx, person.account, until))
