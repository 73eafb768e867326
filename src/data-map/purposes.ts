// What personal data may be used for here, each use with its ground in law: one for the municipality, one for an association that keeps a room.

/** The grounds in law; the words of each say article and Danish law. */
export const bases = [
  /** Art. 6(1)(e): a task of the municipality: sundhedsloven § 119, serviceloven § 18, kommunalfuldmagten. */
  'task',
  /** Art. 6(1)(f): what an association does for its neighbours, weighed against theirs. Never for an authority. */
  'interest',
  /** Art. 6(1)(a): only for what one may leave out; databeskyttelsesloven § 6 on age. */
  'consent',
  /** Art. 6(1)(c) with art. 5(2), 7(1) and 12-22: to be able to show that the law was kept, and to answer. */
  'duty',
  /** Art. 6(1)(e) and (f) with art. 32: that only the right ones come in. */
  'security',
  /** Art. 2(2)(c): one's own, at home; the municipality keeps the sealed box and cannot open it. */
  'own',
] as const
export type Basis = (typeof bases)[number]

export interface Ground {
  municipality: Basis
  /** Null: this never comes to lie with an association. */
  association: Basis | null
}

const only = (municipality: Basis): Ground => ({ municipality, association: null })
const both = (basis: Basis): Ground => ({ municipality: basis, association: basis })
/** What a place does together: the municipality's task for a time, the association's interest afterwards. */
const together: Ground = { municipality: 'task', association: 'interest' }

/** In the order in which a neighbour is told. */
export const purposes = {
  /** To have a place of one's own to think. */
  book: only('own'),
  /** To know who belongs to a place. */
  belong: together,
  /** To ask somebody of an association's list whether they want to be here; who asks is a neighbour, never the municipality. */
  ask: together,
  /** To be reached by neighbours. */
  reach: both('consent'),
  /** What one has chosen to tell. */
  tell: both('consent'),
  /** To remember what somebody has said yes and no to. */
  yesAndNo: both('duty'),
  /** To hold meetings: who comes, who came, who does what there. */
  meet: together,
  /** To remember what was promised, and to ask how it went. */
  promise: together,
  /** For two who talk together: when they meet, and what both agreed to. An employee's stays with the municipality. */
  talk: together,
  /** To see how a place hangs together, and that each decides what is seen of their own part in it. */
  ties: together,
  /** To carry the tasks of a place together, and to have a neighbour to lean on. */
  lead: together,
  /** That somebody can see how far they have come in what they do for the place, for their own eyes. */
  path: together,
  /** To hear what a place finds unbearable and hopes for, without names. */
  hear: together,
  /** To know whether a meeting was any good, from answers without names. */
  answer: together,
  /** To send what somebody has asked for. */
  send: both('consent'),
  /** To know who holds the keys of a place, and that no one decides it alone. */
  keys: together,
  /** To let the right one in. */
  enter: only('security'),
  /** To see that somebody else has tried to come in. */
  watch: only('security'),
  /** To show who of the municipality has looked. */
  look: both('duty'),
  /** To answer whoever says no. */
  object: both('duty'),
  /** To answer whoever asks what is kept of them. */
  request: only('duty'),
  /** To stop what has gone wrong, and to tell. */
  incident: only('duty'),
  /** To know who works for the municipality with what. */
  work: only('task'),
} as const satisfies Record<string, Ground>

export type Purpose = keyof typeof purposes
export const purposeKeys = Object.keys(purposes) as Purpose[]
export const groundOf = (purpose: Purpose): Ground => purposes[purpose]
