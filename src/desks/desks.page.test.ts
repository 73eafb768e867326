import { beforeAll, describe, expect, test } from 'vitest'
import { communityPages } from '../communities/communities.page.tsx'
import { enterPopulation, writeDefinition } from '../communities/community.deeds.ts'
import { visitAs } from '../communities/test-site.ts'
import { type Actor, asSystem } from '../db/as-actor.ts'
import type { Guessing } from '../meetings/guessing.ts'
import { planMeeting } from '../meetings/meeting.deeds.ts'
import { addResult } from '../meetings/meetings.queries.ts'
import { resultFor } from '../meetings/result.ts'
import { refuse } from '../refusal.ts'
import { makeWorld, type World } from '../test-world.ts'
import { deskPages } from './desks.page.tsx'

let world: World
let guesses: number
beforeAll(async () => {
  world = await makeWorld('2027-03-14T18:00:00Z')
})
const watch: Guessing = {
  wrong: async () => {
    guesses++
    return { device: 'new.device' }
  },
}
const as = (actor: Actor, guessing = watch) => visitAs(world.house, actor, communityPages(), deskPages(guessing))

const script = '<script>alert("x")</script>'
const plan = {
  kind: 'listening',
  purpose: 'Hvem tør have nøglen til hallen?',
  place: 'Forsamlingshuset',
  hostName: 'Freja og Poul',
  date: '2027-03-18',
  time: '19:00',
} as const
const inHolmetofte = (more: Partial<typeof plan> | Record<string, string> = {}) =>
  planMeeting(world.freja, { id: world.holmetofte, timeZone: 'Europe/Copenhagen' }, { ...plan, ...more })

/** A meeting that closed now, with so many yes of so many answers to each question. */
async function counted(code: string, yes: number, answered: number): Promise<void> {
  const at = world.clock.now()
  const [meeting] = await world.sql(
    `update community.meeting set phase = 'closed', opened_at = $2, closes_by = $2, closed_at = $2 where code = $1 returning id`,
    [code, at],
  )
  const answers = new Map([
    [1, yes],
    [4, answered - yes],
  ])
  const tally = new Map((['INF', 'ABLE', 'COUR'] as const).map((question) => [question, answers]))
  await asSystem(world.house, 'freeze a result for the test', async (tx) => {
    for (const audience of ['community', 'municipality'] as const)
      await addResult(
        tx,
        String(meeting?.id),
        audience,
        at,
        resultFor(audience, { cards: answered, tally, attended: answered, residents: 538 }),
      )
  })
}

describe('the front page', () => {
  test('says what Oplive is, asks for a code, and lists the places with their next meeting', async () => {
    await inHolmetofte()
    const page = await (await as(world.guest)).get('/')
    expect(page.status).toBe(200)
    expect(page.text).toContain('Naboer kan få naboer med. Det kan kommunen ikke.')
    expect(page.html).toMatch(/<form[^>]* action="\/code"/)
    expect(page.text).toMatch(/Holmetofte torsdag 18\. marts kl\. 19 Forsamlingshuset/)
    expect(page.text).toMatch(/Lyngø Ikke aftalt endnu/)
    expect(page.text).not.toContain('Planlæg et møde')
  })
  test('gives no meeting’s code to who is not its host; the place’s page does, when all are invited', async () => {
    const code = await inHolmetofte({ date: '2027-03-16' })
    const house = await inHolmetofte({ date: '2027-03-17', kind: 'house' })
    const training = await inHolmetofte({ date: '2027-03-19', kind: 'training' })
    for (const actor of [world.guest, world.karsten, world.stranger, world.amira]) {
      const front = (await (await as(actor)).get('/')).html
      for (const one of [code, house, training]) expect(front).not.toContain(one)
      const place = await (await as(actor)).get('/c/holmetofte')
      expect(place.html).toContain(`<a class="button" href="/m/${code}">Jeg kommer</a>`)
      for (const one of [house, training]) expect(place.html).not.toContain(one)
    }
  })
  test('shows a host their own place first, and what they can do there', async () => {
    const page = await (await as(world.freja)).get('/')
    expect(page.text).toMatch(
      /Det næste .*mødes I i Holmetofte .*Gør klar Dit sted Holmetofte Næste møde: .*Åbn mødets side Planlæg et møde .*Er du til møde\? .*Andre steder .*Lyngø/,
    )
    expect(page.html).toContain('href="/c/holmetofte/meetings/new"')
    expect(page.html).not.toContain('href="/c/lyngo/meetings/new"')
  })
  test('a resident has their place first, without the host’s buttons', async () => {
    const page = await (await as(world.karsten)).get('/')
    expect(page.text).toMatch(/Dit sted Holmetofte/)
    expect(page.text).not.toContain('Planlæg et møde')
  })
  test('an employee may found a community, and is a guest in all of them', async () => {
    const page = await (await as(world.amira)).get('/')
    expect(page.html).toContain('href="/c/new"')
    expect(page.text).not.toContain('Dit sted')
    expect((await (await as(world.guest)).get('/')).html).not.toContain('/c/new')
  })
  test('speaks English to those who ask for it, also behind the code', async () => {
    const code = await inHolmetofte()
    const guest = await as(world.guest)
    const page = await guest.get('/?lang=en')
    expect(page.text).toContain('Are you at a meeting?')
    expect(page.html).toContain('<input type="hidden" name="lang" value="en"/>')
    expect((await guest.get(`/code?lang=en&code=${code}`)).location).toBe(`/m/${code}?lang=en`)
  })
})

describe('the way in by a code', () => {
  test('a code leads to its meeting, however it is typed', async () => {
    const code = await inHolmetofte()
    const guest = await as(world.guest)
    const typed = [
      code,
      code.toLowerCase(),
      ` ${code.slice(0, 3)} ${code.slice(3)}`,
      `${code.slice(0, 3)}-${code.slice(3)}`,
    ]
    for (const one of typed)
      expect(await guest.get(`/code?code=${encodeURIComponent(one)}`)).toMatchObject({
        status: 303,
        location: `/m/${code}`,
      })
  })
  test('a code that nobody has comes back with what was typed and a sentence, and is told to the watch', async () => {
    guesses = 0
    const page = await (await as(world.guest)).get('/code?code=abc+234')
    expect(page).toMatchObject({ status: 400, cookie: expect.stringMatching(/^oplive_device=new\.device; .*HttpOnly/) })
    expect(page.html).toContain('<a href="#code">Den kode kender vi ikke.')
    expect(page.html).toContain('value="abc 234"')
    expect(page.text).toContain('Ret: Naboer')
    expect(guesses).toBe(1)
  })
  test('what cannot be a code comes back too, as text, and is no guess', async () => {
    guesses = 0
    const guest = await as(world.guest)
    for (const [typed, sentence] of [
      ['', 'Skriv koden'],
      ['   ', 'Skriv koden'],
      ['ABC', 'seks tegn'],
      ['O0I123', 'seks tegn'],
      [script, 'seks tegn'],
      ['a\u0000b', 'seks tegn'],
      ['x'.repeat(5000), 'seks tegn'],
    ] as const) {
      const page = await guest.get(`/code?code=${encodeURIComponent(typed)}`)
      expect(page.status).toBe(400)
      expect(page.text).toContain(sentence)
      expect(page.html).not.toContain('<script>')
      expect(page.html.length).toBeLessThan(12_000)
    }
    expect((await guest.get('/code')).status).toBe(400)
    expect((await guest.get(`/code?code=${encodeURIComponent(script)}`)).html).toContain('value="&lt;script&gt;')
    expect(guesses).toBe(0)
  })
  test('who guesses on and on is told to wait; what cannot be a code is still only sent back', async () => {
    const guest = await as(world.guest, { wrong: async () => refuse('too-many-guesses') })
    expect(await guest.get('/code?code=ABC234')).toMatchObject({ status: 429, html: 'too-many-guesses' })
    expect((await guest.get('/code?code=ABC')).status).toBe(400)
  })
})

describe('a place’s own page', () => {
  test('a place that has nothing yet says so, part by part', async () => {
    const page = await (await as(world.guest)).get('/c/lyngo')
    expect(page.status).toBe(200)
    for (const sentence of [
      'Lokalsamfund · 131 naboer',
      'Vi har ikke skrevet endnu, hvad et godt sted er for os.',
      'Der er ikke aftalt noget møde',
      'Vi har ikke talt svar op endnu',
      'Kommunen regner med at være ude senest 14. marts 2030.',
      'Det mangler endnu: Vi har ikke talt om det endnu.',
    ])
      expect(page.text).toContain(sentence)
  })
  test('a host of the empty place is shown what to do first', async () => {
    const page = await (await as(world.stranger)).get('/c/lyngo')
    expect(page.html).toContain('href="/c/lyngo/meetings/new"')
    expect(page.html).toContain('href="/c/lyngo/definition#write"')
  })
  test('shows its definition with version and authors, and the next meeting in the place’s own time', async () => {
    await writeDefinition(world.freja, 'holmetofte', { text: 'Et sted, der hilser.', authors: 3 })
    await writeDefinition(world.freja, 'holmetofte', { text: 'Et sted, der mærker det.', authors: 24 })
    await world.sql('delete from community.meeting')
    await inHolmetofte({ date: '2027-03-28', time: '02:30' })
    const page = await (await as(world.guest)).get('/c/holmetofte')
    expect(page.text).toMatch(
      /Holmetofte ” Et sted, der mærker det\. ” Vores egen definition, anden udgave · skrevet af 24 naboer · se, hvordan den har ændret sig/,
    )
    // In the night when summer time begins there is no half past two.
    expect(page.text).toMatch(
      /Næste gang vi mødes Søndag 28\. marts kl\. 3\.30 Forsamlingshuset Freja og Poul inviterer\. Hvem tør have nøglen til hallen\? Lyttemøde/,
    )
  })
  test('only a host of the place finds the meeting’s page and may plan another', async () => {
    const code = await inHolmetofte()
    for (const [actor, may] of [
      [world.freja, true],
      [world.karsten, false],
      [world.stranger, false],
      [world.amira, false],
      [world.guest, false],
    ] as const) {
      const page = await (await as(actor)).get('/c/holmetofte')
      expect(page.html.includes(`/m/${code}/lead`)).toBe(may)
      expect(page.html.includes('/c/holmetofte/meetings/new')).toBe(may)
    }
  })
  test('an employee who hosts at home is a guest here too', async () => {
    await world.sql(`insert into access.community_role values ($1, $2, 'host')`, [
      world.amira.account,
      world.holmetofte,
    ])
    const page = await (await as(world.amira)).get('/c/holmetofte')
    await world.sql('delete from access.community_role where account_id = $1', [world.amira.account])
    expect(page.text).not.toContain('Planlæg et møde')
  })
  test('a meeting that is going on is said to be now', async () => {
    await world.sql('delete from community.meeting')
    const code = await inHolmetofte({ date: '2027-03-14', time: '18:00' })
    const page = await (await as(world.guest)).get('/c/holmetofte')
    expect(page.text).toContain('Vi mødes nu Søndag 14. marts kl. 18')
    // From now on the code is in the hall.
    expect(page.html).not.toContain(code)
  })
  test('a place whose page is not there is not found', async () => {
    for (const slug of ['findes-ikke', 'HOLMETOFTE', '%00', '..%2f'])
      expect(await (await as(world.guest)).get(`/c/${slug}`)).toMatchObject({ status: 404 })
  })
  test('a name with markup and turning marks stays text', async () => {
    await world.sql('update community.community set name = $1 where id = $2', [`${script}\u202Eby`, world.lyngo])
    const page = await (await as(world.guest)).get('/c/lyngo')
    await world.sql(`update community.community set name = 'Lyngø' where id = $1`, [world.lyngo])
    expect(page.html).not.toContain('<script>')
    expect(page.html).toContain('<bdi>&lt;script&gt;')
  })
})

describe('the latest result on a place’s page', () => {
  let code: string
  beforeAll(async () => {
    await world.sql('delete from community.meeting')
    code = await inHolmetofte({ date: '2027-03-14', time: '17:00', purpose: 'Lys i hallen' })
    await counted(code, 40, 50)
  })
  test('those who gave it see it at once: the number with its words and its band', async () => {
    for (const actor of [world.guest, world.karsten, world.freja, world.stranger]) {
      const page = await (await as(actor)).get('/c/holmetofte')
      expect(page.text).toContain('Lyttemøde søndag 14. marts: Lys i hallen.')
      expect(page.text).toContain('40 af 50 havde medindflydelse på beslutningerne')
      expect(page.text).toContain('mellem 67 og 89 ud af 100')
      expect(page.html).toMatch(/href="\/c\/holmetofte\/result\/[0-9a-f-]{36}"/)
      // With the code one reads what was said in the hall; the place's page leads to what all may read.
      if (actor !== world.freja) expect(page.html).not.toContain(code)
    }
  })
  test('an employee is told when it will be shown, and sees no number', async () => {
    const page = await (await as(world.amira)).get('/c/holmetofte')
    expect(page.text).toContain('Byen ser sit resultat først')
    expect(page.text).toContain('tirsdag 16. marts kl. 19')
    expect(page.text).not.toMatch(/40 af 50|80 %/)
  })
  test('after 48 hours the employee sees it too', async () => {
    world.clock.forward(47.9)
    expect((await (await as(world.amira)).get('/c/holmetofte')).text).not.toContain('40 af 50')
    world.clock.forward(0.2)
    expect((await (await as(world.amira)).get('/c/holmetofte')).text).toContain('40 af 50')
  })
  test('too few answers are not shown, nor how many there were', async () => {
    const few = await inHolmetofte({ date: '2027-03-16', time: '18:00', purpose: 'Ét langt bord' })
    await counted(few, 2, 4)
    const page = await (await as(world.guest)).get('/c/holmetofte')
    expect(page.text).toMatch(/Ét langt bord\. For få svar til at vise/)
    expect(page.text).not.toMatch(/2 af 4|4 har svaret/)
  })
  test('every meeting that was held stands in the list, the older ones behind a press', async () => {
    await world.sql(
      `insert into community.meeting (id, community_id, code, kind, purpose, place, host_name, starts_at, phase, opened_at, closes_by, closed_at)
       select gen_random_uuid(), $1, 'ABC' || translate(to_char(n, 'FM000'), '01', 'XY'), 'house', 'Kaffe ' || n, 'Hos Karsten', 'Karsten', t, 'closed', t, t, t
       from generate_series(1, 12) n, lateral (select timestamptz '2024-06-01T17:00:00Z' + n * interval '1 day' as t) day`,
      [world.holmetofte],
    )
    const page = await (await as(world.guest)).get('/c/holmetofte')
    expect(page.text).toMatch(/Dem, vi har holdt .*Lys i hallen .*6 ældre møder .*Kaffe 1 /)
    expect(page.text).toContain('torsdag 13. juni 2024 kl. 19')
  })
})

describe('what a place’s page tells of what was said', () => {
  let meeting: string
  const say = (kind: string, text: string, more: { to?: string; state?: string; known?: number } = {}) =>
    world.sql(
      `insert into community.statement (id, meeting_id, kind, text, lang, medium, state, hidden_why, open_to, recognised)
       values (gen_random_uuid(), $1, $2, $3, 'da', 'facilitator', $4, $5, $6, $7)`,
      [
        meeting,
        kind,
        text,
        more.state ?? 'shown',
        more.state === 'hidden' ? 'name' : null,
        more.to ?? 'public',
        more.known ?? 0,
      ],
    )
  const seen = async (actor: Actor = world.guest) => (await as(actor)).get('/c/holmetofte')
  beforeAll(async () => {
    await world.sql('delete from community.meeting')
    const code = await inHolmetofte({ date: '2027-03-01', time: '19:00' })
    meeting = String((await world.sql('select id from community.meeting where code = $1', [code]))[0]?.id)
    await world.sql('insert into community.evening (meeting_id, begun_at, agenda_since) values ($1, now(), now())', [
      meeting,
    ])
  })

  test('nothing before five have said something', async () => {
    await say('hope', 'Der er lys i hallen')
    await say('unbearable', 'Klokken 18 er den låst', { known: 26 })
    await say('resource', 'Otte nøgler')
    await say('hope', 'Kun for salen', { to: 'hall' })
    expect((await seen()).text).not.toContain('Der er lys i hallen')
    await say('hope', 'Nævner en nabo', { state: 'hidden' })
    expect((await seen()).text).toContain('Der er lys i hallen')
  })

  test('only what its speaker opened to all, and to hosts no more than to others on this page', async () => {
    for (const actor of [world.guest, world.karsten, world.freja, world.stranger, world.amira]) {
      const page = await seen(actor)
      expect(page.text).toContain('Klokken 18 er den låst det ubærlige · 26 kender det også')
      expect(page.text).not.toMatch(/Kun for salen|Nævner en nabo/)
    }
  })

  test('strengths come first, and the unbearable never stands alone', async () => {
    const { text } = await seen()
    expect(text.indexOf('Der er lys i hallen')).toBeLessThan(text.indexOf('Klokken 18 er den låst'))
    await say('unbearable', 'Og ét til')
    await say('unbearable', 'Og et tredje, som der ikke er noget ved siden af')
    expect((await seen()).text).toContain('Og ét til')
    expect((await seen()).text).not.toContain('Og et tredje')
    await world.sql(
      `update community.statement set state = 'withdrawn', hidden_why = null where kind in ('hope', 'resource')`,
    )
    expect((await seen()).text).not.toContain('Klokken 18 er den låst')
  })

  test('what a meeting chose is told when it is over; promises only as counts, and none under five', async () => {
    await world.sql(
      `insert into community.theme (meeting_id, name, place, priority, gone)
       values ($1, 'Lys i hallen', 1, true, false), ($1, 'Ét langt bord', 2, false, false), ($1, 'Væk igen', 3, true, true)`,
      [meeting],
    )
    const promise = (state: string) =>
      world.sql(
        `insert into community.commitment (id, meeting_id, name, what, medium, state)
         values (gen_random_uuid(), $1, 'Hanne', 'Ringer til Poul', 'paper', $2)`,
        [meeting, state],
      )
    for (let n = 0; n < 4; n += 1) await promise('made')
    await promise('released')
    const few = await seen()
    expect(few.text).toMatch(/Det gør vi .*Lys i hallen/)
    expect(few.text).not.toMatch(/Ét langt bord|Væk igen|aftaler med hinanden|Hanne|Ringer til Poul/)
    for (let n = 0; n < 4; n += 1) await promise('kept')
    expect((await seen()).text).toContain('Vi har lavet 8 aftaler med hinanden.')
    expect((await seen()).text).not.toContain('er gjort')
    await promise('kept')
    expect((await seen()).text).toContain('Vi har lavet 9 aftaler med hinanden. 5 af de 9 er gjort.')
    // The municipality is told of ten and more.
    expect((await seen(world.amira)).text).not.toContain('aftaler med hinanden')
  })

  test('who lives there stands with source and year, each number with its base', async () => {
    expect((await seen()).text).not.toContain('Hvem der bor her')
    const people = { '0-14': 81, '15-24': 48, '25-44': 108, '45-64': 167, '65-79': 107, '80+': 27 }
    await enterPopulation(world.house, world.holmetofte, { people, source: 'Danmarks Statistik, BY3', year: 2026 })
    const page = await seen()
    expect(page.text).toContain('538 naboer i 2026. Kilde: Danmarks Statistik, BY3.')
    expect(page.text).toMatch(/Ud af 538 .*0–14 år 81 15 %/)
    expect(page.text.indexOf('Det gør vi')).toBeLessThan(page.text.indexOf('Hvem der bor her'))
  })

  test('the calendar can be followed, and the run chart stands there from the second meeting that was counted', async () => {
    const page = await seen()
    expect(page.html).toContain('<link rel="alternate" type="text/calendar" href="/c/holmetofte/calendar.ics"')
    expect(page.html).toContain('<a href="/c/holmetofte/calendar.ics">Følg vores møder i din kalender</a>')
    await counted(await inHolmetofte({ date: '2027-03-02' }), 40, 50)
    expect((await seen()).html).not.toContain('/c/holmetofte/trend')
    await counted(await inHolmetofte({ date: '2027-03-03' }), 40, 50)
    expect((await seen()).html).toContain('href="/c/holmetofte/trend"')
  })
})

describe('what the foot of every page links to', () => {
  test('the promise says where it ends', async () => {
    const page = await (await as(world.guest)).get('/promise')
    expect(page.text).toContain('Her holder løftet op')
    expect(page.text).toContain('mens kortet er åbent')
  })
  test('the accessibility page says what has been tried, what has not, and that the municipality has left its numbers out', async () => {
    const page = await (await as(world.guest)).get('/was')
    expect(page.text).toContain('Det har vi ikke prøvet')
    expect(page.text).toContain('Midtsø Kommune har ikke skrevet en mailadresse og et telefonnummer ind her endnu.')
  })
  test('the municipality’s own statement takes its place, if it is an address on the web', async () => {
    const set = (address: string | null) =>
      world.sql('update municipal.municipality set accessibility_statement = $1', [address])
    const guest = await as(world.guest)
    await set('https://was.digst.dk/midtsoe')
    expect(await guest.get('/was')).toMatchObject({ status: 302, location: 'https://was.digst.dk/midtsoe' })
    for (const address of ['javascript:alert(1)', 'kommer snart', '//elsewhere.example']) {
      await set(address)
      expect((await guest.get('/was')).status).toBe(200)
    }
    await set(null)
  })
  test('the source page names the licence and who has the code', async () => {
    const page = await (await as(world.guest)).get('/source')
    expect(page.text).toContain('MPL-2.0')
    expect(page.text).toContain('Spørg Midtsø Kommune')
  })
  test('all of them are there in English, and before there is a municipality', async () => {
    await world.sql('delete from municipal.municipality')
    const guest = await as(world.guest)
    for (const path of ['/', '/promise', '/was', '/source', '/c/lyngo']) {
      expect((await guest.get(path)).status).toBe(200)
      const english = await guest.get(`${path}?lang=en`)
      expect(english.status).toBe(200)
      expect(english.html).toContain('<html lang="en"')
    }
  })
})
