import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Actor, asActor, asSystem } from '../db/as-actor.ts'
import { Refusal } from '../refusal.ts'
import { makeWorld, type World } from '../test-world.ts'
import {
  bringBack,
  changeEntry,
  exportBook,
  forgetBook,
  type LookedAt,
  lookAtBook,
  readEntry,
  strikeEntry,
  takeIntoBook,
  writeEntry,
} from './book.deeds.ts'
import type { Words } from './entry.ts'
import { newDeviceSecret } from './lock.ts'
import { makeSheet } from './opening.deeds.ts'
import { aBook, type TestBook, write } from './test-book.ts'

let world: World
let book: TestBook
beforeAll(async () => {
  world = await makeWorld()
})
beforeEach(async () => {
  world.clock.set('2027-03-14T18:00:00Z')
  book = await aBook(world.karsten)
})

async function open(actor: Actor = world.karsten, device = book.device): Promise<LookedAt> {
  const looked = await lookAtBook(actor, device)
  if (looked.state !== 'open') throw new Error(`the book is ${looked.state}`)
  return looked
}
const texts = async () =>
  (await open()).entries.map((entry) => (entry.kind === 'note' ? entry.text : entry.kind)).sort()
const code = (error: unknown) => (error instanceof Refusal ? error.code : String(error))
const refused = (work: Promise<unknown>) => work.then(() => 'went through', code)

describe('in one’s own book', () => {
  test('a line is written, read, changed and struck out', async () => {
    const id = await book.write('Jeg tør godt bede Poul om nøglen.')
    expect(await texts()).toEqual(['Jeg tør godt bede Poul om nøglen.'])
    world.clock.set('2027-03-16T18:00:00Z')
    expect(
      await changeEntry(world.karsten, book.device, id, 1, { kind: 'note', text: 'Jeg spurgte. Han sagde ja.' }),
    ).toBe('done')
    expect(await readEntry(world.karsten, book.device, id)).toMatchObject({
      text: 'Jeg spurgte. Han sagde ja.',
      rev: 2,
      written: '2027-03-14',
      changed: '2027-03-16',
    })
    await strikeEntry(world.karsten, book.device, id)
    expect(await texts()).toEqual([])
  })

  test('each kind keeps its own words', async () => {
    const all: Words[] = [
      { kind: 'note', text: 'En note' },
      { kind: 'story', challenge: 'Vi mistede skolen', choice: '', outcome: '', where: 'Holmetofte, 2011' },
      { kind: 'reminder', text: 'Ring til Birthe', on: '2027-04-01' },
      { kind: 'name', name: 'Oksana', ask: 'Vil hun bage?' },
    ]
    for (const words of all) await write(world.karsten, book.device, words)
    const kept = (await open()).entries.map(({ id: _id, rev: _rev, written: _w, changed: _c, ...words }) => words)
    expect(kept).toHaveLength(4)
    expect(kept).toEqual(expect.arrayContaining(all))
  })

  test('the same form sent twice is one entry', async () => {
    const id = randomUUID()
    for (const text of ['Først', 'Igen']) await writeEntry(world.karsten, book.device, id, { kind: 'note', text })
    expect(await texts()).toEqual(['Først'])
  })

  test('what was changed on another device since it was shown is not written over', async () => {
    const id = await book.write('Som det var')
    await changeEntry(world.karsten, book.device, id, 1, { kind: 'note', text: 'Rettet på telefonen' })
    const late = await changeEntry(world.karsten, book.device, id, 1, { kind: 'note', text: 'Rettet på computeren' })
    expect(late).toBe('elsewhere')
    expect(await texts()).toEqual(['Rettet på telefonen'])
  })

  test('of eight changes at once one is kept, and seven are told', async () => {
    const id = await book.write('Som det var')
    const done = await Promise.all(
      Array.from({ length: 8 }, (_, nth) =>
        changeEntry(world.karsten, book.device, id, 1, { kind: 'note', text: `Rettelse ${nth}` }),
      ),
    )
    expect(done.filter((one) => one === 'done')).toHaveLength(1)
    expect(await open()).toMatchObject({ whole: true, damaged: 0 })
  })

  test('what was struck out by mistake comes back with its days, and nothing of it lay in the database meanwhile', async () => {
    const id = await book.write('Slettet ved et uheld')
    const gone = await strikeEntry(world.karsten, book.device, id)
    if (gone === 'none' || gone === 'closed') throw new Error(gone)
    expect(await world.sql('select from personal.entry')).toEqual([])
    world.clock.set('2027-03-15T18:00:00Z')
    expect(await bringBack(world.karsten, book.device, gone.struck)).toBe('done')
    expect((await open()).entries).toMatchObject([{ id, text: 'Slettet ved et uheld', written: '2027-03-14' }])
    expect(await bringBack(world.karsten, book.device, gone.struck)).toBe('done')
    expect(await texts()).toHaveLength(1)
  })

  test('any words come out as they went in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4000 }), async (text) => {
        const id = await book.write(text)
        expect(await readEntry(world.karsten, book.device, id)).toMatchObject({ text })
      }),
      { numRuns: Number(process.env.RUNS ?? 15) },
    )
  })

  test('no line is written before the sheet has been tried', async () => {
    await world.sql('delete from personal.book')
    const made = await makeSheet(world.karsten, undefined)
    if (made === 'closed' || !made.device) throw new Error('a new book is open')
    const words = { kind: 'note', text: 'For tidligt' } as const
    expect(await refused(writeEntry(world.karsten, made.device, randomUUID(), words))).toBe('book.sheet-first')
    expect(await takeIntoBook(world.karsten, made.device, { id: randomUUID(), words })).toBe('none')
    expect(await open(world.karsten, made.device)).toMatchObject({ tried: false, entries: [] })
  })
})

describe('what the database shows of it', () => {
  test('no word, no kind and no day stands in a row', async () => {
    await write(world.karsten, book.device, { kind: 'reminder', text: 'Husk kaffen til mødet', on: '2027-05-04' })
    const [row] = await world.sql('select * from personal.entry')
    expect(Object.keys(row ?? {}).sort()).toEqual(['account_id', 'box', 'id', 'rev'])
    const box = row?.box as Buffer
    for (const word of ['Husk', 'kaffen', 'reminder', '2027'])
      for (const way of ['utf8', 'utf16le', 'base64'] as const) expect(box.includes(Buffer.from(word, way))).toBe(false)
  })

  test('a row moved to another person’s book is not read there', async () => {
    await book.write('Karstens ord')
    const freja = await aBook(world.freja)
    await world.sql('update personal.entry set account_id = $1', [world.freja.account])
    expect(await open(world.freja, freja.device)).toMatchObject({ entries: [], damaged: 1, whole: false })
  })

  test('rows that change places are not read, and that is told', async () => {
    const [one, other] = [await book.write('Den ene'), await book.write('Den anden')]
    await world.sql(
      `update personal.entry e set box = o.box from personal.entry o where (e.id, o.id) in (($1, $2), ($2, $1))`,
      [one, other],
    )
    expect(await open()).toMatchObject({ entries: [], damaged: 2, whole: false })
  })

  test('an old revision put back behind its owner’s back is told', async () => {
    const id = await book.write('Først')
    const [before] = await world.sql('select rev, box from personal.entry where id = $1', [id])
    await changeEntry(world.karsten, book.device, id, 1, { kind: 'note', text: 'Siden' })
    expect((await open()).whole).toBe(true)
    await world.sql('update personal.entry set rev = $1, box = $2 where id = $3', [before?.rev, before?.box, id])
    expect(await open()).toMatchObject({ whole: false, damaged: 0 })
  })

  test('a row that is taken away behind its owner’s back is told', async () => {
    await book.write('Bliver')
    const id = await book.write('Forsvinder')
    await world.sql('delete from personal.entry where id = $1', [id])
    expect(await open()).toMatchObject({ whole: false, damaged: 0 })
    expect(await texts()).toEqual(['Bliver'])
  })
})

describe('nobody else', () => {
  const others = () => ({
    'the curious employee': world.amira,
    'the leader': world.helle,
    'the data protection officer': world.nadia,
    'the operator': world.mikkel,
    'a guest': world.guest,
  })
  const neighbours = () => ({ 'another resident': world.stranger, 'a host': world.freja, 'the key holder': world.poul })

  test('a resident who asks for the line of another is answered as for a line that never was', async () => {
    const id = await book.write('Kun min')
    for (const [who, actor] of Object.entries(neighbours())) {
      const own = await aBook(actor)
      for (const device of [own.device, book.device, newDeviceSecret(), undefined]) {
        const [real, never] = [id, randomUUID()].map((asked) =>
          readEntry(actor, device, asked).then((found) => found, code),
        )
        expect(await real, who).toEqual(await never)
        expect(JSON.stringify(await real), who).not.toContain('Kun min')
      }
      expect(await refused(readEntry(actor, own.device, id)), who).toBe('not-found')
      expect(await refused(strikeEntry(actor, own.device, id)), who).toBe('not-found')
      expect(await refused(changeEntry(actor, own.device, id, 1, { kind: 'note', text: 'x' })), who).toBe('not-found')
      expect(await exportBook(actor, own.device), who).toEqual([])
      expect(await lookAtBook(actor, book.device), who).toEqual({ state: 'closed' })
    }
    expect(await texts()).toEqual(['Kun min'])
  })

  test('who works for the municipality finds nothing, and has no book here: the same as where there is no page', async () => {
    const id = await book.write('Ikke for kommunen')
    for (const [who, actor] of Object.entries(others())) {
      const answer = who === 'a guest' ? 'sign-in.needed' : 'not-found'
      for (const device of [book.device, undefined]) {
        expect(await refused(readEntry(actor, device, id)), who).toBe(answer)
        expect(await refused(lookAtBook(actor, device)), who).toBe(answer)
        expect(await refused(exportBook(actor, device)), who).toBe(answer)
        expect(await refused(makeSheet(actor, device)), who).toBe(answer)
      }
    }
  })

  test.each(['book', 'lock', 'entry', 'wrong_try'] as const)(
    'staff cannot read Min bog: personal.%s opens for nobody but its owner, also past the pages',
    async (table) => {
      await book.write('Ikke for kommunen')
      for (const [who, actor] of Object.entries(others()))
        await expect(
          asActor(actor, (tx) => tx.selectFrom(`personal.${table}`).selectAll().execute()),
          who,
        ).rejects.toMatchObject({ code: '42501' })
      for (const [who, actor] of Object.entries(neighbours())) {
        await asSystem(world.house, 'begin with nothing', (tx) => forgetBook(tx, actor.account ?? ''))
        expect(await asActor(actor, (tx) => tx.selectFrom(`personal.${table}`).selectAll().execute()), who).toEqual([])
      }
    },
  )

  test('a neighbour changes nothing of it, and puts nothing into it', async () => {
    const id = await book.write('Kun min')
    await asActor(world.freja, async (tx) => {
      await tx.updateTable('personal.entry').set({ rev: 9 }).execute()
      await tx.deleteFrom('personal.entry').execute()
      await tx.deleteFrom('personal.book').execute()
    })
    await expect(
      asActor(world.freja, (tx) =>
        tx
          .insertInto('personal.entry')
          .values({ account_id: world.karsten.account ?? '', id: randomUUID(), rev: 1, box: Buffer.alloc(40) })
          .execute(),
      ),
    ).rejects.toMatchObject({ code: '42501' })
    expect(await readEntry(world.karsten, book.device, id)).toMatchObject({ rev: 1, text: 'Kun min' })
  })

  test('the program itself may forget a book, and may not read a box of it', async () => {
    await book.write('Ikke for programmet')
    await expect(
      asSystem(world.house, 'try to read', (tx) => tx.selectFrom('personal.entry').select('box').execute()),
    ).rejects.toMatchObject({ code: '42501' })
  })
})

describe('other rooms', () => {
  test('get everything for the owner’s export while the book is open there, and »closed« where it is not', async () => {
    await book.write('Til eksport')
    expect(await exportBook(world.karsten, book.device)).toMatchObject([{ kind: 'note', text: 'Til eksport' }])
    expect(await exportBook(world.karsten, undefined)).toBe('closed')
    await asSystem(world.house, 'begin with nothing', (tx) => forgetBook(tx, world.freja.account ?? ''))
    expect(await exportBook(world.freja, undefined)).toEqual([])
  })

  test('take a guest’s own words in once, however often they are sent', async () => {
    const entry = { id: randomUUID(), words: { kind: 'note', text: 'Sagt til mødet' } } as const
    expect(await takeIntoBook(world.karsten, book.device, entry)).toBe('taken')
    expect(await takeIntoBook(world.karsten, book.device, entry)).toBe('taken')
    expect(await takeIntoBook(world.karsten, newDeviceSecret(), entry)).toBe('closed')
    expect(await texts()).toEqual(['Sagt til mødet'])
  })

  test('whoever is forgotten leaves nothing in any table of the room', async () => {
    await book.write('Væk')
    await world.sql('insert into personal.wrong_try values ($1, $2, 2)', [world.karsten.account, '2027-03-13'])
    await asSystem(world.house, 'forget', (tx) => forgetBook(tx, world.karsten.account ?? ''))
    for (const table of ['book', 'lock', 'entry', 'wrong_try'])
      expect(
        await world.sql(`select from personal.${table} where account_id = $1`, [world.karsten.account]),
        table,
      ).toEqual([])
  })

  test('an account that is deleted takes its book with it', async () => {
    const id = randomUUID()
    await world.sql(`insert into access.account (id, name) values ($1, 'Ida')`, [id])
    const ida: Actor = { house: world.house, role: 'resident', account: id }
    await (await aBook(ida)).write('Væk')
    await world.sql('delete from access.account where id = $1', [id])
    expect(await world.sql('select from personal.entry where account_id = $1', [id])).toEqual([])
    expect(await world.sql('select from personal.lock where account_id = $1', [id])).toEqual([])
  })
})
