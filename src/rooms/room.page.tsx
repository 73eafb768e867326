// Byens rum as a page: whose it is, the hand-over and its yes, what the municipality can see, and how often it has looked.
import type { Visit } from '../access/visit.ts'
import { wallTimeIn } from '../clock.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { placeFrame } from '../communities/place-frame.ts'
import { sayDate, sayDayAndTime } from '../communities/times.ts'
import { Button, DateField, problemOf } from '../ui/forms.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Facts, Part, Sheet, Table } from '../ui/parts.tsx'
import type { Look } from './looks.queries.ts'
import type { RoomSeen } from './room.deeds.ts'
import type { Fault } from './room.ts'
import { Events, mendings, own, Press, Select } from './said.tsx'
import { words } from './words.ts'

export interface Again {
  said: URLSearchParams
  faults: readonly Fault[]
}

export function roomPage(visit: Visit, room: RoomSeen, again?: Again): string {
  const { lang } = visit
  const say = words(lang)
  const { community, keeper, eye } = room
  const path = `/c/${community.slug}`
  const problems = mendings(lang, again?.faults)
  return renderPage(
    <Page
      {...placeFrame(visit, community, `${path}/room`, 'all')}
      title={`${say('room.title')} · ${community.name}`}
      heading={say('room.title')}
      eyebrow={<OwnWords text={community.name} />}
      lead={say('room.lead')}
      problems={problems}
    >
      <Part id="whose" title={say('room.whose')}>
        <p class="question">{keeper === null ? say('room.interim') : say('room.keeper', { keeper })}</p>
        <Facts
          facts={[
            [say('room.since'), sayDate(wallTimeIn(community.timeZone, room.since).date, lang)],
            [say('room.holders'), sayKeys(visit, room)],
          ]}
        />
        <ul>
          {eye.me && (
            <li>
              <a href={`${path}/keys`}>{say('room.toKeys')}</a>
            </li>
          )}
          {eye.me && (
            <li>
              <a href={`${path}/trust`}>{say('room.toTrust')}</a>
            </li>
          )}
          {eye.works && (
            <li>
              <a href={`${path}/look`}>{say('room.toLook')}</a>
            </li>
          )}
          <li>
            <a href={`${path}/associations`}>{say('room.toGroups')}</a>
          </li>
          <li>
            <a href={`${path}/room/notice`}>{say('room.toNotice')}</a>
          </li>
          {(room.open || room.last) && (
            <li>
              <a href={`${path}/room/paper`}>{say('room.toDocument')}</a>
            </li>
          )}
          {eye.keeps && (
            <li>
              <a href={`${path}/move`}>{say('room.toMove')}</a>
            </li>
          )}
          <li>
            <a href="/rooms">{say('room.toThree')}</a>
          </li>
        </ul>
      </Part>
      <HandOver visit={visit} room={room} again={again} />
      <Part id="sees" title={say('room.sees')}>
        <div class="stack">
          {keeper === null ? (
            <>
              <p>{say('room.seesNow')}</p>
              <p>{say('room.seesAfter')}</p>
            </>
          ) : (
            <p>{say('room.seesGuest')}</p>
          )}
        </div>
      </Part>
      <Part id="looks" title={say('room.looks')}>
        {room.looksByMonth.length === 0 ? (
          <p>{say('room.noLooks')}</p>
        ) : (
          <Table
            quiet
            caption={say('room.looks')}
            columns={[say('room.month'), say('room.times')]}
            rows={room.looksByMonth.map(({ month, looks }) => [
              sayDate(month, lang).replace(/^1\.? /, ''),
              say('room.looked', { count: looks }),
            ])}
          />
        )}
        {room.looks.length > 0 && <Looks lang={lang} caption={say('room.looksFor')} looks={room.looks} />}
      </Part>
      {eye.me && (
        <Part id="happened" title={say('room.happened')}>
          <Events
            lang={lang}
            events={room.events}
            people={room.people}
            timeZone={community.timeZone}
            now={visit.house.clock.now()}
          />
        </Part>
      )}
    </Page>,
  )
}

function sayKeys({ lang }: Visit, { people, keys, eye }: RoomSeen) {
  const say = words(lang)
  const held = keys.held === 0 ? say('room.none') : say('room.held', { count: keys.held })
  const names = people.filter(({ holds }) => holds).map(({ name }) => name)
  return (
    <>
      {held}
      {eye.me && names.length > 0 && <>: {own(names.join(', '))}</>}
      {keys.asked > 0 && <>. {say('room.asked', { count: keys.asked })}</>}
    </>
  )
}

function HandOver({ visit, room, again }: { visit: Visit; room: RoomSeen; again: Again | undefined }) {
  const { lang } = visit
  const say = words(lang)
  const { community, open, last, eye, yesBy, today } = room
  const path = `/c/${community.slug}/room/${open?.id ?? ''}`
  const mine = eye.me !== null && yesBy.includes(eye.me)
  const mayPropose = eye.keeps || (eye.works && room.keeper === null)
  if (!open && !last && !mayPropose) return null
  return (
    <Part id="hand-over" title={say('room.handOver')}>
      {last && (
        <p>
          {own(last.association)}: {say('room.done', { day: dayOf(last.endedAt, room, lang), count: last.signed ?? 2 })}
        </p>
      )}
      {open && (
        <Sheet title={own(say('room.proposed', { association: open.association, day: sayDate(open.onDate, lang) }))}>
          <p>
            {say(open.byMunicipality ? 'room.byMunicipality' : 'room.byKeyHolder')} {say('room.needs')}
          </p>
          <p>
            <b>{room.yes === 0 ? say('room.yesNone') : say('room.yes', { count: room.yes })}</b>{' '}
            {mine && say('room.youSaid')} {open.onDate < today && say('room.missed')}
          </p>
          <div class="actions">
            {eye.keeps && !mine && <Press action={`${path}/yes`}>{say('room.sayYes')}</Press>}
            {eye.keeps && mine && (
              <Press action={`${path}/back`} kind="quiet">
                {say('room.takeBack')}
              </Press>
            )}
            {eye.keeps && (
              <Press action={`${path}/no`} kind="quiet">
                {say('room.sayNo')}
              </Press>
            )}
            {eye.works && room.keeper === null && (
              <Press action={`${path}/withdraw`} kind="quiet">
                {say('room.withdraw')}
              </Press>
            )}
          </div>
        </Sheet>
      )}
      {!open && mayPropose && <Propose visit={visit} room={room} again={again} />}
    </Part>
  )
}

const dayOf = (at: Date | null, { community }: RoomSeen, lang: Visit['lang']): string =>
  at ? sayDate(wallTimeIn(community.timeZone, at).date, lang) : ''

function Propose({ visit, room, again }: { visit: Visit; room: RoomSeen; again: Again | undefined }) {
  const { lang } = visit
  const say = words(lang)
  const mend = mendings(lang, again?.faults)
  // Where an association keeps the room already, nobody has to be told what is missing.
  if (room.associations.length === 0) return room.keeper ? null : <p>{say('room.noAssociation')}</p>
  const said = (name: string) => again?.said.get(name) ?? ''
  return (
    <>
      <h3>{say('room.propose')}</h3>
      <p>{say('room.proposeHow')}</p>
      <form method="post" action={`/c/${room.community.slug}/room`} novalidate>
        <Select
          name="association"
          label={say('room.association')}
          options={room.associations.map(({ id, name }) => ({ value: id, label: name }))}
          value={said('association')}
          error={problemOf(mend, 'association')}
        />
        <DateField
          lang={lang}
          name="on"
          legend={say('room.on')}
          value={{ day: said('on-day'), month: said('on-month'), year: said('on-year') }}
          error={problemOf(mend, 'on')}
        />
        <Button>{say('room.send')}</Button>
      </form>
    </>
  )
}

/** Looks with who, what, why and when; never at whom. */
export function Looks({
  lang,
  caption,
  looks,
  place,
}: {
  lang: Visit['lang']
  caption: string
  looks: readonly Look[]
  place?: boolean
}) {
  const say = words(lang)
  return (
    <Table
      caption={caption}
      columns={[
        say('room.when'),
        ...(place ? [say('looks.place')] : []),
        say('room.who'),
        say('room.what'),
        say('room.why'),
      ]}
      rows={looks.map((look) => [
        sayDayAndTime(look.at, look.timeZone, lang),
        ...(place ? [own(look.place)] : []),
        own(look.looker),
        say(`look.${look.what}`),
        <OwnWords text={look.reason} />,
      ])}
    />
  )
}
