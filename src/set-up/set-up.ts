// Setting an installation up: by one link, printed in the terminal, that works once and in the first browser that opens it. No password, ever.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { wallTimeIn } from '../clock.ts'
import { type Founding, type Problem, type Read, readFounding } from '../communities/community.ts'
import { hasCpr } from '../cpr.ts'
import { cookieOf, cookieText } from '../door.ts'
import { readLine } from '../line.ts'
import { readAddress } from '../post/letter.ts'

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest()

export interface SetUpDoor {
  /** Until somebody has set it up, nobody else can be first. */
  isOpen(): boolean
  /** For the terminal; empty when it was told before. */
  path: string
  /** Does this link open it, in this browser? `claim` is the browser's own token, to be kept in its cookie; null where it may not. */
  enter(token: string, browser: string | undefined): { claim: string } | null
  /** It is set up. */
  close(): void
  /** For the same program when it starts itself anew: the link goes on in the browser that has it. Hashes; nothing opens with them. */
  handOver(): string
}

const cookie = 'oplive_set_up'

/** The cookie of the browser that opened the link first, to be set anew; null for everybody else: for them the link is not there. */
export function enterBy(door: SetUpDoor, token: string, cookies: string | undefined, secure: boolean): string | null {
  const entered = door.enter(token, cookieOf(cookies, cookie))
  return entered && cookieText({ name: cookie, value: entered.claim, path: '/set-up', seconds: 3600, secure })
}

/** A new link at each start, until it has been used; or the one that was handed over. Nothing of it is stored. */
export function openSetUp(needed: boolean, handedOver = ''): SetUpDoor {
  const [before, its] = handedOver.split('.').map((hex) => Buffer.from(hex, 'hex'))
  const goesOn = before?.length === 32 && its?.length === 32
  const token = randomBytes(24).toString('base64url')
  const kept = goesOn ? before : hashOf(token)
  let open = needed
  let browser: Buffer | null = goesOn ? its : null
  return {
    isOpen: () => open,
    path: goesOn ? '' : `/set-up/${token}`,
    enter(tried, claim) {
      if (!open || !timingSafeEqual(hashOf(tried), kept)) return null
      if (browser === null) {
        const fresh = randomBytes(24).toString('base64url')
        browser = hashOf(fresh)
        return { claim: fresh }
      }
      return claim !== undefined && timingSafeEqual(hashOf(claim), browser) ? { claim } : null
    },
    close() {
      open = false
    },
    handOver: () => (open && browser ? `${kept.toString('hex')}.${browser.toString('hex')}` : ''),
  }
}

export interface SetUp {
  /** The municipality or association that runs it. */
  name: string
  /** The first operator. */
  operator: string
  /** For whoever cannot use a page. */
  mail: string
  phone: string | null
  /** The address of the accessibility statement, when there is one. */
  statement: string | null
  /** By whose clock it is lived here. */
  zone: Zone
  /** The first place, when it is named already. */
  first: Founding | null
}

/** The clocks of the realm. */
export const zones = ['Europe/Copenhagen', 'Atlantic/Faroe', 'America/Nuuk'] as const
export type Zone = (typeof zones)[number]

export const longestName = 120
const longestPerson = 60
export type SetUpFault = 'name' | 'operator' | 'mail' | 'phone' | 'statement' | 'zone'

/** `first`: what is to be mended of the first place, by the fields of a founding; its name is asked for as `first`. */
export interface Reading {
  setUp: SetUp
  faults: SetUpFault[]
  first: Problem[]
}

export function readSetUp(form: URLSearchParams, now: Date): Reading {
  const faults: SetUpFault[] = []
  const line = (field: 'name' | 'operator', most: number): string => {
    const { line: said, fault } = readLine(form.get(field) ?? '', most)
    if (fault || hasCpr(said)) faults.push(field)
    return said
  }
  const name = line('name', longestName)
  const operator = line('operator', longestPerson)
  const mail = readAddress(form.get('mail') ?? '')
  if (mail === null || hasCpr(mail)) faults.push('mail')
  const phone = (form.get('phone') ?? '').trim()
  if (hasCpr(phone) || (phone !== '' && !/^\+?[\d\s()-]{4,40}$/.test(phone))) faults.push('phone')
  const statement = (form.get('statement') ?? '').trim()
  if (
    statement !== '' &&
    (hasCpr(statement) ||
      !URL.canParse(statement) ||
      new URL(statement).protocol !== 'https:' ||
      statement.length > 300)
  )
    faults.push('statement')
  const zone = zones.find((one) => one === form.get('zone'))
  if (!zone) faults.push('zone')
  const place = zone ? readFirst(form, wallTimeIn(zone, now).date) : null
  return {
    setUp: {
      name,
      operator,
      mail: mail ?? '',
      phone: phone || null,
      statement: statement || null,
      zone: zone ?? 'Europe/Copenhagen',
      first: place && 'value' in place ? place.value : null,
    },
    faults,
    first: place && 'problems' in place ? place.problems : [],
  }
}

/** The first place with the plan that every place has from its first day. Without a name it can wait. */
function readFirst(form: URLSearchParams, today: string): Read<Founding> | null {
  const name = (form.get('first') ?? '').trim()
  if (name === '') return null
  const plan = [...form].filter(([field]) => /^(?:last-day-|still-missing$)/.test(field))
  const read = readFounding(new URLSearchParams([['name', name], ...plan]), today)
  const personal: Problem[] = hasCpr(name) ? [{ field: 'first', code: 'name.missing' }] : []
  if ('problems' in read) {
    const named = read.problems.map((one) => (one.field === 'name' ? { ...one, field: 'first' } : one))
    return { problems: [...personal, ...named] }
  }
  return personal.length > 0 ? { problems: personal } : read
}
