// The field for the letters of a sheet, and how a slip in them is told.
import type { Lang } from '../i18n/catalogue.ts'
import { TextArea } from '../ui/forms.tsx'
import { inGroups, type Letters, type LettersProblem } from './letters.ts'
import { words } from './words.ts'

export type LettersFault = LettersProblem | { code: 'wrong' } | { code: 'wait'; minutes: number }

export function lettersFault(lang: Lang, fault: LettersFault): string {
  const say = words(lang)
  switch (fault.code) {
    case 'short':
    case 'long':
      return fault.group === null
        ? say(`letters.${fault.code}`, { count: fault.count })
        : say(`letters.${fault.code}Group`, { count: fault.count, group: fault.group })
    case 'strange':
      return say('letters.strange', { sign: fault.sign, group: fault.group })
    case 'typo':
      return say('letters.typo', { group: fault.group })
    case 'wait':
      return say('letters.wait', { count: fault.minutes })
    default:
      return say(`letters.${fault.code}`)
  }
}

/** Comes back as it was typed, with the fault. Only whoever typed the letters gets that page, and nothing keeps it. */
export function LettersField({
  lang,
  typed,
  error,
}: {
  lang: Lang
  typed?: string | undefined
  error?: string | undefined
}) {
  const say = words(lang)
  return (
    <TextArea
      lang={lang}
      name="letters"
      label={say('letters.label')}
      hint={say('letters.hint')}
      rows={2}
      code
      value={typed}
      error={error}
    />
  )
}

/** The letters as they are printed and shown: seven groups, each with its number, so that a slip can be found. */
export function LetterGroups({ lang, letters }: { lang: Lang; letters: Letters }) {
  const say = words(lang)
  return (
    <ol class="letter-groups">
      {inGroups(letters).map((group, index) => (
        <li>
          <small>{say('sheet.group', { number: index + 1 })}</small>
          <b translate="no">{group}</b>
        </li>
      ))}
    </ol>
  )
}
