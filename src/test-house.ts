// A world to try things in: its own copy of the database, a clock that moves, two communities, and people who act.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { v7 as uuid } from 'uuid'
import { type MovableClock, movableClock } from './clock.ts'
import { type Actor, guestIn, type House, isMunicipal } from './db/as-actor.ts'
import { type Connections, connect, ownLogin } from './db/connect.ts'
import type { LaterWork } from './jobs/jobs.ts'
import { keyCabinet } from './keys/key-cabinet.ts'
import { silentLog } from './log.ts'

export interface Ordered {
  name: string
  data: Record<string, string>
  at: Date
}

export interface World {
  house: House
  clock: MovableClock
  connections: Connections
  /** Where the private keys lie. */
  keyFolder: string
  /** The owner's address of this world's database, for looking behind the policies. */
  ownerUrl: string
  /** The program's own login. */
  appUrl: string
  /** As the owner: sets the stage, and checks what is really there. */
  sql(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>
  /** Later work as it was ordered; nothing runs by itself. */
  later: LaterWork & { ordered: Ordered[] }
  holmetofte: string
  lyngo: string
  guest: Actor
  /** Hosts in Holmetofte. */
  freja: Actor
  /** Lives in Holmetofte. */
  karsten: Actor
  /** Hosts on Lyngø, a stranger in Holmetofte. */
  stranger: Actor
  /** Holds a key to the room of Holmetofte. */
  poul: Actor
  /** Works for the municipality, with Holmetofte. */
  amira: Actor
  /** Leads in the municipality. */
  helle: Actor
  /** The municipality's data protection officer. */
  nadia: Actor
  /** Keeps the server running. */
  mikkel: Actor
}

/** On which server, and from which migrated database it is copied. */
export interface Ground {
  ownerUrl: string
  template: string
}

/** Raises a world on this ground. Whoever raises it takes it `down`. */
export async function raiseWorld(ground: Ground, startIso: string): Promise<{ world: World; down(): Promise<void> }> {
  const name = `world_${uuid().replaceAll('-', '')}`
  const server = ground.ownerUrl
  await once(server, `create database ${name} template ${ground.template}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  const appUrl = await ownLogin(url.href, Buffer.alloc(32))
  const connections = await connect(appUrl)
  const keyFolder = mkdtempSync(join(tmpdir(), 'oplive-keys-'))
  const clock = movableClock(startIso)
  const house: House = {
    db: connections.db,
    cards: connections.cards,
    clock,
    keys: keyCabinet(keyFolder),
    log: silentLog,
    mail: true,
  }
  const owner = new pg.Pool({ connectionString: url.href, max: 2 })
  owner.on('error', () => {})
  const sql = async (text: string, values: unknown[] = []) => (await owner.query(text, values)).rows
  const ordered: Ordered[] = []

  await sql(`insert into municipal.municipality (name) values ('Midtsø Kommune')`)
  const place = async (slug: string, title: string, residents: number) => {
    const id = uuid()
    await sql('insert into community.community (id, slug, name, residents, founded_at) values ($1, $2, $3, $4, $5)', [
      id,
      slug,
      title,
      residents,
      startIso,
    ])
    return id
  }
  const somebody = async (title: string, role: Actor['role'], community: string | null): Promise<Actor> => {
    const id = uuid()
    await sql('insert into access.account (id, name, municipal_role) values ($1, $2, $3)', [
      id,
      title,
      isMunicipal({ role }) ? role : null,
    ])
    if (community && !isMunicipal({ role })) {
      await sql('insert into access.community_role (account_id, community_id, role) values ($1, $2, $3)', [
        id,
        community,
        role,
      ])
      await sql(
        `insert into community.person (id, community_id, account_id, name, exists_by, medium, joined_on, active_on, known_on)
         values ($1, $2, $3, $4, 'said_yes', 'tap', $5, $5, $5)`,
        [uuid(), community, id, title, startIso.slice(0, 10)],
      )
    }
    if (community && role === 'employee')
      await sql('insert into access.employee_community (account_id, community_id) values ($1, $2)', [id, community])
    return { house, role, account: id }
  }
  const holmetofte = await place('holmetofte', 'Holmetofte', 538)
  const lyngo = await place('lyngo', 'Lyngø', 131)

  const down = async () => {
    await connections.end()
    await owner.end()
    await once(server, `drop database ${name} with (force)`)
    await once(server, `drop role if exists oplive_app_${name}`)
    rmSync(keyFolder, { recursive: true, force: true })
  }
  const world: World = {
    house,
    clock,
    connections,
    keyFolder,
    ownerUrl: url.href,
    appUrl,
    sql,
    later: {
      ordered,
      order: async (_tx, job, data, at) => {
        ordered.push({ name: job, data, at })
      },
    },
    holmetofte,
    lyngo,
    guest: guestIn(house),
    freja: await somebody('Freja', 'host', holmetofte),
    karsten: await somebody('Karsten', 'resident', holmetofte),
    stranger: await somebody('Ø-formand', 'host', lyngo),
    poul: await somebody('Poul', 'keyholder', holmetofte),
    amira: await somebody('Amira', 'employee', holmetofte),
    helle: await somebody('Helle', 'leader', null),
    nadia: await somebody('Nadia', 'officer', null),
    mikkel: await somebody('Mikkel', 'operator', null),
  }
  return { world, down }
}

async function once(url: string, text: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(text)
  } finally {
    await client.end()
  }
}
