// What somebody says on their phone in the hall: reading it as it was typed, in the language it was said in, within bounds.

import { isLang, type Lang } from '../../i18n/catalogue.ts'
import { isBlank, oneLine } from '../../line.ts'
import { isStatementKind, longestStatement, type StatementKind } from '../evening.ts'

export type SayingProblem = {
  field: string
  code:
    | 'choose'
    | 'empty'
    | 'too-long'
    | 'cpr'
    | 'repeated'
    | 'foreign'
    | 'key'
    | 'number'
    | 'too-many'
    | 'name-too-long'
    | 'busy'
}
export type Read<T> = { ok: true; value: T } | { ok: false; problems: SayingProblem[] }

/** Words as a phone sends them. */
export interface Said {
  kind: StatementKind
  text: string
  /** The language of the page; the script of the words weighs more. */
  lang: string
  openTo: 'hall' | 'public'
  /** Chosen by the phone: sent again with the same key, it is the same statement. */
  key: string
  /** The one who says it has seen the hint about health and names, and wants it shown. */
  sure?: boolean
}

/** Room for a talkative person; no room for a program. */
export const mostStatements = 60
export const longestName = 60

/** What is wrong with these words, if anything; the text is tidied first. */
export function faultOf(text: string): 'empty' | 'too-long' | null {
  const words = oneLine(text)
  if (isBlank(words)) return 'empty'
  return [...words].length > longestStatement ? 'too-long' : null
}

/** The language it was said in: Arabic and Cyrillic letters speak for themselves, otherwise the language of the page. */
export function languageOf(text: string, page: string): string {
  const count = (script: RegExp) => text.match(script)?.length ?? 0
  const arabic = count(/\p{Script=Arabic}/gu)
  const cyrillic = count(/\p{Script=Cyrillic}/gu)
  const others = count(/\p{L}/gu) - arabic - cyrillic
  if (arabic > others && arabic >= cyrillic) return 'ar'
  if (cyrillic > others) return 'uk'
  return /^[a-z]{2,3}$/.test(page) ? page : 'da'
}

/** A key that a form or a script has made up. */
const isKey = (text: string): boolean => /^[\w-]{8,64}$/.test(text)
export const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

const sayFields = new Set(['kind', 'text', 'lang', 'key', 'public', 'id', 'sure'])

/** Reads a statement; `id` when it is to take the place of one the phone has said before. */
export function readSaid(form: URLSearchParams): Read<Said & { id: string | null }> {
  const problems = oddFields(form, sayFields)
  const kind = form.get('kind')
  if (!isStatementKind(kind)) problems.push({ field: 'kind', code: 'choose' })
  const text = oneLine(form.get('text'))
  const fault = faultOf(text)
  if (fault) problems.push({ field: 'text', code: fault })
  const key = form.get('key') ?? ''
  const id = form.get('id')
  if (id !== null ? !isId(id) : !isKey(key)) problems.push({ field: '', code: 'key' })
  if (problems.length > 0 || !isStatementKind(kind)) return { ok: false, problems }
  return {
    ok: true,
    value: {
      kind,
      text,
      lang: pageLang(form),
      openTo: form.has('public') ? 'public' : 'hall',
      key,
      sure: form.has('sure'),
      id,
    },
  }
}

export const broughtBy = ['neighbour', 'association', 'municipality', 'self', 'unknown'] as const
export type BroughtBy = (typeof broughtBy)[number]

/** What somebody says at the door. Everything may be left out. */
export interface AtTheDoor {
  name: string | null
  firstTime: boolean | null
  broughtBy: BroughtBy
  bringer: string | null
}

const doorFields = new Set(['name', 'first', 'brought', 'bringer', 'lang'])

export function readDoor(form: URLSearchParams): Read<AtTheDoor> {
  const problems = oddFields(form, doorFields)
  const line = (field: string) => {
    const text = oneLine(form.get(field))
    if ([...text].length > longestName) problems.push({ field, code: 'name-too-long' })
    return text || null
  }
  const name = line('name')
  const bringer = line('bringer')
  const first = form.get('first')
  const brought = form.get('brought') ?? 'unknown'
  if (first !== null && first !== 'yes' && first !== 'no') problems.push({ field: 'first', code: 'choose' })
  const by = broughtBy.find((one) => one === brought)
  if (!by) problems.push({ field: 'brought', code: 'choose' })
  if (problems.length > 0 || !by) return { ok: false, problems }
  return { ok: true, value: { name, firstTime: first === null ? null : first === 'yes', broughtBy: by, bringer } }
}

/** The most dots that anybody may have; how many it is tonight, the evening knows. */
const mostDots = 10

/** Reads the dots somebody has put; themes with none are left out. */
export function readDots(form: URLSearchParams): Read<Map<string, number>> {
  const fields = [...new Set(form.keys())].filter((key) => key !== 'lang')
  const problems: SayingProblem[] = []
  const dots = new Map<string, number>()
  for (const field of fields) {
    const theme = field.slice('dot-'.length)
    if (!field.startsWith('dot-') || !isId(theme)) problems.push({ field: '', code: 'foreign' })
    else if (form.getAll(field).length > 1) problems.push({ field, code: 'repeated' })
    else {
      const said = (form.get(field) ?? '').trim()
      if (!/^\d{0,2}$/.test(said) || Number(said) > mostDots) problems.push({ field, code: 'number' })
      else if (Number(said) > 0) dots.set(theme, Number(said))
    }
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: dots }
}

/** Reads a form of one button: exactly these fields, each once. */
export function readButton(form: URLSearchParams, fields: readonly string[]): Read<Map<string, string>> {
  const problems = oddFields(form, new Set([...fields, 'lang']))
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: new Map(form) }
}

const pageLang = (form: URLSearchParams): Lang => {
  const lang = form.get('lang')
  return isLang(lang) ? lang : 'da'
}

/** What nobody has asked for, and what is said twice. */
function oddFields(form: URLSearchParams, known: ReadonlySet<string>): SayingProblem[] {
  const fields = [...new Set(form.keys())]
  return [
    ...(fields.some((field) => !known.has(field)) ? [{ field: '', code: 'foreign' } as const] : []),
    ...fields
      .filter((field) => known.has(field) && form.getAll(field).length > 1)
      .map((field) => ({ field, code: 'repeated' }) as const),
  ]
}
