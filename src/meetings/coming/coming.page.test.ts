import { inflateSync } from 'node:zlib'
import { Hono } from 'hono'
import ICAL from 'ical.js'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { signedIn } from '../../access/test-person.ts'
import type { Visited } from '../../access/visit.ts'
import type { Actor } from '../../db/as-actor.ts'
import { Refusal } from '../../refusal.ts'
import { makeWorld, type World } from '../../test-world.ts'
import { openExitCard } from '../exit-card.deeds.ts'
import { watchGuessing } from '../guessing.ts'
import { type Hall, openHall } from '../hall.ts'
import { changePlan } from '../hosting/hosting.deeds.ts'
import { planMeeting } from '../meeting.deeds.ts'
import { beforePage } from './before.page.tsx'
import { wishForResult } from './coming.deeds.ts'
import { comingPages } from './coming.page.tsx'
import { newKey } from './coming.ts'

let world: World
let hall: Hall
beforeAll(async () => {
  world = await makeWorld()
  hall = openHall(world.house)
})
beforeEach(() => {
  world.clock.set('2027-03-14T18:00:00Z')
  world.house.mail = true
})

const plan = {
  kind: 'listening',
  purpose: 'Hvem tør have nøglen?',
  place: 'Forsamlingshuset',
  hostName: 'Freja',
  date: '2027-03-18',
  time: '19:00',
} as const
const aMeeting = (changes: Partial<Record<keyof typeof plan, string>> = {}) =>
  planMeeting(world.freja, { id: world.holmetofte, timeZone: 'Europe/Copenhagen' }, {
    ...plan,
    ...changes,
  } as typeof plan)

/** A browser of somebody, which keeps its cookies for the addresses they belong to. */
function browser(actor: Actor, lang: 'da' | 'en' = 'da') {
  const site = new Hono<Visited>()
  site.use(async (c, next) => {
    const person = signedIn(actor)
    c.set('visit', { house: world.house, actor, person, lang, origin: 'https://oplive.test' })
    await next()
  })
  site.route('/', comingPages(hall, watchGuessing(Buffer.alloc(32), 20)))
  site.get('/m/:code', async (c) => {
    const meeting = await hall.find(c.req.param('code'))
    return meeting ? beforePage(c, hall, meeting) : c.notFound()
  })
  site.onError((error, c) => {
    if (error instanceof Refusal) return c.text(error.code, error.status)
    throw error
  })
  const jar = new Map<string, { path: string; value: string }>()
  const ask = async (path: string, form?: Record<string, string>) => {
    const at = path.split('?')[0] ?? ''
    const cookie = [...jar]
      .filter(([, one]) => one.path === '/' || at === one.path || at.startsWith(`${one.path}/`))
      .map(([id, { value }]) => `${id.split(' ')[0]}=${value}`)
      .join('; ')
    const init = form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }
    const answer = await site.request(path, { ...init, headers: { cookie } })
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = '', where = '', age = ''] =
        /^([^=]+)=([^;]*); Path=([^;]+); Max-Age=(\d+)/.exec(set) ?? []
      if (age === '0') jar.delete(`${name} ${where}`)
      else jar.set(`${name} ${where}`, { path: where, value })
    }
    return {
      status: answer.status,
      to: answer.headers.get('location'),
      page: await answer.text(),
      headers: answer.headers,
    }
  }
  return {
    jar,
    get: (path: string) => ask(path),
    post: (path: string, form: Record<string, string> = {}) => ask(path, form),
    /** Says "Jeg kommer", and answers the path of the own link. */
    come: async (path: string, name: string, key = newKey()) => {
      const { status, to } = await ask(path, { name, key })
      expect(status).toBe(303)
      return (to ?? '').split('?')[0] ?? ''
    },
  }
}

const idOf = async (code: string) => (await hall.find(code))?.id ?? ''
const coming = async (code: string) =>
  world.sql('select * from community.coming where meeting_id = $1 order by name', [await idOf(code)])
const names = async (code: string) => (await coming(code)).map((row) => row.name)
/** Writes the plan of a meeting anew. */
async function planned(meeting: string, items: readonly (readonly [string, number, string, string | null])[]) {
  await world.sql('delete from community.agenda_item where meeting_id = $1', [meeting])
  for (const [place, item] of items.entries())
    await world.sql(
      'insert into community.agenda_item (meeting_id, place, title, minutes, kind, reason) values ($1, $2, $3, $4, $5, $6)',
      [meeting, place + 1, ...item],
    )
}
const letters = () => world.sql('select * from community.letter')

describe('the page to share', () => {
  test('says when, where, who invites and what for, and asks for a name only', async () => {
    const code = await aMeeting()
    const { page, status } = await browser(world.guest).get(`/m/${code}`)
    expect(status).toBe(200)
    for (const said of ['Hvem tør have nøglen?', 'Torsdag 18. marts kl. 19', 'Forsamlingshuset', 'Freja'])
      expect(page).toContain(said)
    const asked = [...page.matchAll(/<(?:input|textarea|select)[^>]*name="(\w+)"[^>]*>/g)]
    expect(asked.map(([, name]) => name)).toEqual(['lang', 'key', 'name'])
    expect(page).toContain(`action="/m/${code}/come"`)
    expect(page).toContain(`href="/m/${code}/calendar.ics?lang=da"`)
  })

  test('looks right when it is pasted elsewhere, and is not found by searching', async () => {
    const code = await aMeeting({ purpose: 'Hvem "tør" have <nøglen> & låsen?' })
    const { page } = await browser(world.guest).get(`/m/${code}`)
    const meta = (name: string) => new RegExp(`<meta (?:property|name)="${name}" content="([^"]*)"`).exec(page)?.[1]
    const purpose = 'Hvem &quot;tør&quot; have &lt;nøglen&gt; &amp; låsen?'
    expect(meta('og:title')).toBe(`${purpose} · Lyttemøde i Holmetofte torsdag 18. marts`)
    expect(meta('og:description')).toBe('Torsdag 18. marts kl. 19, Forsamlingshuset. Freja inviterer.')
    expect(meta('description')).toBe(meta('og:description'))
    expect(meta('og:url')).toBe(`https://oplive.test/m/${code}`)
    expect(meta('og:locale')).toBe('da_DK')
    expect(meta('og:image')).toBe('https://oplive.test/share.png')
    expect(meta('robots')).toBe('noindex')
    expect(page).toContain(`<link rel="canonical" href="https://oplive.test/m/${code}"/>`)
    expect(page).toContain(`<title>${purpose} ·`)
    const english = await browser(world.guest, 'en').get(`/m/${code}?lang=en`)
    expect(english.page).toContain('<meta property="og:locale" content="en_GB"/>')
    expect(english.page).toContain('Thursday 18 March at 19:00')
  })

  test('its picture is a PNG of the size it says', async () => {
    const site = new Hono<Visited>().route('/', comingPages(hall, watchGuessing(Buffer.alloc(32))))
    const bytes = Buffer.from(await (await site.request('/share.png')).arrayBuffer())
    expect(bytes.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a')
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1200, 630])
    const data = bytes.subarray(bytes.indexOf('IDAT') + 4, bytes.indexOf('IEND') - 8)
    const points = inflateSync(data)
    expect(points).toHaveLength(630 * 1201)
    expect(points[315 * 1201 + 1 + 600]).toBe(15)
    expect(points[10 * 1201 + 1 + 10]).toBe(0)
    expect(bytes.length).toBeLessThan(12_000)
  })

  test('shows the plan with its minutes, and why the municipality leads', async () => {
    const code = await aMeeting()
    const id = await idOf(code)
    await planned(id, [
      ['Vi kommer ind', 10, 'enliven', null],
      ['Om <skolen>', 25, 'inform', 'Vi skal kende tallene først'],
    ])
    await world.sql(
      `insert into community.meeting_role (meeting_id, role, name, municipal, reason) values
       ($1, 'facilitator', 'Amira', true, 'Poul er syg'), ($1, 'scribe', 'Hemmelig skriver', false, null)`,
      [id],
    )
    const { page } = await browser(world.guest).get(`/m/${code}`)
    for (const said of [
      'Vi kommer ind',
      '25 minutter',
      'Om &lt;skolen&gt;',
      'Vi skal kende tallene først',
      'Vi er færdige efter 35 minutter',
      'Amira',
      'Poul er syg',
    ])
      expect(page).toContain(said)
    expect(page).not.toContain('Hemmelig skriver')
  })
})

test('on the day of the meeting the page leads on when the evening begins; before, it asks the server for nothing', async () => {
  const code = await aMeeting()
  const page = async () => (await browser(world.guest).get(`/m/${code}`)).page
  expect(await page()).not.toMatch(/data-live|<script/)
  world.clock.set('2027-03-18T17:30:00Z')
  const soon = await page()
  expect(soon).toContain(`data-stage="before" data-follows="/m/${code}?lang=da"`)
  expect(soon).toContain('Er mødet begyndt, så hent siden igen:')
})

describe('"Jeg kommer"', () => {
  test('with a name only, seen and taken back by the own link, and brought back again', async () => {
    const code = await aMeeting()
    const birthe = browser(world.guest)
    const own = await birthe.come(`/m/${code}/come`, '  Birthe ')
    expect(own).toMatch(/^\/k\/[\w-]{22}$/)
    const row = (await coming(code))[0]
    expect(Object.keys(row ?? {}).sort()).toEqual([
      'id',
      'invitation_id',
      'meeting_id',
      'name',
      'person_id',
      'secret_hash',
    ])
    expect(row).toMatchObject({ name: 'Birthe', invitation_id: null, person_id: null })
    expect(JSON.stringify(row)).not.toContain(own.slice(3))
    expect((await birthe.get(own)).page).toContain('Du kommer, Birthe')
    // From another browser too: the link is enough.
    const elsewhere = browser(world.guest)
    expect((await elsewhere.get(own)).page).toContain('Du kommer, Birthe')

    expect((await birthe.post(own)).to).toBe(`${own}?lang=da`)
    expect(await names(code)).toEqual([])
    expect(await birthe.get(own)).toMatchObject({ status: 200, page: expect.stringContaining('Jeg kommer alligevel') })
    expect((await birthe.post(own, { deed: 'again' })).status).toBe(303)
    expect(await names(code)).toEqual(['Birthe'])
    expect((await elsewhere.get(own)).page).toContain('Du kommer, Birthe')
  })

  test('pressed twice, or sent again by a phone that lost its coverage, it is said once', async () => {
    const code = await aMeeting()
    const key = newKey()
    const phone = browser(world.guest)
    const all = await Promise.all([1, 2, 3].map(() => phone.come(`/m/${code}/come`, 'Birthe', key)))
    expect(new Set(all).size).toBe(1)
    expect(await names(code)).toEqual(['Birthe'])
  })

  test('taken back twice, and brought back twice, it is done once', async () => {
    const code = await aMeeting()
    const phone = browser(world.guest)
    const own = await phone.come(`/m/${code}/come`, 'Birthe')
    expect([(await phone.post(own)).status, (await phone.post(own)).status]).toEqual([303, 303])
    expect(await names(code)).toEqual([])
    const again = () => phone.post(own, { deed: 'again' })
    expect([(await again()).status, (await again()).status]).toEqual([303, 303])
    expect(await names(code)).toEqual(['Birthe'])
  })

  test('a couple shares a phone, a form and perhaps a name', async () => {
    const code = await aMeeting()
    const phone = browser(world.guest)
    const key = newKey()
    // Back in the browser, and the other name in the same form.
    const birthe = await phone.come(`/m/${code}/come`, 'Birthe', key)
    const poul = await phone.come(`/m/${code}/come`, 'Poul', key)
    const secondPoul = await phone.come(`/m/${code}/come`, 'Poul')
    expect(new Set([birthe, poul, secondPoul]).size).toBe(3)
    expect(await names(code)).toEqual(['Birthe', 'Poul', 'Poul'])
    const { page } = await phone.get(`/m/${code}/come`)
    for (const own of [birthe, poul, secondPoul]) expect(page).toContain(`href="${own}?lang=da"`)
    await phone.post(poul)
    expect(await names(code)).toEqual(['Birthe', 'Poul'])
    expect((await phone.get(`/m/${code}/come`)).page).not.toContain(poul)
  })

  test('no answer to the exit card carries along who said that they come', async () => {
    const code = await aMeeting()
    const phone = browser(world.guest)
    await phone.come(`/m/${code}/come`, 'Birthe')
    expect([...phone.jar.values()].map(({ path }) => path)).toEqual([`/m/${code}/come`])
  })

  test.each([
    ['', 'Skriv dit fornavn'],
    ['   \u200b ', 'Skriv dit fornavn'],
    ['birthe@example.dk', 'Her skal kun stå et navn, ingen adresse'],
    ['Birthe 010170-1234', 'Her skal kun stå et navn, ingen numre'],
    ['Birthe 20 30 40 50', 'Her skal kun stå et navn, ingen numre'],
    ['Birthe, Poul, Karsten', 'Skriv ét navn ad gangen'],
    ['Birthe og Poul', 'Skriv ét navn ad gangen'],
    ['Birthe\nPoul', 'Skriv ét navn ad gangen'],
    ['B'.repeat(61), 'Der er plads til 60 tegn'],
    [`Z${'\u0301'.repeat(9)}`, 'Her står for mange tegn oven på hinanden'],
  ])('%j comes back as it was typed, with a sentence, and nothing is kept', async (typed, sentence) => {
    const code = await aMeeting()
    const { status, page } = await browser(world.guest).post(`/m/${code}/come`, { name: typed, key: newKey() })
    expect(status).toBe(400)
    expect(page).toContain(`href="#name">${sentence}`)
    expect(page).toContain(`value="${typed}"`)
    expect(await names(code)).toEqual([])
  })

  test.each(['بيرثه', 'Ðorđe', 'Anne-Marie', "O'Neil", '李', '🌻', 'B'.repeat(60), 'Nils Otto', 'Ogün'])(
    '%s is a name',
    async (name) => {
      const code = await aMeeting()
      const phone = browser(world.guest)
      const own = await phone.come(`/m/${code}/come`, name)
      expect(await names(code)).toEqual([name])
      expect((await phone.get(own)).status).toBe(200)
    },
  )

  test('a name with markup is shown as it was written', async () => {
    const code = await aMeeting()
    const phone = browser(world.guest)
    const own = await phone.come(`/m/${code}/come`, '<b>"Birthe"')
    for (const path of [own, `/m/${code}/come`]) {
      const { page } = await phone.get(path)
      expect(page).toContain('&lt;b&gt;&quot;Birthe&quot;')
      expect(page).not.toContain('<b>"')
    }
  })

  test('a form without its key, or with something strange, is asked for again', async () => {
    const code = await aMeeting()
    for (const form of [
      { name: 'Birthe' },
      { name: 'Birthe', key: '1' },
      { name: 'Birthe', key: newKey(), mail: 'x@y.dk' },
    ])
      expect(
        (await browser(world.guest).post(`/m/${code}/come`, form as unknown as Record<string, string>)).status,
      ).toBe(400)
    expect(await names(code)).toEqual([])
  })

  test('when the evening has begun, one is told to come in; the name is not kept', async () => {
    const code = await aMeeting()
    const phone = browser(world.guest)
    const own = await phone.come(`/m/${code}/come`, 'Birthe')
    await openExitCard(world.freja, world.later, code)
    hall.forget(await idOf(code))
    const late = await phone.post(`/m/${code}/come`, { name: 'Poul', key: newKey() })
    expect(late).toMatchObject({ status: 409, page: expect.stringContaining('Mødet er i gang') })
    expect((await phone.get(`/m/${code}/come`)).to).toBe(`/m/${code}?lang=da`)
    expect(await names(code)).toEqual(['Birthe'])
    // One's own name can be taken away at any time.
    await phone.post(own)
    expect(await names(code)).toEqual([])
  })
})

describe('whoever has no link', () => {
  test('a link that was taken back and one that never was get the same answer, to the last letter', async () => {
    const code = await aMeeting()
    const phone = browser(world.guest)
    const own = await phone.come(`/m/${code}/come`, 'Birthe')
    await phone.post(own)
    const stranger = browser(world.guest)
    const [back, never, shape] = [
      await stranger.get(own),
      await stranger.get(`/k/${newKey()}`),
      await stranger.get('/k/x'),
    ]
    expect([back.status, never.status, shape.status]).toEqual([404, 404, 404])
    expect(back.page).toBe(never.page)
    expect(shape.page).toBe(never.page)
    const posts = [await browser(world.guest).post(own), await browser(world.guest).post(`/k/${newKey()}`)]
    expect(posts.map(({ status }) => status)).toEqual([404, 404])
    expect(posts[0]?.page).toBe(posts[1]?.page)
  })

  test('guessing is slowed by the device that guesses, for links and for invitations', async () => {
    for (const room of ['k', 'i']) {
      const guesser = browser(world.guest)
      const answers: number[] = []
      for (let n = 0; n < 14; n++) answers.push((await guesser.get(`/${room}/${newKey()}`)).status)
      expect(answers.slice(0, 10)).toEqual(Array(10).fill(404))
      expect(answers.at(-1)).toBe(429)
      // Another phone in the same house is not slowed.
      expect((await browser(world.guest).get(`/${room}/${newKey()}`)).status).toBe(404)
    }
  })

  test('one cannot bring somebody back by a cookie of another link, nor after an hour', async () => {
    const code = await aMeeting()
    const phone = browser(world.guest)
    const [birthe, poul] = [await phone.come(`/m/${code}/come`, 'Birthe'), await phone.come(`/m/${code}/come`, 'Poul')]
    await phone.post(birthe)
    await phone.post(poul)
    const sealed = phone.jar.get(`coming_back ${birthe}`)
    phone.jar.set(`coming_back ${poul}`, { path: poul, value: sealed?.value ?? '' })
    expect((await phone.post(poul, { deed: 'again' })).status).toBe(404)
    world.clock.forward(1.1)
    expect((await phone.post(birthe, { deed: 'again' })).status).toBe(404)
    expect(await names(code)).toEqual([])
  })
})

describe('"Tag en nabo med"', () => {
  const anInvitation = async (code: string, inviter = 'Freja') => {
    const { to, status } = await browser(world.guest).post(`/m/${code}/invite`, { name: inviter, key: newKey() })
    expect(status).toBe(303)
    return /^\/i\/([\w-]{22})\/share/.exec(to ?? '')?.[1] ?? ''
  }
  const rows = async () => {
    const all = await world.sql(`select n.nspname || '.' || c.relname as name from pg_class c
      join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname in ('access', 'community', 'municipal')`)
    const counts = await Promise.all(
      all.map(async ({ name }) => [name, (await world.sql(`select count(*)::int as n from ${name}`))[0]?.n]),
    )
    return Object.fromEntries(counts) as Record<string, number>
  }

  test('1. No person record is created by an invitation; only by coming or saying yes.', async () => {
    const code = await aMeeting()
    const before = await rows()
    const secret = await anInvitation(code)
    const guest = browser(world.guest)
    for (const path of [`/i/${secret}`, `/i/${secret}/share`, `/i/${secret}/card`])
      expect((await guest.get(path)).status).toBe(200)
    const after = await rows()
    const invitations = 'community.invitation'
    expect(after).toEqual({ ...before, [invitations]: (before[invitations] ?? 0) + 1 })
    const kept = (await world.sql('select * from community.invitation where meeting_id = $1', [await idOf(code)]))[0]
    expect(Object.keys(kept ?? {}).sort()).toEqual([
      'card_id',
      'id',
      'inviter',
      'meeting_id',
      'parent_id',
      'person_id',
      'secret_hash',
    ])
    expect(kept).toMatchObject({ inviter: 'Freja', person_id: null })
    expect(JSON.stringify(kept)).not.toContain(secret)
  })

  test('made by whoever came to it by another’s, it goes on from theirs; made by a neighbour who is signed in, it is theirs', async () => {
    const code = await aMeeting()
    const birthe = browser(world.guest)
    const own = await birthe.come(`/i/${await anInvitation(code)}`, 'Birthe')
    const comes = /name="comes" value="([\w-]{22})"/.exec((await birthe.get(own)).page)?.[1] ?? ''
    await birthe.post(`/m/${code}/invite`, { name: 'Birthe', key: newKey(), comes })
    await browser(world.freja).post(`/m/${code}/invite`, { name: 'Freja', key: newKey() })
    // What is no link of a yes, or of one to another meeting, says nothing.
    for (const said of ['x', newKey()])
      expect(
        (await browser(world.guest).post(`/m/${code}/invite`, { name: 'Ole', key: newKey(), comes: said })).status,
      ).toBe(303)
    const made = await world.sql(
      `select i.inviter, p.inviter as by, o.name from community.invitation i left join community.invitation p on p.id = i.parent_id
       left join community.person o on o.id = i.person_id where i.meeting_id = $1 order by i.inviter, o.name`,
      [await idOf(code)],
    )
    expect(made).toEqual([
      { inviter: 'Birthe', by: 'Freja', name: null },
      { inviter: 'Freja', by: null, name: 'Freja' },
      { inviter: 'Freja', by: null, name: null },
      { inviter: 'Ole', by: null, name: null },
      { inviter: 'Ole', by: null, name: null },
    ])
  })

  test('the neighbour sees who asks, says yes, and that browser sees it again and takes it back', async () => {
    const code = await aMeeting()
    const secret = await anInvitation(code)
    const neighbour = browser(world.guest)
    const seen = (await neighbour.get(`/i/${secret}`)).page
    expect(seen).toContain('Freja vil gerne have dig med')
    expect(seen).toContain('<meta property="og:title" content="Freja vil gerne have dig med"/>')
    expect(seen).not.toContain('Sagt ja med')
    const own = await neighbour.come(`/i/${secret}`, 'Karsten')
    expect(await coming(code)).toMatchObject([{ name: 'Karsten', invitation_id: expect.any(String) }])
    const again = (await neighbour.get(`/i/${secret}`)).page
    expect(again).toContain('Karsten')
    expect(again).toContain(`href="${own}?lang=da"`)
    // The same link in somebody else's hands tells nobody's name.
    expect((await browser(world.guest).get(`/i/${secret}`)).page).not.toContain('Karsten')
    await neighbour.post(own)
    expect((await neighbour.get(`/i/${secret}`)).page).not.toContain('Karsten')
    expect(await names(code)).toEqual([])
  })

  test('a paper card shows its own yes and no other card’s, and takes it back', async () => {
    const code = await aMeeting()
    const secret = await anInvitation(code)
    const sheet = (await browser(world.guest).get(`/i/${secret}/card`)).page
    expect(sheet.match(/Freja vil gerne have dig med/g)).toHaveLength(4)
    expect(sheet).toContain('Forsamlingshuset')
    const [card, other] = [`/i/${secret}.abcde`, `/i/${secret}.fghjk`]
    const own = await browser(world.guest).come(card, 'Karsten')
    // Days later, from another phone, with the card in hand.
    const later = browser(world.guest)
    expect((await later.get(card)).page).toContain(`href="${own}?lang=da"`)
    expect((await later.get(other)).page).not.toContain('Karsten')
    await later.post(own)
    expect((await later.get(card)).page).not.toContain('Karsten')
    expect(await names(code)).toEqual([])
  })

  test('a couple says yes with the same card; pressed twice, each is there once', async () => {
    const code = await aMeeting()
    const card = `/i/${await anInvitation(code)}.abcde`
    const phone = browser(world.guest)
    const key = newKey()
    await Promise.all([phone.come(card, 'Karsten', key), phone.come(card, 'Karsten', key)])
    await phone.come(card, 'Inge')
    expect(await names(code)).toEqual(['Inge', 'Karsten'])
    const { page } = await phone.get(card)
    expect(page).toContain('Karsten')
    expect(page).toContain('Inge')
    for (const name of ['A', 'B', 'C', 'D', 'E', 'F']) await phone.come(card, name)
    expect(await phone.post(card, { name: 'G', key: newKey() })).toMatchObject({
      status: 400,
      page: expect.stringContaining('ikke plads til flere navne på det her kort'),
    })
  })

  test('made twice, it is one invitation', async () => {
    const code = await aMeeting()
    const key = newKey()
    const phone = browser(world.guest)
    const all = await Promise.all([1, 2].map(() => phone.post(`/m/${code}/invite`, { name: 'Freja', key })))
    expect(new Set(all.map(({ to }) => to)).size).toBe(1)
    expect(await world.sql('select from community.invitation where meeting_id = $1', [await idOf(code)])).toHaveLength(
      1,
    )
  })

  test('an invitation to one meeting is none to another, and one that nobody made is not found', async () => {
    const [code, elsewhere] = [await aMeeting(), await aMeeting()]
    await browser(world.guest).come(`/i/${await anInvitation(code)}`, 'Karsten')
    expect(await names(elsewhere)).toEqual([])
    const stranger = browser(world.guest)
    const wrong = [`/i/${newKey()}`, `/i/${newKey()}.abcde`, '/i/x', `/i/${newKey()}.abcde.x`, `/i/${newKey()}/card`]
    const answers = await Promise.all(wrong.map((path) => stranger.get(path)))
    expect(answers.map(({ status }) => status)).toEqual(wrong.map(() => 404))
    expect(new Set(answers.map(({ page }) => page)).size).toBe(1)
  })

  test('somebody of the municipality is told that it is neighbours who invite', async () => {
    const code = await aMeeting()
    const amira = browser(world.amira)
    expect((await amira.get(`/m/${code}`)).page).not.toContain('/invite')
    expect(await amira.get(`/m/${code}/invite`)).toMatchObject({ status: 403 })
    const posted = await amira.post(`/m/${code}/invite`, { name: 'Amira', key: newKey() })
    expect(posted).toMatchObject({ status: 403, page: expect.stringContaining('Det er naboer, der inviterer') })
    expect(await world.sql('select from community.invitation where meeting_id = $1', [await idOf(code)])).toEqual([])
  })
})

describe('the host’s list', () => {
  test.each(['get', 'post'] as const)('is for hosts of the place alone (%s)', async (verb) => {
    const code = await aMeeting()
    const own = await browser(world.guest).come(`/m/${code}/come`, 'Birthe')
    const [row] = await coming(code)
    const form = { strike: String(row?.id) }
    for (const [actor, status] of [
      [world.guest, 401],
      [world.karsten, 403],
      [world.stranger, 403],
      [world.amira, 403],
    ] as const) {
      const answer = await browser(actor)[verb](`/m/${code}/coming`, form)
      expect(answer.status).toBe(status)
      expect(answer.page).not.toContain('Birthe')
      expect((await browser(actor).post(`/m/${code}/coming`, { name: 'X', key: newKey() })).status).toBe(status)
      expect((await browser(actor).post(`/m/${code}/coming`, { undo: '1' })).status).toBe(status)
    }
    expect(await names(code)).toEqual(['Birthe'])
    expect((await browser(world.guest).get(own)).status).toBe(200)
  })

  test('names and their number; somebody who rang is written down once', async () => {
    const code = await aMeeting()
    const freja = browser(world.freja)
    expect((await freja.get(`/m/${code}/coming`)).page).toContain('Ingen har sagt ja endnu')
    await browser(world.guest).come(`/m/${code}/come`, 'Ærø-Anna')
    const key = newKey()
    const wrote = await Promise.all([1, 2].map(() => freja.post(`/m/${code}/coming`, { name: 'Karsten', key })))
    expect(wrote.map(({ status }) => status)).toEqual([303, 303])
    const { page } = await freja.get(`/m/${code}/coming`)
    expect(page).toContain('2 har sagt ja')
    expect(page.indexOf('Karsten')).toBeLessThan(page.indexOf('Ærø-Anna'))
    const wrong = await freja.post(`/m/${code}/coming`, { name: 'a@b.dk', key: newKey() })
    expect(wrong).toMatchObject({ status: 400, page: expect.stringContaining('value="a@b.dk"') })
  })

  test('struck out by voice, brought back with undo: the own link stands as before', async () => {
    const code = await aMeeting()
    const guest = browser(world.guest)
    const own = await guest.come(`/m/${code}/come`, 'Birthe')
    const [before] = await coming(code)
    const freja = browser(world.freja)
    await freja.post(`/m/${code}/coming`, { strike: String(before?.id) })
    expect(await names(code)).toEqual([])
    expect((await browser(world.guest).get(own)).status).toBe(404)
    expect((await freja.get(`/m/${code}/coming`)).page).toContain('Birthe er strøget')
    expect([
      (await freja.post(`/m/${code}/coming`, { undo: '1' })).status,
      (await freja.post(`/m/${code}/coming`, { undo: '1' })).status,
    ]).toEqual([303, 303])
    expect(await coming(code)).toEqual([before])
    expect((await guest.get(own)).page).toContain('Du kommer, Birthe')
    expect((await freja.get(`/m/${code}/coming`)).page).not.toContain('er strøget')
  })

  test('two hosts strike the same name: it is gone once, and nobody else', async () => {
    const code = await aMeeting()
    const guest = browser(world.guest)
    await guest.come(`/m/${code}/come`, 'Poul')
    await guest.come(`/m/${code}/come`, 'Poul')
    const [first] = await coming(code)
    const both = [browser(world.freja), browser(world.freja)]
    const done = await Promise.all(both.map((one) => one.post(`/m/${code}/coming`, { strike: String(first?.id) })))
    expect(done.map(({ status }) => status)).toEqual([303, 303])
    expect(await names(code)).toEqual(['Poul'])
    expect((await both[0]?.post(`/m/${code}/coming`, { strike: "x' or 1=1" }))?.status).toBe(303)
    expect(await names(code)).toEqual(['Poul'])
  })

  test('a host of another place brings nobody back into this list', async () => {
    const code = await aMeeting()
    await browser(world.guest).come(`/m/${code}/come`, 'Birthe')
    const [row] = await coming(code)
    const freja = browser(world.freja)
    await freja.post(`/m/${code}/coming`, { strike: String(row?.id) })
    const stranger = browser(world.stranger)
    for (const [id, one] of freja.jar) stranger.jar.set(id, one)
    expect((await stranger.post(`/m/${code}/coming`, { undo: '1' })).status).toBe(403)
    expect(await names(code)).toEqual([])
  })
})

describe('calendars', () => {
  const events = (text: string) => {
    ICAL.TimezoneService.reset()
    const calendar = new ICAL.Component(ICAL.parse(text))
    for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone)
    return calendar.getAllSubcomponents('vevent').map((part) => {
      const event = new ICAL.Event(part)
      return {
        uid: event.uid,
        sequence: event.sequence,
        location: event.location,
        description: event.description,
        start: new Date(event.startDate.toUnixTime() * 1000),
        end: new Date(event.endDate.toUnixTime() * 1000),
      }
    })
  }

  test('a meeting that moves after the poster was printed keeps its code and its place in the calendar, and the feed moves it', async () => {
    const code = await aMeeting()
    const id = await idOf(code)
    const guest = browser(world.guest)
    const file = async () => events((await guest.get(`/m/${code}/calendar.ics`)).page)[0]
    const inFeed = async () =>
      events((await guest.get('/c/holmetofte/calendar.ics')).page).find(({ uid }) => uid.startsWith(id))
    const [before, feedBefore] = [await file(), await inFeed()]
    expect(before).toMatchObject({ location: 'Forsamlingshuset', start: new Date('2027-03-18T18:00:00Z') })
    expect(feedBefore).toMatchObject({ uid: before?.uid, start: before?.start })

    await changePlan(world.freja, code, { ...plan, place: 'Hallen, "den lille"; nord', date: '2027-04-08' })
    hall.forget(id)
    const [after, feedAfter] = [await file(), await inFeed()]
    for (const one of [after, feedAfter]) {
      expect(one).toMatchObject({ uid: before?.uid, location: 'Hallen, "den lille"; nord' })
      // At seven, now in summer time.
      expect(one?.start).toEqual(new Date('2027-04-08T17:00:00Z'))
      expect(one?.sequence).toBeGreaterThan(before?.sequence ?? 0)
    }
    expect((await guest.get(`/m/${code}`)).page).toContain('Torsdag 8. april kl. 19')
  })

  test('it is as long as the plan, or 90 minutes when there is none', async () => {
    const code = await aMeeting()
    const minutes = async () => {
      const [event] = events((await browser(world.guest).get(`/m/${code}/calendar.ics`)).page)
      return ((event?.end.getTime() ?? 0) - (event?.start.getTime() ?? 0)) / 60_000
    }
    await planned(await idOf(code), [])
    expect(await minutes()).toBe(90)
    await planned(await idOf(code), [
      ['A', 40, 'enliven', null],
      ['B', 35, 'close', null],
    ])
    expect(await minutes()).toBe(75)
  })

  test('the feed is public, and so it holds no code; the file of a meeting leads to its page', async () => {
    const code = await aMeeting()
    const guest = browser(world.guest)
    const feed = await guest.get('/c/holmetofte/calendar.ics')
    expect(feed.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    expect(feed.page).toContain('X-WR-CALNAME:Møder i Holmetofte')
    for (const { code: one } of await world.sql('select code from community.meeting'))
      expect(feed.page).not.toContain(String(one))
    expect((await guest.get(`/m/${code}/calendar.ics`)).page).toContain(`https://oplive.test/m/${code}`)
    expect(await guest.get('/c/nowhere/calendar.ics')).toMatchObject({ status: 404 })
    expect(await guest.get('/m/ZZZZZZ/calendar.ics')).toMatchObject({ status: 404, page: 'code.unknown' })
  })

  test('another community’s feed holds only its own meetings', async () => {
    await aMeeting()
    expect(events((await browser(world.guest).get('/c/lyngo/calendar.ics')).page)).toEqual([])
  })
})

describe('by mail', () => {
  test('the calendar file goes to the one address, with the way back, and the address is kept nowhere else', async () => {
    const code = await aMeeting()
    const phone = browser(world.guest)
    const own = await phone.come(`/m/${code}/come`, 'Birthe')
    expect((await phone.get(own)).page).toContain('Den bliver brugt én gang. Vi gemmer den ikke.')
    const sent = await phone.post(`${own}/mail`, { address: ' birthe@example.dk ' })
    expect(sent.to).toBe(`${own}?lang=da&sent=1`)
    expect((await phone.get(sent.to ?? '')).page).toContain('Mailen er på vej')
    const [letter, more] = await letters()
    expect(more).toBeUndefined()
    expect(letter).toMatchObject({ address: 'birthe@example.dk', subject: 'Lyttemøde i Holmetofte torsdag 18. marts' })
    // From the mail alone one sees it, takes it back, and brings a neighbour.
    expect(letter?.body).toContain(`https://oplive.test${own}?lang=da`)
    expect(letter?.body).toContain(`https://oplive.test/m/${code}?lang=da`)
    expect(letter?.body).not.toContain('Birthe')
    expect(String(letter?.calendar)).toContain('BEGIN:VCALENDAR')
    await world.sql('delete from community.letter')
    const left = await world.sql(
      `select table_schema || '.' || table_name as name from information_schema.tables where table_schema in ('access', 'community', 'municipal', 'pgboss') and table_type = 'BASE TABLE'`,
    )
    for (const { name } of left) {
      const found = await world.sql(`select from ${name} t where t::text ilike '%birthe@example%'`)
      expect(found, String(name)).toEqual([])
    }
  })

  test.each(['', 'birthe', 'a@b.dk, c@d.dk', 'a@b.dk\r\nBcc: c@d.dk'])('%j is not one address', async (address) => {
    const code = await aMeeting()
    const phone = browser(world.guest)
    const own = await phone.come(`/m/${code}/come`, 'Birthe')
    const { status, page } = await phone.post(`${own}/mail`, { address })
    expect(status).toBe(400)
    expect(page).toContain('href="#address">Skriv én mailadresse')
    expect(await letters()).toEqual([])
  })

  test('nobody’s letterbox is filled from here', async () => {
    const code = await aMeeting()
    const phone = browser(world.guest)
    const own = await phone.come(`/m/${code}/come`, 'Birthe')
    const answers: number[] = []
    for (let n = 0; n < 5; n++) answers.push((await phone.post(`${own}/mail`, { address: `n${n}@example.dk` })).status)
    expect(answers).toEqual([303, 303, 303, 400, 400])
    expect(await letters()).toHaveLength(3)
    await world.sql('delete from community.letter')
  })

  test('without a mail server no page asks for an address, and none is taken', async () => {
    world.house.mail = false
    const code = await aMeeting()
    const phone = browser(world.guest)
    const own = await phone.come(`/m/${code}/come`, 'Birthe')
    for (const path of [own, `/m/${code}`, `/m/${code}/come`, `/m/${code}/invite`])
      expect((await phone.get(path)).page).not.toMatch(/type="email"|name="address"/)
    expect((await phone.post(`${own}/mail`, { address: 'a@b.dk' })).status).toBe(404)
    expect(await letters()).toEqual([])
  })

  test('a link that is gone sends nothing', async () => {
    expect((await browser(world.guest).post(`/k/${newKey()}/mail`, { address: 'a@b.dk' })).status).toBe(404)
    expect(await letters()).toEqual([])
  })

  test('who wishes for the result is remembered once, as an address and nothing else', async () => {
    const code = await aMeeting()
    const meeting = await hall.find(code)
    if (!meeting) throw new Error('the meeting is there')
    expect(await wishForResult(hall, meeting, ' birthe@example.dk', 'da')).toBe(true)
    expect(await wishForResult(hall, meeting, 'birthe@example.dk', 'en')).toBe(true)
    expect(await wishForResult(hall, meeting, 'a@b.dk, c@d.dk', 'da')).toBe(false)
    const wishes = await world.sql('select * from community.mail_wish where meeting_id = $1', [meeting.id])
    expect(wishes).toMatchObject([{ address: 'birthe@example.dk', lang: 'da' }])
    expect(Object.keys(wishes[0] ?? {}).sort()).toEqual(['address', 'id', 'lang', 'meeting_id'])
  })
})
