// The form of a promise: what, by when, to whom, and a first name. On a phone, on the page of one's own promise, and for a host who writes.
import { randomUUID } from 'node:crypto'
import type { Lang } from '../../i18n/catalogue.ts'
import { Button, DateField, Field, type Problem, problemOf, Steps, TextArea } from '../../ui/forms.tsx'
import { words as formWords } from '../../ui/words.ts'
import { type CommitmentProblem, longest, whenSaid } from './commitment.ts'
import { words } from './words.ts'

/** What somebody sent that has to be mended: shown again as it was typed. */
export interface Again {
  problems: readonly CommitmentProblem[]
  said: URLSearchParams
}

/** What is to be mended, in words: for the summary over the heading. */
export function mendings(lang: Lang, problems: readonly CommitmentProblem[]): Problem[] {
  return problems.map(({ field, code }) => ({ field, message: mending(lang, field, code) }))
}

function mending(lang: Lang, field: CommitmentProblem['field'], code: CommitmentProblem['code']): string {
  const say = words(lang)
  switch (code) {
    case 'date.unclear':
    case 'date.day':
    case 'date.month':
    case 'date.year':
    case 'date.impossible':
      return formWords(lang)(code)
    case 'too-long':
      return say('problem.too-long', { count: field in longest ? longest[field as keyof typeof longest] : 0 })
    default:
      return say(`problem.${code}`)
  }
}

interface FieldsProps {
  lang: Lang
  again?: Again | undefined
  /** Somebody writes it down for somebody else. */
  forOther?: boolean | undefined
  /** The id of the form, where the questions do not stand directly in it. */
  form?: string | undefined
}

/** The questions, in the order they are asked. */
function questionsOf({ lang, again, forOther, form }: FieldsProps) {
  const say = words(lang)
  const problems = again && mendings(lang, again.problems)
  const said = (name: string) => again?.said.get(name) ?? undefined
  return {
    what: (
      <TextArea
        lang={lang}
        name="what"
        label={say(forOther ? 'form.whatOther' : 'form.what')}
        hint={say('form.whatHint')}
        maxlength={longest.what}
        rows={2}
        voice={!forOther}
        value={said('what')}
        error={problemOf(problems, 'what')}
      />
    ),
    when: (
      <>
        <DateField
          lang={lang}
          name="when"
          form={form}
          legend={say('form.when')}
          hint={say('form.whenHint')}
          value={again && whenSaid(again.said)}
          error={problemOf(problems, 'when')}
        />
        <Field
          lang={lang}
          name="whom"
          label={say('form.whom')}
          hint={say('form.whomHint')}
          optional
          maxlength={longest.whom}
          value={said('whom')}
          error={problemOf(problems, 'whom')}
        />
      </>
    ),
    who: (
      <>
        <Field
          lang={lang}
          name="name"
          label={say(forOther ? 'form.nameOther' : 'form.name')}
          hint={say('form.nameHint')}
          autocomplete={forOther ? 'off' : 'given-name'}
          maxlength={longest.name}
          value={said('name')}
          error={problemOf(problems, 'name')}
        />
        <Field
          lang={lang}
          name="telephone"
          type="tel"
          inputmode="tel"
          label={say(forOther ? 'form.telephoneOther' : 'form.telephone')}
          hint={say('form.telephoneHint')}
          optional
          autocomplete={forOther ? 'off' : 'tel'}
          maxlength={longest.telephone}
          size={14}
          value={said('telephone')}
          error={problemOf(problems, 'telephone')}
        />
      </>
    ),
  }
}

/** All questions at once, without the form round them: to change a promise, and for whoever writes for others. */
export function CommitmentFields(props: FieldsProps) {
  const { what, when, who } = questionsOf(props)
  return (
    <>
      {what}
      {when}
      {who}
    </>
  )
}

/**
 * The whole form as a phone sends it. Its random key makes it the same promise when it is sent twice; each drawing of the form has
 * another, so do not put it where many phones get the same bytes.
 */
export function CommitmentForm({ lang, code, again }: { lang: Lang; code: string; again?: Again | undefined }) {
  const { what, when, who } = questionsOf({ lang, again, form: 'promise' })
  return (
    <form
      id="promise"
      method="post"
      action={`/m/${code}/commit`}
      novalidate
      data-draft=""
      data-outbox={`/m/${code}/promised?lang=${lang}`}
    >
      <input type="hidden" name="lang" value={lang} />
      <input type="hidden" name="key" value={again?.said.get('key') ?? randomUUID()} />
      <Steps
        lang={lang}
        all={again !== undefined}
        steps={[
          { id: 'p1', body: what },
          { id: 'p2', body: when },
          { id: 'p3', body: who },
        ]}
        finish={<Button wide>{words(lang)('form.send')}</Button>}
      />
    </form>
  )
}
