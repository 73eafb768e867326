// One letter a week instead of many: when it goes out, what it tells, and the address by which one stops it.
import { wallTimeIn } from '../clock.ts'
import { ownLink, readOwnLink } from '../keys/own-link.ts'
import type { Kind } from '../meetings/meeting.ts'

/** A meeting that all are invited to. */
export interface MeetingToTell {
  /** Its place, by id. */
  community: string
  slug: string
  placeName: string
  timeZone: string
  code: string
  kind: Kind
  purpose: string
  place: string
  startsAt: Date
}

/** Somebody who has said yes to letters about meetings. */
export interface Reader {
  person: string
  community: string
  mail: string
  languages: readonly string[]
}

/** Thursday: a week-end lies ahead, and a week to find somebody to come with. */
const weekday = 4
const hour = 8
/** Two weeks ahead: so every meeting that is planned in time stands in two letters, and in no more. */
export const daysAhead = 14
/** Six and not seven: a letter that was late one week does not push the next one out. */
export const daysBetween = 6

/** The day of this week's letter, where the clock of the place says it is time; null on every other day and before eight. */
export function letterDay(now: Date, timeZone: string): string | null {
  const { date, time } = wallTimeIn(timeZone, now)
  const day = new Date(`${date}T12:00:00Z`).getUTCDay()
  return day === weekday && Number(time.slice(0, 2)) >= hour ? date : null
}

export interface WeekLetter {
  /** One mailbox. */
  to: string
  lang: 'da' | 'en'
  /** All who read by this mailbox and are told of something now. */
  people: readonly { person: string; community: string }[]
  /** Of all their places, the soonest first, each once. */
  meetings: readonly MeetingToTell[]
}

/** One letter for each mailbox, of whatever places its readers are. Nobody is written to when there is nothing to tell. */
export function weekLetters(readers: readonly Reader[], meetings: readonly MeetingToTell[]): WeekLetter[] {
  const boxes = new Map<string, Reader[]>()
  for (const reader of readers) {
    const box = reader.mail.toLowerCase()
    boxes.set(box, [...(boxes.get(box) ?? []), reader])
  }
  const letters: WeekLetter[] = []
  for (const inBox of boxes.values()) {
    const told = inBox.filter(({ community }) => meetings.some((meeting) => meeting.community === community))
    const [first] = told
    if (!first) continue
    const places = new Set(told.map(({ community }) => community))
    letters.push({
      to: first.mail,
      // Who reads Danish is written to in Danish; so is whoever has not said.
      lang: told.some(({ languages }) => languages.length === 0 || languages.includes('da')) ? 'da' : 'en',
      people: told.map(({ person, community }) => ({ person, community })),
      meetings: meetings
        .filter(({ community }) => places.has(community))
        .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime() || (a.code < b.code ? -1 : 1)),
    })
  }
  return letters
}

// --- The address by which one stops it

const purpose = 'stop letters about meetings'
export const stopToken = (secret: Buffer, person: string): string => ownLink(secret, purpose, person)
/** Whose letters it stops; null for everything that this installation has not written. */
export const readStopToken = (secret: Buffer, token: string): string | null => readOwnLink(secret, purpose, token)
