// docs/roles.md: every role by every table by every verb, told from the policies themselves.
import {
  type Ask,
  type Granted,
  grantsOf,
  type Policy,
  policiesOf,
  type RoleName,
  roles,
  tablesOf,
  verbs,
} from './catalogue.ts'

const titles: Record<RoleName, string> = {
  guest: 'guest',
  resident: 'resident',
  host: 'host',
  keyholder: 'key holder',
  employee: 'employee',
  leader: 'leader',
  officer: 'officer',
  operator: 'operator',
  system: 'system',
}

const who: Record<RoleName, string> = {
  guest: 'Somebody in the hall or on the street, without an account.',
  resident: 'A neighbour who is signed in and belongs to a community.',
  host: 'A resident who plans and leads meetings in a community.',
  keyholder: 'A resident who keeps a community’s room: all that a host may, and its people. Inherits from host.',
  employee: 'Somebody of the municipality who works with communities, and is a guest in their rooms.',
  leader: 'Leads in the municipality: numbers and plans, never a person.',
  officer:
    'The data protection officer: who looked at what and why, not what they saw. Opens what is kept of one person who has asked for it, and is written down for it.',
  operator: 'Keeps the server running: no person, no word.',
  system: 'The program itself, always with a stated reason in the code. Nobody signs in as it.',
}

const letters = { select: 's', insert: 'i', update: 'u', delete: 'd' } as const

export async function rolesDocument(ask: Ask): Promise<string> {
  const [tables, grants, policies] = [await tablesOf(ask), await grantsOf(ask), await policiesOf(ask)]
  const lines = [
    '# Roles',
    '',
    'Every role by every table by every verb. Made by `npm run roles` from the grants and policies of a freshly migrated database; a test fails',
    'when this page lags, when a table is missing from the stated matrix (`src/db/policies.test.ts`), and when a cell answers otherwise.',
    'A grant lets a role ask; a policy says about which rows. Without both there is nothing. Key holders inherit from host.',
    '',
    '| role | who |',
    '|---|---|',
    ...roles.map((role) => `| ${titles[role]} | ${who[role]} |`),
    '',
    '## The matrix',
    '',
    's reads, i adds, u changes, d deletes; a letter with * not every column; – nothing at all.',
    '',
    `| table | ${roles.map((role) => titles[role]).join(' | ')} |`,
    `|---|${roles.map(() => '---').join('|')}|`,
    ...tables.map(({ name }) => `| ${name} | ${roles.map((role) => cell(grants, policies, name, role)).join(' | ')} |`),
    '',
    '## Table by table',
  ]
  for (const { name, comment } of tables) {
    lines.push('', `### ${name}`, '', comment)
    const own = policies.filter((policy) => policy.table === name)
    if (own.length > 0) lines.push('', '| policy | for | about which rows | in plain words |', '|---|---|---|---|')
    for (const policy of own) lines.push(policyRow(policy, grants))
    const partly = grants.filter((grant) => grant.table === name && grant.columns && grant.role !== 'system')
    if (partly.length > 0) lines.push('', ...columnLines(partly))
  }
  return `${lines.join('\n')}\n`
}

const reaches = (policy: Policy, role: RoleName, verb: (typeof verbs)[number]) =>
  policy.roles.includes(role) && (policy.verb === 'all' || policy.verb === verb)

function cell(grants: readonly Granted[], policies: readonly Policy[], table: string, role: RoleName): string {
  const may = verbs.flatMap((verb) => {
    const grant = grants.find((one) => one.table === table && one.role === role && one.verb === verb)
    if (!grant || !policies.some((policy) => policy.table === table && reaches(policy, role, verb))) return []
    return [`${letters[verb]}${grant.columns ? '*' : ''}`]
  })
  return may.join('') || '–'
}

const tidy = (expression: string) => expression.replace(/\s+/g, ' ').replaceAll('|', '\\|')

function policyRow(policy: Policy, grants: readonly Granted[]): string {
  const { table, name, verb, using, check, sentence } = policy
  const asked = policy.roles.filter((role) =>
    grants.some((grant) => grant.table === table && grant.role === role && (verb === 'all' || grant.verb === verb)),
  )
  const rows = using === null ? check : check === null || check === using ? using : `${using} → ${check}`
  const words = `${asked.map((role) => titles[role]).join(', ') || 'nobody'}: ${verb === 'all' ? 'what is granted' : verb}`
  return `| ${name.replaceAll('_', ' ')} | ${words} | \`${tidy(rows ?? 'true')}\` | ${tidy(sentence)} |`
}

function columnLines(grants: readonly Granted[]): string[] {
  const told = new Map<string, RoleName[]>()
  for (const { role, verb, columns } of grants) {
    const key = `${verb} only ${columns?.join(', ')}`
    told.set(key, [...(told.get(key) ?? []), role])
  }
  return [...told].map(([what, some]) => `- ${some.map((role) => titles[role]).join(', ')}: ${what}`)
}
