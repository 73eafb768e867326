// The poster of a meeting and its door cards, in four sizes and one or two languages. The code is the meeting's own and never changes.
import type { Child } from 'hono/jsx'
import { OwnWords } from '../../communities/own-words.tsx'
import { sayDayAndTime } from '../../communities/times.ts'
import { type Lang, languages } from '../../i18n/catalogue.ts'
import { Page, renderPage } from '../../ui/page.tsx'
import { EightCards, Poster, type PosterSize, PrintTools, posterSizes } from '../../ui/poster.tsx'
import { roomOf } from '../../ui/whose-room.tsx'
import type { MeetingHere } from '../meetings.queries.ts'
import { spelled } from '../spelling.ts'
import { words as meetingWords } from '../words.ts'
import { words } from './words.ts'

type PosterLanguage = Lang | 'both'
const posterLanguages: readonly PosterLanguage[] = [...languages, 'both']

/** A place and hosts of more letters than this take a second and a third line. */
const muchText = 80

/** Which poster is wanted. */
export interface Wanted {
  size: PosterSize
  language: PosterLanguage
}

/** As the address says it; an A4 in the reader's language when it says nothing that we know. */
export const readPoster = (size: string | undefined, language: string | undefined, lang: Lang): Wanted => ({
  size: posterSizes.find((one) => one === size) ?? 'a4',
  language: posterLanguages.find((one) => one === language) ?? lang,
})

/** `lang` is the reader's; the poster may speak another. `origin` is what the code begins with. */
export function posterPage(meeting: MeetingHere, lang: Lang, origin: string, wanted: Wanted): string {
  const say = words(lang)
  const { size, language } = wanted
  const path = `/m/${meeting.code}`
  const spoken: Lang = language === 'both' ? 'da' : language
  const also: Lang | undefined = language === 'both' ? 'en' : undefined
  const small = size === 'eight'
  const crowded = [...meeting.place, ...meeting.hostName].length > muchText
  const props = {
    lang: spoken,
    also,
    eyebrow: <In spoken={spoken} also={small ? undefined : also} beside say={(lang) => kindIn(meeting, lang)} />,
    title: <OwnWords text={meeting.purpose} />,
    titleLength: [...meeting.purpose].length,
    crowded,
    // On a small card with much text, the code must have its place.
    lead: <WhenAndWhere meeting={meeting} spoken={spoken} also={also} hosts={!(small && crowded)} />,
    url: `${origin}${path}`,
    address: origin.replace(/^https?:\/\//, ''),
    code: meeting.code,
    spelled: Object.fromEntries(
      languages.map((one) => [one, words(one)('poster.spelled', { words: inThrees(spelled(meeting.code, one)) })]),
    ),
  }
  return renderPage(
    <Page
      room={roomOf(meeting.community, 'code')}
      lang={lang}
      kind="sheet"
      title={say('poster.sheet')}
      heading={false}
      robots="noindex"
    >
      <PrintTools lang={lang} paper={small ? 'A4' : size.toUpperCase()} title={small ? say('poster.sheet') : undefined}>
        <p>
          {say('poster.black')} {small && say('poster.cut')}
        </p>
        <Choices
          title={say('poster.chooseSize')}
          choices={posterSizes.map((one) => ({
            href: `${path}/poster?size=${one}&in=${language}`,
            label: say(`poster.size.${one}`),
            here: one === size,
          }))}
        />
        <Choices
          title={say('poster.chooseWords')}
          choices={posterLanguages.map((one) => ({
            href: `${path}/poster?size=${size}&in=${one}`,
            label: say(`poster.in.${one}`),
            here: one === language,
          }))}
        />
      </PrintTools>
      {small ? (
        <EightCards {...props} />
      ) : (
        <Poster {...props} size={size}>
          <p>
            <In
              spoken={spoken}
              also={also}
              say={(lang) => (
                <>
                  <b>{words(lang)('poster.same')}</b> {words(lang)('poster.steps')}
                </>
              )}
            />
          </p>
          <p>
            <In
              spoken={spoken}
              also={also}
              say={(lang) => `${words(lang)('poster.noPhone')} ${words(lang)('poster.moved')}`}
            />
          </p>
        </Poster>
      )}
    </Page>,
  )
}

/** As the code is set: three and three. */
const inThrees = (said: readonly string[]): string => `${said.slice(0, 3).join(' ')} · ${said.slice(3).join(' ')}`

const kindIn = ({ kind, community }: MeetingHere, lang: Lang): string =>
  `${meetingWords(lang)(`kind.${kind}`)} · ${community.name}`

interface WhenProps {
  meeting: MeetingHere
  spoken: Lang
  also: Lang | undefined
  /** Who invites stands there, too. */
  hosts: boolean
}

function WhenAndWhere({ meeting, spoken, also, hosts }: WhenProps) {
  const when = (lang: Lang) => capital(sayDayAndTime(meeting.startsAt, meeting.community.timeZone, lang))
  return (
    <>
      <p>
        <b>
          <In spoken={spoken} also={also} beside say={when} />
        </b>
      </p>
      <p>
        <OwnWords text={meeting.place} />.
        {hosts && (
          <>
            {' '}
            <OwnWords text={meeting.hostName} /> {words(spoken)('poster.invites')}
          </>
        )}
      </p>
    </>
  )
}

interface InProps {
  spoken: Lang
  also: Lang | undefined
  /** The second language goes on in the same line. */
  beside?: boolean
  say: (lang: Lang) => Child
}

/** The same in one language, or in two. */
function In({ spoken, also, beside, say }: InProps) {
  return (
    <>
      {say(spoken)}
      {also && (
        <span class={beside ? 'also beside' : 'also'} lang={also}>
          {say(also)}
        </span>
      )}
    </>
  )
}

interface ChoicesProps {
  title: string
  choices: readonly { href: string; label: string; here: boolean }[]
}

function Choices({ title, choices }: ChoicesProps) {
  return (
    <nav aria-label={title}>
      <p>
        <b>{title}</b>
      </p>
      <ul class="print-choices">
        {choices.map(({ href, label, here }) => (
          <li>
            <a href={href} aria-current={here ? 'page' : undefined}>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
