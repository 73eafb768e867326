// A standing task of a place and who has said that they carry it: what is read from a form, and how it stood on a day.
import { hasCpr } from '../../cpr.ts'

/** Of the seven tasks of method 4.5 these six are told; the seventh, coach, is read off who leans on whom. */
export const standing = ['convene', 'chair', 'welcome', 'record', 'keys', 'contact'] as const
export const taskKinds = [...standing, 'own'] as const
export type TaskKind = (typeof taskKinds)[number]
export const isTaskKind = (text: unknown): text is TaskKind => taskKinds.some((kind) => kind === text)

/** The most letters of a task in own words. */
export const longestTask = 60

/** What it is called. */
export interface TaskName {
  kind: TaskKind
  ownWords: string | null
}

/** That somebody carries a task, or carried it. Days are `yyyy-mm-dd`; `endedOn` is the first on which they do not. */
export interface Carrying extends TaskName {
  task: string
  /** By the one who looks. */
  mine: boolean
  name: string
  since: string
  endedOn: string | null
}

export interface Task extends TaskName {
  task: string
  since: string
  /** Who carries it too, by name. */
  partners: string[]
}

const isOn = ({ since, endedOn }: Carrying, day: string) => since <= day && (endedOn === null || endedOn > day)

/** What the one who looks carried on a day, the longest carried first, each with who carried it too. */
export function tasksOn(carryings: readonly Carrying[], day: string): Task[] {
  const then = carryings.filter((one) => isOn(one, day))
  return then
    .filter(({ mine }) => mine)
    .map(({ task, kind, ownWords, since }) => ({
      task,
      kind,
      ownWords,
      since,
      partners: then.filter((one) => one.task === task && !one.mine).map(({ name }) => name),
    }))
    .sort((a, b) =>
      a.since === b.since ? taskKinds.indexOf(a.kind) - taskKinds.indexOf(b.kind) : a.since < b.since ? -1 : 1,
    )
}

export interface Standing {
  tasks: number
  /** How many of them somebody carries too. */
  shared: number
}
export const standingOf = (tasks: readonly Task[]): Standing => ({
  tasks: tasks.length,
  shared: tasks.filter(({ partners }) => partners.length > 0).length,
})

export type TaskFault = 'kind' | 'words' | 'cpr'

/** The kind, and the words where it has some of its own. */
export function readTask(form: URLSearchParams): { name: TaskName; fault: null } | { name: null; fault: TaskFault } {
  const kind = form.get('kind')
  if (!isTaskKind(kind)) return { name: null, fault: 'kind' }
  if (kind !== 'own') return { name: { kind, ownWords: null }, fault: null }
  const ownWords = (form.get('words') ?? '').trim().replace(/\s+/g, ' ')
  if (ownWords === '' || ownWords.length > longestTask) return { name: null, fault: 'words' }
  if (hasCpr(ownWords)) return { name: null, fault: 'cpr' }
  return { name: { kind, ownWords }, fault: null }
}
