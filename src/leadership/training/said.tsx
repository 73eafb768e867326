// What the pages of training say alike: what is to be mended, when and where, how many, and the way back.
import type { Visit } from '../../access/visit.ts'
import type { Community } from '../../communities/community.ts'
import { OwnWords } from '../../communities/own-words.tsx'
import { sayDayAndTime } from '../../communities/times.ts'
import type { Lang } from '../../i18n/catalogue.ts'
import type { Problem } from '../../ui/forms.tsx'
import { Carrier } from '../../ui/parts.tsx'
import { words as formWords } from '../../ui/words.ts'
import type { TrainingSeen } from './training.queries.ts'
import type { Fault, Training } from './training.ts'
import { words } from './words.ts'

type FormCode = Extract<Fault['code'], `date.${string}` | `time.${string}`>
const isOfForm = (code: Fault['code']): code is FormCode => /^(date|time)\./.test(code)

export const mendings = (lang: Lang, faults: readonly Fault[]): Problem[] =>
  faults.map(({ field, code }) => ({
    field,
    message: isOfForm(code) ? formWords(lang)(code) : words(lang)(`problem.${code}`),
  }))

export const pathOf = ({ slug }: Pick<Community, 'slug'>, id?: string): string =>
  `/c/${slug}/training${id === undefined ? '' : `/${id}`}`

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

export const sayWhen = (
  { startsAt }: Pick<Training, 'startsAt'>,
  { timeZone }: Pick<Community, 'timeZone'>,
  lang: Lang,
  now: Date,
): string => capital(sayDayAndTime(startsAt, timeZone, lang, now))

/** "4 af 12 pladser er taget"; for whoever does not live there, whether there is room. */
export function sayRoom(lang: Lang, { taken, room, isFull }: TrainingSeen): string {
  const say = words(lang)
  if (taken === null) return say(isFull ? 'room.full' : 'room.free')
  if (isFull) return say('room.fullOf', { count: taken })
  if (taken === 0) return say('room.none')
  return room === null ? say('room.taken', { count: taken }) : say('room.takenOf', { taken, room })
}

/** Who leads it, with the sign of whose they are. */
export function Leads({ visit, training }: { visit: Visit; training: Pick<Training, 'ledBy' | 'leaderName'> }) {
  const say = words(visit.lang)
  return (
    <Carrier who={training.ledBy === 'resident' ? 'residents' : 'municipality'}>
      <OwnWords text={say(`ledBy.${training.ledBy}`, { name: training.leaderName })} />
    </Carrier>
  )
}
