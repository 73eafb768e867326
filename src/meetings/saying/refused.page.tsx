// What a phone is told when something is not taken: why, what to do, and the words it sent, so that they can be copied.
import type { Lang } from '../../i18n/catalogue.ts'
import type { RefusalCode } from '../../refusal.ts'
import { ButtonLink } from '../../ui/forms.tsx'
import { Page, renderPage } from '../../ui/page.tsx'
import { refusalPage } from '../../ui/refusal.tsx'
import { roomOf } from '../../ui/whose-room.tsx'
import { eyebrowOf } from '../exit-card.page.tsx'
import type { MeetingInHall } from '../hall.ts'
import { words } from './words.ts'

const names = {
  'evening.not-begun': ['refused.notBegun', 'refused.notBegunWhat'],
  'evening.over': ['refused.over', 'refused.overWhat'],
  'meeting.closed': ['refused.here', 'refused.hereWhat'],
  'statement.gone': ['refused.gone', 'refused.goneWhat'],
  'theme.gone': ['refused.theme', 'refused.themeWhat'],
  'dots.closed': ['refused.closed', 'refused.closedWhat'],
  busy: ['refused.busy', 'problem.busy'],
  'words.enough': ['refused.enough', 'refused.enoughWhat'],
} as const

const isNamed = (code: RefusalCode): code is keyof typeof names => code in names

export function refusedPage(
  { lang, meeting }: { lang: Lang; meeting: MeetingInHall },
  code: RefusalCode,
  typed: string | null,
): string {
  const say = words(lang)
  const back = { href: `/m/${meeting.code}?lang=${lang}`, label: say('refused.back') }
  if (!isNamed(code)) return refusalPage(lang, code, back)
  const [title, what] = names[code]
  return renderPage(
    <Page
      room={roomOf(meeting.community, 'code')}
      lang={lang}
      kind="phone"
      title={say(title)}
      eyebrow={eyebrowOf(meeting, lang)}
      lead={say(what)}
      robots="noindex"
    >
      {typed && (
        <div class="stack">
          <p>{say('refused.typed')}</p>
          <blockquote class="said change" dir="auto">
            {typed}
          </blockquote>
        </div>
      )}
      <p class="actions">
        <ButtonLink href={back.href}>{back.label}</ButtonLink>
        <ButtonLink href={`/m/${meeting.code}/mine?lang=${lang}`} kind="quiet">
          {say('mine.link')}
        </ButtonLink>
      </p>
    </Page>,
  )
}
