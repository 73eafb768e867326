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

const roles = ['guest', 'resident', 'host', 'keyholder', 'employee', 'leader', 'officer', 'operator', 'system'] as const
const verbs = { s: 'select', i: 'insert', u: 'update', d: 'delete' } as const

/**
 * What each role may try at all, in the order of `roles`: s select, i insert, u update (some column), d delete, - nothing. The policies
 * decide on the rows.
 */
const stated: Record<string, string> = {
  'access.audit': '- - - - - - s s s',
  'access.audit_start': '- - - - - - s s s',
  'access.api_key': '- sid sid sid sid sid sid sid sud',
  'access.account': '- su su su s s s s siud',
  'access.card': '- sd sd sd - - - - siud',
  'access.community_role': 's s s s s s s s siud',
  'access.employee_community': '- - - - s s s s sid',
  'access.failed_try': '- s s s - - - - siud',
  'access.mail_address': '- sd sd sd - - - - siud',
  'access.mail_question': '- - - - - - - - siud',
  'access.passkey': '- sud sud sud sud sud sud sud siud',
  'access.recovery_code': '- - - - s s s s sid',
  'access.second_factor': '- - - - s s s s siud',
  'access.session': '- sd sd sd sd sd sd sd siud',
  'access.sign_in_link': '- - - - - - - - sid',
  'access.warning': '- sd sd sd sd sd sd sd siud',
  'access.identity_provider': '- - - - - - - siud s',
  'access.spent_assertion': '- - - - - - - - sid',
  'access.staff_identity': '- - - - - s - s siud',
  'community.age_band': 's s s s s s s s siu',
  'community.agreed_note': '- sd sd sd - - - - siud',
  'community.agenda_item': 's s sid sid s s s s sid',
  'community.arrival': '- s siud siud - - - - siud',
  'community.asked_person': '- - - sd - - - - siud',
  'community.asked_along': '- sd sd sd - - - - siud',
  'community.association': 's s s siud s s s s siud',
  'community.carried_task': '- sd sd sd - - - - siud',
  'community.card_count': '- - - - - - - - siu',
  'community.card_receipt': '- - - - - - - - sid',
  'community.card_round': 's - - - - - - - siud',
  'community.coaching': '- su su su - - - - siud',
  'community.coming': '- s sid sid - - - - siud',
  'community.commitment': '- s siud siud - - - - siud',
  'community.community': 's s s s si si s s siu',
  'community.consent': '- siu siu siu - - - - siud',
  'community.controller': 's s s s s s s s siu',
  'community.counted_cards': '- - - - - - - - siu',
  'community.debrief': '- - siu siu - - - - siu',
  'community.definition': 's si si si s s s s si',
  'community.dot': '- - - - - - - - sid',
  'community.dot_count': '- - siu siu - - - - siu',
  'community.evening': 's s siu siu s s s s siu',
  'community.hand_over': 's s s s s s s s siu',
  'community.hand_over_yes': '- s s s - - - - sid',
  'community.helper_mark': '- sd sd sd - - - - siud',
  'community.introduction': '- - - - - - - - siud',
  'community.invitation': '- s s s - - - - siud',
  'community.key_approval': '- s s s - - - - si',
  'community.key_change': '- s s s - - - - siud',
  'community.key_event': '- s s s - - - - si',
  'community.key_rule': 's s s siu s s s s siu',
  'community.letter': '- - - - - - - - siud',
  'community.look': '- s s s s s s s si',
  'community.looked_at': '- s s s - - - - siud',
  'community.mail_trouble': '- - - - - - - - siud',
  'community.mail_wish': '- - - - - - - - sid',
  'community.meeting': 's s siu siu s s s s siu',
  'community.meeting_role': 's s siud siud s s s s siud',
  'community.membership': '- siud siud siud - - - - siud',
  'community.merge': '- s s s - - - - siud',
  'community.move': '- s s s - - - - siu',
  'community.move_yes': '- s s s - - - - siud',
  'community.moved_away': '- - - - - - - - si',
  'community.moved_sign': '- - - - - - - - si',
  'community.moved_in': '- - - - - - - - si',
  'community.moving_file': '- - - - - - - - siud',
  'community.moving_in': '- - - si - - - - siud',
  'community.next_word': '- - s s - - - - si',
  'community.objection': '- sid sid siud sid sid siud sid sd',
  'community.own_card': '- s s s - - - - siud',
  'community.path_quarter': '- s s s - - - - si',
  'community.path_step': '- siud siud siud - - - - siud',
  'community.people_counted': '- - - - - - - - si',
  'community.person': '- su su siu - - - - siud',
  'community.post_day': '- - - - - - - s siud',
  'community.profile': '- siud siud siud - - - - siud',
  'community.recognition': '- - - - - - - - sid',
  'community.result': 's s s s s s s s si',
  'community.retention_run': '- - - - - - s s siud',
  'community.sealed_card': '- - - - - - - - siud',
  'community.sealed_next': '- - - - - - - - siud',
  'community.sealed_shares': '- - - - - - - - siud',
  'community.sealed_who': '- - - - - - - - siud',
  'community.statement': 's s siu siu s s s s siu',
  'community.still_question': '- s s sd - - - - siud',
  'community.talk': '- siud siud siud - - - - siud',
  'community.talk_promise': '- su su su - - - - siud',
  'community.talk_rest': '- - - - - - - - siud',
  'community.talk_rhythm': '- siud siud siud - - - - siud',
  'community.theme': 's s siu siu s s s s siu',
  'community.tie_choice': '- sd sd sd - - - - siud',
  'community.tie_confirmed': '- siud siud siud - - - - siud',
  'community.trust': '- sd sd sd - - - - sid',
  'community.unapproved_note': '- - - - - - - - siud',
  'community.undo': '- - siu siu - - - - siud',
  'community.voice': '- - - - - - - - siud',
  'community.webhook': '- - - siud - - - - sud',
  'community.webhook_call': '- - - - - - - - siud',
  'community.week_letter': '- - - - - - - - siud',
  'community.called_back': '- s si si su s - - siu',
  'community.check_in': '- s su su s s - - si',
  'community.passed_on': '- su siud siud sid - - - siu',
  'community.phase_vote': '- s siu siu s s - - siu',
  'community.quarter_outline': '- s s sud s s - - siud',
  'community.training': 's s siu siu siu s s s siu',
  'community.training_seat': '- sud sud sud - - - - siud',
  'community.training_wish': '- sid sid sid - - - - siud',
  'community.withdrawal_quarter': '- s s s - - - - siud',
  'community.withdrawal_rule': 's s s siud s s s s s',
  'community.withdrawal_plan': 's s su su su su s s siu',
  'municipal.access_request': '- - - - - - siu - sd',
  'municipal.agreed_note': '- sd sd sd sd - - - siud',
  'municipal.request_passed_on': '- - - su - - si - s',
  'municipal.incident': '- - - s - - siu - sud',
  'municipal.incident_step': '- - - - - - si - si',
  'municipal.legitimacy_check': '- - - - sid s - - sid',
  'municipal.municipality': 's s s s s s s s siu',
  'municipal.number_to_ring': 's s s s s siud s siud s',
  'municipal.people_count': '- s s s s s - - si',
  'municipal.people_quarter': '- s s s s s - - si',
  'municipal.step': '- s s s siu s - - siud',
  'municipal.step_owner': '- s s s si s - - siud',
  'municipal.talk': '- s s s siud - - - siud',
  'municipal.talk_promise': '- su su su su - - - siud',
  'municipal.talk_rhythm': '- - - - siud - - - sd',
  'municipal.unapproved_note': '- - - - - - - - siud',
  'personal.book': '- siud siud siud - - - - sd',
  'personal.entry': '- siud siud siud - - - - sd',
  'personal.lock': '- siud siud siud - - - - sud',
  'personal.wrong_try': '- siud siud siud - - - - sd',
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
    const found: string[] = []
    for (const role of roles) {
      let may = ''
      for (const verb of Object.keys(verbs) as (keyof typeof verbs)[]) if (await mayTry(role, table, verb)) may += verb
      found.push(`${role} ${may || '-'}`)
    }
    expect(found).toEqual(stated[table]?.split(' ').map((may, place) => `${roles[place]} ${may}`))
  })

  test('every table has row-level security', async () => {
    expect(
      await world.sql(`select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and n.nspname in ('access', 'community', 'municipal', 'personal') and not relrowsecurity`),
    ).toEqual([])
  })

  test('no function of ours is open to everybody, and none can be led astray by a search path', async () => {
    const open = await world.sql(`select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname in ('access', 'community', 'municipal', 'personal')
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
