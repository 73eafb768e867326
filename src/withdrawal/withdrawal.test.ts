import { beforeAll, describe, expect, test } from 'vitest'
import type { SignedIn } from '../access/session.deeds.ts'
import { visitAs } from '../communities/test-site.ts'
import { type Actor, asActor } from '../db/as-actor.ts'
import { signedIn } from '../rooms/test-room.ts'
import { makeWorld, type World } from '../test-world.ts'
import {
  answerCall,
  callBack,
  confirmVote,
  seeFallen,
  seeLeaving,
  tickItem,
  typeVote,
  withdrawVote,
} from './withdrawal.deeds.ts'
import { withdrawalPages } from './withdrawal.page.tsx'

let world: World
let poul: SignedIn
let freja: SignedIn
let amira: SignedIn
beforeAll(async () => {
  world = await makeWorld()
  poul = await signedIn(world, world.poul)
  freja = await signedIn(world, world.freja)
  amira = await signedIn(world, world.amira)
})
const as = (actor: Actor) => visitAs(world.house, actor, withdrawalPages())
const slug = 'holmetofte'
const plan = { 'last-day-day': '1', 'last-day-month': 'maj', 'last-day-year': '2030', 'still-missing': 'En kasserer.' }
const presence = async () =>
  (await world.sql(`select presence from community.community where slug = $1`, [slug]))[0]?.presence
const stand = (where: string) =>
  world.sql(`update community.community set presence = $2 where slug = $1`, [slug, where])
const on = { votedOn: '2027-03-14', farewellOn: null, farewell: null }
const firstVote = async () => (await seeLeaving(poul, slug)).votes[0]

describe('the page of the withdrawal plan', () => {
  test('everybody reads when the municipality means to be gone, and what is missing', async () => {
    const page = await (await as(world.guest)).get('/c/lyngo/withdrawal')
    expect(page.text).toContain('Kommunen regner med at være ude senest 14. marts 2030.')
    expect(page.text).toContain('Vi har ikke talt om det endnu.')
    expect(page.html).not.toContain('<form')
  })
  test('a host changes the plan that stands in the form', async () => {
    const freja = await as(world.freja)
    const page = await freja.get('/c/holmetofte/withdrawal')
    for (const typed of ['value="14"', 'value="3"', 'value="2030"', 'Vi har ikke talt om det endnu.</textarea>'])
      expect(page.html).toContain(typed)
    expect(await freja.post('/c/holmetofte/withdrawal', plan)).toMatchObject({
      status: 303,
      location: '/c/holmetofte/withdrawal',
    })
    expect((await freja.get('/c/holmetofte/withdrawal')).text).toMatch(/senest 1\. maj 2030.*En kasserer\./)
  })
  test('a day that has passed comes back', async () => {
    const page = await (await as(world.amira)).post('/c/holmetofte/withdrawal', { ...plan, 'last-day-year': '2026' })
    expect(page).toMatchObject({ status: 400 })
    expect(page.text).toContain('Den dag er gået')
    expect(page.html).toContain('value="2026"')
  })
  test('a plan whose day has passed says so', async () => {
    await world.sql(`update community.withdrawal_plan set last_day = '2026-01-01' where community_id = $1`, [
      world.lyngo,
    ])
    expect((await (await as(world.guest)).get('/c/lyngo/withdrawal')).text).toContain(
      'Kommunen skulle have været ude 1. januar 2026.',
    )
    await world.sql(`update community.community set presence = 'out' where id = $1`, [world.lyngo])
    expect((await (await as(world.guest)).get('/c/lyngo/withdrawal')).text).toContain(
      'Kommunen har trukket sig tilbage.',
    )
  })
  test('a resident, a stranger and a guest are refused', async () => {
    for (const [actor, status] of [
      [world.karsten, 403],
      [world.stranger, 403],
      [world.guest, 401],
    ] as const)
      for (const form of [plan, {}])
        expect((await (await as(actor)).post('/c/holmetofte/withdrawal', form)).status).toBe(status)
  })
  test('speaks English to those who ask for it', async () => {
    const page = await (await as(world.guest)).get('/c/holmetofte/withdrawal?lang=en')
    expect(page.html).toContain('<html lang="en"')
    expect(page.text).toContain('The municipality means to be gone by')
  })
})

describe('the place’s own vote', () => {
  test('moves the municipality when another than the one who typed it says that the count is right', async () => {
    await stand('beside')
    await typeVote(poul, slug, { to: 'behind', yes: 7, no: 2, blank: 1, ...on })
    const vote = await firstVote()
    expect(vote).toMatchObject({ state: 'typed', mine: true })
    await expect(confirmVote(poul, slug, vote?.id ?? '')).rejects.toMatchObject({ code: 'vote.yours' })
    expect(await presence()).toBe('beside')
    expect(await confirmVote(freja, slug, vote?.id ?? '')).toBe('adopted')
    expect(await presence()).toBe('behind')
    expect((await seeLeaving(poul, slug)).checkIns.map(({ month, dueOn }) => [month, dueOn])).toEqual([
      [6, '2027-09-14'],
      [12, '2028-03-14'],
    ])
  })
  test('with half of the votes it falls, and the municipality stays where it is', async () => {
    await stand('beside')
    await typeVote(freja, slug, { to: 'behind', yes: 5, no: 3, blank: 2, ...on })
    expect(await confirmVote(poul, slug, (await firstVote())?.id ?? '')).toBe('fell')
    expect(await presence()).toBe('beside')
  })
  test('one waits at a time; whoever typed it may take it away', async () => {
    await stand('beside')
    await typeVote(poul, slug, { to: 'behind', yes: 7, no: 2, blank: 1, ...on })
    await expect(typeVote(freja, slug, { to: 'behind', yes: 6, no: 0, blank: 0, ...on })).rejects.toMatchObject({
      code: 'vote.waits',
    })
    const typed = { to: 'behind', yes: '6', 'voted-on-day': '14', 'voted-on-month': '3', 'voted-on-year': '2027' }
    const back = await (await as(world.freja)).post(`/c/${slug}/withdrawal/vote`, typed)
    expect(back).toMatchObject({ status: 409 })
    expect(back.html).toContain('value="6"')
    const vote = await firstVote()
    await withdrawVote(poul, slug, vote?.id ?? '')
    await expect(confirmVote(freja, slug, vote?.id ?? '')).rejects.toMatchObject({ code: 'vote.over' })
  })
  test('confirmed by two at once, it is adopted once', async () => {
    await stand('beside')
    await typeVote(poul, slug, { to: 'behind', yes: 7, no: 2, blank: 1, ...on })
    const id = (await firstVote())?.id ?? ''
    const both = await Promise.allSettled([confirmVote(freja, slug, id), confirmVote(freja, slug, id)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
  test('counts from where the place stood: when it has moved meanwhile, nothing is adopted', async () => {
    await stand('beside')
    await typeVote(poul, slug, { to: 'behind', yes: 7, no: 2, blank: 1, ...on })
    const id = (await firstVote())?.id ?? ''
    await stand('on_call')
    await expect(confirmVote(freja, slug, id)).rejects.toMatchObject({ code: 'changed-since' })
    await withdrawVote(poul, slug, id)
  })
  test('neither a resident nor an employee types or confirms one, and no role moves a place by itself', async () => {
    await stand('beside')
    const karsten = await signedIn(world, world.karsten)
    const said = { to: 'behind' as const, yes: 7, no: 2, blank: 1, ...on }
    for (const somebody of [karsten, amira])
      await expect(typeVote(somebody, slug, said)).rejects.toMatchObject({ code: 'not-yours' })
    for (const actor of [world.karsten, world.freja, world.poul, world.amira, world.helle])
      await expect(
        asActor(actor, (tx) => tx.updateTable('community.community').set({ presence: 'out' }).execute()),
      ).rejects.toThrow(/permission denied/)
    // Around the deeds: the one who typed it cannot be the one who confirms it.
    await typeVote(poul, slug, said)
    await expect(
      asActor(world.poul, (tx) =>
        tx
          .updateTable('community.phase_vote')
          .set({ state: 'adopted', ended_at: world.clock.now(), confirmed_by: world.poul.account })
          .where('state', '=', 'typed')
          .execute(),
      ),
    ).rejects.toThrow(/row-level security/)
    await withdrawVote(poul, slug, (await firstVote())?.id ?? '')
  })
})

describe('what is handed over', () => {
  test('an employee writes it down, whoever lives there ticks what they received, and the employee cannot', async () => {
    const staff = await as(world.amira)
    expect(await staff.post(`/c/${slug}/withdrawal/items`, { kind: 'keys', what: 'Nøglen til hallen' })).toMatchObject({
      status: 303,
    })
    const item = (await seeLeaving(amira, slug)).items[0]
    expect(item).toMatchObject({ what: 'Nøglen til hallen', receivedAt: null })
    const id = item?.id ?? ''
    expect((await staff.post(`/c/${slug}/withdrawal/items/${id}/tap`, '')).status).toBe(403)
    const karsten = await as(world.karsten)
    expect((await karsten.post(`/c/${slug}/withdrawal/items/${id}/paper`, '')).status).toBe(403)
    expect((await karsten.post(`/c/${slug}/withdrawal/items/${id}/tap`, '')).status).toBe(303)
    expect((await karsten.get(`/c/${slug}/withdrawal`)).text).toMatch(/Nøglen til hallen.*Du fik det/)
    expect((await staff.get(`/c/${slug}/withdrawal`)).text).toContain('Alt er givet videre')
    // Another's tick is theirs: nobody takes it away, and the thing stays on the list.
    await expect(tickItem(freja, slug, id, 'back')).rejects.toMatchObject({ code: 'changed-since' })
    expect((await staff.post(`/c/${slug}/withdrawal/items/${id}/off`, '')).status).toBe(409)
  })
  test('what is missing in it comes back with what was typed', async () => {
    const page = await (await as(world.poul)).post(`/c/${slug}/withdrawal/items`, { kind: '', what: 'Kalenderen' })
    expect(page).toMatchObject({ status: 400 })
    expect(page.text).toContain('Vælg, hvad slags det er')
    expect(page.html).toContain('value="Kalenderen"')
  })
})

describe('afterwards', () => {
  test('the place writes how it goes when the day has come, and the municipality reads it only when it is shared', async () => {
    const vote = (await world.sql(`select vote_id from community.check_in limit 1`))[0]?.vote_id
    const path = `/c/${slug}/withdrawal/check-in/${vote}/6`
    const said = { how: 'partly', words: 'Fredagscafeen mangler en til' }
    expect((await (await as(world.poul)).get(path)).status).toBe(404)
    world.clock.set('2027-10-01T12:00:00Z')
    expect((await (await as(world.poul)).get(path)).status).toBe(200)
    expect((await (await as(world.karsten)).get(path)).status).toBe(403)
    expect((await (await as(world.poul)).post(path, said)).status).toBe(303)
    expect((await (await as(world.karsten)).get(`/c/${slug}/withdrawal`)).text).toContain(
      'Fredagscafeen mangler en til',
    )
    for (const actor of [world.amira, world.helle])
      expect((await (await as(actor)).get(`/c/${slug}/withdrawal`)).text).not.toContain('Fredagscafeen')
    await (await as(world.poul)).post(path, { ...said, shared: 'yes' })
    expect((await (await as(world.amira)).get(`/c/${slug}/withdrawal`)).text).toContain('Fredagscafeen')
  })
  test('a place that is out calls the municipality back with one press, and an employee says when they come', async () => {
    await stand('out')
    await callBack(poul, slug, null)
    expect(await presence()).toBe('on_call')
    await expect(callBack(freja, slug, null)).rejects.toMatchObject({ code: 'call.waits' })
    const call = (await seeLeaving(amira, slug)).calls[0]
    expect(call).toMatchObject({ from: 'out', answeredAt: null })
    await answerCall(amira, slug, call?.id ?? '', '2027-10-08')
    expect((await (await as(world.karsten)).get(`/c/${slug}/withdrawal`)).text).toContain(
      'Kommunen kommer 8. oktober 2027.',
    )
    await expect(answerCall(amira, slug, call?.id ?? '', '2027-10-09')).rejects.toMatchObject({ code: 'changed-since' })
  })
  test('a place beside which the municipality stands does not call', async () => {
    await stand('beside')
    await expect(callBack(poul, slug, null)).rejects.toMatchObject({ code: 'call.near' })
  })
})

describe('the signs', () => {
  test('are agreed by the place: a key holder writes other bounds, an employee and a host cannot', async () => {
    const path = `/c/${slug}/withdrawal/criteria/retention`
    expect((await (await as(world.poul)).post(path, { 'under-way': '60', ready: '80' })).status).toBe(303)
    expect((await (await as(world.guest)).get(`/c/${slug}/withdrawal/criteria`)).text).toContain('klar ved 80 %')
    for (const actor of [world.amira, world.karsten, world.freja])
      expect((await (await as(actor)).post(path, { ready: '10' })).status).toBe(403)
    const wrong = await (await as(world.poul)).post(path, { 'under-way': '90', ready: '80' })
    expect(wrong).toMatchObject({ status: 400 })
    expect(wrong.text).toContain('De to grænser står i den forkerte rækkefølge')
    expect((await (await as(world.poul)).post(path, { 'left-out': 'yes' })).status).toBe(303)
    expect((await (await as(world.guest)).get(`/c/${slug}/withdrawal/criteria`)).text).not.toContain(
      'Hænger sammen uden',
    )
  })
  test('how they stood is read by those who live there alone', async () => {
    await world.sql(
      `insert into community.withdrawal_quarter select id, '2027-07-01', 'orphans', 0.0312, 96 from community.community where slug = $1`,
      [slug],
    )
    const path = `/c/${slug}/withdrawal/criteria`
    expect((await (await as(world.karsten)).get(path)).text).toMatch(
      /Ville miste deres eneste kontakt 3 % Klar Bygger på: 96 personer/,
    )
    for (const actor of [world.guest, world.amira, world.helle, world.stranger])
      expect((await (await as(actor)).get(path)).text).not.toContain('96 personer')
  })
})

describe('what falls after the municipality has stepped back', () => {
  test('is told to those who live there, and to nobody else', async () => {
    await stand('behind')
    for (const [quarter, value] of [
      ['2027-04-01', 0.95],
      ['2027-07-01', 0.4],
    ] as const)
      await world.sql(
        `insert into community.withdrawal_quarter (community_id, quarter, criterion, value, base)
          values ($1, $2, 'autonomy', $3, 9)`,
        [world.holmetofte, quarter, value],
      )
    const { community } = await seeLeaving(world.karsten, slug)
    expect(await seeFallen(world.karsten, community)).toEqual(['autonomy'])
    for (const actor of [world.stranger, world.guest, world.amira])
      expect(await seeFallen(actor, community)).toEqual([])
    expect((await (await as(world.karsten)).get(`/c/${slug}/withdrawal`)).text).toContain('Noget er faldet siden sidst')
    expect((await (await as(world.amira)).get(`/c/${slug}/withdrawal`)).text).not.toContain('faldet siden sidst')
    await stand('beside')
    expect(await seeFallen(world.karsten, (await seeLeaving(world.karsten, slug)).community)).toEqual([])
  })
})
