// What Oplive writes for one of two who talk: asked in advance, thanked, and told that a note is gone. One letter, to one, and seldom.
import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { SignedIn } from '../access/session.deeds.ts'
import { asSystem, type House, type Tx } from '../db/as-actor.ts'
import type { Lang } from '../i18n/catalogue.ts'
import { ownLink, readOwnLink } from '../keys/own-link.ts'
import { readAddress } from '../post/letter.ts'
import { hurryPost, writeLetter } from '../post/post.ts'
import { refuse } from '../refusal.ts'
import { otherSide, type Side, type Talk, type TalkRoom } from './talk.ts'
import {
  askLetter,
  hasLink,
  markOf,
  quietMark,
  quietMarkOfToken,
  type Rest,
  restUntil,
  stopToken,
  thanksLetter,
  typedMark,
  type Written,
  wrongLetter,
} from './talk-letter.ts'
import * as ask from './talk-letters.queries.ts'

/** So many letters of this kind may somebody have written in a day, and one mailbox be sent: nobody's letterbox is filled from here. */
const ofOne = new RateLimiterMemory({ points: 5, duration: 86_400 })
const toOne = new RateLimiterMemory({ points: 2, duration: 86_400 })
export const utcDay = (house: House): string => house.clock.now().toISOString().slice(0, 10)
const isWithin = (limiter: RateLimiterMemory, house: House, key: string) =>
  limiter.consume(`${utcDay(house)} ${key}`).then(
    () => true,
    () => false,
  )

const byLetter = 'a talk of two, by letter'
/** The address in the letter to a neighbour: it answers without signing in, as only their mailbox has it. */
export const letterLinkOf = (house: House, talk: string): string => ownLink(house.keys.houseSecret(), byLetter, talk)
export const talkOfLetter = (house: House, token: string): string | null =>
  readOwnLink(house.keys.houseSecret(), byLetter, token)

/** Where the letters go out from, and the mailbox that may still be written to. Null for one that wants none. */
async function openBox(tx: Tx, house: House, mail: string): Promise<string | null> {
  const to = readAddress(mail)
  if (to === null || !house.mail) return null
  return (await ask.isResting(tx, quietMark(house.keys.houseSecret(), to), utcDay(house))) ? null : to
}

const langOf = ({ languages }: ask.Mailbox): Lang => (languages.length === 0 || languages.includes('da') ? 'da' : 'en')

interface ToSend {
  to: string
  /** Marks that must not rest: it is written once for each. */
  once: readonly (readonly [Rest, Buffer])[]
  words: (stop: string) => Written
}

async function send(tx: Tx, house: House, origin: string, { to, once, words }: ToSend): Promise<boolean> {
  const today = utcDay(house)
  for (const [, mark] of once) if (await ask.isResting(tx, mark, today)) return false
  // Of two at once the second waits here for the first, and writes nothing.
  for (const [rest, mark] of once) if (!(await ask.beginRest(tx, mark, restUntil(rest, today), today))) return false
  const stop = `${origin}/s/stop/${stopToken(house.keys.houseSecret(), to)}`
  await writeLetter(tx, { to, stop, ...words(stop) })
  return true
}

/** A neighbour is asked through Oplive: one letter, if they want to hear by mail. Nobody is told whether one went out, or where to. */
export async function writeToAsked(person: SignedIn, origin: string, talk: Talk): Promise<void> {
  const { house } = person
  if (!house.mail || talk.room !== 'community' || !talk.otherIsHere || talk.heldOn) return
  const sent = await asSystem(house, 'write to a neighbour who is asked for a talk', async (tx) => {
    const box = await ask.mailboxOf(tx, talk.room, talk.id, 'other')
    const to = box && (await openBox(tx, house, box.mail))
    if (!box || !to) return false
    if (!(await isWithin(ofOne, house, person.account)) || !(await isWithin(toOne, house, to.toLowerCase())))
      return false
    const secret = house.keys.houseSecret()
    const link = `${origin}/s/${letterLinkOf(house, talk.id)}`
    return send(tx, house, origin, {
      to,
      once: [
        ['plan', markOf(secret, 'plan', talk.id)],
        ['asked', markOf(secret, 'asked', person.account, to.toLowerCase())],
      ],
      words: (stop) => askLetter(langOf(box), talk, { link, stop }),
    })
  })
  if (sent) hurryPost()
}

export type Sent = 'sent' | 'address' | 'already' | 'many' | 'resting' | 'no-links' | 'no-mail'

/** Sends the link to an address that is typed. It lies in the letter and nowhere else, and is written to once. */
export async function writeToTyped(
  person: SignedIn,
  talk: Talk,
  { address, lang, origin, link }: { address: string; lang: Lang; origin: string; link: string },
): Promise<Sent> {
  const { house } = person
  if (talk.mine !== 'starter' || talk.heldOn || talk.otherIsHere) refuse('not-found')
  if (!house.mail) return 'no-mail'
  const to = readAddress(address)
  if (to === null) return 'address'
  if (hasLink(`${talk.purpose} ${talk.spot ?? ''}`)) return 'no-links'
  const secret = house.keys.houseSecret()
  const sent = await asSystem(house, 'write to an address that is typed once', async (tx): Promise<Sent> => {
    const plan = markOf(secret, 'plan', talk.id)
    const typed = typedMark(secret, person.account, to)
    if (await ask.isResting(tx, plan, utcDay(house))) return 'already'
    if (!(await openBox(tx, house, to)) || (await ask.isResting(tx, typed, utcDay(house)))) return 'resting'
    if (!(await isWithin(ofOne, house, person.account))) return 'many'
    if (!(await isWithin(toOne, house, to.toLowerCase()))) return 'resting'
    const words = (stop: string) => askLetter(lang, talk, { link, stop })
    const once = [['plan', plan] as const, ['typed', typed] as const]
    return (await send(tx, house, origin, { to, once, words })) ? 'sent' : 'already'
  })
  if (sent === 'sent') hurryPost()
  return sent
}

/** May the other be thanked by letter without an address being typed? */
export const hasMailbox = (house: House, { room, id }: Pick<Talk, 'room' | 'id'>): Promise<boolean> =>
  asSystem(house, 'can the other be thanked by letter?', async (tx) => {
    const box = await ask.mailboxOf(tx, room, id, 'other')
    return box !== null && (await openBox(tx, house, box.mail)) !== null
  })

/** Thanks by letter: to the mailbox of the other, or to an address that is typed and used once. */
export async function writeThanks(
  person: SignedIn,
  talk: Talk,
  { line, address, lang, origin }: { line: string; address: string; lang: Lang; origin: string },
): Promise<Sent> {
  const { house } = person
  if (talk.mine !== 'starter' || !talk.heldOn) refuse('not-found')
  if (!house.mail) return 'no-mail'
  const mark = markOf(house.keys.houseSecret(), 'thanks', talk.id)
  const sent = await asSystem(house, 'one of two thanks the other by letter', async (tx): Promise<Sent> => {
    const box = talk.otherIsHere ? await ask.mailboxOf(tx, talk.room, talk.id, 'other') : null
    const typed = talk.otherIsHere ? (box?.mail ?? '') : address
    if (readAddress(typed) === null) return 'address'
    if (await ask.isResting(tx, mark, utcDay(house))) return 'already'
    const to = await openBox(tx, house, typed)
    if (to === null) return 'resting'
    if (!(await isWithin(ofOne, house, `thanks ${person.account}`))) return 'many'
    const said = box ? langOf(box) : lang
    const words = (stop: string) => thanksLetter(said, talk, { line, stop })
    return (await send(tx, house, origin, { to, once: [['thanks', mark]], words })) ? 'sent' : 'already'
  })
  if (sent === 'sent') hurryPost()
  return sent
}

/** One of the two has taken the note away: the other is told by mail that it is gone, and not a word of it. In a transaction of the system. */
export async function tellOfWrong(
  tx: Tx,
  house: House,
  origin: string,
  talk: { room: TalkRoom; id: string; place: string; starterName: string; otherName: string | null },
  by: Side,
): Promise<void> {
  const reader = otherSide(by)
  const box = await ask.mailboxOf(tx, talk.room, talk.id, reader)
  const to = box && (await openBox(tx, house, box.mail))
  const name = by === 'starter' ? talk.starterName : talk.otherName
  if (!box || !to || !name) return
  const mark = markOf(house.keys.houseSecret(), 'wrong', talk.id, by)
  const link = `${origin}/talks/${talk.id}`
  await send(tx, house, origin, {
    to,
    once: [['wrong', mark]],
    words: (stop) => wrongLetter(langOf(box), name, talk.place, { link, stop }),
  })
}

// --- Fewer letters

/** Whether this mailbox gets letters of talks. Refused like nothing for everything this installation did not write. */
export async function seeQuiet(house: House, token: string): Promise<boolean> {
  const mark = quietMarkOfToken(house.keys.houseSecret(), token) ?? refuse('not-found')
  return asSystem(house, 'does this mailbox get letters of talks?', (tx) => ask.isResting(tx, mark, utcDay(house)))
}

export async function setQuiet(house: House, token: string, quiet: boolean): Promise<void> {
  const mark = quietMarkOfToken(house.keys.houseSecret(), token) ?? refuse('not-found')
  await asSystem(house, 'somebody wants no letters of talks, or wants them again', (tx) =>
    quiet ? ask.letRest(tx, mark, restUntil('quiet', utcDay(house))) : ask.endRest(tx, mark),
  )
}

/** Done every few minutes. */
export const forgetRested = (house: House): Promise<number> =>
  asSystem(house, 'what has rested long enough', (tx) => ask.dropRested(tx, utcDay(house)))
