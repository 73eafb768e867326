import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { visitAs } from '../communities/test-site.ts'
import type { Actor } from '../db/as-actor.ts'
import { tornehuseEvenings } from '../demo/demo-brought.ts'
import { watchGuessing } from '../meetings/guessing.ts'
import { openHall } from '../meetings/hall.ts'
import { keepingPages } from '../meetings/keeping/keeping.page.tsx'
import { makeWorld, type World } from '../test-world.ts'
import { personOf } from '../ties/test-ties.ts'
import { makeMyCard, seeMyCard } from './mobilisation.deeds.ts'
import { mobilisationPages } from './mobilisation.page.tsx'
import { broughtBy, cameAs, heldWith, type Row } from './test-door-lists.ts'

let world: World
const today = '2027-03-14'
const place = '/c/holmetofte'
const guessing = watchGuessing(Buffer.alloc(32), 1)
const as = (actor: Actor) =>
  visitAs(world.house, actor, mobilisationPages(world.house, guessing), keepingPages(openHall(world.house)))
const daysBefore = (days: number) => new Date(Date.parse(today) - days * 86_400_000).toISOString().slice(0, 10)
const held = (on: string, ...door: Row[]) => heldWith(world, world.holmetofte, on, door)
/** What stands in the page itself: not who is signed in. */
const body = (html: string) => html.replace(/<header[\s\S]*?<\/header>/, '')

beforeAll(async () => {
  world = await makeWorld()
  await world.sql('update community.community set residents = 412 where slug = $1', ['holmetofte'])
})
beforeEach(async () => {
  await world.sql('delete from community.meeting')
  await world.sql('delete from community.own_card')
})

describe('who brought whom, as a page', () => {
  test('says the numbers of Tornehuse that are computed by hand, each with its base and how sure it is', async () => {
    for (const { daysAgo, door } of tornehuseEvenings) await held(daysBefore(daysAgo), ...door)
    const { text, html } = await (await as(world.poul)).get(`${place}/brought`)
    for (const said of [
      '19 af 28 nye blev taget med af en nabo',
      'Det er 68 ud af 100. Det sande tal ligger nok mellem 49 og 82.',
      'Vi mangler svar for 3. Med dem er det mellem 61 og 71 ud af 100.',
      'Med en nabo 19 Med kommunen 6 Med en forening 0 Af sig selv 3 Ingen har sagt det 3 I alt 31',
      'For 25 af 31, der har været med, går kæden tilbage til kommunen. Det er 81 ud af 100.',
      'For 3 ved vi ikke, hvor kæden begynder.',
      'Den længste kæde har 5 led. 6 forskellige naboer har taget nogen med.',
      '1. led 12 2. led 1 3. led 3 4. led 13 5. led 2',
      // 19 children of 29 parents: 6.6 for ten; by count 3.9 to 10.2.
      'Ti nye har taget 7 med inden for 90 dage.',
      'Tallet bygger på 29, der kom for mindst 90 dage siden. 2 er kommet siden.',
      '31 af 412, der bor her, har været med. Det er 8 ud af 100.',
      // The tenth of six is one: 6 of 19.
      '6 naboer har taget nogen med. Den, der tog flest med, står for 32 ud af 100.',
      '1 nabo kom med dig. Det ser ingen andre end dig.',
    ])
      expect(text).toContain(said)
    expect(html.match(/<circle /g)).toHaveLength(31)
    expect(html).not.toMatch(/NaN|undefined|null/)
  })

  test('says a sentence where nobody has come, and where one has', async () => {
    expect((await (await as(world.freja)).get(`${place}/brought`)).text).toContain(
      'Ingen er skrevet på dørlisten endnu',
    )
    await held('2027-03-01', cameAs('self', 'Mette'))
    const { text, html } = await (await as(world.freja)).get(`${place}/brought`)
    expect(text).toContain('Der er for få til at vise en andel.')
    expect(text).toContain('Det er for få til at sige noget om.')
    expect(html).not.toContain('NaN')
  })

  test('where it is seldom known which neighbour it was, says no more of bringers than the few names carry', async () => {
    const nobodyKnows = { ...broughtBy('', null), bringer: null }
    await held(
      '2026-09-01',
      ...Array.from({ length: 30 }, () => nobodyKnows),
      broughtBy('Karsten', 'Per'),
      broughtBy('Karsten', 'Lis'),
    )
    const { text } = await (await as(world.freja)).get(`${place}/brought`)
    expect(text).toContain('32 af 32 nye blev taget med af en nabo')
    expect(text).toContain('30 kom med en nabo, vi ikke ved hvem.')
    expect(text).toContain('Vi ved for sjældent, hvilken nabo det var, til at regne det ud.')
    expect(text).toContain('Det er for få til at sige noget om.')
    expect(text).not.toMatch(/Én nabo har taget alle med|Ti nye har taget/)
  })

  test('tells a card that went round, and a chain that closes on itself, each as what it is', async () => {
    await makeMyCard(world.freja, 'holmetofte')
    const code = (await seeMyCard(world.freja, 'holmetofte')).seen?.card.code ?? ''
    await held('2027-01-01', ...Array.from({ length: 40 }, () => broughtBy(code, null)))
    await held('2027-01-02', broughtBy('Lis', 'Mette'), broughtBy('Mette', 'Lis'))
    const { text } = await (await as(world.karsten)).get(`${place}/brought`)
    expect(text).toContain('Ét kort er brugt af 40.')
    expect(text).toContain('1 kæde bider sig selv i halen.')
    expect(text).toContain('Kæder, der bider sig selv i halen: 2')
  })

  test('is for those who live there: a guest signs in, a stranger, an officer and an operator are refused', async () => {
    expect((await (await as(world.guest)).get(`${place}/brought`)).status).toBe(401)
    for (const actor of [world.stranger, world.nadia, world.mikkel])
      expect((await (await as(actor)).get(`${place}/brought`)).status).toBe(403)
    expect((await (await as(world.freja)).get('/c/findes-ikke/brought')).status).toBe(404)
  })
})

describe('a name behind a mark', () => {
  beforeEach(async () => {
    for (const { daysAgo, door } of tornehuseEvenings) await held(daysBefore(daysAgo), ...door)
    for (const who of [world.poul, world.freja])
      await world.sql(
        `insert into community.consent (id, person_id, purpose, text_version, medium, given_at)
         values (gen_random_uuid(), $1, 'treeName', 1, 'tap', '2027-03-01') on conflict do nothing`,
        [await personOf(world, who)],
      )
  })

  test('is read by those in the tree, of those who have said yes to it, in the picture and in the text', async () => {
    const html = body((await (await as(world.freja)).get(`${place}/brought`)).html)
    expect(html.match(/>Poul</g)).toHaveLength(2)
    expect(html).not.toMatch(/Sofus|Oksana|Bente/)
    // Karsten belongs there, and stands in no chain.
    expect(body((await (await as(world.karsten)).get(`${place}/brought`)).html)).not.toMatch(/>(Poul|Freja)</)
  })

  test('is got by nobody of the municipality: not by the page, nor its table, nor by asking again and again', async () => {
    for (const actor of [world.amira, world.helle]) {
      const site = await as(actor)
      const pages = []
      for (const path of ['brought', 'brought?lang=en', 'brought?names=1', 'brought?me=0']) {
        const page = await site.get(`${place}/${path}`)
        expect(page.status).toBe(200)
        expect(body(page.html)).not.toMatch(/Poul|Freja|Sofus|Oksana/)
        // No picture, and no number that is not rounded.
        expect(page.html).not.toContain('brought-tree')
        pages.push(body(page.html))
      }
      // Asked again, the answer is the same, letter for letter.
      expect(body((await site.get(`${place}/brought`)).html)).toBe(pages[0])
      expect((await site.get(`${place}/own-card`)).status).toBe(403)
      expect((await site.post(`${place}/own-card`, {})).status).toBe(403)
    }
  })

  test('the municipality reads rounded figures of a quarter that is over, and none below five', async () => {
    const { text } = await (await as(world.amira)).get(`${place}/brought`)
    expect(text).toContain('til og med 31. december 2026')
    expect(text).toContain('Omkring 15 af 30 nye blev taget med af en nabo')
    expect(text).toContain('1. led 10 2. led få 3. led få 4. led 15')
    await world.sql(`delete from community.meeting`)
    await held('2026-12-01', ...Array.from({ length: 9 }, () => cameAs('self', null)))
    expect((await (await as(world.amira)).get(`${place}/brought`)).text).toContain('Der er for få til at vise tal')
  })
})

describe('a card of one’s own', () => {
  test('is one press for a neighbour, who sees how many came by it', async () => {
    const site = await as(world.karsten)
    expect((await site.get(`${place}/own-card`)).text).toContain('Lav mit kort')
    expect((await site.post(`${place}/own-card`, {})).location).toBe('/c/holmetofte/own-card?lang=da')
    const { text } = await site.get(`${place}/own-card`)
    expect(text).toContain('Ingen er skrevet op med dit kort endnu.')
    const code = /[BCDFGHJKLMNPRSTVX]{3} [2-9]{3}/.exec(text)?.[0] ?? ''
    await held('2027-03-01', broughtBy(code.toLowerCase(), null), broughtBy(code, 'Per'), broughtBy(code, null))
    expect((await site.get(`${place}/own-card`)).text).toContain('3 kom med dit kort.')
  })

  test('leads a guest to the place, to a card of their own, and to take part; whoever joins has come by the card', async () => {
    await makeMyCard(world.freja, 'holmetofte')
    const { seen } = await seeMyCard(world.freja, 'holmetofte')
    const guest = await as(world.guest)
    const invited = await guest.get(`/v/${seen?.secret}`)
    expect(invited.text).toContain('En nabo vil gerne have dig med')
    expect(invited.html).not.toContain('Freja')
    expect(invited.text).toContain(seen?.card.code.slice(0, 3))
    const key = 'A'.repeat(22)
    const made = await guest.post(`/v/${seen?.secret}/own`, { key, onward: 'card' })
    const share = made.location?.split('?')[0] ?? ''
    expect(share).toMatch(/^\/v\/[\w-]{22}\/share$/)
    // Whoever holds the link alone does not read how many came by it.
    expect((await guest.get(share)).text).not.toContain('med dit kort')
    expect((await guest.get(share.replace('/share', '/card'))).html.match(/class="paper-card/g)).toHaveLength(4)
    expect(
      await world.sql('select parent_id is not null as child, person_id from community.own_card order by 1'),
    ).toEqual([
      { child: false, person_id: await personOf(world, world.freja) },
      { child: true, person_id: null },
    ])
    const joining = await guest.post(`/v/${seen?.secret}/own`, { key, onward: 'join' })
    expect(joining.location).toBe('/c/holmetofte/join')
    // Sent with the same key: the same card.
    expect(await world.sql('select from community.own_card')).toHaveLength(2)
  })

  test('a link that nobody was given has one answer, whatever is asked with it', async () => {
    const guest = await as(world.guest)
    const wrong = 'x'.repeat(22)
    const pages = await Promise.all(['', '/share', '/card'].map((end) => guest.get(`/v/${wrong}${end}`)))
    pages.push(await guest.post(`/v/${wrong}/own`, {}), await guest.get('/v/kort'))
    for (const page of pages) {
      expect(page.status).toBe(404)
      expect(page.html).toBe(pages[0]?.html)
    }
  })
})
