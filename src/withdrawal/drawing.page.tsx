// The picture as SVG: warm residents, the one who looks in glow, cool dashed employees. It prints, and the tables beside it say the same.
import type { Lang } from '../i18n/catalogue.ts'
import type { Drawing, Mark } from './drawing.ts'
import { words } from './words.ts'

interface DrawnProps {
  lang: Lang
  drawing: Drawing
  /** The part of each person among the residents alone, and the part that has most of them now. */
  partOf: Int32Array
  holding: ReadonlySet<number>
  /** Which employees are there. */
  there: readonly boolean[]
  me: number | null
}

export function Drawn({ lang, drawing, partOf, holding, there, me }: DrawnProps) {
  const say = words(lang)
  const isAway = (mark: Mark) => mark.staff >= 0 && !there[mark.staff]
  const classOf = (mark: Mark) => {
    if (mark.staff >= 0) return isAway(mark) ? 'staff away-now' : 'staff'
    const holds = holding.has(partOf[mark.person] as number)
    return [mark.person === me ? 'me' : 'neighbour', !holds && 'loose'].filter(Boolean).join(' ')
  }
  return (
    <figure class="net">
      <svg viewBox={`0 0 ${drawing.width} ${drawing.height}`} role="img" aria-label={say('left.pictureSays')} data-net>
        <g class="lines">
          {drawing.lines.map(({ from, to, ties }) => {
            const employee = Math.max(from.staff, to.staff)
            const away = isAway(from) || isAway(to)
            return (
              <line
                x1={from.x}
                y1={from.y}
                x2={to.x}
                y2={to.y}
                stroke-width={drawing.kind === 'people' ? 1.6 : Math.min(8, 1 + Math.log2(ties))}
                class={employee >= 0 ? (away ? 'to-staff away-now' : 'to-staff') : undefined}
                data-ends={employee >= 0 ? [from.staff, to.staff].filter((at) => at >= 0).join(' ') : undefined}
              />
            )
          })}
        </g>
        {drawing.marks.map((mark) =>
          mark.staff >= 0 ? (
            <rect
              x={mark.x - mark.r}
              y={mark.y - mark.r}
              width={2 * mark.r}
              height={2 * mark.r}
              rx={3}
              class={classOf(mark)}
              data-staff={mark.staff}
            />
          ) : (
            <circle cx={mark.x} cy={mark.y} r={mark.r} class={classOf(mark)} data-part={partOf[mark.person]}>
              {mark.people > 1 && <title>{say('left.village', { count: mark.people })}</title>}
            </circle>
          ),
        )}
      </svg>
      <figcaption class="net-legend">
        <span class="key neighbour">{say(drawing.kind === 'people' ? 'left.keyNeighbour' : 'left.keyVillage')}</span>{' '}
        {me !== null && drawing.kind === 'people' && <span class="key me">{say('left.keyMe')}</span>}{' '}
        <span class="key loose">{say('left.keyLoose')}</span> <span class="key staff">{say('left.keyStaff')}</span>
      </figcaption>
    </figure>
  )
}
