// What somebody does who leads an evening. Each deed remembers its own way back, and two who lead never overwrite each other.
import { randomUUID } from 'node:crypto'
import { type Actor, asActor, asSystem, type Tx } from '../../db/as-actor.ts'
import type { JobKind, LaterWork } from '../../jobs/jobs.ts'
import { refuse } from '../../refusal.ts'
import { putAway } from '../evening.queries.ts'
import {
  defaultAgenda,
  eveningDays,
  type HiddenReason,
  type ScreenShow,
  type Speaker,
  type Stage,
  type StatementKind,
  talkAt,
} from '../evening.ts'
import { meetingToHost } from '../exit-card.deeds.ts'
import type { Hall } from '../hall.ts'
import type { MeetingHere } from '../meetings.queries.ts'
import * as ask from './leading.queries.ts'
import {
  type Change,
  type LeadingDeed,
  mostPriorities,
  nameFrom,
  readThemeName,
  realChange,
  reordered,
  stillSo,
  type Value,
} from './leading.ts'

const putAwayJob = 'evening.put-away'
const day = 86_400_000
/** A clock that was forgotten for weeks counts no further than this. */
const longestTalk = 2_000_000_000

/** The meeting begins: from now on phones can do what its stage says. Begun twice, it has begun once. */
export async function beginEvening(actor: Actor, hall: Hall, later: LaterWork, code: string): Promise<void> {
  const meeting = await meetingToHost(actor, code)
  if (meeting.life.phase !== 'planned') refuse('meeting.not-planned')
  await asActor(actor, async (tx) => {
    const now = actor.house.clock.now()
    if (!(await ask.addEvening(tx, meeting.id, now))) return
    // Whoever tries it out the week before still has the whole time after the meeting itself.
    const from = Math.max(now.getTime(), meeting.startsAt.getTime())
    await later.order(tx, putAwayJob, { meeting: meeting.id }, new Date(from + eveningDays * day))
  })
  hall.forget(meeting.id)
  hall.evenings.changed(meeting.id)
}

/** What phones can do now. `seen` is the stage that was on when the button was pressed. */
export const setStage = (actor: Actor, hall: Hall, code: string, stage: Stage, seen?: Stage): Promise<void> =>
  lead(actor, hall, code, 'stage', async ({ meeting, evening }) => {
    if (meeting.life.phase === 'closed') refuse('meeting.closed')
    if (seen !== undefined && evening.stage !== seen && evening.stage !== stage) refuse('changed-since')
    return [ofEvening(meeting, { stage })]
  })

/** Goes to an item of the plan, from 1; one more than there are when the plan is done. Its clock starts. */
export const goToItem = (actor: Actor, hall: Hall, code: string, place: number, seen?: number): Promise<void> =>
  lead(actor, hall, code, 'agenda', async ({ tx, meeting, evening }) => {
    if (meeting.life.phase === 'closed') refuse('meeting.closed')
    if (seen !== undefined && evening.agenda_at !== seen && evening.agenda_at !== place) refuse('changed-since')
    const items = (await ask.agendaLength(tx, meeting.id)) || defaultAgenda.length
    const agenda_at = Math.min(Math.max(1, Math.trunc(place)), items + 1)
    if (agenda_at === evening.agenda_at) return []
    return [ofEvening(meeting, { agenda_at, agenda_since: actor.house.clock.now().toISOString() })]
  })

/** Who speaks from now on; null for nobody. What has been counted is kept. */
export const talk = (actor: Actor, hall: Hall, code: string, who: Speaker | null): Promise<void> =>
  lead(actor, hall, code, 'talk', async ({ meeting, evening }) => {
    if (meeting.life.phase === 'closed' && who !== null) refuse('meeting.closed')
    if (evening.talking === who) return []
    const now = actor.house.clock.now()
    const counted = talkAt(
      {
        residentsMs: evening.residents_ms,
        municipalityMs: evening.municipality_ms,
        talking: evening.talking as Speaker | null,
        since: evening.talking_since,
      },
      now,
    )
    return [
      ofEvening(meeting, {
        residents_ms: Math.min(counted.residents, longestTalk),
        municipality_ms: Math.min(counted.municipality, longestTalk),
        talking: who,
        talking_since: who === null ? null : now.toISOString(),
      }),
    ]
  })

/** What the hall screen shows: `follow` is whatever belongs to the stage. A page is held when it is given. */
export const setScreen = (
  actor: Actor,
  hall: Hall,
  code: string,
  show: ScreenShow,
  page: number | null,
): Promise<void> =>
  lead(actor, hall, code, 'screen', async ({ meeting }) => [
    ofEvening(meeting, {
      screen: show,
      screen_page: page === null ? null : Math.min(Math.max(1, Math.trunc(page)), 999),
    }),
  ])

// --- Themes

/** Makes a theme, with these statements in it from the start if there are any. */
export async function addTheme(
  actor: Actor,
  hall: Hall,
  code: string,
  name: string,
  ids: readonly string[] = [],
  seen: Seen = {},
): Promise<string> {
  const read = readThemeName(name)
  const words = read.ok ? read.name : nameFrom(name)
  if (words === '') refuse('changed-since')
  const id = randomUUID()
  await lead(actor, hall, code, 'theme.add', async ({ tx, meeting }) => {
    const themes = await ask.themesOf(tx, meeting.id)
    const moved = await toTheme(tx, meeting, ids, id, seen)
    const place = Math.max(0, ...themes.map((theme) => theme.place)) + 1
    await ask.addTheme(tx, { id, meeting: meeting.id, name: words, place })
    return [{ made: { of: 'theme', id, is: { gone: false, name: words }, was: { gone: true } } }, ...moved]
  })
  return id
}

/** `seen` is the name it had. */
export const renameTheme = (
  actor: Actor,
  hall: Hall,
  code: string,
  id: string,
  name: string,
  seen?: string,
): Promise<void> =>
  lead(actor, hall, code, 'theme.rename', async ({ tx, meeting }) => {
    const theme = await themeOf(tx, meeting, id)
    const read = readThemeName(name)
    const words = read.ok ? read.name : nameFrom(name)
    if (words === '') return []
    if (seen !== undefined && theme.name !== seen && theme.name !== words) refuse('changed-since')
    return [{ of: 'theme', id, wanted: { name: words } }]
  })

/** Takes a theme away; its statements are unsorted again. Taken away by two at once, it is away. */
export const removeTheme = (actor: Actor, hall: Hall, code: string, id: string): Promise<void> =>
  lead(actor, hall, code, 'theme.remove', async ({ tx, meeting }) => {
    const theme = (await ask.themesOf(tx, meeting.id)).find((one) => one.id === id)
    if (!theme || theme.gone) return []
    const inside = await ask.statementsIn(tx, meeting.id, id)
    return [
      { of: 'theme', id, wanted: { gone: true } },
      ...inside.map((statement) => ({
        of: 'statement' as const,
        id: statement,
        wanted: { theme_id: null },
        gently: true as const,
      })),
    ]
  })

/** Moves a theme before another, or last. */
export const orderTheme = (actor: Actor, hall: Hall, code: string, id: string, before: string | null): Promise<void> =>
  lead(actor, hall, code, 'theme.order', async ({ tx, meeting }) => {
    await themeOf(tx, meeting, id)
    const there = (await ask.themesOf(tx, meeting.id)).filter((theme) => !theme.gone)
    const order = reordered(
      there.map((theme) => theme.id),
      id,
      before,
    )
    return order.map((one, index) => ({ of: 'theme' as const, id: one, wanted: { place: index + 1 } }))
  })

/** Marks a theme as one the community takes on, or not. A fifth is one too many. */
export const setPriority = (actor: Actor, hall: Hall, code: string, id: string, priority: boolean): Promise<void> =>
  lead(actor, hall, code, 'theme.priority', async ({ tx, meeting }) => {
    await themeOf(tx, meeting, id)
    const chosen = (await ask.themesOf(tx, meeting.id)).filter((theme) => theme.priority && !theme.gone)
    if (priority && chosen.length >= mostPriorities && chosen.every((theme) => theme.id !== id)) refuse('theme.four')
    return [{ of: 'theme', id, wanted: { priority } }]
  })

// --- Statements

/** In which theme the one who moves a statement saw it. What they did not see is not asked about. */
export type Seen = Readonly<Record<string, string | null>>

/** Moves statements to a theme, or out of all. All of them or none: if one lies elsewhere since, nothing is moved. */
export const moveStatements = (
  actor: Actor,
  hall: Hall,
  code: string,
  ids: readonly string[],
  theme: string | null,
  seen: Seen = {},
): Promise<void> =>
  lead(actor, hall, code, 'move', async ({ tx, meeting }) => {
    const themes = await ask.themesOf(tx, meeting.id)
    if (theme !== null && !themes.some(({ id, gone }) => id === theme && !gone)) refuse('theme.gone')
    return toTheme(tx, meeting, ids, theme, seen)
  })

async function toTheme(
  tx: Tx,
  meeting: MeetingHere,
  ids: readonly string[],
  theme: string | null,
  seen: Seen,
): Promise<Wanted[]> {
  const themes = await ask.themesOf(tx, meeting.id)
  const there = await ask.statementsBy(tx, meeting.id, ids)
  if (there.length === 0 && ids.length > 0) refuse('statement.gone')
  for (const one of there) {
    const at = themes.some(({ id, gone }) => id === one.theme_id && !gone) ? one.theme_id : null
    const before = seen[one.id]
    if (before !== undefined && at !== before && at !== theme) refuse('changed-since')
  }
  return there.map(({ id }) => ({ of: 'statement' as const, id, wanted: { theme_id: theme } }))
}

/** Takes words down, with the reason that their writer is told. The same words said by several come down together. */
export const hideStatement = (
  actor: Actor,
  hall: Hall,
  code: string,
  id: string | readonly string[],
  why: HiddenReason,
): Promise<void> =>
  lead(actor, hall, code, 'hide', async ({ tx, meeting }) => {
    const there = await ask.statementsBy(tx, meeting.id, [id].flat())
    if (there.length === 0) refuse('statement.gone')
    return there.map((one) => ({ of: 'statement' as const, id: one.id, wanted: { state: 'hidden', hidden_why: why } }))
  })

export const showAgain = (actor: Actor, hall: Hall, code: string, id: string | readonly string[]): Promise<void> =>
  lead(actor, hall, code, 'show', async ({ tx, meeting }) => {
    const there = await ask.statementsBy(tx, meeting.id, [id].flat())
    if (there.length === 0) refuse('statement.gone')
    return there.map((one) => ({ of: 'statement' as const, id: one.id, wanted: { state: 'shown', hidden_why: null } }))
  })

export interface ToWrite {
  kind: StatementKind
  text: string
  lang: string
  medium: 'facilitator' | 'paper'
  openTo?: 'hall' | 'public'
  /** A UUID from the form: sent twice, it is written once. */
  id?: string
}

/** Writes down what somebody says who has no phone. Read (and check) what was typed first. Answers its id. */
export async function writeStatement(actor: Actor, hall: Hall, code: string, said: ToWrite): Promise<string> {
  const id = said.id ?? randomUUID()
  await lead(actor, hall, code, 'write', async ({ tx, meeting }) => {
    if (await ask.isThere(tx, id)) return []
    const { kind, text, lang, medium, openTo = 'hall' } = said
    await ask.addStatement(tx, { id, meeting: meeting.id, kind, text, lang, medium, openTo })
    return [{ made: { of: 'statement', id, is: { state: 'shown', theme_id: null }, was: { state: 'withdrawn' } } }]
  })
  return id
}

// --- Undoing

/** Undoes the newest deed that is not undone. Answers which it was; null when there is none. */
export async function undoLast(actor: Actor, hall: Hall, code: string): Promise<LeadingDeed | null> {
  const meeting = await meetingToHost(actor, code)
  const [last] = await asActor(actor, (tx) => ask.doneSoFar(tx, meeting.id, 1))
  return last ? undoOne(actor, hall, code, last.id) : null
}

/** Undoes one deed, if what it changed is still as it left it. Undone by two at once, it is undone once. */
export async function undoOne(actor: Actor, hall: Hall, code: string, id: string): Promise<LeadingDeed | null> {
  if (!/^\d{1,18}$/.test(id)) return null
  const meeting = await meetingToHost(actor, code)
  const undone = await asActor(actor, async (tx) => {
    if (!(await ask.takeEvening(tx, meeting.id))) refuse('evening.not-begun')
    const done = await ask.doneBy(tx, meeting.id, id)
    if (!done) return null
    for (const change of done.changes) {
      const now = await ask.howItIs(tx, meeting.id, change.of, change.id)
      // Its writer has taken it back since: there is nothing to put anywhere.
      if (!now && change.of === 'statement' && done.deed !== 'write') continue
      if (!now || !stillSo(change, now)) {
        if (change.gently) continue
        refuse('undo.changed')
      }
      if (done.deed !== 'write') await ask.setTo(tx, meeting.id, change.of, [change.id], change.was)
    }
    await mustHold(tx, meeting, done.changes)
    await ask.markUndone(tx, done.id)
    await ask.touch(tx, meeting.id)
    return done
  })
  const written = undone?.deed === 'write' ? undone.changes[0]?.id : undefined
  if (written)
    await asSystem(actor.house, 'take back for a host what a host has written down', (tx) =>
      ask.unsay(tx, meeting.id, written),
    )
  if (undone) tell(hall, meeting, undone.deed)
  return undone?.deed ?? null
}

/** What must be so after an undoing: no words in a theme that is away, and no fifth priority. */
async function mustHold(tx: Tx, meeting: MeetingHere, changes: readonly Change[]): Promise<void> {
  const themes = changes.filter(({ of }) => of === 'theme')
  for (const { id, was } of themes)
    if (was.gone === true && (await ask.statementsIn(tx, meeting.id, id)).length > 0) refuse('undo.changed')
  if (themes.length === 0) return
  const chosen = (await ask.themesOf(tx, meeting.id)).filter((theme) => theme.priority && !theme.gone)
  if (chosen.length > mostPriorities) refuse('theme.four')
}

/** What can be undone, newest first. */
export async function whatWasDone(actor: Actor, meeting: string, most = 12): Promise<ask.Done[]> {
  return asActor(actor, (tx) => ask.doneSoFar(tx, meeting, most))
}

// --- When it is over

/** The kinds of later work of this room: an evening is put away. */
export function eveningJobs(): JobKind[] {
  return [
    {
      name: putAwayJob,
      work: (house, { meeting = '' }) =>
        asSystem(house, 'put an evening away', async (tx) => {
          await putAway(tx, meeting, house.clock.now())
          await ask.forgetDone(tx, meeting)
        }),
    },
  ]
}

// --- How every deed is done

interface Leading {
  tx: Tx
  meeting: MeetingHere
  evening: ask.EveningRow
}

type Wanted =
  | { of: Change['of']; id: string; wanted: Record<string, Value>; gently?: true }
  /** Already made by the deed itself. */
  | { made: Change }

const ofEvening = (meeting: MeetingHere, wanted: Record<string, Value>): Wanted => ({
  of: 'evening',
  id: meeting.id,
  wanted,
})

async function themeOf(tx: Tx, meeting: MeetingHere, id: string) {
  const theme = (await ask.themesOf(tx, meeting.id)).find((one) => one.id === id)
  return theme && !theme.gone ? theme : refuse('theme.gone')
}

/** Takes the evening, asks what is wanted, changes it, and remembers the way back. Wanting what already is leaves no trace. */
async function lead(
  actor: Actor,
  hall: Hall,
  code: string,
  deed: LeadingDeed,
  decide: (leading: Leading) => Promise<Wanted[]>,
): Promise<void> {
  const meeting = await meetingToHost(actor, code)
  const changed = await asActor(actor, async (tx) => {
    const evening = await ask.takeEvening(tx, meeting.id)
    if (!evening) refuse('evening.not-begun')
    if (evening.put_away_at) refuse('evening.over')
    const wanted = await decide({ tx, meeting, evening })
    const changes = await carryOut(tx, meeting, wanted)
    if (changes.length === 0) return false
    await ask.remember(tx, meeting.id, deed, changes)
    if (changes.every(({ of }) => of !== 'evening')) await ask.touch(tx, meeting.id)
    return true
  })
  if (changed) tell(hall, meeting, deed)
}

async function carryOut(tx: Tx, meeting: MeetingHere, wanted: readonly Wanted[]): Promise<Change[]> {
  const changes: Change[] = []
  const statements = await ask.howStatementsAre(
    tx,
    meeting.id,
    wanted.flatMap((one) => ('made' in one || one.of !== 'statement' ? [] : one.id)),
  )
  for (const one of wanted) {
    if ('made' in one) {
      changes.push(one.made)
      continue
    }
    const now = one.of === 'statement' ? statements.get(one.id) : await ask.howItIs(tx, meeting.id, one.of, one.id)
    const change = now && realChange(now, one.wanted)
    if (change) changes.push({ of: one.of, id: one.id, ...change, ...(one.gently && { gently: true as const }) })
  }
  // Statements that get the same are changed together: forty who said the same are one change.
  const together = new Map<string, Change[]>()
  for (const change of changes) {
    if (wanted.some((one) => 'made' in one && one.made === change)) continue
    const key = `${change.of} ${JSON.stringify(change.is)}`
    together.set(key, [...(together.get(key) ?? []), change])
  }
  for (const same of together.values()) {
    const [first] = same
    if (first)
      await ask.setTo(
        tx,
        meeting.id,
        first.of,
        same.map(({ id }) => id),
        first.is,
      )
  }
  return changes
}

function tell(hall: Hall, meeting: MeetingHere, deed: LeadingDeed): void {
  if (deed === 'stage' || deed === 'screen') hall.forget(meeting.id)
  hall.evenings.changed(meeting.id)
}
