// Two installations in one process: the page of the old one and the page of the new one, from the first yes to the letting go.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Hono } from 'hono'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { makeLink, signIn } from '../access/sign-in.deeds.ts'
import { sessionCookie, type Visited } from '../access/visit.ts'
import { watchGuessing } from '../meetings/guessing.ts'
import { openHall } from '../meetings/hall.ts'
import { association, neighbour } from '../rooms/test-room.ts'
import { makeSite } from '../site.tsx'
import { makeWorld, type World } from '../test-world.ts'
import { bundleCommands } from './bundle.command.ts'
import da from './da.json' with { type: 'json' }

let a: World
let b: World
let old: Hono<Visited>
let new_: Hono<Visited>
const folders: string[] = []
const cookies = new Map<string, string>()
let ruth = ''
let else_ = ''
let bundle = Buffer.alloc(0)
let receipt = ''
const passphrase = 'vi bor ved vandet i syv huse'

const siteOf = (world: World, origin: string): Hono<Visited> => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'oplive-move-'))
  folders.push(dataFolder)
  return makeSite({
    house: world.house,
    hall: openHall(world.house),
    later: world.later,
    guessing: watchGuessing(Buffer.alloc(32), 1),
    where: { origin, onNetwork: null },
    development: false,
    built: '.',
    installation: {
      dataFolder,
      backupFolder: dataFolder,
      version: '1',
      origin,
      staff: () => 'demo',
      began: world.clock.now(),
    },
  })
}

beforeAll(async () => {
  a = await makeWorld()
  b = await makeWorld()
  await b.sql('delete from community.community where id = $1', [b.holmetofte])
  old = siteOf(a, 'http://old.example')
  new_ = siteOf(b, 'http://new.example')
  ruth = (await neighbour(a, 'Ruth', 'keyholder')).account
  else_ = (await neighbour(a, 'Else', 'keyholder')).account
  for (const account of [String(a.poul.account), ruth, else_, String(a.karsten.account)])
    cookies.set(account, `${sessionCookie}=${await signIn(a.house, await makeLink(a.house, account))}`)
  const mikkel = String(b.mikkel.account)
  cookies.set(mikkel, `${sessionCookie}=${await signIn(b.house, await makeLink(b.house, mikkel))}`)
  return () => {
    for (const folder of folders) rmSync(folder, { recursive: true })
  }
})

const send = (site: Hono<Visited>, who: string | null, path: string, body?: BodyInit) =>
  site.request(path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { cookie: cookies.get(who ?? '') ?? '' },
    ...(body === undefined ? {} : { body }),
  })
const seeOld = async (who: string) => (await send(old, who, '/c/holmetofte/move')).text()
const form = (said: Record<string, string>) => new URLSearchParams(said)
const idNow = async () => String((await a.sql('select id from community.move where ended_at is null'))[0]?.id)
const sendOld = async (who: string, deed: string, said: Record<string, string> = {}) =>
  send(old, who, `/c/holmetofte/move${deed && `/${await idNow()}/${deed}`}`, form(said))
const poul = () => String(a.poul.account)
const mikkel = () => String(b.mikkel.account)

const uploadOf = (bytes: Uint8Array, said = passphrase) => {
  const all = new FormData()
  all.set('passphrase', said)
  all.set('file', new File([bytes as Uint8Array<ArrayBuffer>], 'by.tar.age'))
  return all
}

describe('two who hold a key take the community home', () => {
  test('not while the municipality has the responsibility, and nobody but them', async () => {
    expect(await seeOld(poul())).toContain(da.move.interim)
    const answer = await sendOld(poul(), '')
    expect(answer.status).toBe(409)
    expect(await answer.text()).toContain('Kommunen har endnu ansvaret')
    const club = await association(a, 'Holmetofte Borgerforening')
    await a.sql('delete from community.controller where community_id = $1', [a.holmetofte])
    await a.sql(`insert into community.controller values ($1, 'association', $2, '2026-06-06')`, [a.holmetofte, club])
    expect((await sendOld(String(a.karsten.account), '')).status).toBe(403)
    expect((await send(old, null, '/c/holmetofte/move')).status).toBe(401)
    expect(await seeOld(String(a.karsten.account))).toContain(da.move.nothing)
  })

  test('not somebody of the municipality, also where they live here', async () => {
    const amira = String(a.amira.account)
    await a.sql(
      `insert into community.person (id, community_id, account_id, name, exists_by, medium, joined_on, active_on)
       values (gen_random_uuid(), $1, $2, 'Amira', 'said_yes', 'tap', '2026-01-01', '2026-01-01')`,
      [a.holmetofte, amira],
    )
    cookies.set(amira, `${sessionCookie}=${await signIn(a.house, await makeLink(a.house, amira))}`)
    expect((await send(old, amira, '/c/holmetofte/keys')).status).toBe(403)
    expect((await send(old, amira, '/c/holmetofte/move')).status).toBe(403)
    expect((await sendOld(amira, '')).status).toBe(403)
  })

  test('one asks; without a second yes there is no file, and the one who asked is no second', async () => {
    expect((await sendOld(poul(), '')).status).toBe(303)
    expect(await seeOld(poul())).toContain(da.move.askedYou)
    expect((await sendOld(poul(), 'file', { passphrase })).status).toBe(410)
    expect((await sendOld(poul(), 'yes')).status).toBe(409)
    expect((await sendOld(String(a.karsten.account), 'yes')).status).toBe(403)
    expect((await sendOld(ruth, '')).status).toBe(409)
    expect(await seeOld(ruth)).toContain('Poul har bedt om at flytte byen')
    expect(await (await send(old, String(a.karsten.account), '/c/holmetofte')).text()).toContain(
      'har bedt om at tage byen med',
    )
  })

  test('the second yes opens the file for a day, for these two', async () => {
    expect((await sendOld(ruth, 'yes')).status).toBe(303)
    expect((await sendOld(else_, 'file', { passphrase })).status).toBe(403)
    const short = await sendOld(poul(), 'file', { passphrase: 'hemmelig' })
    expect(short.status).toBe(400)
    expect(await short.text()).toContain('value="hemmelig"')
    const file = await sendOld(ruth, 'file', { passphrase })
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="holmetofte-2027-03-14\.tar\.age"$/)
    bundle = Buffer.from(await file.arrayBuffer())
    expect(bundle.includes('Ruth')).toBe(false)
    expect(await a.sql(`select what from access.audit where what ~ '^(move|bundle)' order by id`)).toEqual([
      { what: 'move.asked' },
      { what: 'move.agreed' },
      { what: 'bundle.made' },
    ])
    a.clock.set('2027-03-15T18:00:01Z')
    for (const account of [poul(), ruth])
      cookies.set(account, `${sessionCookie}=${await signIn(a.house, await makeLink(a.house, account))}`)
    expect((await sendOld(ruth, 'file', { passphrase })).status).toBe(410)
    expect(await seeOld(ruth)).toContain(da.move.packedTitle)
  })
})

describe('the one who keeps the new server takes it in', () => {
  const door = '/operator/move-in'

  test('nobody else comes to the door, and what they send is not read', async () => {
    expect((await send(new_, null, door)).status).toBe(401)
    expect((await send(old, poul(), door, uploadOf(bundle))).status).toBe(403)
  })

  test('another file, another passphrase, a changed byte: said in words, and nothing is changed', async () => {
    const again = async (bytes: Uint8Array, said?: string) =>
      (await send(new_, mikkel(), door, uploadOf(bytes, said))).text()
    expect(await again(Buffer.from('PK et regneark eller noget helt andet'))).toContain(da.arrive['no-bundle'])
    expect(await again(Buffer.alloc(0))).toContain(da.arrive.missing)
    const wrong = await again(bundle, 'en helt anden kodesætning')
    expect(wrong).toContain(da.fault.passphrase.what)
    expect(wrong).toContain('value="en helt anden kodesætning"')
    expect(await again(bundle, '')).toContain(da.fault.sealed.do)
    const changed = Buffer.from(bundle)
    changed[changed.length - 40] = (changed[changed.length - 40] ?? 0) ^ 1
    expect(await again(changed)).toContain(da.fault.damaged.what)
    expect(await b.sql('select from community.moved_in')).toEqual([])
  })

  test('at the keyboard the same file opens with its passphrase, and not without', async () => {
    const folder = String(folders[1])
    const [sealed, line] = [join(folder, 'by.tar.age'), join(folder, 'passphrase')]
    writeFileSync(sealed, bundle)
    writeFileSync(line, `${passphrase}\n`)
    const oplive = bundleCommands.find(({ name }) => name === 'import')
    const said: string[] = []
    const log = vi.spyOn(console, 'log').mockImplementation((text) => void said.push(String(text)))
    try {
      await expect(oplive?.run([sealed])).rejects.toThrow('--passphrase')
      await oplive?.run([sealed, '--passphrase', line])
    } finally {
      log.mockRestore()
      rmSync(sealed)
      rmSync(line)
    }
    expect(said.join('\n')).toContain('Holmetofte, from Midtsø Kommune')
  })

  test('it is looked through first, under a free address where its own is taken; and taken in with a second click', async () => {
    await b.sql(
      `insert into community.community (id, slug, name, founded_at) values (gen_random_uuid(), 'holmetofte', 'Et andet', '2026-01-01')`,
    )
    const brought = await send(new_, mikkel(), door, uploadOf(bundle))
    expect(brought.status).toBe(303)
    const path = brought.headers.get('location') ?? ''
    const seen = await (await send(new_, mikkel(), path)).text()
    expect(seen).toContain('Holmetofte fra Midtsø Kommune')
    expect(seen).toContain('value="holmetofte-2"')
    expect(await b.sql('select from community.moved_in')).toEqual([])
    const untold = await send(new_, mikkel(), path, form({ slug: 'Holmetofte By' }))
    expect(untold.status).toBe(400)
    const text = await untold.text()
    expect(text).toContain(da.arrive.sameMissing)
    expect(text).toContain('value="Holmetofte By"')
    const taken = await send(new_, mikkel(), path, form({ slug: 'holmetofte', same: 'yes' }))
    expect(taken.status).toBe(409)
    expect(await taken.text()).toContain(da.fault.address.what)
    const done = await send(new_, mikkel(), path, form({ slug: 'holmetofte-by', same: 'yes' }))
    expect(done.headers.get('location')).toBe(`${door}?came=holmetofte-by`)
    expect(await (await send(new_, mikkel(), `${door}?came=holmetofte-by`)).text()).toContain('Holmetofte bor her nu')
    expect((await send(new_, mikkel(), path)).status).toBe(404)
    receipt = await (await send(new_, mikkel(), `${door}/receipt/holmetofte-by`)).text()
    expect((await send(new_, mikkel(), `${door}/receipt/lyngo`)).status).toBe(404)
  })

  test('a second time it is refused before anything is asked', async () => {
    const brought = await send(new_, mikkel(), door, uploadOf(bundle))
    expect(await (await send(new_, mikkel(), brought.headers.get('location') ?? '')).text()).toContain(
      da.fault.here.what,
    )
  })

  test('no file of it lies in any folder', () => {
    expect(
      folders
        .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }))
        .filter((name) => name !== 'moves'),
    ).toEqual([])
  })
})

describe('the old place lets go', () => {
  const bring = async (who: string, text: string, said: Record<string, string> = {}) => {
    const all = new FormData()
    all.set('file', new File([text], 'kvittering.txt'))
    for (const [name, value] of Object.entries(said)) all.set(name, value)
    return send(old, who, `/c/holmetofte/move/${await idNow()}/receipt`, all)
  }
  const signer = async () => /name="signer" value="([0-9a-f]{64})"/.exec(await seeOld(poul()))?.[1] ?? ''

  test('not for a receipt that is none, and not when something was written since, unless it may be lost', async () => {
    const none = await bring(ruth, 'Tak for byen!')
    expect(none.status).toBe(409)
    expect(await none.text()).toContain(da.fault.receipt.what)
    await a.sql(`update community.community set name = 'Holmetofte By' where id = $1`, [a.holmetofte])
    const changed = await (await bring(ruth, receipt)).text()
    expect(changed).toContain(da.fault['written-since'].what)
    expect(changed).toContain(da.move.although)
    expect((await bring(ruth, receipt, { although: 'yes' })).status).toBe(303)
    expect(await seeOld(poul())).toContain(da.move.goAlthough)
    expect((await sendOld(poul(), 'back')).status).toBe(303)
    await a.sql(`update community.community set name = 'Holmetofte' where id = $1`, [a.holmetofte])
  })

  test('one lays the receipt, another lets go: whoever laid it cannot, and nobody without having compared the signs', async () => {
    expect((await bring(ruth, receipt)).status).toBe(303)
    expect(await seeOld(ruth)).toContain(da.move.goYou)
    expect((await sendOld(ruth, 'let-go', { same: 'yes', signer: await signer() })).status).toBe(409)
    const untold = await sendOld(poul(), 'let-go', { signer: await signer() })
    expect(untold.status).toBe(400)
    expect(await untold.text()).toContain(da.move.sameMissing)
    const other = await sendOld(poul(), 'let-go', { same: 'yes', signer: '0'.repeat(64) })
    expect(await other.text()).toContain(da.fault['receipt-signer'].what)
    expect(await a.sql('select from community.moved_away')).toEqual([])
    const gone = await sendOld(poul(), 'let-go', { same: 'yes', signer: await signer() })
    expect(gone.headers.get('location')).toBe('/c/holmetofte')
    const moved = await send(old, null, '/c/holmetofte')
    expect(moved.status).toBe(410)
    expect(await moved.text()).toContain('href="http://new.example/c/holmetofte-by"')
  })
})
