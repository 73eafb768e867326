import type { Hono } from 'hono'
import { beforeAll, describe, expect, test } from 'vitest'
import { makeLink, signIn } from '../../access/sign-in.deeds.ts'
import { sessionCookie, type Visited } from '../../access/visit.ts'
import type { Actor } from '../../db/as-actor.ts'
import { makeSite } from '../../site.tsx'
import { makeWorld, type World } from '../../test-world.ts'
import { watchGuessing } from '../guessing.ts'
import { type Hall, openHall } from '../hall.ts'
import { planMeeting } from '../meeting.deeds.ts'
import { invite, sayComing } from './coming.deeds.ts'
import { newKey } from './coming.ts'

let world: World
let hall: Hall
let site: Hono<Visited>
let code = ''
/** What stands for the names in a route: an own link, an invitation. */
let own = ''
let invitation = ''

beforeAll(async () => {
  world = await makeWorld()
  hall = openHall(world.house)
  site = makeSite({
    house: world.house,
    hall,
    later: world.later,
    guessing: watchGuessing(Buffer.alloc(32), 1),
    where: { origin: null, onNetwork: null },
    development: false,
    built: '.',
  })
  code = await planMeeting(
    world.freja,
    { id: world.holmetofte, timeZone: 'Europe/Copenhagen' },
    {
      kind: 'listening',
      purpose: 'Hvem tør have nøglen?',
      place: 'Hallen',
      hostName: 'Freja',
      date: '2027-03-18',
      time: '19:00',
    },
  )
  const meeting = await hall.find(code)
  if (!meeting) throw new Error('the meeting is there')
  const said = await sayComing(hall, meeting, { name: 'Birthe', key: newKey() })
  own = 'secret' in said ? said.secret : ''
  invitation = (await invite(hall, meeting, { name: 'Freja', key: newKey() }))?.secret ?? ''
  await forget()
})

/** Nothing of the setting is left to be counted. */
const forget = async () => {
  await world.sql('delete from community.letter')
}

async function as(actor: Actor) {
  const session = actor.account && (await signIn(world.house, await makeLink(world.house, actor.account)))
  return (path: string, init: RequestInit = {}) =>
    site.request(path, { ...init, headers: { cookie: session ? `${sessionCookie}=${session}` : '', ...init.headers } })
}

/** Every address the house answers at, for this verb, with something that exists in the place of each name. */
function addresses(verb: 'GET' | 'POST'): string[] {
  const secrets = (path: string) => (path.startsWith('/k/') ? own : path.startsWith('/i/') ? invitation : newKey())
  const found = site.routes
    .filter(({ method, path }) => method === verb && !path.includes('*') && path !== '/sw.js')
    .map(({ path }) =>
      path
        .replace(/:code(\{[^}]*\})?/, code)
        .replace(/:slug(\{[^}]*\})?/, 'holmetofte')
        .replace(/:secret(\{[^}]*\})?/, secrets(path))
        .replace(/:\w+(\{[^}]*\})?/g, 'x'),
    )
  return [...new Set(found)]
}

const list = 'Birthe, Poul og Karsten <a@example.dk>, b@example.dk; c@example.dk'
/** A form with everything any form of the house asks for, and lists wherever there is room. */
const everything = () =>
  new URLSearchParams({
    name: 'Amira',
    key: newKey(),
    lang: 'da',
    address: 'a@example.dk',
    mail: 'a@example.dk',
    email: 'a@example.dk',
    to: list,
    names: list,
    addresses: list,
    invite: list,
    text: list,
    what: list,
    purpose: list,
  })
const asForm = { 'content-type': 'application/x-www-form-urlencoded' }

describe('10. The municipality can announce, but has no action that sends invitations to a list of people.', () => {
  test('nothing that somebody of the municipality posts anywhere writes a letter or makes an invitation', async () => {
    const amira = await as(world.amira)
    const before = await world.sql('select count(*)::int as n from community.invitation')
    const posts = addresses('POST')
    expect(posts).toEqual(expect.arrayContaining([`/m/${code}/invite`, `/k/${own}/mail`, `/m/${code}/come`]))
    // All but signing out, and taking back what the setting needs.
    for (const path of posts.filter((one) => one !== `/k/${own}` && one !== '/out'))
      await amira(path, { method: 'POST', headers: asForm, body: everything().toString() })
    expect(await world.sql('select from community.letter')).toEqual([])
    expect(await world.sql('select count(*)::int as n from community.invitation')).toEqual(before)
    // She was herself all along.
    expect((await amira(`/m/${code}/invite`)).status).toBe(403)
  })

  test('no page shows somebody of the municipality a place for an address, or a form that invites', async () => {
    const amira = await as(world.amira)
    for (const path of addresses('GET')) {
      const all = await (await amira(path)).text()
      // Where one comes in, the address is one's own, and the letter goes to whoever has it here: nobody is asked to come by it.
      const page = path === '/in' ? all.replace(/<form method="post" action="\/in" .*?<\/form>/s, '') : all
      expect(page, path).not.toMatch(/type="email"|name="(?:address|e?mail)"|action="[^"]*\/invite/)
    }
  })
})

describe('nobody can invite a list', () => {
  test.each(['guest', 'karsten', 'freja'] as const)(
    'no page has a place for several addresses or several names (%s)',
    async (who) => {
      const visit = await as(world[who])
      for (const path of addresses('GET')) {
        const page = await (await visit(path)).text()
        const addressFields = page.match(/type="email"|name="(?:address|e?mail)"/g) ?? []
        // One's own, for one letter: a field is told by its type and its name.
        expect(addressFields.length, path).toBeLessThanOrEqual(2)
        expect(page, path).not.toMatch(/<input[^>]*\smultiple/)
        for (const [form = ''] of page.matchAll(
          /<form[^>]*action="[^"]*\/(?:invite|come|coming|mail)"[\s\S]*?<\/form>/g,
        ))
          expect(form, path).not.toMatch(/<textarea|type="file"/)
      }
    },
  )

  test.each([list, 'Birthe og Poul', 'Birthe\nPoul\nKarsten', 'a@example.dk', 'Birthe; Poul', '20304050'])(
    'a list in the place of a name is no name: %j',
    async (name) => {
      const guest = await as(world.guest)
      const before = await world.sql('select count(*)::int as n from community.invitation')
      for (const path of [`/m/${code}/invite`, `/m/${code}/come`, `/i/${invitation}`]) {
        const body = new URLSearchParams({ name, key: newKey(), lang: 'da' }).toString()
        expect((await guest(path, { method: 'POST', headers: asForm, body })).status).toBe(400)
      }
      expect(await world.sql('select count(*)::int as n from community.invitation')).toEqual(before)
      expect(await world.sql(`select name from community.coming`)).toEqual([{ name: 'Birthe' }])
    },
  )

  test('a list in the place of an address gets no letter', async () => {
    const guest = await as(world.guest)
    for (const address of [list, 'a@example.dk,b@example.dk', 'a@example.dk b@example.dk']) {
      const body = new URLSearchParams({ address, lang: 'da' }).toString()
      expect((await guest(`/k/${own}/mail`, { method: 'POST', headers: asForm, body })).status).toBe(400)
    }
    expect(await world.sql('select from community.letter')).toEqual([])
  })
})
