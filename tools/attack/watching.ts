// T2 as a whole: many stories watched without a database, and some of them held for real, each beside a twin with other answers.
import type { Answer } from '../../src/shares/answers.ts'
import type { Dice } from './dice.ts'
import { holdStory } from './held-story.ts'
import type { AttackedHouse } from './house.ts'
import { type Event, makeStory, type Seen, type Story, tellStory } from './story.ts'
import { inOrder, type Watched, watch } from './watcher.ts'

export interface Watching extends Watched {
  stories: number
}

/** `careless`, for the control: without the rule about late cards the watcher must find many. */
export function watchStories(dice: Dice, stories: number, careless = false): Watching {
  const all: Watching = { stories, observations: 0, differences: 0, recovered: [] }
  for (let nth = 0; nth < stories; nth++) {
    const story = makeStory(dice.apart(`story ${nth}`))
    add(all, watch(seenIn(story, careless), story.residents), `story ${nth}`)
  }
  return all
}

export interface WatchingHeld extends Watching {
  /** Where the database showed something else than the rules without it. */
  unlike: string[]
  /** Where the screen before closing showed something else for other answers. */
  twins: string[]
}

/** Holds pairs of meetings: the same events, but other answers. */
export async function watchHeld(attacked: AttackedHouse, dice: Dice, pairs: number): Promise<WatchingHeld> {
  const all: WatchingHeld = {
    stories: 2 * pairs,
    observations: 0,
    differences: 0,
    recovered: [],
    unlike: [],
    twins: [],
  }
  const lane = async (lane: number) => {
    for (let nth = lane; nth < pairs; nth += 3) {
      const own = dice.apart(`held ${nth}`)
      const story = makeStory(own, 26)
      const twin = twinOf(story, own)
      const screens: string[][] = []
      for (const one of [story, twin]) {
        const held = await holdStory(attacked, one)
        const told = seenIn(one)
        held.forEach(({ onScreen, community, municipality }, step) => {
          if (inOrder({ onScreen, community, municipality }) !== inOrder(told[step]))
            all.unlike.push(`pair ${nth}, event ${step + 1} (${one.events[step]?.kind})`)
        })
        add(all, watch(held, one.residents), `held pair ${nth}`)
        screens.push(held.filter(({ onScreen }) => onScreen !== null).map(({ screen }) => screen))
      }
      if (JSON.stringify(screens[0]) !== JSON.stringify(screens[1])) all.twins.push(`pair ${nth}`)
    }
  }
  await Promise.all([lane(0), lane(1), lane(2)])
  return all
}

function seenIn(story: Story, careless = false): Seen[] {
  const seen: Seen[] = []
  tellStory(story, (one) => seen.push(one), careless)
  return seen
}

function add(all: Watched, one: Watched, where: string) {
  all.observations += one.observations
  all.differences += one.differences
  all.recovered.push(...one.recovered.map((what) => `${where}: ${what}`))
}

/** The same people do the same things in the same order, and every answer is another. */
function twinOf({ residents, events }: Story, dice: Dice): Story {
  const other = (answer: Answer | null): Answer | null => (answer === null ? null : ((1 + dice.below(5)) as Answer))
  const turned = (event: Event): Event => {
    switch (event.kind) {
      case 'card':
        return {
          ...event,
          card: { INF: other(event.card.INF), ABLE: other(event.card.ABLE), COUR: other(event.card.COUR) },
        }
      case 'next':
        return { ...event, words: !event.words }
      case 'who':
        return { ...event, people: 20 - event.people }
      default:
        return event
    }
  }
  return { residents, events: events.map(turned) }
}
