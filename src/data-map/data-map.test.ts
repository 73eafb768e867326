import { beforeAll, describe, expect, test } from 'vitest'
import { ofNobody, pieceKeys, pieceOf } from '../mine/everything.ts'
import { makeWorld, type World } from '../test-world.ts'
import { tellsOfNobody } from './beside-people.ts'
import { columnsUnder, dataMap } from './data-map.ts'
import { groundOf, purposeKeys } from './purposes.ts'
import { ruleCodes, ruleOf, waiting } from './retention-rules.ts'
import { sayAfter, words } from './words.ts'

interface Column {
  name: string
  table: string
  holdsWords: boolean
}

let world: World
let columns: Column[]
beforeAll(async () => {
  world = await makeWorld()
  const rows = await world.sql(`select n.nspname || '.' || c.relname as "table", a.attname as "column",
      t.typname in ('text', 'varchar', 'bpchar', 'bytea', 'json', 'jsonb', 'inet', 'cidr', 'xml') or t.typcategory = 'A' as words
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace join pg_type t on t.oid = a.atttypid
    where c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped and n.nspname in ('access', 'community', 'municipal', 'personal')
    order by 1, a.attnum`)
  columns = rows.map(({ table, column, words }) => ({
    name: `${table}.${column}`,
    table: String(table),
    holdsWords: words === true,
  }))
})

const mapped = () => new Set(dataMap.map(({ table, column }) => `${table}.${column}`))
const silent = () =>
  new Set(Object.entries(tellsOfNobody).flatMap(([table, list]) => list.map((one) => `${table}.${one}`)))

describe('every column that can hold personal data is on the map', () => {
  test('what ties to somebody, and every column in which words could stand, is on the map or is said to tell of nobody', () => {
    expect(columns.length).toBeGreaterThan(300)
    const tables = new Set(pieceKeys.map(pieceOf).map(({ table }) => table))
    const known = new Set([...mapped(), ...silent()])
    const missing = columns.filter(({ name, holdsWords }) => !known.has(name) && holdsWords)
    expect(missing.map(({ name }) => name)).toEqual([])
    // Of a table with ties every column is told by its pieces, and so on the map; where only a name ties, that field alone.
    const byName = new Set(
      pieceKeys
        .map(pieceOf)
        .filter(({ tie }) => tie.by !== 'name')
        .map(({ table }) => table),
    )
    const untold = columns.filter(({ name, table }) => byName.has(table) && tables.has(table) && !known.has(name))
    expect(untold.map(({ name }) => name)).toEqual([])
  })

  test('no entry is left of a column that is gone, and none is said twice', () => {
    const there = new Set(columns.map(({ name }) => name))
    expect([...mapped(), ...silent()].filter((name) => !there.has(name))).toEqual([])
    expect([...mapped()].filter((name) => silent().has(name))).toEqual([])
    expect(dataMap.length).toBe(mapped().size)
  })

  test('a table of which it is said that it holds nobody has no column that points at somebody', () => {
    const tied = dataMap.filter(({ sort }) => sort === 'tied').map(({ table }) => String(table))
    expect(tied.filter((table) => Object.hasOwn(ofNobody, table))).toEqual([])
  })

  test('every entry has a purpose with its ground in law, a rule for how long, and a room', () => {
    for (const { purpose, keep, room } of dataMap) {
      expect(groundOf(purpose).municipality).toBeTruthy()
      expect(ruleOf(keep)).toBeDefined()
      expect(['book', 'community', 'entry', 'municipal']).toContain(room)
    }
    expect(purposeKeys.filter((one) => !dataMap.some(({ purpose }) => purpose === one))).toEqual([])
  })

  test('an authority never rests on its own interest, and what lies in Byens rum has a ground for the association that takes over', () => {
    expect(purposeKeys.filter((one) => groundOf(one).municipality === 'interest')).toEqual([])
    const without = dataMap.filter(
      ({ room, purpose }) => room === 'community' && groundOf(purpose).association === null,
    )
    expect(without.map(({ table, column }) => `${table}.${column}`)).toEqual([])
  })
})

describe('a rule for how long can be carried out', () => {
  test('every rule has columns under it, or waits for what is not kept yet', () => {
    expect(ruleCodes.filter((code) => columnsUnder(code).size === 0)).toEqual([...waiting])
  })

  test('it counts from columns that are there, and are days or moments', async () => {
    const times = await world.sql(`select n.nspname || '.' || c.relname || '.' || a.attname as name
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where a.attnum > 0 and a.atttypid in ('date'::regtype, 'timestamptz'::regtype)`)
    const known = new Set(times.map(({ name }) => String(name)))
    const from = ruleCodes.flatMap((code) => Object.values(ruleOf(code).from).flat())
    expect(from.length).toBeGreaterThan(10)
    expect(from.filter((name) => !known.has(name))).toEqual([])
  })

  test('a rule with a clock says for each of its tables what it counts from, unless the row hangs on one that goes', () => {
    // They go with the person, the account or the look that they hang on.
    const hangsOn = { inactive: 'community.person', audit: 'community.look', staff: 'access.account' } as const
    for (const code of ruleCodes) {
      const { keep, from } = ruleOf(code)
      if (keep === null) expect([code, from]).toEqual([code, {}])
      else if (code in hangsOn)
        expect([code, Object.keys(from)]).toEqual([code, [hangsOn[code as keyof typeof hangsOn]]])
      else expect([code, Object.keys(from).sort()]).toEqual([code, [...columnsUnder(code).keys()].sort()])
    }
  })
})

test('the withdrawal plan stays when the municipality has left, and nobody it is about is said to delete it', () => {
  for (const lang of ['da', 'en'] as const) {
    const said = sayAfter(lang, 'place', 'work')
    expect(said).toBe(words(lang)('afterFor.place-work'))
    expect(said).not.toContain(words(lang)('map.after.delete'))
    expect(sayAfter(lang, 'place', 'hear')).not.toContain(words(lang)('map.by.owner'))
    expect(sayAfter(lang, 'own')).toContain(words(lang)('map.by.owner'))
  }
})
