// Synthetic residents: what each answers, writes and corrects. This is the truth that the administrator must not find.
import { randomBytes } from 'node:crypto'
import { type CardAnswers, type Next, questions } from '../../src/meetings/exit-card.ts'
import type { Answer } from '../../src/shares/answers.ts'
import type { Dice } from './dice.ts'

export interface Resident {
  /** The number of the phone in the proxy's log, or the place of the card in the pile. In the order of arrival. */
  id: number
  medium: 'phone' | 'paper'
  answers: CardAnswers
  /** What they answered first, when they corrected it. */
  first: CardAnswers | null
  next: Next | null
  who: number | null
  /** The phone did not hear the thanks, and sends once more. */
  retries: boolean
  /** Comes when the card has closed. */
  late: boolean
}

/**
 * How often each answer is given. Every question has another favourite, and they are given independently of each other: a guess that
 * goes by the counts alone is then right as often as the counts say, whatever its order.
 */
const weights = {
  INF: [0.2, 0.28, 0.22, 0.14, 0.16],
  ABLE: [0.28, 0.16, 0.14, 0.22, 0.2],
  COUR: [0.15, 0.2, 0.28, 0.15, 0.22],
}

const deeds = [
  'Jeg låner stigen ud',
  'Jeg spørger naboen',
  'Jeg bager til fredag',
  'Jeg ringer til Karen',
  'Jeg maler bænken',
]

function aCard(dice: Dice, paper: boolean): CardAnswers {
  const card: CardAnswers = { INF: null, ABLE: null, COUR: null }
  for (const question of questions)
    if (!paper || !dice.happens(0.05)) card[question] = (dice.weighted(weights[question]) + 1) as Answer
  return card
}

function aResident(dice: Dice, id: number, paper: boolean): Resident {
  const said = dice.happens(0.7)
  // No two texts are alike, so that a text found anywhere is known to be this one.
  const words = `${deeds[dice.below(deeds.length)] ?? ''} ${randomBytes(4).toString('hex')}`
  return {
    id,
    medium: paper ? 'paper' : 'phone',
    answers: aCard(dice, paper),
    first: !paper && dice.happens(0.12) ? aCard(dice, false) : null,
    next: said ? (dice.happens(0.6) ? { kind: 'words', text: words } : { kind: 'nothing' }) : null,
    who: said && dice.happens(0.7) ? dice.below(9) : null,
    retries: !paper && dice.happens(0.1),
    late: false,
  }
}

/** `onTime` residents before the card closes, and in some meetings a few, or a whole batch, afterwards. */
export function residentsOf(dice: Dice, onTime: number, alsoPaper = true): Resident[] {
  const paper = alsoPaper && onTime > 5 && dice.happens(0.3) ? Math.floor(onTime / 6) : 0
  const late = dice.happens(0.25) ? 1 + dice.below(3) : onTime >= 60 && dice.happens(0.15) ? 22 : 0
  return Array.from({ length: onTime + late }, (_, id) => ({
    ...aResident(dice, id, id >= onTime - paper && id < onTime),
    late: id >= onTime,
  }))
}
