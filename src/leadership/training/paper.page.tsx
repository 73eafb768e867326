// The paper twin of a training: a sheet for the notice board that one writes one's name on, with the way to the page of it.
import type { Visit } from '../../access/visit.ts'
import { OwnWords } from '../../communities/own-words.tsx'
import { Page, renderPage } from '../../ui/page.tsx'
import { PrintTools } from '../../ui/poster.tsx'
import { Qr } from '../../ui/qr.tsx'
import { roomOf } from '../../ui/whose-room.tsx'
import { pathOf, sayWhen } from './said.tsx'
import type { TrainingOpened } from './training.deeds.ts'
import { mostRoom } from './training.ts'
import { handOut, words } from './words.ts'

/** As many lines as there is room for; twelve where nobody has said. */
const usualLines = 12

export function paperPage(visit: Visit, { community, training, now }: TrainingOpened): string {
  const { lang, origin } = visit
  const say = words(lang)
  const { title, purpose } = handOut(lang, training.module)
  const address = `${origin.replace(/^https?:\/\//, '')}${pathOf(community)}`
  const lines = Math.min(training.room ?? usualLines, mostRoom)
  return renderPage(
    <Page
      room={roomOf(community, 'all')}
      lang={lang}
      kind="sheet"
      title={say('paper.title', { module: title })}
      heading={false}
      robots="noindex"
    >
      <PrintTools lang={lang} title={say('paper.title', { module: title })}>
        <p>{say('paper.how')}</p>
      </PrintTools>
      <section class="poster training-poster">
        <header>
          <p class="eyebrow">
            {say('paper.eyebrow')} · <OwnWords text={community.name} />
          </p>
          <h2>{title}</h2>
          <p class="lead">{purpose}</p>
        </header>
        <p class="training-when">
          <b>{sayWhen(training, community, lang, now)}</b>
          <br />
          <OwnWords text={training.place} />
          <br />
          <OwnWords text={say(`ledBy.${training.ledBy}`, { name: training.leaderName })} />
        </p>
        <div class="training-write">
          <p>{say('paper.write')}</p>
          <ol>
            {Array.from({ length: lines }, () => (
              <li />
            ))}
          </ol>
        </div>
        <footer>
          <Qr lang={lang} text={`${origin}${pathOf(community, training.id)}`} address={address} />
          <p>
            {say('paper.or')} <b>{address}</b>
            <br />
            <small>{say('paper.who')}</small>
          </p>
        </footer>
      </section>
    </Page>,
  )
}
