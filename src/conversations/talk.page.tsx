// One talk, as both of the two see it: the plan, the way to it, what was agreed, what was promised, and thanks.
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { sayDate } from '../communities/times.ts'
import { Actions, Button, ButtonLink, Choice } from '../ui/forms.tsx'
import { Notice } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Facts, Part, Sheet } from '../ui/parts.tsx'
import { NoteShown, PromisesShown } from './note-shown.tsx'
import type { NoteSeen } from './notes.deeds.ts'
import { Press, roomOfTalk, sayWith, talkFrame } from './said.tsx'
import { hintsInPlan, minuteBands, nextDue, type Talk, thanksDue, theOther } from './talk.ts'
import { sayWhen, sayWhere } from './when-said.ts'
import { words } from './words.ts'

export function talkPage(visit: Visit, seen: NoteSeen, told?: string): string {
  const { lang } = visit
  const say = words(lang)
  const { talk, community, note, promises, today } = seen
  const path = `/talks/${talk.id}`
  const name = theOther(talk) ?? say('somebody')
  return renderPage(
    <Page
      {...talkFrame(visit, path, roomOfTalk(talk.room, community))}
      title={sayWith(talk, lang)}
      heading={<OwnWords text={sayWith(talk, lang)} />}
      eyebrow={<OwnWords text={`${say(`kind.${talk.kind}`)} · ${talk.place}`} />}
    >
      {told === 'agreed' && (
        <Notice lang={lang} kind="ok" title={say('note.kept')} live>
          <p>{say('note.keptHow')}</p>
        </Notice>
      )}
      {told === 'asked' && talk.mine === 'starter' && talk.answer === 'waiting' && (
        <Notice lang={lang} kind="ok" title={say('asked.title')} live>
          <p>
            <OwnWords text={say('asked.how', { name })} /> {say('asked.ring')}
          </p>
        </Notice>
      )}
      {told === 'thanks' && <Notice lang={lang} kind="ok" title={say('thanks.sent')} live />}
      {talk.wrongBy && (
        <Notice
          lang={lang}
          kind="info"
          title={talk.wrongBy === talk.mine ? say('wrong.byYou') : <OwnWords text={say('wrong.byOther', { name })} />}
        >
          <p>{say('wrong.how')}</p>
        </Notice>
      )}
      {told === 'elsewhere' && (
        <Notice lang={lang} kind="info" title={say('elsewhere.title')} live>
          <p>{say('elsewhere.what')}</p>
        </Notice>
      )}
      <NextThing visit={visit} seen={seen} />
      {talk.heldOn && <Afterwards visit={visit} talk={talk} name={name} today={today} />}
      <Part id="plan" title={say('talk.plan')}>
        <Facts
          facts={[
            [say('talk.why'), <OwnWords text={talk.purpose} />],
            [
              say('talk.when'),
              talk.heldOn ? say('talk.heldOn', { day: sayDate(talk.heldOn, lang) }) : sayWhen(talk, lang),
            ],
            [say('talk.where'), <OwnWords text={sayWhere(talk, lang)} />],
            ...(talk.minutes ? [[say('talk.long'), say(`minutes.${talk.minutes}`)] as const] : []),
            ...(talk.thankedOn ? [[say('talk.thanked'), sayDate(talk.thankedOn, lang)] as const] : []),
          ]}
        />
        {hintsInPlan(talk).map((hint) => (
          <p class="soft">{say(`hint.${hint}`)}</p>
        ))}
        {!talk.heldOn && (talk.mine === 'starter' || talk.room === 'community') && (
          <p>
            <a href={`${path}/plan`}>{say('plan.move')}</a>
          </p>
        )}
      </Part>
      {note && (
        <Part id="note" title={say('note.title')}>
          <NoteShown lang={lang} note={note} talk={talk} />
          <Actions>
            <ButtonLink kind="quiet" href={`${path}/note`}>
              {say('note.change')}
            </ButtonLink>
            <Press action={`${path}/wrong`}>{say('note.wrong')}</Press>
          </Actions>
          <p class="soft">{say('note.wrongHow')}</p>
        </Part>
      )}
      {promises.length > 0 && (
        <Part id="promises" title={say('promise.title')}>
          <PromisesShown lang={lang} promises={promises} talk={talk} today={today} tell={path} />
        </Part>
      )}
      {(talk.room === 'community' || (talk.mine === 'starter' && !talk.heldOn)) && (
        <Part id="away" title={say('away.title')}>
          <p class="soft">{say('away.how')}</p>
          <Press action={`${path}/away`} kind="danger">
            {say('away.do')}
          </Press>
        </Part>
      )}
    </Page>,
  )
}

/** The one thing to do now. */
function NextThing({ visit, seen: { talk, note } }: { visit: Visit; seen: NoteSeen }) {
  const { lang } = visit
  const say = words(lang)
  const path = `/talks/${talk.id}`
  if (talk.answer === 'no' || talk.answer === 'not_now')
    return (
      <Notice lang={lang} kind="info" title={say(`answer.${talk.answer}`)}>
        <p>{say('answer.noIsFine')}</p>
      </Notice>
    )
  if (talk.mine === 'other' && talk.answer === 'waiting' && !talk.heldOn)
    return (
      <Sheet title={<OwnWords text={say('link.title', { name: talk.starterName })} />}>
        <AnswerForm visit={visit} action={`${path}/answer`} />
      </Sheet>
    )
  if (note) return null
  if (talk.heldOn)
    return (
      <Sheet title={say('talk.noteNow')} eyebrow={say('talk.twoMinutes')}>
        <p>{say('talk.noteHow')}</p>
        <Actions>
          <ButtonLink href={`${path}/note`}>{say('note.write')}</ButtonLink>
        </Actions>
      </Sheet>
    )
  const waits = talk.mine === 'starter' && talk.answer === 'waiting'
  // A neighbour has been asked already, and answers on their own page or by their letter.
  const title = waits && talk.otherIsHere ? say('answer.waiting') : say(waits ? 'talk.sayIt' : 'talk.ready')
  const how = waits && talk.otherIsHere ? say('talk.waitsHow') : say(waits ? 'talk.sayItHow' : 'talk.readyHow')
  return (
    <Sheet title={title}>
      <p>{how}</p>
      <Actions>
        {waits && (
          <ButtonLink href={`${path}/tell`}>{say(talk.otherIsHere ? 'tell.openHere' : 'tell.open')}</ButtonLink>
        )}
        <ButtonLink kind={talk.answer === 'waiting' ? 'quiet' : 'primary'} href="/talks/guide">
          {say('guide.open')}
        </ButtonLink>
      </Actions>
      <details>
        <summary>{say('held.open')}</summary>
        <form method="post" action={`${path}/held`} novalidate>
          <Choice
            lang={lang}
            name="minutes"
            legend={say('held.long')}
            plain
            options={minuteBands.map((minutes) => ({ value: minutes, label: say(`minutes.${minutes}`) }))}
          />
          <Button>{say('held.do')}</Button>
        </form>
      </details>
    </Sheet>
  )
}

export function AnswerForm({ visit, action, children }: { visit: Visit; action: string; children?: unknown }) {
  const say = words(visit.lang)
  return (
    <form method="post" action={action} novalidate>
      {children}
      <Actions>
        <Button name="answer" value="yes">
          {say('link.yes')}
        </Button>
        <Button kind="quiet" name="answer" value="not_now">
          {say('link.notNow')}
        </Button>
        <Button kind="quiet" name="answer" value="no">
          {say('link.no')}
        </Button>
      </Actions>
      <p class="soft">{say('link.noReason')}</p>
    </form>
  )
}

function Afterwards({ visit, talk, name, today }: { visit: Visit; talk: Talk; name: string; today: string }) {
  const say = words(visit.lang)
  const path = `/talks/${talk.id}`
  return (
    <Part id="after" title={say('after.title')}>
      {talk.mine === 'starter' && !talk.thankedOn && (
        <>
          <p>
            <OwnWords text={say(thanksDue(talk, today) ? 'after.thanksNow' : 'after.thanksLate', { name })} />
          </p>
          <Actions>
            <ButtonLink href={`${path}/thanks`}>{say('thanks.title')}</ButtonLink>
            <Press action={`${path}/thanks`}>{say('after.thanked')}</Press>
          </Actions>
        </>
      )}
      <p>
        {talk.nextOn
          ? say(nextDue(talk, today) ? 'after.nextNow' : 'after.next', { day: sayDate(talk.nextOn, visit.lang) })
          : say('after.noNext')}{' '}
        <a href={`/c/${talk.slug}/talks/new?again=${talk.id}`}>{say('after.again')}</a>
      </p>
      {talk.mine === 'starter' && !talk.otherIsHere && (
        <p>
          {say('after.theirs')} <a href={`${path}/tell`}>{say('after.theirsOpen')}</a>
        </p>
      )}
    </Part>
  )
}
