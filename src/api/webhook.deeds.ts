// What is done with addresses of other programs: they are given, taken away, and told of meetings, one after the other.
import { v7 as uuid } from 'uuid'
import { mustHaveProved, type SignedIn } from '../access/session.deeds.ts'
import type { Community } from '../communities/community.ts'
import { asActor, asSystem, type House } from '../db/as-actor.ts'
import { keptPlace } from '../people/people.deeds.ts'
import { refuse } from '../refusal.ts'
import * as ask from './api.queries.ts'
import { call } from './caller.ts'
import {
  daysTried,
  daysUntilStopped,
  mostWebhooks,
  readUrl,
  secretOf,
  secretText,
  signed,
  waitAfter,
} from './webhook.ts'

const day = 86_400_000
const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

export interface WebhooksSeen {
  community: Community
  webhooks: (ask.Webhook & { secret: string | null })[]
}

/** The addresses of a place; their secrets only for who has shown anew who they are. */
export const seeWebhooks = (person: SignedIn, slug: string, withSecrets: boolean): Promise<WebhooksSeen> =>
  asActor(person, async (tx) => {
    const community = await keptPlace(tx, person, slug)
    const own = person.house.keys.houseSecret()
    const webhooks = await ask.webhooksOf(tx, community.id)
    return {
      community,
      webhooks: webhooks.map((hook) => ({ ...hook, secret: withSecrets ? secretText(secretOf(own, hook.id)) : null })),
    }
  })

export async function addWebhook(
  person: SignedIn,
  slug: string,
  typed: string,
): Promise<'added' | 'url' | 'known' | 'many'> {
  mustHaveProved(person)
  const url = readUrl(typed)
  return asActor(person, async (tx) => {
    const community = await keptPlace(tx, person, slug)
    if (url === null) return 'url'
    if ((await ask.webhooksOf(tx, community.id)).length >= mostWebhooks) return 'many'
    const hook = { id: uuid(), community: community.id, url, day: dayOf(person.house.clock.now()) }
    return (await ask.addWebhook(tx, hook)) ? 'added' : 'known'
  })
}

export const dropWebhook = (person: SignedIn, slug: string, id: string): Promise<void> =>
  asActor(person, async (tx) => {
    const community = await keptPlace(tx, person, slug)
    if (!(await ask.dropWebhook(tx, community.id, id))) refuse('not-found')
  })

/** One that was given up is told again. */
export const goOn = (person: SignedIn, slug: string, id: string): Promise<void> =>
  asActor(person, async (tx) => {
    const community = await keptPlace(tx, person, slug)
    if (!(await ask.goOn(tx, community.id, id))) refuse('not-found')
  })

/** What is said: the public face of a meeting and where to read on. No code, no name of anybody but the host, no number. */
const bodyOf = ({ id, event, laidAt, meeting }: ask.Call, origin: string): string =>
  JSON.stringify({
    type: event,
    timestamp: laidAt.toISOString(),
    data: {
      event: id,
      community: { slug: meeting.slug, name: meeting.community },
      meeting: {
        id: meeting.id,
        kind: meeting.kind,
        purpose: meeting.purpose,
        place: meeting.place,
        host: meeting.host,
        startsAt: meeting.startsAt.toISOString(),
        phase: meeting.phase,
      },
      page: `${origin}/c/${meeting.slug}`,
      read: `${origin}/api/v1/communities/${meeting.slug}/meetings/${meeting.id}`,
    },
  })

/** Whoever has taken a call has this long to make it; then another may. */
const holding = 60_000

/** Tells everything that is due. Two programs that do this at once never make the same call. Answers how many arrived, and how many did not. */
export async function tellAll(
  house: House,
  origin: string,
  options: { anywhere?: boolean } = {},
): Promise<{ told: number; failed: number }> {
  const done = { told: 0, failed: 0 }
  for (;;) {
    const now = house.clock.now()
    const next = await asSystem(house, 'take a call to another program', (tx) =>
      ask.takeCall(tx, now, new Date(now.getTime() + holding), new Date(now.getTime() - daysTried * day)),
    )
    if (!next) return done
    const body = bodyOf(next, origin)
    const secret = secretOf(house.keys.houseSecret(), next.webhook)
    const { ok, answer } = await call(next.url, body, signed(secret, next.id, house.clock.now(), body), options)
    const at = house.clock.now()
    if (ok) done.told++
    else done.failed++
    await asSystem(house, 'another program was told, or was not', (tx) =>
      ok
        ? ask.calledWell(tx, next, answer)
        : ask.calledInVain(tx, next, {
            answer,
            at: new Date(at.getTime() + waitAfter(next.tries)),
            today: dayOf(at),
            giveUp: dayOf(new Date(at.getTime() - daysUntilStopped * day)),
          }),
    )
  }
}
