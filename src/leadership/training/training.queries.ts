// What training asks the database: what is announced, who has a seat, what is wished for. The policies decide on the rows.
import { sql } from 'kysely'
import { isMunicipal, type Role, type Tx } from '../../db/as-actor.ts'
import type { Module, Training } from './training.ts'

/** What the one who acts, in this role, is to the place. */
export interface Eye {
  belongs: boolean
  hosts: boolean
  /** Works there for the municipality. */
  works: boolean
  /** Who they are there; null where they are nobody. */
  person: { id: string; name: string } | null
}

export async function eyeOf(tx: Tx, community: string, role: Role): Promise<Eye> {
  if (role === 'guest') return { belongs: false, hosts: false, works: false, person: null }
  if (isMunicipal({ role })) {
    const { rows } = await sql<{ works: boolean }>`select access.works_with(${community}) as works`.execute(tx)
    return { belongs: false, hosts: false, works: role === 'employee' && rows[0]?.works === true, person: null }
  }
  const { rows } =
    await sql<Eye>`select access.belongs(${community}) as belongs, access.hosts(${community}) as hosts, false as works,
    (select jsonb_build_object('id', p.id, 'name', p.name) from community.person p
      where p.community_id = ${community} and p.account_id = access.me() and p.merged_into is null) as person`.execute(
      tx,
    )
  return rows[0] as Eye
}

const trainingColumns = sql`t.id, t.community_id as community, t.module, t.starts_at as "startsAt", t.place, t.led_by as "ledBy",
  t.leader_name as "leaderName", t.room, t.cancelled_at as "cancelledAt", t.cancel_words as "cancelWords"`

export interface TrainingSeen extends Training {
  /** How many have signed up, and how many were there; null for whoever does not belong to the place. */
  taken: number | null
  came: number | null
  isFull: boolean
  /** On the clock of the place. */
  year: number
}

/** Those of a place, the soonest first; or the one. */
export async function trainingsOf(tx: Tx, community: string, one: string | null = null): Promise<TrainingSeen[]> {
  const { rows } = await sql<TrainingSeen>`select ${trainingColumns}, s.taken, s.came, s.is_full as "isFull",
      extract(year from t.starts_at at time zone k.time_zone)::integer as year
    from community.training t join community.community k on k.id = t.community_id
      join community.training_seats(${community}::uuid) s on s.training = t.id
    where t.community_id = ${community} and (${one}::uuid is null or t.id = ${one}) order by t.starts_at, t.id`.execute(
    tx,
  )
  return rows
}

export async function addTraining(
  tx: Tx,
  training: Omit<Training, 'cancelledAt' | 'cancelWords'> & { leader: string | null },
): Promise<void> {
  await sql`insert into community.training (id, community_id, module, starts_at, place, led_by, leader_id, leader_name, room)
    values (${training.id}, ${training.community}, ${training.module}, ${training.startsAt}, ${training.place}, ${training.ledBy},
      ${training.leader}, ${training.leaderName}, ${training.room}) on conflict (id) do nothing`.execute(tx)
}

/** False when it is called off already, or not theirs to call off. */
export async function callOff(tx: Tx, community: string, id: string, at: Date, words: string | null): Promise<boolean> {
  const { numAffectedRows } = await sql`update community.training set cancelled_at = ${at}, cancel_words = ${words}
    where community_id = ${community} and id = ${id} and cancelled_at is null`.execute(tx)
  return numAffectedRows === 1n
}

// --- Seats

export interface Seat {
  id: string
  training: string
  nameSeen: boolean
  came: boolean
}

/** The seats of the one who acts in a place. */
export async function mySeats(tx: Tx, person: string): Promise<Seat[]> {
  const { rows } = await sql<Seat>`select id, training_id as training, name_seen as "nameSeen", came
    from community.training_seat where person_id = ${person}`.execute(tx)
  return rows
}

export type Taken = 'taken' | 'there' | 'full' | 'off' | 'over' | 'not'

/** A seat for the one who acts, or (`name`) for somebody off the paper list. */
export async function takeSeat(tx: Tx, training: string, seat: string, name: string | null, at: Date): Promise<Taken> {
  const { rows } = await sql<{ did: Taken }>`
    select community.take_seat(${training}::uuid, ${seat}::uuid, ${name}, ${at}) as did`.execute(tx)
  return rows[0]?.did ?? 'not'
}

export async function leaveSeat(tx: Tx, training: string, seat: { person: string } | { id: string }): Promise<boolean> {
  const whose = 'id' in seat ? sql`id = ${seat.id}` : sql`person_id = ${seat.person}`
  const { numAffectedRows } =
    await sql`delete from community.training_seat where training_id = ${training} and ${whose}`.execute(tx)
  return numAffectedRows === 1n
}

export async function sayCame(
  tx: Tx,
  training: string,
  seat: { person: string } | { id: string },
  came: boolean,
): Promise<boolean> {
  const whose = 'id' in seat ? sql`id = ${seat.id}` : sql`person_id = ${seat.person}`
  const { numAffectedRows } =
    await sql`update community.training_seat set came = ${came} where training_id = ${training} and ${whose}`.execute(
      tx,
    )
  return numAffectedRows === 1n
}

export async function showName(tx: Tx, training: string, person: string, seen: boolean): Promise<boolean> {
  const { numAffectedRows } = await sql`update community.training_seat set name_seen = ${seen}
    where training_id = ${training} and person_id = ${person}`.execute(tx)
  return numAffectedRows === 1n
}

export async function seenBesideMe(tx: Tx, training: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from community.seen_beside_me(${training}::uuid)`.execute(tx)
  return rows.map(({ name }) => name)
}

export interface Listed {
  id: string
  name: string
  came: boolean
  /** Typed off paper. */
  paper: boolean
}

/** The list as the hosts keep it. */
export async function listOf(tx: Tx, training: string): Promise<Listed[]> {
  const { rows } =
    await sql<Listed>`select id, name, came, paper from community.training_list(${training}::uuid)`.execute(tx)
  return rows
}

// --- What one was at, and wishes

/** The modules that the one who acts was at, each once with the first day. */
export async function trainedAt(tx: Tx, person: string): Promise<{ module: Module; on: string }[]> {
  const { rows } = await sql<{ module: Module; on: string }>`
    select t.module, min((t.starts_at at time zone k.time_zone)::date)::text as on
    from community.training_seat s join community.training t on t.id = s.training_id join community.community k on k.id = t.community_id
    where s.person_id = ${person} and s.came and t.cancelled_at is null group by t.module order by t.module`.execute(tx)
  return rows
}

export interface Wishes {
  mine: Module[]
  /** From five on. */
  all: { module: Module; people: number }[]
}

export async function wishesOf(tx: Tx, community: string, person: string | null): Promise<Wishes> {
  const all = await sql<{ module: Module; people: number }>`
    select module, people from community.training_wishes(${community}::uuid) order by people desc, module`.execute(tx)
  if (person === null) return { mine: [], all: all.rows }
  const mine = await sql<{
    module: Module
  }>`select module from community.training_wish where person_id = ${person}`.execute(tx)
  return { mine: mine.rows.map(({ module }) => module), all: all.rows }
}

export async function wish(tx: Tx, community: string, person: string, module: Module, on: string): Promise<void> {
  await sql`insert into community.training_wish (community_id, module, person_id, wished_on)
    values (${community}, ${module}, ${person}, ${on}) on conflict do nothing`.execute(tx)
}

export async function unwish(tx: Tx, community: string, person: string, module: Module): Promise<void> {
  await sql`delete from community.training_wish
    where community_id = ${community} and person_id = ${person} and module = ${module}`.execute(tx)
}

export interface QuarterTrained {
  /** Its first day. */
  quarter: string
  trainings: number
  /** Null under five. */
  came: number | null
}

export async function trainedQuarters(tx: Tx, community: string): Promise<QuarterTrained[]> {
  const { rows } = await sql<QuarterTrained>`
    select quarter::text, trainings, came from community.trained_quarters(${community}::uuid) limit 8`.execute(tx)
  return rows
}
