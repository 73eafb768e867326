// What a phone's live region shows during the evening: the same few bytes to every phone of the same language.
import type { Lang } from '../../i18n/catalogue.ts'
import { type Evening, type Wall, wallOf } from '../evening.ts'
import type { Hall, MeetingInHall } from '../hall.ts'
import { words } from './words.ts'

/** What is reckoned once for each state of an evening, and shared by all who ask for a page of it. */
interface Picture {
  wall: Wall
  /** How many different things all may see: what "Vis 5 nye" is counted against. */
  words: number
  /**
   * Another text when what became of somebody's words is another: taken down, gathered under a theme, or the wall has opened. Not
   * when something new is said, so that a thousand phones do not ask at every word.
   */
  fate: string
}

const pictures = new WeakMap<Evening, Picture>()

export function pictureOf(evening: Evening): Picture {
  const known = pictures.get(evening)
  if (known) return known
  const wall = wallOf(evening)
  const picture = { wall, words: wall.kind === 'too-few' ? 0 : wall.said.length, fate: fateOf(evening, wall) }
  pictures.set(evening, picture)
  return picture
}

function fateOf(evening: Evening, wall: Wall): string {
  let sum = 0
  const add = (text: string) => {
    for (let at = 0; at < text.length; at += 1) sum = (Math.imul(sum, 31) + text.charCodeAt(at)) | 0
  }
  add(wall.kind)
  for (const { id, state, theme } of evening.statements) if (state === 'hidden' || theme) add(`${id}${state}${theme}`)
  for (const { id, name } of evening.themes) add(id + name)
  return (sum >>> 0).toString(36)
}

/** The line itself. Its attributes tell a script where the meeting is; no number in it is about anybody. */
export function StateLine({ evening, lang }: { evening: Evening; lang: Lang }) {
  const say = words(lang)
  const { stage, voices, dotPhones, promises } = evening
  const picture = pictureOf(evening)
  const [what, count] =
    stage === 'choose'
      ? (['dots', dotPhones] as const)
      : stage === 'promise'
        ? (['promises', promises] as const)
        : (['voices', voices] as const)
  return (
    <p class="small soft" data-now={stage} data-words={picture.words} data-fate={picture.fate}>
      {count === 0 ? say(`follow.none.${what}`) : say(`follow.${what}`, { count })}
    </p>
  )
}

export async function phoneState(hall: Hall, meeting: MeetingInHall, lang: Lang): Promise<string> {
  const evening = await hall.evenings.of(meeting.id)
  if (evening) return String(<StateLine evening={evening} lang={lang} />)
  return String(
    <p class="small soft" data-now="before">
      {words(lang)('follow.before')}
    </p>,
  )
}
