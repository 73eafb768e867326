// The questions about what a guest may keep: found by what only they have, and tied to the person they become.
import { sql } from 'kysely'
import type { Tx } from '../../db/as-actor.ts'

/** Where a guest's own doing lies. */
export type Kind = 'coming' | 'commitment' | 'arrival' | 'invitation' | 'card'

export interface Doing {
  kind: Kind
  id: string
  community: string
  /** The name that stands there, to begin with. */
  name: string | null
  /** The words of a promise. */
  what: string | null
  /** It is somebody's already. */
  person: string | null
}

export interface Proof {
  coming?: Buffer | undefined
  commitment?: Buffer | undefined
  /** The tag of the phone at the door, and its meeting. */
  arrival?: { meeting: string; tag: Buffer } | undefined
  invitations?: readonly Buffer[] | undefined
}

/** As the system. */
export async function doings(tx: Tx, proof: Proof): Promise<Doing[]> {
  const { rows } = await sql<Doing>`
    select 'coming' as kind, d.id, m.community_id as community, d.name, null as what, d.person_id as person
      from community.coming d join community.meeting m on m.id = d.meeting_id where d.secret_hash = ${proof.coming ?? null}::bytea
    union all
    select 'commitment', d.id, m.community_id, d.name, d.what, d.person_id
      from community.commitment d join community.meeting m on m.id = d.meeting_id where d.secret_hash = ${proof.commitment ?? null}::bytea
    union all
    select 'arrival', d.id, m.community_id, d.name, null, d.person_id
      from community.arrival d join community.meeting m on m.id = d.meeting_id
      where d.meeting_id = ${proof.arrival?.meeting ?? null}::uuid and d.tag = ${proof.arrival?.tag ?? null}::bytea
    union all
    select 'invitation', d.id, m.community_id, d.inviter, null, d.person_id
      from community.invitation d join community.meeting m on m.id = d.meeting_id
      where d.secret_hash = any (${[...(proof.invitations ?? [])]}::bytea[])
    union all
    select 'card', d.id, d.community_id, null, null, d.person_id
      from community.own_card d where d.secret_hash = any (${[...(proof.invitations ?? [])]}::bytea[])`.execute(tx)
  return rows
}

const tables = {
  coming: sql.table('community.coming'),
  commitment: sql.table('community.commitment'),
  arrival: sql.table('community.arrival'),
  invitation: sql.table('community.invitation'),
  card: sql.table('community.own_card'),
}

/**
 * Ties it to a person, if it is nobody's yet: of two at once, one gets it. Answers whether it is theirs now. A card stays nobody's where the person
 * has one of their own.
 */
export async function tie(tx: Tx, { kind, id }: Pick<Doing, 'kind' | 'id'>, person: string): Promise<boolean> {
  const one =
    kind === 'card'
      ? sql`and not exists (select from community.own_card o where o.person_id = ${person}::uuid and o.id <> ${id}::uuid)`
      : sql``
  const { rows } = await sql`update ${tables[kind]} set person_id = ${person}::uuid
    where id = ${id}::uuid and (person_id is null or person_id = ${person}::uuid) ${one} returning id`.execute(tx)
  // What has stayed of an invitation by which somebody came is theirs with it.
  if (kind === 'invitation' && rows.length > 0)
    await sql`update community.own_card o set person_id = ${person}::uuid from community.invitation i
      where i.id = ${id}::uuid and o.id = i.card_id and o.person_id is null`.execute(tx)
  return rows.length > 0
}
