import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { Hono } from 'hono'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Visited } from '../../access/visit.ts'
import { makeWorld, type World } from '../../test-world.ts'
import { type Hall, type MeetingInHall, openHall } from '../hall.ts'
import { planMeeting } from '../meeting.deeds.ts'
import { phoneState } from './phone-state.page.tsx'
import { sayingPages } from './saying.page.tsx'

let world: World
let hall: Hall
beforeAll(async () => {
  world = await makeWorld()
  hall = openHall(world.house)
})

async function anEvening(stage = 'say'): Promise<MeetingInHall> {
  const code = await planMeeting(
    world.freja,
    { id: world.holmetofte, timeZone: 'Europe/Copenhagen' },
    { kind: 'listening', purpose: 'Nøglen', place: 'Hallen', hostName: 'Freja', date: '2027-03-14', time: '19:30' },
  )
  const [{ id = '' } = {}] = (await world.sql('select id from community.meeting where code = $1', [code])) as {
    id: string
  }[]
  await world.sql(
    'insert into community.evening (meeting_id, stage, begun_at, agenda_since) values ($1, $2, now(), now())',
    [id, stage],
  )
  hall.forget()
  return (await hall.find(code)) ?? Promise.reject(new Error('the meeting is there'))
}
const stageIs = async (meeting: MeetingInHall, stage: string) => {
  await world.sql('update community.evening set stage = $2 where meeting_id = $1', [meeting.id, stage])
  hall.evenings.forget(meeting.id)
}
const phaseIs = async (meeting: MeetingInHall, phase: string) => {
  await world.sql(
    `update community.meeting set phase = $2, opened_at = now(), closes_by = now() + interval '1 day',
      closed_at = case when $2 = 'closed' then now() end where id = $1`,
    [meeting.id, phase],
  )
  hall.forget(meeting.id)
  await new Promise((resolve) => setTimeout(resolve, 10))
}

/** A phone without scripts that keeps its cookies, and no others'. */
function phone(lang: 'da' | 'en' = 'da') {
  const jar = new Map<string, string>()
  const site = new Hono<Visited>()
  site.use(async (c, next) => {
    c.set('visit', { house: world.house, actor: world.guest, person: null, lang, origin: 'https://oplive.test' })
    await next()
  })
  site.route('/', sayingPages(hall))
  site.onError((error) => {
    throw error
  })
  const ask = async (path: string, init: RequestInit = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await site.request(path, { ...init, headers: { cookie, ...init.headers } })
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      jar.set(name, value)
    }
    const html = await answer.text()
    const text = html
      .replace(/<(script|title)[\s\S]*?<\/\1>/g, ' ')
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
    return { status: answer.status, to: answer.headers.get('location') ?? '', html, text, headers: answer.headers }
  }
  const post = (path: string, form: Record<string, string> | string, script = false) =>
    ask(path, {
      method: 'POST',
      body: String(new URLSearchParams(form)),
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...(script && { 'x-oplive-outbox': '1' }) },
    })
  return { get: (path: string) => ask(path), post, jar }
}

const hope = (text: string) => ({ kind: 'hope', text, lang: 'da', key: randomUUID() })
const say = async (meeting: MeetingInHall, text: string, kind = 'hope') => {
  const one = phone()
  await one.get(`/m/${meeting.code}`)
  await one.post(`/m/${meeting.code}/say`, { ...hope(text), kind })
  return one
}
const idsOn = (html: string) => [...html.matchAll(/id="w-([0-9a-f-]{36})"/g)].map(([, id = '']) => id)
const stored = async (meeting: MeetingInHall) =>
  world.sql('select text, kind, state, open_to, lang from community.statement where meeting_id = $1 order by ordinal', [
    meeting.id,
  ])

describe('one thing to do on the screen', () => {
  test.each([
    ['welcome', 'Godt, du kom'],
    ['say', 'Sig det med dine egne ord'],
    ['recognise', 'Kender du det også?'],
    ['choose', 'Hvad skal vi tage fat på?'],
    ['promise', 'Lav en aftale'],
    ['rest', 'Læg telefonen fra dig'],
  ])(
    'when the stage is %s it is »%s«, with the way to own words, and never the word of a host',
    async (stage, title) => {
      const meeting = await anEvening(stage)
      const page = await phone().get(`/m/${meeting.code}`)
      expect(page.status).toBe(200)
      expect(page.html).toContain(`<h1>${title}</h1>`)
      expect(page.html).toContain(`href="/m/${meeting.code}/mine?lang=da"`)
      expect(page.html).toContain(`data-stage="${stage}"`)
      expect(page.headers.get('cache-control')).toBe('no-store')
      expect(page.html.match(/class="button wide"/g)?.length ?? 0).toBeLessThanOrEqual(1)
      const english = await phone('en').get(`/m/${meeting.code}`)
      expect(english.html).toContain('<html lang="en"')
    },
  )

  test('what is said, and who sees it, stands there before anything is typed; nothing is chosen beforehand', async () => {
    const page = await phone().get(`/m/${(await anEvening()).code}`)
    expect(page.text).toContain('Alle i salen, og værterne.')
    expect(page.text).toContain('Dit navn står ingen steder')
    expect(page.html).not.toContain('checked')
  })

  test('a wall of forty words is a page under 12 kB', async () => {
    const meeting = await anEvening('recognise')
    await Promise.all(
      Array.from({ length: 41 }, (_, at) =>
        say(meeting, `Ord nummer ${at}, og så lidt mere om bussen og hallen`, at % 3 ? 'hope' : 'unbearable'),
      ),
    )
    const page = await phone().get(`/m/${meeting.code}?part=0`)
    expect(idsOn(page.html)).toHaveLength(40)
    expect(gzipSync(page.html).length).toBeLessThan(12_000)
    expect(page.text).toContain('1–40 af 41')
  })

  test('a code in small letters goes on to the address that its cookies belong to', async () => {
    const meeting = await anEvening()
    const seen = await phone().get(`/m/${meeting.code.toLowerCase()}/mine?lang=da`)
    expect(seen).toMatchObject({ status: 308, to: `/m/${meeting.code}/mine?lang=da` })
  })
})

describe('at the door', () => {
  test('who came and who brought them is put on the list, on a cookie of its own, and can be skipped', async () => {
    const meeting = await anEvening('welcome')
    const ida = phone()
    await ida.get(`/m/${meeting.code}`)
    expect(ida.jar.get('door')).not.toBe(ida.jar.get('evening'))
    const form = { lang: 'da', first: 'yes', brought: 'neighbour', bringer: 'Freja', name: 'Ida' }
    const sent = await ida.post(`/m/${meeting.code}/door`, form)
    expect(sent).toMatchObject({ status: 303, to: `/m/${meeting.code}?lang=da&told=door` })
    const after = await ida.get(sent.to)
    expect(after.text).toContain('Du står på dørlisten')
    expect(after.html).toContain('value="Ida"')
    expect((await phone().get(`/m/${meeting.code}?skip=1`)).text).toContain('Det skal vi i aften')
    const rows = await world.sql(
      'select name, first_time, brought_by, bringer from community.arrival where meeting_id = $1',
      [meeting.id],
    )
    expect(rows).toEqual([{ name: 'Ida', first_time: true, brought_by: 'neighbour', bringer: 'Freja' }])
  })

  test('a name that is too long comes back as it was typed', async () => {
    const meeting = await anEvening('welcome')
    const page = await phone().post(`/m/${meeting.code}/door`, { lang: 'da', name: 'Y'.repeat(61) })
    expect(page.status).toBe(400)
    expect(page.html).toContain(`value="${'Y'.repeat(61)}"`)
    expect(page.html).toContain('href="#name"')
  })
})

describe('saying something', () => {
  test('without a script: said, thanked, and found again among own words', async () => {
    const meeting = await anEvening()
    const ida = phone()
    await ida.get(`/m/${meeting.code}`)
    const sent = await ida.post(`/m/${meeting.code}/say`, { ...hope('<b>Lys</b> i hallen'), public: 'yes' })
    expect(sent).toMatchObject({ status: 303, to: `/m/${meeting.code}?lang=da&told=said` })
    const thanks = await ida.get(sent.to)
    expect(thanks.text).toContain('Det er sagt')
    expect(thanks.text).toContain('Indtil nu er I 1')
    const mine = await ida.get(`/m/${meeting.code}/mine`)
    expect(mine.html).toContain('&lt;b&gt;Lys&lt;/b&gt; i hallen')
    expect(mine.html).toMatch(/<blockquote class="said hope" lang="da" dir="auto">/)
    expect(mine.text).toContain('Det kommer frem, når fem har sagt noget.')
    expect(mine.text).toContain('Det må stå på byens side.')
    expect(await stored(meeting)).toEqual([
      { text: '<b>Lys</b> i hallen', kind: 'hope', state: 'shown', open_to: 'public', lang: 'da' },
    ])
  })

  test.each([
    ['only spaces', { text: '   ' }, '#text', 'Skriv, hvad du vil sige'],
    ['281 characters', { text: 'ø'.repeat(281) }, '#text', 'Der er plads til 280 tegn. Gør det lidt kortere'],
    [
      'a CPR number',
      { text: 'Jeg er 010203-1234' },
      '#text',
      'Det ligner et CPR-nummer. Det gemmer vi aldrig. Skriv det uden tallet',
    ],
    ['no kind', { kind: '' }, '#kind', 'Vælg, hvad det er for noget'],
    [
      'a field nobody asked for',
      { mail: 'x' },
      '#text',
      'Der kom noget med, som vi ikke kender. Se det igennem, og send igen',
    ],
  ])('%s comes back with what was typed and what to do, and nothing is kept', async (_, wrong, href, message) => {
    const meeting = await anEvening()
    const form = { ...hope('Det her skal ikke tabes'), ...wrong }
    const page = await phone().post(`/m/${meeting.code}/say`, form)
    expect(page.status).toBe(400)
    expect(page.html).toContain(`<a href="${href}">${message}</a>`)
    expect(page.html).toContain(form.text.trim() || 'textarea')
    expect(page.html).toContain('<title>Ret: ')
    expect(await stored(meeting)).toEqual([])
  })

  test('a text sent twice in one form is refused, and a form too large is', async () => {
    const meeting = await anEvening()
    const twice = `${new URLSearchParams(hope('En'))}&text=To`
    expect((await phone().post(`/m/${meeting.code}/say`, twice)).status).toBe(400)
    await expect(phone().post(`/m/${meeting.code}/say`, hope('x'.repeat(70_000)))).rejects.toMatchObject({
      code: 'too-large',
    })
  })

  test('a script gets a status and no body, and hears when somebody has to look again', async () => {
    const meeting = await anEvening()
    const ida = phone()
    await ida.get(`/m/${meeting.code}`)
    const kept = await ida.post(`/m/${meeting.code}/say`, hope('Lys'), true)
    expect(kept).toMatchObject({ status: 204, html: '' })
    expect(kept.headers.get('x-oplive-to')).toBeNull()
    const asked = await ida.post(`/m/${meeting.code}/say`, hope('Min mand er syg'), true)
    expect(asked.headers.get('x-oplive-to')).toMatch(new RegExp(`^/m/${meeting.code}/mine\\?lang=da#w-`))
    expect(await ida.post(`/m/${meeting.code}/say`, hope(' '), true)).toMatchObject({ status: 400, html: '' })
    const page = await ida.get(`/m/${meeting.code}`)
    expect(page.text).toContain('Noget, du har skrevet, venter på dig')
  })

  test('what may touch on health or a name is asked about, and its writer decides', async () => {
    const meeting = await anEvening()
    const ida = phone()
    await ida.get(`/m/${meeting.code}`)
    const sent = await ida.post(`/m/${meeting.code}/say`, hope('Naboen Jens har fået demens'))
    expect(sent.to).toContain(`/m/${meeting.code}/mine`)
    const mine = await ida.get(sent.to)
    expect(mine.text).toContain('Det ser ud til at handle om helbred. Skriv det om, så ingen kan kendes.')
    expect(mine.text).toContain('Der ser ud til at stå et navn.')
    const [id = ''] = idsOn(mine.html)
    await ida.post(`/m/${meeting.code}/show`, { lang: 'da', id })
    expect(await stored(meeting)).toMatchObject([{ state: 'shown' }])
  })

  test('a phone that keeps no cookies is heard; after the card has closed only phones that were there are', async () => {
    const meeting = await anEvening()
    const ida = phone()
    await ida.get(`/m/${meeting.code}`)
    expect((await phone().post(`/m/${meeting.code}/say`, hope('Uden kage'))).status).toBe(303)
    await phaseIs(meeting, 'closed')
    const stranger = await phone().post(`/m/${meeting.code}/say`, hope('Jeg var der ikke'))
    expect(stranger.status).toBe(410)
    expect(stranger.text).toContain('Telefonen var ikke med')
    expect(stranger.text).toContain('Jeg var der ikke')
    const late = await ida.post(`/m/${meeting.code}/say`, hope('Jeg var væk fra nettet'))
    expect(late).toMatchObject({ status: 303, to: `/m/${meeting.code}/mine?lang=da` })
    expect((await ida.get(late.to)).text).toContain('Du kan stadig rette dine ord')
    expect(await stored(meeting)).toHaveLength(2)
  })
})

describe('own words', () => {
  test('are changed, taken back and brought back by their own phone; another phone sees and changes nothing', async () => {
    const meeting = await anEvening()
    const [ida, other] = [await say(meeting, 'Lys i hallen'), await say(meeting, 'Kaffe')]
    const at = (path: string) => `/m/${meeting.code}/${path}`
    const [id = ''] = idsOn((await ida.get(at('mine'))).html)
    expect((await other.get(at('mine'))).text).not.toContain('Lys i hallen')
    expect((await other.get(at(`mine?change=${id}`))).html).not.toContain('Lys i hallen')
    for (const [path, form] of [
      ['back', { lang: 'da', id }],
      ['show', { lang: 'da', id }],
      ['say', { kind: 'hope', text: 'Overtaget', lang: 'da', id }],
    ] as const) {
      const tried = await other.post(at(path), form)
      expect(tried.status).toBe(409)
      expect(tried.text).toContain('Ordene er her ikke mere')
    }
    const never = await other.post(at('back'), { lang: 'da', id: randomUUID() })
    expect(never.html).toBe((await other.post(at('back'), { lang: 'da', id })).html)
    const form = await ida.get(at(`mine?change=${id}`))
    expect(form.html).toMatch(/<textarea[^>]*>\s*Lys i hallen\s*<\/textarea>/)
    await ida.post(at('say'), { kind: 'change', text: 'Lys kl. 18', lang: 'da', id })
    await ida.post(at('back'), { lang: 'da', id })
    expect((await ida.get(at('mine'))).text).toContain('Du har taget det tilbage.')
    expect((await stored(meeting))[0]).toMatchObject({ text: 'Lys kl. 18', kind: 'change', state: 'withdrawn' })
    await ida.post(at('back'), { lang: 'da', id, undo: '1' })
    expect((await stored(meeting))[0]).toMatchObject({ state: 'shown' })
  })

  test('a change that cannot be taken comes back as it was typed', async () => {
    const meeting = await anEvening()
    const ida = await say(meeting, 'Lys i hallen')
    const [id = ''] = idsOn((await ida.get(`/m/${meeting.code}/mine`)).html)
    const page = await ida.post(`/m/${meeting.code}/say`, { kind: 'hope', text: 'å'.repeat(281), lang: 'da', id })
    expect(page.status).toBe(400)
    expect(page.html).toContain('å'.repeat(281))
    expect(page.html).toContain(`name="id" value="${id}"`)
  })

  test('tell what became of them: gathered under a theme, taken down and why, known by others', async () => {
    const meeting = await anEvening('recognise')
    const ida = await say(meeting, 'Lys i hallen')
    await ida.post(`/m/${meeting.code}/say`, hope('Det kan såre'))
    const [hurts = '', light = ''] = idsOn((await ida.get(`/m/${meeting.code}/mine`)).html)
    const theme = randomUUID()
    await world.sql(`insert into community.theme (id, meeting_id, name, place) values ($1, $2, 'Lys <i>', 1)`, [
      theme,
      meeting.id,
    ])
    await world.sql('update community.statement set theme_id = $2 where id = $1', [light, theme])
    await world.sql(`update community.statement set state = 'hidden', hidden_why = 'hurts' where id = $1`, [hurts])
    await phone().post(`/m/${meeting.code}/know`, { lang: 'da', statement: light, yes: '1' })
    const { html, text } = await ida.get(`/m/${meeting.code}/mine`)
    expect(html).toContain('Lys &lt;i&gt;')
    expect(text).toContain('Samlet under »')
    expect(text).toContain('1 anden kender det også.')
    expect(text).toContain('Det kan såre nogen. Prøv at sige det på en anden måde.')
  })
})

describe('»det kender jeg også«', () => {
  test('is one tap without a script and comes back to the same place; own words have no button', async () => {
    const meeting = await anEvening('recognise')
    const all = await Promise.all(['En', 'To', 'Tre', 'Fire', 'Fem'].map((text) => say(meeting, text)))
    const ida = all[0] as ReturnType<typeof phone>
    const page = await ida.get(`/m/${meeting.code}`)
    expect(page.html.match(/aria-pressed="false"/g)).toHaveLength(4)
    expect(page.text).toContain('Det har du selv sagt')
    const [, statement = ''] = /name="statement" value="([^"]+)"/.exec(page.html) ?? []
    const sent = await ida.post(`/m/${meeting.code}/know`, { lang: 'da', statement, yes: '1', at: 'm0' })
    expect(sent.to).toBe(`/m/${meeting.code}?lang=da&part=0#w-${statement}`)
    const after = await ida.get(sent.to)
    expect(after.html.match(/aria-pressed="true"/g)).toHaveLength(1)
    expect(idsOn(after.html)).toEqual(idsOn(page.html))
    expect((await phone().get(`/m/${meeting.code}`)).html).not.toContain('aria-pressed="true"')
    await ida.post(`/m/${meeting.code}/know`, { lang: 'da', statement, yes: '0', at: 'w0' })
    expect((await ida.get(`/m/${meeting.code}/words`)).html).not.toContain('aria-pressed="true"')
  })

  test('before five have spoken nothing is shown but how many, and the field to say something is open', async () => {
    const meeting = await anEvening('recognise')
    await say(meeting, 'Hemmeligt endnu')
    const page = await phone().get(`/m/${meeting.code}`)
    expect(page.text).toContain('Indtil nu har 1 sagt noget.')
    expect(page.text).not.toContain('Hemmeligt endnu')
    expect(page.html).toMatch(/<details class="more" open/)
  })

  test('what is unbearable waits until somebody has said what gives hope', async () => {
    const meeting = await anEvening('recognise')
    for (let at = 0; at < 5; at += 1) await say(meeting, `Tungt ${at}`, 'unbearable')
    const before = await phone().get(`/m/${meeting.code}`)
    expect(before.text).toContain('5 ting venter på at komme frem.')
    expect(before.text).not.toContain('Tungt 1')
    await say(meeting, 'Vi har haven', 'resource')
    expect((await phone().get(`/m/${meeting.code}`)).text).toContain('Tungt 1')
  })

  test('words that are gone meanwhile are told so', async () => {
    const meeting = await anEvening('recognise')
    const gone = await phone().post(`/m/${meeting.code}/know`, { lang: 'da', statement: randomUUID(), yes: '1' })
    expect(gone.status).toBe(409)
    expect(gone.text).toContain('Ordene er her ikke mere')
    const odd = { lang: 'da', statement: 'x', yes: '1' }
    expect(await phone().post(`/m/${meeting.code}/know`, odd, true)).toMatchObject({ status: 400, html: '' })
  })
})

describe('dots', () => {
  test('are put and moved; too many, a theme that is gone and dots after closing each have their own words', async () => {
    const meeting = await anEvening('choose')
    const at = `/m/${meeting.code}`
    expect((await phone().get(at)).text).toContain('Der er ingen temaer endnu.')
    const [light, table] = [randomUUID(), randomUUID()]
    for (const [id, name] of [
      [light, 'Lys'],
      [table, 'Bord'],
    ])
      await world.sql('insert into community.theme (id, meeting_id, name, place) values ($1, $2, $3, 1)', [
        id,
        meeting.id,
        name,
      ])
    hall.evenings.forget()
    const ida = phone()
    expect((await ida.get(at)).html).not.toContain('checked')
    const form = (a: string, b: string) => ({ lang: 'da', [`dot-${light}`]: a, [`dot-${table}`]: b })
    expect(await ida.post(`${at}/dots`, form('2', '1'))).toMatchObject({ status: 303, to: `${at}?lang=da&told=dots` })
    const put = await ida.get(`${at}?told=dots`)
    expect(put.text).toContain('Dine prikker er sat')
    expect(put.html.match(/checked/g)).toHaveLength(2)
    const many = await ida.post(`${at}/dots`, form('3', '1'))
    expect(many.status).toBe(400)
    expect(many.text).toContain('Du har 3 prikker i alt. Tag nogle af dem væk')
    await world.sql('update community.theme set gone = true where id = $1', [light])
    const gone = await ida.post(`${at}/dots`, form('1', '1'))
    expect(gone).toMatchObject({ status: 409 })
    expect(gone.text).toContain('Et tema er lige taget væk')
    await stageIs(meeting, 'promise')
    const closed = await ida.post(`${at}/dots`, form('1', '0'))
    expect(closed).toMatchObject({ status: 409 })
    expect(closed.text).toContain('Der sættes ikke prikker nu')
    expect(await ida.post(`${at}/dots`, form('1', '0'), true)).toMatchObject({ status: 409, html: '' })
  })
})

describe('what all phones get', () => {
  test('is under 1.5 kB, says where the meeting is, and holds nobody’s words', async () => {
    const meeting = await anEvening('recognise')
    for (let at = 0; at < 6; at += 1) await say(meeting, `Ord ${at}`)
    const state = await phoneState(hall, meeting, 'da')
    expect(Buffer.byteLength(state)).toBeLessThan(1500)
    expect(state).toContain('data-now="recognise"')
    expect(state).toContain('data-words="6"')
    expect(state).toContain('6 har sagt noget')
    expect(state).not.toContain('Ord 1')
  })

  test('changes what own words look at again only when something became of somebody’s words', async () => {
    const meeting = await anEvening('recognise')
    for (let at = 0; at < 6; at += 1) await say(meeting, `Ord ${at}`)
    const fate = async () => /data-fate="(\w+)"/.exec(await phoneState(hall, meeting, 'da'))?.[1]
    const before = await fate()
    await say(meeting, 'Et ord mere')
    expect(await fate()).toBe(before)
    await world.sql(
      `update community.statement set state = 'hidden', hidden_why = 'other' where meeting_id = $1 and text = 'Ord 1'`,
      [meeting.id],
    )
    hall.evenings.forget()
    expect(await fate()).not.toBe(before)
  })

  test('the page that a phone keeps for when there is no net is the same for everybody, and gives no cookie', async () => {
    const meeting = await anEvening()
    const ida = await say(meeting, 'Mine egne ord')
    const kept = (await ida.get(`/m/${meeting.code}`)).headers.get('x-oplive-keep') ?? ''
    const empty = await ida.get(kept)
    expect(empty.html).not.toContain('Mine egne ord')
    expect(empty.html).toContain('name="key" value=""')
    const stranger = await phone().get(kept)
    expect(stranger.html).toBe(empty.html)
    expect(stranger.headers.getSetCookie()).toEqual([])
  })
})
