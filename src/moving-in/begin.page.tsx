// Bringing a list of people: what happens with it, the file, and the lists that were brought before.
import type { Visit } from '../access/visit.ts'
import type { Community } from '../communities/community.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { sayDate } from '../communities/times.ts'
import { peopleFrame } from '../people/people-frame.ts'
import { Actions, Button, ButtonLink, type Problem, problemOf } from '../ui/forms.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Part, Table } from '../ui/parts.tsx'
import type { AskedCounts } from './asked.queries.ts'
import type { Moving } from './moving-in.queries.ts'
import type { TableFault } from './table.ts'
import { words } from './words.ts'

interface BeginProps {
  visit: Visit
  community: Community
  movings: readonly Moving[]
  counts: AskedCounts
  fault?: TableFault | 'missing' | undefined
}

export function beginPage({ visit, community, movings, counts, fault }: BeginProps): string {
  const { lang } = visit
  const say = words(lang)
  const here = `/c/${community.slug}`
  const problems: Problem[] = fault ? [{ field: 'file', message: say(`file.fault.${fault}`) }] : []
  const error = problemOf(problems, 'file')
  return renderPage(
    <Page
      {...peopleFrame(visit, community, '/moving-in', 'keyholders')}
      title={say('begin.title')}
      lead={say('begin.lead')}
      problems={problems}
    >
      <ul>
        {(['looked', 'asked', 'forgotten', 'cpr'] as const).map((one) => (
          <li>{say(`begin.${one}`)}</li>
        ))}
      </ul>
      <form method="post" action={`${here}/moving-in`} enctype="multipart/form-data">
        <div class={error ? 'field mend' : 'field'}>
          <label for="file">{say('file.label')}</label>
          <p class="hint" id="file-hint">
            {say('file.hint')}
          </p>
          {error && (
            <p class="wrong" id="file-error">
              {error}
            </p>
          )}
          <input
            class="wide"
            type="file"
            id="file"
            name="file"
            accept=".csv,.tsv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            aria-describedby={error ? 'file-hint file-error' : 'file-hint'}
          />
        </div>
        <Actions>
          <Button>{say('file.send')}</Button>
          {counts.all > 0 && (
            <ButtonLink kind="quiet" href={`${here}/asked`}>
              {say('asked.way', { count: counts.all })}
            </ButtonLink>
          )}
        </Actions>
      </form>
      {movings.length > 0 && (
        <Part id="before" title={say('before.title')}>
          <Table
            caption={say('before.title')}
            quiet
            columns={[say('before.when'), say('before.who'), say('before.state')]}
            rows={movings.map((one) => [
              <a href={`${here}/moving-in/${one.id}`}>{sayDate(one.lookedAt.toISOString().slice(0, 10), lang)}</a>,
              <OwnWords text={one.asker} />,
              say(`state.${one.state}`, { count: one.state === 'looked' ? one.people : one.asked, yes: one.yes }),
            ])}
          />
        </Part>
      )}
      <p>
        <a href={`${here}/people`}>{say('begin.back')}</a>
      </p>
    </Page>,
  )
}
