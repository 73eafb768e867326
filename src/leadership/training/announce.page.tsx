// Announcing a training that one leads oneself: five fields on one page.
import type { Visit } from '../../access/visit.ts'
import type { Community } from '../../communities/community.ts'
import { OwnWords } from '../../communities/own-words.tsx'
import { placeFrame } from '../../communities/place-frame.ts'
import {
  Actions,
  Button,
  ButtonLink,
  Choice,
  DateField,
  Field,
  type Problem,
  problemOf,
  TimeField,
} from '../../ui/forms.tsx'
import { Page, renderPage } from '../../ui/page.tsx'
import { pathOf } from './said.tsx'
import { longestPlace, placeModules } from './training.ts'
import { handOut, words } from './words.ts'

interface Props {
  visit: Visit
  community: Community
  /** New for each page: what is sent twice is announced once. */
  formKey: string
  said?: URLSearchParams | undefined
  mend?: readonly Problem[] | undefined
}

export function announcePage({ visit, community, formKey, said, mend }: Props): string {
  const { lang } = visit
  const say = words(lang)
  const path = pathOf(community)
  const typed = (field: string) => said?.get(field) ?? ''
  return renderPage(
    <Page
      {...placeFrame(visit, community, `${path}/new`, 'hosts')}
      title={say('announce.title')}
      eyebrow={<OwnWords text={community.name} />}
      lead={say('announce.lead')}
      problems={mend}
      robots="noindex"
    >
      <form method="post" action={`${path}/new`} novalidate>
        <input type="hidden" name="key" value={formKey} />
        <Choice
          lang={lang}
          name="module"
          plain
          legend={say('announce.module')}
          options={placeModules.map((module) => ({
            value: String(module),
            label: `${module} · ${handOut(lang, module).title}`,
          }))}
          value={typed('module')}
          error={problemOf(mend, 'module')}
        />
        <DateField
          lang={lang}
          name="date"
          legend={say('announce.date')}
          value={{ day: typed('date-day'), month: typed('date-month'), year: typed('date-year') }}
          error={problemOf(mend, 'date')}
        />
        <TimeField
          lang={lang}
          name="time"
          label={say('announce.time')}
          value={typed('time')}
          error={problemOf(mend, 'time')}
        />
        <Field
          lang={lang}
          name="place"
          label={say('announce.place')}
          hint={say('announce.placeHint')}
          maxlength={longestPlace}
          value={typed('place')}
          error={problemOf(mend, 'place')}
        />
        <Field
          lang={lang}
          name="room"
          label={say('announce.room')}
          hint={say('announce.roomHint')}
          inputmode="numeric"
          size={3}
          optional
          value={typed('room')}
          error={problemOf(mend, 'room')}
        />
        <Actions>
          <Button>{say('announce.send')}</Button>
          <ButtonLink kind="quiet" href={path}>
            {say('announce.back')}
          </ButtonLink>
        </Actions>
      </form>
    </Page>,
  )
}
