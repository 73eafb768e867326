// The sheet "Jeg vil gerne være med" on paper: the same questions as on the screen, typed in by a key holder.
import type { Visit } from '../access/visit.ts'
import type { Community } from '../communities/community.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { renderPage } from '../ui/page.tsx'
import { PaperLines, PaperQuestion } from '../ui/poster.tsx'
import { SheetPage } from '../ui/sheet.tsx'
import { roomOf } from '../ui/whose-room.tsx'
import { purposes, textOf } from './consents.ts'
import { ageBands, contactWishes } from './person.ts'
import { words } from './words.ts'

export function paperPage({ lang }: Visit, community: Community): string {
  const say = words(lang)
  const here = `/c/${community.slug}/people`
  return renderPage(
    <SheetPage
      room={roomOf(community, 'keyholders')}
      lang={lang}
      title={say('paper.title')}
      path={`${here}/paper`}
      how={
        <>
          {say('paper.how')} <a href={`${here}/new`}>{say('paper.back')}</a>
        </>
      }
    >
      <article class="poster person-sheet">
        <header>
          <p class="eyebrow">
            <OwnWords text={community.name} />
          </p>
          <h2>{say('paper.title')}</h2>
          <p>
            {say('paper.lead')} {say('paper.under15')}
          </p>
        </header>
        <PaperLines question={say('form.name')} lines={1} />
        <PaperQuestion question={say('wish.ask')} answers={contactWishes.map((wish) => say(`wish.${wish}`))} />
        <PaperLines question={`${say('form.telephone')} / ${say('form.mail')}`} lines={1} />
        <PaperLines question={say('form.languages')} lines={1} />
        <PaperQuestion
          question={say('form.band')}
          answers={[...ageBands.map((band) => band.replace('-', '–')), say('form.bandOpen')]}
        />
        <PaperLines question={say('form.askedAbout')} lines={1} />
        <PaperQuestion question={say('paper.yes')} answers={purposes.map((purpose) => textOf(lang, purpose))} />
        <p>{say('paper.free')}</p>
        <p class="small">{say('paper.sees')}</p>
      </article>
    </SheetPage>,
  )
}
