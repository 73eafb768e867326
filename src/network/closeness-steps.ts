// How many steps lie between everybody and some people, 32 of them at a time: the inner loops of closeness.
import type { Network } from './network.ts'

/**
 * people long: the steps from each person to those numbered `from` up to, but not with, `to`, summed; whoever cannot be reached
 * adds nothing. 32 searches walk together, each with one bit of everybody's mask (Then et al. 2014, Proceedings of the VLDB
 * Endowment 8:449). O((to - from) / 32 × (people + ties) × steps of the longest way) at worst; who has nothing new to tell is
 * passed over, so it is far less. 20 bytes of passing memory for each person.
 */
export function stepsAround(
  { people, start, neighbour }: Pick<Network, 'people' | 'start' | 'neighbour'>,
  { from, to }: { from: number; to: number },
): Float64Array {
  const steps = new Float64Array(people)
  /** Of which of the 32 each person has heard; what they heard in the step before; what they hear in this one. */
  const heard = new Int32Array(people)
  const tells = new Int32Array(people)
  const hears = new Int32Array(people)
  let tellers = new Int32Array(people)
  let hearers = new Int32Array(people)
  for (let first = from; first < to; first += 32) {
    heard.fill(0)
    let tellerCount = 0
    for (let u = first; u < Math.min(to, first + 32); u++) {
      heard[u] = tells[u] = 1 << (u - first)
      tellers[tellerCount++] = u
    }
    for (let far = 1; tellerCount > 0; far++) {
      let hearerCount = 0
      for (let i = 0; i < tellerCount; i++) {
        const u = tellers[i] as number
        const mask = tells[u] as number
        const end = start[u + 1] as number
        for (let half = start[u] as number; half < end; half++) {
          const v = neighbour[half] as number
          const fresh = mask & ~(heard[v] as number)
          if (fresh === 0) continue
          const already = hears[v] as number
          if (already === 0) hearers[hearerCount++] = v
          hears[v] = already | fresh
        }
      }
      for (let i = 0; i < hearerCount; i++) {
        const v = hearers[i] as number
        const fresh = hears[v] as number
        hears[v] = 0
        tells[v] = fresh
        heard[v] = (heard[v] as number) | fresh
        steps[v] = (steps[v] as number) + far * bitsIn(fresh)
      }
      ;[tellers, hearers] = [hearers, tellers]
      tellerCount = hearerCount
    }
  }
  return steps
}

/** How many bits are 1. */
function bitsIn(mask: number): number {
  const pairs = mask - ((mask >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
