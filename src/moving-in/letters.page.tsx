// Letters to those who are asked on paper, to print and carry: who asks, a code to point at, one to type, and a slip to give back.
import type { Visit } from '../access/visit.ts'
import type { Community } from '../communities/community.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { EmptyState } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { PrintTools, YellowLine } from '../ui/poster.tsx'
import { Qr } from '../ui/qr.tsx'
import { roomOf } from '../ui/whose-room.tsx'
import type { PrintedLetter } from './asked.deeds.ts'
import { codeText } from './secrets.ts'
import { askedDays } from './take-in.deeds.ts'
import { words } from './words.ts'

interface LettersProps {
  visit: Visit
  community: Community
  letters: readonly PrintedLetter[]
}

export function lettersPage({ visit: { lang, origin, person }, community, letters }: LettersProps): string {
  const say = words(lang)
  const here = `/c/${community.slug}/asked`
  const address = origin.replace(/^https?:\/\//, '')
  return renderPage(
    <Page
      lang={lang}
      kind="sheet"
      title={say('letter.title')}
      heading={false}
      robots="noindex"
      room={roomOf(community, 'keyholders')}
    >
      <PrintTools lang={lang} title={say('letter.title')}>
        <p>{say('letter.how', { count: letters.length })}</p>
        <p>
          <a href={here}>{say('letter.back')}</a>
        </p>
      </PrintTools>
      {letters.length === 0 && <EmptyState title={say('letter.none')} />}
      {letters.map((one) => (
        <article class="poster person-sheet asked-letter">
          <header>
            <p class="eyebrow">
              <OwnWords text={community.name} />
            </p>
            <h2>
              <OwnWords text={say('letter.hello', { name: one.name })} />
            </h2>
            <p>{say('letter.ask', { asker: person?.name ?? '', place: community.name })}</p>
          </header>
          {one.address && (
            <p class="small">
              <OwnWords text={one.address} />
            </p>
          )}
          <p>{say('letter.free')}</p>
          <div class="two-ways">
            <Qr lang={lang} text={`${origin}/asked/${one.link}`} address={address} />
            <div>
              <ol>
                <li>{say('letter.point')}</li>
                <li>{say('letter.tap')}</li>
              </ol>
              <YellowLine address={address} />
            </div>
          </div>
          <p class="or-type">
            {say('letter.orType')} <b>{address}/asked</b> {say('letter.code')} <strong>{codeText(one.code)}</strong>
          </p>
          <p>{say('letter.orSay')}</p>
          <p class="small">{say('letter.forgotten', { days: askedDays })}</p>
        </article>
      ))}
    </Page>,
  )
}
