import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../db/as-actor.ts'
import { makeWorld, type World } from '../../test-world.ts'
import { type Evening, stages, talkAt } from '../evening.ts'
import { closeExitCard, openExitCard } from '../exit-card.deeds.ts'
import { type Hall, openHall } from '../hall.ts'
import { planMeeting } from '../meeting.deeds.ts'
import {
  addTheme,
  beginEvening,
  eveningJobs,
  goToItem,
  hideStatement,
  moveStatements,
  orderTheme,
  removeTheme,
  renameTheme,
  setPriority,
  setScreen,
  setStage,
  showAgain,
  talk,
  undoLast,
  undoOne,
  whatWasDone,
  writeStatement,
} from './leading.deeds.ts'

let world: World
let hall: Hall
let code: string
let meeting: string
let host: Actor

beforeAll(async () => {
  world = await makeWorld()
  hall = openHall(world.house)
  host = world.freja
})

const aMeeting = () =>
  planMeeting(
    host,
    { id: world.holmetofte, timeZone: 'Europe/Copenhagen' },
    {
      kind: 'listening',
      purpose: 'Hvem tør have nøglen?',
      place: 'Forsamlingshuset',
      hostName: 'Freja',
      date: '2027-03-14',
      time: '19:30',
    },
  )

beforeEach(async () => {
  code = await aMeeting()
  await beginEvening(host, hall, world.later, code)
  meeting = (await world.sql('select id from community.meeting where code = $1', [code]))[0]?.id as string
})

const pass = (ms: number) => world.clock.set(new Date(world.clock.now().getTime() + ms).toISOString())

/** The evening as it really is now. */
async function now(): Promise<Evening> {
  hall.evenings.forget(meeting)
  const evening = await hall.evenings.of(meeting)
  if (!evening) throw new Error('the evening has begun')
  return evening
}
/** What can be compared: without what only counts changes, and without what goes on counting by itself. */
async function picture() {
  const { rev: _rev, themes, statements, ...rest } = await now()
  return {
    ...rest,
    themes: themes.map(({ rev: _of, ...theme }) => theme),
    statements: statements.map(({ rev: _of, ...statement }) => statement),
  }
}

const write = (text: string, kind: 'unbearable' | 'hope' | 'resource' | 'change' = 'hope', id?: string) =>
  writeStatement(host, hall, code, { kind, text, lang: 'da', medium: 'facilitator', ...(id && { id }) })
/** Said by a phone: as the system does it for a guest. */
async function phoneSays(text: string, tag = Buffer.alloc(16, randomUUID())): Promise<string> {
  const id = randomUUID()
  await world.sql(
    `insert into community.statement (id, meeting_id, kind, text, lang, medium, tag, state) values ($1, $2, 'hope', $3, 'da', 'phone', $4, 'shown')`,
    [id, meeting, text, tag],
  )
  return id
}
const refused = (deed: Promise<unknown>) =>
  deed.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  )

describe('who leads', () => {
  const everything: readonly [string, (actor: Actor, theme: string, said: string) => Promise<unknown>][] = [
    ['begin', (actor) => beginEvening(actor, hall, world.later, code)],
    ['the stage', (actor) => setStage(actor, hall, code, 'say')],
    ['the plan', (actor) => goToItem(actor, hall, code, 2)],
    ['talk time', (actor) => talk(actor, hall, code, 'municipality')],
    ['the screen', (actor) => setScreen(actor, hall, code, 'code', null)],
    ['a new theme', (actor) => addTheme(actor, hall, code, 'Mit tema')],
    ['another name', (actor, theme) => renameTheme(actor, hall, code, theme, 'Kommunens tema')],
    ['a theme away', (actor, theme) => removeTheme(actor, hall, code, theme)],
    ['the order', (actor, theme) => orderTheme(actor, hall, code, theme, null)],
    ['a priority', (actor, theme) => setPriority(actor, hall, code, theme, true)],
    ['moving words', (actor, theme, said) => moveStatements(actor, hall, code, [said], theme)],
    ['hiding words', (actor, _, said) => hideStatement(actor, hall, code, said, 'other')],
    ['showing words', (actor, _, said) => showAgain(actor, hall, code, said)],
    [
      'writing words',
      (actor) => writeStatement(actor, hall, code, { kind: 'hope', text: 'Håb', lang: 'da', medium: 'paper' }),
    ],
    ['undoing', (actor) => undoLast(actor, hall, code)],
  ]
  test.each(everything)('%s is for a host of the place alone', async (_, deed) => {
    const theme = await addTheme(host, hall, code, 'Lys i hallen')
    const said = await write('Der er lys')
    const before = await picture()
    expect(await refused(deed(world.guest, theme, said))).toBe('sign-in.needed')
    for (const actor of [world.karsten, world.stranger, world.amira])
      expect(await refused(deed(actor, theme, said))).toBe('not-yours')
    expect(await picture()).toEqual(before)
  })

  test('a theme or words of another meeting are not led from here', async () => {
    const theme = await addTheme(host, hall, code, 'Lys i hallen')
    const said = await write('Der er lys')
    const other = await aMeeting()
    await beginEvening(host, hall, world.later, other)
    expect(await refused(removeTheme(host, hall, other, theme))).toBe('done')
    expect(await refused(renameTheme(host, hall, other, theme, 'Andet'))).toBe('theme.gone')
    expect(await refused(moveStatements(host, hall, other, [said], null))).toBe('statement.gone')
    expect(await refused(hideStatement(host, hall, other, said, 'other'))).toBe('statement.gone')
    expect((await now()).themes[0]?.name).toBe('Lys i hallen')
  })
})

describe('beginning', () => {
  test('begun by eight at once, it has begun once, and is put away once', async () => {
    code = await aMeeting()
    const before = world.later.ordered.length
    await Promise.all(Array.from({ length: 8 }, () => beginEvening(host, hall, world.later, code)))
    expect(world.later.ordered.slice(before).map(({ name }) => name)).toEqual(['evening.put-away'])
    expect((await hall.find(code))?.stage).toBe('welcome')
  })

  test('tried out a week before, it is put away eight days after the meeting itself', async () => {
    world.clock.set('2027-03-07T12:00:00Z')
    code = await aMeeting()
    await beginEvening(host, hall, world.later, code)
    world.clock.set('2027-03-14T18:00:00Z')
    expect(world.later.ordered.at(-1)?.at).toEqual(new Date('2027-03-22T18:30:00Z'))
  })

  test('what has not begun is not led, and what is closed does not begin', async () => {
    code = await aMeeting()
    expect(await refused(setStage(host, hall, code, 'say'))).toBe('evening.not-begun')
    expect(await refused(undoLast(host, hall, code))).toBe('done')
    await openExitCard(host, world.later, code)
    expect(await refused(beginEvening(host, hall, world.later, code))).toBe('meeting.not-planned')
  })

  test('put away, nothing is led and nothing undone any more', async () => {
    await setStage(host, hall, code, 'say')
    const [job] = eveningJobs()
    await job?.work(world.house, { meeting })
    await job?.work(world.house, { meeting })
    expect(await refused(setStage(host, hall, code, 'rest'))).toBe('evening.over')
    expect(await refused(write('for sent'))).toBe('evening.over')
    expect(await undoLast(host, hall, code)).toBeNull()
    expect(await world.sql('select * from community.undo where meeting_id = $1', [meeting])).toEqual([])
  })

  test('when the exit card is closed, phones do nothing more here, but themes can still be put in order', async () => {
    await openExitCard(host, world.later, code)
    await closeExitCard(host, world.later, code)
    expect(await refused(setStage(host, hall, code, 'say'))).toBe('meeting.closed')
    expect(await refused(talk(host, hall, code, 'municipality'))).toBe('meeting.closed')
    expect(await refused(addTheme(host, hall, code, 'Efter mødet'))).toBe('done')
  })
})

describe('the stage and the plan', () => {
  test('phones do the one thing that is chosen, and the hall knows', async () => {
    await setStage(host, hall, code, 'say')
    expect((await hall.find(code))?.stage).toBe('say')
  })

  test('of two who saw the same stage and choose differently, the second is told', async () => {
    const both = await Promise.all([
      refused(setStage(host, hall, code, 'say', 'welcome')),
      refused(setStage(host, hall, code, 'rest', 'welcome')),
    ])
    expect(both.toSorted()).toEqual(['changed-since', 'done'])
  })

  test('"next" pressed by eight at once goes one item on', async () => {
    await Promise.all(Array.from({ length: 8 }, () => goToItem(host, hall, code, 2, 1)))
    expect((await now()).agendaAt).toBe(2)
    expect(await whatWasDone(host, meeting)).toHaveLength(1)
  })

  test('the plan ends one after its last item, and begins with its first', async () => {
    await goToItem(host, hall, code, 400)
    expect((await now()).agendaAt).toBe(8)
    await goToItem(host, hall, code, -3)
    expect((await now()).agendaAt).toBe(1)
  })
})

describe('talk time', () => {
  const step = fc.record({
    seconds: fc.nat(900),
    who: fc.constantFrom('residents' as const, 'municipality' as const, null),
    undo: fc.boolean(),
  })

  test('whoever talks, the two times are never more than the time that went by, and survive every reload', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        code = await aMeeting()
        await beginEvening(host, hall, world.later, code)
        meeting = (await world.sql('select id from community.meeting where code = $1', [code]))[0]?.id as string
        let passed = 0
        const meant = { residents: 0, municipality: 0 }
        let talking: 'residents' | 'municipality' | null = null
        for (const { seconds, who } of steps) {
          await talk(host, hall, code, who)
          talking = who
          pass(seconds * 1000)
          passed += seconds * 1000
          if (talking) meant[talking] += seconds * 1000
          const counted = talkAt((await now()).talk, world.clock.now())
          expect(counted).toEqual(meant)
          expect(counted.residents + counted.municipality).toBeLessThanOrEqual(passed)
        }
      }),
      { numRuns: 12 },
    )
    world.clock.set('2027-03-14T18:00:00Z')
  })

  test('a wrong button is undone as if it had never been pressed', async () => {
    await talk(host, hall, code, 'residents')
    pass(60_000)
    await talk(host, hall, code, 'municipality')
    pass(30_000)
    expect(await undoLast(host, hall, code)).toBe('talk')
    pass(30_000)
    expect(talkAt((await now()).talk, world.clock.now())).toEqual({ residents: 120_000, municipality: 0 })
  })

  test('eight thumbs on both buttons count each second once', async () => {
    const started = world.clock.now().getTime()
    await Promise.all(Array.from({ length: 8 }, (_, n) => talk(host, hall, code, n % 2 ? 'residents' : 'municipality')))
    pass(100_000)
    await talk(host, hall, code, null)
    const { residentsMs, municipalityMs } = (await now()).talk
    expect(residentsMs + municipalityMs).toBe(world.clock.now().getTime() - started)
  })
})

describe('themes', () => {
  test('a theme is made of words that lie there, and holds them', async () => {
    const said = await phoneSays('Vi har en hal, men klokken 18 er den låst')
    const theme = await addTheme(host, hall, code, 'Vi har en hal, men klokken 18 er den låst', [said])
    expect((await now()).statements[0]?.theme).toBe(theme)
    await undoLast(host, hall, code)
    expect((await now()).themes).toEqual([])
    expect((await now()).statements[0]?.theme).toBeNull()
  })

  test('eight priorities at once become four, and the others are told', async () => {
    const themes = await Promise.all(Array.from({ length: 8 }, (_, n) => addTheme(host, hall, code, `Tema ${n}`)))
    const all = await Promise.all(themes.map((theme) => refused(setPriority(host, hall, code, theme, true))))
    expect(all.filter((one) => one === 'done')).toHaveLength(4)
    expect(all.filter((one) => one === 'theme.four')).toHaveLength(4)
    expect((await now()).themes.filter(({ priority }) => priority)).toHaveLength(4)
    expect(new Set((await now()).themes.map(({ place }) => place)).size).toBe(8)
  })

  test('a fifth priority does not come back by undoing either', async () => {
    const [first, ...others] = await Promise.all(
      Array.from({ length: 5 }, (_, n) => addTheme(host, hall, code, `Tema ${n}`)),
    )
    for (const theme of [first, ...others.slice(0, 3)]) await setPriority(host, hall, code, theme ?? '', true)
    await removeTheme(host, hall, code, first ?? '')
    await setPriority(host, hall, code, others[3] ?? '', true)
    const removed = (await whatWasDone(host, meeting)).find(({ deed }) => deed === 'theme.remove')
    expect(await refused(undoOne(host, hall, code, removed?.id ?? ''))).toBe('theme.four')
    expect((await now()).themes).toHaveLength(4)
  })

  test('two who rename the same theme: the second sees the first', async () => {
    const theme = await addTheme(host, hall, code, 'Hallen')
    const both = await Promise.all([
      refused(renameTheme(host, hall, code, theme, 'Lys i hallen', 'Hallen')),
      refused(renameTheme(host, hall, code, theme, 'Nøglen', 'Hallen')),
    ])
    expect(both.toSorted()).toEqual(['changed-since', 'done'])
  })

  test('themes are put in the order somebody wants', async () => {
    const [a, b, c] = [
      await addTheme(host, hall, code, 'A'),
      await addTheme(host, hall, code, 'B'),
      await addTheme(host, hall, code, 'C'),
    ]
    await orderTheme(host, hall, code, c, a)
    expect((await now()).themes.map(({ id }) => id)).toEqual([c, a, b])
    await orderTheme(host, hall, code, c, null)
    expect((await now()).themes.map(({ id }) => id)).toEqual([a, b, c])
  })
})

describe('words', () => {
  test('of eight who move the same words to eight themes, one does and nobody overwrites', async () => {
    const said = await phoneSays('Der er ni, der kan bage')
    const themes = await Promise.all(Array.from({ length: 8 }, (_, n) => addTheme(host, hall, code, `Tema ${n}`)))
    const all = await Promise.all(
      themes.map((theme) => refused(moveStatements(host, hall, code, [said], theme, { [said]: null }))),
    )
    expect(all.filter((one) => one === 'done')).toHaveLength(1)
    expect(all.filter((one) => one === 'changed-since')).toHaveLength(7)
    expect((await now()).statements[0]?.theme).toBe(themes[all.indexOf('done')])
  })

  test('several are moved all or none', async () => {
    const [one, two] = [await phoneSays('En'), await phoneSays('To')]
    const [a, b] = [await addTheme(host, hall, code, 'A'), await addTheme(host, hall, code, 'B')]
    await moveStatements(host, hall, code, [two], a, { [two]: null })
    expect(await refused(moveStatements(host, hall, code, [one, two], b, { [one]: null, [two]: null }))).toBe(
      'changed-since',
    )
    expect((await now()).statements.map(({ theme }) => theme)).toEqual([null, a])
  })

  test('a theme is taken away under the hand that moves words into it: no words are lost in it', async () => {
    for (let round = 0; round < 6; round++) {
      const said = await phoneSays(`Ord ${round}`)
      const theme = await addTheme(host, hall, code, `Tema ${round}`)
      const [moved, removed] = await Promise.all([
        refused(moveStatements(host, hall, code, [said], theme, { [said]: null })),
        refused(removeTheme(host, hall, code, theme)),
      ])
      expect(removed).toBe('done')
      expect(['done', 'theme.gone']).toContain(moved)
      const { themes, statements } = await now()
      expect(themes.some(({ id }) => id === theme)).toBe(false)
      expect(statements.find(({ id }) => id === said)?.theme).toBeNull()
    }
  })

  test('words that their writer has taken back are not moved, and the others are', async () => {
    const [one, two] = [await phoneSays('En'), await phoneSays('To')]
    const theme = await addTheme(host, hall, code, 'A')
    await world.sql(`update community.statement set state = 'withdrawn' where id = $1`, [one])
    await moveStatements(host, hall, code, [one, two], theme)
    expect((await now()).statements.map(({ id, theme: at }) => [id, at])).toEqual([[two, theme]])
    await world.sql(`update community.statement set state = 'withdrawn' where id = $1`, [two])
    expect(await undoLast(host, hall, code)).toBe('move')
    expect(await refused(moveStatements(host, hall, code, [one, two], theme))).toBe('statement.gone')
    expect(await refused(showAgain(host, hall, code, one))).toBe('statement.gone')
    const [row] = await world.sql('select state from community.statement where id = $1', [one])
    expect(row?.state).toBe('withdrawn')
  })

  test('what forty have said comes down and up together, in one step', async () => {
    const ids = await Promise.all(Array.from({ length: 40 }, () => phoneSays('Hallen er låst')))
    await hideStatement(host, hall, code, ids, 'twice')
    expect((await now()).statements.every(({ state, hiddenWhy }) => state === 'hidden' && hiddenWhy === 'twice')).toBe(
      true,
    )
    await undoLast(host, hall, code)
    expect((await now()).statements.every(({ state }) => state === 'shown')).toBe(true)
    await hideStatement(host, hall, code, ids, 'hurts')
    await showAgain(host, hall, code, ids)
    expect((await now()).statements.every(({ state }) => state === 'shown')).toBe(true)
  })

  test('written for somebody without a phone, it counts one voice, and sent twice it stands once', async () => {
    const id = randomUUID()
    await Promise.all([write('Bussen går klokken 17', 'unbearable', id), write('Bussen går klokken 17', 'hope', id)])
    const { statements, voices } = await now()
    expect(statements).toMatchObject([{ id, medium: 'facilitator', state: 'shown' }])
    expect(voices).toBe(1)
  })

  test('words in Arabic and emoji are kept letter for letter', async () => {
    await write('نريد مكانًا نلتقي فيه 🏡💡')
    expect((await now()).statements[0]?.text).toBe('نريد مكانًا نلتقي فيه 🏡💡')
  })
})

describe('undoing', () => {
  const act = fc.record({
    deed: fc.nat(12),
    at: fc.nat(7),
    to: fc.nat(7),
    text: fc.string({ minLength: 1, maxLength: 20 }),
  })

  /** Does one of all deeds, whichever can be done to what is there. */
  async function doOne({ deed, at, to, text }: { deed: number; at: number; to: number; text: string }) {
    const { themes, statements } = await now()
    const theme = themes[at % Math.max(1, themes.length)]?.id
    const other = themes[to % Math.max(1, themes.length)]?.id ?? null
    const said = statements[at % Math.max(1, statements.length)]?.id
    const words = text.replace(/\p{C}/gu, '').trim() || 'Hallen'
    if (deed === 0) return setStage(host, hall, code, stages[at % stages.length] ?? 'rest')
    if (deed === 1) return goToItem(host, hall, code, at + 1)
    if (deed === 2) return talk(host, hall, code, ([null, 'residents', 'municipality'] as const)[at % 3] ?? null)
    if (deed === 3) return setScreen(host, hall, code, at % 2 ? 'words' : 'follow', to % 2 ? to : null)
    if (deed === 4) return addTheme(host, hall, code, words, said && to % 2 ? [said] : [])
    if (deed === 5 && theme) return renameTheme(host, hall, code, theme, words)
    if (deed === 6 && theme) return removeTheme(host, hall, code, theme)
    if (deed === 7 && theme) return orderTheme(host, hall, code, theme, other)
    if (deed === 8 && theme) return setPriority(host, hall, code, theme, to % 2 === 0)
    if (deed === 9 && said) return moveStatements(host, hall, code, [said], to % 3 ? other : null)
    if (deed === 10 && said) return hideStatement(host, hall, code, said, 'hurts')
    if (deed === 11 && said) return showAgain(host, hall, code, said)
    if (deed === 12) return write(words)
  }

  test('whatever was done, undoing all of it leaves the evening as it was, step by step', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 14 }), async (acts) => {
        code = await aMeeting()
        await beginEvening(host, hall, world.later, code)
        meeting = (await world.sql('select id from community.meeting where code = $1', [code]))[0]?.id as string
        for (const text of ['Bussen', 'Hallen', 'Ét langt bord']) await phoneSays(text)
        const pictures = [await picture()]
        const done = async () =>
          Number((await world.sql('select count(*) from community.undo where meeting_id = $1', [meeting]))[0]?.count)
        for (const one of acts) {
          const before = await done()
          await doOne(one)
          pass(1000)
          if ((await done()) > before) pictures.push(await picture())
        }
        for (const before of pictures.toReversed().slice(1)) {
          expect(await undoLast(host, hall, code)).not.toBeNull()
          expect(await picture()).toEqual(before)
        }
        expect(await undoLast(host, hall, code)).toBeNull()
      }),
      { numRuns: 25 },
    )
    world.clock.set('2027-03-14T18:00:00Z')
  }, 120_000)

  test('one deed pressed undone by eight is undone once', async () => {
    await setStage(host, hall, code, 'say')
    await setStage(host, hall, code, 'recognise')
    const [last] = await whatWasDone(host, meeting)
    const all = await Promise.all(Array.from({ length: 8 }, () => undoOne(host, hall, code, last?.id ?? '')))
    expect(all.filter((deed) => deed === 'stage')).toHaveLength(1)
    expect((await now()).stage).toBe('say')
  })

  test('what somebody has changed since is not undone over their head', async () => {
    const theme = await addTheme(host, hall, code, 'Hallen')
    await renameTheme(host, hall, code, theme, 'Lys i hallen')
    const [, added] = await whatWasDone(host, meeting)
    expect(await refused(undoOne(host, hall, code, added?.id ?? ''))).toBe('undo.changed')
    expect((await now()).themes).toMatchObject([{ name: 'Lys i hallen' }])
    expect(await whatWasDone(host, meeting)).toHaveLength(2)
  })

  test('a theme that others have put words into is not undone under them', async () => {
    const said = await phoneSays('Hallen')
    const theme = await addTheme(host, hall, code, 'Hallen')
    await moveStatements(host, hall, code, [said], theme)
    const [, added] = await whatWasDone(host, meeting)
    expect(await refused(undoOne(host, hall, code, added?.id ?? ''))).toBe('undo.changed')
    expect((await now()).statements[0]?.theme).toBe(theme)
  })

  test('a theme brought back leaves alone what has got another place since', async () => {
    const [one, two] = [await phoneSays('En'), await phoneSays('To')]
    const theme = await addTheme(host, hall, code, 'Hallen', [one, two])
    const other = await addTheme(host, hall, code, 'Bussen')
    await removeTheme(host, hall, code, theme)
    await moveStatements(host, hall, code, [two], other)
    const removed = (await whatWasDone(host, meeting)).find(({ deed }) => deed === 'theme.remove')
    expect(await undoOne(host, hall, code, removed?.id ?? '')).toBe('theme.remove')
    expect((await now()).statements.map(({ theme: at }) => at)).toEqual([theme, other])
  })

  test('what was done says nothing of who did it, and wanting what already is leaves nothing to undo', async () => {
    await setStage(host, hall, code, 'welcome')
    await talk(host, hall, code, null)
    await goToItem(host, hall, code, 1)
    expect(await world.sql('select * from community.undo where meeting_id = $1', [meeting])).toEqual([])
    await setStage(host, hall, code, 'say')
    expect(Object.keys((await world.sql('select * from community.undo limit 1'))[0] ?? {}).toSorted()).toEqual([
      'back',
      'deed',
      'id',
      'meeting_id',
      'undone',
    ])
  })
})
