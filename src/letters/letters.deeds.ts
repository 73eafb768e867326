// What is done with letters: one a week is written to those who want it, it is stopped with one tap, and the operator sees what waits.
import { type Actor, asActor, asSystem, type House } from '../db/as-actor.ts'
import { readAddress } from '../post/letter.ts'
import { hurryPost, writeLetter } from '../post/post.ts'
import { refuse } from '../refusal.ts'
import { weekLetterText } from './letter-words.ts'
import * as ask from './letters.queries.ts'
import { daysAhead, daysBetween, letterDay, readStopToken, stopToken, weekLetters } from './week-letter.ts'

const day = 86_400_000

/**
 * Writes the letters of the week where it is time: on Thursdays from eight o'clock on, by the clock of the place. May run at any time and
 * twice: whoever has been written to is not written to again. Answers how many letters were laid in the box.
 */
export async function writeWeek(house: House, origin: string): Promise<number> {
  if (!house.mail) return 0
  const now = house.clock.now()
  let written = 0
  for (const zone of await asSystem(house, 'where is it Thursday?', ask.zones)) {
    const today = letterDay(now, zone)
    if (today === null) continue
    const notSince = new Date(Date.parse(`${today}T12:00:00Z`) - daysBetween * day).toISOString().slice(0, 10)
    written += await asSystem(house, 'write the letters of the week', async (tx) => {
      await ask.holdWeek(tx)
      const meetings = await ask.announcedMeetings(tx, now, new Date(now.getTime() + daysAhead * day))
      const letters = weekLetters(await ask.readersIn(tx, zone, notSince), meetings)
      const secret = house.keys.houseSecret()
      for (const letter of letters) {
        const [first] = letter.people
        // What somebody once typed as their address and no mail server would take.
        if (!first || readAddress(letter.to) === null) continue
        const stops = letter.people.map(({ person, community }) => ({
          place: letter.meetings.find((meeting) => meeting.community === community)?.placeName ?? '',
          href: `${origin}/letters/stop/${stopToken(secret, person)}`,
        }))
        await writeLetter(tx, {
          kind: 'digest',
          to: letter.to,
          // The tap of the mail program stops the first; the letter itself has one address for each place.
          stop: stops[0]?.href,
          // Of no use when the first meeting is over.
          notAfter: letter.meetings[0]?.startsAt,
          ...weekLetterText(letter, { origin, stops, now }),
        })
        await ask.noteWritten(
          tx,
          letter.people.map(({ person }) => person),
          today,
        )
      }
      return letters.length
    })
  }
  return written
}

/** Whose letters an address stops: the place, and whether there are any. Refused like nothing for everything this installation did not write. */
export async function seeStop(house: House, token: string): Promise<{ place: string; slug: string; gets: boolean }> {
  const person = readStopToken(house.keys.houseSecret(), token) ?? refuse('not-found')
  return (await asSystem(house, 'whose letters are these?', (tx) => ask.readerOf(tx, person))) ?? refuse('not-found')
}

/** Stops them. Pressed twice, it is done once. */
export async function stop(house: House, token: string): Promise<{ place: string; slug: string }> {
  const person = readStopToken(house.keys.houseSecret(), token) ?? refuse('not-found')
  return asSystem(house, 'somebody wants no more letters', async (tx) => {
    const reader = (await ask.readerOf(tx, person)) ?? refuse('not-found')
    await ask.stopLetters(tx, person, house.clock.now())
    return reader
  })
}

export interface PostSeen {
  /** Letters can be sent at all. */
  mail: boolean
  queue: ask.QueueLine[]
  servers: { server: string; letters: number }[]
  days: ask.PostDay[]
  troubled: number
}

const daysShown = 14

/** The post as its operator sees it: numbers, kinds and answers; no address and no word. */
export async function seePost(actor: Actor): Promise<PostSeen> {
  if (actor.role !== 'operator') refuse('not-yours')
  const since = new Date(actor.house.clock.now().getTime() - daysShown * day).toISOString().slice(0, 10)
  return asActor(actor, async (tx) => ({
    mail: actor.house.mail,
    queue: await ask.queue(tx),
    servers: await ask.waitingAt(tx),
    days: await ask.postDays(tx, since),
    troubled: await ask.mailboxesInTrouble(tx),
  }))
}

/** The operator has mended something: whatever waits is tried now. Answers how many. */
export async function tryAllNow(actor: Actor): Promise<number> {
  if (actor.role !== 'operator') refuse('not-yours')
  const tried = await asActor(actor, ask.tryAllNow)
  hurryPost()
  return tried
}

/** A letter to see whether mail arrives. Refused `false` for what is no address. */
export async function sendTrial(
  actor: Actor,
  address: string,
  text: { subject: string; body: string },
): Promise<boolean> {
  if (actor.role !== 'operator') refuse('not-yours')
  const to = readAddress(address)
  if (to === null) return false
  await asSystem(actor.house, 'the operator tries the post', (tx) => writeLetter(tx, { kind: 'trial', to, ...text }))
  hurryPost()
  return true
}

/** What the post keeps for ninety days, and no longer. Answers how many rows went. */
export const postDaysKept = 90
export const forgetOldPost = (house: House): Promise<number> =>
  asSystem(house, 'what the post kept for ninety days', (tx) =>
    ask.forgetOld(tx, new Date(house.clock.now().getTime() - postDaysKept * day).toISOString().slice(0, 10)),
  )
