// An outline as SVG and as a table: dots that are five neighbours, cool dashed employees with numbers for names, and nobody in it.
import type { Lang } from '../i18n/catalogue.ts'
import type { Reason } from '../network/phase.ts'
import { Table } from '../ui/parts.tsx'
import type { Outline } from './outline.ts'
import { dotRadius, drawOutline, eachOf, employeeRadius } from './outline-drawing.ts'
import { words } from './words.ts'

export const sayQuarter = (first: string, lang: Lang): string =>
  words(lang)('left.quarterIs', {
    quarter: String(Math.floor(Number(first.slice(5, 7)) / 3) + 1),
    year: first.slice(0, 4),
  })

/** "omkring 78 af 96", or that it is fewer than ten. */
export function sayTogether({ together: { before, after } }: Outline, lang: Lang): string {
  const say = words(lang)
  return after === null ? say('outline.fewHold', { before }) : say('outline.hold', { after, before })
}

interface Props {
  lang: Lang
  outline: Outline
  /** What is read aloud: of which quarter it is. */
  label: string
  /** How many neighbours a dot is; where two are laid beside each other the same in both. */
  each?: number | undefined
}

export function Outlined({ lang, outline, label, each = eachOf(outline) }: Props) {
  const say = words(lang)
  const { width, height, groups, employees, lines, staffLines, spokes } = drawOutline(outline, each)
  return (
    <figure class="net outline">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
        {lines.map(([a, b]) => (
          <line x1={a.x} y1={a.y} x2={b.x} y2={b.y} />
        ))}
        {staffLines.map(([employee, group]) => (
          <line x1={employee.x} y1={employee.y} x2={group.x} y2={group.y} class="to-staff" />
        ))}
        {spokes.map(([employee, dot]) => (
          <line x1={employee.x} y1={employee.y} x2={dot.x} y2={dot.y} class="to-staff" />
        ))}
        {groups.map(({ x, y, r, dots, loose }) => (
          <g class={loose ? 'group loose' : 'group'}>
            {spokes.length === 0 && <circle class="ground" cx={x} cy={y} r={r} />}
            {dots.map((dot) => (
              <circle cx={dot.x} cy={dot.y} r={dotRadius} class={loose ? 'loose' : 'neighbour'} />
            ))}
          </g>
        ))}
        {employees.map(({ x, y, number }) => (
          <g class="employee">
            <rect
              x={x - employeeRadius}
              y={y - employeeRadius}
              width={2 * employeeRadius}
              height={2 * employeeRadius}
              rx={3}
              class="away-now"
            />
            <text x={x} y={y} dy="0.35em" text-anchor="middle">
              {number}
            </text>
          </g>
        ))}
      </svg>
      <figcaption class="net-legend">
        <span class="key neighbour">{say('outline.dot', { count: each })}</span>{' '}
        {outline.loose !== null && <span class="key loose">{say('outline.looseDot')}</span>}{' '}
        {employees.length > 0 && <span class="key staff">{say('outline.employees')}</span>}{' '}
        {lines.length + staffLines.length + spokes.length > 0 && <span>{say('outline.line')}</span>}
      </figcaption>
    </figure>
  )
}

/** The same as the picture, in words and numbers. */
export function OutlineTable({ lang, outline, label }: Props) {
  const say = words(lang)
  const { groups, loose, lines, staffLines, employees } = outline
  const list = new Intl.ListFormat(lang)
  const knows = (group: number) => {
    const others = lines.flatMap(([a, b]) => (a === group ? [b] : b === group ? [a] : []))
    const staff = staffLines.flatMap(([employee, place]) => (place === group ? [employee] : []))
    return list.format([
      ...others.map((one) => say('outline.group', { number: one + 1 })),
      ...staff.map((one) => say('left.file.employee', { number: one + 1 })),
    ])
  }
  const row = (name: string, people: number, group: number) => [
    name,
    say('outline.about', { count: people }),
    knows(group) || say('outline.nobody'),
  ]
  return (
    <Table
      caption={label}
      quiet
      columns={[say('left.part'), say('left.people'), say('outline.knows')]}
      rows={[
        ...groups.map((people, group) => row(say('outline.group', { number: group + 1 }), people, group)),
        ...(loose === null ? [] : [row(say('outline.loose'), loose, groups.length)]),
        ...(employees === 0 ? [] : [[say('outline.staffRow'), String(employees), '']]),
      ]}
    />
  )
}

/** The reasons that speak of the one who stands between most. */
export const isOfOne = (because: Reason): boolean =>
  because === 'one stands between most' || because === 'a few stand between many'

/** The phase in words, with the rule that it comes from. */
export function sayPhase({ phase, because, topPercent, topIsStaff }: Outline, lang: Lang): string {
  const say = words(lang)
  const rule = say(`left.because.${because}`, { percent: topPercent })
  const who = isOfOne(because) && topIsStaff ? ` ${say('left.topIsStaff')}` : ''
  return `${say(`left.phaseMeans.${phase}`)} ${rule}${who}`
}
