// The desk: the first page for whoever is signed in, with the one thing to do next, their own places, and what is theirs alone.
import type { SignedIn } from '../access/session.deeds.ts'
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { frame } from '../communities/place-frame.ts'
import { sayDate, sayDayAndTime } from '../communities/times.ts'
import { isMunicipal } from '../db/as-actor.ts'
import { sayLine, sayMatter } from '../running/running.page.tsx'
import { Actions, ButtonLink } from '../ui/forms.tsx'
import { Opening, Page, renderPage } from '../ui/page.tsx'
import { Carrier, Columns, Part, Sheet, Table } from '../ui/parts.tsx'
import { municipalRoom, ownRoom } from '../ui/whose-room.tsx'
import type { DeskSeen } from './desk.deeds.ts'
import { CodeSheet, OwnPlace, PlaceTable } from './front.page.tsx'
import type { DeskMeeting, Step } from './next-step.ts'
import { words } from './words.ts'

export function deskPage(visit: Visit, person: SignedIn, desk: DeskSeen): string {
  const { lang } = visit
  const say = words(lang)
  const municipal = isMunicipal(person)
  const now = visit.house.clock.now()
  return renderPage(
    <Page
      {...frame(visit, '/', municipal ? municipalRoom('you') : ownRoom)}
      title={say('desk.title')}
      heading={false}
      robots="noindex"
    >
      <Columns>
        <Opening title={say('desk.hello', { name: firstName(person.name) })} lead={say(`desk.as.${roleAt(person)}`)} />
        <Next visit={visit} step={desk.step} />
      </Columns>
      <Columns>
        {(desk.own.length > 0 || !municipal) && (
          <div class="stack">
            {desk.own.length > 0 && (
              <Part id="own" title={say(municipal ? 'desk.works' : 'front.own', { count: desk.own.length })}>
                {desk.own.map((place) => (
                  <OwnPlace visit={visit} place={place} now={now} />
                ))}
              </Part>
            )}
            {!municipal && desk.step.kind !== 'code' && <CodeSheet lang={lang} />}
          </div>
        )}
        <Part id="yours" title={say(municipal ? 'desk.here' : 'desk.yours')}>
          <Ways visit={visit} ways={municipal ? staffWays(person) : ownWays} />
        </Part>
      </Columns>
      {desk.plans.length > 0 && <Plans visit={visit} desk={desk} />}
      {desk.others.length > 0 && (
        <Part id="places" title={say(desk.own.length > 0 ? 'front.others' : 'front.places')}>
          <PlaceTable visit={visit} places={desk.others} />
        </Part>
      )}
    </Page>,
  )
}

/** For a heading: the hour stays with its clock. */
const capital = (text: string): string => (text.charAt(0).toUpperCase() + text.slice(1)).replace('kl. ', 'kl.\u00a0')
const firstName = (name: string): string => name.split(' ')[0] ?? name
const roleAt = ({ role }: SignedIn) => (role === 'guest' ? 'resident' : role)

interface Way {
  href: string
  key:
    | 'mine'
    | 'talks'
    | 'balance'
    | 'worried'
    | 'book'
    | 'devices'
    | 'numbers'
    | 'looks'
    | 'objections'
    | 'found'
    | 'staff'
    | 'post'
    | 'operator'
    | 'audit'
    | 'retention'
    | 'dataMap'
    | 'requests'
    | 'incidents'
}
const ownWays: readonly Way[] = [
  { href: '/talks', key: 'talks' },
  { href: '/mine', key: 'mine' },
  { href: '/book', key: 'book' },
  { href: '/me', key: 'devices' },
  { href: '/worried', key: 'worried' },
]

/** What the officer and the operator both look after. */
const kept: readonly Way[] = [
  { href: '/audit', key: 'audit' },
  { href: '/retention', key: 'retention' },
]

function staffWays({ role }: SignedIn): readonly Way[] {
  const own: Way[] = [
    { href: '/mine', key: 'mine' },
    { href: '/me', key: 'devices' },
  ]
  switch (role) {
    case 'employee':
      return [
        { href: '/talks', key: 'talks' },
        { href: '/balance', key: 'balance' },
        { href: '/numbers', key: 'numbers' },
        { href: '/c/new', key: 'found' },
        { href: '/worried', key: 'worried' },
        ...own,
      ]
    case 'leader':
      return [
        { href: '/numbers', key: 'numbers' },
        { href: '/balance', key: 'balance' },
        { href: '/staff/people', key: 'staff' },
        { href: '/c/new', key: 'found' },
        ...own,
      ]
    case 'officer':
      return [
        { href: '/looks', key: 'looks' },
        { href: '/access-requests', key: 'requests' },
        { href: '/incidents', key: 'incidents' },
        { href: '/objections', key: 'objections' },
        { href: '/data-map', key: 'dataMap' },
        ...kept,
        ...own,
      ]
    default:
      return [
        { href: '/operator', key: 'operator' },
        { href: '/operator/post', key: 'post' },
        { href: '/incidents', key: 'incidents' },
        { href: '/staff/people', key: 'staff' },
        ...kept,
        ...own,
      ]
  }
}

function Ways({ visit, ways }: { visit: Visit; ways: readonly Way[] }) {
  const say = words(visit.lang)
  return (
    <ul class="ways-list">
      {ways.map(({ href, key }) => (
        <li>
          <a href={href}>{say(`desk.way.${key}`)}</a>
          <small>{say(`desk.wayHow.${key}`)}</small>
        </li>
      ))}
    </ul>
  )
}

/** The one thing to do next, on the one sheet of the page. */
function Next({ visit, step }: { visit: Visit; step: Step }) {
  const { lang } = visit
  const say = words(lang)
  const sheet = (title: string, text: string, action?: { href: string; label: string }) => (
    <Sheet eyebrow={say('desk.next')} title={<OwnWords text={title} />}>
      <p>
        <OwnWords text={text} />
      </p>
      {action && (
        <Actions>
          <ButtonLink href={action.href}>{action.label}</ButtonLink>
        </Actions>
      )}
    </Sheet>
  )
  const when = (meeting: DeskMeeting) =>
    sayDayAndTime(meeting.startsAt, meeting.timeZone, lang, visit.house.clock.now())
  switch (step.kind) {
    case 'lead':
    case 'join':
    case 'prepare':
    case 'bring': {
      const { place, code, slug } = step.meeting
      const href = code ? `/m/${code}/lead` : `/c/${slug}`
      const values = { place, when: capital(when(step.meeting)) }
      return sheet(say(`desk.${step.kind}.title`, values), say(`desk.${step.kind}.how`, values), {
        href,
        label: say(`desk.${step.kind}.do`),
      })
    }
    case 'wait': {
      const { what, href } = step.waiting
      // A breach has no name: it is called by its day.
      const name = what === 'incident' ? sayDate(step.waiting.name, lang) : step.waiting.name
      return sheet(say(`desk.wait.${what}.title`, { name }), say(`desk.wait.${what}.how`, { name }), {
        href,
        label: say('desk.wait.do'),
      })
    }
    case 'debrief':
      return sheet(say('desk.debrief.title', { place: step.debrief.place }), say('desk.debrief.how'), {
        href: `/m/${step.debrief.code}/debrief`,
        label: say('desk.debrief.do'),
      })
    case 'plan':
      return sheet(say('desk.plan.title', { name: step.place.name }), say('place.noNextHost'), {
        href: `/c/${step.place.slug}/meetings/new`,
        label: say('planMeeting'),
      })
    case 'firstKeys':
    case 'setDate':
      return sheet(say(`desk.${step.kind}.title`, { name: step.place.name }), say(`desk.${step.kind}.how`), {
        href: `/c/${step.place.slug}/room`,
        label: say(`desk.${step.kind}.do`),
      })
    case 'leave':
      return sheet(
        say('desk.leave.title', { name: step.place.name, day: sayDate(step.place.lastDay, lang) }),
        say('desk.leave.how'),
        { href: `/c/${step.place.slug}/withdrawal`, label: say('place.readPlan') },
      )
    case 'mend':
      return sheet(sayMatter(lang, step.line), sayLine(lang, step.line), {
        href: '/operator',
        label: say('desk.way.operator'),
      })
    case 'numbers':
      return sheet(say('desk.numbers.title'), say('desk.numbers.how'), {
        href: '/numbers',
        label: say('desk.way.numbers'),
      })
    case 'looks':
      return sheet(say('desk.looks.title'), say('desk.looks.how'), { href: '/looks', label: say('desk.way.looks') })
    case 'code':
      return <CodeSheet lang={lang} />
    default:
      return sheet(say(`desk.${step.kind}.title`), say(`desk.${step.kind}.how`))
  }
}

/** When the municipality means to leave each place, and what is missing. By date, never by who is best. */
function Plans({ visit, desk }: { visit: Visit; desk: DeskSeen }) {
  const { lang } = visit
  const say = words(lang)
  return (
    <Part id="plans" title={say('desk.plans')}>
      <Table
        caption={say('desk.plans')}
        quiet
        columns={[say('front.place'), say('desk.lastDay'), say('desk.missing'), say('desk.whose')]}
        rows={desk.plans.map((place) => [
          <a href={`/c/${place.slug}/withdrawal`}>
            <OwnWords text={place.name} />
          </a>,
          place.presence === 'out' ? say('desk.gone') : sayDate(place.lastDay, lang),
          <OwnWords text={place.stillMissing} />,
          place.keeper ? (
            <Carrier who="residents">
              <OwnWords text={place.keeper} />
            </Carrier>
          ) : (
            <Carrier who="municipality">{say('desk.interim')}</Carrier>
          ),
        ])}
      />
    </Part>
  )
}
