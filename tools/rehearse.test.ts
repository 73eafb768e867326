// A rehearsal with bad luck: what was acknowledged is counted, whatever was killed in between.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoHost } from './rehearse/demo-host.ts'
import { build, type OwnProgram, ownProgram } from './rehearse/own-program.ts'
import { rehearse, type Wish } from './rehearse/rehearsal.ts'

let program: OwnProgram
beforeAll(async () => {
  await build()
  program = await ownProgram()
  await program.start()
})
afterAll(() => program?.clear())

async function fortyPhones(seed: number, kill: Wish['kill']) {
  const { link, community } = await demoHost(program.place, program.url)
  return rehearse({
    origin: program.url,
    phones: 40,
    seed,
    link,
    community,
    place: program.place,
    kill,
    over: 1,
  })
}

test('after kill -9 of the program in the middle of forty phones, everything acknowledged is counted once', async () => {
  const { faults, times } = await fortyPhones(1, { when: 'answering', work: () => program.kill('app') })
  expect(faults).toEqual([])
  expect(times.away).not.toBeNull()
})

test('after kill -9 of the database in the middle of forty phones, everything acknowledged is counted once', async () => {
  const { faults, times } = await fortyPhones(2, { when: 'answering', work: () => program.kill('db') })
  expect(faults).toEqual([])
  expect(times.away).not.toBeNull()
})

test('after kill -9 of the program while the host closes, the cards are counted once and the key is gone', async () => {
  const { faults } = await fortyPhones(3, { when: 'closing', work: () => program.kill('app') })
  expect(faults).toEqual([])
})
