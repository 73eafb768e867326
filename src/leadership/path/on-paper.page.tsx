// The same way on a sheet, for somebody without an account: their own acts to read, boxes to tick, and what they ticked typed in by a key holder.
import type { Visit } from '../../access/visit.ts'
import { OwnWords } from '../../communities/own-words.tsx'
import { sayDate } from '../../communities/times.ts'
import { peopleFrame } from '../../people/people-frame.ts'
import { Actions, Button, ButtonLink, Choice, type Problem, problemOf } from '../../ui/forms.tsx'
import { Notice } from '../../ui/notices.tsx'
import { Page, renderPage } from '../../ui/page.tsx'
import { Part } from '../../ui/parts.tsx'
import type { OnPaper } from './path.deeds.ts'
import { stages } from './path.ts'
import { nameOf, Way } from './way.tsx'
import { words } from './words.ts'

interface PaperProps {
  visit: Visit
  seen: OnPaper
  done?: boolean
  missing?: boolean
}

export function onPaperPage({ visit, seen, done, missing }: PaperProps): string {
  const { lang } = visit
  const { community, person, opened, next, today } = seen
  const say = words(lang)
  const here = `/c/${community.slug}/people/${person.id}`
  const name = { name: person.name }
  const problems: Problem[] = missing ? [{ field: 'stage', message: say('paper.missing') }] : []
  return renderPage(
    <Page
      {...peopleFrame(visit, community, `/people/${person.id}/path`, 'keyholders')}
      title={say('paper.title', name)}
      heading={<OwnWords text={say('paper.title', name)} />}
      problems={problems}
    >
      <div class="no-print">
        {done && (
          <Notice lang={lang} kind="ok" live>
            {say('paper.done')}
          </Notice>
        )}
        <p>
          <OwnWords text={say('paper.lead', name)} />
        </p>
      </div>
      <section class="path-sheet">
        <h2>{say('paper.sheet', { place: community.name })}</h2>
        <p>{say('paper.sheetLead')}</p>
        {opened.length === 0 && <p>{say('paper.empty')}</p>}
        <p>
          <b>{say('paper.tick')}</b>
        </p>
        <Way lang={lang} opened={opened} steps={[]} boxes />
        <p>
          <b>{say('next.title')}:</b> {say(next === null ? 'next.end' : `next.${stages[next]}`)}
        </p>
        <p>
          {say('paper.give')} {say('next.missing')}
        </p>
        <p class="soft small">{say('paper.made', { day: sayDate(today, lang) })}</p>
      </section>
      <div class="no-print">
        <Part id="type" title={<OwnWords text={say('paper.form', name)} />}>
          <form method="post" action={`${here}/path`} novalidate>
            <Choice
              lang={lang}
              name="stage"
              plain
              legend={<OwnWords text={say('paper.which', name)} />}
              options={[
                ...[...opened.map(({ stage }) => stage), 5 as const, 6 as const].map((stage) => ({
                  value: String(stage),
                  label: nameOf(lang, stage),
                })),
                { value: '0', label: say('paper.takeBack') },
              ]}
              error={problemOf(problems, 'stage')}
            />
            <Actions>
              <Button>{say('paper.keep')}</Button>
              <ButtonLink kind="quiet" href={here}>
                <OwnWords text={person.name} />
              </ButtonLink>
            </Actions>
          </form>
        </Part>
      </div>
    </Page>,
  )
}
