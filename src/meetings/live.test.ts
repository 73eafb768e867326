import { EventEmitter } from 'node:events'
import type { ServerResponse } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeWorld, type World } from '../test-world.ts'
import { type Hall, type MeetingInHall, openHall } from './hall.ts'
import { goLive, type Live, type View } from './live.ts'
import { planMeeting } from './meeting.deeds.ts'

let world: World
let hall: Hall
let live: Live
let meeting: MeetingInHall
/** The state as it is now, and how often it was drawn. */
let now = 'nothing yet'
let drawn = 0
let slowly: Promise<void> | null = null

beforeAll(async () => {
  world = await makeWorld()
  hall = openHall(world.house)
  const code = await planMeeting(
    world.freja,
    { id: world.holmetofte, timeZone: 'Europe/Copenhagen' },
    { kind: 'listening', purpose: 'Nøglen', place: 'Hallen', hostName: 'Freja', date: '2027-03-14', time: '19:30' },
  )
  meeting = (await hall.find(code)) ?? (await Promise.reject(new Error('the meeting is there')))
  live = await goLive(
    hall,
    async () => {
      drawn += 1
      const state = now
      await slowly
      return state
    },
    () => world.connections.listener(),
  )
})
afterAll(() => live.stop())

/** Somebody who watches; `slow` takes nothing in until told. */
class Watcher extends EventEmitter {
  readonly heard: string[] = []
  readonly slow: boolean
  constructor(slow = false) {
    super()
    this.slow = slow
  }
  writeHead() {
    return this
  }
  write(event: Buffer): boolean {
    const state = /data: (.*)\n/.exec(event.toString())?.[1]
    if (state) this.heard.push(state)
    return !this.slow
  }
  end() {}
}

const view: View = { watching: 'phone', lang: 'da', origin: '' }
const watch = async (slow = false, as: View = view) => {
  const watcher = new Watcher(slow)
  await live.watch(watcher as unknown as ServerResponse, meeting, as)
  return watcher
}
const say = async (state: string) => {
  now = state
  await world.sql(`select pg_notify('oplive_evening', $1)`, [meeting.id])
}
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe('a thousand phones', () => {
  test('have the whole newest picture within a second of the last change, drawn once for all, a few times in a burst', async () => {
    const phones = await Promise.all(Array.from({ length: 1000 }, () => watch()))
    const before = drawn
    const began = performance.now()
    for (let at = 0; at < 60; at += 1) {
      await say(`picture ${at}`)
      await pause(10)
    }
    // On a machine with much else to do the burst takes longer, and more pictures belong to it.
    const most = Math.max(5, Math.ceil((performance.now() - began) / 200))
    await pause(1000)
    expect(phones.filter(({ heard }) => heard.at(-1) !== 'picture 59')).toEqual([])
    expect(drawn - before).toBeLessThanOrEqual(most)
    expect(Math.max(...phones.map(({ heard }) => heard.length))).toBeLessThanOrEqual(most + 1)
    for (const phone of phones) phone.emit('close')
    expect(live.watchers()).toBe(0)
  })
})

test('a screen hears at once, however many phones there are', async () => {
  const phones = await Promise.all(Array.from({ length: 1000 }, () => watch()))
  const screen = await watch(false, { ...view, watching: 'screen' })
  await say('first')
  await pause(300)
  await say('second')
  await expect.poll(() => screen.heard.at(-1), { timeout: 1000 }).toBe('second')
  for (const one of [...phones, screen]) one.emit('close')
})

test('a phone that takes in slowly is not sent each picture, but the newest when it is ready', async () => {
  const [quick, slow] = [await watch(), await watch(true)]
  for (const state of ['a', 'b', 'c']) {
    await say(state)
    await expect.poll(() => quick.heard.at(-1), { timeout: 10_000 }).toBe(state)
  }
  expect(quick.heard.slice(-3)).toEqual(['a', 'b', 'c'])
  const before = slow.heard.length
  expect(slow.heard).not.toContain('c')
  slow.emit('drain')
  expect(slow.heard.slice(before)).toEqual(['c'])
  for (const one of [quick, slow]) one.emit('close')
})

test('what changes while somebody’s first picture is drawn reaches them too', async () => {
  now = 'old'
  let go = () => {}
  slowly = new Promise((resolve) => {
    go = resolve
  })
  const coming = watch()
  await pause(20)
  await say('new')
  await pause(400)
  slowly = null
  go()
  const watcher = await coming
  await expect.poll(() => watcher.heard.at(-1), { timeout: 5000 }).toBe('new')
  watcher.emit('close')
})
