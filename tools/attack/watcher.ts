// T2, the watcher: sees the hall screen and both results after every event, subtracts what can be subtracted, and says what that tells.
import { questions } from '../../src/meetings/exit-card.ts'
import type { ResultBody } from '../../src/meetings/result.ts'
import { type Audience, CROWD, minimumAnswers, type PublishedShare, publish } from '../../src/shares/published.ts'
import type { Seen } from './story.ts'

/** A group as a watcher may believe it to be. */
interface Reading {
  of: number
  yes: number
}

export interface Watched {
  observations: number
  /** Pairs of results that were subtracted from each other. */
  differences: number
  /** In words, what was found out about somebody. */
  recovered: string[]
}

const shareNames = [...questions, 'next', 'who'] as const
type ShareName = (typeof shareNames)[number]
const shareOf = (body: ResultBody, name: ShareName): PublishedShare =>
  name === 'next' ? body.next : name === 'who' ? body.who : body.questions[name]

interface Shown {
  audience: Audience
  body: ResultBody
}

/** `seen` in the order of time. The watcher knows how small the place is, and how many cards the screen counted. */
export function watch(seen: readonly Seen[], residents: number | null): Watched {
  const smallPlace = residents !== null && residents < 100
  const onTime = seen.findLast(({ onScreen }) => onScreen !== null)?.onScreen ?? 0
  const recovered = new Set<string>()
  const shown: Shown[] = []
  let differences = 0

  const readings = ({ audience, body }: Shown, name: ShareName): readonly Reading[] =>
    readingsOf(shareOf(body, name), { attended: body.attended, audience, smallPlace }, onTime)
  const now = (one: Shown) => {
    for (const name of shareNames) {
      const after = readings(one, name)
      const alone = telling([{ of: 0, yes: 0 }], after)
      if (alone) recovered.add(`${one.audience} ${name}: ${alone}, shown as ${JSON.stringify(shareOf(one.body, name))}`)
      for (const earlier of shown) {
        differences++
        const told = telling(readings(earlier, name), after)
        if (told)
          recovered.add(
            `${name}: ${told}, from ${JSON.stringify(shareOf(earlier.body, name))} (${earlier.audience}) to ${JSON.stringify(shareOf(one.body, name))} (${one.audience})`,
          )
      }
    }
    const talks = tellingSum(one.body)
    if (talks) recovered.add(`${one.audience} talks: ${talks}`)
  }

  let last: ResultBody | null = null
  for (const { community, municipality } of seen) {
    if (!community || !municipality || community === last || inOrder(community) === inOrder(last)) continue
    last = community
    const both: Shown[] = [
      { audience: 'community', body: community },
      { audience: 'municipality', body: municipality },
    ]
    for (const one of both) now(one)
    shown.push(...both)
  }
  return { observations: seen.length, differences, recovered: [...recovered] }
}

interface Told {
  attended: number | null
  audience: Audience
  smallPlace: boolean
}

const texts = new Map<string, string>()
const known = new Map<string, readonly Reading[]>()

/** Every group that would be shown in the very same way. A hidden one has no more answers than the screen counted cards. */
function readingsOf(share: PublishedShare, told: Told, onTime: number): readonly Reading[] {
  const { attended, audience, smallPlace } = told
  const text = inOrder(share)
  const most =
    'answered' in share
      ? share.answered
      : Math.min(onTime, Math.max(minimumAnswers(smallPlace), audience === 'municipality' ? 10 : 0) - 1)
  const key = `${text} ${attended} ${audience} ${smallPlace} ${most}`
  const before = known.get(key)
  if (before) return before
  const alike = (of: number, yes: number) => {
    const counts = `${yes} ${of} ${attended} ${audience} ${smallPlace}`
    const shown = texts.get(counts) ?? inOrder(publish({ yes, answered: of, ...told }))
    texts.set(counts, shown)
    return shown === text
  }
  const sizes = 'answered' in share ? [most] : upTo(most)
  const readings = sizes.flatMap((of) => upTo(of).flatMap((yes) => (alike(of, yes) ? [{ of, yes }] : [])))
  known.set(key, readings)
  return readings
}

/** As text, whatever the order in which PostgreSQL gives the parts back. */
export const inOrder = (value: unknown): string =>
  JSON.stringify(value, (_, part) =>
    part && typeof part === 'object' && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort()) : part,
  )

const upTo = (n: number): number[] => Array.from({ length: n + 1 }, (_, i) => i)

/** What the group between two results is certain to have said, if that tells on anybody in it; else null. */
function telling(before: readonly Reading[], after: readonly Reading[]): string | null {
  const groups = before.flatMap((was) =>
    after.flatMap((is) => {
      const group = { of: is.of - was.of, yes: is.yes - was.yes }
      return group.yes >= 0 && group.yes <= group.of ? [group] : []
    }),
  )
  if (groups.length === 0 || groups.some(({ of }) => of === 0 || of >= CROWD)) return null
  const every = (is: (group: Reading) => boolean) => groups.every(is)
  const size = groups[0]?.of ?? 0
  if (every(({ of }) => of < 5)) return `a group of ${size}`
  if (every(({ yes }) => yes === 0)) return `none of ${size} said yes`
  if (every(({ yes, of }) => yes === of)) return `all of ${size} said yes`
  if (every(({ yes }) => yes === 1)) return `one of ${size} said yes`
  if (every(({ yes, of }) => yes === of - 1)) return `all but one of ${size} said yes`
  return null
}

/** The sum of the talks is the sum of a few people's numbers. */
function tellingSum({ who, talks }: ResultBody): string | null {
  if (talks === null || !('yes' in who) || who.yes === 0 || who.yes >= CROWD) return null
  if (who.yes < 5) return `${who.yes} people mean to have ${talks} talks in all`
  if (talks - who.yes <= 1) return `${talks} talks by ${who.yes} people: all, or all but one, said one`
  if (20 * who.yes - talks <= 1) return `${talks} talks by ${who.yes} people: all, or all but one, said twenty`
  return null
}
