// What is done with what an identity provider says: somebody comes in, sessions end, access is closed and opened, metadata is put in.
import { createHash } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import { type Actor, asActor, asSystem, type House } from '../../db/as-actor.ts'
import { refuse } from '../../refusal.ts'
import { endAll } from '../access.queries.ts'
import { addSession, type SignedIn } from '../session.deeds.ts'
import { longestMetadata, type MetadataProblem, readMetadata } from './metadata.ts'
import { rememberMs } from './saml-assertion.ts'
import * as ask from './staff.queries.ts'
import { reaches, type StaffIdentity, type StaffRole, type Way } from './staff-identity.ts'

const hashOf = (...parts: string[]): Buffer => createHash('sha256').update(JSON.stringify(parts)).digest()
const shortOf = (...parts: string[]): string =>
  hashOf(...parts)
    .subarray(0, 16)
    .toString('base64url')
const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

/** Takes what an identity provider has said once: false when it comes again. */
export function takeOnce(house: House, what: string, issuer: string, id: string): Promise<boolean> {
  const now = house.clock.now()
  return asSystem(house, 'what an identity provider says is taken once', (tx) =>
    ask.spend(tx, hashOf('spent', what, issuer, id), now, new Date(now.getTime() + rememberMs)),
  )
}

export interface Arrival {
  identity: StaffIdentity
  /** How the identity provider calls them when it signs somebody out: not always as who they are. */
  calledThere: string
}

export type CameIn = { token: string } | { no: 'no-role' | 'ended' }

/**
 * Somebody of the municipality comes in, as one of their roles: known by how the identity provider calls them, and held to what it says of them
 * today. No role: no account is made, and one that was there has no role any more.
 */
export function comeIn(
  house: House,
  { identity, calledThere }: Arrival,
  role: StaffRole | null,
  device: string,
): Promise<CameIn> {
  const { way, issuer, subject } = identity
  const hash = hashOf('who', way, issuer, subject)
  return asSystem(house, 'somebody of the municipality comes in', async (tx) => {
    await ask.oneAtATime(tx, hash)
    const known = await ask.findStaff(tx, hash)
    // First: what was closed stays as it was, so that whoever opens it finds it.
    if (known?.ended) return { no: 'ended' }
    if (!role || !identity.roles.includes(role)) {
      if (known) {
        await ask.takeRole(tx, known.account)
        await ask.setCommunities(tx, known.account, [])
        await endAll(tx, known.account)
      }
      return { no: 'no-role' }
    }
    const account = known?.account ?? uuid({ msecs: house.clock.now().getTime() })
    const name = identity.name || 'Uden navn'
    const today = dayOf(house.clock.now())
    if (known) await ask.setStaff(tx, account, name, role, today)
    else await ask.addStaff(tx, hash, account, name, role, way, today)
    // Nobody's open pages change under their hands what they may do.
    if (known && known.role !== role) await endAll(tx, account)
    const theirs =
      role === 'employee' ? (await ask.communitiesHere(tx)).filter((one) => reaches(identity.communities, one)) : []
    await ask.setCommunities(
      tx,
      account,
      theirs.map(({ id }) => id),
    )
    const which = identity.idpSession === null ? '' : shortOf('session', way, issuer, identity.idpSession)
    const idpSession = `${shortOf('called', way, issuer, calledThere)}.${which}`
    return { token: await addSession(tx, house, { account, via: way, device, idpSession }) }
  })
}

/** The identity provider has ended somebody's sessions, or some of them; here they end in the same moment. Answers how many. */
export function endAtProvider(
  house: House,
  {
    way,
    issuer,
    calledThere,
    sessions,
  }: { way: Way; issuer: string; calledThere: string | null; sessions: readonly string[] },
): Promise<number> {
  if (calledThere === null && sessions.length === 0) return Promise.resolve(0)
  const who = calledThere === null ? null : shortOf('called', way, issuer, calledThere)
  const which = sessions.map((one) => shortOf('session', way, issuer, one))
  return asSystem(house, 'an identity provider ends sessions', (tx) => ask.endCalled(tx, way, who, which))
}

export type { StaffSeen } from './staff.queries.ts'

/** Whose access may the one who acts close? A leader does not close an operator or the data protection officer, who answer to others; nobody closes their own. */
export function mayClose(actor: Actor, role: StaffRole, account: string): boolean {
  if (account === actor.account) return false
  return actor.role === 'operator' || (actor.role === 'leader' && (role === 'employee' || role === 'leader'))
}

/** Only an operator opens what was closed: somebody who left does not come back because a list elsewhere is old. */
export const mayOpen = (actor: Actor): boolean => actor.role === 'operator'

/** Everybody of the municipality who can sign in, or could. For others the page is not there. */
export function seeStaff(actor: Actor): Promise<ask.StaffSeen[]> {
  if (actor.role === 'guest') refuse('sign-in.needed')
  if (actor.role !== 'leader' && actor.role !== 'operator') refuse('not-found')
  return asActor(actor, ask.everybody)
}

/** Closes somebody's access: their sessions end at once, and they do not come in again until an operator opens it. */
export function closeAccess(actor: SignedIn, account: string): Promise<void> {
  return asSystem(
    actor.house,
    'a leader or an operator closes the access of somebody of the municipality',
    async (tx) => {
      const role = await ask.roleOfStaff(tx, account)
      if (!role || !mayClose(actor, role, account)) refuse('not-found')
      await ask.setEnded(tx, account, actor.house.clock.now())
      await endAll(tx, account)
    },
  )
}

export function openAccess(actor: SignedIn, account: string): Promise<void> {
  if (!mayOpen(actor)) refuse('not-found')
  return asSystem(actor.house, 'an operator opens the access of somebody of the municipality again', async (tx) => {
    if (!(await ask.roleOfStaff(tx, account))) refuse('not-found')
    await ask.setEnded(tx, account, null)
  })
}

/** The metadata as it was put in; null when nobody has. */
export const metadataPutIn = (house: House): Promise<string | null> =>
  asSystem(house, 'read the metadata of the identity provider', ask.metadata)

/** Puts in the metadata of the identity provider: from now on it says who works here. Answers what is wrong with it, or null. */
export async function putInMetadata(actor: Actor, text: string): Promise<MetadataProblem | null> {
  if (actor.role !== 'operator') refuse('not-found')
  const trimmed = text.trim()
  if (trimmed.length > longestMetadata) return 'not-xml'
  const read = readMetadata(trimmed, actor.house.clock.now())
  if (!read.ok) return read.problem
  await asActor(actor, (tx) => ask.setMetadata(tx, trimmed, dayOf(actor.house.clock.now())))
  return null
}

export async function takeOutMetadata(actor: Actor): Promise<void> {
  if (actor.role !== 'operator') refuse('not-found')
  await asActor(actor, ask.dropMetadata)
}
