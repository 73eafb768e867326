// What a meeting leaves behind: what was heard, in the participants' words under their themes, and never the unbearable alone.
import { type Evening, type Said, type Statement, type Theme, wallOf } from '../evening.ts'

/** One theme with what was said under it. */
export interface Heard {
  /** Null for what was gathered under no theme. */
  theme: Theme | null
  said: readonly Said[]
  /** A hope or a resource from elsewhere in the evening, for a theme that has only what is unbearable. */
  beside: Said | null
}

export interface HeardInHall {
  /** Why words are missing: too few have spoken, or nobody has said what gives hope. */
  words: 'shown' | 'too-few' | 'no-hope-yet'
  heard: readonly Heard[]
  /** All dots that were put, as far as they may be told. */
  dots: number
}

type Seen = Pick<Evening, 'voices' | 'statements' | 'themes'>

const gives = ({ first }: Said): boolean => first.kind === 'hope' || first.kind === 'resource'
const isUnbearable = ({ first }: Said): boolean => first.kind === 'unbearable'
/** How many know it too, beside the one who first said it. */
export const knownBy = (said: Said): number => said.times - 1 + said.recognised

const byWeight = (a: Said, b: Said): number =>
  knownBy(b) - knownBy(a) || (a.first.text < b.first.text ? -1 : a.first.text > b.first.text ? 1 : 0)

export const dotsOf = ({ phoneDots, paperDots }: Theme): number => (phoneDots ?? 0) + paperDots

/** Priorities first, then by dots, then as they lie on the wall. */
const inOrder = (a: Theme, b: Theme): number =>
  Number(b.priority) - Number(a.priority) || dotsOf(b) - dotsOf(a) || a.place - b.place

/** What was heard, as the wall had it: five voices, and the unbearable never without hope (method 2.2). */
export function heardIn({ voices, statements, themes }: Seen): HeardInHall {
  const wall = wallOf({ voices, statements })
  const said = wall.kind === 'too-few' ? [] : [...wall.said].sort(byWeight)
  const best = said.find(gives) ?? null
  const part = (theme: Theme | null, mine: Said[]): Heard => ({
    theme,
    said: mine,
    beside: mine.some(isUnbearable) && !mine.some(gives) ? best : null,
  })
  const known = new Set(themes.map(({ id }) => id))
  const under = (theme: Theme) =>
    part(
      theme,
      said.filter(({ first }) => first.theme === theme.id),
    )
  const loose = said.filter(({ first }) => first.theme === null || !known.has(first.theme))
  return {
    words: wall.kind === 'words' ? 'shown' : wall.kind,
    heard: [...[...themes].sort(inOrder).map(under), ...(loose.length > 0 ? [part(null, loose)] : [])],
    dots: themes.reduce((sum, theme) => sum + dotsOf(theme), 0),
  }
}

/** The few that most know, with one that gives among them where something is unbearable. */
export function foremost({ said, beside }: Pick<Heard, 'said' | 'beside'>, most: number): Said[] {
  const first = said.slice(0, most)
  if (!first.some(isUnbearable) || first.some(gives)) return first
  const giver = said.find(gives) ?? beside
  return giver ? [...first.slice(0, most - 1), giver] : first.filter((one) => !isUnbearable(one))
}

/** For somebody outside the hall: what its speakers have opened to the public, as the database lets it through. */
export const openedOnly = (statements: readonly Statement[]): Statement[] =>
  statements.filter(({ openTo, state }) => openTo === 'public' && state === 'shown')
