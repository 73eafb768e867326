// What stands around the pages of a place: its menu, who is signed in, and the same page in the other language.
import type { Visit } from '../access/visit.ts'
import { withWay } from '../access/way.ts'
import { type Room, roomOf, type Seers } from '../ui/whose-room.tsx'
import type { Community } from './community.ts'
import { words } from './words.ts'

/** For any page of the site that is read on a wide screen too. To be spread into `Page`. */
export function frame({ lang, person }: Pick<Visit, 'lang' | 'person'>, path: string, room: Room) {
  return {
    lang,
    room,
    kind: 'page' as const,
    path,
    languages: { da: `${path}?lang=da`, en: `${path}?lang=en` },
    // Who is not in finds the way in, and comes back to this page.
    person: person
      ? { name: person.name, href: '/me' }
      : { name: words(lang)('nav.signIn'), href: withWay('/in', path) },
  }
}

/** For the pages of one community: the same, in its room and with its menu. */
export function placeFrame(
  visit: Pick<Visit, 'lang' | 'person'>,
  community: Pick<Community, 'slug' | 'name' | 'keeper'>,
  path: string,
  seen: Seers,
) {
  const { slug } = community
  const say = words(visit.lang)
  const place = `/c/${slug}`
  return {
    ...frame(visit, path, roomOf(community, seen)),
    nav: [
      { href: place, label: say('nav.place') },
      { href: `${place}/definition`, label: say('nav.definition') },
      { href: `${place}/withdrawal`, label: say('nav.withdrawal') },
    ],
  }
}
