// One's keys for other programs: made, shown once, and closed.
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { frame } from '../communities/place-frame.ts'
import { sayDate } from '../communities/times.ts'
import { isMunicipal } from '../db/as-actor.ts'
import { Actions, Button, Choice, Field, problemOf } from '../ui/forms.tsx'
import { EmptyState, Notice } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Part, Table } from '../ui/parts.tsx'
import { municipalRoom, ownRoom } from '../ui/whose-room.tsx'
import type { Choice as Reads } from './api-key.deeds.ts'
import { type ApiKey, lifeDays, longestName } from './api-key.ts'
import { words } from './words.ts'

interface KeysProps {
  visit: Visit
  keys: readonly ApiKey[]
  choices: readonly Reads[]
  made?: { key: string; name: string } | undefined
  done?: string | undefined
  said?: URLSearchParams | undefined
  problem?: 'name' | 'many' | 'as' | undefined
}

export function keysPage({ visit, keys, choices, made, done, said, problem }: KeysProps): string {
  const { lang } = visit
  const say = words(lang)
  const problems = problem
    ? [{ field: problem === 'as' ? 'as' : 'name', message: say(`keys.problem.${problem}`) }]
    : undefined
  return renderPage(
    <Page
      {...frame(visit, '/me/api', isMunicipal(visit.actor) ? municipalRoom('you') : ownRoom)}
      title={say('keys.title')}
      lead={say('keys.lead')}
      problems={problems}
      robots="noindex"
    >
      {made && (
        <Notice lang={lang} kind="ok" title={say('keys.made')} live>
          <p class="token">
            <code>{made.key}</code>
          </p>
          <p>{say('keys.madeWhat')}</p>
        </Notice>
      )}
      {done === 'dropped' && <Notice lang={lang} kind="ok" title={say('keys.dropped')} live />}
      <Part id="yours" title={say('keys.yours')}>
        {keys.length === 0 ? (
          <EmptyState title={say('keys.none')}>{say('keys.noneWhat')}</EmptyState>
        ) : (
          <Table
            caption={say('keys.yours')}
            quiet
            columns={[say('keys.name'), say('keys.reads'), say('keys.until'), say('keys.used'), say('keys.drop')]}
            rows={keys.map((key) => [
              <OwnWords text={key.name} />,
              reads(visit, key.role, key.place?.name ?? null),
              sayDate(key.expiresOn, lang),
              key.usedOn ? sayDate(key.usedOn, lang) : say('keys.never'),
              <form method="post" action={`/me/api/${key.id}/drop`}>
                <Button kind="quiet" aria-label={say('keys.dropNamed', { name: key.name })}>
                  {say('keys.drop')}
                </Button>
              </form>,
            ])}
          />
        )}
      </Part>
      <Part id="new" title={say('keys.new')}>
        {choices.length === 0 ? (
          <p>{say('keys.no')}</p>
        ) : (
          <form id="make" method="post" action="/me/api" novalidate>
            <Field
              lang={lang}
              name="name"
              label={say('keys.nameAsk')}
              hint={say('keys.nameHint')}
              maxlength={longestName}
              value={said?.get('name') ?? undefined}
              error={problemOf(problems, 'name')}
            />
            <Choice
              lang={lang}
              plain
              name="as"
              legend={say('keys.as')}
              hint={say('keys.asHint')}
              value={said?.get('as') ?? undefined}
              error={problemOf(problems, 'as')}
              options={choices.map(({ value, role, place }) => ({
                value,
                label: reads(visit, role, place),
                hint: say(lifeDays(role) === 365 ? 'keys.year' : 'keys.month'),
              }))}
            />
            <Actions>
              <Button>{say('keys.do')}</Button>
            </Actions>
          </form>
        )}
      </Part>
      <Part id="how" title={say('keys.how')}>
        <p>{say('keys.howWhat')}</p>
        <p>
          <a href="/api/v1">{`${visit.origin}/api/v1`}</a>
        </p>
      </Part>
    </Page>,
  )
}

function reads(visit: Visit, role: Reads['role'], place: string | null): string {
  const say = words(visit.lang)
  const as = say(`role.${role}`)
  return place === null ? as.charAt(0).toUpperCase() + as.slice(1) : say('keys.in', { place, role: as })
}
