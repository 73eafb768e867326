import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beforeAll, describe, expect, test } from 'vitest'
import { signOut } from '../access/session.deeds.ts'
import { makeLink, signIn } from '../access/sign-in.deeds.ts'
import type { Actor } from '../db/as-actor.ts'
import { makeWorld, type World } from '../test-world.ts'
import { closeExitCard, openExitCard } from './exit-card.deeds.ts'
import { watchGuessing } from './guessing.ts'
import { openHall } from './hall.ts'
import { drawMeeting, hallDoor } from './hall-door.page.ts'
import { drawEvening } from './leading/draw-evening.ts'
import { goLive } from './live.ts'
import { planMeeting } from './meeting.deeds.ts'

let world: World
let address: string
beforeAll(async () => {
  world = await makeWorld()
  const hall = openHall(world.house)
  const live = await goLive(hall, drawMeeting(hall, drawEvening(hall)), world.connections.listener)
  const door = hallDoor({
    hall,
    live,
    guessing: watchGuessing(Buffer.alloc(32), 1),
    where: { origin: null, onNetwork: null },
    draw: drawMeeting(hall, drawEvening(hall)),
    elsewhere: (_req, res) => void res.writeHead(200, { 'content-type': 'text/plain' }).end('the evening'),
  })
  const server = createServer((req, res) => {
    if (!door(req, res)) res.writeHead(418).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return async () => {
    await live.stop()
    server.closeAllConnections()
    server.close()
  }
})

const plan = {
  kind: 'listening',
  purpose: 'Nøglen',
  place: 'Hallen',
  hostName: 'Freja',
  date: '2027-03-14',
  time: '19:00',
} as const

async function aCard(): Promise<string> {
  const code = await planMeeting(world.freja, { id: world.holmetofte, timeZone: 'Europe/Copenhagen' }, plan)
  await openExitCard(world.freja, world.later, code)
  return code
}
const close = (code: string) => closeExitCard(world.freja, world.later, code)

/** A phone: keeps its cookies and does not follow. */
function aPhone() {
  const cookies = new Map<string, string>()
  return async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(`${address}${path}`, {
      redirect: 'manual',
      ...init,
      headers: {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(init.headers as Record<string, string>),
      },
    })
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
      cookies.set(name, value)
    }
    return { status: answer.status, text: await answer.text(), headers: answer.headers, cookies }
  }
}
type Phone = ReturnType<typeof aPhone>
const say = (phone: Phone, path: string, body: string, headers: Record<string, string> = {}) =>
  phone(path, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers } })

const answered = async (code: string) =>
  Number(
    (
      await world.sql(
        'select count(*)::int as n from community.sealed_shares s join community.meeting m on m.id = s.meeting_id where m.code = $1',
        [code],
      )
    )[0]?.n,
  )

describe('from the QR code to the first answer', () => {
  test('the first page is the first question: nothing is chosen, and there is no start page and no other site', async () => {
    const { status, text, headers } = await aPhone()(`/m/${await aCard()}`)
    expect(status).toBe(200)
    expect(text).toContain('Jeg havde medindflydelse på beslutningerne til mødet')
    expect(text).not.toMatch(/checked|required/)
    expect([...text.matchAll(/(?:src|href|action)="([^"]*)"/g)].every(([, to = '']) => /^[/#]|^data:/.test(to))).toBe(
      true,
    )
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  test('a code typed in small letters leads to the one address that the phone’s token belongs to', async () => {
    const code = await aCard()
    const { status, headers } = await aPhone()(`/m/${code.toLowerCase()}?lang=en`)
    expect([status, headers.get('location')]).toEqual([308, `/m/${code}?lang=en`])
  })

  test('an answer goes on to the next questions, and its phone may correct it', async () => {
    const code = await aCard()
    const phone = aPhone()
    await phone(`/m/${code}`)
    const first = await say(phone, `/m/${code}/answer`, 'inf=1&able=2&cour=3&lang=da')
    expect([first.status, first.headers.get('location')]).toEqual([303, `/n/${code}?lang=da`])
    await say(phone, `/m/${code}/answer`, 'inf=4&able=4&cour=4&lang=da')
    expect(await answered(code)).toBe(1)
  })

  test('whatever is answered, status, target and length are the same', async () => {
    const code = await aCard()
    const seen = new Set<string>()
    for (const answer of [1, 2, 3, 4, 5]) {
      const phone = aPhone()
      await phone(`/m/${code}`)
      const { status, text, headers } = await say(
        phone,
        `/m/${code}/answer`,
        `inf=${answer}&able=${answer}&cour=${answer}`,
      )
      seen.add(
        `${status} ${headers.get('location')} ${headers.get('content-length')} ${text.length} ${[...headers.keys()].join()}`,
      )
    }
    expect(seen.size).toBe(1)
  })

  test('the promise and the number are kept apart from the answers, in tables and cookies of their own', async () => {
    const code = await aCard()
    const phone = aPhone()
    await phone(`/m/${code}`)
    await say(phone, `/m/${code}/answer`, 'inf=1&able=2&cour=3')
    const { headers } = await phone(`/n/${code}`)
    expect(headers.getSetCookie()[0]).toContain(`Path=/n/${code};`)
    await say(phone, `/n/${code}`, 'next=Jeg+bager&who=2')
    const tags = await world.sql(
      `select 's' as kind, tag from community.sealed_shares s join community.meeting m on m.id = s.meeting_id where m.code = $1
       union all select 'n', tag from community.sealed_next s join community.meeting m on m.id = s.meeting_id where m.code = $1
       union all select 'w', tag from community.sealed_who s join community.meeting m on m.id = s.meeting_id where m.code = $1`,
      [code],
    )
    expect(tags.map((row) => row.kind).sort()).toEqual(['n', 's', 'w'])
    expect(new Set(tags.map((row) => String(row.tag))).size).toBe(3)
  })

  test('without a script the last answer stands, also after one that a script had counted', async () => {
    const code = await aCard()
    const phone = aPhone()
    await phone(`/m/${code}`)
    await say(phone, `/m/${code}/answer`, 'inf=1&able=1&cour=1&rev=3')
    await say(phone, `/m/${code}/answer`, 'inf=4&able=4&cour=4')
    for (let i = 0; i < 4; i++) await say(aPhone(), `/m/${code}/answer`, 'inf=4&able=4&cour=4')
    await close(code)
    const counts = await world.sql(
      `select distinct answer from community.card_count c join community.meeting m on m.id = c.meeting_id where m.code = $1`,
      [code],
    )
    expect(counts).toEqual([{ answer: 4 }])
  })

  test('a machine without the key thanks nobody: the answer stays with the phone', async () => {
    const code = await aCard()
    const [row] = await world.sql('select id from community.meeting where code = $1', [code])
    world.house.keys.destroyRound(String(row?.id), 1)
    const phone = aPhone()
    await phone(`/m/${code}`)
    expect((await say(phone, `/m/${code}/answer`, 'inf=1&able=1&cour=1', { 'x-oplive-outbox': '1' })).status).toBe(503)
    expect(await answered(code)).toBe(0)
  })

  test('a phone without cookies may answer too', async () => {
    const code = await aCard()
    expect((await say(aPhone(), `/m/${code}/answer`, 'inf=1&able=2&cour=3')).status).toBe(303)
    expect(await answered(code)).toBe(1)
  })

  test('the script of the page gets a status and no page', async () => {
    const code = await aCard()
    const phone = aPhone()
    await phone(`/m/${code}`)
    expect(
      await say(phone, `/m/${code}/answer`, 'inf=1&able=2&cour=3&rev=1', { 'x-oplive-outbox': '1' }),
    ).toMatchObject({ status: 204, text: '' })
    expect(await say(phone, `/m/${code}/answer`, 'inf=1', { 'x-oplive-outbox': '1' })).toMatchObject({
      status: 400,
      text: '',
    })
  })
})

describe('what bad input gets', () => {
  test('one question left open: the same page, what was chosen, and one sentence that leads to the field', async () => {
    const code = await aCard()
    const { status, text } = await say(aPhone(), `/m/${code}/answer`, 'inf=2&cour=4')
    expect(status).toBe(400)
    expect(text).toContain(
      '<a href="#able">Vælg, om du er bedre i stand til at gøre en indsats. Du kan også vælge »Ved ikke«.</a>',
    )
    expect(text).toMatch(/name="inf" value="2" checked/)
    expect(text).toMatch(/name="cour" value="4" checked/)
    expect(await answered(code)).toBe(0)
  })

  test.each([
    ['foreign', 'inf=1&able=1&cour=1&admin=1', 400],
    ['repeated', 'inf=1&inf=4&able=1&cour=1', 400],
    ['huge', `inf=${'1'.repeat(30_000)}&able=1&cour=1`, 400],
    ['of two megabytes', `inf=${'1'.repeat(2_000_000)}`, 413],
  ])('a field that is %s is answered with a page', async (_, body, status) => {
    const code = await aCard()
    const answer = await say(aPhone(), `/m/${code}/answer`, body)
    expect(answer.status).toBe(status)
    expect(answer.text).toContain('</html>')
    expect(await answered(code)).toBe(0)
  })

  test('script, marks that turn the text and ten thousand combining marks stay text, and nothing typed is lost', async () => {
    const code = await aCard()
    const typed = `<script>alert(1)</script>\u202e${'e\u0301\u0302'.repeat(5000)}`
    const { status, text } = await say(aPhone(), `/n/${code}`, new URLSearchParams({ next: typed }).toString())
    expect(status).toBe(400)
    expect(text).not.toContain('<script>alert')
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;\u202e')
    expect(text.split('\u0302').length).toBeGreaterThan(4000)
  })

  test.each(['cross-site', 'same-site'])('a post from another site (%s) is refused', async (site) => {
    const code = await aCard()
    expect((await say(aPhone(), `/m/${code}/answer`, 'inf=1&able=1&cour=1', { 'sec-fetch-site': site })).status).toBe(
      403,
    )
    expect(await answered(code)).toBe(0)
  })

  test('an older browser that names another site is refused as well', async () => {
    const code = await aCard()
    expect(
      (await say(aPhone(), `/m/${code}/answer`, 'inf=1&able=1&cour=1', { origin: 'https://elsewhere.example' })).status,
    ).toBe(403)
    expect((await say(aPhone(), `/m/${code}/answer`, 'inf=1&able=1&cour=1', { origin: address })).status).toBe(303)
  })

  test.each(['ZZZZZZ', 'ABC', '%00', '%FF', '<b>', '..%2f..%2fetc'])(
    'an unknown code (%s) gets a friendly page',
    async (code) => {
      const { status, text } = await aPhone()(`/m/${code}`)
      expect(status).toBe(404)
      expect(text).toContain('Den kode kender vi ikke')
      expect(text).not.toContain('<b>')
    },
  )

  test('guessing is slowed by the device, and a right code is never slowed', async () => {
    const code = await aCard()
    const guesser = aPhone()
    const statuses: number[] = []
    for (let i = 0; i < 13; i++) statuses.push((await guesser('/m/ZZZZZZ')).status)
    expect(statuses.slice(0, 11)).toEqual(Array(11).fill(404))
    expect(statuses.at(-1)).toBe(429)
    expect((await guesser(`/m/${code}`)).status).toBe(200)
  })
})

describe('before and after', () => {
  test('a planned meeting is for the page of the evening, and takes no answer', async () => {
    const code = await planMeeting(world.freja, { id: world.holmetofte, timeZone: 'Europe/Copenhagen' }, plan)
    const { status, text } = await aPhone()(`/m/${code}`)
    expect(status).toBe(200)
    expect(text).toBe('the evening')
    expect((await say(aPhone(), `/m/${code}/answer`, 'inf=1&able=1&cour=1')).status).toBe(409)
  })

  test('a closed card says so and leads to the result', async () => {
    const code = await aCard()
    await close(code)
    await expect.poll(async () => (await aPhone()(`/m/${code}`)).status).toBe(410)
    const { text } = await aPhone()(`/m/${code}`)
    expect(text).toContain('Kortet er lukket')
    expect(text).toContain(`/m/${code}/result`)
    const late = await say(aPhone(), `/m/${code}/answer`, 'inf=1&able=1&cour=1')
    expect(late.status).toBe(410)
    expect(late.text).toContain(`/m/${code}/result`)
  })

  test('a phone that was there while the card was open may still send: its answer is a late card', async () => {
    const code = await aCard()
    const phone = aPhone()
    await phone(`/m/${code}`)
    await close(code)
    expect((await say(phone, `/m/${code}/answer`, 'inf=1&able=1&cour=1', { 'x-oplive-outbox': '1' })).status).toBe(204)
    expect(
      await world.sql(
        'select round from community.sealed_shares s join community.meeting m on m.id = s.meeting_id where m.code = $1',
        [code],
      ),
    ).toEqual([{ round: 2 }])
  })
})

describe('live', () => {
  /** Reads a stream until it says this. */
  async function listen(path: string, until: RegExp, during: () => Promise<void> = async () => {}): Promise<string> {
    const cut = new AbortController()
    const answer = await fetch(`${address}${path}`, { signal: cut.signal })
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    let begun = false
    while (reader) {
      const { value, done } = await reader.read()
      if (done) break
      text += value
      if (!begun) {
        begun = true
        await during()
      }
      if (until.test(text)) break
    }
    cut.abort()
    return text
  }

  test('the hall screen sees the number rise, and nothing of what was answered', async () => {
    const code = await aCard()
    const seen = await listen(`/m/${code}/stream?for=screen`, /<b>2<\/b>/, async () => {
      for (let i = 0; i < 2; i++) await say(aPhone(), `/m/${code}/answer`, 'inf=1&able=1&cour=1')
    })
    expect(seen).toContain('event: state')
    expect(seen).not.toMatch(/\d+ %/)
  })

  test('a phone gets the whole result when the card closes', async () => {
    const code = await aCard()
    for (let i = 0; i < 6; i++) await say(aPhone(), `/m/${code}/answer`, `inf=${i % 2 ? 1 : 3}&able=1&cour=4`)
    const seen = await listen(`/m/${code}/stream?for=phone`, /Tre af seks/, () => close(code))
    expect(seen).toContain('Tre af seks havde medindflydelse på beslutningerne')
    expect(seen).toContain('Alle eller næsten alle')
  })

  test('somebody of the municipality who is signed in sees no result by the doors of the hall', async () => {
    const code = await aCard()
    for (let i = 0; i < 6; i++) await say(aPhone(), `/m/${code}/answer`, `inf=${i % 2 ? 1 : 3}&able=1&cour=4`)
    const session = await signIn(world.house, await makeLink(world.house, String(world.amira.account)))
    const cookie = { headers: { cookie: `oplive_session=${session}` } }
    const amira = (path: string) => fetch(`${address}${path}`, { redirect: 'manual', ...cookie })
    await close(code)
    await expect.poll(async () => (await aPhone()(`/m/${code}`)).status).toBe(410)
    const thanks = await amira(`/m/${code}/thanks`)
    expect([thanks.status, thanks.headers.get('location')]).toEqual([303, `/m/${code}/result?lang=da`])
    const cut = new AbortController()
    const stream = await fetch(`${address}/m/${code}/stream?for=screen`, { ...cookie, signal: cut.signal })
    const first = await stream.body?.pipeThrough(new TextDecoderStream()).getReader().read()
    cut.abort()
    expect(first?.value).toContain('Byen ser sit resultat først')
    expect(first?.value).not.toContain('Tre af seks')
  })

  /** Opens the leader's stream, and answers when it has ended; `null` when it has not within a second of the deed. */
  async function endsAfter(who: Actor, deed: (session: string) => Promise<unknown>): Promise<number | null> {
    const code = await aCard()
    const session = await signIn(world.house, await makeLink(world.house, String(who.account)))
    const cut = new AbortController()
    const stream = await fetch(`${address}/m/${code}/stream?for=lead`, {
      headers: { cookie: `oplive_session=${session}` },
      signal: cut.signal,
    })
    expect(stream.status).toBe(200)
    const reader = stream.body?.getReader()
    await reader?.read()
    const ended = (async () => {
      while (!(await reader?.read())?.done);
      return performance.now()
    })()
    const began = performance.now()
    await deed(session)
    const at = await Promise.race([ended, new Promise<null>((late) => setTimeout(() => late(null), 1000))])
    ended.catch(() => undefined)
    cut.abort()
    return at === null ? null : at - began
  }
  const role = (who: Actor, as: string) =>
    world.sql('update access.community_role set role = $2 where account_id = $1', [who.account, as])

  test('whose right to lead is taken has their open stream cut within a second: host, key, device, access', async () => {
    expect(await endsAfter(world.freja, () => role(world.freja, 'resident'))).not.toBeNull()
    await role(world.freja, 'host')
    expect(await endsAfter(world.poul, () => role(world.poul, 'resident'))).not.toBeNull()
    await role(world.poul, 'keyholder')
    expect(await endsAfter(world.freja, (session) => signOut(world.house, session))).not.toBeNull()
    const ends = (at: string) =>
      world.sql(`update access.account set ended_at = ${at} where id = $1`, [world.freja.account])
    expect(await endsAfter(world.freja, () => ends('now()'))).not.toBeNull()
    await ends('null')
  })

  test('who still may lead keeps theirs, whatever is taken from others', async () => {
    expect(await endsAfter(world.freja, () => role(world.poul, 'resident'))).toBeNull()
    await role(world.poul, 'keyholder')
  })

  test('whoever only asks whether the stream is there gets an answer', async () => {
    expect((await fetch(`${address}/m/${await aCard()}/stream`, { method: 'HEAD' })).status).toBe(200)
  })

  test('nobody sees a result before the card has closed', async () => {
    const code = await aCard()
    for (let i = 0; i < 12; i++) await say(aPhone(), `/m/${code}/answer`, 'inf=1&able=3&cour=1')
    const { text } = await aPhone()(`/m/${code}/thanks`)
    expect(text).toContain('Kortet er stadig åbent')
    expect(text).not.toMatch(/af 12| %/)
  })
})
