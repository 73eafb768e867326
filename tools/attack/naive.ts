// The control: a meeting whose cards are kept the way a program keeps rows that nobody has thought about. Every method must read it.
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { type CardAnswers, encodeAnswers, fieldOf, questions } from '../../src/meetings/exit-card.ts'
import { issueToken, readToken, tagOf } from '../../src/meetings/phone-token.ts'
import { seal } from '../../src/meetings/seal.ts'
import type { Dice } from './dice.ts'
import type { AttackedHouse } from './house.ts'
import { type Resident, residentsOf } from './residents.ts'
import { allCards, nameOf } from './said.ts'
import {
  type Administrator,
  asKeys,
  type Batch,
  countedBetween,
  keyFiles,
  type Moment,
  type Person,
  type Seals,
} from './traces.ts'

/** Nothing here is how Oplive keeps a card: each table invites one kind of linking. */
const tables = `
  create schema naive;
  create table naive.card (id uuid primary key default uuidv7(), meeting_id uuid, inf int, able int, cour int, tag bytea, created_at timestamptz default now());
  create table naive.sealed (meeting_id uuid, purpose text, tag bytea, alike bytea, longer bytea, box bytea);
  create table naive.live_count (meeting_id uuid, question text, answer int, n int, primary key (meeting_id, question, answer));
  create table naive.receipt (meeting_id uuid, tag bytea);
  create table naive.job (id bigserial primary key, created_on timestamptz default clock_timestamp(), data jsonb);
  create table naive.promise (id uuid primary key default uuidv7(), meeting_id uuid, text text);`

/** Sealed without chance, sealed to a length that tells, and sealed well but with the key left lying. */
function naiveSeals(publicKey: Buffer): Seals & Record<'alike' | 'longer' | 'box', Seals[string]> {
  const place = (plain: Uint8Array) => (plain[0] ?? 0) * 36 + (plain[1] ?? 0) * 6 + (plain[2] ?? 0)
  return {
    alike: (plains) => plains.map((plain) => createHash('sha512').update(publicKey).update(plain).digest()),
    longer: (plains) => plains.map((plain) => randomBytes(100 + place(plain))),
    box: (plains, tag) =>
      seal(
        publicKey,
        plains.map((plain) => ({ tag, plain })),
      ),
  }
}

const hex = (bytes: Buffer | undefined) => `\\x${(bytes ?? Buffer.alloc(0)).toString('hex')}`

/** Holds the control meeting and gives the same traces as an evening does. Some correct their cards. */
export async function holdNaively(
  attacked: Pick<AttackedHouse, 'sql' | 'house' | 'keyFolder'>,
  lookers: () => Promise<Administrator>,
  people: number,
  dice: Dice,
): Promise<{ batch: Batch; truth: readonly Resident[] }> {
  const { sql, house } = attacked
  await sql(tables)
  const administrator = await lookers()
  const meeting = randomUUID()
  const secrets = house.keys.makePhones(meeting)
  const publicKey = house.keys.makeRound(meeting, 1).shares
  const seals = naiveSeals(publicKey)
  const truth: Resident[] = residentsOf(dice, people, false)
    .slice(0, people)
    .map((one) => ({
      ...one,
      next: { kind: 'words', text: `Jeg kommer igen, ${randomUUID()}` },
    }))
  const lines: string[] = []
  const persons: Person[] = []
  const during: Moment[] = [await administrator.backup(meeting)]

  // While the card is open: a box for each phone, and bars that move.
  for (const { id, answers } of truth) {
    const [token, nextToken] = [0, 1].map(() => readToken(secrets, issueToken(secrets)))
    if (!token || !nextToken) throw new Error('a token that was just issued can be read')
    persons.push({
      id,
      at: performance.now(),
      token,
      nextToken,
      pile: null,
      response: `first 303 /m/thanks?said=${nameOf(answers)}`,
    })
    const tag = tagOf(secrets, 'shares', token)
    const [alike, longer, box] = [seals.alike, seals.longer, seals.box].map(
      (sealing) => sealing([encodeAnswers(answers)], tag)[0],
    )
    await sql('insert into naive.sealed values ($1, $2, $3, $4, $5, $6)', [
      meeting,
      'shares',
      hex(tag),
      hex(alike),
      hex(longer),
      hex(box),
    ])
    await sql('insert into naive.sealed values ($1, $2, $3)', [meeting, 'next', hex(tagOf(secrets, 'next', nextToken))])
    for (const question of questions)
      await sql(
        `insert into naive.live_count as c values ($1, $2, $3, 1) on conflict (meeting_id, question, answer) do update set n = c.n + 1`,
        [meeting, question, answers[question]],
      )
    during.push(await administrator.backup(meeting))
    lines.push(JSON.stringify({ time: Date.now(), event: 'card.kept', ...asRow(answers) }))
  }
  const before = await administrator.backup(meeting)

  // A row for each card, in the order in which they came; some are corrected.
  for (const { id, answers, first, next } of truth) {
    const token = persons[id]?.token
    const tag = hex(token ? tagOf(secrets, 'shares', token) : undefined)
    const { inf, able, cour } = asRow(first ?? answers)
    const [row] = await sql<{ id: string }>(
      'insert into naive.card (meeting_id, inf, able, cour, tag) values ($1, $2, $3, $4, $5) returning id',
      [meeting, inf, able, cour, tag],
    )
    const now = asRow(answers)
    if (first)
      await sql('update naive.card set inf = $2, able = $3, cour = $4 where id = $1', [
        row?.id,
        now.inf,
        now.able,
        now.cour,
      ])
    await sql('insert into naive.receipt values ($1, $2)', [meeting, tag])
    await sql('insert into naive.job (data) values ($1)', [{ meeting, card: now }])
    if (next?.kind === 'words')
      await sql('insert into naive.promise (meeting_id, text) values ($1, $2)', [meeting, next.text])
  }
  const after = await administrator.backup(meeting, true)
  const keysLeft = asKeys(keyFiles(attacked.keyFolder, meeting))
  house.keys.destroyRound(meeting, 1)
  house.keys.destroyPhones(meeting)
  const counts = countedBetween(during[0] ?? before, after)
  const tried = allCards.map((card) => ({
    answers: nameOf(card),
    response: `first 303 /m/thanks?said=${nameOf(card)}`,
  }))
  const batch = {
    meeting,
    people: persons,
    during,
    before,
    after,
    counts,
    keysLeft,
    secrets,
    seals,
    changes: [],
    wal: [],
    files: [],
    lines,
    tried,
  }
  return { batch, truth }
}

const asRow = (card: CardAnswers) =>
  Object.fromEntries(questions.map((question) => [fieldOf[question], card[question]])) as Record<
    'inf' | 'able' | 'cour',
    number
  >
