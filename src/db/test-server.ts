// One PostgreSQL for all tests of a run: a migrated template, from which every world is copied.
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { ownLogin } from './connect.ts'
import { startEmbedded } from './embedded.ts'
import { migrate } from './migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The owner's address of the test server, and the template to copy. */
    ownerUrl: string
    template: string
  }
}

export default async function testServer(project: TestProject) {
  const given = process.env.TEST_DATABASE_URL
  const folder = mkdtempSync(join(tmpdir(), 'oplive-test-'))
  // The user that PostgreSQL runs as must be able to walk in.
  chmodSync(folder, 0o755)
  const server = given ? null : await startEmbedded({ folder })
  const ownerUrl = given ?? server?.superuserUrl ?? ''
  const template = `oplive_template_${randomBytes(4).toString('hex')}`
  await asOwner(ownerUrl, (owner) => owner.query(`create database ${template}`))
  const url = new URL(ownerUrl)
  url.pathname = `/${template}`
  await migrate(url.href)
  await ownLogin(url.href, Buffer.alloc(32))
  project.provide('ownerUrl', ownerUrl)
  project.provide('template', template)
  return async () => {
    if (server) {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    } else await asOwner(ownerUrl, (owner) => owner.query(`drop database if exists ${template} with (force)`))
  }
}

async function asOwner(url: string, work: (owner: pg.Client) => Promise<unknown>) {
  const owner = new pg.Client({ connectionString: url })
  await owner.connect()
  try {
    await work(owner)
  } finally {
    await owner.end()
  }
}
