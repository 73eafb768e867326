// Leaving: which place or everything, what goes along and what stays, and afterwards what was done, with no name on it.
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { frame } from '../communities/place-frame.ts'
import { sayDayAndTime } from '../communities/times.ts'
import type { Lang } from '../i18n/catalogue.ts'
import { Actions, Button, ButtonLink } from '../ui/forms.tsx'
import { Notice } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Part, Sheet } from '../ui/parts.tsx'
import { doorstep, ownRoom } from '../ui/whose-room.tsx'
import { pieceKeys } from './everything.ts'
import type { Counts, Leaving } from './forget.deeds.ts'
import type { PlaceOfMine } from './mine.queries.ts'
import { words } from './words.ts'

export function choosePage(visit: Visit, places: readonly PlaceOfMine[]): string {
  const { lang } = visit
  const say = words(lang)
  return renderPage(
    <Page
      {...frame(visit, '/mine/delete', ownRoom)}
      title={say('delete.title')}
      lead={say('delete.lead')}
      robots="noindex"
    >
      <p>
        {say('delete.first')} <a href="/mine/export">{say('do.export')}</a>
      </p>
      <div class="mine-ways">
        {places.map(({ slug, name }) => (
          <div>
            <ButtonLink kind="quiet" href={`/mine/delete/in/${slug}`}>
              <OwnWords text={say('delete.place', { place: name })} />
            </ButtonLink>
            <p class="soft">{say('delete.placeWhat', { place: name })}</p>
          </div>
        ))}
        <div>
          <ButtonLink kind="quiet" href="/mine/delete/all">
            {say('delete.all')}
          </ButtonLink>
          <p class="soft">{say('delete.allWhat')}</p>
        </div>
      </div>
      <p>
        <a href="/mine">{say('nav.back')}</a>
      </p>
    </Page>,
  )
}

export function surePage(visit: Visit, { place, counts, lastKeys }: Leaving): string {
  const { lang } = visit
  const say = words(lang)
  const path = place === null ? '/mine/delete/all' : `/mine/delete/in/${place.slug}`
  return renderPage(
    <Page
      {...frame(visit, path, ownRoom)}
      title={place === null ? say('delete.sureAll') : say('delete.surePlace', { place: place.name })}
      robots="noindex"
    >
      {lastKeys.map(({ slug, name, others }) => (
        <Notice lang={lang} kind="warn" title={<OwnWords text={say('delete.lastKey', { place: name })} />}>
          {others && (
            <p>
              {say('delete.lastKeyElse')} <a href={`/c/${slug}/keys`}>{say('delete.handOn')}</a>
            </p>
          )}
        </Notice>
      ))}
      <WhatGoes lang={lang} counts={counts} />
      <Sheet title={say('delete.first')}>
        <form method="post" action={path}>
          <Actions>
            <Button kind="danger">
              {place === null ? say('delete.do') : <OwnWords text={say('delete.doPlace', { place: place.name })} />}
            </Button>
            <ButtonLink kind="quiet" href="/mine">
              {say('delete.not')}
            </ButtonLink>
            <ButtonLink kind="quiet" href="/mine/export">
              {say('do.export')}
            </ButtonLink>
          </Actions>
        </form>
      </Sheet>
    </Page>,
  )
}

/** What goes and what stays, as counts. `onPaper`: of somebody without an account. */
export function WhatGoes({ lang, counts, onPaper }: { lang: Lang; counts: Counts; onPaper?: boolean | undefined }) {
  const say = words(lang)
  const promises = (counts.commitment ?? 0) + (counts.ownCommitment ?? 0)
  const hosting = counts.inviting ?? 0
  return (
    <>
      {promises > 0 && <Notice lang={lang} kind="warn" title={say('delete.promises', { count: promises })} />}
      <Part id="gone" title={say('delete.gone')}>
        <CountsSaid lang={lang} counts={counts} none={say('delete.goneNothing')} />
      </Part>
      <Part id="rest" title={say('delete.rest')}>
        <ul>
          <li>{say('delete.restCounts')}</li>
          {hosting > 0 && <li>{say('delete.hosting', { count: hosting })}</li>}
          <li>{say('delete.restOthers')}</li>
          <li>{say('delete.restFirstName')}</li>
          <li>{say('delete.restLook')}</li>
          {onPaper && <li>{say('paper.letters')}</li>}
        </ul>
      </Part>
      <Part id="backup" title={say('delete.backup')}>
        <p>{say('delete.backupWhat')}</p>
      </Part>
    </>
  )
}

export function CountsSaid({ lang, counts, none }: { lang: Lang; counts: Counts; none: string }) {
  const say = words(lang)
  const there = pieceKeys.filter((key) => (counts[key] ?? 0) > 0)
  if (there.length === 0) return <p>{none}</p>
  return (
    <ul>
      {there.map((key) => (
        <li>{say('kind.count', { title: say(`piece.${key}.title`), count: counts[key] ?? 0 })}</li>
      ))}
    </ul>
  )
}

/** What was deleted, in the address: numbers, and nothing of who it was. */
export function receiptOf(counts: Counts): string {
  const numbers = new URLSearchParams(Object.entries(counts).map(([key, n]) => [key, String(n)]))
  return `/mine/deleted?${numbers}`
}

export function readReceipt(query: URLSearchParams): Counts {
  const counts: Counts = {}
  for (const key of pieceKeys) {
    const n = Number(query.get(key))
    if (Number.isInteger(n) && n > 0 && n < 1_000_000) counts[key] = n
  }
  return counts
}

export function deletedPage(visit: Visit, counts: Counts): string {
  const { lang, house, person } = visit
  const say = words(lang)
  const when = sayDayAndTime(house.clock.now(), 'Europe/Copenhagen', lang, new Date(0))
  return renderPage(
    <Page
      {...frame(visit, '/mine/deleted', person ? ownRoom : doorstep)}
      languages={undefined}
      title={say(person ? 'deleted.titlePlace' : 'deleted.title')}
      lead={say('deleted.lead')}
      robots="noindex"
    >
      <Part id="done" title={say('deleted.what', { when })}>
        <CountsSaid lang={lang} counts={counts} none={say('deleted.nothing')} />
      </Part>
      {!person && <p>{say('deleted.signedOut')}</p>}
      <p>{say('delete.restCounts')}</p>
      <p>{say('delete.backupWhat')}</p>
      <p class="soft">{say('deleted.save')}</p>
      <p class="no-print">
        <a href={person ? '/mine' : '/'}>{say(person ? 'nav.back' : 'nav.home')}</a>
      </p>
    </Page>,
  )
}
