// When can the municipality go? Eight criteria that a place agrees on: agreed, not proven. There is no validated threshold in the
// literature; the usual bounds are those of method 4.5, and a place may write others. The answer is a talk, never a decision.

export const criteria = [
  'retention',
  'orphans',
  'autonomy',
  'redundancy',
  'leaders',
  'neighbours',
  'brokerage',
  'vote',
] as const
export type Criterion = (typeof criteria)[number]
export const isCriterion = (text: unknown): text is Criterion => criteria.some((one) => one === text)

/**
 * The bounds of one criterion, in its own unit: shares in [0, 1], `redundancy` in functions of 7, `leaders` in people, `brokerage` in
 * quarters in a row that it has fallen, `vote` 1 for yes.
 */
export interface Bounds {
  underWay: number
  ready: number
}

interface Usual extends Bounds {
  /** `up`: more is better. `down`: less is better. */
  better: 'up' | 'down'
  /** The most that can be written as a bound. */
  most: number
}

export const usual: Readonly<Record<Criterion, Usual>> = {
  retention: { better: 'up', underWay: 0.7, ready: 0.9, most: 1 },
  orphans: { better: 'down', underWay: 0.15, ready: 0.05, most: 1 },
  autonomy: { better: 'up', underWay: 0.4, ready: 0.8, most: 1 },
  redundancy: { better: 'up', underWay: 3, ready: 6, most: 7 },
  leaders: { better: 'up', underWay: 2, ready: 3, most: 50 },
  neighbours: { better: 'up', underWay: 0.3, ready: 0.5, most: 1 },
  brokerage: { better: 'up', underWay: 0, ready: 2, most: 4 },
  vote: { better: 'up', underWay: 1, ready: 1, most: 1 },
}

/** Shares are written as percent on the page. */
export const isShare = (criterion: Criterion): boolean => usual[criterion].most === 1 && criterion !== 'vote'

/** What a place has agreed on in place of the usual. */
export interface Rule {
  criterion: Criterion
  underWay: number | null
  ready: number | null
  leftOut: boolean
}

/** `unknown`: nobody has told what it takes to know. It is never counted as ready. */
export type State = 'not-yet' | 'under-way' | 'ready' | 'unknown'

export interface Measured {
  /** `leader-ages` is no sign of its own: of how many ages the leaders are, of so many as have said it. */
  criterion: Criterion | 'leader-ages'
  /** Null when it cannot be told. Finite otherwise. */
  value: number | null
  /** Of how many people, meetings, votes; 0 when there are none. */
  base: number
}

export interface Judged extends Measured {
  criterion: Criterion
  /** For `leaders`, where they are counted by their own yes; left out in quarters that were counted by roles. */
  ages?: Ages
  state: State
  bounds: Bounds
  /** The place has written these bounds itself. */
  own: boolean
}

/** What the leaders have said of their age. `alike`: of those who have said it, all are of one; `unsaid`: fewer than two have. */
export type Ages = 'unsaid' | 'alike' | 'several'

/** Null where a quarter was measured before leaders were counted by their own yes: there it was by roles, and stays so. */
function agesOf(measured: readonly Measured[]): Ages | null {
  const told = measured.find(({ criterion }) => criterion === 'leader-ages')
  if (!told) return null
  return told.base < 2 || told.value === null ? 'unsaid' : told.value < 2 ? 'alike' : 'several'
}

export const boundsOf = (criterion: Criterion, rule?: Rule): Bounds => ({
  underWay: rule?.underWay ?? usual[criterion].underWay,
  ready: rule?.ready ?? usual[criterion].ready,
})

/** Where a value stands between its bounds. `orphans` 5 % exactly is under way: the table says less than. */
export function stateOf(criterion: Criterion, value: number | null, bounds: Bounds): State {
  if (value === null || !Number.isFinite(value)) return 'unknown'
  if (usual[criterion].better === 'down')
    return value < bounds.ready ? 'ready' : value <= bounds.underWay ? 'under-way' : 'not-yet'
  return value >= bounds.ready ? 'ready' : value >= bounds.underWay ? 'under-way' : 'not-yet'
}

/** All that the place looks at, in the order of the list. What was not measured is unknown. */
export function judge(measured: readonly Measured[], rules: readonly Rule[]): Judged[] {
  return criteria.flatMap((criterion) => {
    const rule = rules.find((one) => one.criterion === criterion)
    if (rule?.leftOut) return []
    const { value, base } = measured.find((one) => one.criterion === criterion) ?? { value: null, base: 0 }
    const bounds = boundsOf(criterion, rule)
    const own = rule !== undefined && (rule.underWay !== null || rule.ready !== null)
    const ages = criterion === 'leaders' ? agesOf(measured) : null
    const state = stateOf(criterion, value, bounds)
    // Three leaders of one age are not ready yet. Where they have not said it, their number alone decides: nobody is pressed to tell.
    const held = state === 'ready' && ages === 'alike' && bounds.ready > 1 ? 'under-way' : state
    return [{ criterion, value, base, state: held, bounds, own, ...(ages && { ages }) }]
  })
}

export const allReady = (judged: readonly Judged[]): boolean =>
  judged.length > 0 && judged.every(({ state }) => state === 'ready')

export interface Quarter {
  /** The first day of the quarter, `yyyy-mm-dd`. */
  first: string
  measured: readonly Measured[]
}

/** The first day of the quarter that a day lies in. */
export const quarterOf = (day: string): string =>
  `${day.slice(0, 4)}-${String(Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1).padStart(2, '0')}-01`

/** The first day of the quarter before. */
export function quarterBefore(first: string): string {
  const year = Number(first.slice(0, 4))
  const month = Number(first.slice(5, 7))
  return month === 1 ? `${year - 1}-10-01` : `${year}-${String(month - 3).padStart(2, '0')}-01`
}

/**
 * All hold for two quarters in a row, the last one that has ended among them: then the program proposes a talk. `quarters` in any
 * order; `today` is the place's own date.
 */
export function isTimeToTalk(quarters: readonly Quarter[], rules: readonly Rule[], today: string): boolean {
  const last = quarterBefore(quarterOf(today))
  return [last, quarterBefore(last)].every((first) => {
    const quarter = quarters.find((one) => one.first === first)
    return quarter !== undefined && allReady(judge(quarter.measured, rules))
  })
}

/** Of the criteria that were ready in the earlier quarter, those that are not in the later: what the place hears first after an exit. */
export function fallen(earlier: Quarter, later: Quarter, rules: readonly Rule[]): Criterion[] {
  const now = judge(later.measured, rules)
  return judge(earlier.measured, rules)
    .filter(({ criterion, state, ages }) => {
      const then = now.find((one) => one.criterion === criterion)
      // Counted by roles before and by their own yes now, the two cannot be compared.
      if (then !== undefined && (ages === undefined) !== (then.ages === undefined)) return false
      return state === 'ready' && then !== undefined && then.state !== 'ready' && then.state !== 'unknown'
    })
    .map(({ criterion }) => criterion)
}

/** For how many quarters in a row a share has fallen up to the last; 0 when it stood still, and less than 0 when it rose last. */
export function fallingFor(shares: readonly (number | null)[]): number | null {
  const known = shares.filter((share): share is number => share !== null)
  if (known.length < 2 || shares.at(-1) === null) return null
  let falls = 0
  for (let at = shares.length - 1; at > 0; at--) {
    const [before, now] = [shares[at - 1], shares[at]]
    if (before == null || now == null || now >= before) break
    falls++
  }
  const [before, now] = [shares.at(-2), shares.at(-1)]
  return falls === 0 && before != null && now != null && now > before ? -1 : falls
}

// --- Reading what was typed

export interface RuleFault {
  field: string
  code: 'bounds.number' | 'bounds.order' | 'bounds.most'
}

/** Percent for shares, a whole number for the others. An empty field is the usual bound. */
export function readRule(form: URLSearchParams, criterion: Criterion): { rule: Rule; faults: RuleFault[] } {
  const faults: RuleFault[] = []
  const { most, better } = usual[criterion]
  const scale = isShare(criterion) ? 100 : 1
  const read = (field: string): number | null => {
    const text = (form.get(field) ?? '').trim().replace(/\s*%$/, '').replace(',', '.')
    if (text === '') return null
    if (!/^\d{1,3}(\.\d)?$/.test(text)) faults.push({ field, code: 'bounds.number' })
    else if (Number(text) / scale > most) faults.push({ field, code: 'bounds.most' })
    else return Number(text) / scale
    return null
  }
  const rule = {
    criterion,
    underWay: read('under-way'),
    ready: read('ready'),
    leftOut: form.get('left-out') === 'yes',
  }
  const bounds = boundsOf(criterion, rule)
  const inOrder = better === 'up' ? bounds.underWay <= bounds.ready : bounds.underWay >= bounds.ready
  if (faults.length === 0 && !inOrder) faults.push({ field: 'ready', code: 'bounds.order' })
  return { rule, faults }
}
