// A closed book: it is opened with the letters, and words that somebody had typed when it closed wait on the page.
import { Actions, Button, problemOf, Tick } from '../ui/forms.tsx'
import { Notice } from '../ui/notices.tsx'
import { Part } from '../ui/parts.tsx'
import { scanIsland } from './begin.page.tsx'
import { EntryFields, kindIn } from './entry.page.tsx'
import { bookPage, type Visiting } from './frame.tsx'
import { type LettersFault, LettersField, lettersFault } from './letters-field.tsx'
import { words } from './words.ts'

interface OpenPageProps {
  visit: Visiting
  again?: { typed: string; fault: LettersFault; borrowed: boolean } | undefined
  /** What was being written when the book turned out to be closed: its form, word for word. */
  waiting?: URLSearchParams | undefined
}

/** The fields that say where waiting words belong. */
const places = ['to', 'id', 'seen', 'kind'] as const

export function openPage({ visit, again, waiting }: OpenPageProps): string {
  const { lang } = visit
  const say = words(lang)
  const problems = again ? [{ field: 'letters', message: lettersFault(lang, again.fault) }] : []
  return bookPage({
    visit,
    title: say('open.title'),
    lead: say('open.lead'),
    path: again || waiting ? undefined : '/book/open',
    problems,
    scripts: [scanIsland],
    children: (
      <>
        {waiting && (
          <Notice lang={lang} kind="warn" title={say('open.typed')}>
            <p>{say('open.typedWhat')}</p>
          </Notice>
        )}
        <form method="post" action="/book/open" novalidate>
          <LettersField lang={lang} typed={again?.typed} error={problemOf(problems, 'letters')} />
          <Tick lang={lang} name="borrowed" label={say('open.borrowed')} checked={again?.borrowed} />
          {waiting && (
            <>
              {places.map((name) => (
                <input type="hidden" name={name} value={waiting.get(name) ?? ''} />
              ))}
              <EntryFields lang={lang} kind={kindIn(waiting)} said={waiting} />
            </>
          )}
          <Actions>
            <Button>{say(waiting ? 'open.sendSave' : 'open.send')}</Button>
          </Actions>
        </form>
        <Part title={say('open.other')}>
          <p>{say('open.otherHow')}</p>
        </Part>
        {!waiting && <LostAll visit={visit} />}
      </>
    ),
  })
}

/** Only a tick and a button between somebody and the end of their old book, so it says what it is. */
function LostAll({ visit: { lang } }: { visit: Visiting }) {
  const say = words(lang)
  return (
    <details>
      <summary>{say('open.lost')}</summary>
      <div class="stack">
        <p>{say('open.lostWhat')}</p>
        <form method="post" action="/book/anew">
          <Tick lang={lang} name="known" label={say('open.lostTick')} />
          <Actions>
            <Button kind="danger">{say('open.lostDo')}</Button>
          </Actions>
        </form>
      </div>
    </details>
  )
}
