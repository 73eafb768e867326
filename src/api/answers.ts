// What other programs are answered: the same things as the pages show, under names that stay. Every number has its base beside it.
import type { Community, Definition, WithdrawalPlan } from '../communities/community.ts'
import type { PlaceSeen } from '../desks/desk.deeds.ts'
import type { MeetingToTell } from '../desks/place.ts'
import type { RecordSeen } from '../meetings/record/record.deeds.ts'
import { dotsOf, knownBy } from '../meetings/record/record.ts'
import type { NumbersSeen } from '../numbers/numbers.deeds.ts'
import type { ContactsSeen } from '../people/me.deeds.ts'

const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

export const communityAnswer = (one: Community) => ({
  slug: one.slug,
  name: one.name,
  residents: one.residents,
  timeZone: one.timeZone,
  /** Who has the responsibility for the room: an association, or the municipality for a time. */
  keeper: one.keeper,
  municipality: one.presence,
  foundedOn: dayOf(one.foundedAt),
})

const definitionAnswer = (one: Definition) => ({
  version: one.version,
  text: one.text,
  authors: one.authors,
  writtenOn: dayOf(one.writtenAt),
})

const planAnswer = (one: WithdrawalPlan) => ({
  lastDay: one.lastDay,
  stillMissing: one.stillMissing,
  writtenOn: dayOf(one.writtenAt),
})

/** Without the code: that is in the hall, and on the place's page where all are invited. */
export const meetingAnswer = (
  one: Pick<MeetingToTell, 'id' | 'kind' | 'purpose' | 'place' | 'hostName' | 'startsAt' | 'phase'>,
) => ({
  id: one.id,
  kind: one.kind,
  purpose: one.purpose,
  place: one.place,
  host: one.hostName,
  startsAt: one.startsAt.toISOString(),
  phase: one.phase,
})

export const placeAnswer = (seen: PlaceSeen) => ({
  ...communityAnswer(seen.community),
  definition: seen.definition ? definitionAnswer(seen.definition) : null,
  withdrawal: planAnswer(seen.plan),
  doing: seen.doing.map(({ meeting, names }) => ({ meeting: meeting.id, themes: names })),
  /** Null where they are too few to tell. */
  promises: seen.promises,
})

export const meetingsOf = ({ meetings }: PlaceSeen): MeetingToTell[] => [
  ...(meetings.next ? [meetings.next] : []),
  ...meetings.later,
  ...meetings.held,
]

export function recordAnswer(seen: RecordSeen) {
  const { meeting, result, heard } = seen
  const said = heard?.heard.flatMap(({ theme, said }) =>
    said.map((one) => ({
      theme: theme?.name ?? null,
      kind: one.first.kind,
      text: one.first.text,
      language: one.first.lang,
      knownByOthers: knownBy(one),
    })),
  )
  return {
    ...meetingAnswer({ ...meeting, phase: meeting.life.phase }),
    /** Null before it is counted, and for the municipality until 48 hours after. */
    result: result && {
      version: result.version,
      publishedAt: result.publishedAt.toISOString(),
      attended: result.body.attended,
      answered: result.body.answered,
      questions: result.body.questions,
      promised: result.body.next,
      willTalk: result.body.who,
      talks: result.body.talks,
      talkMinutes: result.body.evening?.talk ?? null,
    },
    words: heard?.words ?? null,
    said: said ?? [],
    themes:
      heard?.heard.flatMap(({ theme }) =>
        theme ? [{ name: theme.name, priority: theme.priority, dots: dotsOf(theme) }] : [],
      ) ?? [],
  }
}

export const contactAnswer = (one: NonNullable<ContactsSeen['contacts']>[number]) => ({
  name: one.name,
  wish: one.contactWish,
  contact: one.contact,
  askedAbout: one.askedAbout,
})

/** Rounded to five; null where they are too few, or would give others away. */
export const numbersAnswer = ({ places }: NumbersSeen) =>
  places.flatMap(({ slug, name, counts }) =>
    counts.map(({ quarter, all, parts, associations }) => ({
      community: slug,
      name,
      quarter,
      all,
      ...parts,
      associations,
    })),
  )

type Cell = string | number | null

/** The same as rows of a spreadsheet: a heading, then one line for each. Only for lists whose entries are flat. */
export function tableOf(list: readonly Record<string, unknown>[], columns: readonly string[]): Cell[][] {
  const cell = (value: unknown): Cell =>
    value === null || value === undefined ? null : typeof value === 'number' ? value : String(value)
  return [[...columns], ...list.map((one) => columns.map((column) => cell(one[column])))]
}

export const columns = {
  communities: ['slug', 'name', 'residents', 'timeZone', 'keeper', 'municipality', 'foundedOn'],
  meetings: ['id', 'kind', 'purpose', 'place', 'host', 'startsAt', 'phase'],
  contacts: ['name', 'wish', 'contact', 'askedAbout'],
  numbers: [
    'community',
    'name',
    'quarter',
    'all',
    'members',
    'under40',
    'from60',
    'from40to59',
    'under25',
    'under18',
    'from75',
    'associations',
  ],
} as const
