// For tests: every row of the database as text, and where a trace of somebody is found in it.
import type { World } from '../test-world.ts'

export type Rows = Map<string, string[]>

/** Every row of every table of every schema of ours, as text. */
export async function everyRow(world: World): Promise<Rows> {
  const tables =
    await world.sql(`select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema' order by 1`)
  const rows: Rows = new Map()
  for (const { name } of tables) {
    const all = await world.sql(`select t::text as row from ${name} t`)
    rows.set(String(name), all.map(({ row }) => String(row)).sort())
  }
  return rows
}

export const touches = (row: string, traces: readonly string[]) =>
  traces.some((trace) => row.toLowerCase().includes(trace.toLowerCase()))

/** Where a trace of somebody is found. */
export const found = (rows: Rows, traces: readonly string[]): string[] =>
  [...rows].flatMap(([table, all]) => all.filter((row) => touches(row, traces)).map((row) => `${table}: ${row}`))
