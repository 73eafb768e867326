// What the program has in its tables and gives out as a file about an evening, beside what was sent to it.

import { readCsv } from './conversation.ts'
import type { EveningTold } from './evening.ts'
import type { Host } from './host.ts'
import { askOwner, type Place } from './keyboard.ts'

interface Row {
  id: string
  kind: string
  text: string
  state: string
  medium: string
  theme: string | null
  known: number
}

const statements = `select s.id, s.kind, s.text, s.state, s.medium, s.theme_id as theme,
    s.recognised + (select count(*)::int from community.recognition r where r.statement_id = s.id) as known
  from community.statement s join community.meeting m on m.id = s.meeting_id where m.code = $1`

/** Answers what does not agree, out of the tables as their owner sees them. */
export async function compareEvening(place: Place, code: string, told: EveningTold): Promise<string[]> {
  const faults: string[] = []
  const rows = await askOwner<Row>(place, statements, [code])
  const named = ({ kind, text, state, medium }: Pick<Row, 'kind' | 'text' | 'state' | 'medium'>) =>
    `${medium} ${state} ${kind} ${text}`
  faults.push(...differing('statements', told.words.map(named), rows.map(named)))
  const known = new Map<string, number>()
  for (const { text, known: n } of rows) if (n > 0) known.set(text, (known.get(text) ?? 0) + n)
  faults.push(...differingCounts('recognitions', told.known, known))

  for (const row of rows) {
    const wanted = told.gathered.places.get(row.id)
    if (wanted !== undefined && row.theme !== wanted)
      faults.push(`»${row.text}« lies under another theme than it was put`)
  }
  const dots = await askOwner<{
    theme: string
    name: string
    phone: number
    paper: number
    priority: boolean
    gone: boolean
  }>(
    place,
    `select t.id as theme, t.name, t.priority, t.gone, (select coalesce(sum(d.n), 0)::int from community.dot d where d.theme_id = t.id) +
       coalesce((select n from community.dot_count c where c.theme_id = t.id and c.medium = 'phone'), 0) as phone,
       coalesce((select n from community.dot_count c where c.theme_id = t.id and c.medium = 'paper'), 0) as paper
     from community.theme t join community.meeting m on m.id = t.meeting_id where m.code = $1`,
    [code],
  )
  for (const { theme, name, phone, paper, priority, gone } of dots) {
    const wanted = told.gathered.themes.get(theme)
    if (gone || wanted?.name !== name || wanted.priority !== priority)
      faults.push(`the theme »${name}« is not as it was left`)
    if (phone !== (told.dots.get(theme) ?? 0))
      faults.push(`»${name}« has ${phone} dots from phones, and ${told.dots.get(theme) ?? 0} were put`)
    if (paper !== (told.paperDots.get(theme) ?? 0))
      faults.push(`»${name}« has ${paper} dots on paper, and ${told.paperDots.get(theme) ?? 0} were typed`)
  }
  if (dots.length !== told.gathered.themes.size)
    faults.push(`${dots.length} themes where ${told.gathered.themes.size} were made`)

  const promised = await askOwner<{ what: string }>(
    place,
    'select c.what from community.commitment c join community.meeting m on m.id = c.meeting_id where m.code = $1',
    [code],
  )
  faults.push(
    ...differing(
      'promises',
      [...told.promises, ...told.paper.promises],
      promised.map(({ what }) => what),
    ),
  )
  const [door] = await askOwner<{ people: number; first: number; residents: number; municipality: number }>(
    place,
    `select (select count(*)::int from community.arrival a where a.meeting_id = m.id) as people,
       (select count(*)::int from community.arrival a where a.meeting_id = m.id and a.first_time) as first,
       e.residents_ms as residents, e.municipality_ms as municipality
     from community.meeting m join community.evening e on e.meeting_id = m.id where m.code = $1`,
    [code],
  )
  const wanted = {
    people: told.arrived.people + told.paper.people,
    first: told.arrived.firstTimers + told.paper.firstTimers,
  }
  if (door?.people !== wanted.people) faults.push(`${door?.people} on the door list, and ${wanted.people} came`)
  if (door?.first !== wanted.first) faults.push(`${door?.first} for the first time, and ${wanted.first} said so`)
  for (const who of ['residents', 'municipality'] as const) {
    const [least, most] = told.talked[who]
    const counted = door?.[who] ?? -1
    // The clock of the program counts whole milliseconds.
    if (counted < least - 2 || counted > most + 2)
      faults.push(`${who} talked ${counted} ms, measured from outside between ${least} and ${most} ms`)
  }
  return faults
}

/** The file of the whole meeting: each statement with how many know it, each theme with its dots, and how many promises. */
export async function compareFile(host: Host, code: string, told: EveningTold): Promise<string[]> {
  const answer = await host.ask('GET', `/m/${code}/meeting.csv?lang=en`)
  if (answer.status !== 200) return [`the file of the meeting got ${answer.status}`]
  const rows = readCsv(answer.text, ';').map(([section, item, text = '', kind, , , value]) => ({
    section,
    item,
    text,
    kind,
    value: Number(value),
  }))
  const faults: string[] = []
  const shown = told.words.filter(({ state }) => state === 'shown')
  /** The same words of another kind stand by themselves. */
  const first = new Map(shown.map((word) => [`${word.kind} ${word.text}`, word])).values()
  const said = new Map<string, number>()
  for (const { text } of shown) said.set(text, (said.get(text) ?? 0) + 1)
  // The first who says something needs nobody; everybody else who says or recognises it knows it too.
  const wanted = new Map<string, number>()
  for (const { text } of first) wanted.set(text, (wanted.get(text) ?? 0) - 1)
  for (const [text, times] of said) wanted.set(text, (wanted.get(text) ?? 0) + times + (told.known.get(text) ?? 0))
  const inFile = new Map<string, number>()
  for (const { section, text, value } of rows)
    if (section === 'statement') inFile.set(text, (inFile.get(text) ?? 0) + value)
  faults.push(...differingCounts('in the file: words and who knows them', wanted, inFile))
  const themes = new Map<string, number>()
  for (const { section, text, value } of rows) if (section === 'theme') themes.set(text, value || 0)
  const dots = new Map(
    [...told.gathered.themes].map(([id, { name }]) => [name, (told.dots.get(id) ?? 0) + (told.paperDots.get(id) ?? 0)]),
  )
  faults.push(...differingCounts('in the file: dots', dots, themes))
  const promises = rows.find(({ item }) => item === 'promises in all')?.value ?? 0
  const sent = told.promises.length + told.paper.promises.length
  if (promises !== sent) faults.push(`the file says ${promises} promises, and ${sent} were made`)
  return faults
}

/** Each as often in the one as in the other. */
export function differing(what: string, sent: readonly string[], there: readonly string[]): string[] {
  const counts = (list: readonly string[]) => {
    const map = new Map<string, number>()
    for (const one of list) map.set(one, (map.get(one) ?? 0) + 1)
    return map
  }
  return differingCounts(what, counts(sent), counts(there))
}

export function differingCounts(
  what: string,
  sent: ReadonlyMap<string, number>,
  there: ReadonlyMap<string, number>,
): string[] {
  return [...new Set([...sent.keys(), ...there.keys()])]
    .filter((one) => (sent.get(one) ?? 0) !== (there.get(one) ?? 0))
    .map((one) => `${what}: »${one}« was sent ${sent.get(one) ?? 0} times and is there ${there.get(one) ?? 0} times`)
}
