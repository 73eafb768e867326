// The list of promises, for the hosts: large, to read aloud at the end, and to telephone from afterwards.
import { sayDate } from '../../communities/times.ts'
import type { Lang } from '../../i18n/catalogue.ts'
import { Actions, Button, ButtonLink } from '../../ui/forms.tsx'
import { EmptyState } from '../../ui/notices.tsx'
import { Page, renderPage } from '../../ui/page.tsx'
import { roomOf } from '../../ui/whose-room.tsx'
import { eyebrowOf } from '../exit-card.page.tsx'
import type { MeetingHere } from '../meetings.queries.ts'
import { own, Telephone } from './commitment.page.tsx'
import { type Commitment, commitmentStates, toCall } from './commitment.ts'
import type { PromisedHere } from './commitments.deeds.ts'
import { words } from './words.ts'

export type ListView = 'aloud' | 'calls'

export function listPage(lang: Lang, { meeting, commitments, today }: PromisedHere, view: ListView): string {
  const say = words(lang)
  const path = `/m/${meeting.code}/list`
  const here = `${path}?view=${view}`
  return renderPage(
    <Page
      room={roomOf(meeting.community, 'hosts')}
      lang={lang}
      kind="page"
      title={say(`list.${view}`)}
      eyebrow={eyebrowOf(meeting, lang)}
      lead={say(`list.${view}Lead`)}
      path={here}
      nav={[
        { href: `${path}?view=aloud`, label: say('list.aloud') },
        { href: `${path}?view=calls`, label: say('list.calls') },
        { href: `/m/${meeting.code}/lead`, label: say('list.lead') },
      ]}
      languages={{ da: `${here}&lang=da`, en: `${here}&lang=en` }}
      robots="noindex"
    >
      {commitments.length === 0 ? (
        <EmptyState
          title={say('list.none')}
          action={<ButtonLink href={`${path}/new`}>{say('write.title')}</ButtonLink>}
        >
          {say('list.noneHow')}
        </EmptyState>
      ) : view === 'aloud' ? (
        <Aloud lang={lang} commitments={commitments} path={path} />
      ) : (
        <Calls lang={lang} meeting={meeting} commitments={commitments} today={today} />
      )}
      {commitments.length > 0 && (
        <Actions>
          <ButtonLink kind="quiet" href={`${path}/new`}>
            {say('write.title')}
          </ButtonLink>
        </Actions>
      )}
    </Page>,
  )
}

/** One after the other: who, what, to whom, by when. Those who were released are not read. */
function Aloud({ lang, commitments, path }: { lang: Lang; commitments: readonly Commitment[]; path: string }) {
  const say = words(lang)
  const read = commitments.filter(({ state }) => state !== 'released')
  return (
    <section class="part-of-page call-group">
      <h2 class="soft">{say('list.count', { count: read.length })}</h2>
      <ol class="aloud">
        {read.map(({ id, name, what, toWhom, byWhen }) => (
          <li>
            <b>{own(name)}</b>
            <q>{own(what)}</q>
            <small>
              {toWhom && (
                <>
                  {say('list.to')} {own(toWhom)}.{' '}
                </>
              )}
              {byWhen && <>{say('list.by', { day: sayDate(byWhen, lang) })} </>}
              <a class="not-printed" href={`${path}/${id}`}>
                {say('list.change')}
                <span class="away"> {name}</span>
              </a>
            </small>
          </li>
        ))}
      </ol>
    </section>
  )
}

const groups = ['come', 'noDay', 'later', 'told'] as const

interface CallsProps {
  lang: Lang
  meeting: MeetingHere
  commitments: readonly Commitment[]
  today: string
}

/** Those whose day has come first. A press opens the question, the next one answers it. */
function Calls({ lang, meeting, commitments, today }: CallsProps) {
  const say = words(lang)
  const grouped = toCall(commitments, today)
  return (
    <>
      {groups.map(
        (group) =>
          grouped[group].length > 0 && (
            <section class="part-of-page call-group">
              <h2>{say(`calls.${group}`, { count: grouped[group].length })}</h2>
              <ul class="calls">
                {grouped[group].map((commitment) => (
                  <Call lang={lang} code={meeting.code} commitment={commitment} />
                ))}
              </ul>
            </section>
          ),
      )}
    </>
  )
}

function Call({ lang, code, commitment }: { lang: Lang; code: string; commitment: Commitment }) {
  const say = words(lang)
  const { id, name, what, toWhom, byWhen, telephone, state, how, rev } = commitment
  const path = `/m/${code}/list/${id}`
  return (
    <li id={`c-${id}`}>
      <p class="call">
        <b>{own(name)}</b>
        {telephone ? <Telephone number={telephone} /> : <span class="soft">{say('calls.noTelephone')}</span>}
      </p>
      <p>
        <q>{own(what)}</q>{' '}
        {toWhom && (
          <>
            {say('list.to')} {own(toWhom)}.{' '}
          </>
        )}
        {byWhen && <span class="soft">{say('list.by', { day: sayDate(byWhen, lang) })}</span>}
      </p>
      {(state !== 'made' || how) && (
        <p class="soft">
          {say(`state.${state}`)}
          {how && <>: {own(how)}</>}
        </p>
      )}
      <details>
        <summary>
          {say('told.title')}
          <span class="away"> {name}</span>
        </summary>
        <form method="post" action={path}>
          <input type="hidden" name="seen" value={rev} />
          <input type="hidden" name="how" value={how ?? ''} />
          <Actions>
            {commitmentStates
              .filter((one) => one !== 'renegotiated')
              .map((one) => (
                <Button kind="quiet" name="went" value={one}>
                  {say(`told.host.${one}`)}
                </Button>
              ))}
            <a href={path}>{say('calls.more')}</a>
          </Actions>
        </form>
      </details>
    </li>
  )
}
