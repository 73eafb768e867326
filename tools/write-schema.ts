// `npm run schema`: migrates a new, empty database and writes down its tables as types (src/db/schema.ts) and who may do what in it
// (src/db/catalogue.json), or both into the folder that is named.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { catalogueOf } from '../src/db/catalogue.ts'
import { startEmbedded } from '../src/db/embedded.ts'
import { migrate } from '../src/db/migrate.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

async function writeSchema(url: string, file: string) {
  const how = {
    dialect: 'postgres',
    'include-pattern': '(access|community|municipal|personal).*',
    'date-parser': 'string',
  }
  const options = Object.entries({ ...how, 'out-file': file, url }).flatMap(([name, value]) => [`--${name}`, value])
  const generator = spawn(process.execPath, [join(root, 'node_modules/.bin/kysely-codegen'), ...options], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [code] = await once(generator, 'exit')
  if (code !== 0) throw new Error(`kysely-codegen ended with ${code}`)
}

async function writeCatalogue(url: string, file: string) {
  const owner = new pg.Client({ connectionString: url })
  await owner.connect()
  try {
    writeFileSync(file, `${JSON.stringify(await catalogueOf(owner), null, 2)}\n`)
  } finally {
    await owner.end()
  }
}

const into = process.argv[2] ?? join(root, 'src/db')
const folder = mkdtempSync(join(tmpdir(), 'oplive-schema-'))
// As root the database runs as another user, who has to pass through.
chmodSync(folder, 0o755)
const server = await startEmbedded({ folder: join(folder, 'data') })
try {
  await migrate(server.superuserUrl)
  await writeSchema(server.superuserUrl, join(into, 'schema.ts'))
  await writeCatalogue(server.superuserUrl, join(into, 'catalogue.json'))
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}
