// A community of 20,000 people, as its key holder meets it: the list, page 200 of it, and the search by names well and badly spelt.
import { createHash, randomBytes } from 'node:crypto'
import { Agent } from 'node:http'
import { plantCrowd } from '../../src/people/test-crowd.ts'
import { signIn } from '../rehearse/host.ts'
import { askOwner } from '../rehearse/keyboard.ts'
import { type Figure, median, type Row } from './row.ts'

const people = 20_000
const times = 15
/** Names as they are typed, and whom they must find. */
const sought = [
  ['aage', /Åge/],
  ['soren', /Søren/],
  ['kristen', /Kirsten/],
  ['jorgensen', /Jørgensen/],
  ['hansen', /Hansen/],
] as const

export const peopleFigure: Figure = {
  name: 'people',
  async measure(stage) {
    const { place } = stage.program
    const [keeper] = await askOwner<{ account: string; community: string; slug: string }>(
      place,
      `select r.account_id as account, c.id as community, c.slug from access.community_role r
       join community.community c on c.id = r.community_id where r.role = 'keyholder' limit 1`,
      [],
    )
    if (!keeper) throw new Error('somebody holds a key in the demo')
    await plantCrowd((text, values) => askOwner(place, text, values ?? []), keeper.community, people)
    const token = randomBytes(16).toString('base64url')
    await askOwner(
      place,
      `insert into access.sign_in_link (token_hash, account_id, expires_at) values ($1, $2, now() + interval '1 hour')`,
      [createHash('sha256').update(token).digest(), keeper.account],
    )
    const agent = new Agent({ keepAlive: true })
    try {
      const keyHolder = await signIn(stage.program.url, agent, `${stage.program.url}/in/${token}`)
      const list = `/c/${keeper.slug}/people`
      const page = async (path: string): Promise<{ text: string; ms: number }> => {
        const began = performance.now()
        const { status, text } = await keyHolder.ask('GET', path)
        if (status !== 200) throw new Error(`${path} got ${status}`)
        return { text, ms: performance.now() - began }
      }
      const row = async (what: string, path: string, must?: RegExp): Promise<Row> => {
        const { text } = await page(path)
        if (must && !must.test(text)) throw new Error(`${path} does not find ${must}`)
        const all: number[] = []
        for (let time = 0; time < times; time++) all.push((await page(path)).ms)
        const middle = median(all)
        return {
          what: `${people.toLocaleString('en-GB')} people: ${what}, from request to HTML, median of ${times}`,
          goal: '100 ms',
          measured: `${middle.toFixed(0)} ms (longest ${Math.max(...all).toFixed(0)})`,
          anchor: '',
          reached: middle < 100,
        }
      }
      let deep = list
      for (let turn = 1; turn < 200; turn++) {
        const next = /href="([^"]+)" rel="next"/.exec((await page(deep)).text)?.[1]
        if (!next) throw new Error('the list ends before page 200')
        deep = next.replaceAll('&amp;', '&')
      }
      const rows = [await row('the list', list), await row('its page 200', deep)]
      for (const [query, must] of sought)
        rows.push(await row(`search "${query}"`, `${list}?q=${encodeURIComponent(query)}`, must))
      return rows
    } finally {
      agent.destroy()
      await askOwner(
        place,
        `delete from community.person where community_id = $1 and telephone ~ '^[2-9][0-9]{7}$' and account_id is null`,
        [keeper.community],
      )
    }
  },
}
