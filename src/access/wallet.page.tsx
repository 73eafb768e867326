// The card as it is printed, once: the size of a bank card, folded in the middle, with its code for a camera and for the fingers.
import type { Lang } from '../i18n/catalogue.ts'
import { ButtonLink } from '../ui/forms.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { PrintTools } from '../ui/poster.tsx'
import { Qr } from '../ui/qr.tsx'
import { roomOf } from '../ui/whose-room.tsx'
import { type CardCode, cardText } from './printed-card.ts'
import { words } from './ways.ts'

interface WalletProps {
  lang: Lang
  origin: string
  card: CardCode & { name: string; community: string; keeper: string | null }
  /** To the person's page. */
  back: string
}

export function walletPage({ lang, origin, card, back }: WalletProps): string {
  const say = words(lang)
  const text = cardText(card)
  const address = `${origin.replace(/^https?:\/\//, '')}/card`
  return renderPage(
    <Page
      room={roomOf({ name: card.community, keeper: card.keeper }, 'keyholders')}
      lang={lang}
      kind="sheet"
      title={say('print.title', { name: card.name })}
      heading={false}
      robots="noindex"
    >
      <PrintTools lang={lang} title={say('print.title', { name: card.name })}>
        <p>
          <strong>{say('print.now')}</strong>
        </p>
        <p>{say('print.give', { name: card.name })}</p>
        <p>
          <ButtonLink kind="quiet" href={back}>
            {say('print.done')}
          </ButtonLink>
        </p>
      </PrintTools>
      <article class="wallet">
        <section class="wallet-front">
          <h2>
            <bdi>{card.name}</bdi>
            <small>{say('print.brand')}</small>
          </h2>
          {/* Behind the # nothing is sent: the code stands in no log on the way. */}
          <Qr lang={lang} text={`${origin}/card#${text}`} address={address} />
          <div>
            <p>
              {say('print.scan')} <b>{address}</b> {say('print.type')}
            </p>
            <p class="wallet-code">
              {text.split('-').map((group, at) => (
                <>
                  {at > 0 && ' '}
                  <span>{group}</span>
                </>
              ))}
            </p>
          </div>
        </section>
        <section class="wallet-back">
          <p>{say('print.what')}</p>
          <p>{say('print.never')}</p>
          <p>{say('print.lost', { place: card.community })}</p>
        </section>
      </article>
    </Page>,
  )
}
