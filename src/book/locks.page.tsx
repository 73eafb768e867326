// Sheet and devices: where the book is open, who tried wrong letters, a new sheet, one more device, and closing it.
import { sayDate } from '../communities/times.ts'
import { Actions, Button, ButtonLink, problemOf } from '../ui/forms.tsx'
import { Notice } from '../ui/notices.tsx'
import { Columns, Part, Sheet, Table } from '../ui/parts.tsx'
import { Qr } from '../ui/qr.tsx'
import { scanAddress, WhoSees } from './begin.page.tsx'
import type { LookedAt } from './book.deeds.ts'
import { bookPage, type Visiting } from './frame.tsx'
import type { Letters } from './letters.ts'
import { LetterGroups, type LettersFault, LettersField, lettersFault } from './letters-field.tsx'
import { words } from './words.ts'

export function locksPage(visit: Visiting, looked: LookedAt): string {
  const { lang } = visit
  const say = words(lang)
  return bookPage({
    visit,
    title: say('locks.title'),
    lead: say('locks.lead'),
    path: '/book/locks',
    children: (
      <>
        <Part title={say('locks.devices')}>
          <Table
            caption={say('locks.devices')}
            quiet
            columns={[say('locks.device'), say('locks.opened'), say('locks.seen')]}
            rows={looked.devices.map(({ here, madeOn, seenOn }) => [
              say(here ? 'locks.here' : 'locks.another'),
              sayDate(madeOn, lang),
              sayDate(seenOn, lang),
            ])}
          />
        </Part>
        <Part title={say('locks.tries')}>
          {looked.tries.length === 0 ? (
            <p>{say('locks.triesNone')}</p>
          ) : (
            <>
              <ul>
                {looked.tries.map(({ day, tries }) => (
                  <li>{say('locks.triesOn', { day: sayDate(day, lang), count: tries })}</li>
                ))}
              </ul>
              <p>{say('locks.triesWhat')}</p>
            </>
          )}
        </Part>
        <Columns>
          <Sheet title={say('locks.add')}>
            <p>{say('locks.addHow')}</p>
            <form method="post" action="/book/hand-over">
              <Actions>
                <Button>{say('locks.addDo')}</Button>
              </Actions>
            </form>
          </Sheet>
          <Sheet title={say('locks.sheet')}>
            <p>{say('locks.sheetHow')}</p>
            <form method="post" action="/book/sheet">
              <Actions>
                <Button kind="quiet">{say('locks.sheetDo')}</Button>
              </Actions>
            </form>
          </Sheet>
        </Columns>
        <Part title={say('locks.close')}>
          <p>{say('locks.closeHow')}</p>
          <form method="post" action="/book/close">
            <div class="book-close">
              <Button kind="quiet">{say('locks.closeHere')}</Button>
              <ButtonLink kind="quiet" href="/book/close-all">
                {say('locks.closeAll')}
              </ButtonLink>
            </div>
          </form>
        </Part>
        <WhoSees lang={lang} />
        <p>
          <a href="/book">{say('back')}</a>
        </p>
      </>
    ),
  })
}

/** Letters for the next device, on the screen of this one. */
export function handOverPage(visit: Visiting, letters: Letters): string {
  const { lang, origin } = visit
  const say = words(lang)
  return bookPage({
    visit,
    title: say('hand.title'),
    lead: say('hand.lead'),
    children: (
      <>
        <div class="hand-over">
          <LetterGroups lang={lang} letters={letters} />
          <Qr lang={lang} text={scanAddress(origin, letters)} address={`${origin.replace(/^https?:\/\//, '')}/book`} />
        </div>
        <p>{say('hand.once')}</p>
        <p>
          <a href="/book">{say('back')}</a>
        </p>
      </>
    ),
  })
}

/** On every device at once, with the letters. */
export function closeAllPage(visit: Visiting, again?: { typed: string; fault: LettersFault }): string {
  const { lang } = visit
  const say = words(lang)
  const problems = again ? [{ field: 'letters', message: lettersFault(lang, again.fault) }] : []
  return bookPage({
    visit,
    title: say('locks.closeAllTitle'),
    lead: say('locks.closeAllLead'),
    path: again ? undefined : '/book/close-all',
    problems,
    children: (
      <form method="post" action="/book/close-all" novalidate>
        <LettersField lang={lang} typed={again?.typed} error={problemOf(problems, 'letters')} />
        <Actions>
          <Button kind="danger">{say('locks.closeAll')}</Button>
          <ButtonLink kind="quiet" href="/book/locks">
            {say('locks.title')}
          </ButtonLink>
        </Actions>
      </form>
    ),
  })
}

export function closedAllPage(visit: Visiting): string {
  const say = words(visit.lang)
  return bookPage({
    visit,
    title: say('title'),
    first: true,
    children: (
      <>
        <Notice lang={visit.lang} kind="ok" title={say('locks.closed')} live />
        <Actions>
          <ButtonLink href="/book/open">{say('open.send')}</ButtonLink>
        </Actions>
      </>
    ),
  })
}
