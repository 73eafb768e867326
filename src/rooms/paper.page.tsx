// What is printed: the hand-over as a document to sign, and the notice that hangs on the board.
import type { Visit } from '../access/visit.ts'
import { wallTimeIn } from '../clock.ts'
import { sayDate } from '../communities/times.ts'
import { renderPage } from '../ui/page.tsx'
import { Facts } from '../ui/parts.tsx'
import { SheetPage } from '../ui/sheet.tsx'
import { roomOf } from '../ui/whose-room.tsx'
import type { RoomSeen } from './room.deeds.ts'
import { own } from './said.tsx'
import { words } from './words.ts'

/** The hand-over that is proposed, else the last one that happened. */
export function handOverPaper(visit: Visit, room: RoomSeen): string {
  const { lang } = visit
  const say = words(lang)
  const { community, open, last } = room
  const path = `/c/${community.slug}/room/paper`
  const it = open ?? last
  return renderPage(
    <SheetPage
      room={roomOf(community, 'all')}
      lang={lang}
      title={say('paper.title')}
      path={path}
      how={
        <>
          {say('paper.how')} <a href={`/c/${community.slug}/room`}>{say('room.title')}</a>
        </>
      }
    >
      {it ? (
        <article class="debrief-sheet room-sheet">
          <h1>{say('paper.title')}</h1>
          <Facts
            facts={[
              [say('paper.from'), open && room.keeper ? own(room.keeper) : say('paper.municipality')],
              [
                say('paper.to'),
                <>
                  {own(it.association)}
                  {it.cvr && `, ${say('paper.cvr', { cvr: it.cvr })}`}
                </>,
              ],
              [
                say('paper.when'),
                sayDate(
                  it.state === 'done' && it.endedAt ? wallTimeIn(community.timeZone, it.endedAt).date : it.onDate,
                  lang,
                ),
              ],
            ]}
          />
          <section>
            <h2>{say('paper.what')}</h2>
            <p>{own(say('paper.whatIs', { place: community.name }))}</p>
            <p>{say('paper.whatNot')}</p>
          </section>
          <section>
            <h2>{say('paper.means')}</h2>
            <ul>
              <li>{own(say('paper.controller', { association: it.association }))}</li>
              <li>{say('paper.guest')}</li>
              <li>{say('paper.operator')}</li>
            </ul>
          </section>
          <section>
            <h2>{say('paper.sign')}</h2>
            <div class="signatures">
              <p>{say('paper.key1')}</p>
              <p>{say('paper.key2')}</p>
              <p>{say('paper.municipal')}</p>
            </div>
          </section>
        </article>
      ) : (
        <article class="debrief-sheet">
          <h1>{say('paper.title')}</h1>
          <p>{say('paper.none')}</p>
        </article>
      )}
    </SheetPage>,
  )
}

/** What members read at the door: whose the room is now, what the municipality can see, and what is theirs. */
export function boardNotice(visit: Visit, room: RoomSeen): string {
  const { lang } = visit
  const say = words(lang)
  const { community, keeper, open } = room
  const path = `/c/${community.slug}/room/notice`
  const said = { place: community.name }
  const names = room.people.filter(({ holds }) => holds).map(({ name }) => name)
  const since = sayDate(wallTimeIn(community.timeZone, room.since).date, lang)
  return renderPage(
    <SheetPage
      room={roomOf(community, 'all')}
      lang={lang}
      title={say('board.title')}
      path={path}
      how={
        <>
          {say('board.how')} <a href={`/c/${community.slug}/room`}>{say('room.title')}</a>
        </>
      }
    >
      <article class="debrief-sheet room-sheet large">
        <h1>{say(keeper ? 'board.head' : open ? 'board.headSoon' : 'board.headInterim')}</h1>
        <p class="lead">
          {keeper
            ? own(say('board.done', { ...said, association: keeper, day: since }))
            : open
              ? own(say('board.soon', { ...said, association: open.association, day: sayDate(open.onDate, lang) }))
              : own(say('board.interim', said))}
        </p>
        <ul>
          <li>{say('board.what')}</li>
          <li>{say(keeper ? 'board.guest' : 'board.looks')}</li>
          <li>{say('board.yours')}</li>
          <li>{say('board.min')}</li>
          {names.length > 0 && <li>{own(say('board.keys', { names: names.join(', ') }))}</li>}
        </ul>
        <p>{say('board.where', { address: `${visit.origin}/c/${community.slug}/room` })}</p>
      </article>
    </SheetPage>,
  )
}
