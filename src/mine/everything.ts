// Everything that is kept of a person: each table with a tie to somebody, how theirs is found in it, what of it they are told, and how it
// is forgotten. A test reads the database's own catalogue: a table, a column or a tie that is not stated here fails it.
import { keptOfAsked } from './kept-of-asked.ts'
import { keptOfBook } from './kept-of-book.ts'
import { keptOfEntry } from './kept-of-entry.ts'
import { keptOfKeys } from './kept-of-keys.ts'
import { keptOfLeading } from './kept-of-leading.ts'
import { keptOfMeetings } from './kept-of-meetings.ts'
import { keptOfPath } from './kept-of-path.ts'
import { keptOfPerson } from './kept-of-person.ts'
import { keptOfStaff } from './kept-of-staff.ts'
import { keptOfTalks } from './kept-of-talks.ts'
import { keptOfTies } from './kept-of-ties.ts'
import type { Piece } from './piece.ts'

/** In the order in which they are told. */
export const pieces = {
  ...keptOfBook,
  ...keptOfPerson,
  ...keptOfKeys,
  ...keptOfMeetings,
  ...keptOfTalks,
  ...keptOfTies,
  ...keptOfLeading,
  ...keptOfPath,
  ...keptOfAsked,
  ...keptOfEntry,
  ...keptOfStaff,
}

export type PieceKey = keyof typeof pieces
export const pieceKeys = Object.keys(pieces) as PieceKey[]
export const pieceOf = (key: PieceKey): Piece => pieces[key]
export const isPieceKey = (text: string): text is PieceKey => Object.hasOwn(pieces, text)

/** Tables that hold nothing of a single person that could be found, and why. */
export const ofNobody: Readonly<Record<string, string>> = {
  'community.unapproved_note':
    'a wording that one of two has said yes to: sealed with a secret that only the two have, for a day',
  'municipal.unapproved_note':
    'a wording that one of two has said yes to: sealed with a secret that only the two have, for a day',
  'municipal.step': 'what is to be done in a place: no person stands in it',
  'municipal.step_owner': 'whether residents, a group or the municipality carry a step: never who',
  'community.webhook': 'addresses of programs that a place tells of its meetings',
  'community.webhook_call': 'what is still to be told to a program: a meeting, never a person',
  'community.retention_run': 'what each night forgot: numbers',
  'access.audit': 'what was done that weighs: the municipality’s own by name, at work; a neighbour is a role',
  'access.audit_start': 'from where the chain of the audit is reckoned',
  'community.post_day': 'how many letters went out: numbers',
  'community.people_counted': 'numbers',
  'municipal.people_count': 'numbers, rounded and hidden where they are small',
  'municipal.people_quarter': 'when it was counted',
  'access.identity_provider': 'the file of the municipality’s identity provider',
  'access.spent_assertion': 'a hash of what was said once, for minutes; of nobody that could be found',
  'community.key_rule': 'a number that a place has set',
  'community.move': 'how a place moves from here; who said yes stands beside it',
  'community.moved_away': 'a place that has moved, and its new address',
  'community.moved_sign': 'hashes of codes and links of a place that has moved: of nobody',
  'community.moved_in':
    'which places came here in a bundle, and by whose signature: of an installation, not of a person',
  'municipal.request_passed_on':
    'to which association a question went on, and when: a place and days, gone with the question that tells of somebody',
  'municipal.incident': 'something that went wrong, told without names',
  'municipal.incident_step': 'what was done about it; who of the municipality did it, at work',
  'municipal.municipality': 'the municipality itself',
  'municipal.number_to_ring': 'numbers of the municipality to ring',
  'community.talk_rest': 'hashes under the secret of the house, of nobody that could be found; gone on their day',
  'community.community': 'a place',
  'community.age_band': 'public statistics',
  'community.definition': 'worded together; only how many wrote it is kept',
  'community.withdrawal_rule': 'bounds that a place has agreed on: numbers',
  'community.path_quarter': 'what a place sees of its leaders: a rounded count and two words',
  'community.withdrawal_quarter': 'how a place holds together: numbers',
  'community.quarter_outline': 'the coarse shape of a place: groups of ten or more, in fives',
  'community.check_in': 'how it goes in a place, in words that its hosts wrote together; who wrote them is not kept',
  'community.withdrawal_plan': 'an agreement between a place and the municipality',
  'community.agenda_item': 'the plan of an evening',
  'community.evening': 'how far an evening has come, and numbers',
  'community.theme': 'heard in common, in words without names',
  'community.statement':
    'words without a name: the tag is the hash of a token that only the phone has, and goes when the evening is put away',
  'community.recognition': 'by tag, as the statements; turned into counts',
  'community.dot': 'by tag, as the statements; turned into counts',
  'community.dot_count': 'numbers',
  'community.voice': 'by tag; gone when the one who spoke has said yes or no',
  'community.undo': 'what facilitators have done to words and themes; gone when the evening is put away',
  'community.card_round': 'keys of the exit card',
  'community.sealed_card': 'sealed, without a name; counted and gone',
  'community.sealed_shares': 'sealed, without a name; counted and gone',
  'community.sealed_next': 'sealed, without a name; counted and gone',
  'community.sealed_who': 'sealed, without a name; counted and gone',
  'community.card_receipt': 'by tag; gone with the late days',
  'community.card_count': 'numbers',
  'community.counted_cards': 'numbers',
  'community.next_word': 'words without any tie to who or when',
  'community.result': 'frozen numbers',
  'community.association': 'that an association exists is public; who is in it stands in the memberships',
  'community.moving_file':
    'rows of a list while it is looked through, pressed together; gone after a day, those that failed after a week',
  'community.controller': 'who is responsible for a room: never a single person',
}
