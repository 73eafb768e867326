// Whose the rooms of the demo are: one handed over a year ago, one on its way; groups in levels, a few looks, some trust.
import { v7 as uuid } from 'uuid'
import type { SignedIn } from '../access/session.deeds.ts'
import { accountsHere } from '../access/sign-in.deeds.ts'
import { wallTimeIn } from '../clock.ts'
import type { House, Role } from '../db/as-actor.ts'
import type { LaterWork } from '../jobs/jobs.ts'
import { addGroup, askIntoGroup, joinGroup } from '../rooms/associations.deeds.ts'
import { acceptHandOver, proposeHandOver } from '../rooms/hand-over.deeds.ts'
import { nameKeyHolder } from '../rooms/keys.deeds.ts'
import { look } from '../rooms/looks.deeds.ts'
import { seeRoom, seeTrust } from '../rooms/room.deeds.ts'
import { giveTrust } from '../rooms/trust.deeds.ts'
import { people } from './demo-data.ts'

const day = 86_400_000
const timeZone = 'Europe/Copenhagen'

/** Somebody of the demo so many days ago, who has just proved who they are. */
export async function peopleOf(
  house: House,
  places: ReadonlyMap<string, string>,
): Promise<(name: string, daysAgo: number) => SignedIn> {
  const accounts = await accountsHere(house)
  const now = house.clock.now().getTime()
  return (name, daysAgo) => {
    const one = people.find((person) => person.name === name)
    const account = accounts.find((known) => known.name === name)?.id
    if (!one || !account) throw new Error('everybody of the demo is there')
    const at = new Date(now - daysAgo * day)
    const role: Role =
      one.municipalRole ?? (one.keeps.length > 0 ? 'keyholder' : one.hosts.length > 0 ? 'host' : 'resident')
    const of = (slugs: readonly string[], as: 'keyholder' | 'host' | 'resident') =>
      slugs.map((slug) => ({ community: places.get(slug) ?? '', role: as }))
    return {
      house: { ...house, clock: { now: () => at } },
      role,
      account,
      name,
      municipalRole: one.municipalRole,
      places: [...of(one.keeps, 'keyholder'), ...of(one.hosts, 'host'), ...of(one.lives, 'resident')],
      session: {
        id: uuid(),
        via: 'terminal',
        expiresAt: new Date(now + day),
        seenOn: at.toISOString().slice(0, 10),
        provenAt: at,
        factorShown: true,
      },
    }
  }
}

/** `places` are the communities by slug. */
export async function settleRooms(house: House, later: LaterWork, places: ReadonlyMap<string, string>): Promise<void> {
  const now = house.clock.now().getTime()
  const as = await peopleOf(house, places)
  const dateOf = (daysAgo: number) => wallTimeIn(timeZone, new Date(now - daysAgo * day)).date
  const openIn = async (slug: string, name: string, daysAgo: number) =>
    (await seeRoom(as(name, daysAgo), slug)).open?.id ?? ''

  // Tornehuse has had its room for a year.
  const guild = await addGroup(as('Poul', 380), 'tornehuse', association('Borgerforeningen i Tornehuse', '12345678'))
  const party = await addGroup(as('Poul', 380), 'tornehuse', group('Festudvalget', guild))
  const kitchen = await addGroup(as('Poul', 300), 'tornehuse', group('Køkkenholdet', party))
  await addGroup(as('Poul', 300), 'tornehuse', group('Opvaskerne', kitchen))
  await joinGroup(as('Inger', 200), 'tornehuse', party)
  await joinGroup(as('Poul', 200), 'tornehuse', party)
  await look(as('Amira Haddad', 370), 'tornehuse', {
    reason: 'Finder de to, der gerne vil have nøgle',
    query: '',
    after: '',
  })
  await proposeHandOver(as('Amira Haddad', 366), later, 'tornehuse', { association: guild, onDate: dateOf(365) })
  const done = await openIn('tornehuse', 'Poul', 366)
  await acceptHandOver(as('Poul', 365), 'tornehuse', done)
  await acceptHandOver(as('Inger', 365), 'tornehuse', done)

  // Holmetofte is on its way: a date, one yes, and one who is asked whether he wants the second key.
  const hall = await addGroup(as('Karsten', 90), 'holmetofte', association('Holmetofte Borgerforening', '87654321'))
  const youth = await addGroup(as('Karsten', 90), 'holmetofte', group('Ungdomsgruppen', hall))
  await addGroup(as('Karsten', 60), 'holmetofte', group('Lys i hallen', youth))
  await addGroup(as('Karsten', 60), 'holmetofte', association('Støtteforeningen Hallens Venner', null))
  await joinGroup(as('Freja', 50), 'holmetofte', youth)
  const amira = (daysAgo: number) => as('Amira Haddad', daysAgo)
  await look(amira(64), 'holmetofte', { reason: 'Ringer om et sted at holde mødet', query: 'Karsten', after: '' })
  await look(amira(9), 'holmetofte', {
    reason: 'Jens har bedt mig ringe om nøglen til hallen',
    query: 'Jens',
    after: '',
  })
  const seen = await look(amira(8), 'holmetofte', {
    reason: 'Spørger, hvem der vil have den anden nøgle',
    query: 'Jens',
    after: '',
  })
  const jens = seen.find(({ name }) => name === 'Jens')
  if (jens) {
    await nameKeyHolder(amira(8), 'holmetofte', jens.id)
    await askIntoGroup(as('Karsten', 7), 'holmetofte', youth, jens.id, null)
  }
  await proposeHandOver(amira(6), later, 'holmetofte', { association: hall, onDate: dateOf(-30) })
  await acceptHandOver(as('Karsten', 5), 'holmetofte', await openIn('holmetofte', 'Karsten', 5))
  for (const name of ['Freja', 'Jens'])
    for (const known of (await seeTrust(as(name, 4), 'holmetofte')).known.filter((one) => one.name === 'Karsten'))
      await giveTrust(as(name, 4), 'holmetofte', known.id)
}

const group = (name: string, parent: string) => ({ name, kind: 'group' as const, cvr: null, parent })
const association = (name: string, cvr: string | null) => ({ name, kind: 'association' as const, cvr, parent: null })
