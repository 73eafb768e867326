// What one phone is shown at once of what all have said: a part that never is misery alone, and whose order never moves.
import type { Said, StatementKind } from '../evening.ts'

/** So many that a thumb gets through them, and a page stays light. */
export const wordsAtOnce = 40

export interface WallPart {
  /** From 0. */
  part: number
  parts: number
  said: readonly Said[]
  /** Something that gives, when nothing in this part does and something in it is unbearable. */
  beside: Said | null
  /** "41–80 af 120", counted from one. */
  from: number
  to: number
  of: number
}

const gives = (kind: StatementKind) => kind === 'hope' || kind === 'resource'

export const partsOf = ({ length }: { length: number }): number => Math.max(1, Math.ceil(length / wordsAtOnce))

/** In the order in which it was said: what is new comes last, and nothing moves under a thumb. */
export function partOf(all: readonly Said[], asked: number): WallPart {
  const parts = partsOf(all)
  const part = Math.min(Math.max(0, Math.trunc(asked) || 0), parts - 1)
  const said = all.slice(part * wordsAtOnce, (part + 1) * wordsAtOnce)
  const alone = said.some(({ first }) => first.kind === 'unbearable') && !said.some(({ first }) => gives(first.kind))
  const givers = alone ? all.filter(({ first }) => gives(first.kind)) : []
  return {
    part,
    parts,
    said,
    beside: givers[part % Math.max(1, givers.length)] ?? null,
    from: said.length === 0 ? 0 : part * wordsAtOnce + 1,
    to: part * wordsAtOnce + said.length,
    of: all.length,
  }
}

/** Where a phone begins: each at its own place, so that what was said last is read by as many as what was said first. */
export const beginsAt = (parts: number, token: Buffer | null): number => Math.floor(((token?.[0] ?? 0) / 256) * parts)
