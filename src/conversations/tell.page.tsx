// How the other hears of it in advance: a link to send, words for the telephone, and a printed card. One person asks one person.
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { Actions, ButtonLink } from '../ui/forms.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Part } from '../ui/parts.tsx'
import { PrintTools, YellowLine } from '../ui/poster.tsx'
import { Qr } from '../ui/qr.tsx'
import { roomOfTalk, sayWhen, talkFrame } from './said.tsx'
import type { Talk } from './talk.ts'
import type { TalkSeen } from './talks.deeds.ts'
import { words } from './words.ts'

const whenAndWhere = (visit: Visit, talk: Talk): string =>
  [talk.plannedOn && sayWhen(talk, visit.lang), words(visit.lang)(`medium.${talk.medium}`), talk.spot]
    .filter(Boolean)
    .join(' · ')

export function tellPage(visit: Visit, { talk, community }: TalkSeen, link: string): string {
  const { lang } = visit
  const say = words(lang)
  const path = `/talks/${talk.id}/tell`
  const text = say('tell.text', { purpose: talk.purpose, link, name: talk.starterName })
  const encoded = encodeURIComponent(text)
  const script = ['hello', 'why', 'when', 'no'] as const
  return renderPage(
    <Page
      {...talkFrame(visit, path, roomOfTalk(talk.room, community))}
      title={say('tell.title')}
      lead={say('tell.lead')}
    >
      <Part id="link" title={say('tell.byLink')}>
        <p>{say('tell.byLinkHow')}</p>
        <p class="field">
          <input class="wide" readonly value={link} aria-label={say('tell.link')} />
        </p>
        <Actions>
          <ButtonLink href={`sms:?&body=${encoded}`}>{say('tell.sms')}</ButtonLink>
          <ButtonLink kind="quiet" href={`mailto:?subject=${encodeURIComponent(say('tell.subject'))}&body=${encoded}`}>
            {say('tell.mail')}
          </ButtonLink>
          <ButtonLink kind="quiet" href={`/talks/${talk.id}/card`}>
            {say('tell.card')}
          </ButtonLink>
        </Actions>
        <Qr lang={lang} text={link} address={visit.origin.replace(/^https?:\/\//, '')} />
      </Part>
      <Part id="telephone" title={say('tell.byTelephone')}>
        <ol class="to-say">
          {script.map((line) => (
            <li>
              <OwnWords
                text={say(line === 'when' && !talk.plannedOn ? 'script.whenOpen' : `script.${line}`, {
                  name: talk.starterName,
                  place: talk.place,
                  purpose: talk.purpose,
                  when: whenAndWhere(visit, talk),
                })}
              />
            </li>
          ))}
        </ol>
        <p class="soft">{say('tell.afterCall')}</p>
      </Part>
      <p>
        <a href={`/talks/${talk.id}`}>{say('nav.back')}</a>
      </p>
    </Page>,
  )
}

/** A card to hand over: who asks, why, when, and a way to say yes or no. */
export function cardPage(visit: Visit, { talk, community }: TalkSeen, link: string): string {
  const { lang, origin } = visit
  const say = words(lang)
  return renderPage(
    <Page
      room={roomOfTalk(talk.room, community)}
      lang={lang}
      kind="sheet"
      title={say('card.title')}
      heading={false}
      robots="noindex"
    >
      <PrintTools lang={lang} title={say('card.title')}>
        <p>{say('card.how')}</p>
      </PrintTools>
      <section class="paper-card talk-card">
        <header>
          <p class="small">{talk.place}</p>
          <h2>
            <OwnWords text={say('link.title', { name: talk.starterName })} />
          </h2>
        </header>
        <p class="purpose">
          <OwnWords text={talk.purpose} />
        </p>
        <p>
          <b>
            <OwnWords text={whenAndWhere(visit, talk)} />
          </b>
        </p>
        <div class="two-ways">
          <Qr lang={lang} text={link} address={origin.replace(/^https?:\/\//, '')} />
          <div>
            <p>{say('card.answer')}</p>
            <YellowLine address={origin.replace(/^https?:\/\//, '')} />
            <p class="small">{say('link.noReason')}</p>
          </div>
        </div>
        <p class="small">{say('link.kept')}</p>
      </section>
    </Page>,
  )
}

/** An empty sheet for names: it is one's own, and nothing of it comes in here. */
export function ownPaperPage(visit: Visit): string {
  const say = words(visit.lang)
  return renderPage(
    <Page
      room={{ whose: 'person', seen: 'you' }}
      lang={visit.lang}
      kind="sheet"
      title={say('paper.title')}
      heading={false}
      robots="noindex"
    >
      <PrintTools lang={visit.lang} title={say('paper.title')}>
        <p>{say('paper.how')}</p>
      </PrintTools>
      <section class="own-paper">
        <h2>{say('paper.heading')}</h2>
        <p>{say('paper.lead')}</p>
        <table>
          <thead>
            <tr>
              <th scope="col">{say('paper.number')}</th>
              <th scope="col">{say('paper.name')}</th>
              <th scope="col">{say('paper.why')}</th>
              <th scope="col">{say('paper.when')}</th>
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: 18 }, (_, n) => (
              <tr>
                <th scope="row">{n + 1}</th>
                <td />
                <td />
                <td />
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Page>,
  )
}
