// The pages of one who comes: saying "Jeg kommer", one's own link where it stands and is taken back, and a link that is gone.
import { OwnWords } from '../../communities/own-words.tsx'
import type { Lang } from '../../i18n/catalogue.ts'
import { words as peopleWords } from '../../people/words.ts'
import { Actions, Button, ButtonLink, Field } from '../../ui/forms.tsx'
import { Notice } from '../../ui/notices.tsx'
import { Page, renderPage } from '../../ui/page.tsx'
import { Part, Sheet } from '../../ui/parts.tsx'
import { roomOf } from '../../ui/whose-room.tsx'
import type { MeetingInHall } from '../hall.ts'
import type { MeetingHere } from '../meetings.queries.ts'
import { kindAndPlace, WhenAndWhere } from './before.page.tsx'
import type { ComingFault } from './coming.ts'
import { ComeForm } from './name-form.tsx'
import { words } from './words.ts'

export interface TypedName {
  name: string
  fault: ComingFault | 'many' | 'full'
}

/** What was typed, and what to mend. `whose`: somebody's own name, or somebody else's. */
export const mendName = (lang: Lang, typed: TypedName | undefined, whose: 'own' | 'other' = 'own') =>
  typed && [
    {
      field: 'name',
      message: words(lang)(`fault.${typed.fault === 'missing' && whose === 'other' ? 'missingOther' : typed.fault}`),
    },
  ]

/** Those who have said yes here, each with the way to their own page. */
export function SaidHere({ lang, said }: { lang: Lang; said: readonly { secret: string; name: string }[] }) {
  const say = words(lang)
  return (
    <ul class="names">
      {said.map(({ secret, name }) => (
        <li>
          <span>
            <b>
              <bdi>{name}</bdi>
            </b>
          </span>
          <a href={`/k/${secret}?lang=${lang}`}>
            {say('come.see')}
            <span class="away">
              : <bdi>{name}</bdi>
            </span>
          </a>
        </li>
      ))}
    </ul>
  )
}

interface ComePageProps {
  lang: Lang
  meeting: MeetingHere
  now: Date
  said: readonly { secret: string; name: string }[]
  formKey: string
  typed?: TypedName | undefined
}

export function comePage({ lang, meeting, now, said, formKey, typed }: ComePageProps): string {
  const say = words(lang)
  const path = `/m/${meeting.code}/come`
  const problems = mendName(lang, typed)
  return renderPage(
    <Page
      room={roomOf(meeting.community, 'code')}
      lang={lang}
      kind="page"
      title={say('come.title')}
      eyebrow={kindAndPlace(meeting, lang)}
      problems={problems}
      languages={{ da: `${path}?lang=da`, en: `${path}?lang=en` }}
      robots="noindex"
    >
      {said.length > 0 && (
        <Part title={say('come.here')}>
          <SaidHere lang={lang} said={said} />
        </Part>
      )}
      <Sheet title={said.length > 0 ? say('come.more') : undefined}>
        <ComeForm lang={lang} action={path} formKey={formKey} value={typed?.name} error={problems?.[0]?.message} />
        <p class="soft small">{say('come.just')}</p>
      </Sheet>
      <WhenAndWhere meeting={meeting} lang={lang} now={now} />
      <p>
        <a href={`/m/${meeting.code}?lang=${lang}`}>{say('invited.more')}</a>
      </p>
    </Page>,
  )
}

/** For whoever says that they come when the evening has begun, or is over. */
export function begunPage(lang: Lang, meeting: MeetingHere): string {
  const say = words(lang)
  const over = meeting.life.phase === 'closed'
  return renderPage(
    <Page
      room={roomOf(meeting.community, 'code')}
      lang={lang}
      kind="page"
      title={say(over ? 'mine.over' : 'come.begun')}
      eyebrow={kindAndPlace(meeting, lang)}
      lead={over ? undefined : say('come.begunWhat')}
      robots="noindex"
    >
      <p>
        <ButtonLink href={`/m/${meeting.code}?lang=${lang}`}>{say('come.begunLink')}</ButtonLink>
      </p>
    </Page>,
  )
}

interface MinePageProps {
  lang: Lang
  secret: string
  name: string
  meeting: MeetingInHall
  now: Date
  /** The calendar file may be sent by mail. */
  mail: boolean
  invites: boolean
  sent?: boolean
  formKey: string
  typed?: { address: string; fault: 'mailAddress' | 'mailMany' }
}

export function minePage(p: MinePageProps): string {
  const { lang, secret, name, meeting, now, typed } = p
  const say = words(lang)
  const path = `/k/${secret}`
  const planned = meeting.life.phase === 'planned' && meeting.stage === null
  const problems = typed && [{ field: 'address', message: say(`mine.${typed.fault}`) }]
  return renderPage(
    <Page
      room={roomOf(meeting.community, 'link')}
      lang={lang}
      kind="page"
      title={say('mine.title', { name })}
      heading={<OwnWords text={say('mine.title', { name })} />}
      eyebrow={kindAndPlace(meeting, lang)}
      lead={planned ? say('mine.lead') : say(meeting.life.phase === 'closed' ? 'mine.over' : 'mine.now')}
      problems={problems}
      languages={{ da: `${path}?lang=da`, en: `${path}?lang=en` }}
      robots="noindex"
    >
      {p.sent && (
        <Notice lang={lang} kind="ok" title={say('mine.mailSent')}>
          {say('mine.mailSentWhat')}
        </Notice>
      )}
      {planned ? (
        <>
          <WhenAndWhere meeting={meeting} lang={lang} now={now} />
          <p>{say('mine.keep')}</p>
          <Actions>
            <ButtonLink kind="quiet" href={`/m/${meeting.code}/calendar.ics?lang=${lang}`}>
              {say('mine.calendar')}
            </ButtonLink>
          </Actions>
          {p.mail && (
            <Part id="mail" title={say('mine.mail')}>
              <form method="post" action={`${path}/mail`} novalidate>
                <input type="hidden" name="lang" value={lang} />
                <Field
                  lang={lang}
                  name="address"
                  type="email"
                  autocomplete="email"
                  label={say('mine.mailLabel')}
                  hint={say('mine.mailHint')}
                  maxlength={254}
                  value={typed?.address}
                  error={problems?.[0]?.message}
                />
                <Actions>
                  <Button kind="quiet">{say('mine.mailSend')}</Button>
                </Actions>
              </form>
            </Part>
          )}
          {p.invites && (
            <Part id="neighbour" title={say('invite.title')}>
              <p>{say('before.neighbourWhy')}</p>
              <form method="post" action={`/m/${meeting.code}/invite`}>
                <input type="hidden" name="lang" value={lang} />
                <input type="hidden" name="key" value={p.formKey} />
                <input type="hidden" name="name" value={name} />
                <input type="hidden" name="comes" value={secret} />
                <Actions>
                  <Button>{say('invite.send')}</Button>
                </Actions>
              </form>
            </Part>
          )}
        </>
      ) : (
        <p>
          <ButtonLink href={`/m/${meeting.code}?lang=${lang}`}>{say('mine.toMeeting')}</ButtonLink>
        </p>
      )}
      <Part id="keep" title={peopleWords(lang)('join.offer')}>
        <p>{peopleWords(lang)('join.offerWhat')}</p>
        <p>
          <a href={`/c/${meeting.community.slug}/join?k=${secret}&lang=${lang}`}>{peopleWords(lang)('join.offer')}</a>
        </p>
      </Part>
      <Part id="back" title={say('mine.back')}>
        <p>{say('mine.backWhat')}</p>
        <form method="post" action={path}>
          <input type="hidden" name="lang" value={lang} />
          <Actions>
            <Button kind="quiet">{say('mine.backSend')}</Button>
          </Actions>
        </form>
      </Part>
      <p>
        <a href={`/m/${meeting.code}?lang=${lang}`}>{say('invited.more')}</a>
      </p>
    </Page>,
  )
}

/** For the browser that took it back, as long as there is a way back. */
export function takenBackPage(lang: Lang, secret: string): string {
  const say = words(lang)
  const path = `/k/${secret}`
  return renderPage(
    <Page
      room={{ whose: 'nobody', seen: 'link' }}
      lang={lang}
      kind="page"
      title={say('mine.again')}
      lead={say('mine.againWhat')}
      languages={{ da: `${path}?lang=da`, en: `${path}?lang=en` }}
      robots="noindex"
    >
      <form method="post" action={path}>
        <input type="hidden" name="lang" value={lang} />
        <input type="hidden" name="deed" value="again" />
        <Actions>
          <Button>{say('mine.againSend')}</Button>
        </Actions>
      </form>
    </Page>,
  )
}

/** A link that nobody was given, and one that was taken back: the same page, to the last letter. */
export function gonePage(lang: Lang, what: 'mine' | 'invited'): string {
  const say = words(lang)
  return renderPage(
    <Page
      room={{ whose: 'nobody', seen: 'link' }}
      lang={lang}
      kind="page"
      title={say(`${what}.gone`)}
      lead={say(`${what}.goneWhat`)}
      robots="noindex"
    >
      <p>
        <ButtonLink href={`/?lang=${lang}`}>{say('invite.code')}</ButtonLink>
      </p>
    </Page>,
  )
}
