// How the other hears of it in advance: a letter, a link to send, words for the telephone, and a printed card. One person asks one person.
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { Actions, Button, ButtonLink, Field, problemOf } from '../ui/forms.tsx'
import { Notice } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Part } from '../ui/parts.tsx'
import { YellowLine } from '../ui/poster.tsx'
import { ownRoom } from '../ui/whose-room.tsx'
import { hostOf, LinkToCopy, paperPage, Scan } from './passing-on.tsx'
import { type Again, roomOfTalk, talkFrame } from './said.tsx'
import type { TalkSeen } from './talks.deeds.ts'
import { sayWhenAndWhere } from './when-said.ts'
import { words } from './words.ts'

interface TellProps {
  visit: Visit
  seen: TalkSeen
  link: string
  /** The letter has gone out. */
  sent?: boolean
  again?: Again | undefined
}

export function tellPage({ visit, seen: { talk, community }, link, sent, again }: TellProps): string {
  const { lang, house } = visit
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
      problems={again?.problems}
    >
      {sent && (
        <Notice lang={lang} kind="ok" title={say('asked.sent')} live>
          <p>{say('asked.sentHow')}</p>
        </Notice>
      )}
      {talk.otherIsHere ? (
        <Part id="card" title={say('tell.byCard')}>
          <p>{say('tell.byCardHow')}</p>
          <Actions>
            <ButtonLink href={`/talks/${talk.id}/card`}>{say('tell.card')}</ButtonLink>
          </Actions>
        </Part>
      ) : (
        <Part id="link" title={say('tell.byLink')}>
          <p>{say('tell.byLinkHow')}</p>
          <LinkToCopy link={link} label={say('tell.link')} />
          <Actions>
            <ButtonLink href={`sms:?&body=${encoded}`}>{say('tell.sms')}</ButtonLink>
            <ButtonLink kind="quiet" href={`/talks/${talk.id}/card`}>
              {say('tell.card')}
            </ButtonLink>
          </Actions>
          <Scan visit={visit} link={link} />
        </Part>
      )}
      {house.mail && !talk.otherIsHere && !talk.heldOn && !sent && (
        <Part id="mail" title={say('tell.byMail')}>
          <p>{say('tell.byMailHow')}</p>
          <form method="post" action={`/talks/${talk.id}/tell`} novalidate>
            <Field
              lang={lang}
              name="address"
              label={say('tell.address')}
              type="email"
              autocomplete="off"
              value={again?.said.get('address') ?? undefined}
              error={problemOf(again?.problems, 'address')}
            />
            <Button kind="quiet">{say('tell.sendMail')}</Button>
          </form>
          <p>
            <a href={`mailto:?subject=${encodeURIComponent(say('tell.subject'))}&body=${encoded}`}>
              {say('tell.mail')}
            </a>
          </p>
        </Part>
      )}
      <Part id="telephone" title={say('tell.byTelephone')}>
        <ol class="to-say">
          {script.map((line) => (
            <li>
              <OwnWords
                text={say(line === 'when' && !talk.plannedOn ? 'script.whenOpen' : `script.${line}`, {
                  name: talk.starterName,
                  place: talk.place,
                  purpose: talk.purpose,
                  when: sayWhenAndWhere(talk, lang),
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
  const say = words(visit.lang)
  return paperPage({
    visit,
    room: roomOfTalk(talk.room, community),
    title: say('card.title'),
    how: <p>{say('card.how')}</p>,
    paper: (
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
            <OwnWords text={sayWhenAndWhere(talk, visit.lang)} />
          </b>
        </p>
        {talk.otherIsHere ? (
          <div>
            <p>{say('card.answerHere', { address: hostOf(visit) })}</p>
            <p class="small">{say('link.noReason')}</p>
          </div>
        ) : (
          <div class="two-ways">
            <Scan visit={visit} link={link} />
            <div>
              <p>{say('card.answer')}</p>
              <YellowLine address={hostOf(visit)} />
              <p class="small">{say('link.noReason')}</p>
            </div>
          </div>
        )}
        <p class="small">{say('link.kept')}</p>
      </section>
    ),
  })
}

/** An empty sheet for names: it is one's own, and nothing of it comes in here. */
export function ownPaperPage(visit: Visit): string {
  const say = words(visit.lang)
  return paperPage({
    visit,
    room: ownRoom,
    title: say('paper.title'),
    how: <p>{say('paper.how')}</p>,
    paper: (
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
    ),
  })
}
