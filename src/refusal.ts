// How the house says no. A deed refuses with a code; one place (the site) turns codes into a status and words.

/** Every reason to refuse, with the HTTP status it becomes. The words stand in the catalogue under `refusal.<code>`. */
export const refusals = {
  'not-found': 404,
  'sign-in.needed': 401,
  'sign-in.used': 410,
  'proof.needed': 403,
  'card.wait': 429,
  'passkey.wrong': 403,
  'passkey.again': 409,
  'passkey.copied': 403,
  'passkey.known': 409,
  'passkey.enough': 409,
  'factor.needed': 403,
  'factor.slow': 429,
  'sign-in.refused': 400,
  'staff.no-role': 403,
  'staff.not-sure': 403,
  'staff.ended': 403,
  'staff.away': 503,
  'staff.not-here': 404,
  'not-yours': 403,
  'foreign-post': 403,
  'too-large': 413,
  'too-many-guesses': 429,
  'api.key': 401,
  'api.often': 429,
  'code.unknown': 404,
  'meeting.not-open': 409,
  'meeting.not-planned': 409,
  'meeting.closed': 410,
  'card.counted': 410,
  'commitment.unknown': 404,
  'result.not-yet': 403,
  'employee.not-definition': 403,
  'evening.begun': 409,
  'evening.not-begun': 409,
  'evening.over': 410,
  'changed-since': 409,
  'undo.changed': 409,
  'theme.gone': 409,
  'theme.four': 409,
  'statement.gone': 409,
  'voice.unknown': 404,
  'words.cpr': 400,
  'words.enough': 409,
  'dots.closed': 409,
  'dots.too-many': 400,
  'handover.open': 409,
  'handover.over': 409,
  'handover.said': 409,
  'key.asked': 409,
  'key.enough': 409,
  'key.last': 409,
  'key.news': 409,
  'key.over': 409,
  'key.said': 409,
  'room.guest': 403,
  'training.full': 409,
  'training.off': 409,
  'training.over': 409,
  'training.begun': 409,
  'training.not-yet': 409,
  'vote.waits': 409,
  'vote.over': 409,
  'vote.yours': 409,
  'call.near': 409,
  'call.waits': 409,
  'group.keeps': 409,
  'group.levels': 409,
  'mine.taken': 409,
  'mine.gone': 410,
  'key.missing': 503,
  'book.sheet-first': 409,
  'book.full': 409,
  'book.key-missing': 503,
  'join.taken': 409,
  'join.many': 429,
  'cards.many': 429,
  'merge.taken': 409,
  'merge.keys': 409,
  'merge.own-yes': 409,
  'merge.late': 409,
  'merge.later': 409,
  'move.asked': 409,
  'move.busy': 503,
  'move.interim': 409,
  'move.over': 410,
  'move.said': 409,
  'moving.over': 409,
  'moving.many': 503,
  'asked.gone': 410,
  'talk.nothing': 404,
  busy: 503,
} as const

export type RefusalCode = keyof typeof refusals

export class Refusal extends Error {
  readonly code: RefusalCode
  constructor(code: RefusalCode) {
    super(code)
    this.name = 'Refusal'
    this.code = code
  }
  get status(): (typeof refusals)[RefusalCode] {
    return refusals[this.code]
  }
}

export function refuse(code: RefusalCode): never {
  throw new Refusal(code)
}
