// Fewer letters: one page with one button, reached from a letter without signing in.
import type { Visit } from '../access/visit.ts'
import { frame } from '../communities/place-frame.ts'
import { Actions, Button, ButtonLink } from '../ui/forms.tsx'
import { Notice } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { words } from './words.ts'

const room = { whose: 'nobody', seen: 'link' } as const

interface Where {
  place: string
  slug: string
}

export function stopPage(visit: Visit, path: string, { place }: Where): string {
  const say = words(visit.lang)
  return renderPage(
    <Page
      {...frame(visit, path, room)}
      kind="phone"
      title={say('stop.title')}
      lead={say('stop.lead', { place })}
      robots="noindex"
    >
      <form method="post" action={path}>
        <Actions>
          <Button wide>{say('stop.do')}</Button>
        </Actions>
      </form>
      <p>{say('stop.what', { place })}</p>
    </Page>,
  )
}

export function stoppedPage(visit: Visit, path: string, { place, slug }: Where): string {
  const say = words(visit.lang)
  return renderPage(
    <Page {...frame(visit, path, room)} kind="phone" title={say('stop.doneTitle')} robots="noindex">
      <Notice lang={visit.lang} kind="ok" title={say('stop.doneTitle')} live>
        <p>{say('stop.done', { place })}</p>
      </Notice>
      <p>{say('stop.what', { place })}</p>
      <Actions>
        <ButtonLink kind="quiet" href={`/c/${slug}`}>
          {say('stop.again', { place })}
        </ButtonLink>
      </Actions>
    </Page>,
  )
}
