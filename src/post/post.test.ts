import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { SMTPServer } from 'smtp-server'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { asActor, asSystem } from '../db/as-actor.ts'
import { jsonLog } from '../log.ts'
import { makeWorld, type World } from '../test-world.ts'
import { type Letter, mostTries, readAddress, subjectOf, waitAfter } from './letter.ts'
import { mailServer } from './mail-server.ts'
import { emptyBox, startPost, writeLetter } from './post.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})
afterEach(async () => {
  await world.sql('delete from community.letter')
})

interface Arrived {
  from: string
  to: string[]
  raw: string
}

/** What the server says no to, and with what. */
interface Moods {
  rcpt?: (address: string) => number | 'hang-up' | undefined
  data?: () => number | 'hang-up' | undefined
  port?: number
}

const saying = (code: number) => Object.assign(new Error('no'), { responseCode: code })

/** A mail server on this machine, over real SMTP. */
async function aServer({ rcpt, data, port = 0 }: Moods = {}) {
  const arrived: Arrived[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo({ address }, _session, done) {
      const no = rcpt?.(address)
      if (no === 'hang-up') return hangUp()
      done(no ? saying(no) : null)
    },
    onData(stream, session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const no = data?.()
        if (no === 'hang-up') return hangUp()
        if (no) return done(saying(no))
        const { mailFrom, rcptTo } = session.envelope
        arrived.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(parts).toString('latin1'),
        })
        done()
      })
    },
  })
  const hangUp = () => {
    for (const connection of server.connections)
      (connection as unknown as { _socket: { destroy(): void } })._socket.destroy()
  }
  server.on('error', () => {})
  server.listen(port, '127.0.0.1')
  await once(server.server, 'listening')
  const at = (server.server.address() as AddressInfo).port
  const settings = { smtp: `smtp://127.0.0.1:${at}`, from: 'oplive@example.dk' }
  return {
    arrived,
    settings,
    port: at,
    mail: mailServer(settings),
    stop: () => new Promise<void>((stopped) => server.close(stopped)),
  }
}

const letter: Letter = { to: 'birthe@example.dk', subject: 'Lyttemøde i Holmetofte', body: 'Vi ses.\n' }
const write = (changes: Partial<Letter> = {}) =>
  asSystem(world.house, 'test', (tx) => writeLetter(tx, { ...letter, ...changes }))
const waiting = async () => (await world.sql('select count(*)::int as n from community.letter'))[0]?.n as number

/** The headers and the parts, unfolded and decoded as a mail reader does. */
function opened(raw: string) {
  const [head = '', ...rest] = raw.split('\r\n\r\n')
  const headers = head
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .map((line) => line.split(/:\s*/, 1)[0]?.toLowerCase() ?? '')
  const subject = (/^Subject: (.*(?:\r\n[ \t].*)*)/m.exec(head)?.[1] ?? '')
    .replace(/\?=\r\n[ \t]+=\?/g, '?==?')
    .replace(/\r\n[ \t]+/g, ' ')
    .replace(/=\?UTF-8\?([QB])\?(.*?)\?=/gi, (_, how: string, text: string) =>
      how.toUpperCase() === 'B'
        ? Buffer.from(text, 'base64').toString()
        : Buffer.from(
            text
              .replace(/_/g, ' ')
              .replace(/=([\dA-F]{2})/g, (_m, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
            'latin1',
          ).toString(),
    )
  return { headers, subject, body: rest.join('\r\n\r\n'), head }
}

describe('a letter', () => {
  test('arrives as it was written, at one address, and is gone from here', async () => {
    const server = await aServer()
    await write({ subject: 'Lyttemøde på Ærø, kl. 19 😀', body: 'Kære Birthe\n\nVi ses i Hallen. مرحبا\n' })
    expect(await emptyBox(world.house, server.mail)).toMatchObject({ sent: 1, refused: 0, givenUp: 0, away: undefined })
    expect(server.arrived).toHaveLength(1)
    const [got] = server.arrived
    expect(got).toMatchObject({ from: 'oplive@example.dk', to: ['birthe@example.dk'] })
    const { subject, head, body } = opened(got?.raw ?? '')
    expect(subject).toBe('Lyttemøde på Ærø, kl. 19 😀')
    expect(head).toMatch(/^To: birthe@example\.dk$/m)
    expect(head).toMatch(/^Auto-Submitted: auto-generated$/m)
    expect(head).toMatch(/^Content-Type: text\/plain; charset=utf-8$/m)
    const text = /base64/.test(head)
      ? Buffer.from(body, 'base64').toString()
      : Buffer.from(
          body
            .replace(/=\r\n/g, '')
            .replace(/=([\dA-F]{2})/g, (_m, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
          'latin1',
        ).toString()
    expect(text.replace(/\r\n/g, '\n').trim()).toBe('Kære Birthe\n\nVi ses i Hallen. مرحبا')
    expect(await waiting()).toBe(0)
    await server.stop()
  })

  test('takes the calendar file along', async () => {
    const server = await aServer()
    await write({ calendar: 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n' })
    await emptyBox(world.house, server.mail)
    const raw = server.arrived[0]?.raw ?? ''
    expect(raw).toMatch(/Content-Type: text\/calendar; charset=utf-8; method=PUBLISH;\s+name=oplive\.ics/)
    const file = /filename=oplive\.ics\r\n\r\n([\s\S]*?)\r\n--/.exec(raw)?.[1] ?? ''
    expect(`${file}${Buffer.from(file, 'base64').toString()}`).toContain('BEGIN:VCALENDAR')
    await server.stop()
  })

  test('whatever a place is called, no header and no recipient comes of it', async () => {
    const server = await aServer()
    const evil = 'Møde\r\nBcc: alle@example.dk\r\n\r\nHej\u2028X-More: 1\nTo: b@example.dk'
    await write({ subject: evil, body: `.\r\nRCPT TO:<alle@example.dk>\r\n.\r\n${evil}` })
    await emptyBox(world.house, server.mail)
    const { headers, subject } = opened(server.arrived[0]?.raw ?? '')
    expect(server.arrived).toHaveLength(1)
    expect(server.arrived[0]?.to).toEqual(['birthe@example.dk'])
    expect(headers.filter((name) => ['bcc', 'x-more', 'cc'].includes(name))).toEqual([])
    expect(headers.filter((name) => name === 'to')).toHaveLength(1)
    expect(subject).toBe('Møde Bcc: alle@example.dk Hej X-More: 1 To: b@example.dk')
    await server.stop()
  })

  test.each([
    'a@example.dk, b@example.dk',
    'a@example.dk b@example.dk',
    'Birthe <a@example.dk>',
    'a@example.dk\r\nBcc: b@example.dk',
    'a@b@example.dk',
    '"a b"@example.dk',
    'a@localhost',
    '@example.dk',
    'a@-example.dk',
    'a..b@example.dk',
    'file:///etc/passwd',
    `${'a'.repeat(65)}@example.dk`,
    `a@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(63)}.${'e'.repeat(63)}.dk`,
    '',
  ])('%j is not one address: no letter is written to it', async (to) => {
    expect(readAddress(to)).toBeNull()
    await expect(write({ to })).rejects.toThrow(RangeError)
    expect(await waiting()).toBe(0)
  })

  test.each(['a@example.dk', ' birthe.h+mode@post.example.co.uk ', 'x@blåbærgrød.dk', "o'neil@example.ie"])(
    '%j is one address',
    (to) => expect(readAddress(to)).toBe(to.trim()),
  )

  test('an address that was read holds nothing a mail server would take for more', () => {
    const rough = fc.string({
      unit: fc.constantFrom('a', 'b', '@', '.', ' ', ',', ';', '<', '>', '\r', '\n', '"', '\\', 'æ', '(', ')', ':'),
    })
    fc.assert(
      fc.property(fc.oneof(rough, fc.emailAddress(), fc.string({ unit: 'binary' })), (typed) => {
        const read = readAddress(typed)
        if (read !== null) expect(read).toMatch(/^[^\s,;<>"\\():@]+@[^\s,;<>"\\():@]+$/)
      }),
    )
  })

  test('a subject is one line of at most 250 letters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const subject = subjectOf(text)
        expect(subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u)
        expect([...subject].length).toBeLessThanOrEqual(250)
      }),
    )
  })

  test('what is taken back with its transaction is never sent', async () => {
    const undone = asSystem(world.house, 'test', async (tx) => {
      await writeLetter(tx, letter)
      throw new Error('something else failed')
    })
    await expect(undone).rejects.toThrow('something else')
    expect(await waiting()).toBe(0)
  })

  test('it is not sent before its hour', async () => {
    const server = await aServer()
    await write({ notBefore: new Date(world.clock.now().getTime() + 3_600_000) })
    expect((await emptyBox(world.house, server.mail)).sent).toBe(0)
    world.clock.forward(1)
    expect((await emptyBox(world.house, server.mail)).sent).toBe(1)
    await server.stop()
  })

  test('nobody but the program reads a letter that waits', async () => {
    await write()
    for (const actor of [world.guest, world.karsten, world.freja, world.stranger, world.amira])
      await expect(
        asActor(actor, (tx) => tx.selectFrom('community.letter').selectAll().execute()),
      ).rejects.toMatchObject({ code: '42501' })
  })
})

describe('two programs on one database', () => {
  test('send each letter once', async () => {
    const server = await aServer()
    const addresses = Array.from({ length: 60 }, (_, n) => `n${n}@example.dk`)
    await asSystem(world.house, 'test', async (tx) => {
      for (const to of addresses) await writeLetter(tx, { ...letter, to })
    })
    const postmen = [server.mail, mailServer(server.settings), mailServer(server.settings)]
    const rounds = await Promise.all(postmen.map((mail) => emptyBox(world.house, mail)))
    expect(rounds.reduce((sum, { sent }) => sum + sent, 0)).toBe(60)
    expect(server.arrived.flatMap(({ to }) => to).sort()).toEqual(addresses.sort())
    expect(await waiting()).toBe(0)
    await server.stop()
  })

  test('a letter in the hands of one that died is taken up by another after five minutes', async () => {
    const server = await aServer()
    await write()
    const never = { hand: () => Promise.reject(new Error('the program died')), close: () => {} }
    await expect(emptyBox(world.house, never)).rejects.toThrow('died')
    expect((await emptyBox(world.house, server.mail)).sent).toBe(0)
    expect(await waiting()).toBe(1)
    world.clock.forward(0.1)
    expect((await emptyBox(world.house, server.mail)).sent).toBe(1)
    await server.stop()
  })
})

describe('a mail server that says no', () => {
  test('an address that does not exist is given up at once, and the next letter goes out', async () => {
    const server = await aServer({ rcpt: (address) => (address.startsWith('gone') ? 550 : undefined) })
    await write({ to: 'gone@example.dk' })
    world.clock.forward(0.01)
    await write()
    expect(await emptyBox(world.house, server.mail)).toMatchObject({ sent: 1, refused: 1, away: undefined })
    expect(await waiting()).toBe(0)
    await server.stop()
  })

  test('a letter it does not want is given up at once', async () => {
    const server = await aServer({ data: () => 554 })
    await write()
    expect(await emptyBox(world.house, server.mail)).toMatchObject({ sent: 0, refused: 1 })
    expect(await waiting()).toBe(0)
    await server.stop()
  })

  test('"not now" to one letter is tried again after a minute, and the others go out', async () => {
    let no = true
    const server = await aServer({ rcpt: (address) => (no && address.startsWith('slow') ? 451 : undefined) })
    await write({ to: 'slow@example.dk' })
    world.clock.forward(0.01)
    await write()
    expect(await emptyBox(world.house, server.mail)).toMatchObject({ sent: 1, refused: 0, away: undefined })
    no = false
    expect((await emptyBox(world.house, server.mail)).sent).toBe(0)
    world.clock.forward(1 / 60)
    expect((await emptyBox(world.house, server.mail)).sent).toBe(1)
    await server.stop()
  })

  test.each(['rcpt', 'data'] as const)('hanging up in the middle (%s) loses nothing', async (when) => {
    let tries = 0
    const server = await aServer({ [when]: () => (++tries <= 2 ? ('hang-up' as const) : undefined) })
    await write()
    for (let round = 0; round < 2; round++) {
      expect((await emptyBox(world.house, server.mail)).away).toBeDefined()
      expect(await waiting()).toBe(1)
      world.clock.forward(0.1)
    }
    expect((await emptyBox(world.house, server.mail)).sent).toBe(1)
    expect(server.arrived).toHaveLength(1)
    await server.stop()
  })

  test('away for 24 hours: every letter arrives once within the hour after, and none is given up', async () => {
    const gone = await aServer()
    await gone.stop()
    for (let n = 0; n < 5; n++) await write({ to: `n${n}@example.dk` })
    for (let minute = 0; minute < 24 * 60; minute += 7) {
      const round = await emptyBox(world.house, gone.mail)
      expect(round).toMatchObject({ sent: 0, refused: 0, givenUp: 0 })
      world.clock.forward(7 / 60)
    }
    expect(await waiting()).toBe(5)
    const server = await aServer({ port: gone.port })
    let sent = 0
    for (let minute = 0; minute < 66; minute += 6) {
      sent += (await emptyBox(world.house, server.mail)).sent
      world.clock.forward(0.1)
    }
    expect(sent).toBe(5)
    expect(new Set(server.arrived.flatMap(({ to }) => to)).size).toBe(5)
    await server.stop()
  })

  test('after two days it is given up, and its address is kept no longer', async () => {
    const gone = await aServer()
    await gone.stop()
    await write()
    let hours = 0
    let givenUp = 0
    for (; givenUp === 0 && hours < 80; hours += 0.25) {
      givenUp += (await emptyBox(world.house, gone.mail)).givenUp
      world.clock.forward(0.25)
    }
    expect(hours).toBeGreaterThanOrEqual(48)
    expect(hours).toBeLessThan(72)
    expect(await waiting()).toBe(0)
  })

  test('the waits grow to an hour, and together they are two days', () => {
    expect([1, 2, 3, 6, 7, 8, 40].map((tries) => waitAfter(tries) / 60_000)).toEqual([1, 2, 4, 32, 60, 60, 60])
    const all = Array.from({ length: mostTries - 1 }, (_, n) => waitAfter(n + 1)).reduce((sum, one) => sum + one, 0)
    expect(all / 3_600_000).toBeGreaterThanOrEqual(48)
    expect(all / 3_600_000).toBeLessThan(49)
  })
})

describe('the postman', () => {
  test('sends by itself, says only how many in the log, and stops', async () => {
    const server = await aServer({ rcpt: (address) => (address.startsWith('gone') ? 550 : undefined) })
    const lines: string[] = []
    const house = { ...world.house, log: jsonLog((line) => lines.push(line)) }
    await write({ to: 'sentinel@example.dk', subject: 'Sentinelmøde', body: 'Sentinelord' })
    await write({ to: 'gone.sentinel@example.dk' })
    const post = startPost(house, server.settings)
    await expect.poll(waiting, { timeout: 8000 }).toBe(0)
    await expect.poll(() => lines.length, { timeout: 8000 }).toBe(2)
    await post.stop()
    await server.stop()
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { event: 'post.sent', count: 1 },
      { event: 'post.refused', count: 1 },
    ])
    expect(lines.join('')).not.toMatch(/sentinel|example|Holmetofte/i)
  })

  test('a server that is away is told by its error alone', async () => {
    const gone = await aServer()
    await gone.stop()
    const lines: string[] = []
    const house = { ...world.house, log: jsonLog((line) => lines.push(line)) }
    await write({ to: 'sentinel@example.dk' })
    const post = startPost(house, gone.settings)
    await expect.poll(() => lines.length, { timeout: 8000 }).toBe(1)
    await post.stop()
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ event: 'post.away', error: expect.stringContaining('Error') })
    expect(lines.join('')).not.toMatch(/sentinel|127\.0\.0\.1/)
    expect(await waiting()).toBe(1)
  })
})
