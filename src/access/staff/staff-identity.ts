// Who somebody of the municipality is, as their employer says it: one subject, one or more roles, and the communities they may reach.
import { cvrOf, isCalled, type PrivilegeGroup } from './privileges.ts'

export const staffRoles = ['employee', 'leader', 'officer', 'operator'] as const
export type StaffRole = (typeof staffRoles)[number]
export type Way = 'oidc' | 'saml'

/** What each role is called at the identity provider. */
export const roleNames: Record<StaffRole, string> = {
  employee: 'oplive_employee',
  leader: 'oplive_leader',
  officer: 'oplive_dpo',
  operator: 'oplive_operator',
}
/** What a restriction to a community is called there; as a group, `oplive_community_holmetofte`. */
const communityName = 'oplive_community'
/** Written instead of a community: all of them. */
export const everywhere = '*'
const mostCommunities = 500

export interface StaffIdentity {
  way: Way
  issuer: string
  subject: string
  name: string
  /** What they may sign in as: one they choose when there are several. */
  roles: StaffRole[]
  /** Slugs or names, in small letters; `*` for all. */
  communities: string[]
  /** The session at the identity provider, so that its end is the end here; null when it has no name. */
  idpSession: string | null
}

/** What an identity provider has said, before it is understood. */
export interface Said {
  /** Roles and groups, as plain texts. */
  roles: readonly string[]
  /** Restrictions to communities, as plain texts. */
  communities: readonly string[]
  privileges: readonly PrivilegeGroup[]
}

/** Reads roles and communities. A group of privileges that was given to another municipality than `cvr` gives nothing. */
export function readRights(
  { roles, communities, privileges }: Said,
  cvr: string | null,
): Pick<StaffIdentity, 'roles' | 'communities'> {
  const groups = privileges
    .filter(({ scope }) => {
      const number = cvrOf(scope)
      return number === null ? scope === '' : number === cvr
    })
    .map(keptOf)
  const given = [...roles.map(named), ...groups.flatMap((group) => group.roles)]
  const limits = [
    ...communities.flatMap(eachOf),
    ...roles.flatMap((text) => (text.startsWith(`${communityName}_`) ? [text.slice(communityName.length + 1)] : [])),
    ...groups.flatMap((group) => group.communities),
  ]
  return {
    roles: staffRoles.filter((role) => given.includes(role)),
    communities: [...new Set(limits.map(asWritten).filter((text) => text !== ''))].slice(0, mostCommunities),
  }
}

const named = (text: string): StaffRole | undefined => staffRoles.find((role) => isCalled(text, roleNames[role]))

/** What of a group can be kept. A restriction that is not known here cannot, and only an employee is held to communities: the rest is not given. */
function keptOf({ privileges, restrictions }: PrivilegeGroup): {
  roles: (StaffRole | undefined)[]
  communities: string[]
} {
  if (restrictions.some(({ name }) => !isCalled(name, communityName))) return { roles: [], communities: [] }
  const communities = restrictions.flatMap(({ value }) => eachOf(value))
  const roles = privileges.map(named)
  const held = restrictions.length > 0 && !communities.some((text) => text.trim() === everywhere)
  return {
    roles: held ? roles.filter((role) => role === 'employee') : roles,
    communities: roles.includes('employee') ? communities : [],
  }
}

const eachOf = (text: string): string[] => text.split(/[,;\n]/)
const asWritten = (text: string): string => text.normalize('NFC').trim().toLowerCase().slice(0, 80)

/** Does the restriction let them reach this community? Its address or its name will do. */
export const reaches = (communities: readonly string[], { slug, name }: { slug: string; name: string }): boolean =>
  communities.includes(everywhere) || communities.includes(slug) || communities.includes(asWritten(name))

/** A name as it can stand on a page; an identity provider without one leaves it to the role. */
export function readName(text: string | undefined): string | null {
  const name =
    text
      ?.normalize('NFC')
      .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
      .trim() ?? ''
  return name === '' ? null : [...name].slice(0, 80).join('').trim()
}

/** How sure the identity provider is of the person: the three levels of NSIS. */
export const assurances = ['low', 'substantial', 'high'] as const
export type Assurance = (typeof assurances)[number]

/** Reads a level as NSIS says it, or as OIOSAML 2 did with a number; null for anything else. */
export function readAssurance(text: string): Assurance | null {
  const word = text
    .trim()
    .replace(/^https:\/\/data\.gov\.dk\/concept\/core\/nsis\/(loa\/)?/i, '')
    .toLowerCase()
  const old: Record<string, Assurance> = { 1: 'low', 2: 'low', 3: 'substantial', 4: 'high' }
  return assurances.find((level) => level === word) ?? (Object.hasOwn(old, word) ? (old[word] as Assurance) : null)
}

/** Is it sure enough? A level that nobody can read is none. `said` is null when nothing was said at all. */
export function isSure(said: readonly string[] | null, demanded: Assurance): boolean {
  if (said === null) return true
  const levels = said.map(readAssurance)
  return (
    levels.length > 0 &&
    levels.every((level) => level !== null && assurances.indexOf(level) >= assurances.indexOf(demanded))
  )
}
