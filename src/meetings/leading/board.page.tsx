// The board of themes: what has been said, once for the same words, and the themes it is gathered under. Works with ticks and buttons alone.
import type { Child } from 'hono/jsx'
import type { Lang } from '../../i18n/catalogue.ts'
import { type Problem, problemOf } from '../../ui/forms.tsx'
import { EmptyState } from '../../ui/notices.tsx'
import { Page, renderPage } from '../../ui/page.tsx'
import { roomOf } from '../../ui/whose-room.tsx'
import {
  type Evening,
  hiddenReasons,
  longestTheme,
  type StatementKind,
  statementKinds,
  type Theme,
} from '../evening.ts'
import { eyebrowOf, islands } from '../exit-card.page.tsx'
import type { MeetingHere } from '../meetings.queries.ts'
import { words as meetingWords } from '../words.ts'
import { type Board, boardOf, inOrder, knownBy, pickOf, type Row, type Sort } from './board.ts'
import { Do, leadIslands, type Told, ToldHere, Undo } from './lead.page.tsx'
import { marksOf } from './lead-state.page.tsx'
import type { Done } from './leading.queries.ts'
import { prioritiesOf } from './leading.ts'
import { words } from './words.ts'

/** How somebody looks at the board. */
export interface Look {
  sort: Sort
  only: StatementKind | null
}

export interface BoardPageProps {
  lang: Lang
  meeting: MeetingHere
  evening: Evening
  done: readonly Done[]
  look: Look
  /** The number of the newest change on this page. */
  at: string
  told?: Told | undefined
  said?: URLSearchParams | undefined
  problems?: readonly Problem[] | undefined
}

const own = (text: string): Child => <bdi>{text}</bdi>
export const lookAs = ({ sort, only }: Look): string => `${sort}.${only ?? 'all'}`

export function boardPage(p: BoardPageProps): string {
  const { lang, meeting, evening, look, problems, said } = p
  const say = words(lang)
  const path = `/m/${meeting.code}`
  const board = boardOf(evening)
  const ticked = new Set(said?.getAll('pick').map((pick) => pick.split(' ')[0]))
  const rowsIn = (theme: string | null, hidden = false) =>
    inOrder(
      board.rows.filter((row) => row.theme === theme && (row.hidden !== null) === hidden),
      look.sort,
    )
  const list = (rows: readonly Row[], name: string) =>
    rows.length > 0 && (
      <ol class="board-words" data-words={name}>
        {rows.map((row) => (
          <RowItem lang={lang} path={path} row={row} ticked={ticked.has(row.id)} />
        ))}
      </ol>
    )
  const nothing = board.rows.length === 0
  return renderPage(
    <Page
      room={roomOf(meeting.community, 'hosts')}
      lang={lang}
      kind="page"
      title={say('board.title')}
      eyebrow={eyebrowOf(meeting, lang)}
      lead={say('board.lead')}
      problems={problems}
      languages={{ da: `${path}/board?lang=da`, en: `${path}/board?lang=en` }}
      scripts={[islands.live, leadIslands.board]}
      robots="noindex"
    >
      <div
        class="board"
        data-board={`${path}/board`}
        data-at={p.at}
        data-sort={look.sort}
        data-only={look.only ?? ''}
        data-say-picked={say('board.live.picked', { count: 22 })}
        data-say-target={say('board.live.target', { theme: '{t}', at: '{a}', of: '{o}', count: '{c}' })}
        data-say-moved={say('board.live.moved', { theme: '{t}' })}
        data-say-out={say('board.live.movedOut')}
        data-say-failed={say('board.live.failed', { why: '{w}' })}
        data-say-lost={say('board.live.lost')}
        data-say-dropped={say('board.live.dropped')}
        data-count-none={say('board.pickedNone')}
        data-count-one={say('board.picked', { count: 1 })}
        data-count-other={say('board.picked', { count: 22 })}
        data-out={say('board.out')}
      >
        <p class="board-back">
          <a href={`${path}/lead`}>{say('board.toLead')}</a>
        </p>
        <div
          class="live"
          data-live={`${path}/stream?for=lead&lang=${lang}`}
          data-lost={meetingWords(lang)('screen.lost')}
          hidden
        >
          <p {...marksOf(evening, meeting.life.phase)} />
        </div>
        <ToldHere lang={lang} told={p.told} />
        <p class="away" role="status" id="board-say" />
        <Looks lang={lang} path={path} look={look} />
        <p class="hint board-how">
          {say('board.pick')}{' '}
          <span data-scripted hidden>
            {say('board.pickHow')}
          </span>
        </p>
        {nothing && <EmptyState title={say('board.none')}>{say('board.noneHow')}</EmptyState>}
        <div class="board-both">
          <section class="board-unsorted" data-theme="" aria-labelledby="unsorted">
            <h2 id="unsorted">{say('board.unsorted')}</h2>
            <p class="soft board-empty">{say('board.unsortedNone')}</p>
            {list(rowsIn(null), '')}
          </section>
          <div class="board-themes" data-themes>
            <h2>{say('board.themes')}</h2>
            <p class="soft" data-part="priorities">
              {sayPriorities(lang, evening)}
            </p>
            {evening.themes.map((theme, index) => (
              <section class="board-theme" id={`t-${theme.id}`} data-theme={theme.id} aria-labelledby={`n-${theme.id}`}>
                <div class="board-head">
                  <ThemeHead lang={lang} path={path} evening={evening} board={board} theme={theme} index={index} />
                </div>
                {list(rowsIn(theme.id), theme.id)}
              </section>
            ))}
          </div>
        </div>
        <details class="lead-more board-hidden" id="hidden" open={rowsIn(null, true).length > 0 ? true : undefined}>
          <summary>{say('board.hidden')}</summary>
          <p class="soft">{say('board.hiddenHow')}</p>
          {list(rowsIn(null, true), 'hidden')}
        </details>
        <section class="part-of-page board-undo" data-part="undo" id="undo">
          <Undo lang={lang} path={path} done={p.done} back="board" />
        </section>
        <Tools
          lang={lang}
          path={path}
          themes={evening.themes}
          look={look}
          said={said}
          problems={problems}
          ticked={ticked.size}
        />
      </div>
    </Page>,
  )
}

function Looks({ lang, path, look }: { lang: Lang; path: string; look: Look }) {
  const say = words(lang)
  const to = (next: Partial<Look>, text: string) => {
    const wanted = { ...look, ...next }
    const is = wanted.sort === look.sort && wanted.only === look.only
    return (
      <a
        class="lead-small"
        href={`${path}/board?sort=${wanted.sort}${wanted.only ? `&kind=${wanted.only}` : ''}`}
        aria-current={is ? 'true' : undefined}
        data-look={lookAs(wanted)}
      >
        {text}
      </a>
    )
  }
  return (
    <div class="board-looks">
      <nav aria-label={say('board.sort')}>
        <span class="soft" aria-hidden="true">
          {say('board.sort')}
        </span>
        {to({ sort: 'said' }, say('board.sortSaid'))}
        {to({ sort: 'known' }, say('board.sortKnown'))}
      </nav>
      <nav aria-label={say('board.show')}>
        <span class="soft" aria-hidden="true">
          {say('board.show')}
        </span>
        {to({ only: null }, say('board.showAll'))}
        {statementKinds.map((kind) => to({ only: kind }, say(`kind.${kind}`)))}
      </nav>
    </div>
  )
}

interface RowProps {
  lang: Lang
  path: string
  row: Row
  ticked?: boolean
}

export function RowItem({ lang, path, row, ticked }: RowProps) {
  const say = words(lang)
  const { first, times, recognised, hidden } = row
  const meta = [
    say(`kind.${first.kind}`),
    times > 1 && say('board.said', { count: times }),
    recognised > 0 && say('board.known', { count: recognised }),
    first.medium !== 'phone' && say(`board.medium.${first.medium}`),
    hidden && say(`board.reason.${hidden}`),
  ].filter(Boolean)
  const text = (
    <span class="board-text" lang={first.lang === 'und' ? undefined : first.lang} dir="auto">
      {first.text}
    </span>
  )
  return (
    <li
      class={`board-row ${first.kind}`}
      id={`s-${row.id}`}
      data-kind={first.kind}
      data-order={first.ordinal}
      data-known={knownBy(row)}
    >
      {hidden ? (
        <>
          {text}
          <Do path={path} deed="show" with={{ id: row.id }} back="board">
            <button type="submit" class="lead-small">
              {say('board.again')}
            </button>
          </Do>
        </>
      ) : (
        <label>
          <input type="checkbox" form="pick" name="pick" value={pickOf(row)} checked={ticked ? true : undefined} />
          {text}
          <i class="board-grip" aria-hidden="true" />
        </label>
      )}
      <p class="board-meta">{meta.join(' · ')}</p>
    </li>
  )
}

interface HeadProps {
  lang: Lang
  path: string
  evening: Evening
  board: Board
  theme: Theme
  index: number
}

export function ThemeHead({ lang, path, evening, board, theme, index }: HeadProps) {
  const say = words(lang)
  const { themes } = evening
  const count = board.rows.reduce((sum, row) => sum + (row.theme === theme.id ? row.times : 0), 0)
  const dots = sayDots(lang, evening, theme)
  const chosen = evening.stage !== 'choose'
  return (
    <>
      <h3 id={`n-${theme.id}`}>
        {own(theme.name)} {theme.priority && <span class="chip beech">{say('board.priority')}</span>}
      </h3>
      <p class="board-meta">
        {say('board.words', { count })}
        {dots && <> · {dots}</>}
      </p>
      <div class="board-do">
        <button
          type="submit"
          form="pick"
          name="to"
          value={theme.id}
          class="lead-small"
          aria-describedby={`n-${theme.id}`}
        >
          {say('board.here')}
        </button>
        {chosen && (
          <Do path={path} deed="priority" with={{ theme: theme.id, on: theme.priority ? '0' : '1' }} back="board">
            <button type="submit" class="lead-small" aria-describedby={`n-${theme.id}`}>
              {say(theme.priority ? 'board.priorityOff' : 'board.priorityOn')}
            </button>
          </Do>
        )}
      </div>
      <details class="lead-more" id={`d-${theme.id}`}>
        <summary aria-describedby={`n-${theme.id}`}>{say('board.mend')}</summary>
        <Do path={path} deed="rename" with={{ theme: theme.id, seen: theme.name }} back="board">
          <div class="lead-row">
            <input
              id={`r-${theme.id}`}
              aria-label={say('board.rename')}
              class="lead-text"
              type="text"
              name="name"
              value={theme.name}
              maxlength={longestTheme}
              autocomplete="off"
            />
            <button type="submit" class="lead-small">
              {say('board.renameDo')}
            </button>
          </div>
        </Do>
        <div class="board-do">
          {index > 0 && (
            <Do path={path} deed="order" with={{ theme: theme.id, before: themes[index - 1]?.id ?? '' }} back="board">
              <button type="submit" class="lead-small">
                {say('board.first')}
              </button>
            </Do>
          )}
          {index < themes.length - 1 && (
            <Do path={path} deed="order" with={{ theme: theme.id, before: themes[index + 2]?.id ?? '' }} back="board">
              <button type="submit" class="lead-small">
                {say('board.later')}
              </button>
            </Do>
          )}
          <Do path={path} deed="remove" with={{ theme: theme.id }} back="board">
            <button type="submit" class="lead-small">
              {say('board.remove')}
            </button>
          </Do>
        </div>
        <p class="hint">{say('board.removeHow')}</p>
      </details>
    </>
  )
}

/** The dots of a theme with how many they come from. Nothing of the phones' while they are choosing, or when too few have put any. */
export function sayDots(lang: Lang, evening: Evening, { phoneDots, paperDots }: Theme): string | null {
  const say = words(lang)
  const { dotPhones: phones, stage, themes } = evening
  if (stage === 'choose') return null
  const any = themes.some((theme) => (theme.phoneDots ?? 0) > 0 || theme.paperDots > 0)
  if (phoneDots === null) {
    if (paperDots > 0)
      return `${say('board.dots', { count: paperDots })}: ${say('board.dotsPaper', { paper: paperDots })}`
    return any ? say('board.dots', { count: 0 }) : null
  }
  if (!any) return null
  const all = say('board.dots', { count: phoneDots + paperDots })
  // Once the evening is put away, nobody knows how many phones there were.
  if (phones === 0) return `${all}: ${say('board.dotsCounted', { phone: phoneDots, paper: paperDots })}`
  if (paperDots === 0) return `${all}: ${say('board.dotsPhone', { phone: phoneDots, phones })}`
  return `${all}: ${say('board.dotsBase', { phone: phoneDots, phones, paper: paperDots })}`
}

export function sayPriorities(lang: Lang, evening: Evening): string {
  const say = words(lang)
  const { stage, themes, dotPhones } = evening
  if (themes.length === 0) return say('board.themesNone')
  if (stage === 'choose') return say('board.dotsNow', { count: dotPhones })
  const few = dotPhones > 0 && themes.every(({ phoneDots }) => phoneDots === null) ? `${say('board.dotsFew')} ` : ''
  const count = prioritiesOf(themes).length
  return few + (count === 0 ? say('board.priorityNone') : say('board.priorityNow', { count }))
}

interface ToolsProps {
  lang: Lang
  path: string
  themes: readonly Theme[]
  look: Look
  ticked: number
  said?: URLSearchParams | undefined
  problems?: readonly Problem[] | undefined
}

/** What can be done with the ticked words. Stays in sight. */
function Tools({ lang, path, themes, look, said, problems, ticked }: ToolsProps) {
  const say = words(lang)
  const nameError = problemOf(problems, 'name')
  const whyError = problemOf(problems, 'why')
  return (
    <form id="pick" class="board-tools" method="post" action={`${path}/lead/move`} data-quick>
      <input type="hidden" name="back" value="board" />
      <input type="hidden" name="look" value={lookAs(look)} />
      <p class="board-count" data-count>
        {ticked === 0 ? say('board.pickedNone') : say('board.picked', { count: ticked })}
      </p>
      <div class="lead-row">
        <label for="theme">{say('board.to')}</label>
        <select id="theme" name="theme" class="lead-select" data-theme-list>
          {themes.map((theme) => (
            <option value={theme.id}>{theme.name}</option>
          ))}
          <option value="out">{say('board.out')}</option>
        </select>
        <button type="submit" class="lead-small">
          {say('board.put')}
        </button>
      </div>
      <div class={nameError ? 'lead-row naming mend' : 'lead-row naming'}>
        <label for="name">{say('board.name')}</label>
        <input
          id="name"
          name="name"
          class="lead-text"
          type="text"
          maxlength={longestTheme}
          autocomplete="off"
          value={said?.get('name') ?? undefined}
          placeholder=""
          aria-describedby="name-hint"
          aria-invalid={nameError ? 'true' : undefined}
        />
        <button type="submit" class="lead-small" formaction={`${path}/lead/theme`}>
          {say('board.make')}
        </button>
        <small class="hint" id="name-hint">
          {nameError ?? say('board.nameHint')}
        </small>
      </div>
      <div class={whyError ? 'lead-row mend' : 'lead-row'}>
        <label for="why">{say('board.why')}</label>
        <select id="why" name="why" class="lead-select">
          {hiddenReasons.map((why) => (
            <option value={why}>{say(`board.reason.${why}`)}</option>
          ))}
        </select>
        <button type="submit" class="lead-small" formaction={`${path}/lead/hide`}>
          {say('board.whyDo')}
        </button>
      </div>
    </form>
  )
}
