import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { ConfigProblem } from '../../config.ts'
import type { StaffConfig } from '../../config-staff.ts'
import { makeWorld, type World } from '../../test-world.ts'
import { makeOwnPair, readOwnPair } from './own-pair.ts'
import { openStaffDoor } from './staff-door.ts'
import { makeIdp } from './test-idp.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})

const origin = 'https://oplive.midtsoe.dk'
const settings = (metadataFile: string | null): StaffConfig => ({
  oidc: null,
  saml: { metadataFile, cvr: null },
  assurance: { least: 'substantial', asked: false },
})
const wrong = (open: () => unknown): string => {
  try {
    open()
  } catch (error) {
    if (error instanceof ConfigProblem) return error.message
  }
  return 'nothing'
}

test('nothing set up, nothing is open; our own side can be handed over as soon as there is an address, with the same key each time', async () => {
  const door = openStaffDoor(world.house, settings(null), origin)
  expect([door.isOpen(), await door.samlProvider(), await door.samlParty()]).toEqual([false, null, null])
  const first = (await door.ourSaml())?.metadata
  expect(first).toContain(`entityID="${origin}/saml/metadata"`)
  expect((await openStaffDoor(world.house, settings(null), origin).ourSaml())?.metadata).toBe(first)
  expect(await openStaffDoor(world.house, settings(null), null).ourSaml()).toBeNull()
})

test('a file of metadata is read at the start, and holds over what is put in', async () => {
  const file = join(world.keyFolder, 'idp.xml')
  writeFileSync(file, (await makeIdp()).metadata)
  const door = openStaffDoor(world.house, settings(file), origin)
  expect([door.isOpen(), (await door.samlProvider())?.from]).toEqual([true, 'file'])
})

test('a file that is not there, or is something else, stops the start with one clear sentence', () => {
  expect(wrong(() => openStaffDoor(world.house, settings('/no/such/file'), origin))).toContain(
    'cannot be read (ENOENT)',
  )
  const file = join(world.keyFolder, 'page.html')
  writeFileSync(file, '<html></html>')
  expect(wrong(() => openStaffDoor(world.house, settings(file), origin))).toContain('(not-metadata)')
})

test('a key and certificate put in the cabinet are used; two that do not belong together stop the start', async () => {
  const file = join(world.keyFolder, 'saml.pem')
  const theirs = await makeOwnPair('oces', new Date('2027-01-01T00:00:00Z'))
  writeFileSync(file, theirs)
  const ours = await openStaffDoor(world.house, settings(null), origin).ourSaml()
  expect(ours?.metadata).toContain(readOwnPair(theirs)?.certificate.raw.toString('base64'))
  writeFileSync(file, 'half a file')
  expect(wrong(() => openStaffDoor(world.house, settings(null), origin))).toContain('saml.pem')
})
