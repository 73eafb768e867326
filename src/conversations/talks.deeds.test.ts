import { v7 as uuid } from 'uuid'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { signedIn } from '../access/test-person.ts'
import { type Actor, asActor } from '../db/as-actor.ts'
import { makeWorld, type World } from '../test-world.ts'
import { type Draft, draftText } from './note.ts'
import {
  agreeOnOnePhone,
  agreeOnSlip,
  agreeOnTwoPhones,
  sayWrong,
  sealForOther,
  seeNote,
  seeWaiting,
  takeUpWaiting,
  tellPromise,
  yesOf,
} from './notes.deeds.ts'
import { newSecret } from './sealing.ts'
import type { Plan } from './talk.ts'
import {
  answerLink,
  askForTalk,
  linkOf,
  movePlan,
  sayHeld,
  seeAsking,
  seeLink,
  seeTalk,
  takeAway,
} from './talks.deeds.ts'

let world: World
const me = (actor: Actor, name = 'x') => signedIn(actor, name) ?? expect.fail()
beforeAll(async () => {
  world = await makeWorld()
})
beforeEach(async () => {
  world.clock.set('2027-03-14T18:00:00Z')
  await world.sql('delete from community.talk')
  await world.sql('delete from municipal.talk')
  await world.sql('delete from community.talk_rest')
})

const plan: Plan = {
  kind: 'recruitment',
  medium: 'walk',
  purpose: 'Jeg vil gerne høre, hvad du brænder for',
  spot: null,
  plannedOn: '2027-03-16',
  plannedTime: '10:00',
  wantedBy: 'starter',
}
const personIn = async (actor: Actor) =>
  String((await world.sql('select id from community.person where account_id = $1', [actor.account]))[0]?.id)

async function talkOf(actor: Actor, other: string | null = null): Promise<string> {
  const id = uuid()
  await askForTalk(me(actor), 'holmetofte', { ...plan, id, other })
  return id
}
const draftOf = (talk: string, base = 0, what = 'Tage to naboer med'): Draft => ({
  talk,
  base,
  themes: ['meetingPlace'],
  ownWords: null,
  promises: [
    { by: 'starter', what: 'Finde hallens åbningstider', byWhen: null },
    { by: 'other', what, byWhen: '2027-03-28' },
  ],
  outcome: 'commitment',
  nextOn: '2027-04-11',
})
const notesIn = async (room: string) => world.sql(`select * from ${room}.agreed_note`)
const code = (refusal: string) => expect.objectContaining({ code: refusal })

describe('a plan', () => {
  test('Invariant 1: nobody is written down by being asked for a talk; their yes does it, and a no leaves nothing', async () => {
    const id = await talkOf(world.amira)
    expect(await world.sql('select other, other_name, answer from municipal.talk')).toEqual([
      { other: null, other_name: null, answer: 'waiting' },
    ])
    const token = linkOf(world.house, id)
    await answerLink(world.house, token, null, { answer: 'yes', name: 'Poul' })
    expect((await seeTalk(me(world.amira), id)).talk).toMatchObject({
      otherName: 'Poul',
      otherIsHere: false,
      answer: 'yes',
    })
    await answerLink(world.house, token, null, { answer: 'no', name: 'Poul' })
    expect((await seeTalk(me(world.amira), id)).talk).toMatchObject({ otherName: null, answer: 'no' })
  })

  test('somebody of the place says yes as themselves; from then on the link is theirs alone, and the talk stands on their pages', async () => {
    const id = await talkOf(world.amira)
    const token = linkOf(world.house, id)
    await answerLink(world.house, token, me(world.poul), { answer: 'yes', name: null })
    expect((await seeTalk(me(world.poul), id)).talk).toMatchObject({
      mine: 'other',
      starterName: 'Amira',
      room: 'municipal',
    })
    for (const stranger of [null, me(world.karsten), me(world.helle)])
      await expect(seeLink(world.house, token, stranger)).rejects.toEqual(code('not-found'))
    // Not the last letter: of its bits some say nothing.
    const wrong = `${token.slice(0, -2)}${token.at(-2) === 'A' ? 'B' : 'A'}${token.slice(-1)}`
    await expect(seeLink(world.house, wrong, me(world.poul))).rejects.toEqual(code('not-found'))
  })

  test('a neighbour asks one they may know of, who sees it at once and may say no; of anybody else the id opens nothing', async () => {
    const poul = await personIn(world.poul)
    const id = await talkOf(world.karsten, poul)
    expect((await seeTalk(me(world.poul), id)).talk).toMatchObject({ mine: 'other', starterName: 'Karsten' })
    await answerLink(world.house, linkOf(world.house, id), me(world.poul), { answer: 'not_now', name: null })
    await expect(seeTalk(me(world.poul), id)).rejects.toEqual(code('not-found'))
    // Somebody of another place stands on no list that Karsten may read.
    await expect(talkOf(world.karsten, await personIn(world.stranger))).rejects.toEqual(code('not-found'))
    await expect(seeAsking(me(world.stranger), 'holmetofte')).rejects.toEqual(code('not-yours'))
    await expect(seeAsking(me(world.helle), 'holmetofte')).rejects.toEqual(code('not-found'))
  })

  test('it is moved by one at a time, and taken away for both; an employee’s that was held stays for its time', async () => {
    const id = await talkOf(world.karsten)
    expect(await movePlan(me(world.karsten), id, { ...plan, spot: 'Hallen' }, 1)).toBe(true)
    expect(await movePlan(me(world.karsten), id, { ...plan, spot: 'Kirken' }, 1)).toBe(false)
    await takeAway(me(world.karsten), id)
    await expect(seeTalk(me(world.karsten), id)).rejects.toEqual(code('not-found'))
    const work = await talkOf(world.amira)
    await sayHeld(me(world.amira), work, 'to45')
    await expect(takeAway(me(world.amira), work)).rejects.toEqual(code('not-yours'))
  })
})

describe('the agreed note', () => {
  test('Invariant 14: an agreed note is not stored until both have approved', async () => {
    const id = await talkOf(world.amira)
    await answerLink(world.house, linkOf(world.house, id), me(world.poul), { answer: 'yes', name: null })
    const secret = await sealForOther(me(world.amira), id, draftText(draftOf(id)))
    expect(await notesIn('municipal')).toEqual([])
    // What waits says nothing, to whoever owns the server.
    const rows = await world.sql('select * from municipal.unapproved_note')
    expect(rows).toHaveLength(1)
    const all = JSON.stringify(rows.map((row) => ({ ...row, box: String(row.box) })))
    for (const word of ['naboer', 'hallens', 'meetingPlace', secret]) expect(all).not.toContain(word)
    expect((await seeWaiting(me(world.poul), secret)).draft).toEqual(draftOf(id))
    await agreeOnTwoPhones(me(world.poul), secret)
    for (const one of [world.amira, world.poul]) {
      const { note, promises } = await seeNote(me(one), id)
      expect(note).toMatchObject({ way: 'two_phones', themes: ['meetingPlace'], rev: 1 })
      expect(promises.map(({ by, what }) => `${by}: ${what}`).sort()).toEqual([
        'other: Tage to naboer med',
        'starter: Finde hallens åbningstider',
      ])
    }
    // The database itself keeps none without the yes of both.
    await expect(world.sql('update municipal.agreed_note set other_yes_at = null')).rejects.toThrow(/not-null/)
    expect((await seeTalk(me(world.poul), id)).talk).toMatchObject({ heldOn: '2027-03-14', nextOn: '2027-04-11' })
  })

  test('the link works once, for a day, and for the other alone; to all others it says the same as a link that never was', async () => {
    const id = await talkOf(world.karsten)
    const secret = await sealForOther(me(world.karsten), id, draftText(draftOf(id)))
    const nothing = code('talk.nothing')
    for (const no of [world.karsten, world.amira, world.helle, world.stranger]) {
      await expect(seeWaiting(me(no), secret)).rejects.toEqual(nothing)
      await expect(agreeOnTwoPhones(me(no), secret)).rejects.toEqual(nothing)
    }
    await expect(seeWaiting(me(world.freja), newSecret())).rejects.toEqual(nothing)
    await agreeOnTwoPhones(me(world.freja), secret)
    await expect(agreeOnTwoPhones(me(world.freja), secret)).rejects.toEqual(nothing)
    const late = await sealForOther(me(world.karsten), id, draftText(draftOf(id, 1, 'Noget andet')))
    world.clock.set('2027-03-15T18:00:01Z')
    await expect(agreeOnTwoPhones(me(world.freja), late)).rejects.toEqual(nothing)
  })

  test('a change voids the yes of the first: the note waits for both again', async () => {
    const id = await talkOf(world.karsten)
    const first = await sealForOther(me(world.karsten), id, draftText(draftOf(id)))
    const second = await sealForOther(me(world.karsten), id, draftText(draftOf(id, 0, 'Tage tre med')))
    await expect(agreeOnTwoPhones(me(world.freja), first)).rejects.toEqual(code('talk.nothing'))
    await takeUpWaiting(me(world.freja), second)
    await expect(agreeOnTwoPhones(me(world.freja), second)).rejects.toEqual(code('talk.nothing'))
    const back = await sealForOther(me(world.freja), id, draftText(draftOf(id, 0, 'Tage én med')))
    await expect(agreeOnTwoPhones(me(world.freja), back)).rejects.toEqual(code('talk.nothing'))
    await agreeOnTwoPhones(me(world.karsten), back)
    // A wording that was made from the note before changes nothing any more.
    const old = draftOf(id, 0, 'Tage ti med')
    const yes = yesOf(world.house, old, 'starter')
    await expect(agreeOnOnePhone(me(world.karsten), id, { draft: draftText(old), yes, name: null })).rejects.toEqual(
      code('changed-since'),
    )
    expect((await seeNote(me(world.karsten), id)).promises.map(({ what }) => what)).toContain('Tage én med')
  })

  test('on one phone the first yes is to these words: a letter changed and it is void; the other writes their name', async () => {
    const id = await talkOf(world.amira)
    const draft = draftOf(id)
    const yes = yesOf(world.house, draft, 'starter')
    const changed = draftText(draftOf(id, 0, 'Tage hundrede naboer med'))
    for (const wrong of [
      { draft: changed, yes },
      { draft: draftText(draft), yes: yesOf(world.house, draft, 'other') },
      { draft: draftText(draft), yes: '' },
    ])
      await expect(agreeOnOnePhone(me(world.amira), id, { ...wrong, name: 'Birthe' })).rejects.toEqual(
        code('changed-since'),
      )
    expect(await notesIn('municipal')).toEqual([])
    await agreeOnOnePhone(me(world.amira), id, { draft: draftText(draft), yes, name: 'Birthe' })
    expect((await seeNote(me(world.amira), id)).talk).toMatchObject({ otherName: 'Birthe' })
    expect((await seeNote(me(world.amira), id)).note).toMatchObject({ way: 'one_phone' })
  })

  test('a slip that both have signed is typed in by one and read by the other, who can say that it does not fit', async () => {
    const id = await talkOf(world.karsten, await personIn(world.poul))
    await agreeOnSlip(me(world.karsten), id, { draft: draftText(draftOf(id)), name: null })
    expect((await seeNote(me(world.poul), id)).note).toMatchObject({ way: 'slip' })
    await sayWrong(me(world.poul), id)
    expect(await notesIn('community')).toEqual([])
    expect((await seeNote(me(world.karsten), id)).promises).toEqual([])
  })

  test('how a promise went is told by either, with four answers; of two at once the second sees what the first said', async () => {
    const id = await talkOf(world.karsten, await personIn(world.poul))
    await agreeOnSlip(me(world.karsten), id, { draft: draftText(draftOf(id)), name: null })
    const promise = (await seeNote(me(world.poul), id)).promises[0] ?? expect.fail()
    const told = { id: promise.id, state: 'kept', byWhen: null, rev: 1 } as const
    const done = await Promise.all([tellPromise(me(world.poul), id, told), tellPromise(me(world.karsten), id, told)])
    expect(done.sort()).toEqual([false, true])
    // A change of the note lets stand what was told of a promise that stays.
    const note = draftOf(id, 1)
    const yes = yesOf(world.house, note, 'starter')
    await agreeOnOnePhone(me(world.karsten), id, { draft: draftText(note), yes, name: null })
    expect((await seeNote(me(world.karsten), id)).promises.map(({ state }) => state).sort()).toEqual(['kept', 'made'])
  })

  test('two approvals at once make one note, and an approval beside a change makes either, never a mixture', async () => {
    for (let round = 0; round < Number(process.env.TALK_ROUNDS ?? 6); round++) {
      const id = await talkOf(world.karsten, await personIn(world.poul))
      const secret = await sealForOther(me(world.karsten), id, draftText(draftOf(id)))
      const other = draftOf(id, 0, 'Noget helt andet')
      const yes = yesOf(world.house, other, 'starter')
      const ended = await Promise.allSettled([
        agreeOnTwoPhones(me(world.poul), secret),
        agreeOnTwoPhones(me(world.poul), secret),
        ...(round % 2 === 0
          ? [agreeOnOnePhone(me(world.karsten), id, { draft: draftText(other), yes, name: null })]
          : [sealForOther(me(world.karsten), id, draftText(other))]),
      ])
      const notes = await world.sql('select rev from community.agreed_note where talk_id = $1', [id])
      expect(notes.length).toBeLessThanOrEqual(1)
      if (ended.slice(0, 2).some(({ status }) => status === 'fulfilled') || round % 2 === 0)
        expect(notes).toEqual([{ rev: 1 }])
      const what = await world.sql(
        `select what from community.talk_promise where talk_id = $1 and promised_by = 'other'`,
        [id],
      )
      expect(what.length).toBe(notes.length)
    }
  })
})

describe('who cannot', () => {
  test('another employee, a leader, the officer, the operator, a key holder and a host read no talk, note or promise of others', async () => {
    const id = await talkOf(world.amira)
    await answerLink(world.house, linkOf(world.house, id), me(world.karsten), { answer: 'yes', name: null })
    await agreeOnSlip(me(world.amira), id, { draft: draftText(draftOf(id)), name: null })
    const own = await talkOf(world.karsten)
    await agreeOnSlip(me(world.karsten), own, { draft: draftText(draftOf(own)), name: 'Birthe' })
    await world.sql(`insert into access.account (id, name, municipal_role) values ($1, 'Lone', 'employee')`, [
      '0190aaaa-0000-7000-8000-00000000000a',
    ])
    await world.sql('insert into access.employee_community values ($1, $2)', [
      '0190aaaa-0000-7000-8000-00000000000a',
      world.holmetofte,
    ])
    const lone: Actor = { ...world.amira, account: '0190aaaa-0000-7000-8000-00000000000a' }
    for (const actor of [lone, world.helle, world.nadia, world.mikkel, world.poul, world.freja, world.stranger]) {
      for (const talk of [id, own]) await expect(seeNote(me(actor), talk)).rejects.toEqual(code('not-found'))
      for (const table of ['talk', 'agreed_note', 'talk_promise', 'unapproved_note'])
        for (const room of ['community', 'municipal'] as const) {
          const read = asActor(actor, (tx) =>
            tx
              .selectFrom(`${room}.${table}` as 'community.talk')
              .selectAll()
              .execute(),
          ).catch((error: { code?: string }) => (error.code === '42501' ? [] : Promise.reject(error)))
          expect([actor.role, room, table, await read]).toEqual([actor.role, room, table, []])
        }
    }
    // And the employee sees nothing of what neighbours talk about among themselves.
    await expect(seeNote(me(world.amira), own)).rejects.toEqual(code('not-found'))
  })

  test('an employee cannot write who the other is, nor in a colleague’s name, nor in a place they do not work with', async () => {
    const add = (starter: string, community: string, other: string | null) => () =>
      asActor(world.amira, (tx) =>
        tx
          .insertInto('municipal.talk')
          .values({
            id: uuid(),
            community_id: community,
            starter,
            ...(other ? { other } : {}),
            kind: 'recruitment',
            medium: 'walk',
            purpose: 'xyz',
            touched_on: '2027-03-14',
          })
          .execute(),
      )
    const amira = String(world.amira.account)
    for (const no of [
      add(amira, world.holmetofte, await personIn(world.poul)),
      add(String(world.helle.account), world.holmetofte, null),
      add(amira, world.lyngo, null),
    ])
      await expect(no()).rejects.toMatchObject({ code: '42501' })
  })
})

test('a note is forgotten twelve months after the two last met; meeting again keeps it, and the talk itself goes after twenty-four', async () => {
  const { runNight } = await import('../retention/retention.deeds.ts')
  const poul = await personIn(world.poul)
  const old = await talkOf(world.karsten, poul)
  await agreeOnSlip(me(world.karsten), old, { draft: draftText(draftOf(old)), name: null })
  world.clock.set('2028-01-10T10:00:00Z')
  await sayHeld(me(world.karsten), await talkOf(world.karsten, poul), null)
  await world.sql(`update community.person set active_on = '2031-01-01'`)
  for (const [now, notes, talks] of [
    ['2028-03-20T04:00:00Z', 1, 2],
    ['2029-01-12T04:00:00Z', 0, 2],
    ['2030-01-12T04:00:00Z', 0, 0],
  ] as const) {
    world.clock.set(now)
    await runNight(world.house, 'https://oplive.example.dk')
    expect([now, (await notesIn('community')).length, (await world.sql('select from community.talk')).length]).toEqual([
      now,
      notes,
      talks,
    ])
  }
})
