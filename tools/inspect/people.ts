// Who looks: a guest, and somebody signed in for each role of the demo.
import type { Agent } from 'node:http'
import { makeLink } from '../../src/access/sign-in.deeds.ts'
import { type Browser, openBrowser } from '../rehearse/browser.ts'
import { askOwner, atKeyboard, type Place } from '../rehearse/keyboard.ts'

export interface Person {
  who: string
  browser: Browser
}

const accounts = `
  select 'a host' as who, (select account_id from access.community_role r join access.account a on a.id = r.account_id
    join community.community c on c.id = r.community_id
    where role = 'host' and a.municipal_role is null order by c.residents desc nulls last limit 1) as account
  union all select 'a resident', (select account_id from access.community_role r where role = 'resident'
    and not exists (select from access.community_role h where h.account_id = r.account_id and h.role = 'host') limit 1)
  union all select 'a key holder', (select r.account_id from access.community_role r join community.controller k on k.community_id = r.community_id
    where r.role = 'keyholder' order by k.kind limit 1)
  union all select 'an employee', (select id from access.account where municipal_role = 'employee' limit 1)
  union all select 'a leader', (select id from access.account where municipal_role = 'leader' limit 1)
  union all select 'an officer', (select id from access.account where municipal_role = 'officer' limit 1)
  union all select 'an operator', (select id from access.account where municipal_role = 'operator' limit 1)`

export async function everybody(place: Place, origin: string, agent: Agent): Promise<Person[]> {
  const rows = await askOwner<{ who: string; account: string | null }>(place, accounts)
  const signedIn = rows.map(async ({ who, account }) => {
    if (!account) return []
    const browser = openBrowser(origin, agent)
    const path = await linkFor(place, account)
    const answer = await browser.ask('POST', path, { form: new URLSearchParams() })
    if (answer?.status !== 303) throw new Error(`${who} could not sign in: ${answer?.status}`)
    return { who, browser }
  })
  return [{ who: 'a guest', browser: openBrowser(origin, agent) }, ...(await Promise.all(signedIn)).flat()]
}

const linkFor = async (place: Place, account: string) =>
  `/in/${await atKeyboard(place, (house) => makeLink(house, account))}`

/** A sign-in page that nobody has used yet. */
export async function unusedLink(place: Place): Promise<string> {
  const [row] = await askOwner<{ id: string }>(place, 'select id from access.account limit 1')
  return linkFor(place, row?.id ?? '')
}
