// What somebody without an account wants of their ties, said on paper or aloud and written down by a key holder, who sees none of them.
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { peopleFrame } from '../people/people-frame.ts'
import { Actions, Button, ButtonLink, Choice, Field, type Problem, problemOf } from '../ui/forms.tsx'
import { Notice } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { choices, type OnPaper } from './ties.deeds.ts'
import { words } from './words.ts'

interface Said {
  done?: boolean
  said?: { name: string; choice: string }
  /** `nobody`: not exactly one is called that. */
  problem?: 'name' | 'choice' | 'nobody'
}

export function onPaperPage(visit: Visit, { community, person }: OnPaper, { done, said, problem }: Said): string {
  const { lang } = visit
  const say = words(lang)
  const path = `/people/${person.id}`
  const problems: Problem[] = problem
    ? [{ field: problem === 'choice' ? 'choice' : 'name', message: say(`onPaper.problem.${problem}`) }]
    : []
  return renderPage(
    <Page
      {...peopleFrame(visit, community, `${path}/ties`, 'keyholders')}
      title={say('onPaper.title', { name: person.name })}
      heading={<OwnWords text={say('onPaper.title', { name: person.name })} />}
      lead={say('onPaper.lead')}
      problems={problems}
    >
      {done && (
        <Notice lang={lang} kind="ok" live>
          {say('onPaper.done')}
        </Notice>
      )}
      <form method="post" action={`/c/${community.slug}${path}/ties`} novalidate>
        <Field
          lang={lang}
          name="name"
          label={say('onPaper.name')}
          hint={say('onPaper.nameHint')}
          maxlength={120}
          value={said?.name}
          error={problemOf(problems, 'name')}
        />
        <Choice
          lang={lang}
          name="choice"
          plain
          legend={say('onPaper.choice', { name: person.name })}
          options={choices.map((value) => ({ value, label: say(`onPaper.${value}`) }))}
          value={said?.choice}
          error={problemOf(problems, 'choice')}
        />
        <Actions>
          <Button>{say('onPaper.keep')}</Button>
          <ButtonLink kind="quiet" href={`/c/${community.slug}${path}`}>
            <OwnWords text={person.name} />
          </ButtonLink>
        </Actions>
      </form>
    </Page>,
  )
}
