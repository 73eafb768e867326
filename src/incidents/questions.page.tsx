// For who holds a key: people who have asked the municipality what is kept of them, and whom it has passed on to this place.
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { placeFrame } from '../communities/place-frame.ts'
import { sayDate } from '../communities/times.ts'
import { Actions, Button } from '../ui/forms.tsx'
import { EmptyState } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Facts, Part } from '../ui/parts.tsx'
import { sayDaysLeft } from './one-request.page.tsx'
import type { PlaceAsked } from './passed-on.deeds.ts'
import { words } from './words.ts'

export function questionsPage(visit: Visit, { community, asking }: PlaceAsked): string {
  const { lang } = visit
  const say = words(lang)
  const here = `/c/${community.slug}/questions`
  return renderPage(
    <Page
      {...placeFrame(visit, community, here, 'keyholders')}
      title={say('asked.title')}
      eyebrow={<OwnWords text={community.name} />}
      lead={say('asked.lead')}
      robots="noindex"
    >
      {asking.length === 0 && <EmptyState title={say('asked.none')}>{say('asked.noneWhat')}</EmptyState>}
      {asking.map((one) => (
        <Part title={<OwnWords text={one.name} />}>
          <Facts
            facts={[
              [say('asked.came'), sayDate(one.passedOn, lang)],
              [say('request.by'), `${sayDate(one.by, lang)} · ${sayDaysLeft(visit, one.daysLeft)}`],
              ...(one.mail ? [[say('request.mail'), <OwnWords text={one.mail} />] as const] : []),
              ...(one.telephone ? [[say('request.telephone'), one.telephone] as const] : []),
            ]}
          />
          <p>
            {say('asked.how')} <a href={`/c/${community.slug}/people`}>{say('asked.people')}</a>
          </p>
          <form method="post" action={`${here}/${one.request}`}>
            <Actions>
              <Button>{say('request.answered')}</Button>
            </Actions>
          </form>
        </Part>
      ))}
    </Page>,
  )
}
