// Everything out of the book: on paper, and as a file that other programs read.
import { sayDate } from '../communities/times.ts'
import { Page, renderPage } from '../ui/page.tsx'
import { PrintTools } from '../ui/poster.tsx'
import { ownRoom } from '../ui/whose-room.tsx'
import { type Entry, fieldsOf } from './entry.ts'
import type { Visiting } from './frame.tsx'
import { words } from './words.ts'

const oldestFirst = (entries: readonly Entry[]) =>
  [...entries].sort((a, b) => a.written.localeCompare(b.written) || a.id.localeCompare(b.id))

export function paperPage(visit: Visiting, entries: readonly Entry[], today: string): string {
  const { lang } = visit
  const say = words(lang)
  return renderPage(
    <Page lang={lang} room={ownRoom} kind="sheet" title={say('print.title')} heading={false} robots="noindex">
      <PrintTools lang={lang} title={say('print.title')}>
        <p>{say('print.how')}</p>
        <p>
          <a href="/book">{say('back')}</a>
        </p>
      </PrintTools>
      <article class="book-paper">
        <header>
          <p class="eyebrow">oplive</p>
          <h2>{say('title')}</h2>
          <p>{say('print.on', { day: sayDate(today, lang) })}</p>
        </header>
        {oldestFirst(entries).map((entry) => (
          <section>
            <h3>
              {say(`kind.${entry.kind}`)} · {sayDate(entry.written, lang)}
            </h3>
            {entry.kind === 'reminder' && (
              <p>
                {say('field.on')} {sayDate(entry.on, lang)}
              </p>
            )}
            {fieldsOf[entry.kind].map((field) => {
              const text = (entry as unknown as Record<string, string>)[field]
              return (
                text && (
                  <>
                    {fieldsOf[entry.kind].length > 1 && <h4>{say(`field.${field}`)}</h4>}
                    <p class="own-words" dir="auto">
                      {text}
                    </p>
                  </>
                )
              )
            })}
          </section>
        ))}
      </article>
    </Page>,
  )
}

/** The whole book as JSON, every field by its name. */
export const asFile = (entries: readonly Entry[], today: string): string =>
  `${JSON.stringify({ book: 'Min bog', takenOut: today, entries: oldestFirst(entries) }, null, 2)}\n`
