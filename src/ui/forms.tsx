// The parts of a form: what is asked, what may be answered, and what is to be mended. They work without a script.
import type { Child } from 'hono/jsx'
import type { Lang } from '../i18n/catalogue.ts'
import type { DateSaid } from './dates.ts'
import { words } from './words.ts'

/** Something to mend. `field` is the field's name, which is also the id of its first input. */
export interface Problem {
  field: string
  message: string
}

/** The message for a field, to hand to its `error`. */
export const problemOf = (problems: readonly Problem[] | undefined, field: string): string | undefined =>
  problems?.find((problem) => problem.field === field)?.message

/** Stands over the heading. Each link says exactly what the field says, and leads to it. */
export function ErrorSummary({ lang, problems }: { lang: Lang; problems: readonly Problem[] }) {
  if (problems.length === 0) return null
  const say = words(lang)
  return (
    // The page came back with something to mend: without a script, this is how it is read first.
    <div class="summary" tabindex={-1} autofocus>
      <div role="alert">
        <h2>{say('form.mend', { count: problems.length })}</h2>
        <ul>
          {problems.map(({ field, message }) => (
            <li>
              <a href={`#${field}`}>{message}</a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

const describedBy = (...ids: (string | false | undefined)[]) => ids.filter(Boolean).join(' ') || undefined

function Hint({ id, children }: { id: string; children?: Child }) {
  return (
    <p class="hint" id={id}>
      {children}
    </p>
  )
}

function Wrong({ lang, id, children }: { lang: Lang; id: string; children?: Child }) {
  return (
    <p class="wrong" id={id}>
      <span class="away">{words(lang)('form.wrong')} </span>
      {children}
    </p>
  )
}

interface Asked {
  lang: Lang
  name: string
  hint?: Child | undefined
  error?: string | undefined
}

interface FieldProps extends Asked {
  label: Child
  value?: string | undefined
  type?: 'text' | 'email' | 'tel' | 'search' | 'password' | undefined
  inputmode?: 'text' | 'numeric' | 'email' | 'tel' | undefined
  autocomplete?: string | undefined
  maxlength?: number | undefined
  /** How many characters wide, when the answer has a known length. */
  size?: number | undefined
  optional?: boolean | undefined
  /** Letters set wide apart, for codes. */
  code?: boolean | undefined
}

/** One line to write. */
export function Field(p: FieldProps) {
  const say = words(p.lang)
  const hint = p.hint !== undefined && `${p.name}-hint`
  const error = p.error !== undefined && `${p.name}-error`
  return (
    <div class={p.error ? 'field mend' : 'field'}>
      <label for={p.name}>
        {p.label}
        {p.optional && <span class="optional"> ({say('form.optional')})</span>}
      </label>
      {hint && <Hint id={hint}>{p.hint}</Hint>}
      {error && (
        <Wrong lang={p.lang} id={error}>
          {p.error}
        </Wrong>
      )}
      <input
        class={p.code ? 'code' : p.size ? undefined : 'wide'}
        id={p.name}
        name={p.name}
        type={p.type ?? 'text'}
        inputmode={p.inputmode}
        autocomplete={p.autocomplete ?? 'off'}
        autocapitalize={p.code ? 'characters' : undefined}
        maxlength={p.maxlength}
        size={p.size}
        value={p.value}
        aria-invalid={p.error ? 'true' : undefined}
        aria-describedby={describedBy(hint, error)}
      />
    </div>
  )
}

interface TextAreaProps extends Asked {
  label: Child
  value?: string | undefined
  maxlength?: number | undefined
  rows?: number | undefined
  optional?: boolean | undefined
  /** The label is a question put to a person: set it in Fraunces. */
  voice?: boolean | undefined
  /** Letters set wide apart, for a code that is too long for one line. */
  code?: boolean | undefined
}

/** Several lines to write; says how many characters there is room for. */
export function TextArea(p: TextAreaProps) {
  const say = words(p.lang)
  const hint = p.hint !== undefined && `${p.name}-hint`
  const room = p.maxlength !== undefined && `${p.name}-room`
  const error = p.error !== undefined && `${p.name}-error`
  return (
    <div class={p.error ? 'field mend' : 'field'}>
      <label class={p.voice ? 'question' : undefined} for={p.name}>
        {p.label}
        {p.optional && <span class="optional"> ({say('form.optional')})</span>}
      </label>
      {hint && <Hint id={hint}>{p.hint}</Hint>}
      {error && (
        <Wrong lang={p.lang} id={error}>
          {p.error}
        </Wrong>
      )}
      <textarea
        class={p.code ? 'wide code-lines' : 'wide'}
        id={p.name}
        name={p.name}
        rows={p.rows ?? 3}
        maxlength={p.maxlength}
        autocomplete="off"
        autocapitalize={p.code ? 'characters' : undefined}
        spellcheck={p.code ? false : undefined}
        aria-invalid={p.error ? 'true' : undefined}
        aria-describedby={describedBy(hint, error, room)}
      >
        {p.value}
      </textarea>
      {room && <Hint id={room}>{say('form.atMost', { count: p.maxlength ?? 0 })}</Hint>}
    </div>
  )
}

interface Option {
  value: string
  label: Child
  hint?: Child | undefined
}

interface ChoiceProps extends Asked {
  /** The question, as a person would say it. */
  legend: Child
  options: readonly Option[]
  /** "Ved ikke": comes last, after an "eller". */
  last?: Option | undefined
  /** What was answered before. Nothing is chosen beforehand. */
  value?: string | undefined
  /** A plain label instead of a question in Fraunces: for the host's forms. */
  plain?: boolean | undefined
  /** The id of the form, where this does not stand directly in it: the inspectors' tool looks no further up. */
  form?: string | undefined
}

/** One answer of a few, in one column. */
export function Choice(p: ChoiceProps) {
  const say = words(p.lang)
  const hint = p.hint !== undefined && `${p.name}-hint`
  const error = p.error !== undefined && `${p.name}-error`
  const option = (one: Option, index: number) => (
    <label class="option">
      <input
        type="radio"
        id={index === 0 ? p.name : `${p.name}-${index + 1}`}
        name={p.name}
        value={one.value}
        checked={p.value === one.value ? true : undefined}
      />
      <span>
        {one.label}
        {one.hint !== undefined && <small>{one.hint}</small>}
      </span>
    </label>
  )
  return (
    <fieldset class={p.error ? 'choice mend' : 'choice'} form={p.form} aria-describedby={describedBy(hint, error)}>
      <legend class={p.plain ? undefined : 'question'}>{p.legend}</legend>
      {hint && <Hint id={hint}>{p.hint}</Hint>}
      {error && (
        <Wrong lang={p.lang} id={error}>
          {p.error}
        </Wrong>
      )}
      {p.options.map(option)}
      {p.last && (
        <>
          <p class="or">{say('form.or')}</p>
          {option(p.last, p.options.length)}
        </>
      )}
    </fieldset>
  )
}

interface TickProps extends Asked {
  label: Child
  value?: string | undefined
  checked?: boolean | undefined
}

/** One thing to say yes to. */
export function Tick(p: TickProps) {
  const hint = p.hint !== undefined && `${p.name}-hint`
  const error = p.error !== undefined && `${p.name}-error`
  return (
    <div class={p.error ? 'choice mend' : 'choice'}>
      {error && (
        <Wrong lang={p.lang} id={error}>
          {p.error}
        </Wrong>
      )}
      <label class="option">
        <input
          type="checkbox"
          id={p.name}
          name={p.name}
          value={p.value ?? 'yes'}
          checked={p.checked || undefined}
          aria-invalid={p.error ? 'true' : undefined}
          aria-describedby={describedBy(hint, error)}
        />
        <span>{p.label}</span>
      </label>
      {hint && <Hint id={hint}>{p.hint}</Hint>}
    </div>
  )
}

interface DateFieldProps extends Asked {
  legend: Child
  /** What was typed, word for word. */
  value?: DateSaid | undefined
  /** The id of the form, where this does not stand directly in it: the inspectors' tool looks no further up. */
  form?: string | undefined
}

/** Day, month and year as three fields; the month may be a word, and "3. maj" may stand in the first. Read it with `readDate`. */
export function DateField(p: DateFieldProps) {
  const say = words(p.lang)
  const hint = `${p.name}-hint`
  const error = p.error !== undefined && `${p.name}-error`
  const part = (id: string, name: keyof DateSaid, size: number) => (
    <span class={`part ${name}`}>
      <label for={id}>{say(`form.${name}`)}</label>
      <input
        id={id}
        name={`${p.name}-${name}`}
        type="text"
        inputmode={name === 'year' ? 'numeric' : undefined}
        size={size}
        autocomplete="off"
        value={p.value?.[name]}
        aria-invalid={p.error ? 'true' : undefined}
      />
    </span>
  )
  return (
    <fieldset class={p.error ? 'field mend' : 'field'} form={p.form} aria-describedby={describedBy(hint, error)}>
      <legend>{p.legend}</legend>
      <Hint id={hint}>{p.hint ?? say('form.dateHint')}</Hint>
      {error && (
        <Wrong lang={p.lang} id={error}>
          {p.error}
        </Wrong>
      )}
      <div class="parts">
        {part(p.name, 'day', 3)}
        {part(`${p.name}-month`, 'month', 9)}
        {part(`${p.name}-year`, 'year', 4)}
      </div>
    </fieldset>
  )
}

type TimeFieldProps = Asked & { label: Child; value?: string | undefined; optional?: boolean | undefined }

/** A time of day in one short field. Read it with `readTime`. */
export function TimeField(p: TimeFieldProps) {
  return <Field {...p} hint={p.hint ?? words(p.lang)('form.timeHint')} size={6} />
}

type ButtonKind = 'primary' | 'quiet' | 'danger'
const buttonClass = (kind: ButtonKind | undefined, wide: boolean | undefined) =>
  ['button', kind !== 'primary' && kind, wide && 'wide'].filter(Boolean).join(' ')

interface ButtonProps {
  /** `primary`: the one thing to do on the screen. `quiet`: the other things. `danger`: it cannot be taken back. */
  kind?: ButtonKind | undefined
  name?: string | undefined
  value?: string | undefined
  type?: 'submit' | 'button' | undefined
  formaction?: string | undefined
  wide?: boolean | undefined
  children?: Child | undefined
}

/** Says what happens when it is pressed. */
export function Button({ kind, type, wide, children, ...rest }: ButtonProps) {
  return (
    <button class={buttonClass(kind, wide)} type={type ?? 'submit'} {...rest}>
      {children}
    </button>
  )
}

interface ButtonLinkProps {
  href: string
  kind?: ButtonKind | undefined
  wide?: boolean | undefined
  rel?: string | undefined
  download?: string | undefined
  children?: Child | undefined
}

/** A link that looks like a button, for the one place to go next. */
export function ButtonLink({ kind, wide, children, ...rest }: ButtonLinkProps) {
  return (
    <a class={buttonClass(kind, wide)} {...rest}>
      {children}
    </a>
  )
}

/** The buttons of a form or a sheet, in a row that wraps; the thing to do first. */
export function Actions({ children }: { children?: Child }) {
  return <div class="actions">{children}</div>
}

interface StepsProps {
  lang: Lang
  /** Each step has an id for the address (`q1`), not the name of a field. */
  steps: readonly { id: string; body: Child }[]
  /** Show every step at once: the form came back with something to mend. */
  all?: boolean | undefined
  /** The button that sends; stands in the last step. */
  finish: Child
}

/**
 * One question at a time inside one form and one document, without a script: the step in the address is the one that shows.
 * Next and Back are links, so the browser's Back keeps every answer. Where `:has` is unknown, and on paper, all steps show.
 */
export function Steps({ lang, steps, all, finish }: StepsProps) {
  const say = words(lang)
  return (
    <div class={all ? 'steps all' : 'steps'}>
      {steps.map(({ id, body }, index) => {
        const next = steps[index + 1]
        const back = steps[index - 1]
        const place = { number: index + 1, total: steps.length }
        return (
          <section class="step" id={id} tabindex={-1} aria-label={say('steps.question', place)}>
            <p class="progress" aria-hidden="true">
              {steps.map((_, at) => (
                <i class={at <= index ? 'on' : undefined} />
              ))}
              <span>{say('steps.progress', place)}</span>
            </p>
            {body}
            <div class="moves">
              {next ? (
                <a class="button next" href={`#${next.id}`}>
                  {say('steps.next')}
                </a>
              ) : (
                finish
              )}
              {back && (
                <a class="button quiet back" href={`#${back.id}`}>
                  {say('steps.back')}
                </a>
              )}
            </div>
          </section>
        )
      })}
    </div>
  )
}
