// Many who write at once, by the program's own deeds, and what each did: when it was begun, when it was thanked for, and how it is found again.
import { setTimeout as sleep } from 'node:timers/promises'
import { v7 as uuid } from 'uuid'
import { noteAudit } from '../../src/audit/audit.deeds.ts'
import { asSystem } from '../../src/db/as-actor.ts'
import { answerExitCard } from '../../src/meetings/answering.deeds.ts'
import { promise, takeBackOwn } from '../../src/meetings/commitments/commitments.deeds.ts'
import { openExitCard } from '../../src/meetings/exit-card.deeds.ts'
import type { CardAnswers } from '../../src/meetings/exit-card.ts'
import { openHall } from '../../src/meetings/hall.ts'
import { planMeeting } from '../../src/meetings/meeting.deeds.ts'
import { issueToken, readToken, tagOf } from '../../src/meetings/phone-token.ts'
import { forgetAll } from '../../src/mine/forget.deeds.ts'
import { writeDown } from '../../src/people/people.deeds.ts'
import type { World } from '../../src/test-house.ts'
import { type Chance, chanceOf } from '../rehearse/chance.ts'

export const kinds = ['yes', 'promise', 'card', 'audit', 'taken-back', 'left'] as const
export type Kind = (typeof kinds)[number]

export interface Done {
  kind: Kind
  /** How it is found: a person's id, a promise's words, a card's tag, the number of an entry. */
  mark: string
  began: number
  /** Infinity while nobody was thanked. */
  thanked: number
}

export interface Writers {
  /** Everything that was begun, in that order. */
  done: Done[]
  stop(): Promise<void>
}

/** `count` clients that write until they are stopped. What they do hangs on the seed, how it falls together on the machine. */
export async function write(world: World, count: number, seed: number): Promise<Writers> {
  const { house } = world
  const code = await planMeeting(
    world.freja,
    { id: world.holmetofte, timeZone: 'Europe/Copenhagen' },
    {
      kind: 'listening',
      purpose: `Øvelse ${seed}`,
      place: 'Hallen',
      hostName: 'Freja',
      date: '2029-03-14',
      time: '19:00',
    },
  )
  await openExitCard(world.freja, world.later, code)
  const hall = openHall(house)
  const meeting = await hall.find(code)
  const secrets = meeting?.phones
  if (!meeting || !secrets) throw new Error('the card is open')
  const done: Done[] = []
  let going = true

  async function deed(kind: Kind, mark: string, work: () => Promise<unknown>): Promise<void> {
    const one: Done = { kind, mark, began: performance.now(), thanked: Number.POSITIVE_INFINITY }
    done.push(one)
    await work()
    one.thanked = performance.now()
  }

  async function client(chance: Chance, number: number): Promise<void> {
    const here: string[] = []
    const promised: { what: string; secret: string }[] = []
    for (let n = 0; going; n++) {
      await sleep(chance.between(0, 8))
      const kind = chance.weighed({ yes: 5, promise: 4, card: 6, audit: 1, 'taken-back': 1, left: 2 })
      if (kind === 'yes') {
        const id = uuid()
        await deed(kind, id, () =>
          writeDown(world.poul, 'holmetofte', {
            id,
            name: `Beboer ${number}.${n}`,
            contactWish: 'none',
            telephone: null,
            mail: null,
            languages: [],
            ageBand: null,
            askedAbout: null,
            toldBy: 'paper',
            consents: ['contactList', 'letters'],
          }),
        )
        here.push(id)
      } else if (kind === 'promise') {
        const what = `bager ${seed}.${number}.${n}`
        const said = { key: uuid(), name: 'Else', what, byWhen: null, toWhom: null, telephone: null }
        await deed(kind, what, async () => {
          promised.push({ what, secret: (await promise(hall, meeting as never, said)).secret })
        })
      } else if (kind === 'card') {
        const token = readToken(secrets as never, issueToken(secrets as never)) ?? Buffer.alloc(0)
        const answers = {
          INF: chance.between(1, 5),
          ABLE: chance.between(1, 5),
          COUR: chance.between(1, 5),
        } as CardAnswers
        await deed(kind, tagOf(secrets as never, 'shares', token).toString('hex'), () =>
          answerExitCard(hall, meeting as never, token, { answers, rev: 1 }),
        )
      } else if (kind === 'audit') {
        const day = `${seed}-${number}-${n}`
        await deed(kind, day, () =>
          asSystem(house, 'the drill notes a run', (tx) => noteAudit(tx, 'retention.run', { facts: { day, rows: n } })),
        )
      } else if (kind === 'taken-back') {
        const one = promised.shift()
        if (one) await deed(kind, one.what, () => takeBackOwn(hall, one.secret))
      } else {
        const person = here.shift()
        if (person)
          await deed(kind, person, () =>
            asSystem(house, 'somebody leaves', (tx) => forgetAll(tx, { person, community: world.holmetofte })),
          )
      }
    }
  }

  const all = Array.from({ length: count }, (_, number) => client(chanceOf(seed, number), number))
  let fault: unknown
  for (const one of all)
    one.catch((error) => {
      fault ??= error
      going = false
    })
  return {
    done,
    async stop() {
      going = false
      await Promise.allSettled(all)
      if (fault) throw fault
    },
  }
}
