// An agreed note and the promises of a talk as they are read: by the two, by an other who brings a link, and aloud before both say yes.
import { OwnWords } from '../communities/own-words.tsx'
import { sayDate } from '../communities/times.ts'
import type { Lang } from '../i18n/catalogue.ts'
import { Actions, Button } from '../ui/forms.tsx'
import { Chip, Facts, Voice } from '../ui/parts.tsx'
import { type Note, spans } from './note.ts'
import type { AgreedNote, PromiseKept } from './notes.queries.ts'
import type { Side, Talk } from './talk.ts'
import { words } from './words.ts'

/** With a full stop, when nothing else ends it: it is read aloud. */
const ended = (what: string): string => (/[.!?…]$/.test(what) ? what : `${what}.`)

type Two = Pick<Talk, 'starterName' | 'otherName'>

export const nameOf = (lang: Lang, two: Two, side: Side): string =>
  (side === 'starter' ? two.starterName : two.otherName) ?? words(lang)('somebody')

export function NoteShown({ lang, note, talk }: { lang: Lang; note: AgreedNote; talk: Two }) {
  const say = words(lang)
  const last = note.starterYesAt > note.otherYesAt ? note.starterYesAt : note.otherYesAt
  return (
    <>
      <Themes lang={lang} themes={note.themes} />
      {note.ownWords && (
        <Voice>
          <OwnWords text={note.ownWords} />
        </Voice>
      )}
      <Facts
        facts={[
          [say('note.outcome'), say(`outcome.${note.outcome}`)],
          ...(note.nextOn ? [[say('note.next'), sayDate(note.nextOn, lang)] as const] : []),
          [
            say('note.approved'),
            say(`way.${note.way}`, {
              name: nameOf(lang, talk, note.phoneOf ?? 'starter'),
              day: sayDate(last.toISOString().slice(0, 10), lang),
            }),
          ],
        ]}
      />
      <p class="soft">{say('note.forgotten')}</p>
    </>
  )
}

function Themes({ lang, themes }: { lang: Lang; themes: Note['themes'] }) {
  if (themes.length === 0) return null
  return (
    <p class="theme-row">
      {themes.map((theme) => (
        <>
          <Chip tone="glow">{words(lang)(`theme.${theme}`)}</Chip>{' '}
        </>
      ))}
    </p>
  )
}

/** The whole draft in sentences, to be read aloud from the page. */
export function DraftShown({ lang, note, two }: { lang: Lang; note: Note; two: Two }) {
  const say = words(lang)
  const of = (side: Side) => note.promises.filter(({ by }) => by === side)
  return (
    <div data-read="" class="read-note">
      {note.themes.length > 0 && (
        <p>
          {say('read.themes')} {note.themes.map((theme) => say(`theme.${theme}`).toLowerCase()).join(', ')}.
        </p>
      )}
      {note.ownWords && (
        <blockquote>
          <OwnWords text={note.ownWords} />
        </blockquote>
      )}
      {(['starter', 'other'] as const).flatMap((side) =>
        of(side).map(({ what, byWhen }) => (
          <p>
            <b>
              <OwnWords text={nameOf(lang, two, side)} />:
            </b>{' '}
            <OwnWords text={ended(what)} />
            {byWhen && <> {say('read.by', { day: sayDate(byWhen, lang) })}</>}
          </p>
        )),
      )}
      <p>
        {say(`outcome.${note.outcome}`)}.{note.nextOn && <> {say('read.next', { day: sayDate(note.nextOn, lang) })}</>}
      </p>
    </div>
  )
}

interface PromisesProps {
  lang: Lang
  promises: readonly PromiseKept[]
  talk: Two
  today: string
  /** Where it is told how one went; none for who only reads. */
  tell?: string | undefined
}

const states = ['kept', 'made', 'renegotiated', 'released'] as const

/** Each promise, and from its day on the question how it went: four answers, and nobody is behind. */
export function PromisesShown({ lang, promises, talk, today, tell }: PromisesProps) {
  const say = words(lang)
  return (
    <ul class="promises">
      {promises.map((promise) => {
        const { id, by, what, byWhen, state, rev } = promise
        const open = state === 'made' || state === 'renegotiated'
        const asks = open && byWhen !== null && byWhen <= today
        return (
          <li id={`p-${id}`}>
            <p>
              <b>
                <OwnWords text={nameOf(lang, talk, by)} />:
              </b>{' '}
              <OwnWords text={what} />{' '}
              {byWhen && <span class="soft">{say('read.by', { day: sayDate(byWhen, lang) })}</span>}{' '}
              {state !== 'made' && <Chip tone={state === 'kept' ? 'beech' : 'glow'}>{say(`state.${state}`)}</Chip>}
            </p>
            {tell && (
              <details open={asks || undefined}>
                <summary>{say('promise.ask')}</summary>
                <form method="post" action={`${tell}/promises/${id}`} class="promise-told">
                  <input type="hidden" name="rev" value={String(rev)} />
                  <div class="field">
                    <label for={`day-${id}`}>{say('promise.newDay')}</label>
                    <select id={`day-${id}`} name="day">
                      <option value="">{say('write.noDay')}</option>
                      {spans.map((span) => (
                        <option value={span}>{say(`span.${span}`)}</option>
                      ))}
                    </select>
                  </div>
                  <Actions>
                    {states.map((one) => (
                      <Button kind="quiet" name="state" value={one}>
                        {say(`tellState.${one}`)}
                      </Button>
                    ))}
                  </Actions>
                </form>
              </details>
            )}
          </li>
        )
      })}
    </ul>
  )
}
