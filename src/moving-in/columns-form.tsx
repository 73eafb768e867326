// What each column of a list is: as it was understood, to be corrected.
import { OwnWords } from '../communities/own-words.tsx'
import type { Lang } from '../i18n/catalogue.ts'
import { Actions, Button } from '../ui/forms.tsx'
import { fields } from './headings.ts'
import { words } from './words.ts'

interface ColumnsProps {
  lang: Lang
  action: string
  headings: readonly string[]
  mapping: readonly string[]
}

export function ColumnsForm({ lang, action, headings, mapping }: ColumnsProps) {
  const say = words(lang)
  return (
    <form method="post" action={action}>
      <p class="hint">{say('columns.hint')}</p>
      {headings.map((heading, column) => (
        <div class="field">
          <label for={`column-${column}`}>
            {heading ? <OwnWords text={heading} /> : say('columns.unnamed', { number: column + 1 })}
          </label>
          <select id={`column-${column}`} name={`column-${column}`}>
            {fields.map((field) => (
              <option value={field} selected={mapping[column] === field || undefined}>
                {say(`column.${field}`)}
              </option>
            ))}
          </select>
        </div>
      ))}
      <Actions>
        <Button kind="quiet">{say('columns.send')}</Button>
      </Actions>
    </form>
  )
}
