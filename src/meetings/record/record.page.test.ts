import { beforeAll, describe, expect, test } from 'vitest'
import { type TestSite, visitAs } from '../../communities/test-site.ts'
import type { Actor } from '../../db/as-actor.ts'
import { makeWorld, type World } from '../../test-world.ts'
import { countAttendance } from '../exit-card.deeds.ts'
import { type Hall, openHall } from '../hall.ts'
import { recordJobs, sendResults } from './record.deeds.ts'
import { recordPages } from './record.page.tsx'
import { anEvening, aTheme, closes, comes, type HeldEvening, promises, says } from './test-evening.ts'

let world: World
let hall: Hall
beforeAll(async () => {
  world = await makeWorld()
  hall = openHall(world.house)
})

const as = (actor: Actor): Promise<TestSite> => visitAs(world.house, actor, recordPages(hall, world.later))
const everybodyElse = () => [world.guest, world.karsten, world.stranger, world.amira]

const somePeople = [
  { first: false, by: 'unknown', times: 24 },
  { first: true, by: 'neighbour', times: 11, name: 'Ida', bringer: 'Poul' },
  { first: true, by: 'self', times: 7 },
] as const

/** The evening in Holmetofte, with all that a record holds. */
async function wholeEvening(): Promise<HeldEvening> {
  const evening = await anEvening(world, hall, {
    answers: 50,
    yes: 40,
    attended: 58,
    door: somePeople,
    talk: { residents: 24, municipality: 18 },
  })
  const key = await aTheme(world, evening.id, 'Nøglen til hallen', true, 31)
  await aTheme(world, evening.id, 'Et langt bord', false, 9)
  const said = (kind: string, text: string, more = {}) => says(world, evening.id, { kind, text, ...more })
  await said('unbearable', 'Hallen er låst klokken 18', { theme: key, recognised: 12 })
  await said('hope', 'Min datter har fået nøglen', { theme: key, open: 'public' })
  await said('resource', '=HYPERLINK("http://x")', { recognised: 3 })
  await said('change', 'Kage; og "kaffe"\nhver torsdag')
  await said('hope', 'Сусідка принесла мені суп', { lang: 'uk' })
  await said('unbearable', 'Et hemmeligt og skjult ord', { state: 'hidden' })
  await said('unbearable', 'Et ord, der er taget tilbage', { state: 'withdrawn' })
  await said('unbearable', 'Et ord, der tænkes over', { state: 'asked' })
  await promises(world, evening.id, 'Birthe', 'Jeg bager')
  await promises(world, evening.id, 'Karsten', 'Jeg ringer til Poul')
  await closes(world, hall, evening)
  return evening
}

describe('the result given back', () => {
  test('talk time stands beside the three shares, with what was measured', async () => {
    const { code } = await wholeEvening()
    const { status, text } = await (await as(world.guest)).get(`/m/${code}/result`)
    expect(status).toBe(200)
    expect(text).toContain('40 af 50 havde medindflydelse')
    expect(text).toContain('Kommunen talte 18 af 42 minutter')
  })

  test('first-timers and who brought them are counts with their base', async () => {
    const { code } = await wholeEvening()
    const { text } = await (await as(world.guest)).get(`/m/${code}/result`)
    expect(text).toContain('18 af 42 var med for første gang (43 %)')
    expect(text).toContain('16 har ikke sagt det. Tallet for alle ligger mellem 31 og 59 %')
    expect(text).toContain('En nabo tog 11 af de 18 nye med (61 %)')
    expect(text).not.toContain('Ida')
    expect(text).not.toContain('Poul')
  })

  test('themes come with their words, the priority first, with dots of all dots; promises are a number', async () => {
    const { code } = await wholeEvening()
    const { text } = await (await as(world.guest)).get(`/m/${code}/result`)
    expect(text.indexOf('Nøglen til hallen')).toBeLessThan(text.indexOf('Et langt bord'))
    expect(text).toContain('Det tager vi fat på · 31 af 40 prikker')
    expect(text).toContain('Hallen er låst klokken 18')
    expect(text).toContain('12 kender det også')
    expect(text).toContain('Der blev lavet 2 aftaler i salen')
    expect(text).not.toContain('Birthe')
  })

  test('where nobody pressed the clock and nobody wrote a door list, nothing is said of them', async () => {
    const evening = await anEvening(world, hall, { answers: 12, yes: 6, quiet: true })
    await closes(world, hall, evening)
    const { text } = await (await as(world.guest)).get(`/m/${evening.code}/result`)
    expect(text).toContain('6 af 12')
    expect(text).not.toContain('Hvem fyldte i rummet?')
    expect(text).not.toContain('Hvem kom?')
    expect(text).not.toContain('Det hørte vi')
  })

  test('a clock that was not stopped runs until the card opens, and no longer', async () => {
    const evening = await anEvening(world, hall, { answers: 12, yes: 6, talk: { residents: 10, municipality: 0 } })
    await world.sql(`update community.evening set talking = 'municipality', talking_since = $2 where meeting_id = $1`, [
      evening.id,
      new Date(world.clock.now().getTime() - 5 * 60_000),
    ])
    world.clock.forward(3)
    await closes(world, hall, evening)
    const { text } = await (await as(world.guest)).get(`/m/${evening.code}/result`)
    expect(text).toContain('Kommunen talte 5 af 15 minutter')
    world.clock.forward(-3)
  })

  test('a phone that was there is led to its own words, and others are not', async () => {
    const { code, id } = await wholeEvening()
    const { issueEveningToken } = await import('../evening-token.ts')
    const site = recordPages(hall, world.later)
    const { Hono } = await import('hono')
    const app = new Hono<{ Variables: { visit: never } }>()
    app.use(async (c, next) => {
      c.set('visit', { house: world.house, actor: world.guest, person: null, lang: 'da', origin: '' } as never)
      await next()
    })
    app.route('/', site as never)
    const page = async (cookie: string) => (await app.request(`/m/${code}/result`, { headers: { cookie } })).text()
    expect(await page(`evening=${issueEveningToken(world.house, id, 'evening')}`)).toContain(`/m/${code}/mine`)
    expect(await page('evening=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')).not.toContain('/mine')
    expect(await page('')).not.toContain('/mine')
  })

  test('before the card is closed there is no result, no minutes and no file', async () => {
    const { code } = await anEvening(world, hall, { answers: 12, yes: 6 })
    const guest = await as(world.guest)
    expect((await guest.get(`/m/${code}/result`)).status).toBe(403)
    expect((await guest.get(`/m/${code}/minutes`)).status).toBe(403)
    expect((await guest.get(`/m/${code}/meeting.csv`)).status).toBe(403)
  })
})

describe('words that are not shown', () => {
  const pages = (code: string) => [`/m/${code}/result`, `/m/${code}/minutes`, `/m/${code}/meeting.csv`]

  test('what was hidden, taken back or is thought about stands nowhere, for nobody', async () => {
    const { code } = await wholeEvening()
    for (const actor of [world.freja, ...everybodyElse()])
      for (const page of [...pages(code), `/m/${code}/meeting.csv?names=1`]) {
        const { text } = await (await as(actor)).get(page)
        expect(text).not.toMatch(/hemmeligt|taget tilbage|tænkes over/)
      }
  })

  test('four voices are too few, and their words are not shown', async () => {
    const evening = await anEvening(world, hall, { answers: 12, yes: 6 })
    for (const kind of ['unbearable', 'hope', 'change', 'resource'])
      await says(world, evening.id, { kind, text: `Ord om ${kind}` })
    await closes(world, hall, evening)
    for (const page of pages(evening.code)) {
      const { text } = await (await as(world.guest)).get(page)
      expect(text).not.toContain('Ord om')
    }
  })

  test('the unbearable waits until somebody has said what gives hope', async () => {
    const evening = await anEvening(world, hall, { answers: 12, yes: 6 })
    for (let n = 1; n <= 6; n++) await says(world, evening.id, { kind: 'unbearable', text: `Svært nummer ${n}` })
    await closes(world, hall, evening)
    for (const page of pages(evening.code))
      expect((await (await as(world.guest)).get(page)).text).not.toContain('Svært nummer')
    expect((await (await as(world.guest)).get(`/m/${evening.code}/minutes`)).text).toContain('hvad der giver håb')
  })
})

describe('outside the hall', () => {
  test('the same result stands at an address without the code, with only the words that are open to all', async () => {
    const { code, id } = await wholeEvening()
    for (const actor of [world.guest, world.karsten, world.stranger, world.freja]) {
      const { status, text, html } = await (await as(actor)).get(`/c/holmetofte/result/${id}`)
      expect(status).toBe(200)
      expect(text).toContain('40 af 50')
      expect(text).toContain('Min datter har fået nøglen')
      expect(text).not.toMatch(/Hallen er låst|Kage;|prikker|aftaler|Birthe/)
      if (actor !== world.freja) expect(html).not.toContain(code)
    }
  })

  test('the municipality waits there too, and a meeting of another place is not found', async () => {
    const { id } = await wholeEvening()
    expect((await (await as(world.amira)).get(`/c/holmetofte/result/${id}`)).status).toBe(403)
    expect((await (await as(world.guest)).get(`/c/lyngo/result/${id}`)).status).toBe(404)
    expect((await (await as(world.guest)).get('/c/holmetofte/result/../x')).status).toBe(404)
    expect((await (await as(world.guest)).get(`/c/holmetofte/result/${'0'.repeat(36)}`)).status).toBe(404)
  })
})

describe('the municipality', () => {
  test('sees nothing of the record for 48 hours, also with the code', async () => {
    const { code } = await wholeEvening()
    const amira = await as(world.amira)
    for (const page of ['result', 'minutes', 'result.csv', 'meeting.csv']) {
      const { status, text } = await amira.get(`/m/${code}/${page}`)
      expect(status).toBe(403)
      expect(text).not.toMatch(/40 af 50|Hallen er låst|Nøglen til hallen|18 af 42/)
    }
  })

  test('sees its shares, the talk time, the counts, the themes, and only the words that are open to all', async () => {
    const { code } = await wholeEvening()
    world.clock.forward(49)
    const amira = await as(world.amira)
    for (const page of ['result', 'minutes', 'meeting.csv']) {
      const { status, text } = await amira.get(`/m/${code}/${page}`)
      expect(status).toBe(200)
      expect(text).toContain('Nøglen til hallen')
      expect(text).toContain('Min datter har fået nøglen')
      expect(text).not.toMatch(/Hallen er låst|Сусідка|Kage;|prikker|aftaler|Birthe|Jeg bager|Ida/)
    }
    const { text } = await amira.get(`/m/${code}/result`)
    expect(text).toContain('Kommunen talte 18 af 42 minutter')
    expect(text).toContain('18 af 42 var med for første gang')
    world.clock.forward(-49)
  })

  test('is not written to by mail, and keeps no debrief', async () => {
    const { code } = await wholeEvening()
    world.clock.forward(49)
    const amira = await as(world.amira)
    expect((await amira.post(`/m/${code}/wish`, { address: 'amira@kommune.dk' })).status).toBe(403)
    expect((await amira.get(`/m/${code}/debrief`)).status).toBe(403)
    expect((await amira.get(`/m/${code}/meeting.csv?names=1`)).status).toBe(403)
    world.clock.forward(-49)
  })
})

describe('counting the door again', () => {
  test('only a host of the place may ask', async () => {
    const { code } = await wholeEvening()
    for (const actor of everybodyElse())
      expect([401, 403]).toContain((await (await as(actor)).post(`/m/${code}/again`, {})).status)
  })

  test('one more row changes no number that anybody sees, in any version', async () => {
    const { code, id } = await wholeEvening()
    const before = await (await as(world.guest)).get(`/m/${code}/result`)
    await comes(world, id, { first: true, by: 'neighbour', times: 1 })
    const host = await as(world.freja)
    const asked = await host.post(`/m/${code}/again`, {})
    expect(asked.location).toContain('done=refused')
    expect((await host.get(asked.location ?? '')).text).toContain('Der er for lidt nyt på listen')
    const after = await (await as(world.guest)).get(`/m/${code}/result`)
    expect(after.text).toBe(before.text)
    expect(await world.sql('select 1 from community.result where meeting_id = $1', [id])).toHaveLength(2)
  })

  test('a list that was typed after the closing joins, to both audiences at once', async () => {
    const evening = await anEvening(world, hall, { answers: 50, yes: 40, attended: 58 })
    await closes(world, hall, evening)
    for (const some of somePeople) await comes(world, evening.id, some)
    expect((await (await as(world.guest)).get(`/m/${evening.code}/result`)).text).not.toContain('første gang')
    expect((await (await as(world.freja)).post(`/m/${evening.code}/again`, {})).location).toContain('done=joined')
    expect((await (await as(world.guest)).get(`/m/${evening.code}/result`)).text).toContain(
      '18 af 42 var med for første gang',
    )
    world.clock.forward(49)
    expect((await (await as(world.amira)).get(`/m/${evening.code}/result`)).text).toContain('18 af 42')
    world.clock.forward(-49)
  })

  test('rows that come later do not slip in when attendance is changed or late cards join', async () => {
    const { code, id } = await wholeEvening()
    await comes(world, id, { first: true, by: 'neighbour', times: 1 })
    await countAttendance(world.freja, code, 60)
    const { text } = await (await as(world.guest)).get(`/m/${code}/result`)
    expect(text).toContain('18 af 42 var med for første gang')
    expect(text).toContain('18 har ikke sagt det')
    expect(text).toContain('Kommunen talte 18 af 42 minutter')
  })
})

describe('the minutes', () => {
  test('hold purpose, place, words with hope beside the unbearable, and promises as a number', async () => {
    const { code } = await wholeEvening()
    const { text } = await (await as(world.guest)).get(`/m/${code}/minutes`)
    for (const one of ['Hvem tør have nøglen?', 'Forsamlingshuset', '58 personer', '2 aftaler', 'Kage; og "kaffe"'])
      expect(text).toContain(one)
    expect(text).not.toMatch(/Birthe|Jeg bager|20304050/)
  })

  test('the names of promises are the hosts own; telephone numbers stand nowhere', async () => {
    const { code } = await wholeEvening()
    const { text } = await (await as(world.freja)).get(`/m/${code}/minutes`)
    expect(text).toMatch(/Birthe.*Jeg bager/)
    expect(text).not.toContain('20304050')
    for (const actor of everybodyElse())
      expect((await (await as(actor)).get(`/m/${code}/minutes`)).text).not.toContain('Birthe')
  })

  test('words are marked with the language they were said in', async () => {
    const { code } = await wholeEvening()
    expect((await (await as(world.guest)).get(`/m/${code}/minutes`)).html).toContain('lang="uk"')
  })
})

describe('the file of the whole meeting', () => {
  test('only a host gets the file with names', async () => {
    const { code } = await wholeEvening()
    for (const actor of everybodyElse())
      expect([401, 403]).toContain((await (await as(actor)).get(`/m/${code}/meeting.csv?names=1`)).status)
    const mine = await (await as(world.freja)).get(`/m/${code}/meeting.csv?names=1`)
    expect(mine.html).toContain('Birthe · Jeg bager')
    expect(mine.html).toContain('Ida')
    expect(mine.html).not.toContain('20304050')
    expect((await (await as(world.freja)).get(`/m/${code}/meeting.csv`)).html).not.toMatch(/Birthe|Ida/)
  })

  test('what a spreadsheet would take for a formula is made harmless', async () => {
    const { code } = await wholeEvening()
    const { html } = await (await as(world.guest)).get(`/m/${code}/meeting.csv`)
    expect(html).toContain(`"'=HYPERLINK(""http://x"")"`)
  })
})

describe('the debrief', () => {
  const typed = {
    happened: 'Otte nye kom',
    plus: 'Vi lyttede',
    delta: 'Kortere indledning',
    grew: 'Ida',
    grewOk: 'yes',
    missing: 'De unge',
    hope: 'Det smitter',
    nextStep: 'Ring til Poul',
    nextOwner: 'Freja',
    rev: '0',
  }

  test('only a host of the place comes in, by any door', async () => {
    const { code } = await wholeEvening()
    await (await as(world.freja)).post(`/m/${code}/debrief`, typed)
    for (const actor of everybodyElse()) {
      const site = await as(actor)
      for (const seen of [
        await site.get(`/m/${code}/debrief`),
        await site.get(`/m/${code}/debrief/paper`),
        await site.post(`/m/${code}/debrief`, { ...typed, happened: 'Noget andet', rev: '1' }),
      ]) {
        expect([401, 403]).toContain(seen.status)
        expect(seen.text).not.toContain('Otte nye kom')
      }
    }
    expect((await (await as(world.freja)).get(`/m/${code}/debrief`)).text).toContain('Otte nye kom')
  })

  test('who grew is only kept with their yes, and nothing that was typed is lost', async () => {
    const { code, id } = await wholeEvening()
    const { grewOk: _, ...without } = typed
    const asked = await (await as(world.freja)).post(`/m/${code}/debrief`, without)
    expect(asked.status).toBe(400)
    expect(asked.text).toContain('Har I spurgt dem?')
    for (const words of ['Otte nye kom', 'Ida', 'Det smitter']) expect(asked.html).toContain(words)
    expect(await world.sql('select 1 from community.debrief where meeting_id = $1', [id])).toEqual([])
  })

  test('a next step has somebody who takes it', async () => {
    const { code } = await wholeEvening()
    const asked = await (await as(world.freja)).post(`/m/${code}/debrief`, { ...typed, nextOwner: ' ' })
    expect(asked.status).toBe(400)
    expect(asked.text).toContain('Skriv, hvem der tager skridtet')
  })

  test('two who write at once do not overwrite each other, and both see both', async () => {
    const { code } = await wholeEvening()
    const host = await as(world.freja)
    expect((await host.post(`/m/${code}/debrief`, typed)).status).toBe(303)
    const second = await host.post(`/m/${code}/debrief`, { ...typed, happened: 'Ti nye kom' })
    expect(second.status).toBe(409)
    expect(second.text).toContain('Otte nye kom')
    expect(second.html).toContain('Ti nye kom')
    expect(second.html).toContain('name="rev" value="1"')
    expect((await host.post(`/m/${code}/debrief`, { ...typed, happened: 'Ti nye kom', rev: '1' })).status).toBe(303)
    expect((await host.get(`/m/${code}/debrief`)).html).toContain('Ti nye kom')
  })

  test('what the second one left empty is filled with what the first one wrote', async () => {
    const { code } = await wholeEvening()
    const host = await as(world.freja)
    await host.post(`/m/${code}/debrief`, typed)
    const second = await host.post(`/m/${code}/debrief`, { happened: 'Ti nye kom', rev: '0' })
    expect(second.status).toBe(409)
    expect(second.html).toMatch(/<textarea[^>]*name="hope"[^>]*>Det smitter</)
    expect(second.html).toMatch(/name="grewOk"[^>]*checked/)
    expect(second.html).toMatch(/<textarea[^>]*name="happened"[^>]*>Ti nye kom</)
  })

  test('pressed twice, it is kept once', async () => {
    const { code, id } = await wholeEvening()
    const host = await as(world.freja)
    expect((await host.post(`/m/${code}/debrief`, typed)).status).toBe(303)
    expect((await host.post(`/m/${code}/debrief`, typed)).status).toBe(303)
    expect(await world.sql('select rev from community.debrief where meeting_id = $1', [id])).toEqual([{ rev: 1 }])
  })

  test('it is the next step for 48 hours, and may be written later', async () => {
    const { code } = await wholeEvening()
    expect((await (await as(world.freja)).get(`/m/${code}/result`)).text).toContain('Tag ti minutter sammen')
    expect((await (await as(world.karsten)).get(`/m/${code}/result`)).text).not.toContain('Tag ti minutter sammen')
    world.clock.forward(49)
    const host = await as(world.freja)
    expect((await host.get(`/m/${code}/result`)).text).not.toContain('Tag ti minutter sammen')
    expect((await host.get(`/m/${code}/debrief`)).text).toContain('mere end to døgn')
    expect((await host.post(`/m/${code}/debrief`, typed)).status).toBe(303)
    world.clock.forward(-49)
  })

  test('a text of 2001 characters comes back whole', async () => {
    const { code } = await wholeEvening()
    const long = `${'æ'.repeat(2000)}X`
    const asked = await (await as(world.freja)).post(`/m/${code}/debrief`, { ...typed, happened: long })
    expect(asked.status).toBe(400)
    expect(asked.html).toContain(long)
    const fits = await (await as(world.freja)).post(`/m/${code}/debrief`, { ...typed, happened: '🙂'.repeat(2000) })
    expect(fits.status).toBe(303)
  })
})

describe('the mail of the next morning', () => {
  const letters = () => world.sql('select address, subject, body, not_before from community.letter order by address')

  test('goes at eight to those who asked, and then nobody knows who did', async () => {
    await world.sql('delete from community.letter')
    const { code, id } = await wholeEvening()
    const ordered = world.later.ordered.filter(({ name, data }) => name === 'result.mail' && data.meeting === id)
    expect(ordered).toEqual([{ name: 'result.mail', data: { meeting: id }, at: new Date('2027-03-15T07:00:00Z') }])
    const guest = await as(world.guest)
    const asked = await guest.post(`/m/${code}/wish`, { address: ' ida@example.dk ' })
    expect(asked.location).toContain('done=wished')
    await guest.post(`/m/${code}/wish`, { address: 'ida@example.dk' })
    await guest.post(`/m/${code}/wish?lang=en`, { address: 'bo@example.dk' })
    await recordJobs('https://oplive.test')[0]?.work(world.house, ordered[0]?.data ?? {})
    const sent = await letters()
    expect(sent.map(({ address }) => address)).toEqual(['bo@example.dk', 'ida@example.dk'])
    const body = String(sent[1]?.body)
    for (const words of [
      '40 af 50 havde medindflydelse',
      '50 af 58 har svaret',
      'Kommunen talte 18 af 42 minutter',
      'Nøglen til hallen',
    ])
      expect(body).toContain(words)
    expect(body).toContain(`https://oplive.test/m/${code}/result?lang=da`)
    expect(String(sent[0]?.body)).toContain('40 of 50')
    expect(body).not.toMatch(/Hallen er låst|Birthe|Ida/)
    expect(await world.sql('select 1 from community.mail_wish where meeting_id = $1', [id])).toEqual([])
    await sendResults(world.house, id, 'https://oplive.test')
    expect(await letters()).toHaveLength(2)
  })

  test('whoever asks later gets it the morning after', async () => {
    const { code, id } = await wholeEvening()
    world.clock.forward(48)
    await (await as(world.guest)).post(`/m/${code}/wish`, { address: 'sen@example.dk' })
    const ordered = world.later.ordered.filter(({ name, data }) => name === 'result.mail' && data.meeting === id)
    expect(ordered.map(({ at }) => at.toISOString())).toEqual(['2027-03-15T07:00:00.000Z', '2027-03-17T07:00:00.000Z'])
    world.clock.forward(-48)
  })

  test('what is no address comes back as it was typed', async () => {
    const { code } = await wholeEvening()
    const asked = await (await as(world.guest)).post(`/m/${code}/wish`, { address: 'ida@en@to' })
    expect(asked.status).toBe(400)
    expect(asked.html).toContain('value="ida@en@to"')
    expect(asked.text).toContain('Den skal være som navn@sted.dk')
  })

  test('where no mail can be sent, nobody is asked for an address', async () => {
    const { code } = await wholeEvening()
    world.house.mail = false
    const guest = await as(world.guest)
    expect((await guest.get(`/m/${code}/result`)).text).not.toContain('på mail')
    expect((await guest.post(`/m/${code}/wish`, { address: 'ida@example.dk' })).status).toBe(403)
    world.house.mail = true
  })
})

describe('meetings over time', () => {
  test('every closed meeting stands there in the order of time, and no other place', async () => {
    const own = await makeWorld()
    const there = openHall(own.house)
    const visit = (actor: Actor) => visitAs(own.house, actor, recordPages(there, own.later))
    expect((await (await visit(own.guest)).get('/c/holmetofte/trend')).text).toContain('ingen møder at vise endnu')
    const dates = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'].map((m) => `2028-${m}-10`)
    for (const [at, date] of [...dates, '2029-01-10'].entries()) {
      own.clock.set(`${date}T19:00:00Z`)
      const few = date === '2028-03-10'
      const evening = await anEvening(own, there, {
        date,
        answers: few ? 3 : 15,
        yes: few ? 2 : at < 7 ? 3 : 12,
        attended: 15,
        quiet: true,
      })
      await closes(own, there, evening)
    }
    const { text, html } = await (await visit(own.guest)).get('/c/holmetofte/trend')
    expect(text).toContain('6 møder i træk ligger over midten. Så mange i træk er sjældent et tilfælde')
    expect(text).toContain('for få svar til at vise')
    expect(html.match(/class="run-point"/g)).toHaveLength(3 * 12)
    expect(html.match(/class="run-gap"/g)?.length).toBeGreaterThanOrEqual(3)
    expect(text).toContain('3 af 15 (20 %, mellem 7 og 45)')
    expect(text).not.toMatch(/Lyngø|3 af 3|2 af 3/)
    expect(text.indexOf('10. januar 2028')).toBeLessThan(text.lastIndexOf('10. december 2028'))
    const employee = await (await visit(own.amira)).get('/c/holmetofte/trend')
    expect(employee.text).toContain('byen ser det først')
    expect(employee.html.match(/class="run-point"/g)).toHaveLength(3 * 11)
    const island = await (await visit(own.stranger)).get('/c/lyngo/trend')
    expect(island.text).not.toContain('Holmetofte')
    expect((await (await visit(own.guest)).get('/c/nowhere/trend')).status).toBe(404)
  }, 30_000)
})
