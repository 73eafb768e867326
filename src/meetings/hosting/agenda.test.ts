import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AgendaItem } from '../evening.ts'
import { minutesOf } from '../evening.ts'
import { kinds } from '../meeting.ts'
import { usualAgenda, usualIn } from '../usual-agenda.ts'
import { agendaAsSaid, informsEarly, longestTitle, mostItems, mostMinutes, type RowSaid, readAgenda } from './agenda.ts'
import { readRoles } from './handing-out.ts'

const row = (title: string, minutes: string, more: Partial<RowSaid> = {}): RowSaid => ({
  title,
  minutes,
  inform: false,
  close: false,
  reason: '',
  ...more,
})
function formOf(rows: readonly RowSaid[], pressed = 'keep') {
  const form = new URLSearchParams({ seen: 'x', do: pressed })
  for (const [before, { title, minutes, inform, close, reason }] of rows.entries()) {
    form.set(`title-${before + 1}`, title)
    form.set(`minutes-${before + 1}`, minutes)
    form.set(`reason-${before + 1}`, reason)
    if (inform) form.set(`inform-${before + 1}`, 'yes')
    if (close) form.set(`close-${before + 1}`, 'yes')
  }
  return form
}
const read = (rows: readonly RowSaid[], pressed?: string) => readAgenda(formOf(rows, pressed), 'listening')
const faults = (...rows: RowSaid[]) => read(rows).problems.map(({ field, code }) => `${field} ${code}`)

const anItem = fc.record({
  title: fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
    .map((text) => `Vi ${text.replace(/\p{M}/gu, '')}`),
  minutes: fc.integer({ min: 1, max: mostMinutes }),
  kind: fc.constantFrom('enliven' as const, 'inform' as const, 'close' as const),
  reason: fc.constantFrom('De skal kende tallene', 'Loven siger det'),
})
const aPlan = fc.array(anItem, { minLength: 1, maxLength: mostItems })

describe('the plan of an evening', () => {
  test.each(kinds)('a new %s lasts ninety minutes, informs nobody, and is read back as it is', (kind) => {
    for (const lang of ['da', 'en'] as const) {
      const usual = usualAgenda(kind, lang)
      expect(minutesOf(usual)).toBe(90)
      expect(usual.some((item) => item.kind === 'inform')).toBe(false)
      expect(readAgenda(formOf(agendaAsSaid(usual)), kind)).toMatchObject({ items: usual, problems: [] })
      expect(usualIn(usual, kind)).toBe(lang)
    }
  })

  test('a dialogue meeting has the community’s own words as its only agenda', () => {
    const titles = usualAgenda('dialogue', 'da').map(({ title }) => title)
    expect(titles[1]).toBe('Vi læser vores egne ord om det gode sted højt')
    expect(titles.slice(1, 6).some((title) => usualAgenda('listening', 'da').some((one) => one.title === title))).toBe(
      false,
    )
    const informing = formOf([row('Kommunen viser planer', '5', { inform: true })])
    expect(readAgenda(informing, 'dialogue').problems).toEqual([{ field: 'inform-1', row: 1, code: 'onlyDefinition' }])
    expect(readAgenda(informing, 'listening').problems).toEqual([])
  })

  test('whatever is a plan is read back as it was written, and its minutes are the sum of its rows', () => {
    fc.assert(
      fc.property(aPlan, (plan) => {
        const items: AgendaItem[] = plan.map((item) => ({ ...item, title: item.title.normalize('NFC').trim() }))
        const back = read(agendaAsSaid(items))
        expect(back.problems).toEqual([])
        expect(back.items.map(({ minutes }) => minutes)).toEqual(items.map(({ minutes }) => minutes))
        expect(back.items.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(minutesOf(items))
        expect(back.items.map(({ kind, reason }) => ({ kind, reason }))).toEqual(
          items.map(({ kind, reason }) => ({ kind, reason })),
        )
      }),
    )
  })

  test('information is asked for its reason exactly when it takes more than ten minutes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: mostMinutes }), fc.boolean(), fc.boolean(), (minutes, inform, says) => {
        const asked = faults(row('Tal fra skolen', String(minutes), { inform, reason: says ? 'Loven' : '' }))
        expect(asked).toEqual(inform && minutes > 10 && !says ? ['reason-1 why'] : [])
      }),
    )
  })

  test('information before twenty minutes of talk brings a question, and nothing else does', () => {
    const talk = (minutes: number) => ({ minutes, kind: 'enliven' as const })
    const inform = { minutes: 5, kind: 'inform' as const }
    expect(informsEarly([inform, talk(90)])).toBe(1)
    expect(informsEarly([talk(10), talk(5), inform, talk(20)])).toBe(3)
    expect(informsEarly([talk(10), talk(10), inform])).toBeNull()
    expect(informsEarly([talk(10), { minutes: 60, kind: 'close' }, inform])).toBe(3)
    expect(informsEarly(usualAgenda('public', 'da'))).toBeNull()
    expect(informsEarly([])).toBeNull()
  })

  test('moving never loses a row, up and down again is as before, and a row that is struck is gone', () => {
    fc.assert(
      fc.property(aPlan, fc.nat(), (plan, place) => {
        const rows = agendaAsSaid(plan)
        const at = (place % rows.length) + 1
        const sorted = (said: readonly RowSaid[]) => said.map(({ title, minutes }) => `${title} ${minutes}`).sort()
        const up = read(rows, `up-${at}`).rows
        expect(sorted(up)).toEqual(sorted(rows))
        if (at > 1) expect(read(up, `down-${at - 1}`).rows).toEqual(rows)
        expect(read(rows, `away-${at}`).rows).toEqual(rows.filter((_, before) => before !== at - 1))
      }),
    )
  })

  test('a row that was emptied is gone; a row with only minutes is asked about', () => {
    const back = read([row('Kaffe', '10'), row('  ', ' '), row('Farvel', '5')])
    expect(back.items.map(({ title }) => title)).toEqual(['Kaffe', 'Farvel'])
    expect(faults(row('Kaffe', '10'), row('', '20'))).toEqual(['title-2 title'])
    expect(faults(row('', ''))).toEqual(['title-1 none'])
  })

  test.each([
    ['negative minutes', row('Kaffe', '-5'), ['minutes-1 minutes']],
    ['no minutes', row('Kaffe', ''), ['minutes-1 minutes']],
    ['zero minutes', row('Kaffe', '0'), ['minutes-1 minutes']],
    ['half minutes', row('Kaffe', '2,5'), ['minutes-1 minutes']],
    ['four hours and a minute', row('Kaffe', '241'), ['minutes-1 minutesMany']],
    ['minutes with their word', row('Kaffe', '20 min.'), []],
    ['Arabic', row('نتحدث معًا عن المكان', '20'), []],
    ['emoji alone', row('☕🎶', '20'), []],
    ['120 characters outside the alphabet', row('𝒂'.repeat(longestTitle), '20'), []],
    ['121 characters', row('å'.repeat(longestTitle + 1), '20'), ['title-1 titleLong']],
    ['a hundred marks on one letter', row(`a${'\u0301'.repeat(100)}`, '20'), ['title-1 marks']],
    ['spaces that cannot be seen', row('\u200b', '20'), ['title-1 title']],
    ['a CPR number', row('Ole, 010203-1234', '20'), ['title-1 cpr']],
    ['a CPR number as a reason', row('Tal', '5', { inform: true, reason: '010203-1234' }), ['reason-1 cpr']],
    ['a reason of 281 characters', row('Tal', '5', { inform: true, reason: 'å'.repeat(281) }), ['reason-1 whyLong']],
  ])('%s', (_, said, expected) => {
    expect(faults(said)).toEqual(expected)
  })

  test('301 rows are too many, and all of them come back', () => {
    const many = Array.from({ length: 301 }, (_, n) => row(`Punkt ${n}`, '1'))
    const back = read(many)
    expect(back.problems).toEqual([{ field: 'title-31', row: 31, code: 'many' }])
    expect(back.rows).toHaveLength(301)
    expect(read(many.slice(0, 30)).problems).toEqual([])
  })

  test('a field that is not in the form, or comes twice, is to be mended', () => {
    const form = formOf([row('Kaffe', '10')])
    form.append('title-1', 'Te')
    expect(readAgenda(form, 'listening').problems.map(({ code }) => code)).toEqual(['strange'])
    const other = formOf([row('Kaffe', '10')])
    other.set('place-1', '3')
    expect(readAgenda(other, 'listening').problems.map(({ code }) => code)).toEqual(['strange'])
  })
})

describe('who does what', () => {
  const roles = (typed: Record<string, string>, held = 0) =>
    readRoles(new URLSearchParams({ seen: 'x', host: 'Freja', ...typed }), held)
  const faultsOf = (typed: Record<string, string>, held = 0) =>
    roles(typed, held).problems.map(({ field, code }) => `${field} ${code}`)

  test('a CPR number is no name and no reason', () => {
    expect(faultsOf({ scribe: 'Ole 010203-1234' })).toEqual(['scribe cpr'])
    expect(faultsOf({ 'host-municipal': 'yes', 'host-reason': '010203-1234' }, 5)).toEqual(['host-reason cpr'])
  })

  test('a role without a name is nobody’s; only the host must be there', () => {
    expect(roles({ scribe: ' Poul ', welcomer: '' })).toMatchObject({
      problems: [],
      handed: [
        { role: 'host', name: 'Freja', municipal: false, reason: null },
        { role: 'scribe', name: 'Poul', municipal: false, reason: null },
      ],
    })
    expect(faultsOf({ host: '' })).toEqual(['host host'])
  })

  test('from the fourth meeting, an employee who hosts or leads is asked why; before, and in other roles, not', () => {
    fc.assert(
      fc.property(fc.nat({ max: 9 }), fc.boolean(), fc.boolean(), (held, municipal, says) => {
        const typed: Record<string, string> = { facilitator: 'Amira', 'scribe-municipal': 'yes', scribe: 'Bo' }
        if (municipal) typed['facilitator-municipal'] = 'yes'
        if (municipal && says) typed['facilitator-reason'] = 'Ingen af os turde endnu'
        expect(faultsOf(typed, held)).toEqual(municipal && !says && held >= 3 ? ['facilitator-reason why'] : [])
      }),
    )
  })

  test('a tick without a name and a reason without a tick are asked about, and nothing is dropped', () => {
    expect(faultsOf({ 'scribe-municipal': 'yes' })).toEqual(['scribe name'])
    expect(faultsOf({ facilitator: 'Bo', 'facilitator-reason': 'Derfor' })).toEqual(['facilitator-municipal tick'])
    expect(roles({ facilitator: 'Bo', 'facilitator-reason': 'Derfor' }).said.facilitator.reason).toBe('Derfor')
    expect(faultsOf({ timekeeper: 'å'.repeat(121) })).toEqual(['timekeeper nameLong'])
    expect(faultsOf({ timekeeper: 'سعاد', welcomer: '🦆' })).toEqual([])
    expect(faultsOf({ boss: 'Bo' })).toEqual(['host strange'])
  })
})
