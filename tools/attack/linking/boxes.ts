// Linking by the sealed boxes: their size, their likeness to boxes of one's own, and every key that is still there.
import { createPrivateKey } from 'node:crypto'
import { type CardAnswers, decodeAnswers, encodeAnswers } from '../../../src/meetings/exit-card.ts'
import { open } from '../../../src/meetings/seal.ts'
import type { Clue } from '../guess.ts'
import { allCards } from '../said.ts'
import { type Batch, bytesOf, ownersOf } from '../traces.ts'
import type { Method } from './rows.ts'

interface Box {
  person: number
  column: string
  tag: Buffer
  bytes: Buffer
}

/** Every box with a card that lay in a backup, and whose it is by its tag. */
function boxesOf(batch: Batch): Box[] {
  const owners = ownersOf(batch, 'shares')
  const seen = new Map<string, Box>()
  for (const moment of [...batch.during, batch.before])
    for (const { row } of moment.rows) {
      const tag = bytesOf(row.tag)
      const person = tag ? owners.get(tag.toString('hex')) : undefined
      if (!tag || person === undefined) continue
      for (const column of Object.keys(batch.seals)) {
        const bytes = bytesOf(row[column])
        if (bytes) seen.set(`${column} ${person} ${bytes.toString('latin1')}`, { person, column, tag, bytes })
      }
    }
  return [...seen.values()]
}

/** The cards that each person may have filled in, by what their boxes leave open. */
function narrowed(
  batch: Batch,
  boxes: readonly Box[],
  left: (box: Box) => readonly CardAnswers[],
  found: (boxes: number) => string,
): Clue {
  const choices = new Map<number, readonly CardAnswers[]>()
  for (const box of boxes) {
    const cards = left(box)
    // The newest box of a phone counts: a correction comes later, and replaces the first.
    if (cards.length > 0 && cards.length < allCards.length) choices.set(box.person, cards)
  }
  const told = batch.people.filter(({ id }) => choices.has(id)).map(({ id }) => id)
  const silent = batch.people.filter(({ id }) => !choices.has(id)).map(({ id }) => id)
  return {
    parts: [
      { people: told, said: { kind: 'choices', choices: told.map((id) => choices.get(id) ?? allCards) } },
      { people: silent, said: { kind: 'counts', counts: batch.counts } },
    ],
    found: found(told.length),
  }
}

/** What cards of one's own look like under the public key, with the tag of the box. */
function ownBoxes(batch: Batch, { column, tag }: Box): { card: CardAnswers; box: Buffer }[] {
  return allCards.flatMap((card) => {
    // Each by itself, as most cards come: the first in its commit.
    const [box] = batch.seals[column]?.([encodeAnswers(card)], tag) ?? []
    return box ? [{ card, box }] : []
  })
}

/** Where the card itself lies in a box: behind the throw-away key and the number, before the seal. */
const cardPart = (box: Buffer) => box.subarray(34, -16)

/** PKCS#8 for X25519: this head, then the 32 bytes of the key. */
const privateFrom = (raw: Buffer) =>
  createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b656e04220420', 'hex'), raw]),
    format: 'der',
    type: 'pkcs8',
  })

/** What one key opens. */
export function openWith(key: Buffer, boxes: readonly { tag: Buffer; bytes: Buffer }[]): (CardAnswers | null)[] {
  return open(
    privateFrom(key),
    boxes.map(({ tag, bytes }) => ({ tag, box: bytes })),
  ).map((plain) => {
    try {
      return plain && decodeAnswers(plain)
    } catch {
      return null
    }
  })
}

/** With a key copied while the card was open: the honest limit. How many people's cards it opens, all rightly or not. */
export function readWithKey(batch: Batch, keys: readonly Buffer[]): Map<number, CardAnswers> {
  const boxes = boxesOf(batch)
  const read = new Map<number, CardAnswers>()
  for (const key of keys)
    openWith(key, boxes).forEach((card, place) => {
      const box = boxes[place]
      if (card && box) read.set(box.person, card)
    })
  return read
}

export const boxMethods: readonly Method[] = [
  {
    name: 'size and repetition of boxes',
    link(batch) {
      const boxes = boxesOf(batch)
      const bySize = new Map<string, Map<number, CardAnswers[]>>()
      for (const column of Object.keys(batch.seals)) {
        const sealed = batch.seals[column]?.(allCards.map(encodeAnswers), Buffer.alloc(16)) ?? []
        const places = Map.groupBy(allCards.keys(), (place) => sealed[place]?.length ?? 0)
        bySize.set(
          column,
          new Map([...places].map(([size, some]) => [size, some.flatMap((place) => allCards[place] ?? [])])),
        )
      }
      // Two boxes under one throw-away key and one number would be one keystream: their difference is the cards' difference.
      const heads = new Set(boxes.map(({ column, bytes }) => `${column} ${bytes.toString('latin1', 0, 34)}`))
      const sizes = new Set(boxes.map(({ bytes }) => bytes.length))
      return narrowed(
        batch,
        boxes,
        (box) => bySize.get(box.column)?.get(box.bytes.length) ?? [],
        () => `${sizes.size} sizes, ${boxes.length - heads.size} repeated, in ${boxes.length} boxes`,
      )
    },
  },
  {
    name: 'backups, opened with what is left',
    link(batch) {
      const boxes = boxesOf(batch)
      const opened = new Map<string, CardAnswers>()
      for (const key of batch.keysLeft)
        openWith(key, boxes).forEach((card, place) => {
          const box = boxes[place]
          if (card && box) opened.set(box.bytes.toString('latin1'), card)
        })
      return narrowed(
        batch,
        boxes,
        ({ bytes }) => {
          const card = opened.get(bytes.toString('latin1'))
          return card ? [card] : []
        },
        (told) => `${batch.keysLeft.length} keys open ${told} of ${boxes.length} boxes`,
      )
    },
  },
  {
    name: 'every card sealed and compared',
    link(batch) {
      const boxes = boxesOf(batch)
      const own = Map.groupBy(boxes, ({ column }) => column)
      const sealed = new Map([...own].map(([column, [first]]) => [column, first ? ownBoxes(batch, first) : []]))
      // The seal at the end differs with the tag, and the beginning with the throw-away key: what lies between must not repeat either.
      return narrowed(
        batch,
        boxes,
        ({ column, bytes }) =>
          (sealed.get(column) ?? []).filter(({ box }) => cardPart(box).equals(cardPart(bytes))).map(({ card }) => card),
        (told) => `125 cards sealed, ${told} of ${boxes.length} boxes alike`,
      )
    },
  },
]
