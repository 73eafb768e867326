// The withdrawal on paper, for an evening without a screen: the vote with its count, what is handed over with room to sign, and how it goes afterwards.
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { sayDate } from '../communities/times.ts'
import { renderPage } from '../ui/page.tsx'
import { PaperLines, PaperNumber } from '../ui/poster.tsx'
import { SheetPage } from '../ui/sheet.tsx'
import { roomOf } from '../ui/whose-room.tsx'
import { nextPhases } from './phase.ts'
import type { Leaving } from './withdrawal.deeds.ts'
import { words } from './words.ts'

/** Rows for what nobody has thought of yet. */
const emptyRows = 4

export function withdrawalPaper(visit: Visit, { community, items, checkIns }: Leaving): string {
  const { lang } = visit
  const say = words(lang)
  const path = `/c/${community.slug}/withdrawal`
  const waiting = items.filter(({ receivedAt }) => receivedAt === null)
  const due = checkIns.filter(({ how }) => how === null)
  return renderPage(
    <SheetPage
      room={roomOf(community, 'residents')}
      lang={lang}
      title={say('paper.title')}
      path={`${path}/paper`}
      how={
        <>
          {say('paper.how')} <a href={path}>{say('criteria.back')}</a>
        </>
      }
    >
      <article class="debrief-sheet leaving-sheet">
        <h1>
          <OwnWords text={community.name} />: {say('paper.head')}
        </h1>
        <section>
          <h2>{say('paper.vote')}</h2>
          <p>{say('paper.voteHow')}</p>
          <ul class="boxes">
            {nextPhases(community.presence).map((phase) => (
              <li>
                <b>{say(`phase.${phase}`)}</b> {say(`phaseMeans.${phase}`)}
              </li>
            ))}
          </ul>
          <div class="paper-counts">
            {(['yes', 'no', 'blank'] as const).map((answer) => (
              <PaperNumber question={say(`vote.${answer}`)} />
            ))}
          </div>
          <PaperLines question={say('paper.when')} lines={1} />
          <PaperLines question={say('paper.farewell')} lines={2} />
          <PaperLines question={say('paper.seen')} lines={2} />
        </section>
        <section>
          <h2>{say('passed.title')}</h2>
          <p>{say('passed.only')}</p>
          <table>
            <caption class="away">{say('passed.title')}</caption>
            <thead>
              <tr>
                <th scope="col">{say('passed.what')}</th>
                <th scope="col">{say('paper.sign')}</th>
                <th scope="col">{say('paper.day')}</th>
              </tr>
            </thead>
            <tbody>
              {waiting.map(({ what }) => (
                <tr>
                  <td>
                    <OwnWords text={what} />
                  </td>
                  <td />
                  <td />
                </tr>
              ))}
              {Array.from({ length: emptyRows }, () => (
                <tr>
                  <td />
                  <td />
                  <td />
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        {due.map(({ month, dueOn }) => (
          <section>
            <h2>
              {say(`after.month.${month}`)}, {sayDate(dueOn, lang)}
            </h2>
            <ul class="boxes">
              {(['holds', 'partly', 'not'] as const).map((how) => (
                <li>{say(`after.how.${how}`)}</li>
              ))}
              <li>{say('after.shared')}</li>
            </ul>
            <PaperLines question={say('after.words')} lines={2} />
          </section>
        ))}
        <section>
          <h2>{say('call.title')}</h2>
          <p>{say('paper.call')}</p>
        </section>
      </article>
    </SheetPage>,
  )
}
