// A host for a rehearsal where nobody signed in: the demo's own, in its largest community.
import { makeLink } from '../../src/access/sign-in.deeds.ts'
import { municipality } from '../../src/demo/demo-data.ts'
import { askOwner, atKeyboard, KeyboardProblem, type Place } from './keyboard.ts'

/** A new link for a host of the demo: nobody's real community gets made-up cards by itself. */
export async function demoHost(place: Place | null, origin: string): Promise<{ link: string; community: string }> {
  if (!place)
    throw new KeyboardProblem("The data of the program cannot be reached: give a host's one-time link with --link.")
  const [host] = await askOwner<{ account: string; slug: string }>(
    place,
    `select r.account_id as account, c.slug from access.community_role r
     join community.community c on c.id = r.community_id join access.account a on a.id = r.account_id
     where r.role = 'host' and a.municipal_role is null and exists (select from municipal.municipality where name = $1)
     order by c.residents desc nulls last limit 1`,
    [municipality],
  )
  if (!host)
    throw new KeyboardProblem(
      "This is not the demo, and a rehearsal fills in made-up cards: give a host's one-time link with --link.",
    )
  const token = await atKeyboard(place, (house) => makeLink(house, host.account))
  return { link: `${origin}/in/${token}`, community: host.slug }
}
