// Mail scanners (T10): programs that look through letters before people do. They open links, follow scripts, press buttons and fill in fields;
// they get nothing, they use nothing up, and the people whose letters they are get in all the same.
import { randomUUID } from 'node:crypto'
import type { Browser } from 'playwright-core'
import { startChromium } from '../../journeys/chromium.ts'
import { allAnswered } from '../../src/access/after-answer.ts'
import { sessionCookie } from '../../src/access/visit.ts'
import { watchGuessing } from '../../src/meetings/guessing.ts'
import { openHall } from '../../src/meetings/hall.ts'
import { emptyBox } from '../../src/post/post.ts'
import { makeSite } from '../../src/site.tsx'
import type { World } from '../../src/test-house.ts'
import { mailbox } from './mailbox.ts'
import { type Jar, jar, serve } from './web.ts'

export interface Scanning {
  world: World
  /** How many letters are asked for. */
  mails: number
  /** By how many people, each with a mailbox; at most five letters to each. */
  people?: number
  /** A real browser looks at every so manieth letter. */
  browserEvery?: number
  /** From 0 to 1. */
  chance?: () => number
}

export interface Scanned {
  /** Letters that no longer let their person in after the scanners. */
  spent: number
  /** Sessions that were opened while only scanners were about. */
  sessions: number
  /** People who got in after the scanners had been there. */
  gotIn: number
  of: number
  /** What scanners did: requests, and looks of a real browser. */
  requests: number
  looks: number
}

interface LinkAt {
  origin: string
  path: string
  chance: () => number
}
type Scanner = (link: LinkAt) => Promise<number>

const someone = (origin: string, chance: () => number): Jar => jar(origin, `127.0.0.${2 + Math.floor(chance() * 200)}`)
const guess = (chance: () => number): string => String(Math.floor(chance() * 1_000_000)).padStart(6, '0')

/** Follows an answer where it leads, four times at most. */
async function follow(
  by: Jar,
  method: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<[string, number]> {
  let at = path
  for (let asked = 1; ; asked++) {
    const { status, location, html } = await by.ask(method, at, undefined, headers)
    if (status < 300 || status >= 400 || !location || asked === 4) return [html, asked]
    at = location
  }
}

/** Every form of a page, with every button it can be sent by. */
function formsIn(html: string): { action: string; fields: Record<string, string>[] }[] {
  const attribute = (tag: string, name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]
  return [...html.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)].map(([, head = '', body = '']) => {
    const inputs = [...body.matchAll(/<(?:input|textarea)[^>]*>/g)].map(([tag]) => [
      attribute(tag, 'name') ?? '',
      attribute(tag, 'value') ?? '',
    ])
    const buttons = [...body.matchAll(/<button[^>]*>/g)].map(([tag]) => [
      attribute(tag, 'name'),
      attribute(tag, 'value') ?? '',
    ])
    return {
      action: attribute(head, 'action') ?? '',
      fields: buttons.map(([name, value]) => Object.fromEntries([...inputs, ...(name ? [[name, value]] : [])])),
    }
  })
}

/** Presses every button of every form on the page, with these words in every empty field. */
async function pressAll(by: Jar, html: string, words: string): Promise<number> {
  let asked = 0
  for (const { action, fields } of formsIn(html))
    for (const filled of fields) {
      const form = Object.fromEntries(Object.entries(filled).map(([name, value]) => [name, value || words]))
      await by.ask('POST', action, form)
      asked++
    }
  return asked
}

export const scannerKinds: Record<string, Scanner> = {
  async 'only asks whether it is there'({ origin, path, chance }) {
    return (await follow(someone(origin, chance), 'HEAD', path))[1]
  },
  async 'opens it'({ origin, path, chance }) {
    return (await follow(someone(origin, chance), 'GET', path))[1]
  },
  async 'fetches it beforehand'({ origin, path, chance }) {
    return (await follow(someone(origin, chance), 'GET', path, { 'sec-purpose': 'prefetch', purpose: 'prefetch' }))[1]
  },
  async 'presses every button, and fills in what it guesses'({ origin, path, chance }) {
    const by = someone(origin, chance)
    const [html, asked] = await follow(by, 'GET', path)
    return asked + (await pressAll(by, html, guess(chance))) + (await pressAll(by, html, 'test@example.dk'))
  },
  async 'posts to it blindly'({ origin, path, chance }) {
    const by = someone(origin, chance)
    for (const form of [{}, { as: randomUUID() }, { digits: guess(chance) }, { as: '', digits: '' }])
      await by.ask('POST', path, form)
    return 4
  },
  async 'has asked for a letter of its own before'({ origin, path, chance }) {
    const by = someone(origin, chance)
    await by.ask('POST', '/in', { mail: 'scanner@example.dk' })
    const [html] = await follow(by, 'GET', path)
    return 3 + (await pressAll(by, html, guess(chance)))
  },
}

/** A real browser that runs scripts, fills in every field and presses every button, from a profile of its own. */
async function lookWithBrowser(browser: Browser, { origin, path, chance }: LinkAt): Promise<void> {
  const context = await browser.newContext({ baseURL: origin })
  try {
    const page = await context.newPage()
    await page.goto(path)
    const count = await page.locator('button').count()
    for (let at = 0; at < count; at++) {
      await page.goto(path)
      for (const field of await page.locator('input:not([type=hidden])').all()) await field.fill(guess(chance))
      const button = page.locator('button').nth(at)
      if (await button.isVisible()) await Promise.all([page.waitForLoadState(), button.click()])
    }
  } finally {
    await context.close()
  }
}

/** How the people get in, in turns. */
const ways = [
  'the link, in the browser that asked',
  'the digits, in the browser that asked',
  'the link and the digits, elsewhere',
] as const

async function getIn(
  way: (typeof ways)[number],
  origin: string,
  asking: Jar,
  path: string,
  digits: string,
): Promise<boolean> {
  const by = way === ways[2] ? jar(origin) : asking
  if (way === ways[1]) await by.ask('POST', '/in/sent', { digits })
  else {
    const page = await by.ask('GET', path)
    const who = /name="as" value="([^"]+)"/.exec(page.html)?.[1]
    await by.ask('POST', path, who ? { as: who } : { digits })
  }
  return by.cookies.has(sessionCookie) && (await by.ask('GET', '/me')).status === 200
}

export async function scanners({
  world,
  mails,
  people = Math.ceil(mails / 4),
  browserEvery = 20,
  chance = Math.random,
}: Scanning): Promise<Scanned> {
  if (mails > people * 5) throw new RangeError('a mailbox gets five letters in an hour')
  const { house, sql } = world
  const box = await mailbox()
  const site = makeSite({
    house,
    hall: openHall(house),
    later: world.later,
    guessing: watchGuessing(Buffer.alloc(32), 1),
    where: { origin: null, onNetwork: null },
    development: false,
    built: '.',
  })
  const { origin, close } = await serve(site)
  const browser = browserEvery > 0 ? await startChromium() : null
  const accounts = Array.from({ length: people }, randomUUID)
  for (const [at, account] of accounts.entries()) {
    await sql('insert into access.account (id, name) values ($1, $2)', [account, `Nabo ${at}`])
    await sql(`insert into access.mail_address (account_id, address, confirmed_on) values ($1, $2, '2027-01-01')`, [
      account,
      `nabo${at}@example.dk`,
    ])
  }
  const open = async () => Number((await sql('select count(*)::int as n from access.session'))[0]?.n)
  const living = async () =>
    Number(
      (await sql('select count(*)::int as n from access.mail_question where not proven and address is not null'))[0]?.n,
    )
  const found: Scanned = { spent: 0, sessions: 0, gotIn: 0, of: mails, requests: 0, looks: 0 }
  try {
    for (let at = 0; at < mails; at++) {
      const asking = jar(origin)
      await asking.ask('POST', '/in', { mail: `nabo${at % people}@example.dk` })
      await allAnswered(house)
      await emptyBox(house, box.server)
      const body = box.take().find(({ to }) => to === `nabo${at % people}@example.dk`)?.body ?? ''
      const path = /\/in\/mail\/[\w-]+/.exec(body)?.[0] ?? ''
      const digits = (/^\d{3} \d{3}\r?$/m.exec(body)?.[0] ?? '').replace(/\s/g, '')
      if (!path || !digits) throw new Error('the letter did not come')
      const scan = async () => {
        const before = await open()
        for (const scanner of Object.values(scannerKinds)) found.requests += await scanner({ origin, path, chance })
        if (browser && at % browserEvery === 0) {
          await lookWithBrowser(browser, { origin, path, chance })
          found.looks++
        }
        found.sessions += (await open()) - before
      }
      const lived = await living()
      await scan()
      await allAnswered(house)
      if ((await living()) < lived) found.spent++
      if (await getIn(ways[at % ways.length] ?? ways[0], origin, asking, path, digits)) found.gotIn++
      await scan()
      await sql('delete from access.mail_question')
    }
    return found
  } finally {
    await browser?.close()
    await close()
    await box.close()
  }
}
