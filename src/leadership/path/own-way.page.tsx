// One's own way in a place: what the page asks, what one calls oneself, the seven stages with one's own acts, and what could come next.
import type { Visit } from '../../access/visit.ts'
import { placeFrame } from '../../communities/place-frame.ts'
import { sayDate } from '../../communities/times.ts'
import { ageBands } from '../../people/person.ts'
import { Actions, Button, ButtonLink, Choice, Tick } from '../../ui/forms.tsx'
import { Notice } from '../../ui/notices.tsx'
import { Page, renderPage } from '../../ui/page.tsx'
import { Columns, Part, Sheet } from '../../ui/parts.tsx'
import { sayStanding } from '../coaching/said.tsx'
import { type Change, changes, type PathSeen } from './path.deeds.ts'
import { isDue, type StageNumber, type Step, stages } from './path.ts'
import { Acts, nameOf, sayMany, Way } from './way.tsx'
import { words } from './words.ts'

export const told = ['yes', 'not-now', 'no', ...changes] as const
export type Told = (typeof told)[number]

interface PathProps {
  visit: Visit
  seen: PathSeen
  happened?: Told | undefined
}

export function ownWayPage({ visit, seen, happened }: PathProps): string {
  const { lang } = visit
  const { community } = seen
  const say = words(lang)
  const here = `/c/${community.slug}/path`
  const around = placeFrame(visit, community, here, 'you')
  const place = { place: community.name }
  // Who has just said not now is not asked again on the same page.
  const asks = happened !== 'not-now' && happened !== 'no'
  return renderPage(
    <Page
      {...around}
      robots="noindex"
      nav={[...around.nav.slice(0, 1), { href: here, label: say('nav') }]}
      title={say('title', place)}
      heading={say('heading', place)}
      lead={say('lead')}
    >
      {happened && (
        <Notice lang={lang} kind="ok" live>
          {say(`said.${happened}`)}
        </Notice>
      )}
      {asks && (
        <div class="not-printed">
          <Ask visit={visit} seen={seen} here={here} />
        </div>
      )}
      <Columns>
        <div class="path-own">
          <Carries visit={visit} seen={seen} />
          <Called visit={visit} seen={seen} here={here} />
          <Next visit={visit} seen={seen} />
        </div>
        <Part id="way" title={say('way.title')}>
          <p class="soft">{say('way.lead')}</p>
          <Way lang={lang} opened={seen.opened} steps={seen.steps} />
        </Part>
      </Columns>
      <PlaceMix visit={visit} seen={seen} />
    </Page>,
  )
}

interface PartProps {
  visit: Visit
  seen: PathSeen
  here: string
}

/** »Du har taget to med. Vil du kalde dig indbyder?« Yes, not now, no thank you; only a yes is kept. */
function Ask({ visit: { lang }, seen, here }: PartProps) {
  const { proposal } = seen
  if (!proposal) return null
  const say = words(lang)
  const { stage, acts } = proposal
  return (
    <Sheet title={say(`ask.${stages[stage]}`, { many: sayMany(lang, acts.length) })}>
      <Acts lang={lang} acts={acts} />
      <form method="post" action={`${here}/say`}>
        <input type="hidden" name="stage" value={String(stage)} />
        {stage >= 5 && <Tick lang={lang} name="coach" label={say('coach')} />}
        {!seen.ageSaid && (
          <details>
            <summary>{say('age.more')}</summary>
            <Choice
              lang={lang}
              name="age"
              plain
              form="age"
              legend={say('age.legend')}
              hint={say('age.hint')}
              options={[
                { value: '', label: say('age.open') },
                ...ageBands.map((band) => ({ value: band, label: band.replace('-', '–') })),
              ]}
            />
          </details>
        )}
        <p class="soft">{say('yours')}</p>
        <Actions>
          <Button name="answer" value="yes">
            {say('yes')}
          </Button>
          <Button kind="quiet" name="answer" value="not-now">
            {say('notNow')}
          </Button>
          <Button kind="quiet" name="answer" value="no">
            {say('no')}
          </Button>
        </Actions>
      </form>
    </Sheet>
  )
}

/** »Du har 4 opgaver; 1 har en makker«, with the offer for whoever stands alone with them. */
function Carries({ visit: { lang }, seen: { community, carries } }: Omit<PartProps, 'here'>) {
  if (carries.tasks === 0) return null
  const say = words(lang)
  const tasks = `/c/${community.slug}/tasks`
  return (
    <Part id="carries" title={sayStanding(lang, carries)}>
      {carries.alone && <p>{say('carries.alone')}</p>}
      <Actions>
        {carries.alone && <ButtonLink href={`${tasks}/find`}>{say('carries.find')}</ButtonLink>}
        <ButtonLink kind="quiet" href={tasks}>
          {say('carries.more')}
        </ButtonLink>
      </Actions>
    </Part>
  )
}

function Called({ visit, seen, here }: PartProps) {
  const { lang } = visit
  const { steps, called, pausing, today } = seen
  const say = words(lang)
  const due = steps.some((step) => step.restingSince === null && isDue(step, today))
  return (
    <Part id="called" title={say('called.title')}>
      {steps.length === 0 && <p>{say('called.none')}</p>}
      {called > 0 && <p class="path-called">{nameOf(lang, called)}</p>}
      {pausing && (
        <>
          <p>{say('called.pausing')}</p>
          <Press here={here} how="again" text={say('called.againAll')} />
        </>
      )}
      {due && (
        <>
          <p>{say('called.due')}</p>
          <Press here={here} how="stands" text={say('called.stands')} />
        </>
      )}
      {[...steps].reverse().map((step) => (
        <Said visit={visit} step={step} here={here} alone={pausing} />
      ))}
      {!pausing && steps.length > 0 && <Press here={here} how="pause" text={say('called.pause')} quiet />}
    </Part>
  )
}

/** One yes, with when it was said; folded away under it, how to make it smaller or take it back. */
function Said({ visit: { lang }, step, here, alone }: { visit: Visit; step: Step; here: string; alone: boolean }) {
  const { stage, saidOn, restingSince, coachMayKnow } = step
  const say = words(lang)
  return (
    <div class="path-said">
      <p>
        <b>{nameOf(lang, stage)}</b>{' '}
        <span class="soft">
          {say('called.since', { day: sayDate(saidOn, lang) })}{' '}
          {restingSince !== null && !alone && say('called.resting', { day: sayDate(restingSince, lang) })}
          {coachMayKnow && say('called.mayKnow')}
        </span>
      </p>
      <details class="not-printed">
        <summary>
          {say('called.change')}
          <span class="away">: {nameOf(lang, stage)}</span>
        </summary>
        {restingSince === null ? (
          <Press here={here} how="rest" text={say('called.rest')} stage={stage} quiet />
        ) : (
          <Press here={here} how="again" text={say('called.again')} stage={stage} quiet />
        )}
        <Press here={here} how="back" text={say('called.back')} stage={stage} quiet />
      </details>
    </div>
  )
}

interface PressProps {
  here: string
  how: Change
  text: string
  stage?: StageNumber
  quiet?: boolean
}

function Press({ here, how, text, stage, quiet }: PressProps) {
  return (
    <form class="not-printed" method="post" action={`${here}/change`}>
      {stage !== undefined && <input type="hidden" name="stage" value={String(stage)} />}
      <Button name="how" value={how} kind={quiet ? 'quiet' : undefined}>
        {text}
      </Button>
    </form>
  )
}

/** What somebody could do next, in a neighbour's words, and the way to it. */
function Next({ visit: { lang }, seen }: { visit: Visit; seen: PathSeen }) {
  const { community, next } = seen
  const say = words(lang)
  const place = `/c/${community.slug}`
  return (
    <Part id="next" title={say('next.title')}>
      <p class="path-next">{say(next === null ? 'next.end' : `next.${stages[next]}`)}</p>
      <div class="not-printed">
        <ul class="ways-on">
          {next === 3 && <Go to={`${place}/own-card`} text={say('next.link.inviter')} />}
          {next === 4 && <Go to="/training/3" text={say('next.link.host')} />}
          {(next === 5 || next === 6) && <Go to={`${place}/support`} text={say('next.link.support')} />}
          <Go to={`${place}/training`} text={say('next.link.training')} />
          <Go to={`${place}/talks/new`} text={say('next.talk')} />
        </ul>
      </div>
      <p class="soft">
        {say('next.missing')} <span class="not-printed">{say('next.print')}</span>
      </p>
    </Part>
  )
}

const Go = ({ to, text }: { to: string; text: string }) => (
  <li>
    <a href={to}>{text}</a>
  </li>
)

function PlaceMix({ visit: { lang }, seen: { mix } }: { visit: Visit; seen: PathSeen }) {
  const say = words(lang)
  return (
    <div class="not-printed">
      <Part id="place" title={say('mix.title')}>
        <p class="soft">{say('mix.lead')}</p>
        {mix === null ? (
          <p>{say('mix.none')}</p>
        ) : (
          <>
            <p>{mix.takesOn === null ? say('mix.few') : say('mix.takesOn', { count: mix.takesOn })}</p>
            {mix.blend !== null && <p>{say(`mix.${mix.blend}`)}</p>}
            {mix.others !== null && <p>{say(`mix.${mix.others}`)}</p>}
            {mix.takesOn !== null && mix.blend === null && <p>{say('mix.unsaid')}</p>}
            <p class="soft small">{say('mix.day', { day: sayDate(mix.quarter, lang) })}</p>
          </>
        )}
      </Part>
    </div>
  )
}
