// One connection held for as long as the program owns the database: the proof of it inside PostgreSQL, and the first to hear it die.
import { realpath } from 'node:fs/promises'
import { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Cluster } from './cluster.ts'
import { owned } from './owner.ts'
import { type Postmaster, silent } from './postmaster.ts'
import { firstLine } from './problem.ts'
import { stillLives } from './processes.ts'

export interface Session {
  /** Of the server that answers: `18.4`. */
  version: string
  /** False once the connection is lost. */
  lives(): boolean
  /** Asked now, for a loss that has not come through yet. */
  answers(): Promise<boolean>
  /** Calls back once when the connection is lost. */
  onEnd(callback: () => void): void
  close(): Promise<void>
}

const host = '127.0.0.1'
/** Any two numbers that nobody else locks: 'opli', 've'. */
const lockKeys = [0x6f706c69, 0x7665]

export const superuserUrl = ({ password }: Cluster, { port }: Postmaster) =>
  `postgres://postgres:${encodeURIComponent(password)}@${host}:${port}/postgres`

export class WrongPassword extends Error {}
/** It died while we tried to reach it. */
export class ServerGone extends Error {}

export async function openSession(cluster: Cluster, postmaster: Postmaster): Promise<Session> {
  const { client, socket } = await connect(cluster, postmaster)
  try {
    await beSureItIsOurs(client, cluster, postmaster)
    await takeLock(client, cluster)
    await keepValuesOutOfTheLog(client)
    const { rows } = await client.query<{ server_version: string }>('show server_version')
    const version = rows[0]?.server_version.split(' ', 1)[0] ?? ''
    let ended = false
    client.once('end', () => {
      ended = true
    })
    // It must not keep a program alive that has nothing else to do.
    socket.unref()
    return {
      version,
      lives: () => !ended,
      answers: () => {
        const answer = client.query('select').then(
          () => true,
          () => false,
        )
        return Promise.race([answer, sleep(1000, false)])
      },
      onEnd: (callback) => {
        client.once('end', callback)
      },
      async close() {
        socket.ref()
        await client.end().catch(() => undefined)
      },
    }
  } catch (error) {
    await client.end().catch(() => undefined)
    throw error
  }
}

/** For some moments after it says it is ready, and after a backend crashed, a server turns people away. */
async function connect(
  { home, password }: Cluster,
  { port, pid, birth }: Postmaster,
): Promise<{ client: pg.Client; socket: Socket }> {
  const until = Date.now() + 10_000
  for (;;) {
    const who = { host, port, user: 'postgres', password, database: 'postgres' }
    const socket = new Socket()
    const how = { connectionTimeoutMillis: 3000, application_name: `oplive owner ${process.pid}`, stream: () => socket }
    const client = new pg.Client({ ...who, ...how })
    // What breaks later is told by 'end'.
    client.on('error', () => undefined)
    try {
      await client.connect()
      return { client, socket }
    } catch (error) {
      await client.end().catch(() => undefined)
      if (error instanceof pg.DatabaseError && error.code === '28P01') throw new WrongPassword()
      if (!stillLives(pid, birth)) throw new ServerGone(firstLine(error))
      if (Date.now() > until) throw silent(home.data, pid)
      await sleep(50)
    }
  }
}

async function beSureItIsOurs(client: pg.Client, { home }: Cluster, { pid }: Postmaster): Promise<void> {
  const { rows } = await client.query<{ data_directory: string }>('show data_directory')
  if ((await realpath(rows[0]?.data_directory ?? '/')) !== home.data) throw silent(home.data, pid)
}

/** The session of a program that was just killed may be there for a moment more. */
async function takeLock(client: pg.Client, { home }: Cluster): Promise<void> {
  const until = Date.now() + 1000
  for (;;) {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1, $2) as mine', lockKeys)
    if (rows[0]?.mine === true) return
    if (Date.now() > until) throw owned(home.path, await holder(client))
    await sleep(50)
  }
}

async function holder(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ application_name: string }>(
    `select application_name from pg_locks join pg_stat_activity using (pid)
     where locktype = 'advisory' and classid = $1 and objid = $2 and granted`,
    lockKeys,
  )
  return rows[0]?.application_name.replace('oplive owner ', '') ?? 'unknown'
}

/**
 * The message of an error may hold what a person wrote ("invalid input syntax for type uuid: ..."), so no session's errors are
 * logged. The server's own, such as a checkpoint that fails on a full disk, still are.
 */
async function keepValuesOutOfTheLog(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query(
    `select from pg_db_role_setting where setdatabase = 0 and setrole = 0 and 'log_min_messages=log' = any (setconfig)`,
  )
  if (rowCount === 0) await client.query(`alter role all set log_min_messages = 'log'`)
  // This session began before.
  await client.query(`set log_min_messages = 'log'`)
}
