import { randomBytes, randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { asActor, asSystem } from '../../db/as-actor.ts'
import { makeWorld, type World } from '../../test-world.ts'
import { putAway } from '../evening.queries.ts'
import { gathered, wallOf } from '../evening.ts'
import { type Hall, type MeetingInHall, openHall } from '../hall.ts'
import { planMeeting } from '../meeting.deeds.ts'
import {
  arrive,
  bringBack,
  changeStatement,
  decideToShow,
  doneBy,
  ownWords,
  putDots,
  recognise,
  sayStatement,
  takeBack,
} from './saying.deeds.ts'
import type { Said } from './saying.ts'

let world: World
let hall: Hall
beforeAll(async () => {
  world = await makeWorld()
  hall = openHall(world.house)
})

const aPhone = () => randomBytes(16)

async function anEvening(stage = 'say'): Promise<MeetingInHall> {
  const code = await planMeeting(
    world.freja,
    { id: world.holmetofte, timeZone: 'Europe/Copenhagen' },
    {
      kind: 'listening',
      purpose: 'Hvem tør have nøglen?',
      place: 'Hallen',
      hostName: 'Freja',
      date: '2027-03-14',
      time: '19:30',
    },
  )
  const { id = '' } = (await world.sql('select id from community.meeting where code = $1', [code]))[0] as { id: string }
  await world.sql(
    'insert into community.evening (meeting_id, stage, begun_at, agenda_since) values ($1, $2, now(), now())',
    [id, stage],
  )
  hall.forget()
  return (await hall.find(code)) ?? Promise.reject(new Error('the meeting is there'))
}

const words = (text: string, more: Partial<Said> = {}): Said => ({
  kind: 'hope',
  text,
  lang: 'da',
  openTo: 'hall',
  key: randomUUID(),
  ...more,
})
const seen = async (meeting: MeetingInHall) => {
  const evening = await hall.evenings.of(meeting.id)
  if (!evening) throw new Error('the evening has begun')
  return evening
}
const stageIs = async (meeting: MeetingInHall, stage: string) => {
  await world.sql('update community.evening set stage = $2 where meeting_id = $1', [meeting.id, stage])
  hall.evenings.forget(meeting.id)
}
const aTheme = async (meeting: MeetingInHall, name: string) => {
  const id = randomUUID()
  await world.sql('insert into community.theme (id, meeting_id, name, place) values ($1, $2, $3, 1)', [
    id,
    meeting.id,
    name,
  ])
  return id
}

describe('saying', () => {
  test('what somebody says stands in the hall, without anything that says who', async () => {
    const meeting = await anEvening()
    const { id, state } = await sayStatement(hall, meeting, aPhone(), words('  Der er  en sang,\nvi alle kan. '))
    expect(state).toBe('shown')
    expect((await seen(meeting)).statements).toMatchObject([
      { id, text: 'Der er en sang, vi alle kan.', lang: 'da', kind: 'hope' },
    ])
    expect(JSON.stringify(await seen(meeting))).not.toContain('"tag"')
  })

  test('sent again with the same key it is the same statement, also when both come at once', async () => {
    const meeting = await anEvening()
    const phone = aPhone()
    const said = words('Lys i hallen.')
    const ids = await Promise.all([1, 2, 3, 4].map(() => sayStatement(hall, meeting, phone, said)))
    expect(new Set(ids.map(({ id }) => id)).size).toBe(1)
    await sayStatement(hall, meeting, phone, said)
    expect(await seen(meeting)).toMatchObject({ voices: 1, statements: [{ text: 'Lys i hallen.' }] })
  })

  test('other words under a key that was used, as from a page gone back to, are not lost', async () => {
    const meeting = await anEvening()
    const phone = aPhone()
    const said = words('Lys i hallen.')
    await sayStatement(hall, meeting, phone, said)
    const second = { ...said, text: 'Og kaffe.' }
    const { id } = await sayStatement(hall, meeting, phone, second)
    expect(await sayStatement(hall, meeting, phone, second)).toEqual({ id, state: 'shown' })
    expect((await seen(meeting)).statements.map(({ text }) => text)).toEqual(['Lys i hallen.', 'Og kaffe.'])
  })

  test('two phones with the same key are two', async () => {
    const meeting = await anEvening()
    const said = words('Lys i hallen.')
    await sayStatement(hall, meeting, aPhone(), said)
    await sayStatement(hall, meeting, aPhone(), said)
    expect((await seen(meeting)).statements).toHaveLength(2)
  })

  test('the same sentence by forty people is shown once, with how many said it', async () => {
    const meeting = await anEvening()
    await Promise.all(
      Array.from({ length: 40 }, (_, at) =>
        sayStatement(
          hall,
          meeting,
          aPhone(),
          words(at % 2 ? 'Vi har en hal!' : 'vi har  en hal', { kind: 'resource' }),
        ),
      ),
    )
    const evening = await seen(meeting)
    expect(evening.voices).toBe(40)
    expect(new Set(evening.statements.map(({ ordinal }) => ordinal)).size).toBe(40)
    expect(gathered(evening.statements)).toMatchObject([{ times: 40 }])
  })

  test.each([
    ['نريد حافلة في المساء', 'ar'],
    ['Автобус увечері', 'uk'],
    ['🌻🌻', 'da'],
  ])('»%s« is kept as %s', async (text, lang) => {
    const meeting = await anEvening()
    await sayStatement(hall, meeting, aPhone(), words(text))
    expect((await seen(meeting)).statements).toMatchObject([{ text, lang }])
  })

  test('what looks like a CPR number is never stored', async () => {
    const meeting = await anEvening()
    const phone = aPhone()
    const cpr = words('Mit nummer er 010203-1234')
    await expect(sayStatement(hall, meeting, phone, { ...cpr, sure: true })).rejects.toMatchObject({
      code: 'words.cpr',
    })
    const { id } = await sayStatement(hall, meeting, phone, words('Lys.'))
    await expect(changeStatement(hall, meeting, phone, id, cpr)).rejects.toMatchObject({ code: 'words.cpr' })
    const rows = await world.sql('select text from community.statement where meeting_id = $1', [meeting.id])
    expect(rows).toEqual([{ text: 'Lys.' }])
  })

  test('what touches on health waits for its writer, and nobody else sees it until they say so', async () => {
    const meeting = await anEvening()
    const phone = aPhone()
    const { id, state } = await sayStatement(
      hall,
      meeting,
      phone,
      words('Min mand har fået demens.', { kind: 'unbearable' }),
    )
    expect(state).toBe('asked')
    expect((await seen(meeting)).statements).toEqual([])
    const asHost = await asActor(world.freja, (tx) =>
      tx.selectFrom('community.statement').select('id').where('meeting_id', '=', meeting.id).execute(),
    )
    expect(asHost).toEqual([])
    await expect(decideToShow(hall, meeting, aPhone(), id)).rejects.toMatchObject({ code: 'statement.gone' })
    await decideToShow(hall, meeting, phone, id)
    expect((await seen(meeting)).statements).toMatchObject([{ id, state: 'shown' }])
  })

  test('rewritten without the name it is shown; with »sure« it is shown as it stands', async () => {
    const meeting = await anEvening()
    const phone = aPhone()
    const { id } = await sayStatement(hall, meeting, phone, words('Naboen Jens har nøglen.'))
    expect(await changeStatement(hall, meeting, phone, id, words('Ingen ved, hvem der har nøglen.'))).toEqual({
      id,
      state: 'shown',
    })
    expect(await sayStatement(hall, meeting, phone, words('Det bliver Freja.', { sure: true }))).toMatchObject({
      state: 'shown',
    })
  })

  test('sixty things are what one phone can say; the sixty-first is told so, and other phones are not hindered', async () => {
    const meeting = await anEvening()
    const phone = aPhone()
    for (let at = 0; at < 60; at += 1) await sayStatement(hall, meeting, phone, words(`Ting ${at}`))
    await expect(sayStatement(hall, meeting, phone, words('En til'))).rejects.toMatchObject({ code: 'words.enough' })
    await sayStatement(hall, meeting, aPhone(), words('Min første'))
    expect((await seen(meeting)).statements).toHaveLength(61)
  })

  test('words are taken at every stage, and after the exit card has closed, until the evening is put away', async () => {
    const meeting = await anEvening('welcome')
    const phone = aPhone()
    for (const stage of ['welcome', 'say', 'recognise', 'choose', 'promise', 'rest']) {
      await stageIs(meeting, stage)
      await sayStatement(hall, meeting, phone, words(`Sagt i ${stage}`))
    }
    const closed = { ...meeting, life: { phase: 'closed' as const, openedAt: new Date(), closedAt: new Date() } }
    const { id } = await sayStatement(hall, closed, phone, words('Fra en telefon, der var væk'))
    await asSystem(world.house, 'the eight days are over', (tx) => putAway(tx, meeting.id, new Date()))
    await expect(sayStatement(hall, closed, phone, words('For sent'))).rejects.toMatchObject({ code: 'evening.over' })
    await expect(recognise(hall, closed, phone, id, true)).rejects.toMatchObject({ code: 'evening.over' })
    await expect(takeBack(hall, closed, phone, id)).rejects.toMatchObject({ code: 'evening.over' })
    await expect(
      arrive(hall, closed, phone, { name: null, firstTime: null, broughtBy: 'self', bringer: null }),
    ).rejects.toMatchObject({ code: 'evening.over' })
    expect(await ownWords(hall, closed, phone)).toEqual([])
    hall.evenings.forget()
    expect((await seen(meeting)).statements).toHaveLength(7)
  })

  test('a meeting that has not begun takes no words', async () => {
    const meeting = await anEvening()
    await world.sql('delete from community.evening where meeting_id = $1', [meeting.id])
    await expect(sayStatement(hall, meeting, aPhone(), words('For tidligt'))).rejects.toMatchObject({
      code: 'evening.not-begun',
    })
  })
})

describe('own words', () => {
  test('are changed, taken back and brought back by the phone that said them, and by nobody else', async () => {
    const meeting = await anEvening()
    const [phone, other] = [aPhone(), aPhone()]
    const { id } = await sayStatement(hall, meeting, phone, words('Lys i hallen.'))
    for (const attempt of [
      () => changeStatement(hall, meeting, other, id, words('Mørke i hallen.')),
      () => takeBack(hall, meeting, other, id),
      () => bringBack(hall, meeting, other, id),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'statement.gone' })
    const elsewhere = await anEvening()
    await expect(takeBack(hall, elsewhere, phone, id)).rejects.toMatchObject({ code: 'statement.gone' })
    await changeStatement(hall, meeting, phone, id, words('Lys i hallen kl. 18.', { kind: 'change', openTo: 'public' }))
    expect(await ownWords(hall, meeting, phone)).toMatchObject([
      { id, text: 'Lys i hallen kl. 18.', kind: 'change', openTo: 'public', state: 'shown' },
    ])
    expect(await ownWords(hall, meeting, other)).toEqual([])
    await takeBack(hall, meeting, phone, id)
    expect((await seen(meeting)).statements).toEqual([])
    expect(await ownWords(hall, meeting, phone)).toMatchObject([{ state: 'withdrawn' }])
    await bringBack(hall, meeting, phone, id)
    expect((await seen(meeting)).statements).toMatchObject([{ id, state: 'shown' }])
  })

  test('no person finds the hash of a phone, and no guest, resident or employee finds words that are for the hall', async () => {
    const meeting = await anEvening()
    await sayStatement(hall, meeting, aPhone(), words('Kun for salen.'))
    for (const actor of [world.guest, world.karsten, world.amira, world.stranger]) {
      const rows = await asActor(actor, (tx) =>
        tx.selectFrom('community.statement').select('id').where('meeting_id', '=', meeting.id).execute(),
      )
      expect(rows).toEqual([])
    }
    for (const actor of [world.guest, world.karsten, world.amira, world.stranger, world.freja])
      await expect(
        asActor(actor, (tx) => tx.selectFrom('community.statement').select('tag').execute()),
      ).rejects.toThrow()
  })

  test('say when they were gathered under a theme, and when they were taken down and why', async () => {
    const meeting = await anEvening()
    const phone = aPhone()
    const { id } = await sayStatement(hall, meeting, phone, words('Lys i hallen.'))
    const { id: other } = await sayStatement(hall, meeting, phone, words('Det kan såre.'))
    await world.sql('update community.statement set theme_id = $2 where id = $1', [id, await aTheme(meeting, 'Lys')])
    await world.sql(`update community.statement set state = 'hidden', hidden_why = 'hurts' where id = $1`, [other])
    expect(await ownWords(hall, meeting, phone)).toMatchObject([
      { theme: 'Lys' },
      { state: 'hidden', hiddenWhy: 'hurts' },
    ])
    // The same words stay down; other words stand again.
    await changeStatement(hall, meeting, phone, other, words('Det kan såre.', { openTo: 'public' }))
    expect((await ownWords(hall, meeting, phone))[1]).toMatchObject({ state: 'hidden', openTo: 'public' })
    await changeStatement(hall, meeting, phone, other, words('Det er svært.'))
    expect((await ownWords(hall, meeting, phone))[1]).toMatchObject({ state: 'shown', hiddenWhy: null })
  })

  test('that are changed begin their count anew, for others knew other words', async () => {
    const meeting = await anEvening()
    const phone = aPhone()
    const { id } = await sayStatement(hall, meeting, phone, words('Lys i hallen.'))
    await recognise(hall, meeting, aPhone(), id, true)
    await changeStatement(hall, meeting, phone, id, words('Lys i hallen.', { openTo: 'public' }))
    expect((await ownWords(hall, meeting, phone))[0]).toMatchObject({ recognised: 1 })
    await changeStatement(hall, meeting, phone, id, words('Luk hallen.'))
    expect((await ownWords(hall, meeting, phone))[0]).toMatchObject({ recognised: 0 })
  })
})

describe('recognising', () => {
  test('a phone knows a thing once, and can take it back', async () => {
    const meeting = await anEvening('recognise')
    const { id } = await sayStatement(hall, meeting, aPhone(), words('Lys i hallen.'))
    const phone = aPhone()
    await Promise.all([1, 2, 3].map(() => recognise(hall, meeting, phone, id, true)))
    await recognise(hall, meeting, aPhone(), id, true)
    expect((await seen(meeting)).statements).toMatchObject([{ recognised: 2 }])
    expect((await doneBy(hall, meeting, phone)).known).toEqual([id])
    await recognise(hall, meeting, phone, id, false)
    await recognise(hall, meeting, phone, id, false)
    expect((await seen(meeting)).statements).toMatchObject([{ recognised: 1 }])
  })

  test('words that were taken back, taken down, or are of another meeting cannot be recognised', async () => {
    const meeting = await anEvening('recognise')
    const writer = aPhone()
    const { id } = await sayStatement(hall, meeting, writer, words('Lys i hallen.'))
    await expect(recognise(hall, await anEvening(), aPhone(), id, true)).rejects.toMatchObject({
      code: 'statement.gone',
    })
    await takeBack(hall, meeting, writer, id)
    await expect(recognise(hall, meeting, aPhone(), id, true)).rejects.toMatchObject({ code: 'statement.gone' })
    await expect(recognise(hall, meeting, aPhone(), randomUUID(), true)).rejects.toMatchObject({
      code: 'statement.gone',
    })
  })

  test('nothing in a row ties what a phone says to what it knows, or to the door list', async () => {
    const meeting = await anEvening()
    const phone = aPhone()
    const { id } = await sayStatement(hall, meeting, phone, words('Lys i hallen.'))
    await recognise(hall, meeting, phone, id, true)
    await arrive(hall, meeting, phone, { name: 'Ida', firstTime: true, broughtBy: 'neighbour', bringer: 'Freja' })
    const tags = await world.sql(
      `select encode(tag, 'hex') as tag from community.statement where meeting_id = $1
       union all select encode(tag, 'hex') from community.recognition where meeting_id = $1
       union all select encode(tag, 'hex') from community.arrival where meeting_id = $1`,
      [meeting.id],
    )
    expect(tags).toHaveLength(3)
    expect(new Set(tags.map(({ tag }) => tag)).size).toBe(3)
  })
})

describe('dots', () => {
  test('take the place of those put before, and nobody is told how they lie below five phones', async () => {
    const meeting = await anEvening('choose')
    const [a, b] = [await aTheme(meeting, 'Lys'), await aTheme(meeting, 'Bord')]
    const phone = aPhone()
    await putDots(
      hall,
      meeting,
      phone,
      new Map([
        [a, 2],
        [b, 1],
      ]),
    )
    await Promise.all(
      [1, 2, 3].map(() =>
        putDots(
          hall,
          meeting,
          phone,
          new Map([
            [a, 0],
            [b, 3],
          ]),
        ),
      ),
    )
    expect((await doneBy(hall, meeting, phone)).dots).toEqual([[b, 3]])
    expect(await seen(meeting)).toMatchObject({ dotPhones: 1, themes: [{ phoneDots: null }, { phoneDots: null }] })
  })

  test('are not taken before or after choosing, above what each has, or on a theme that was put away', async () => {
    const meeting = await anEvening('promise')
    const theme = await aTheme(meeting, 'Lys')
    const phone = aPhone()
    const put = (n: number) => putDots(hall, meeting, phone, new Map([[theme, n]]))
    await expect(put(1)).rejects.toMatchObject({ code: 'dots.closed' })
    await stageIs(meeting, 'choose')
    await expect(put(4)).rejects.toMatchObject({ code: 'dots.too-many' })
    await put(2)
    const open = { ...meeting, life: { phase: 'open' as const, openedAt: new Date(), closesBy: new Date() } }
    await expect(putDots(hall, open, phone, new Map([[theme, 1]]))).rejects.toMatchObject({ code: 'dots.closed' })
    await world.sql('update community.theme set gone = true where id = $1', [theme])
    await expect(put(3)).rejects.toMatchObject({ code: 'theme.gone' })
    const elsewhere = await aTheme(await anEvening(), 'Andres')
    await expect(putDots(hall, meeting, phone, new Map([[elsewhere, 1]]))).rejects.toMatchObject({ code: 'theme.gone' })
    expect((await doneBy(hall, meeting, phone)).dots).toEqual([[theme, 2]])
  })
})

describe('arriving', () => {
  test('is said once, corrected by saying it again, and read by the hosts of the place alone', async () => {
    const meeting = await anEvening('welcome')
    const phone = aPhone()
    await arrive(hall, meeting, phone, { name: null, firstTime: null, broughtBy: 'unknown', bringer: null })
    await arrive(hall, meeting, phone, { name: 'Ida', firstTime: true, broughtBy: 'neighbour', bringer: 'Freja' })
    const list = (actor: World['freja']) =>
      asActor(actor, (tx) =>
        tx
          .selectFrom('community.arrival')
          .select(['name', 'first_time', 'brought_by', 'bringer'])
          .where('meeting_id', '=', meeting.id)
          .execute(),
      )
    expect(await list(world.freja)).toEqual([
      { name: 'Ida', first_time: true, brought_by: 'neighbour', bringer: 'Freja' },
    ])
    expect(await list(world.stranger)).toEqual([])
    // A resident may ask, for their own: here they have none.
    expect(await list(world.karsten)).toEqual([])
    for (const actor of [world.guest, world.amira]) await expect(list(actor)).rejects.toThrow()
    expect((await seen(meeting)).here).toBe(1)
  })
})

test('five people, and something that gives, open the wall; a taken-back hope closes what is unbearable again', async () => {
  const meeting = await anEvening()
  for (let at = 0; at < 4; at += 1)
    await sayStatement(hall, meeting, aPhone(), words(`Ubærligt ${at}`, { kind: 'unbearable' }))
  expect(wallOf(await seen(meeting)).kind).toBe('too-few')
  const phone = aPhone()
  const { id } = await sayStatement(hall, meeting, phone, words('Vi har haven.', { kind: 'resource' }))
  expect(wallOf(await seen(meeting))).toMatchObject({ kind: 'words' })
  await takeBack(hall, meeting, phone, id)
  expect(wallOf(await seen(meeting))).toMatchObject({ kind: 'no-hope-yet', waiting: 4, said: [] })
})
