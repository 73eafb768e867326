// The evening of a meeting that has begun: its stages and plan, what is said in the hall, and what may stand on the wall.
import type { Kind } from './meeting.ts'

/** What phones can do now, one thing at a time. `rest`: nothing, people talk. The exit card is the meeting's own phase. */
export const stages = ['welcome', 'say', 'recognise', 'choose', 'promise', 'rest'] as const
export type Stage = (typeof stages)[number]
export const isStage = (text: unknown): text is Stage => stages.includes(text as Stage)

export const statementKinds = ['unbearable', 'change', 'resource', 'hope'] as const
export type StatementKind = (typeof statementKinds)[number]
export const isStatementKind = (text: unknown): text is StatementKind => statementKinds.includes(text as StatementKind)

/** `asked`: it may touch on health or somebody's name, and its writer has not decided yet. */
export type StatementState = 'asked' | 'shown' | 'hidden' | 'withdrawn'
export const hiddenReasons = ['name', 'health', 'hurts', 'twice', 'other'] as const
export type HiddenReason = (typeof hiddenReasons)[number]
export type Medium = 'phone' | 'facilitator' | 'paper'

/** Characters as a person counts them (code points), as the database does. */
export const longestStatement = 280
export const longestTheme = 80

export interface Statement {
  id: string
  ordinal: number
  kind: StatementKind
  text: string
  /** ISO 639, the language it was said in. */
  lang: string
  medium: Medium
  state: StatementState
  hiddenWhy: HiddenReason | null
  openTo: 'hall' | 'public'
  theme: string | null
  /** How many phones have said "det kender jeg også". */
  recognised: number
  rev: number
}

export interface Theme {
  id: string
  name: string
  place: number
  priority: boolean
  rev: number
  /** Dots from phones (null while fewer than five phones have put any) and dots counted on paper. */
  phoneDots: number | null
  paperDots: number
}

export type AgendaKind = 'enliven' | 'inform' | 'close'
export interface AgendaItem {
  title: string
  minutes: number
  kind: AgendaKind
  reason: string | null
}

export type Speaker = 'residents' | 'municipality'
export interface Talk {
  /** Counted so far, without who speaks now. */
  residentsMs: number
  municipalityMs: number
  talking: Speaker | null
  since: Date | null
}

export type ScreenShow = 'follow' | 'code' | 'words' | 'themes' | 'dots' | 'talk' | 'promises'

/** The whole evening as the program holds it: everything any view needs. What each view may show is for the functions below. */
export interface Evening {
  meeting: string
  stage: Stage
  begunAt: Date
  putAwayAt: Date | null
  agenda: readonly AgendaItem[]
  /** From 1; one more than there are items when the plan is done. */
  agendaAt: number
  agendaSince: Date
  talk: Talk
  screen: { show: ScreenShow; page: number | null }
  dotsEach: number
  /** How many people have said something. */
  voices: number
  /** How many are on the door list. */
  here: number
  /** How many phones have put dots. */
  dotPhones: number
  /** How many promises have been made. */
  promises: number
  /** Shown and hidden ones, in the order they came; never what its writer still thinks about, or has taken back. */
  statements: readonly Statement[]
  /** In their order; without those that were put away. */
  themes: readonly Theme[]
  rev: number
}

/** Words stand on the wall when so many people have said something: the first one cannot be told by who looked down just now. */
export const voicesForWall = 5
/** Dots of fewer phones than this are not told. */
export const phonesForDots = 5

/** The same thing said by several: shown once, with how many said it. */
export interface Said {
  /** The first of them: what is recognised and moved. */
  first: Statement
  /** How many have said it in the same words. */
  times: number
  /** Recognitions of all of them together. */
  recognised: number
  ids: readonly string[]
}

/** Letters and signs that do not change what is said do not count. */
const sameWords = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}]+/gu, ' ')
    .trim()

/** Puts the same words of the same kind together, in the order in which they were first said. */
export function gathered(statements: readonly Statement[]): Said[] {
  const byWords = new Map<string, Said & { ids: string[] }>()
  for (const statement of statements) {
    // Emoji and signs alone: compared as they stand.
    const key = `${statement.kind} ${sameWords(statement.text) || statement.text}`
    const known = byWords.get(key)
    if (known) {
      known.times += 1
      known.recognised += statement.recognised
      known.ids.push(statement.id)
    } else byWords.set(key, { first: statement, times: 1, recognised: statement.recognised, ids: [statement.id] })
  }
  return [...byWords.values()]
}

/** What all in the hall may see. */
export type Wall =
  | { kind: 'too-few'; voices: number }
  /** Something is unbearable, and nobody has said yet what gives hope: it waits, never alone. */
  | { kind: 'no-hope-yet'; waiting: number; said: Said[] }
  | { kind: 'words'; said: Said[] }

const gives = ({ kind }: Statement) => kind === 'hope' || kind === 'resource'

/** The wall's words. What is unbearable never stands without a hope or a resource beside it (method 2.2). */
export function wallOf(evening: Pick<Evening, 'voices' | 'statements'>): Wall {
  const known = walls.get(evening) ?? makeWall(evening)
  walls.set(evening, known)
  return known
}

/** A thousand phones ask for the wall of the same evening: it is put together once. */
const walls = new WeakMap<Pick<Evening, 'voices' | 'statements'>, Wall>()

function makeWall({ voices, statements }: Pick<Evening, 'voices' | 'statements'>): Wall {
  const shown = statements.filter(({ state }) => state === 'shown')
  if (voices < voicesForWall) return { kind: 'too-few', voices }
  if (shown.some(gives)) return { kind: 'words', said: gathered(shown) }
  const unbearable = shown.filter(({ kind }) => kind === 'unbearable')
  const said = gathered(shown.filter(({ kind }) => kind !== 'unbearable'))
  return unbearable.length > 0 ? { kind: 'no-hope-yet', waiting: unbearable.length, said } : { kind: 'words', said }
}

/** Talk time at this instant, in milliseconds. */
export function talkAt(talk: Talk, now: Date): { residents: number; municipality: number } {
  const running = talk.since ? Math.max(0, now.getTime() - talk.since.getTime()) : 0
  return {
    residents: talk.residentsMs + (talk.talking === 'residents' ? running : 0),
    municipality: talk.municipalityMs + (talk.talking === 'municipality' ? running : 0),
  }
}

/** The default plan of 90 minutes (method 2.4), by the keys of its titles in the catalogue. */
export const defaultAgenda: readonly { title: string; minutes: number; kind: AgendaKind }[] = [
  { title: 'arrive', minutes: 10, kind: 'enliven' },
  { title: 'story', minutes: 5, kind: 'enliven' },
  { title: 'pairs', minutes: 20, kind: 'enliven' },
  { title: 'round', minutes: 25, kind: 'enliven' },
  { title: 'common', minutes: 15, kind: 'enliven' },
  { title: 'promise', minutes: 10, kind: 'enliven' },
  { title: 'close', minutes: 5, kind: 'close' },
]

/** Minutes an evening takes: its plan, or 90 when it has none. */
export const minutesOf = (agenda: readonly Pick<AgendaItem, 'minutes'>[]): number =>
  agenda.reduce((sum, { minutes }) => sum + minutes, 0) || 90

/** Kinds of meeting where the community's definition is the only thing to talk about. */
export const isAboutDefinition = (kind: Kind): boolean => kind === 'dialogue'

/** How long tags and cookies of an evening are of use: the exit card's late days and a day more. */
export const eveningDays = 8
