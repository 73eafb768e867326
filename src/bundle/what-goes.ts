// What goes along when a community moves, and what stays: every table of the database, each with its reason. A test reads the catalogue.

/** Whose rows are meant: those of the place, or those that hang on something that goes along itself. */
type Owner = 'place' | 'account' | 'person' | 'meeting' | 'association' | 'handOver' | 'keyChange' | 'look'

interface Goes {
  why: string
  /** A row goes when each of these columns points at something that goes. */
  ties: readonly (readonly [column: string, owner: Owner])[]
  /** Columns that stay. */
  without?: readonly string[]
  /** Points at a person, perhaps of another place: that tie stays. */
  perhaps?: string
  /** Points into its own table, and is filled in when all rows are there. */
  later?: string
  /** A new community is born with a row here; what came along takes its place. */
  replaces?: boolean
  /** Somebody may be here already: then what is here stands, and nothing of the bundle opens their door. */
  mayBeHere?: boolean
}

const place = (why: string): Goes => ({ why, ties: [['community_id', 'place']] })
const meeting = (why: string): Goes => ({ why, ties: [['meeting_id', 'meeting']] })
const person = (why: string): Goes => ({ why, ties: [['person_id', 'person']] })

/** In the order in which they are read in: what is pointed at comes first. */
export const goes: Readonly<Record<string, Goes>> = {
  'access.account': {
    why: 'whoever can sign in here can sign in there; a role in the municipality stays with the municipality',
    ties: [['id', 'account']],
    without: ['municipal_role'],
    mayBeHere: true,
  },
  'access.mail_address': {
    why: 'the way in by mail works at the new address',
    ties: [['account_id', 'account']],
    mayBeHere: true,
  },
  'community.community': { why: 'the place itself', ties: [['id', 'place']] },
  'access.card': {
    why: 'a printed card opens the new door: only its hash is kept, and goes along',
    ties: [
      ['community_id', 'place'],
      ['account_id', 'account'],
    ],
    mayBeHere: true,
  },
  'community.definition': place('the place’s own words, every version'),
  'community.withdrawal_plan': { ...place('what was agreed with the municipality'), replaces: true },
  'community.age_band': place('public statistics of the place'),
  'community.people_counted': place('the place’s own numbers'),
  'community.person': { ...place('the people of the place'), later: 'merged_into' },
  'access.community_role': { ...place('who hosts and who holds a key'), replaces: true },
  'community.profile': person('what somebody tells of themselves'),
  'community.consent': person('each yes and each no, with its day and its wording'),
  'community.association': { ...place('associations and groups'), later: 'parent_id' },
  'community.membership': {
    why: 'who is in which group',
    ties: [
      ['person_id', 'person'],
      ['association_id', 'association'],
    ],
  },
  'community.controller': { ...place('whose room it is'), replaces: true },
  'community.key_rule': place('the place’s own rule of trust'),
  'community.key_change': place('keys that are asked for, and how it ended'),
  'community.key_approval': {
    why: 'who agreed',
    ties: [
      ['change_id', 'keyChange'],
      ['person_id', 'person'],
    ],
  },
  'community.key_event': place('what has happened to the keys'),
  'community.trust': {
    why: 'whom somebody trusts with a key',
    ties: [
      ['from_person', 'person'],
      ['to_person', 'person'],
    ],
  },
  'community.hand_over': { ...place('how the room was handed over'), without: ['by_account'] },
  'community.withdrawal_rule': place('the bounds that the place has agreed on'),
  'community.withdrawal_quarter': place('how the place held together, quarter by quarter'),
  'community.quarter_outline': place('the outlines of quarters that are over, in fives'),
  'community.phase_vote': { ...place('the place’s own votes, as counts'), without: ['typed_by', 'confirmed_by'] },
  'community.passed_on': { ...place('what was handed over to the place'), without: ['received_by'] },
  'community.check_in': place('how it went afterwards; it hangs on a vote of the place'),
  'community.called_back': { ...place('when the place called the municipality'), without: ['called_by'] },
  'community.hand_over_yes': {
    why: 'who said yes to it',
    ties: [
      ['hand_over_id', 'handOver'],
      ['person_id', 'person'],
    ],
  },
  'community.look': { ...place('who looked, why and when: the name stays on it'), without: ['account_id'] },
  'community.looked_at': {
    why: 'whom they saw',
    ties: [
      ['look_id', 'look'],
      ['person_id', 'person'],
    ],
  },
  'community.merge': place('two that were found to be one, and the way back'),
  'community.objection': {
    why: 'what somebody has said no to, and the answer',
    ties: [
      ['community_id', 'place'],
      ['account_id', 'account'],
    ],
  },
  'community.meeting': place('the meetings, each with the code that stands on its poster'),
  'community.agenda_item': meeting('the plan of the evening'),
  'community.meeting_role': meeting('who does what'),
  'community.own_card': {
    ...place('the cards that neighbours have handed on: their links and codes work at the new address'),
    perhaps: 'person_id',
    later: 'parent_id',
  },
  'community.invitation': {
    ...meeting('printed and sent invitations work at the new address'),
    perhaps: 'person_id',
    later: 'parent_id',
  },
  'community.coming': { ...meeting('who means to come, and their links'), perhaps: 'person_id' },
  'community.evening': meeting('how the evening went'),
  'community.theme': meeting('what was heard in common'),
  'community.statement': { ...meeting('what was said'), without: ['tag'] },
  'community.dot_count': meeting('dots as numbers'),
  'community.arrival': { ...meeting('the door list'), without: ['tag'], perhaps: 'person_id' },
  'community.commitment': { ...meeting('promises, and their links'), perhaps: 'person_id' },
  'community.debrief': meeting('what was learnt'),
  'community.card_count': meeting('numbers of the exit card'),
  'community.counted_cards': meeting('numbers of the exit card'),
  'community.next_word': meeting('what people will do, tied to nobody'),
  'community.result': meeting('frozen results'),
  'community.talk': { ...place('when two neighbours talk'), perhaps: 'other' },
  'community.agreed_note': { ...place('what the two agreed to'), perhaps: 'other' },
  'community.talk_promise': { ...place('what the two promised each other'), perhaps: 'other' },
  'community.tie_choice': {
    why: 'which ties somebody hides or leaves out; those with the municipality’s people stay, as they do',
    ties: [
      ['person_id', 'person'],
      ['other_person', 'person'],
    ],
    without: ['other_account'],
  },
  'community.coaching': {
    why: 'whom somebody leans on, by the yes of both',
    ties: [
      ['community_id', 'place'],
      ['coach', 'person'],
      ['coachee', 'person'],
    ],
  },
  'community.carried_task': {
    why: 'the tasks of the place, and who has said that they carry them',
    ties: [
      ['community_id', 'place'],
      ['person_id', 'person'],
    ],
  },
  'community.helper_mark': {
    why: 'that a neighbour has helped: both see it there as here',
    ties: [
      ['by_person', 'person'],
      ['about', 'person'],
    ],
  },
  'community.path_step': person('what somebody calls themselves, by their own yes'),
  'community.path_quarter': place('what the place sees of its leaders: a rounded count and two words'),
  'community.tie_confirmed': person('that somebody has looked their ties through'),
  'community.talk_rhythm': person('how often somebody wants to talk with another'),
  'community.training': { ...place('trainings that are announced, and those that were held'), perhaps: 'leader_id' },
  'community.training_seat': {
    ...place('who has signed up, and who was there; it hangs on a training of the place'),
    perhaps: 'person_id',
  },
  'community.training_wish': {
    ...place('what neighbours would like to have'),
    ties: [
      ['community_id', 'place'],
      ['person_id', 'person'],
    ],
  },
  'community.mail_wish': meeting('who waits for a result by mail'),
}

const munici = 'the municipality’s own room never goes along'
const doors = 'opens the door of this installation only'
const sealed = 'an exit card is counted where it was sealed: its key is in no file that leaves the machine'
const book = 'Min bog belongs to one person, who takes it along alone; its outer key is this installation’s'

/** What stays, and why. */
export const stays: Readonly<Record<string, string>> = {
  'access.api_key': doors,
  'access.audit': 'what was done at this installation; the move stands in both lists',
  'access.audit_start': 'where the list of this installation begins',
  'access.employee_community': munici,
  'access.failed_try': 'tries at this door',
  'access.identity_provider': munici,
  'access.mail_question': doors,
  'access.passkey': 'a passkey is bound to the address it was made at: its owner makes a new one',
  'access.recovery_code': munici,
  'access.second_factor': munici,
  'access.session': doors,
  'access.sign_in_link': doors,
  'access.spent_assertion': munici,
  'access.staff_identity': munici,
  'access.warning': 'told at this door',
  'community.asked_person': 'somebody who has only been asked has said yes to nothing, and not to a move',
  'community.card_receipt': sealed,
  'community.card_round': sealed,
  'community.dot': 'gone when an evening is put away, and none moves before',
  'community.asked_along': 'a question that waits for sixty days: the new installation asks anew',
  'community.introduction': 'who was asked whether they would meet: the new installation asks anew',
  'community.letter': 'letters on their way are sent from here',
  'community.mail_trouble': 'what this mail server was told',
  'community.move': 'how the place asked to move from here; its members read it with what happened to their room',
  'community.move_yes': 'who said yes to moving from here',
  'community.moved_away': 'which places moved from here, and where to',
  'community.moved_sign': 'codes and links that lead from here to the new address',
  'community.moved_in': 'the new installation writes its own',
  'community.moving_file': 'a list that is being looked through is finished here',
  'community.moving_in': 'a list that is being looked through is finished here',
  'community.post_day': 'numbers of this mail server',
  'community.recognition': 'gone when an evening is put away, and none moves before',
  'community.retention_run': 'what the nights forgot here',
  'community.sealed_card': sealed,
  'community.sealed_next': sealed,
  'community.sealed_shares': sealed,
  'community.sealed_who': sealed,
  'community.still_question': 'who was asked whether they go on: the new installation asks anew',
  'community.talk_rest': 'marks under the secret of this installation: they mean nothing elsewhere',
  'community.unapproved_note': 'sealed for a day; the two write it again',
  'municipal.agreed_note': munici,
  'municipal.legitimacy_check': munici,
  'municipal.step': munici,
  'municipal.step_owner': munici,
  'municipal.talk': munici,
  'municipal.talk_promise': munici,
  'municipal.talk_rhythm': munici,
  'municipal.unapproved_note': munici,
  'community.undo': 'gone when an evening is put away, and none moves before',
  'community.voice': 'gone when an evening is put away; sealed with this installation’s secret',
  'community.webhook': 'another program is told about the new address by those who keep it',
  'community.webhook_call': 'told from here',
  'community.week_letter': 'when this installation wrote last',
  'municipal.access_request': munici,
  'municipal.request_passed_on': munici,
  'municipal.incident': munici,
  'municipal.incident_step': munici,
  'municipal.municipality': munici,
  'municipal.number_to_ring': munici,
  'municipal.people_count': munici,
  'municipal.people_quarter': munici,
  'personal.book': book,
  'personal.entry': book,
  'personal.lock': book,
  'personal.wrong_try': book,
}
