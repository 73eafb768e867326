// The first page of an open book: a line to write, what one wanted to remember today, and everything else, newest first.
import { sayDate } from '../communities/times.ts'
import type { Lang } from '../i18n/catalogue.ts'
import { Actions, Button, ButtonLink, Field, TextArea } from '../ui/forms.tsx'
import { EmptyState, Notice } from '../ui/notices.tsx'
import { Part, Sheet } from '../ui/parts.tsx'
import { WhoSees } from './begin.page.tsx'
import type { LookedAt } from './book.deeds.ts'
import { type Entry, type EntryKind, entryKinds, holds, inOrder, longest, wordsIn } from './entry.ts'
import { bookPage, type Visiting } from './frame.tsx'
import { daysBefore } from './opening.deeds.ts'
import { words } from './words.ts'

/** What has just happened, as the address says. */
export const happenings = ['saved', 'back', 'tried', 'renewed'] as const
export type Happening = (typeof happenings)[number]

const onePage = 40

interface ListPageProps {
  visit: Visiting
  looked: LookedAt
  /** The id of the next thing that is written. */
  id: string
  happened?: Happening | undefined
  page?: number | undefined
  /** Only what holds these words. They come in a posted form, so that no address and no history keeps them. */
  asked?: string | undefined
}

export function listPage({ visit, looked, id, happened, page = 1, asked }: ListPageProps): string {
  const { lang } = visit
  const say = words(lang)
  const { due, rest } = inOrder(looked.entries, looked.today)
  const found = asked === undefined ? rest : [...due, ...rest].filter((entry) => holds(entry, asked))
  const pages = Math.max(1, Math.ceil(found.length / onePage))
  const at = Math.min(Math.max(1, page), pages)
  const empty = looked.entries.length === 0
  return bookPage({
    visit,
    title: say('title'),
    path: asked === undefined ? '/book' : undefined,
    first: true,
    children: (
      <>
        {happened && <Happened lang={lang} happened={happened} />}
        <Warnings lang={lang} looked={looked} />
        {asked === undefined && due.length > 0 && (
          <Sheet title={say('list.due')}>
            <Entries lang={lang} entries={due} />
          </Sheet>
        )}
        {asked === undefined && <FirstLine lang={lang} id={id} empty={empty} />}
        {!empty && (
          <Part
            id="all"
            title={
              asked === undefined
                ? say('list.all')
                : found.length > 0
                  ? say('list.found', { count: found.length, asked })
                  : say('list.none', { asked })
            }
          >
            <form class="book-search" method="post" action="/book/search">
              <Field lang={lang} name="asked" type="search" label={say('list.search')} value={asked} maxlength={100} />
              <Button kind="quiet">{say('list.searchDo')}</Button>
            </form>
            {asked !== undefined && found.length === 0 && <p>{say('list.noneHow')}</p>}
            <Entries lang={lang} entries={found.slice((at - 1) * onePage, at * onePage)} />
            {asked !== undefined ? (
              <p>
                <a href="/book">{say('back')}</a>
              </p>
            ) : (
              <Pages lang={lang} at={at} pages={pages} />
            )}
          </Part>
        )}
        <nav class="book-ways" aria-label={say('title')}>
          <ul>
            <li>
              <a href="/book/locks">{say('list.locks')}</a>
            </li>
            {!empty && (
              <>
                <li>
                  <a href="/book/print">{say('list.print')}</a>
                </li>
                <li>
                  <a href="/book/export.json" download="min-bog.json">
                    {say('list.export')}
                  </a>
                </li>
              </>
            )}
          </ul>
        </nav>
        {empty && <WhoSees lang={lang} />}
      </>
    ),
  })
}

function Happened({ lang, happened }: { lang: Lang; happened: Happening }) {
  const say = words(lang)
  if (happened === 'saved' || happened === 'back')
    return <Notice lang={lang} kind="ok" title={say(`list.${happened}`)} live />
  return (
    <Notice lang={lang} kind="ok" title={say('try.works')} live>
      <p>{say(happened === 'tried' ? 'try.worksWhat' : 'try.worksNew')}</p>
    </Notice>
  )
}

/** What the owner has to know: somebody tried letters, or was at the rows behind their back. */
function Warnings({ lang, looked }: { lang: Lang; looked: LookedAt }) {
  const say = words(lang)
  const on = (day: string) => looked.tries.find((one) => one.day === day)?.tries ?? 0
  const [today, yesterday] = [on(looked.today), on(daysBefore(looked.today, 1))]
  return (
    <>
      {(today > 0 || yesterday > 0) && (
        <Notice
          lang={lang}
          kind="warn"
          title={
            today > 0 ? say('locks.triesToday', { count: today }) : say('locks.triesYesterday', { count: yesterday })
          }
        >
          <p>{say('locks.triesWhat')}</p>
        </Notice>
      )}
      {!looked.whole && (
        <Notice lang={lang} kind="warn" title={say('notice.changed')}>
          <p>{say('notice.changedWhat')}</p>
          {looked.damaged > 0 && <p>{say('notice.damaged', { count: looked.damaged })}</p>}
        </Notice>
      )}
    </>
  )
}

/** A note at once; the other kinds are a page away. */
function FirstLine({ lang, id, empty }: { lang: Lang; id: string; empty: boolean }) {
  const say = words(lang)
  const others = entryKinds.filter((kind) => kind !== 'note')
  return (
    <div class="columns first-line">
      <form method="post" action="/book/write" novalidate>
        <input type="hidden" name="to" value="write" />
        <input type="hidden" name="kind" value="note" />
        <input type="hidden" name="id" value={id} />
        <TextArea
          lang={lang}
          name="text"
          label={say(empty ? 'list.first' : 'list.note')}
          hint={empty ? say('list.firstHow') : undefined}
          rows={4}
          maxlength={longest.text}
          voice
        />
        <Actions>
          <Button>{say('list.save')}</Button>
        </Actions>
        <p class="hint">{say('others')}</p>
      </form>
      <section class="stack">
        <h2>{say('list.more')}</h2>
        <div class="actions">
          {others.map((kind) => (
            <ButtonLink kind="quiet" href={`/book/new/${kind}`}>
              {say(`write.${kind}`)}
            </ButtonLink>
          ))}
        </div>
      </section>
    </div>
  )
}

/** The first words of each, leading to the whole. */
function Entries({ lang, entries }: { lang: Lang; entries: readonly Entry[] }) {
  const say = words(lang)
  if (entries.length === 0) return null
  return (
    <ul class="book-entries">
      {entries.map((entry) => (
        <li class={entry.kind}>
          <p class="kind">
            {say(`kind.${entry.kind}`)} · {sayDate(entry.kind === 'reminder' ? entry.on : entry.changed, lang)}
          </p>
          <p>
            <a href={`/book/e/${entry.id}`} dir="auto">
              {beginningOf(entry) || say('list.empty')}
            </a>
          </p>
        </li>
      ))}
    </ul>
  )
}

const mostShown = 160

function beginningOf(entry: Entry): string {
  // A name and what one wants to ask are one line; of everything else the beginning is enough to know it again.
  const said = wordsIn(entry)
  const text = (entry.kind === 'name' ? said.join(' · ') : (said[0] ?? '')).replaceAll(/\s+/g, ' ')
  if (text.length <= mostShown) return text
  const cut = text.slice(0, mostShown)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), mostShown / 2))}…`
}

function Pages({ lang, at, pages }: { lang: Lang; at: number; pages: number }) {
  const say = words(lang)
  if (pages < 2) return null
  return (
    <p class="ways">
      {at > 1 && <a href={`/book?page=${at - 1}#all`}>{say('list.newer')}</a>}
      {at < pages && <a href={`/book?page=${at + 1}#all`}>{say('list.older')}</a>}
    </p>
  )
}

/** The sheet has not been tried yet, and there is one to try. */
export function untriedPage(visit: Visiting): string {
  const { lang } = visit
  const say = words(lang)
  return bookPage({
    visit,
    title: say('title'),
    path: '/book',
    first: true,
    children: (
      <EmptyState title={say('try.title')} action={<ButtonLink href="/book/try">{say('try.send')}</ButtonLink>}>
        {say('try.lead')}
      </EmptyState>
    ),
  })
}

/** The kinds that have a page of their own to write on. */
export const isWritable = (kind: string): kind is EntryKind => entryKinds.includes(kind as EntryKind)
