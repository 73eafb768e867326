// Samtaler: what is to come, what is to be followed up, whom one might talk with next, and one's own rhythm.
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { sayDate } from '../communities/times.ts'
import { isMunicipal } from '../db/as-actor.ts'
import { Actions, Button, ButtonLink, Field } from '../ui/forms.tsx'
import { EmptyState } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Part, Table } from '../ui/parts.tsx'
import { municipalRoom, ownRoom } from '../ui/whose-room.tsx'
import { sayWith, talkFrame } from './said.tsx'
import { inParts, nextDue, noteDue, type Talk, thanksDue } from './talk.ts'
import type { TalksSeen } from './talks.deeds.ts'
import { sayWhen } from './when-said.ts'
import { inThisTurn, whoNext } from './who-next.ts'
import { words } from './words.ts'

/** So many talks that were held are in sight; the older ones open with a press. */
const inSight = 6

/** With what was typed as a rhythm, where it was no number that fits. */
export function talksPage(visit: Visit, seen: TalksSeen, said?: URLSearchParams): string {
  const { lang } = visit
  const say = words(lang)
  const work = isMunicipal(visit.actor)
  const parts = inParts(seen.talks, seen.today)
  const due = seen.promises.filter(
    ({ state, byWhen }) => (state === 'made' || state === 'renegotiated') && byWhen && byWhen <= seen.today,
  )
  return renderPage(
    <Page
      {...talkFrame(visit, '/talks', work ? municipalRoom('you') : ownRoom)}
      title={say('list.title')}
      lead={say(work ? 'list.leadWork' : 'list.lead')}
      problems={said && [{ field: 'talks', message: say('problem.rhythm') }]}
    >
      {seen.talks.length === 0 && <EmptyState title={say('list.none')}>{say('list.noneHow')}</EmptyState>}
      {parts.coming.length > 0 && (
        <Part id="coming" title={say('list.coming')}>
          <Talks visit={visit} talks={parts.coming} caption={say('list.coming')} said={(talk) => sayWhen(talk, lang)} />
        </Part>
      )}
      {(parts.follow.length > 0 || due.length > 0) && (
        <Part id="follow" title={say('list.follow')}>
          {parts.follow.length > 0 && (
            <Talks
              visit={visit}
              talks={parts.follow}
              caption={say('list.follow')}
              last={say('list.now')}
              said={(talk) => saidToDo(talk, seen.today, say)}
            />
          )}
          {due.length > 0 && (
            <ul>
              {due.map(({ talk, what }) => (
                <li>
                  <a href={`/talks/${talk}#promises`}>{say('promise.ask')}</a> <OwnWords text={what} />
                </li>
              ))}
            </ul>
          )}
        </Part>
      )}
      <Actions>
        {seen.places.map(({ slug, name }) => (
          <ButtonLink kind={seen.places.length > 1 ? 'quiet' : 'primary'} href={`/c/${slug}/talks/new`}>
            {seen.places.length > 1 ? say('list.newIn', { place: name }) : say('list.new')}
          </ButtonLink>
        ))}
        <ButtonLink kind="quiet" href="/talks/guide">
          {say('guide.open')}
        </ButtonLink>
        {work && (
          <ButtonLink kind="quiet" href="/balance">
            {say('balance.title')}
          </ButtonLink>
        )}
      </Actions>
      <NextPart visit={visit} seen={seen} />
      <RhythmPart visit={visit} seen={seen} said={said} />
      {parts.held.length > 0 && (
        <Part id="held" title={say('list.held')}>
          <Held visit={visit} talks={parts.held.slice(0, inSight)} />
          {parts.held.length > inSight && (
            <details>
              <summary>{say('list.older', { count: parts.held.length - inSight })}</summary>
              <Held visit={visit} talks={parts.held.slice(inSight)} />
            </details>
          )}
        </Part>
      )}
    </Page>,
  )
}

function Held({ visit, talks }: { visit: Visit; talks: readonly Talk[] }) {
  const say = words(visit.lang)
  return (
    <Talks
      visit={visit}
      talks={talks}
      caption={say('list.held')}
      said={(talk) => (talk.heldOn ? sayDate(talk.heldOn, visit.lang) : say(`answer.${talk.answer}`))}
    />
  )
}

function saidToDo(talk: Talk, today: string, say: ReturnType<typeof words>): string {
  if (noteDue(talk, today)) return say('list.todoNote')
  if (thanksDue(talk, today)) return say('list.todoThanks')
  return nextDue(talk, today) ? say('list.todoNext') : ''
}

interface TalksProps {
  visit: Visit
  talks: readonly Talk[]
  caption: string
  /** What the last column is called, where it is not a day. */
  last?: string
  said: (talk: Talk) => string
}

function Talks({ visit, talks, caption, last, said }: TalksProps) {
  const say = words(visit.lang)
  return (
    <Table
      caption={caption}
      quiet
      columns={[say('list.who'), say('list.about'), last ?? say('list.when')]}
      rows={talks.map((talk) => [
        <a href={`/talks/${talk.id}`}>
          <OwnWords text={sayWith(talk, visit.lang)} />
        </a>,
        <OwnWords text={talk.purpose} />,
        said(talk),
      ])}
    />
  )
}

/** Whom one might talk with: those agreed on and promised first, then those of long ago, then neighbours one knows of. */
function NextPart({ visit, seen }: { visit: Visit; seen: TalksSeen }) {
  const { lang } = visit
  const say = words(lang)
  const work = isMunicipal(visit.actor)
  const { again, promised, longAgo } = whoNext(seen.talks, seen.promises, seen.today)
  const ask = (talk: Talk, more: string | null) => (
    <li>
      <a href={`/c/${talk.slug}/talks/new?again=${talk.id}`}>
        <OwnWords text={sayWith(talk, lang)} />
      </a>{' '}
      <span class="soft">{more}</span>
    </li>
  )
  return (
    <Part id="next" title={say('next.title')}>
      {again.length > 0 && (
        <>
          <h3>{say('next.again')}</h3>
          <ul>{again.map((talk) => ask(talk, talk.nextOn && sayDate(talk.nextOn, lang)))}</ul>
        </>
      )}
      {promised.length > 0 && (
        <>
          <h3>{say('next.promised')}</h3>
          <ul>
            {promised.map(({ talk, what, mine }) => (
              <li>
                <a href={`/talks/${talk.id}#promises`}>
                  <OwnWords text={sayWith(talk, lang)} />
                </a>{' '}
                <span class="soft">
                  <OwnWords text={say(mine ? 'next.youSaid' : 'next.theySaid', { what })} />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {longAgo.length > 0 && (
        <>
          <h3>{say('next.longAgo')}</h3>
          <ul>{longAgo.slice(0, inSight).map((talk) => ask(talk, talk.heldOn && sayDate(talk.heldOn, lang)))}</ul>
        </>
      )}
      {!work &&
        seen.places.map(({ slug, name }) => (
          <p>
            <a href={`/c/${slug}/circle`}>{say('next.circle', { place: name })}</a>
          </p>
        ))}
      {seen.notYet.map(({ place, slug, people }) => (
        <>
          <h3>{say('next.outside', { place })}</h3>
          <p class="soft">{say('next.outsideHow')}</p>
          <ul class="name-row">
            {people.slice(0, 12).map(({ id, name }) => (
              <li>
                <a href={`/c/${slug}/talks/new?with=${id}`}>
                  <OwnWords text={name} />
                </a>
              </li>
            ))}
          </ul>
        </>
      ))}
      <p>{say(work ? 'next.paperWork' : 'next.paper')}</p>
      <ul class="ways-on">
        <li>
          <a href="/talks/paper">{say('next.paperOpen')}</a>
        </li>
        {!work && (
          <li>
            <a href="/book">{say('next.book')}</a>
          </li>
        )}
      </ul>
    </Part>
  )
}

interface RhythmProps {
  visit: Visit
  seen: TalksSeen
  said: URLSearchParams | undefined
}

function RhythmPart({ visit, seen: { rhythm, talks, today }, said }: RhythmProps) {
  const { lang } = visit
  const say = words(lang)
  const every = said?.get('every') ?? rhythm?.every
  return (
    <Part id="rhythm" title={say('rhythm.title')}>
      <p>
        {rhythm
          ? `${say(`rhythm.${rhythm.every}`, { count: rhythm.talks })} ${say(`rhythm.now.${rhythm.every}`, { count: inThisTurn(talks, rhythm, today) })}`
          : say('rhythm.none')}
      </p>
      <details open={said !== undefined}>
        <summary>{say('rhythm.change')}</summary>
        <form method="post" action="/talks/rhythm" novalidate>
          <Field
            lang={lang}
            name="talks"
            label={say('rhythm.talks')}
            hint={say('rhythm.hint')}
            inputmode="numeric"
            size={4}
            value={said?.get('talks') ?? (rhythm ? String(rhythm.talks) : undefined)}
            error={said && say('problem.rhythm')}
          />
          <div class="field">
            <label for="every">{say('rhythm.every')}</label>
            <select id="every" name="every">
              {(['week', 'month'] as const).map((one) => (
                <option value={one} selected={every === one}>
                  {say(`rhythm.${one}Only`)}
                </option>
              ))}
            </select>
          </div>
          <Actions>
            <Button kind="quiet">{say('rhythm.keep')}</Button>
            {rhythm && (
              <Button kind="quiet" name="none" value="yes">
                {say('rhythm.stop')}
              </Button>
            )}
          </Actions>
        </form>
      </details>
    </Part>
  )
}
