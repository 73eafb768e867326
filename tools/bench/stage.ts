// The stage of the bench: a program of its own with an open meeting, phones with valid tokens, and a database for the bare servers.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { keyCabinet } from '../../src/keys/key-cabinet.ts'
import { issueToken } from '../../src/meetings/phone-token.ts'
import { demoHost } from '../rehearse/demo-host.ts'
import { type Host, signIn } from '../rehearse/host.ts'
import { askOwner, runningDatabase } from '../rehearse/keyboard.ts'
import { type OwnProgram, ownProgram } from '../rehearse/own-program.ts'

export interface Meeting {
  code: string
  /** Tokens as phones get them with the page: each another, each valid. */
  tokens(howMany: number): string[]
}

export interface Stage {
  program: OwnProgram
  host: Host
  /** The slug of the community where the host plans. */
  community: string
  port: number
  openMeeting(): Promise<Meeting>
  /** Writes bytes to a file that lives as long as the stage. */
  file(name: string, content: string | Buffer): string
  folder: string
  /** The address of a database beside the program's, on the same server, with an empty table for bare answers. */
  bareDatabase(): Promise<string>
  clear(): Promise<void>
}

export async function setStage({ flags = [] as string[] } = {}): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'oplive-bench-'))
  const program = await ownProgram({ flags })
  await program.start()
  const { link, community } = await demoHost(program.place, program.url)
  const agent = new Agent({ keepAlive: true })
  const host = await signIn(program.url, agent, link)
  let madeBare = false

  return {
    program,
    host,
    community,
    folder,
    port: Number(new URL(program.url).port),
    async openMeeting() {
      const code = await host.plan(community)
      await host.open(code)
      const [row] = await askOwner<{ id: string }>(program.place, 'select id from community.meeting where code = $1', [
        code,
      ])
      const secrets = keyCabinet(join(program.place.dataFolder, 'keys')).openPhones(row?.id ?? '')
      if (!secrets) throw new Error('an open meeting has the secrets of its phones')
      return { code, tokens: (howMany) => Array.from({ length: howMany }, () => issueToken(secrets)) }
    },
    file(name, content) {
      const path = join(folder, name)
      writeFileSync(path, content)
      return path
    },
    async bareDatabase() {
      if (!madeBare) await askOwner(program.place, 'create database bare')
      madeBare = true
      const url = new URL(await runningDatabase(program.place))
      url.pathname = '/bare'
      const client = new pg.Client({ connectionString: url.href })
      await client.connect()
      await client.query(`drop table if exists answer; create table answer (
        id bigint generated always as identity primary key, meeting integer not null, phone uuid not null, question smallint not null,
        value smallint not null, at timestamptz not null default now(), unique (meeting, phone, question))`)
      await client.end()
      return url.href
    },
    async clear() {
      agent.destroy()
      await program.clear()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
