import type { Hono } from 'hono'
import { v7 as uuid } from 'uuid'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { signedIn } from '../access/test-person.ts'
import type { Visited } from '../access/visit.ts'
import type { Actor } from '../db/as-actor.ts'
import { watchGuessing } from '../meetings/guessing.ts'
import { openHall } from '../meetings/hall.ts'
import { makeSite } from '../site.tsx'
import { makeWorld, type World } from '../test-world.ts'
import { type Draft, draftText } from './note.ts'
import { agreeOnOnePhone, agreeOnSlip, noteOfLink, sayWrong, sealForOther, seeNote, yesOf } from './notes.deeds.ts'
import type { Plan } from './talk.ts'
import { forgetRested, letterLinkOf, writeThanks, writeToTyped } from './talk-letters.deeds.ts'
import { answerLink, askForTalk, linkOf, sayHeld, seeLink, seeTalk } from './talks.deeds.ts'

let world: World
let site: Hono<Visited>
const me = (actor: Actor, name = 'x') => signedIn(actor, name) ?? expect.fail()
const origin = 'https://oplive.example.dk'
beforeAll(async () => {
  world = await makeWorld()
  site = makeSite({
    house: world.house,
    hall: openHall(world.house),
    later: world.later,
    guessing: watchGuessing(Buffer.alloc(32), 1),
    where: { origin: null, onNetwork: null },
    development: false,
    built: '.',
  })
})
beforeEach(async () => {
  world.clock.set('2027-03-14T18:00:00Z')
  world.house.mail = true
  for (const table of [
    'community.talk',
    'municipal.talk',
    'community.talk_rest',
    'community.letter',
    'community.mail_trouble',
  ])
    await world.sql(`delete from ${table}`)
})

const plan: Plan = {
  kind: 'recruitment',
  medium: 'walk',
  purpose: 'Jeg vil gerne høre om hallen',
  spot: 'Ved hallen',
  plannedOn: '2027-03-16',
  plannedTime: '10:00',
  wantedBy: 'starter',
}
let boxes = 0
/** A mailbox of its own for each test: two letters a day may reach one. */
async function withMail(actor: Actor, wish = 'mail'): Promise<{ person: string; mail: string }> {
  const mail = `nabo${++boxes}@example.dk`
  const [row] = await world.sql(
    'update community.person set mail = $2, contact_wish = $3 where account_id = $1 returning id',
    [actor.account, mail, wish],
  )
  return { person: String(row?.id), mail }
}
const ask = (actor: Actor, other: string | null, more: Partial<Plan & { id: string }> = {}) =>
  askForTalk(me(actor, 'Karsten'), 'holmetofte', { ...plan, id: uuid(), other, ...more }, origin)
const letters = () => world.sql('select address, subject, body, stop from community.letter order by laid_at')
const talkIn = async (room = 'community') => String((await world.sql(`select id from ${room}.talk`))[0]?.id)
const code = (refusal: string) => expect.objectContaining({ code: refusal })
const draftOf = (talk: string, base = 0, what = 'Tage to naboer med'): Draft => ({
  talk,
  base,
  themes: ['food'],
  ownWords: null,
  promises: [{ by: 'other', what, byWhen: null }],
  outcome: 'commitment',
  nextOn: null,
})

describe('a neighbour who is asked', () => {
  test('gets one letter with who, why, when and where, and says yes by it without signing in', async () => {
    const { person, mail } = await withMail(world.poul)
    const id = uuid()
    for (let pressed = 0; pressed < 2; pressed++) expect(await ask(world.karsten, person, { id })).toBe('asked')
    const [letter, ...more] = await letters()
    expect([letter?.address, more]).toEqual([mail, []])
    for (const word of [
      'Din nabo Karsten',
      'Holmetofte',
      'Jeg vil gerne høre om hallen',
      '16. marts 2027 kl. 10',
      'På en gåtur · Ved hallen',
      `${origin}/s/${letterLinkOf(world.house, id)}`,
    ])
      expect(letter?.body).toContain(word)
    expect(letter?.stop).toContain(`${origin}/s/stop/`)
    const link = `/s/${letterLinkOf(world.house, id)}`
    // A mail scanner opens it as often as it likes.
    for (let n = 0; n < 2; n++) expect(await (await site.request(link)).text()).not.toContain('name="name"')
    expect((await seeTalk(me(world.karsten), id)).talk.answer).toBe('waiting')
    await site.request(link, { method: 'POST', body: new URLSearchParams({ answer: 'yes' }) })
    expect((await seeTalk(me(world.karsten), id)).talk).toMatchObject({ answer: 'yes', otherIsHere: true })
  })

  test('who said no is not asked again by the same neighbour for half a year; after »not now« a month; another may ask', async () => {
    const { person } = await withMail(world.poul)
    for (const [answer, day, later] of [
      ['not_now', '2027-04-12', '2027-04-13'],
      ['no', '2027-10-11', '2027-10-12'],
    ] as const) {
      expect(await ask(world.karsten, person)).toBe('asked')
      const link = letterLinkOf(world.house, await talkIn())
      await answerLink(world.house, link, null, { answer, name: null })
      expect(await world.sql('select other, other_name from community.talk')).toEqual([
        { other: null, other_name: null },
      ])
      world.clock.set(`${day}T18:00:00Z`)
      expect([answer, await ask(world.karsten, person)]).toEqual([answer, 'resting'])
      expect(await ask(world.freja, person)).toBe('asked')
      world.clock.set(`${later}T18:00:00Z`)
      await world.sql('delete from community.talk')
    }
    // What is kept of it is a hash and a day, and the night takes it.
    expect(
      await world.sql('select length(mark) as long, count(*)::int from community.talk_rest group by 1'),
    ).toMatchObject([{ long: 32 }])
    world.clock.set('2029-11-01T18:00:00Z')
    await forgetRested(world.house)
    expect(await world.sql('select from community.talk_rest')).toEqual([])
  })

  test('who has not answered is not asked twice, and a plan that is taken away and made again writes no second letter', async () => {
    const { person } = await withMail(world.poul)
    await ask(world.karsten, person)
    expect(await ask(world.karsten, person)).toBe('waiting')
    await world.sql('delete from community.talk')
    expect(await ask(world.karsten, person)).toBe('asked')
    expect(await letters()).toHaveLength(1)
  })

  test('no letter goes to whoever wants to be rung up, whose letters come back, or who has stopped them; the talk stands on their page', async () => {
    const { person } = await withMail(world.poul, 'phone')
    await ask(world.karsten, person)
    expect(await letters()).toEqual([])
    const { mail } = await withMail(world.poul)
    await world.sql(
      `insert into community.mail_trouble (address, what, first_on, last_on) values ($1, 'returned', '2027-03-01', '2027-03-01')`,
      [mail],
    )
    await world.sql('delete from community.talk')
    await ask(world.karsten, person)
    expect(await letters()).toEqual([])
    expect((await seeTalk(me(world.poul), await talkIn())).talk.mine).toBe('other')
  })

  test('one press stops such letters and one brings them back, also pressed by a mail program; looking does neither', async () => {
    const { person } = await withMail(world.poul)
    world.clock.set('2027-03-15T07:00:00Z')
    await ask(world.freja, person)
    const stop = String((await letters())[0]?.stop).slice(origin.length)
    expect((await site.request(stop)).status).toBe(200)
    const press = (body: string) => site.request(stop, { method: 'POST', body: new URLSearchParams(body) })
    expect(await (await press('List-Unsubscribe=One-Click')).text()).toContain('Nu får du ikke de breve')
    await world.sql('delete from community.talk')
    await world.sql('delete from community.letter')
    await ask(world.karsten, person)
    expect(await letters()).toEqual([])
    await press('again=yes')
    await world.sql('delete from community.talk')
    await ask(world.karsten, person)
    expect(await letters()).toHaveLength(1)
    // Not the last letter: of its bits some say nothing.
    const wrong = `${stop.slice(0, -2)}${stop.at(-2) === 'A' ? 'B' : 'A'}${stop.slice(-1)}`
    expect((await site.request(wrong)).status).toBe(404)
  })
})

describe('the link of the letter', () => {
  test('is not the link of the one who asks; it shows nobody a note who can sign in, and a stranger nothing', async () => {
    const { person } = await withMail(world.poul)
    await ask(world.karsten, person)
    const id = await talkIn()
    expect(letterLinkOf(world.house, id)).not.toBe(linkOf(world.house, id))
    for (const stranger of [null, me(world.freja), me(world.amira)])
      await expect(seeLink(world.house, linkOf(world.house, id), stranger)).rejects.toEqual(code('not-found'))
    await agreeOnSlip(me(world.karsten), id, { draft: draftText(draftOf(id)), name: null })
    const link = letterLinkOf(world.house, id)
    expect((await noteOfLink(world.house, link, null)).note).toBeNull()
    expect(await (await site.request(`/s/${link}`)).text()).not.toContain('Tage to naboer med')
    expect((await noteOfLink(world.house, link, me(world.poul))).note).not.toBeNull()
    // Whoever has no way in has nothing but this letter.
    await world.sql('update community.person set account_id = null where id = $1', [person])
    expect((await noteOfLink(world.house, link, null)).note).not.toBeNull()
    await world.sql('update community.person set account_id = $2 where id = $1', [person, world.poul.account])
  })
})

describe('an address that is typed', () => {
  const type = async (actor: Actor, address: string, more: Partial<Plan> = {}, name = 'Amira') => {
    const id = uuid()
    await askForTalk(me(actor, name), 'holmetofte', { ...plan, ...more, id, other: null }, origin)
    const { talk } = await seeTalk(me(actor, name), id)
    const link = `${origin}/s/${linkOf(world.house, id)}`
    const send = (to: string) => writeToTyped(me(actor, name), talk, { address: to, lang: 'da', origin, link })
    return { id, sent: await send(address), send }
  }

  test('Invariant 1: is used for one letter and stands nowhere else; no person is made by it', async () => {
    const before = await world.sql('select count(*) from community.person')
    const { send, sent } = await type(world.amira, 'Ruth@example.dk')
    expect(sent).toBe('sent')
    expect((await letters())[0]?.body).toContain('Amira fra kommunen')
    expect(await send('nogen@example.dk')).toBe('already')
    await world.sql('delete from community.letter')
    const tables = await world.sql(`select format('%I.%I', n.nspname, c.relname) as name from pg_class c
      join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname in ('access', 'community', 'municipal')`)
    for (const { name } of tables)
      expect([name, await world.sql(`select from ${name} t where t::text ilike '%ruth@example%'`)]).toEqual([name, []])
    expect(await world.sql('select count(*) from community.person')).toEqual(before)
    // Another plan, the same address: not again for ninety days.
    expect((await type(world.amira, 'ruth@EXAMPLE.dk')).sent).toBe('resting')
    world.clock.set('2027-06-13T18:00:00Z')
    expect((await type(world.amira, 'ruth@example.dk')).sent).toBe('sent')
  })

  test('must be one address, carries no links about, and five letters a day are the most', async () => {
    world.clock.set('2027-03-15T07:00:00Z')
    expect((await type(world.freja, 'a@example.dk, b@example.dk')).sent).toBe('address')
    expect((await type(world.freja, 'c@example.dk', { purpose: 'Se www.billigt.dk' })).sent).toBe('no-links')
    const sent: string[] = []
    for (let n = 0; n < 7; n++) sent.push((await type(world.amira, `til${n}@example.dk`)).sent)
    expect(sent).toEqual(['sent', 'sent', 'sent', 'sent', 'sent', 'many', 'many'])
    world.house.mail = false
    expect((await type(world.freja, 'd@example.dk')).sent).toBe('no-mail')
  })
})

test('thanks go once by letter, in the words of the one who thanks, and the words are kept nowhere', async () => {
  const { person, mail } = await withMail(world.poul)
  await ask(world.karsten, person)
  const id = await talkIn()
  await world.sql('delete from community.letter')
  await sayHeld(me(world.karsten), id, null)
  const { talk } = await seeTalk(me(world.karsten, 'Karsten'), id)
  const thank = () =>
    writeThanks(me(world.karsten, 'Karsten'), talk, { line: 'Godt at høre om bænken', address: '', lang: 'da', origin })
  expect((await Promise.all([thank(), thank()])).sort()).toEqual(['already', 'sent'])
  const [letter, ...more] = await letters()
  expect([letter?.address, more]).toEqual([mail, []])
  expect(letter?.body).toContain('»Godt at høre om bænken«')
  await expect(
    writeThanks(me(world.poul), { ...talk, mine: 'other' }, { line: '', address: mail, lang: 'da', origin }),
  ).rejects.toEqual(code('not-found'))
})

describe('a note that does not fit', () => {
  const agreed = async () => {
    const box = await withMail(world.karsten)
    const { person } = await withMail(world.poul, 'phone')
    await ask(world.karsten, person)
    const id = await talkIn()
    const draft = draftText(draftOf(id))
    const yes = yesOf(world.house, draftOf(id), 'starter')
    await agreeOnOnePhone(me(world.karsten), id, { draft, yes, name: null })
    return { id, draft, yes, box }
  }

  test('is gone for both; the other sees who said so, and is told by a letter without a word of it, once', async () => {
    const { id, box } = await agreed()
    await Promise.all([sayWrong(me(world.poul), id, origin), sayWrong(me(world.poul), id, origin)])
    const seen = await seeNote(me(world.karsten), id)
    expect([seen.note, seen.promises, seen.talk.wrongBy, seen.talk.mine]).toEqual([null, [], 'other', 'starter'])
    const [letter, ...more] = await letters()
    expect([letter?.address, more]).toEqual([box.mail, []])
    expect(letter?.body).toContain('Poul')
    for (const word of ['naboer', 'Mad og fællesspisning'])
      expect(`${letter?.subject}${letter?.body}`).not.toContain(word)
  })

  test('comes back by no yes from before: not by the page that was sent once already, nor by a wording that waited', async () => {
    const { id, draft, yes } = await agreed()
    const waiting = await sealForOther(me(world.karsten), id, draftText(draftOf(id, 1, 'Tage tre med')))
    await sayWrong(me(world.poul), id, origin)
    await expect(agreeOnOnePhone(me(world.karsten), id, { draft, yes, name: null })).rejects.toEqual(
      code('changed-since'),
    )
    expect([waiting.length, await world.sql('select from community.unapproved_note')]).toEqual([26, []])
    const next = draftOf(id, (await seeTalk(me(world.karsten), id)).talk.notesBefore)
    const both = { draft: draftText(next), yes: yesOf(world.house, next, 'starter'), name: null }
    await agreeOnOnePhone(me(world.karsten), id, both)
    expect((await seeTalk(me(world.poul), id)).talk).toMatchObject({ wrongBy: null, noteRev: 3 })
  })

  test('said at the same moment as another yes, there is one note or none, and never the old one', async () => {
    for (let round = 0; round < Number(process.env.TALK_ROUNDS ?? 4); round++) {
      await world.sql('delete from community.talk')
      await world.sql('delete from community.talk_rest')
      const { id } = await agreed()
      const change = draftOf(id, 1, 'Tage tre med')
      const yes = yesOf(world.house, change, 'starter')
      await Promise.allSettled([
        agreeOnOnePhone(me(world.karsten), id, { draft: draftText(change), yes, name: null }),
        sayWrong(me(world.poul), id, origin),
        agreeOnOnePhone(me(world.karsten), id, { draft: draftText(change), yes, name: null }),
      ])
      const what = (await seeNote(me(world.karsten), id)).promises.map((one) => one.what)
      expect([[], ['Tage tre med']]).toContainEqual(what)
    }
  })
})
