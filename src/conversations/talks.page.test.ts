import type { Hono } from 'hono'
import { v4 as uuid } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { makeLink, signIn } from '../access/sign-in.deeds.ts'
import { sessionCookie, type Visited } from '../access/visit.ts'
import type { Actor } from '../db/as-actor.ts'
import { jsonLog } from '../log.ts'
import { watchGuessing } from '../meetings/guessing.ts'
import { openHall } from '../meetings/hall.ts'
import { makeSite } from '../site.tsx'
import { makeWorld, type World } from '../test-world.ts'

let world: World
let site: Hono<Visited>
const said: string[] = []
const cookies = new Map<Actor, string>()
beforeAll(async () => {
  world = await makeWorld()
  const house = { ...world.house, log: jsonLog((line) => said.push(line)) }
  site = makeSite({
    house,
    hall: openHall(house),
    later: world.later,
    guessing: watchGuessing(Buffer.alloc(32), 1),
    where: { origin: null, onNetwork: null },
    development: false,
    built: '.',
  })
  for (const actor of [world.amira, world.poul, world.karsten, world.helle, world.freja])
    cookies.set(
      actor,
      `${sessionCookie}=${await signIn(world.house, await makeLink(world.house, String(actor.account)))}`,
    )
})

const ask = async (actor: Actor | null, path: string, form?: Record<string, string>) =>
  site.request(path, {
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    headers: { cookie: actor ? (cookies.get(actor) ?? '') : '' },
  })
const textOf = async (answer: Response | Promise<Response>) =>
  (await (await answer).text())
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
const field = (html: string, name: string) =>
  (new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')

const plan = { kind: 'recruitment', medium: 'walk', purpose: 'Jeg vil gerne høre om hallen' }
async function asked(actor: Actor): Promise<string> {
  const id = uuid()
  const done = await ask(actor, '/c/holmetofte/talks/new', { ...plan, id })
  expect(done.headers.get('location')).toBe(`/talks/${id}/tell`)
  return id
}
const note = { theme: 'meetingPlace', 'other-1': 'Tage to naboer med', 'starter-1': 'Finde åbningstider' }

describe('on one phone', () => {
  test('Amira plans, says why in advance, and the two agree on her phone; each reads the same afterwards', async () => {
    const id = await asked(world.amira)
    const tell = await (await ask(world.amira, `/talks/${id}/tell`)).text()
    const link = /value="http:\/\/localhost(\/s\/[\w-]{43})"/.exec(tell)?.[1] ?? expect.fail()
    expect(await textOf(ask(null, link))).toContain('Amira vil gerne tale med dig')
    // A yes without a name comes back with a question, and nothing typed is lost.
    const no = await ask(null, link, { answer: 'yes', name: ' ' })
    expect([no.status, (await no.text()).includes('Skriv dit fornavn')]).toEqual([400, true])
    await ask(null, link, { answer: 'yes', name: 'Birthe' })
    await ask(world.amira, `/talks/${id}/held`, { minutes: 'to45' })

    const bad = await ask(world.amira, `/talks/${id}/note`, { ...note, 'other-1': '010190-1234' })
    expect([bad.status, (await bad.text()).includes('010190-1234')]).toEqual([400, true])
    const read = await (await ask(world.amira, `/talks/${id}/note`, note)).text()
    const draft = field(read, 'draft')
    expect(draft).toContain('Tage to naboer med')
    const handed = await (await ask(world.amira, `/talks/${id}/note/one`, { draft })).text()
    expect(await world.sql('select from municipal.agreed_note')).toEqual([])
    const both = { draft, yes: field(handed, 'yes') }
    expect((await ask(world.amira, `/talks/${id}/note/both`, both)).status).toBe(400)
    const done = await ask(world.amira, `/talks/${id}/note/both`, { ...both, name: 'Birthe' })
    expect(done.headers.get('location')).toBe(`/talks/${id}?told=agreed`)
    expect(await textOf(ask(world.amira, `/talks/${id}`))).toContain('godkendt på telefonen hos Amira')
    expect(await textOf(ask(null, link))).toContain('Tage to naboer med')
    // She has no way in, and says that it does not fit: it is gone for both.
    await ask(null, `${link}/wrong`, {})
    expect(await textOf(ask(world.amira, `/talks/${id}`))).not.toContain('Tage to naboer med')
  })
})

test('on two phones the code can be typed, also with other letters; the other says yes and both have it', async () => {
  const id = await asked(world.karsten)
  const read = await (await ask(world.karsten, `/talks/${id}/note`, { ...note, words: 'Han har diabetes' })).text()
  expect(read).toContain('Det ser ud til at handle om helbred')
  const shown = await (await ask(world.karsten, `/talks/${id}/note/two`, { draft: field(read, 'draft') })).text()
  const typed = /class="code-lines secret">([^<]+)</.exec(shown)?.[1] ?? expect.fail()
  const open = await ask(world.freja, `/talks/yes?code=${encodeURIComponent(typed.toUpperCase())}`)
  const path = open.headers.get('location') ?? expect.fail()
  expect(await textOf(ask(world.freja, path))).toContain('Karsten har sagt ja til det her')
  // Mail scanners and others only look.
  await ask(world.freja, path)
  expect(await world.sql('select from community.agreed_note')).toEqual([])
  const yes = await ask(world.freja, path, {})
  expect(yes.headers.get('location')).toBe(`/talks/${id}?told=agreed`)
  expect(await textOf(ask(world.karsten, `/talks/${id}`))).toContain('på hver sin telefon')
  // How it went: another day, by one tap.
  const talk = await (await ask(world.freja, `/talks/${id}`)).text()
  const told = /action="(\/talks\/[^"]+\/promises\/[^"]+)"/.exec(talk)?.[1] ?? expect.fail()
  await ask(world.freja, told, { state: 'renegotiated', day: '14', rev: '1' })
  expect(await textOf(ask(world.karsten, `/talks/${id}`))).toMatch(/Senest 28. marts 2027. I har aftalt noget nyt/)
  expect((await ask(world.freja, told, { state: 'kept', rev: '1' })).headers.get('location')).toContain(
    'told=elsewhere',
  )
  // A second yes, a stranger's, one that never was: the same answer, byte for byte.
  const answers = await Promise.all([
    ask(world.freja, path, {}),
    ask(world.poul, path),
    ask(world.poul, `/talks/yes/${'0'.repeat(26)}`),
    ask(world.poul, '/talks/yes?code=abc'),
  ])
  const bodies = await Promise.all(answers.map((answer) => answer.text()))
  expect(new Set(bodies).size).toBe(1)
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404])
})

test('every page of a talk is not there for all but its two, in the same words as a page that never was', async () => {
  const id = await asked(world.karsten)
  const never = await (await ask(world.poul, `/talks/${uuid()}`)).text()
  for (const actor of [world.poul, world.freja, world.amira])
    for (const page of ['', '/note', '/plan', '/tell', '/card'])
      expect([actor.role, page, (await (await ask(actor, `/talks/${id}${page}`)).text()) === never]).toEqual([
        actor.role,
        page,
        true,
      ])
  for (const deed of [
    'held',
    'thanks',
    'wrong',
    'away',
    'note',
    'note/one',
    'note/two',
    'note/slip',
    'note/typed',
    'note/signed',
    'note/both',
  ])
    expect([deed, (await ask(world.poul, `/talks/${id}/${deed}`, { ...note, draft: '[]' })).status]).toEqual([
      deed,
      404,
    ])
  expect((await ask(world.helle, '/talks')).status).toBe(404)
  expect((await ask(null, '/talks')).status).toBe(401)
})

test('whoever is worried gets numbers to ring: the page writes nothing, logs nothing, and is the same for everybody', async () => {
  const count = async () => {
    const tables =
      await world.sql(`select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname in ('access', 'community', 'municipal', 'personal')`)
    const all: unknown[] = []
    for (const { name } of tables)
      all.push([name, await world.sql(`select md5(string_agg(t::text, '' order by t::text)) as sum from ${name} t`)])
    return all
  }
  await world.sql(`update municipal.municipality set contact_phone = '57 00 00 00'`)
  const [before, heard] = [await count(), said.length]
  const pages = [await ask(null, '/worried'), await ask(world.karsten, '/worried'), await ask(world.amira, '/worried')]
  const bodies = await Promise.all(pages.map((page) => page.text()))
  expect(new Set(bodies).size).toBe(1)
  for (const number of ['112', '114', '70 201 201', '57 00 00 00', 'har ikke skrevet de her numre endnu'])
    expect(bodies[0]).toContain(number)
  expect(bodies[0]).not.toContain('<form')
  expect(pages.map((page) => page.headers.get('set-cookie'))).toEqual([null, null, null])
  expect([await count(), said.slice(heard)]).toEqual([before, []])
})

test('a leader fills in the municipality’s own numbers; the page says when they were looked up and by which role, and when that is long ago', async () => {
  const form = { child: '57 00 00 01', 'child-answers': 'Døgnet rundt', adult: '', watch: 'ring bare' }
  const bad = await ask(world.helle, '/worried/numbers', form)
  expect([bad.status, (await bad.text()).includes('ring bare')]).toEqual([400, true])
  expect((await ask(world.helle, '/worried/numbers', { ...form, watch: '' })).status).toBe(303)
  const page = await textOf(ask(null, '/worried'))
  expect(page).toContain('57 00 00 01 Er du bekymret for et barn · Døgnet rundt Slået efter 14. marts 2027 af en leder')
  expect(page).toMatch(/har ikke skrevet de her numre endnu: Er du bekymret for en voksen Aften, nat og helligdage/)
  for (const actor of [world.amira, world.karsten]) {
    expect((await ask(actor, '/worried/numbers')).status).toBe(403)
    expect((await ask(actor, '/worried/numbers', form)).status).toBe(403)
  }
  world.clock.set('2028-03-15T18:00:00Z')
  expect(await textOf(ask(null, '/worried'))).toContain('Det er over et år siden')
  world.clock.set('2027-03-14T18:00:00Z')
})

describe('the balance', () => {
  test('taking over asks the two questions, and the place sees who carries what; residents do not write in it', async () => {
    const id = uuid()
    const step = { id, what: 'Booke hallen', owner: 'team' }
    expect((await ask(world.amira, '/c/holmetofte/steps', step)).status).toBe(303)
    const bad = await ask(world.amira, `/c/holmetofte/steps/${id}/move`, {
      owner: 'municipality',
      before: 'team',
      back: '',
    })
    expect([bad.status, await textOf(bad)]).toEqual([
      400,
      expect.stringContaining('Skriv, hvad der skal til, for at den går tilbage'),
    ])
    const took = { owner: 'municipality', before: 'team', back: 'At to kan koden' }
    expect((await ask(world.amira, `/c/holmetofte/steps/${id}/move`, took)).status).toBe(303)
    for (const actor of [world.karsten, world.helle]) {
      const page = await textOf(ask(actor, '/c/holmetofte/steps'))
      expect(page).toContain('En gruppe i byen plejede at have den. Den går tilbage, når: At to kan koden')
      expect(page).not.toContain('Gem skridtet')
      expect((await ask(actor, '/c/holmetofte/steps', { ...step, id: uuid() })).status).toBe(403)
    }
    await ask(world.amira, `/c/holmetofte/steps/${id}/move`, { owner: 'team' })
    expect(await world.sql('select n, owner, carried_before from municipal.step_owner order by n')).toEqual([
      { n: 1, owner: 'team', carried_before: null },
      { n: 2, owner: 'municipality', carried_before: 'team' },
      { n: 3, owner: 'team', carried_before: null },
    ])
    expect((await ask(world.amira, `/c/lyngo/steps`)).status).toBe(403)
    expect((await ask(world.amira, `/c/holmetofte/steps/${uuid()}/done`, {})).status).toBe(404)
  })

  test('six questions before a promise: the employee’s leader reads the note, and no resident does', async () => {
    const fine = { equal: 'yes', interest: 'no', mandate: 'no', authority: 'no', election: 'yes', keepable: 'yes' }
    const check = { id: uuid(), promise: 'Hallen er åben til 21', ...fine, note: 'Jeg venter på dig' }
    expect((await ask(world.amira, '/c/holmetofte/promise', { ...check, equal: '' })).status).toBe(400)
    expect((await ask(world.amira, '/c/holmetofte/promise', check)).status).toBe(303)
    for (const actor of [world.amira, world.helle])
      expect(await textOf(ask(actor, '/balance'))).toMatch(
        /Hallen er åben til 21.*Spørg din leder om penge og politik først.*Jeg venter på dig/,
      )
    expect((await ask(world.karsten, '/balance')).status).toBe(404)
    expect((await ask(world.helle, '/c/holmetofte/promise', check)).status).toBe(403)
  })
})

test('a rhythm written wrong comes back as it was typed, and the one that stood stands', async () => {
  await ask(world.freja, '/talks/rhythm', { talks: '3', every: 'month' })
  const wrong = await ask(world.freja, '/talks/rhythm', { talks: 'et par', every: 'week' })
  const page = await wrong.text()
  expect([wrong.status, page.includes('value="et par"')]).toEqual([400, true])
  expect(page).toContain('Skriv et tal fra 1 til 20')
  expect(page).toContain('<option value="week" selected="">')
  expect(await textOf(ask(world.freja, '/talks'))).toContain('Du vil gerne have 3 samtaler om måneden')
})

test('the list has a rhythm of one’s own, and the guide, the empty sheet and the pages of the plan stand', async () => {
  await ask(world.karsten, '/talks/rhythm', { talks: '2', every: 'week' })
  expect(await textOf(ask(world.karsten, '/talks'))).toContain('Du vil gerne have 2 samtaler om ugen')
  await ask(world.karsten, '/talks/rhythm', { none: 'yes' })
  expect(await textOf(ask(world.karsten, '/talks'))).toContain('Du har ikke valgt nogen')
  for (const path of ['/talks/guide', '/talks/paper', '/talks/yes'])
    expect((await ask(world.karsten, path)).status).toBe(200)
  const bad = await ask(world.karsten, '/c/holmetofte/talks/new', { id: uuid(), purpose: 'Noget jeg skrev' })
  expect([bad.status, (await bad.text()).includes('Noget jeg skrev')]).toEqual([400, true])
  expect((await ask(world.freja, '/c/lyngo/talks/new')).status).toBe(403)
})
