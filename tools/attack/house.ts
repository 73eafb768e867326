// The house under attack: a real one on a PostgreSQL of its own, whose administrator has switched on everything that remembers.
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { v7 as uuid } from 'uuid'
import { wallClock } from '../../src/clock.ts'
import type { Actor, House } from '../../src/db/as-actor.ts'
import { connect, ownLogin } from '../../src/db/connect.ts'
import { startEmbedded } from '../../src/db/embedded.ts'
import { migrate } from '../../src/db/migrate.ts'
import { type JobKind, type LaterWork, startJobs } from '../../src/jobs/jobs.ts'
import { keyCabinet } from '../../src/keys/key-cabinet.ts'
import { jsonLog } from '../../src/log.ts'
import { exitCardJobs } from '../../src/meetings/exit-card.deeds.ts'
import { watchGuessing } from '../../src/meetings/guessing.ts'
import { type Hall, openHall } from '../../src/meetings/hall.ts'
import { drawMeeting, hallDoor } from '../../src/meetings/hall-door.page.ts'
import { drawEvening } from '../../src/meetings/leading/draw-evening.ts'
import { goLive } from '../../src/meetings/live.ts'

export interface Place {
  id: string
  timeZone: string
  residents: number | null
  /** Hosts here. */
  host: Actor
}

export interface AttackedHouse {
  house: House
  hall: Hall
  later: LaterWork
  jobs: JobKind[]
  /** Of the municipality. */
  employee: Actor
  /** An ordinary place, a small one, and one of which nobody knows how many live there. */
  places: readonly [Place, Place, Place]
  /** Where phones find the hall's door. */
  port: number
  version: string
  /** Superuser, as the administrator is. */
  sql<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>
  dataFolder: string
  keyFolder: string
  /** Everything the program has logged, and PostgreSQL. */
  logs(): { program: readonly string[]; postgres: string }
  end(): Promise<void>
}

/** What an administrator who means to look back later would set: nothing is forgotten, and everything has a time. */
const memory = {
  wal_level: 'logical',
  wal_keep_size: '16GB',
  max_slot_wal_keep_size: '-1',
  track_commit_timestamp: 'on',
  track_activity_query_size: '16384',
}

/** The replication slot through which the administrator reads every change in the order it was made. */
export const slot = 'administrator'

export async function openAttackedHouse(): Promise<AttackedHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'oplive-attack-'))
  // PostgreSQL's own user has to pass through.
  chmodSync(folder, 0o755)
  const server = await startEmbedded({ folder, settings: memory })
  const keyFolder = join(folder, 'keys')
  const keys = keyCabinet(keyFolder)
  await migrate(server.superuserUrl)
  const url = await ownLogin(server.superuserUrl, keys.houseSecret())
  const connections = await connect(url)
  const owner = new pg.Pool({ connectionString: server.superuserUrl, max: 4, application_name: 'administrator' })
  owner.on('error', () => {})
  const sql: AttackedHouse['sql'] = async (text, values = []) => (await owner.query(text, values)).rows
  await sql(`select pg_create_logical_replication_slot($1, 'test_decoding')`, [slot])

  const lines: string[] = []
  const log = jsonLog((line) => void lines.push(line))
  const house: House = { db: connections.db, cards: connections.cards, clock: wallClock, keys, log, mail: false }
  const ready: { later?: LaterWork } = {}
  const kinds = exitCardJobs(
    () => ready.later ?? { order: () => Promise.reject(new Error('the queue has not started')) },
  )
  const later = await startJobs(url, house, kinds)
  ready.later = later

  const hall = openHall(house)
  const live = await goLive(hall, drawMeeting(hall, drawEvening(hall)), connections.listener)
  const door = hallDoor({
    hall,
    live,
    guessing: watchGuessing(keys.houseSecret()),
    where: { origin: null, onNetwork: null },
    draw: drawMeeting(hall, drawEvening(hall)),
    elsewhere: (_req, res) => void res.writeHead(404).end(),
  })
  const web = createServer((req, res) => {
    if (!door(req, res)) res.writeHead(404).end()
  })
  // Phones come back on the connection they have, however long they were quiet.
  web.keepAliveTimeout = 0
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve))

  await sql(`insert into municipal.municipality (name) values ('Midtsø Kommune')`)
  const somebody = async (name: string, role: Actor['role'], community?: string): Promise<Actor> => {
    const id = uuid()
    const municipal = role === 'employee' ? 'employee' : null
    await sql('insert into access.account (id, name, municipal_role) values ($1, $2, $3)', [id, name, municipal])
    if (community) await sql(`insert into access.community_role values ($1, $2, $3)`, [id, community, role])
    return { house, role, account: id }
  }
  const place = async (slug: string, residents: number | null): Promise<Place> => {
    const id = uuid()
    await sql(
      `insert into community.community (id, slug, name, residents, founded_at) values ($1, $2, initcap($2), $3, now())`,
      [id, slug, residents],
    )
    return { id, timeZone: 'Europe/Copenhagen', residents, host: await somebody(`Vært i ${slug}`, 'host', id) }
  }

  return {
    house,
    hall,
    later,
    jobs: kinds,
    employee: await somebody('Amira', 'employee'),
    places: [await place('holmetofte', 538), await place('lilleby', 60), await place('ukendt', null)],
    port: (web.address() as AddressInfo).port,
    version: server.version,
    sql,
    dataFolder: server.dataFolder,
    keyFolder,
    logs: () => ({
      program: lines,
      postgres: readFileSync(join(dirname(server.dataFolder), 'postgres.log'), 'utf8'),
    }),
    async end() {
      web.close()
      web.closeAllConnections()
      await live.stop()
      await later.stop()
      await connections.end()
      await owner.end()
      await server.stop()
      for (const path of new Set([folder, dirname(server.dataFolder)])) rmSync(path, { recursive: true, force: true })
    },
  }
}
