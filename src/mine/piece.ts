// One kind of thing that is kept of somebody: how theirs is found, what they are told of it, and how it is forgotten.

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
  | 'neighbour'
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
  /**
   * By their whole name, where others wrote it: a full name, and the only one of its kind in the place. `unless`: the column that says whose
   * row it is, where somebody has kept it for themselves.
   */
  | { by: 'name'; column: string; meeting: string; unless?: string }
  /** The same, where the place stands on the row itself. */
  | { by: 'name'; column: string; community: string; unless?: string }
  /** By the looks in which they were seen. */
  | { by: 'looked' }

/** Where the community of a row stands: on the row, on its person, or on its meeting; null for what is of no place. */
export type Place = 'row' | 'person' | 'meeting' | null

export type Forget =
  /** Gone with the row that it hangs on: the account, or the person. */
  | { by: 'cascade' }
  /** The row stays as something that happened; the database takes the person out of it. */
  | { by: 'loosened' }
  | { by: 'delete' }
  /** The row stays as a number; these columns lose what they hold. */
  | { by: 'clear'; set: Readonly<Record<string, string | null>> }
  /** By functions of the room itself. */
  | { by: 'room' }
  /** It stays, for the reason that the words of the piece tell. */
  | { by: 'stays' }

export type Room = 'book' | 'community' | 'entry' | 'municipal'
/** Who can see it; the words say it. */
export type SeenBy =
  | 'you'
  | 'hosts'
  | 'keyholders'
  | 'keepers'
  | 'group'
  | 'asked'
  | 'everybody'
  | 'program'
  | 'members'
  | 'answerer'
  | 'officer'
  | 'truster'
  | 'chooser'
  | 'residents'
  | 'staff'
  | 'two'
  | 'leaning'
  | 'sharers'
  | 'leader'
/** What a key holder may read of a neighbour who asks them to. The rest is for the one it is about. */
export const keyHoldersRead: ReadonlySet<SeenBy> = new Set([
  'hosts',
  'keyholders',
  'keepers',
  'group',
  'everybody',
  'residents',
  'officer',
])

/** How long it is kept; the words say it. */
export type Kept =
  | 'yours'
  | 'life'
  | 'theirs'
  | 'used'
  | 'sent'
  | 'result'
  | 'minutes10'
  | 'read'
  | 'once'
  | 'days8'
  | 'days30'
  | 'days60'
  | 'days90'
  | 'months6'
  | 'months24'
  | 'answer24'
  | 'staff'
  | 'year'
  | 'year1'
  | 'years5'
  | 'note12'
  | 'talk24'
  | 'shared24'
  | 'yes24'
  | 'work24'

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

/** A part of the list, each entry by its own name. The types keep which tables and columns stand there: the data map wants a purpose for each. */
export const listed = <const T extends Record<string, Piece>>(pieces: T): T => pieces
