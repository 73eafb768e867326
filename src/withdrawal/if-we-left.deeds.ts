// Hvis vi gik i morgen: what would hold in a place without its employees, for those who live there, and in coarser figures for the municipality.
import { wallTimeIn } from '../clock.ts'
import { seeWithdrawal } from '../communities/community.deeds.ts'
import type { Community } from '../communities/community.ts'
import { type Actor, asActor, isMunicipal } from '../db/as-actor.ts'
import { refuse } from '../refusal.ts'
import type { Completeness, Ties } from '../ties/tie.ts'
import { completenessIn, tieMarkIn, tiesIn } from '../ties/ties-in.ts'
import type { Quarter } from './criteria.ts'
import { type AskedToMeet, introductionsOf } from './introducing.queries.ts'
import { type Reckoned, reachOf } from './reckoning.ts'
import { reckonApart } from './reckoning-apart.ts'
import { standingOf } from './withdrawal.queries.ts'

export interface Employee {
  name: string
  /** Still there in what is shown. */
  there: boolean
  /** With how many neighbours they have a tie; null for the municipality. */
  reach: number | null
  /** Their number among the people of the drawing. */
  at: number
}

export interface IfWeLeft {
  community: Community
  /** The day it is reckoned for. */
  on: string
  municipal: boolean
  employees: Employee[]
  reckoned: Reckoned
  recorded: Completeness
  /** The newest first; only for those who live there. */
  quarters: Quarter[]
  ties: Ties
  /** Talks that the one who looks is asked about; nobody else sees that they are. */
  asked: AskedToMeet[]
}

/** `there`: which employees are still there, by their place in the list of names. */
export async function seeIfWeLeft(actor: Actor, slug: string, there: readonly number[] = []): Promise<IfWeLeft> {
  if (actor.role === 'guest') refuse('sign-in.needed')
  if (actor.role === 'officer' || actor.role === 'operator') refuse('not-yours')
  const { community } = await seeWithdrawal(actor, slug)
  const municipal = isMunicipal(actor)
  // Somebody may be forgotten while it is reckoned: what is shown is of those who are still there.
  for (let tries = 0; ; tries++) {
    const now = await readNow(actor, community)
    const { ties } = now
    const names = ties.staff.toSorted((a, b) => a.name.localeCompare(b.name, 'da') || a.at - b.at)
    const staff = names.map(({ at }) => at)
    const away = staff.filter((_, place) => !there.includes(place))
    const large = ties.people + ties.weights.length > 4000
    const reckoned = await reckonApart({
      people: ties.people,
      ends: ties.ends,
      staff,
      away,
      me: municipal ? null : ties.me,
    })
    if (large && tries < 3 && ties.mark !== (await asActor(actor, (tx) => tieMarkIn(tx, community.id)))) continue
    const reach = municipal ? null : reachOf({ people: ties.people, ends: ties.ends, staff })
    const employees = names.map(({ name, at }, place) => ({
      name,
      at,
      there: there.includes(place),
      reach: reach?.[place] ?? null,
    }))
    return { community, municipal, on: ties.on, employees, reckoned, ...now }
  }
}

const readNow = (actor: Actor, community: Community) =>
  asActor(actor, async (tx) => {
    const { eye, quarters } = await standingOf(tx, community.id, actor.role)
    if (!eye.belongs && !eye.works && actor.role !== 'leader') refuse('not-yours')
    const on = wallTimeIn(community.timeZone, actor.house.clock.now()).date
    const asked = eye.belongs ? await introductionsOf(tx, community.id) : []
    return {
      quarters,
      asked,
      ties: await tiesIn(tx, community.id, on),
      recorded: await completenessIn(tx, community.id, on),
    }
  })
