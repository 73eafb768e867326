// The form in which something is said, and said again in other words.
import { randomUUID } from 'node:crypto'
import type { Lang } from '../../i18n/catalogue.ts'
import { Button, Choice, type Problem, problemOf, TextArea, Tick } from '../../ui/forms.tsx'
import { longestStatement, statementKinds } from '../evening.ts'
import { words } from './words.ts'

interface SayFormProps {
  lang: Lang
  code: string
  /** What was typed before, or what stands now and is to be changed. */
  said?: URLSearchParams | undefined
  problems?: readonly Problem[] | undefined
  /** The statement that is changed. */
  change?: string | undefined
  /** The page that is kept for when there is no net: a script makes up the key when it is sent. */
  empty?: boolean
  /** It stands on the page of own words, and what is said is seen there. */
  mine?: boolean | undefined
}

export function SayForm({ lang, code, said, problems, change, empty, mine }: SayFormProps) {
  const say = words(lang)
  const key = said?.get('key') || (empty ? '' : randomUUID())
  const thanks = change || mine ? `/m/${code}/mine?lang=${lang}` : `/m/${code}?lang=${lang}&told=said`
  return (
    <form
      method="post"
      action={`/m/${code}/say`}
      novalidate
      data-outbox={thanks}
      data-draft={change ?? ''}
      data-refused={say('outbox.sayRefused')}
    >
      <input type="hidden" name="lang" value={lang} />
      {change ? <input type="hidden" name="id" value={change} /> : <input type="hidden" name="key" value={key} />}
      <Choice
        lang={lang}
        name="kind"
        legend={say('say.kind')}
        options={statementKinds.map((kind) => ({ value: kind, label: say(`kind.${kind}`) }))}
        value={said?.get('kind') ?? undefined}
        error={problemOf(problems, 'kind')}
      />
      <div class="stack" data-most={longestStatement} data-over={say('say.over')}>
        <TextArea
          lang={lang}
          name="text"
          label={say('say.text')}
          hint={say('say.textHint')}
          voice
          rows={4}
          value={said?.get('text') ?? undefined}
          error={problemOf(problems, 'text')}
        />
      </div>
      <Tick lang={lang} name="public" label={say('say.public')} checked={said?.has('public')} />
      <Button wide>{say(change ? 'mine.changeSend' : 'say.send')}</Button>
    </form>
  )
}
