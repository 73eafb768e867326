// Writes sealed cards to disk: what came in during the last commit goes into the next one, and nobody is thanked before the commit.
import type { Pool } from 'pg'
import type { Purpose } from '../keys/key-cabinet.ts'
import { seal } from './seal.ts'

/** A card on its way: to which meeting and round, under which tag, and its bytes before sealing. */
export interface CardToKeep {
  purpose: Purpose
  meeting: string
  round: number
  publicKey: Buffer
  tag: Buffer
  rev: number
  plain: Uint8Array
}

/**
 * - `kept`: on disk (or a newer card of the same phone already is)
 * - `closed`: this round takes no more cards
 * - `counted`: this very card was counted before
 * - `too-late`: the phone's first card was counted, and this correction of it comes too late
 */
export type Verdict = 'kept' | 'closed' | 'counted' | 'too-late'

const verdicts: Record<string, Verdict> = { k: 'kept', c: 'closed', d: 'counted', l: 'too-late' }

/** More would make the first in a batch wait for the last. */
const mostInBatch = 500

export interface CardWriter {
  /** Resolves when the card is safely on disk, or cannot be. Rejects when the database does not answer: send it again. */
  keep(card: CardToKeep): Promise<Verdict>
}

interface Waiting {
  card: CardToKeep
  ok: (verdict: Verdict) => void
  fail: (error: unknown) => void
}

/** `lanes`: how many commits may be under way at once. With one, each is larger and the database has less to do (docs/bench.md). */
export function cardWriter(pool: Pool, lanes = 1): CardWriter {
  const queues: Record<Purpose, Waiting[]> = { shares: [], next: [], who: [] }
  let underWay = 0

  function pump() {
    while (underWay < lanes) {
      const purpose = (['shares', 'next', 'who'] as const).find((name) => queues[name].length > 0)
      if (!purpose) return
      const batch = queues[purpose].splice(0, mostInBatch)
      underWay++
      commit(pool, purpose, batch).finally(() => {
        underWay--
        pump()
      })
    }
  }

  return {
    keep: (card) =>
      new Promise((ok, fail) => {
        queues[card.purpose].push({ card, ok, fail })
        pump()
      }),
  }
}

async function commit(pool: Pool, purpose: Purpose, batch: Waiting[]): Promise<void> {
  try {
    const cards = newestOfEach(batch)
    const boxes = sealAll(cards)
    const { rows } = await pool.query<{ verdicts: string }>({
      name: 'keep-cards',
      text: 'select community.keep_cards($1, $2, $3, $4, $5, $6) as verdicts',
      values: [
        purpose,
        cards.map((c) => c.meeting),
        cards.map((c) => c.round),
        cards.map((c) => c.tag),
        cards.map((c) => c.rev),
        boxes,
      ],
    })
    const letters = rows[0]?.verdicts ?? ''
    const verdictOf = new Map(cards.map((card, place) => [nameOf(card), verdicts[letters[place] ?? ''] ?? 'closed']))
    for (const { card, ok } of batch) ok(verdictOf.get(nameOf(card)) ?? 'closed')
  } catch (error) {
    for (const { fail } of batch) fail(error)
  }
}

const nameOf = (card: CardToKeep) => `${card.meeting} ${card.round} ${card.tag.toString('latin1')}`

/** One card for each phone, in the order of the tags: two commits at once then lock rows in the same order. */
function newestOfEach(batch: Waiting[]): CardToKeep[] {
  const newest = new Map<string, CardToKeep>()
  for (const { card } of batch) {
    const known = newest.get(nameOf(card))
    if (!known || card.rev >= known.rev || card.rev === 0) newest.set(nameOf(card), card)
  }
  return [...newest.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, card]) => card)
}

function sealAll(cards: CardToKeep[]): Buffer[] {
  const boxes: Buffer[] = []
  const keys = new Map<string, { publicKey: Buffer; places: number[] }>()
  cards.forEach((card, place) => {
    const name = card.publicKey.toString('latin1')
    const group = keys.get(name) ?? { publicKey: card.publicKey, places: [] }
    group.places.push(place)
    keys.set(name, group)
  })
  for (const { publicKey, places } of keys.values()) {
    const sealed = seal(
      publicKey,
      places.flatMap((place) => cards[place] ?? []),
    )
    places.forEach((place, i) => {
      boxes[place] = sealed[i] ?? Buffer.alloc(0)
    })
  }
  return boxes
}
