// What somebody who has been asked does: reads who asks and from where, says yes and is a person, or no and is forgotten at once.

import { codeHash, isSame, mostWrongElsewhere, readDigits } from '../access/mail-question.ts'
import type { SignedIn } from '../access/session.deeds.ts'
import { asSystem, type House, isMunicipal } from '../db/as-actor.ts'
import { becomePerson, personFor, tellFor } from '../people/becoming.deeds.ts'
import type { ContactWish } from '../people/person.ts'
import { refuse } from '../refusal.ts'
import { countAnswer, forgetAsked, type Question, questionBy, wrongDigits } from './asked.queries.ts'
import { readSecret } from './secrets.ts'

export interface QuestionSeen extends Omit<Question, 'digits'> {
  /** The six digits of the mail are wanted: programs that look through mail press buttons, and a yes is a person's own. */
  digits: boolean
}

const seen = ({ digits, ...question }: Question): QuestionSeen => ({ ...question, digits: digits !== null })

/** A code that was typed is a guess until it is found, and is slowed as one. */
const gone = (secret: string) => refuse(readSecret(secret)?.link ? 'asked.gone' : 'code.unknown')

export async function seeQuestion(house: House, secret: string): Promise<QuestionSeen> {
  const read = readSecret(secret) ?? gone(secret)
  const question = await asSystem(house, 'who holds the link or the code reads the question', (tx) =>
    questionBy(tx, read.hash, false),
  )
  return question ? seen(question) : gone(secret)
}

export interface SaidYes {
  name: string
  wish: ContactWish
  digits: string
  device: string
  /** Who is signed in says yes as who they are. */
  me: SignedIn | null
}

/** A yes makes the person. Answers the session's token for a guest; `wrong` when the digits are not those of the mail. */
export async function sayYes(
  house: House,
  secret: string,
  said: SaidYes,
): Promise<{ token: string | null; slug: string } | 'wrong'> {
  if (said.me && isMunicipal(said.me)) refuse('not-yours')
  const read = readSecret(secret) ?? gone(secret)
  return asSystem(house, 'who was asked says yes, and is a person', async (tx) => {
    const question = (await questionBy(tx, read.hash, true)) ?? gone(secret)
    if (question.digits && read.link) {
      const digits = readDigits(said.digits)
      const right = digits !== null && isSame(question.digits, codeHash(digits, secret))
      if (!right || question.wrong >= mostWrongElsewhere) {
        await wrongDigits(tx, question.id)
        return 'wrong'
      }
    }
    const community = { id: question.community, timeZone: question.timeZone }
    // The one who was asked is the account: the same yes, sent twice, is one person.
    const guest = { community, account: question.id, name: said.name, existsBy: 'said_yes' as const }
    const opened = said.me ? null : await becomePerson(tx, house, { ...guest, device: said.device })
    if (said.me) await personFor(tx, house, { ...guest, account: said.me.account, name: said.me.name })
    if (opened)
      await tellFor(tx, question.community, question.id, {
        contactWish: said.wish,
        telephone: question.telephone,
        mail: question.mail,
      })
    await forgetAsked(tx, question.id)
    await countAnswer(tx, question.moving, 'yes')
    return { token: opened?.token ?? null, slug: question.slug }
  })
}

/** One tap, and nothing is left of them here. */
export async function sayNo(house: House, secret: string): Promise<void> {
  const read = readSecret(secret) ?? gone(secret)
  await asSystem(house, 'who was asked says no, and is forgotten', async (tx) => {
    const question = (await questionBy(tx, read.hash, true)) ?? gone(secret)
    await forgetAsked(tx, question.id)
    await countAnswer(tx, question.moving, 'no')
  })
}
