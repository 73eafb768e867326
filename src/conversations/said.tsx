// How talks are said on their pages: the day, the two, what is to be mended; and the frame around a page that only the two can see.
import type { Child } from 'hono/jsx'
import type { Visit } from '../access/visit.ts'
import { frame } from '../communities/place-frame.ts'
import type { Lang } from '../i18n/catalogue.ts'
import { Button, type Problem } from '../ui/forms.tsx'
import { municipalRoom, type Room, roomOf } from '../ui/whose-room.tsx'
import { words as formWords } from '../ui/words.ts'
import type { NoteProblem } from './note.ts'
import { longest as noteLongest } from './note.ts'
import { longest, type PlanProblem, type Talk, type TalkRoom, theOther } from './talk.ts'
import { words } from './words.ts'

/** What somebody sent that has to be mended: shown again as it was typed. */
export interface Again {
  problems: readonly Problem[]
  said: URLSearchParams
}

/** Whose room a talk stands in. */
export const roomOfTalk = (room: TalkRoom, place: { name: string; slug: string; keeper: string | null }): Room =>
  room === 'municipal' ? municipalRoom('two') : roomOf(place, 'two')

export const talkFrame = (visit: Visit, path: string, room: Room) => ({
  ...frame(visit, path, room),
  nav: [
    { href: '/talks', label: words(visit.lang)('nav.talks') },
    { href: '/worried', label: words(visit.lang)('nav.worried') },
  ],
  robots: 'noindex',
})

/** What to call the talk in a list: by the other, or by the place while nobody has said yes. */
export function sayWith(talk: Pick<Talk, 'mine' | 'starterName' | 'otherName' | 'place'>, lang: Lang): string {
  const name = theOther(talk)
  return name ? words(lang)('list.with', { name }) : words(lang)('list.open', { place: talk.place })
}

export const planMendings = (lang: Lang, problems: readonly PlanProblem[]): Problem[] =>
  problems.map(({ field, code }) => ({ field, message: planMending(lang, field, code) }))

function planMending(lang: Lang, field: PlanProblem['field'], code: PlanProblem['code']): string {
  const say = words(lang)
  switch (code) {
    case 'date.unclear':
    case 'date.day':
    case 'date.month':
    case 'date.year':
    case 'date.impossible':
      return formWords(lang)(code)
    case 'too-long':
      return say('problem.too-long', { count: field === 'spot' ? longest.spot : longest.purpose })
    default:
      return say(`problem.${code}`)
  }
}

export const noteMendings = (lang: Lang, problems: readonly NoteProblem[]): Problem[] =>
  problems.map(({ field, code }) => ({
    field,
    message:
      code === 'too-long'
        ? words(lang)('problem.too-long', { count: field === 'words' ? noteLongest.ownWords : noteLongest.what })
        : words(lang)(`problem.${code}`),
  }))

interface PressProps {
  action: string
  kind?: 'primary' | 'quiet' | 'danger'
  fields?: Readonly<Record<string, string>>
  children: Child
}

/** One button that does one thing. */
export function Press({ action, kind, fields, children }: PressProps) {
  return (
    <form method="post" action={action}>
      {Object.entries(fields ?? {}).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <Button kind={kind ?? 'quiet'}>{children}</Button>
    </form>
  )
}
