// Before the first line: whose room it is, what can go wrong, the sheet on paper, and trying it at once.
import { sayDate } from '../communities/times.ts'
import type { Lang } from '../i18n/catalogue.ts'
import { Actions, Button, ButtonLink, problemOf, Tick } from '../ui/forms.tsx'
import { Notice } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Columns, Part, Sheet } from '../ui/parts.tsx'
import { PrintTools } from '../ui/poster.tsx'
import { Qr } from '../ui/qr.tsx'
import { ownRoom } from '../ui/whose-room.tsx'
import { bookPage, type Visiting } from './frame.tsx'
import type { Letters } from './letters.ts'
import { LetterGroups, type LettersFault, LettersField, lettersFault } from './letters-field.tsx'
import { words } from './words.ts'

export const scanIsland = 'src/book/scan.island.ts'

/** What a scanned code leads to. The letters stand behind the # and are never sent: the page reads them into its field. */
export const scanAddress = (origin: string, letters: Letters) => `${origin}/book/open#${letters}`

/** No book yet. All that must be known is said here, before a line is written. */
export function beginPage(visit: Visiting, unticked = false): string {
  const say = words(visit.lang)
  const problems = unticked ? [{ field: 'understood', message: say('begin.tickMissing') }] : []
  return bookPage({
    visit,
    title: say('title'),
    lead: say('lead'),
    path: '/book',
    first: true,
    problems,
    children: (
      <>
        <Columns>
          <div class="book-told">
            <WhoSees lang={visit.lang} />
          </div>
          <Sheet title={say('begin.how')}>
            <ol class="steps-told">
              <li>{say('begin.howMake')}</li>
              <li>{say('begin.howPrint')}</li>
              <li>{say('begin.howTry')}</li>
              <li>{say('begin.howWrite')}</li>
            </ol>
          </Sheet>
        </Columns>
        <Part title={say('begin.lost')}>
          <p>{say('begin.lostWhat')}</p>
          <Notice lang={visit.lang} kind="warn" title={say('begin.lostAll')}>
            <p>{say('begin.lostNew')}</p>
          </Notice>
          <form method="post" action="/book/sheet" novalidate>
            <Tick
              lang={visit.lang}
              name="understood"
              label={say('begin.tick')}
              error={problemOf(problems, 'understood')}
            />
            <Actions>
              <Button>{say('begin.make')}</Button>
            </Actions>
          </form>
        </Part>
      </>
    ),
  })
}

/** Who can see it, and what the one who looks after the server could do all the same. */
export function WhoSees({ lang }: { lang: Lang }) {
  const say = words(lang)
  return (
    <>
      <Part title={say('begin.who')}>
        <p>{say('begin.whoWhat')}</p>
      </Part>
      <Part title={say('begin.operator')}>
        <p>{say('begin.operatorCan')}</p>
        <p>{say('begin.operatorAlso')}</p>
      </Part>
    </>
  )
}

/** The sheet: shown in this answer, printed, and kept nowhere else. `renewed`: there is an older one. */
export function sheetPage(visit: Visiting, letters: Letters, today: string, renewed: boolean): string {
  const { lang, origin } = visit
  const say = words(lang)
  const address = origin.replace(/^https?:\/\//, '')
  return renderPage(
    <Page lang={lang} room={ownRoom} kind="sheet" title={say('sheet.title')} heading={false} robots="noindex">
      <PrintTools lang={lang} title={say('sheet.title')}>
        <p>
          <strong>{say('sheet.once')}</strong>
        </p>
        <p>{say('sheet.onceWhy')}</p>
        {renewed && <p>{say('sheet.old')}</p>}
        <p>
          <ButtonLink href="/book/try">{say('sheet.try')}</ButtonLink>
        </p>
      </PrintTools>
      <article class="book-sheet">
        <header>
          <p class="eyebrow">oplive</p>
          <h2>{say('sheet.paperTitle')}</h2>
          <p class="lead">{say('sheet.paperLead')}</p>
        </header>
        <LetterGroups lang={lang} letters={letters} />
        <p class="small">{say('sheet.alphabet')}</p>
        <div class="sheet-ways">
          <section>
            <h3>{say('sheet.openTitle')}</h3>
            <ol>
              <li>{say('sheet.open1', { address })}</li>
              <li>{say('sheet.open2')}</li>
              <li>{say('sheet.open3')}</li>
            </ol>
          </section>
          <Qr lang={lang} text={scanAddress(origin, letters)} address={`${address}/book`} />
        </div>
        <section>
          <h3>{say('sheet.keepTitle')}</h3>
          <ul>
            <li>{say('sheet.keep')}</li>
            <li>{say('sheet.keepWho')}</li>
            <li>{say('sheet.keepLost')}</li>
            <li>{say('sheet.keepAll')}</li>
          </ul>
        </section>
        <p class="small">{say('sheet.made', { day: sayDate(today, lang) })}</p>
      </article>
    </Page>,
  )
}

/** Typed back from the paper, before the first line is written. */
export function tryPage(visit: Visiting, again?: { typed: string; fault: LettersFault }): string {
  const { lang } = visit
  const say = words(lang)
  const problems = again ? [{ field: 'letters', message: lettersFault(lang, again.fault) }] : []
  return bookPage({
    visit,
    title: say('try.title'),
    lead: say('try.lead'),
    path: again ? undefined : '/book/try',
    problems,
    scripts: [scanIsland],
    children: (
      <>
        <form method="post" action="/book/try" novalidate>
          <LettersField lang={lang} typed={again?.typed} error={problemOf(problems, 'letters')} />
          <Actions>
            <Button>{say('try.send')}</Button>
          </Actions>
        </form>
        <form method="post" action="/book/sheet">
          <p>{say('try.again')}</p>
          <Actions>
            <Button kind="quiet">{say('try.make')}</Button>
          </Actions>
        </form>
      </>
    ),
  })
}
