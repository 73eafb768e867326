// What is done when somebody says no to something: it is written, answered once by who is responsible, and read.
import type { SignedIn } from '../access/session.deeds.ts'
import { wallTimeIn } from '../clock.ts'
import { asActor, asSystem } from '../db/as-actor.ts'
import { refuse } from '../refusal.ts'
import * as ask from './mine.queries.ts'
import * as questions from './objection.queries.ts'
import type { Objection } from './objection.ts'

/** The rooms that somebody can say no to something in, with who answers there, and what they have said before. */
export async function seeObjections(person: SignedIn): Promise<ask.Here & { own: Objection[] }> {
  const here = await asSystem(person.house, 'tell somebody who answers for their rooms', (tx) =>
    ask.roomsOf(tx, person.account),
  )
  const own = await asActor(person, (tx) => questions.ownObjections(tx, person.account))
  return { ...here, own }
}

/** Says no. `about` is the slug of a place of theirs, or null for signing in and what the municipality holds by itself. */
export async function object(person: SignedIn, id: string, about: string | null, text: string): Promise<void> {
  const { places, municipality } = await seeObjections(person)
  const place = about === null ? null : (places.find(({ slug }) => slug === about) ?? refuse('not-found'))
  const { house, account, name } = person
  await asActor(person, (tx) =>
    questions.addObjection(tx, {
      id,
      account,
      community: place?.id ?? null,
      name,
      text,
      askedOn: wallTimeIn(municipality.timeZone, house.clock.now()).date,
    }),
  )
}

export interface Desk {
  waiting: Objection[]
  answered: number
  /** For the data protection officer: what lies with whom. */
  rooms: questions.RoomHeld[] | null
  today: string
  timeZone: string
}

/** Only who answers for a room: its key holders, and the data protection officer. */
function mustAnswer({ role }: SignedIn): void {
  if (role !== 'officer' && role !== 'keyholder') refuse('not-found')
}

export async function seeDesk(person: SignedIn): Promise<Desk> {
  mustAnswer(person)
  const { municipality } = await asSystem(person.house, 'which day it is here', (tx) => ask.roomsOf(tx, person.account))
  return asActor(person, async (tx) => ({
    waiting: await questions.toAnswer(tx),
    answered: await questions.countAnswered(tx),
    rooms: person.role === 'officer' ? await questions.roomsHeld(tx) : null,
    today: wallTimeIn(municipality.timeZone, person.house.clock.now()).date,
    timeZone: municipality.timeZone,
  }))
}

export async function seeObjection(person: SignedIn, id: string): Promise<Objection> {
  mustAnswer(person)
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) refuse('not-found')
  return (await asActor(person, (tx) => questions.findObjection(tx, id))) ?? refuse('not-found')
}

/** Answers. `elsewhere`: somebody else has meanwhile. */
export async function answer(person: SignedIn, id: string, text: string): Promise<'done' | 'elsewhere'> {
  const objection = await seeObjection(person, id)
  if (objection.answer) return 'elsewhere'
  const { municipality } = await asSystem(person.house, 'which day it is here', (tx) => ask.roomsOf(tx, person.account))
  const on = wallTimeIn(municipality.timeZone, person.house.clock.now()).date
  const done = await asActor(person, (tx) => questions.answerObjection(tx, id, { text, on, by: person.name }))
  return done ? 'done' : 'elsewhere'
}
