// What stands around the pages of people: the frame of the place, with the ways to oneself, the contact list and (with a key) everybody.
import type { Visit } from '../access/visit.ts'
import type { Community } from '../communities/community.ts'
import { placeFrame } from '../communities/place-frame.ts'
import type { Seers } from '../ui/whose-room.tsx'
import { words } from './words.ts'

export function peopleFrame(visit: Visit, community: Community, path: string, seen: Seers) {
  const say = words(visit.lang)
  const here = `/c/${community.slug}`
  const frame = placeFrame(visit, community, `${here}${path}`, seen)
  const role = visit.person?.places.find((place) => place.community === community.id)?.role
  return {
    ...frame,
    robots: 'noindex',
    nav: [
      ...frame.nav.slice(0, 1),
      { href: `${here}/me`, label: say('nav.me') },
      { href: `${here}/contacts`, label: say('nav.contacts') },
      { href: `${here}/circle`, label: say('nav.circle') },
      ...(role === 'keyholder' ? [{ href: `${here}/people`, label: say('nav.people') }] : []),
    ],
  }
}
