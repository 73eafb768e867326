// What key holders do with those who have been asked: see who they are, print letters, write down a yes or a no; and the mails that go out slowly.
import { codeHash, newDigits, spaced } from '../access/mail-question.ts'
import { hashOf, newToken } from '../access/sign-in.ts'
import type { Community } from '../communities/community.ts'
import { type Actor, asActor, asSystem, type House } from '../db/as-actor.ts'
import { isId, keptPlace, todayAt, writeDown } from '../people/people.deeds.ts'
import type { ToldBy } from '../people/person.ts'
import { readAddress } from '../post/letter.ts'
import { hurryPost, writeLetter } from '../post/post.ts'
import { refuse } from '../refusal.ts'
import { askLetter } from './ask-letter.ts'
import * as ask from './asked.queries.ts'
import { newAskedCode } from './secrets.ts'

export const onPage = 50
/** One sheet each; more than anybody carries in an evening. */
export const lettersAtOnce = 30

export interface AskedSeen {
  community: Community
  asked: ask.AskedHere[]
  counts: ask.AskedCounts
  more: boolean
}

export function seeAsked(actor: Actor, slug: string, after: string | null): Promise<AskedSeen> {
  return asActor(actor, async (tx) => {
    const community = await keptPlace(tx, actor, slug)
    const asked = await ask.askedIn(tx, community.id, isId(after ?? '') ? after : null, onPage + 1)
    const counts = await ask.countAsked(tx, community.id)
    return { community, asked: asked.slice(0, onPage), counts, more: asked.length > onPage }
  })
}

/** Somebody who was asked has answered a key holder, on paper or aloud. Answers the person; null when it was a no. */
export async function hear(actor: Actor, slug: string, id: string, said: ToldBy | 'no'): Promise<string | null> {
  const asked = await asActor(actor, async (tx) => {
    const community = await keptPlace(tx, actor, slug)
    return (isId(id) && (await ask.findAsked(tx, community.id, id))) || refuse('not-found')
  })
  if (said !== 'no') {
    const { name, mail, telephone } = asked
    const nothingElse = { contactWish: 'none' as const, languages: [], ageBand: null, askedAbout: null, consents: [] }
    await writeDown(actor, slug, { id, name, mail, telephone, toldBy: said, ...nothingElse })
  }
  await asSystem(actor.house, 'who was asked has answered a key holder', async (tx) => {
    const moving = await ask.movingOfAsked(tx, id)
    if (moving && (await ask.forgetAsked(tx, id))) await ask.countAnswer(tx, moving, said === 'no' ? 'no' : 'yes')
  })
  return said === 'no' ? null : id
}

export interface PrintedLetter extends ask.AskedHere {
  link: string
  code: string
}

/** Letters to print now: with a link and a code that are made here and shown once. An older letter to the same one is void. */
export async function printLetters(
  actor: Actor,
  slug: string,
  again: boolean,
): Promise<{ community: Community; letters: PrintedLetter[] }> {
  const community = await asActor(actor, (tx) => keptPlace(tx, actor, slug))
  const letters = await asSystem(actor.house, 'letters to those who are asked on paper', async (tx) => {
    const people = await ask.toPrint(tx, community.id, again, lettersAtOnce)
    const made = people.map((one) => ({ ...one, link: newToken(), code: newAskedCode() }))
    const hashes = made.map(({ id, link, code }) => ({ id, link: hashOf(link), code: hashOf(code) }))
    await ask.printed(tx, hashes, todayAt(community, actor))
    return made
  })
  return { community, letters }
}

/** No more letters than this leave in an hour: so slowly that a mistake is seen before it has reached everybody. */
export const mailsAnHour = 60

/** Writes the mails whose turn it is. May run at any time and in several programs. Answers how many. */
export async function mailAsked(house: House, origin: string): Promise<number> {
  if (!house.mail) return 0
  const now = house.clock.now()
  const written = await asSystem(house, 'those who are asked get a mail, slowly', async (tx) => {
    await ask.holdMailing(tx)
    const left = mailsAnHour - (await ask.mailedSince(tx, new Date(now.getTime() - 3_600_000)))
    let written = 0
    for (const one of left > 0 ? await ask.toMail(tx, Math.min(left, 10)) : []) {
      const link = newToken()
      const digits = newDigits()
      await ask.mailed(tx, one.id, hashOf(link), codeHash(digits, link), now)
      // What no mail server would take.
      if (readAddress(one.mail) === null) continue
      const page = `${origin}/asked/${link}`
      await writeLetter(tx, {
        kind: 'asking',
        to: one.mail,
        stop: `${page}/no`,
        ...askLetter(one, { page, digits: spaced(digits) }),
      })
      written++
    }
    return written
  })
  if (written > 0) hurryPost()
  return written
}
