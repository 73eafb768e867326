// Hvis vi gik i morgen for those who live there: one sentence, one picture with a switch for each employee, and the talk that would help most.
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { placeFrame } from '../communities/place-frame.ts'
import { sayDate } from '../communities/times.ts'
import type { Lang } from '../i18n/catalogue.ts'
import { Actions, Button, ButtonLink } from '../ui/forms.tsx'
import { EmptyState } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Sheet } from '../ui/parts.tsx'
import { Drawn } from './drawing.page.tsx'
import type { IfWeLeft } from './if-we-left.deeds.ts'
import { HowSure, Parts, type Props, TakeAway, Tasks, Trend } from './left-parts.page.tsx'
import { Moments } from './moments.page.tsx'
import { isOfOne } from './outline.page.tsx'
import { holdingOf, switchesText } from './switching.ts'
import { words } from './words.ts'

/** Loaded here and nowhere else: the switches, and the drawing that one can go into. */
const scripts = ['src/withdrawal/if-we-left.island.ts', 'src/withdrawal/going-in.island.ts']

export function ifWeLeftPage(visit: Visit, seen: IfWeLeft, then: string | null): string {
  const { lang } = visit
  const say = words(lang)
  const { community, reckoned, outlines, keeps } = seen
  const path = `/c/${community.slug}/if-we-left`
  const enough = reckoned.together.before >= 2
  return renderPage(
    <Page
      {...placeFrame(visit, community, path, 'residents')}
      title={`${say('left.title')} · ${community.name}`}
      heading={<Headline visit={visit} seen={seen} enough={enough} />}
      eyebrow={<OwnWords text={community.name} />}
      scripts={scripts}
    >
      {enough ? (
        <ForThePlace visit={visit} seen={seen} />
      ) : (
        <EmptyState title={say('left.noTies')}>
          <p>{say('left.whatIsATie')}</p>
          <Actions>
            <ButtonLink href={`/c/${community.slug}/circle`}>{say('left.yourCircle')}</ButtonLink>
          </Actions>
        </EmptyState>
      )}
      <Moments visit={visit} slug={community.slug} outlines={outlines} then={then} keeps={keeps} />
      {enough && <HowSure visit={visit} seen={seen} />}
      {enough && <TakeAway visit={visit} path={path} />}
      <p>
        <a href={`/c/${community.slug}/withdrawal`}>{say('left.back')}</a>
      </p>
    </Page>,
  )
}

function Headline({ visit, seen: { reckoned, employees }, enough }: Props & { enough: boolean }) {
  const say = words(visit.lang)
  if (!enough) return <>{say('left.title')}</>
  if (employees.length === 0) return <>{say('left.nobodyToGo')}</>
  const { after, before } = reckoned.together
  const all = employees.every(({ there }) => !there)
  return (
    <span
      data-headline={say('left.headline', { after: '{after}', before: '{before}' })}
      data-some={say('left.headlineSome', { after: '{after}', before: '{before}' })}
    >
      {say(all ? 'left.headline' : 'left.headlineSome', { after, before })}
    </span>
  )
}

/** "Amira Haddad og Lone Friis". */
const listed = (employees: readonly { name: string }[], lang: Lang): string =>
  new Intl.ListFormat(lang).format(employees.map(({ name }) => name))

function ForThePlace({ visit, seen }: Props) {
  const { lang } = visit
  const say = words(lang)
  const { employees, reckoned, ties, community, picture, net, on } = seen
  const path = `/c/${community.slug}/if-we-left`
  const there = employees.map((one) => one.there)
  return (
    <>
      <p class="soft net-lead">
        {employees.length > 0 && say('left.we', { names: listed(employees, lang) })}{' '}
        {reckoned.talk && <a href="#talk">{say('left.talkFirst', { count: Math.min(...reckoned.talk.joins) })}</a>}
      </p>
      <div class="net-columns">
        <Drawn
          lang={lang}
          employees={employees}
          picture={picture}
          holding={holdingOf(picture.switches, there)}
          net={net && `${path}/net/${net}`}
          there={there}
          me={ties.me}
        >
          {say('left.basis', { count: reckoned.ties, day: sayDate(on, lang) })}{' '}
          <a href="#sure">{say('left.howSure')}</a>
        </Drawn>
        <div class="stack net-next">
          <div class="stack only-you">
            <AskedToMeet visit={visit} seen={seen} />
          </div>
          <Talk visit={visit} seen={seen} />
          <div class="only-you">
            <ForYou visit={visit} seen={seen} />
          </div>
          <Signs visit={visit} seen={seen} />
        </div>
        {employees.length > 0 && (
          <form class="on-screen" method="get" action={path} data-switches={switchesText(picture.switches)}>
            <fieldset class="choice">
              <legend>{say('left.switches')}</legend>
              {employees.map((employee, place) => (
                <label class="option">
                  <input type="checkbox" name="there" value={String(place)} checked={employee.there || undefined} />
                  <span>
                    {say('left.there', { name: employee.name })}
                    <small>{say('left.reach', { count: employee.reach ?? 0 })}</small>
                  </span>
                </label>
              ))}
            </fieldset>
            <Button kind="quiet">{say('left.switch')}</Button>
          </form>
        )}
      </div>
      <Tasks visit={visit} seen={seen} />
      <Parts visit={visit} seen={seen} />
      <Trend visit={visit} seen={seen} />
    </>
  )
}

/** The one talk that would help most. Who the two are is asked of themselves, not told here. */
function Talk({ visit, seen: { reckoned, community } }: Props) {
  const say = words(visit.lang)
  if (!reckoned.talk) return null
  const [more, fewer] = reckoned.talk.joins.toSorted((a, b) => b - a) as [number, number]
  return (
    <Sheet id="talk" eyebrow={say('left.talkEyebrow')} title={say('left.talkTitle')}>
      <p>{say(fewer === 1 ? 'left.talkOne' : 'left.talk', { more, all: more + fewer })}</p>
      <p class="soft">{say('left.talkHow')}</p>
      <Actions>
        <ButtonLink href={`/c/${community.slug}/circle`}>{say('left.talkGo')}</ButtonLink>
      </Actions>
    </Sheet>
  )
}

/** Would you meet somebody? Asked of each alone; the name is told when both have said yes. */
function AskedToMeet({ visit, seen: { asked, community } }: Props) {
  const say = words(visit.lang)
  return (
    <>
      {asked.map(({ id, theirs, said, name }) => (
        <Sheet eyebrow={say('left.youOnly')} title={name ? say('left.bothYes') : say('left.meetTitle')}>
          {name ? (
            <p>
              <b>
                <OwnWords text={name} />
              </b>{' '}
              {say('left.bothYesHow')}
            </p>
          ) : said ? (
            <p>{say('left.youSaidYes')}</p>
          ) : (
            <>
              <p>{say('left.meet', { count: theirs })}</p>
              <form method="post">
                <Actions>
                  <Button formaction={`/c/${community.slug}/if-we-left/${id}/yes`}>{say('left.meetYes')}</Button>
                  <Button kind="quiet" formaction={`/c/${community.slug}/if-we-left/${id}/no`}>
                    {say('left.meetNo')}
                  </Button>
                </Actions>
              </form>
            </>
          )}
        </Sheet>
      ))}
    </>
  )
}

/** What only the one who looks is told about themselves. */
function ForYou({ visit, seen: { reckoned, community } }: Props) {
  const say = words(visit.lang)
  const { meOrphan, onMe } = reckoned
  if (!meOrphan && onMe === 0) return null
  return (
    <Sheet title={say('left.youTitle')}>
      {meOrphan && <p>{say('left.youAlone')}</p>}
      {onMe > 0 && <p>{say('left.onYou', { count: onMe })}</p>}
      <p>
        <a href={`/c/${community.slug}/circle`}>{say('left.yourCircle')}</a>
      </p>
      {meOrphan && (
        <p>
          <a href={`/c/${community.slug}/support`}>{say('left.yourSupport')}</a>
        </p>
      )}
      <p class="soft">{say('left.youOnly')}</p>
    </Sheet>
  )
}

/** The phase in words, with the rule that it comes from, and what hangs on single people. */
function Signs({ visit, seen: { reckoned } }: Props) {
  const say = words(visit.lang)
  const { phase, because, topShare, topIsStaff } = reckoned.phase
  const percent = (share: number) => Math.round(share * 100)
  return (
    <div class="stack">
      {phase && (
        <p>
          <b>{say(`left.phase.${phase}`)}</b> {say(`left.phaseMeans.${phase}`)}{' '}
          <span class="soft">
            {say(`left.because.${because}`, { percent: percent(topShare) })}
            {isOfOne(because) && topIsStaff && ` ${say('left.topIsStaff')}`}
          </span>
        </p>
      )}
      {reckoned.cutPeople > 0 && <p>{say('left.cutPeople', { count: reckoned.cutPeople })}</p>}
      {reckoned.brokerage !== null && <p>{say('left.brokerage', { percent: percent(reckoned.brokerage) })}</p>}
    </div>
  )
}
