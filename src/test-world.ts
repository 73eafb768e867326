// A world for the tests of one file, on the server that the whole run shares.
import { afterAll, inject } from 'vitest'
import { raiseWorld, type World } from './test-house.ts'

export type { Ordered, World } from './test-house.ts'

/** Makes a world and takes it down after the last test of the file. Call it in `beforeAll`. */
export async function makeWorld(startIso = '2027-03-14T18:00:00Z'): Promise<World> {
  const { world, down } = await raiseWorld({ ownerUrl: inject('ownerUrl'), template: inject('template') }, startIso)
  afterAll(down)
  return world
}
