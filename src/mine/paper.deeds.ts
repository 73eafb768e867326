// What a key holder does for a neighbour without an account who asks on paper or aloud: shows what is kept of them here, and takes them out.
import type { SignedIn } from '../access/session.deeds.ts'
import { mustHaveProved } from '../access/session.deeds.ts'
import type { Community } from '../communities/community.ts'
import { type Actor, asActor, asSystem, type Tx } from '../db/as-actor.ts'
import { personHere } from '../people/people.deeds.ts'
import type { Person } from '../people/person.ts'
import { refuse } from '../refusal.ts'
import { tellTakenOut } from '../rooms/keys.deeds.ts'
import { everythingOf, type OfPerson, type RowFound } from './everything.queries.ts'
import { type PieceKey, pieceOf } from './everything.ts'
import { type Counts, countsOf, forgetAll, told } from './forget.deeds.ts'
import type { MineSeen } from './mine.deeds.ts'
import * as ask from './mine.queries.ts'
import { keyHoldersRead } from './piece.ts'

interface Neighbour {
  community: Community
  person: Person
}

export interface KeptSeen extends Neighbour, Pick<MineSeen, 'places' | 'municipality' | 'names'> {
  /** All that a key holder may read. */
  rows: RowFound[]
  /** What stands there besides, for their eyes alone: which kinds, and nothing of it. */
  theirsAlone: PieceKey[]
}

export interface OutSeen extends Neighbour {
  counts: Counts
}

/** Somebody of the place without an account. Who has one sees and deletes for themselves: here they are as one who is not there. */
async function withoutAccount(tx: Tx, actor: Actor, slug: string, id: string): Promise<Neighbour> {
  const { community, person } = await personHere(tx, actor, slug, id)
  return person.hasAccount ? refuse('not-found') : { community, person }
}

const whoseOf = ({ community, person }: Neighbour): OfPerson => ({ person: person.id, community: community.id })

/** Everything that is kept of them in the place, for the paper that they are given. */
export async function seeKept(actor: Actor, slug: string, id: string): Promise<KeptSeen> {
  const neighbour = await asActor(actor, (tx) => withoutAccount(tx, actor, slug, id))
  const { community } = neighbour
  const { found, municipality } = await asSystem(
    actor.house,
    'print for somebody without an account what is kept of them',
    async (tx) => ({
      found: await everythingOf(tx, whoseOf(neighbour), null),
      municipality: await ask.municipalityOf(tx),
    }),
  )
  const mayRead = ({ piece }: RowFound) => keyHoldersRead.has(pieceOf(piece).seen)
  return {
    ...neighbour,
    municipality,
    places: [{ ...community, association: community.keeper }],
    names: new Map([[community.id, community.name]]),
    rows: found.filter(mayRead),
    theirsAlone: [...new Set(found.filter((row) => !mayRead(row)).map(({ piece }) => piece))],
  }
}

/** What taking them out would take along. */
export async function seeOut(actor: Actor, slug: string, id: string): Promise<OutSeen> {
  const neighbour = await asActor(actor, (tx) => withoutAccount(tx, actor, slug, id))
  const counts = await asSystem(actor.house, 'tell what goes with somebody who asks to be taken out', (tx) =>
    countsOf(tx, whoseOf(neighbour)),
  )
  return { ...neighbour, counts }
}

/** They have said it: all of theirs in the place is forgotten. Of two at once, and of this, a merge and a new card, one wins and the other is told. */
export async function takeOut(keyHolder: SignedIn, slug: string, id: string): Promise<Counts> {
  const neighbour = await asActor(keyHolder, (tx) => withoutAccount(tx, keyHolder, slug, id))
  mustHaveProved(keyHolder)
  const whose = whoseOf(neighbour)
  return told(() =>
    asSystem(
      keyHolder.house,
      'somebody without an account is taken out, as they said on paper or aloud',
      async (tx) => {
        await ask.patience(tx)
        const held = await ask.holdPersonToForget(tx, whose)
        if (held !== 'held') refuse(held === 'gone' ? 'mine.gone' : 'mine.taken')
        await tellTakenOut(tx, keyHolder, whose.community)
        return forgetAll(tx, whose)
      },
    ),
  )
}
