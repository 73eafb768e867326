// The questions about people: who is in a place and found by name, one person, their own choice, their consents, the contact list.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'
import { type Consent, type Purpose, readPurpose } from './consents.ts'
import {
  bandOf,
  type ContactWish,
  type Medium,
  mediumOf,
  type OwnChoice,
  type Person,
  type Told,
  wishOf,
} from './person.ts'

export interface Listed {
  id: string
  name: string
  existsBy: 'came' | 'said_yes'
  medium: Medium
  hasAccount: boolean
  contactWish: ContactWish
  /** `yyyy-mm-dd` */
  joinedOn: string
  known: boolean
  /** Nobody is called that, but this sounds like it. */
  near: boolean
}

/** For a key holder of the place; empty for everybody else. `after`: the id of the last one that was shown. */
export async function findPeople(
  tx: Tx,
  community: string,
  { query, after, most }: { query: string; after: string | null; most: number },
): Promise<Listed[]> {
  const { rows } = await sql<{
    id: string
    name: string
    exists_by: string
    medium: string
    has_account: boolean
    contact_wish: string
    joined_on: string
    known: boolean
    near: boolean
  }>`select * from community.find_people(${community}::uuid, ${query}, ${after}::uuid, ${most}::integer)`.execute(tx)
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    existsBy: row.exists_by === 'came' ? 'came' : 'said_yes',
    medium: mediumOf(row.medium),
    hasAccount: row.has_account,
    contactWish: wishOf(row.contact_wish),
    joinedOn: row.joined_on,
    known: row.known,
    near: row.near,
  }))
}

export interface Counts {
  everybody: number
  came: number
  withoutAccount: number
  known: number
}

export async function countPeople(tx: Tx, community: string): Promise<Counts> {
  const { rows } = await sql<{ everybody: number; came: number; without_account: number; known: number }>`
    select * from community.count_people(${community}::uuid)`.execute(tx)
  const row = rows[0]
  return {
    everybody: row?.everybody ?? 0,
    came: row?.came ?? 0,
    withoutAccount: row?.without_account ?? 0,
    known: row?.known ?? 0,
  }
}

/** Does the one who acts hold a key of the place? */
export async function keeps(tx: Tx, community: string): Promise<boolean> {
  const { rows } = await sql<{ keeps: boolean }>`select access.keeps(${community}::uuid) as keeps`.execute(tx)
  return rows[0]?.keeps ?? false
}

// --- One person

const persons = (tx: Tx) =>
  tx
    .selectFrom('community.person')
    .select(['id', 'name', 'contact_wish', 'telephone', 'mail', 'languages', 'account_id', 'exists_by', 'medium'])
    .select(['joined_on', 'known_on', 'rev'])
    .where('merged_into', 'is', null)

type Row = Awaited<ReturnType<ReturnType<typeof persons>['execute']>>[number]

const personOf = (row: Row): Person => ({
  id: row.id,
  name: row.name,
  contactWish: wishOf(row.contact_wish),
  telephone: row.telephone,
  mail: row.mail,
  languages: row.languages,
  hasAccount: row.account_id !== null,
  existsBy: row.exists_by === 'came' ? 'came' : 'said_yes',
  medium: mediumOf(row.medium),
  joinedOn: row.joined_on,
  knownOn: row.known_on,
  rev: row.rev,
})

/** Somebody of the place, as a key holder sees them. */
export async function findPerson(tx: Tx, community: string, id: string): Promise<Person | null> {
  const row = await persons(tx).where('community_id', '=', community).where('id', '=', id).executeTakeFirst()
  return row ? personOf(row) : null
}

/** The person that an account is in a place. */
export async function personOfAccount(tx: Tx, community: string, account: string): Promise<Person | null> {
  const row = await persons(tx)
    .where('community_id', '=', community)
    .where('account_id', '=', account)
    .executeTakeFirst()
  return row ? personOf(row) : null
}

export interface NewPerson extends Told {
  id: string
  community: string
  existsBy: 'came' | 'said_yes'
  medium: Medium
  /** `yyyy-mm-dd` */
  today: string
}

/** As a key holder: somebody without an account, whom they know. Sent again, it is the same person. */
export async function writePerson(tx: Tx, p: NewPerson): Promise<void> {
  await sql`insert into community.person
      (id, community_id, name, contact_wish, telephone, mail, languages, exists_by, medium, joined_on, active_on, known_on)
    values (${p.id}, ${p.community}, ${p.name}, ${p.contactWish}, ${p.telephone}, ${p.mail}, ${p.languages}, ${p.existsBy}, ${p.medium},
      ${p.today}::date, ${p.today}::date, ${p.today}::date)
    on conflict do nothing`.execute(tx)
}

/** As the system: somebody who has just got an account, or had one already. Answers whether there is one more person now. */
export async function makePerson(
  tx: Tx,
  p: Pick<NewPerson, 'id' | 'community' | 'name' | 'existsBy' | 'today'> & { account: string },
): Promise<boolean> {
  const { numAffectedRows } = await sql`insert into community.person
      (id, community_id, account_id, name, exists_by, medium, joined_on, active_on)
    values (${p.id}, ${p.community}, ${p.account}, ${p.name}, ${p.existsBy}, 'tap', ${p.today}::date, ${p.today}::date)
    on conflict do nothing`.execute(tx)
  return numAffectedRows === 1n
}

/** Changes it, if nobody has changed it since `rev`. */
export async function changePerson(tx: Tx, id: string, told: Told, rev: number): Promise<boolean> {
  const { numAffectedRows } =
    await sql`update community.person set name = ${told.name}, contact_wish = ${told.contactWish},
      telephone = ${told.telephone}, mail = ${told.mail}, languages = ${told.languages}, rev = rev + 1
    where id = ${id} and rev = ${rev} and merged_into is null`.execute(tx)
  return numAffectedRows === 1n
}

export async function knowPerson(tx: Tx, id: string, known: boolean): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`select community.know_person(${id}::uuid, ${known}) as found`.execute(
    tx,
  )
  return rows[0]?.found ?? false
}

// --- Own choice

export async function ownChoiceOf(tx: Tx, person: string): Promise<OwnChoice> {
  const row = await tx
    .selectFrom('community.profile')
    .select(['age_band', 'asked_about'])
    .where('person_id', '=', person)
    .executeTakeFirst()
  return { ageBand: bandOf(row?.age_band ?? null), askedAbout: row?.asked_about ?? null }
}

export async function setOwnChoice(tx: Tx, person: string, { ageBand, askedAbout }: OwnChoice): Promise<void> {
  await tx
    .insertInto('community.profile')
    .values({ person_id: person, age_band: ageBand, asked_about: askedAbout })
    .onConflict((oc) => oc.column('person_id').doUpdateSet({ age_band: ageBand, asked_about: askedAbout }))
    .execute()
}

/** As a key holder, for somebody without an account: put in, and never read back. */
export async function writeOwnChoice(tx: Tx, person: string, { ageBand, askedAbout }: OwnChoice): Promise<void> {
  await sql`select community.write_profile(${person}::uuid, ${ageBand}, ${askedAbout})`.execute(tx)
}

// --- Consents

/** Those that stand. */
export async function consentsOf(tx: Tx, person: string): Promise<Consent[]> {
  const rows = await tx
    .selectFrom('community.consent')
    .select(['purpose', 'text_version', 'medium', 'given_at'])
    .where('person_id', '=', person)
    .where('withdrawn_at', 'is', null)
    .execute()
  return rows.flatMap((row) => {
    const purpose = readPurpose(row.purpose)
    return purpose ? [{ purpose, version: row.text_version, medium: mediumOf(row.medium), givenAt: row.given_at }] : []
  })
}

/** Given twice, it is given once. */
export async function giveConsent(
  tx: Tx,
  consent: { id: string; person: string; purpose: Purpose; version: number; medium: Medium; at: Date },
): Promise<void> {
  await sql`insert into community.consent (id, person_id, purpose, text_version, medium, given_at)
    values (${consent.id}, ${consent.person}, ${consent.purpose}, ${consent.version}, ${consent.medium}, ${consent.at})
    on conflict do nothing`.execute(tx)
}

export async function withdrawConsent(tx: Tx, person: string, purpose: Purpose, at: Date): Promise<void> {
  await tx
    .updateTable('community.consent')
    .set({ withdrawn_at: at })
    .where('person_id', '=', person)
    .where('purpose', '=', purpose)
    .where('withdrawn_at', 'is', null)
    .execute()
}

// --- Groups and the contact list

/** The associations and groups somebody is in, or has been asked into. */
export async function groupsOf(tx: Tx, person: string): Promise<{ id: string; name: string; saidYes: boolean }[]> {
  const { rows } = await sql<{ id: string; name: string; said: boolean }>`
    select a.id, a.name, m.said_yes_at is not null as said from community.membership m
    join community.association a on a.id = m.association_id where m.person_id = ${person}::uuid
    order by a.name collate "da-x-icu", a.id`.execute(tx)
  return rows.map(({ id, name, said }) => ({ id, name, saidYes: said }))
}

export interface Contact {
  name: string
  contactWish: ContactWish
  /** The telephone number or the mail address they chose; null for the others. */
  contact: string | null
  askedAbout: string | null
}

/** Is the one who acts known here? Null for nobody of the place. */
export async function knownHere(tx: Tx, community: string): Promise<boolean | null> {
  const { rows } = await sql<{
    known: boolean | null
  }>`select community.known_here(${community}::uuid) as known`.execute(tx)
  return rows[0]?.known ?? null
}

export async function contactList(tx: Tx, community: string): Promise<Contact[]> {
  const { rows } = await sql<{
    name: string
    contact_wish: string
    contact: string | null
    asked_about: string | null
  }>`
    select * from community.contact_list(${community}::uuid)`.execute(tx)
  return rows.map((row) => ({
    name: row.name,
    contactWish: wishOf(row.contact_wish),
    contact: row.contact,
    askedAbout: row.asked_about,
  }))
}

/** Do letters to this person come back? For who holds a key of the place. */
export async function isUnreached(tx: Tx, community: string, person: string): Promise<boolean> {
  const { rows } = await sql<{ yes: boolean }>`
    select exists (select from community.unreached(${community}) u where u.person_id = ${person}) as yes`.execute(tx)
  return rows[0]?.yes ?? false
}

/** Do letters to this address of the one who acts come back? */
export async function amUnreached(tx: Tx, mail: string | null): Promise<boolean> {
  if (mail === null) return false
  const { rows } = await sql<{ yes: boolean }>`
    select exists (select from community.my_mail_trouble() t where t.address = lower(${mail})) as yes`.execute(tx)
  return rows[0]?.yes ?? false
}
