// The evening on the hall screen: words, themes, dots, talk time and promises, so that the back row can read them.
import type { Child } from 'hono/jsx'
import type { Lang } from '../i18n/catalogue.ts'
import { TalkBar } from '../ui/chart.tsx'
import { Code, HallCode, Hall as HallFrame } from '../ui/hall.tsx'
import { EmptyState } from '../ui/notices.tsx'
import { Qr } from '../ui/qr.tsx'
import { type Evening, gathered, type Said, type Theme, talkAt, wallOf } from './evening.ts'
import { eyebrowOf } from './exit-card.page.tsx'
import { mostTurned, type OnWall, showingOf, type WallPage, wallPages } from './hall-wall.ts'
import type { MeetingHere } from './meetings.queries.ts'
import { words } from './words.ts'

interface ShowProps {
  lang: Lang
  meeting: MeetingHere
  evening: Evening
  /** Where phones find this server. */
  origin: string
  now: Date
}

const own = (text: string): Child => <bdi>{text}</bdi>

export function eveningState(p: ShowProps): string {
  switch (showingOf(p.evening)) {
    case 'code':
      return String(<Welcome {...p} />)
    case 'words':
      return String(<Words {...p} />)
    case 'themes':
      return String(<Themes {...p} />)
    case 'dots':
      return String(<Dots {...p} />)
    case 'talk':
      return String(<Talk {...p} />)
    case 'promises':
      return String(<Promises {...p} />)
    case 'rest':
      return String(<Rest {...p} />)
  }
}

interface FrameProps extends ShowProps {
  title: Child
  aside?: Child | undefined
  children?: Child
}

/** The frame with the code in its corner, for whoever comes late. */
function Frame({ lang, meeting, origin, title, aside, children }: FrameProps) {
  const address = origin.replace(/^https?:\/\//, '')
  return (
    <HallFrame eyebrow={eyebrowOf(meeting, lang)} title={title} aside={aside} withCode>
      {children}
      <aside class="hall-late">
        <p>
          <span>{words(lang)('hall.late')}</span>
          <b>{address}</b>
          <Code code={meeting.code} />
        </p>
        <Qr lang={lang} text={`${origin}/m/${meeting.code}`} address={address} />
      </aside>
    </HallFrame>
  )
}

function Welcome({ lang, meeting, evening, origin }: ShowProps) {
  const say = words(lang)
  return (
    <HallFrame eyebrow={eyebrowOf(meeting, lang)} title={say('hall.welcome')}>
      <HallCode
        lang={lang}
        url={`${origin}/m/${meeting.code}`}
        address={origin.replace(/^https?:\/\//, '')}
        code={meeting.code}
        count={evening.here > 0 ? say('hall.here', { count: evening.here }) : undefined}
      />
    </HallFrame>
  )
}

function Words(p: ShowProps) {
  const { lang, meeting, evening, origin } = p
  const say = words(lang)
  const known = evening.stage !== 'say' && evening.stage !== 'welcome'
  const title =
    evening.stage === 'say'
      ? say('hall.say')
      : evening.stage === 'recognise'
        ? say('hall.recognise')
        : say('hall.words')
  const wall = wallOf(evening)
  if (wall.kind === 'too-few')
    return (
      <HallFrame eyebrow={eyebrowOf(meeting, lang)} title={title}>
        <HallCode
          lang={lang}
          url={`${origin}/m/${meeting.code}`}
          address={origin.replace(/^https?:\/\//, '')}
          code={meeting.code}
          count={<p>{wall.voices === 0 ? say('hall.fewNone') : say('hall.few', { count: wall.voices })}</p>}
        />
      </HallFrame>
    )
  const pages = wallPages(wall, known ? 'known' : 'came')
  const held = evening.screen.page
  const turned = known ? pages.slice(0, mostTurned) : pages.slice(-mostTurned)
  const shown = held === null ? turned : [pages[Math.min(held, pages.length) - 1]].filter(isPage)
  // While words come, the newest page; otherwise what most know.
  const first = known || held !== null ? 0 : shown.length - 1
  const waiting = wall.kind === 'no-hope-yet' ? say('hall.noHope', { count: wall.waiting }) : null
  return (
    <Frame {...p} title={title}>
      {shown.length === 0 ? (
        <EmptyState title={waiting ?? say('hall.fewNone')} />
      ) : (
        <div class="hall-pages" data-pages={evening.stage}>
          {shown.map((page, index) => (
            <div class={index === first ? 'hall-page on' : 'hall-page'}>
              <Column lang={lang} title={say('hall.hard')} words={page.hard} />
              <Column lang={lang} title={say('hall.good')} words={page.good} />
            </div>
          ))}
          <p class="hall-turn">
            <span>{waiting ?? say('hall.voices', { count: evening.voices })}</span>
            {pages.length > 1 && (
              <span
                data-turn={say('hall.page', { at: '{a}', of: shown.length })}
                data-held={held === null ? undefined : 'yes'}
              >
                {say('hall.page', {
                  at: held === null ? first + 1 : Math.min(held, pages.length),
                  of: held === null ? shown.length : pages.length,
                })}
              </span>
            )}
          </p>
        </div>
      )}
    </Frame>
  )
}

const isPage = (page: WallPage | undefined): page is WallPage => page !== undefined

function Column({ lang, title, words: all }: { lang: Lang; title: string; words: readonly OnWall[] }) {
  if (all.length === 0) return null
  return (
    <section class="hall-column">
      <h2>{title}</h2>
      {all.map(({ said, size }) => (
        <HallVoice lang={lang} said={said} size={size} />
      ))}
    </section>
  )
}

function HallVoice({ lang, said, size }: { lang: Lang; said: Said; size: string }) {
  const say = words(lang)
  const { first, times, recognised } = said
  const tone = first.kind === 'resource' ? 'asset' : first.kind === 'change' ? 'unbearable' : first.kind
  const source = [
    say(`hall.kind.${first.kind}`),
    times > 1 && say('hall.times', { count: times }),
    recognised > 0 && say('hall.known', { count: recognised }),
  ].filter(Boolean)
  return (
    <figure class={`voice ${tone} ${size}`} data-said={first.id}>
      <blockquote lang={first.lang === 'und' ? undefined : first.lang} dir="auto">
        {first.text}
      </blockquote>
      <figcaption>{source.join(' · ')}</figcaption>
    </figure>
  )
}

/** How many have said what lies under each theme. */
function saidIn({ statements }: Evening): Map<string | null, number> {
  const counts = new Map<string | null, number>()
  for (const { first, times } of gathered(statements.filter(({ state }) => state === 'shown')))
    counts.set(first.theme, (counts.get(first.theme) ?? 0) + times)
  return counts
}

function Themes(p: ShowProps) {
  const { lang, evening } = p
  const say = words(lang)
  const { themes, stage, dotsEach, dotPhones } = evening
  const choosing = stage === 'choose'
  const counts = saidIn(evening)
  const aside = choosing
    ? dotPhones === 0
      ? say('hall.dotsNowNone')
      : say('hall.dotsNow', { count: dotPhones })
    : undefined
  if (themes.length === 0) return <Frame {...p} title={say('hall.themesNone')} />
  return (
    <Frame {...p} title={choosing ? say('hall.choose') : say('hall.themes')} aside={aside}>
      <div>
        {choosing && <p class="hall-how">{say('hall.chooseHow', { count: dotsEach })}</p>}
        <ul class={themes.length > 6 ? 'hall-themes many' : 'hall-themes'}>
          {themes.map((theme) => (
            <li class={theme.priority ? 'ours' : undefined}>
              <b>{own(theme.name)}</b>
              <small>
                {say('hall.inTheme', { count: counts.get(theme.id) ?? 0 })}
                {theme.priority && <> · {say('hall.mark')}</>}
              </small>
            </li>
          ))}
        </ul>
      </div>
    </Frame>
  )
}

/** Nothing is told of phones' dots while they choose, nor when too few have put any. */
function Dots(p: ShowProps) {
  const { lang, evening } = p
  const say = words(lang)
  const { stage, themes, dotPhones } = evening
  if (stage === 'choose') return <Themes {...p} />
  const few = dotPhones > 0 && themes.every(({ phoneDots }) => phoneDots === null)
  const paper = themes.reduce((sum, { paperDots }) => sum + paperDots, 0)
  const sum = ({ phoneDots, paperDots }: Theme) => (phoneDots ?? 0) + paperDots
  const sorted = [...themes].sort((a, b) => sum(b) - sum(a) || a.place - b.place)
  const most = Math.max(1, ...sorted.map(sum))
  const base =
    dotPhones === 0 || few
      ? paper > 0
        ? say('hall.dotsPaper', { count: paper })
        : undefined
      : paper > 0
        ? say('hall.dotsBoth', { phones: dotPhones, paper })
        : say('hall.dotsPhones', { phones: dotPhones })
  const ours = themes.some(({ priority }) => priority)
  return (
    <Frame {...p} title={ours ? say('hall.ours') : say('hall.dots')} aside={base}>
      <div>
        {few && <p class="hall-how">{say('hall.dotsFew')}</p>}
        {!few && base === undefined && <p class="hall-how">{say('hall.dotsNone')}</p>}
        <ul class={themes.length > 6 ? 'hall-dots many' : 'hall-dots'}>
          {sorted.map((theme) => (
            <li class={theme.priority ? 'ours' : undefined}>
              <b>
                {own(theme.name)} {theme.priority && <span class="chip beech">{say('hall.mark')}</span>}
              </b>
              {base !== undefined && (
                <>
                  <svg class="hall-bar" aria-hidden="true" width="100%" height="1em">
                    <rect class="band-track" width="100%" height="100%" rx="0.5em" />
                    <rect
                      class="hall-bar-is"
                      width={`${Math.round((100 * sum(theme)) / most)}%`}
                      height="100%"
                      rx="0.5em"
                    />
                  </svg>
                  <small>{say('hall.dot', { count: sum(theme) })}</small>
                </>
              )}
            </li>
          ))}
        </ul>
      </div>
    </Frame>
  )
}

const minute = 60_000

/** Talk time as a bar. While somebody talks, a script fetches it anew now and then. */
function HallTalk({ lang, evening, now }: Pick<ShowProps, 'lang' | 'evening' | 'now'>) {
  const say = words(lang)
  const { talk } = evening
  const ms = talkAt(talk, now)
  const residents = Math.round(ms.residents / minute)
  const municipality = Math.round(ms.municipality / minute)
  if (residents + municipality === 0) return null
  return (
    <div class="hall-talk" data-grows={talk.talking ? 'yes' : undefined}>
      <TalkBar lang={lang} residents={residents} municipality={municipality} />
      <p>{say('hall.talkOf', { part: municipality, all: residents + municipality })}</p>
    </div>
  )
}

const hasTalk = ({ talk }: Evening, now: Date): boolean => {
  const { residents, municipality } = talkAt(talk, now)
  return residents + municipality >= minute / 2
}

function Talk(p: ShowProps) {
  const { lang, evening, now } = p
  const say = words(lang)
  return (
    <Frame {...p} title={say('hall.talk')}>
      {hasTalk(evening, now) ? (
        <HallTalk lang={lang} evening={evening} now={now} />
      ) : (
        <p class="hall-how">{say('hall.talkNone')}</p>
      )}
    </Frame>
  )
}

function Promises(p: ShowProps) {
  const { lang, evening } = p
  const say = words(lang)
  return (
    <Frame {...p} title={say('hall.promise')}>
      <div class="hall-middle">
        <p class="hall-how">{say('hall.promiseHow')}</p>
        {evening.promises > 0 && (
          <p class="count">
            <b>{evening.promises}</b> {say('hall.promises', { count: evening.promises })}
          </p>
        )}
      </div>
    </Frame>
  )
}

function Rest(p: ShowProps) {
  const { lang, evening, now } = p
  const say = words(lang)
  const item = evening.agenda[evening.agendaAt - 1]
  return (
    <Frame {...p} title={item ? own(item.title) : say('hall.rest')}>
      {hasTalk(evening, now) ? <HallTalk lang={lang} evening={evening} now={now} /> : <div />}
    </Frame>
  )
}
