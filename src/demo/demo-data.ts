// The people, places and meetings of Midtsø Kommune. All of it is made up.
import { type AgeBand, ageBands } from '../communities/age-bands.ts'
import type { Plan } from '../meetings/meeting.ts'
import type { AtTheDoor } from './demo.queries.ts'
import { tornehuseEvenings } from './demo-brought.ts'
import {
  ageShares,
  askelundEvening,
  type DemoEvening,
  earlierMeetings,
  holmetofteEvening,
  runningEvening,
} from './demo-evenings.ts'

export const municipality = 'Midtsø Kommune'

export interface DemoPerson {
  name: string
  as: string
  municipalRole: 'employee' | 'leader' | 'officer' | 'operator' | null
  /** Where they hold a key, host, or live; or with which places they work for the municipality. */
  keeps: readonly string[]
  hosts: readonly string[]
  lives: readonly string[]
  works: readonly string[]
}

/** Nobody has anything they are not said to have. */
const nothing = { municipalRole: null, keeps: [], hosts: [], lives: [], works: [] } as const

export const people: readonly DemoPerson[] = [
  { ...nothing, name: 'Freja', as: 'vært i Holmetofte', hosts: ['holmetofte'] },
  { ...nothing, name: 'Poul', as: 'nøgle og vært i Tornehuse', keeps: ['tornehuse'] },
  { ...nothing, name: 'Inger', as: 'nøgle i Tornehuse', keeps: ['tornehuse'] },
  { ...nothing, name: 'Oksana', as: 'vært i Nørre Askelund', hosts: ['noerre-askelund'] },
  { ...nothing, name: 'Ingrid', as: 'vært i Bredlunde', hosts: ['bredlunde'] },
  { ...nothing, name: 'Bodil', as: 'vært i Vesterglim', hosts: ['vesterglim'] },
  { ...nothing, name: 'Karsten', as: 'nøgle i Holmetofte', keeps: ['holmetofte'] },
  { ...nothing, name: 'Jens', as: 'beboer i Holmetofte', lives: ['holmetofte'] },
  {
    ...nothing,
    name: 'Amira Haddad',
    as: 'samskabende medarbejder',
    municipalRole: 'employee',
    works: ['holmetofte', 'tornehuse', 'noerre-askelund'],
  },
  { ...nothing, name: 'Helle Munk', as: 'leder i kommunen', municipalRole: 'leader' },
  { ...nothing, name: 'Nadia Holm', as: 'databeskytter i kommunen', municipalRole: 'officer' },
  { ...nothing, name: 'Mikkel Krog', as: 'passer serveren', municipalRole: 'operator' },
]

export interface DemoCommunity {
  slug: string
  name: string
  residents: number
  presence: 'idea' | 'beside' | 'behind' | 'on_call' | 'out'
  definition: { versions: readonly { text: string; authors: number }[] } | null
  plan: { daysLeft: number; stillMissing: string }
}

export const communities: readonly DemoCommunity[] = [
  {
    slug: 'holmetofte',
    name: 'Holmetofte',
    residents: 538,
    presence: 'beside',
    definition: {
      versions: [
        { text: 'Et godt sted er et sted, hvor man kan få det, man har brug for.', authors: 6 },
        { text: 'Et godt sted er et sted, hvor man hilser, og hvor der er lys i hallen.', authors: 15 },
        { text: 'Et godt sted er et sted, hvor nogen mærker det, når du ikke kommer.', authors: 24 },
      ],
    },
    plan: { daysLeft: 340, stillMissing: 'To mere, der tør være vært, og nogen, der kan lære nye op.' },
  },
  {
    slug: 'tornehuse',
    name: 'Tornehuse',
    residents: 412,
    presence: 'beside',
    definition: { versions: [{ text: 'Her låner vi hinanden en trailer uden at spørge hvorfor.', authors: 11 }] },
    plan: { daysLeft: 520, stillMissing: 'Et sted at mødes, nu hvor skolen er lukket.' },
  },
  {
    slug: 'bredlunde',
    name: 'Bredlunde',
    residents: 287,
    presence: 'behind',
    definition: null,
    plan: { daysLeft: 200, stillMissing: 'Nogen under 40, der vil være med.' },
  },
  {
    slug: 'egerslev-strand',
    name: 'Egerslev Strand',
    residents: 164,
    presence: 'idea',
    definition: null,
    plan: { daysLeft: 900, stillMissing: 'Vi har ikke talt om det endnu.' },
  },
  {
    slug: 'sigerlunde',
    name: 'Sigerlunde',
    residents: 1120,
    presence: 'on_call',
    definition: {
      versions: [{ text: 'En by, hvor børnene kender de gamle, og de gamle kender børnene.', authors: 31 }],
    },
    plan: { daysLeft: 30, stillMissing: 'Kun en dato for, hvornår vi siger farvel.' },
  },
  {
    slug: 'vesterglim',
    name: 'Vesterglim',
    residents: 95,
    presence: 'idea',
    definition: null,
    plan: { daysLeft: 950, stillMissing: 'Vi er knap nok begyndt.' },
  },
  {
    slug: 'noerre-askelund',
    name: 'Nørre Askelund',
    residents: 655,
    presence: 'beside',
    definition: { versions: [{ text: 'Et sted, hvor man bliver spurgt om noget, man er god til.', authors: 9 }] },
    plan: { daysLeft: 610, stillMissing: 'At naboer, og ikke kommunen, inviterer til møderne.' },
  },
  {
    slug: 'lyngoe',
    name: 'Lyngø',
    residents: 131,
    presence: 'out',
    definition: {
      versions: [{ text: 'En ø, hvor vi kan regne med hinanden, også når færgen ikke sejler.', authors: 40 }],
    },
    plan: { daysLeft: -90, stillMissing: 'Ingenting. Vi ringer, hvis vi får brug for jer.' },
  },
]

type FiveCounts = readonly [number, number, number, number, number]

export interface Answered {
  /** Strongly agree, agree, disagree, strongly disagree, do not know. */
  counts: Record<'INF' | 'ABLE' | 'COUR', FiveCounts>
  next: readonly string[]
  nothing: number
  who: readonly number[]
}

export interface PastMeeting extends Answered {
  slug: string
  daysAgo: number
  attended: number
  /** Who came, where the list at the door was kept. */
  door?: readonly AtTheDoor[]
  plan: Omit<Plan, 'date' | 'time'>
  evening?: DemoEvening
}

const promises = [
  'Jeg ringer til Poul om nøglen til hallen.',
  'Jeg kommer på torsdag og tager min nabo med.',
  'Jeg spørger de unge ved tankstationen, hvad de selv vil.',
  'Jeg bager til næste gang.',
  'Jeg går en tur med Ingrid hver tirsdag.',
  'Jeg finder ud af, hvem der kan svejse.',
  'Jeg siger goddag til dem i nummer 14.',
  'Jeg låner min trailer ud.',
  'Jeg skriver om det i bladet.',
  'Jeg tager imod ved døren næste gang.',
  'Jeg spørger min søn, om han vil vise mig værkstedet.',
  'Jeg holder øje med lyset i hallen.',
]

const repeat = (n: number, value: number): number[] => Array.from({ length: n }, () => value)

/** Answers of an earlier meeting: who agreed, split in two, and the others. */
const agreeing = (agreed: number, answered: number): FiveCounts => {
  const strongly = Math.floor(agreed / 2)
  const others = answered - agreed
  return [strongly, agreed - strongly, others - Math.floor(others / 3), 0, Math.floor(others / 3)]
}

export const pastMeetings: readonly PastMeeting[] = [
  ...tornehuseEvenings.map(
    ({ daysAgo, purpose, door }): PastMeeting => ({
      slug: 'tornehuse',
      daysAgo,
      attended: door.length,
      door,
      plan: { kind: 'house', purpose, place: 'Det gamle mejeri', hostName: 'Poul' },
      counts: { INF: [0, 0, 0, 0, 0], ABLE: [0, 0, 0, 0, 0], COUR: [0, 0, 0, 0, 0] },
      next: [],
      nothing: 0,
      who: [],
    }),
  ),
  ...earlierMeetings.map(
    ({ daysAgo, attended, answered, agreed: [inf, able, cour], purpose, first }): PastMeeting => ({
      slug: 'holmetofte',
      daysAgo,
      attended,
      plan: { kind: 'listening', purpose, place: 'Forsamlingshuset', hostName: 'Karsten' },
      counts: { INF: agreeing(inf, answered), ABLE: agreeing(able, answered), COUR: agreeing(cour, answered) },
      next: [],
      nothing: 0,
      who: [],
      evening: { words: [], themes: [], promises: [], door: { before: attended - first, neighbour: first } },
    }),
  ),
  {
    slug: 'holmetofte',
    daysAgo: 24,
    attended: 58,
    plan: {
      kind: 'listening',
      purpose: 'Hvad kan vi ikke holde til, og hvad håber vi på?',
      place: 'Forsamlingshuset',
      hostName: 'Freja og Poul',
    },
    counts: { INF: [22, 18, 6, 2, 2], ABLE: [14, 18, 10, 3, 5], COUR: [27, 18, 3, 1, 1] },
    next: promises,
    nothing: 16,
    who: [...repeat(8, 0), ...repeat(14, 1), ...repeat(12, 2), ...repeat(6, 3), ...repeat(2, 5)],
    evening: holmetofteEvening,
  },
  {
    slug: 'noerre-askelund',
    daysAgo: 12,
    attended: 60,
    plan: {
      kind: 'public',
      purpose: 'Kommunens plan for grusgraven',
      place: 'Sprogcaféen',
      hostName: 'Beboerforeningen',
    },
    counts: { INF: [6, 9, 10, 5, 2], ABLE: [9, 17, 3, 1, 2], COUR: [8, 10, 8, 2, 4] },
    next: promises.slice(0, 3),
    nothing: 14,
    who: [...repeat(9, 0), ...repeat(6, 1), ...repeat(2, 2)],
    evening: askelundEvening,
  },
  {
    slug: 'vesterglim',
    daysAgo: 5,
    attended: 6,
    plan: { kind: 'house', purpose: 'Kender vi hinanden på vejen?', place: 'Hos Bodil, nummer 9', hostName: 'Bodil' },
    counts: { INF: [3, 1, 0, 0, 0], ABLE: [1, 2, 1, 0, 0], COUR: [2, 2, 0, 0, 0] },
    next: [],
    nothing: 0,
    who: [],
  },
]

/** One card that is open, so that a phone and the hall screen can be tried at once. */
export const openMeeting: Answered & { slug: string; attended: number; plan: Omit<Plan, 'date' | 'time'> } = {
  slug: 'tornehuse',
  attended: 31,
  plan: {
    kind: 'listening',
    purpose: 'Hvor mødes vi, når skolen er lukket?',
    place: 'Det gamle mejeri',
    hostName: 'Poul',
  },
  counts: { INF: [4, 3, 1, 0, 1], ABLE: [2, 4, 2, 0, 1], COUR: [4, 4, 1, 0, 0] },
  next: promises.slice(3, 6),
  nothing: 2,
  who: [1, 2, 0, 1],
}

export const futureMeeting: {
  slug: string
  daysAhead: number
  coming: readonly string[]
  plan: Omit<Plan, 'date' | 'time'>
} = {
  slug: 'holmetofte',
  daysAhead: 8,
  coming: ['Karsten', 'Birthe og Ole', 'Sofus', 'Ida', 'Jens', 'Oksana'],
  plan: {
    kind: 'listening',
    purpose: 'Vi finder ud af, hvem der tør have nøglen til hallen.',
    place: 'Forsamlingshuset',
    hostName: 'Freja og Poul',
  },
}

/** An evening that is going on: words are being recognised. */
export const runningMeeting: { slug: string; plan: Omit<Plan, 'date' | 'time'>; evening: DemoEvening } = {
  slug: 'bredlunde',
  plan: {
    kind: 'listening',
    purpose: 'Hvordan ses vi, når bussen er kørt?',
    place: 'Strikkecaféen',
    hostName: 'Ingrid',
  },
  evening: runningEvening,
}

/** People by age in a place of this size. */
export function ageBandsOf({ slug, residents }: DemoCommunity): Record<AgeBand, number> {
  const shares = ageShares[slug] ?? ageShares.ordinary ?? []
  const people = shares.map((share) => Math.round(residents * share))
  // Rounding is settled in the largest band: together they are those who live here.
  const largest = people.indexOf(Math.max(...people))
  people[largest] = (people[largest] ?? 0) + residents - people.reduce((sum, n) => sum + n, 0)
  return Object.fromEntries(ageBands.map((band, place) => [band, people[place] ?? 0])) as Record<AgeBand, number>
}
