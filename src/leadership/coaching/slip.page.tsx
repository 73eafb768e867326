// The slip »Vil du dele en opgave med mig?«: two on an A4 to print, and the page where a host or key holder types in a signed one.
import type { Visit } from '../../access/visit.ts'
import type { Community } from '../../communities/community.ts'
import { OwnWords } from '../../communities/own-words.tsx'
import { placeFrame } from '../../communities/place-frame.ts'
import { Actions, Button, ButtonLink, Choice, Field, type Problem, problemOf } from '../../ui/forms.tsx'
import { Notice } from '../../ui/notices.tsx'
import { Page, renderPage } from '../../ui/page.tsx'
import { SheetPage } from '../../ui/sheet.tsx'
import { roomOf } from '../../ui/whose-room.tsx'
import { TaskFields } from './tasks.page.tsx'
import { words } from './words.ts'

export function slipPage(visit: Visit, community: Community): string {
  const { lang } = visit
  const say = words(lang)
  const line = (label: string) => (
    <p class="slip-line">
      <span>{label}</span>
      <i />
    </p>
  )
  return renderPage(
    <SheetPage
      room={roomOf(community, 'all')}
      lang={lang}
      title={say('slip.title')}
      path={`/c/${community.slug}/tasks/slip`}
      how={say('slip.how')}
    >
      <div class="share-slips">
        {[1, 2].map(() => (
          <section class="share-slip">
            <p class="small">
              <OwnWords text={community.name} />
            </p>
            <h2>{say('slip.title')}</h2>
            {line(say('slip.task'))}
            {line(say('slip.me'))}
            {line(say('slip.you'))}
            <p class="slip-yes">
              <i /> <b>{say('slip.yes')}</b>
            </p>
            <div class="sign">
              <p class="small">{say('slip.signMe')}</p>
              <p class="small">{say('slip.sign')}</p>
            </div>
            <p class="small">
              {say('slip.no')} {say('slip.kept')}
            </p>
          </section>
        ))}
      </div>
    </SheetPage>,
  )
}

export interface SlipSaid {
  what: string
  one: string
  two: string
  kind: string
  words: string
}
export type SlipProblem = 'what' | 'nobodyDown' | 'one' | 'two' | 'kind' | 'words' | 'cpr' | 'nobody'

interface TypedProps {
  done?: boolean | undefined
  said?: SlipSaid | undefined
  problem?: SlipProblem | undefined
}

const fieldOf: Record<SlipProblem, string> = {
  what: 'what',
  nobodyDown: 'one',
  one: 'one',
  two: 'two',
  kind: 'kind',
  words: 'words',
  cpr: 'words',
  nobody: 'one',
}

export function typedPage(visit: Visit, community: Community, { done, said, problem }: TypedProps): string {
  const { lang } = visit
  const say = words(lang)
  const here = `/c/${community.slug}/tasks`
  const problems: Problem[] = problem ? [{ field: fieldOf[problem], message: say(`problem.${problem}`) }] : []
  const name = (field: 'one' | 'two') => (
    <Field
      lang={lang}
      name={field}
      label={say(`slip.${field}`)}
      hint={say(field === 'one' ? 'slip.nameHint' : 'slip.twoHint')}
      maxlength={120}
      value={said?.[field]}
      error={problemOf(problems, field)}
    />
  )
  return renderPage(
    <Page
      {...placeFrame(visit, community, `${here}/typed`, 'you')}
      robots="noindex"
      title={say('slip.type')}
      lead={say('slip.typeLead')}
      problems={problems}
    >
      {done && (
        <Notice lang={lang} kind="ok" live>
          {say('slip.done')}
        </Notice>
      )}
      <form method="post" action={`${here}/typed`} novalidate>
        <Choice
          lang={lang}
          name="what"
          plain
          legend={say('slip.what')}
          options={(['share', 'down'] as const).map((value) => ({ value, label: say(`slip.${value}`) }))}
          value={said?.what}
          error={problemOf(problems, 'what')}
        />
        {name('one')}
        {name('two')}
        <TaskFields lang={lang} legend={say('slip.which')} said={said} problems={problems} />
        <Actions>
          <Button>{say('slip.keep')}</Button>
          <ButtonLink kind="quiet" href={here}>
            {say('nav.tasks')}
          </ButtonLink>
        </Actions>
      </form>
    </Page>,
  )
}
