// The phase of a network (Krebs and Holley 2006, by the rule of method 4.5): scattered, one hub, several hubs, core and periphery.
import { componentsOf, largestOf } from './components.ts'
import { coresOf } from './cores.ts'
import type { Network } from './network.ts'
import { brokerage, inCore } from './removing.ts'

export type Phase = 'scattered' | 'hub' | 'multi_hub' | 'core_periphery'

export interface PhaseOfNetwork {
  /** Null where there is nobody. */
  phase: Phase | null
  /** The first line of the rule that held. */
  because: Reason
  /** The largest part of all people. */
  largestShare: number
  /** What the one who stands between most holds of all betweenness (0 where nobody does), who it is (-1), and whether an employee. */
  topShare: number
  top: number
  topIsStaff: boolean
  /** The share of people in the 2-core: those who keep two contacts when the loose ends are taken away. */
  twoCoreShare: number
}

export type Reason =
  | 'nobody is there'
  | 'fewer than half hang together'
  | 'nobody stands between others'
  | 'one stands between most'
  | 'a few stand between many'
  | 'fewer than half are in the core'
  | 'many carry it'

/** From which figures on, as method 4.5 has them: agreed for display, not proven. */
export const phaseLimits = { together: 0.5, hub: 0.4, severalHubs: 0.15, core: 0.5 } as const

/**
 * In this order: scattered, if the largest part has fewer than half; hub, if one holds at least 0.40 of the betweenness; several hubs, if
 * one holds at least 0.15 or fewer than half are in the 2-core; else core and periphery. O(people + ties) beside the betweenness, one
 * figure for each person, exact or sampled. Where nobody stands between anybody there is no hub to speak of: such a
 * network is scattered when fewer than half are in the 2-core (no ties, two people), and else all core (a clique).
 */
export function phaseOf(network: Network, betweenness: ArrayLike<number>, staff?: Uint8Array): PhaseOfNetwork {
  const { people } = network
  const { top } = brokerage(betweenness, staff ?? new Uint8Array(people))
  const figures = {
    largestShare: people === 0 ? 0 : largestOf(componentsOf(network)) / people,
    topShare: top.share ?? 0,
    top: top.person,
    topIsStaff: top.person >= 0 && staff?.[top.person] === 1,
    twoCoreShare: people === 0 ? 0 : inCore(coresOf(network), 2) / people,
  }
  return { ...judged(people, figures), ...figures }
}

function judged(
  people: number,
  { largestShare, topShare, twoCoreShare }: Pick<PhaseOfNetwork, 'largestShare' | 'topShare' | 'twoCoreShare'>,
): { phase: Phase | null; because: Reason } {
  if (people === 0) return { phase: null, because: 'nobody is there' }
  if (largestShare < phaseLimits.together) return { phase: 'scattered', because: 'fewer than half hang together' }
  const inside = twoCoreShare >= phaseLimits.core
  if (topShare === 0) return { phase: inside ? 'core_periphery' : 'scattered', because: 'nobody stands between others' }
  if (topShare >= phaseLimits.hub) return { phase: 'hub', because: 'one stands between most' }
  if (topShare >= phaseLimits.severalHubs) return { phase: 'multi_hub', because: 'a few stand between many' }
  if (!inside) return { phase: 'multi_hub', because: 'fewer than half are in the core' }
  return { phase: 'core_periphery', because: 'many carry it' }
}
