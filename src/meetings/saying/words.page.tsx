// Others' words on a phone: one after the other, each with its large button »Det kender jeg også«.
import type { Lang } from '../../i18n/catalogue.ts'
import { ButtonLink } from '../../ui/forms.tsx'
import { EmptyState } from '../../ui/notices.tsx'
import type { Evening, Said } from '../evening.ts'
import { phonePage, SaidWords, WaitsForYou, Ways, type Where } from './phone.page.tsx'
import { pictureOf } from './phone-state.page.tsx'
import { partOf, type WallPart } from './wall-part.ts'
import { words } from './words.ts'

/** What this phone has said and recognised. */
export interface Known {
  own: ReadonlySet<string>
  known: ReadonlySet<string>
}

interface WordsProps extends Where, Known {
  evening: Evening
  /** Which part of a long wall. */
  part: number
  /** The page it stands on: `/words`, or the meeting's own. */
  path: '' | '/words'
}

/** The list with its buttons, or why there is none yet. */
export function WordsToKnow({ lang, meeting, evening, part: asked, path, own, known }: WordsProps) {
  const say = words(lang)
  const { wall, words: toSee } = pictureOf(evening)
  const part = partOf(wall.kind === 'too-few' ? [] : wall.said, asked)
  const at = (number: number) => `/m/${meeting.code}${path}?lang=${lang}&part=${number}`
  return (
    <>
      {wall.kind === 'too-few' && (
        <EmptyState title={say('know.tooFew')}>{say('know.tooFewNow', { count: wall.voices })}</EmptyState>
      )}
      {wall.kind === 'no-hope-yet' && (
        <div class="notice">
          <p>{say('know.waiting', { count: wall.waiting })}</p>
        </div>
      )}
      {wall.kind !== 'too-few' && part.of === 0 && wall.kind === 'words' && <EmptyState title={say('know.none')} />}
      {part.said.length > 0 && (
        <ol class="words" id="words">
          {part.said.map((said) => (
            <Word {...{ lang, said, own, known }} code={meeting.code} path={path} part={part.part} />
          ))}
        </ol>
      )}
      {part.beside && <Beside lang={lang} said={part.beside} />}
      <OtherParts lang={lang} part={part} at={at} />
      <p>
        <a
          class="button quiet wide"
          href={at(part.parts - 1)}
          data-new={toSee}
          data-one={say('know.newOne')}
          data-other={say('know.newOther')}
        >
          {say('know.again')}
        </a>
      </p>
    </>
  )
}

interface WordProps extends Known {
  lang: Lang
  code: string
  said: Said
  path: '' | '/words'
  part: number
}

function Word({ lang, code, said, own, known, path, part }: WordProps) {
  const say = words(lang)
  const { first, times, ids } = said
  const mine = ids.some((id) => own.has(id))
  // Known by whichever of the same words stood first when it was pressed.
  const pressed = ids.find((id) => known.has(id))
  return (
    <li id={`w-${first.id}`}>
      <p class="kind">
        {say(`kind.${first.kind}`)}
        {times > 1 && ` · ${say('know.times', { count: times })}`}
        {mine && ` · ${say('know.own')}`}
      </p>
      <SaidWords kind={first.kind} text={first.text} lang={first.lang} />
      {!mine && (
        <form
          method="post"
          action={`/m/${code}/know`}
          data-outbox=""
          data-toggle="yes"
          data-refused={`${say('outbox.knowRefused')}`}
          data-says={first.text}
        >
          <input type="hidden" name="lang" value={lang} />
          <input type="hidden" name="statement" value={pressed ?? first.id} />
          <input type="hidden" name="yes" value={pressed ? '0' : '1'} />
          <input type="hidden" name="at" value={`${path === '' ? 'm' : 'w'}${part}`} />
          <button class="button quiet wide know" type="submit" aria-pressed={pressed ? 'true' : 'false'}>
            {say('know.button')}
          </button>
        </form>
      )}
    </li>
  )
}

/** What is unbearable never stands without something that gives. */
function Beside({ lang, said: { first } }: { lang: Lang; said: Said }) {
  const say = words(lang)
  return (
    <div class="stack">
      <p class="soft">{say('know.beside')}</p>
      <div>
        <p class="kind">{say(`kind.${first.kind}`)}</p>
        <SaidWords kind={first.kind} text={first.text} lang={first.lang} />
      </div>
    </div>
  )
}

function OtherParts({ lang, part, at }: { lang: Lang; part: WallPart; at: (number: number) => string }) {
  const say = words(lang)
  if (part.parts < 2) return null
  const next = (part.part + 1) % part.parts
  return (
    <p class="actions">
      <ButtonLink href={at(next)} wide>
        {say(next === 0 ? 'know.first' : 'know.next')}
      </ButtonLink>
      <span class="small soft">{say('know.part', { from: part.from, to: part.to, of: part.of })}</span>
    </p>
  )
}

/** Everything that may be seen, at any time of the evening. */
export function wordsPage(p: Omit<WordsProps, 'path'> & { asked: number }): string {
  const say = words(p.lang)
  return phonePage({
    ...p,
    title: say('know.allTitle'),
    lead: say('know.lead'),
    here: `/m/${p.meeting.code}/words`,
    children: (
      <>
        <WaitsForYou lang={p.lang} code={p.meeting.code} count={p.asked} />
        <WordsToKnow {...p} path="/words" />
        <Ways {...p} links={['meeting', 'mine']} />
      </>
    ),
  })
}
