// The measurements of the network room as they would run in the program: built to plain scripts, with nothing that reads TypeScript.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { root } from '../rehearse/own-program.ts'
import { outputOf } from './loading.ts'

export interface Built {
  /** Runs one of them in a process of its own, and reads what it printed. */
  run<T>(name: 'network-job' | 'network-drawing', ...args: string[]): Promise<T>
}

export async function builtInto(folder: string): Promise<Built> {
  const input = {
    'network-job': 'tools/bench/network-job.ts',
    'network-drawing': 'tools/bench/network-drawing.ts',
    'network-worker': 'src/network/worker.ts',
  }
  const output = { entryFileNames: '[name].js', chunkFileNames: '[name].js' }
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: { ssr: true, outDir: folder, target: 'node24', rolldownOptions: { input, output } },
  })
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  return {
    run: async (name, ...args) => JSON.parse(await outputOf(process.execPath, [join(folder, `${name}.js`), ...args])),
  }
}
