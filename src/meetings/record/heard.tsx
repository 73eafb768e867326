// What was heard, as it is shown on the result and in the minutes: themes in the participants' words, each with what was said under it.
import { OwnWords, Quoted } from '../../communities/own-words.tsx'
import type { Lang } from '../../i18n/catalogue.ts'
import type { Said } from '../evening.ts'
import { dotsOf, foremost, type Heard, type HeardInHall, knownBy } from './record.ts'
import { words } from './words.ts'

interface HeardProps {
  lang: Lang
  heard: HeardInHall
  /** Only so many words under each theme; all of them when it is left out. */
  most?: number | undefined
}

/** Themes side by side where there is room, those that are taken on first. */
export function HeardThemes({ lang, heard, most }: HeardProps) {
  return (
    <div class="columns">
      {heard.heard
        .filter(({ theme, said }) => theme !== null || said.length > 0)
        .map((part) => (
          <OneTheme lang={lang} part={part} all={heard} most={most} />
        ))}
    </div>
  )
}

function OneTheme({ lang, part, all, most }: { lang: Lang; part: Heard; all: HeardInHall; most: number | undefined }) {
  const say = words(lang)
  const { theme } = part
  const shown = most === undefined ? part.said : foremost(part, most)
  const beside = part.beside && !shown.includes(part.beside) ? part.beside : null
  const about = theme && [
    ...(theme.priority ? [say('result.priorities')] : []),
    ...(all.dots > 0 ? [say('result.dots', { n: dotsOf(theme), count: all.dots })] : []),
  ]
  return (
    <section class="record-theme">
      <h3>
        {theme ? <OwnWords text={theme.name} /> : say('words.loose')}
        {about && about.length > 0 && <small>{about.join(' · ')}</small>}
      </h3>
      {shown.length + (beside ? 1 : 0) > 0 && (
        <ul class="record-words">
          {shown.map((said) => (
            <OneSaid lang={lang} said={said} />
          ))}
          {beside && <OneSaid lang={lang} said={beside} from={say('words.beside')} />}
        </ul>
      )}
    </section>
  )
}

function OneSaid({ lang, said, from }: { lang: Lang; said: Said; from?: string }) {
  const say = words(lang)
  const known = knownBy(said)
  const source = [
    say(`kind.${said.first.kind}`),
    ...(known > 0 ? [say('words.known', { count: known })] : []),
    ...(from ? [from] : []),
  ]
  return (
    <li class={said.first.kind}>
      <q lang={said.first.lang}>
        <Quoted text={said.first.text} />
      </q>
      <small>{source.join(' · ')}</small>
    </li>
  )
}

/** Why words are missing, or that only some of them are here. */
export function WordsMissing({ lang, heard, publicOnly }: { lang: Lang; heard: HeardInHall; publicOnly: boolean }) {
  const say = words(lang)
  return (
    <>
      {publicOnly && <p class="soft">{say('result.public')}</p>}
      {heard.words === 'too-few' && <p>{say('result.tooFew')}</p>}
      {heard.words === 'no-hope-yet' && <p>{say('result.noHope')}</p>}
    </>
  )
}
