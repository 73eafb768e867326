import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { migrate, migrationsHere } from './migrate.ts'

const real = fileURLToPath(new URL('./migrations/', import.meta.url))
const names = migrationsHere().map(({ name }) => name)
let url = ''
let folder = ''
let n = 0
const server = () => inject('ownerUrl')
const on = async <T>(at: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: at })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
beforeEach(async () => {
  const name = `upgrade_${process.pid}_${n++}`
  await on(server(), (client) => client.query(`create database ${name} template template0 encoding UTF8`))
  const at = new URL(server())
  at.pathname = `/${name}`
  url = at.href
  folder = `${mkdtempSync(join(tmpdir(), 'oplive-migrations-'))}/`
  cpSync(real, folder, { recursive: true })
})
afterEach(async () => {
  await on(server(), (client) => client.query(`drop database ${new URL(url).pathname.slice(1)} with (force)`))
  rmSync(folder, { recursive: true, force: true })
})

/** Everything that is defined and everything that has run, as one text. */
const picture = () =>
  on(url, async (client) => {
    const { rows } =
      await client.query(`select n.nspname, c.relname, c.relkind::text, coalesce(string_agg(a.attname, ',' order by a.attnum), '') as columns
      from pg_class c join pg_namespace n on n.oid = c.relnamespace left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where n.nspname in ('access', 'community', 'municipal', 'personal', 'public') group by 1, 2, 3 order by 1, 2`)
    const { rows: ran } = await client.query('select name, checksum from public.oplive_migration order by name')
    return JSON.stringify([rows, ran])
  })

describe('an upgrade', () => {
  test('from every version before comes out as a new installation is, with the backup made first and the news told', async () => {
    await migrate(url)
    const whole = await picture()
    // Every path is long; each run of the suite takes the first, the last and one between, in turn by the day.
    const some = [0, names.length - 2, 1 + (new Date().getDate() % Math.max(1, names.length - 3))]
    const paths = process.env.EVERY_PATH ? names.map((_, at) => at).slice(0, -1) : [...new Set(some)]
    for (const at of paths) {
      await on(server(), async (client) => {
        const name = new URL(url).pathname.slice(1)
        await client.query(`drop database ${name} with (force)`)
        await client.query(`create database ${name} template template0 encoding UTF8`)
      })
      const before = names.slice(0, at + 1)
      await migrate(url, before)
      await on(url, (client) => client.query(`insert into municipal.municipality (name) values ('Midtsø Kommune')`))
      const saved: string[][] = []
      const news: string[] = []
      const ran = await migrate(url, undefined, {
        before: async (due) => {
          expect(
            await on(url, async (client) => (await client.query('select from public.oplive_migration')).rowCount),
          ).toBe(before.length)
          saved.push([...due])
        },
        told: (_, story) => news.push(story),
      })
      expect(ran).toBe(names.length - before.length)
      expect(saved).toEqual([names.slice(at + 1)])
      expect(news).toHaveLength(ran)
      for (const story of news) expect(story).toMatch(/^[A-Z“].{10,}\.$/)
      expect(await picture()).toBe(whole)
      expect(
        await on(url, async (client) => (await client.query('select name from municipal.municipality')).rows),
      ).toEqual([{ name: 'Midtsø Kommune' }])
    }
  }, 120_000)

  test('that breaks anywhere has changed nothing, and the version before goes on', async () => {
    const last = names.at(-1) ?? ''
    await migrate(url, names.slice(0, -3))
    const before = await picture()
    const text = readFileSync(`${folder}${last}`, 'utf8')
    for (const broken of [
      `${text}\nselect 1 / 0;`,
      `select no_such_thing;\n${text}`,
      `${text}\ncreate table community.naked (id integer);`,
    ]) {
      writeFileSync(`${folder}${last}`, broken)
      await expect(migrate(url, undefined, { folder })).rejects.toThrow('Nothing was changed')
      expect(await picture()).toBe(before)
    }
    writeFileSync(`${folder}${last}`, text)
    expect(await migrate(url, undefined, { folder })).toBe(3)
  }, 60_000)

  test('whose backup fails is not begun', async () => {
    await migrate(url, names.slice(0, -1))
    const before = await picture()
    await expect(migrate(url, undefined, { before: () => Promise.reject(new Error('disk full')) })).rejects.toThrow(
      'disk full',
    )
    expect(await picture()).toBe(before)
  })

  test('that is killed between any two of its statements has not been', async () => {
    const last = names.at(-1) ?? ''
    await migrate(url, names.slice(0, -1))
    const before = await picture()
    const text = readFileSync(`${folder}${last}`, 'utf8')
    // Between statements, where a line ends one; the connection is cut as a kill -9 cuts it.
    // Where a statement ends, not inside a function's body.
    const bodies = text.split(/(\$\$)/)
    const ends: number[] = []
    for (let part = 0, at = 0; part < bodies.length; at += bodies[part]?.length ?? 0, part++)
      if (part % 4 === 0) for (const { index } of (bodies[part] ?? '').matchAll(/;\n/g)) ends.push(at + index + 2)
    const some = process.env.EVERY_PATH ? ends : [ends[0], ends[Math.floor(ends.length / 2)], ends.at(-1)]
    for (const at of some) {
      if (at === undefined) continue
      writeFileSync(
        `${folder}${last}`,
        `${text.slice(0, at)}select pg_terminate_backend(pg_backend_pid());\n${text.slice(at)}`,
      )
      await expect(migrate(url, undefined, { folder })).rejects.toThrow()
      expect(await picture()).toBe(before)
    }
  }, 60_000)

  test('of a database that a newer program has used is refused, and so is a file that was changed after it ran', async () => {
    await migrate(url, undefined, { folder })
    writeFileSync(`${folder}${names[0]}`, '-- Another text.\n')
    await expect(migrate(url, undefined, { folder })).rejects.toThrow('has run here with another text')
    for (const name of readdirSync(folder)) if (name === names.at(-1)) rmSync(`${folder}${name}`)
    await expect(migrate(url, undefined, { folder })).rejects.toThrow('a newer Oplive')
  })
})
