// The letters of talks: what they say, how often at most, and the marks by which it is known that one has been sent. An address is used once.
import { createHmac } from 'node:crypto'
import { dayAfter } from '../clock.ts'
import { lookOver } from '../hints.ts'
import type { Lang } from '../i18n/catalogue.ts'
import { ownLink, readOwnLink } from '../keys/own-link.ts'
import { readLine } from '../line.ts'
import type { Talk } from './talk.ts'
import { sayWhen, sayWhere } from './when-said.ts'
import { words } from './words.ts'

/**
 * For so many days the same is not done again. `no` and `notNow`: the one is not asked again by the other. `asked`: no second letter to a
 * neighbour. `typed`: nor to an address that somebody typed, whatever the answer was. `quiet`: a mailbox that wants no letters of talks.
 * `plan`, `thanks`: one letter for each talk, as long as it may live. `wrong`: one a day.
 */
export const restDays = {
  no: 182,
  notNow: 30,
  asked: 14,
  typed: 90,
  quiet: 730,
  plan: 730,
  thanks: 730,
  wrong: 1,
} as const
export type Rest = keyof typeof restDays
export const restUntil = (rest: Rest, today: string): string => dayAfter(today, restDays[rest])

/** What stands in the database for it: it can be found again by whoever has the secret of the house and the same names, and not be read. */
export const markOf = (secret: Buffer, rest: Rest, ...about: readonly string[]): Buffer =>
  createHmac('sha256', secret)
    .update(JSON.stringify(['talk', rest, ...about]))
    .digest()

/** A no and a »not now« are the same rest of two lengths. */
export const pairMark = (secret: Buffer, starter: string, other: string): Buffer => markOf(secret, 'no', starter, other)

const boxOf = (address: string): string => address.trim().toLowerCase()
export const typedMark = (secret: Buffer, starter: string, address: string): Buffer =>
  markOf(secret, 'typed', starter, boxOf(address))

// --- The address by which a mailbox stops such letters

const stopping = 'stop letters of talks'
/** A mailbox as an id that tells nothing of it. */
function idOfBox(secret: Buffer, address: string): string {
  const hex = markOf(secret, 'quiet', boxOf(address)).toString('hex').slice(0, 32)
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
const quietOf = (secret: Buffer, id: string): Buffer => markOf(secret, 'quiet', id, 'wants none')
export const quietMark = (secret: Buffer, address: string): Buffer => quietOf(secret, idOfBox(secret, address))
export const stopToken = (secret: Buffer, address: string): string =>
  ownLink(secret, stopping, idOfBox(secret, address))
/** The mark of the mailbox; null for everything that this installation has not written. */
export function quietMarkOfToken(secret: Buffer, token: string): Buffer | null {
  const id = readOwnLink(secret, stopping, token)
  return id === null ? null : quietOf(secret, id)
}

// --- What they say

export interface Written {
  subject: string
  body: string
}
interface Around {
  link: string
  /** Where such letters are stopped. */
  stop: string
}
type Said = Pick<Talk, 'room' | 'starterName' | 'place' | 'purpose' | 'plannedOn' | 'plannedTime' | 'medium' | 'spot'>

const bodyOf = (lines: readonly (string | false)[]): string => `${lines.filter(Boolean).join('\n\n')}\n`
const tail = (lang: Lang): string => (lang === 'da' ? '' : `?lang=${lang}`)
const whoOf = (talk: Pick<Talk, 'room' | 'starterName'>, lang: Lang): string =>
  talk.room === 'municipal'
    ? words(lang)('letter.atWork', { name: talk.starterName })
    : words(lang)('letter.neighbour', { name: talk.starterName })

/** Who asks, why, when and where; and yes, not now or no by one link, without signing in. */
export function askLetter(lang: Lang, talk: Said, { link, stop }: Around): Written {
  const say = words(lang)
  const who = whoOf(talk, lang)
  return {
    subject: say('letter.askSubject', { name: talk.starterName, place: talk.place }),
    body: bodyOf([
      say('letter.ask', { who, place: talk.place }),
      say('letter.why', { purpose: talk.purpose }),
      [
        talk.plannedOn ? say('letter.when', { when: sayWhen(talk, lang) }) : say('letter.whenOpen'),
        say('letter.where', { where: sayWhere(talk, lang) }),
      ].join('\n'),
      `${say('letter.answer')}\n${link}${tail(lang)}`,
      say('link.noReason'),
      `--\n${say('letter.once')}`,
      `${say('letter.stop')}\n${stop}${tail(lang)}`,
    ]),
  }
}

/** Thanks, in the words of the one who thanks. */
export function thanksLetter(
  lang: Lang,
  talk: Pick<Said, 'room' | 'starterName' | 'place'>,
  { line, stop }: { line: string; stop: string },
): Written {
  const say = words(lang)
  return {
    subject: say('letter.thanksSubject', { name: talk.starterName }),
    body: bodyOf([
      say('letter.thanks', { who: whoOf(talk, lang), place: talk.place }),
      line && say('letter.line', { line }),
      `--\n${say('letter.thanksOnce')}`,
      `${say('letter.stop')}\n${stop}${tail(lang)}`,
    ]),
  }
}

/** The note is gone. Not a word of what stood in it, nor why. */
export function wrongLetter(lang: Lang, by: string, place: string, { link, stop }: Around): Written {
  const say = words(lang)
  return {
    subject: say('letter.wrongSubject'),
    body: bodyOf([
      say('letter.wrong', { name: by, place }),
      say('letter.wrongHow'),
      `${say('letter.see')}\n${link}${tail(lang)}`,
      `--\n${say('letter.stop')}\n${stop}${tail(lang)}`,
    ]),
  }
}

/** Nobody sends addresses of pages about in somebody else's letter. */
export const hasLink = (text: string): boolean =>
  /https?:|www\.|[\p{L}\d]\.(?:dk|com|net|org|info|eu|io|me|ru|xyz|link)\b/iu.test(text)

export const longestLine = 280
export type LineProblem = 'too-long' | 'marks' | 'cpr' | 'no-links'
/** What somebody writes beside thanks; nothing is fine, too. */
export function readThanks(typed: string | null): { line: string } | { problem: LineProblem } {
  const { line, fault } = readLine(typed ?? '', longestLine)
  if (fault === 'long') return { problem: 'too-long' }
  if (fault === 'marks') return { problem: 'marks' }
  if (lookOver(line).cpr) return { problem: 'cpr' }
  return hasLink(line) ? { problem: 'no-links' } : { line }
}
