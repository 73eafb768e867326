// The fields of a person: the same for oneself, and for a key holder who writes down what somebody says. And what is to be mended in them.
import type { Lang } from '../i18n/catalogue.ts'
import { Choice, Field, type Problem, problemOf, Tick } from '../ui/forms.tsx'
import { type Purpose, purposes, textOf } from './consents.ts'
import { ageBands, contactWishes, longest, type PersonProblem } from './person.ts'
import { words } from './words.ts'

/** The messages of the problems, each at its field. */
export function mendings(lang: Lang, problems: readonly PersonProblem[] | undefined): Problem[] | undefined {
  const say = words(lang) as (key: string) => string
  return problems?.map(({ field, code }) => ({ field, message: say(`problem.${field}.${code}`) }))
}

interface FieldsProps {
  lang: Lang
  said?: URLSearchParams | undefined
  problems?: readonly Problem[] | undefined
  /** A key holder writes it for somebody else. `kept`: for somebody who stands here already. */
  other?: 'new' | 'kept' | undefined
}

export function PersonFields({ lang, said, problems, other }: FieldsProps) {
  const say = words(lang)
  const field = (name: string) => ({
    lang,
    name,
    value: said?.get(name) ?? undefined,
    error: problemOf(problems, name),
  })
  return (
    <>
      <Field
        {...field('name')}
        label={say(other ? 'form.nameOther' : 'form.name')}
        hint={say('form.nameHint')}
        autocomplete={other ? 'off' : 'name'}
        maxlength={longest.name}
      />
      <Choice
        {...field('wish')}
        plain
        legend={say(other ? 'wish.askOther' : 'wish.ask')}
        options={contactWishes.map((value) => ({ value, label: say(`wish.${value}`) }))}
      />
      <Field
        {...field('telephone')}
        label={say('form.telephone')}
        type="tel"
        optional
        autocomplete={other ? 'off' : 'tel'}
        maxlength={longest.telephone}
      />
      <Field
        {...field('mail')}
        label={say('form.mail')}
        type="email"
        optional
        autocomplete={other ? 'off' : 'email'}
        maxlength={longest.mail}
      />
      <Field
        {...field('languages')}
        label={say(other ? 'form.languagesOther' : 'form.languages')}
        hint={say('form.languagesHint')}
        optional
        maxlength={longest.languages}
      />
      <Choice
        {...field('band')}
        plain
        legend={say(other ? 'form.bandOther' : 'form.band')}
        hint={say(other ? 'form.bandHintOther' : 'form.bandHint')}
        options={ageBands.map((value) => ({ value, label: value.replace('-', '–') }))}
        last={{ value: '', label: say('form.bandOpen') }}
      />
      <Field
        {...field('askedAbout')}
        label={say(other ? 'form.askedAboutOther' : 'form.askedAbout')}
        hint={
          other === 'kept' ? `${say('form.askedAboutHint')} ${say('form.askedAboutKept')}` : say('form.askedAboutHint')
        }
        optional
        maxlength={longest.askedAbout}
      />
    </>
  )
}

/** How the yes was given to a key holder. */
export function ToldByChoice({ lang, said, problems }: FieldsProps) {
  const say = words(lang)
  return (
    <Choice
      lang={lang}
      name="toldBy"
      plain
      legend={say('form.told')}
      options={[
        { value: 'paper', label: say('form.toldPaper') },
        { value: 'voice', label: say('form.toldVoice') },
      ]}
      value={said?.get('toldBy') ?? undefined}
      error={problemOf(problems, 'toldBy')}
    />
  )
}

/** A tick for each purpose, with its words. */
export function ConsentTicks({ lang, said }: FieldsProps) {
  return (
    <>
      {purposes.map((purpose: Purpose) => (
        <Tick
          lang={lang}
          name={purpose}
          label={textOf(lang, purpose)}
          checked={said?.get(purpose) === 'yes' || undefined}
        />
      ))}
    </>
  )
}
