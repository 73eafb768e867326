// `npm run roles`: migrates a new, empty database and writes docs/roles.md from its grants and policies, or the file that is named.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbedded } from '../src/db/embedded.ts'
import { migrate } from '../src/db/migrate.ts'
import { rolesDocument } from './roles/document.ts'

const folder = mkdtempSync(join(tmpdir(), 'oplive-roles-'))
// As root the database runs as another user, who has to pass through.
chmodSync(folder, 0o755)
const server = await startEmbedded({ folder: join(folder, 'data') })
try {
  await migrate(server.superuserUrl)
  const owner = new pg.Client({ connectionString: server.superuserUrl })
  await owner.connect()
  const page = await rolesDocument(async (text) => (await owner.query(text)).rows)
  await owner.end()
  writeFileSync(process.argv[2] ?? join(import.meta.dirname, '../docs/roles.md'), page)
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}
