// Training in a place, as a page: what comes, what one was at oneself, what one can wish for, and the ten hand-outs.
import type { Visit } from '../../access/visit.ts'
import { withWay } from '../../access/way.ts'
import { OwnWords } from '../../communities/own-words.tsx'
import { placeFrame } from '../../communities/place-frame.ts'
import { sayDate } from '../../communities/times.ts'
import { isMunicipal } from '../../db/as-actor.ts'
import { rounded } from '../../shares/breakdown.ts'
import { publish } from '../../shares/published.ts'
import { Actions, Button, ButtonLink } from '../../ui/forms.tsx'
import { EmptyState } from '../../ui/notices.tsx'
import { Page, renderPage } from '../../ui/page.tsx'
import { Chip, Columns, Part, Table } from '../../ui/parts.tsx'
import { Leads, pathOf, sayRoom, sayWhen } from './said.tsx'
import { mayAnnounce, type TrainingsSeen } from './training.deeds.ts'
import type { TrainingSeen } from './training.queries.ts'
import { type LedInYear, type Module, modules, placeModules } from './training.ts'
import { sayModule, words } from './words.ts'

interface Props {
  visit: Visit
  seen: TrainingsSeen
}

/** So many held ones are in sight; the older ones open with a press. */
const inSight = 5

export function trainingsPage(visit: Visit, seen: TrainingsSeen): string {
  const { lang } = visit
  const say = words(lang)
  const { community, eye } = seen
  const path = pathOf(community)
  return renderPage(
    <Page
      {...placeFrame(visit, community, path, 'all')}
      title={say('list.title', { place: community.name })}
      eyebrow={<OwnWords text={community.name} />}
      heading={say('list.heading')}
      lead={say('list.lead')}
    >
      <Columns>
        <div class="stack">
          <Coming visit={visit} seen={seen} />
          {mayAnnounce(eye, community) && (
            <Actions>
              <ButtonLink href={`${path}/new`} kind={seen.coming.length > 0 ? 'quiet' : 'primary'}>
                {say('list.announce')}
              </ButtonLink>
            </Actions>
          )}
        </div>
        <div class="stack trainings-side">
          <Mine visit={visit} seen={seen} />
          <Modules visit={visit} seen={seen} />
        </div>
      </Columns>
      <Held visit={visit} seen={seen} />
      <Years visit={visit} seen={seen} />
      {isMunicipal(visit.actor) && <Quarters visit={visit} seen={seen} />}
    </Page>,
  )
}

function Coming({ visit, seen }: Props) {
  const { lang } = visit
  const say = words(lang)
  const { community, coming, off, mine, eye, now } = seen
  const seatIn = (training: TrainingSeen) => mine.some((seat) => seat.training === training.id)
  const shown = [...coming, ...off.filter((one) => eye.hosts || seatIn(one))].sort(
    (a, b) => a.startsAt.getTime() - b.startsAt.getTime(),
  )
  if (shown.length === 0)
    return (
      <Part id="coming" title={say('list.coming')}>
        <EmptyState title={say('list.none')}>{say('list.noneHow')}</EmptyState>
      </Part>
    )
  return (
    <Part id="coming" title={say('list.coming')}>
      <ul class="trainings">
        {shown.map((training) => (
          <li>
            <h3>
              <a href={pathOf(community, training.id)}>{sayModule(lang, training.module)}</a>
            </h3>
            <p>
              <b>{sayWhen(training, community, lang, now)}</b> · <OwnWords text={training.place} />
            </p>
            <p>
              <Leads visit={visit} training={training} />
            </p>
            {training.cancelledAt ? (
              <p>
                <Chip tone="ember">{say('off.chip')}</Chip>{' '}
                {training.cancelWords && <OwnWords text={training.cancelWords} />}
              </p>
            ) : (
              <SignUp visit={visit} seen={seen} training={training} has={seatIn(training)} />
            )}
          </li>
        ))}
      </ul>
    </Part>
  )
}

/** One press, where the training stands in the list. Its name says which, also to whoever only hears it. */
function SignUp({ visit, seen, training, has }: Props & { training: TrainingSeen; has: boolean }) {
  const { lang } = visit
  const say = words(lang)
  const module = sayModule(lang, training.module)
  const path = pathOf(seen.community, training.id)
  if (has)
    return (
      <p>
        <Chip tone="beech">{say('seat.yours')}</Chip> {sayRoom(lang, training)}
      </p>
    )
  return (
    <>
      <p class="soft">{sayRoom(lang, training)}</p>
      {!training.isFull && seen.eye.belongs && (
        <form method="post" action={`${path}/sign-up`}>
          <Button>
            {say('seat.take')}
            <span class="away">: {module}</span>
          </Button>
        </form>
      )}
      {!training.isFull && !visit.person && (
        <p>
          <a href={withWay('/in', path)}>
            {say('seat.signIn')}
            <span class="away">: {module}</span>
          </a>
        </p>
      )}
    </>
  )
}

/** For oneself alone: what one was at. No mark, no rank. */
function Mine({ visit, seen: { trained } }: Props) {
  const { lang } = visit
  const say = words(lang)
  if (trained.length === 0) return null
  const numbers = trained.map(({ module }) => String(module))
  const last = numbers.at(-1) ?? ''
  const list = numbers.length < 2 ? last : `${numbers.slice(0, -1).join(', ')} ${say('mine.and')} ${last}`
  return (
    <Part id="mine" title={say('mine.title', { list })}>
      <ul>
        {trained.map(({ module, on }) => (
          <li>
            {module} · {sayModule(lang, module)}, {sayDate(on, lang)}
          </li>
        ))}
      </ul>
      <p class="small soft">{say('mine.only')}</p>
    </Part>
  )
}

function Modules({ visit, seen }: Props) {
  const { lang } = visit
  const say = words(lang)
  const { wishes, eye, community } = seen
  const canWish = placeModules.filter(
    (module) => wishes.mine.includes(module) || !seen.coming.some((one) => one.module === module && !one.isFull),
  )
  return (
    <Part id="modules" title={say('modules.title')}>
      <p>{say('modules.lead')}</p>
      <ol class="modules">
        {modules.map((module) => {
          const wishing = wishes.all.find((one) => one.module === module)
          return (
            <li>
              <a href={`/training/${module}`}>{sayModule(lang, module)}</a>
              {wishing && <span class="soft"> · {say('wish.count', { count: wishing.people })}</span>}
              {wishes.mine.includes(module) && <span class="soft"> · {say('wish.mine')}</span>}
            </li>
          )
        })}
      </ol>
      {eye.belongs && canWish.length > 0 && (
        <details>
          <summary>{say('wish.title')}</summary>
          <p class="small soft">{say('wish.how')}</p>
          <ul class="seats">
            {canWish.map((module) => (
              <Wish lang={lang} path={pathOf(community)} module={module} mine={wishes.mine.includes(module)} />
            ))}
          </ul>
        </details>
      )}
    </Part>
  )
}

function Wish({ lang, path, module, mine }: { lang: Visit['lang']; path: string; module: Module; mine: boolean }) {
  const say = words(lang)
  const name = sayModule(lang, module)
  return (
    <li>
      <span>{name}</span>
      <form method="post" action={`${path}/wish/${module}/${mine ? 'back' : 'on'}`}>
        <Button kind="quiet">
          {say(mine ? 'wish.back' : 'wish.on')}
          <span class="away">: {name}</span>
        </Button>
      </form>
    </li>
  )
}

function Held({ visit, seen }: Props) {
  const say = words(visit.lang)
  const { held, eye } = seen
  if (held.length === 0) return null
  const older = held.slice(inSight)
  return (
    <Part id="held" title={say('held.title')}>
      <HeldTable visit={visit} seen={seen} held={held.slice(0, inSight)} />
      {older.length > 0 && (
        <details>
          <summary>{say('held.older', { count: older.length })}</summary>
          <HeldTable visit={visit} seen={seen} held={older} />
        </details>
      )}
      {eye.belongs && <p class="small soft">{say('held.tick')}</p>}
    </Part>
  )
}

function HeldTable({ visit, seen, held }: Props & { held: readonly TrainingSeen[] }) {
  const { lang } = visit
  const say = words(lang)
  const { community, eye, now } = seen
  return (
    <Table
      quiet
      caption={say('held.title')}
      columns={[say('held.module'), say('held.when'), say('held.led'), ...(eye.belongs ? [say('held.came')] : [])]}
      rows={held.map((training) => [
        <a href={pathOf(community, training.id)}>{sayModule(lang, training.module)}</a>,
        sayWhen(training, community, lang, now),
        <Leads visit={visit} training={training} />,
        ...(eye.belongs ? [String(training.came ?? 0)] : []),
      ])}
    />
  )
}

/** Residents lead more and more: year by year, as a number of a number; a percent only where there are enough. */
function Years({ visit, seen: { years } }: Props) {
  const say = words(visit.lang)
  if (years.length === 0) return null
  return (
    <Part id="years" title={say('years.title')}>
      <ul>
        {years.slice(0, 5).map((one) => (
          <li>{sayYear(visit, one)}</li>
        ))}
      </ul>
    </Part>
  )
}

function sayYear({ lang }: Visit, { year, held, byResidents }: LedInYear): string {
  const say = words(lang)
  const share = publish({ yes: byResidents, answered: held, attended: null, audience: 'community' })
  // That a training was held, and who led it, hangs on the board: only the share wants enough of them.
  if (share.kind === 'share')
    return say('years.share', {
      year,
      some: byResidents,
      of: held,
      percent: share.percent,
      low: share.low,
      high: share.high,
    })
  return say('years.count', { year, some: byResidents, of: held })
}

/** What the municipality sees: quarters that are over, rounded, and nothing under five. */
function Quarters({ visit, seen: { quarters } }: Props) {
  const { lang } = visit
  const say = words(lang)
  if (quarters.length === 0) return null
  return (
    <Part id="quarters" title={say('quarters.title')}>
      <Table
        quiet
        caption={say('quarters.title')}
        columns={[say('quarters.from'), say('quarters.trainings'), say('quarters.came')]}
        rows={quarters.map(({ quarter, trainings, came }) => [
          sayDate(quarter, lang),
          String(trainings),
          came === null ? say('quarters.few') : say('quarters.about', { count: rounded(came) }),
        ])}
      />
      <p class="small soft">{say('quarters.how')}</p>
    </Part>
  )
}
