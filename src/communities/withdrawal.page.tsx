// The plan's own parts: when the municipality means to be gone and what is still missing; the withdrawal's page puts them together.

import type { Visit } from '../access/visit.ts'
import { wallTimeIn } from '../clock.ts'
import type { Lang } from '../i18n/catalogue.ts'
import { Button, DateField, type Problem as Mend, TextArea } from '../ui/forms.tsx'
import { Facts, Part } from '../ui/parts.tsx'
import type { WithdrawalSeen } from './community.deeds.ts'
import { longestText } from './community.ts'
import { OwnWords } from './own-words.tsx'
import { mendingOf, sayPlan } from './said.ts'
import { sayDate } from './times.ts'
import { words } from './words.ts'

/** The two questions of the plan, in the form that founds a community and in the form that changes the plan. */
export function PlanFields({ lang, said, mend }: { lang: Lang; said: URLSearchParams; mend: readonly Mend[] }) {
  const say = words(lang)
  return (
    <>
      <DateField
        lang={lang}
        name="last-day"
        legend={say('withdrawal.dayAsked')}
        value={{
          day: said.get('last-day-day') ?? '',
          month: said.get('last-day-month') ?? '',
          year: said.get('last-day-year') ?? '',
        }}
        error={mendingOf(mend, 'last-day')}
      />
      <TextArea
        lang={lang}
        name="still-missing"
        label={say('withdrawal.missingAsked')}
        hint={say('withdrawal.missingHint')}
        value={said.get('still-missing') ?? undefined}
        maxlength={longestText}
        rows={4}
        error={mendingOf(mend, 'still-missing')}
      />
    </>
  )
}

interface PlanProps {
  visit: Visit
  seen: WithdrawalSeen
  /** When the form came back with something to mend. */
  said?: URLSearchParams | undefined
  mend: readonly Mend[]
}

/** When it is, and what is still missing: for everybody. */
export function PlanSaid({ visit, seen: { community, plan } }: Pick<PlanProps, 'visit' | 'seen'>) {
  const { lang } = visit
  const say = words(lang)
  return (
    <div class="stack">
      <p class="question">{sayPlan(community, plan, visit.house.clock.now(), lang)}</p>
      <Facts
        facts={[
          [say('withdrawal.stillMissing'), <OwnWords text={plan.stillMissing} />],
          [say('withdrawal.written'), sayDate(wallTimeIn(community.timeZone, plan.writtenAt).date, lang)],
        ]}
      />
    </div>
  )
}

/** For those who may write the plan. */
export function PlanForm({ visit, seen: { community, plan, whyNot }, said, mend }: PlanProps) {
  const { lang } = visit
  const say = words(lang)
  if (whyNot !== null) return null
  return (
    <Part id="write" title={say('withdrawal.write')}>
      <p>{say('withdrawal.writeWho')}</p>
      <form method="post" action={`/c/${community.slug}/withdrawal`} novalidate>
        <PlanFields lang={lang} said={said ?? asTyped(plan)} mend={mend} />
        <Button>{say('withdrawal.send')}</Button>
      </form>
    </Part>
  )
}

/** The plan as it stands, ready to be changed in the form. */
const asTyped = ({ lastDay, stillMissing }: { lastDay: string; stillMissing: string }): URLSearchParams =>
  new URLSearchParams({
    'last-day-day': String(Number(lastDay.slice(8, 10))),
    'last-day-month': String(Number(lastDay.slice(5, 7))),
    'last-day-year': lastDay.slice(0, 4),
    'still-missing': stillMissing,
  })
