// T14, the stolen disk: sentences are written into many books, then everything that lies on the machine is taken, searched and tried;
// and people whose devices are lost open their books with the letters they had printed.
import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import pg from 'pg'
import { v7 as uuid } from 'uuid'
import type { Lock, LockKind } from '../../src/book/lock.ts'
import { rotateBookKeys } from '../../src/book/rotation.deeds.ts'
import { beginByPages, browserOf, hiddenOn, lettersOn, type TestBrowser } from '../../src/book/test-browser.ts'
import { wallClock } from '../../src/clock.ts'
import type { Actor, House } from '../../src/db/as-actor.ts'
import { connect, ownLogin } from '../../src/db/connect.ts'
import { startEmbedded } from '../../src/db/embedded.ts'
import { migrate } from '../../src/db/migrate.ts'
import { type BookKey, bookKeyOf } from '../../src/keys/book-key.ts'
import { keyCabinet } from '../../src/keys/key-cabinet.ts'
import { jsonLog } from '../../src/log.ts'
import { type Dice, dice } from '../attack/dice.ts'
import { look, type Piece, type StolenBook, tryKeys } from './thief.ts'

interface Wanted {
  sentences: number
  drills: number
  chance?: Dice
}

export interface StolenDisk {
  /** Sentences that the thief could read, of how many. */
  readable: number
  of: number
  /** People who lost their devices and read all their words with the printed letters, of how many. */
  recovered: number
  drills: number
  /** What was searched, and how many keys were tried. */
  bytes: number
  tried: number
  /** Where a sentence was found, or which drill failed. */
  faults: string[]
}

/** What PostgreSQL's administrator could switch on to see more: every statement, with its values. */
const curious = { log_statement: 'all', log_parameter_max_length: '-1', log_parameter_max_length_on_error: '-1' }

interface Writer {
  actor: Actor
  browser: TestBrowser
  letters: string
  /** What stands in the book in the end. */
  stands: string[]
}

export async function stolenDisk({ sentences, drills, chance = dice(1) }: Wanted): Promise<StolenDisk> {
  const folder = mkdtempSync(join(tmpdir(), 'oplive-stolen-'))
  // PostgreSQL's own user has to pass through.
  chmodSync(folder, 0o755)
  const server = await startEmbedded({ folder, settings: curious })
  const home = dirname(server.dataFolder)
  const keyFolder = join(folder, 'keys')
  const owner = new pg.Pool({ connectionString: server.superuserUrl, max: 2 })
  owner.on('error', () => {})
  try {
    const lines: string[] = []
    const keys = keyCabinet(keyFolder)
    await migrate(server.superuserUrl)
    const url = await ownLogin(server.superuserUrl, keys.houseSecret())
    const { db, cards, end } = await connect(url)
    const house: House = {
      db,
      cards,
      clock: wallClock,
      keys,
      log: jsonLog((line) => void lines.push(line)),
      mail: false,
    }
    const planted = sentencesOf(sentences, chance)
    // One more stands where nothing is locked: the thief must come upon it wherever the database leaves traces.
    const [open = ''] = sentencesOf(1, chance.apart('open')).map((sentence) => `x${sentence}`)
    await owner.query('insert into access.account (id, name) values ($1, $2)', [uuid(), open.slice(0, 80)])

    const people = Math.max(drills, Math.ceil(sentences / 10))
    const writers: Writer[] = []
    for (let nth = 0; nth < people; nth++) {
      const mine = planted.filter((_, index) => index % people === nth)
      writers.push(await keepBook(house, owner, mine, chance))
    }
    const before = await taken(owner, 'before', [server.dataFolder, keyFolder])
    const backup = join(folder, 'backup')
    await owner.query('checkpoint')
    cpSync(server.dataFolder, backup, { recursive: true })
    const oldKeys = keys.bookKeys()
    await rotateBookKeys(house)
    for (const writer of writers) await goOn(writer, chance)
    await owner.query('checkpoint')

    const now = await taken(owner, 'now', [server.dataFolder, keyFolder])
    const config: Piece = { name: 'configuration', bytes: Buffer.from(JSON.stringify({ ...process.env, url })) }
    const log: Piece = { name: 'log', bytes: Buffer.from(lines.join('\n')) }
    const pieces = [...before.pieces, ...now.pieces, ...filesIn(backup), ...filesIn(home), config, log]
    assertSighted(planted)
    const seen = look(pieces, [...planted, open])
    assertThorough(
      [...seen].flatMap(([name, some]) => (some.has(sentences) ? name : [])),
      server.dataFolder,
      backup,
    )
    const found = new Map([...seen].map(([name, some]) => [name, [...some].filter((nth) => nth < sentences)]))

    const allKeys = [...oldKeys, ...keys.bookKeys()]
    const candidates = candidatesIn([...before.values, ...now.values], pieces, keyFolder)
    const thieving = tryKeys([...before.books, ...now.books], allKeys, candidates)
    assertOpens(writers, now.books, allKeys)
    const readable = new Set([...found.values()].flat())
    for (const { text } of thieving.read)
      for (const [index, sentence] of planted.entries()) if (text.includes(sentence)) readable.add(index)

    const faults = [...found].flatMap(([name, some]) =>
      some.length > 0 ? `${some.length} sentences stand in ${name}` : [],
    )
    if (thieving.read.length > 0) faults.push(`${thieving.read.length} boxes were opened with what lay on the disk`)
    let recovered = 0
    for (const [nth, writer] of writers.slice(0, drills).entries()) {
      const missing = await recover(writer, chance)
      if (missing === 0) recovered++
      else faults.push(`drill ${nth + 1}: ${missing} lines did not come back`)
    }
    await end()
    const bytes = pieces.reduce((sum, piece) => sum + piece.bytes.length, 0)
    return { readable: readable.size, of: sentences, recovered, drills, bytes, tried: thieving.tried, faults }
  } finally {
    await owner.end()
    await server.stop()
    for (const path of new Set([folder, home])) rmSync(path, { recursive: true, force: true })
  }
}

const beginnings = [
  'Jeg tør ikke',
  'Det gør ondt, når',
  'Ingen ved, at',
  'En dag vil jeg',
  'Min nabo sagde, at',
  'Jeg håber, at',
]
const middles = ['hallen', 'skolen', 'min søn', 'den gamle vej', 'havnen', 'mødet', 'festen', 'købmanden']

/** Each begins with a word of its own, so that it can be told from every other in whatever form it is found. */
const sentencesOf = (many: number, chance: Dice): string[] =>
  Array.from({ length: many }, (_, nth) => {
    const own = `${chance.below(1_679_616).toString(36).padStart(4, '0')}${nth.toString(36).padStart(3, '0')}`
    const [begins, about] = [beginnings[chance.below(beginnings.length)], middles[chance.below(middles.length)]]
    return `${own}løbe ${begins} … ${about}, og det er ${chance.below(90) + 10} år siden nu.`
  })

// --- Writing

async function keepBook(house: House, owner: pg.Pool, mine: readonly string[], chance: Dice): Promise<Writer> {
  const account = uuid()
  await owner.query('insert into access.account (id, name) values ($1, $2)', [account, 'En beboer'])
  const actor: Actor = { house, role: 'resident', account }
  const browser = browserOf(actor)
  const letters = await beginByPages(browser)
  const writer: Writer = { actor, browser, letters, stands: [] }
  for (const sentence of mine) {
    const kind = chance.below(4)
    const words: Record<string, string>[] = [
      { kind: 'note', text: sentence },
      { kind: 'story', challenge: '', choice: sentence, outcome: '' },
      { kind: 'reminder', text: sentence, 'on-day': '3. maj 2030' },
      { kind: 'name', name: 'Birthe', ask: sentence },
    ]
    await browser.post('/book/write', { to: 'write', id: crypto.randomUUID(), ...words[kind] })
    writer.stands.push(sentence)
  }
  return writer
}

const entriesOn = ({ html }: { html: string }) =>
  [...html.matchAll(/href="(\/book\/e\/[0-9a-f-]{36})"/g)].map(([, at]) => at ?? '')

/** Lines are changed, struck out and brought back, searched and printed; another device comes and goes; some make a new sheet. */
async function goOn(writer: Writer, chance: Dice): Promise<void> {
  const { actor, browser } = writer
  await browser.post('/book/search', { asked: writer.stands[0]?.slice(0, 7) ?? 'x' })
  for (const path of ['/book/print', '/book/export.json']) await browser.get(path)
  const [first, second] = entriesOn(await browser.get('/book'))
  if (first) {
    const struck = await browser.post(`${first}/strike`)
    await browser.post('/book/undo', { struck: hiddenOn(struck, 'struck') })
  }
  if (second) {
    const page = await browser.get(second)
    const kind = hiddenOn(page, 'kind')
    const form = Object.fromEntries(
      [...page.html.matchAll(/<textarea[^>]*name="(\w+)"[^>]*>([^<]*)</g)].map(([, name, text]) => [name, text]),
    )
    const day = kind === 'reminder' ? { 'on-day': '4. maj 2030' } : { name: 'Oksana' }
    await browser.post(second, { kind, seen: hiddenOn(page, 'seen'), ...form, ...day })
  }
  const next = browserOf(actor)
  await next.post('/book/open', { letters: lettersOn(await browser.post('/book/hand-over')) })
  if (chance.happens(0.3)) {
    writer.letters = lettersOn(await browser.post('/book/sheet'))
    await browser.post('/book/try', { letters: writer.letters })
  } else await next.post('/book/close')
}

// --- Taking

interface Taken {
  pieces: Piece[]
  books: StolenBook[]
  /** Every value of every row. */
  values: unknown[]
}

/** A dump of every table, as text and as rows; and the files. */
async function taken(owner: pg.Pool, when: string, folders: readonly string[]): Promise<Taken> {
  const { rows: tables } = await owner.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema')`,
  )
  const pieces: Piece[] = []
  const values: unknown[] = []
  for (const { name } of tables) {
    const { rows } = await owner.query(`select t.*, t::text as as_text from ${name} t`)
    for (const row of rows) values.push(...Object.values(row))
    const bytes = rows.flatMap((row) =>
      Object.values(row).map((value) => (Buffer.isBuffer(value) ? value : Buffer.from(`${value}\n`))),
    )
    pieces.push({ name: `dump ${when} of ${name}`, bytes: Buffer.concat(bytes) })
  }
  const { rows: locks } = await owner.query('select account_id, id, kind, key_id, box from personal.lock')
  const { rows: entries } = await owner.query('select account_id, id, rev, box from personal.entry')
  const books = new Map<string, StolenBook>()
  const of = (account: string) => {
    const book = books.get(account) ?? { account, locks: [], entries: [] }
    books.set(account, book)
    return book
  }
  for (const { account_id, id, kind, key_id, box } of locks)
    of(account_id).locks.push({ id, kind: kind as LockKind, keyId: key_id, box } satisfies Lock)
  for (const { account_id, id, rev, box } of entries) of(account_id).entries.push({ id, rev, box })
  return { pieces: [...pieces, ...folders.flatMap(filesIn)], books: [...books.values()], values }
}

function filesIn(folder: string): Piece[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((one) => one.isFile())
    .flatMap((one) => {
      const name = join(one.parentPath, one.name)
      try {
        return [{ name, bytes: readFileSync(name) }]
      } catch {
        // A file of the running database that was there a moment ago.
        return []
      }
    })
}

/** Everything that could be a key: the key files, every short value of every row, every short line of the configuration. */
function candidatesIn(values: readonly unknown[], pieces: readonly Piece[], keyFolder: string): Buffer[] {
  const all = new Map<string, Buffer>()
  const add = (bytes: Buffer) => {
    if (bytes.length >= 16 && bytes.length <= 64) all.set(bytes.toString('hex'), bytes)
  }
  for (const value of values) {
    if (Buffer.isBuffer(value)) add(value)
    else if (typeof value === 'string') {
      add(Buffer.from(value))
      if (/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(value)) add(Buffer.from(value.replaceAll('-', ''), 'hex'))
    }
  }
  for (const { name, bytes } of pieces) {
    if (name.startsWith(keyFolder) || /password/.test(name)) {
      add(bytes)
      for (let at = 0; at + 32 <= bytes.length; at += 32) add(bytes.subarray(at, at + 32))
    }
    if (name === 'configuration')
      for (const [word] of bytes.toString().matchAll(/[\w+/-]{16,64}/g)) {
        add(Buffer.from(word))
        add(Buffer.from(word, 'base64url'))
      }
  }
  return [...all.values()]
}

// --- The thief is no fool: without these the search would prove nothing

/** Finds a sentence in every form, when it is there. */
function assertSighted(planted: readonly string[]): void {
  const [one = ''] = planted
  const text = Buffer.from(`vi skrev: ${one} og mere.`)
  const forms: Record<string, Buffer> = {
    text,
    'utf-16': Buffer.from(text.toString(), 'utf16le'),
    base64: Buffer.from(text.toString('base64')),
    hex: Buffer.from(text.toString('hex')),
    gzip: Buffer.concat([Buffer.alloc(5, 7), gzipSync(text)]),
  }
  for (const [form, bytes] of Object.entries(forms))
    if (look([{ name: form, bytes }], planted).size !== 1)
      throw new Error(`the thief does not see a sentence as ${form}`)
}

/** Has seen the one open sentence in every kind of thing that was taken. */
function assertThorough(found: readonly string[], dataFolder: string, backup: string): void {
  const kinds = {
    dump: /^dump now/,
    table: new RegExp(`^${dataFolder}/base/`),
    'write-ahead log': new RegExp(`^${dataFolder}/pg_wal/`),
    backup: new RegExp(`^${backup}/base/`),
  }
  for (const [kind, is] of Object.entries(kinds))
    if (!found.some((name) => is.test(name))) throw new Error(`the thief has overlooked the ${kind}`)
}

/** Reads a book, when a device's cookie or a sheet is among what was taken: that is the limit people are told. */
function assertOpens(writers: readonly Writer[], books: readonly StolenBook[], keys: readonly BookKey[]): void {
  const [writer] = writers
  const book = books.find(({ account }) => account === writer?.actor.account)
  if (!writer || !book) throw new Error('nobody has written')
  const cookie = [...writer.browser.cookies.values()].map((value) => Buffer.from(value))
  const sheet = [Buffer.from(writer.letters.replaceAll(' ', ''))]
  const other = [bookKeyOf(Buffer.alloc(32, 1))]
  for (const [what, secrets] of Object.entries({ cookie, sheet })) {
    if (tryKeys([book], keys, secrets).read.length !== book.entries.length)
      throw new Error(`the thief does not open a book with its ${what}`)
    if (tryKeys([book], other, secrets).read.length > 0) throw new Error(`the ${what} alone opens a book`)
  }
}

// --- The drill

/** All devices are lost. The letters are typed from the paper, as people type. Answers how many lines did not come back. */
async function recover(writer: Writer, chance: Dice): Promise<number> {
  const phone = browserOf(writer.actor)
  const { letters } = writer
  const typed = [letters, letters.toLowerCase(), letters.replaceAll(' ', ''), letters.replaceAll(' ', '-')]
  if (chance.happens(0.5)) {
    const at = chance.below(4)
    const slip = letters.slice(0, at) + (letters[at] === 'K' ? 'W' : 'K') + letters.slice(at + 1)
    const told = await phone.post('/book/open', { letters: slip })
    if (told.status !== 400 || !told.html.includes('gruppe 1')) return writer.stands.length
  }
  await phone.post('/book/open', { letters: typed[chance.below(typed.length)] ?? letters })
  const { html, status } = await phone.get('/book/export.json')
  return status === 200 ? writer.stands.filter((sentence) => !html.includes(sentence)).length : writer.stands.length
}
