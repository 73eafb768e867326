// The hall screen, for a projector: the code large until people are in, the evening, how many have answered, and the three shares at the end.

import { Hono } from 'hono'
import type { Visited } from '../access/visit.ts'
import { isMunicipal } from '../db/as-actor.ts'
import type { Lang } from '../i18n/catalogue.ts'
import { refuse } from '../refusal.ts'
import { HallCode, HallCount, Hall as HallFrame } from '../ui/hall.tsx'
import { EmptyState } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { roomOf } from '../ui/whose-room.tsx'
import { eyebrowOf, islands } from './exit-card.page.tsx'
import { questions } from './exit-card.ts'
import { answeredSoFar, communityResult, type Hall, type MeetingInHall } from './hall.ts'
import { eveningState } from './hall-evening.page.tsx'
import { readCode } from './meeting-code.ts'
import { laterState, ResultShares, ResultTalk, sayBase } from './result.page.tsx'
import { words } from './words.ts'

/** Turns the pages of the wall; without it the first one stands. */
const turning = 'src/meetings/hall-screen.island.ts'

/** The whole state of the screen: what stands in its live region. */
export async function screenState(hall: Hall, meeting: MeetingInHall, lang: Lang, origin: string): Promise<string> {
  const say = words(lang)
  const eyebrow = eyebrowOf(meeting, lang)
  const evening = await hall.evenings.of(meeting.id)
  const now = hall.house.clock.now()
  if (meeting.life.phase === 'planned' && evening) return eveningState({ lang, meeting, evening, origin, now })
  if (meeting.life.phase === 'closed') {
    const result = await communityResult(hall, meeting.id)
    const nothing = !result || questions.every((question) => result.body.questions[question].kind === 'too-few')
    const aside = result && !nothing ? `${sayBase(lang, result.body)} · ${say('screen.band')}` : undefined
    return String(
      <HallFrame eyebrow={eyebrow} title={say('screen.titleResult')} aside={aside}>
        {result && !nothing ? (
          <div class="hall-end">
            <ResultShares lang={lang} body={result.body} />
            <ResultTalk lang={lang} body={result.body} heading="h2" />
          </div>
        ) : (
          <EmptyState title={say('result.tooFew')}>{say('result.fewWhy')}</EmptyState>
        )}
      </HallFrame>,
    )
  }
  const open = meeting.life.phase === 'open'
  const count = open ? await answeredSoFar(hall, meeting.id) : 0
  const address = origin.replace(/^https?:\/\//, '')
  return String(
    <HallFrame
      eyebrow={eyebrow}
      title={say(open ? 'screen.titleAnswer' : 'screen.titlePlanned')}
      aside={open ? undefined : say('screen.planned')}
    >
      <HallCode
        lang={lang}
        url={`${origin}/m/${meeting.code}`}
        address={address}
        code={meeting.code}
        count={
          open ? (
            <HallCount
              lang={lang}
              count={count}
              of={meeting.attended && meeting.attended >= count ? meeting.attended : undefined}
            />
          ) : undefined
        }
      />
    </HallFrame>,
  )
}

export function hallScreenPages(hall: Hall): Hono<Visited> {
  return new Hono<Visited>().get('/m/:code/screen', async (c) => {
    const { lang, origin, actor } = c.get('visit')
    const say = words(lang)
    const code = readCode(c.req.param('code')) ?? refuse('code.unknown')
    const meeting = (await hall.find(code)) ?? refuse('code.unknown')
    c.header('cache-control', 'no-store')
    const later = isMunicipal(actor) && meeting.life.phase === 'closed'
    const state = later ? laterState(meeting, lang, 'h1') : await screenState(hall, meeting, lang, origin)
    return c.html(
      renderPage(
        <Page
          room={roomOf(meeting.community, 'code')}
          lang={lang}
          kind="screen"
          title={say('screen.titleResult')}
          heading={false}
          scripts={[islands.live, turning]}
          robots="noindex"
        >
          <div
            class="live"
            aria-live="polite"
            data-live={`/m/${meeting.code}/stream?for=screen&lang=${lang}`}
            data-lost={say('screen.lost')}
            dangerouslySetInnerHTML={{ __html: state }}
          />
        </Page>,
      ),
    )
  })
}
