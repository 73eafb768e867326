// Somebody who is signed in, for tests of pages: without a session of their own in the database.
import { type Actor, isMunicipal } from '../db/as-actor.ts'
import type { SignedIn } from './session.deeds.ts'

/** Null for a guest. */
export const signedIn = (actor: Actor, name = 'Freja', places: SignedIn['places'] = []): SignedIn | null =>
  actor.account === null
    ? null
    : {
        ...actor,
        account: actor.account,
        name,
        places,
        municipalRole: isMunicipal(actor) ? actor.role : null,
        session: {
          id: '00000000-0000-4000-8000-000000000000',
          via: 'terminal',
          expiresAt: new Date('2100-01-01T00:00:00Z'),
          seenOn: '2027-03-14',
          provenAt: actor.house.clock.now(),
          factorShown: false,
        },
      }
