import { beforeAll, describe, expect, test } from 'vitest'
import { visitAs } from '../communities/test-site.ts'
import { type Actor, asActor } from '../db/as-actor.ts'
import { makeWorld, type World } from '../test-world.ts'
import { mailAsked, mailsAnHour } from './asked.deeds.ts'
import { unpressed } from './look-through.ts'
import { movingInPages } from './moving-in.page.tsx'
import { forgetUnanswered, takeIn } from './take-in.deeds.ts'
import { aWorkbook } from './test-workbook.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})
const as = (actor: Actor) => visitAs(world.house, actor, movingInPages(world.later))
const here = '/c/holmetofte/moving-in'
const ground = { source: 'Medlemmerne i Holmetofte IF', saidBy: 'Bestyrelsen', basis: 'members', how: 'mail' }
const idIn = (location: string | null) => String(location?.split('/').at(-1))
const bring = async (content: string | Uint8Array<ArrayBuffer>): Promise<string> => {
  const sent = await (await as(world.poul)).upload(here, content)
  expect(sent.status).toBe(303)
  return idIn(sent.location)
}
/** The list is brought, confirmed, and gone through. */
const askAll = async (content: string, more: Record<string, string> = {}): Promise<string> => {
  const id = await bring(content)
  expect((await (await as(world.poul)).post(`${here}/${id}/confirm`, { ...ground, ...more })).status).toBe(303)
  expect(world.later.ordered.at(-1)).toMatchObject({ name: 'moving-in', data: { id } })
  await takeIn(world.house, id)
  return id
}
const asked = async (name: string) =>
  (await world.sql('select * from community.asked_person where name = $1', [name]))[0]
const person = async (name: string) => (await world.sql('select * from community.person where name = $1', [name]))[0]
const letterTo = async (mail: string) => {
  const [letter] = await world.sql('select * from community.letter where address = $1', [mail])
  const body = String(letter?.body)
  return {
    body,
    subject: String(letter?.subject),
    path: /\/asked\/[\w-]{22}/.exec(body)?.[0] ?? '',
    digits: /\d{3} \d{3}/.exec(body)?.[0] ?? '',
  }
}

describe('a list is looked through before anybody is asked', () => {
  test('the page says how many would be asked, who is there already, and which rows fail why', async () => {
    const id = await bring(
      'Navn;E-mail;Mobil;CPR;Fødselsdato\nSet Efter;set@x.dk;;010203-1234;\nKarsten;;;;\nSet Efter;SET@x.dk;;;\n;a@x.dk;;;\nBarn;;;;01-01-2020\nSkæv;ikke en mail;;;\n',
    )
    const page = await (await as(world.poul)).get(`${here}/${id}`)
    expect(page.text).toContain('Bliver spurgt 1')
    expect(page.text).toMatch(/Er med her i forvejen 1 3/)
    expect(page.text).toMatch(/Står to gange på listen 1 4/)
    expect(page.text).toMatch(/Der er intet navn 1 5/)
    expect(page.text).toMatch(/Er under 15 år 1 6/)
    expect(page.text).toMatch(/Der stod et CPR-nummer i 1 række .*række 2/)
    expect(await asked('Set Efter')).toBeUndefined()
    const file = await (await as(world.poul)).get(`${here}/${id}/failed.csv`)
    expect(file.html).toContain('7;Mailadressen er ikke rigtig;Skæv;ikke en mail')
    expect(file.html).not.toContain('1234')
  })

  test('no number of the state lies anywhere in the database, pressed or not', async () => {
    const files = await world.sql('select rows from community.moving_file')
    const tables = await Promise.all(files.map(({ rows }) => unpressed(rows as Buffer)))
    expect(JSON.stringify(tables)).toContain('Set Efter')
    expect(JSON.stringify(tables)).not.toContain('010203')
    expect(JSON.stringify(await world.sql('select seen from community.moving_in'))).not.toContain('Set Efter')
  })

  test('a formula in a cell is text, and in our own file it calculates nothing', async () => {
    const id = await bring('Navn;E-mail\n"=HYPERLINK(""http://x"";""y"")";@x\n')
    const file = await (await as(world.poul)).get(`${here}/${id}/failed.csv`)
    expect(file.html).toContain(`'=HYPERLINK`)
    expect(file.html).toContain(`'@x`)
  })

  test('a spreadsheet whose headings nobody knows is read when its columns are told', async () => {
    const id = await bring(
      new Uint8Array(
        aWorkbook([
          ['Hvem', 'Ring til'],
          ['Ukendt Hoved', 20102030],
        ]),
      ),
    )
    const poul = await as(world.poul)
    expect((await poul.get(`${here}/${id}`)).text).toContain('Vi kan ikke se, hvor navnene står')
    await poul.post(`${here}/${id}/map`, { 'column-0': 'name', 'column-1': 'telephone' })
    expect((await poul.get(`${here}/${id}`)).text).toContain('Bliver spurgt 1')
  })

  test('nobody is asked before it is said where they come from, who has said they may be, and how; what was typed stays', async () => {
    const id = await bring('Navn\nUden Grund\n')
    const page = await (await as(world.poul)).post(`${here}/${id}/confirm`, { source: 'Strikkecaféen', saidBy: '' })
    expect(page.status).toBe(400)
    expect(page.html).toContain('Strikkecaféen')
    for (const field of ['saidBy', 'basis', 'how']) expect(page.html).toContain(`<a href="#${field}"`)
    await takeIn(world.house, id)
    expect(await asked('Uden Grund')).toBeUndefined()
  })

  test('what is no list comes back with what to do about it', async () => {
    const poul = await as(world.poul)
    for (const content of ['', 'Navn\n', '%PDF-1.4', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0])]) {
      const page = await poul.upload(here, content)
      expect(page.status).toBe(400)
      expect(page.html).toContain('<a href="#file"')
    }
    expect((await poul.upload(here, 'a'.repeat(10_000_001))).status).toBe(413)
    expect((await poul.post(here, { file: 'no file' })).status).toBe(400)
  })

  test('a list that is only looked at is forgotten after a day, and never fills the disk', async () => {
    for (let n = 0; n < 6; n++) await bring(`Navn\nFyld ${n}\n`)
    const looked = () => world.sql(`select from community.moving_in where state = 'looked'`)
    expect((await looked()).length).toBeLessThanOrEqual(4)
    world.clock.forward(25)
    await forgetUnanswered(world.house)
    expect(await looked()).toEqual([])
  })
})

describe('who stands on a list is only asked', () => {
  test('they are no person, and are one by their own yes, with the digits of their mail', async () => {
    await askAll('Navn;E-mail;Mobil\nÅse Ja;aase.ja@x.dk;20 10 20 30\n')
    expect(await person('Åse Ja')).toBeUndefined()
    expect(await mailAsked(world.house, 'http://oplive.test')).toBe(1)
    const letter = await letterTo('aase.ja@x.dk')
    expect(letter.subject).toContain('Poul spørger')
    for (const said of [ground.source, ground.saidBy, letter.path, '60 dage']) expect(letter.body).toContain(said)
    const guest = await as(world.guest)
    const page = await guest.get(letter.path)
    expect(page.text).toContain('Poul spørger dig')
    expect(page.text).toContain(ground.source)
    const said = { name: 'Åse Ja', wish: 'mail', of15: 'yes' }
    const pressed = await guest.post(`${letter.path}/yes`, { ...said, digits: '000 000' })
    expect(pressed.status).toBe(400)
    expect(await person('Åse Ja')).toBeUndefined()
    expect((await guest.post(`${letter.path}/yes`, { ...said, of15: '', digits: letter.digits })).status).toBe(400)
    const yes = await guest.post(`${letter.path}/yes`, { ...said, digits: letter.digits })
    expect(yes.location).toBe('/c/holmetofte/me?told=new')
    expect(yes.cookie).toContain('oplive')
    expect(await person('Åse Ja')).toMatchObject({ exists_by: 'said_yes', contact_wish: 'mail', known_on: null })
    expect(await asked('Åse Ja')).toBeUndefined()
    expect((await guest.get(letter.path)).html).toBe('asked.gone')
  })

  test('a no is one tap, and nothing of them is left', async () => {
    await askAll('Navn;E-mail\nNej Tak;nej.tak@x.dk\n')
    await mailAsked(world.house, 'http://oplive.test')
    const { path } = await letterTo('nej.tak@x.dk')
    const guest = await as(world.guest)
    expect((await guest.get(`${path}/no`)).status).toBe(200)
    expect(await asked('Nej Tak')).toBeDefined()
    expect((await guest.post(`${path}/no`, {})).location).toBe('/asked/forgotten')
    expect(await asked('Nej Tak')).toBeUndefined()
    expect((await guest.post(`${path}/no`, {})).html).toBe('asked.gone')
  })

  test('who has no address gets a letter with a code to type; an older letter is void', async () => {
    await askAll('Navn;Adresse\nBirthe Brev;Bakken 2\n')
    const poul = await as(world.poul)
    const codeIn = (html: string) =>
      /([2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{5})/.exec(html.replace(/<[^>]*>/g, ''))?.[1] ?? ''
    const first = codeIn((await poul.post('/c/holmetofte/asked/letters', {})).html)
    const second = codeIn((await poul.post('/c/holmetofte/asked/letters', { again: 'yes' })).html)
    expect(first).not.toBe(second)
    const guest = await as(world.guest)
    expect((await guest.post('/asked', { code: first })).html).toBe('code.unknown')
    expect((await guest.post('/asked', { code: 'for kort' })).status).toBe(400)
    const { location } = await guest.post('/asked', { code: second.toLowerCase() })
    const yes = await guest.post(`${location}/yes`, { name: 'Birthe Brev', of15: 'yes' })
    expect(yes.status).toBe(303)
    expect(await person('Birthe Brev')).toMatchObject({ contact_wish: 'none' })
  })

  test('a key holder writes down who says yes aloud, and forgets who says no', async () => {
    await askAll('Navn;Mobil\nEgon Højt;20102030\nGerda Nej;20102031\n')
    const poul = await as(world.poul)
    const path = async (name: string) => `/c/holmetofte/asked/${String((await asked(name))?.id)}`
    expect((await poul.post(await path('Egon Højt'), { said: 'voice' })).location).toContain('/people/')
    await poul.post(await path('Gerda Nej'), { said: 'no' })
    expect(await person('Egon Højt')).toMatchObject({ medium: 'voice', account_id: null })
    expect(await person('Gerda Nej')).toBeUndefined()
    expect(await asked('Gerda Nej')).toBeUndefined()
  })

  test('who has said nothing in sixty days is forgotten; on the sixtieth day not yet', async () => {
    await askAll('Navn\nTavs Mand\n')
    world.clock.forward(60 * 24)
    await forgetUnanswered(world.house)
    expect(await asked('Tavs Mand')).toBeDefined()
    world.clock.forward(24)
    await forgetUnanswered(world.house)
    expect(await asked('Tavs Mand')).toBeUndefined()
  })

  test('a list is taken back for thirty days: who has said nothing is forgotten, who has said yes stays', async () => {
    const id = await askAll('Navn\nFortrudt En\nSagt Ja\n')
    const poul = await as(world.poul)
    await poul.post(`/c/holmetofte/asked/${String((await asked('Sagt Ja'))?.id)}`, { said: 'paper' })
    expect((await poul.post(`${here}/${id}/undo`, {})).status).toBe(303)
    expect(await asked('Fortrudt En')).toBeUndefined()
    expect(await person('Sagt Ja')).toBeDefined()
    const late = await askAll('Navn\nFor Sent\n')
    world.clock.forward(31 * 24)
    expect((await (await as(world.poul)).post(`${here}/${late}/undo`, {})).html).toBe('moving.over')
  })

  test('mails leave slowly, however many lists and programs there are', async () => {
    await askAll(`Navn;E-mail\n${Array.from({ length: 90 }, (_, n) => `Post ${n};post${n}@x.dk`).join('\n')}\n`)
    let sent = 0
    for (let n = 0; n < 12; n++)
      sent += (await Promise.all([1, 2].map(() => mailAsked(world.house, 'http://x')))).reduce((a, b) => a + b)
    expect(sent).toBe(mailsAnHour)
    world.clock.forward(1.1)
    expect(await mailAsked(world.house, 'http://x')).toBe(10)
  })

  test('work that is done twice, or goes on after a fall, asks each once', async () => {
    const list = `Navn\n${Array.from({ length: 1201 }, (_, n) => `Mange Nr. ${n}`).join('\n')}\n`
    const id = await bring(list)
    await (await as(world.poul)).post(`${here}/${id}/confirm`, { ...ground, how: 'paper' })
    await Promise.all([takeIn(world.house, id), takeIn(world.house, id)])
    await takeIn(world.house, id)
    expect(await world.sql('select asked, state from community.moving_in where id = $1', [id])).toEqual([
      { asked: 1201, state: 'done' },
    ])
    expect(
      await world.sql('select count(*)::integer as n from community.asked_person where moving_in_id = $1', [id]),
    ).toEqual([{ n: 1201 }])
  })
})

describe('nobody else', () => {
  test('brings a list or sees who was asked: not the municipality, not a host, not a key holder of elsewhere', async () => {
    const id = await askAll('Navn\nSkjult Navn\n')
    const asks = [here, `${here}/${id}`, `${here}/${id}/failed.csv`, '/c/holmetofte/asked']
    for (const actor of [world.amira, world.helle, world.freja, world.karsten, world.stranger, world.guest]) {
      const other = await as(actor)
      for (const path of asks) expect((await other.get(path)).html).toBe('not-found')
      expect((await other.upload(here, 'Navn\nX\n')).html).toBe('not-found')
      expect((await other.post(`${here}/${id}/undo`, {})).html).toBe('not-found')
    }
    expect(await asked('Skjult Navn')).toBeDefined()
  })

  test('reads a code or the rows of a file, not even a key holder by SQL', async () => {
    const tries = ['select link_hash from community.asked_person', 'select rows from community.moving_file']
    for (const text of tries)
      await expect(
        asActor(world.poul, async (tx) => {
          const { sql } = await import('kysely')
          return sql.raw(text).execute(tx)
        }),
      ).rejects.toThrow('permission denied')
  })
})
