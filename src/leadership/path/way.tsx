// The way as it is drawn: seven stages from the doorstep on, those one has opened with the acts that opened them.
import { OwnWords } from '../../communities/own-words.tsx'
import { sayDate } from '../../communities/times.ts'
import type { Lang } from '../../i18n/catalogue.ts'
import { Chip } from '../../ui/parts.tsx'
import { type Act, type Opened, type StageNumber, type Step, stages } from './path.ts'
import { words } from './words.ts'

/** So many acts stand under a stage; that there are more is said, and never how many. */
const shown = 3

interface WayProps {
  lang: Lang
  opened: readonly Opened[]
  steps: readonly Step[]
  /** On paper there is a box before each stage that is open. */
  boxes?: boolean
}

export function Way({ lang, opened, steps, boxes }: WayProps) {
  const say = words(lang)
  return (
    <ol class="path-way" start={0}>
      {stages.map((stage, at) => {
        const open = opened.find((one) => one.stage === at)
        const said = steps.find((one) => one.stage === at && one.restingSince === null)
        const state = said ? 'called' : open || at === 0 ? 'open' : 'ahead'
        return (
          <li class={state}>
            <h3>
              {boxes && (open || at >= 5) && <span class="path-box" />}
              {say(`name.${stage}`)} {said && <Chip tone="glow">{say('way.yes')}</Chip>}
            </h3>
            <p class={open ? undefined : 'soft'}>{say(`what.${stage}`)}</p>
            {open && <Acts lang={lang} acts={open.acts} />}
          </li>
        )
      })}
    </ol>
  )
}

/** What was done the same day for the same thing is one line. */
function linesOf(acts: readonly Act[]): (Act & { many: number })[] {
  const lines = new Map<string, Act & { many: number }>()
  for (const act of acts) {
    const key = JSON.stringify([act.kind, act.on, act.base, act.about])
    lines.set(key, { ...act, many: (lines.get(key)?.many ?? 0) + 1 })
  }
  return [...lines.values()]
}

/** Each act with its day and what it rests on. */
export function Acts({ lang, acts }: { lang: Lang; acts: readonly Act[] }) {
  const say = words(lang)
  const lines = linesOf(acts)
  return (
    <ul class="path-acts">
      {lines.slice(0, shown).map(({ kind, on, base, about, many }) => (
        <li>
          {many > 1 && kind === 'brought' ? say('act.broughtMany', { many: sayMany(lang, many) }) : say(`act.${kind}`)}
          {about !== null && (
            <>
              : <OwnWords text={about} />
            </>
          )}{' '}
          <span class="soft small">
            {sayDate(on, lang)} · {say(`base.${base}`)}
          </span>
        </li>
      ))}
      {lines.length > shown && <li class="soft small">{say('way.older')}</li>}
    </ul>
  )
}

/** »To«, »tre« — from six on »flere«: nobody is measured by how many. */
export function sayMany(lang: Lang, n: number): string {
  const say = words(lang)
  const key = ([1, 2, 3, 4, 5] as const).find((one) => one === n)
  return say(key ? `many.${key}` : 'many.more')
}

export const nameOf = (lang: Lang, stage: StageNumber): string => words(lang)(`name.${stages[stage]}`)
