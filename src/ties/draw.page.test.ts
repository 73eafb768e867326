import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { lookAtBook } from '../book/book.deeds.ts'
import { aBook } from '../book/test-book.ts'
import { browserOf } from '../book/test-browser.ts'
import { visitAs } from '../communities/test-site.ts'
import type { Actor } from '../db/as-actor.ts'
import { makeWorld, type World } from '../test-world.ts'
import { tiePages } from './ties.page.tsx'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})
const marks = 'near:Birthe\tOle\nmiddle:\nfar:<b>Åse</b>'
const both = { marks, me: 'yes', you: 'yes' }

/** The pages as somebody meets them whose book is open on this device. */
async function withBook(actor: Actor) {
  const { device } = await aBook(actor)
  const browser = browserOf(actor, undefined, 'https://oplive.test', tiePages())
  browser.cookies.set('__Host-oplive_book', device)
  return { browser, written: () => written(actor, device) }
}
async function written(actor: Actor, device: string): Promise<string[]> {
  const book = await lookAtBook(actor, device)
  return book.state === 'open' ? book.entries.map((entry) => JSON.stringify(entry)) : [book.state]
}
/** Every word in every table, as the owner of the database sees it. */
async function everywhere(): Promise<string> {
  const tables =
    await world.sql(`select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_schema in ('access', 'community', 'municipal', 'personal', 'pgboss') and table_type = 'BASE TABLE'`)
  const all: string[] = []
  for (const { name } of tables) all.push(JSON.stringify(await world.sql(`select t::text from ${name} t`)))
  return all.join('\n')
}

describe('a drawing of two', () => {
  test('goes nowhere unless both have said yes', async () => {
    const { browser, written } = await withBook(world.karsten)
    const before = await written()
    for (const form of [{ ...both, you: '' }, { ...both, me: '' }, { marks }, { ...both, marks: '' }])
      expect((await browser.post('/circle/draw', form)).status).toBe(400)
    expect(await written()).toEqual(before)
    expect(await everywhere()).not.toContain('Birthe')
  })

  test('stands on the page with a code for the other when there is no open book, and nowhere else', async () => {
    const site = await visitAs(world.house, world.freja, tiePages())
    const page = await site.post('/circle/draw', both)
    expect(page.status).toBe(200)
    expect(page.text).toContain('Du har ingen bog endnu')
    expect(page.text).toContain('Tæt på: Birthe, Ole')
    expect(page.html).toContain('class="qr"')
    expect(page.html).not.toContain('<b>Åse')
    expect(await everywhere()).not.toContain('Birthe')
  })

  test('is sealed in the book of each: of the one who drew, and of the other who scanned, once', async () => {
    const mine = await withBook(world.karsten)
    const before = (await mine.written()).length
    const kept = await mine.browser.post('/circle/draw', both)
    expect(kept.html).toContain('Den står nu i din Min bog')
    expect((await mine.written()).join()).toContain('Birthe, Ole')
    expect(await mine.written()).toHaveLength(before + 1)
    const theirs = await withBook(world.freja)
    const id = randomUUID()
    for (const _ of [1, 2]) {
      const taken = await theirs.browser.post('/circle/draw', { ...both, id, from: 'other' })
      expect(taken.html).not.toContain('class="qr"')
    }
    expect((await theirs.written()).filter((one) => one.includes('Birthe'))).toHaveLength(1)
    expect(await everywhere()).not.toContain('Birthe')
  })

  test('is for those who have a book: not for the municipality, and not for guests', async () => {
    for (const who of [world.amira, world.helle])
      for (const path of ['/circle/draw', '/circle/drawn'])
        expect((await (await visitAs(world.house, who, tiePages())).get(path)).text).toBe('not-found')
    expect((await (await visitAs(world.house, world.guest, tiePages())).get('/circle/draw')).text).toBe(
      'sign-in.needed',
    )
  })

  test('without a script the page is a sheet to print, with nothing to fill in', async () => {
    const page = await (await visitAs(world.house, world.freja, tiePages())).get('/circle/draw')
    expect(page.text).toContain('Skriv siden ud')
    for (const form of page.html.match(/<form[^>]*>/g) ?? []) expect(form).toMatch(/ hidden/)
  })
})
