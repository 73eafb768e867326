// Everything of somebody, taken along: one picture of one moment, sent part by part while nobody can delete it.
import type { SignedIn } from '../access/session.deeds.ts'
import { exportBook } from '../book/book.deeds.ts'
import type { Entry } from '../book/entry.ts'
import { asSystem, inOnePicture, isMunicipal } from '../db/as-actor.ts'
import type { Lang } from '../i18n/catalogue.ts'
import { refuse } from '../refusal.ts'
import { everythingInParts } from './everything.queries.ts'
import { type Format, writerOf } from './export.ts'
import { told } from './forget.deeds.ts'
import { mustBeThem } from './mine.deeds.ts'
import * as ask from './mine.queries.ts'

/** Each holds a connection while it is sent: with more at once, a few slow phones would keep everybody waiting. */
const mostAtOnce = 2
/** A phone that takes in nothing for so long is cut off. */
const patienceMs = 15_000

/** So long somebody waits for their turn before they are told to come back. */
const turnMs = 5000

let running = 0
const waiting: (() => void)[] = []

/** One's turn to take everything along. Refuses whoever has waited too long. */
async function takeTurn(): Promise<void> {
  if (running >= mostAtOnce) {
    const { promise, resolve } = Promise.withResolvers<void>()
    waiting.push(resolve)
    const late = new Promise<'late'>((told) => setTimeout(told, turnMs, 'late').unref())
    if ((await Promise.race([promise, late])) === 'late') {
      const at = waiting.indexOf(resolve)
      // The turn may have come in the same moment: then it is taken.
      if (at >= 0) {
        waiting.splice(at, 1)
        refuse('mine.taken')
      }
    }
    return
  }
  running += 1
}

/** The turn goes to who has waited longest, or is free. */
function giveTurn(): void {
  const next = waiting.shift()
  if (next) next()
  else running -= 1
}

/** What stands in the book of who has one, as far as it is open on this device. */
export const bookOf = (person: SignedIn, device: string | undefined): Promise<Entry[] | 'closed'> =>
  isMunicipal(person) ? Promise.resolve([]) : exportBook(person, device)

export interface Asked {
  format: Format
  lang: Lang
  /** The cookie of an open book. */
  device: string | undefined
}

/** The file as a stream. When this answers, the file has begun; what goes wrong later cuts it off. */
export async function exportMine(person: SignedIn, asked: Asked): Promise<ReadableStream<Uint8Array>> {
  await mustBeThem(person)
  await takeTurn()
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const begun = Promise.withResolvers<void>()
  const writer = writable.getWriter()
  const send = sender(writer)
  void told(() => inOnePicture(person.house, () => write(person, asked, begun.resolve, send)))
    .then(() => writer.close())
    .catch(async (error: unknown) => {
      begun.reject(error)
      await writer.abort(error).catch(() => undefined)
    })
    .finally(giveTurn)
  await begun.promise
  return readable
}

async function write(
  person: SignedIn,
  { format, lang, device }: Asked,
  begun: () => void,
  send: (text: string) => Promise<void>,
) {
  const { house, account, name } = person
  const rooms = await asSystem(house, 'hold what somebody takes along', async (tx) => {
    await ask.patience(tx)
    if (!(await ask.holdToRead(tx, account))) refuse('mine.gone')
    return ask.roomsOf(tx, account)
  })
  const entries = await bookOf(person, device)
  const file = writerOf(format, {
    ...rooms,
    staff: isMunicipal(person),
    lang,
    name,
    madeAt: house.clock.now(),
    entries,
  })
  begun()
  await asSystem(house, 'gather everything of somebody for themselves', async (tx) => {
    await send(file.begin())
    for await (const rows of everythingInParts(tx, { account, community: null })) await send(file.rows(rows))
    await send(file.end())
  })
}

/** Sends on when the other end has taken in what came before. */
function sender(writer: WritableStreamDefaultWriter<Uint8Array>): (text: string) => Promise<void> {
  const encoder = new TextEncoder()
  return async (text) => {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('the other end takes in nothing')), patienceMs)
    })
    try {
      await Promise.race([writer.write(encoder.encode(text)), late])
    } finally {
      clearTimeout(timer)
    }
  }
}
