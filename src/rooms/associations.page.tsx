// Associations and groups as pages: the levels for everybody, and one group with who is in it for those who are.
import type { Child } from 'hono/jsx'
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { placeFrame } from '../communities/place-frame.ts'
import { Actions, Button, Choice, Field, problemOf } from '../ui/forms.tsx'
import { EmptyState } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Chip, Part } from '../ui/parts.tsx'
import type { GroupSeen, GroupsSeen } from './associations.deeds.ts'
import type { Group } from './associations.queries.ts'
import type { Again } from './room.page.tsx'
import { longestGroupName } from './room.ts'
import { mendings, own, Press, Select } from './said.tsx'
import { words } from './words.ts'

export function groupsPage(visit: Visit, seen: GroupsSeen, again?: Again): string {
  const { lang } = visit
  const say = words(lang)
  const { community, groups, keeps } = seen
  const path = `/c/${community.slug}/associations`
  return renderPage(
    <Page
      {...placeFrame(visit, community, path, 'all')}
      title={`${say('groups.title')} · ${community.name}`}
      heading={say('groups.title')}
      eyebrow={<OwnWords text={community.name} />}
      lead={say('groups.lead')}
      problems={mendings(lang, again?.faults)}
    >
      {groups.length === 0 ? (
        <EmptyState title={say('groups.none')} />
      ) : (
        <Level visit={visit} seen={seen} parent={null} />
      )}
      {keeps && (
        <Part id="add" title={say('groups.add')}>
          <form method="post" action={path} novalidate>
            <GroupFields visit={visit} groups={groups} again={again} />
            <Button>{say('groups.addDo')}</Button>
          </form>
        </Part>
      )}
    </Page>,
  )
}

function Level({ visit, seen, parent }: { visit: Visit; seen: GroupsSeen; parent: string | null }): Child {
  const here = seen.groups.filter((group) => group.parent === parent)
  const say = words(visit.lang)
  if (here.length === 0) return null
  return (
    <ul class="levels">
      {here.map((group) => {
        const mine = seen.mine.get(group.id)
        return (
          <li>
            {seen.belongs ? (
              <a href={`/c/${seen.community.slug}/groups/${group.id}`}>{own(group.name)}</a>
            ) : (
              own(group.name)
            )}{' '}
            {group.municipal && <Chip tone="strait">{say('groups.municipal')}</Chip>}
            {mine && <Chip tone={mine === 'in' ? 'beech' : 'glow'}>{say(`groups.${mine}`)}</Chip>}
            <Level visit={visit} seen={seen} parent={group.id} />
          </li>
        )
      })}
    </ul>
  )
}

interface FieldsProps {
  visit: Visit
  groups: readonly Group[]
  again?: Again | undefined
  /** The one that is changed. */
  group?: Group
}

function GroupFields({ visit, groups, again, group }: FieldsProps) {
  const { lang } = visit
  const say = words(lang)
  const mend = mendings(lang, again?.faults)
  const said = (name: string, now = '') => again?.said.get(name) ?? now
  return (
    <>
      <Field
        lang={lang}
        name="name"
        label={say('groups.name')}
        value={said('name', group?.name)}
        maxlength={longestGroupName}
        error={problemOf(mend, 'name')}
      />
      {!group && (
        <Choice
          lang={lang}
          name="kind"
          legend={say('groups.kind')}
          plain
          value={said('kind', 'group')}
          options={[
            { value: 'association', label: say('groups.kinds.association') },
            { value: 'group', label: say('groups.kinds.group') },
          ]}
        />
      )}
      <Field
        lang={lang}
        name="cvr"
        label={say('groups.cvr')}
        value={said('cvr', group?.cvr ?? '')}
        size={10}
        inputmode="numeric"
        optional
        error={problemOf(mend, 'cvr')}
      />
      <Select
        name="parent"
        label={say('groups.under')}
        options={[
          { value: '', label: say('groups.top') },
          ...groups.filter(({ id }) => id !== group?.id).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={said('parent', group?.parent ?? '')}
        error={problemOf(mend, 'parent')}
      />
    </>
  )
}

export function groupPage(visit: Visit, seen: GroupSeen, typed: string, again?: Again): string {
  const { lang } = visit
  const say = words(lang)
  const { community, group, my, people, keeps } = seen
  const path = `/c/${community.slug}/groups/${group.id}`
  const inIt = people.filter((one) => one.said_yes)
  return renderPage(
    <Page
      {...placeFrame(visit, community, path, my === 'in' || keeps ? 'group' : 'residents')}
      title={`${group.name} · ${community.name}`}
      heading={own(group.name)}
      eyebrow={say(`groups.kinds.${group.kind}`)}
      problems={mendings(lang, again?.faults)}
      robots="noindex"
    >
      <div class="stack">
        {my === 'asked' && <p>{say('groups.youAsked')}</p>}
        {my === 'in' && <p>{say('groups.youIn')}</p>}
        <Actions>
          {my !== 'in' && (
            <Press action={`${path}/join`}>{say(my === 'asked' ? 'groups.sayYes' : 'groups.join')}</Press>
          )}
          {my !== null && (
            <Press action={`${path}/leave`} kind="quiet">
              {say(my === 'asked' ? 'groups.sayNo' : 'groups.leave')}
            </Press>
          )}
        </Actions>
      </div>
      <Part id="who" title={say('groups.who')}>
        {my !== 'in' && !keeps ? (
          <p>{say('groups.onlyIn')}</p>
        ) : (
          <>
            <p>{say('groups.count', { count: inIt.length })}</p>
            {people.length > 0 && (
              <ul>
                {people.map((one) => (
                  <li>
                    {own(one.name)} {!one.said_yes && <span class="soft">({say('groups.waits')})</span>}
                    {keeps && !one.said_yes && one.paper && <PaperYes visit={visit} path={path} person={one.id} />}
                    {keeps && (one.paper || !one.said_yes) && (
                      <Press action={`${path}/out`} kind="quiet" fields={{ person: one.id }}>
                        {say('groups.out')}
                        <span class="away">: {own(one.name)}</span>
                      </Press>
                    )}
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
      </Part>
      {keeps && <Ask visit={visit} path={path} seen={seen} typed={typed} />}
      {keeps && (
        <Part id="change" title={say('groups.change')}>
          <form method="post" action={`${path}/change`} novalidate>
            <input type="hidden" name="rev" value={String(group.rev)} />
            <GroupFields visit={visit} groups={seen.groups} again={again} group={group} />
            <Button kind="quiet">{say('groups.changeDo')}</Button>
          </form>
          <details>
            <summary>{say('groups.close')}</summary>
            <p>{say('groups.closeHow')}</p>
            <Press action={`${path}/close`} kind="danger">
              {say('groups.closeDo')}
            </Press>
          </details>
        </Part>
      )}
      <p>
        <a href={`/c/${community.slug}/associations`}>{say('groups.back')}</a>
      </p>
    </Page>,
  )
}

function PaperYes({ visit, path, person }: { visit: Visit; path: string; person: string }) {
  const say = words(visit.lang)
  return (
    <Actions>
      <Press action={`${path}/ask`} kind="quiet" fields={{ person, medium: 'paper' }}>
        {say('groups.paper')}
      </Press>
      <Press action={`${path}/ask`} kind="quiet" fields={{ person, medium: 'voice' }}>
        {say('groups.voice')}
      </Press>
    </Actions>
  )
}

function Ask({ visit, path, seen, typed }: { visit: Visit; path: string; seen: GroupSeen; typed: string }) {
  const { lang } = visit
  const say = words(lang)
  const found = seen.found.filter(({ id }) => !seen.people.some((one) => one.id === id))
  return (
    <Part id="invite" title={say('groups.ask')}>
      <p>{say('groups.askHow')}</p>
      <form method="get" action={`${path}#invite`}>
        <Field lang={lang} name="q" label={say('keys.findHint')} value={typed} maxlength={60} type="search" />
        <Button kind="quiet">{say('keys.findSend')}</Button>
      </form>
      {typed && found.length === 0 && <p>{say('keys.nobody')}</p>}
      {found.length > 0 && (
        <ul>
          {found.map(({ id, name, account }) => (
            <li>
              {own(name)}
              {account ? (
                <Press action={`${path}/ask`} kind="quiet" fields={{ person: id }}>
                  {say('groups.askDo')}
                  <span class="away">: {own(name)}</span>
                </Press>
              ) : (
                <PaperYes visit={visit} path={path} person={id} />
              )}
            </li>
          ))}
        </ul>
      )}
    </Part>
  )
}
