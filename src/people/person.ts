// A person of a community: what they are called, how they want to hear from others, their languages, and what they tell by their own choice.
import { hasCpr } from '../cpr.ts'
import { oneLine, readLine } from '../line.ts'

export const contactWishes = ['phone', 'mail', 'paper', 'none'] as const
export type ContactWish = (typeof contactWishes)[number]

/** Own choice. Nobody under fifteen has a record of their own. */
export const ageBands = ['15-17', '18-24', '25-39', '40-59', '60-74', '75+'] as const
export type AgeBand = (typeof ageBands)[number]

export const media = ['tap', 'paper', 'voice'] as const
export type Medium = (typeof media)[number]
/** How a yes reaches a key holder. */
export const toldBy = ['paper', 'voice'] as const
export type ToldBy = (typeof toldBy)[number]

const among =
  <T extends string>(all: readonly T[]) =>
  (text: string | null): T | undefined =>
    all.find((one) => one === text)

export const readToldBy = among(toldBy)
const readWish = among(contactWishes)
const readBand = among(ageBands)
export const mediumOf = (text: string): Medium => among(media)(text) ?? 'voice'
export const wishOf = (text: string): ContactWish => readWish(text) ?? 'none'
export const bandOf = (text: string | null): AgeBand | null => readBand(text) ?? null

/** What somebody is called and how they want to hear from others: all that a key holder sees. */
export interface Told {
  name: string
  contactWish: ContactWish
  telephone: string | null
  mail: string | null
  languages: string[]
}

/** What only they themselves see here; others what a consent opens. */
export interface OwnChoice {
  ageBand: AgeBand | null
  askedAbout: string | null
}

export interface Person extends Told {
  id: string
  hasAccount: boolean
  existsBy: 'came' | 'said_yes'
  medium: Medium
  /** `yyyy-mm-dd` */
  joinedOn: string
  /** Since when a key holder knows who this is; null for a newcomer. */
  knownOn: string | null
  rev: number
}

// --- Reading what is typed

export const longest = { name: 60, telephone: 40, mail: 254, languages: 200, askedAbout: 200 } as const
export const mostLanguages = 8
const longestLanguage = 30

export type PersonField =
  | 'name'
  | 'wish'
  | 'telephone'
  | 'mail'
  | 'languages'
  | 'band'
  | 'askedAbout'
  | 'toldBy'
  | 'of15'
export type PersonFault = 'missing' | 'long' | 'marks' | 'cpr' | 'shape' | 'many' | 'address'

export interface PersonProblem {
  field: PersonField
  code: PersonFault
}

/** A telephone number, with whatever people put between digits. */
const likeTelephone = /^(?=(?:\D*\d){4})[+\d\s().\-/]+$/
/** One address, as the mail server would take it. */
const likeMail = /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+\.[^\s@<>,;:"()[\]\\.]{2,}$/u

type Read<T> = { value: T } | { code: PersonFault }

/** What a person is called. No address, no number of the state. */
export function readPersonName(typed: string | null): Read<string> {
  const { line, fault } = readLine(typed ?? '', longest.name)
  if (hasCpr(line)) return { code: 'cpr' }
  if (fault) return { code: fault }
  return /[@＠]|:\/\//.test(line) ? { code: 'address' } : { value: line }
}

/** Null when nothing is typed. */
export function readTelephone(typed: string | null): Read<string | null> {
  const line = oneLine(typed)
  if (!line) return { value: null }
  if (hasCpr(line)) return { code: 'cpr' }
  if (line.length > longest.telephone) return { code: 'long' }
  return likeTelephone.test(line) ? { value: line } : { code: 'shape' }
}

export function readMail(typed: string | null): Read<string | null> {
  const line = oneLine(typed)
  if (!line) return { value: null }
  if (hasCpr(line)) return { code: 'cpr' }
  if (line.length > longest.mail) return { code: 'long' }
  return likeMail.test(line) ? { value: line } : { code: 'shape' }
}

/** "dansk, ukrainsk og lidt tysk": each language once, as it was written. */
export function readLanguages(typed: string | null): Read<string[]> {
  const line = oneLine(typed)
  if (hasCpr(line)) return { code: 'cpr' }
  const all: string[] = []
  for (const part of line.split(/[,;/،]|\s(?:og|and|&)\s/iu)) {
    const one = oneLine(part).replace(/[.!]+$/, '')
    if (one && !all.some((before) => before.toLowerCase() === one.toLowerCase())) all.push(one)
  }
  if (all.length > mostLanguages) return { code: 'many' }
  if (all.some((one) => [...one].length > longestLanguage)) return { code: 'long' }
  return all.some((one) => !/\p{L}/u.test(one) || /\p{M}{5}/u.test(one)) ? { code: 'shape' } : { value: all }
}

/** In their own words; null when nothing is typed. */
export function readAskedAbout(typed: string | null): Read<string | null> {
  const { line, fault } = readLine(typed ?? '', longest.askedAbout)
  if (!line) return { value: null }
  if (hasCpr(line)) return { code: 'cpr' }
  return fault ? { code: fault === 'missing' ? 'shape' : fault } : { value: line }
}

export type ReadForm<T> = { ok: true; value: T } | { ok: false; problems: PersonProblem[] }

/** Reads the name and how somebody wants to hear from others. Who wants a call says the number; who wants mail, the address. */
export function readTold(form: URLSearchParams): ReadForm<Told> {
  const problems: PersonProblem[] = []
  const take = <T>(field: PersonField, read: Read<T>, otherwise: T): T => {
    if ('value' in read) return read.value
    problems.push({ field, code: read.code })
    return otherwise
  }
  const name = take('name', readPersonName(form.get('name')), '')
  const wish = readWish(form.get('wish'))
  if (!wish) problems.push({ field: 'wish', code: 'missing' })
  const telephone = take('telephone', readTelephone(form.get('telephone')), null)
  const mail = take('mail', readMail(form.get('mail')), null)
  const said = (field: PersonField) => problems.some((problem) => problem.field === field)
  if (wish === 'phone' && !telephone && !said('telephone')) problems.push({ field: 'telephone', code: 'missing' })
  if (wish === 'mail' && !mail && !said('mail')) problems.push({ field: 'mail', code: 'missing' })
  const languages = take('languages', readLanguages(form.get('languages')), [])
  return problems.length > 0
    ? { ok: false, problems }
    : { ok: true, value: { name, contactWish: wish ?? 'none', telephone, mail, languages } }
}

/** Reads what somebody tells by their own choice. Both may be left open. */
export function readOwnChoice(form: URLSearchParams): ReadForm<OwnChoice> {
  const asked = readAskedAbout(form.get('askedAbout'))
  if ('code' in asked) return { ok: false, problems: [{ field: 'askedAbout', code: asked.code }] }
  return { ok: true, value: { ageBand: bandOf(form.get('band')), askedAbout: asked.value } }
}

/** Both together: all problems at once. */
export function readBoth(form: URLSearchParams): ReadForm<Told & OwnChoice> {
  const told = readTold(form)
  const own = readOwnChoice(form)
  if (told.ok && own.ok) return { ok: true, value: { ...told.value, ...own.value } }
  return { ok: false, problems: [told, own].flatMap((read) => (read.ok ? [] : read.problems)) }
}

/** A person as the fields of the form. */
export function asFields(told: Told & Partial<OwnChoice>): URLSearchParams {
  return new URLSearchParams({
    name: told.name,
    wish: told.contactWish,
    telephone: told.telephone ?? '',
    mail: told.mail ?? '',
    languages: told.languages.join(', '),
    band: told.ageBand ?? '',
    askedAbout: told.askedAbout ?? '',
  })
}

/** As they were written; two letters of a code are said as the language they stand for. */
export function sayLanguages(languages: readonly string[], lang: string): string {
  const names = new Intl.DisplayNames(lang, { type: 'language', fallback: 'code' })
  return languages.map((one) => (/^[a-z]{2}$/.test(one) ? (names.of(one) ?? one) : one)).join(', ')
}
