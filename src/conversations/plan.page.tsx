// The form of a plan: with whom, what kind of talk, where and when, and the sentence that is said in advance.
import { randomUUID } from 'node:crypto'
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { isMunicipal } from '../db/as-actor.ts'
import type { DateSaid } from '../ui/dates.ts'
import { Button, Choice, DateField, Field, problemOf, TextArea, Tick, TimeField } from '../ui/forms.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { type Again, roomOfTalk, talkFrame } from './said.tsx'
import { kinds, longest, mediums, type Talk } from './talk.ts'
import type { Asking } from './talks.deeds.ts'
import { words } from './words.ts'

interface PlanProps {
  visit: Visit
  asking: Asking
  said: URLSearchParams
  problems?: Again['problems'] | undefined
  /** The talk that is moved; none for a new one. */
  talk?: Talk | undefined
}

const whenSaid = (form: URLSearchParams): DateSaid => ({
  day: form.get('when-day') ?? '',
  month: form.get('when-month') ?? '',
  year: form.get('when-year') ?? '',
})

export function planPage({ visit, asking, said, problems, talk }: PlanProps): string {
  const { lang } = visit
  const say = words(lang)
  const { community, people } = asking
  const work = isMunicipal(visit.actor)
  const path = talk ? `/talks/${talk.id}/plan` : `/c/${community.slug}/talks/new`
  const room = talk?.room ?? (work ? 'municipal' : 'community')
  return renderPage(
    <Page
      {...talkFrame(visit, path, roomOfTalk(room, community))}
      title={say(talk ? 'plan.move' : 'plan.title')}
      eyebrow={<OwnWords text={community.name} />}
      lead={say('plan.lead')}
      problems={problems}
    >
      {!work && !talk && (
        <p class="soft">
          {say('plan.orBook')} <a href="/book">{say('next.book')}</a>
        </p>
      )}
      <form method="post" action={path} novalidate>
        {talk ? (
          <input type="hidden" name="rev" value={said.get('rev') ?? String(talk.rev)} />
        ) : (
          <input type="hidden" name="id" value={said.get('id') ?? randomUUID()} />
        )}
        {!talk &&
          (people.length > 0 ? (
            <div class={problemOf(problems, 'with') ? 'field mend' : 'field'}>
              <label for="with">{say('plan.with')}</label>
              <p class="hint" id="with-hint">
                {say('plan.withHint')}
              </p>
              {problemOf(problems, 'with') && (
                <p class="wrong" id="with-error">
                  {problemOf(problems, 'with')}
                </p>
              )}
              <select
                id="with"
                name="with"
                aria-describedby={problemOf(problems, 'with') ? 'with-hint with-error' : 'with-hint'}
              >
                <option value="">{say('plan.withLink')}</option>
                {people.map(({ id, name }) => (
                  <option value={id} selected={said.get('with') === id}>
                    {name}
                  </option>
                ))}
              </select>
            </div>
          ) : (
            <p class="hint">{say('plan.nobody')}</p>
          ))}
        <Choice
          lang={lang}
          name="kind"
          legend={say('plan.kind')}
          plain
          options={kinds.map((kind) => ({ value: kind, label: say(`kind.${kind}`) }))}
          value={said.get('kind') ?? undefined}
          error={problemOf(problems, 'kind')}
        />
        <TextArea
          lang={lang}
          name="purpose"
          label={say('plan.purpose')}
          hint={say('plan.purposeHint')}
          voice
          rows={3}
          maxlength={longest.purpose}
          value={said.get('purpose') ?? undefined}
          error={problemOf(problems, 'purpose')}
        />
        <Choice
          lang={lang}
          name="medium"
          legend={say('plan.medium')}
          plain
          options={mediums.map((medium) => ({ value: medium, label: say(`medium.${medium}`) }))}
          value={said.get('medium') ?? undefined}
          error={problemOf(problems, 'medium')}
        />
        <Field
          lang={lang}
          name="spot"
          label={say('plan.spot')}
          optional
          maxlength={longest.spot}
          value={said.get('spot') ?? undefined}
          error={problemOf(problems, 'spot')}
        />
        <DateField
          lang={lang}
          name="when"
          legend={say('plan.when')}
          hint={say('plan.whenHint')}
          value={whenSaid(said)}
          error={problemOf(problems, 'when')}
        />
        <TimeField
          lang={lang}
          name="time"
          label={say('plan.time')}
          optional
          value={said.get('time') ?? undefined}
          error={problemOf(problems, 'time')}
        />
        <Tick lang={lang} name="wanted" label={say('plan.wanted')} checked={said.has('wanted')} />
        <Button wide>{say(talk ? 'plan.keep' : 'plan.send')}</Button>
      </form>
    </Page>,
  )
}
