import { beforeAll, describe, expect, test } from 'vitest'
import { makeWorld, type World } from '../test-world.ts'
import da from './da.json' with { type: 'json' }
import { ofNobody, pieceKeys, pieceOf } from './everything.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})

const schemas = `('access', 'community', 'municipal', 'personal')`

describe('everything that is kept of somebody is on one list', () => {
  test('every table is on it, or it is said why it holds nothing of a single person', async () => {
    const rows =
      await world.sql(`select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname in ${schemas} order by 1`)
    const listed = new Set([...pieceKeys.map((key) => pieceOf(key).table), ...Object.keys(ofNobody)])
    expect([...listed].sort()).toEqual(rows.map(({ name }) => name))
  })

  test('every column that points at an account or a person is a tie by which theirs is found, and no such table is of nobody', async () => {
    const ties =
      await world.sql(`select n.nspname || '.' || t.relname as "table", a.attname as "column", f.relname as target, c.confdeltype as gone
      from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_namespace n on n.oid = t.relnamespace join pg_class f on f.oid = c.confrelid
        join pg_attribute a on a.attrelid = t.oid and a.attnum = any (c.conkey)
      where c.contype = 'f' and c.confrelid in ('access.account'::regclass, 'community.person'::regclass)
        and n.nspname in ${schemas} order by 1, 2`)
    expect(ties.length).toBeGreaterThan(10)
    const loose = ties.filter(({ table, column, target }) => {
      const here = pieceKeys.map(pieceOf).filter((piece) => piece.table === table)
      return !here.some(({ tie, columns }) => {
        if (tie.by === 'account' || tie.by === 'person') {
          // What a person points at of itself is told with the person, and found by their persons' ids.
          if (table === 'community.person') return String(column) in columns
          return tie.by === (target === 'account' ? 'account' : 'person') && tie.columns.includes(String(column))
        }
        return tie.by === 'either' && tie.account === column
      })
    })
    expect(loose).toEqual([])
  })

  test('what is gone with the account or the person is so by the database itself', async () => {
    for (const key of pieceKeys) {
      const { table, forget, tie } = pieceOf(key)
      if (forget.by !== 'cascade' || (tie.by !== 'account' && tie.by !== 'person')) continue
      for (const column of tie.columns) {
        const rows = await world.sql(
          `select c.confdeltype as gone from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
           where c.contype = 'f' and c.conrelid = $1::regclass and a.attname = $2`,
          [table, column],
        )
        expect([key, rows]).toEqual([key, [{ gone: 'c' }]])
      }
    }
  })

  test('every column of a listed table is told, or it is said that it is not', async () => {
    const rows = await world.sql(`select n.nspname || '.' || c.relname as "table", a.attname as "column"
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and n.nspname in ${schemas} order by 1, a.attnum`)
    const unsaid = rows.filter(({ table, column }) => {
      const here = pieceKeys.map(pieceOf).filter((piece) => piece.table === table)
      // By a name alone only the field with the name is theirs; the rest of the row is somebody else's.
      const whole = here.filter(({ tie }) => tie.by !== 'name')
      return whole.length > 0 && !whole.some(({ columns }) => String(column) in columns)
    })
    expect(unsaid).toEqual([])
    const gone = pieceKeys.flatMap((key) =>
      Object.keys(pieceOf(key).columns)
        .filter((column) => !rows.some((row) => row.table === pieceOf(key).table && row.column === column))
        .map((column) => `${key}.${column}`),
    )
    expect(gone).toEqual([])
  })

  test('every field and every code has a name that a neighbour understands', async () => {
    const unnamed = pieceKeys.flatMap((key) =>
      Object.entries(pieceOf(key).columns)
        .filter(([, told]) => !['id', 'secret', 'room'].includes(told))
        .map(([column, told]) => (told === 'meeting' || told === 'association' ? told : column))
        .filter((column) => !(column in da.field)),
    )
    expect(unnamed).toEqual([])
    const codes: Record<string, Record<string, string>> = da.code
    for (const key of pieceKeys) {
      const { table, columns } = pieceOf(key)
      for (const [column, told] of Object.entries(columns)) {
        if (told !== 'words') continue
        const rows = await world.sql(
          `select pg_get_constraintdef(c.oid) as text from pg_constraint c where c.contype = 'c' and c.conrelid = $1::regclass
           and (select a.attnum from pg_attribute a where a.attrelid = c.conrelid and a.attname = $2) = any (c.conkey) and cardinality(c.conkey) = 1`,
          [table, column],
        )
        const said = rows.flatMap(({ text }) =>
          [...String(text).matchAll(/'([^']+)'::text/g)].map(([, one]) => one ?? ''),
        )
        expect([key, column, said.filter((one) => !(one in (codes[column] ?? {})))]).toEqual([key, column, []])
      }
    }
  })
})
