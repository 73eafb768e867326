// What several pages of a room say alike: what has happened to the keys, what is to be mended, and small forms of one button.
import type { Child } from 'hono/jsx'
import { sayDay } from '../communities/times.ts'
import type { Lang } from '../i18n/catalogue.ts'
import { Button, type Problem } from '../ui/forms.tsx'
import { words as formWords } from '../ui/words.ts'
import type { KeyEvent, KeyPerson } from './keys.queries.ts'
import type { NoticeSeen } from './room.deeds.ts'
import type { Fault } from './room.ts'
import { words } from './words.ts'

/** Somebody's own text: it may run the other way without turning the line round it. */
export const own = (text: string): Child => <bdi>{text}</bdi>

const ofDate = new Set(['date.missing', 'date.unclear', 'date.day', 'date.month', 'date.year', 'date.impossible'])
type DateFault = 'date.missing' | 'date.unclear' | 'date.day' | 'date.month' | 'date.year' | 'date.impossible'
const isDateFault = (code: Fault['code']): code is DateFault => ofDate.has(code)

export const mendings = (lang: Lang, faults: readonly Fault[] | undefined): Problem[] | undefined =>
  faults?.map(({ field, code }) => ({
    field,
    message: isDateFault(code) ? formWords(lang)(code) : words(lang)(`problem.${code}`),
  }))

/** "Else fik nøglen efter Poul." */
export function sayEvent(lang: Lang, event: KeyEvent, people: readonly KeyPerson[]): string {
  const say = words(lang)
  const name = (id: string | null) => people.find((one) => one.id === id)?.name ?? say('keys.somebody')
  const said = say(`event.${event.what}`, {
    person: name(event.person),
    from: name(event.from),
    association: event.association ?? say('keys.somebody'),
  })
  return said.charAt(0).toUpperCase() + said.slice(1)
}

/** The same, where the names are known already. */
export function sayNotice(lang: Lang, { event, person, from }: NoticeSeen): string {
  const named = (id: string | null, name: string | null) => (id && name ? [{ id, name, holds: false }] : [])
  return sayEvent(lang, event, [...named(event.person, person), ...named(event.from, from)])
}

interface EventsProps {
  lang: Lang
  events: readonly KeyEvent[]
  people: readonly KeyPerson[]
  timeZone: string
  now: Date
}

export function Events({ lang, events, people, timeZone, now }: EventsProps) {
  if (events.length === 0) return <p>{words(lang)('room.nothingHappened')}</p>
  return (
    <ul>
      {events.map((event) => (
        <li>
          {own(sayEvent(lang, event, people))} <small class="soft">{sayDay(event.at, timeZone, lang, now)}</small>
        </li>
      ))}
    </ul>
  )
}

interface PressProps {
  action: string
  kind?: 'primary' | 'quiet' | 'danger'
  fields?: Record<string, string>
  children: Child
}

/** One button that does one thing. */
export const Press = ({ action, kind, fields = {}, children }: PressProps) => (
  <form method="post" action={action}>
    {Object.entries(fields).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    <Button kind={kind}>{children}</Button>
  </form>
)

interface SelectProps {
  name: string
  label: Child
  options: readonly { value: string; label: string }[]
  value?: string | undefined
  error?: string | undefined
}

/** One of many, by name. */
export const Select = ({ name, label, options, value, error }: SelectProps) => (
  <div class={error ? 'field mend' : 'field'}>
    <label for={name}>{label}</label>
    {error && (
      <p class="wrong" id={`${name}-error`}>
        {error}
      </p>
    )}
    <select
      class="wide"
      id={name}
      name={name}
      aria-invalid={error ? 'true' : undefined}
      aria-describedby={error ? `${name}-error` : undefined}
    >
      {options.map((one) => (
        <option value={one.value} selected={one.value === value ? true : undefined}>
          {one.label}
        </option>
      ))}
    </select>
  </div>
)
