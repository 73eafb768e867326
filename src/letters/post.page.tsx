// The post, for the one who runs the server: what waits, why, and what went out. Numbers and answers, never an address.
import type { Visit } from '../access/visit.ts'
import { frame } from '../communities/place-frame.ts'
import { sayDate, sayDayAndTime } from '../communities/times.ts'
import { Actions, Button, Field } from '../ui/forms.tsx'
import { EmptyState, Notice } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Part, Table } from '../ui/parts.tsx'
import { municipalRoom } from '../ui/whose-room.tsx'
import type { PostSeen } from './letters.deeds.ts'
import { words } from './words.ts'

export const postPath = '/operator/post'

export interface PostProps {
  visit: Visit
  seen: PostSeen
  /** So many letters are tried now. */
  tried?: number | undefined
  /** The trial letter is on its way, or what was typed is no address. */
  trial?: 'sent' | { typed: string } | undefined
}

export function postPage({ visit, seen, tried, trial }: PostProps): string {
  const { lang } = visit
  const say = words(lang)
  const typed = typeof trial === 'object' ? trial.typed : undefined
  const problems = typed === undefined ? undefined : [{ field: 'address', message: say('post.trialWrong') }]
  const stuck = seen.queue.reduce((sum, line) => sum + line.stuck, 0)
  return renderPage(
    <Page
      {...frame(visit, postPath, municipalRoom('operators'))}
      title={say('post.title')}
      lead={say('post.lead')}
      problems={problems}
      robots="noindex"
    >
      {tried !== undefined && <Notice lang={lang} kind="ok" title={say('post.tried', { count: tried })} live />}
      {trial === 'sent' && <Notice lang={lang} kind="ok" title={say('post.trialSent')} live />}
      {!seen.mail && (
        <Notice lang={lang} kind="warn" title={say('post.noMail')}>
          <p>{say('post.noMailWhat')}</p>
        </Notice>
      )}
      {stuck > 0 && (
        <Notice lang={lang} kind="error" title={say('post.stuck', { count: stuck })}>
          <p>{say('post.stuckWhat')}</p>
        </Notice>
      )}
      {(seen.mail || seen.queue.length > 0) && (
        <Part id="waits" title={say('post.waits')}>
          {seen.queue.length === 0 ? (
            <EmptyState title={say('post.well')}>{say('post.wellWhat')}</EmptyState>
          ) : (
            <Queue visit={visit} seen={seen} />
          )}
        </Part>
      )}
      <Part id="days" title={say('post.days')}>
        {seen.days.length === 0 ? (
          <EmptyState title={say('post.noDays')}>{say('post.noDaysWhat')}</EmptyState>
        ) : (
          <Table
            caption={say('post.days')}
            quiet
            columns={[
              say('post.day'),
              say('post.sent'),
              say('post.refused'),
              say('post.givenUp'),
              say('post.returned'),
            ]}
            numbers={[1, 2, 3, 4]}
            rows={seen.days.map((one) => [sayDate(one.day, lang), one.sent, one.refused, one.givenUp, one.returned])}
          />
        )}
        <p>{seen.troubled > 0 ? say('post.troubled', { count: seen.troubled }) : say('post.troubledNone')}</p>
      </Part>
      <Part id="back" title={say('post.backTitle')}>
        <p>{say('post.back')}</p>
        <details>
          <summary>{say('post.backHow')}</summary>
          <pre>
            <code>{'oplive-retur: "|npx oplive bounce"'}</code>
          </pre>
        </details>
      </Part>
      {seen.mail && (
        <Part id="trial" title={say('post.trial')}>
          <form method="post" action={`${postPath}/trial`} novalidate>
            <Field
              lang={lang}
              name="address"
              label={say('post.trialTo')}
              type="email"
              autocomplete="email"
              value={typed}
              error={problems?.[0]?.message}
            />
            <Actions>
              <Button>{say('post.trialSend')}</Button>
            </Actions>
          </form>
        </Part>
      )}
    </Page>,
  )
}

function Queue({ visit, seen }: { visit: Visit; seen: PostSeen }) {
  const { lang } = visit
  const say = words(lang)
  const now = visit.house.clock.now()
  return (
    <>
      <Table
        caption={say('post.waits')}
        quiet
        columns={[say('post.kind'), say('post.letters'), say('post.since'), say('post.tries'), say('post.answer')]}
        numbers={[1, 3, 4]}
        rows={seen.queue.map((line) => [
          say(`kinds.${line.kind as 'signIn'}`),
          line.letters,
          sayDayAndTime(line.oldest, 'Europe/Copenhagen', lang, now),
          line.tries,
          line.answer ?? say('post.noAnswer'),
        ])}
      />
      <form method="post" action={`${postPath}/now`}>
        <Actions>
          <Button kind="quiet">{say('post.tryNow')}</Button>
        </Actions>
      </form>
      {seen.servers.length > 0 && (
        <>
          <Table
            caption={say('post.atServers')}
            columns={[say('post.server'), say('post.letters')]}
            numbers={[1]}
            rows={seen.servers.map(({ server, letters }) => [server, letters])}
          />
          <p>{say('post.atServersWhat')}</p>
        </>
      )}
    </>
  )
}
