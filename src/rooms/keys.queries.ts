// What the room asks the database about keys: who holds one, who is asked, who agreed, and what has happened.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'
import type { Member, Rule } from './room.ts'

export interface Place {
  id: string
  slug: string
  name: string
  timeZone: string
  foundedAt: Date
}

/** The place, with the row of its controller held until the end: deeds with keys of one place take turns. */
export async function holdRoom(tx: Tx, slug: string): Promise<Place | null> {
  const { rows } = await sql<Place>`select c.id, c.slug, c.name, c.time_zone as "timeZone", c.founded_at as "foundedAt"
    from community.controller k join community.community c on c.id = k.community_id where c.slug = ${slug} for update of k`.execute(
    tx,
  )
  return rows[0] ?? null
}

export interface Me {
  /** The person of this place. */
  id: string
  role: string
}

/** As what this account belongs to the place, now. Null for a stranger, and for somebody who was merged into another. */
export async function memberHere(tx: Tx, community: string, account: string | null): Promise<Me | null> {
  const { rows } = await sql<Me>`select p.id, r.role from community.person p
    join access.community_role r on r.account_id = p.account_id and r.community_id = p.community_id
    where p.community_id = ${community} and p.account_id = ${account} and p.merged_into is null`.execute(tx)
  return rows[0] ?? null
}

/** Does this employee work with the place, as the municipality has said? */
export async function worksWith(tx: Tx, community: string, account: string | null): Promise<boolean> {
  const { rows } =
    await sql`select from access.employee_community where community_id = ${community} and account_id = ${account}`.execute(
      tx,
    )
  return rows.length > 0
}

export async function isInterim(tx: Tx, community: string): Promise<boolean> {
  const { rows } = await sql<{ yes: boolean }>`select community.is_interim(${community}) as yes`.execute(tx)
  return rows[0]?.yes ?? false
}

/** Everybody of the place who could hold a key, with the last day they were seen at all. */
export async function membersOf(tx: Tx, community: string): Promise<Member[]> {
  const { rows } = await sql<Member>`select p.id, p.joined_on as "joinedOn",
      greatest(p.active_on, (select max(s.seen_on) from access.session s where s.account_id = p.account_id))::text as "activeOn",
      r.role = 'keyholder' as holds, community.is_known(p.id) as known
    from community.person p join access.community_role r on r.account_id = p.account_id and r.community_id = p.community_id
      join access.account a on a.id = p.account_id
    where p.community_id = ${community} and p.merged_into is null and a.ended_at is null and a.municipal_role is null`.execute(
    tx,
  )
  return rows
}

export async function holdersOf(tx: Tx, community: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select p.id from access.community_role r
    join community.person p on p.account_id = r.account_id and p.community_id = r.community_id and p.merged_into is null
    where r.community_id = ${community} and r.role = 'keyholder'`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Did their key come by trust or inheritance, so short a while ago that its notice still stands? */
export async function isNews(tx: Tx, person: string): Promise<boolean> {
  const { rows } = await sql<{ news: boolean }>`select community.key_is_news(${person}) as news`.execute(tx)
  return rows[0]?.news ?? false
}

/** A neighbour with an account, who can be asked whether they want a key. */
export async function canHold(tx: Tx, community: string, person: string): Promise<boolean> {
  const { rows } = await sql`select from community.person p
    join access.community_role r on r.account_id = p.account_id and r.community_id = p.community_id
    join access.account a on a.id = p.account_id and a.ended_at is null and a.municipal_role is null
    where p.id = ${person} and p.community_id = ${community} and p.merged_into is null and r.role <> 'keyholder'`.execute(
    tx,
  )
  return rows.length > 0
}

/** Gives the key to somebody of the place. */
export async function giveKey(tx: Tx, community: string, person: string): Promise<void> {
  await sql`update access.community_role r set hosted = (r.role = 'host'), role = 'keyholder' from community.person p
    where p.id = ${person} and p.community_id = ${community} and r.account_id = p.account_id and r.community_id = p.community_id
      and r.role <> 'keyholder'`.execute(tx)
}

/** Takes the key from somebody; who hosted before still does. */
export async function takeKey(tx: Tx, community: string, person: string): Promise<void> {
  await sql`update access.community_role r set role = case when r.hosted then 'host' else 'resident' end, hosted = false from community.person p
    where p.id = ${person} and p.community_id = ${community} and r.account_id = p.account_id and r.community_id = p.community_id
      and r.role = 'keyholder'`.execute(tx)
}

// --- Who is asked

export type How = 'named' | 'transfer' | 'trust' | 'inherit'

export interface Change {
  id: string
  how: How
  from: string | null
  to: string
  by: string | null
  askedAt: Date
  saidYesAt: Date | null
  until: Date | null
  approvals: string[]
}

const changes = sql`select k.id, k.how, k.from_person as "from", k.to_person as "to", k.by_person as "by", k.asked_at as "askedAt",
    k.said_yes_at as "saidYesAt", k.until,
    (select coalesce(jsonb_agg(a.person_id), '[]') from community.key_approval a where a.change_id = k.id) as approvals
  from community.key_change k`

export async function openChanges(tx: Tx, community: string): Promise<Change[]> {
  const { rows } =
    await sql<Change>`${changes} where k.community_id = ${community} and k.state = 'open' order by k.asked_at`.execute(
      tx,
    )
  return rows
}

export async function openChange(tx: Tx, community: string, id: string): Promise<Change | null> {
  const { rows } =
    await sql<Change>`${changes} where k.community_id = ${community} and k.id = ${id} and k.state = 'open'`.execute(tx)
  return rows[0] ?? null
}

export interface NewChange {
  id: string
  community: string
  how: How
  from?: string
  to: string
  by?: string
  at: Date
  until?: Date
}

/** Answers false when somebody is asked already, or the key goes to another. */
export async function addChange(tx: Tx, change: NewChange): Promise<boolean> {
  const { rows } =
    await sql`insert into community.key_change (id, community_id, how, from_person, to_person, by_person, asked_at, until)
    values (${change.id}, ${change.community}, ${change.how}, ${change.from ?? null}, ${change.to}, ${change.by ?? null}, ${change.at},
      ${change.until ?? null}) on conflict do nothing returning id`.execute(tx)
  return rows.length > 0
}

export async function sayYes(tx: Tx, id: string, at: Date): Promise<void> {
  await sql`update community.key_change set said_yes_at = coalesce(said_yes_at, ${at}) where id = ${id}`.execute(tx)
}

export async function endChange(tx: Tx, id: string, state: string, at: Date): Promise<void> {
  await sql`update community.key_change set state = ${state}, ended_at = ${at} where id = ${id} and state = 'open'`.execute(
    tx,
  )
}

/** Answers false when they have agreed before. */
export async function approve(tx: Tx, change: string, person: string, at: Date): Promise<boolean> {
  const { rows } =
    await sql`insert into community.key_approval (change_id, person_id, at) values (${change}, ${person}, ${at})
    on conflict do nothing returning change_id`.execute(tx)
  return rows.length > 0
}

/** Whoever has said no to inheriting, or not answered, since the place was last looked after. */
export async function askedToInherit(tx: Tx, community: string, since: Date): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select to_person as id from community.key_change
    where community_id = ${community} and how = 'inherit' and state in ('declined', 'lapsed') and ended_at > ${since}`.execute(
    tx,
  )
  return new Set(rows.map(({ id }) => id))
}

// --- What has happened

export type What =
  | 'named'
  | 'transferred'
  | 'trusted'
  | 'inherited'
  | 'given_up'
  | 'asked'
  | 'handed_over'
  | 'rule'
  | 'taken_out'
  | 'move_asked'
  | 'move_agreed'
  | 'move_stopped'

export interface NewEvent {
  id: string
  community: string
  what: What
  person?: string
  from?: string | null
  association?: string
  at: Date
}

export async function addEvent(tx: Tx, event: NewEvent): Promise<void> {
  await sql`insert into community.key_event (id, community_id, what, person_id, from_person, association_id, at) values
    (${event.id}, ${event.community}, ${event.what}, ${event.person ?? null}, ${event.from ?? null}, ${event.association ?? null}, ${event.at})`.execute(
    tx,
  )
}

/** That a key holder took out a neighbour without an account who asked for it. Not whom: all members read it. */
export async function addTakenOut(
  tx: Tx,
  event: { id: string; community: string; account: string; at: Date },
): Promise<void> {
  await sql`insert into community.key_event (id, community_id, what, person_id, at)
    select ${event.id}, ${event.community}, 'taken_out', p.id, ${event.at} from community.person p
    where p.community_id = ${event.community} and p.account_id = ${event.account}`.execute(tx)
}

export interface KeyEvent {
  what: What
  person: string | null
  from: string | null
  association: string | null
  at: Date
}

export async function eventsOf(tx: Tx, community: string, since: Date): Promise<KeyEvent[]> {
  const { rows } =
    await sql<KeyEvent>`select e.what, e.person_id as person, e.from_person as "from", a.name as association, e.at
    from community.key_event e left join community.association a on a.id = e.association_id
    where e.community_id = ${community} and e.at > ${since} order by e.at desc limit 100`.execute(tx)
  return rows
}

export interface KeyPerson {
  id: string
  name: string
  holds: boolean
}

/** The names that belong to the keys, for those who belong to the place. */
export async function keyPeople(tx: Tx, community: string): Promise<KeyPerson[]> {
  const { rows } = await sql<KeyPerson>`select * from community.key_people(${community})`.execute(tx)
  return rows
}

/** The person of the one who acts in this place, seen as themselves. */
export async function myself(tx: Tx, community: string): Promise<{ id: string; keeps: boolean } | null> {
  const { rows } = await sql<{
    id: string
    keeps: boolean
  }>`select p.id, access.keeps(${community}) as keeps from community.person p
    where p.community_id = ${community} and p.account_id = access.me() and p.merged_into is null and access.belongs(${community})`.execute(
    tx,
  )
  return rows[0] ?? null
}

/** Members of the place whose name sounds like what was typed, as a key holder sees them. */
export async function findMembers(
  tx: Tx,
  community: string,
  typed: string,
): Promise<{ id: string; name: string; account: boolean }[]> {
  const { rows } = await sql<{
    id: string
    name: string
    account: boolean
  }>`select p.id, p.name, p.account_id is not null as account
    from community.person p where p.community_id = ${community} and p.merged_into is null
      and p.search like '%' || community.plain(${typed}) || '%' order by p.search limit 20`.execute(tx)
  return rows
}

// --- Trust

export async function ruleOf(tx: Tx, community: string): Promise<Rule | null> {
  const { rows } =
    await sql<Rule>`select trusts, days from community.key_rule where community_id = ${community}`.execute(tx)
  return rows[0] ?? null
}

export async function setRule(tx: Tx, community: string, rule: Rule, today: string): Promise<void> {
  await sql`insert into community.key_rule (community_id, trusts, days, changed_on) values (${community}, ${rule.trusts}, ${rule.days}, ${today})
    on conflict (community_id) do update set trusts = excluded.trusts, days = excluded.days, changed_on = excluded.changed_on`.execute(
    tx,
  )
}

export async function addTrust(tx: Tx, from: string, to: string, today: string): Promise<void> {
  await sql`insert into community.trust (from_person, to_person, since) values (${from}, ${to}, ${today}) on conflict do nothing`.execute(
    tx,
  )
}

export async function dropTrust(tx: Tx, from: string, to: string): Promise<void> {
  await sql`delete from community.trust where from_person = ${from} and to_person = ${to}`.execute(tx)
}

/** When somebody joined, and when each who trusts them did. Only neighbours count who are still here, and whom a key holder knows. */
export async function trustIn(
  tx: Tx,
  community: string,
  person: string,
): Promise<{ joinedOn: string; by: { id: string; joinedOn: string }[] }> {
  const { rows } = await sql<{
    joinedOn: string
    by: { id: string; joinedOn: string }[]
  }>`select p.joined_on::text as "joinedOn",
      (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'joinedOn', f.joined_on)), '[]') from community.trust t
        join community.person f on f.id = t.from_person and f.community_id = p.community_id and f.merged_into is null
        join access.community_role r on r.account_id = f.account_id and r.community_id = f.community_id
        where t.to_person = p.id and community.is_known(f.id)) as by
    from community.person p where p.id = ${person} and p.community_id = ${community}`.execute(tx)
  return rows[0] ?? { joinedOn: '9999-12-31', by: [] }
}

/** Whom somebody can know of in the place, as themselves; and whom they have said they trust. */
export async function neighboursKnown(tx: Tx, community: string): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{
    id: string
    name: string
  }>`select * from community.neighbours_known(${community})`.execute(tx)
  return rows
}
export async function trustedByMe(tx: Tx, me: string): Promise<Set<string>> {
  const { rows } = await sql<{
    id: string
  }>`select to_person as id from community.trust where from_person = ${me}`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}
export async function trustInMe(tx: Tx, community: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select community.trust_in_me(${community}) as n`.execute(tx)
  return rows[0]?.n ?? 0
}

/** Every place, for the work of the night. */
export async function allPlaces(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ slug: string }>`select slug from community.community order by slug`.execute(tx)
  return rows.map(({ slug }) => slug)
}

/** Newcomers whom somebody trusts and whom nobody has asked yet. */
export async function trustedAndUnasked(tx: Tx, community: string): Promise<string[]> {
  const { rows } = await sql<{
    id: string
  }>`select distinct p.id from community.trust t join community.person p on p.id = t.to_person
    join access.community_role r on r.account_id = p.account_id and r.community_id = p.community_id
    where p.community_id = ${community} and r.role <> 'keyholder' and p.merged_into is null
      and not exists (select from community.key_change k where k.to_person = p.id and k.how = 'trust')`.execute(tx)
  return rows.map(({ id }) => id)
}
