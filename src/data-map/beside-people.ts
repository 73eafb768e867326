// What lies beside people: words without a name and sealed things in which somebody may all the same be known again, and what tells of nobody.
import type { DB } from '../db/schema.ts'
import type { Room, SeenBy } from '../mine/piece.ts'
import type { Purpose } from './purposes.ts'
import type { RuleCode } from './retention-rules.ts'

interface Beside<T extends keyof DB> {
  purpose: Purpose
  keep: RuleCode
  room: Room
  sort: 'words' | 'sealed'
  /** Who can see it; the record says it. */
  seen: SeenBy
  columns: { [C in keyof DB[T] & string]?: Purpose | readonly [Purpose, RuleCode] }
}

const besidePeople = {
  'community.statement': {
    purpose: 'hear',
    keep: 'place',
    room: 'community',
    sort: 'words',
    seen: 'everybody',
    columns: { text: 'hear', lang: 'hear', hidden_why: 'hear', tag: ['hear', 'evening'] },
  },
  'community.voice': {
    purpose: 'hear',
    keep: 'evening',
    room: 'community',
    sort: 'words',
    seen: 'hosts',
    columns: { box: 'hear', text: 'hear', writer: 'hear', number: 'hear', lang: 'hear', tag: 'hear' },
  },
  'community.theme': {
    purpose: 'hear',
    keep: 'place',
    room: 'community',
    sort: 'words',
    seen: 'everybody',
    columns: { name: 'hear' },
  },
  'community.recognition': {
    purpose: 'hear',
    keep: 'evening',
    room: 'community',
    sort: 'words',
    seen: 'program',
    columns: { tag: 'hear' },
  },
  'community.dot': {
    purpose: 'hear',
    keep: 'evening',
    room: 'community',
    sort: 'words',
    seen: 'program',
    columns: { tag: 'hear' },
  },
  'community.undo': {
    purpose: 'hear',
    keep: 'evening',
    room: 'community',
    sort: 'words',
    seen: 'program',
    columns: { back: 'hear' },
  },
  'community.next_word': {
    purpose: 'answer',
    keep: 'place',
    room: 'community',
    sort: 'words',
    seen: 'hosts',
    columns: { text: 'answer' },
  },
  'community.sealed_card': {
    purpose: 'answer',
    keep: 'card',
    room: 'community',
    sort: 'sealed',
    seen: 'program',
    columns: { box: 'answer', tag: 'answer' },
  },
  'community.card_receipt': {
    purpose: 'answer',
    keep: 'card',
    room: 'community',
    sort: 'sealed',
    seen: 'program',
    columns: { tag: 'answer' },
  },
  'community.unapproved_note': {
    purpose: 'talk',
    keep: 'unapproved',
    room: 'community',
    sort: 'sealed',
    seen: 'two',
    columns: { box: 'talk', secret_hash: 'talk', yes_by: 'talk' },
  },
  'municipal.unapproved_note': {
    purpose: 'talk',
    keep: 'unapproved',
    room: 'municipal',
    sort: 'sealed',
    seen: 'two',
    columns: { box: 'talk', secret_hash: 'talk', yes_by: 'talk' },
  },
  'municipal.step': {
    purpose: 'work',
    keep: 'ownWork',
    room: 'municipal',
    sort: 'words',
    seen: 'residents',
    columns: { what: 'work' },
  },
  'municipal.step_owner': {
    purpose: 'work',
    keep: 'ownWork',
    room: 'municipal',
    sort: 'words',
    seen: 'residents',
    columns: { give_back: 'work' },
  },
  'community.moving_file': {
    purpose: 'ask',
    keep: 'listRows',
    room: 'community',
    sort: 'words',
    seen: 'keyholders',
    columns: { rows: 'ask' },
  },
  'community.meeting': {
    purpose: 'meet',
    keep: 'place',
    room: 'community',
    sort: 'words',
    seen: 'everybody',
    columns: { purpose: 'meet', place: 'meet' },
  },
  'community.debrief': {
    purpose: 'meet',
    keep: 'place',
    room: 'community',
    sort: 'words',
    seen: 'hosts',
    columns: { happened: 'meet', plus: 'meet', delta: 'meet', grew: 'meet', missing: 'meet', hope: 'meet' },
  },
  'community.agenda_item': {
    purpose: 'meet',
    keep: 'place',
    room: 'community',
    sort: 'words',
    seen: 'everybody',
    columns: { title: 'meet', reason: 'meet' },
  },
  'community.definition': {
    purpose: 'hear',
    keep: 'place',
    room: 'community',
    sort: 'words',
    seen: 'everybody',
    columns: { text: 'hear' },
  },
  'access.audit': {
    purpose: 'work',
    keep: 'audit',
    room: 'municipal',
    sort: 'words',
    seen: 'officer',
    columns: { name: 'work' },
  },
  'municipal.incident': {
    purpose: 'incident',
    keep: 'audit',
    room: 'municipal',
    sort: 'words',
    seen: 'officer',
    columns: { what: 'incident', begun_by: 'incident', authority_why: 'incident', people_why: 'incident' },
  },
  'municipal.incident_step': {
    purpose: 'incident',
    keep: 'audit',
    room: 'municipal',
    sort: 'words',
    seen: 'officer',
    columns: { by: 'incident', text: 'incident' },
  },
  'community.withdrawal_plan': {
    purpose: 'work',
    keep: 'place',
    room: 'municipal',
    sort: 'words',
    seen: 'everybody',
    columns: { still_missing: 'work' },
  },
  'community.check_in': {
    purpose: 'keys',
    keep: 'place',
    room: 'community',
    sort: 'words',
    seen: 'residents',
    columns: { words: 'keys' },
  },
} as const satisfies { [T in keyof DB]?: Beside<T> }

export type BesideTable = keyof typeof besidePeople
export const beside: { readonly [T in BesideTable]: Beside<T> } = besidePeople
export const besideTables = Object.keys(besidePeople) as BesideTable[]

/** Columns that could hold words and tell of nobody: short codes of the program, names of places and associations, public numbers and keys. */
export const tellsOfNobody: { readonly [T in keyof DB]?: readonly (keyof DB[T] & string)[] } = {
  'access.audit': ['what', 'role', 'place', 'facts', 'hash'],
  'access.audit_start': ['hash', 'last_hash'],
  'community.retention_run': ['counts'],
  'access.identity_provider': ['metadata'],
  'access.spent_assertion': ['id_hash'],
  'community.age_band': ['band', 'source'],
  'community.agenda_item': ['kind'],
  'community.association': ['kind', 'name', 'cvr'],
  'community.card_count': ['question'],
  'community.card_receipt': ['purpose'],
  'community.card_round': ['shares_key', 'next_key', 'who_key'],
  'community.community': ['slug', 'name', 'residents_source', 'time_zone', 'presence'],
  'community.check_in': ['how'],
  'community.controller': ['kind'],
  'community.dot_count': ['medium'],
  'community.path_quarter': ['others', 'blend'],
  'community.withdrawal_quarter': ['criterion'],
  'community.withdrawal_rule': ['criterion'],
  'community.evening': ['stage', 'talking', 'screen'],
  'community.meeting': ['code', 'kind', 'phase'],
  'community.move': ['receipt'],
  'community.moved_away': ['slug', 'name', 'address'],
  'community.moved_sign': ['hash'],
  'community.moved_in': ['from_name', 'signer'],
  'community.post_day': ['kind'],
  'community.webhook': ['url', 'last_answer'],
  'community.webhook_call': ['event'],
  'community.result': ['audience', 'body'],
  'community.sealed_card': ['purpose'],
  'community.statement': ['kind', 'medium', 'state', 'open_to'],
  'community.undo': ['deed'],
  'community.voice': ['kind', 'mime'],
  'municipal.municipality': ['name', 'time_zone', 'accessibility_statement', 'contact_mail', 'contact_phone'],
  'municipal.incident': ['communities', 'kinds'],
  'municipal.incident_step': ['what'],
  'municipal.step_owner': ['owner', 'carried_before'],
}
