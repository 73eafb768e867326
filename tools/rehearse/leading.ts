// Those who lead: two sessions of the host, who gather the same words at the same time, undo, and measure who talks.
import { setTimeout as sleep } from 'node:timers/promises'
import { type Host, titleOf } from './host.ts'

interface Row {
  id: string
  theme: string | null
  hidden: boolean
  /** The row as it stands on the board. */
  html: string
}

interface BoardNow {
  rows: Row[]
  themes: { id: string; name: string }[]
  parts: { undo: string }
}

export interface Gathered {
  /** Row by row: the theme it must lie in at the end. */
  places: Map<string, string | null>
  themes: Map<string, { name: string; priority: boolean }>
  /** How often two wanted the same row, how often one of them was told so, and what was undone. */
  quarrels: number
  undone: number
  faults: string[]
}

/** Milliseconds: at the least, and at the most. */
export interface Talked {
  residents: readonly [number, number]
  municipality: readonly [number, number]
}

export function facilitator(host: Host, code: string) {
  const path = `/m/${code}`
  return {
    async board(): Promise<BoardNow> {
      const answer = await host.ask('GET', `${path}/board/changes`)
      if (answer.status !== 200) throw new Error(`the board got ${answer.status}`)
      return JSON.parse(answer.text)
    },
    /** 204 when it was done, 409 when somebody else had just changed it. */
    async press(deed: string, fields: readonly (readonly [string, string])[]): Promise<number> {
      const form = new URLSearchParams(fields.map(([name, value]) => [name, value]))
      const answer = await host.ask('POST', `${path}/lead/${deed}`, {
        form,
        headers: { 'x-oplive-leading': '1' },
      })
      if (answer.status !== 204 && answer.status !== 409)
        throw new Error(`${deed} got ${answer.status}: ${answer.text.slice(0, 200) || titleOf(answer.text)}`)
      return answer.status
    },
  }
}
export type Facilitator = ReturnType<typeof facilitator>

export const stage = async (who: Facilitator, to: string): Promise<void> => {
  if ((await who.press('stage', [['stage', to]])) !== 204) throw new Error(`the stage could not be set to ${to}`)
}

const pick = ({ id, theme }: Row) => ['pick', `${id} ${theme ?? '-'}`] as const

/** Two facilitators gather everything that was said under themes, and get in each other's way. */
export async function gather(one: Facilitator, other: Facilitator, names: readonly string[]): Promise<Gathered> {
  const done: Gathered = { places: new Map(), themes: new Map(), quarrels: 0, undone: 0, faults: [] }
  for (const name of names) await one.press('theme', [['name', name]])
  const begun = await one.board()
  for (const { id, name } of begun.themes) done.themes.set(id, { name, priority: false })
  const rows = begun.rows.filter(({ hidden }) => !hidden)
  for (const { id, theme } of rows) done.places.set(id, theme)
  const themes = [...done.themes.keys()]
  const [first = '', second = '', third = ''] = themes

  // Both saw the same row where it lay, and each wants it somewhere else: one of them is told.
  for (const row of rows.slice(0, 5)) {
    const tries = await Promise.all([
      one.press('move', [pick(row), ['to', first]]),
      other.press('move', [pick(row), ['to', second]]),
    ])
    done.quarrels++
    if (tries.filter((status) => status === 204).length !== 1)
      done.faults.push(`two who moved the same words at once got ${tries.join(' and ')}`)
    done.places.set(row.id, tries[0] === 204 ? first : second)
  }
  // The rest in handfuls, each their own, at the same time.
  const rest = rows.slice(5)
  const lane = async (who: Facilitator, mine: Row[], turn: number) => {
    for (let from = 0; from < mine.length; from += 4) {
      const some = mine.slice(from, from + 4)
      const to = themes[(from / 4 + turn) % themes.length] ?? first
      if ((await who.press('move', [...some.map(pick), ['to', to]])) !== 204)
        done.faults.push('words that nobody else had moved could not be moved')
      for (const { id } of some) done.places.set(id, to)
    }
  }
  await Promise.all([
    lane(
      one,
      rest.filter((_, place) => place % 2 === 0),
      0,
    ),
    lane(
      other,
      rest.filter((_, place) => place % 2 === 1),
      1,
    ),
  ])

  // Whatever is done is undone again, and everything lies where it lay; both press the button at once.
  const moved = (await one.board()).rows.find(({ theme }) => theme !== null && theme !== third)
  const wishes: [string, (readonly [string, string])[]][] = [
    ...(moved ? [['move', [pick(moved), ['to', third]]] as [string, (readonly [string, string])[]]] : []),
    ['remove', [['theme', first]]],
    [
      'rename',
      [
        ['theme', second],
        ['name', 'Et helt andet navn'],
      ],
    ],
    [
      'order',
      [
        ['theme', third],
        ['before', first],
      ],
    ],
  ]
  for (const [deed, fields] of wishes) {
    if ((await one.press(deed, fields)) !== 204) done.faults.push(`${deed} could not be done`)
    const id = /name="id" value="(\d+)"/.exec((await one.board()).parts.undo)?.[1]
    if (!id) {
      done.faults.push(`${deed} cannot be undone`)
      continue
    }
    const both = await Promise.all([one.press('undo', [['id', id]]), other.press('undo', [['id', id]])])
    if (!both.includes(204)) done.faults.push(`undoing ${deed} got ${both.join(' and ')}`)
    done.undone++
  }
  for (const id of themes.slice(0, 2)) {
    await other.press('priority', [
      ['theme', id],
      ['on', '1'],
    ])
    const theme = done.themes.get(id)
    if (theme) theme.priority = true
  }
  const now = await other.board()
  for (const { id, theme } of now.rows)
    if (done.places.has(id) && done.places.get(id) !== theme)
      done.faults.push('words lie under another theme than last')
  return done
}

/** First a neighbour talks, then somebody of the municipality; each time as long as the clock says, and no longer than it took. */
export async function measureTalk(one: Facilitator, other: Facilitator): Promise<Talked> {
  const press = async (who: Facilitator, name: string) => {
    const before = performance.now()
    await who.press('talk', [['who', name]])
    return [before, performance.now()] as const
  }
  const begun = await press(one, 'residents')
  await sleep(700)
  const changed = await press(other, 'municipality')
  await sleep(400)
  const ended = await press(one, 'nobody')
  const between = (from: readonly [number, number], to: readonly [number, number]) =>
    [Math.floor(to[0] - from[1]), Math.ceil(to[1] - from[0])] as const
  return { residents: between(begun, changed), municipality: between(changed, ended) }
}
