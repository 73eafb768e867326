// What is done with commitments: promised on a phone, written down by a host, changed, told of afterwards, and taken back.
import { createHash, createHmac, randomUUID } from 'node:crypto'
import { wallTimeIn } from '../../clock.ts'
import { type Actor, asActor, asSystem, type House } from '../../db/as-actor.ts'
import { refuse } from '../../refusal.ts'
import { meetingToHost } from '../exit-card.deeds.ts'
import type { Hall, MeetingInHall } from '../hall.ts'
import { lateUntil } from '../meeting.ts'
import type { MeetingHere } from '../meetings.queries.ts'
import type { Commitment, Promised, Told } from './commitment.ts'
import * as ask from './commitments.queries.ts'

/** `elsewhere`: somebody changed it meanwhile; it is shown as it is now. */
export type Changed = 'done' | 'elsewhere'

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()

/** What only this house can make of a form's key and words: sent again, it is the same promise with the same link. */
const derived = (house: House, meeting: string, what: 'id' | 'link', said: Promised & { key: string }): Buffer => {
  const { key, name, what: promised, byWhen, toWhom, telephone } = said
  return createHmac('sha3-256', house.keys.houseSecret())
    .update(JSON.stringify(['commitment', what, meeting, key, name, promised, byWhen, toWhom, telephone]))
    .digest()
}

/** A UUID of version 8 (RFC 9562) from bytes that look like chance. */
function idOf(bytes: Buffer): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex', 0, 16)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** May phones promise something here? From when the evening begins until the exit card's late days are over. */
export function mayPromise({ life, stage }: Pick<MeetingInHall, 'life' | 'stage'>, now: Date): boolean {
  if (life.phase === 'planned') return stage !== null
  // A phone without coverage sends later what was promised in the hall.
  return life.phase === 'open' || now < lateUntil(life.closedAt)
}

/**
 * Keeps what somebody promises on a phone, without an account. The secret is that of their own page. `key` is random, from the form:
 * the same form sent twice is one promise, the same form with other words is another.
 */
export async function promise(
  hall: Hall,
  meeting: MeetingInHall,
  said: Promised & { key: string },
): Promise<{ secret: string }> {
  const { house } = hall
  if (!mayPromise(meeting, house.clock.now()))
    refuse(meeting.life.phase === 'planned' ? 'meeting.not-open' : 'meeting.closed')
  const id = idOf(derived(house, meeting.id, 'id', said))
  // 192 bits that nobody can guess, and that this house does not keep.
  const secret = derived(house, meeting.id, 'link', said).toString('base64url', 0, 24)
  await asSystem(house, 'keep a promise that a guest makes in the hall', (tx) =>
    ask.keepPromise(tx, { ...said, id, meeting: meeting.id, secretHash: hashOf(secret) }),
  )
  hall.evenings.changed(meeting.id)
  return { secret }
}

// --- One's own, by its link

export interface OwnCommitment {
  commitment: Commitment
  meeting: MeetingInHall
  /** The day it is at the place of the meeting. */
  today: string
}

/** The promise of this link. One that was taken back is answered like one that never was. */
export async function ownCommitment(hall: Hall, secret: string): Promise<OwnCommitment> {
  if (!/^[\w-]{32}$/.test(secret)) refuse('commitment.unknown')
  const found = await asSystem(hall.house, 'show somebody their own promise', (tx) =>
    ask.findBySecret(tx, hashOf(secret)),
  )
  const meeting = found && (await hall.find(found.code))
  if (!found || !meeting) refuse('commitment.unknown')
  return { commitment: found.commitment, meeting, today: todayAt(meeting, hall.house) }
}

export async function changeOwn(hall: Hall, secret: string, to: Promised, rev: number): Promise<Changed> {
  const { commitment, meeting } = await ownCommitment(hall, secret)
  const done = await asSystem(hall.house, 'somebody changes their own promise', (tx) =>
    ask.change(tx, commitment.id, to, rev),
  )
  hall.evenings.changed(meeting.id)
  return done ? 'done' : 'elsewhere'
}

export async function sayHowOwnWent(hall: Hall, secret: string, told: Told, rev: number): Promise<Changed> {
  const { commitment, meeting } = await ownCommitment(hall, secret)
  const done = await asSystem(hall.house, 'somebody tells how their own promise went', (tx) =>
    ask.keepTold(tx, commitment.id, told, rev),
  )
  hall.evenings.changed(meeting.id)
  return done ? 'done' : 'elsewhere'
}

export async function takeBackOwn(hall: Hall, secret: string): Promise<MeetingInHall> {
  const { commitment, meeting } = await ownCommitment(hall, secret)
  await asSystem(hall.house, 'somebody takes their own promise back', (tx) => ask.strike(tx, commitment.id))
  hall.evenings.changed(meeting.id)
  return meeting
}

// --- The hosts of the place

export interface PromisedHere {
  meeting: MeetingHere
  commitments: Commitment[]
  today: string
}

/** All that was promised at the meeting, for its hosts. */
export async function promisedHere(actor: Actor, code: string): Promise<PromisedHere> {
  const meeting = await meetingToHost(actor, code)
  const commitments = await asActor(actor, (tx) => ask.promisedAt(tx, meeting.id))
  return { meeting, commitments, today: todayAt(meeting, actor.house) }
}

/** One of them. */
export async function commitmentHere(
  actor: Actor,
  code: string,
  id: string,
): Promise<{ meeting: MeetingHere; commitment: Commitment; today: string }> {
  const meeting = await meetingToHost(actor, code)
  const commitment = isId(id) ? await asActor(actor, (tx) => ask.findCommitment(tx, meeting.id, id)) : null
  if (!commitment) refuse('commitment.unknown')
  return { meeting, commitment, today: todayAt(meeting, actor.house) }
}

/** Writes down what somebody without a phone promises. Sent again with the same `id`, it is the same. Answers its id. */
export async function writeCommitment(
  actor: Actor,
  hall: Hall,
  code: string,
  said: Promised & { medium: 'facilitator' | 'paper'; id?: string },
): Promise<string> {
  const meeting = await meetingToHost(actor, code)
  const id = said.id ?? randomUUID()
  await asActor(actor, (tx) => ask.writeDown(tx, { ...said, id, meeting: meeting.id }))
  hall.evenings.changed(meeting.id)
  return id
}

export async function changeCommitment(
  actor: Actor,
  hall: Hall,
  code: string,
  id: string,
  to: Promised,
  rev: number,
): Promise<Changed> {
  const { meeting } = await commitmentHere(actor, code, id)
  const done = await asActor(actor, (tx) => ask.change(tx, id, to, rev))
  hall.evenings.changed(meeting.id)
  return done ? 'done' : 'elsewhere'
}

/** Writes down how it went, as it was told on the telephone. */
export async function sayHowItWent(
  actor: Actor,
  hall: Hall,
  code: string,
  id: string,
  told: Told,
  rev: number,
): Promise<Changed> {
  const { meeting } = await commitmentHere(actor, code, id)
  const done = await asActor(actor, (tx) => ask.keepTold(tx, id, told, rev))
  hall.evenings.changed(meeting.id)
  return done ? 'done' : 'elsewhere'
}

/** Strikes it: they asked for it, or it was written twice. Struck before, it is struck. */
export async function strikeCommitment(actor: Actor, hall: Hall, code: string, id: string): Promise<void> {
  const { meeting } = await commitmentHere(actor, code, id)
  await asActor(actor, (tx) => ask.strike(tx, id))
  hall.evenings.changed(meeting.id)
}

const isId = (text: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

export const todayAt = ({ community }: Pick<MeetingHere, 'community'>, house: House): string =>
  wallTimeIn(community.timeZone, house.clock.now()).date
