// The page where the municipality founds a community, and says from the first day when it means to be gone.

import type { Visit } from '../access/visit.ts'
import { Button, Field } from '../ui/forms.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { municipalRoom } from '../ui/whose-room.tsx'
import { longestName, type Problem } from './community.ts'
import { frame } from './place-frame.ts'
import { mendingOf, mendings } from './said.ts'
import { PlanFields } from './withdrawal.page.tsx'
import { words } from './words.ts'

/** `problems` and `said` when the form came back with something to mend. */
export function foundingPage(visit: Visit, said = new URLSearchParams(), problems: readonly Problem[] = []): string {
  const { lang } = visit
  const say = words(lang)
  const mend = mendings(problems, lang)
  return renderPage(
    <Page
      {...frame(visit, '/c/new', municipalRoom())}
      title={say('new.title')}
      lead={say('new.lead')}
      problems={mend}
      robots="noindex"
    >
      <form method="post" action="/c/new" novalidate>
        <Field
          lang={lang}
          name="name"
          label={say('new.name')}
          value={said.get('name') ?? undefined}
          maxlength={longestName}
          error={mendingOf(mend, 'name')}
        />
        <Field
          lang={lang}
          name="residents"
          label={say('new.residents')}
          hint={say('new.residentsHint')}
          optional
          size={7}
          inputmode="numeric"
          value={said.get('residents') ?? undefined}
          error={mendingOf(mend, 'residents')}
        />
        <PlanFields lang={lang} said={said} mend={mend} />
        <Button>{say('new.send')}</Button>
      </form>
    </Page>,
  )
}
