// What somebody may say yes to, one purpose at a time. Each wording has a number and the hash of its words in both languages, so that what
// a yes was given to can be read for ever. Whoever changes a wording adds a version; the old words stay in the catalogue.
import type { Lang } from '../i18n/catalogue.ts'
import type { Medium } from './person.ts'
import { words } from './words.ts'

export const purposes = ['contactList', 'askMe', 'photo', 'letters', 'treeName', 'shareTask'] as const
export type Purpose = (typeof purposes)[number]
export const readPurpose = (text: string | null): Purpose | undefined => purposes.find((one) => one === text)

/** SHA-256 over the Danish and the English words, the first twelve letters of it. The last one is what is asked today. */
export const versions: Record<Purpose, readonly string[]> = {
  contactList: ['1ee8c77caaa4'],
  askMe: ['89ce0c180438'],
  photo: ['d4cfb1e8295e'],
  letters: ['932336676957'],
  treeName: ['fb7f1b55e062'],
  shareTask: ['00eced88cc6a'],
}

export const newestVersion = (purpose: Purpose): number => versions[purpose].length

/** The words of one version; of one that this program does not know, the newest. */
export function textOf(lang: Lang, purpose: Purpose, version = newestVersion(purpose)): string {
  const known = Math.min(Math.max(version, 1), newestVersion(purpose))
  return words(lang)(`consent.${purpose}.v${known}` as `consent.${Purpose}.v1`)
}

/** A yes that stands. */
export interface Consent {
  purpose: Purpose
  version: number
  medium: Medium
  givenAt: Date
}
