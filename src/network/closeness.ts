// How near each person is to all the others.
import { stepsAround } from './closeness-steps.ts'
import { componentsOf } from './components.ts'
import type { Network } from './network.ts'

/**
 * people long, 0 to 1: with r people in the person's component, (r - 1) / (sum of the steps to them) × (r - 1) / (people - 1):
 * closeness (Freeman 1978, Social Networks 1:215), made comparable where a network has several components (Wasserman & Faust
 * 1994, 5.2.2). 0 for people without ties. Steps are counted, not weights. O(people × ties) at worst, 32 people at a time;
 * 28 bytes of passing memory for each person.
 */
export function closeness(network: Network): Float64Array {
  return closenessFrom(network, stepsAround(network, { from: 0, to: network.people }))
}

/** The same from the steps between each person and all others, summed. */
export function closenessFrom(network: Network, steps: Float64Array): Float64Array {
  const { of, sizes } = componentsOf(network)
  return steps.map((far, u) => {
    const others = (sizes[of[u] as number] as number) - 1
    return others === 0 ? 0 : (others / far) * (others / (network.people - 1))
  })
}
