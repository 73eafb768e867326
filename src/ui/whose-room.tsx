// Whose room a page stands in, who has the responsibility there, and who can see the page: one line on every page, in plain words.
import type { Lang } from '../i18n/catalogue.ts'
import { words } from './words.ts'

/** Who can see a page. `watch`: the officer and the operators. `blank`: whoever has the meeting's code gets the same empty form, and what is written in it is not on the page. */
export const seers = [
  'all',
  'code',
  'blank',
  'link',
  'hosts',
  'residents',
  'keyholders',
  'group',
  'you',
  'two',
  'both',
  'municipal',
  'leaders',
  'operators',
  'officer',
  'watch',
] as const
export type Seers = (typeof seers)[number]

/** The place whose room it is. `keeper` is the association that keeps it; null while the municipality has the responsibility for a time. */
export interface Keeping {
  name: string
  /** Where the room's own page is, when it is known. */
  slug?: string
  keeper: string | null
}

export type Room =
  /** The doorstep: what belongs to no room, such as the front page. */
  | { whose: 'nobody'; seen: 'all' | 'link' }
  /** Byens rum, and in it the hall. */
  | { whose: 'community'; place: Keeping; seen: Seers }
  | { whose: 'municipality'; seen: Seers }
  /** One's own: Min bog, and one's own page. */
  | { whose: 'person'; seen: 'you' }

export const doorstep: Room = { whose: 'nobody', seen: 'all' }
export const ownRoom: Room = { whose: 'person', seen: 'you' }
export const municipalRoom = (seen: Seers = 'municipal'): Room => ({ whose: 'municipality', seen })
/** Byens rum of this place, and who sees the page there. */
export const roomOf = (place: Keeping, seen: Seers): Room => ({ whose: 'community', place, seen })

export function WhoseRoom({ lang, room }: { lang: Lang; room: Room }) {
  const say = words(lang)
  const slug = room.whose === 'community' ? room.place.slug : undefined
  return (
    <p class={`whose ${room.whose}`}>
      <strong>
        {room.whose === 'community' ? say('room.community', { place: room.place.name }) : say(`room.${room.whose}`)}
      </strong>{' '}
      {room.whose === 'community' &&
        (room.place.keeper === null ? say('room.interim') : say('room.keeper', { keeper: room.place.keeper }))}{' '}
      {say(`room.seen.${room.seen}`)}{' '}
      <a href={slug ? `/c/${slug}/room` : '/rooms'}>{say(slug ? 'room.whoseLink' : 'room.more')}</a>
    </p>
  )
}
