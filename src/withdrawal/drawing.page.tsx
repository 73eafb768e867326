// The picture as SVG: warm residents, the one who looks in glow, cool dashed employees. It prints, and the tables beside it say the same.
import type { Child } from 'hono/jsx'
import type { Lang } from '../i18n/catalogue.ts'
import type { Mark, Picture } from './drawing.ts'
import { type Holding, tiedIn } from './switching.ts'
import { words } from './words.ts'

interface DrawnProps {
  lang: Lang
  picture: Picture
  /** Who hangs together now. */
  holding: Holding
  /** Where the browser asks who is behind the marks. */
  net: string | null
  /** Which employees are there. */
  there: readonly boolean[]
  me: number | null
  /** By their place in the list of them. */
  employees: readonly { name: string }[]
  /** What it is drawn from. */
  children: Child
}

export function Drawn({
  lang,
  picture: { drawing, kindOf, myMark, switches },
  holding,
  net,
  there,
  me,
  employees,
  children,
}: DrawnProps) {
  const say = words(lang)
  const outside = tiedIn(switches) - holding.people
  const isAway = (mark: Mark) => mark.staff >= 0 && !there[mark.staff]
  const classOf = (mark: Mark) => {
    if (mark.staff >= 0) return isAway(mark) ? 'staff away-now' : 'staff'
    const holds = holding.kinds.has(kindOf[mark.person] as number)
    return [mark.hub ? 'hub' : 'neighbour', drawing.marks[myMark ?? -1] === mark && 'me', !holds && 'loose']
      .filter(Boolean)
      .join(' ')
  }
  return (
    <figure class="net">
      {/* The picture in one line: what would hold, and what would not. */}
      <p class="net-sum" data-sum>
        <span class="key neighbour">
          <b data-held>{holding.people}</b> {say('left.sumHeld')}
        </span>{' '}
        <span class="key loose">
          <b data-outside>{outside}</b> {say('left.sumOutside')}
        </span>{' '}
        {employees.length > 0 && <span class="key staff">{say('left.keyStaff')}</span>}
      </p>
      <div
        class="net-window"
        data-going={[say('left.goIn'), say('left.goOut'), say('left.goWhole'), say('left.picture')].join('|')}
        data-net-from={net ?? undefined}
        data-holding={[...holding.kinds].join(' ')}
        data-there={there.flatMap((one, place) => (one ? place : [])).join(' ')}
      >
        <svg
          viewBox={`0 0 ${drawing.width} ${drawing.height}`}
          role="img"
          aria-label={say('left.pictureSays')}
          data-net
        >
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
                  stroke-width={drawing.kind === 'people' ? 1.6 : Math.min(7, 1 + Math.log2(ties) / 1.5)}
                  class={employee >= 0 ? (away ? 'to-staff away-now' : 'to-staff') : undefined}
                  data-ends={employee >= 0 ? [from.staff, to.staff].filter((at) => at >= 0).join(' ') : undefined}
                />
              )
            })}
          </g>
          {/* Employees last: a village never hides them. */}
          {drawing.marks
            .toSorted((a, b) => Math.sign(a.staff + 1) - Math.sign(b.staff + 1))
            .map((mark) =>
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
                <circle cx={mark.x} cy={mark.y} r={mark.r} class={classOf(mark)} data-kind={kindOf[mark.person]}>
                  {mark.people > 1 && <title>{say('left.village', { count: mark.people })}</title>}
                </circle>
              ),
            )}
          {drawing.marks
            .filter(({ staff }) => staff >= 0)
            .map((mark) => (
              <text x={mark.x} y={mark.y - mark.r - 8} text-anchor="middle" class="staff-name">
                {employees[mark.staff]?.name.split(' ')[0]}
              </text>
            ))}
        </svg>
      </div>
      <figcaption class="net-legend">
        {drawing.kind === 'villages' && <span class="key neighbour">{say('left.keyVillage')}</span>}{' '}
        {drawing.marks.some(({ hub }) => hub) && <span class="key hub">{say('left.keyHub')}</span>}{' '}
        {me !== null && (
          <span class="key me">{say(drawing.kind === 'people' ? 'left.keyMe' : 'left.keyMyVillage')}</span>
        )}
      </figcaption>
      <p class="soft net-base">{children}</p>
    </figure>
  )
}
