// The plan of the evening as a page: rows to change, move, add and strike without a script, and when it all ends.
import { OwnWords, Quoted } from '../../communities/own-words.tsx'
import { sayTime } from '../../communities/times.ts'
import type { Lang } from '../../i18n/catalogue.ts'
import { Actions, Button, ButtonLink, Field, type Problem, Tick } from '../../ui/forms.tsx'
import { Notice } from '../../ui/notices.tsx'
import { Page, renderPage } from '../../ui/page.tsx'
import { Part } from '../../ui/parts.tsx'
import { roomOf } from '../../ui/whose-room.tsx'
import { type AgendaItem, isAboutDefinition } from '../evening.ts'
import { eyebrowOf } from '../exit-card.page.tsx'
import { longestReason } from '../roles.ts'
import {
  type AgendaProblem,
  informFreely,
  informsEarly,
  longestTitle,
  mostItems,
  needsWhy,
  type RowSaid,
} from './agenda.ts'
import type { PlanSeen } from './hosting.deeds.ts'
import { words } from './words.ts'

/** Rows to write on after the last one. */
const emptyRows = 2
/** As many messages as help; the rest come when these are mended. */
const mostProblems = 12

export interface AgendaPageProps {
  lang: Lang
  plan: PlanSeen
  rows: readonly RowSaid[]
  /** The mark of what stands now: what is sent from here knows of it. */
  seen: string
  /** The community's own words, which a dialogue meeting is about; null when they are not written. */
  definition: string | null
  problems?: readonly AgendaProblem[] | undefined
  /** Another host has changed it since: what was typed stands here, and this is what they wrote. */
  changed?: readonly AgendaItem[] | undefined
  /** The usual plan is shown; it is not kept yet. */
  unkept?: boolean | undefined
}

export function agendaPage(p: AgendaPageProps): string {
  const { lang, plan, rows, changed } = p
  const { meeting } = plan
  const say = words(lang)
  const path = `/m/${meeting.code}/agenda`
  const mend = (p.problems ?? []).slice(0, mostProblems).map(({ field, code, row }) => ({
    field,
    message: `${code === 'none' || code === 'many' || code === 'strange' ? '' : `${say('agenda.point', { row })}: `}${say(`agenda.problem.${code}`)}`,
  }))
  const early = informsEarly(plan.agenda)
  const shown = [...rows, ...Array.from({ length: rows.length >= mostItems ? 0 : emptyRows }, () => blank)]
  const starts = startsOf(shown)
  return renderPage(
    <Page
      room={roomOf(meeting.community, 'hosts')}
      lang={lang}
      kind="page"
      title={say('agenda.title')}
      eyebrow={eyebrowOf(meeting, lang)}
      lead={say('agenda.lead')}
      problems={mend}
      languages={{ da: `${path}?lang=da`, en: `${path}?lang=en` }}
      robots="noindex"
    >
      {changed && (
        <Notice lang={lang} kind="warn" title={say('changed.title')} live>
          <p>{say('changed.what')}</p>
          <ol>
            {changed.map(({ title, minutes }) => (
              <li>
                <OwnWords text={title} /> · {say('agenda.minutesShort', { minutes })}
              </li>
            ))}
          </ol>
        </Notice>
      )}
      {p.unkept && (
        <Notice lang={lang} kind="info" title={say('agenda.unkept')} live>
          {say('agenda.unkeptHow')}
        </Notice>
      )}
      {early !== null && !p.problems && !p.unkept && (
        <Notice lang={lang} kind="info" title={say('agenda.early', { row: early })}>
          {say('agenda.earlyHow')}
        </Notice>
      )}
      {isAboutDefinition(meeting.kind) && (
        <Part title={say('agenda.onlyThing')}>
          {p.definition === null ? (
            <p>{say('agenda.noDefinition')}</p>
          ) : (
            <p class="definition">
              <Quoted text={p.definition} />
            </p>
          )}
        </Part>
      )}
      <Sum lang={lang} plan={plan} rows={rows} />
      <form id="agenda" class="agenda" method="post" action={path} novalidate>
        <input type="hidden" name="seen" value={p.seen} />
        {/* Stands first: Enter in a field presses it, and no row is moved by mistake. */}
        <button type="submit" class="away" name="do" value="keep" tabindex={-1}>
          {say('agenda.keep')}
        </button>
        <ol class="agenda-rows">
          {shown.map((row, before) => (
            <Row
              lang={lang}
              row={row}
              number={before + 1}
              last={before + 1 >= rows.length}
              starts={starts[before] === undefined ? null : clockAfter(lang, plan, starts[before])}
              mend={mend}
            />
          ))}
        </ol>
        <Actions>
          <Button name="do" value="keep">
            {say('agenda.keep')}
          </Button>
          <Button kind="quiet" name="do" value="usual">
            {say('agenda.usual')}
          </Button>
          <ButtonLink kind="quiet" href={`/m/${meeting.code}/lead`}>
            {say('agenda.back')}
          </ButtonLink>
        </Actions>
      </form>
    </Page>,
  )
}

const blank: RowSaid = { title: '', minutes: '', inform: false, close: false, reason: '' }

const minutesIn = (said: string): number => Math.min(Number.parseInt(said, 10) || 0, 1440)

/** How many minutes into the evening each row begins, as far as minutes have been written. */
function startsOf(rows: readonly RowSaid[]): (number | undefined)[] {
  let at = 0
  return rows.map(({ title, minutes }) => {
    if (`${title}${minutes}`.trim() === '') return undefined
    const start = at
    at += Math.max(0, minutesIn(minutes))
    return start
  })
}

const clockAfter = (lang: Lang, { meeting }: PlanSeen, minutes: number): string =>
  sayTime(new Date(meeting.startsAt.getTime() + minutes * 60_000), meeting.community.timeZone, lang)

/** "I alt 90 minutter. I begynder kl. 19 og slutter kl. 20.30." */
function Sum({ lang, plan, rows }: { lang: Lang; plan: PlanSeen; rows: readonly RowSaid[] }) {
  const minutes = rows.reduce((sum, row) => sum + Math.max(0, minutesIn(row.minutes)), 0)
  const at = { from: clockAfter(lang, plan, 0), to: clockAfter(lang, plan, minutes) }
  return (
    <p class="agenda-sum">
      <b>{words(lang)('agenda.sum', { minutes })}</b> {words(lang)('agenda.ends', at)}
    </p>
  )
}

interface RowProps {
  lang: Lang
  row: RowSaid
  number: number
  last: boolean
  /** When it begins; null for a row that is still empty. */
  starts: string | null
  mend: readonly Problem[]
}

function Row({ lang, row, number, last, starts, mend }: RowProps) {
  const say = words(lang)
  const error = (column: string) => mend.find(({ field }) => field === `${column}-${number}`)?.message
  const asksReason =
    row.reason !== '' ||
    error('reason') !== undefined ||
    needsWhy(row.inform ? 'inform' : 'enliven', minutesIn(row.minutes))
  const move = (deed: 'up' | 'down' | 'away') => (
    <Button kind="quiet" name="do" value={`${deed}-${number}`}>
      {say(`agenda.${deed}`)}
      <span class="away">
        : <OwnWords text={row.title || String(number)} />
      </span>
    </Button>
  )
  return (
    <li id={`row-${number}`}>
      <fieldset class="agenda-row" form="agenda">
        <legend>
          {say('agenda.point', { row: number })}
          {starts !== null && <span class="soft"> · {say('agenda.at', { time: starts })}</span>}
        </legend>
        <Field
          lang={lang}
          name={`title-${number}`}
          label={say('agenda.what')}
          maxlength={longestTitle}
          value={row.title}
          error={error('title')}
        />
        <Field
          lang={lang}
          name={`minutes-${number}`}
          label={say('agenda.minutes')}
          inputmode="numeric"
          size={4}
          value={row.minutes}
          error={error('minutes')}
        />
        {row.close && <input type="hidden" name={`close-${number}`} value="yes" />}
        <Tick
          lang={lang}
          name={`inform-${number}`}
          label={say('agenda.inform')}
          checked={row.inform}
          error={error('inform')}
        />
        {asksReason && (
          <Field
            lang={lang}
            name={`reason-${number}`}
            label={say('agenda.why', { minutes: informFreely })}
            hint={say('agenda.whyHint')}
            maxlength={longestReason}
            value={row.reason}
            error={error('reason')}
          />
        )}
        {starts !== null && (
          <div class="agenda-moves">
            {number > 1 && move('up')}
            {!last && move('down')}
            {move('away')}
          </div>
        )}
      </fieldset>
    </li>
  )
}
