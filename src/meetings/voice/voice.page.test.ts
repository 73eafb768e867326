import { Hono } from 'hono'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Visited } from '../../access/visit.ts'
import { visitOf } from '../../access/visit.ts'
import { asActor } from '../../db/as-actor.ts'
import { Refusal } from '../../refusal.ts'
import { makeWorld, type World } from '../../test-world.ts'
import type { Hall } from '../hall.ts'
import { openHall } from '../hall.ts'
import { planMeeting } from '../meeting.deeds.ts'
import { voicePages } from './voice.page.tsx'
import { lockSound, newNumber, readNumber, readWritten, sayNumber, unlockSound } from './voice.ts'

let world: World
let hall: Hall
let site: Hono<Visited>
beforeAll(async () => {
  world = await makeWorld()
  hall = openHall(world.house)
  site = new Hono<Visited>()
  site.use(async (c, next) => {
    const head = { get: (name: string) => c.req.header(name) }
    c.set(
      'visit',
      await visitOf(world.house, head, new URL(c.req.url), { origin: 'http://oplive.test', onNetwork: null }),
    )
    await next()
  })
  site.route('/', voicePages(hall))
  site.onError((error, c) => {
    if (!(error instanceof Refusal)) throw error
    return c.text(error.code, error.status)
  })
})

async function anEvening(begun = true): Promise<string> {
  const code = await planMeeting(
    world.freja,
    { id: world.holmetofte, timeZone: 'Europe/Copenhagen' },
    {
      kind: 'listening',
      purpose: 'Hvem har nøglen?',
      place: 'Hallen',
      hostName: 'Freja',
      date: '2027-03-14',
      time: '19:00',
    },
  )
  const [row] = await world.sql('select id from community.meeting where code = $1', [code])
  if (begun)
    await asActor(world.freja, (tx) =>
      tx
        .insertInto('community.evening')
        .values({ meeting_id: String(row?.id), begun_at: world.clock.now(), agenda_since: world.clock.now() })
        .execute(),
    )
  return code
}

/** A phone: keeps its cookie. */
function aPhone() {
  let cookie = ''
  return async (path: string, form?: Record<string, string | File>) => {
    const body = form && new FormData()
    for (const [name, value] of Object.entries(form ?? {})) body?.append(name, value)
    const answer = await site.request(path, {
      ...(body ? { method: 'POST', body } : {}),
      headers: { cookie },
    })
    const set = answer.headers.get('set-cookie')?.split(';')[0]
    if (set) cookie = set
    return answer
  }
}

const urlForm = (path: string, fields: Record<string, string>) =>
  site.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: String(new URLSearchParams(fields)),
  })

const sound = new File([Buffer.from('RIFF the last bus leaves at five')], 'sound.webm', {
  type: 'audio/webm;codecs=opus',
})
const spoken = { kind: 'unbearable', sound }

const numberIn = (html: string) => /(\d\d \d\d \d\d)/.exec(html)?.[1] ?? ''

const written = async (code: string) => {
  const rows = await world.sql(
    `select s.text, s.state, s.kind, s.open_to from community.statement s join community.meeting m on m.id = s.meeting_id where m.code = $1`,
    [code],
  )
  return rows
}

describe('somebody who would rather speak than write', () => {
  test('says it, tells a number to somebody, hears it read, says yes, and the sound is gone', async () => {
    const code = await anEvening()
    const jens = aPhone()
    expect((await jens(`/m/${code}/voice`, spoken)).status).toBe(303)
    const waiting = await (await jens(`/m/${code}/voice`)).text()
    const number = numberIn(waiting)
    expect(number).toMatch(/^\d\d \d\d \d\d$/)
    expect(Buffer.from(await (await jens(`/m/${code}/voice/sound`)).arrayBuffer()).toString()).toContain('last bus')

    // Lena, on a phone of her own.
    const listening = await site.request(`/m/${code}/hear?number=${encodeURIComponent(number)}`)
    expect(listening.status).toBe(200)
    expect(listening.headers.get('content-security-policy')).toContain("media-src 'self'")
    const heard = await site.request(`/m/${code}/hear/sound?number=${number.replaceAll(' ', '')}`)
    expect(heard.headers.get('content-type')).toBe('audio/webm')
    expect(await heard.text()).toContain('last bus')
    const text = 'Når den sidste bus er kørt, er min dag også slut.'
    expect((await urlForm(`/m/${code}/hear`, { number, text, writer: 'Lena' })).status).toBe(303)
    expect(await written(code)).toEqual([])

    const asks = await (await jens(`/m/${code}/voice`)).text()
    expect(asks).toContain(text)
    expect(asks).toContain('Lena har skrevet det ned for dig.')
    expect((await jens(`/m/${code}/voice`, { do: 'yes', text })).headers.get('location')).toContain('/mine')
    expect(await written(code)).toEqual([{ text, state: 'shown', kind: 'unbearable', open_to: 'hall' }])
    expect((await world.sql('select count(*)::int as n from community.voice where text is not null'))[0]?.n).toBe(0)
    expect((await jens(`/m/${code}/voice/sound`)).status).toBe(404)
    // Pressed twice, it is said once.
    await jens(`/m/${code}/voice`, { do: 'yes', text })
    expect(await written(code)).toHaveLength(1)
  })

  test('says no, and it waits to be written again; deletes it, and nobody hears it', async () => {
    const code = await anEvening()
    const jens = aPhone()
    await jens(`/m/${code}/voice`, spoken)
    const number = numberIn(await (await jens(`/m/${code}/voice`)).text())
    await urlForm(`/m/${code}/hear`, { number, text: 'Noget helt andet' })
    await jens(`/m/${code}/voice`, { do: 'again' })
    expect(numberIn(await (await jens(`/m/${code}/voice`)).text())).toBe(number)
    await jens(`/m/${code}/voice`, { do: 'delete' })
    expect((await site.request(`/m/${code}/hear?number=${number.replaceAll(' ', '')}`)).status).toBe(404)
    expect(await written(code)).toEqual([])
  })

  test('does not say yes to words that were changed while they were read', async () => {
    const code = await anEvening()
    const jens = aPhone()
    await jens(`/m/${code}/voice`, spoken)
    const number = numberIn(await (await jens(`/m/${code}/voice`)).text())
    await urlForm(`/m/${code}/hear`, { number, text: 'Det første' })
    await urlForm(`/m/${code}/hear`, { number, text: 'Det andet' })
    await jens(`/m/${code}/voice`, { do: 'yes', text: 'Det første' })
    expect(await written(code)).toEqual([])
    expect(await (await jens(`/m/${code}/voice`)).text()).toContain('Det andet')
  })

  test('is told what is missing, and what cannot be used', async () => {
    const code = await anEvening()
    const jens = aPhone()
    const nothing = await jens(`/m/${code}/voice`, { kind: '' })
    expect(nothing.status).toBe(400)
    const text = await nothing.text()
    expect(text).toContain('Vælg, hvad det handler om.')
    expect(text).toContain('Der er ingen lyd endnu.')
    const picture = new File(['x'], 'x.png', { type: 'image/png' })
    expect(await (await jens(`/m/${code}/voice`, { kind: 'hope', sound: picture })).text()).toContain(
      'kan vi ikke bruge',
    )
    const long = new File([Buffer.alloc(2_500_001)], 'x.webm', { type: 'audio/webm' })
    expect((await jens(`/m/${code}/voice`, { kind: 'hope', sound: long })).status).toBe(400)
  })

  test('cannot before the meeting has begun', async () => {
    const code = await anEvening(false)
    expect((await aPhone()(`/m/${code}/voice`, spoken)).status).toBe(409)
  })
})

describe('nobody else hears it', () => {
  test('another phone does not, nor a number of another meeting', async () => {
    const code = await anEvening()
    const other = await anEvening()
    const jens = aPhone()
    await jens(`/m/${code}/voice`, spoken)
    const number = numberIn(await (await jens(`/m/${code}/voice`)).text()).replaceAll(' ', '')
    const stranger = aPhone()
    await stranger(`/m/${code}/voice`, { kind: 'hope', sound: new File(['her own'], 's', { type: 'audio/mp4' }) })
    expect(await (await stranger(`/m/${code}/voice/sound`)).text()).toBe('her own')
    expect((await site.request(`/m/${other}/hear?number=${number}`)).status).toBe(404)
    expect((await site.request(`/m/${code}/hear?number=12`)).status).toBe(400)
  })

  test('the database and its backups hold no sound that can be heard', async () => {
    const code = await anEvening()
    await aPhone()(`/m/${code}/voice`, spoken)
    const [row] = await world.sql(
      'select v.id, v.box from community.voice v join community.meeting m on m.id = v.meeting_id where m.code = $1',
      [code],
    )
    const box = row?.box as Buffer
    expect(box.includes('last bus')).toBe(false)
    expect(unlockSound(world.house, String(row?.id), box)?.toString()).toContain('last bus')
    // Not with the key of another voice, nor when a byte was changed.
    expect(unlockSound(world.house, '00000000-0000-4000-8000-000000000000', box)).toBeNull()
    box[40] = (box[40] ?? 0) ^ 1
    expect(unlockSound(world.house, String(row?.id), box)).toBeNull()
    expect(lockSound(world.house, 'a', Buffer.from('x')).equals(lockSound(world.house, 'a', Buffer.from('x')))).toBe(
      false,
    )
  })
})

describe('what is typed', () => {
  test('a number is said in pairs and read in any way', () => {
    expect(sayNumber('048217')).toBe('04 82 17')
    for (const typed of ['048217', '04 82 17', '04-82-17', ' 0482 17 ']) expect(readNumber(typed)).toBe('048217')
    for (const typed of ['', '48217', '0482171', '04821a']) expect(readNumber(typed)).toBeNull()
    expect(newNumber(() => 42)).toBe('000042')
  })

  test('a personal number is not written down for anybody', () => {
    expect(readWritten('Hun hedder 010190-1234', '')).toEqual({ ok: false, problem: 'cpr' })
    expect(readWritten('x'.repeat(281), '')).toEqual({ ok: false, problem: 'textLong' })
    expect(readWritten('  \n ', '')).toEqual({ ok: false, problem: 'text' })
    expect(readWritten('Bussen', ' Lena ')).toEqual({ ok: true, written: { text: 'Bussen', writer: 'Lena' } })
  })
})
