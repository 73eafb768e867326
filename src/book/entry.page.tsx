// One thing in the book: the form to write or change it, and what is shown when it has been struck out.
import { sayDate } from '../communities/times.ts'
import type { Lang } from '../i18n/catalogue.ts'
import { Actions, Button, ButtonLink, DateField, Field, type Problem, problemOf, TextArea } from '../ui/forms.tsx'
import { Notice } from '../ui/notices.tsx'
import { Facts, Part } from '../ui/parts.tsx'
import { words as formWords } from '../ui/words.ts'
import {
  asForm,
  dateSaid,
  type Entry,
  type EntryKind,
  type EntryProblem,
  fieldsOf,
  isEntryKind,
  longest,
  type Words,
  wordsIn,
} from './entry.ts'
import { bookPage, type Visiting } from './frame.tsx'
import { words } from './words.ts'

/** What was sent says its kind; anything else is a note. */
export function kindIn(form: URLSearchParams): EntryKind {
  const kind = form.get('kind')
  return isEntryKind(kind) ? kind : 'note'
}

export function entryProblems(lang: Lang, problems: readonly EntryProblem[]): Problem[] {
  const say = words(lang)
  return problems.map(({ field, code }) => ({
    field,
    message:
      code === 'missing'
        ? say('problem.missing')
        : code === 'too-long'
          ? say('problem.too-long', { count: field === 'on' ? 0 : longest[field] })
          : formWords(lang)(code),
  }))
}

interface EntryFieldsProps {
  lang: Lang
  kind: EntryKind
  said?: URLSearchParams | undefined
  problems?: readonly Problem[] | undefined
}

const rows = { text: 6, challenge: 4, choice: 4, outcome: 4, ask: 3 }
const beats: readonly string[] = ['challenge', 'choice', 'outcome']

/** The questions of this kind. What is said about others stands beside them: nobody else reads it, and it is still about somebody. */
export function EntryFields({ lang, kind, said, problems }: EntryFieldsProps) {
  const say = words(lang)
  const given = (name: string) => said?.get(name) ?? undefined
  return (
    <>
      {fieldsOf[kind].map((name) =>
        name === 'where' || name === 'name' ? (
          <Field
            lang={lang}
            name={name}
            label={say(`field.${name}`)}
            optional={name === 'where'}
            maxlength={longest[name]}
            value={given(name)}
            error={problemOf(problems, name)}
          />
        ) : (
          <TextArea
            lang={lang}
            name={name}
            label={say(`field.${name}`)}
            rows={rows[name]}
            optional={name === 'ask' || beats.includes(name)}
            maxlength={longest[name]}
            value={given(name)}
            error={problemOf(problems, name)}
          />
        ),
      )}
      {kind === 'reminder' && (
        <DateField
          lang={lang}
          name="on"
          legend={say('field.on')}
          value={said && dateSaid(said)}
          error={problemOf(problems, 'on')}
        />
      )}
      <p class="hint">{say('others')}</p>
    </>
  )
}

export interface EntryPageProps {
  visit: Visiting
  kind: EntryKind
  /** Of a new one, the id its form brings along: sent twice, it is one. */
  id: string
  said?: URLSearchParams | undefined
  problems?: readonly EntryProblem[] | undefined
  /** What stands there now, when it is changed and not new. */
  entry?: Entry | undefined
  /** `gone`: there is no book any more. `elsewhere`: another device was first. */
  told?: 'gone' | 'elsewhere' | undefined
}

export function entryPage(p: EntryPageProps): string {
  const { visit, kind, id, entry } = p
  const { lang } = visit
  const say = words(lang)
  const problems = entryProblems(lang, p.problems ?? [])
  const change = entry !== undefined || p.said?.get('to') === 'change'
  const came = p.problems !== undefined || p.told !== undefined
  const said = p.said ?? (entry && asForm(entry))
  const seen = p.told === 'elsewhere' ? entry?.rev : (p.said?.get('seen') ?? entry?.rev)
  return bookPage({
    visit,
    title: say(change ? `kind.${kind}` : `write.${kind}`),
    lead: say(`writeLead.${kind}`),
    path: came ? undefined : change ? `/book/e/${id}` : `/book/new/${kind}`,
    problems,
    children: (
      <>
        {p.told && (
          <Notice lang={lang} kind="warn" title={say(`entry.${p.told}`)}>
            <p>{say(`entry.${p.told}What`)}</p>
          </Notice>
        )}
        <form method="post" action={change ? `/book/e/${id}` : '/book/write'} novalidate>
          <input type="hidden" name="to" value={change ? 'change' : 'write'} />
          <input type="hidden" name="kind" value={kind} />
          <input type="hidden" name="id" value={id} />
          {change && <input type="hidden" name="seen" value={seen} />}
          <EntryFields lang={lang} kind={kind} said={said} problems={problems} />
          <Actions>
            <Button>{say(change ? 'entry.save' : 'list.save')}</Button>
            <ButtonLink kind="quiet" href="/book">
              {say('back')}
            </ButtonLink>
          </Actions>
        </form>
        {p.told === 'elsewhere' && entry && (
          <Part title={say('entry.now')}>
            <OwnText words={entry} />
          </Part>
        )}
        {entry && !came && (
          <>
            <Facts
              facts={[
                [say('entry.written'), sayDate(entry.written, lang)],
                ...(entry.changed === entry.written
                  ? []
                  : [[say('entry.changed'), sayDate(entry.changed, lang)] as const]),
              ]}
            />
            <form method="post" action={`/book/e/${id}/strike`}>
              <Actions>
                <Button kind="danger">{say('entry.strike')}</Button>
              </Actions>
            </form>
          </>
        )}
      </>
    ),
  })
}

/** The words as they were written, line by line, in whatever direction they run. */
export function OwnText({ words: entry }: { words: Words }) {
  return (
    <div class="own-text">
      {wordsIn(entry).map((text) => (
        <p dir="auto">{text}</p>
      ))}
    </div>
  )
}

/** Struck out, with the way back in the page itself: sealed, so that not even this page shows it. */
export function struckPage(visit: Visiting, struck: string): string {
  const say = words(visit.lang)
  return bookPage({
    visit,
    title: say('struck.title'),
    lead: say('struck.lead'),
    children: (
      <form method="post" action="/book/undo">
        <input type="hidden" name="struck" value={struck} />
        <Actions>
          <Button kind="quiet">{say('struck.undo')}</Button>
          <ButtonLink href="/book">{say('back')}</ButtonLink>
        </Actions>
      </form>
    ),
  })
}
