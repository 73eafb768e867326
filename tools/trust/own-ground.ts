// A PostgreSQL of one's own for a command that tries the promises: migrated once, and each world a copy of it.
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { ownLogin } from '../../src/db/connect.ts'
import { startEmbedded } from '../../src/db/embedded.ts'
import { migrate } from '../../src/db/migrate.ts'
import type { Ground } from '../../src/test-house.ts'

export interface OwnGround extends Ground {
  /** What PostgreSQL has written so far. */
  log(): string
  end(): Promise<void>
}

export async function ownGround(): Promise<OwnGround> {
  const folder = mkdtempSync(join(tmpdir(), 'oplive-trust-'))
  // PostgreSQL's own user has to pass through.
  chmodSync(folder, 0o755)
  const server = await startEmbedded({ folder })
  const template = 'oplive_template'
  const owner = new pg.Client({ connectionString: server.superuserUrl })
  await owner.connect()
  await owner.query(`create database ${template}`)
  await owner.end()
  const url = new URL(server.superuserUrl)
  url.pathname = `/${template}`
  await migrate(url.href)
  await ownLogin(url.href, Buffer.alloc(32))
  return {
    ownerUrl: server.superuserUrl,
    template,
    // The folder is one that PostgreSQL's own user can reach: its log lies in it.
    log: () => readFileSync(join(folder, 'postgres.log'), 'utf8'),
    end: async () => {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
