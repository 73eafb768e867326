// Who carries what in a place: how much of it residents carry, what the municipality has for a time, and what it takes to give it back.
import { randomUUID } from 'node:crypto'
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { placeFrame } from '../communities/place-frame.ts'
import { sayDate } from '../communities/times.ts'
import type { Lang } from '../i18n/catalogue.ts'
import { Button, Choice, Field, problemOf, TextArea } from '../ui/forms.tsx'
import { EmptyState } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Carrier, Part, Sheet, Table } from '../ui/parts.tsx'
import { municipalRoom } from '../ui/whose-room.tsx'
import type { StepsSeen } from './balance.deeds.ts'
import {
  type Carried,
  carriers,
  longest,
  ownerNow,
  owners,
  type Step,
  type StepProblem,
  shareOfSteps,
} from './balance.ts'
import { type Again, Press } from './said.tsx'
import { words } from './words.ts'

export const stepMendings = (lang: Lang, problems: readonly StepProblem[]) =>
  problems.map(({ field, code }) => ({
    field,
    message: words(lang)(`problem.${code}`, { count: field === 'what' ? longest.what : longest.giveBack }),
  }))

/** What residents carry, with its base; in words where there are few. */
export function sayCarried(lang: Lang, carried: Carried): string {
  const say = words(lang)
  const share = shareOfSteps(carried)
  if (share.kind === 'few') return say('steps.few', { count: carried.of })
  if (share.kind === 'count') return say('steps.count', { residents: share.residents, of: share.of })
  return say('steps.share', { residents: share.residents, of: share.of, low: share.low, high: share.high })
}

export function stepsPage(visit: Visit, seen: StepsSeen, again?: Again & { step?: string }): string {
  const { lang } = visit
  const say = words(lang)
  const { community, steps } = seen
  const path = `/c/${community.slug}/steps`
  const open = steps.filter(({ doneOn }) => doneOn === null)
  const done = steps.filter(({ doneOn }) => doneOn !== null)
  return renderPage(
    <Page
      {...placeFrame(visit, community, path, 'residents')}
      room={municipalRoom('both')}
      title={`${say('steps.title')} · ${community.name}`}
      heading={say('steps.title')}
      eyebrow={<OwnWords text={community.name} />}
      lead={say('steps.lead')}
      problems={again?.problems}
      robots="noindex"
    >
      {seen.now.of > 0 && (
        <Sheet eyebrow={say('steps.now')} title={sayCarried(lang, seen.now)}>
          <p class="soft">
            {say('steps.base')}{' '}
            {say(seen.promises > 0 ? 'steps.promises' : 'steps.noPromises', { count: seen.promises })}
          </p>
        </Sheet>
      )}
      <Part id="open" title={say('steps.open')}>
        {open.length === 0 && <EmptyState title={say('steps.none')} />}
        <ul class="steps-carried">
          {open.map((step) => (
            <StepShown visit={visit} seen={seen} step={step} again={again?.step === step.id ? again : undefined} />
          ))}
        </ul>
      </Part>
      {seen.quarters.some(({ carried }) => carried.of > 0) && (
        <Part id="quarters" title={say('steps.quarters')}>
          <Table
            caption={say('steps.quarters')}
            quiet
            columns={[say('steps.day'), say('steps.carried')]}
            rows={seen.quarters
              .filter(({ carried }) => carried.of > 0)
              .map(({ end, carried }) => [sayDate(end, lang), sayCarried(lang, carried)])}
          />
        </Part>
      )}
      {seen.writes && (
        <Part id="new" title={say('steps.new')}>
          <details open={again && !again.step ? true : undefined}>
            <summary>{say('steps.newOpen')}</summary>
            <form method="post" action={path} novalidate>
              <input type="hidden" name="id" value={(!again?.step && again?.said.get('id')) || randomUUID()} />
              <Field
                lang={lang}
                name="what"
                label={say('steps.what')}
                hint={say('steps.whatHint')}
                maxlength={longest.what}
                value={again && !again.step ? (again.said.get('what') ?? undefined) : undefined}
                error={again?.step ? undefined : problemOf(again?.problems, 'what')}
              />
              <TurnFields lang={lang} again={again?.step ? undefined : again} />
              <Button>{say('steps.keep')}</Button>
            </form>
          </details>
        </Part>
      )}
      {done.length > 0 && (
        <Part id="done" title={say('steps.done')}>
          <ul>
            {done.map(({ what, doneOn }) => (
              <li>
                <OwnWords text={what} /> <span class="soft">{doneOn && sayDate(doneOn, lang)}</span>
              </li>
            ))}
          </ul>
        </Part>
      )}
    </Page>,
  )
}

interface StepProps {
  visit: Visit
  seen: StepsSeen
  step: Step
  again?: Again | undefined
}

function StepShown({ visit, seen, step, again }: StepProps) {
  const { lang } = visit
  const say = words(lang)
  const last = step.turns.at(-1)
  const owner = ownerNow(step)
  const path = `/c/${seen.community.slug}/steps/${step.id}`
  return (
    <li id={`s-${step.id}`}>
      <p>
        <Carrier who={owner === 'municipality' ? 'municipality' : 'residents'}>{say(`owner.${owner}`)}</Carrier>{' '}
        <b>
          <OwnWords text={step.what} />
        </b>{' '}
        {last && <span class="soft">{say('steps.since', { day: sayDate(last.since, lang) })}</span>}
      </p>
      {last?.carriedBefore && (
        <p>
          {say(`steps.before.${last.carriedBefore}`)}
          {last.giveBack && (
            <>
              {' '}
              {say('steps.givesBack')} <OwnWords text={last.giveBack} />
            </>
          )}
        </p>
      )}
      {step.turns.length > 1 && (
        <details>
          <summary>{say('steps.history')}</summary>
          <ol>
            {step.turns.map((turn) => (
              <li>
                {sayDate(turn.since, lang)}: {say(`owner.${turn.owner}`)}
                {turn.giveBack && (
                  <>
                    {'. '}
                    <OwnWords text={turn.giveBack} />
                  </>
                )}
              </li>
            ))}
          </ol>
        </details>
      )}
      {seen.writes && (
        <details open={again ? true : undefined}>
          <summary>{say('steps.move')}</summary>
          <form method="post" action={`${path}/move`} novalidate>
            <TurnFields lang={lang} again={again} own={again ? undefined : step.id} />
            <Button kind="quiet">{say('steps.moveDo')}</Button>
          </form>
          <Press action={`${path}/done`}>{say('steps.doneDo')}</Press>
        </details>
      )}
    </li>
  )
}

/** Who takes it; and the two questions that the municipality answers when it does. `own`: fields of several forms on one page have ids of their own. */
function TurnFields({ lang, again, own }: { lang: Lang; again?: Again | undefined; own?: string | undefined }) {
  const say = words(lang)
  const said = (name: string) => again?.said.get(name) ?? undefined
  if (own)
    return (
      <>
        <div class="field">
          <label for={`owner-${own}`}>{say('steps.owner')}</label>
          <select id={`owner-${own}`} name="owner">
            {owners.map((owner) => (
              <option value={owner}>{say(`owner.${owner}`)}</option>
            ))}
          </select>
        </div>
        <p class="hint">{say('steps.whenMunicipality')}</p>
        <div class="field">
          <label for={`before-${own}`}>{say('steps.who')}</label>
          <select id={`before-${own}`} name="before">
            <option value="">{say('steps.choose')}</option>
            {carriers.map((carrier) => (
              <option value={carrier}>{say(`carrier.${carrier}`)}</option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for={`back-${own}`}>{say('steps.back')}</label>
          <textarea class="wide" id={`back-${own}`} name="back" rows={2} maxlength={longest.giveBack} />
        </div>
      </>
    )
  return (
    <>
      <Choice
        lang={lang}
        name="owner"
        legend={say('steps.owner')}
        plain
        options={owners.map((owner) => ({ value: owner, label: say(`owner.${owner}`) }))}
        value={said('owner')}
        error={problemOf(again?.problems, 'owner')}
      />
      <p class="hint">{say('steps.whenMunicipality')}</p>
      <Choice
        lang={lang}
        name="before"
        legend={say('steps.who')}
        options={carriers.map((carrier) => ({ value: carrier, label: say(`carrier.${carrier}`) }))}
        value={said('before')}
        error={problemOf(again?.problems, 'before')}
      />
      <TextArea
        lang={lang}
        name="back"
        label={say('steps.back')}
        voice
        rows={2}
        maxlength={longest.giveBack}
        value={said('back')}
        error={problemOf(again?.problems, 'back')}
      />
    </>
  )
}
