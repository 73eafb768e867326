// Taking everything along: the page that offers it as a file or on paper, and the paper.
import type { Visit } from '../access/visit.ts'
import type { Entry } from '../book/entry.ts'
import { wordsIn } from '../book/entry.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { frame } from '../communities/place-frame.ts'
import { sayDate, sayDayAndTime } from '../communities/times.ts'
import { ButtonLink } from '../ui/forms.tsx'
import { Notice } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Part } from '../ui/parts.tsx'
import { municipalRoom, ownRoom } from '../ui/whose-room.tsx'
import { sayNotHere } from './export.ts'
import type { MineSeen } from './mine.deeds.ts'
import { Looks, Rooms } from './own.page.tsx'
import { words } from './words.ts'

const ways = ['print', 'csv', 'json'] as const
const addresses = { print: '/mine/print', csv: '/mine/export.csv', json: '/mine/export.json' }

export function takePage(visit: Visit, seen: Pick<MineSeen, 'staff' | 'book'>): string {
  const { lang } = visit
  const say = words(lang)
  return renderPage(
    <Page
      {...frame(visit, '/mine/export', seen.staff ? municipalRoom('you') : ownRoom)}
      title={say('export.title')}
      lead={say('export.lead')}
      robots="noindex"
    >
      {seen.book ? (
        <Notice lang={lang} kind="info">
          <p>
            {say('export.book')} <a href="/book">{say('export.bookOpen')}</a>
          </p>
        </Notice>
      ) : null}
      <div class="mine-ways">
        {ways.map((way) => (
          <div>
            <ButtonLink
              href={`${addresses[way]}?lang=${lang}`}
              kind={way === 'print' ? undefined : 'quiet'}
              download={way === 'print' ? undefined : ''}
            >
              {say(`export.${way}`)}
            </ButtonLink>
            <p class="soft">{say(`export.${way}What`)}</p>
          </div>
        ))}
      </div>
      <p>{say('export.careful')}</p>
      <p>
        <a href="/mine">{say('nav.back')}</a>
      </p>
    </Page>,
  )
}

export function printPage(visit: Visit, seen: MineSeen, name: string, entries: readonly Entry[] | 'closed'): string {
  const { lang, house } = visit
  const say = words(lang)
  const when = sayDayAndTime(house.clock.now(), seen.municipality.timeZone, lang, new Date(0))
  return renderPage(
    <Page
      {...frame(visit, '/mine/print', seen.staff ? municipalRoom('you') : ownRoom)}
      title={say('export.madeFor', { name })}
      heading={<OwnWords text={say('export.madeFor', { name })} />}
      lead={say('export.made', { when })}
      robots="noindex"
    >
      <p class="no-print">{say('export.toPrint')}</p>
      {!seen.staff && <Looks lang={lang} seen={seen} most={Number.POSITIVE_INFINITY} />}
      <Rooms lang={lang} seen={seen} paper />
      {!seen.staff && seen.book !== null && (
        <Part id="book" title={say('export.bookTitle')}>
          <p>{say('room.bookWho')}</p>
          {entries === 'closed' ? (
            <p>{say('export.bookClosed')}</p>
          ) : (
            <ul class="mine-rows">
              {entries.map((entry) => (
                <li>
                  <p class="soft small">
                    {say(`book.kind.${entry.kind}`)} · {sayDate(entry.written, lang)}
                    {entry.kind === 'reminder' && ` · ${say('book.on')}: ${sayDate(entry.on, lang)}`}
                  </p>
                  {wordsIn(entry).map((text) => (
                    <p>
                      <OwnWords text={text} />
                    </p>
                  ))}
                </li>
              ))}
            </ul>
          )}
        </Part>
      )}
      <Part id="not-here" title={say('notHere.title')}>
        <ul>
          {sayNotHere(lang).map((one) => (
            <li>{one}</li>
          ))}
        </ul>
      </Part>
      <p class="no-print">
        <a href="/mine">{say('nav.back')}</a>
      </p>
    </Page>,
  )
}
