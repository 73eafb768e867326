// For tests: a meeting with its evening, set up as it stands in the database when the last have gone home.
import { v7 as uuid } from 'uuid'
import type { World } from '../../test-world.ts'
import { answerExitCard } from '../answering.deeds.ts'
import { closeExitCard, countAttendance, openExitCard } from '../exit-card.deeds.ts'
import type { CardAnswers } from '../exit-card.ts'
import type { Hall } from '../hall.ts'
import { planMeeting } from '../meeting.deeds.ts'

export interface HeldEvening {
  code: string
  id: string
}

export interface EveningWanted {
  date?: string
  purpose?: string
  /** How many answer, and how many of them say yes to all three. */
  answers?: number
  yes?: number
  attended?: number
  /** Who is on the door list: first time or not, brought by whom. */
  door?: readonly { first: boolean | null; by: string; name?: string; bringer?: string; times: number }[]
  talk?: { residents: number; municipality: number }
  /** No evening was begun. */
  quiet?: boolean
}

const minute = 60_000

/** Plans a meeting in Holmetofte, lets people in, and opens the card. */
export async function anEvening(world: World, hall: Hall, wanted: EveningWanted = {}): Promise<HeldEvening> {
  const code = await planMeeting(
    world.freja,
    { id: world.holmetofte, timeZone: 'Europe/Copenhagen' },
    {
      kind: 'listening',
      purpose: wanted.purpose ?? 'Hvem tør have nøglen?',
      place: 'Forsamlingshuset',
      hostName: 'Freja',
      date: wanted.date ?? '2027-03-14',
      time: '19:00',
    },
  )
  const [row] = await world.sql('select id from community.meeting where code = $1', [code])
  const id = String(row?.id)
  if (!wanted.quiet)
    await world.sql(
      `insert into community.evening (meeting_id, begun_at, agenda_since, residents_ms, municipality_ms)
       values ($1, $2, $2, $3, $4)`,
      [id, world.clock.now(), (wanted.talk?.residents ?? 0) * minute, (wanted.talk?.municipality ?? 0) * minute],
    )
  for (const one of wanted.door ?? []) await comes(world, id, one)
  await openExitCard(world.freja, world.later, code)
  hall.forget()
  const meeting = await hall.find(code)
  if (!meeting) throw new Error('the card is open')
  const card = (i: number) => {
    const answer = i < (wanted.yes ?? 0) ? 2 : 3
    return { INF: answer, ABLE: answer, COUR: answer } as CardAnswers
  }
  await Promise.all(
    Array.from({ length: wanted.answers ?? 0 }, (_, i) =>
      answerExitCard(hall, meeting, null, { answers: card(i), rev: 1 }),
    ),
  )
  if (wanted.attended !== undefined) await countAttendance(world.freja, code, wanted.attended)
  return { code, id }
}

type Door = NonNullable<EveningWanted['door']>[number]

export const comes = (world: World, meeting: string, { first, by, name, bringer, times }: Door) =>
  world.sql(
    `insert into community.arrival (meeting_id, medium, first_time, brought_by, name, bringer)
     select $1, 'paper', $2, $3, $4, $5 from generate_series(1, $6)`,
    [meeting, first, by, name ?? null, bringer ?? null, times],
  )

export async function closes(world: World, hall: Hall, { code }: HeldEvening): Promise<void> {
  await closeExitCard(world.freja, world.later, code)
  hall.forget()
  hall.evenings.forget()
}

export interface SaidHere {
  kind: string
  text: string
  state?: string
  open?: 'hall' | 'public'
  theme?: string
  lang?: string
  recognised?: number
}

/** Somebody says something in the hall; each is a voice of its own. */
export async function says(world: World, meeting: string, said: SaidHere): Promise<void> {
  await world.sql(
    `insert into community.statement (id, meeting_id, kind, text, lang, medium, state, hidden_why, open_to, theme_id, recognised)
     values ($1, $2, $3, $4, $5, 'paper', $6, $7, $8, $9, $10)`,
    [
      uuid(),
      meeting,
      said.kind,
      said.text,
      said.lang ?? 'da',
      said.state ?? 'shown',
      said.state === 'hidden' ? 'hurts' : null,
      said.open ?? 'hall',
      said.theme ?? null,
      said.recognised ?? 0,
    ],
  )
}

export async function aTheme(
  world: World,
  meeting: string,
  name: string,
  priority: boolean,
  dots: number,
): Promise<string> {
  const [row] = await world.sql(
    'insert into community.theme (meeting_id, name, place, priority) values ($1, $2, 1, $3) returning id',
    [meeting, name, priority],
  )
  const id = String(row?.id)
  await world.sql(`insert into community.dot_count (meeting_id, theme_id, medium, n) values ($1, $2, 'paper', $3)`, [
    meeting,
    id,
    dots,
  ])
  return id
}

export const promises = (world: World, meeting: string, name: string, what: string) =>
  world.sql(
    `insert into community.commitment (id, meeting_id, name, what, medium, telephone) values ($1, $2, $3, $4, 'paper', '20304050')`,
    [uuid(), meeting, name, what],
  )
