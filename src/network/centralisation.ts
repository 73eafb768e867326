// Star or web: how much of a network turns around one person (Freeman 1978, Social Networks 1:215).
import { degree, type Network } from './network.ts'

/** By degree, 0 to 1: 1 for a star, 0 where all know equally many, and with fewer than three people. O(people). */
export function degreeCentralisation(network: Network): number {
  const { people } = network
  const degrees = Float64Array.from({ length: people }, (_, u) => degree(network, u))
  return people < 3 ? 0 : behindTheFirst(degrees) / ((people - 1) * (people - 2))
}

/**
 * By betweenness (`betweenness(network).of`), 0 to 1: 1 for a star, 0 where all stand between equally many, and with fewer than
 * three people. From a sample it is as uncertain as the largest figure is. O(people).
 */
export function betweennessCentralisation(of: Float64Array): number {
  const people = of.length
  return people < 3 ? 0 : behindTheFirst(of) / (((people - 1) ** 2 * (people - 2)) / 2)
}

/** How far everybody stands behind the one who has most, all together. */
function behindTheFirst(figures: Float64Array): number {
  let most = 0
  for (const figure of figures) if (figure > most) most = figure
  let behind = 0
  for (const figure of figures) behind += most - figure
  return behind
}
