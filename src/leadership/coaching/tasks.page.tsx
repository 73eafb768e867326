// Dine opgaver: what somebody carries for a place and with whom, whether they stand alone with it, and how it was a year ago. For them alone.
import type { Visit } from '../../access/visit.ts'
import { OwnWords } from '../../communities/own-words.tsx'
import { sayDate } from '../../communities/times.ts'
import type { Lang } from '../../i18n/catalogue.ts'
import { Actions, Button, ButtonLink, Choice, Field, type Problem, problemOf } from '../../ui/forms.tsx'
import { Page, renderPage } from '../../ui/page.tsx'
import { Facts, Part, Sheet } from '../../ui/parts.tsx'
import { fewestKept, type Load } from './alone.ts'
import { Asked, coachingFrame, Happened, sayShort, sayStanding, sayTask, type Told, Waiting } from './said.tsx'
import { longestTask, type Standing, standing, standingOf, type Task } from './task.ts'
import type { TasksSeen } from './tasks.deeds.ts'
import { words } from './words.ts'

interface Again {
  happened?: Told | undefined
  said?: { kind: string; words: string } | undefined
  problem?: 'kind' | 'words' | 'cpr' | 'again' | undefined
}

export function tasksPage(visit: Visit, seen: TasksSeen, { happened, said, problem }: Again): string {
  const { lang } = visit
  const { community, tasks, questions, yearAgo } = seen
  const say = words(lang)
  const here = `/c/${community.slug}`
  const now = standingOf(tasks)
  const problems: Problem[] = problem
    ? [{ field: problem === 'kind' || problem === 'again' ? 'kind' : 'words', message: say(`problem.${problem}`) }]
    : []
  const mayType = visit.person?.places.some((place) => place.community === community.id && place.role !== 'resident')
  return renderPage(
    <Page
      {...coachingFrame(visit, community, '/tasks')}
      title={say('tasks.title', { place: community.name })}
      lead={say('tasks.lead')}
      problems={problems}
    >
      <Happened lang={lang} told={happened} />
      <Asked lang={lang} slug={community.slug} questions={questions} from="tasks" />
      <p class="standing question">{sayStanding(lang, now)}</p>
      {yearAgo && (
        <Facts
          facts={[
            [say('tasks.before'), <Marked lang={lang} how={yearAgo} />],
            [say('tasks.now'), <Marked lang={lang} how={now} />],
          ]}
        />
      )}
      {seen.alone && (
        <Sheet title={say('lone.title')}>
          <p class="soft">{say('lone.why')}</p>
          <LoadFacts lang={lang} load={seen.load} />
          <p class="question">{say('lone.offer')}</p>
          <Actions>
            <ButtonLink href={`${here}/tasks/find`}>{say('lone.find')}</ButtonLink>
          </Actions>
        </Sheet>
      )}
      {tasks.length > 0 && (
        <Part title={say('tasks.list')}>
          <ul class="own-tasks">
            {tasks.map((task) => (
              <OneTask lang={lang} here={here} task={task} />
            ))}
          </ul>
        </Part>
      )}
      <Waiting lang={lang} slug={community.slug} questions={questions} from="tasks" />
      <Tell lang={lang} here={here} tasks={tasks} said={said} problems={problems} />
      <Marks lang={lang} here={here} marks={seen.marks} />
      <Part title={say('tasks.ways')}>
        <ul class="ways-on">
          <li>
            <a href={`${here}/support`}>{say('nav.support')}</a>
          </li>
          <li>
            <a href={`${here}/helpers`}>{say('tasks.helpers')}</a>
          </li>
          <li>
            <a href={`${here}/tasks/slip`}>{say('tasks.paper')}</a>
          </li>
          {mayType && (
            <li>
              <a href={`${here}/tasks/typed`}>{say('tasks.typed')}</a>
            </li>
          )}
          <li>
            <a href={`${here}/me#consents`}>{say('tasks.open')}</a>
          </li>
        </ul>
      </Part>
    </Page>,
  )
}

/** The same as marks: two rings that meet where somebody has it too. */
function Marked({ lang, how }: { lang: Lang; how: Standing }) {
  return (
    <>
      <span class="task-marks" aria-hidden="true">
        {Array.from({ length: Math.min(how.tasks, 12) }, (_, n) => (
          <i class={n < how.shared ? 'shared' : 'alone'} />
        ))}
      </span>{' '}
      {sayShort(lang, how)}
    </>
  )
}

interface TellProps {
  lang: Lang
  here: string
  tasks: readonly Task[]
  said: { kind: string; words: string } | undefined
  problems: readonly Problem[]
}

/** The first task is asked for openly; more of them behind a press. */
function Tell({ lang, here, tasks, said, problems }: TellProps) {
  const say = words(lang)
  const form = (
    <form method="post" action={`${here}/tasks`} novalidate>
      <TaskFields lang={lang} legend={say('slip.which')} said={said} problems={problems} without={tasks} />
      <Actions>
        <Button kind={tasks.length > 0 ? 'quiet' : 'primary'}>{say('tasks.keep')}</Button>
      </Actions>
    </form>
  )
  if (tasks.length === 0)
    return (
      <Part id="tell" title={say('tasks.tellFirst')}>
        {form}
      </Part>
    )
  return (
    <details class="tell-task" id="tell" open={problems.length > 0 || undefined}>
      <summary>{say('tasks.tell')}</summary>
      {form}
    </details>
  )
}

/** Each number with its base. A share of the place is told of five kept promises or more. */
export function LoadFacts({ lang, load, name }: { lang: Lang; load: Load; name?: string }) {
  const say = words(lang)
  const kept = say('lone.keptOf', { kept: load.kept, all: load.keptHere })
  return (
    <Facts
      facts={[
        [say('lone.tasks'), sayShort(lang, load)],
        [say('lone.sharers'), String(load.sharers)],
        ...(load.keptHere >= fewestKept ? [[say('lone.kept'), kept] as const] : []),
        [name === undefined ? say('lone.brought') : say('lone.broughtBy', { name }), String(load.brought)],
      ]}
    />
  )
}

function OneTask({ lang, here, task }: { lang: Lang; here: string; task: Task }) {
  const say = words(lang)
  const name = sayTask(lang, task)
  const { partners } = task
  return (
    <li class={partners.length > 0 ? 'shared' : 'alone'}>
      <b>
        <OwnWords text={name} />
      </b>
      <span class="partners">
        {partners.length > 0 ? (
          <OwnWords text={say('tasks.with', { names: partners.join(', ') })} />
        ) : (
          <a href={`${here}/tasks/find?task=${task.task}`} aria-label={say('tasks.findFor', { task: name })}>
            {say('tasks.find')}
          </a>
        )}
      </span>
      <span class="soft small">
        {partners.length === 0 && `${say('tasks.alone')} · `}
        {say('tasks.since', { day: sayDate(task.since, lang) })}
      </span>
      <details>
        <summary>{say('tasks.more')}</summary>
        <form method="post" action={`${here}/tasks/${task.task}/down`}>
          <p class="soft">{say('tasks.layDownWhat')}</p>
          <button class="button quiet" type="submit" aria-label={say('tasks.layDownFor', { task: name })}>
            {say('tasks.layDown')}
          </button>
        </form>
      </details>
    </li>
  )
}

interface TaskFieldsProps {
  lang: Lang
  legend: string
  said: { kind: string; words: string } | undefined
  problems: readonly Problem[]
  /** Those that one has already. */
  without?: readonly Task[]
}

/** Which task: one of the six, or in own words. */
export function TaskFields({ lang, legend, said, problems, without = [] }: TaskFieldsProps) {
  const say = words(lang)
  const open = standing.filter((kind) => said?.kind === kind || !without.some((one) => one.kind === kind))
  return (
    <>
      <Choice
        lang={lang}
        name="kind"
        plain
        legend={legend}
        options={open.map((value) => ({ value, label: say(`kind.${value}`) }))}
        last={{ value: 'own', label: say('kind.own') }}
        value={said?.kind}
        error={problemOf(problems, 'kind')}
      />
      <Field
        lang={lang}
        name="words"
        label={say('tasks.words')}
        hint={say('tasks.wordsHint')}
        maxlength={longestTask}
        value={said?.words}
        error={problemOf(problems, 'words')}
      />
    </>
  )
}

/** What neighbours have said of the one who looks, each with a way to take it away. */
function Marks({ lang, here, marks }: { lang: Lang; here: string; marks: TasksSeen['marks'] }) {
  const say = words(lang)
  if (marks.length === 0) return null
  return (
    <Part title={say('helpers.about')}>
      <ul class="own-tasks">
        {marks.map(({ id, name }) => (
          <li>
            <OwnWords text={say('helpers.aboutOne', { name })} />
            <form method="post" action={`${here}/helpers/about/${id}`}>
              <Button kind="quiet">{say('helpers.drop', { name })}</Button>
            </form>
          </li>
        ))}
      </ul>
    </Part>
  )
}
