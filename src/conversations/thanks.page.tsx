// Thanks, within two days: by a call, by a letter with a line of one's own, or by a card. And the page by which letters of talks are stopped.
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { frame } from '../communities/place-frame.ts'
import { Actions, Button, ButtonLink, Field, problemOf, TextArea } from '../ui/forms.tsx'
import { Notice } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Part } from '../ui/parts.tsx'
import { paperPage } from './passing-on.tsx'
import { type Again, Press, roomOfTalk, talkFrame } from './said.tsx'
import { theOther } from './talk.ts'
import { longestLine } from './talk-letter.ts'
import type { TalkSeen } from './talks.deeds.ts'
import { words } from './words.ts'

interface ThanksProps {
  visit: Visit
  seen: TalkSeen
  /** Oplive can write to them without an address being typed. */
  hasMailbox: boolean
  again?: Again | undefined
}

export function thanksPage({ visit, seen: { talk, community }, hasMailbox, again }: ThanksProps): string {
  const { lang } = visit
  const say = words(lang)
  const path = `/talks/${talk.id}/thanks`
  const name = theOther(talk) ?? say('theOther')
  return renderPage(
    <Page
      {...talkFrame(visit, path, roomOfTalk(talk.room, community))}
      title={say('thanks.title')}
      lead={say('thanks.lead')}
      problems={again?.problems}
    >
      <Part id="call" title={say('thanks.byCall')}>
        <ol class="to-say">
          <li>
            <OwnWords text={say('thanks.hello', { name: talk.starterName })} />
          </li>
          <li>{say('thanks.remember')}</li>
        </ol>
        <Press action={path} kind="primary">
          {say('thanks.said')}
        </Press>
      </Part>
      {visit.house.mail && (hasMailbox || !talk.otherIsHere) && (
        <Part id="mail" title={say('thanks.byMail')}>
          <form method="post" action={`${path}/letter`} novalidate>
            {!hasMailbox && (
              <Field
                lang={lang}
                name="address"
                label={say('tell.address')}
                type="email"
                autocomplete="off"
                value={again?.said.get('address') ?? undefined}
                error={problemOf(again?.problems, 'address')}
              />
            )}
            <TextArea
              lang={lang}
              name="line"
              label={say('thanks.line')}
              hint={say('thanks.lineHint', { name })}
              optional
              rows={2}
              maxlength={longestLine}
              value={again?.said.get('line') ?? undefined}
              error={problemOf(again?.problems, 'line')}
            />
            <Button kind="quiet">{say('thanks.send')}</Button>
          </form>
        </Part>
      )}
      <Part id="card" title={say('thanks.byCard')}>
        <p>{say('thanks.cardHow')}</p>
        <Actions>
          <ButtonLink kind="quiet" href={`${path}/card`}>
            {say('thanks.card')}
          </ButtonLink>
        </Actions>
      </Part>
      <p>
        <a href={`/talks/${talk.id}`}>{say('nav.back')}</a>
      </p>
    </Page>,
  )
}

/** A card with room for a line by hand. */
export function thanksCardPage(visit: Visit, { talk, community }: TalkSeen): string {
  const say = words(visit.lang)
  return paperPage({
    visit,
    room: roomOfTalk(talk.room, community),
    title: say('thanks.byCard'),
    how: <p>{say('thanks.cardHow')}</p>,
    paper: (
      <section class="paper-card talk-card thanks-card">
        <header>
          <p class="small">{talk.place}</p>
          <h2>{say('thanks.cardHeading')}</h2>
        </header>
        <div class="hand-lines">
          <i />
          <i />
          <i />
        </div>
        <p>
          <OwnWords text={talk.starterName} />
        </p>
      </section>
    ),
  })
}

// --- Fewer letters

/** One page with one button, reached from a letter without signing in. */
export function quietPage(visit: Visit, path: string, quiet: boolean): string {
  const { lang } = visit
  const say = words(lang)
  return renderPage(
    <Page
      {...frame(visit, path, { whose: 'nobody', seen: 'link' })}
      kind="phone"
      title={say('quiet.title')}
      lead={quiet ? undefined : say('quiet.lead')}
      robots="noindex"
    >
      {quiet && (
        <Notice lang={lang} kind="ok" title={say('quiet.doneTitle')} live>
          <p>{say('quiet.done')}</p>
        </Notice>
      )}
      <form method="post" action={path}>
        {quiet && <input type="hidden" name="again" value="yes" />}
        <Actions>
          <Button wide kind={quiet ? 'quiet' : 'primary'}>
            {say(quiet ? 'quiet.again' : 'quiet.do')}
          </Button>
        </Actions>
      </form>
    </Page>,
  )
}
