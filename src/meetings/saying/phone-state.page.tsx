// What a phone's live region shows during the evening: the same bytes to every phone of the same language.
import type { Lang } from '../../i18n/catalogue.ts'
import type { Hall, MeetingInHall } from '../hall.ts'
import { words } from './words.ts'

export async function phoneState(_hall: Hall, _meeting: MeetingInHall, lang: Lang): Promise<string> {
  return String(<p>{words(lang)('wait')}</p>)
}
