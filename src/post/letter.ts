// A letter that waits to be sent: what it holds, who it may go to, and how long it is tried.

/**
 * Of which kind, for the operator: `signIn` lets somebody in, `warning` tells that somebody tried, `asked` was asked for a moment ago, `result`
 * the next morning, `digest` once a week, `asking` whether somebody wants to be here, `still` whether they still do, `reminder` of a deadline.
 */
export const letterKinds = [
  'signIn',
  'warning',
  'asked',
  'result',
  'digest',
  'asking',
  'still',
  'reminder',
  'trial',
] as const
export type LetterKind = (typeof letterKinds)[number]

export interface Letter {
  /** `asked`, when it is left out. */
  kind?: LetterKind | undefined
  /** One address, as `readAddress` has read it. */
  to: string
  subject: string
  /** Plain text. */
  body: string
  /** An iCalendar file to go along. */
  calendar?: string | undefined
  /** Where whoever gets it stops such letters: a page with one button, which mail programs may press for them (RFC 8058). */
  stop?: string | undefined
  /** Not sent before this instant; as soon as can be, when it is left out. */
  notBefore?: Date | undefined
  /** Of no use after this instant: then it is not sent at all. */
  notAfter?: Date | undefined
}

export const longestAddress = 254
const longestSubject = 250

const label = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?`
const address = new RegExp(
  String.raw`^[A-Za-z0-9!#$%&'*+/=?^_{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_{|}~-]+)*@(?:${label}\.)+${label}$`,
  'u',
)

/** Reads one mail address. Null for anything else: a list, a name beside it, a line break, a mark that steers a mail server. */
export function readAddress(typed: string): string | null {
  const said = typed.normalize('NFC').trim()
  if (said.length > longestAddress || (said.split('@')[0]?.length ?? 0) > 64) return null
  return address.test(said) ? said : null
}

/** One line, whatever somebody has called a place: nothing in it can become a header of its own. */
export const subjectOf = (text: string): string => {
  const line = text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .normalize('NFC')
  const letters = [...line]
  return letters.length > longestSubject ? `${letters.slice(0, longestSubject - 1).join('')}…` : line
}

const minute = 60_000

/** How long to wait after this many tries: a minute, two, four, and from an hour on each hour. */
export const waitAfter = (tries: number): number => Math.min(2 ** Math.max(0, tries - 1), 60) * minute

/** Tried so often, a letter has been tried for two days. */
export const mostTries = (() => {
  let tries = 0
  for (let waited = 0; waited < 48 * 60 * minute; tries++) waited += waitAfter(tries + 1)
  return tries + 1
})()
