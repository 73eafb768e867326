// Writing the note together: themes by tap, what each promises, and when again; then it is read aloud, and both say yes in one of three ways.
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { sayDate } from '../communities/times.ts'
import type { Lang } from '../i18n/catalogue.ts'
import { Button, Choice, Field, problemOf, TextArea } from '../ui/forms.tsx'
import { Notice } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Part, Sheet } from '../ui/parts.tsx'
import { type Draft, draftText, hintsIn, longest, outcomes, promiseField, promisesEach, spans, themes } from './note.ts'
import { DraftShown, nameOf } from './note-shown.tsx'
import { type Again, roomOfTalk, talkFrame } from './said.tsx'
import { type Side, theOther } from './talk.ts'
import type { TalkSeen } from './talks.deeds.ts'
import { words } from './words.ts'

const readAloud = 'src/ui/read-aloud.island.ts'

interface FormProps {
  visit: Visit
  seen: TalkSeen
  said: URLSearchParams
  /** The number of the note that is changed. */
  base: number
  problems?: Again['problems'] | undefined
}

export function noteFormPage({ visit, seen, said, base, problems }: FormProps): string {
  const { lang } = visit
  const say = words(lang)
  const { talk, community } = seen
  const path = `/talks/${talk.id}/note`
  return renderPage(
    <Page
      {...talkFrame(visit, path, roomOfTalk(talk.room, community))}
      title={say('write.title')}
      lead={say('write.lead')}
      problems={problems}
    >
      <form method="post" action={path} novalidate class="note-form">
        <input type="hidden" name="base" value={said.get('base') ?? String(base)} />
        <fieldset class={problemOf(problems, 'theme') ? 'choice taps mend' : 'choice taps'}>
          <legend class="question">{say('write.themes')}</legend>
          {problemOf(problems, 'theme') && <p class="wrong">{problemOf(problems, 'theme')}</p>}
          {themes.map((theme, n) => (
            <label class="option">
              <input
                type="checkbox"
                id={n === 0 ? 'theme' : `theme-${n + 1}`}
                name="theme"
                value={theme}
                checked={said.getAll('theme').includes(theme) || undefined}
              />
              <span>{say(`theme.${theme}`)}</span>
            </label>
          ))}
        </fieldset>
        {(['starter', 'other'] as const).map((side) => (
          <PromiseFields visit={visit} seen={seen} side={side} said={said} problems={problems} />
        ))}
        <div class="two-taps">
          <Choice
            lang={lang}
            name="outcome"
            legend={say('write.outcome')}
            hint={say('write.outcomeHint')}
            options={outcomes.map((outcome) => ({ value: outcome, label: say(`outcome.${outcome}`) }))}
            value={said.get('outcome') ?? undefined}
            error={problemOf(problems, 'outcome')}
          />
        </div>
        <Span
          lang={lang}
          name="next"
          label={say('write.next')}
          none={say('write.noDay')}
          value={said.get('next') ?? ''}
        />
        <details open={said.get('words') || problemOf(problems, 'words') ? true : undefined}>
          <summary>{say('write.wordsOpen')}</summary>
          <TextArea
            lang={lang}
            name="words"
            label={say('write.words')}
            hint={say('write.wordsHint')}
            optional
            rows={3}
            maxlength={longest.ownWords}
            value={said.get('words') ?? undefined}
            error={problemOf(problems, 'words')}
          />
        </details>
        <Button wide>{say('write.read')}</Button>
      </form>
      <p>
        <a href="/worried">{say('worried.title')}</a>
      </p>
    </Page>,
  )
}

function PromiseFields({ visit, seen, side, said, problems }: Omit<FormProps, 'base'> & { side: Side }) {
  const { lang } = visit
  const say = words(lang)
  const { talk } = seen
  const own = talk.mine === side
  const name = own ? say('write.youPromise') : say('write.theyPromise', { name: theOther(talk) ?? say('theOther') })
  return (
    <fieldset class="choice promise-fields">
      <legend class="question">
        <OwnWords text={name} />
      </legend>
      {Array.from({ length: promisesEach }, (_, at) => {
        const field = promiseField(side, at + 1)
        const error = problemOf(problems, field)
        const row = (
          <div class="promise-row">
            <Field
              lang={lang}
              name={field}
              label={say(at === 0 ? 'write.what' : 'write.whatMore')}
              maxlength={longest.what}
              value={said.get(field) ?? undefined}
              error={error}
            />
            <Span
              lang={lang}
              name={`${field}-when`}
              label={say('write.when')}
              none={say('write.noDay')}
              value={said.get(`${field}-when`) ?? ''}
            />
          </div>
        )
        return at === 0 || said.get(field) || error ? (
          row
        ) : (
          <details>
            <summary>{say('write.more')}</summary>
            {row}
          </details>
        )
      })}
    </fieldset>
  )
}

/** A day by one tap: in a week, in a fortnight. A day that was agreed before stays among them. */
function Span({
  lang,
  name,
  label,
  none,
  value,
}: {
  lang: Lang
  name: string
  label: string
  none: string
  value: string
}) {
  const say = words(lang)
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <select id={name} name={name}>
        <option value="">{none}</option>
        {/^\d{4}-/.test(value) && (
          <option value={value} selected>
            {sayDate(value, lang)}
          </option>
        )}
        {spans.map((span) => (
          <option value={span} selected={value === span}>
            {say(`span.${span}`)}
          </option>
        ))}
      </select>
    </div>
  )
}

/** What is carried from page to page: the words themselves, and nothing of them in the database. */
function Carried({ draft, more }: { draft: Draft; more?: Readonly<Record<string, string>> }) {
  return (
    <>
      <input type="hidden" name="draft" value={draftText(draft)} />
      {Object.entries(more ?? {}).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </>
  )
}

export function readPage(visit: Visit, { talk, community }: TalkSeen, draft: Draft): string {
  const { lang } = visit
  const say = words(lang)
  const path = `/talks/${talk.id}/note`
  const hints = hintsIn(draft)
  return renderPage(
    <Page
      {...talkFrame(visit, path, roomOfTalk(talk.room, community))}
      title={say('read.title')}
      lead={say('read.lead')}
      scripts={[readAloud]}
    >
      {hints.length > 0 && (
        <Notice lang={lang} kind="warn" title={say('read.hintTitle')}>
          {hints.map((hint) => (
            <p>{say(`hint.${hint}`)}</p>
          ))}
          <p>{say('read.hintWrong')}</p>
        </Notice>
      )}
      <div data-read-label={say('read.aloud')}>
        <Sheet>
          <DraftShown lang={lang} note={draft} two={talk} />
        </Sheet>
      </div>
      <form method="post" action={`${path}/again`}>
        <Carried draft={draft} />
        <Button kind="quiet">{say('read.change')}</Button>
      </form>
      <Part id="ways" title={say('read.ways')}>
        <form method="post" action={`${path}/one`} class="way">
          <Carried draft={draft} />
          <Button wide>{say('read.one')}</Button>
          <p class="hint">{say('read.oneHow')}</p>
        </form>
        <form method="post" action={`${path}/two`} class="way">
          <Carried draft={draft} />
          <Button kind="quiet" wide>
            {say('read.two')}
          </Button>
          <p class="hint">{say('read.twoHow')}</p>
        </form>
        <form method="post" action={`${path}/slip`} class="way">
          <Carried draft={draft} />
          <Button kind="quiet" wide>
            {say('read.slip')}
          </Button>
          <p class="hint">{say('read.slipHow')}</p>
        </form>
      </Part>
      <p class="soft">{say('read.nothing')}</p>
    </Page>,
  )
}

interface HandedProps {
  visit: Visit
  seen: TalkSeen
  draft: Draft
  /** Where it is sent, and what goes along. */
  to: 'one' | 'slip'
  more: Readonly<Record<string, string>>
  again?: Again | undefined
}

/** The telephone is handed over: now the other reads, and says yes. Or the slip with both names is typed in. */
export function handedPage({ visit, seen: { talk, community }, draft, to, more, again }: HandedProps): string {
  const { lang } = visit
  const say = words(lang)
  const path = `/talks/${talk.id}/note`
  const other = talk.mine === 'starter' ? 'other' : 'starter'
  const known = nameOf(lang, talk, other)
  const asks = talk.mine === 'starter' && !talk.otherIsHere
  return renderPage(
    <Page
      {...talkFrame(visit, path, roomOfTalk(talk.room, community))}
      person={undefined}
      title={say(`handed.${to}`)}
      lead={<OwnWords text={say(`handed.${to}Lead`, { name: known })} />}
      problems={again?.problems}
      scripts={[readAloud]}
    >
      <div data-read-label={say('read.aloud')}>
        <Sheet>
          <DraftShown lang={lang} note={draft} two={talk} />
        </Sheet>
      </div>
      <form method="post" action={`${path}/${to === 'one' ? 'both' : 'signed'}`} novalidate>
        <Carried draft={draft} more={more} />
        {asks && (
          <Field
            lang={lang}
            name="name"
            label={say(`handed.${to}Name`)}
            hint={say('handed.nameHint')}
            autocomplete="off"
            maxlength={60}
            value={again?.said.get('name') ?? talk.otherName ?? undefined}
            error={problemOf(again?.problems, 'name')}
          />
        )}
        <Button wide>{say(`handed.${to}Yes`)}</Button>
      </form>
      <form method="post" action={`${path}/again`}>
        <Carried draft={draft} />
        <Button kind="quiet">{say('read.change')}</Button>
      </form>
      <p class="soft">{say('handed.later')}</p>
    </Page>,
  )
}
