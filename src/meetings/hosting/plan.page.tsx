// Planning a meeting: six fields on one page, the same for a new meeting and for one that is changed.
import type { Child } from 'hono/jsx'
import { OwnWords } from '../../communities/own-words.tsx'
import type { Lang } from '../../i18n/catalogue.ts'
import { Actions, Button, ButtonLink, Choice, DateField, Field, TimeField } from '../../ui/forms.tsx'
import { Notice } from '../../ui/notices.tsx'
import { Page, renderPage } from '../../ui/page.tsx'
import { Facts } from '../../ui/parts.tsx'
import { type Keeping, roomOf } from '../../ui/whose-room.tsx'
import { words as uiWords } from '../../ui/words.ts'
import { kinds } from '../meeting.ts'
import { meetingsToLearn } from '../roles.ts'
import { words as meetingWords } from '../words.ts'
import { Municipal } from './handing-out.page.tsx'
import { longestName, longestPurpose, type PlanFault, type PlanProblem, type PlanSaid } from './plan.ts'
import { words } from './words.ts'

export interface PlanPageProps {
  lang: Lang
  /** A new meeting, or one that is changed. */
  what: 'new' | 'change'
  /** Where the page stands and is posted to. */
  path: string
  /** The way back. */
  back: string
  /** The place whose room it is. */
  community: Keeping
  /** "Holmetofte", or the meeting and its day. */
  eyebrow: string
  said: PlanSaid
  /** How many meetings the community has held before. */
  held: number
  /** The mark of what stands now; none for a new meeting. */
  seen?: string | undefined
  problems?: readonly PlanProblem[] | undefined
  /** Another host has changed it since: this is what stands now. */
  changed?: PlanSaid | undefined
}

export function planPage(p: PlanPageProps): string {
  const { lang, what, path, back, eyebrow, said, held, problems, changed } = p
  const say = words(lang)
  const kindWords = meetingWords(lang)
  const mend = problems?.map(({ field, code }) => ({ field, message: faultWords(lang, code) }))
  const error = (field: string) => mend?.find((one) => one.field === field)?.message
  return renderPage(
    <Page
      room={roomOf(p.community, 'hosts')}
      lang={lang}
      kind="page"
      title={say(`plan.${what}`)}
      eyebrow={eyebrow}
      lead={say(`plan.${what}Lead`)}
      problems={mend}
      languages={{ da: `${path}?lang=da`, en: `${path}?lang=en` }}
      robots="noindex"
    >
      {changed && (
        <Notice lang={lang} kind="warn" title={say('changed.title')} live>
          <p>{say('changed.what')}</p>
          <Facts facts={inWords(lang, changed, said)} />
        </Notice>
      )}
      <form method="post" action={path} novalidate>
        {p.seen !== undefined && <input type="hidden" name="seen" value={p.seen} />}
        <Choice
          lang={lang}
          name="kind"
          plain
          legend={say('plan.kind')}
          options={kinds.map((kind) => ({
            value: kind,
            label: kindWords(`kind.${kind}`),
            hint: say(`plan.kindHint.${kind}`),
          }))}
          value={said.kind}
          error={error('kind')}
        />
        <Field
          lang={lang}
          name="purpose"
          label={say('plan.purpose')}
          hint={say('plan.purposeHint')}
          maxlength={longestPurpose}
          value={said.purpose}
          error={error('purpose')}
        />
        <DateField lang={lang} name="date" legend={say('plan.date')} value={said.date} error={error('date')} />
        <TimeField lang={lang} name="time" label={say('plan.time')} value={said.time} error={error('time')} />
        <Field
          lang={lang}
          name="place"
          label={say('plan.place')}
          hint={say('plan.placeHint')}
          maxlength={longestName}
          value={said.place}
          error={error('place')}
        />
        <Field
          lang={lang}
          name="host"
          label={say('plan.host')}
          hint={say('plan.hostHint')}
          maxlength={longestName}
          value={said.host}
          error={error('host')}
        />
        <details open={said.hostMunicipal || said.hostReason !== '' || error('host-municipal') !== undefined}>
          <summary>{say('plan.municipal')}</summary>
          <div class="stack">
            <Municipal
              lang={lang}
              name="host"
              said={{ municipal: said.hostMunicipal, reason: said.hostReason }}
              asks={held >= meetingsToLearn}
              error={error}
            />
          </div>
        </details>
        <Actions>
          <Button>{say(what === 'new' ? 'plan.make' : 'plan.save')}</Button>
          {what === 'change' && (
            <ButtonLink kind="quiet" href={back}>
              {say('plan.back')}
            </ButtonLink>
          )}
        </Actions>
      </form>
    </Page>,
  )
}

/** What another host wrote where it differs from what stands in the form. */
function inWords(lang: Lang, theirs: PlanSaid, mine: PlanSaid): [string, Child][] {
  const say = words(lang)
  const kind = (one: PlanSaid) => kinds.find((kind) => kind === one.kind)
  const day = ({ date }: PlanSaid) => `${date.day}. ${date.month} ${date.year}`
  const facts: [term: string, theirs: string, mine: string][] = [
    [say('plan.kind'), ...both((one) => (kind(one) ? meetingWords(lang)(`kind.${kind(one) ?? 'listening'}`) : ''))],
    [say('plan.purpose'), ...both((one) => one.purpose)],
    [say('plan.date'), ...both(day)],
    [say('plan.time'), ...both((one) => one.time)],
    [say('plan.place'), ...both((one) => one.place)],
    [say('plan.host'), ...both((one) => one.host)],
    [say('roles.why'), ...both((one) => one.hostReason)],
  ]
  function both(of: (one: PlanSaid) => string): [string, string] {
    return [of(theirs), of(mine)]
  }
  return facts.flatMap(([term, there, here]) => (there === here ? [] : [[term, <OwnWords text={there} />]]))
}

function faultWords(lang: Lang, code: PlanFault): string {
  switch (code) {
    case 'date.missing':
    case 'date.unclear':
    case 'date.day':
    case 'date.month':
    case 'date.year':
    case 'date.impossible':
    case 'time.missing':
    case 'time.unclear':
      return uiWords(lang)(code)
    default:
      return words(lang)(`problem.${code}`)
  }
}
