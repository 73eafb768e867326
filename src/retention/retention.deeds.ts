// The night: forgets what has been kept long enough, rule by rule, asks who shows no life, and tells in numbers what it did.

import type { SignedIn } from '../access/session.deeds.ts'
import { cutAudit, noteAudit } from '../audit/audit.deeds.ts'
import { forgetBook } from '../book/book.deeds.ts'
import { dayAfter } from '../clock.ts'
import { seeMunicipality } from '../communities/community.deeds.ts'
import type { Community } from '../communities/community.ts'
import { usualTimeZone } from '../communities/municipality.ts'
import { type RuleCode, ruleCodes, ruleOf } from '../data-map/retention-rules.ts'
import { type Actor, asActor, asSystem, guestIn, type House, type Tx } from '../db/as-actor.ts'
import { forgetAll } from '../mine/forget.deeds.ts'
import { keptPlace } from '../people/people.deeds.ts'
import { readAddress } from '../post/letter.ts'
import { writeLetter } from '../post/post.ts'
import { refuse } from '../refusal.ts'
import * as ask from './retention.queries.ts'
import { keptLongEnough, nightOf, readStillToken, stillToken } from './retention.ts'
import { stillLetter } from './still-letter.ts'

type NightRule = {
  [C in RuleCode]: typeof import('../data-map/retention-rules.ts').retentionRules[C]['by'] extends 'night' ? C : never
}[RuleCode]

interface Night {
  house: House
  origin: string
  now: Date
  day: string
  /** Before this instant it has been kept long enough. */
  before: Date
}

/** What each rule of the night does. A rule that is missing here does not compile. */
const works: Record<NightRule, (tx: Tx, night: Night) => Promise<number>> = {
  inactive: (tx, night) => forgetSilent(tx, night),
  attendance: (tx, { before }) => ask.clearAttendance(tx, before),
  training: (tx, { before }) => ask.clearTrainings(tx, before),
  trainingWish: (tx, { before }) => ask.dropTrainingWishes(tx, before),
  promise: (tx, { before }) => ask.dropPromises(tx, before),
  promiseTelephone: (tx, { before }) => ask.clearTelephones(tx, before),
  wish: (tx, { before }) => ask.dropWishes(tx, before),
  undo: (tx, { before }) => ask.clearMerges(tx, before),
  objection: async (tx, { before }) => (await ask.dropObjections(tx, before)) + (await ask.dropRequests(tx, before)),
  audit: async (tx, { before }) =>
    (await ask.dropLooks(tx, before)) +
    (await ask.dropIncidents(tx, before)) +
    (await cutAudit(tx)) +
    (await ask.dropOldRuns(tx, before)),
  staff: (tx, { before }) => ask.dropStaff(tx, before),
  withdrawn: (tx, { before }) => ask.leavePlaces(tx, before),
  agreedNote: (tx, { before }) => ask.dropAgreedNotes(tx, before),
  talk: (tx, { before }) => ask.dropTalks(tx, before),
  shared: (tx, { before }) => ask.dropShared(tx, before),
  ownYes: (tx, { before }) => ask.dropOldYes(tx, before),
  ownWork: (tx, { before }) => ask.dropOwnWork(tx, before),
}
export const nightRules = Object.keys(works) as NightRule[]

/** The rule and how many rows it touched: a number, and nothing about whom. */
export type Counts = Partial<Record<string, number>>

/** Asked of those who show no life, and done with those who did not answer. */
async function forgetSilent(tx: Tx, { house, origin, day, before }: Night): Promise<number> {
  await ask.dropAnswered(tx)
  const silent = await ask.unanswered(tx, day)
  for (const { person, community, account } of silent) {
    await forgetAll(tx, account === null ? { person, community } : { account, community })
    if (account !== null && !(await ask.hasPlaces(tx, account))) {
      await forgetBook(tx, account)
      await forgetAll(tx, { account, community: null })
    }
  }
  const { grace } = ruleOf('inactive')
  const until = dayAfter(day, grace?.n ?? 30)
  const secret = house.keys.houseSecret()
  for (const one of await ask.silentSince(tx, before)) {
    await ask.askStill(tx, one.person, day, until)
    if (!house.mail || !one.mail || readAddress(one.mail) === null) continue
    const lang = one.languages.length === 0 || one.languages.includes('da') ? 'da' : 'en'
    const link = `${origin}/still/${stillToken(secret, one.person)}`
    await writeLetter(tx, { kind: 'still', to: one.mail, ...stillLetter(lang, { place: one.place, until, link }) })
  }
  return silent.length
}

const timeZoneHere = async (house: House): Promise<string> =>
  (await seeMunicipality(guestIn(house)))?.timeZone ?? usualTimeZone

/**
 * The run of the night: each rule in a transaction of its own, so that a night that is cut off has done what it says and the next one goes
 * on. May be called at any time and twice: once a night it does something. Answers the report, or null when this night has been done, or
 * another program is at it.
 */
export async function runNight(house: House, origin: string): Promise<ask.Run | null> {
  const now = house.clock.now()
  const day = nightOf(now, await timeZoneHere(house))
  const before = await asSystem(house, 'has this night been done?', (tx) => ask.runOf(tx, day))
  if (before?.endedAt) return null
  for (const code of nightRules) {
    const { keep } = ruleOf(code)
    if (!keep) continue
    const night = { house, origin, now, day, before: keptLongEnough(now, keep) }
    const held = await asSystem(house, `what has been kept long enough: ${code}`, async (tx) => {
      if (!(await ask.holdNight(tx))) return false
      // Another program has ended this night meanwhile.
      if ((await ask.runOf(tx, day))?.endedAt) return false
      await ask.noteRun(tx, day, now, { [code]: await works[code](tx, night) }, false)
      return true
    })
    if (!held) return null
  }
  return asSystem(house, 'the night is over', async (tx) => {
    if (!(await ask.holdNight(tx))) return null
    const known = await ask.runOf(tx, day)
    if (!known || known.endedAt) return null
    await ask.noteRun(tx, day, house.clock.now(), {}, true)
    const forgotten = Object.values(known.counts).reduce((sum, n) => sum + n, 0)
    await noteAudit(tx, 'retention.run', { facts: { day, rows: forgotten } })
    return ask.runOf(tx, day)
  })
}

/** What the night would do now, and nothing of it done. */
export async function tryNight(house: House): Promise<Counts> {
  const now = house.clock.now()
  const counts: Counts = {}
  const day = nightOf(now, await timeZoneHere(house))
  class Tried extends Error {}
  for (const code of nightRules) {
    const { keep } = ruleOf(code)
    if (!keep) continue
    await asSystem(house, `what would go: ${code}`, async (tx) => {
      const night = { house: { ...house, mail: false }, origin: '', now, day, before: keptLongEnough(now, keep) }
      counts[code] = await works[code](tx, night)
      throw new Tried()
    }).catch((error: unknown) => {
      if (!(error instanceof Tried)) throw error
    })
  }
  return counts
}

export interface RetentionSeen {
  runs: ask.Run[]
}

const runsShown = 30

/** The reports, for the officer and the operator. */
export async function seeRuns(actor: Actor): Promise<RetentionSeen> {
  if (actor.role !== 'officer' && actor.role !== 'operator') refuse('not-yours')
  return asActor(actor, async (tx) => ({ runs: await ask.runs(tx, runsShown) }))
}

/** The reports, for the one at the keyboard. */
export const lastRuns = (house: House): Promise<ask.Run[]> =>
  asSystem(house, 'what the last nights forgot', (tx) => ask.runs(tx, runsShown))

/** The report of the last night that was done, for the operator's page; in a transaction of theirs. */
export const lastRun = async (tx: Tx): Promise<ask.Run | null> => (await ask.runs(tx, 1))[0] ?? null

// --- Who is asked answers

/** What the address asks. Refused like nothing for what this installation did not write, and when it has been answered. */
export async function seeStill(house: House, token: string): Promise<ask.Asked> {
  const person = readStillToken(house.keys.houseSecret(), token) ?? refuse('not-found')
  return (
    (await asSystem(house, 'who is asked whether they go on', (tx) => ask.askedStill(tx, person))) ??
    refuse('not-found')
  )
}

/** They go on: two more years. */
export async function goOn(house: House, token: string): Promise<ask.Asked> {
  const person = readStillToken(house.keys.houseSecret(), token) ?? refuse('not-found')
  return asSystem(house, 'somebody goes on', async (tx) => {
    const asked = (await ask.askedStill(tx, person)) ?? refuse('not-found')
    await ask.showLife(tx, person, house.clock.now().toISOString().slice(0, 10))
    return asked
  })
}

export interface AskedSeen {
  community: Community
  asked: ask.AskedHere[]
}

/** Who is asked in a place, for who holds a key of it: those without mail are asked by a neighbour. */
export const seeAsked = (person: SignedIn, slug: string): Promise<AskedSeen> =>
  asActor(person, async (tx) => {
    const community = await keptPlace(tx, person, slug)
    return { community, asked: await ask.askedIn(tx, community.id) }
  })

/** Somebody without an account has said aloud that they go on. */
export async function heardGoOn(person: SignedIn, slug: string, id: string): Promise<void> {
  const { asked } = await seeAsked(person, slug)
  const one = asked.find((found) => found.person === id)
  if (!one || one.hasAccount) return refuse('not-found')
  await asSystem(person.house, 'a key holder heard that somebody goes on', (tx) =>
    ask.showLife(tx, id, person.house.clock.now().toISOString().slice(0, 10)),
  )
}

/** Every rule that a night carries out has its work here; the register says which those are. */
export const isNightRule = (code: RuleCode): code is NightRule =>
  ruleCodes.includes(code) && ruleOf(code).by === 'night'
