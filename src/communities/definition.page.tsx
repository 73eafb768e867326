// The community's own definition of a good community: the words that hold, how they have changed, and the form for those who live there.
import type { Visit } from '../access/visit.ts'
import { Button, Field, TextArea } from '../ui/forms.tsx'
import { EmptyState } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Part, Voice } from '../ui/parts.tsx'
import type { DefinitionSeen } from './community.deeds.ts'
import { longestText, type Problem } from './community.ts'
import { OwnWords, Quoted } from './own-words.tsx'
import { placeFrame } from './place-frame.ts'
import { mendingOf, mendings, sayAuthors, sayVersion } from './said.ts'
import { sayDay } from './times.ts'
import { words } from './words.ts'

/** `said` and `problems` when the form came back with something to mend. */
export function definitionPage(
  visit: Visit,
  { community, definitions, whyNot }: DefinitionSeen,
  said = new URLSearchParams(),
  problems: readonly Problem[] = [],
): string {
  const { lang } = visit
  const say = words(lang)
  const mend = mendings(problems, lang)
  const now = visit.house.clock.now()
  const path = `/c/${community.slug}/definition`
  const [newest, ...earlier] = definitions
  const about = (one: (typeof definitions)[number]) =>
    `${sayVersion(one, lang)} · ${sayAuthors(one, lang)} · ${sayDay(one.writtenAt, community.timeZone, lang, now)}`
  return renderPage(
    <Page
      {...placeFrame(visit, community, path, 'all')}
      title={`${say('definition.title')} · ${community.name}`}
      heading={say('definition.title')}
      eyebrow={<OwnWords text={community.name} />}
      lead={say('definition.lead')}
      problems={mend}
    >
      {newest ? (
        <div class="stack">
          <p class="definition">
            <Quoted text={newest.text} />
          </p>
          <p class="small soft">{about(newest)}</p>
        </div>
      ) : (
        <EmptyState title={say('definition.none')}>{say('definition.noneHow')}</EmptyState>
      )}
      {whyNot === null && (
        <Part id="write" title={say(newest ? 'definition.write' : 'definition.writeFirst')}>
          <form method="post" action={path} novalidate>
            <TextArea
              lang={lang}
              name="text"
              label={say('definition.text')}
              hint={say('definition.textHint')}
              voice
              rows={5}
              value={said.get('text') ?? undefined}
              maxlength={longestText}
              error={mendingOf(mend, 'text')}
            />
            <Field
              lang={lang}
              name="authors"
              label={say('definition.authors')}
              hint={say('definition.authorsHint')}
              size={6}
              inputmode="numeric"
              value={said.get('authors') ?? undefined}
              error={mendingOf(mend, 'authors')}
            />
            <Button>{say('definition.send')}</Button>
          </form>
        </Part>
      )}
      {earlier.length > 0 && (
        <Part id="before" title={say('definition.before')}>
          {earlier.map((one) => (
            <Voice source={about(one)}>
              <OwnWords text={one.text} />
            </Voice>
          ))}
        </Part>
      )}
    </Page>,
  )
}
