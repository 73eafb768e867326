// Everything that is kept of a person: each table with a tie to somebody, how theirs is found in it, what of it they are told, and how it
// is forgotten. A test reads the database's own catalogue: a table, a column or a tie that is not stated here fails it.

/** How a column is told. An `id` stands in the JSON file alone; a `secret` (a hash, something sealed) is told nowhere. */
export type Told =
  | 'text'
  | 'words'
  | 'list'
  | 'day'
  | 'instant'
  | 'flag'
  | 'number'
  | 'meeting'
  | 'association'
  | 'id'
  | 'secret'
  /** Told by the room itself, which alone can read it. */
  | 'room'

/** How the rows of somebody are found: by the columns that tie them. Two ties mean either. */
export type Tie =
  | { by: 'account' | 'person'; columns: readonly string[] }
  /** By a mail address of theirs that nobody else here has. */
  | { by: 'address'; column: string }
  | { by: 'either'; account: string; address: string }
  /** By their whole name, where others wrote it: a full name, and the only one of its kind in the place. */
  | { by: 'name'; column: string; meeting: string; unless?: string }
  /** By the looks in which they were seen. */
  | { by: 'looked' }

/** Where the community of a row stands: on the row, on its person, or on its meeting; null for what is of no place. */
export type Place = 'row' | 'person' | 'meeting' | null

export type Forget =
  /** Gone with the row that it hangs on: the account, or the person. */
  | { by: 'cascade' }
  | { by: 'delete' }
  /** The row stays as a number; these columns lose what they hold. */
  | { by: 'clear'; set: Readonly<Record<string, string | null>> }
  /** By functions of the room itself. */
  | { by: 'room' }
  /** It stays, for the reason that the words of the piece tell. */
  | { by: 'stays' }

export type Room = 'book' | 'community' | 'entry' | 'municipal'
/** Who can see it; the words say it. */
export type SeenBy = 'you' | 'hosts' | 'keyholders' | 'everybody' | 'program' | 'members' | 'answerer' | 'officer'
/** How long it is kept; the words say it. */
export type Kept =
  | 'yours'
  | 'account'
  | 'used'
  | 'sent'
  | 'minutes10'
  | 'read'
  | 'once'
  | 'days30'
  | 'years5'
  | 'meeting'

export interface Piece {
  table: string
  room: Room
  tie: Tie
  place: Place
  columns: Readonly<Record<string, Told>>
  seen: SeenBy
  kept: Kept
  forget: Forget
  /** One row can be deleted by itself: the column that names it, and how; `proof`: by who has shown lately that it is them. Left out: only with the rest, or on the page in `correct`. */
  single?: { row: string; how: 'delete' | { set: Readonly<Record<string, string | null>> }; proof?: true }
  /** Where it is corrected: an address, `:slug` for the place. */
  correct?: string
  /** Only for those who work for the municipality. */
  staff?: true
  /** The newest first, by this column. */
  newest?: string
}

const keys = <const T extends Record<string, Piece>>(pieces: T): T => pieces

/** In the order in which they are told. */
export const pieces = keys({
  // --- Min bog: sealed, so that only the book itself can tell it
  book: {
    table: 'personal.book',
    room: 'book',
    tie: { by: 'account', columns: ['account_id'] },
    place: null,
    columns: { account_id: 'id', tally: 'secret' },
    seen: 'you',
    kept: 'yours',
    forget: { by: 'room' },
    correct: '/book',
  },
  bookEntry: {
    table: 'personal.entry',
    room: 'book',
    tie: { by: 'account', columns: ['account_id'] },
    place: null,
    columns: { account_id: 'id', id: 'room', rev: 'secret', box: 'room' },
    seen: 'you',
    kept: 'yours',
    forget: { by: 'room' },
    correct: '/book',
  },
  bookLock: {
    table: 'personal.lock',
    room: 'book',
    tie: { by: 'account', columns: ['account_id'] },
    place: null,
    columns: {
      account_id: 'id',
      id: 'secret',
      kind: 'secret',
      key_id: 'secret',
      box: 'secret',
      made_on: 'room',
      seen_on: 'room',
      expires_at: 'secret',
    },
    seen: 'you',
    kept: 'yours',
    forget: { by: 'room' },
    correct: '/book',
  },
  bookTry: {
    table: 'personal.wrong_try',
    room: 'book',
    tie: { by: 'account', columns: ['account_id'] },
    place: null,
    columns: { account_id: 'id', on_day: 'room', tries: 'room' },
    seen: 'you',
    kept: 'days30',
    forget: { by: 'room' },
  },

  // --- Byens rum
  person: {
    table: 'community.person',
    room: 'community',
    tie: { by: 'person', columns: ['id'] },
    place: 'row',
    columns: {
      id: 'id',
      community_id: 'id',
      account_id: 'id',
      name: 'text',
      search: 'secret',
      contact_wish: 'words',
      telephone: 'text',
      mail: 'text',
      languages: 'list',
      exists_by: 'words',
      medium: 'words',
      joined_on: 'day',
      active_on: 'day',
      merged_into: 'id',
      rev: 'secret',
    },
    seen: 'keyholders',
    kept: 'yours',
    forget: { by: 'delete' },
    correct: '/c/:slug/me',
  },
  profile: {
    table: 'community.profile',
    room: 'community',
    tie: { by: 'person', columns: ['person_id'] },
    place: 'person',
    columns: { person_id: 'id', age_band: 'text', asked_about: 'text' },
    seen: 'you',
    kept: 'yours',
    forget: { by: 'cascade' },
    single: { row: 'person_id', how: 'delete' },
    correct: '/c/:slug/me',
  },
  consent: {
    table: 'community.consent',
    room: 'community',
    tie: { by: 'person', columns: ['person_id'] },
    place: 'person',
    columns: {
      id: 'id',
      person_id: 'id',
      purpose: 'words',
      text_version: 'number',
      medium: 'words',
      given_at: 'instant',
      withdrawn_at: 'instant',
    },
    seen: 'keyholders',
    kept: 'yours',
    forget: { by: 'cascade' },
    correct: '/c/:slug/me',
    newest: 'given_at',
  },
  membership: {
    table: 'community.membership',
    room: 'community',
    tie: { by: 'person', columns: ['person_id'] },
    place: 'person',
    columns: {
      association_id: 'association',
      person_id: 'id',
      said_yes_at: 'instant',
      medium: 'words',
    },
    seen: 'keyholders',
    kept: 'yours',
    forget: { by: 'cascade' },
    single: { row: 'association_id', how: 'delete' },
  },
  role: {
    table: 'access.community_role',
    room: 'community',
    tie: { by: 'account', columns: ['account_id'] },
    place: 'row',
    columns: { account_id: 'id', community_id: 'id', role: 'words' },
    seen: 'keyholders',
    kept: 'yours',
    forget: { by: 'cascade' },
  },
  coming: {
    table: 'community.coming',
    room: 'community',
    tie: { by: 'name', column: 'name', meeting: 'meeting_id' },
    place: 'meeting',
    columns: { id: 'id', meeting_id: 'meeting', name: 'text', secret_hash: 'secret', invitation_id: 'id' },
    seen: 'hosts',
    kept: 'meeting',
    forget: { by: 'delete' },
    single: { row: 'id', how: 'delete' },
  },
  arrival: {
    table: 'community.arrival',
    room: 'community',
    tie: { by: 'name', column: 'name', meeting: 'meeting_id' },
    place: 'meeting',
    columns: {
      id: 'id',
      meeting_id: 'meeting',
      tag: 'secret',
      medium: 'words',
      name: 'text',
      first_time: 'flag',
      brought_by: 'words',
      bringer: 'text',
      rev: 'secret',
    },
    seen: 'hosts',
    kept: 'meeting',
    // They are counted as before: that somebody came, for the first time or not, and by what way.
    forget: { by: 'clear', set: { name: null, bringer: null, tag: null } },
    single: { row: 'id', how: { set: { name: null, bringer: null, tag: null } } },
  },
  commitment: {
    table: 'community.commitment',
    room: 'community',
    tie: { by: 'name', column: 'name', meeting: 'meeting_id' },
    place: 'meeting',
    columns: {
      id: 'id',
      meeting_id: 'meeting',
      name: 'text',
      what: 'text',
      by_when: 'day',
      to_whom: 'text',
      telephone: 'text',
      medium: 'words',
      secret_hash: 'secret',
      state: 'words',
      how: 'text',
      rev: 'secret',
    },
    seen: 'hosts',
    kept: 'meeting',
    forget: { by: 'delete' },
    single: { row: 'id', how: 'delete' },
  },
  invitation: {
    table: 'community.invitation',
    room: 'community',
    tie: { by: 'name', column: 'inviter', meeting: 'meeting_id' },
    place: 'meeting',
    columns: { id: 'id', meeting_id: 'meeting', secret_hash: 'secret', inviter: 'text' },
    seen: 'members',
    kept: 'meeting',
    forget: { by: 'delete' },
    single: { row: 'id', how: 'delete' },
  },
  hosting: {
    table: 'community.meeting_role',
    room: 'community',
    tie: { by: 'name', column: 'name', meeting: 'meeting_id' },
    place: 'meeting',
    columns: { meeting_id: 'meeting', role: 'words', name: 'text', municipal: 'secret', reason: 'secret' },
    seen: 'everybody',
    kept: 'meeting',
    forget: { by: 'delete' },
  },
  inviting: {
    table: 'community.meeting',
    room: 'community',
    tie: { by: 'name', column: 'host_name', meeting: 'id' },
    place: 'meeting',
    columns: { id: 'meeting', host_name: 'text' },
    seen: 'everybody',
    kept: 'meeting',
    forget: { by: 'clear', set: { host_name: 'En nabo' } },
  },
  bringer: {
    table: 'community.arrival',
    room: 'community',
    tie: { by: 'name', column: 'bringer', meeting: 'meeting_id' },
    place: 'meeting',
    columns: { meeting_id: 'meeting', bringer: 'text' },
    seen: 'hosts',
    kept: 'meeting',
    forget: { by: 'clear', set: { bringer: null } },
  },
  promisedTo: {
    table: 'community.commitment',
    room: 'community',
    tie: { by: 'name', column: 'to_whom', meeting: 'meeting_id' },
    place: 'meeting',
    columns: { meeting_id: 'meeting', to_whom: 'text' },
    seen: 'hosts',
    kept: 'meeting',
    forget: { by: 'clear', set: { to_whom: null } },
  },
  nextOwner: {
    table: 'community.debrief',
    room: 'community',
    tie: { by: 'name', column: 'next_owner', meeting: 'meeting_id' },
    place: 'meeting',
    columns: { meeting_id: 'meeting', next_step: 'text', next_owner: 'text' },
    seen: 'hosts',
    kept: 'meeting',
    forget: { by: 'clear', set: { next_owner: '' } },
  },
  looked: {
    table: 'community.look',
    room: 'community',
    tie: { by: 'looked' },
    place: 'row',
    columns: {
      id: 'id',
      community_id: 'id',
      account_id: 'secret',
      looker: 'text',
      what: 'words',
      reason: 'text',
      at: 'instant',
    },
    seen: 'officer',
    kept: 'years5',
    forget: { by: 'stays' },
    newest: 'at',
  },
  lookedAt: {
    table: 'community.looked_at',
    room: 'community',
    tie: { by: 'person', columns: ['person_id'] },
    place: 'person',
    columns: { look_id: 'id', person_id: 'id' },
    seen: 'officer',
    kept: 'yours',
    forget: { by: 'cascade' },
  },
  objection: {
    table: 'community.objection',
    room: 'community',
    tie: { by: 'account', columns: ['account_id'] },
    place: 'row',
    columns: {
      id: 'id',
      account_id: 'id',
      community_id: 'id',
      controller: 'words',
      name: 'text',
      text: 'text',
      asked_on: 'day',
      answer: 'text',
      answered_on: 'day',
      answerer: 'text',
    },
    seen: 'answerer',
    kept: 'yours',
    forget: { by: 'delete' },
    single: { row: 'id', how: 'delete' },
    newest: 'asked_on',
  },

  // --- Signing in
  account: {
    table: 'access.account',
    room: 'entry',
    tie: { by: 'account', columns: ['id'] },
    place: null,
    columns: { id: 'id', name: 'text', municipal_role: 'words', ended_at: 'instant' },
    seen: 'you',
    kept: 'account',
    forget: { by: 'delete' },
    correct: '/mine/name',
  },
  session: {
    table: 'access.session',
    room: 'entry',
    tie: { by: 'account', columns: ['account_id'] },
    place: null,
    columns: {
      id: 'id',
      account_id: 'id',
      token_hash: 'secret',
      idp_session: 'secret',
      via: 'words',
      device: 'text',
      opened_on: 'day',
      seen_on: 'day',
      expires_at: 'instant',
      proven_at: 'instant',
      passkey_id: 'id',
      factor_at: 'instant',
    },
    seen: 'you',
    kept: 'days30',
    forget: { by: 'cascade' },
    single: { row: 'id', how: 'delete' },
    newest: 'seen_on',
  },
  link: {
    table: 'access.sign_in_link',
    room: 'entry',
    tie: { by: 'account', columns: ['account_id'] },
    place: null,
    columns: { token_hash: 'secret', account_id: 'id', expires_at: 'instant' },
    seen: 'program',
    kept: 'used',
    forget: { by: 'cascade' },
  },
  mailAddress: {
    table: 'access.mail_address',
    room: 'entry',
    tie: { by: 'account', columns: ['account_id'] },
    place: null,
    columns: { account_id: 'id', address: 'text', confirmed_on: 'day' },
    seen: 'you',
    kept: 'yours',
    forget: { by: 'cascade' },
    correct: '/me/mail',
  },
  card: {
    table: 'access.card',
    room: 'entry',
    tie: { by: 'account', columns: ['account_id'] },
    place: null,
    columns: {
      account_id: 'id',
      public_part: 'secret',
      secret_hash: 'secret',
      number: 'number',
      community_id: 'id',
      giver: 'text',
      given_on: 'day',
      used_on: 'day',
    },
    seen: 'keyholders',
    kept: 'yours',
    forget: { by: 'cascade' },
    single: { row: 'account_id', how: 'delete', proof: true },
  },
  mailQuestion: {
    table: 'access.mail_question',
    room: 'entry',
    tie: { by: 'either', account: 'account_id', address: 'address' },
    place: null,
    columns: {
      browser_hash: 'secret',
      link_hash: 'secret',
      code_by_browser: 'secret',
      code_by_link: 'secret',
      purpose: 'secret',
      address: 'text',
      account_id: 'id',
      way: 'secret',
      wrong: 'secret',
      wrong_elsewhere: 'secret',
      proven: 'secret',
      expires_at: 'instant',
    },
    seen: 'program',
    kept: 'minutes10',
    forget: { by: 'delete' },
  },
  passkey: {
    table: 'access.passkey',
    room: 'entry',
    tie: { by: 'account', columns: ['account_id'] },
    place: null,
    columns: {
      id: 'id',
      account_id: 'id',
      credential_id: 'secret',
      public_key: 'secret',
      counter: 'secret',
      transports: 'secret',
      name: 'text',
      made_on: 'day',
      used_on: 'day',
    },
    seen: 'you',
    kept: 'yours',
    forget: { by: 'cascade' },
    correct: '/me#passkeys',
    newest: 'made_on',
  },
  warning: {
    table: 'access.warning',
    room: 'entry',
    tie: { by: 'account', columns: ['account_id'] },
    place: null,
    columns: { account_id: 'id', what: 'words', times: 'number', last_at: 'instant' },
    seen: 'you',
    kept: 'read',
    forget: { by: 'cascade' },
    single: { row: 'what', how: 'delete' },
  },
  failedTry: {
    table: 'access.failed_try',
    room: 'entry',
    tie: { by: 'account', columns: ['account_id'] },
    place: null,
    columns: { account_id: 'id', day: 'day', via: 'words', times: 'number', told: 'secret' },
    seen: 'you',
    kept: 'days30',
    forget: { by: 'cascade' },
    newest: 'day',
  },
  mailWish: {
    table: 'community.mail_wish',
    room: 'entry',
    tie: { by: 'address', column: 'address' },
    place: null,
    columns: { id: 'id', meeting_id: 'meeting', address: 'text', lang: 'secret' },
    seen: 'program',
    kept: 'sent',
    forget: { by: 'delete' },
    single: { row: 'id', how: 'delete' },
  },
  letter: {
    table: 'community.letter',
    room: 'entry',
    tie: { by: 'address', column: 'address' },
    place: null,
    columns: {
      id: 'id',
      address: 'text',
      subject: 'text',
      body: 'text',
      calendar: 'secret',
      tries: 'secret',
      not_before: 'instant',
    },
    seen: 'program',
    kept: 'sent',
    forget: { by: 'delete' },
  },

  // --- Kommunens rum: those who work there
  secondFactor: {
    table: 'access.second_factor',
    room: 'entry',
    tie: { by: 'account', columns: ['account_id'] },
    place: null,
    columns: { account_id: 'id', secret: 'secret', confirmed_at: 'instant', last_step: 'secret' },
    seen: 'you',
    kept: 'account',
    forget: { by: 'cascade' },
    staff: true,
  },
  recoveryCode: {
    table: 'access.recovery_code',
    room: 'entry',
    tie: { by: 'account', columns: ['account_id'] },
    place: null,
    columns: { code_hash: 'secret', account_id: 'id' },
    seen: 'you',
    kept: 'once',
    forget: { by: 'cascade' },
    staff: true,
  },
  worksWith: {
    table: 'access.employee_community',
    room: 'municipal',
    tie: { by: 'account', columns: ['account_id'] },
    place: 'row',
    columns: { account_id: 'id', community_id: 'id' },
    seen: 'you',
    kept: 'account',
    forget: { by: 'cascade' },
    staff: true,
  },
  ownLook: {
    table: 'community.look',
    room: 'municipal',
    tie: { by: 'account', columns: ['account_id'] },
    place: 'row',
    columns: {
      id: 'id',
      community_id: 'id',
      account_id: 'id',
      looker: 'text',
      what: 'words',
      reason: 'text',
      at: 'instant',
    },
    seen: 'officer',
    kept: 'years5',
    forget: { by: 'stays' },
    staff: true,
    newest: 'at',
  },
})

export type PieceKey = keyof typeof pieces
export const pieceKeys = Object.keys(pieces) as PieceKey[]
export const pieceOf = (key: PieceKey): Piece => pieces[key]
export const isPieceKey = (text: string): text is PieceKey => Object.hasOwn(pieces, text)

/** Tables that hold nothing of a single person that could be found, and why. */
export const ofNobody: Readonly<Record<string, string>> = {
  'community.people_counted': 'numbers',
  'municipal.people_count': 'numbers, rounded and hidden where they are small',
  'municipal.people_quarter': 'when it was counted',
  'municipal.municipality': 'the municipality itself',
  'community.community': 'a place',
  'community.age_band': 'public statistics',
  'community.definition': 'worded together; only how many wrote it is kept',
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
  'community.controller': 'who is responsible for a room: never a single person',
}
