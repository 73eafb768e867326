// What a phone does in the hall: says something, changes it, takes it back, recognises what others said, puts dots, arrives.

import { createHash } from 'node:crypto'
import { asSystem, type Tx } from '../../db/as-actor.ts'
import { lookOver } from '../../hints.ts'
import { oneLine } from '../../line.ts'
import { refuse } from '../../refusal.ts'
import { eveningId, eveningTag } from '../evening-token.ts'
import type { Hall, MeetingInHall } from '../hall.ts'
import * as ask from './saying.queries.ts'
import { type AtTheDoor, faultOf, languageOf, mostStatements, type Said } from './saying.ts'

export type { OwnWord } from './saying.queries.ts'

/**
 * Keeps what somebody has said. The id comes from the phone's own key: sent again, it is the same statement. Other words under a key
 * that is used (a page gone back to) are another statement, so that nothing is lost.
 */
export async function sayStatement(
  hall: Hall,
  meeting: MeetingInHall,
  token: Buffer,
  said: Said,
): Promise<{ id: string; state: 'shown' | 'asked' }> {
  const words = wordsToKeep(said)
  const tag = tagFor(hall, meeting, 'say', token)
  const put = (key: string) => {
    const id = eveningId(hall.house, meeting.id, token, key)
    const one = { id, meeting: meeting.id, kind: said.kind, ...words, openTo: said.openTo, tag }
    return asSystem(hall.house, 'a guest has no rights in the table of statements', async (tx) => {
      if (await ask.addStatement(tx, { ...one, medium: 'phone', most: mostStatements }))
        return { id, state: words.state }
      const before = await ask.statementById(tx, meeting.id, id)
      if (before) return before.text === words.text && before.kind === said.kind ? { id, state: before.state } : null
      await mustTake(tx, meeting.id)
      refuse('words.enough')
    })
  }
  const kept = (await put(said.key)) ?? (await put(`${said.key} ${digest(said.kind + words.text)}`))
  hall.evenings.changed(meeting.id)
  if (!kept) refuse('statement.gone')
  return { id: kept.id, state: kept.state === 'asked' ? 'asked' : 'shown' }
}

/**
 * Other words, another kind, or open to others than before. Words that were taken down stand again when they are rewritten: whoever
 * leads can take them down again. What others recognised was the words as they stood.
 */
export async function changeStatement(
  hall: Hall,
  meeting: MeetingInHall,
  token: Buffer,
  id: string,
  said: Omit<Said, 'key'>,
): Promise<{ id: string; state: 'shown' | 'asked' }> {
  const words = wordsToKeep(said)
  const state = await withOwn(hall, meeting, token, id, async (tx, before) => {
    const same = before.text === words.text && before.kind === said.kind
    const after = same && before.state === 'hidden' ? 'hidden' : words.state
    await ask.changeOwn(tx, id, {
      kind: said.kind,
      text: words.text,
      lang: words.lang,
      openTo: said.openTo,
      state: after,
    })
    if (!same) await ask.forgetRecognitions(tx, id)
    return after
  })
  return { id, state: state === 'asked' ? 'asked' : 'shown' }
}

/** Nobody sees the words any more; the one who said them can bring them back. */
export const takeBack = (hall: Hall, meeting: MeetingInHall, token: Buffer, id: string): Promise<void> =>
  withOwn(hall, meeting, token, id, (tx) => ask.changeOwn(tx, id, { state: 'withdrawn' }))

/** Brings back what was taken back. What may touch on health or a name is asked about once more. */
export const bringBack = (hall: Hall, meeting: MeetingInHall, token: Buffer, id: string): Promise<void> =>
  withOwn(hall, meeting, token, id, async (tx, before) => {
    if (before.state !== 'withdrawn') return
    await ask.changeOwn(tx, id, { state: lookOver(before.text).hints.length > 0 ? 'asked' : 'shown' })
  })

/** The one who wrote it has read the hint, and wants it shown as it stands. */
export const decideToShow = (hall: Hall, meeting: MeetingInHall, token: Buffer, id: string): Promise<void> =>
  withOwn(hall, meeting, token, id, async (tx, before) => {
    if (before.state === 'asked') await ask.changeOwn(tx, id, { state: 'shown' })
  })

/** "Det kender jeg også", or not after all. */
export async function recognise(
  hall: Hall,
  meeting: MeetingInHall,
  token: Buffer,
  statement: string,
  yes: boolean,
): Promise<void> {
  const tag = tagFor(hall, meeting, 'know', token)
  await asSystem(hall.house, 'a guest has no rights in the table of recognitions', async (tx) => {
    if (!yes) {
      await mustTake(tx, meeting.id)
      await ask.removeRecognition(tx, meeting.id, tag, statement)
    } else if (!(await ask.addRecognition(tx, meeting.id, tag, statement))) {
      await mustTake(tx, meeting.id)
      refuse('statement.gone')
    }
  })
  hall.evenings.changed(meeting.id)
}

/** All dots of this phone, in the place of those it had put before. */
export async function putDots(
  hall: Hall,
  meeting: MeetingInHall,
  token: Buffer,
  dots: ReadonlyMap<string, number>,
): Promise<void> {
  const tag = tagFor(hall, meeting, 'dots', token)
  const put = new Map([...dots].filter(([, n]) => n > 0))
  await asSystem(hall.house, 'a guest has no rights in the table of dots', async (tx) => {
    await ask.lockDots(tx, tag)
    const evening = await mustTake(tx, meeting.id)
    if (evening.stage !== 'choose' || meeting.life.phase !== 'planned') refuse('dots.closed')
    if ([...put.values()].reduce((sum, n) => sum + n, 0) > evening.dotsEach) refuse('dots.too-many')
    const here = await ask.themesHere(tx, meeting.id, [...put.keys()])
    if (here.length < put.size) refuse('theme.gone')
    await ask.setDots(tx, meeting.id, tag, put)
  })
  hall.evenings.changed(meeting.id)
}

/** Somebody has come: on the door list with what they said of themselves, which may be nothing. Said again, it is corrected. */
export async function arrive(hall: Hall, meeting: MeetingInHall, doorToken: Buffer, said: AtTheDoor): Promise<void> {
  const tag = tagFor(hall, meeting, 'door', doorToken)
  await asSystem(hall.house, 'a guest has no rights in the door list', async (tx) => {
    if (!(await ask.setArrival(tx, meeting.id, tag, said))) await mustTake(tx, meeting.id)
  })
  hall.evenings.changed(meeting.id)
}

/** What this phone has said, and what became of it. Nothing once the evening is put away: then nobody knows whose words are whose. */
export const ownWords = (hall: Hall, meeting: MeetingInHall, token: Buffer): Promise<ask.OwnWord[]> =>
  asSystem(hall.house, 'own words are found by a tag that no person may see', (tx) =>
    ask.ownWords(tx, meeting.id, tagFor(hall, meeting, 'say', token)),
  )

/** What this phone has said, recognised and put dots on, for drawing its page. */
export const doneBy = (hall: Hall, meeting: MeetingInHall, token: Buffer): ReturnType<typeof ask.doneBy> =>
  asSystem(hall.house, 'what a phone has done is found by tags that no person may see', (tx) =>
    ask.doneBy(tx, meeting.id, {
      say: tagFor(hall, meeting, 'say', token),
      know: tagFor(hall, meeting, 'know', token),
      dots: tagFor(hall, meeting, 'dots', token),
    }),
  )

/** What this phone has said at the door; null when it has said nothing. */
export const arrivalOf = (hall: Hall, meeting: MeetingInHall, doorToken: Buffer): Promise<AtTheDoor | null> =>
  asSystem(hall.house, 'the door list is the hosts; a phone sees its own row by its tag', (tx) =>
    ask.arrivalOf(tx, meeting.id, tagFor(hall, meeting, 'door', doorToken)),
  )

// ---

const tagFor = (hall: Hall, meeting: MeetingInHall, purpose: 'say' | 'know' | 'dots' | 'door', token: Buffer): Buffer =>
  eveningTag(hall.house, meeting.id, purpose, token)

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)

/** The words as they are kept. What looks like a CPR number is never stored. */
function wordsToKeep(said: Pick<Said, 'text' | 'lang' | 'sure'>) {
  const text = oneLine(said.text)
  const fault = faultOf(text)
  if (fault) throw new RangeError(`words that were not read: ${fault}`)
  const { cpr, hints } = lookOver(text)
  if (cpr) refuse('words.cpr')
  const state: 'shown' | 'asked' = hints.length > 0 && !said.sure ? 'asked' : 'shown'
  return { text, lang: languageOf(text, said.lang), state }
}

/** Refuses when the evening has not begun, or is put away. */
async function mustTake(tx: Tx, meeting: string) {
  const evening = await ask.taking(tx, meeting)
  if (evening.now === 'not-begun') refuse('evening.not-begun')
  if (evening.now === 'over') refuse('evening.over')
  return evening
}

type Own = NonNullable<Awaited<ReturnType<typeof ask.lockOwn>>>

/** Works on something this phone has said. Another's words and words that are gone get the same answer. */
async function withOwn<T>(
  hall: Hall,
  meeting: MeetingInHall,
  token: Buffer,
  id: string,
  work: (tx: Tx, before: Own) => Promise<T>,
): Promise<T> {
  const tag = tagFor(hall, meeting, 'say', token)
  const done = await asSystem(hall.house, 'a guest changes only what its own tag stands beside', async (tx) => {
    await mustTake(tx, meeting.id)
    return work(tx, (await ask.lockOwn(tx, meeting.id, tag, id)) ?? refuse('statement.gone'))
  })
  hall.evenings.changed(meeting.id)
  return done
}
