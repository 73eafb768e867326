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
import { ownOf, type Proposal, proposalsIn } from './hand-over.ts'
import { masked } from './masked.ts'
import { type PassedOn, passedOn } from './passed-on.queries.ts'

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
  /** To which associations it was passed on. */
  passedOn: PassedOn[]
}

/** One request. Nobody is looked for yet. */
export async function seeRequest(person: SignedIn, id: string): Promise<OneSeen> {
  mustBeOfficer(person)
  const today = await todayOf(person)
  const seen = await asActor(person, async (tx) => ({
    request: (await ask.requestOf(tx, id)) ?? refuse('not-found'),
    passedOn: await passedOn(tx, id),
  }))
  return { ...seen, request: withDays(seen.request, today), today, places: await seeCommunities(person) }
}

/** Looks for who asks. Each room that was looked in says so from now on. */
export async function findWho(person: SignedIn, id: string): Promise<OneSeen & { found: ask.Match[] }> {
  const seen = await seeRequest(person, id)
  if (seen.request.answeredOn !== null) refuse('not-found')
  return { ...seen, found: await asActor(person, (tx) => ask.findFor(tx, id)) }
}

/** One whom the municipality answers for, in one place. */
export interface Part {
  person: string
  name: string
  community: Community
}

export interface Pack extends OneSeen {
  /** Whom the officer has chosen: one person, in every room where they are. */
  parts: Part[]
  rows: RowFound[]
  /** Where others may be told of in what somebody wrote. */
  proposals: Proposal[]
  municipality: { name: string; timeZone: string }
}

/** What the municipality answers for: never the book, which nobody but its owner can open, nor what two have said to each other: they read it. */
const openPieces: readonly PieceKey[] = pieceKeys.filter(
  (key) => pieceOf(key).room !== 'book' && pieceOf(key).seen !== 'two',
)

/** Everything of one person that the municipality answers for, room by room, at one moment. Each room writes it down before it is read. */
export async function openPack(person: SignedIn, id: string, of: readonly string[]): Promise<Pack> {
  const seen = await seeRequest(person, id)
  const opened = await asActor(person, async (tx) => {
    const all: (ask.Opened & { person: string })[] = []
    for (const one of of) all.push({ person: one, ...((await ask.openFor(tx, id, one)) ?? refuse('not-found')) })
    return all
  })
  const parts = opened.map(({ person: one, name, community }) => ({
    person: one,
    name,
    community: seen.places.find((place) => place.id === community) ?? refuse('not-found'),
  }))
  const places = parts.map(({ community }) => community.id)
  const { found, known } = await asSystem(
    person.house,
    'the officer answers somebody who asks what is kept of them',
    async (tx) => {
      const rows: RowFound[] = []
      // An account is read once, however many rooms it stands in.
      const accounts = new Set(opened.flatMap(({ account }) => account ?? []))
      for (const account of accounts) rows.push(...(await keptOf(tx, { account, community: null }, openPieces)))
      for (const one of opened)
        if (one.account === null)
          rows.push(...(await keptOf(tx, { person: one.person, community: one.community }, openPieces)))
      return { found: rows, known: await ask.namesIn(tx, places, [...of]) }
    },
  )
  // Of an account only the rooms that were opened, and what is of no place.
  const here = found.filter(({ community }) => community === null || places.includes(community))
  const names = [...new Set([seen.request.name, ...parts.map(({ name }) => name)])]
  const own = ownOf(names, here, [seen.request.mail, seen.request.telephone])
  const rows = masked(here, names).toSorted((a, b) => pieceKeys.indexOf(a.piece) - pieceKeys.indexOf(b.piece))
  const municipality = (await seeMunicipality(person)) ?? { name: '', timeZone: 'Europe/Copenhagen' }
  return { ...seen, parts, rows, proposals: proposalsIn(rows, own, known), municipality }
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
