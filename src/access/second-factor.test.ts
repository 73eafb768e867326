import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { counterHolds, partyAt } from './passkey.ts'
import { ticketOffice } from './passkey-ticket.ts'
import {
  digitsAt,
  mayEquip,
  newRecoveryCodes,
  newSecret,
  openSecret,
  owesFactor,
  readTyped,
  recoveryHash,
  sealSecret,
  setupOf,
  stepOf,
  watchDigits,
} from './second-factor.ts'
import { waysIn } from './sign-in.ts'

const at = (seconds: number) => new Date(seconds * 1000)

describe('six digits', () => {
  test('RFC 6238, appendix B: the known digits of known moments', () => {
    const secret = Buffer.from('12345678901234567890')
    expect([59, 1_111_111_109, 1_234_567_890, 2_000_000_000].map((moment) => digitsAt(secret, at(moment)))).toEqual([
      '287082',
      '081804',
      '005924',
      '279037',
    ])
  })

  test('hold for the half minute they are made in and for one on each side, whatever the moment', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 20, maxLength: 20 }),
        fc.integer({ min: 1_000_000_000, max: 4_000_000_000 }),
        fc.integer({ min: -200, max: 200 }),
        (bytes, made, later) => {
          const secret = Buffer.from(bytes)
          const [before, now] = [Math.floor(made / 30), Math.floor((made + later) / 30)]
          const step = stepOf(secret, digitsAt(secret, at(made)), at(made + later))
          if (Math.abs(before - now) <= 1) expect(step).not.toBeNull()
          // Two half minutes may have the same digits by chance, one in a million.
          if (step !== null) expect(Math.abs(step - now)).toBeLessThanOrEqual(1)
          if (Math.abs(before - now) > 1 && step !== null)
            expect(digitsAt(secret, at(step * 30))).toBe(digitsAt(secret, at(made)))
        },
      ),
      { numRuns: 200 },
    )
  })

  test('are told to a phone by a picture and by letters that say the same', () => {
    const { address, typed } = setupOf(newSecret(), 'Amira', 'oplive.test')
    expect(new URL(address).searchParams.get('secret')).toBe(typed.replaceAll(' ', ''))
    expect(typed).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/)
  })
})

describe('the secret behind them', () => {
  const key = Buffer.alloc(32, 1)
  const secret = newSecret()
  const sealed = sealSecret(key, 'amira', secret)

  test('opens with the key that lies outside the database, and does not stand in what is stored', () => {
    expect(openSecret(key, 'amira', sealed)).toEqual(secret)
    expect(sealed.includes(secret.subarray(0, 8))).toBe(false)
    expect(sealed).toHaveLength(48)
  })

  test('opens for no other account, with no other key, and not when a bit of it is another', () => {
    expect(openSecret(key, 'helle', sealed)).toBeNull()
    expect(openSecret(Buffer.alloc(32, 2), 'amira', sealed)).toBeNull()
    for (let place = 0; place < sealed.length; place++) {
      const altered = Buffer.from(sealed)
      altered[place] = (altered[place] ?? 0) ^ 1
      expect(openSecret(key, 'amira', altered)).toBeNull()
    }
  })
})

test('a code from the paper is read however it is written, and is never taken for six digits', () => {
  const codes = newRecoveryCodes()
  expect(new Set(codes).size).toBe(10)
  for (const code of codes) {
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/)
    const sloppy = code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')
    for (const typed of [code, sloppy]) expect(readTyped(typed)).toEqual({ recovery: recoveryHash(code) })
  }
  expect(readTyped(' 123 456 ')).toEqual({ digits: '123456' })
  for (const nothing of ['', null, '12345', '1234567', '１２３４５６', 'UUUU-UUUU-UUUU'])
    expect(readTyped(nothing)).toBeNull()
})

test('five wrong digits, and the account waits, also for right ones; another account does not', async () => {
  const guard = watchDigits()
  for (let time = 1; time <= 5; time++) expect(await guard.mayTry('amira')).toEqual({ last: time === 5 })
  expect(await guard.mayTry('amira')).toBe(false)
  expect(await guard.mayTry('helle')).toEqual({ last: false })
  await guard.right('helle')
})

test('a ticket is for one purpose, five minutes and one use, and altered it is nothing', () => {
  const office = ticketOffice()
  const now = new Date('2027-03-14T18:00:00Z')
  const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
  const subject = '00000000-0000-4000-8000-000000000000'
  const { text, random } = office.give('in', subject, now)
  expect(office.read(text, 'in', later(4.99))).toEqual({ random, subject })
  expect(office.read(text, 'add', now)).toBeNull()
  expect(office.read(text, 'in', later(5))).toBeNull()
  expect(ticketOffice().read(text, 'in', now)).toBeNull()
  fc.assert(
    fc.property(fc.nat({ max: text.length - 1 }), fc.constantFrom('A', 'b', '0', '.', '-', ''), (place, letter) => {
      const altered = text.slice(0, place) + letter + text.slice(place + 1)
      // The last letter of a signature carries two bits that say nothing.
      fc.pre(altered !== text && place < text.length - 1)
      expect(office.read(altered, 'in', now)).toBeNull()
    }),
    { numRuns: 200 },
  )
  expect(office.spend(text, 'in', now)).toEqual({ random, subject })
  expect(office.spend(text, 'in', now)).toBeNull()
  expect(office.read(text, 'in', now)).toBeNull()
})

test('a counter that stands or goes back does not hold, unless the device keeps none', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), (before, now) => {
      expect(counterHolds(before, now)).toBe(now > before || (now === 0 && before === 0))
    }),
  )
  expect(counterHolds(7, 0)).toBe(false)
})

test('passkeys work over https by name, and on the machine itself; not by number, and not over plain http', () => {
  expect(partyAt('https://oplive.example.dk', 'anything')).toEqual({
    id: 'oplive.example.dk',
    origin: 'https://oplive.example.dk',
  })
  expect(partyAt('http://192.168.1.7:3000', 'localhost:3000')).toEqual({
    id: 'localhost',
    origin: 'http://localhost:3000',
  })
  for (const [origin, host] of [
    ['http://192.168.1.7:3000', '192.168.1.7:3000'],
    ['http://oplive.lan', 'oplive.lan'],
    ['https://192.168.1.7', '192.168.1.7'],
    ['https://[::1]:3000', '[::1]:3000'],
    ['http://localhost:3000', 'localhost:3000.evil.example'],
    ['http://localhost:3000', undefined],
  ] as const)
    expect(partyAt(origin, host)).toBeNull()
})

test('who owes passkey and digits: those of the municipality where it has no sign-in of its own, by whatever way they came', () => {
  const somebody = (via: (typeof waysIn)[number], municipalRole: string | null, factorShown = false) => ({
    municipalRole,
    session: { via, factorShown },
  })
  const owing = waysIn.filter((via) => owesFactor(somebody(via, 'employee'), 'passkey'))
  expect(owing).toEqual(['terminal', 'mail', 'card', 'passkey', 'kept'])
  for (const via of waysIn) {
    expect(owesFactor(somebody(via, null), 'passkey')).toBe(false)
    expect(owesFactor(somebody(via, 'employee', true), 'passkey')).toBe(false)
    expect(owesFactor(somebody(via, 'employee'), 'demo')).toBe(false)
    expect(owesFactor(somebody(via, 'employee'), 'municipal')).toBe(false)
  }
  expect(waysIn.filter((via) => mayEquip(somebody(via, 'employee'), 'passkey'))).toEqual([
    'terminal',
    'passkey',
    'oidc',
    'saml',
  ])
})
