// What the pages of a move say alike: why something is refused, the signs that are read aloud, a file to choose, and small forms.
import type { Child } from 'hono/jsx'
import { OwnWords } from '../communities/own-words.tsx'
import type { Lang } from '../i18n/catalogue.ts'
import { Button } from '../ui/forms.tsx'
import { Notice } from '../ui/notices.tsx'
import { readAloud } from './envelope.ts'
import type { Fault } from './problem.ts'
import { words } from './words.ts'

interface RefusedProps {
  lang: Lang
  fault: Fault
  /** A place in a file; for a day, the day as it is said. */
  where: string
}

/** What happened, what is safe, and what to do. */
export function Refused({ lang, fault, where }: RefusedProps) {
  const say = words(lang)
  return (
    <Notice lang={lang} kind="error" title={say(`fault.${fault}.what`, { where })}>
      <p>
        {say('fault.safe')} {say(`fault.${fault}.do`)}
      </p>
      {where !== '' && fault !== 'late' && (
        <p>
          <small>{say('fault.where', { where })}</small>
        </p>
      )}
    </Notice>
  )
}

/** A fingerprint in groups of four, to be read aloud over a telephone. */
export function Signs({ title, fingerprint }: { title: Child; fingerprint: string }) {
  return (
    <figure class="signs">
      <figcaption>{title}</figcaption>
      <code>{readAloud(fingerprint)}</code>
    </figure>
  )
}

interface FileFieldProps {
  name: string
  label: string
  hint: string
  accept: string
  error?: string | undefined
}

export function FileField({ name, label, hint, accept, error }: FileFieldProps) {
  return (
    <div class={error ? 'field mend' : 'field'}>
      <label for={name}>{label}</label>
      <p class="hint" id={`${name}-hint`}>
        {hint}
      </p>
      {error && (
        <p class="wrong" id={`${name}-error`}>
          {error}
        </p>
      )}
      <input
        class="wide"
        type="file"
        id={name}
        name={name}
        accept={accept}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={error ? `${name}-hint ${name}-error` : `${name}-hint`}
      />
    </div>
  )
}

interface PressProps {
  action: string
  kind?: 'primary' | 'quiet' | 'danger'
  children: Child
}

/** One button that does one thing. */
export const Press = ({ action, kind, children }: PressProps) => (
  <form method="post" action={action}>
    <Button kind={kind}>{children}</Button>
  </form>
)

export const own = (text: string): Child => <OwnWords text={text} />
