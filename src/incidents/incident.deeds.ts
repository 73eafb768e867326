// What is done when something has gone wrong: written down, counted room by room, decided, reminded of, closed.
import type { SignedIn } from '../access/session.deeds.ts'
import { noteAudit } from '../audit/audit.deeds.ts'
import { seeCommunities, seeMunicipality } from '../communities/community.deeds.ts'
import type { Community } from '../communities/community.ts'
import { asActor, asSystem, type House } from '../db/as-actor.ts'
import { keptPlace } from '../people/people.deeds.ts'
import { writeLetter } from '../post/post.ts'
import { refuse } from '../refusal.ts'
import { mustBeOfficer } from './access-request.deeds.ts'
import * as ask from './incident.queries.ts'
import { type Decision, type Incident, mayClose, type NewIncident, type Step } from './incident.ts'
import { reminderDue } from './incident-clock.ts'
import { reminderLetter } from './reminder-letter.ts'

export interface IncidentsSeen {
  /** Null for the operator, who is told numbers alone. */
  incidents: Incident[] | null
  counts: ask.Count[]
  places: Community[]
  municipality: { name: string; timeZone: string }
}

const municipalityOf = async (person: SignedIn) =>
  (await seeMunicipality(person)) ?? { name: '', timeZone: 'Europe/Copenhagen' }

export async function seeIncidents(person: SignedIn): Promise<IncidentsSeen> {
  if (person.role !== 'officer' && person.role !== 'operator') refuse('not-found')
  const places = await seeCommunities(person)
  const municipality = await municipalityOf(person)
  return asActor(person, async (tx) => ({
    incidents: person.role === 'officer' ? await ask.incidents(tx) : null,
    counts: await ask.counts(tx),
    places,
    municipality,
  }))
}

export async function begin(person: SignedIn, one: NewIncident): Promise<void> {
  mustBeOfficer(person)
  const now = person.house.clock.now()
  await asActor(person, async (tx) => {
    if (!(await ask.addIncident(tx, one, now, person.name))) return
    await ask.addStep(tx, one.id, { at: now, by: person.name, what: 'begun', text: null })
    await noteAudit(tx, 'incident.begun', { facts: { rooms: one.communities.length, entry: one.entry } })
  })
}

export interface IncidentSeen extends Omit<IncidentsSeen, 'incidents'> {
  incident: Incident
  steps: Step[]
}

export async function seeIncident(person: SignedIn, id: string): Promise<IncidentSeen> {
  mustBeOfficer(person)
  const places = await seeCommunities(person)
  const municipality = await municipalityOf(person)
  return asActor(person, async (tx) => ({
    incident: (await ask.incidentOf(tx, id)) ?? refuse('not-found'),
    steps: await ask.stepsOf(tx, id),
    counts: (await ask.counts(tx)).filter(({ incident }) => incident === id),
    places,
    municipality,
  }))
}

export async function decide(person: SignedIn, id: string, what: Decision, tell: boolean, why: string): Promise<void> {
  mustBeOfficer(person)
  const at = person.house.clock.now()
  await asActor(person, async (tx) => {
    if (!(await ask.decide(tx, id, what, tell, why))) refuse('not-found')
    await ask.addStep(tx, id, { at, by: person.name, what, text: why })
  })
}

export async function note(person: SignedIn, id: string, text: string): Promise<void> {
  mustBeOfficer(person)
  await asActor(person, async (tx) => {
    if (!(await ask.incidentOf(tx, id))) refuse('not-found')
    await ask.addStep(tx, id, { at: person.house.clock.now(), by: person.name, what: 'note', text })
  })
}

export async function close(person: SignedIn, id: string): Promise<void> {
  mustBeOfficer(person)
  const at = person.house.clock.now()
  await asActor(person, async (tx) => {
    const one = (await ask.incidentOf(tx, id)) ?? refuse('not-found')
    if (!mayClose(one)) return
    await ask.close(tx, id, at)
    await ask.addStep(tx, id, { at, by: person.name, what: 'closed', text: null })
    await noteAudit(tx, 'incident.closed', {
      facts: { authority: one.tellAuthority === true, people: one.tellPeople === true },
    })
  })
}

export interface RoomIncidents {
  community: Community
  incidents: Incident[]
}

/** What has touched a room, for who holds a key of it. */
export async function seeInRoom(person: SignedIn, slug: string): Promise<RoomIncidents> {
  return asActor(person, async (tx) => {
    const community = await keptPlace(tx, person, slug)
    const all = await ask.incidents(tx)
    return { community, incidents: all.filter(({ communities }) => communities.includes(community.id)) }
  })
}

/** Writes to the officers about what is not decided, after 24 hours and after 60. Answers how many letters. */
export async function remind(house: House, origin: string): Promise<number> {
  if (!house.mail) return 0
  return asSystem(house, 'remind the officer of the 72 hours', async (tx) => {
    const now = house.clock.now()
    let letters = 0
    for (const one of await ask.undecided(tx)) {
      const due = reminderDue(one.noticedAt, now, one.reminded)
      if (due === null) continue
      const link = `${origin}/incidents/${one.id}`
      for (const to of await ask.officerMail(tx)) {
        await writeLetter(tx, { kind: 'reminder', to, ...reminderLetter('da', one.noticedAt, now, link) })
        letters += 1
      }
      await ask.noteReminded(tx, one.id, due)
      await ask.addStep(tx, one.id, { at: now, by: 'Oplive', what: 'reminded', text: null })
    }
    return letters
  })
}
