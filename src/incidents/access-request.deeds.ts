// What the officer does when somebody asks what is kept of them: write it down, find them, hand over what the municipality answers for.
import type { SignedIn } from '../access/session.deeds.ts'
import { noteAudit } from '../audit/audit.deeds.ts'
import { wallTimeIn } from '../clock.ts'
import { seeCommunities, seeMunicipality } from '../communities/community.deeds.ts'
import type { Community } from '../communities/community.ts'
import { type Actor, asActor, asSystem } from '../db/as-actor.ts'
import { type PieceKey, pieceKeys, pieceOf } from '../mine/everything.ts'
import { keptOf, type RowFound } from '../mine/mine.deeds.ts'
import { refuse } from '../refusal.ts'
import * as ask from './access-request.queries.ts'
import { answerBy, daysUntil } from './access-request.ts'
import { masked } from './masked.ts'

/** Only the data protection officer; for everybody else it is not there. */
export const mustBeOfficer = ({ role }: Pick<Actor, 'role'>): void => {
  if (role !== 'officer') refuse('not-found')
}

export interface RequestSeen extends ask.AccessRequest {
  /** The last day to answer. */
  by: string
  daysLeft: number
}

export interface RequestsSeen {
  requests: RequestSeen[]
  today: string
}

const timeZoneOf = async (actor: Actor): Promise<string> =>
  (await seeMunicipality(actor))?.timeZone ?? 'Europe/Copenhagen'

export const todayOf = async (actor: Actor): Promise<string> =>
  wallTimeIn(await timeZoneOf(actor), actor.house.clock.now()).date

function withDays(one: ask.AccessRequest, today: string): RequestSeen {
  const by = answerBy(one.receivedOn, one.extendedBecause !== null)
  return { ...one, by, daysLeft: daysUntil(by, today) }
}

export async function seeRequests(person: SignedIn): Promise<RequestsSeen> {
  mustBeOfficer(person)
  const today = await todayOf(person)
  const all = await asActor(person, ask.requests)
  return { requests: all.map((one) => withDays(one, today)), today }
}

export async function writeRequest(person: SignedIn, one: ask.NewRequest): Promise<void> {
  mustBeOfficer(person)
  await asActor(person, (tx) => ask.addRequest(tx, one))
}

export interface OneSeen {
  request: RequestSeen
  today: string
  places: Community[]
}

/** One request. Nobody is looked for yet. */
export async function seeRequest(person: SignedIn, id: string): Promise<OneSeen> {
  mustBeOfficer(person)
  const today = await todayOf(person)
  const request = (await asActor(person, (tx) => ask.requestOf(tx, id))) ?? refuse('not-found')
  return { request: withDays(request, today), today, places: await seeCommunities(person) }
}

/** Looks for who asks. Each room that was looked in says so from now on. */
export async function findWho(person: SignedIn, id: string): Promise<OneSeen & { found: ask.Match[] }> {
  const seen = await seeRequest(person, id)
  if (seen.request.answeredOn !== null) refuse('not-found')
  return { ...seen, found: await asActor(person, (tx) => ask.findFor(tx, id)) }
}

export interface Pack extends OneSeen {
  person: string
  name: string
  community: Community
  rows: RowFound[]
  municipality: { name: string; timeZone: string }
}

/** What the municipality answers for: never the book, which nobody but its owner can open. */
const openPieces: readonly PieceKey[] = pieceKeys.filter((key) => pieceOf(key).room !== 'book')

/** Everything of one person that the municipality answers for, at one moment. It is written down before it is read. */
export async function openPack(person: SignedIn, id: string, of: string): Promise<Pack> {
  const seen = await seeRequest(person, id)
  const opened = (await asActor(person, (tx) => ask.openFor(tx, id, of))) ?? refuse('not-found')
  const community = seen.places.find((one) => one.id === opened.community) ?? refuse('not-found')
  const { account } = opened
  const all = await asSystem(person.house, 'the officer answers somebody who asks what is kept of them', (tx) =>
    account === null
      ? keptOf(tx, { person: of, community: opened.community }, openPieces)
      : keptOf(tx, { account, community: null }, openPieces),
  )
  // Of an account only this room, and what is of no place: another room is opened, and written down, by itself.
  const rows = all.filter((row) => row.community === opened.community || row.community === null)
  const municipality = (await seeMunicipality(person)) ?? { name: '', timeZone: 'Europe/Copenhagen' }
  return { ...seen, person: of, name: opened.name, community, rows: masked(rows, opened.name), municipality }
}

/** Two more months, with the reason that the one who asks is told. */
export async function extendRequest(person: SignedIn, id: string, because: string): Promise<void> {
  const { request } = await seeRequest(person, id)
  if (request.answeredOn !== null) refuse('not-found')
  await asActor(person, (tx) => ask.extend(tx, id, because))
}

export async function answerRequest(person: SignedIn, id: string): Promise<void> {
  const { request, today } = await seeRequest(person, id)
  if (request.answeredOn !== null) return
  await asActor(person, async (tx) => {
    if (await ask.answered(tx, id, today, person.name))
      await noteAudit(tx, 'access-request.answered', {
        facts: { received: request.receivedOn, answered: today, inTime: request.daysLeft >= 0 },
      })
  })
}
