// Two entries of one neighbour, both with rows in every table that points at a person, for the tests of merging.
import { v7 as uuid } from 'uuid'
import type { World } from '../test-house.ts'

/** Every row of every table that has to do with a person, as text, in a fixed order. */
export async function everyRow(world: World): Promise<Record<string, string[]>> {
  const tables = await world.sql(
    `select distinct n.nspname || '.' || t.relname as name from pg_constraint c join pg_class t on t.oid = c.conrelid
     join pg_namespace n on n.oid = t.relnamespace
     where c.contype = 'f' and c.confrelid = 'community.person'::regclass and t.relname <> 'merge'
     union select 'access.community_role' order by 1`,
  )
  const all: Record<string, string[]> = {}
  for (const { name } of tables)
    all[String(name)] = (await world.sql(`select t::text as row from ${name} t order by 1`)).map(({ row }) =>
      String(row),
    )
  return all
}

/** A person without an account who has come, promised, invited, said yes, joined, been seen. Answers their id. */
export async function plantPerson(world: World, name: string, telephone = '55001234'): Promise<string> {
  const id = uuid()
  await world.sql(
    `insert into community.person (id, community_id, name, contact_wish, telephone, exists_by, medium, joined_on, active_on, known_on)
     values ($1, $2, $3, 'phone', $4, 'came', 'paper', '2027-01-02', '2027-01-02', '2027-01-02')`,
    [id, world.holmetofte, name, telephone],
  )
  return id
}

/** A meeting and two groups, for rows to hang on. */
export async function plantGround(world: World) {
  const [meeting, one, two, look] = [uuid(), uuid(), uuid(), uuid()]
  await world.sql(
    `insert into community.meeting (id, community_id, code, kind, purpose, place, host_name, starts_at)
     values ($1, $2, 'ABC234', 'listening', 'Nøglen', 'Hallen', 'Freja', '2027-03-20T18:00:00Z')`,
    [meeting, world.holmetofte],
  )
  await world.sql(
    `insert into community.association (id, community_id, kind, name, made_on)
     values ($1, $3, 'group', 'Cykler', '2027-01-01'), ($2, $3, 'group', 'Kage', '2027-01-01')`,
    [one, two, world.holmetofte],
  )
  await world.sql(
    `insert into community.look (id, community_id, looker, what, reason, at) values ($1, $2, 'Amira', 'people', 'Hjælp', '2027-02-01T10:00:00Z')`,
    [look, world.holmetofte],
  )
  return { meeting, one, two, look }
}

export type PlantedGround = Awaited<ReturnType<typeof plantGround>>

/** `full`: also in both groups, with a profile. The other has only been asked into the first. */
export async function plantRows(world: World, ground: PlantedGround, person: string, full: boolean): Promise<void> {
  const { meeting, one, two, look } = ground
  await world.sql('insert into community.coming (meeting_id, name, person_id) values ($1, $2, $3)', [
    meeting,
    'B',
    person,
  ])
  await world.sql(`insert into community.arrival (meeting_id, medium, name, person_id) values ($1, 'paper', 'B', $2)`, [
    meeting,
    person,
  ])
  await world.sql(
    `insert into community.commitment (id, meeting_id, name, what, medium, person_id) values ($1, $2, 'B', 'kage', 'paper', $3)`,
    [uuid(), meeting, person],
  )
  await world.sql(
    `insert into community.invitation (meeting_id, secret_hash, inviter, person_id) values ($1, sha256(($2::text)::bytea), 'B', $2::uuid)`,
    [meeting, person],
  )
  await world.sql('insert into community.looked_at (look_id, person_id) values ($1, $2)', [look, person])
  const consent = (purpose: string, back: string | null) =>
    world.sql(
      `insert into community.consent (id, person_id, purpose, text_version, medium, given_at, withdrawn_at)
       values ($1, $2, $3, 1, 'paper', '2027-01-03', $4)`,
      [uuid(), person, purpose, back],
    )
  await consent('contactList', null)
  await consent('photo', full ? null : '2027-01-09')
  if (!full) {
    await world.sql('insert into community.membership (association_id, person_id) values ($1, $2)', [one, person])
    return
  }
  await consent('askMe', null)
  await world.sql(`insert into community.profile (person_id, asked_about) values ($1, 'kage')`, [person])
  for (const group of [one, two])
    await world.sql(
      `insert into community.membership (association_id, person_id, said_yes_at, medium) values ($1, $2, '2027-01-04', 'paper')`,
      [group, person],
    )
}
