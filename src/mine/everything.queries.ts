// Finds, tells and forgets what the list of everything names: its entries become SQL here, and nowhere else.
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'
import { type PieceKey, pieceKeys, pieceOf } from './everything.ts'
import type { Piece } from './piece.ts'

/** Whose: everything of an account, or only what is theirs in one community; or of somebody without an account, who is of one community. */
export type Whose = OfAccount | OfPerson
export interface OfAccount {
  account: string
  community: string | null
}
export interface OfPerson {
  person: string
  community: string
}

const accountOf = (whose: Whose): string | null => ('account' in whose ? whose.account : null)

const isOneOf = (whose: Whose): RawBuilder<unknown> =>
  'account' in whose
    ? sql`p.account_id = ${whose.account} and (${whose.community}::uuid is null or p.community_id = ${whose.community})`
    : sql`p.id = ${whose.person} and p.community_id = ${whose.community} and p.account_id is null and p.merged_into is null`

/** One row of somebody's, with the columns that they are told. */
export interface RowFound {
  piece: PieceKey
  /** The community it belongs to. */
  community: string | null
  /** Names the row among theirs, where it can be deleted by itself. */
  row: string | null
  data: Record<string, unknown>
  /** How many of the kind there are in that community. */
  n: number
}

const ref = (name: string): RawBuilder<unknown> => sql.raw(`t.${name}`)
const table = (name: string): RawBuilder<unknown> => sql.raw(name)

/**
 * Who they are, before the question proper: `people`, their persons with the twins that were merged into them; `addresses`, the mail
 * addresses that are theirs alone; `names`, their full names where nobody else in the place has the same.
 */
const who = (whose: Whose): RawBuilder<unknown> => sql`recursive people as (
    select p.id, p.community_id, p.name, p.search, p.mail from community.person p
      where ${isOneOf(whose)}
    union
    select p.id, p.community_id, p.name, p.search, p.mail from community.person p join people o on p.merged_into = o.id
  ), addresses as (
    select a.address from (
        select lower(p.mail) as address from people p where p.mail is not null
        union select m.address from access.mail_address m where m.account_id = ${accountOf(whose)}) a
      where ${whose.community}::uuid is null
        and not exists (select from community.person o where lower(o.mail) = a.address and o.id not in (select id from people))
        and not exists (select from access.mail_address o where o.address = a.address and o.account_id <> ${accountOf(whose)})
  ), names as (
    select distinct p.community_id, lower(p.name) as name from people p
      where p.search like '% %'
        and not exists (select from community.person o where o.community_id = p.community_id and o.search = p.search and o.id not in (select id from people))
  )`

const isTheirs = ({ tie }: Piece, account: string | null): RawBuilder<unknown> => {
  switch (tie.by) {
    case 'account':
      return sql`(${sql.join(
        tie.columns.map((one) => sql`${ref(one)} = ${account}`),
        sql` or `,
      )})`
    case 'person':
      return sql`(${sql.join(
        tie.columns.map((one) => sql`${ref(one)} in (select id from people)`),
        sql` or `,
      )})`
    case 'address':
      return sql`lower(${ref(tie.column)}) in (select address from addresses)`
    case 'either':
      return sql`(${ref(tie.account)} = ${account} or lower(${ref(tie.address)}) in (select address from addresses))`
    case 'name':
      if ('community' in tie)
        return sql`(lower(btrim(${ref(tie.column)})) = any (array(select n.name from names n)) and exists (
          select from names n where n.community_id = ${ref(tie.community)} and n.name = lower(btrim(${ref(tie.column)}))))`
      // First by the names alone, which an index finds; then whether it is in their place.
      return sql`lower(btrim(${ref(tie.column)})) = any (array(select n.name from names n)) and exists (
        select from names n join community.meeting m on m.community_id = n.community_id
        where m.id = ${ref(tie.meeting)} and n.name = lower(btrim(${ref(tie.column)})))${tie.unless === undefined ? sql`` : sql` and ${ref(tie.unless)} is null`}`
    case 'looked':
      return sql`t.id in (select l.look_id from community.looked_at l where l.person_id in (select id from people))`
  }
}

const meetingColumn = (piece: Piece): string =>
  Object.entries(piece.columns).find(([, told]) => told === 'meeting')?.[0] ?? 'meeting_id'

const placeOf = (piece: Piece): RawBuilder<unknown> => {
  switch (piece.place) {
    case 'row':
      return ref('community_id')
    case 'person': {
      const column = piece.tie.by === 'person' ? (piece.tie.columns[0] ?? 'person_id') : 'person_id'
      return sql`(select p.community_id from community.person p where p.id = ${ref(column)})`
    }
    case 'meeting':
      return sql`(select m.community_id from community.meeting m where m.id = ${ref(meetingColumn(piece))})`
    case null:
      return sql`null::uuid`
  }
}

/** What is theirs of this kind, in the one community if one is named. */
const theirs = (piece: Piece, whose: Whose): RawBuilder<unknown> =>
  whose.community === null
    ? isTheirs(piece, accountOf(whose))
    : sql`(${isTheirs(piece, accountOf(whose))}) and ${placeOf(piece)} = ${whose.community}`

/** Of one community's: what is of no place stays out of it; and who has no account has nothing that hangs on one. */
const concerns = ({ room, place, tie }: Piece, whose: Whose): boolean =>
  room !== 'book' && (whose.community === null || place !== null) && ('account' in whose || tie.by !== 'account')

const told = (column: string, as: Piece['columns'][string]): RawBuilder<unknown> => {
  switch (as) {
    case 'meeting':
      return sql`(select jsonb_build_object('purpose', m.purpose, 'place', m.place, 'starts_at', m.starts_at, 'code', m.code)
        from community.meeting m where m.id = ${ref(column)})`
    case 'association':
      return sql`(select a.name from community.association a where a.id = ${ref(column)})`
    case 'neighbour':
      return sql`(select p.name from community.person p where p.id = ${ref(column)})`
    default:
      return ref(column)
  }
}

const dataOf = (piece: Piece): RawBuilder<unknown> => {
  const shown = Object.entries(piece.columns).filter(([, as]) => as !== 'secret' && as !== 'room')
  return sql`jsonb_build_object(${sql.join(
    shown.flatMap(([column, as]) => [
      sql.lit(as === 'meeting' ? 'meeting' : as === 'association' ? 'association' : column),
      told(column, as),
    ]),
  )})`
}

const rowOf = (piece: Piece): RawBuilder<unknown> =>
  piece.single ? sql`${ref(piece.single.row)}::text` : sql`null::text`

/** One question for everything: so it is one picture of one moment, whatever others change meanwhile. */
const everything = (whose: Whose, most: number | null, keys: readonly PieceKey[]): RawBuilder<RowFound> => {
  const parts = keys
    .filter((key) => concerns(pieceOf(key), whose))
    .map((key, at) => {
      const piece = pieceOf(key)
      const order = piece.newest ? sql`${ref(piece.newest)} desc nulls last` : sql`1`
      return sql`select * from (select ${sql.lit(at)}::int as at, ${sql.lit(key)} as piece, ${placeOf(piece)} as community, ${rowOf(piece)} as "row",
        ${dataOf(piece)} as data, count(*) over (partition by ${placeOf(piece)})::int as n,
        row_number() over (partition by ${placeOf(piece)} order by ${order})::int as place
        from ${table(piece.table)} t where ${theirs(piece, whose)}) one where ${most}::int is null or place <= ${most}`
    })
  return sql`with ${who(whose)} select piece, community, "row", data, n from (${sql.join(parts, sql` union all `)}) every
    order by at, place`
}

/** What is theirs, the newest of each kind, so many of each; all of it when no number is given. */
export async function everythingOf(
  tx: Tx,
  whose: Whose,
  most: number | null,
  keys: readonly PieceKey[] = pieceKeys,
): Promise<RowFound[]> {
  const { rows } = await everything(whose, most, keys).execute(tx)
  return rows
}

/** The same, some hundred rows at a time: for a file that may be long. */
export async function* everythingInParts(tx: Tx, whose: Whose): AsyncGenerator<RowFound[]> {
  await sql`declare everything no scroll cursor for ${everything(whose, null, pieceKeys)}`.execute(tx)
  for (;;) {
    const { rows } = await sql<RowFound>`fetch 200 from everything`.execute(tx)
    if (rows.length === 0) return
    yield rows
  }
}

const clearing = (set: Readonly<Record<string, string | null>>): RawBuilder<unknown> =>
  sql.join(Object.entries(set).map(([column, value]) => sql`${sql.ref(column)} = ${value}`))

/** Forgets what is theirs of one kind. Answers how many rows. */
export async function forgetPiece(tx: Tx, key: PieceKey, whose: Whose): Promise<number> {
  const piece = pieceOf(key)
  if (!concerns(piece, whose)) return 0
  const where = theirs(piece, whose)
  const { forget } = piece
  if (forget.by === 'delete') {
    const done = await sql`with ${who(whose)} delete from ${table(piece.table)} t where ${where}`.execute(tx)
    return Number(done.numAffectedRows ?? 0n)
  }
  if (forget.by === 'clear') {
    const done =
      await sql`with ${who(whose)} update ${table(piece.table)} t set ${clearing(forget.set)} where ${where}`.execute(
        tx,
      )
    return Number(done.numAffectedRows ?? 0n)
  }
  return 0
}

/** Forgets one row of theirs. Answers whether it was there. */
export async function forgetRow(tx: Tx, key: PieceKey, row: string, account: string): Promise<boolean> {
  const piece = pieceOf(key)
  if (!piece.single) return false
  const whose = { account, community: null }
  const where = sql`(${theirs(piece, whose)}) and ${rowOf(piece)} = ${row}`
  const { how } = piece.single
  const done =
    how === 'delete'
      ? await sql`with ${who(whose)} delete from ${table(piece.table)} t where ${where}`.execute(tx)
      : await sql`with ${who(whose)} update ${table(piece.table)} t set ${clearing(how.set)} where ${where}`.execute(tx)
  return Number(done.numAffectedRows ?? 0n) > 0
}
