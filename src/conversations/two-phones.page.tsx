// Saying yes on two phones: the one shows a code, the other opens it and reads; and the slip that two sign when there is one phone or none.
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { frame } from '../communities/place-frame.ts'
import { Button, Field } from '../ui/forms.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Sheet } from '../ui/parts.tsx'
import { municipalRoom, ownRoom } from '../ui/whose-room.tsx'
import { type Draft, draftText } from './note.ts'
import { DraftShown, nameOf } from './note-shown.tsx'
import type { WaitingSeen } from './notes.deeds.ts'
import { hostOf, LinkToCopy, paperPage, Scan } from './passing-on.tsx'
import { Press, roomOfTalk, talkFrame } from './said.tsx'
import { inGroups } from './sealing.ts'
import { theOther } from './talk.ts'
import type { TalkSeen } from './talks.deeds.ts'
import { words } from './words.ts'

/** For the one who has said yes: the picture, the address and the letters, for the other to open. */
export function showCodePage(visit: Visit, { talk, community }: TalkSeen, draft: Draft, secret: string): string {
  const { lang, origin } = visit
  const say = words(lang)
  const link = `${origin}/talks/yes/${secret}`
  const name = theOther(talk) ?? say('somebody')
  return renderPage(
    <Page
      {...talkFrame(visit, `/talks/${talk.id}`, roomOfTalk(talk.room, community))}
      title={say('code.title')}
      lead={<OwnWords text={say('code.lead', { name })} />}
    >
      <Sheet>
        <Scan visit={visit} link={link} />
        <p>{say('code.orType', { address: `${hostOf(visit)}/talks/yes` })}</p>
        <p class="code-lines secret">{inGroups(secret)}</p>
        <LinkToCopy link={link} label={say('code.link')} />
      </Sheet>
      <p class="soft">{say('code.once')}</p>
      <form method="post" action={`/talks/${talk.id}/note/again`}>
        <input type="hidden" name="draft" value={draftText(draft)} />
        <Button kind="quiet">{say('read.change')}</Button>
      </form>
      <p>
        <a href={`/talks/${talk.id}`}>{say('nav.back')}</a>
      </p>
    </Page>,
  )
}

/** Where the letters are typed. */
export function typeCodePage(visit: Visit): string {
  const { lang } = visit
  const say = words(lang)
  return renderPage(
    <Page {...talkFrame(visit, '/talks/yes', ownRoom)} title={say('code.typeTitle')} lead={say('code.typeLead')}>
      <form method="get" action="/talks/yes" novalidate>
        <Field lang={lang} name="code" label={say('code.type')} hint={say('code.typeHint')} code maxlength={60} />
        <Button wide>{say('code.open')}</Button>
      </form>
    </Page>,
  )
}

/** For the other: the same words, and yes. */
export function sayYesPage(visit: Visit, { draft, side, two }: WaitingSeen, secret: string): string {
  const { lang } = visit
  const say = words(lang)
  const by = nameOf(lang, two, side === 'starter' ? 'other' : 'starter')
  return renderPage(
    <Page
      {...frame(visit, '/talks/yes', two.room === 'municipal' ? municipalRoom('two') : ownRoom)}
      title={say('yes.title')}
      lead={<OwnWords text={say('yes.lead', { name: by })} />}
      scripts={['src/ui/read-aloud.island.ts']}
      robots="noindex"
    >
      <div data-read-label={say('read.aloud')}>
        <Sheet>
          <DraftShown lang={lang} note={draft} two={two} />
        </Sheet>
      </div>
      <Press action={`/talks/yes/${secret}`} kind="primary">
        {say('yes.do')}
      </Press>
      <form method="post" action={`/talks/yes/${secret}/change`}>
        <Button kind="quiet">{say('yes.change')}</Button>
      </form>
      <p class="soft">{say('yes.nothing')}</p>
    </Page>,
  )
}

/**
 * The slip: what it says, two lines to sign on, and where it is typed in. `link`: the other's own, where they read it afterwards; none when
 * they find it on their own pages.
 */
export function slipPage(visit: Visit, { talk, community }: TalkSeen, draft: Draft, link: string | null): string {
  const { lang } = visit
  const say = words(lang)
  return paperPage({
    visit,
    room: roomOfTalk(talk.room, community),
    title: say('slip.title'),
    how: (
      <>
        <p>{say('slip.how')}</p>
        <form method="post" action={`/talks/${talk.id}/note/typed`}>
          <input type="hidden" name="draft" value={draftText(draft)} />
          <Button kind="quiet">{say('slip.typed')}</Button>
        </form>
      </>
    ),
    paper: (
      <section class="paper-card talk-slip">
        <h2>{say('slip.heading')}</h2>
        <DraftShown lang={lang} note={draft} two={talk} />
        <p>{say('slip.both')}</p>
        <div class="sign">
          <p>{nameOf(lang, talk, 'starter')}</p>
          <p>{talk.otherName ?? ''}</p>
        </div>
        <p class="small">{say('slip.kept')}</p>
        {link && (
          <div class="two-ways">
            <Scan visit={visit} link={link} />
            <p class="small">{say('slip.later')}</p>
          </div>
        )}
      </section>
    ),
  })
}
