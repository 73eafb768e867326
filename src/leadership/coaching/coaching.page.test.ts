import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { visitAs } from '../../communities/test-site.ts'
import { type Actor, asActor, type Tx } from '../../db/as-actor.ts'
import { makeWorld, type World } from '../../test-world.ts'
import { personOf, talked } from '../../ties/test-ties.ts'
import { forgetAskedAlong } from './asking.deeds.ts'
import { coachingPages } from './coaching.page.tsx'

let world: World
let freja: string
let karsten: string
let poul: string
const here = '/c/holmetofte'

beforeAll(async () => {
  world = await makeWorld()
  freja = await personOf(world, world.freja)
  karsten = await personOf(world, world.karsten)
  poul = await personOf(world, world.poul)
})
beforeEach(async () => {
  for (const table of ['carried_task', 'asked_along', 'coaching', 'helper_mark', 'consent', 'talk'])
    await world.sql(`delete from community.${table}`)
  await world.sql('delete from municipal.talk')
  world.clock.set('2027-03-14T18:00:00Z')
})
const as = (actor: Actor) => visitAs(world.house, actor, coachingPages())
const tell = async (actor: Actor, words: string) => (await as(actor)).post(`${here}/tasks`, { kind: 'own', words })
const four = async () => {
  for (const words of ['hallen', 'fodbold', 'bladet', 'festen']) await tell(world.karsten, words)
}
const taskCalled = async (words: string) =>
  String((await world.sql('select task from community.carried_task where own_words = $1 limit 1', [words]))[0]?.task)
const open = (person: string, at = '2027-03-01') =>
  world.sql(
    `insert into community.consent (id, person_id, purpose, text_version, medium, given_at) values ($1, $2, 'shareTask', 1, 'tap', $3)`,
    [uuid(), person, at],
  )
const question = async () => String((await world.sql('select id from community.asked_along'))[0]?.id)
const callOf = async (tx: Tx, name: string, of = world.holmetofte) => {
  const rest = name === 'my_tasks' ? sql`` : sql`, '2027-03-14'::date`
  return (await sql`select * from ${sql.table(`community.${name}`)}(${of}::uuid${rest})`.execute(tx)).rows
}
const page = async (actor: Actor, path: string) => (await as(actor)).get(`${here}/${path}`)

describe('tasks that somebody carries', () => {
  test('Karsten tells of four and is told, alone, that he stands alone: each number with what it is of', async () => {
    await four()
    const { status, text } = await page(world.karsten, 'tasks')
    expect(status).toBe(200)
    expect(text).toContain('Du har 4 opgaver; 0 har en makker.')
    expect(text).toContain('Det ser ud, som om du står ret alene')
    expect(text).toMatch(/Naboer, der deler 0 Nye, du har taget med 0/)
    expect(text).toContain('Skal vi finde to, der kan dele den med dig?')
    expect(text).not.toContain('Aftaler, der er holdt')
  })

  test('the same task twice is one, and what was typed stays on the page', async () => {
    await tell(world.karsten, 'bladet')
    const again = await tell(world.karsten, ' Bladet ')
    expect([again.status, again.text.includes('allerede skrevet på'), again.html.includes(' Bladet ')]).toEqual([
      400,
      true,
      true,
    ])
    for (const form of [{ kind: '' }, { kind: 'own', words: '' }, { kind: 'own', words: '010203-1234' }])
      expect((await (await as(world.karsten)).post(`${here}/tasks`, form)).status).toBe(400)
    expect(await world.sql('select from community.carried_task')).toHaveLength(1)
  })

  test('laid down the same day it was a mistake and is gone; later it is over, and whoever shares it has it still', async () => {
    await tell(world.karsten, 'bladet')
    await (await as(world.karsten)).post(`${here}/tasks/${await taskCalled('bladet')}/down`, {})
    expect(await world.sql('select from community.carried_task')).toEqual([])
    await tell(world.karsten, 'bladet')
    const task = await taskCalled('bladet')
    await world.sql(
      `insert into community.carried_task (community_id, task, kind, own_words, person_id, since, medium) values ($1, $2, 'own', 'bladet', $3, '2027-03-14', 'tap')`,
      [world.holmetofte, task, freja],
    )
    world.clock.set('2027-03-20T18:00:00Z')
    expect((await (await as(world.poul)).post(`${here}/tasks/${task}/down`, {})).status).toBe(404)
    expect((await (await as(world.karsten)).post(`${here}/tasks/${task}/down`, {})).status).toBe(303)
    expect((await page(world.karsten, 'tasks')).text).toContain('Du har ingen opgaver')
    expect((await page(world.freja, 'tasks')).text).toContain('Du har 1 opgave; 0 har en makker.')
  })

  test('a year ago stands beside today, for whoever it is about alone', async () => {
    await four()
    await world.sql(`update community.carried_task set since = '2025-01-01'`)
    world.clock.set('2027-03-15T18:00:00Z')
    await open(freja)
    for (const words of ['bladet', 'festen']) {
      await (await as(world.karsten)).post(`${here}/tasks/find`, { whom: freja, task: await taskCalled(words) })
      await (await as(world.freja)).post(`${here}/asked-along/${await question()}`, { answer: 'yes' })
    }
    const { text } = await page(world.karsten, 'tasks')
    expect(text).toContain('Du har 4 opgaver; 2 har en makker.')
    expect(text).toMatch(/For et år siden 4 opgaver, 0 med makker I dag 4 opgaver, 2 med makker/)
    expect((await page(world.freja, 'tasks')).text).not.toContain('For et år siden')
  })
})

describe('whom somebody has brought', () => {
  test('is counted by name, by the code of their card and by their invitation, each new one once, and for half a year', async () => {
    await four()
    const [card, meeting, old] = [uuid(), uuid(), uuid()]
    await world.sql(
      `insert into community.own_card (id, community_id, secret_hash, code, person_id, made_in) values ($1, $2, sha256('x'), 'BKT482', $3, '2027-01-01')`,
      [card, world.holmetofte, karsten],
    )
    for (const [id, code, day] of [
      [meeting, 'KRT234', '2027-02-01'],
      [old, 'KRT235', '2026-09-14'],
    ])
      await world.sql(
        `insert into community.meeting (id, community_id, code, kind, purpose, place, host_name, starts_at) values ($1, $2, $3, 'house', 'Mødes', 'Hallen', 'Freja', $4)`,
        [id, world.holmetofte, code, `${day}T18:00:00Z`],
      )
    const comes = (at: string | undefined, bringer: string | null, first = true, byCard: string | null = null) =>
      world.sql(
        `insert into community.arrival (meeting_id, medium, name, first_time, brought_by, bringer, card_id) values ($1, 'paper', $2, $3, $4, $5, $6)`,
        [at, uuid(), first, bringer ? 'neighbour' : 'unknown', bringer, byCard],
      )
    await comes(meeting, 'karsten ')
    await comes(meeting, 'bkt 482')
    await comes(meeting, 'Karsten BKT482')
    await comes(meeting, null, true, card)
    await comes(meeting, 'Freja')
    await comes(meeting, 'Karsten', false)
    await comes(old, 'Karsten')
    expect((await page(world.karsten, 'tasks')).text).toContain('Nye, du har taget med 4')
    await world.sql('delete from community.meeting')
  })
})

describe('finding two who can share', () => {
  test('three who let themselves be asked, most often named as those who helped, in the order of names and without a number', async () => {
    await four()
    expect((await page(world.karsten, 'tasks/find')).text).toContain('Ingen har sagt ja til at blive spurgt endnu')
    const neighbours: string[] = []
    for (const name of ['Åse', 'Birthe', 'Carl', 'Dorte', 'Erik']) {
      const id = uuid()
      neighbours.push(id)
      await world.sql(
        `insert into community.person (id, community_id, name, exists_by, medium, joined_on, active_on) values ($1, $2, $3, 'came', 'paper', '2027-01-01', '2027-01-01')`,
        [id, world.holmetofte, name],
      )
      await open(id)
    }
    const [aase = '', birthe = '', , dorte = ''] = neighbours
    for (const [by, about] of [
      [world.freja, dorte],
      [world.poul, dorte],
      [world.freja, aase],
      [world.poul, birthe],
    ] as const)
      expect((await (await as(by)).post(`${here}/helpers/${about}`, { helped: 'yes' })).status).toBe(303)
    const { text } = await page(world.karsten, 'tasks/find')
    expect(
      [...text.matchAll(/Birthe|Carl|Dorte|Erik|Åse/g)]
        .map(([name]) => name)
        .filter((name, n, all) => all.indexOf(name) === n),
    ).toEqual(['Birthe', 'Dorte', 'Åse'])
    // Taken back, and a no to being asked: gone.
    await world.sql(`update community.consent set withdrawn_at = '2027-03-14' where person_id = $1`, [dorte])
    expect((await page(world.karsten, 'tasks/find')).text).not.toContain('Dorte')
    expect((await (await as(world.karsten)).post(`${here}/helpers/${dorte}`, { helped: 'yes' })).status).toBe(404)
    await world.sql('delete from community.person where account_id is null')
  })

  test('whoever was named sees by whom and takes it away; nobody is named who has not said that they may be asked', async () => {
    expect((await (await as(world.karsten)).post(`${here}/helpers/${freja}`, { helped: 'yes' })).status).toBe(404)
    await open(freja)
    for (const _ of [1, 2]) await (await as(world.karsten)).post(`${here}/helpers/${freja}`, { helped: 'yes' })
    expect(await world.sql('select from community.helper_mark')).toHaveLength(1)
    expect((await page(world.freja, 'tasks')).text).toContain('Karsten siger, at du har hjulpet')
    expect((await page(world.poul, 'helpers')).text).not.toContain('Karsten')
    const mark = String((await world.sql('select id from community.helper_mark'))[0]?.id)
    expect((await (await as(world.poul)).post(`${here}/helpers/about/${mark}`, {})).status).toBe(404)
    expect((await (await as(world.freja)).post(`${here}/helpers/about/${mark}`, {})).status).toBe(303)
    expect(await world.sql('select from community.helper_mark')).toEqual([])
  })

  test('a yes is a second name beside the task; a no looks, to whoever asked, as if nobody had answered', async () => {
    await tell(world.karsten, 'bladet')
    await open(freja)
    const task = await taskCalled('bladet')
    await (await as(world.karsten)).post(`${here}/tasks/find`, { whom: freja, task })
    const before = (await page(world.karsten, 'tasks')).html
    expect((await page(world.freja, 'tasks')).text).toContain('Karsten spørger, om I skal dele »bladet«')
    expect(
      (await (await as(world.poul)).post(`${here}/asked-along/${await question()}`, { answer: 'yes' })).status,
    ).toBe(404)
    await (await as(world.freja)).post(`${here}/asked-along/${await question()}`, { answer: 'no' })
    expect((await page(world.karsten, 'tasks')).html).toBe(before)
    expect((await page(world.freja, 'tasks')).text).not.toContain('Karsten')
    // Asked again: the same, and a no stays a no.
    await (await as(world.karsten)).post(`${here}/tasks/find`, { whom: freja, task })
    expect(
      (await (await as(world.freja)).post(`${here}/asked-along/${await question()}`, { answer: 'yes' })).status,
    ).toBe(404)
    await expect(
      asActor(world.karsten, (tx) => tx.selectFrom('community.asked_along').select('said_no').execute()),
    ).rejects.toThrow(/permission denied/)
    world.clock.set('2027-05-14T18:00:00Z')
    expect(await forgetAskedAlong(world.house)).toBe(1)
    await (await as(world.karsten)).post(`${here}/tasks/find`, { whom: freja, task })
    await (await as(world.freja)).post(`${here}/asked-along/${await question()}`, { answer: 'yes' })
    expect((await page(world.karsten, 'tasks')).text).toContain('Makker: Freja')
    expect((await page(world.freja, 'tasks')).text).toContain('Makker: Karsten')
  })

  test('nobody is asked about a task that one does not carry, nor somebody whom one may not know of', async () => {
    await tell(world.poul, 'nøglen')
    await tell(world.karsten, 'bladet')
    const site = await as(world.karsten)
    expect((await site.post(`${here}/tasks/find`, { whom: poul, task: await taskCalled('nøglen') })).status).toBe(404)
    expect((await site.post(`${here}/tasks/find`, { whom: freja, task: await taskCalled('bladet') })).status).toBe(404)
    expect((await site.post(`${here}/tasks/find`, { whom: '', task: await taskCalled('bladet') })).status).toBe(400)
    expect(await world.sql('select from community.asked_along')).toEqual([])
  })

  test('two yeses at once are one, and a task that was laid down meanwhile is no longer there to share', async () => {
    await tell(world.karsten, 'bladet')
    await (await as(world.karsten)).post(`${here}/tasks/find`, { whom: poul, task: await taskCalled('bladet') })
    const [id, site] = [await question(), await as(world.poul)]
    const both = await Promise.all([1, 2].map(() => site.post(`${here}/asked-along/${id}`, { answer: 'yes' })))
    expect(both.map(({ status }) => status).sort()).toEqual([303, 404])
    await tell(world.karsten, 'festen')
    await (await as(world.karsten)).post(`${here}/tasks/find`, { whom: poul, task: await taskCalled('festen') })
    await (await as(world.karsten)).post(`${here}/tasks/${await taskCalled('festen')}/down`, {})
    expect((await page(world.poul, 'tasks')).text).not.toContain('festen')
  })
})

describe('somebody to lean on', () => {
  const lean = async () => {
    await (await as(world.karsten)).post(`${here}/support`, { whom: poul })
    await (await as(world.poul)).post(`${here}/asked-along/${await question()}`, { answer: 'yes' })
    return String((await world.sql('select id from community.coaching'))[0]?.id)
  }

  test('both see it when the other has said yes; each ends it without a reason, and may not say what the other sees', async () => {
    const id = await lean()
    expect((await page(world.karsten, 'support')).text).toMatch(/Du støtter dig til Poul Siden 14. marts 2027/)
    expect((await page(world.poul, 'support')).text).toMatch(/De støtter sig til dig Karsten/)
    expect((await (await as(world.poul)).post(`${here}/support/${id}/show`, { tasks: 'yes' })).status).toBe(404)
    await expect(
      asActor(world.poul, (tx) =>
        tx.updateTable('community.coaching').set({ shows_tasks: true }).where('id', '=', id).execute(),
      ),
    ).rejects.toThrow(/row-level security/)
    expect((await (await as(world.freja)).post(`${here}/support/${id}/end`, {})).status).toBe(404)
    expect((await (await as(world.poul)).post(`${here}/support/${id}/end`, {})).status).toBe(303)
    expect((await page(world.karsten, 'support')).text).toContain('Du har ikke valgt nogen')
    expect((await (await as(world.karsten)).post(`${here}/support/${id}/end`, {})).status).toBe(404)
  })

  test('sees how the other stands when that one lets them, each thing by itself, until it is taken back', async () => {
    const id = await lean()
    await four()
    await talked(world, String(world.amira.account), karsten, '2027-03-01')
    await world.sql('update community.coaching set since = $1', ['2027-03-14'])
    expect((await page(world.poul, 'support')).text).not.toMatch(/ret alene|kun bånd/)
    const show = async (form: Record<string, string>) =>
      (await as(world.karsten)).post(`${here}/support/${id}/show`, form)
    await show({ tasks: 'yes' })
    expect((await page(world.poul, 'support')).text).toMatch(
      /Karsten ser ud til at stå ret alene .* 4 opgaver, 0 med makker/,
    )
    expect((await page(world.poul, 'support')).text).not.toMatch(/kun bånd|bånd til naboer/)
    await show({ contact: 'yes' })
    // Leaning on Poul is a tie with a neighbour.
    expect((await page(world.poul, 'support')).text).toContain('Karsten har bånd til naboer')
    await world.sql(
      `insert into community.tie_choice (person_id, other_person, choice, chosen_on) values ($1, $2, 'removed', '2027-03-14')`,
      [karsten, poul],
    )
    expect((await page(world.poul, 'support')).text).toContain('Karsten har lige nu kun bånd til folk fra kommunen')
    expect((await page(world.poul, 'support')).text).not.toContain('ret alene')
    await show({})
    expect((await page(world.poul, 'support')).text).not.toMatch(/ret alene|bånd til/)
    await world.sql('delete from community.tie_choice')
  })

  test('a kind word to somebody on whom more than seven lean', async () => {
    const add = async (n: number) => {
      const id = uuid()
      await world.sql(
        `insert into community.person (id, community_id, name, exists_by, medium, joined_on, active_on) values ($1, $2, $3, 'came', 'paper', '2027-01-01', '2027-01-01')`,
        [id, world.holmetofte, `Nabo ${n}`],
      )
      await world.sql(
        `insert into community.coaching (community_id, coach, coachee, since) values ($1, $2, $3, '2027-01-01')`,
        [world.holmetofte, poul, id],
      )
    }
    for (let n = 1; n <= 7; n++) await add(n)
    expect((await page(world.poul, 'support')).text).not.toContain('Det er mange på en gang')
    await add(8)
    expect((await page(world.poul, 'support')).text).toContain('Det er mange på en gang')
    await world.sql('delete from community.person where account_id is null')
  })
})

describe('that somebody stands alone', () => {
  test('is read by nobody else: not by a page, not by the database, in any role', async () => {
    await four()
    await world.sql(
      `insert into community.coaching (community_id, coach, coachee, since) values ($1, $2, $3, '2027-01-01')`,
      [world.holmetofte, freja, karsten],
    )
    await open(karsten)
    const paths = ['tasks', 'tasks/find', 'tasks/slip', 'tasks/typed', 'helpers', 'support']
    const others = [world.freja, world.poul, world.stranger, world.amira, world.helle, world.nadia, world.mikkel]
    for (const actor of others)
      for (const path of paths)
        expect([path, (await page(actor, path)).text.match(/ret alene|fodbold|4 opgaver/)]).toEqual([path, null])
    for (const actor of [world.stranger, world.amira, world.helle, world.nadia, world.mikkel])
      for (const path of paths) expect([(await page(actor, path)).status, path]).toEqual([404, path])
    const tables = ['carried_task', 'asked_along', 'helper_mark'] as const
    for (const actor of [world.guest, ...others])
      for (const table of tables) {
        const read = asActor(actor, (tx) => tx.selectFrom(`community.${table}`).select('id').execute())
        expect(await read.catch(() => [])).toEqual([])
      }
    for (const actor of [world.guest, ...others])
      for (const name of ['loads_for_me', 'my_tasks', 'my_questions']) {
        const rows = await asActor(actor, (tx) => callOf(tx, name)).catch(() => [])
        expect(JSON.stringify(rows)).not.toMatch(/Karsten|fodbold/)
      }
    for (const name of ['load_of', 'only_staff_know'])
      for (const actor of [world.guest, ...others, world.karsten])
        await expect(asActor(actor, (tx) => callOf(tx, name, karsten))).rejects.toThrow(/permission denied/)
  })
})

describe('a slip of paper', () => {
  test('is printed by whoever belongs, and typed in by a host or key holder; two who are called the same are nobody', async () => {
    expect((await page(world.karsten, 'tasks/slip')).text).toContain('Vil du dele en opgave med mig?')
    expect((await page(world.karsten, 'tasks/typed')).status).toBe(404)
    await tell(world.karsten, 'bladet')
    const slip = { what: 'share', one: 'karsten', two: ' Freja ', kind: 'own', words: 'Bladet' }
    expect((await (await as(world.karsten)).post(`${here}/tasks/typed`, slip)).status).toBe(404)
    const wrong = await (await as(world.poul)).post(`${here}/tasks/typed`, { ...slip, two: 'Frejja' })
    expect([wrong.status, wrong.html.includes('Frejja')]).toEqual([400, true])
    expect((await (await as(world.poul)).post(`${here}/tasks/typed`, { ...slip, one: '' })).status).toBe(400)
    for (const _ of [1, 2]) expect((await (await as(world.poul)).post(`${here}/tasks/typed`, slip)).status).toBe(303)
    expect((await page(world.karsten, 'tasks')).text).toContain('Makker: Freja')
    expect(await world.sql('select from community.carried_task')).toHaveLength(2)
    // Whoever typed it sees neither.
    expect((await page(world.poul, 'tasks')).text).not.toMatch(/Makker|Karsten|1 opgave/)
  })
  test('somebody without an account lays a task down by their word; for whoever has one nobody else does, and what they had is not told', async () => {
    const birthe = uuid()
    await world.sql(
      `insert into community.person (id, community_id, name, exists_by, medium, joined_on, active_on) values ($1, $2, 'Birthe', 'came', 'paper', '2027-01-01', '2027-01-01')`,
      [birthe, world.holmetofte],
    )
    await tell(world.karsten, 'bladet')
    const typed = async (form: Record<string, string>) =>
      (await (await as(world.poul)).post(`${here}/tasks/typed`, { kind: 'own', words: 'bladet', two: '', ...form }))
        .status
    expect(await typed({ what: 'share', one: 'Karsten', two: 'Birthe' })).toBe(303)
    expect(await typed({ what: 'down', one: 'Karsten' })).toBe(400)
    expect(await typed({ one: 'Birthe' })).toBe(400)
    world.clock.set('2027-03-15T18:00:00Z')
    for (const words of ['bladet', 'noget helt andet'])
      expect(await typed({ what: 'down', one: 'Birthe', words })).toBe(303)
    expect((await page(world.karsten, 'tasks')).text).toContain('Du har 1 opgave; 0 har en makker.')
    await world.sql('delete from community.person where id = $1', [birthe])
  })
})
