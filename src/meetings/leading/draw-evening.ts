// Draws an evening for whoever watches it by phone or leads it. The hall screen draws itself.
import type { Hall } from '../hall.ts'
import type { Draw } from '../live.ts'
import { phoneState } from '../saying/phone-state.page.tsx'
import { leadState } from './lead-state.page.tsx'

export const drawEvening =
  (hall: Hall): Draw =>
  (meeting, { watching, lang }) =>
    watching === 'lead' ? leadState(hall, meeting, lang) : phoneState(hall, meeting, lang)
