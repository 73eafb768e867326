// The scribe's desk as a page: the door list, slips, dots and promises, ten rows at a time. A script lets Enter save a row and go on.
import { randomUUID } from 'node:crypto'
import type { Lang } from '../../i18n/catalogue.ts'
import { Actions, Button, ButtonLink, type Problem } from '../../ui/forms.tsx'
import { Notice } from '../../ui/notices.tsx'
import { Page, renderPage } from '../../ui/page.tsx'
import { Part, Table } from '../../ui/parts.tsx'
import { roomOf } from '../../ui/whose-room.tsx'
import { words as formWords } from '../../ui/words.ts'
import { longest } from '../commitments/commitment.ts'
import { words as commitmentWords } from '../commitments/words.ts'
import { longestStatement, statementKinds } from '../evening.ts'
import { eyebrowOf } from '../exit-card.page.tsx'
import type { ThemeDots } from './paper.queries.ts'
import type { ScribesDesk } from './scribe.deeds.ts'
import { columnsOf, fieldName, mostDots, type RowProblem, type RowTyped, rowsAtATime, type Section } from './scribe.ts'
import { words } from './words.ts'

const island = 'src/meetings/paper/scribe.island.ts'

/** As many messages as help; the rest come when these are mended. */
const mostProblems = 12

/** Rows of a section that come back: to be mended, or taken back. */
export interface RowsAgain {
  section: Section
  typed: readonly RowTyped[]
  problems: readonly RowProblem[]
}

export interface ScribePageProps {
  lang: Lang
  desk: ScribesDesk
  again?: RowsAgain | undefined
  /** Rows that were just saved, the newest last: it can be taken back. */
  saved?: { section: Section; ids: readonly string[] } | undefined
  /** Totals as they were typed, which of them are no numbers, and which somebody else has typed meanwhile. */
  dotsAgain?: { said: ReadonlyMap<string, string>; problems: readonly string[]; elsewhere: readonly ThemeDots[] }
  dotsSaved?: boolean
  takenBack?: boolean
}

export function scribePage(p: ScribePageProps): string {
  const { lang, desk } = p
  const say = words(lang)
  const path = `/m/${desk.meeting.code}/scribe`
  const problems = [
    ...(p.again?.problems ?? []).map((problem) => faultOf(lang, p.again?.section ?? 'door', problem)),
    ...(p.dotsAgain?.problems ?? []).map((theme) => ({ field: `dot-${theme}`, message: say('scribe.dots.number') })),
    ...(p.dotsAgain?.elsewhere ?? []).map(({ theme, name, n }) => ({
      field: `dot-${theme}`,
      message: say('scribe.dots.elsewhere', { theme: name, count: n ?? 0 }),
    })),
  ].slice(0, mostProblems)
  const anew = p.again || p.dotsAgain
  return renderPage(
    <Page
      room={roomOf(desk.meeting.community, 'hosts')}
      lang={lang}
      kind="page"
      title={say('scribe.title')}
      eyebrow={eyebrowOf(desk.meeting, lang)}
      lead={say('scribe.lead')}
      problems={anew ? problems : undefined}
      languages={anew ? undefined : { da: `${path}?lang=da`, en: `${path}?lang=en` }}
      nav={[
        { href: '#door', label: say('scribe.door.title') },
        { href: '#words', label: say('scribe.words.title') },
        { href: '#dots', label: say('scribe.dots.title') },
        { href: '#promises', label: say('scribe.promises.title') },
        { href: '#cards', label: say('scribe.cards.title') },
      ]}
      scripts={[island]}
      robots="noindex"
    >
      <p class="scribe-keys" data-scripted hidden>
        {say('scribe.keys')}
      </p>
      <Rows {...p} section="door" />
      {desk.begun ? <Rows {...p} section="words" /> : <NotBegun lang={lang} id="words" code={desk.meeting.code} />}
      <Dots {...p} />
      <Rows {...p} section="promises" />
      <Part id="cards" title={say('scribe.cards.title')}>
        <p>{say('scribe.cards.how')}</p>
        <Actions>
          <ButtonLink kind="quiet" href={`/m/${desk.meeting.code}/pile`}>
            {say('scribe.cards.to')}
          </ButtonLink>
          <ButtonLink kind="quiet" href={`/m/${desk.meeting.code}/paper`}>
            {say('scribe.print')}
          </ButtonLink>
        </Actions>
      </Part>
      <p>
        <a href={`/m/${desk.meeting.code}/lead`}>{say('pile.lead')}</a>
      </p>
    </Page>,
  )
}

function NotBegun({ lang, id, code }: { lang: Lang; id: 'words'; code: string }) {
  const say = words(lang)
  return (
    <Part id={id} title={say('scribe.words.title')}>
      <p>
        {say('scribe.notBegun')} <a href={`/m/${code}/lead`}>{say('pile.lead')}</a>
      </p>
    </Part>
  )
}

const writtenIn = ({ written }: ScribesDesk, section: Section): number =>
  section === 'door' ? written.here : section === 'words' ? written.words : written.promises

/** A section of rows: what is typed, what was saved, and the way back. */
function Rows({ lang, desk, section, again, saved, takenBack }: ScribePageProps & { section: Section }) {
  const say = words(lang)
  const path = `/m/${desk.meeting.code}/scribe`
  const back = again?.section === section ? again : undefined
  const typed = back?.typed ?? []
  const rows = Math.max(rowsAtATime, Math.ceil((typed.at(-1)?.row ?? 0) / rowsAtATime) * rowsAtATime)
  const here = saved?.section === section && saved.ids.length > 0 ? saved : undefined
  return (
    <Part id={section} title={say(`scribe.${section}.title`)}>
      <p class="soft">
        <span data-written={section} data-of={writtenIn(desk, section)} data-words={say('scribe.count', { count: 0 })}>
          {say('scribe.count', { count: writtenIn(desk, section) })}
        </span>{' '}
        {section === 'door' && <a href={`/m/${desk.meeting.code}/doorlist`}>{say('scribe.door.all')}</a>}
        {section === 'promises' && <a href={`/m/${desk.meeting.code}/list`}>{say('scribe.promises.all')}</a>}
      </p>
      <p class="hint" id={`${section}-how`}>
        {say(`scribe.${section}.how`)}
      </p>
      {here && (
        <Notice lang={lang} kind="ok" title={say('scribe.saved', { count: here.ids.length })} live>
          <form method="post" action={`${path}/undo#${section}`}>
            <input type="hidden" name="section" value={section} />
            <input type="hidden" name="ids" value={here.ids.join(',')} />
            <Button kind="quiet">{say('scribe.undo')}</Button>
          </form>
        </Notice>
      )}
      {takenBack && back && <Notice lang={lang} kind="info" title={say('scribe.takenBack')} live />}
      <form
        class="pile scribe"
        method="post"
        action={`${path}/${section}`}
        novalidate
        data-scribe={section}
        data-code={desk.meeting.code}
        data-kept={say('scribe.state.kept')}
        data-waits={say('scribe.state.waits')}
        data-sending={say('scribe.state.sending')}
        data-busy={say('scribe.state.busy')}
        data-moved={say('scribe.state.moved')}
        aria-describedby={`${section}-how`}
      >
        <input type="hidden" name="lang" value={lang} />
        <Table
          caption={say(`scribe.${section}.title`)}
          quiet
          columns={[
            say('scribe.row'),
            ...columnsOf[section].map((column) => columnWords(lang, section, column)),
            say('scribe.state.title'),
          ]}
          rows={Array.from({ length: rows }, (_, place) => {
            const row = place + 1
            const was = typed.find((one) => one.row === row)
            return [
              <>
                {row}
                <input
                  type="hidden"
                  name={fieldName(section, row, 'id')}
                  value={was?.id ?? randomUUID()}
                  autocomplete="off"
                />
              </>,
              ...columnsOf[section].map((column) => (
                <Cell
                  lang={lang}
                  section={section}
                  row={row}
                  column={column}
                  value={was?.said[column] ?? ''}
                  problem={back?.problems.find((one) => one.row === row && one.column === column)}
                />
              )),
              <span data-state />,
            ]
          })}
        />
        <p class="away" role="status" data-told />
        <Actions>
          <Button>{say('scribe.save')}</Button>
          <span data-scripted hidden>
            <Button kind="quiet" type="button" name="back">
              {say('scribe.undo')}
            </Button>
          </span>
        </Actions>
      </form>
    </Part>
  )
}

interface CellProps {
  lang: Lang
  section: Section
  row: number
  column: string
  value: string
  problem: RowProblem | undefined
}

/** How wide a field is, and how much it takes. */
const roomFor: Record<string, { size: number; maxlength: number; wide?: true }> = {
  name: { size: 14, maxlength: longest.name },
  first: { size: 2, maxlength: 12 },
  bringer: { size: 18, maxlength: longest.name },
  text: { size: 40, maxlength: longestStatement, wide: true },
  what: { size: 28, maxlength: longest.what, wide: true },
  when: { size: 8, maxlength: 30 },
  whom: { size: 14, maxlength: longest.whom },
  telephone: { size: 9, maxlength: longest.telephone },
}

function Cell({ lang, section, row, column, value, problem }: CellProps) {
  const say = words(lang)
  const name = fieldName(section, row, column)
  const label = say('scribe.fieldName', { row, field: columnWords(lang, section, column) })
  const wrong = {
    'aria-invalid': problem ? ('true' as const) : undefined,
    'aria-describedby': problem && `${name}-error`,
  }
  const { size = 10, maxlength = 60, wide } = roomFor[column] ?? {}
  return (
    <div class={problem ? 'field mend' : 'field'}>
      {column === 'kind' ? (
        <select id={name} name={name} aria-label={label} data-field="kind" autocomplete="off" {...wrong}>
          <option value="">{say(row === 1 ? 'scribe.kind.choose' : 'scribe.kind.above')}</option>
          {statementKinds.map((kind) => (
            <option value={kind} selected={kind === value || undefined}>
              {say(`scribe.kind.${kind}`)}
            </option>
          ))}
        </select>
      ) : (
        <input
          id={name}
          name={name}
          type="text"
          class={wide && 'wide'}
          size={size}
          maxlength={maxlength}
          autocomplete="off"
          aria-label={label}
          data-field={column}
          value={value}
          {...wrong}
        />
      )}
      {problem && (
        <p class="wrong" id={`${name}-error`}>
          {messageOf(lang, section, problem)}
        </p>
      )}
    </div>
  )
}

function columnWords(lang: Lang, section: Section, column: string): string {
  const say = words(lang)
  switch (`${section} ${column}`) {
    case 'door name':
    case 'promises name':
      return say('scribe.column.name')
    case 'door first':
      return say('scribe.column.first')
    case 'door bringer':
      return say('scribe.column.bringer')
    case 'words kind':
      return say('scribe.column.kind')
    case 'words text':
      return say('scribe.column.text')
    case 'promises what':
      return say('scribe.column.what')
    case 'promises when':
      return say('scribe.column.when')
    case 'promises whom':
      return say('scribe.column.whom')
    default:
      return say('scribe.column.telephone')
  }
}

/** What is to be mended in a row, without saying which row: it stands beside it. */
export function messageOf(lang: Lang, section: Section, { column, code }: RowProblem): string {
  const say = words(lang)
  const most = section === 'words' ? longestStatement : (roomFor[column]?.maxlength ?? longest.name)
  switch (code) {
    case 'too-long':
      return commitmentWords(lang)('problem.too-long', { count: most })
    case 'cpr':
    case 'past':
    case 'telephone':
    case 'what':
    case 'name':
    case 'went':
      return commitmentWords(lang)(`problem.${code}`)
    case 'kind':
    case 'empty':
    case 'first':
    case 'strange':
      return say(`scribe.problem.${code}`)
    default:
      return formWords(lang)(code)
  }
}

function faultOf(lang: Lang, section: Section, problem: RowProblem): Problem {
  return {
    field: fieldName(section, problem.row, problem.column),
    message: words(lang)('scribe.problem.row', { row: problem.row, message: messageOf(lang, section, problem) }),
  }
}

/** A total for each theme, as it was counted on the wall. */
function Dots({ lang, desk, dotsAgain, dotsSaved }: ScribePageProps) {
  const say = words(lang)
  const path = `/m/${desk.meeting.code}/scribe`
  return (
    <Part id="dots" title={say('scribe.dots.title')}>
      {desk.dots.length === 0 ? (
        <p class="soft">{say('scribe.dots.none')}</p>
      ) : (
        <>
          <p class="hint">{say('scribe.dots.how')}</p>
          {dotsSaved && <Notice lang={lang} kind="ok" title={say('scribe.dots.saved')} live />}
          <form class="pile scribe" method="post" action={`${path}/dots`} novalidate data-dots>
            <Table
              caption={say('scribe.dots.title')}
              quiet
              columns={[say('scribe.dots.theme'), say('scribe.dots.count')]}
              rows={desk.dots.map(({ theme, name, n, rev }) => {
                const wrong = dotsAgain?.problems.includes(theme)
                const other = dotsAgain?.elsewhere.some((one) => one.theme === theme)
                return [
                  <bdi id={`theme-${theme}`}>{name}</bdi>,
                  <div class={wrong || other ? 'field mend' : 'field'}>
                    <input type="hidden" name={`seen-${theme}`} value={rev} autocomplete="off" />
                    <input type="hidden" name={`was-${theme}`} value={n ?? ''} autocomplete="off" />
                    <input
                      id={`dot-${theme}`}
                      aria-labelledby={`theme-${theme}`}
                      name={`dot-${theme}`}
                      type="text"
                      inputmode="numeric"
                      size={5}
                      maxlength={6}
                      autocomplete="off"
                      value={dotsAgain?.said.get(theme) ?? (n === null ? '' : String(n))}
                      aria-invalid={wrong || other ? 'true' : undefined}
                      aria-describedby={wrong || other ? `dot-${theme}-error` : undefined}
                    />
                    {wrong && (
                      <p class="wrong" id={`dot-${theme}-error`}>
                        {say('scribe.dots.number', { most: mostDots })}
                      </p>
                    )}
                    {other && (
                      <p class="wrong" id={`dot-${theme}-error`}>
                        {say('scribe.dots.elsewhere', { theme: name, count: n ?? 0 })}
                      </p>
                    )}
                  </div>,
                ]
              })}
              numbers={[1]}
            />
            <Actions>
              <Button>{say('scribe.dots.save')}</Button>
            </Actions>
          </form>
        </>
      )}
    </Part>
  )
}
