// The post: letters are laid in a box in the same transaction as what they tell of, and a postman hands them to the mail server.
import { setTimeout as wait } from 'node:timers/promises'
import { asSystem, type House, type Tx } from '../db/as-actor.ts'
import { type Letter, longestAddress, mostTries, readAddress, subjectOf, waitAfter } from './letter.ts'
import { type Handed, type MailServer, type MailSettings, mailServer } from './mail-server.ts'
import * as ask from './post.queries.ts'

/** Lays a letter in the box, in a transaction of the system: it is sent if the transaction is kept. Gone from here once it is sent. */
export async function writeLetter(tx: Tx, letter: Letter): Promise<void> {
  const address = readAddress(letter.to)
  if (address === null) throw new RangeError(`a letter goes to one address of at most ${longestAddress} characters`)
  await ask.addLetter(tx, {
    address,
    subject: subjectOf(letter.subject),
    body: letter.body,
    calendar: letter.calendar ?? null,
    kind: letter.kind ?? 'asked',
    stop: letter.stop ?? null,
    notBefore: letter.notBefore ?? null,
    notAfter: letter.notAfter ?? null,
  })
}

export interface Round {
  sent: number
  /** The server will never take them: the address does not exist, or the letter is not wanted. */
  refused: number
  /** Tried for two days. */
  givenUp: number
  /** Why the server takes none now; undefined when it does. */
  away: unknown
}

/** Whoever has taken a letter has this long to hand it over; then another may. Longer than a handing can last. */
const holding = 5 * 60_000

/** Hands over every letter that is due, until there is none or the server is away. Two that do this at once never take the same letter. */
export async function emptyBox(house: House, server: MailServer, goOn = () => true): Promise<Round> {
  const round: Round = { sent: 0, refused: 0, givenUp: 0, away: undefined }
  while (goOn() && round.away === undefined) {
    const now = house.clock.now()
    const letter = await asSystem(house, 'take a letter to send', (tx) =>
      ask.takeLetter(tx, now, new Date(now.getTime() + holding)),
    )
    if (!letter) break
    const handed = await server.hand(letter)
    if (handed.outcome === 'away') round.away = handed.error
    const done = whatNow(handed, letter.tries)
    if (done === 'again') {
      const again = new Date(house.clock.now().getTime() + waitAfter(letter.tries))
      const answer = handed.outcome === 'sent' ? null : handed.answer
      await asSystem(house, 'a letter is tried again', (tx) => ask.tryAgain(tx, letter.id, again, answer))
      continue
    }
    round[done]++
    await firmly(() =>
      asSystem(house, 'a letter is done with', async (tx) => {
        await ask.dropLetter(tx, letter.id)
        const day = dayOf(house.clock.now())
        await ask.countLetter(tx, day, letter.kind, done === 'givenUp' ? 'given_up' : done)
        // What the server has against one letter says nothing of the mailbox.
        if (done === 'refused' && handed.outcome !== 'sent' && handed.atAddress)
          await ask.noteTrouble(tx, letter.address, 'refused', day)
        if (done === 'givenUp') await ask.noteTrouble(tx, letter.address, 'givenUp', day)
      }),
    )
  }
  return round
}

const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

/** A notice of another mail server has come back: letters to this address do not arrive. */
export async function noteReturned(house: House, address: string): Promise<void> {
  const day = dayOf(house.clock.now())
  await asSystem(house, 'a mail server sent a letter back', async (tx) => {
    await ask.noteTrouble(tx, address, 'returned', day)
    await ask.countLetter(tx, day, 'returned', 'returned')
  })
}

/** A letter has brought its owner in: it arrives. In a transaction of the system. */
export const lettersArrive = (tx: Tx, address: string): Promise<void> => ask.forgetTrouble(tx, address)

/** A database that is away for a moment does not make a letter go out twice. */
async function firmly(work: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (tries === 10) throw error
      await wait(2_000)
    }
  }
}

function whatNow({ outcome }: Handed, tries: number): 'sent' | 'refused' | 'givenUp' | 'again' {
  if (outcome === 'sent' || outcome === 'refused') return outcome
  return tries >= mostTries ? 'givenUp' : 'again'
}

export interface Post {
  /** Finishes the letter under way, and takes no other. */
  stop(): Promise<void>
}

/** How often the box is looked into; seldom while the server is away. */
const lookEvery = 5_000
const lookWhenAway = 60_000
/** A stopping program waits so long for the letter under way. */
const mostWait = 4_000

/** The postmen of this process, who can be asked to look now. */
const postmen = new Set<() => void>()

/** For letters that somebody waits for, once they lie in the box: the postman looks now, unless the server is away. */
export function hurryPost(): void {
  for (const look of postmen) look()
}

/** Starts the postman of this process. The log is told how many, never to whom. */
export function startPost(house: House, settings: MailSettings): Post {
  const server = mailServer(settings)
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let walking = Promise.resolve()
  let resting: 'no' | 'awake' | 'away' = 'no'
  let hurried = false

  const walk = async () => {
    let pause = lookEvery
    resting = 'no'
    hurried = false
    try {
      const round = await emptyBox(house, server, () => !stopped)
      if (round.sent > 0) house.log.say('post.sent', { count: round.sent })
      if (round.refused > 0) house.log.say('post.refused', { count: round.refused })
      if (round.givenUp > 0) house.log.say('post.given-up', { count: round.givenUp })
      if (round.away !== undefined) {
        house.log.fail('post.away', round.away)
        pause = lookWhenAway
      }
    } catch (error) {
      house.log.fail('work.failed', error)
    }
    resting = pause === lookEvery ? 'awake' : 'away'
    // Asked while on the way: that letter may have come too late for this round.
    if (!stopped) timer = setTimeout(go, hurried && resting === 'awake' ? 0 : pause).unref()
  }
  const go = () => {
    walking = walk()
  }
  const hurry = () => {
    hurried = true
    if (resting !== 'awake' || stopped) return
    clearTimeout(timer)
    go()
  }
  postmen.add(hurry)
  go()

  return {
    async stop() {
      stopped = true
      postmen.delete(hurry)
      clearTimeout(timer)
      // A server that does not answer keeps nobody from stopping: the letter under way is taken up again after the next start.
      await Promise.race([walking, new Promise((enough) => setTimeout(enough, mostWait).unref())])
      server.close()
    },
  }
}
