// How two agree on a note: on one phone handed over, on two phones, or on a slip that both have signed. Nothing is kept before both have said
// yes to the same words; until then it lies in the page, or sealed with a secret that only the two have.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import type { SignedIn } from '../access/session.deeds.ts'
import { asActor, asSystem, type House, isMunicipal, type Tx } from '../db/as-actor.ts'
import { refuse } from '../refusal.ts'
import { contentHash, type Draft, draftText, readDraft } from './note.ts'
import * as ask from './notes.queries.ts'
import { hashOf, newSecret, open, readSecret, seal } from './sealing.ts'
import { otherSide, type Side, type Talk } from './talk.ts'
import { tellOfWrong } from './talk-letters.deeds.ts'
import { asTheTwo, seeLink, seeTalk, type TalkSeen, talkOfMine, todayIn } from './talks.deeds.ts'
import { personOf, setHeld, talkOfLink, touchPair } from './talks.queries.ts'

export interface NoteSeen extends TalkSeen {
  note: ask.AgreedNote | null
  promises: ask.PromiseKept[]
}

export async function seeNote(person: SignedIn, id: string | undefined): Promise<NoteSeen> {
  const seen = await seeTalk(person, id)
  const { room } = seen.talk
  return asActor(person, async (tx) => ({
    ...seen,
    note: await ask.noteOf(tx, room, seen.talk.id),
    promises: await ask.promisesOf(tx, room, seen.talk.id),
  }))
}

// --- On one phone

/** That this one of the two has said yes to these words, as only this installation can write it. A letter changed, and it is void. */
export const yesOf = (house: House, draft: Draft, side: Side): string =>
  createHmac('sha256', house.keys.houseSecret())
    .update(`yes to a note\n${side}\n${draftText(draft)}`)
    .digest('base64url')

function isYes(house: House, draft: Draft, side: Side, said: string): boolean {
  const [is, should] = [Buffer.from(said), Buffer.from(yesOf(house, draft, side))]
  return is.length === should.length && timingSafeEqual(is, should)
}

/** The draft that came along, if it is of this talk. */
function draftOf(text: string, talk: Talk): Draft {
  const draft = readDraft(text)
  return draft && draft.talk === talk.id ? draft : refuse('changed-since')
}

/** The other has said yes too, on the phone of the one who is signed in. */
export async function agreeOnOnePhone(
  person: SignedIn,
  id: string,
  said: { draft: string; yes: string; name: string | null },
): Promise<void> {
  const { talk } = await seeTalk(person, id)
  const draft = draftOf(said.draft, talk)
  if (!isYes(person.house, draft, talk.mine, said.yes)) refuse('changed-since')
  const now = person.house.clock.now()
  await keep(person.house, talk, draft, { way: 'one_phone', name: said.name, first: now, firstBy: talk.mine })
}

/** Both have signed a slip, and one of them types it in. */
export async function agreeOnSlip(
  person: SignedIn,
  id: string,
  said: { draft: string; name: string | null },
): Promise<void> {
  const { talk } = await seeTalk(person, id)
  const now = person.house.clock.now()
  await keep(person.house, talk, draftOf(said.draft, talk), {
    way: 'slip',
    name: said.name,
    first: now,
    firstBy: talk.mine,
  })
}

interface Yes {
  way: ask.AgreedNote['way']
  /** What the other is called, when they have not said so before. */
  name: string | null
  /** When the first of the two said yes, and who. */
  first: Date
  firstBy: Side
  /** The other as somebody of the place. */
  person?: string | null
}

const keep = (house: House, talk: Pick<Talk, 'room' | 'id' | 'timeZone'>, draft: Draft, yes: Yes): Promise<void> =>
  asSystem(house, 'both of a talk have said yes to the same words', async (tx) => {
    const held = (await ask.holdTalk(tx, talk.room, talk.id)) ?? refuse('not-found')
    await keepHeld(tx, house, held, draft, yes)
  })

async function keepHeld(tx: Tx, house: House, held: ask.Held, draft: Draft, yes: Yes): Promise<void> {
  // Somebody has changed the note meanwhile: this wording waits for both again.
  if (draft.base !== held.noteRev) refuse('changed-since')
  const now = house.clock.now()
  const today = todayIn(held.timeZone, house)
  if (!held.other && (yes.person || yes.name)) {
    await ask.setOther(tx, held, { person: yes.person ?? null, name: yes.name })
    held.other = yes.person ?? null
  }
  const times = yes.firstBy === 'starter' ? [yes.first, now] : [now, yes.first]
  const [starterYesAt = now, otherYesAt = now] = times
  await ask.keepNote(
    tx,
    held,
    {
      ...draft,
      starterYesAt,
      otherYesAt,
      way: yes.way,
      phoneOf: yes.way === 'one_phone' ? yes.firstBy : null,
      hash: contentHash(draft),
    },
    uuid,
  )
  await ask.dropWaiting(tx, held)
  if (held.noteRev === 0) await setHeldOnce(tx, held, today)
  await touchPair(tx, held, today)
}

/** Who agrees on what was said has talked. */
async function setHeldOnce(tx: Tx, held: ask.Held, today: string): Promise<void> {
  if (!held.heldOn) await setHeld(tx, held, today, null)
}

// --- On two phones

/** The first says yes, and gets the secret to show the other. What is laid in the database cannot be read without it. */
export async function sealForOther(person: SignedIn, id: string, text: string): Promise<string> {
  const { talk } = await seeTalk(person, id)
  const draft = draftOf(text, talk)
  const secret = newSecret()
  await asSystem(person.house, 'lay a sealed wording where the other of a talk finds it', async (tx) => {
    const held = (await ask.holdTalk(tx, talk.room, talk.id)) ?? refuse('not-found')
    if (draft.base !== held.noteRev) refuse('changed-since')
    const box = seal(secret, talk.id, draftText(draft))
    await ask.keepWaiting(tx, held, { yesBy: talk.mine, secretHash: hashOf(secret), box })
  })
  return secret
}

interface Opened {
  held: ask.Held
  waiting: ask.WaitingWording
  draft: Draft
  /** The one who opens it is somebody of the place, and not known as the other yet. */
  newcomer: string | null
}

/** Opens the wording for the one of the two who has not said yes. Whatever is not theirs, is spent, changed or too old is answered alike. */
async function openFor(tx: Tx, person: SignedIn, said: string): Promise<Opened> {
  const secret = readSecret(said) ?? refuse('talk.nothing')
  const first = (await ask.waitingBy(tx, hashOf(secret))) ?? refuse('talk.nothing')
  const held = (await ask.holdTalk(tx, first.room, first.talk)) ?? refuse('talk.nothing')
  // Once more, with the talk held: it may have been agreed to or changed since.
  const waiting = (await ask.waitingBy(tx, hashOf(secret))) ?? refuse('talk.nothing')
  const draft = readDraft(open(secret, held.id, waiting.box)) ?? refuse('talk.nothing')
  if (waiting.yesBy === 'other') {
    if (person.account !== held.starterAccount) refuse('talk.nothing')
    return { held, waiting, draft, newcomer: null }
  }
  if (person.account === held.starterAccount || isMunicipal(person)) refuse('talk.nothing')
  if (held.other) {
    if (held.otherAccount !== person.account) refuse('talk.nothing')
    return { held, waiting, draft, newcomer: null }
  }
  const newcomer = (await personOf(tx, held.community, person.account)) ?? refuse('talk.nothing')
  return { held, waiting, draft, newcomer }
}

export interface WaitingSeen {
  draft: Draft
  /** Of the one who opens it. */
  side: Side
  two: Pick<Talk, 'starterName' | 'otherName' | 'room' | 'place'>
}

export const seeWaiting = (person: SignedIn, secret: string): Promise<WaitingSeen> =>
  asSystem(person.house, 'the other of a talk reads what they are to say yes to', async (tx) => {
    const { held, draft, waiting } = await openFor(tx, person, secret)
    const talk = (await talkOfLink(tx, held.id)) ?? refuse('talk.nothing')
    const two = { ...talk, otherName: talk.otherIsHere || waiting.yesBy === 'other' ? talk.otherName : person.name }
    return { draft, side: otherSide(waiting.yesBy), two }
  })

/** The other says yes on their own phone: now it is kept. Answers the talk. Works once. */
export const agreeOnTwoPhones = (person: SignedIn, secret: string): Promise<string> =>
  asSystem(person.house, 'the other of a talk says yes on their own phone', async (tx) => {
    const { held, waiting, draft, newcomer } = await openFor(tx, person, secret)
    const yes = {
      way: 'two_phones',
      name: null,
      first: waiting.saidAt,
      firstBy: waiting.yesBy,
      person: newcomer,
    } as const
    await keepHeld(tx, person.house, held, draft, yes)
    return held.id
  })

/** The other wants other words: they become one of the two, and what was said yes to is void. Answers the talk. */
export const takeUpWaiting = (person: SignedIn, secret: string): Promise<string> =>
  asSystem(person.house, 'the other of a talk changes the wording', async (tx) => {
    const { held, newcomer } = await openFor(tx, person, secret)
    if (newcomer) await ask.setOther(tx, held, { person: newcomer, name: null })
    await ask.dropWaiting(tx, held)
    return held.id
  })

// --- Afterwards

/** One of the two says that it does not fit: it is gone for both, the other sees who said so, and it can be written again together. */
export const sayWrong = (person: SignedIn, id: string, origin: string | null = null): Promise<void> =>
  asTheTwo(person, id, (tx, talk) => takeNoteAway(tx, person.house, origin, talk, talk.mine))

/** Said twice, or when another has said it meanwhile, it is done once, and told once. */
async function takeNoteAway(
  tx: Tx,
  house: House,
  origin: string | null,
  talk: Parameters<typeof tellOfWrong>[3],
  by: Side,
): Promise<void> {
  const held = (await ask.holdTalk(tx, talk.room, talk.id)) ?? refuse('not-found')
  if (!(await ask.dropNote(tx, talk.room, talk.id))) return
  await ask.dropPromises(tx, talk.room, talk.id)
  await ask.dropWaiting(tx, held)
  await ask.setWrong(tx, talk.room, talk.id, by)
  if (origin !== null) await tellOfWrong(tx, house, origin, talk, by)
}

/** Tells how a promise went. Answers false when the other has told it meanwhile. */
export const tellPromise = (
  person: SignedIn,
  id: string,
  told: { id: string; state: ask.PromiseKept['state']; byWhen: string | null; rev: number },
): Promise<boolean> =>
  asActor(person, async (tx) => {
    const talk = await talkOfMine(tx, person, id)
    return ask.tellPromise(tx, talk.room, { ...told, talk: talk.id })
  })

export interface OwnNote {
  note: ask.AgreedNote | null
  promises: ask.PromiseKept[]
}

/** What was agreed, for an other who has no way in and brings their link. A letter shows it to nobody who can sign in. */
export async function noteOfLink(house: House, token: string, person: SignedIn | null): Promise<OwnNote> {
  const { talk, mayRead } = await seeLink(house, token, person)
  if (!mayRead) return { note: null, promises: [] }
  return asSystem(house, 'show somebody what they have agreed to', async (tx) => ({
    note: await ask.noteOf(tx, talk.room, talk.id),
    promises: await ask.promisesOf(tx, talk.room, talk.id),
  }))
}

export async function sayWrongByLink(
  house: House,
  token: string,
  person: SignedIn | null,
  origin: string | null = null,
): Promise<void> {
  const { talk, isStarter, mayRead } = await seeLink(house, token, person)
  if (isStarter || !mayRead) refuse('not-yours')
  await asSystem(house, 'somebody says that a note does not fit', (tx) =>
    takeNoteAway(tx, house, origin, talk, 'other'),
  )
}
