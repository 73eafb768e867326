// The questions about talks of two. Nobody else imports them. A talk lies in one of two rooms, in tables of the same shape.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'
import type { Plan, Rhythm, Talk, TalkRoom } from './talk.ts'

const talksOf = (room: TalkRoom) => sql.table(`${room}.talk`)

/** The talks of one room that the one who asks may see, each with what the two are called. */
const seen = (room: TalkRoom, work: boolean) => sql<Talk>`
  select t.id, ${room} as room, t.community_id as community, c.slug, c.name as place, c.time_zone as "timeZone",
    case when ${room === 'municipal' ? (work ? sql`true` : sql`false`) : sql`community.is_me(t.starter)`} then 'starter' else 'other' end as mine,
    n.starter as "starterName", n.other as "otherName", t.other is not null as "otherIsHere", t.kind, t.medium, t.purpose, t.spot,
    t.planned_on as "plannedOn", to_char(t.planned_time, 'HH24:MI') as "plannedTime", t.wanted_by as "wantedBy", t.answer,
    t.held_on as "heldOn", t.minutes, t.thanked_on as "thankedOn", t.touched_on as "touchedOn", t.rev, t.wrong_by as "wrongBy",
    coalesce(a.rev, 0) as "noteRev", t.note_rev as "notesBefore", a.next_on as "nextOn"
  from ${talksOf(room)} t join community.community c on c.id = t.community_id join community.talk_names() n on n.talk = t.id
    left join ${sql.table(`${room}.agreed_note`)} a on a.talk_id = t.id`

/** Those of the municipality read their own room alone. */
const roomsFor = (work: boolean): TalkRoom[] => (work ? ['municipal'] : ['community', 'municipal'])

export async function talksOfMine(tx: Tx, work: boolean): Promise<Talk[]> {
  const all = sql.join(
    roomsFor(work).map((room) => sql`(${seen(room, work)})`),
    sql` union all `,
  )
  return (await sql<Talk>`${all}`.execute(tx)).rows
}

export async function findTalk(tx: Tx, id: string, work: boolean): Promise<Talk | null> {
  for (const room of roomsFor(work)) {
    const { rows } = await sql<Talk>`${seen(room, work)} where t.id = ${id}`.execute(tx)
    if (rows[0]) return rows[0]
  }
  return null
}

/** Talks that wait for the one who asks: they are asked for one, or have not thanked for one that was held since. */
export async function talksWaiting(
  tx: Tx,
  work: boolean,
  since: string,
): Promise<{ what: 'talk' | 'talkThanks'; href: string; name: string }[]> {
  const asked = sql`select 1 as place, 'talk' as what, '/talks/' || t.id as href, n.starter as name
    from community.talk t join community.talk_names() n on n.talk = t.id
    where community.is_me(t.other) and t.answer = 'waiting' and t.held_on is null`
  const thanks = sql`select 2 as place, 'talkThanks' as what, '/talks/' || t.id as href, n.other as name
    from ${talksOf(work ? 'municipal' : 'community')} t join community.talk_names() n on n.talk = t.id
    where t.held_on >= ${since} and t.thanked_on is null and n.other is not null and ${work ? sql`true` : sql`community.is_me(t.starter)`}`
  const all = work ? thanks : sql`${asked} union all ${thanks}`
  return (
    await sql<{
      what: 'talk' | 'talkThanks'
      href: string
      name: string
    }>`select what, href, name from (${all}) w order by place, href limit 3`.execute(tx)
  ).rows
}

/** One's own person in a place; null for none. */
export async function personOfMine(tx: Tx, community: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`select p.id from community.person p
    where p.community_id = ${community} and p.account_id = access.me() and p.merged_into is null`.execute(tx)
  return rows[0]?.id ?? null
}

/** Whom one may know of in a place. */
export async function neighboursKnown(tx: Tx, community: string): Promise<{ id: string; name: string }[]> {
  return (
    await sql<{ id: string; name: string }>`select id, name from community.neighbours_known(${community})`.execute(tx)
  ).rows
}

export async function worksWith(tx: Tx, community: string): Promise<boolean> {
  const { rows } = await sql<{ yes: boolean }>`select access.works_with(${community}) as yes`.execute(tx)
  return rows[0]?.yes ?? false
}

interface New extends Plan {
  room: TalkRoom
  id: string
  community: string
  starter: string
  /** Only of a neighbour whom one may know of. */
  other: string | null
  today: string
}

export async function addTalk(tx: Tx, talk: New): Promise<void> {
  const { room, id, community, starter, other, kind, medium, purpose, spot, plannedOn, plannedTime, wantedBy, today } =
    talk
  await (room === 'community'
    ? sql`insert into community.talk (id, community_id, starter, other, wanted_by, kind, medium, purpose, spot, planned_on, planned_time, touched_on)
          values (${id}, ${community}, ${starter}, ${other}, ${wantedBy}, ${kind}, ${medium}, ${purpose}, ${spot}, ${plannedOn}, ${plannedTime}, ${today})
          on conflict (id) do nothing`
    : sql`insert into municipal.talk (id, community_id, starter, wanted_by, kind, medium, purpose, spot, planned_on, planned_time, touched_on)
          values (${id}, ${community}, ${starter}, ${wantedBy}, ${kind}, ${medium}, ${purpose}, ${spot}, ${plannedOn}, ${plannedTime}, ${today})
          on conflict (id) do nothing`
  ).execute(tx)
}

const changed = ({ numAffectedRows }: { numAffectedRows?: bigint | undefined }): boolean => (numAffectedRows ?? 0n) > 0n

/** Moves the plan, if nobody has moved it since. */
export async function changePlan(
  tx: Tx,
  { room, id }: Pick<Talk, 'room' | 'id'>,
  plan: Plan,
  rev: number,
  today: string,
): Promise<boolean> {
  return changed(
    await sql`update ${talksOf(room)} set kind = ${plan.kind}, medium = ${plan.medium}, purpose = ${plan.purpose}, spot = ${plan.spot},
      planned_on = ${plan.plannedOn}, planned_time = ${plan.plannedTime}, touched_on = ${today}, rev = rev + 1
      where id = ${id} and rev = ${rev} and held_on is null`.execute(tx),
  )
}

/** It was held, on that day. */
export async function setHeld(
  tx: Tx,
  { room, id }: Pick<Talk, 'room' | 'id'>,
  on: string,
  minutes: string | null,
): Promise<void> {
  await sql`update ${talksOf(room)} set held_on = ${on}, minutes = ${minutes}, touched_on = greatest(touched_on, ${on}::date), rev = rev + 1
    where id = ${id}`.execute(tx)
}

/** Notes and talks of the two from before live on: they have met again. */
export async function touchPair(tx: Tx, { room, id }: Pick<Talk, 'room' | 'id'>, today: string): Promise<void> {
  await sql`update ${talksOf(room)} t set touched_on = greatest(t.touched_on, ${today}::date) from ${talksOf(room)} now
    where now.id = ${id} and (t.id = now.id or (t.other is not null and (
      (t.starter = now.starter and t.other = now.other)
      ${room === 'community' ? sql`or (t.starter = now.other and t.other = now.starter)` : sql``})))`.execute(tx)
}

export async function setThanked(tx: Tx, { room, id }: Pick<Talk, 'room' | 'id'>, today: string): Promise<void> {
  await sql`update ${talksOf(room)} set thanked_on = coalesce(thanked_on, ${today}) where id = ${id} and held_on is not null`.execute(
    tx,
  )
}

export async function dropTalk(tx: Tx, { room, id }: Pick<Talk, 'room' | 'id'>): Promise<boolean> {
  return changed(await sql`delete from ${talksOf(room)} where id = ${id}`.execute(tx))
}

// --- The other, by the link

export interface TalkToAnswer {
  room: TalkRoom
  id: string
  community: string
  slug: string
  place: string
  timeZone: string
  starterName: string
  otherName: string | null
  /** The other as a person of the place. */
  other: string | null
  /** The account of the other, when they are somebody of the place who can sign in. */
  otherAccount: string | null
  otherIsHere: boolean
  starter: string
  starterAccount: string | null
  kind: Talk['kind']
  medium: Talk['medium']
  purpose: string
  spot: string | null
  plannedOn: string | null
  plannedTime: string | null
  answer: Talk['answer']
  heldOn: string | null
  wrongBy: Talk['wrongBy']
}

/** As the system: the talk of a link, whoever brings it. */
export async function talkOfLink(tx: Tx, id: string): Promise<TalkToAnswer | null> {
  for (const room of ['community', 'municipal'] as const) {
    const starter = room === 'community' ? sql.table('community.person') : sql.table('access.account')
    const { rows } = await sql<TalkToAnswer>`
      select ${room} as room, t.id, t.community_id as community, c.slug, c.name as place, c.time_zone as "timeZone", s.name as "starterName",
        coalesce(o.name, t.other_name) as "otherName", t.other, o.account_id as "otherAccount", o.id is not null as "otherIsHere", t.starter,
        ${room === 'community' ? sql`s.account_id` : sql`s.id`} as "starterAccount", t.kind, t.medium, t.purpose, t.spot,
        t.planned_on as "plannedOn", to_char(t.planned_time, 'HH24:MI') as "plannedTime", t.answer, t.held_on as "heldOn", t.wrong_by as "wrongBy"
      from ${talksOf(room)} t join community.community c on c.id = t.community_id join ${starter} s on s.id = t.starter
        left join community.person o on o.id = t.other
      where t.id = ${id} for update of t`.execute(tx)
    if (rows[0]) return rows[0]
  }
  return null
}

/** The other has answered: by their person in the place, or by what they are called. A no leaves neither. */
export async function setAnswer(
  tx: Tx,
  { room, id }: { room: TalkRoom; id: string },
  said: { answer: Talk['answer']; person: string | null; name: string | null },
  today: string,
): Promise<void> {
  await sql`update ${talksOf(room)} set answer = ${said.answer}, other = ${said.person}, other_name = ${said.person ? null : said.name},
    touched_on = ${today}, rev = rev + 1 where id = ${id}`.execute(tx)
}

/** The account's person in a place, as the system asks. */
export async function personOf(tx: Tx, community: string, account: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`select p.id from community.person p
    where p.community_id = ${community} and p.account_id = ${account} and p.merged_into is null`.execute(tx)
  return rows[0]?.id ?? null
}

/** Whom the one who acts has talked with in a talk between neighbours. */
export async function partnerIn(tx: Tx, id: string): Promise<string | null> {
  const { rows } = await sql<{
    id: string | null
  }>`select case when community.is_me(t.starter) then t.other else t.starter end as id
    from community.talk t where t.id = ${id}`.execute(tx)
  return rows[0]?.id ?? null
}

/** Whether the one who acts has asked this neighbour before and waits for an answer. */
export async function waitsFor(tx: Tx, starter: string, other: string, besides: string): Promise<boolean> {
  const { rows } = await sql`select from community.talk t
    where t.starter = ${starter} and t.other = ${other} and t.answer = 'waiting' and t.held_on is null and t.id <> ${besides}`.execute(
    tx,
  )
  return rows.length > 0
}

// --- The rhythm

export async function rhythmOf(tx: Tx, work: boolean): Promise<Rhythm | null> {
  const table = work ? sql.table('municipal.talk_rhythm') : sql.table('community.talk_rhythm')
  // Somebody of two places has one rhythm.
  const { rows } = await sql<Rhythm>`select talks, every from ${table} limit 1`.execute(tx)
  return rows[0] ?? null
}

/** Sets it, or with nothing takes it away. */
export async function setRhythm(tx: Tx, work: boolean, rhythm: Rhythm | null): Promise<void> {
  const table = work ? sql.table('municipal.talk_rhythm') : sql.table('community.talk_rhythm')
  await sql`delete from ${table}`.execute(tx)
  if (!rhythm) return
  const { talks, every } = rhythm
  await (work
    ? sql`insert into municipal.talk_rhythm (account_id, talks, every) values (access.me(), ${talks}, ${every})`
    : sql`insert into community.talk_rhythm (person_id, talks, every)
          select p.id, ${talks}::integer, ${every} from community.person p where p.account_id = access.me() and p.merged_into is null`
  ).execute(tx)
}
