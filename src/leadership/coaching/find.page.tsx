// Find to, der kan dele: three who let themselves be asked, in the order of their names; and who of the neighbours has helped.
import type { Visit } from '../../access/visit.ts'
import type { Community } from '../../communities/community.ts'
import { OwnWords } from '../../communities/own-words.tsx'
import { Actions, Button, ButtonLink, type Problem, problemOf } from '../../ui/forms.tsx'
import { EmptyState } from '../../ui/notices.tsx'
import { Page, renderPage } from '../../ui/page.tsx'
import { Part } from '../../ui/parts.tsx'
import { coachingFrame, Happened, sayTask, type Told, Waiting } from './said.tsx'
import type { FindSeen } from './tasks.deeds.ts'
import type { Neighbour } from './tasks.queries.ts'
import { words } from './words.ts'

interface Again {
  /** The task that it is about, where one is chosen. */
  task: string | undefined
  happened?: Told | undefined
  problem?: 'whom' | undefined
}

export function findPage(visit: Visit, seen: FindSeen, { task, happened, problem }: Again): string {
  const { lang } = visit
  const { community, tasks, three, others, waiting } = seen
  const say = words(lang)
  const here = `/c/${community.slug}`
  const problems: Problem[] = problem ? [{ field: 'whom', message: say(`problem.${problem}`) }] : []
  const chosen = tasks.find((one) => one.task === task)
  /** About which: said by the page where one is chosen or there is only one, else asked. */
  const About = ({ id }: { id: string }) => {
    const only = chosen ?? (tasks.length === 1 ? tasks[0] : undefined)
    if (only) return <input type="hidden" name="task" value={only.task} />
    return (
      <div class="field">
        <label for={id}>{say('find.askAbout')}</label>
        <select id={id} name="task">
          {tasks.map((one) => (
            <option value={one.task}>{sayTask(lang, one)}</option>
          ))}
        </select>
      </div>
    )
  }
  return renderPage(
    <Page
      {...coachingFrame(visit, community, '/tasks/find')}
      title={say('find.title')}
      heading={<OwnWords text={chosen ? say('tasks.findFor', { task: sayTask(lang, chosen) }) : say('find.title')} />}
      lead={say('find.lead')}
      problems={problems}
    >
      <Happened lang={lang} told={happened} />
      {tasks.length === 0 ? (
        <EmptyState
          title={say('find.noTask')}
          action={<ButtonLink href={`${here}/tasks#tell`}>{say('find.toTasks')}</ButtonLink>}
        >
          {say('find.noTaskHow')}
        </EmptyState>
      ) : (
        <>
          {three.length === 0 ? (
            <EmptyState
              title={say('find.none')}
              action={
                <ButtonLink kind="quiet" href={`${here}/tasks/slip`}>
                  {say('find.print')}
                </ButtonLink>
              }
            >
              {say('find.noneHow')}
            </EmptyState>
          ) : (
            <Part title={say('find.three')}>
              <p class="soft">{say('find.threeHow')}</p>
              <ul class="own-tasks could-share">
                {three.map(({ id, name, paper }, n) => (
                  <li>
                    <b>
                      <OwnWords text={name} />
                    </b>
                    {paper ? (
                      <p>
                        <OwnWords text={say('find.paper', { name })} />{' '}
                        <a href={`${here}/tasks/slip`}>{say('find.print')}</a>
                      </p>
                    ) : (
                      <form method="post" action={`${here}/tasks/find`}>
                        <input type="hidden" name="whom" value={id} />
                        <About id={`about-${n}`} />
                        <Actions>
                          <a
                            class="button"
                            href={`${here}/talks/new?with=${id}`}
                            aria-label={say('find.talkWith', { name })}
                          >
                            {say('find.talk')}
                          </a>
                          <Button kind="quiet">{say('find.ask', { name })}</Button>
                        </Actions>
                      </form>
                    )}
                  </li>
                ))}
              </ul>
            </Part>
          )}
          <p>
            <a href="/talks/guide">{say('find.guide')}</a>
          </p>
          <Waiting lang={lang} slug={community.slug} questions={waiting} from="find" />
          {others.length > 0 && (
            <Part title={say('find.others')}>
              <form method="post" action={`${here}/tasks/find`} novalidate>
                <WhomField lang={lang} others={others} problems={problems} />
                <About id="about" />
                <Actions>
                  <Button kind="quiet">{say('find.askOther')}</Button>
                </Actions>
              </form>
            </Part>
          )}
        </>
      )}
    </Page>,
  )
}

interface WhomFieldProps {
  lang: Visit['lang']
  others: readonly Neighbour[]
  problems: readonly Problem[]
}

/** One of the neighbours whom one may know of here. */
export function WhomField({ lang, others, problems }: WhomFieldProps) {
  const say = words(lang)
  const error = problemOf(problems, 'whom')
  return (
    <div class={error ? 'field mend' : 'field'}>
      <label for="whom">{say('find.whom')}</label>
      {error && (
        <p class="wrong" id="whom-error">
          {error}
        </p>
      )}
      <select
        id="whom"
        name="whom"
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={error ? 'whom-error' : undefined}
      >
        <option value="">{say('find.pick')}</option>
        {others.map(({ id, name }) => (
          <option value={id}>{name}</option>
        ))}
      </select>
    </div>
  )
}

interface HelpersSeen {
  community: Community
  open: (Neighbour & { marked: boolean })[]
}

/** All who let themselves be asked, by name; what others have said of them is not here. */
export function helpersPage(visit: Visit, { community, open }: HelpersSeen, happened: Told | undefined): string {
  const { lang } = visit
  const say = words(lang)
  const here = `/c/${community.slug}`
  return renderPage(
    <Page {...coachingFrame(visit, community, '/helpers')} title={say('helpers.title')} lead={say('helpers.lead')}>
      <Happened lang={lang} told={happened} />
      {open.length === 0 ? (
        <EmptyState
          title={say('helpers.none')}
          action={
            <ButtonLink kind="quiet" href={`${here}/me#consents`}>
              {say('tasks.open')}
            </ButtonLink>
          }
        >
          {say('helpers.noneHow')}
        </EmptyState>
      ) : (
        <>
          <p class="soft">{say('helpers.seen')}</p>
          <ul class="own-tasks">
            {open.map(({ id, name, marked }) => (
              <li>
                <b>
                  <OwnWords text={name} />
                </b>
                {marked && <span class="soft small">{say('helpers.isSaid')}</span>}
                <form method="post" action={`${here}/helpers/${id}`}>
                  <Button kind="quiet" name="helped" value={marked ? 'no' : 'yes'}>
                    {say(marked ? 'helpers.back' : 'helpers.said', { name })}
                  </Button>
                </form>
              </li>
            ))}
          </ul>
        </>
      )}
    </Page>,
  )
}
