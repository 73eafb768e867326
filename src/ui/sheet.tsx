// A page that is printed: what to know before it is, the same in the other language, the sheet itself; and the cards that neighbours hand on.
import type { Child } from 'hono/jsx'
import type { Lang } from '../i18n/catalogue.ts'
import { Page } from './page.tsx'
import { PrintTools, YellowLine } from './poster.tsx'
import { Qr } from './qr.tsx'
import type { Room } from './whose-room.tsx'
import { words } from './words.ts'

interface SheetPageProps {
  room: Room
  lang: Lang
  title: string
  /** Its own address. */
  path: string
  /** What to do with it, and where one came from. */
  how: Child
  children?: Child | undefined
}

export function SheetPage({ room, lang, title, path, how, children }: SheetPageProps) {
  const other = lang === 'da' ? 'en' : 'da'
  return (
    <Page room={room} lang={lang} kind="sheet" title={title} heading={false} robots="noindex">
      <PrintTools lang={lang} title={title}>
        <p>{how}</p>
        <p>
          <a href={`${path}?lang=${other}`} hreflang={other} lang={other}>
            {words(other)('sheet.this')}
          </a>
        </p>
      </PrintTools>
      {children}
    </Page>
  )
}

/** Cards of A6, four on an A4, to be cut and handed over. */
export function NeighbourCards({ cards }: { cards: readonly Child[] }) {
  return (
    <div class="four">
      {cards.map((card) => (
        <section class="paper-card neighbour-card">{card}</section>
      ))}
    </div>
  )
}

/** The code for a camera, and what to do with it. `address`: the short one, as the yellow line shows it. */
export function CodeAndLine({ lang, url, address }: { lang: Lang; url: string; address: string }) {
  const say = words(lang)
  return (
    <div class="two-ways">
      <Qr lang={lang} text={url} address={address} />
      <div>
        <ol>
          <li>{say('poster.point')}</li>
          <li>{say('poster.tap')}</li>
        </ol>
        <YellowLine address={address} />
      </div>
    </div>
  )
}
