// The data map: what every column with personal data is for, how long it is kept, and whose room it lies in. Which columns there are is
// told once, by the pieces of `mine/everything.ts`; a table or a column of theirs without a purpose here does not compile.
import type { DB } from '../db/schema.ts'
import { type PieceKey, pieceKeys, pieceOf, type pieces } from '../mine/everything.ts'
import type { Room } from '../mine/piece.ts'
import { type BesideTable, beside, besideTables } from './beside-people.ts'
import type { Purpose } from './purposes.ts'
import type { RuleCode } from './retention-rules.ts'

type Pieces = (typeof pieces)[PieceKey]
export type MappedTable = Pieces['table']
/** An id, a hash or something sealed serves what its row is for. */
type Quiet = 'id' | 'secret' | 'room'

type ColumnsOf<P> = P extends { columns: infer C } ? C : never
type ContentIn<C> = C extends unknown ? { [K in keyof C]: C[K] extends Quiet ? never : K }[keyof C] : never
type EveryIn<C> = C extends unknown ? keyof C : never
type Content<T extends MappedTable> = ContentIn<ColumnsOf<Extract<Pieces, { table: T }>>>
type Every<T extends MappedTable> = EveryIn<ColumnsOf<Extract<Pieces, { table: T }>>>

/** What one column is for; and how long it is kept, where that is not as long as its row. */
export type Use = Purpose | readonly [Purpose, RuleCode]

type Entry<T extends MappedTable> = {
  /** What the row as such is for: also its ids and hashes. */
  purpose: Purpose
  keep: RuleCode
  columns: { [C in Content<T> & string]: Use } & { [C in Every<T> & string]?: Use }
}

type Register = { readonly [T in MappedTable]: Entry<T> }

/** The same of a talk in both rooms. */
const talkColumns = {
  starter: 'talk',
  other: 'talk',
  other_name: 'talk',
  wanted_by: 'talk',
  kind: 'talk',
  medium: 'talk',
  purpose: 'talk',
  spot: 'talk',
  planned_on: 'talk',
  planned_time: 'talk',
  answer: 'talk',
  held_on: 'talk',
  minutes: 'talk',
  thanked_on: 'talk',
  touched_on: 'talk',
  wrong_by: 'talk',
} as const
const noteColumns = {
  starter: 'talk',
  other: 'talk',
  starter_yes_at: 'yesAndNo',
  other_yes_at: 'yesAndNo',
  way: 'talk',
  phone_of: 'talk',
  themes: 'talk',
  own_words: 'talk',
  outcome: 'talk',
  next_on: 'talk',
} as const
const promiseColumns = {
  starter: 'talk',
  other: 'talk',
  promised_by: 'talk',
  what: 'talk',
  by_when: 'talk',
  state: 'talk',
} as const

const register: Register = {
  'personal.book': { purpose: 'book', keep: 'own', columns: {} },
  'personal.entry': { purpose: 'book', keep: 'own', columns: {} },
  'personal.lock': { purpose: 'book', keep: 'own', columns: {} },
  'personal.wrong_try': { purpose: 'watch', keep: 'tries', columns: {} },
  'community.person': {
    purpose: 'belong',
    keep: 'inactive',
    columns: {
      name: 'belong',
      contact_wish: 'reach',
      telephone: 'reach',
      mail: 'reach',
      languages: 'belong',
      exists_by: 'belong',
      medium: 'belong',
      joined_on: 'belong',
      active_on: 'belong',
      known_on: 'keys',
    },
  },
  'community.still_question': {
    purpose: 'belong',
    keep: 'inactive',
    columns: { asked_on: 'belong', until: 'belong' },
  },
  'community.profile': { purpose: 'tell', keep: 'inactive', columns: { age_band: 'tell', asked_about: 'tell' } },
  'community.consent': {
    purpose: 'yesAndNo',
    keep: 'inactive',
    columns: {
      purpose: 'yesAndNo',
      text_version: 'yesAndNo',
      medium: 'yesAndNo',
      given_at: 'yesAndNo',
      withdrawn_at: 'yesAndNo',
    },
  },
  'community.membership': {
    purpose: 'belong',
    keep: 'inactive',
    columns: { association_id: 'belong', said_yes_at: 'yesAndNo', medium: 'yesAndNo' },
  },
  'community.look': {
    purpose: 'look',
    keep: 'audit',
    columns: { looker: 'look', what: 'look', reason: 'look', at: 'look' },
  },
  'community.looked_at': { purpose: 'look', keep: 'audit', columns: {} },
  'community.merge': {
    purpose: 'belong',
    keep: 'inactive',
    columns: {
      kept_yes: 'yesAndNo',
      gone_yes: 'yesAndNo',
      apart: 'belong',
      asked_on: 'belong',
      done_at: 'belong',
      undone_at: 'belong',
      moved: ['belong', 'undo'],
    },
  },
  'community.objection': {
    purpose: 'object',
    keep: 'objection',
    columns: {
      controller: 'object',
      name: 'object',
      text: 'object',
      asked_on: 'object',
      answer: 'object',
      answered_on: 'object',
      answerer: 'object',
    },
  },
  'access.community_role': { purpose: 'keys', keep: 'inactive', columns: { role: 'keys' } },
  'community.trust': { purpose: 'keys', keep: 'inactive', columns: { to_person: 'keys', since: 'keys' } },
  'community.key_change': {
    purpose: 'keys',
    keep: 'inactive',
    columns: {
      how: 'keys',
      from_person: 'keys',
      to_person: 'keys',
      by_person: 'keys',
      asked_at: 'keys',
      until: 'keys',
      said_yes_at: 'yesAndNo',
      state: 'keys',
      ended_at: 'keys',
    },
  },
  'community.key_approval': { purpose: 'keys', keep: 'inactive', columns: { at: 'keys' } },
  'community.key_event': {
    purpose: 'keys',
    keep: 'inactive',
    columns: { what: 'keys', person_id: 'keys', from_person: 'keys', association_id: 'keys', at: 'keys' },
  },
  'community.hand_over_yes': { purpose: 'keys', keep: 'inactive', columns: { at: 'keys' } },
  'community.move_yes': { purpose: 'keys', keep: 'inactive', columns: { step: 'keys', at: 'keys' } },
  'community.phase_vote': {
    purpose: 'keys',
    keep: 'inactive',
    columns: {
      voted_on: 'keys',
      yes: 'keys',
      no: 'keys',
      blank: 'keys',
      farewell_on: 'keys',
      farewell: 'keys',
      typed_at: 'keys',
      ended_at: 'keys',
    },
  },
  'community.passed_on': {
    purpose: 'keys',
    keep: 'inactive',
    columns: { what: 'keys', added_at: 'keys', received_at: 'keys', medium: 'keys' },
  },
  'community.called_back': {
    purpose: 'keys',
    keep: 'inactive',
    columns: { called_at: 'keys', words: 'keys', answered_at: 'keys', comes_on: 'keys' },
  },
  'community.hand_over': {
    purpose: 'keys',
    keep: 'inactive',
    columns: {
      association_id: 'keys',
      on_date: 'keys',
      proposed_at: 'keys',
      state: 'keys',
      ended_at: 'keys',
      signed: 'keys',
    },
  },
  'community.coming': { purpose: 'meet', keep: 'evening', columns: { meeting_id: 'meet', name: 'meet' } },
  'community.arrival': {
    purpose: 'meet',
    keep: 'attendance',
    columns: {
      meeting_id: 'meet',
      medium: 'meet',
      name: 'meet',
      first_time: 'meet',
      brought_by: 'meet',
      bringer: 'meet',
      tag: ['meet', 'evening'],
    },
  },
  'community.commitment': {
    purpose: 'promise',
    keep: 'promise',
    columns: {
      meeting_id: 'promise',
      name: 'promise',
      what: 'promise',
      by_when: 'promise',
      to_whom: 'promise',
      telephone: ['promise', 'promiseTelephone'],
      medium: 'promise',
      state: 'promise',
      told_on: 'promise',
      how: 'promise',
    },
  },
  'community.talk': { purpose: 'talk', keep: 'talk', columns: talkColumns },
  'community.agreed_note': { purpose: 'talk', keep: 'agreedNote', columns: noteColumns },
  'community.talk_promise': { purpose: 'talk', keep: 'talk', columns: promiseColumns },
  'community.talk_rhythm': { purpose: 'talk', keep: 'inactive', columns: { talks: 'talk', every: 'talk' } },
  'community.tie_choice': {
    purpose: 'ties',
    keep: 'inactive',
    columns: { other_person: 'ties', choice: 'ties', chosen_on: 'ties' },
  },
  'community.introduction': {
    purpose: 'ties',
    keep: 'asked-60-days',
    columns: { made_on: 'ties', one_says: 'ties', two_says: 'ties' },
  },
  'community.coaching': {
    purpose: 'lead',
    keep: 'shared',
    columns: {
      coach: 'lead',
      coachee: 'lead',
      since: 'lead',
      ended_on: 'lead',
      shows_tasks: 'lead',
      shows_contact: 'lead',
    },
  },
  'community.carried_task': {
    purpose: 'lead',
    keep: 'shared',
    columns: { kind: 'lead', own_words: 'lead', since: 'lead', ended_on: 'lead', medium: 'lead' },
  },
  'community.asked_along': {
    purpose: 'lead',
    keep: 'asked-60-days',
    columns: { asker: 'lead', asked: 'lead', asked_on: 'lead', said_no: 'lead' },
  },
  'community.helper_mark': {
    purpose: 'lead',
    keep: 'shared',
    columns: { by_person: 'lead', about: 'lead', made_on: 'lead' },
  },
  'community.tie_confirmed': { purpose: 'ties', keep: 'inactive', columns: { confirmed_on: 'ties' } },
  'community.path_step': {
    purpose: 'path',
    keep: 'ownYes',
    columns: { stage: 'path', said_on: 'path', stands_on: 'path', resting_since: 'path', coach_may_know: 'path' },
  },
  'municipal.talk': { purpose: 'talk', keep: 'talk', columns: talkColumns },
  'municipal.agreed_note': { purpose: 'talk', keep: 'agreedNote', columns: noteColumns },
  'municipal.talk_promise': { purpose: 'talk', keep: 'talk', columns: promiseColumns },
  'municipal.talk_rhythm': { purpose: 'talk', keep: 'staff', columns: { talks: 'talk', every: 'talk' } },
  'municipal.legitimacy_check': {
    purpose: 'work',
    keep: 'ownWork',
    columns: {
      promise: 'work',
      equal: 'work',
      interest: 'work',
      mandate: 'work',
      authority: 'work',
      election: 'work',
      keepable: 'work',
      note: 'work',
      checked_on: 'work',
    },
  },
  'community.invitation': { purpose: 'meet', keep: 'evening', columns: { meeting_id: 'meet', inviter: 'meet' } },
  'community.own_card': {
    purpose: 'meet',
    keep: 'inactive',
    columns: { code: 'meet', for_meeting: 'meet', made_in: 'meet' },
  },
  'community.meeting_role': {
    purpose: 'meet',
    keep: 'attendance',
    columns: { meeting_id: 'meet', role: 'meet', name: 'meet' },
  },
  'community.training': {
    purpose: 'meet',
    keep: 'training',
    columns: {
      module: 'meet',
      starts_at: 'meet',
      place: 'meet',
      leader_name: 'meet',
      room: 'meet',
      cancelled_at: 'meet',
      cancel_words: 'meet',
    },
  },
  'community.training_seat': {
    purpose: 'meet',
    keep: 'training',
    columns: { module: 'meet', name: 'meet', name_seen: 'meet', came: 'meet' },
  },
  'community.training_wish': { purpose: 'meet', keep: 'trainingWish', columns: { module: 'meet', wished_on: 'meet' } },
  'community.meeting': { purpose: 'meet', keep: 'attendance', columns: { id: 'meet', host_name: 'meet' } },
  'community.debrief': {
    purpose: 'meet',
    keep: 'attendance',
    columns: { meeting_id: 'meet', next_step: ['meet', 'place'], next_owner: 'meet' },
  },
  'access.account': {
    purpose: 'enter',
    keep: 'inactive',
    columns: { name: 'enter', municipal_role: ['work', 'staff'], ended_at: ['work', 'staff'] },
  },
  'access.session': {
    purpose: 'enter',
    keep: 'session',
    columns: {
      via: 'enter',
      device: 'watch',
      opened_on: 'watch',
      seen_on: 'watch',
      expires_at: 'enter',
      proven_at: 'enter',
      factor_at: 'enter',
    },
  },
  'access.sign_in_link': { purpose: 'enter', keep: 'link', columns: { expires_at: 'enter' } },
  'access.mail_address': {
    purpose: 'enter',
    keep: 'inactive',
    columns: { address: 'enter', confirmed_on: 'enter' },
  },
  'community.asked_person': {
    purpose: 'ask',
    keep: 'asked-60-days',
    columns: {
      name: 'ask',
      mail: 'ask',
      telephone: 'ask',
      address: 'ask',
      asked_on: 'ask',
      mailed_at: 'ask',
      printed_on: 'ask',
    },
  },
  'community.moving_in': {
    purpose: 'ask',
    keep: 'list',
    columns: {
      asker: 'ask',
      source: 'ask',
      said_by: 'ask',
      basis: 'ask',
      by_mail: 'ask',
      people: 'ask',
      asked: 'ask',
      yes: 'ask',
      no: 'ask',
      looked_at: 'ask',
      confirmed_at: 'ask',
      undone_at: 'ask',
    },
  },
  'access.card': {
    purpose: 'enter',
    keep: 'inactive',
    columns: { number: 'enter', giver: 'enter', given_on: 'enter', used_on: 'watch' },
  },
  'access.mail_question': {
    purpose: 'enter',
    keep: 'mailQuestion',
    columns: { address: 'enter', expires_at: 'enter' },
  },
  'access.passkey': {
    purpose: 'enter',
    keep: 'inactive',
    columns: { name: 'enter', made_on: 'enter', used_on: 'watch' },
  },
  'access.warning': { purpose: 'watch', keep: 'read', columns: { what: 'watch', times: 'watch', last_at: 'watch' } },
  'access.failed_try': { purpose: 'watch', keep: 'tries', columns: { day: 'watch', via: 'watch', times: 'watch' } },
  'community.mail_wish': { purpose: 'send', keep: 'wish', columns: { meeting_id: 'send', address: 'send' } },
  'community.letter': {
    purpose: 'send',
    keep: 'letter',
    columns: { address: 'send', subject: 'send', body: 'send', not_before: 'send', laid_at: 'send' },
  },
  'access.api_key': {
    purpose: 'enter',
    keep: 'apiKey',
    columns: { as_role: 'enter', name: 'enter', made_on: 'enter', expires_on: 'enter', used_on: 'watch' },
  },
  'community.mail_trouble': {
    purpose: 'send',
    keep: 'mailTrouble',
    columns: { address: 'send', what: 'send', times: 'send', first_on: 'send', last_on: 'send' },
  },
  'community.week_letter': { purpose: 'send', keep: 'inactive', columns: { sent_on: 'send' } },
  'municipal.access_request': {
    purpose: 'request',
    keep: 'objection',
    columns: {
      name: 'request',
      mail: 'request',
      telephone: 'request',
      reason: 'request',
      received_on: 'request',
      extended_because: 'request',
      answered_on: 'request',
      answerer: 'request',
    },
  },
  'access.second_factor': { purpose: 'enter', keep: 'staff', columns: { confirmed_at: 'enter' } },
  'access.recovery_code': { purpose: 'enter', keep: 'staff', columns: {} },
  'access.staff_identity': { purpose: 'enter', keep: 'staff', columns: { way: 'enter', came_on: 'enter' } },
  'access.employee_community': { purpose: 'work', keep: 'withdrawn', columns: {} },
}

/** How sure it is whose a column is. `tied`: it points at somebody. `words`: somebody may be known again in what it says. `sealed`: nobody can read it. */
export type Sort = 'tied' | 'words' | 'sealed'

export interface MappedColumn {
  table: keyof DB
  column: string
  sort: Sort
  purpose: Purpose
  keep: RuleCode
  room: Room
  /** By which pieces it is told to the one it is about; none for what nobody can find. */
  pieces: readonly PieceKey[]
}

function useOf(use: Use | undefined, row: { purpose: Purpose; keep: RuleCode }): { purpose: Purpose; keep: RuleCode } {
  if (use === undefined) return { purpose: row.purpose, keep: row.keep }
  return typeof use === 'string' ? { purpose: use, keep: row.keep } : { purpose: use[0], keep: use[1] }
}

/** What is sealed so that the house itself cannot read it. */
const sealed = new Set<string>(['personal.entry.box', 'personal.book.tally', 'personal.lock.box'])

function tiedColumns(): MappedColumn[] {
  const found = new Map<string, MappedColumn & { pieces: PieceKey[] }>()
  for (const key of pieceKeys) {
    const { table, room, columns } = pieceOf(key)
    const row = register[table as MappedTable]
    for (const column of Object.keys(columns)) {
      const name = `${table}.${column}`
      const before = found.get(name)
      if (before) before.pieces.push(key)
      else
        found.set(name, {
          table: table as MappedTable,
          column,
          sort: sealed.has(name) ? 'sealed' : 'tied',
          room,
          pieces: [key],
          ...useOf((row.columns as Record<string, Use>)[column], row),
        })
    }
  }
  return [...found.values()]
}

const besideColumns = (): MappedColumn[] =>
  besideTables.flatMap((table) => {
    const row = beside[table as BesideTable]
    return Object.entries(row.columns).map(([column, use]) => ({
      table,
      column,
      sort: row.sort,
      room: row.room,
      pieces: [],
      ...useOf(use, row),
    }))
  })

/** Every column with personal data: those of the pieces, and those in which somebody may be known again. */
export const dataMap: readonly MappedColumn[] = [...tiedColumns(), ...besideColumns()]

/** What lies under a rule: the columns of each table, for whoever carries the rule out. */
export function columnsUnder(rule: RuleCode): Map<keyof DB, string[]> {
  const under = new Map<keyof DB, string[]>()
  for (const { table, column, keep } of dataMap)
    if (keep === rule) under.set(table, [...(under.get(table) ?? []), column])
  return under
}
