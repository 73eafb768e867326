// One thing at a time: a single row to delete, and the name one is called by when signed in.
import type { Visit } from '../access/visit.ts'
import { frame } from '../communities/place-frame.ts'
import { Actions, Button, ButtonLink, Field, type Problem, problemOf } from '../ui/forms.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Sheet } from '../ui/parts.tsx'
import { ownRoom } from '../ui/whose-room.tsx'
import type { RowFound } from './everything.queries.ts'
import { RowSaid } from './own.page.tsx'
import { words } from './words.ts'

export function onePage(visit: Visit, row: RowFound): string {
  const { lang } = visit
  const say = words(lang)
  const path = `/mine/one/${row.piece}/${row.row}`
  return renderPage(
    <Page
      {...frame(visit, path, ownRoom)}
      eyebrow={say(`piece.${row.piece}.title`)}
      title={say('one.title')}
      lead={say('one.lead')}
      robots="noindex"
    >
      <Sheet>
        <RowSaid lang={lang} row={row} timeZone="Europe/Copenhagen" />
        <form method="post" action={path}>
          <Actions>
            <Button kind="danger">{say('one.do')}</Button>
            <ButtonLink kind="quiet" href="/mine">
              {say('one.not')}
            </ButtonLink>
          </Actions>
        </form>
      </Sheet>
    </Page>,
  )
}

export type NameProblem = 'missing' | 'long' | 'marks' | 'cpr'

export function namePage(visit: Visit, typed: string, problem?: NameProblem): string {
  const { lang } = visit
  const say = words(lang)
  const problems: Problem[] = problem ? [{ field: 'name', message: say(`name.${problem}`) }] : []
  return renderPage(
    <Page
      {...frame(visit, '/mine/name', ownRoom)}
      title={say('name.title')}
      lead={say('name.lead')}
      problems={problems}
      robots="noindex"
    >
      <form method="post" action="/mine/name" novalidate>
        <Field
          lang={lang}
          name="name"
          label={say('name.label')}
          hint={say('name.hint')}
          value={typed}
          autocomplete="nickname"
          error={problemOf(problems, 'name')}
        />
        <Actions>
          <Button>{say('name.send')}</Button>
          <ButtonLink kind="quiet" href="/mine">
            {say('nav.back')}
          </ButtonLink>
        </Actions>
      </form>
    </Page>,
  )
}
