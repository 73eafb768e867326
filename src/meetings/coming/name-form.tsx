// The forms that ask for a first name and nothing else: "Jeg kommer", "Tag en nabo med", and the host's "Skriv på".
import type { Lang } from '../../i18n/catalogue.ts'
import { Actions, Button, Field } from '../../ui/forms.tsx'
import { longestName } from './coming.ts'
import { words } from './words.ts'

interface NameFormProps {
  lang: Lang
  action: string
  /** New for each page: what is sent twice is said once. */
  formKey: string
  label: string
  hint?: string | undefined
  send: string
  quiet?: boolean | undefined
  value?: string | undefined
  error?: string | undefined
  autocomplete?: string | undefined
}

export function NameForm(p: NameFormProps) {
  return (
    <form method="post" action={p.action} novalidate>
      <input type="hidden" name="lang" value={p.lang} />
      <input type="hidden" name="key" value={p.formKey} />
      <Field
        lang={p.lang}
        name="name"
        label={p.label}
        hint={p.hint}
        maxlength={longestName}
        autocomplete={p.autocomplete ?? 'off'}
        value={p.value}
        error={p.error}
      />
      <Actions>
        <Button kind={p.quiet ? 'quiet' : undefined}>{p.send}</Button>
      </Actions>
    </form>
  )
}

type ComeFormProps = Pick<NameFormProps, 'lang' | 'action' | 'formKey' | 'value' | 'error' | 'quiet'>

export function ComeForm(p: ComeFormProps) {
  const say = words(p.lang)
  return (
    <NameForm
      {...p}
      label={say('come.name')}
      hint={say('come.hint')}
      send={say('come.send')}
      autocomplete="given-name"
    />
  )
}
