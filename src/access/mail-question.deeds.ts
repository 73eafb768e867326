// Being let in by mail: a letter is asked for, and its link or its six digits are answered, once.
import { asSystem, type House, type Tx } from '../db/as-actor.ts'
import type { Lang } from '../i18n/catalogue.ts'
import { hurryPost, lettersArrive, writeLetter } from '../post/post.ts'
import { refuse } from '../refusal.ts'
import { afterAnswer } from './after-answer.ts'
import { tellOwners } from './failed-try.deeds.ts'
import * as ask from './mail.queries.ts'
import {
  codeHash,
  isSame,
  mostWrong,
  mostWrongElsewhere,
  newDigits,
  type Purpose,
  questionMinutes,
} from './mail-question.ts'
import { addSession } from './session.deeds.ts'
import { hashOf, isToken, newToken } from './sign-in.ts'
import type { Watch } from './watch.ts'
import { letterFor } from './way-letters.ts'

interface Asking {
  purpose: Purpose
  /** As `readAddress` has read it. */
  address: string
  /** Who proves, or whose address it is to be; null for somebody who signs in. */
  account: string | null
  way: string
  lang: Lang
  origin: string
}

/**
 * Asks for a letter. Answers the token of the browser that asked, the same for an address that is known here and for one that is not:
 * who has it is found out, and the letter written, when the answer has gone out.
 */
export async function askByMail(house: House, watch: Watch, asking: Asking): Promise<string> {
  if (!house.mail) refuse('not-found')
  const { purpose, way, account, lang, origin } = asking
  const address = asking.address.toLowerCase()
  if (purpose === 'in') await watch.enter()
  const [browser, digits, now] = [newToken(), newDigits(), house.clock.now()]
  // Who proves something, or sets an address, types the digits where they are: their letter has no link.
  const link = purpose === 'in' ? newToken() : null
  const expiresAt = new Date(now.getTime() + questionMinutes * 60_000)
  await asSystem(house, 'somebody asks for a letter', (tx) =>
    ask.addQuestion(tx, {
      browserHash: hashOf(browser),
      linkHash: link === null ? null : hashOf(link),
      codeByBrowser: codeHash(digits, browser),
      codeByLink: link === null ? null : codeHash(digits, link),
      purpose,
      address,
      account,
      way,
      now,
      expiresAt,
    }),
  )
  afterAnswer(house, async () => {
    await asSystem(house, 'write the letter if somebody here has the address', async (tx) => {
      const known = purpose !== 'in' || (await ask.accountsBy(tx, address)).length > 0
      if (!known) await ask.forgetAddress(tx, hashOf(browser))
      if (!known || !(await watch.mayWrite(address)) || (account && !(await watch.mayWrite(account)))) return
      const written = letterFor(lang, purpose, { digits, link: link && addressOf(origin, link, lang) })
      await writeLetter(tx, { kind: 'signIn', to: address, notAfter: expiresAt, ...written })
    })
    hurryPost()
  })
  return browser
}

/** The link as it stands in the letter: it opens in the language that was asked in. */
const addressOf = (origin: string, link: string, lang: Lang): string =>
  `${origin}/in/mail/${link}${lang === 'da' ? '' : `?lang=${lang}`}`

/** What comes of digits: they were wrong, or the question is over; the door is open; or it is open, and several live behind it. */
type Answered =
  | { now: 'wrong' | 'over' }
  | { now: 'in'; session: string; way: string }
  | { now: 'who'; browser: string }

interface Trying {
  by: 'browser' | 'link'
  token: string | undefined
  digits: string
  device: string
}

/** Tries six digits to sign in, in the browser that asked or behind the link of the same letter. */
export async function tryDigits(house: House, watch: Watch, { by, token, digits, device }: Trying): Promise<Answered> {
  const found = await tried(
    house,
    watch,
    { by, token, digits, purpose: 'in' },
    async (tx, question): Promise<Answered> => {
      const accounts = await ask.accountsBy(tx, question.address ?? '')
      if (accounts.length > 1) {
        const browser = newToken()
        await ask.handOver(tx, question.browser_hash, hashOf(browser))
        return { now: 'who', browser }
      }
      await ask.dropQuestion(tx, question.browser_hash)
      const only = accounts[0]
      if (!only) return { now: 'over' }
      await lettersArrive(tx, question.address ?? '')
      return {
        now: 'in',
        session: await addSession(tx, house, { account: only.id, via: 'mail', device }),
        way: question.way,
      }
    },
  )
  return typeof found === 'string' ? { now: found } : found
}

/** Tries the digits of somebody who is signed in and shows something. Answers the question when they are right; it is gone then. */
export function proveDigits(
  house: House,
  watch: Watch,
  trying: { token: string | undefined; digits: string; purpose: 'prove' | 'address'; account: string },
): Promise<ask.Question | 'wrong' | 'over'> {
  return tried(house, watch, { by: 'browser', ...trying }, async (tx, question) => {
    await ask.dropQuestion(tx, question.browser_hash)
    return question
  })
}

/** One try: whoever comes at the same time waits for it. What is wrong is counted, and told to the owner after the answer. */
async function tried<T>(
  house: House,
  watch: Watch,
  trying: { by: 'browser' | 'link'; token: string | undefined; digits: string; purpose: Purpose; account?: string },
  right: (tx: Tx, question: ask.Question) => Promise<T>,
): Promise<T | 'wrong' | 'over'> {
  const { by, token, digits, purpose, account } = trying
  if (!isToken(token)) return 'over'
  let missed: ask.Question | null = null
  const answer = await asSystem(house, 'somebody answers with six digits', async (tx) => {
    const question = await ask.findQuestion(tx, by, hashOf(token), house.clock.now(), 'locked')
    if (!question || question.purpose !== purpose || question.proven) return 'over'
    if (account !== undefined && question.account_id !== account) return 'over'
    if (by === 'link' && question.wrong_elsewhere >= mostWrongElsewhere) return 'over'
    const kept = by === 'browser' ? question.code_by_browser : question.code_by_link
    const opens = by === 'link' || (await watch.digitsOpen(question.address ?? ''))
    if (isSame(kept, codeHash(digits, token)) && opens) return right(tx, question)
    missed = question
    if (by === 'link') await ask.countWrong(tx, question.browser_hash, 'elsewhere')
    else if (question.wrong + 1 >= mostWrong) await ask.dropQuestion(tx, question.browser_hash)
    else await ask.countWrong(tx, question.browser_hash, 'here')
    return 'wrong'
  })
  const address = (missed as ask.Question | null)?.address
  if (address && purpose !== 'address')
    afterAnswer(house, async () => {
      if (by === 'browser') await watch.wrongDigits(address)
      await tellOwners(house, { address, via: 'mail' })
    })
  return answer
}

/** Who may press the button of a link: those who have the mailbox, in the browser that asked. Null anywhere else: there it wants the digits. */
export async function lookAtMailLink(
  house: House,
  link: string,
  browser: string | undefined,
): Promise<{ id: string; name: string }[] | null> {
  if (!isToken(link)) refuse('sign-in.used')
  return asSystem(house, 'look at a link from a letter', async (tx) => {
    const question =
      (await ask.findQuestion(tx, 'link', hashOf(link), house.clock.now(), 'seen')) ?? refuse('sign-in.used')
    return isOf(question, browser) ? ask.accountsBy(tx, question.address ?? '') : null
  })
}

const isOf = (question: ask.Question, browser: string | undefined): boolean =>
  isToken(browser) && isSame(question.browser_hash, hashOf(browser))

/** Presses the button of a link, in the browser that asked. */
export const signInByLink = (house: House, link: string, browser: string | undefined, who: string, device: string) =>
  signInAs(house, { by: 'link', token: link }, who, device, (question) => isOf(question, browser))

/** Those who share the mailbox, for the browser whose digits were right. */
export async function whoSharesIt(house: House, browser: string | undefined): Promise<{ id: string; name: string }[]> {
  if (!isToken(browser)) refuse('sign-in.used')
  return asSystem(house, 'who shares this mailbox', async (tx) => {
    const question = await ask.findQuestion(tx, 'browser', hashOf(browser), house.clock.now(), 'seen')
    return question?.proven ? ask.accountsBy(tx, question.address ?? '') : refuse('sign-in.used')
  })
}

/** One of them says who they are. */
export const signInAsOne = (house: House, browser: string | undefined, who: string, device: string) =>
  signInAs(house, { by: 'browser', token: browser }, who, device, (question) => question.proven)

async function signInAs(
  house: House,
  { by, token }: { by: 'browser' | 'link'; token: string | undefined },
  who: string,
  device: string,
  may: (question: ask.Question) => boolean,
): Promise<{ session: string; way: string }> {
  if (!isToken(token)) refuse('sign-in.used')
  return asSystem(house, 'somebody presses the button of a letter', async (tx) => {
    const question = await ask.findQuestion(tx, by, hashOf(token), house.clock.now(), 'locked')
    if (!question || !may(question)) refuse('sign-in.used')
    const accounts = await ask.accountsBy(tx, question.address ?? '')
    const one = accounts.find(({ id }) => id === who) ?? refuse('sign-in.used')
    await ask.dropQuestion(tx, question.browser_hash)
    await lettersArrive(tx, question.address ?? '')
    return { session: await addSession(tx, house, { account: one.id, via: 'mail', device }), way: question.way }
  })
}
