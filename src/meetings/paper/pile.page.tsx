// The scribe's page: a pile of paper cards is typed twice, compared, and laid in. With a script, one key is one answer.
import type { Lang } from '../../i18n/catalogue.ts'
import { Actions, Button, ButtonLink, type Problem } from '../../ui/forms.tsx'
import { Notice } from '../../ui/notices.tsx'
import { Page, renderPage } from '../../ui/page.tsx'
import { Facts, Part, Table } from '../../ui/parts.tsx'
import { roomOf } from '../../ui/whose-room.tsx'
import { eyebrowOf } from '../exit-card.page.tsx'
import { answers, fieldOf, longestNext, questions } from '../exit-card.ts'
import type { MeetingHere } from '../meetings.queries.ts'
import { words as meetingWords } from '../words.ts'
import {
  type Column,
  columns,
  type Difference,
  fieldName,
  mostCards,
  type Pair,
  type Pass,
  type PileProblem,
  type RowSaid,
  rowsAtATime,
  type Stage,
} from './pile.ts'
import { words } from './words.ts'

const island = 'src/meetings/paper/pile.island.ts'

/** As many messages as help; the rest come when these are mended. */
const mostProblems = 12

export interface PilePageProps {
  lang: Lang
  meeting: MeetingHere
  stage: Stage
  /** The pile's random id. */
  pile: string
  first: readonly RowSaid[]
  second: readonly RowSaid[]
  /** How many rows stand on the page. */
  rows: number
  problems?: readonly PileProblem[]
  /** Set when both times were read and their totals differ. */
  compared?: { differences: readonly Difference[]; pairs: readonly Pair[] }
}

export function pilePage(p: PilePageProps): string {
  const { lang, meeting, stage } = p
  const say = words(lang)
  const path = `/m/${meeting.code}/pile`
  const problems = [
    ...(p.problems ?? []).map((problem) => faultOf(lang, problem)),
    ...(p.compared?.differences ?? []).map((one) => differenceOf(lang, one, p.compared?.pairs ?? [])),
  ].slice(0, mostProblems)
  const count = p.first.length
  return renderPage(
    <Page
      room={roomOf(meeting.community, 'hosts')}
      lang={lang}
      kind="page"
      title={say(`pile.${stage}Title`)}
      eyebrow={eyebrowOf(meeting, lang)}
      lead={stage === 'second' ? say('pile.secondLead', { count }) : say(`pile.${stage}Lead`)}
      problems={problems}
      languages={stage === 'first' ? { da: `${path}?lang=da`, en: `${path}?lang=en` } : undefined}
      scripts={[island]}
      robots="noindex"
    >
      {meeting.life.phase === 'closed' && <Notice lang={lang} kind="info" title={say('pile.late')} />}
      <div hidden data-restored>
        <Notice lang={lang} kind="info" title={say('pile.restored')}>
          <a href={path} data-restart>
            {say('pile.restart')}
          </a>
        </Notice>
      </div>
      {(p.compared?.pairs.length ?? 0) > 0 && (
        <Part title={say('rows.title')}>
          <div>
            {p.compared?.pairs.map((pair) => (
              <PairLine lang={lang} pair={pair} />
            ))}
          </div>
        </Part>
      )}
      <Legend lang={lang} stage={stage} />
      <form class="pile" method="post" action={path} novalidate data-pile={meeting.code}>
        <input type="hidden" name="stage" value={stage} />
        <input type="hidden" name="pile" value={p.pile} />
        {stage === 'first' && <Rows {...p} pass="first" problems={p.problems ?? []} focus={problems.length === 0} />}
        {stage === 'second' && (
          <>
            <Carried rows={p.first} />
            <Rows {...p} pass="second" problems={p.problems ?? []} focus={problems.length === 0} />
          </>
        )}
        {stage === 'mend' && (
          <>
            <Rows {...p} pass="first" problems={p.problems ?? []} />
            <Rows {...p} pass="second" problems={p.problems ?? []} />
          </>
        )}
        <p
          class="pile-count"
          data-count
          data-one={say('pile.count', { count: 1 })}
          data-other={say('pile.count', { count: 0 })}
          hidden
        />
        <Actions>
          {/* Stands first: where there is no script, Enter in a field presses it, and nothing is sent too early. */}
          {p.rows < mostCards && (
            <Button kind="quiet" name="do" value="more">
              {say('pile.more')}
            </Button>
          )}
          <Button name="do" value="done">
            {say(`pile.${stage}Done`)}
          </Button>
        </Actions>
        {p.rows >= mostCards && <p class="soft">{say('pile.most')}</p>}
      </form>
      <p>
        <a href={`/m/${meeting.code}/lead`}>{say('pile.lead')}</a>
      </p>
    </Page>,
  )
}

function Legend({ lang, stage }: { lang: Lang; stage: Stage }) {
  const say = words(lang)
  const item = meetingWords(lang)
  return (
    <div class="pile-legend">
      <h2 class="away">{say('pile.legend')}</h2>
      <Facts
        facts={[
          [
            say('pile.keys'),
            <>
              {answers.map((answer, place) => (
                <>
                  {place > 0 && ' · '}
                  <b>{answer}</b> {item(`card.answer.${answer}`).toLowerCase()}
                </>
              ))}
              . {say('pile.empty')}
            </>,
          ],
          [item('next.words'), say(stage === 'first' ? 'pile.nextMark' : 'pile.nextWords')],
          [
            say('pile.move'),
            <>
              <span data-plain>{say('pile.moveHow')}</span>
              <span data-scripted hidden>
                {say('pile.moveIsland')}
              </span>
            </>,
          ],
        ]}
      />
    </div>
  )
}

interface RowsProps extends PilePageProps {
  pass: Pass
  problems: readonly PileProblem[]
  /** Put the cursor where there is nothing yet. */
  focus?: boolean
}

/** One time through the pile: a row for each card. */
function Rows({ lang, pass, stage, rows, problems, focus, ...p }: RowsProps) {
  const say = words(lang)
  const said = p[pass]
  const firstEmpty = Math.min(said.length + 1, rows)
  return (
    <div class="pile-rows" data-pass={pass}>
      <Table
        caption={say(`pile.${pass}`)}
        quiet={stage !== 'mend'}
        columns={[say('pile.card'), ...columns.map((column) => columnWords(lang, column))]}
        rows={Array.from({ length: rows }, (_, place) => {
          const row = place + 1
          return [
            String(row),
            ...columns.map((column) => (
              <Cell
                lang={lang}
                pass={pass}
                row={row}
                column={column}
                value={said[place]?.[column] ?? ''}
                problem={problems.find((one) => one.pass === pass && one.row === row && one.column === column)}
                focus={focus === true && row === firstEmpty && column === 'inf'}
              />
            )),
          ]
        })}
      />
    </div>
  )
}

interface CellProps {
  lang: Lang
  pass: Pass
  row: number
  column: Column
  value: string
  problem: PileProblem | undefined
  focus: boolean
}

/** How wide a field is, and how much it takes. The words are written the second time; the first time a mark is enough. */
function roomFor(
  pass: Pass,
  column: Column,
): { size: number; maxlength: number; key: 'one' | 'mark' | 'number' | 'words' } {
  if (column === 'next')
    return pass === 'first'
      ? { size: 2, maxlength: longestNext, key: 'mark' }
      : { size: 40, maxlength: longestNext, key: 'words' }
  if (column === 'who') return { size: 2, maxlength: 4, key: 'number' }
  return { size: 1, maxlength: 1, key: 'one' }
}

function Cell({ lang, pass, row, column, value, problem, focus }: CellProps) {
  const name = fieldName(pass, row, column)
  const { size, maxlength, key } = roomFor(pass, column)
  return (
    <div class={problem ? 'field mend' : 'field'}>
      <input
        id={name}
        name={name}
        type="text"
        class={key === 'words' ? 'wide' : undefined}
        size={size}
        maxlength={maxlength}
        inputmode={key === 'one' || key === 'number' ? 'numeric' : undefined}
        autocomplete="off"
        aria-label={words(lang)('pile.fieldName', { row, field: columnWords(lang, column) })}
        aria-invalid={problem ? 'true' : undefined}
        aria-describedby={problem && `${name}-error`}
        data-key={key}
        value={value}
        autofocus={focus || undefined}
      />
      {problem && (
        <span class="away" id={`${name}-error`}>
          {faultOf(lang, problem).message}
        </span>
      )}
    </div>
  )
}

/** The first time goes along unseen while the second is typed: the server keeps nothing in between. */
function Carried({ rows }: { rows: readonly RowSaid[] }) {
  return (
    <>
      {rows.flatMap((row, place) =>
        columns.flatMap((column) =>
          row[column] === ''
            ? []
            : [<input type="hidden" name={fieldName('first', place + 1, column)} value={row[column]} />],
        ),
      )}
    </>
  )
}

function PairLine({ lang, pair }: { lang: Lang; pair: Pair }) {
  const say = words(lang)
  return (
    <p>
      {say(pair.first === pair.second ? 'rows.same' : 'rows.turned', { first: pair.first, second: pair.second })}{' '}
      <a href={`#${fieldName('first', pair.first, pair.column)}`}>{say('pile.first')}</a>{' '}
      <a href={`#${fieldName('second', pair.second, pair.column)}`}>{say('pile.second')}</a>
    </p>
  )
}

function columnWords(lang: Lang, column: Column): string {
  const say = words(lang)
  const question = questions.find((one) => fieldOf[one] === column)
  if (question) return say(`pile.short.${question}`)
  return say(column === 'next' ? 'pile.nextShort' : 'pile.whoShort')
}

const numberOf = (column: Column): number => columns.indexOf(column) + 1

function faultOf(lang: Lang, { pass, row, column, code }: PileProblem): Problem {
  return {
    field: fieldName(pass, row, column),
    message: words(lang)(`problem.${code}`, { row, question: numberOf(column) }),
  }
}

function differenceOf(lang: Lang, one: Difference, pairs: readonly Pair[]): Problem {
  const column = columnOf(one)
  const row = pairs.find((pair) => pair.column === column)?.second ?? 1
  const { first, second } = one
  return {
    field: fieldName('second', row, column),
    message: words(lang)(`differ.${one.what}`, {
      first,
      second,
      question: numberOf(column),
      answer: one.answer ? meetingWords(lang)(`card.answer.${one.answer}`).toLowerCase() : '',
    }),
  }
}

function columnOf({ what, question }: Difference): Column {
  if (question) return fieldOf[question]
  if (what === 'words' || what === 'nothing') return 'next'
  return what === 'cards' ? 'inf' : 'who'
}

/** The pile is in. */
export function keptPage(lang: Lang, meeting: MeetingHere, cards: number, answered: number | null): string {
  const say = words(lang)
  return renderPage(
    <Page
      room={roomOf(meeting.community, 'hosts')}
      lang={lang}
      kind="page"
      title={say('kept.title', { count: cards })}
      eyebrow={eyebrowOf(meeting, lang)}
      lead={answered === null ? say('kept.late') : `${say('kept.answered', { count: answered })} ${say('kept.keep')}`}
      scripts={[island]}
      robots="noindex"
    >
      <div data-pile-kept={meeting.code}>
        <Actions>
          <ButtonLink href={`/m/${meeting.code}/pile`}>{say('kept.more')}</ButtonLink>
          <ButtonLink kind="quiet" href={`/m/${meeting.code}/lead`}>
            {say('kept.lead')}
          </ButtonLink>
        </Actions>
      </div>
    </Page>,
  )
}

/** Room for what was typed, and then to the next ten. */
export const rowsFor = (typed: number, more = false): number =>
  Math.min(mostCards, Math.max(1, Math.ceil(typed / rowsAtATime) + (more ? 1 : 0)) * rowsAtATime)
