// What the withdrawal asks the database: votes, what was handed over, check-ins, calls, and the bounds a place has agreed on.
import { sql } from 'kysely'
import { isMunicipal, type Role, type Tx } from '../db/as-actor.ts'
import type { Quarter, Rule } from './criteria.ts'
import type { CheckIn, HowItGoes, ItemKind, Phase, Vote } from './phase.ts'

/** What everybody may know about the place, and what this role may ask for at all; the policies decide on the rows. */
export interface Standing {
  eye: Eye
  rules: Rule[]
  checkIns: CheckInSeen[]
  /** The newest first. */
  quarters: Quarter[]
}

const none = sql`'[]'::jsonb`
const rulesIn = (
  community: string,
) => sql`(select coalesce(jsonb_agg(jsonb_build_object('criterion', criterion, 'underWay', under_way,
  'ready', ready, 'leftOut', left_out)), '[]') from community.withdrawal_rule where community_id = ${community})`
const checkInsIn = (
  community: string,
) => sql`(select coalesce(jsonb_agg(jsonb_build_object('vote', vote_id, 'month', month, 'dueOn', due_on,
  'heldOn', held_on, 'how', how, 'words', words, 'shared', shared) order by due_on, month), '[]')
  from community.check_in where community_id = ${community})`
/** Two years and the quarter they are compared with. */
const quartersIn = (
  community: string,
) => sql`(select coalesce(jsonb_agg(jsonb_build_object('first', quarter, 'measured', measured)
    order by quarter desc), '[]')
  from (select quarter, jsonb_agg(jsonb_build_object('criterion', criterion, 'value', value, 'base', base)) as measured
    from community.withdrawal_quarter where community_id = ${community} group by quarter order by quarter desc limit 9) told)`

/** In one question: what the one who acts is to the place, and what stands about it. */
export async function standingOf(tx: Tx, community: string, role: Role): Promise<Standing> {
  const municipal = isMunicipal({ role })
  const hears = role === 'employee' || role === 'leader'
  const eye =
    role === 'guest'
      ? sql`'{"belongs": false, "hosts": false, "keeps": false, "works": false}'::jsonb`
      : municipal
        ? sql`jsonb_build_object('belongs', false, 'hosts', false, 'keeps', false, 'works', access.works_with(${community}))`
        : sql`jsonb_build_object('belongs', access.belongs(${community}), 'hosts', access.hosts(${community}),
            'keeps', access.keeps(${community}), 'works', false)`
  const lives = !municipal && role !== 'guest'
  const { rows } = await sql<Standing>`select ${eye} as eye, ${rulesIn(community)} as rules,
    ${lives || hears ? checkInsIn(community) : none} as "checkIns", ${lives ? quartersIn(community) : none} as quarters`.execute(
    tx,
  )
  return rows[0] as Standing
}

/** What the one who acts, in this role, is to the place. */
export const eyeOf = async (tx: Tx, community: string, role: Role): Promise<Eye> =>
  (await standingOf(tx, community, role)).eye

export interface Eye {
  belongs: boolean
  hosts: boolean
  keeps: boolean
  /** Works there for the municipality. */
  works: boolean
}

export interface VoteSeen {
  id: string
  from: Phase | 'idea'
  to: Phase
  votedOn: string
  yes: number
  no: number
  blank: number
  farewellOn: string | null
  farewell: string | null
  state: 'typed' | 'adopted' | 'fell'
  /** The one who asks typed it. */
  mine: boolean
}

/** The newest first. */
export async function votesOf(tx: Tx, community: string): Promise<VoteSeen[]> {
  const { rows } =
    await sql<VoteSeen>`select id, from_phase as "from", to_phase as "to", voted_on as "votedOn", yes, no, blank,
      farewell_on as "farewellOn", farewell, state, coalesce(typed_by = access.me(), false) as mine
    from community.phase_vote where community_id = ${community} and state <> 'withdrawn'
    order by state <> 'typed', voted_on desc, typed_at desc`.execute(tx)
  return rows
}

/** False when another vote waits for its confirmation already. */
export async function addVote(
  tx: Tx,
  community: string,
  vote: Vote & { id: string; from: string; account: string; at: Date },
): Promise<boolean> {
  const { numAffectedRows } = await sql`insert into community.phase_vote
      (id, community_id, from_phase, to_phase, voted_on, yes, no, blank, farewell_on, farewell, typed_by, typed_at)
    values (${vote.id}, ${community}, ${vote.from}, ${vote.to}, ${vote.votedOn}, ${vote.yes}, ${vote.no}, ${vote.blank},
      ${vote.farewellOn}, ${vote.farewell}, ${vote.account}, ${vote.at})
    on conflict (community_id) where state = 'typed' do nothing`.execute(tx)
  return numAffectedRows === 1n
}

/** Takes the vote that waits for itself: whoever comes second finds it decided. */
export async function holdVote(tx: Tx, community: string, id: string): Promise<VoteSeen | null> {
  const { rows } =
    await sql<VoteSeen>`select id, from_phase as "from", to_phase as "to", voted_on as "votedOn", yes, no, blank,
      farewell_on as "farewellOn", farewell, state, coalesce(typed_by = access.me(), false) as mine
    from community.phase_vote where community_id = ${community} and id = ${id} and state = 'typed' for update`.execute(
      tx,
    )
  return rows[0] ?? null
}

export async function endVote(
  tx: Tx,
  id: string,
  state: 'adopted' | 'fell' | 'withdrawn',
  by: string | null,
  at: Date,
): Promise<void> {
  await sql`update community.phase_vote set state = ${state}, ended_at = ${at}, confirmed_by = ${by} where id = ${id}`.execute(
    tx,
  )
}

// --- What is handed over

export interface Item {
  id: string
  kind: ItemKind
  what: string
  receivedAt: Date | null
  medium: 'tap' | 'paper' | null
  mine: boolean
}

export async function itemsOf(tx: Tx, community: string): Promise<Item[]> {
  const { rows } =
    await sql<Item>`select id, kind, what, received_at as "receivedAt", medium, coalesce(received_by = access.me(), false) as mine
    from community.passed_on where community_id = ${community} order by received_at is not null, added_at, id`.execute(
      tx,
    )
  return rows
}

export async function addItem(
  tx: Tx,
  community: string,
  item: { id: string; kind: ItemKind; what: string; at: Date },
): Promise<void> {
  await sql`insert into community.passed_on (id, community_id, kind, what, added_at)
    values (${item.id}, ${community}, ${item.kind}, ${item.what}, ${item.at})`.execute(tx)
}

/** `null` gives it back. False when somebody else has ticked it, or it is gone. */
export async function tickItem(
  tx: Tx,
  community: string,
  id: string,
  tick: { at: Date; account: string; medium: 'tap' | 'paper' } | null,
): Promise<boolean> {
  const { numAffectedRows } = await sql`update community.passed_on
    set received_at = ${tick?.at ?? null}, received_by = ${tick?.account ?? null}, medium = ${tick?.medium ?? null}
    where id = ${id} and community_id = ${community} and (received_at is null) = ${tick !== null}`.execute(tx)
  return numAffectedRows === 1n
}

export async function takeItemOff(tx: Tx, community: string, id: string): Promise<boolean> {
  const { numAffectedRows } =
    await sql`delete from community.passed_on where id = ${id} and community_id = ${community}`.execute(tx)
  return numAffectedRows === 1n
}

// --- Check-ins and calls

export interface CheckInSeen {
  vote: string
  month: 6 | 12
  dueOn: string
  heldOn: string | null
  how: HowItGoes | null
  words: string | null
  shared: boolean
}

export async function writeCheckIn(
  tx: Tx,
  community: string,
  which: { vote: string; month: number },
  said: CheckIn & { heldOn: string },
): Promise<boolean> {
  const { numAffectedRows } = await sql`update community.check_in
    set held_on = coalesce(held_on, ${said.heldOn}::date), how = ${said.how}, words = ${said.words}, shared = ${said.shared}
    where community_id = ${community} and vote_id = ${which.vote} and month = ${which.month}`.execute(tx)
  return numAffectedRows === 1n
}

export interface Call {
  id: string
  from: Phase
  calledAt: Date
  words: string | null
  answeredAt: Date | null
  comesOn: string | null
}

export async function callsOf(tx: Tx, community: string): Promise<Call[]> {
  const { rows } =
    await sql<Call>`select id, from_phase as "from", called_at as "calledAt", words, answered_at as "answeredAt",
      comes_on as "comesOn" from community.called_back where community_id = ${community} order by called_at desc`.execute(
      tx,
    )
  return rows
}

/** False when the place has called already, and waits for an answer. */
export async function addCall(
  tx: Tx,
  community: string,
  call: { id: string; from: string; at: Date; account: string; words: string | null },
): Promise<boolean> {
  const { numAffectedRows } =
    await sql`insert into community.called_back (id, community_id, from_phase, called_at, called_by, words)
    values (${call.id}, ${community}, ${call.from}, ${call.at}, ${call.account}, ${call.words})
    on conflict (community_id) where answered_at is null do nothing`.execute(tx)
  return numAffectedRows === 1n
}

export async function answerCall(tx: Tx, community: string, id: string, at: Date, comesOn: string): Promise<boolean> {
  const { numAffectedRows } = await sql`update community.called_back set answered_at = ${at}, comes_on = ${comesOn}
    where id = ${id} and community_id = ${community} and answered_at is null`.execute(tx)
  return numAffectedRows === 1n
}

// --- The bounds

/** The usual bounds leave no row. */
export async function setRule(tx: Tx, community: string, rule: Rule): Promise<void> {
  if (rule.underWay === null && rule.ready === null && !rule.leftOut)
    await sql`delete from community.withdrawal_rule where community_id = ${community} and criterion = ${rule.criterion}`.execute(
      tx,
    )
  else
    await sql`insert into community.withdrawal_rule (community_id, criterion, under_way, ready, left_out)
      values (${community}, ${rule.criterion}, ${rule.underWay}, ${rule.ready}, ${rule.leftOut})
      on conflict (community_id, criterion) do update
        set under_way = excluded.under_way, ready = excluded.ready, left_out = excluded.left_out`.execute(tx)
}
