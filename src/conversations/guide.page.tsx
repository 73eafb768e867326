// The guide for a talk: four parts on one dark screen, large enough to be seen from a table, with nothing to scroll, press or write.
import type { Visit } from '../access/visit.ts'
import { Page, renderPage } from '../ui/page.tsx'
import { ownRoom } from '../ui/whose-room.tsx'
import { words } from './words.ts'

const parts = ['purpose', 'explore', 'exchange', 'agree'] as const

export function guidePage(visit: Visit): string {
  const say = words(visit.lang)
  return renderPage(
    <Page lang={visit.lang} kind="screen" room={ownRoom} title={say('guide.title')} heading={false} robots="noindex">
      <div class="talk-guide">
        <h1 class="away">{say('guide.title')}</h1>
        <ol>
          {parts.map((part) => (
            <li class={part}>
              <b>{say(`guide.${part}.name`)}</b>
              <span>{say(`guide.${part}.say`)}</span>
            </li>
          ))}
        </ol>
        <p class="ways">
          <span>{say('guide.listen')}</span> <a href="/talks">{say('guide.done')}</a>
        </p>
      </div>
    </Page>,
  )
}
