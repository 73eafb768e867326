// How long personal data is kept: every rule with its code, how long, counted from which column, what happens then, and who sees to it.
import type { DB } from '../db/schema.ts'

export interface Span {
  n: number
  unit: 'minute' | 'day' | 'month' | 'year'
}

type Table = keyof DB
/** A column of a table as one word: `community.meeting.starts_at`. */
export type ColumnName = { [T in Table]: `${T}.${keyof DB[T] & string}` }[Table]

/** What happens when the time is over. */
export const endings = [
  /** The row goes. */
  'delete',
  /** The row stays as a number; what names somebody in it goes, as `forget` of its piece says. */
  'count',
  /** The column alone loses what it holds. */
  'clear',
  /** The person is asked whether they go on, and is anonymised when `grace` goes by without an answer. */
  'ask',
  /** What the municipality knows of single persons goes; numbers stay. */
  'reduce',
] as const
export type Ending = (typeof endings)[number]

export interface RetentionRule {
  /** Null: no clock ends it; what does, the words say. */
  keep: Span | null
  /** For each table under the rule, the column that is counted from; of the row itself, or of the row that it hangs on. Later of two: both. */
  from: { readonly [T in Table]?: readonly ColumnName[] }
  after: Ending
  /** The columns hold the end itself: `keep` is how long that is after the beginning. */
  endInRow?: true
  /** For `ask`: how long the question waits. */
  grace?: Span
  /** `night`: by the run of every night. `program`: by the deed or the hourly sweep that is done with it; the run sees that it happened. `owner`: by whom it is about. */
  by: 'night' | 'program' | 'owner'
}

const span = (n: number, unit: Span['unit']): Span => ({ n, unit })
const meeting = ['community.meeting.starts_at'] as const
const life = ['community.person.active_on'] as const

export const retentionRules = {
  /** Until its owner deletes it, or is gone. */
  own: { keep: null, from: {}, after: 'delete', by: 'owner' },
  /** A person who shows no life: asked, then anonymised. What hangs on the person or on their account goes with it. */
  inactive: {
    keep: span(24, 'month'),
    from: { 'community.person': life },
    after: 'ask',
    grace: span(30, 'day'),
    by: 'night',
  },
  /** As long as the place wishes; no name stands in it. */
  place: { keep: null, from: {}, after: 'delete', by: 'owner' },
  /** Names of a meeting: who came, who hosted, who took what on. */
  attendance: {
    keep: span(24, 'month'),
    from: {
      'community.arrival': meeting,
      'community.meeting_role': meeting,
      'community.meeting': meeting,
      'community.debrief': meeting,
    },
    after: 'count',
    by: 'night',
  },
  /** Names of a training: who led it, who had signed up, who was there. */
  training: {
    keep: span(24, 'month'),
    from: {
      'community.training': ['community.training.starts_at'],
      'community.training_seat': ['community.training.starts_at'],
    },
    after: 'count',
    by: 'night',
  },
  /** A wish for a training that never came. */
  trainingWish: {
    keep: span(1, 'year'),
    from: { 'community.training_wish': ['community.training_wish.wished_on'] },
    after: 'delete',
    by: 'night',
  },
  /** What somebody promised. */
  promise: { keep: span(24, 'month'), from: { 'community.commitment': meeting }, after: 'delete', by: 'night' },
  /** The number to ring about a promise: thirty days after the day that was named, or after the meeting. */
  promiseTelephone: {
    keep: span(30, 'day'),
    from: { 'community.commitment': ['community.commitment.by_when', 'community.meeting.starts_at'] },
    after: 'clear',
    by: 'night',
  },
  /** What is needed for one evening: eight days after it began; where it never began, after it should have. */
  evening: {
    keep: span(8, 'day'),
    from: {
      'community.coming': ['community.evening.begun_at', 'community.meeting.starts_at'],
      'community.invitation': ['community.evening.begun_at', 'community.meeting.starts_at'],
      'community.arrival': ['community.evening.begun_at', 'community.meeting.starts_at'],
      'community.statement': ['community.evening.begun_at', 'community.meeting.starts_at'],
      'community.recognition': ['community.evening.begun_at', 'community.meeting.starts_at'],
      'community.dot': ['community.evening.begun_at', 'community.meeting.starts_at'],
      'community.voice': ['community.evening.begun_at', 'community.meeting.starts_at'],
      'community.undo': ['community.evening.begun_at', 'community.meeting.starts_at'],
    },
    after: 'delete',
    by: 'program',
  },
  /** Sealed answers: until they are counted. Receipts: seven late days more. */
  card: {
    keep: span(7, 'day'),
    from: {
      'community.sealed_card': ['community.card_round.closed_at'],
      'community.card_receipt': ['community.card_round.closed_at'],
    },
    after: 'delete',
    by: 'program',
  },
  /** A wish for the result: until it is sent. Where no result comes, thirty days after the meeting. */
  wish: { keep: span(30, 'day'), from: { 'community.mail_wish': meeting }, after: 'delete', by: 'night' },
  /** A letter: until it is sent, two days at most. */
  letter: {
    keep: span(2, 'day'),
    from: { 'community.letter': ['community.letter.not_before'] },
    after: 'delete',
    by: 'program',
  },
  /** A key for another program: a year, of the municipality thirty days. The row knows its end. */
  apiKey: {
    keep: span(1, 'year'),
    from: { 'access.api_key': ['access.api_key.expires_on'] },
    endInRow: true,
    after: 'delete',
    by: 'program',
  },
  /** Somebody of a list who has been asked, and two who were asked whether they would meet: sixty days at most. */
  'asked-60-days': {
    keep: span(60, 'day'),
    from: {
      'community.asked_person': ['community.asked_person.asked_on'],
      'community.introduction': ['community.introduction.made_on'],
      'community.asked_along': ['community.asked_along.asked_on'],
    },
    after: 'delete',
    by: 'program',
  },
  /** That a list was brought, by whom, from where and on what ground: a year. */
  list: {
    keep: span(12, 'month'),
    from: { 'community.moving_in': ['community.moving_in.confirmed_at'] },
    after: 'delete',
    by: 'program',
  },
  /** The rows of a list: a day while it is looked through; those that failed, seven. The row knows its end. */
  listRows: {
    keep: span(7, 'day'),
    from: { 'community.moving_file': ['community.moving_file.keep_until'] },
    endInRow: true,
    after: 'delete',
    by: 'program',
  },
  /** An address that letters come back from: ninety days after the last one. */
  mailTrouble: {
    keep: span(90, 'day'),
    from: { 'community.mail_trouble': ['community.mail_trouble.last_on'] },
    after: 'delete',
    by: 'program',
  },
  /** A question by mail: ten minutes. */
  mailQuestion: {
    keep: span(10, 'minute'),
    from: { 'access.mail_question': ['access.mail_question.expires_at'] },
    endInRow: true,
    after: 'delete',
    by: 'program',
  },
  /** A link from the terminal: an hour. */
  link: {
    keep: span(60, 'minute'),
    from: { 'access.sign_in_link': ['access.sign_in_link.expires_at'] },
    endInRow: true,
    after: 'delete',
    by: 'program',
  },
  /** A session: thirty days after it was last used; of the municipality, ten hours. The row knows its end. */
  session: {
    keep: span(30, 'day'),
    from: { 'access.session': ['access.session.expires_at'] },
    endInRow: true,
    after: 'delete',
    by: 'program',
  },
  /** Wrong tries to come in or to open a book. */
  tries: {
    keep: span(30, 'day'),
    from: { 'access.failed_try': ['access.failed_try.day'], 'personal.wrong_try': ['personal.wrong_try.on_day'] },
    after: 'delete',
    by: 'program',
  },
  /** Until it has been read by whom it is for. */
  read: { keep: null, from: {}, after: 'delete', by: 'owner' },
  /** What went over when two entries became one: as long as it can be undone. */
  undo: {
    keep: span(30, 'day'),
    from: { 'community.merge': ['community.merge.done_at'] },
    after: 'clear',
    by: 'night',
  },
  /** An objection with its answer. */
  objection: {
    keep: span(24, 'month'),
    from: {
      'community.objection': ['community.objection.answered_on'],
      'municipal.access_request': ['municipal.access_request.answered_on'],
    },
    after: 'delete',
    by: 'night',
  },
  /** Who of the municipality has looked, and what was done that weighs. */
  audit: { keep: span(5, 'year'), from: { 'community.look': ['community.look.at'] }, after: 'delete', by: 'night' },
  /** Somebody who worked for the municipality: a year after their access ended. */
  staff: {
    keep: span(12, 'month'),
    from: { 'access.account': ['access.account.ended_at'] },
    after: 'delete',
    by: 'night',
  },
  /** What the municipality knows of single persons in a place that it has left: six months. */
  withdrawn: {
    keep: span(6, 'month'),
    from: { 'access.employee_community': ['community.withdrawal_plan.last_day'] },
    after: 'reduce',
    by: 'night',
  },
  /** A note of a talk that both have agreed to: twelve months after they last met. */
  agreedNote: {
    keep: span(12, 'month'),
    from: {
      'community.agreed_note': ['community.talk.touched_on'],
      'municipal.agreed_note': ['municipal.talk.touched_on'],
    },
    after: 'delete',
    by: 'night',
  },
  /** That two have talked, and what they promised each other. */
  talk: {
    keep: span(24, 'month'),
    from: {
      'community.talk': ['community.talk.touched_on'],
      'community.talk_promise': ['community.talk.touched_on'],
      'municipal.talk': ['municipal.talk.touched_on'],
      'municipal.talk_promise': ['municipal.talk.touched_on'],
    },
    after: 'delete',
    by: 'night',
  },
  /** Tasks that somebody has laid down, somebody whom one no longer leans on, and that a neighbour has helped. */
  shared: {
    keep: span(24, 'month'),
    from: {
      'community.carried_task': ['community.carried_task.ended_on'],
      'community.coaching': ['community.coaching.ended_on'],
      'community.helper_mark': ['community.helper_mark.made_on'],
    },
    after: 'delete',
    by: 'night',
  },
  /** What somebody calls themselves by their own yes, from the last day they said that it is so. */
  ownYes: {
    keep: span(24, 'month'),
    from: { 'community.path_step': ['community.path_step.stands_on'] },
    after: 'delete',
    by: 'night',
  },
  /** A wording that only one of the two has said yes to: sealed, and opened by nobody after a day. The row knows its end. */
  unapproved: {
    keep: span(1, 'day'),
    from: {
      'community.unapproved_note': ['community.unapproved_note.expires_at'],
      'municipal.unapproved_note': ['municipal.unapproved_note.expires_at'],
    },
    endInRow: true,
    after: 'delete',
    by: 'program',
  },
  /** That somebody said no to a neighbour, or a mailbox wants no letters: a hash that nobody can read back. The row knows its end. */
  talkRest: {
    keep: span(730, 'day'),
    from: { 'community.talk_rest': ['community.talk_rest.until'] },
    endInRow: true,
    after: 'delete',
    by: 'program',
  },
  /** What employees ask themselves before a promise. */
  ownWork: {
    keep: span(24, 'month'),
    from: {
      'municipal.legitimacy_check': ['municipal.legitimacy_check.checked_on'],
      'municipal.step': ['municipal.step.done_on'],
      'municipal.step_owner': ['municipal.step.done_on'],
    },
    after: 'delete',
    by: 'night',
  },
} as const satisfies Record<string, RetentionRule>

/** Rules for what Oplive does not keep yet: they are promised before the first row is. */
export const waiting: ReadonlySet<RuleCode> = new Set()

export type RuleCode = keyof typeof retentionRules
export const ruleCodes = Object.keys(retentionRules) as RuleCode[]
export const ruleOf = (code: RuleCode): RetentionRule => retentionRules[code]
