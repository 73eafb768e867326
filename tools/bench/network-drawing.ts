// Draws one network in a process of its own, by our layout or by ForceAtlas2 of a given folder, and says whether neighbours lie near.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { chanceFrom } from '../../src/network/chance.ts'
import { layout } from '../../src/network/layout.ts'
import { endsOf, type Network, networkFrom } from '../../src/network/network.ts'
import type { Drawn } from './network-layout.ts'

const [, , file = '', by = ''] = process.argv

function main() {
  const bytes = readFileSync(`${file}.bin`)
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
  const network = networkFrom(words[0] as number, words.subarray(2))
  const draw = by === 'ours' ? () => layout(network).at : forceAtlas(by, network)
  const before = process.cpuUsage()
  const at = draw()
  const { user, system } = process.cpuUsage(before)
  const drawn: Drawn = { cpu: (user + system) / 1000, near: nearShare(network, at) }
  console.log(JSON.stringify(drawn))
}

/** As the anchors run it: everybody at random first, the settings it infers itself, 50 iterations. */
function forceAtlas(folder: string, network: Network): () => Float64Array {
  const need = createRequire(join(folder, 'x.js'))
  const { UndirectedGraph } = need('graphology')
  const forceAtlas2 = need('graphology-layout-forceatlas2')
  const graph = new UndirectedGraph({ multi: false, allowSelfLoops: false })
  const chance = chanceFrom(5)
  for (let u = 0; u < network.people; u++) graph.addNode(u, { x: chance() * 1000, y: chance() * 1000 })
  const ends = endsOf(network)
  for (let i = 0; i < ends.length; i += 2) graph.addUndirectedEdge(ends[i], ends[i + 1])
  return () => {
    const settings = { ...forceAtlas2.inferSettings(graph), barnesHutOptimize: true }
    const places: Record<string, { x: number; y: number }> = forceAtlas2(graph, { iterations: 50, settings })
    const at = new Float64Array(2 * network.people)
    for (const [u, { x, y }] of Object.entries(places)) at.set([x, y], 2 * Number(u))
    return at
  }
}

/**
 * Of 500 people, evenly picked among those with ties: the share of those they know who are among as many nearest in the picture, as
 * neighbourhood preservation is measured (Gansner, Hu and Krishnan 2013); the mean.
 */
function nearShare({ people, start, neighbour }: Network, at: Float64Array): number {
  const tied = [...Array(people).keys()].filter((u) => start[u] !== start[u + 1])
  const chosen = tied.filter((_, i) => i % Math.ceil(tied.length / 500) === 0)
  const shares = chosen.map((u) => {
    const known = new Set(neighbour.subarray(start[u], start[u + 1]))
    const nearest = nearestTo(at, u, known.size)
    return nearest.filter((v) => known.has(v)).length / known.size
  })
  return shares.reduce((sum, share) => sum + share, 0) / shares.length
}

function nearestTo(at: Float64Array, u: number, howMany: number): number[] {
  const nearest: { v: number; far: number }[] = []
  for (let v = 0; v < at.length / 2; v++) {
    if (v === u) continue
    const [x, y] = [
      (at[2 * v] as number) - (at[2 * u] as number),
      (at[2 * v + 1] as number) - (at[2 * u + 1] as number),
    ]
    const far = x * x + y * y
    if (nearest.length === howMany && far >= (nearest.at(-1)?.far ?? Infinity)) continue
    let place = nearest.length
    while (place > 0 && (nearest[place - 1]?.far ?? 0) > far) place--
    nearest.splice(place, 0, { v, far })
    if (nearest.length > howMany) nearest.pop()
  }
  return nearest.map(({ v }) => v)
}

main()
