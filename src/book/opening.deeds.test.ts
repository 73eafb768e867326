import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeWorld, type World } from '../test-world.ts'
import { bringBack, exportBook, lookAtBook, strikeEntry } from './book.deeds.ts'
import { drawLetters } from './letters.ts'
import { newDeviceSecret } from './lock.ts'
import {
  beginAnew,
  closeEverywhere,
  closeHere,
  handOver,
  makeSheet,
  type Opening,
  openBook,
  trySheet,
} from './opening.deeds.ts'
import { aBook, type TestBook } from './test-book.ts'
import { type Tries, watchTries } from './tries.ts'

let world: World
let book: TestBook
let tries: Tries
beforeAll(async () => {
  world = await makeWorld()
})
beforeEach(async () => {
  world.clock.set('2027-03-14T18:00:00Z')
  book = await aBook(world.karsten)
  await book.write('Det her er mit')
  tries = watchTries()
})

const stateOn = async (device: string | undefined) => (await lookAtBook(world.karsten, device)).state
const openWith = (letters: string, borrowed = false) => openBook(world.karsten, tries, letters, borrowed)
const deviceOf = (opening: Opening): string => {
  if (typeof opening === 'string' || 'wait' in opening) throw new Error(JSON.stringify(opening))
  return opening.device
}
const told = async () => {
  const looked = await lookAtBook(world.karsten, book.device)
  return looked.state === 'open' ? looked.tries : looked.state
}

describe('a new device', () => {
  test('is closed, also for somebody who is signed in, until the letters are typed', async () => {
    const device = newDeviceSecret()
    expect(await stateOn(device)).toBe('closed')
    expect(await stateOn(undefined)).toBe('closed')
    const opened = deviceOf(await openWith(book.letters))
    expect(await exportBook(world.karsten, opened)).toMatchObject([{ text: 'Det her er mit' }])
    // Both are open now.
    expect(await stateOn(book.device)).toBe('open')
  })

  test('is opened by the letters of one’s own sheet, not by those of a neighbour', async () => {
    const freja = await aBook(world.freja)
    expect(await openWith(freja.letters)).toBe('wrong')
    expect(await openWith(drawLetters())).toBe('wrong')
  })

  test('is opened by letters that an open device shows: once, and for ten minutes', async () => {
    const letters = await handOver(world.karsten, book.device)
    expect(letters).toHaveLength(28)
    expect(await stateOn(deviceOf(await openWith(letters)))).toBe('open')
    expect(await openWith(letters)).toBe('wrong')
    const late = await handOver(world.karsten, book.device)
    world.clock.forward(0.2)
    expect(await openWith(late)).toBe('wrong')
    expect(await handOver(world.karsten, newDeviceSecret())).toBe('closed')
  })

  test('that is borrowed closes by itself after an hour; one’s own stays open as long as it is used', async () => {
    const borrowed = deviceOf(await openWith(book.letters, true))
    world.clock.forward(0.9)
    expect(await stateOn(borrowed)).toBe('open')
    world.clock.forward(0.2)
    expect(await stateOn(borrowed)).toBe('closed')
    for (let month = 0; month < 24; month++) {
      world.clock.forward(24 * 30)
      expect(await stateOn(book.device)).toBe('open')
    }
    world.clock.forward(24 * 401)
    expect(await stateOn(book.device)).toBe('closed')
  })

  test('a borrowed device is not renewed by looking in', async () => {
    world.clock.set('2027-03-14T22:30:00Z')
    const borrowed = deviceOf(await openWith(book.letters, true))
    // The day turns in the middle of it.
    world.clock.set('2027-03-14T23:10:00Z')
    expect(await lookAtBook(world.karsten, borrowed)).toMatchObject({ state: 'open', until: null })
    world.clock.set('2027-03-14T23:40:00Z')
    expect(await stateOn(borrowed)).toBe('closed')
  })
})

describe('wrong letters', () => {
  test('are slowed after five, and the right ones wait as well', async () => {
    for (let nth = 0; nth < 5; nth++) expect(await openWith(drawLetters())).toBe('wrong')
    expect(await openWith(drawLetters())).toMatchObject({ wait: 10 })
    expect(await openWith(book.letters)).toMatchObject({ wait: 10 })
  })

  test('that come all at once are five as well', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => openWith(drawLetters())))
    expect(all.filter((one) => one === 'wrong')).toHaveLength(5)
  })

  test('of one person do not make another wait', async () => {
    const freja = await aBook(world.freja)
    for (let nth = 0; nth < 9; nth++) await openBook(world.freja, tries, drawLetters(), false)
    expect(await openBook(world.freja, tries, freja.letters, false)).toMatchObject({ wait: 10 })
    expect(await openWith(book.letters)).toMatchObject({ device: expect.any(String) })
  })

  test('are told to the owner day by day, for a month', async () => {
    for (let nth = 0; nth < 3; nth++) await openWith(drawLetters())
    world.clock.forward(24)
    await openWith(drawLetters())
    expect(await told()).toEqual([
      { day: '2027-03-15', tries: 1 },
      { day: '2027-03-14', tries: 3 },
    ])
    world.clock.forward(24 * 31)
    expect(await told()).toEqual([])
  })

  test('the right ones begin the count anew', async () => {
    for (let nth = 0; nth < 4; nth++) await openWith(drawLetters())
    deviceOf(await openWith(book.letters))
    for (let nth = 0; nth < 4; nth++) expect(await openWith(drawLetters())).toBe('wrong')
  })
})

describe('the sheet', () => {
  test('is tried with its own letters, and nothing else', async () => {
    const made = await makeSheet(world.karsten, book.device)
    if (made === 'closed') throw new Error(made)
    expect(made.device).toBeNull()
    expect(await trySheet(world.karsten, book.device, drawLetters())).toBe('wrong')
    expect(await trySheet(world.karsten, book.device, book.letters)).toBe('wrong')
    expect(await trySheet(world.karsten, newDeviceSecret(), made.letters)).toBe('closed')
    expect(await trySheet(world.karsten, book.device, made.letters)).toBe('tried')
  })

  test('that is new takes over when it has been tried: until then the old one opens, after that it is dead', async () => {
    const other = deviceOf(await openWith(book.letters))
    const made = await makeSheet(world.karsten, book.device)
    if (made === 'closed') throw new Error(made)
    deviceOf(await openWith(book.letters))
    await trySheet(world.karsten, book.device, made.letters)
    expect(await openWith(book.letters)).toBe('wrong')
    // A new lock: the other devices have to be opened again, this one stays open.
    expect(await stateOn(other)).toBe('closed')
    expect(await exportBook(world.karsten, book.device)).toMatchObject([{ text: 'Det her er mit' }])
    expect(await exportBook(world.karsten, deviceOf(await openWith(made.letters)))).toMatchObject([
      { text: 'Det her er mit' },
    ])
    expect(await lookAtBook(world.karsten, book.device)).toMatchObject({ whole: true, damaged: 0 })
  })

  test('that is made twice before it is tried is the second one', async () => {
    const [one, two] = [await makeSheet(world.karsten, book.device), await makeSheet(world.karsten, book.device)]
    if (one === 'closed' || two === 'closed') throw new Error('closed')
    expect(await trySheet(world.karsten, book.device, one.letters)).toBe('wrong')
    expect(await trySheet(world.karsten, book.device, two.letters)).toBe('tried')
  })

  test('that was never tried leaves an empty book, which is begun again on any device', async () => {
    await beginAnew(world.karsten)
    const made = await makeSheet(world.karsten, undefined)
    expect(await stateOn(undefined)).toBe('none')
    const again = await makeSheet(world.karsten, undefined)
    if (made === 'closed' || again === 'closed' || !made.device || !again.device) throw new Error('begun')
    expect(await stateOn(made.device)).toBe('none')
    expect(await trySheet(world.karsten, again.device, again.letters)).toBe('tried')
  })

  test('is made by nobody on a device that is closed', async () => {
    expect(await makeSheet(world.karsten, newDeviceSecret())).toBe('closed')
    expect(await makeSheet(world.karsten, undefined)).toBe('closed')
    expect(await stateOn(book.device)).toBe('open')
  })

  test('begun twice at once, it is one book', async () => {
    await beginAnew(world.freja)
    const made = await Promise.allSettled([1, 2, 3, 4].map(() => makeSheet(world.freja, undefined)))
    const [state] = await world.sql('select count(*)::int as n from personal.book where account_id = $1', [
      world.freja.account,
    ])
    expect(state?.n).toBe(1)
    const begun = made.flatMap((one) =>
      one.status === 'fulfilled' && one.value !== 'closed' && one.value.device ? [one.value] : [],
    )
    const tried = await Promise.all(begun.map((one) => trySheet(world.freja, one.device ?? '', one.letters)))
    expect(tried.filter((one) => one === 'tried')).toHaveLength(1)
  })
})

describe('closing', () => {
  test('on this device leaves the others open', async () => {
    const other = deviceOf(await openWith(book.letters))
    await closeHere(world.karsten, book.device)
    expect(await stateOn(book.device)).toBe('closed')
    expect(await stateOn(other)).toBe('open')
  })

  test('on every device wants the letters, so that nobody locks themselves out', async () => {
    const other = deviceOf(await openWith(book.letters))
    expect(await closeEverywhere(world.karsten, tries, drawLetters())).toBe('wrong')
    expect(await stateOn(other)).toBe('open')
    expect(await closeEverywhere(world.karsten, tries, book.letters)).toBe('closed')
    for (const device of [book.device, other]) expect(await stateOn(device)).toBe('closed')
    expect(await exportBook(world.karsten, deviceOf(await openWith(book.letters)))).toMatchObject([
      { text: 'Det her er mit' },
    ])
  })

  test('what an open device saw of a deleted line before the lock was changed cannot be put back after it', async () => {
    const id = await book.write('Slettet')
    const gone = await strikeEntry(world.karsten, book.device, id)
    if (gone === 'none' || gone === 'closed') throw new Error(gone)
    const made = await makeSheet(world.karsten, book.device)
    if (made === 'closed') throw new Error(made)
    await trySheet(world.karsten, book.device, made.letters)
    await expect(bringBack(world.karsten, book.device, gone.struck)).rejects.toMatchObject({ code: 'undo.changed' })
  })

  test('sheet and devices lost: the words are gone for ever, and another book is begun', async () => {
    await beginAnew(world.karsten)
    expect(await stateOn(book.device)).toBe('none')
    expect(await openWith(book.letters)).toBe('none')
    expect(await world.sql('select from personal.entry where account_id = $1', [world.karsten.account])).toEqual([])
  })
})

test('an old lock with what opened it reads nothing that is written after the lock was changed', async () => {
  const before = await world.sql('select * from personal.lock where account_id = $1', [world.karsten.account])
  const stolen = book.device
  const made = await makeSheet(world.karsten, book.device)
  if (made === 'closed') throw new Error(made)
  await trySheet(world.karsten, book.device, made.letters)
  await book.write('Skrevet bagefter')
  // Somebody who can write in the database puts the old lock back, and comes with the old device.
  await world.sql('delete from personal.lock where account_id = $1', [world.karsten.account])
  for (const lock of before)
    await world.sql('insert into personal.lock select ($1::personal.lock).*', [
      `(${[lock.account_id, lock.id, lock.kind, lock.key_id, `"\\\\x${(lock.box as Buffer).toString('hex')}"`, lock.made_on, lock.seen_on, ''].join(',')})`,
    ])
  expect(await lookAtBook(world.karsten, stolen)).toMatchObject({
    state: 'open',
    entries: [],
    damaged: 2,
    whole: false,
  })
})

test('without the key of the configuration the book says so, and nothing is changed', async () => {
  const { bookKeys } = world.house.keys
  world.house.keys.bookKeys = () => []
  try {
    await expect(lookAtBook(world.karsten, book.device)).rejects.toMatchObject({ code: 'book.key-missing' })
    await expect(openWith(book.letters)).rejects.toMatchObject({ code: 'book.key-missing' })
  } finally {
    world.house.keys.bookKeys = bookKeys
  }
  expect(await stateOn(book.device)).toBe('open')
})
