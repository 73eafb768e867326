// Planning a meeting: six fields on one page, the same for a new meeting and for one that is changed.
import type { Lang } from '../../i18n/catalogue.ts'
import { Actions, Button, ButtonLink, Choice, DateField, Field, TimeField } from '../../ui/forms.tsx'
import { Page, renderPage } from '../../ui/page.tsx'
import { words as uiWords } from '../../ui/words.ts'
import { kinds } from '../meeting.ts'
import { words as meetingWords } from '../words.ts'
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
  /** "Holmetofte", or the meeting and its day. */
  eyebrow: string
  said: PlanSaid
  problems?: readonly PlanProblem[]
}

export function planPage({ lang, what, path, back, eyebrow, said, problems }: PlanPageProps): string {
  const say = words(lang)
  const kindWords = meetingWords(lang)
  const mend = problems?.map(({ field, code }) => ({ field, message: faultWords(lang, code) }))
  const error = (field: string) => mend?.find((one) => one.field === field)?.message
  return renderPage(
    <Page
      lang={lang}
      kind="page"
      title={say(`plan.${what}`)}
      eyebrow={eyebrow}
      lead={say(`plan.${what}Lead`)}
      problems={mend}
      languages={{ da: `${path}?lang=da`, en: `${path}?lang=en` }}
      robots="noindex"
    >
      <form method="post" action={path} novalidate>
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
