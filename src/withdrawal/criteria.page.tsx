// The eight signs, each with what it rests on, its bounds and its state; and the bounds that a place has agreed on instead.
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { placeFrame } from '../communities/place-frame.ts'
import { Button, type Problem, problemOf } from '../ui/forms.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Chip, Part } from '../ui/parts.tsx'
import { boundsOf, type Criterion, criteria, isShare, type Judged, judge, type State, usual } from './criteria.ts'
import { sayQuarter } from './outline.page.tsx'
import { sayBase, sayValue } from './said.ts'
import type { Leaving } from './withdrawal.deeds.ts'
import { words } from './words.ts'

const tone: Readonly<Record<State, 'beech' | 'glow' | 'ember' | 'strait'>> = {
  ready: 'beech',
  'under-way': 'glow',
  'not-yet': 'ember',
  unknown: 'strait',
}

interface Again {
  criterion: Criterion
  said: URLSearchParams
  mend: readonly Problem[]
}

export function criteriaPage(visit: Visit, seen: Leaving, again?: Again): string {
  const { lang } = visit
  const say = words(lang)
  const { community, quarters, rules, eye, recorded } = seen
  const [last] = eye.belongs ? quarters : []
  const path = `/c/${community.slug}/withdrawal/criteria`
  return renderPage(
    <Page
      {...placeFrame(visit, community, path, eye.belongs ? 'residents' : 'all')}
      title={`${say('criteria.title')} · ${community.name}`}
      heading={say('criteria.title')}
      eyebrow={<OwnWords text={community.name} />}
      lead={say('criteria.lead')}
      problems={again?.mend ?? []}
    >
      {eye.belongs && !last && <p class="soft">{say('criteria.none')}</p>}
      {last && recorded && (
        <p class="soft">
          {say('criteria.quarter', { quarter: sayQuarter(last.first, lang) })}{' '}
          {recorded.active > 0 ? say('left.recorded', { ...recorded }) : say('left.notRecorded')}
        </p>
      )}
      <ul class="criteria">
        {judge(last?.measured ?? [], rules).map((one) => (
          <li>
            <Sign visit={visit} one={one} measured={last !== undefined} />
          </li>
        ))}
      </ul>
      {eye.keeps && (
        <Part id="agree" title={say('criteria.change')}>
          <p>{say('criteria.changeLead')}</p>
          {criteria.map((criterion) => (
            <RuleForm
              visit={visit}
              seen={seen}
              criterion={criterion}
              again={again?.criterion === criterion ? again : undefined}
            />
          ))}
        </Part>
      )}
      <p>
        <a href={`/c/${community.slug}/withdrawal`}>{say('criteria.back')}</a>
      </p>
    </Page>,
  )
}

function Sign({ visit, one, measured }: { visit: Visit; one: Judged; measured: boolean }) {
  const { lang } = visit
  const say = words(lang)
  const { criterion, value, base, state, bounds, own, ages } = one
  // Who is one alone is told by no number.
  const fewLeaders = criterion === 'leaders' && ages !== undefined && value !== null && value < 2
  const bound = sayValue(lang, criterion, bounds.ready)
  return (
    <>
      <h2>{say(`criteria.name.${criterion}`)}</h2>
      {measured && (
        <p>
          {value !== null && (
            <b class="figure">{fewLeaders ? say('criteria.atMostOne') : sayValue(lang, criterion, value)}</b>
          )}{' '}
          <Chip tone={tone[state]}>
            {criterion === 'vote' && state === 'unknown' ? say('criteria.notVoted') : say(`criteria.stateIs.${state}`)}
          </Chip>{' '}
          {base > 0 && (
            <span class="soft">
              {say('criteria.base')}: {sayBase(lang, criterion, base)}
            </span>
          )}
        </p>
      )}
      <p>
        {measured && criterion === 'leaders' && ages === undefined
          ? say('criteria.byRoles')
          : say(`criteria.because.${criterion}`)}{' '}
        {ages !== undefined && say(`criteria.ages.${ages}`)}
      </p>
      <p class="soft">
        {say(usual[criterion].better === 'down' ? 'criteria.readyDown' : 'criteria.ready', { bound })}
        {' · '}
        {say(own ? 'criteria.own' : 'criteria.agreed')}
      </p>
    </>
  )
}

interface RuleProps {
  visit: Visit
  seen: Leaving
  criterion: Criterion
  again: Again | undefined
}

/** One sign, one form: what is wrong with one leaves the others alone. */
function RuleForm({ visit, seen: { community, rules }, criterion, again }: RuleProps) {
  const { lang } = visit
  const say = words(lang)
  const rule = rules.find((one) => one.criterion === criterion)
  const inUnits = (value: number | null | undefined) =>
    value == null ? '' : String(isShare(criterion) ? Math.round(value * 1000) / 10 : value)
  const { underWay, ready } = boundsOf(criterion)
  const field = (name: 'under-way' | 'ready', now: number | null | undefined) => (
    <div class="field">
      <label for={`${criterion}-${name}`}>
        {say(name === 'ready' ? 'criteria.readyAsked' : 'criteria.underWayAsked')}
      </label>
      {again && problemOf(again.mend, name) && (
        <p class="wrong" id={name}>
          {problemOf(again.mend, name)}
        </p>
      )}
      <input
        id={`${criterion}-${name}`}
        name={name}
        inputmode="decimal"
        size={6}
        autocomplete="off"
        value={again?.said.get(name) ?? inUnits(now)}
        aria-invalid={again && problemOf(again.mend, name) ? 'true' : undefined}
        aria-describedby={again && problemOf(again.mend, name) ? name : undefined}
      />
      {isShare(criterion) && ' %'}
    </div>
  )
  return (
    <details open={again ? true : undefined}>
      <summary>{say(`criteria.name.${criterion}`)}</summary>
      <form method="post" action={`/c/${community.slug}/withdrawal/criteria/${criterion}`} novalidate>
        <p class="hint">
          {say('criteria.usual', {
            underWay: sayValue(lang, criterion, underWay),
            ready: sayValue(lang, criterion, ready),
          })}
        </p>
        {criterion !== 'vote' && field('under-way', rule?.underWay)}
        {criterion !== 'vote' && field('ready', rule?.ready)}
        <div class="choice">
          <label class="option">
            <input
              type="checkbox"
              name="left-out"
              value="yes"
              checked={(again ? again.said.get('left-out') === 'yes' : rule?.leftOut) || undefined}
            />
            <span>{say('criteria.leftOut')}</span>
          </label>
        </div>
        <Button kind="quiet">
          {say('criteria.send')}
          <span class="away">: {say(`criteria.name.${criterion}`)}</span>
        </Button>
      </form>
    </details>
  )
}
