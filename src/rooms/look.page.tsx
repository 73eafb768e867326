// A look by an employee as a page: first why, then fifty people at most; and the officer's list of all looks.
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { frame, placeFrame } from '../communities/place-frame.ts'
import { Button, ButtonLink, Field, problemOf, TextArea } from '../ui/forms.tsx'
import { Notice } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Part, Table } from '../ui/parts.tsx'
import { municipalRoom } from '../ui/whose-room.tsx'
import type { LookDoor, Looking } from './looks.deeds.ts'
import type { Look, PersonSeen } from './looks.queries.ts'
import { type Again, Looks } from './room.page.tsx'
import { longestReason } from './room.ts'
import { mendings, own, Press } from './said.tsx'
import { words } from './words.ts'

export interface Seen extends Looking {
  people: readonly PersonSeen[]
}

export function lookPage(visit: Visit, { community, open }: LookDoor, again?: Again, seen?: Seen): string {
  const { lang } = visit
  const say = words(lang)
  const path = `/c/${community.slug}/look`
  const mend = mendings(lang, again?.faults)
  const base = { ...placeFrame(visit, community, path, 'municipal'), eyebrow: <OwnWords text={community.name} /> }
  if (!open)
    return renderPage(
      <Page
        {...base}
        title={say('look.guestTitle')}
        lead={say('look.guestLead', { keeper: community.keeper ?? '' })}
        robots="noindex"
      >
        <p>
          <ButtonLink href={`/c/${community.slug}`}>{community.name}</ButtonLink>
        </p>
      </Page>,
    )
  return renderPage(
    <Page {...base} title={say('look.title')} lead={say('look.lead')} problems={mend} robots="noindex">
      {seen && <Found visit={visit} path={path} seen={seen} />}
      <Part id="ask" title={say(seen ? 'look.again' : 'look.title')}>
        <form method="post" action={path} novalidate>
          <TextArea
            lang={lang}
            name="reason"
            label={say('look.reason')}
            hint={say('look.reasonHint')}
            value={again?.said.get('reason') ?? seen?.reason}
            maxlength={longestReason}
            rows={2}
            error={problemOf(mend, 'reason')}
          />
          <Field
            lang={lang}
            name="query"
            label={say('look.query')}
            hint={say('look.queryHint')}
            value={again?.said.get('query') ?? undefined}
            maxlength={60}
            optional
          />
          <Button>{say('look.send')}</Button>
        </form>
      </Part>
    </Page>,
  )
}

function Found({ visit, path, seen }: { visit: Visit; path: string; seen: Seen }) {
  const { lang } = visit
  const say = words(lang)
  const last = seen.people.at(-1)
  return (
    <Part id="seen" title={say('look.seen', { count: seen.people.length })}>
      <p>
        <OwnWords text={say('look.seenHow', { reason: seen.reason })} />
      </p>
      {seen.people.length === 0 ? (
        <p>{say('look.nobody')}</p>
      ) : (
        <>
          <Table
            quiet
            caption={say('look.title')}
            columns={[say('look.name'), say('look.wish'), say('look.way'), say('look.key')]}
            rows={seen.people.map((one) => [
              own(one.name),
              say(`look.wishes.${wishOf(one.contact_wish)}`),
              own(
                (one.contact_wish === 'mail' ? one.mail : one.contact_wish === 'phone' ? one.telephone : null) ?? '–',
              ),
              <Press action={`${path}/name`} kind="quiet" fields={{ person: one.id }}>
                {say('look.key')}
                <span class="away">: {own(one.name)}</span>
              </Press>,
            ])}
          />
          <p class="soft small">{say('look.keyHow')}</p>
        </>
      )}
      {!seen.query && seen.people.length === 50 && last && (
        <Press action={path} kind="quiet" fields={{ reason: seen.reason, query: '', after: last.name }}>
          {say('look.more')}
        </Press>
      )}
    </Part>
  )
}

const wishes = ['phone', 'paper', 'mail', 'none'] as const
const wishOf = (text: string) => wishes.find((wish) => wish === text) ?? 'none'

/** After somebody was asked whether they want one of the first keys. */
export function namedPage(visit: Visit, { community }: LookDoor): string {
  const say = words(visit.lang)
  const path = `/c/${community.slug}/look`
  return renderPage(
    <Page {...placeFrame(visit, community, path, 'municipal')} title={say('look.key')} robots="noindex">
      <Notice lang={visit.lang} kind="ok">
        <p>{say('look.keyAsked')}</p>
      </Notice>
      <p>
        <a href={`/c/${community.slug}/room`}>{say('room.title')}</a>
      </p>
    </Page>,
  )
}

/** Every look everywhere, for the data protection officer: never at whom. */
export function allLooksPage(visit: Visit, looks: readonly Look[]): string {
  const say = words(visit.lang)
  return renderPage(
    <Page
      {...frame(visit, '/looks', municipalRoom('officer'))}
      title={say('looks.title')}
      lead={say('looks.lead')}
      robots="noindex"
    >
      {looks.length === 0 ? (
        <p>{say('looks.none')}</p>
      ) : (
        <Looks lang={visit.lang} caption={say('looks.title')} looks={looks} place />
      )}
    </Page>,
  )
}
