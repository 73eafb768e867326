// The paper cards of a meeting, four on a sheet and all alike.
import type { Lang } from '../../i18n/catalogue.ts'
import { Page, renderPage } from '../../ui/page.tsx'
import { FourCards, PaperLines, PaperNumber, PaperQuestion, PrintTools } from '../../ui/poster.tsx'
import { roomOf } from '../../ui/whose-room.tsx'
import { eyebrowOf } from '../exit-card.page.tsx'
import { answers, questions } from '../exit-card.ts'
import type { MeetingHere } from '../meetings.queries.ts'
import { words as meetingWords } from '../words.ts'
import { words } from './words.ts'

const otherLang = (lang: Lang): Lang => (lang === 'da' ? 'en' : 'da')

/** Four cards on an A4: the items of the phone, word for word, without a number that could tell them apart. */
export function cardsPage(meeting: MeetingHere, lang: Lang): string {
  const say = words(lang)
  const item = meetingWords(lang)
  const other = otherLang(lang)
  return renderPage(
    <Page
      room={roomOf(meeting.community, 'blank')}
      lang={lang}
      kind="sheet"
      title={say('card.title')}
      heading={false}
      robots="noindex"
    >
      <PrintTools lang={lang} title={say('card.title')}>
        <p>{say('card.how')}</p>
        <p>
          <a href={`/m/${meeting.code}/paper/cards?lang=${other}`} hreflang={other}>
            {say('card.other')}
          </a>
        </p>
      </PrintTools>
      <FourCards>
        <header>
          <p class="small">{eyebrowOf(meeting, lang)}</p>
          <h2>{item('card.title')}</h2>
          <p class="small">{say('card.promise')}</p>
        </header>
        {questions.map((question) => (
          <PaperQuestion
            question={item(`card.question.${question}`)}
            answers={answers.map((answer) => item(`card.answer.${answer}`))}
          />
        ))}
        <PaperLines question={item('next.words')} lines={2} />
        <p>
          <Box /> {item('next.nothing')}
        </p>
        <PaperNumber question={`${item('next.who')} ${item('next.whoHint')}`} />
      </FourCards>
    </Page>,
  )
}

/** A small box to tick, in the line. */
function Box() {
  return (
    <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
      <rect x="2" y="2" width="16" height="16" rx="2" fill="#fff" stroke="#000" stroke-width="2" />
    </svg>
  )
}
