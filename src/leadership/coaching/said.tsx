// What the pages of tasks and of leaning say alike: the frame around them, a task's name, a question and what just happened.
import type { Visit } from '../../access/visit.ts'
import type { Community } from '../../communities/community.ts'
import { OwnWords } from '../../communities/own-words.tsx'
import { placeFrame } from '../../communities/place-frame.ts'
import { sayDate } from '../../communities/times.ts'
import type { Lang } from '../../i18n/catalogue.ts'
import { Actions, Button } from '../../ui/forms.tsx'
import { Notice } from '../../ui/notices.tsx'
import { Part, Sheet } from '../../ui/parts.tsx'
import type { Standing, TaskName } from './task.ts'
import type { Question } from './tasks.queries.ts'
import { words } from './words.ts'

export const told = ['told', 'down', 'asked', 'yes', 'no', 'back', 'ended', 'shown', 'marked', 'unmarked'] as const
export type Told = (typeof told)[number]

/** In the community's room, and nobody else's to see. */
export function coachingFrame(visit: Visit, community: Community, path: string) {
  const say = words(visit.lang)
  const here = `/c/${community.slug}`
  const around = placeFrame(visit, community, `${here}${path}`, 'you')
  return {
    ...around,
    robots: 'noindex',
    nav: [
      ...around.nav.slice(0, 1),
      { href: `${here}/tasks`, label: say('nav.tasks') },
      { href: `${here}/support`, label: say('nav.support') },
      { href: `${here}/path`, label: say('nav.path') },
    ],
  }
}

export const sayTask = (lang: Lang, { kind, ownWords }: TaskName): string => ownWords ?? words(lang)(`kind.${kind}`)

/** "Du har 4 opgaver; 1 har en makker." */
export function sayStanding(lang: Lang, { tasks, shared }: Standing): string {
  const say = words(lang)
  if (tasks === 0) return say('count.none')
  return say('count.said', {
    tasks: say('count.tasks', { count: tasks }),
    shared: say('count.shared', { count: shared }),
  })
}

/** "4 opgaver, 1 med makker". */
export function sayShort(lang: Lang, { tasks, shared }: Standing): string {
  const say = words(lang)
  return say('count.yearsSaid', {
    tasks: say('count.years', { count: tasks }),
    shared: say('count.with', { count: shared }),
  })
}

export function Happened({ lang, told }: { lang: Lang; told: Told | undefined }) {
  return told ? (
    <Notice lang={lang} kind="ok" live>
      {words(lang)(`done.${told}`)}
    </Notice>
  ) : null
}

/** Questions that wait for the one who looks: each with a yes and a no of the same size. */
export function Asked({
  lang,
  slug,
  questions,
  from,
}: {
  lang: Lang
  slug: string
  questions: readonly Question[]
  from: string
}) {
  const say = words(lang)
  return (
    <>
      {questions
        .filter(({ mine }) => !mine)
        .map(({ id, name, what }) => (
          <Sheet
            eyebrow={say('asked.eyebrow')}
            title={
              <OwnWords
                text={what ? say('asked.share', { name, task: sayTask(lang, what) }) : say('asked.lean', { name })}
              />
            }
          >
            <p>{say(what ? 'asked.shareWhat' : 'asked.leanWhat')}</p>
            <form method="post" action={`/c/${slug}/asked-along/${id}`}>
              <input type="hidden" name="from" value={from} />
              <Actions>
                <Button name="answer" value="yes">
                  {say('asked.yes')}
                </Button>
                <Button kind="quiet" name="answer" value="no">
                  {say('asked.no')}
                </Button>
              </Actions>
            </form>
            <p class="soft small">{say('asked.quiet')}</p>
          </Sheet>
        ))}
    </>
  )
}

/** What the one who looks has asked. A no and no answer look alike. */
export function Waiting({
  lang,
  slug,
  questions,
  from,
}: {
  lang: Lang
  slug: string
  questions: readonly Question[]
  from: string
}) {
  const say = words(lang)
  const mine = questions.filter((one) => one.mine)
  if (mine.length === 0) return null
  return (
    <Part title={say('asked.waiting')}>
      <ul class="own-tasks">
        {mine.map(({ id, name, what, askedOn }) => (
          <li>
            <b>
              <OwnWords text={what ? say('asked.waitsShare', { name, task: sayTask(lang, what) }) : name} />
            </b>
            <span class="soft small">{say('asked.since', { day: sayDate(askedOn, lang) })}</span>
            <form method="post" action={`/c/${slug}/asked-along/${id}`}>
              <input type="hidden" name="from" value={from} />
              <button
                class="button quiet"
                type="submit"
                name="answer"
                value="back"
                aria-label={say('asked.backFor', { name })}
              >
                {say('asked.back')}
              </button>
            </form>
          </li>
        ))}
      </ul>
    </Part>
  )
}
