// The bare servers of `bench/live`, when OPLIVE_ANCHORS says where they (or the folder above) lie: run as they are, on the same database server.
import { copyFileSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import { askOwner, runningDatabase } from '../rehearse/keyboard.ts'
import { freePort, root, withManyFiles } from '../rehearse/own-program.ts'
import { outputOf, type Running, untilReady } from './loading.ts'
import type { Stage } from './stage.ts'

export interface Anchors {
  /** One row for each post, all that came during the last commit in the next one. */
  batchedServer(): Promise<Running>
  /** Seconds for the whole moment of so many phones, by the anchor's own phones. */
  minute(phones: number): Promise<number>
}

const known = new WeakMap<Stage, Promise<Anchors>>()

/** Null when nobody said where they are. */
export async function anchorsFor(stage: Stage): Promise<Anchors | null> {
  const named = process.env.OPLIVE_ANCHORS
  if (!named) return null
  const given = existsSync(join(named, 'live')) ? join(named, 'live') : named
  const before = known.get(stage) ?? layOut(stage, given)
  known.set(stage, before)
  return before
}

async function layOut(stage: Stage, given: string): Promise<Anchors> {
  const folder = join(stage.folder, 'anchors')
  mkdirSync(folder)
  for (const name of readdirSync(given)) copyFileSync(join(given, name), join(folder, name))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  await askOwner(stage.program.place, 'create database anchors')
  const url = new URL(await runningDatabase(stage.program.place))
  url.pathname = '/anchors'
  const env = { ...process.env, PGURL: url.href }
  const { SCHEMA } = (await import(pathToFileURL(join(folder, 'common.mjs')).href)) as { SCHEMA: string }

  async function run(...args: string[]): Promise<Running> {
    const client = new pg.Client({ connectionString: url.href })
    await client.connect()
    await client.query(`${SCHEMA}; truncate answer`)
    await client.end()
    const port = await freePort()
    const command = args.map((arg) => (arg === 'PORT' ? String(port) : arg))
    return untilReady(withManyFiles([process.execPath, join(folder, command[0] ?? ''), ...command.slice(1)], env), port)
  }

  return {
    batchedServer: () => run('server.mjs', 'node', 'batch', 'PORT'),
    async minute(phones) {
      const server = await run('minute.mjs', 'server', 'PORT')
      try {
        const client = [process.execPath, join(folder, 'minute.mjs'), 'client', String(server.port), String(phones)]
        const said = await outputOf('/bin/sh', ['-c', 'ulimit -n 20000; exec "$0" "$@"', ...client])
        return Number(/total ([\d.]+) s/.exec(said)?.[1])
      } finally {
        await server.stop()
      }
    },
  }
}
