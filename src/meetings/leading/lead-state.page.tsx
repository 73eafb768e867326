// What the live region of the one who leads shows: small numbers, and that something has changed. The page itself is never torn away.
import type { Lang } from '../../i18n/catalogue.ts'
import { Facts } from '../../ui/parts.tsx'
import type { Evening } from '../evening.ts'
import { answeredSoFar, type Hall, type MeetingInHall } from '../hall.ts'
import { words as deskWords } from '../hosting/words.ts'
import type { MeetingHere } from '../meetings.queries.ts'
import { words } from './words.ts'

export async function leadState(hall: Hall, meeting: MeetingInHall, lang: Lang): Promise<string> {
  const evening = await hall.evenings.of(meeting.id)
  const { phase } = meeting.life
  if (phase === 'closed') return String(<p>{words(lang)('closed')}</p>)
  if (phase === 'open')
    return String(
      <Answered lang={lang} meeting={meeting} answered={await answeredSoFar(hall, meeting.id)} evening={evening} />,
    )
  return String(evening ? <Numbers lang={lang} meeting={meeting} evening={evening} /> : <p />)
}

/** Tells the scripts of the page whether what they show is old. */
export const marksOf = (evening: Evening | null, phase: string) => ({
  'data-rev': evening ? `${phase}-${evening.rev}` : phase,
  'data-version': evening ? versionOf(evening) : 0,
})

const versions = new WeakMap<Evening, number>()
let newest = 0
/** Each time the evening is loaded anew, somebody has said or done something. */
function versionOf(evening: Evening): number {
  const known = versions.get(evening)
  if (known) return known
  newest += 1
  versions.set(evening, newest)
  return newest
}

/** How many have answered, while the exit card is open. */
function Answered({
  lang,
  meeting,
  answered,
  evening,
}: {
  lang: Lang
  meeting: MeetingHere
  answered: number
  evening: Evening | null
}) {
  const say = deskWords(lang)
  const { attended } = meeting
  return (
    <p {...marksOf(evening, 'open')}>
      {answered === 0
        ? say('open.none')
        : attended === null || attended < answered
          ? say('open.answered', { count: answered })
          : say('open.answeredOf', { answered, attended })}
    </p>
  )
}

/** How many are with us. */
export function Numbers({ lang, meeting, evening }: { lang: Lang; meeting: MeetingHere; evening: Evening }) {
  const say = words(lang)
  const said = evening.statements.filter(({ state }) => state === 'shown').length
  return (
    <div class="lead-numbers" {...marksOf(evening, meeting.life.phase)}>
      <Facts
        facts={[
          [say('people.here'), <b>{evening.here}</b>],
          [say('people.voices'), <b>{evening.voices}</b>],
          [say('people.words'), <b>{said}</b>],
          [say('people.dots'), <b>{evening.dotPhones}</b>],
          [say('people.promises'), <b>{evening.promises}</b>],
          [say('people.attended'), meeting.attended === null ? say('people.attendedNone') : <b>{meeting.attended}</b>],
        ]}
      />
    </div>
  )
}
