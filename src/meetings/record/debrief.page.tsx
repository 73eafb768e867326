// The debrief as a page for the phone of whoever writes, and as a sheet for the table.
import { OwnWords } from '../../communities/own-words.tsx'
import { sayDayAndTime } from '../../communities/times.ts'
import type { Lang } from '../../i18n/catalogue.ts'
import { Actions, Button, Field, problemOf, TextArea, Tick } from '../../ui/forms.tsx'
import { Notice } from '../../ui/notices.tsx'
import { Page, renderPage } from '../../ui/page.tsx'
import { PrintTools } from '../../ui/poster.tsx'
import { roomOf } from '../../ui/whose-room.tsx'
import { eyebrowOf } from '../exit-card.page.tsx'
import type { MeetingHere } from '../meetings.queries.ts'
import {
  type Debrief,
  type DebriefField,
  type DebriefProblem,
  type DebriefSaid,
  debriefFields,
  isDebriefTime,
  longest,
} from './debrief.ts'
import { words } from './words.ts'

export interface DebriefPageProps {
  lang: Lang
  meeting: MeetingHere
  now: Date
  said: DebriefSaid
  grewOk: boolean
  rev: number
  writtenAt: Date | null
  saved?: boolean
  problems?: readonly DebriefProblem[]
  /** What somebody else has kept meanwhile. */
  other?: Debrief
}

export const emptyDebrief = Object.fromEntries(debriefFields.map((field) => [field, ''])) as DebriefSaid

export function debriefPage(p: DebriefPageProps): string {
  const { lang, meeting, said } = p
  const say = words(lang)
  const path = `/m/${meeting.code}`
  const problems = p.problems?.map(({ field, code }) => ({
    field,
    message: say(`debrief.problem.${code}`, { count: field === 'grewOk' ? 0 : longest[field] }),
  }))
  const { life } = meeting
  const late = life.phase === 'closed' && !isDebriefTime(life.closedAt, p.now) && p.writtenAt === null
  const asked = (field: DebriefField) => ({
    lang,
    name: field,
    label: say(`debrief.${field}`),
    value: said[field] || undefined,
    error: problemOf(problems, field),
  })
  const now = (field: DebriefField) => <Other lang={lang} mine={said[field]} other={p.other?.said[field]} />
  const area = (field: Exclude<DebriefField, 'nextStep' | 'nextOwner'>, hint?: string) => (
    <>
      <TextArea {...asked(field)} rows={2} voice hint={hint} />
      {now(field)}
    </>
  )
  return renderPage(
    <Page
      room={roomOf(meeting.community, 'hosts')}
      lang={lang}
      kind="page"
      title={say('debrief.title')}
      eyebrow={eyebrowOf(meeting, lang)}
      lead={say(late ? 'debrief.late' : 'debrief.lead')}
      problems={problems}
      languages={{ da: `${path}/debrief?lang=da`, en: `${path}/debrief?lang=en` }}
      robots="noindex"
    >
      {p.saved && (
        <Notice lang={lang} kind="ok" title={say('debrief.saved')} live>
          {say('debrief.savedHow')}
        </Notice>
      )}
      {p.other && (
        <Notice lang={lang} kind="warn" title={say('debrief.conflict')} live>
          {say('debrief.conflictHow')}
        </Notice>
      )}
      <form method="post" action={`${path}/debrief`} novalidate>
        <input type="hidden" name="rev" value={String(p.other?.rev ?? p.rev)} />
        {area('happened')}
        {area('plus')}
        {area('delta')}
        {area('grew', say('debrief.grewHint'))}
        <Tick
          lang={lang}
          name="grewOk"
          label={say('debrief.grewOk')}
          checked={p.grewOk}
          error={problemOf(problems, 'grewOk')}
        />
        {area('missing', say('debrief.missingHint'))}
        {area('hope')}
        <Field {...asked('nextStep')} maxlength={longest.nextStep} />
        {now('nextStep')}
        <Field {...asked('nextOwner')} maxlength={longest.nextOwner} />
        {now('nextOwner')}
        <Actions>
          <Button>{say('debrief.save')}</Button>
        </Actions>
      </form>
      <div class="stack on-screen">
        {p.writtenAt && (
          <p class="soft small">
            {say('debrief.written', { when: sayDayAndTime(p.writtenAt, meeting.community.timeZone, lang) })}
          </p>
        )}
        <p>
          <a href={`${path}/debrief/paper`}>{say('debrief.paper')}</a> ·{' '}
          <a href={`${path}/lead`}>{say('debrief.desk')}</a>
        </p>
      </div>
    </Page>,
  )
}

function Other({ lang, mine, other }: { lang: Lang; mine: string; other: string | undefined }) {
  if (other === undefined || other === mine || other === '') return null
  return (
    <div class="was-written">
      <b>{words(lang)('debrief.other')}</b> <OwnWords text={other} />
    </div>
  )
}

/** The same questions on paper, with lines to write on. */
export function debriefSheet(lang: Lang, meeting: MeetingHere): string {
  const say = words(lang)
  const path = `/m/${meeting.code}/debrief`
  return renderPage(
    <Page
      room={roomOf(meeting.community, 'hosts')}
      lang={lang}
      kind="sheet"
      title={say('debrief.title')}
      heading={false}
      robots="noindex"
    >
      <PrintTools lang={lang}>
        <p>
          {say('debrief.paperHow')} <a href={path}>{say('debrief.read')}</a>
        </p>
      </PrintTools>
      <article class="debrief-sheet">
        <header>
          <p class="small">{eyebrowOf(meeting, lang)}</p>
          <h1>{say('debrief.title')}</h1>
        </header>
        {debriefFields.map((field) => (
          <section>
            <h2>{say(`debrief.${field}`)}</h2>
            {field === 'grew' && <p class="small">{say('debrief.grewHint')}</p>}
            <div class="blank-lines" aria-hidden="true">
              {Array.from({ length: field === 'nextOwner' || field === 'nextStep' ? 1 : 2 }, () => (
                <i />
              ))}
            </div>
          </section>
        ))}
      </article>
    </Page>,
  )
}
