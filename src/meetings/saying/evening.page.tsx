// The phone during the evening: one thing to do on the screen, whichever stage the meeting is at.
import type { Child } from 'hono/jsx'
import { OwnWords } from '../../communities/own-words.tsx'
import type { Lang } from '../../i18n/catalogue.ts'
import { Button, Choice, Field, type Problem, problemOf, Steps } from '../../ui/forms.tsx'
import { Notice } from '../../ui/notices.tsx'
import { CommitmentForm } from '../commitments/commitment-form.page.tsx'
import type { Evening, Stage } from '../evening.ts'
import type { MeetingInHall } from '../hall.ts'
import { type Again, mendings, phonePage, WaitsForYou, Ways, WhoSees } from './phone.page.tsx'
import { pictureOf } from './phone-state.page.tsx'
import { SayForm } from './say-form.tsx'
import { type AtTheDoor, broughtBy, longestName } from './saying.ts'
import { type Known, WordsToKnow } from './words.page.tsx'
import { words } from './words.ts'

/** What this phone has done so far. */
export interface Phone extends Known {
  /** How many of its own words wait for their writer to decide. */
  asked: number
  arrived: AtTheDoor | null
  dots: ReadonlyMap<string, number>
}

/** What was just done, to be thanked for. */
export const toldOf = ['said', 'door', 'dots'] as const
export type Told = (typeof toldOf)[number]

export interface EveningPageProps {
  lang: Lang
  meeting: MeetingInHall
  evening: Evening
  phone: Phone
  told?: Told | undefined
  /** They would rather not say who they are. */
  skipped?: boolean
  part: number
  /** A form that came back, whatever the stage is by now. */
  again?: (Again & { form: 'say' | 'door' | 'dots' }) | undefined
}

interface Screen {
  title: string
  lead?: Child
  problems?: readonly Problem[] | undefined
  body: Child
  /** Everybody's words can be asked for from here. */
  words?: boolean
}

const screenOfForm = { say: 'say', door: 'welcome', dots: 'choose' } as const

export function eveningPage(p: EveningPageProps): string {
  const { lang, meeting, evening, phone, again } = p
  const { body, words: withWords, ...screen } = screens[again ? screenOfForm[again.form] : evening.stage](p)
  return phonePage({
    lang,
    meeting,
    evening,
    ...screen,
    here: `/m/${meeting.code}`,
    follows: true,
    children: (
      <>
        <Thanks {...p} />
        <WaitsForYou lang={lang} code={meeting.code} count={phone.asked} />
        {body}
        <Ways lang={lang} meeting={meeting} evening={evening} links={withWords ? ['mine', 'words'] : ['mine']} />
      </>
    ),
  })
}

const screens: Record<Stage, (p: EveningPageProps) => Screen> = {
  welcome: (p) => (p.again || !(p.phone.arrived || p.skipped) ? door(p) : tonight(p)),
  say: saying,
  recognise,
  choose,
  promise: ({ lang, meeting }) => ({
    title: words(lang)('promise.title'),
    lead: words(lang)('promise.lead'),
    body: <CommitmentForm lang={lang} code={meeting.code} />,
    words: true,
  }),
  rest: ({ lang }) => ({ title: words(lang)('rest.title'), lead: words(lang)('rest.lead'), body: null, words: true }),
}

function Thanks({ lang, told, evening, phone }: EveningPageProps) {
  const say = words(lang)
  if (!told) return null
  if (told === 'door') return phone.arrived && <Notice lang={lang} kind="ok" title={say('welcome.on')} />
  if (told === 'dots')
    return (
      <Notice lang={lang} kind="ok" title={say('dots.done')}>
        <p>{say('dots.doneWhat')}</p>
      </Notice>
    )
  return (
    <Notice lang={lang} kind="ok" title={say('say.said')}>
      <p>
        {pictureOf(evening).wall.kind === 'too-few'
          ? say('say.saidWait', { count: evening.voices })
          : say('say.saidShown')}
      </p>
    </Notice>
  )
}

// --- Welcome

function door(p: EveningPageProps): Screen {
  const say = words(p.lang)
  const problems = p.again && mendings(p.lang, p.again.problems, 'first')
  return {
    title: say('welcome.title'),
    lead: say('welcome.lead'),
    problems,
    body: (
      <>
        <DoorForm {...p} problems={problems} />
        <p class="ways">
          <a href={`/m/${p.meeting.code}?lang=${p.lang}&skip=1`}>{say('welcome.skip')}</a>
        </p>
      </>
    ),
  }
}

const asSaid = (arrived: AtTheDoor | null): URLSearchParams => {
  const said = new URLSearchParams()
  if (!arrived) return said
  if (arrived.firstTime !== null) said.set('first', arrived.firstTime ? 'yes' : 'no')
  said.set('brought', arrived.broughtBy)
  said.set('bringer', arrived.bringer ?? '')
  said.set('name', arrived.name ?? '')
  return said
}

function DoorForm({ lang, meeting, phone, again, problems }: EveningPageProps & { problems?: Problem[] | undefined }) {
  const say = words(lang)
  const said = again?.said ?? asSaid(phone.arrived)
  const field = (name: string) => ({
    lang,
    name,
    form: 'door',
    value: said.get(name) ?? undefined,
    error: problemOf(problems, name),
  })
  return (
    <form
      id="door"
      method="post"
      action={`/m/${meeting.code}/door`}
      novalidate
      data-outbox={`/m/${meeting.code}?lang=${lang}&told=door`}
      data-free
    >
      <input type="hidden" name="lang" value={lang} />
      <Steps
        lang={lang}
        all={again !== undefined || phone.arrived !== null}
        steps={[
          {
            id: 'd1',
            body: (
              <Choice
                {...field('first')}
                legend={say('welcome.first')}
                options={[
                  { value: 'yes', label: say('welcome.yes') },
                  { value: 'no', label: say('welcome.no') },
                ]}
              />
            ),
          },
          {
            id: 'd2',
            body: (
              <>
                <Choice
                  {...field('brought')}
                  legend={say('welcome.brought')}
                  options={broughtBy.slice(0, -1).map((by) => ({ value: by, label: say(`welcome.by.${by}`) }))}
                  last={{ value: 'unknown', label: say('welcome.by.unknown') }}
                />
                <Field {...field('bringer')} label={say('welcome.bringer')} optional maxlength={longestName} />
              </>
            ),
          },
          {
            id: 'd3',
            body: (
              <Field
                {...field('name')}
                label={<span class="question">{say('welcome.name')}</span>}
                hint={say('welcome.nameHint')}
                autocomplete="given-name"
                maxlength={longestName}
                optional
              />
            ),
          },
        ]}
        finish={<Button wide>{say('welcome.send')}</Button>}
      />
    </form>
  )
}

/** What happens tonight, for whoever has come in. */
function tonight(p: EveningPageProps): Screen {
  const say = words(p.lang)
  return {
    title: say('welcome.titleTonight'),
    lead: say('welcome.leadTonight'),
    body: (
      <>
        {p.evening.agenda.length > 0 && (
          <ol class="words plan">
            {p.evening.agenda.map(({ title, minutes }) => (
              <li>
                <b>
                  <OwnWords text={title} />
                </b>{' '}
                <span class="small soft">{say('welcome.minutes', { count: minutes })}</span>
              </li>
            ))}
          </ol>
        )}
        {p.phone.arrived && (
          <details>
            <summary>{say('welcome.correct')}</summary>
            <DoorForm {...p} />
          </details>
        )}
      </>
    ),
  }
}

// --- Saying and recognising

function saying({ lang, meeting, again }: EveningPageProps): Screen {
  const say = words(lang)
  const problems = again && mendings(lang, again.problems, 'text')
  return {
    title: say('say.title'),
    problems,
    body: (
      <>
        <SayForm lang={lang} code={meeting.code} said={again?.said} problems={problems} />
        <p class="ways">
          <a href={`/m/${meeting.code}/voice?lang=${lang}`}>{say('say.aloud')}</a>
          <a href={`/m/${meeting.code}/hear?lang=${lang}`}>{say('say.forOther')}</a>
        </p>
        <WhoSees lang={lang} />
      </>
    ),
    words: true,
  }
}

function recognise({ lang, meeting, evening, phone, part }: EveningPageProps): Screen {
  const say = words(lang)
  return {
    title: say('know.title'),
    lead: say('know.lead'),
    body: (
      <>
        <WordsToKnow {...{ lang, meeting, evening, part }} own={phone.own} known={phone.known} path="" />
        <SayMore lang={lang} code={meeting.code} open={pictureOf(evening).wall.kind !== 'words'} />
      </>
    ),
  }
}

/** The field to say something more, out of the way of what is on now. */
export function SayMore({
  lang,
  code,
  open,
  mine,
}: {
  lang: Lang
  code: string
  open?: boolean
  mine?: boolean | undefined
}) {
  const say = words(lang)
  return (
    <details class="more" open={open}>
      <summary>{say(open ? 'say.begin' : 'say.more')}</summary>
      <div class="stack">
        <SayForm lang={lang} code={code} mine={mine} />
        <WhoSees lang={lang} />
      </div>
    </details>
  )
}

// --- Choosing

/** So many can be chosen with one press; above it, a number is typed. */
const mostToPress = 5

function choose({ lang, meeting, evening, phone, again }: EveningPageProps): Screen {
  const say = words(lang)
  const { themes, dotsEach } = evening
  const first = `dot-${themes[0]?.id ?? ''}`
  const problems = again && mendings(lang, again.problems, first, dotsEach)
  if (themes.length === 0) return { title: say('dots.title'), lead: say('dots.noThemes'), body: null, words: true }
  const put = (id: string) => again?.said.get(`dot-${id}`) ?? phone.dots.get(id)?.toString()
  return {
    title: say('dots.title'),
    lead: say('dots.lead', { count: dotsEach }),
    problems,
    body: (
      <form
        method="post"
        action={`/m/${meeting.code}/dots`}
        novalidate
        data-outbox={`/m/${meeting.code}?lang=${lang}&told=dots`}
        data-free
        data-dots={dotsEach}
        data-refused={say('outbox.dotsRefused')}
      >
        <input type="hidden" name="lang" value={lang} />
        {themes.map(({ id, name }) => (
          <Dots
            lang={lang}
            name={`dot-${id}`}
            theme={name}
            most={dotsEach}
            put={put(id)}
            error={problemOf(problems, `dot-${id}`)}
          />
        ))}
        <p class="base" role="status" hidden data-left={say('dots.left')} data-over={say('dots.over')} />
        <Button wide>{say('dots.send')}</Button>
        <p class="small soft">{say('dots.secret')}</p>
      </form>
    ),
  }
}

interface DotsProps {
  lang: Lang
  name: string
  theme: string
  most: number
  put: string | undefined
  error: string | undefined
}

function Dots({ lang, name, theme, most, put, error }: DotsProps) {
  if (most > mostToPress)
    return (
      <Field
        lang={lang}
        name={name}
        label={<OwnWords text={theme} />}
        value={put}
        error={error}
        inputmode="numeric"
        size={3}
      />
    )
  const say = words(lang)
  const counts = Array.from({ length: most + 1 }, (_, count) => count)
  return (
    <fieldset class={error ? 'choice dots mend' : 'choice dots'} aria-describedby={error ? `${name}-error` : undefined}>
      <legend class="question">
        <OwnWords text={theme} />
      </legend>
      {error && (
        <p class="wrong" id={`${name}-error`}>
          {error}
        </p>
      )}
      <div>
        {counts.map((count) => (
          <label class="option">
            <input
              type="radio"
              id={count === 0 ? name : `${name}-${count}`}
              name={name}
              value={String(count)}
              checked={put === String(count) || undefined}
            />
            <span>{count === 0 ? say('dots.none') : count}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

// --- When it is over, and without a net

/** The evening was put away before its card was ever opened: somebody tried it out. */
export function overPage(lang: Lang, meeting: MeetingInHall): string {
  const say = words(lang)
  const where = { lang, meeting, evening: null }
  return phonePage({
    ...where,
    title: say('over.title'),
    lead: say('over.lead'),
    here: `/m/${meeting.code}`,
    children: <Ways {...where} links={['words']} />,
  })
}

/** The same to everybody, with nobody's words on it: kept on the phone for when there is no net. */
export function emptyPage(lang: Lang, meeting: MeetingInHall): string {
  const say = words(lang)
  return phonePage({
    lang,
    meeting,
    evening: null,
    title: say('empty.title'),
    lead: say('empty.lead'),
    here: `/m/${meeting.code}`,
    empty: true,
    children: (
      <>
        <SayForm lang={lang} code={meeting.code} empty />
        <WhoSees lang={lang} />
      </>
    ),
  })
}
