// One promise on a page: what was said, how it went, and how it is changed or taken back. For its own link and for the hosts alike.
import type { Child } from 'hono/jsx'
import { sayDate } from '../../communities/times.ts'
import type { Lang } from '../../i18n/catalogue.ts'
import { words as peopleWords } from '../../people/words.ts'
import { Actions, Button, ButtonLink, Choice, DateField, problemOf, TextArea } from '../../ui/forms.tsx'
import { Notice } from '../../ui/notices.tsx'
import { Page, renderPage } from '../../ui/page.tsx'
import { Facts, Sheet, Voice } from '../../ui/parts.tsx'
import { roomOf } from '../../ui/whose-room.tsx'
import { eyebrowOf, islands, Outbox } from '../exit-card.page.tsx'
import type { MeetingHere } from '../meetings.queries.ts'
import { asFields, type Commitment, commitmentStates, isTime, longest, whenSaid } from './commitment.ts'
import { type Again, CommitmentFields, CommitmentForm, mendings } from './commitment-form.page.tsx'
import { words } from './words.ts'

/** Somebody's own text: it may run the other way without turning the line round it. */
export const own = (text: string): Child => <bdi>{text}</bdi>

/** The form of a promise on a page of its own. */
export function promisePage(meeting: MeetingHere, lang: Lang, again?: Again): string {
  const say = words(lang)
  const path = `/m/${meeting.code}/commit`
  return renderPage(
    <Page
      room={roomOf(meeting.community, 'blank')}
      lang={lang}
      kind="phone"
      title={say('promise.title')}
      eyebrow={eyebrowOf(meeting, lang)}
      lead={say('promise.lead')}
      problems={again && mendings(lang, again.problems)}
      languages={again ? undefined : { da: `${path}?lang=da`, en: `${path}?lang=en` }}
      scripts={[islands.outbox]}
      robots="noindex"
    >
      <Outbox lang={lang} />
      <CommitmentForm lang={lang} code={meeting.code} again={again} />
      <p class="soft small">{say('promise.who')}</p>
    </Page>,
  )
}

/** Who looks: the one who promised, by their own link, or a host of the place. */
export type Eye = 'own' | 'host'

export interface CommitmentPageProps {
  lang: Lang
  meeting: MeetingHere
  commitment: Commitment
  today: string
  eye: Eye
  /** `/g/SECRET` or `/m/CODE/list/ID`. */
  path: string
  again?: Again | undefined
  /** They want to say how it went, though nobody asks yet. */
  tell?: boolean | undefined
  /** Somebody changed it meanwhile: it stands here as it is now, with what was typed in the form. */
  elsewhere?: boolean | undefined
}

/** What was promised, and how it went. */
export function commitmentPage(p: CommitmentPageProps): string {
  const { lang, commitment, eye, path } = p
  const say = words(lang)
  const open = commitment.state === 'made' || commitment.state === 'renegotiated'
  const asked = isTime(commitment, p.today) || p.tell || p.again !== undefined
  return renderPage(
    <Page
      room={roomOf(p.meeting.community, eye === 'own' ? 'link' : 'hosts')}
      lang={lang}
      kind={eye === 'own' ? 'phone' : 'page'}
      title={say(eye === 'own' ? 'own.title' : 'host.title', { name: commitment.name })}
      eyebrow={eyebrowOf(p.meeting, lang)}
      lead={eye === 'own' && open && !isTime(commitment, p.today) ? say('own.lead') : undefined}
      problems={p.again && mendings(lang, p.again.problems)}
      languages={p.again ? undefined : { da: `${path}?lang=da`, en: `${path}?lang=en` }}
      robots="noindex"
    >
      {p.elsewhere && <Meanwhile lang={lang} />}
      <Said lang={lang} commitment={commitment} eye={eye} />
      {asked && (
        <Sheet>
          <ToldForm {...p} />
        </Sheet>
      )}
      <Actions>
        {!asked && (
          <ButtonLink kind="quiet" href={`${path}?told=1&lang=${lang}`}>
            {say(open ? 'told.open' : 'told.again')}
          </ButtonLink>
        )}
        <ButtonLink kind="quiet" href={`${path}/change?lang=${lang}`}>
          {say('change.open')}
        </ButtonLink>
        <ButtonLink kind="quiet" href={`${path}/back?lang=${lang}`}>
          {say(eye === 'own' ? 'back.open' : 'back.openHost')}
        </ButtonLink>
      </Actions>
      {eye === 'own' ? (
        <>
          <p class="soft small">{say('own.keep')}</p>
          <p>
            <a href={`/c/${p.meeting.community.slug}/join?g=${path.slice('/g/'.length)}&lang=${lang}`}>
              {peopleWords(lang)('join.offer')}
            </a>
          </p>
        </>
      ) : (
        <p>
          <a href={`/m/${p.meeting.code}/list?view=calls`}>{say('host.toList')}</a>
        </p>
      )}
    </Page>,
  )
}

function Meanwhile({ lang }: { lang: Lang }) {
  const say = words(lang)
  return (
    <Notice lang={lang} kind="warn" title={say('elsewhere.title')}>
      <p>{say('elsewhere.what')}</p>
    </Notice>
  )
}

/** The promise as it stands now. */
export function Said({ lang, commitment, eye }: { lang: Lang; commitment: Commitment; eye: Eye }) {
  const say = words(lang)
  const { byWhen, toWhom, state, how, telephone } = commitment
  const facts: [Child, Child][] = []
  if (byWhen) facts.push([say('fact.when'), sayDate(byWhen, lang)])
  if (toWhom) facts.push([say('fact.whom'), own(toWhom)])
  if (telephone) facts.push([say('fact.telephone'), eye === 'host' ? <Telephone number={telephone} /> : own(telephone)])
  if (state !== 'made') facts.push([say('fact.went'), say(`state.${state}`)])
  if (how) facts.push([say(state === 'made' ? 'fact.went' : 'fact.how'), own(how)])
  if (eye === 'host')
    return (
      <>
        <Voice tone="hope" source={own(commitment.name)}>
          {own(commitment.what)}
        </Voice>
        {facts.length > 0 && <Facts facts={facts} />}
      </>
    )
  // The small stylesheet of phones has no quotes and no pairs.
  return (
    <div>
      <p class="question">{own(commitment.what)}</p>
      <p>{own(commitment.name)}</p>
      {facts.map(([what, said]) => (
        <p>
          <span class="soft">{what}:</span> {said}
        </p>
      ))}
    </div>
  )
}

/** A number to press. */
export function Telephone({ number }: { number: string }) {
  return <a href={`tel:${number.replace(/[^\d+]/g, '')}`}>{number}</a>
}

/** »Hvordan gik det?« Four answers, a new day if one was agreed, and own words. */
function ToldForm({ lang, commitment, eye, path, again }: CommitmentPageProps) {
  const say = words(lang)
  const problems = again && mendings(lang, again.problems)
  const told = commitment.state !== 'made' || commitment.how !== null
  return (
    <form method="post" action={path} novalidate>
      <input type="hidden" name="lang" value={lang} />
      <input type="hidden" name="seen" value={commitment.rev} />
      <Choice
        lang={lang}
        name="went"
        legend={say('told.title')}
        plain={eye === 'host'}
        options={commitmentStates.map((state) => ({ value: state, label: say(`told.${eye}.${state}`) }))}
        value={again?.said.get('went') ?? (told ? commitment.state : undefined)}
        error={problemOf(problems, 'went')}
      />
      <DateField
        lang={lang}
        name="when"
        legend={say('told.when')}
        hint={say('told.whenHint')}
        value={again && whenSaid(again.said)}
        error={problemOf(problems, 'when')}
      />
      <TextArea
        lang={lang}
        name="how"
        label={say('told.how')}
        optional
        maxlength={longest.how}
        rows={2}
        value={again?.said.get('how') ?? commitment.how ?? undefined}
        error={problemOf(problems, 'how')}
      />
      <Button wide={eye === 'own'}>{say('told.send')}</Button>
    </form>
  )
}

/** Other words, another day. */
export function changePage(p: CommitmentPageProps): string {
  const { lang, commitment, eye, path } = p
  const say = words(lang)
  const filled = p.again ?? { problems: [], said: asFields(commitment) }
  return renderPage(
    <Page
      room={roomOf(p.meeting.community, eye === 'own' ? 'link' : 'hosts')}
      lang={lang}
      kind={eye === 'own' ? 'phone' : 'page'}
      title={say('change.title')}
      eyebrow={eyebrowOf(p.meeting, lang)}
      problems={mendings(lang, filled.problems)}
      robots="noindex"
    >
      {p.elsewhere && (
        <>
          <Meanwhile lang={lang} />
          <Said lang={lang} commitment={commitment} eye={eye} />
        </>
      )}
      <form method="post" action={`${path}/change`} novalidate>
        <input type="hidden" name="lang" value={lang} />
        <input type="hidden" name="seen" value={commitment.rev} />
        <CommitmentFields lang={lang} again={filled} forOther={eye === 'host'} />
        <Actions>
          <Button>{say('change.send')}</Button>
          <ButtonLink kind="quiet" href={`${path}?lang=${lang}`}>
            {say('change.not')}
          </ButtonLink>
        </Actions>
      </form>
    </Page>,
  )
}

/** Asked once, for it is gone afterwards. */
export function backPage({ lang, meeting, commitment, eye, path }: CommitmentPageProps): string {
  const say = words(lang)
  return renderPage(
    <Page
      room={roomOf(meeting.community, eye === 'own' ? 'link' : 'hosts')}
      lang={lang}
      kind={eye === 'own' ? 'phone' : 'page'}
      title={say(eye === 'own' ? 'back.title' : 'back.titleHost')}
      eyebrow={eyebrowOf(meeting, lang)}
      lead={say(eye === 'own' ? 'back.lead' : 'back.leadHost')}
      robots="noindex"
    >
      <Said lang={lang} commitment={commitment} eye={eye} />
      <form method="post" action={`${path}/back`}>
        <input type="hidden" name="lang" value={lang} />
        <Actions>
          <Button kind="danger">{say(eye === 'own' ? 'back.do' : 'back.doHost')}</Button>
          <ButtonLink kind="quiet" href={`${path}?lang=${lang}`}>
            {say('back.not')}
          </ButtonLink>
        </Actions>
      </form>
    </Page>,
  )
}

/** A host writes a promise down for somebody. */
export function writePage(
  lang: Lang,
  meeting: MeetingHere,
  id: string,
  again: Again | undefined,
  written: boolean,
): string {
  const say = words(lang)
  const path = `/m/${meeting.code}/list`
  return renderPage(
    <Page
      room={roomOf(meeting.community, 'hosts')}
      lang={lang}
      kind="page"
      title={say('write.title')}
      eyebrow={eyebrowOf(meeting, lang)}
      lead={say('write.lead')}
      problems={again && mendings(lang, again.problems)}
      robots="noindex"
    >
      {written && !again && <Notice lang={lang} kind="ok" title={say('write.done')} live />}
      <form method="post" action={`${path}/new`} novalidate>
        <input type="hidden" name="id" value={id} />
        <CommitmentFields lang={lang} again={again} forOther />
        <Actions>
          <Button>{say('write.send')}</Button>
          <ButtonLink kind="quiet" href={path}>
            {say('host.toList')}
          </ButtonLink>
        </Actions>
      </form>
    </Page>,
  )
}

/** It was taken back. */
export function takenBackPage(lang: Lang, meeting: MeetingHere): string {
  const say = words(lang)
  return renderPage(
    <Page
      room={roomOf(meeting.community, 'code')}
      lang={lang}
      kind="phone"
      title={say('back.done')}
      eyebrow={eyebrowOf(meeting, lang)}
      lead={say('back.doneLead')}
      robots="noindex"
    >
      <p>
        <ButtonLink href={`/m/${meeting.code}?lang=${lang}`}>{say('back.toMeeting')}</ButtonLink>
      </p>
    </Page>,
  )
}
