// The keys of a room as a page for those who belong: who holds one, who is asked, how one goes over, and the rule of trust.
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { placeFrame } from '../communities/place-frame.ts'
import { sayDay } from '../communities/times.ts'
import { Actions, Button, Field, problemOf } from '../ui/forms.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Part, Sheet } from '../ui/parts.tsx'
import type { Change } from './keys.queries.ts'
import type { KeysSeen } from './room.deeds.ts'
import type { Again } from './room.page.tsx'
import { Events, mendings, own, Press, Select } from './said.tsx'
import { words } from './words.ts'

export function keysPage(visit: Visit, seen: KeysSeen, typed: string, again?: Again): string {
  const { lang } = visit
  const say = words(lang)
  const { community, people, changes, rule, keeps } = seen
  const path = `/c/${community.slug}/keys`
  const holders = people.filter(({ holds }) => holds)
  const mend = mendings(lang, again?.faults)
  return renderPage(
    <Page
      {...placeFrame(visit, community, path, 'residents')}
      title={`${say('keys.title')} · ${community.name}`}
      heading={say('keys.title')}
      eyebrow={<OwnWords text={community.name} />}
      lead={say('keys.lead')}
      problems={mend}
      robots="noindex"
    >
      {changes.map((change) => (
        <Asked visit={visit} seen={seen} change={change} />
      ))}
      <Part id="who" title={say('keys.who')}>
        {holders.length === 0 ? (
          <p>{say('keys.none')}</p>
        ) : (
          <ul>
            {holders.map(({ id, name }) => (
              <li>
                {own(name)} {id === seen.me && <span class="soft">({say('keys.you')})</span>}
              </li>
            ))}
          </ul>
        )}
      </Part>
      {keeps && <PassOn visit={visit} seen={seen} typed={typed} />}
      <Part id="rule" title={say('keys.rule')}>
        <p>
          {say('keys.ruleIs', { trusts: rule.trusts, days: rule.days })} {say('keys.ruleCounts')}
        </p>
        <p>
          <a href={`/c/${community.slug}/trust`}>{say('room.toTrust')}</a>
        </p>
        {keeps && (
          <details open={again ? true : undefined}>
            <summary>{say('keys.changeRule')}</summary>
            <form method="post" action={`${path}/rule`} novalidate>
              <Field
                lang={lang}
                name="trusts"
                label={say('keys.trusts')}
                size={4}
                inputmode="numeric"
                value={again?.said.get('trusts') ?? String(rule.trusts)}
                error={problemOf(mend, 'trusts')}
              />
              <Field
                lang={lang}
                name="days"
                label={say('keys.days')}
                size={4}
                inputmode="numeric"
                value={again?.said.get('days') ?? String(rule.days)}
                error={problemOf(mend, 'days')}
              />
              <Button kind="quiet">{say('keys.setRule')}</Button>
            </form>
          </details>
        )}
      </Part>
      <Part id="happened" title={say('keys.happened')}>
        <Events
          lang={lang}
          events={seen.events}
          people={people}
          timeZone={community.timeZone}
          now={visit.house.clock.now()}
        />
      </Part>
      {keeps && holders.length > 1 && (
        <Part id="give-up" title={say('keys.giveUp')}>
          <p>{say('keys.giveUpHow')}</p>
          <Press action={`${path}/give-up`} kind="quiet">
            {say('keys.giveUpDo')}
          </Press>
        </Part>
      )}
    </Page>,
  )
}

/** A key that somebody is asked to take: what it is, what is still to be said, and by whom. */
function Asked({ visit, seen, change }: { visit: Visit; seen: KeysSeen; change: Change }) {
  const { lang } = visit
  const say = words(lang)
  const { me, keeps, needed, community } = seen
  const name = (id: string | null) => seen.people.find((one) => one.id === id)?.name ?? say('keys.somebody')
  const path = `/c/${community.slug}/keys/${change.id}`
  const toMe = change.to === me
  const transfer = change.how === 'transfer'
  const mayAgree =
    transfer && change.by !== me && !toMe && !change.approvals.includes(me) && (needed.by === 'trusted' || keeps)
  return (
    <Sheet
      title={own(say(`keys.${change.how}`, { to: name(change.to), from: name(change.from), by: name(change.by) }))}
      eyebrow={say('keys.open')}
    >
      {transfer && (
        <p>
          {change.approvals.length > 0
            ? say('keys.approved', { count: change.approvals.length })
            : say(needed.by === 'keyholder' ? 'keys.needKeyholder' : 'keys.needTrusted')}
        </p>
      )}
      {change.saidYesAt && <p>{own(say('keys.saidYes', { to: name(change.to) }))}</p>}
      {change.until && (
        <p>{say('keys.untilDay', { day: sayDay(change.until, community.timeZone, lang, visit.house.clock.now()) })}</p>
      )}
      <Actions>
        {toMe && !change.saidYesAt && <Press action={`${path}/yes`}>{say('keys.yes')}</Press>}
        {mayAgree && <Press action={`${path}/approve`}>{say('keys.agree')}</Press>}
        {toMe && (
          <Press action={`${path}/no`} kind="quiet">
            {say('keys.no')}
          </Press>
        )}
        {!toMe && transfer && keeps && (
          <Press action={`${path}/no`} kind="quiet">
            {say('keys.withdraw')}
          </Press>
        )}
      </Actions>
    </Sheet>
  )
}

/** Finding the new one by name, and proposing whose key goes to them. */
function PassOn({ visit, seen, typed }: { visit: Visit; seen: KeysSeen; typed: string }) {
  const { lang } = visit
  const say = words(lang)
  const path = `/c/${seen.community.slug}/keys`
  const holders = seen.people.filter(({ holds }) => holds)
  const able = seen.found.filter(({ id, account }) => account && !holders.some((holder) => holder.id === id))
  return (
    <Part id="pass" title={say('keys.pass')}>
      <p>{say('keys.passHow')}</p>
      <form method="get" action={`${path}#pass`}>
        <Field
          lang={lang}
          name="q"
          label={say('keys.find')}
          hint={say('keys.findHint')}
          value={typed}
          maxlength={60}
          type="search"
        />
        <Button kind="quiet">{say('keys.findSend')}</Button>
      </form>
      {typed && seen.found.length === 0 && <p>{say('keys.nobody')}</p>}
      {seen.found.some(({ account }) => !account) && (
        <p class="soft">
          {own(
            seen.found
              .filter(({ account }) => !account)
              .map(({ name }) => name)
              .join(', '),
          )}
          : {say('keys.noAccount')}
        </p>
      )}
      {able.length > 0 && (
        <form method="post" action={path}>
          <Select name="to" label={say('keys.to')} options={able.map(({ id, name }) => ({ value: id, label: name }))} />
          <Select
            name="from"
            label={say('keys.from')}
            options={holders.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <Button>{say('keys.propose')}</Button>
        </form>
      )}
    </Part>
  )
}
