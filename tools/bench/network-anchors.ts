// What the network room is measured beside: igraph's C core and plain C, and the networks of the anchors' own generator.
import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { outputOf } from './loading.ts'
import { median } from './row.ts'

export interface Measured {
  /** Milliseconds of processor time, and by the clock. Plain C tells no clock. */
  cpu: number
  wall: number
  check: number
  /** The most memory the process had so far, in bytes. */
  peak: number
}

export interface NetworkAnchors {
  /** The path of a network without its ending: `.bin`, `.json`, and of those not shuffled `.village.bin`. */
  network(people: number, shuffled?: boolean): string
  igraph(file: string, ops: string, sources?: number): Promise<Record<string, Measured>>
  plainC(file: string): Promise<Record<string, Measured>>
  /** One line of what they are. */
  versions: string
}

/** The generator reads networks with this file, which does not lie beside it. */
const reader = `import { readFileSync } from 'node:fs'
export function loadEdges(file) {
  const bytes = readFileSync(file), words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
  return { n: words[0], m: words[1], pairs: words.subarray(2, 2 + 2 * words[1]) }
}
`

/** Copies, compiles and generates into a folder. `given`: the folder of the anchors, or its `live`. */
export async function networkAnchors(given: string, folder: string): Promise<NetworkAnchors> {
  const from = [given, join(given, '..')].find((place) => existsSync(join(place, 'gen-federation.mjs')))
  if (!from) throw new Error(`OPLIVE_ANCHORS=${given} has no gen-federation.mjs, nor has the folder above it.`)
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(from))
    if (statSync(join(from, name)).isFile()) copyFileSync(join(from, name), join(folder, name))
  if (!existsSync(join(folder, 'csr.mjs'))) writeFileSync(join(folder, 'csr.mjs'), reader)
  const [igraph, plain] = [join(folder, 'anchor-igraph'), join(folder, 'limit')]
  const flags = ask('pkg-config', ['--cflags', '--libs', 'igraph']).split(/\s+/).filter(Boolean)
  ask('cc', ['-O2', `${igraph}.c`, '-o', igraph, ...flags, '-lm'])
  ask('cc', ['-O3', '-march=native', `${plain}.c`, '-o', plain])
  const network = (people: number, shuffled = false) => join(folder, `${shuffled ? 'shuffled' : 'people'}-${people}`)
  for (const people of sizes) {
    await outputOf(process.execPath, [join(folder, 'gen-federation.mjs'), String(people), network(people), '1'])
    await outputOf(process.execPath, [join(folder, 'shuffle.mjs'), network(people), network(people, true)])
  }
  return {
    network,
    versions: `igraph ${ask('pkg-config', ['--modversion', 'igraph']).trim()} and ${ask('cc', ['--version']).split('\n')[0]}`,
    async igraph(file, ops, sources = 256) {
      return linesOf(await outputOf(igraph, [`${file}.bin`, '1', ops, String(sources)]))
    },
    async plainC(file) {
      return linesOf(await outputOf(plain, [`${file}.bin`, '1']))
    },
  }
}

export const sizes = [1_000, 10_000, 100_000, 1_000_000] as const

const ask = (command: string, args: string[]) => execFileSync(command, args, { encoding: 'utf8' })

/** Both programs print a line for each work: name, median, least, check. */
function linesOf(said: string): Record<string, Measured> {
  const lines = said.split('\n').map((line) => line.split('\t'))
  return Object.fromEntries(
    lines
      .filter(([, cpu]) => cpu !== undefined)
      .map(([name = '', cpu, , rest = '']) => {
        const figure = (key: string) => Number(new RegExp(`${key}=([-+.e\\d]+)`).exec(rest)?.[1])
        const wall = figure('wall_median')
        return [name, { cpu: Number(cpu), wall, check: figure('check'), peak: figure('peak') * 2 ** 20 }]
      }),
  )
}

/** The middle of several runs, each figure by itself. */
export const middleOf = (runs: readonly Measured[]): Measured => ({
  cpu: median(runs.map(({ cpu }) => cpu)),
  wall: median(runs.map(({ wall }) => wall)),
  check: runs[0]?.check ?? Number.NaN,
  peak: median(runs.map(({ peak }) => peak)),
})
