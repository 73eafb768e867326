// Bringing a neighbour along: the inviter's own name, the link and the card to hand on, and what the neighbour sees.
import { OwnWords } from '../../communities/own-words.tsx'
import type { Lang } from '../../i18n/catalogue.ts'
import { Actions, ButtonLink } from '../../ui/forms.tsx'
import { Page, renderPage } from '../../ui/page.tsx'
import { Part, Sheet } from '../../ui/parts.tsx'
import { roomOf } from '../../ui/whose-room.tsx'
import type { MeetingHere } from '../meetings.queries.ts'
import { kindAndPlace, sentenceOf, WhenAndWhere } from './before.page.tsx'
import type { Invited } from './coming.ts'
import { mendName, SaidHere, type TypedName } from './mine.page.tsx'
import { ComeForm, NameForm } from './name-form.tsx'
import { ShareHead } from './share-head.tsx'
import { words } from './words.ts'

interface InviteFormProps {
  lang: Lang
  meeting: MeetingHere
  formKey: string
  typed?: TypedName | undefined
}

export function inviteForm({ lang, meeting, formKey, typed }: InviteFormProps): string {
  const say = words(lang)
  const path = `/m/${meeting.code}/invite`
  const problems = mendName(lang, typed)
  return renderPage(
    <Page
      room={roomOf(meeting.community, 'blank')}
      lang={lang}
      kind="page"
      title={say('invite.title')}
      eyebrow={kindAndPlace(meeting, lang)}
      lead={say('invite.lead')}
      problems={problems}
      languages={{ da: `${path}?lang=da`, en: `${path}?lang=en` }}
      robots="noindex"
    >
      <NameForm
        lang={lang}
        action={path}
        formKey={formKey}
        label={say('invite.name')}
        hint={say('invite.hint')}
        send={say('invite.send')}
        autocomplete="given-name"
        value={typed?.name}
        error={problems?.[0]?.message}
      />
      <p>
        <a href={`/m/${meeting.code}?lang=${lang}`}>{say('invited.more')}</a>
      </p>
    </Page>,
  )
}

/** Neighbours invite neighbours; the municipality announces. */
export function onlyNeighbours(lang: Lang, meeting: MeetingHere): string {
  const say = words(lang)
  return renderPage(
    <Page
      room={roomOf(meeting.community, 'code')}
      lang={lang}
      kind="page"
      title={say('invite.municipal')}
      eyebrow={kindAndPlace(meeting, lang)}
      lead={say('invite.municipalWhat')}
      robots="noindex"
    >
      <p>
        <a href={`/m/${meeting.code}?lang=${lang}`}>{say('invited.more')}</a>
      </p>
    </Page>,
  )
}

interface ReadyPageProps {
  lang: Lang
  origin: string
  secret: string
  inviter: string
  meeting: MeetingHere
}

/** For the inviter: two things to hand on. */
export function readyPage({ lang, origin, secret, inviter, meeting }: ReadyPageProps): string {
  const say = words(lang)
  const path = `/i/${secret}`
  const link = `${origin}${path}`
  return renderPage(
    <Page
      room={roomOf(meeting.community, 'link')}
      lang={lang}
      kind="page"
      title={say('invite.readyTitle')}
      eyebrow={kindAndPlace(meeting, lang)}
      lead={say('invite.readyLead')}
      languages={{ da: `${path}/share?lang=da`, en: `${path}/share?lang=en` }}
      scripts={['src/meetings/coming/share.island.ts']}
      robots="noindex"
    >
      <Part id="link" title={say('invite.link')}>
        <p>{say('invite.linkHow')}</p>
        <p class="own-link">
          <a href={path}>{link}</a>
        </p>
        <p
          id="share"
          hidden
          data-link={link}
          data-text={say('invited.title', { name: inviter })}
          data-label={say('invite.share')}
          data-done={say('invite.shared')}
        />
      </Part>
      <Part id="paper" title={say('invite.card')}>
        <p>{say('invite.cardHow')}</p>
        <Actions>
          <ButtonLink kind="quiet" href={`${path}/card?lang=${lang}`}>
            {say('invite.cardLink')}
          </ButtonLink>
        </Actions>
      </Part>
      <p>
        <a href={`/m/${meeting.code}?lang=${lang}`}>{say('invited.more')}</a>
      </p>
    </Page>,
  )
}

interface InvitedPageProps {
  lang: Lang
  origin: string
  now: Date
  invited: Invited
  inviter: string
  meeting: MeetingHere
  /** Who has said yes in this browser, or with this card. */
  said: readonly { secret: string; name: string }[]
  /** One can still say so. */
  open: boolean
  formKey: string
  typed?: TypedName | undefined
}

export function invitedPage(p: InvitedPageProps): string {
  const { lang, origin, now, invited, inviter, meeting, said, typed } = p
  const say = words(lang)
  const path = `/i/${invited.secret}${invited.card ? `.${invited.card}` : ''}`
  const problems = mendName(lang, typed)
  const title = say('invited.title', { name: inviter })
  const description = `${kindAndPlace(meeting, lang)}: ${meeting.purpose.replace(/\s+/g, ' ')} ${sentenceOf(meeting, lang, now)}`
  return renderPage(
    <Page
      room={roomOf(meeting.community, 'link')}
      lang={lang}
      kind="page"
      title={title}
      heading={<OwnWords text={title} />}
      eyebrow={kindAndPlace(meeting, lang)}
      lead={<OwnWords text={meeting.purpose} />}
      description={description}
      problems={problems}
      languages={{ da: `${path}?lang=da`, en: `${path}?lang=en` }}
      robots="noindex"
      head={<ShareHead lang={lang} title={title} description={description} origin={origin} path={path} />}
    >
      {said.length > 0 && (
        <Part id="yes" title={say(invited.card ? 'invited.yesCard' : 'invited.yes')}>
          <SaidHere lang={lang} said={said} />
        </Part>
      )}
      <WhenAndWhere meeting={meeting} lang={lang} now={now} />
      {p.open && (
        <Sheet title={say(said.length > 0 ? 'come.more' : 'come.title')}>
          <ComeForm
            lang={lang}
            action={path}
            formKey={p.formKey}
            quiet={said.length > 0}
            value={typed?.name}
            error={problems?.[0]?.message}
          />
          <p class="soft small">
            {say('come.just')} {said.length === 0 && say('invited.no')}
          </p>
        </Sheet>
      )}
      <p>
        <a href={`/m/${meeting.code}?lang=${lang}`}>{say('invited.more')}</a>
      </p>
    </Page>,
  )
}
