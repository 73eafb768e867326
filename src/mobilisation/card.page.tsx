// A neighbour's own card: the page to make it and hand it on, what whoever gets it sees, and the four small cards on paper.
import type { Visit } from '../access/visit.ts'
import type { Community } from '../communities/community.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { placeFrame } from '../communities/place-frame.ts'
import { sayDayAndTime } from '../communities/times.ts'
import type { Lang } from '../i18n/catalogue.ts'
import { Actions, Button, ButtonLink } from '../ui/forms.tsx'
import { EmptyState } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Facts, Part, Sheet } from '../ui/parts.tsx'
import { CodeAndLine, NeighbourCards, SheetPage } from '../ui/sheet.tsx'
import { doorstep, roomOf } from '../ui/whose-room.tsx'
import type { NextMeeting } from './mobilisation.queries.ts'
import { sayCode } from './own-card.ts'
import { words } from './words.ts'

/** One button: nobody has to say who they are. */
export function makePage(visit: Visit, community: Community, formKey: string): string {
  const { lang } = visit
  const say = words(lang)
  const path = `/c/${community.slug}/own-card`
  return renderPage(
    <Page
      {...placeFrame(visit, community, path, 'all')}
      title={say('card.title')}
      eyebrow={<OwnWords text={community.name} />}
      lead={<OwnWords text={say('card.lead', { place: community.name })} />}
    >
      <form method="post" action={path}>
        <input type="hidden" name="lang" value={lang} />
        <input type="hidden" name="key" value={formKey} />
        <p>
          {say('card.makeHow')} {!visit.person && say('card.nobody')}
        </p>
        <Actions>
          <Button>{say('card.make')}</Button>
        </Actions>
      </form>
    </Page>,
  )
}

interface ReadyProps {
  visit: Visit
  community: Community
  secret: string
  code: string
  /** For whoever can show that it is theirs. */
  came: number | null
  /** The page's own address. */
  path: string
}

/** Two things to hand on. */
export function readyPage({ visit, community, secret, code, came, path }: ReadyProps): string {
  const { lang, origin } = visit
  const say = words(lang)
  const link = `${origin}/v/${secret}`
  return renderPage(
    <Page
      {...placeFrame(visit, community, path, visit.person ? 'you' : 'link')}
      title={say('card.title')}
      eyebrow={<OwnWords text={community.name} />}
      lead={<OwnWords text={say('card.lead', { place: community.name })} />}
      scripts={['src/meetings/coming/share.island.ts']}
      robots="noindex"
    >
      {came !== null && (
        <p class="question">
          {came === 0 ? say('card.cameNone') : say('card.came', { count: came })}{' '}
          <span class="soft">{say('card.cameOnly')}</span>
        </p>
      )}
      <Part id="link" title={say('card.link')}>
        <p>{say('card.linkHow')}</p>
        <p class="own-link">
          <a href={`/v/${secret}`}>{link}</a>
        </p>
        <p
          id="share"
          hidden
          data-link={link}
          data-text={`${say('invited.title')} ${say('invited.where', { place: community.name })}`}
          data-label={say('card.share')}
          data-done={say('card.shared')}
        />
      </Part>
      <Part id="paper" title={say('card.paper')}>
        <p>{say('card.paperHow')}</p>
        <Actions>
          <ButtonLink kind="quiet" href={`/v/${secret}/card?lang=${lang}`}>
            {say('card.print')}
          </ButtonLink>
        </Actions>
      </Part>
      <Part id="code" title={say('card.code')}>
        <p class="question">
          <b>{sayCode(code)}</b>
        </p>
        <p>{say('card.codeHow')}</p>
      </Part>
      <p>
        {visit.person && (
          <>
            <a href={`/c/${community.slug}/brought`}>{say('card.toTree')}</a>
            {' · '}
          </>
        )}
        <a href={`/c/${community.slug}`}>
          <OwnWords text={say('card.toPlace', { place: community.name })} />
        </a>
      </p>
    </Page>,
  )
}

interface InvitedProps {
  visit: Visit
  community: Community
  meeting: NextMeeting | null
  secret: string
  code: string
  formKey: string
  municipal: boolean
}

/** What whoever is handed the card sees: where it leads, and two things they may do, or leave. */
export function invitedPage(p: InvitedProps): string {
  const { visit, community, meeting, secret, formKey } = p
  const { lang } = visit
  const say = words(lang)
  const place = `/c/${community.slug}`
  const Press = ({ onward, children }: { onward: 'join' | 'card'; children: string }) => (
    <form method="post" action={`/v/${secret}/own`}>
      <input type="hidden" name="lang" value={lang} />
      <input type="hidden" name="key" value={formKey} />
      <input type="hidden" name="onward" value={onward} />
      <Actions>
        <Button kind={onward === 'join' ? undefined : 'quiet'}>{children}</Button>
      </Actions>
    </form>
  )
  return renderPage(
    <Page
      {...placeFrame(visit, community, `/v/${secret}`, 'link')}
      title={`${say('invited.title')} ${say('invited.where', { place: community.name })}`}
      heading={say('invited.title')}
      eyebrow={<OwnWords text={community.name} />}
      lead={say('invited.lead')}
      robots="noindex"
    >
      <Sheet title={say('invited.next')}>
        {meeting ? (
          <>
            <p class="question">
              <OwnWords text={meeting.purpose} />
            </p>
            <Facts
              facts={[
                [
                  say('invited.when'),
                  sayDayAndTime(meeting.startsAt, community.timeZone, lang, visit.house.clock.now()),
                ],
                [say('invited.at'), <OwnWords text={meeting.place} />],
              ]}
            />
            <Actions>
              <ButtonLink href={`/m/${meeting.code}?lang=${lang}`}>{say('invited.meeting')}</ButtonLink>
            </Actions>
          </>
        ) : (
          <p>{say('invited.noMeeting')}</p>
        )}
        <p>
          {say('invited.code')} <b>{sayCode(p.code)}</b>
        </p>
        <p>
          <a href={`${place}?lang=${lang}`}>
            <OwnWords text={say('card.toPlace', { place: community.name })} />
          </a>
        </p>
      </Sheet>
      {!p.municipal && (
        <>
          {!visit.person && (
            <Part id="join" title={say('invited.join')}>
              <p>{say('invited.joinHow')}</p>
              <Press onward="join">{say('invited.join')}</Press>
            </Part>
          )}
          <Part id="own" title={say('invited.own')}>
            <p>{say('invited.ownHow')}</p>
            <Press onward="card">{say('card.make')}</Press>
          </Part>
          <p class="soft">{say('invited.no')}</p>
        </>
      )}
    </Page>,
  )
}

export function gonePage(lang: Lang): string {
  const say = words(lang)
  return renderPage(
    <Page room={doorstep} lang={lang} kind="page" title={say('invited.gone')} heading={false} robots="noindex">
      <EmptyState title={say('invited.gone')}>{say('invited.goneHow')}</EmptyState>
    </Page>,
  )
}

/** Four cards of A6, all the same, with a line for the neighbour's own hand. */
export function printedCards({ visit, community, meeting, secret, code }: Omit<InvitedProps, 'formKey' | 'municipal'>) {
  const { lang, origin } = visit
  const say = words(lang)
  const address = origin.replace(/^https?:\/\//, '')
  const card = (
    <>
      <header>
        <h2 class={[...community.name].length > 16 ? 'long' : undefined}>
          <OwnWords text={say('paper.place', { place: community.name })} />
        </h2>
        <p class="hand-line">{say('paper.from')}</p>
      </header>
      <p>
        {meeting ? (
          <>
            {say('paper.next')}{' '}
            <b>{sayDayAndTime(meeting.startsAt, community.timeZone, lang, visit.house.clock.now())}</b>
            <br />
            <OwnWords text={meeting.place} />
          </>
        ) : (
          say('paper.noMeeting')
        )}
      </p>
      <CodeAndLine lang={lang} url={`${origin}/v/${secret}`} address={address} />
      <p class="small">
        {say('paper.code')} <b class="own-code">{sayCode(code)}</b>
      </p>
      <p class="small">{say('paper.just')}</p>
    </>
  )
  return renderPage(
    <SheetPage
      room={roomOf(community, 'link')}
      lang={lang}
      title={say('paper.title')}
      path={`/v/${secret}/card`}
      how={say('paper.how')}
    >
      <NeighbourCards cards={[card, card, card, card]} />
    </SheetPage>,
  )
}
