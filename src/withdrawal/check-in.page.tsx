// How it goes, half a year or a year after a step out: the place writes it, and decides who reads it.
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { placeFrame } from '../communities/place-frame.ts'
import { Button, Choice, type Problem, problemOf, TextArea, Tick } from '../ui/forms.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { howItGoes, longestWords } from './phase.ts'
import type { Leaving } from './withdrawal.deeds.ts'
import type { CheckInSeen } from './withdrawal.queries.ts'
import { words } from './words.ts'

export function checkInPage(
  visit: Visit,
  { community }: Pick<Leaving, 'community'>,
  one: CheckInSeen,
  said?: URLSearchParams,
  mend: readonly Problem[] = [],
): string {
  const { lang } = visit
  const say = words(lang)
  const path = `/c/${community.slug}/withdrawal/check-in/${one.vote}/${one.month}`
  return renderPage(
    <Page
      {...placeFrame(visit, community, path, 'residents')}
      title={`${say(`after.month.${one.month}`)} · ${community.name}`}
      heading={say(`after.month.${one.month}`)}
      eyebrow={<OwnWords text={community.name} />}
      lead={say('after.lead')}
      problems={mend}
    >
      <form method="post" action={path} novalidate>
        <Choice
          lang={lang}
          name="how"
          legend={say('after.asked')}
          value={said ? (said.get('how') ?? undefined) : (one.how ?? undefined)}
          options={howItGoes.map((how) => ({ value: how, label: say(`after.how.${how}`) }))}
          error={problemOf(mend, 'how')}
        />
        <TextArea
          lang={lang}
          name="words"
          label={say('after.words')}
          hint={say('after.wordsHint')}
          value={said ? (said.get('words') ?? undefined) : (one.words ?? undefined)}
          maxlength={longestWords}
          rows={4}
          optional
          error={problemOf(mend, 'words')}
        />
        <Tick
          lang={lang}
          name="shared"
          label={say('after.shared')}
          checked={said ? said.get('shared') === 'yes' : one.shared}
        />
        <Button>{say('after.send')}</Button>
      </form>
      <p>
        <a href={`/c/${community.slug}/withdrawal#after`}>{say('after.back')}</a>
      </p>
    </Page>,
  )
}
