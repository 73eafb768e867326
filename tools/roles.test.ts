// The page of roles follows the policies.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { makeWorld, type World } from '../src/test-world.ts'
import { grantsOf, policiesOf, tablesOf } from './roles/catalogue.ts'
import { rolesDocument } from './roles/document.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})

test('docs/roles.md tells what the policies say: a policy that is changed or gone is seen', async () => {
  const kept = readFileSync(join(import.meta.dirname, '../docs/roles.md'), 'utf8')
  expect(kept, 'run "npm run roles"').toBe(await rolesDocument(world.sql))
})

test('every table says what it is, and every policy for people has a plain sentence over it', async () => {
  expect((await tablesOf(world.sql)).filter(({ name, comment }) => !comment && !/sealed_/.test(name))).toEqual([])
  const silent = (await policiesOf(world.sql)).filter(
    ({ sentence, roles }) => !sentence && roles.some((role) => role !== 'system'),
  )
  expect(silent.map(({ table, name }) => `${table} ${name}`)).toEqual([])
})

test('no role is granted what no policy opens, and no policy opens what nobody is granted', async () => {
  const [grants, policies] = [await grantsOf(world.sql), await policiesOf(world.sql)]
  const dead = grants.filter(
    ({ table, role, verb }) =>
      !policies.some(
        (policy) => policy.table === table && policy.roles.includes(role) && ['all', verb].includes(policy.verb),
      ),
  )
  expect(dead.map(({ table, role, verb }) => `${role} may ${verb} ${table}, but about no row`)).toEqual([])
  const idle = policies.filter(
    ({ table, roles, verb }) =>
      // The role of a move is tried with the bundles.
      roles.some((role) => String(role) !== 'mover') &&
      !grants.some(
        (grant) => grant.table === table && roles.includes(grant.role) && (verb === 'all' || grant.verb === verb),
      ),
  )
  expect(idle.map(({ table, name }) => `${name} on ${table} is for nobody`)).toEqual([])
})
