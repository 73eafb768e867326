// When the municipality leaves, on one page: where it stands, the plan, the place's own vote, what is handed over, and what comes after.
import type { Visit } from '../access/visit.ts'
import { wallTimeIn } from '../clock.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { placeFrame } from '../communities/place-frame.ts'
import { sayDate } from '../communities/times.ts'
import { PlanForm, PlanSaid } from '../communities/withdrawal.page.tsx'
import { words as placeWords } from '../communities/words.ts'
import { Actions, Button, ButtonLink, DateField, type Problem, TextArea } from '../ui/forms.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Carrier, Chip, Part, Sheet } from '../ui/parts.tsx'
import { isTimeToTalk, judge } from './criteria.ts'
import { FallenSigns } from './fallen.page.tsx'
import { sayQuarter } from './outline.page.tsx'
import { PassedOn } from './passed-on.page.tsx'
import { fallenSince, isStepOut, longestWords, phases } from './phase.ts'
import { typedDay } from './said.ts'
import { Votes } from './votes.page.tsx'
import type { Leaving } from './withdrawal.deeds.ts'
import { words } from './words.ts'

/** What came back with something to mend, and from which of the forms. */
export interface Again {
  form: 'plan' | 'item' | 'call' | 'answer'
  said: URLSearchParams
  mend: readonly Problem[]
}

export interface PartProps {
  visit: Visit
  seen: Leaving
  again?: Again | undefined
}

export function leavingPage(visit: Visit, seen: Leaving, again?: Again): string {
  const { lang } = visit
  const say = placeWords(lang)
  const { community, eye } = seen
  const of = (form: Again['form']) => (again?.form === form ? again : undefined)
  return renderPage(
    <Page
      {...placeFrame(visit, community, `/c/${community.slug}/withdrawal`, eye.belongs ? 'residents' : 'all')}
      title={`${say('withdrawal.title')} · ${community.name}`}
      heading={say('withdrawal.title')}
      eyebrow={<OwnWords text={community.name} />}
      lead={say(community.presence === 'out' ? 'withdrawal.leadOut' : 'withdrawal.lead')}
      problems={again?.mend ?? []}
    >
      <PlanSaid visit={visit} seen={seen} />
      <WhereItStands visit={visit} seen={seen} />
      {(eye.belongs || eye.works) && <Ready visit={visit} seen={seen} />}
      {(eye.belongs || eye.works) && <Votes visit={visit} seen={seen} />}
      {(eye.belongs || eye.works) && <PassedOn visit={visit} seen={seen} again={of('item')} />}
      <Afterwards visit={visit} seen={seen} />
      <Calls visit={visit} seen={seen} again={of('call') ?? of('answer')} />
      <PlanForm visit={visit} seen={seen} said={of('plan')?.said} mend={of('plan')?.mend ?? []} />
    </Page>,
  )
}

/** The four steps with the one that the place stands on. */
function WhereItStands({ visit, seen: { community, votes, today } }: PartProps) {
  const say = words(visit.lang)
  const { presence } = community
  const last = votes.find(({ state }) => state === 'adopted')
  const farewell = last && last.to === presence && isStepOut(last.from, last.to) ? last : null
  return (
    <Part id="stands" title={say('stands')}>
      <ol class="steps-out">
        {phases.map((phase) => (
          <li class={phase === presence ? 'here' : undefined} aria-current={phase === presence ? 'step' : undefined}>
            <b>{say(`phase.${phase}`)}</b> {phase === presence && <Chip tone="glow">{say('stepNow')}</Chip>}
            <br />
            <span class="soft">{say(`phaseMeans.${phase}`)}</span>
          </li>
        ))}
      </ol>
      {presence === 'idea' && <p>{say('phaseMeans.idea')}</p>}
      {farewell?.farewellOn && (
        <p>
          {say(farewell.farewellOn < today ? 'vote.farewellHeld' : 'vote.farewellSaid', {
            day: sayDate(farewell.farewellOn, visit.lang),
          })}{' '}
          {farewell.farewell && <OwnWords text={farewell.farewell} />}
        </p>
      )}
    </Part>
  )
}

/** How many signs are ready, with a way to what they rest on. */
function Ready({ visit, seen: { community, quarters, rules, today, eye, kept } }: PartProps) {
  const say = words(visit.lang)
  const [last] = quarters
  const gone = fallenSince(community.presence, quarters, rules)
  const judged = last ? judge(last.measured, rules) : []
  const ready = judged.filter(({ state }) => state === 'ready').length
  return (
    <Part id="ready" title={say('criteria.title')}>
      {eye.belongs && isTimeToTalk(quarters, rules, today) && (
        <Sheet title={say('vote.proposed')}>
          <Actions>
            <ButtonLink href={`/c/${community.slug}/withdrawal/vote`}>{say('vote.new')}</ButtonLink>
          </Actions>
        </Sheet>
      )}
      {eye.belongs && (
        <p class={last ? 'question' : undefined}>
          {last ? say('criteria.mostly', { ready, all: judged.length }) : say('criteria.none')}
        </p>
      )}
      {eye.belongs && gone.length > 0 && (
        <Sheet title={say('left.fallen')}>
          <FallenSigns visit={visit} fallen={gone} />
        </Sheet>
      )}
      <p>
        {say('left.seeLead')} <a href={`/c/${community.slug}/if-we-left`}>{say('left.see')}</a>
      </p>
      {kept.length > 0 && (
        <p>
          {say('moments.keptTold', {
            quarters: new Intl.ListFormat(visit.lang).format(kept.map((first) => sayQuarter(first, visit.lang))),
          })}{' '}
          <a href={`/c/${community.slug}/if-we-left?then=${kept[0]}#moments`}>{say('moments.title')}</a>
        </p>
      )}
      <p>
        <a href={`/c/${community.slug}/withdrawal/criteria`}>{say('criteria.more')}</a>
      </p>
    </Part>
  )
}

/** Half a year and a year after a step out. */
function Afterwards({ visit, seen: { community, checkIns, votes, eye, today } }: PartProps) {
  const { lang } = visit
  const say = words(lang)
  if (checkIns.length === 0) return null
  // A place that was called back and went out again has check-ins after each step.
  const several = new Set(checkIns.map(({ vote }) => vote)).size > 1
  const stepOf = (id: string) => (several ? votes.find((vote) => vote.id === id)?.votedOn : undefined)
  return (
    <Part id="after" title={say('after.title')}>
      {eye.belongs && <p>{say('after.lead')}</p>}
      <ul class="passed-on">
        {checkIns
          .map((one) => ({ ...one, step: stepOf(one.vote) }))
          .map(({ step, ...one }) => (
            <li>
              <p>
                <b>{say(`after.month.${one.month}`)}</b>{' '}
                {one.how ? (
                  <Chip tone={one.how === 'holds' ? 'beech' : 'ember'}>{say(`after.how.${one.how}`)}</Chip>
                ) : (
                  <span class="soft">
                    {say(one.dueOn < today ? 'after.overdue' : 'after.due', { day: sayDate(one.dueOn, lang) })}
                  </span>
                )}
              </p>
              {step && <p class="soft">{say('after.since', { day: sayDate(step, lang) })}</p>}
              {one.heldOn && <p class="soft">{say('after.held', { day: sayDate(one.heldOn, lang) })}</p>}
              {one.words && (
                <p>
                  <OwnWords text={one.words} />
                </p>
              )}
              {eye.belongs && one.how && <p class="soft">{say(one.shared ? 'after.shared' : 'after.notShared')}</p>}
              {eye.hosts && (one.how || one.dueOn <= today) && (
                <ButtonLink
                  kind={one.how ? 'quiet' : 'primary'}
                  href={`/c/${community.slug}/withdrawal/check-in/${one.vote}/${one.month}`}
                >
                  {say(one.how ? 'after.change' : 'after.write')}
                </ButtonLink>
              )}
            </li>
          ))}
      </ul>
    </Part>
  )
}

/** Calling the municipality back, and its answer. */
function Calls({ visit, seen: { community, calls, eye, today }, again }: PartProps) {
  const { lang } = visit
  const say = words(lang)
  const day = (at: Date) => sayDate(wallTimeIn(community.timeZone, at).date, lang)
  const [last] = calls
  const waits = last && last.answeredAt === null ? last : null
  const canCall = eye.hosts && !waits && community.presence !== 'idea' && community.presence !== 'beside'
  if (!last && !canCall) return null
  const path = `/c/${community.slug}/withdrawal/call`
  return (
    <Part id="call" title={say('call.title')}>
      {last && (
        <Carrier who={waits ? 'residents' : 'municipality'}>
          {waits
            ? say(eye.works ? 'call.waitsStaff' : 'call.waits', { day: day(waits.calledAt) })
            : say((last.comesOn ?? '') < today ? 'call.came' : 'call.answered', {
                day: sayDate(last.comesOn ?? '', lang),
              })}
        </Carrier>
      )}
      {last?.words && (
        <p>
          <OwnWords text={last.words} />
        </p>
      )}
      {waits && eye.works && (
        <form method="post" action={`${path}/${waits.id}`} novalidate>
          <DateField
            lang={lang}
            name="comes-on"
            legend={say('call.answer')}
            value={typedDay(again?.said, 'comes-on')}
            error={again?.mend.find(({ field }) => field === 'comes-on')?.message}
          />
          <Button>{say('call.answerSend')}</Button>
        </form>
      )}
      {canCall && (
        <>
          <p>{say('call.lead')}</p>
          <form method="post" action={path} novalidate>
            <TextArea
              lang={lang}
              name="words"
              label={say('call.words')}
              value={again?.said.get('words') ?? undefined}
              maxlength={longestWords}
              rows={3}
              optional
              error={again?.mend.find(({ field }) => field === 'words')?.message}
            />
            <Button>{say('call.send')}</Button>
          </form>
        </>
      )}
    </Part>
  )
}
