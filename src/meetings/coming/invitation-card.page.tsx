// The invitation on paper: four cards of A6 on an A4, each with an address of its own, to be cut and handed over.
import { OwnWords } from '../../communities/own-words.tsx'
import type { Lang } from '../../i18n/catalogue.ts'
import { Code } from '../../ui/hall.tsx'
import { Page, renderPage } from '../../ui/page.tsx'
import { PrintTools, YellowLine } from '../../ui/poster.tsx'
import { Qr } from '../../ui/qr.tsx'
import { roomOf } from '../../ui/whose-room.tsx'
import type { MeetingHere } from '../meetings.queries.ts'
import { kindAndPlace, whenOf } from './before.page.tsx'
import { words } from './words.ts'

interface CardsProps {
  lang: Lang
  origin: string
  now: Date
  /** Of the invitation. */
  secret: string
  /** The end of each card's own address. */
  cards: readonly string[]
  inviter: string
  meeting: MeetingHere
}

export function invitationCards({ lang, origin, now, secret, cards, inviter, meeting }: CardsProps): string {
  const say = words(lang)
  const address = origin.replace(/^https?:\/\//, '')
  const other = lang === 'da' ? 'en' : 'da'
  return renderPage(
    <Page
      room={roomOf(meeting.community, 'link')}
      lang={lang}
      kind="sheet"
      title={say('paper.title')}
      heading={false}
      robots="noindex"
    >
      <PrintTools lang={lang} title={say('paper.title')}>
        <p>{say('paper.how')}</p>
        <p>
          <a href={`/i/${secret}/card?lang=${other}`} hreflang={other}>
            {say('paper.other')}
          </a>
        </p>
      </PrintTools>
      <div class="four">
        {cards.map((card) => (
          <section class="paper-card neighbour-card">
            <header>
              <p class="small">{kindAndPlace(meeting, lang)}</p>
              <h2 class={long(inviter, 20)}>
                <OwnWords text={say('invited.title', { name: inviter })} />
              </h2>
            </header>
            <p class={long(meeting.purpose, 90) ? 'purpose long' : 'purpose'}>
              <OwnWords text={meeting.purpose} />
            </p>
            <p class={long(meeting.place, 60)}>
              <b>{whenOf(meeting, lang, now)}</b>
              <br />
              <OwnWords text={meeting.place} />
            </p>
            <div class="two-ways">
              <Qr lang={lang} text={`${origin}/i/${card}`} address={address} />
              <div>
                <ol>
                  <li>{say('paper.point')}</li>
                  <li>{say('paper.tap')}</li>
                </ol>
                <YellowLine address={address} />
              </div>
            </div>
            <p class="or-type">
              {say('paper.orType')} <b>{address}</b> {say('paper.code')} <Code code={meeting.code} />
            </p>
            <p class="small">
              {say('paper.just')}{' '}
              {!long(meeting.hostName, 40) && (
                <>
                  {say('paper.host')} <OwnWords text={meeting.hostName} />
                </>
              )}
            </p>
          </section>
        ))}
      </div>
    </Page>,
  )
}

/** Words that need smaller letters to leave room for the rest of the card. */
const long = (text: string, most: number): 'long' | undefined => ([...text].length > most ? 'long' : undefined)
