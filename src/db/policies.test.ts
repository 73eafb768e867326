import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { makeWorld, type World } from '../test-world.ts'
import { asActor } from './as-actor.ts'
import { connect } from './connect.ts'

let world: World
let app: pg.Pool
beforeAll(async () => {
  world = await makeWorld()
  app = new pg.Pool({ connectionString: world.appUrl, max: 1 })
  return () => app.end()
})

const roles = ['guest', 'resident', 'host', 'employee', 'system'] as const
const verbs = { s: 'select', i: 'insert', u: 'update', d: 'delete' } as const

/** What each role may try at all, as letters: s select, i insert, u update (some column), d delete. The policies decide on the rows. */
const stated: Record<string, Record<(typeof roles)[number], string>> = {
  'access.account': { guest: '', resident: 's', host: 's', employee: 's', system: 'si' },
  'access.community_role': { guest: 's', resident: 's', host: 's', employee: 's', system: 'si' },
  'access.session': { guest: '', resident: '', host: '', employee: '', system: 'sid' },
  'access.sign_in_link': { guest: '', resident: '', host: '', employee: '', system: 'sid' },
  'community.age_band': { guest: 's', resident: 's', host: 's', employee: 's', system: 'siu' },
  'community.agenda_item': { guest: 's', resident: 's', host: 'sid', employee: 's', system: 'sid' },
  'community.arrival': { guest: '', resident: '', host: 'siud', employee: '', system: 'siud' },
  'community.card_count': { guest: '', resident: '', host: '', employee: '', system: 'siu' },
  'community.card_receipt': { guest: '', resident: '', host: '', employee: '', system: 'sid' },
  'community.card_round': { guest: 's', resident: '', host: '', employee: '', system: 'siud' },
  'community.coming': { guest: '', resident: '', host: 'sid', employee: '', system: 'sid' },
  'community.commitment': { guest: '', resident: '', host: 'siud', employee: '', system: 'siud' },
  'community.community': { guest: 's', resident: 's', host: 's', employee: 'si', system: 'si' },
  'community.counted_cards': { guest: '', resident: '', host: '', employee: '', system: 'siu' },
  'community.debrief': { guest: '', resident: '', host: 'siu', employee: '', system: 'siu' },
  'community.definition': { guest: 's', resident: 'si', host: 'si', employee: 's', system: 'si' },
  'community.dot': { guest: '', resident: '', host: '', employee: '', system: 'sid' },
  'community.dot_count': { guest: '', resident: '', host: 'siu', employee: '', system: 'siu' },
  'community.evening': { guest: 's', resident: 's', host: 'siu', employee: 's', system: 'siu' },
  'community.invitation': { guest: '', resident: '', host: '', employee: '', system: 'sid' },
  'community.letter': { guest: '', resident: '', host: '', employee: '', system: 'siud' },
  'community.mail_wish': { guest: '', resident: '', host: '', employee: '', system: 'sid' },
  'community.meeting': { guest: 's', resident: 's', host: 'siu', employee: 's', system: 'siu' },
  'community.meeting_role': { guest: 's', resident: 's', host: 'siud', employee: 's', system: 'siud' },
  'community.next_word': { guest: '', resident: '', host: 's', employee: '', system: 'si' },
  'community.recognition': { guest: '', resident: '', host: '', employee: '', system: 'sid' },
  'community.result': { guest: 's', resident: 's', host: 's', employee: 's', system: 'si' },
  'community.sealed_card': { guest: '', resident: '', host: '', employee: '', system: 'siud' },
  'community.sealed_next': { guest: '', resident: '', host: '', employee: '', system: 'siud' },
  'community.sealed_shares': { guest: '', resident: '', host: '', employee: '', system: 'siud' },
  'community.sealed_who': { guest: '', resident: '', host: '', employee: '', system: 'siud' },
  'community.statement': { guest: 's', resident: 's', host: 'siu', employee: 's', system: 'siu' },
  'community.theme': { guest: 's', resident: 's', host: 'siu', employee: 's', system: 'siu' },
  'community.undo': { guest: '', resident: '', host: 'siu', employee: '', system: 'siud' },
  'community.voice': { guest: '', resident: '', host: '', employee: '', system: 'siud' },
  'community.withdrawal_plan': { guest: 's', resident: 's', host: 'su', employee: 'su', system: 'siu' },
  'municipal.municipality': { guest: 's', resident: 's', host: 's', employee: 's', system: 'siu' },
}

async function tables(): Promise<string[]> {
  const rows =
    await world.sql(`select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname in ('access', 'community', 'municipal', 'personal') order by 1`)
  return rows.map((row) => String(row.name))
}

/** Tries it as the role, in a transaction that is taken back. Answers whether PostgreSQL let it begin. */
async function mayTry(role: string, table: string, verb: keyof typeof verbs): Promise<boolean> {
  const client = await app.connect()
  try {
    await client.query('begin')
    await client.query(`select set_config('role', 'oplive_' || $1, true)`, [role])
    // Of a table whose columns may be updated one by one, any one column will do.
    const { rows } = await client.query<{ name: string }>(
      `select quote_ident(attname) as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped
       order by has_column_privilege($2, $1::regclass, attnum, 'update') desc, attnum limit 1`,
      [table, `oplive_${role}`],
    )
    const column = rows[0]?.name ?? 'x'
    const text = {
      s: `select from ${table} limit 1`,
      i: `insert into ${table} default values`,
      u: `update ${table} set ${column} = null where false`,
      d: `delete from ${table} where false`,
    }[verb]
    await client.query(text)
    return true
  } catch (error) {
    const { code, message } = error as pg.DatabaseError
    // 42501 is "not allowed"; a policy says it with other words, and had to be asked first.
    return code !== '42501' || message.includes('row-level security')
  } finally {
    await client.query('rollback')
    client.release()
  }
}

describe('every table says who may do what', () => {
  test('no table exists about which it is not stated', async () => {
    expect(await tables()).toEqual(Object.keys(stated).sort())
  })

  test.each(Object.keys(stated))('%s can be reached by those it is stated for, and by nobody else', async (table) => {
    for (const role of roles) {
      let may = ''
      for (const verb of Object.keys(verbs) as (keyof typeof verbs)[]) if (await mayTry(role, table, verb)) may += verb
      expect(`${role}: ${may}`).toBe(`${role}: ${stated[table]?.[role]}`)
    }
  })

  test('every table has row-level security', async () => {
    expect(
      await world.sql(`select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and n.nspname in ('access', 'community', 'municipal') and not relrowsecurity`),
    ).toEqual([])
  })

  test('no function of ours is open to everybody, and none can be led astray by a search path', async () => {
    const open = await world.sql(`select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname in ('access', 'community', 'municipal')
        and (exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0)
          or (p.prosecdef and not coalesce(p.proconfig::text like '%search_path=%', false)))`)
    expect(open).toEqual([])
  })
})

describe('the program acts within the policies', () => {
  test('it refuses to serve as a superuser', async () => {
    await expect(connect(world.ownerUrl)).rejects.toThrow(/row-level security would protect nobody/)
  })

  test('what one request set, the next on the same connection does not see', async () => {
    await asActor(world.freja, (tx) => tx.selectFrom('access.community_role').select('role').execute())
    const one = new pg.Client({ connectionString: world.appUrl })
    await one.connect()
    await one.query('begin')
    await one.query(`select set_config('role', 'oplive_host', true), set_config('oplive.account', $1, true)`, [
      world.freja.account,
    ])
    await one.query('commit')
    const { rows } = await one.query(
      `select current_setting('role') as role, current_setting('oplive.account', true) as account`,
    )
    await one.end()
    expect(rows).toEqual([{ role: 'none', account: '' }])
  })

  test('without a role the login reads nothing', async () => {
    await expect(app.query('select * from community.community')).rejects.toMatchObject({ code: '42501' })
  })
})
