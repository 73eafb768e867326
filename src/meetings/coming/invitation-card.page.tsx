// The invitation on paper: four cards of A6 on an A4, each with an address of its own, to be cut and handed over.
import { OwnWords } from '../../communities/own-words.tsx'
import type { Lang } from '../../i18n/catalogue.ts'
import { Code } from '../../ui/hall.tsx'
import { renderPage } from '../../ui/page.tsx'
import { CodeAndLine, NeighbourCards, SheetPage } from '../../ui/sheet.tsx'
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
  return renderPage(
    <SheetPage
      room={roomOf(meeting.community, 'link')}
      lang={lang}
      title={say('paper.title')}
      path={`/i/${secret}/card`}
      how={say('paper.how')}
    >
      <NeighbourCards
        cards={cards.map((card) => (
          <>
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
            <CodeAndLine lang={lang} url={`${origin}/i/${card}`} address={address} />
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
          </>
        ))}
      />
    </SheetPage>,
  )
}

/** Words that need smaller letters to leave room for the rest of the card. */
const long = (text: string, most: number): 'long' | undefined => ([...text].length > most ? 'long' : undefined)
