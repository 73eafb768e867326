// Who does what at a meeting, as a host hands it out: six names, and why, when somebody of the municipality leads.

import { hasCpr } from '../../cpr.ts'
import { isStrange, oneLine, readLine } from '../../line.ts'
import { asksWhy, leads, longestReason, longestRoleName, type MeetingRole, type Role, roles } from '../roles.ts'

/** One role, word for word as it was typed. */
export interface RoleSaid {
  name: string
  municipal: boolean
  reason: string
}
export type RolesSaid = Record<Role, RoleSaid>

export type RoleFault = 'host' | 'name' | 'nameLong' | 'marks' | 'cpr' | 'why' | 'whyLong' | 'tick' | 'strange'
export interface RoleProblem {
  field: string
  code: RoleFault
}

export interface ReadRoles {
  said: RolesSaid
  handed: MeetingRole[]
  problems: RoleProblem[]
  seen: string
}

const known = new Set(['seen', ...roles.flatMap((role) => [role, `${role}-municipal`, `${role}-reason`])])

/** `held`: how many meetings the community has held before this one. A role without a name is nobody's. */
export function readRoles(form: URLSearchParams, held: number): ReadRoles {
  const problems: RoleProblem[] = []
  if (isStrange(form, (name) => known.has(name))) problems.push({ field: 'host', code: 'strange' })
  const said = {} as RolesSaid
  const handed: MeetingRole[] = []
  for (const role of roles) {
    const one = roleSaid(form, role)
    said[role] = one
    const read = readRole(role, one, held, problems)
    if (read) handed.push(read)
  }
  return { said, handed, problems, seen: form.get('seen') ?? '' }
}

const roleSaid = (form: URLSearchParams, role: Role): RoleSaid => ({
  name: form.get(role) ?? '',
  municipal: form.has(`${role}-municipal`),
  reason: form.get(`${role}-reason`) ?? '',
})

/** One role; null when it is nobody's. The plan's page asks for the host in the same way. */
export function readRole(role: Role, said: RoleSaid, held: number, problems: RoleProblem[]): MeetingRole | null {
  const { line, fault } = readLine(said.name, longestRoleName)
  if (fault === 'missing') {
    if (role === 'host') problems.push({ field: role, code: 'host' })
    else if (said.municipal || line !== '') problems.push({ field: role, code: 'name' })
  } else if (fault) problems.push({ field: role, code: fault === 'long' ? 'nameLong' : 'marks' })
  else if (hasCpr(line)) problems.push({ field: role, code: 'cpr' })
  const why = readWhy(role, said, held)
  if (why.fault)
    problems.push({ field: why.fault === 'tick' ? `${role}-municipal` : `${role}-reason`, code: why.fault })
  return line === ''
    ? null
    : { role, name: line, municipal: said.municipal, reason: said.municipal ? why.reason : null }
}

export function readWhy(
  role: Role,
  { municipal, reason: typed }: RoleSaid,
  held: number,
): { reason: string | null; fault: 'why' | 'whyLong' | 'cpr' | 'tick' | null } {
  const reason = oneLine(typed)
  if (reason === '') return { reason: null, fault: asksWhy({ role, municipal }, held) ? 'why' : null }
  if (!municipal) return { reason: null, fault: 'tick' }
  const fault = [...reason].length > longestReason ? 'whyLong' : hasCpr(reason) ? 'cpr' : null
  return { reason: leads(role) ? reason : null, fault }
}

/** The roles as they stand, as somebody would have typed them. */
export function rolesAsSaid(handed: readonly MeetingRole[]): RolesSaid {
  const said = {} as RolesSaid
  for (const role of roles) {
    const one = handed.find((one) => one.role === role)
    said[role] = { name: one?.name ?? '', municipal: one?.municipal ?? false, reason: one?.reason ?? '' }
  }
  return said
}
