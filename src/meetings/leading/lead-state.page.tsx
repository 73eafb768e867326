// What the live region of the one who leads shows.
import type { Lang } from '../../i18n/catalogue.ts'
import type { Hall, MeetingInHall } from '../hall.ts'
import { words } from './words.ts'

export async function leadState(_hall: Hall, _meeting: MeetingInHall, lang: Lang): Promise<string> {
  return String(<p>{words(lang)('title')}</p>)
}
